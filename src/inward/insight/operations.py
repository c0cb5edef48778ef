"""Looking again at dealings when something about them became known late, and what somebody decides of it.

The dealings keep their verdict, price and postings: only this room's own list changes.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from inward.catalogue import queries as catalogue
from inward.core.classification import World
from inward.core.terms import Reason, Refusal
from inward.insight import policy
from inward.insight.differing import Prices, Verdicts
from inward.insight.models import LateDealing
from inward.insight.vocabulary import LateState
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.reasons import to_plain
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade.supposed import Dealt, Placed, dealt, placed

_AT_ONCE = 1_000
_NOTE_MAX = 500


def look_again(
    *,
    by: Actor,
    at: datetime,
    since: date,
    cause: Reason,
    companies: Collection[str] | None,
    people: Collection[str] = (),
    known: datetime | None = None,
) -> int:
    """Ask the verdict of the dealings since that day again, as it is known now; how many have another one.

    1. Refuse everybody but the house.                    3. List those that have another one, with the cause.
    2. Ask the dealings of these companies (None: of all) 4. Take from the list those nobody has decided on that
       and people again, each on its own day.                agree again.
    What is taxed and was not, as within one tax group, or the reverse, counts as another verdict, and so does what the books
    would see otherwise: by a rule of their own it may be paid and posted in another way at the same price.
    Where it is said since when the cause is ``known``, dealings placed before that are listed too which have another price by
    it, and another than was paid, though their verdict is the same. The world as it was known until then is read only if there is one to ask.
    Allowances are left aside, as in every supposition.
    Doing it again changes nothing. It writes a thousand at a time, and reads without holding anybody up.
    """
    require(policy.may_look_again(by))
    world = parties.world(purpose=Purpose.PRICE)
    verdicts = Verdicts(world, world, companies=world.company.keys(), people=())
    prices = Prices(world, world, catalogue.price_book())
    before: Prices | None = None
    count = 0
    asked = placed(since=since, until=at.date() + timedelta(days=1), companies=companies, people=people)
    for some in _thousands(asked):
        other = [each.id for each in some if not verdicts.agrees(each)]
        same = [] if known is None else [each.id for each in some if each.at < known and each.id not in other]
        if known is not None and same:
            before = before or Prices(_until(known), world, catalogue.price_book())
            priced = before.differences(dealt(same))
            other += [each.dealt.id for each in priced if each.after.total != each.dealt.total]
        agree = {each.id for each in some}.difference(other)
        count += len(other)
        rows = [_late(each, prices, cause, at) for each in dealt(other)]
        with transaction():
            LateDealing.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["order"],
                update_fields=["kind_now", "books_now", "total_now_minor"],
            )
            LateDealing.objects.filter(order_id__in=agree, state=LateState.OPEN.value).delete()
    return count


def decide_late(*, by: Actor, at: datetime, key: int, state: LateState, note: str) -> None:
    """Say what is done about a late dealing, or that it is left as it is, and why.

    1. Refuse what policy refuses, and no note.  2. NotThere for none of that key.  3. Keep it; audit.
    """
    require(policy.may_suppose(by, on=at.date()))
    note = note.strip()
    if not note or len(note) > _NOTE_MAX:
        raise Refusal(Reason.of("late_note_missing"), where="note")
    with transaction():
        found = LateDealing.objects.select_for_update().filter(pk=key).first()
        if found is None:
            raise NotThere
        found.state, found.note, found.decided_at = state.value, note, at
        found.save(update_fields=["state", "note", "decided_at"])
        facts = {"state": state.value, "note": note}
        audit.record(by=by, at=at, act="insight.decide_late", thing=f"late {key}", facts=facts)


def _until(known: datetime) -> World:
    """The world as it was known just before: instants are kept to the microsecond."""
    return parties.world(known_at=known - timedelta(microseconds=1), purpose=Purpose.PRICE)


def _late(each: Dealt, prices: Prices, cause: Reason, at: datetime) -> LateDealing:
    side = prices.now(each)
    return LateDealing(
        order_id=each.id,
        kind_then=each.kind.value,
        kind_now="" if side.kind is None else side.kind.value,
        books_then=each.books.value,
        books_now="" if side.books is None else side.books.value,
        currency=each.total.currency,
        total_then_minor=each.total.minor,
        total_now_minor=None if side.total is None else side.total.minor,
        cause=to_plain(cause),
        found_at=at,
    )


def _thousands(asked: Iterable[Placed]) -> Iterator[list[Placed]]:
    left = iter(asked)
    while some := list(islice(left, _AT_ONCE)):
        yield some
