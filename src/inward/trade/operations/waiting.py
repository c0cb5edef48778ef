"""Waiting for a counted item: join, leave, be asked in order, and let one's days pass (decision 185).

Acts on the list of an item wait for each other: each takes its line (``stock.line``) with what it frees, or before. While it asks who
waits it changes no other place than those, so that two acts never wait for each other crosswise.
"""

from collections.abc import Iterable
from datetime import datetime

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Reason, Refusal
from inward.kit import audit, outbox
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction, transaction_required
from inward.kit.writing import Counter, GateClosed, WriteSet, write
from inward.parties import queries as parties
from inward.trade import approvals, policy, stock, waiting
from inward.trade.announcements import WaitingMoved
from inward.trade.deciding import QUANTITY_MAX
from inward.trade.models import Stock, WaitingPlace
from inward.trade.vocabulary import WaitingKind


def join_waiting(*, by: Actor, at: datetime, offering: str, pieces: int = 1, customer: str | None = None) -> int:
    """Wait for so many pieces of an item, for oneself or the party one acts for; returns how many stand before.

    1. Refuse what policy refuses; NotThere for what is not offered.
    2. Stand in the line of the item, so that nothing becomes free unseen; refuse what can be ordered now, and waiting twice.
    3. Write, audit.
    Raises Refused, Refusal, NotThere.
    """
    asked, keys = customer or by.customer, catalogue.offering_keys()
    require(policy.may_order(by, customer=asked, on=at.date()))
    require(policy.may_wait(by))
    if offering not in keys or offering in catalogue.withdrawn():
        raise NotThere
    if not 1 <= pieces <= QUANTITY_MAX:
        raise Refusal(Reason.of("quantity_too_large", most=QUANTITY_MAX, quantity=pieces), where="pieces")
    known, name = parties.keys(), catalogue.offering_names([offering])[offering]
    with transaction():
        write(WriteSet(gates=(stock.line(keys[offering]),)))
        lines = [Wanted(offering, pieces)]
        left = stock.left_for(lines)
        if stock.missing(lines, left, customer=str(asked), on=at.date()) is None:
            raise Refusal(Reason.of("waiting_needless", offering=name))
        mine = waiting.open_places().filter(offering_id=keys[offering], customer__code=asked)
        if mine.exists():
            raise Refusal(Reason.of("waiting_already", offering=name))
        before = waiting.open_places().filter(offering_id=keys[offering], stock=None).count()
        WaitingPlace.objects.create(
            offering_id=keys[offering],
            customer_id=known[str(asked)],
            person_id=known[str(by.person)],
            pieces=pieces,
            joined_at=at,
        )
        audit.record(by=by, at=at, act="trade.join_waiting", thing=f"waiting {offering}", facts={"pieces": pieces})
    return before


def leave_waiting(*, by: Actor, at: datetime, offering: str, customer: str | None = None) -> None:
    """Wait no longer; what is held is passed on.

    1. NotThere where she does not wait; refuse what policy refuses.   2. End it, let go what is held, ask the next.   3. Audit.
    Raises Refused, NotThere.
    """
    asked = customer or by.customer
    require(policy.may_order(by, customer=asked, on=at.date()))
    found = waiting.open_places().filter(offering__code=offering, customer__code=asked).first()
    if found is None:
        raise NotThere
    _end(by, at, found, WaitingKind.LEFT)


def lapse_waiting(*, by: Actor, at: datetime) -> int:
    """Pass on what was held for those whose days are over; returns how many. Each in a transaction of its own."""
    over = waiting.open_places().filter(until__lt=at.date()).select_related("offering", "person").order_by("id")
    return sum(_end(by, at, found, WaitingKind.LAPSED) for found in over)


def end_waiting_of(*, by: Actor, at: datetime, person_id: int) -> int:
    """End all waiting of a person who was erased, and ask the next in line; returns how much. Doing it again changes nothing."""
    hers = waiting.open_places().filter(person_id=person_id).select_related("offering", "person").order_by("id")
    return sum(_end(by, at, found, WaitingKind.LEFT) for found in hers)


@transaction_required
def pass_on(*, by: Actor, at: datetime, places: Iterable[int]) -> None:
    """Of items of which something became free at places (keys of ``Stock``): hold it for whoever waits, in their order, and tell them.

    Whoever calls has taken the lines of these items.
    Where everybody can order it again, everybody who waits is told so and waits no longer.
    """
    for place in (
        Stock.objects.filter(pk__in=set(places)).select_related("offering__supplier").order_by("offering", "pk")
    ):
        waits = list(_in_line(place.offering_id))
        if not waits:
            continue
        left = stock.left_of([place.offering.code]).get(place.offering.code)
        if left is None or left.back_order:
            for found in waits:
                write(WriteSet(rows=(stock.ended(found.pk, WaitingKind.OPEN, at),)))
                _tell(by, at, found, WaitingKind.OPEN.value)
            continue
        free = next((each.left for each in left.places if each.shelf.key == place.pk), 0)
        for found in waits:
            if found.pieces <= free:
                _hold(by, at, found, place)
                free -= found.pieces


def _in_line(offering: int) -> Iterable[WaitingPlace]:
    """Who waits for an item and has nothing held, in their order."""
    waits = waiting.open_places().filter(offering_id=offering, stock=None)
    return waits.select_related("offering", "person").order_by("id")


def _hold(by: Actor, at: datetime, found: WaitingPlace, place: Stock) -> None:
    """Hold what somebody waits for at a place whose row this transaction has changed, so that it is still left there."""
    pieces = found.pieces
    write(WriteSet(gates=(stock.move(found.offering_id, place.place, promised=pieces, short=pieces, bound=True),)))
    until = approvals.after_working_days(place.offering.supplier.code, at.date(), place.answer_days)
    WaitingPlace.objects.filter(pk=found.pk).update(stock=place, until=until)
    _tell(by, at, found, _HELD, until.isoformat())


def _end(by: Actor, at: datetime, found: WaitingPlace, kind: WaitingKind) -> bool:
    """End somebody's waiting, let go what is held, ask the next; False where an order has taken it at this very moment."""
    with transaction():
        write(WriteSet(gates=(stock.line(found.offering_id),)))
        found.refresh_from_db(fields=["stock"])
        held = found.stock
        free = () if held is None else (_free(found, held),)
        try:
            write(WriteSet(gates=free, rows=(stock.ended(found.pk, kind, at),)))
        except GateClosed:
            return False
        if held is not None:
            pass_on(by=by, at=at, places=(held.pk,))
        if kind is WaitingKind.LAPSED:
            _tell(by, at, found, kind.value)
        facts = {"pieces": found.pieces, "how": kind.value}
        audit.record(by=by, at=at, act="trade.leave_waiting", thing=f"waiting {found.offering.code}", facts=facts)
    return True


def _free(found: WaitingPlace, held: Stock) -> Counter:
    return stock.move(found.offering_id, held.place, promised=-found.pieces, short=-found.pieces)


def _tell(by: Actor, at: datetime, found: WaitingPlace, what: str, until: str = "") -> None:
    told = WaitingMoved(
        waiting=found.pk, offering=found.offering.code, person=found.person.code, what=what, until=until
    )
    outbox.announce(told, by=by, at=at)


_HELD = "HELD"
