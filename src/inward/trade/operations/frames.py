"""Standing orders: agreed once, then ordered in parts, by hand or by the worker on the days on which they are due.

Each part is one transaction under the lock of its standing order: the ordinary order, the row that says of which day it is, and
how much is drawn. Killed at any point, a part is whole or not there. Why it is so: docs/decisions/0180.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Money, Reason, Refusal
from inward.kit import audit, idempotency, outbox
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.policy import NotThere, Refused, require
from inward.kit.reasons import to_plain
from inward.kit.transaction import together, transaction
from inward.kit.writing import Rows
from inward.parties import queries as parties
from inward.trade import budgets, frames, policy, queries, sharing
from inward.trade.announcements import FrameHeld
from inward.trade.deciding import Wish
from inward.trade.frames import FrameTerms
from inward.trade.framewords import FramePrice
from inward.trade.models import Frame, FrameDraw, Order, OrderStep
from inward.trade.operations.budgets import take
from inward.trade.operations.placing import NOTE_LENGTH_MAX, Agreement, OrderReceipt, place
from inward.trade.sharing import Share
from inward.trade.vocabulary import OrderState, StepKind
from inward.trade.writing import Placing

_FRAME = {
    "id": "bigint",
    "order_id": "bigint",
    "offering_id": "bigint",
    "quantity": "bigint",
    "drawn": "bigint",
    "rhythm": "text",
    "each": "bigint",
    "weekday": "smallint",
    "price": "text",
    "starts_on": "date",
    "until": "date",
    "goes_from": "date",
    "paused": "boolean",
}


@dataclass(frozen=True, slots=True)
class DrawnParts:
    """What a run did: parts ordered, standing orders whose part is held, standing orders that ended."""

    parts: int = 0
    held: int = 0
    ended: int = 0


def agree_frame(
    *,
    by: Actor,
    at: datetime,
    offering: str,
    quantity: int,
    terms: FrameTerms,
    expected: Money,
    key: str,
    customer: str | None = None,
    cost_centre: str | None = None,
    note: str = "",
    shares: Sequence[Share] = (),
) -> OrderReceipt:
    """Agree on a standing order for a department or company; ``expected`` is what all of it costs today, as it was shown.
    ``shares`` are the cost centres that share it and each part of it, in place of one.

    1. Refuse what policy refuses, a person as customer, days and parts that cannot be, and what runs by itself.
    2. Decide and write it as an order of all its pieces: approval, limits, budget (of its first day, as committed); nothing is
       posted.   3. After commit: the worker hands out FrameAgreed or ApprovalAsked.
    Raises Refused, Refusal, PriceChanged, KeyReused.
    """
    whom = customer or by.customer or ""
    require(policy.may_order(by, customer=whom or None, on=at.date()))
    if whom == by.person:
        raise Refusal(Reason.of("frame_for_departments"), where="customer")
    if cost_centre is not None and cost_centre != whom:
        require(policy.may_order(by, customer=cost_centre, on=at.date()))
    frames.check(offering, quantity, terms, on=at.date())
    _check_text(note, "note")
    wish = Wish(whom, by.person, (Wanted(offering, quantity),), None, cost_centre, note, shares=tuple(shares))
    shared = [[each.centre, str(each.percent), str(each.amount)] for each in shares]
    asked = [whom, offering, quantity, cost_centre, note, str(expected), *_plain(terms), *([shared] if shared else [])]
    submission = idempotency.key_for(by, key, asked)

    def also(placing: Placing) -> Rows:
        row = (
            *(new_id(), placing.id, catalogue.offering_keys()[offering], quantity, 0, terms.rhythm.value),
            *(terms.each, terms.weekday, terms.price.value, terms.starts_on, terms.until, terms.starts_on, False),
        )
        return Rows("trade_frame", tuple(_FRAME), tuple(_FRAME.values()), (row,))

    asked_for = partial(place, by=by, at=at, wish=wish, expected=expected, submission=submission)
    act = partial(asked_for, also=also, standing_from=terms.starts_on)
    return idempotency.answered(submission, act, again=OrderReceipt.from_plain)


def draw_part(*, by: Actor, at: datetime, reference: str, quantity: int, expected: Money, key: str) -> OrderReceipt:
    """Order a part of a standing order by hand, at the price that was shown.

    1. Lock it; the same submission again gets the same receipt.   2. Refuse what policy refuses, a standing order that is not
    agreed, paused or of other days, and more than is left.   3. Place the order, asked of nobody; count it.
    Raises NotThere, Refused, Refusal, PriceChanged, KeyReused.
    """
    submission = idempotency.key_for(by, key, ["draw", reference, quantity, str(expected)])
    with together():
        row = _locked(by, at, reference)
        earlier = idempotency.earlier(submission)
        if earlier is not None:
            return OrderReceipt.from_plain(earlier)
        require(policy.may_draw(by, customer=row.order.customer.code, on=at.date()))
        _check_going(row, at.date())
        if not 1 <= quantity <= row.quantity - row.drawn:
            facts = {"quantity": quantity, "left": row.quantity - row.drawn}
            raise Refusal(Reason.of("frame_exceeded", **facts), where="quantity")
        return _draw(by, at, row, quantity, submission, expected=expected)


def draw_due(*, by: Actor, at: datetime) -> DrawnParts:
    """Order every part that is due, and end what is over. It may be stopped and started again at any point.

    For each standing order: 1. order its parts that are due, each in a transaction of its own; 2. where one cannot be ordered, hold
    it with the reason and say so once (FrameHeld); 3. end it after its last day. Raises Refused for anybody but the house.
    """
    require(policy.may_draw_due(by))
    parts = held = ended = 0
    open_ = Frame.objects.filter(order__state=OrderState.AGREED.value).order_by("pk")
    for key in list(open_.values_list("pk", flat=True)):
        while True:
            with together():
                came = _one_due(by, at, key)
            parts += came is _DRAWN
            if came is not _DRAWN:
                break
        held += came is _HELD
        ended += came is _ENDED
    return DrawnParts(parts, held, ended)


def pause_frame(*, by: Actor, at: datetime, reference: str) -> None:
    """Order nothing of it until it goes on. Raises NotThere, Refused, Refusal (not agreed, or paused already)."""
    with transaction():
        row = _locked(by, at, reference)
        require(policy.may_draw(by, customer=row.order.customer.code, on=at.date()))
        _require_agreed(row)
        if row.paused:
            raise Refusal(Reason.of("frame_paused"))
        row.paused, row.held = True, None
        row.save(update_fields=["paused", "held"])
        _note(by, at, row.order, StepKind.PAUSED, {})


def resume_frame(*, by: Actor, at: datetime, reference: str) -> None:
    """Let it go on from today; what was due meanwhile is not made up. Raises NotThere, Refused, Refusal (not paused)."""
    with transaction():
        row = _locked(by, at, reference)
        require(policy.may_draw(by, customer=row.order.customer.code, on=at.date()))
        _require_agreed(row)
        if not row.paused:
            raise Refusal(Reason.of("frame_not_paused"))
        row.paused, row.goes_from = False, max(row.goes_from, at.date())
        row.save(update_fields=["paused", "goes_from"])
        _note(by, at, row.order, StepKind.RESUMED, {})


def end_frame(*, by: Actor, at: datetime, reference: str, reason: str = "") -> None:
    """End it: nothing more is ordered of it, and what it still took of the budget is free.

    1. Lock it; refuse what policy refuses, and what is not agreed.  2. Free the budget, note the step, audit.
    Raises NotThere, Refused, Refusal.
    """
    _check_text(reason, "reason")
    with transaction():
        row = _locked(by, at, reference)
        require(policy.may_cancel(by, order=queries.order_parties(row.order), on=at.date()))
        _require_agreed(row)
        _end(by, at, row, {"reason": reason} if reason else {})


def _check_text(text: str, where: str) -> None:
    if len(text) > NOTE_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=NOTE_LENGTH_MAX), where=where)


_DRAWN, _HELD, _ENDED, _NOTHING = "drawn", "held", "ended", "nothing"


def _one_due(by: Actor, at: datetime, key: int) -> str:
    """The next part that is due of one standing order, if one is; what came of it."""
    rows = Frame.objects.select_for_update(of=("self",)).filter(pk=key, order__state=OrderState.AGREED.value)
    row = rows.select_related("order", "order__customer", "order__person", "offering").first()
    if row is None:
        return _NOTHING
    last = row.draws.exclude(due=None).order_by("-due").values_list("due", flat=True).first()
    due = None if row.paused else frames.next_of(row, last)
    if due is None or due > at.date():
        if at.date() < row.until:
            return _NOTHING
        _end(by, at, row, {})
        return _ENDED
    assert row.each is not None  # what is due by itself has parts
    quantity = min(row.each, row.quantity - row.drawn)
    submission = idempotency.key_for(by, f"{row.order.reference} {due.isoformat()}", quantity)
    try:
        _draw(by, at, row, quantity, submission, due=due)
    except (Refusal, Refused) as refused:
        if at.date() >= row.until:
            # Held to its last day and beyond: what it takes of the budget would stay taken for good.
            _end(by, at, row, {})
            return _ENDED
        return _hold(by, at, row, due, refused)
    return _DRAWN


def _draw(
    by: Actor,
    at: datetime,
    row: Frame,
    quantity: int,
    submission: idempotency.Key,
    *,
    expected: Money | None = None,
    due: date | None = None,
) -> OrderReceipt:
    """Place a part and count it, in the open transaction that holds the standing order."""
    order, left = row.order, row.quantity - row.drawn
    person = by.person if due is None else None if order.person is None else order.person.code
    centre = None if order.cost_centre is None else order.cost_centre.code
    shares = sharing.weighed(order)
    wanted = (frames.wanted(row, quantity),)
    wish = Wish(order.customer.code, person, wanted, None, None if shares else centre, order.note, shares=shares)
    share = frames.committed(order, left) - frames.committed(order, left - quantity)
    kept = row.price == FramePrice.AGREED.value
    receipt = place(
        by=by,
        at=at,
        wish=wish,
        expected=expected,
        submission=submission,
        subject=None if due is None else order.subject,
        handed=True,
        agreed=Agreement(budgets.takes_of(order, share), (order.kind, order.books_kind) if kept else None),
    )
    made = Order.objects.only("pk").get(reference=receipt.reference)
    sharing.keep(order, -share)
    FrameDraw.objects.create(frame=row, order=made, due=due, quantity=quantity)
    row.drawn += quantity
    row.held = None
    row.save(update_fields=["drawn", "held"])
    if row.drawn == row.quantity:
        _end(by, at, row, {})
    return receipt


def _hold(by: Actor, at: datetime, row: Frame, due: date, refused: Refusal | Refused) -> str:
    """Keep why a part cannot be ordered; say so where it is another reason than before."""
    reason = refused.reason if isinstance(refused, Refusal) else refused.reasons[0]
    known = row.held
    row.held = to_plain(reason)
    row.save(update_fields=["held"])
    if known is None or known["code"] != reason.code:
        told = FrameHeld(**queries.order_facts(row.order), due=due.isoformat(), code=reason.code)
        outbox.announce(told, by=by, at=at)
    return _HELD


def _end(by: Actor, at: datetime, row: Frame, facts: dict[str, str]) -> None:
    """Nothing is ordered of it any more; what is left of it is free in its budget."""
    order = row.order
    left = frames.committed(order, row.quantity - row.drawn)
    take(found=order, amount=left, used=-1, posted=0)
    sharing.keep(order, -left)
    order.state = OrderState.ENDED.value
    order.save(update_fields=["state"])
    row.paused, row.held = False, None
    row.save(update_fields=["paused", "held"])
    _note(by, at, order, StepKind.ENDED, facts | {"left": str(row.quantity - row.drawn)})


def _locked(by: Actor, at: datetime, reference: str) -> Frame:
    """The standing order, locked until the transaction ends. NotThere when the actor may not even see it."""
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    seen = Order.objects.filter(visible, reference=reference).values("pk")
    rows = Frame.objects.select_for_update(of=("self",)).filter(order__in=seen)
    found = rows.select_related("order", "order__customer", "order__supplier", "order__person", "offering").first()
    if found is None:
        raise NotThere
    return found


def _require_agreed(row: Frame) -> None:
    if row.order.state != OrderState.AGREED.value:
        raise Refusal(Reason.of("frame_not_going", state=row.order.state))


def _check_going(row: Frame, on: date) -> None:
    """Refuse to order anything of what is not agreed, paused, or agreed for other days."""
    _require_agreed(row)
    if row.paused:
        raise Refusal(Reason.of("frame_paused"))
    if not row.starts_on <= on < row.until:
        last = row.until - timedelta(days=1)
        raise Refusal(Reason.of("frame_outside_days", since=row.starts_on, last=last))


def _plain(terms: FrameTerms) -> tuple[object, ...]:
    days = (terms.starts_on.isoformat(), terms.last_day.isoformat())
    return (*days, terms.rhythm.value, terms.each, terms.weekday, terms.price.value)


def _note(by: Actor, at: datetime, order: Order, kind: StepKind, facts: dict[str, str]) -> None:
    """One line of history and one of audit for the same act."""
    person = parties.keys().get(by.person) if by.person else None
    OrderStep.objects.create(order=order, at=at, subject=by.subject, person_id=person, kind=kind.value, facts=facts)
    act = f"trade.{kind.value.lower()}_frame"
    audit.record(by=by, at=at, act=act, thing=order.reference, facts=facts)
