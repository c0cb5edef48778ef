"""A colleague orders for somebody who lets her: the order, its price, its allowance and its pay are hers for whom it is
(docs/decisions/0188).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from inward.core.pricing import Wanted
from inward.core.terms import Money, Reason, Refusal
from inward.kit import audit, idempotency, locks, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.vocabulary import PartyKind
from inward.trade import behalf, ordering_for, policy
from inward.trade.deciding import Handover
from inward.trade.models import OrderHelper
from inward.trade.operations.placing import NOTE_LENGTH_MAX, OrderReceipt, place
from inward.trade.vocabulary import Settlement
from inward.trade.writing import Acted

DAYS_MOST = timedelta(days=366)


def let_order(*, by: Actor, at: datetime, helper: str, last_day: date) -> None:
    """Let a colleague order for oneself from today through a day; said again, the new day holds.

    1. Refuse what policy refuses, oneself, nobody that is known, and days that are none or too many.
    2. Keep it, bump, audit. Raises Refused, NotThere, Refusal.
    """
    require(policy.may_accept_terms(by))
    on = at.date()
    if parties.kind_of(helper) is not PartyKind.PERSON or helper in veil.closed():
        raise NotThere
    if helper == by.person:
        raise Refusal(Reason.of("helper_oneself"), where="helper")
    if not on <= last_day < on + DAYS_MOST:
        raise Refusal(Reason.of("helper_days_unfit", most=DAYS_MOST.days), where="last_day")
    keys = parties.keys()
    with transaction():
        locks.advisory(f"helpers:{by.person}")
        _end(keys[by.person or ""], keys[helper], on)
        until = last_day + timedelta(days=1)
        OrderHelper.objects.create(person_id=keys[by.person or ""], helper_id=keys[helper], since=on, until=until)
        _noted(by, at, "trade.let_order", by.person or "", helper, last_day)


def end_help(*, by: Actor, at: datetime, person: str, helper: str) -> None:
    """End at once that a colleague may order for a person: by either of the two. Raises NotThere where there is none."""
    keys = parties.keys()
    if by.person is None or by.person not in (person, helper):
        raise NotThere
    with transaction():
        locks.advisory(f"helpers:{person}")
        if not _end(keys.get(person, -1), keys.get(helper, -1), at.date()):
            raise NotThere
        _noted(by, at, "trade.end_help", person, helper, None)


def place_order_for(
    *,
    by: Actor,
    at: datetime,
    person: str,
    lines: Sequence[Wanted],
    expected: Money,
    key: str,
    settlement: Settlement | None = None,
    note: str = "",
    handover: Handover | None = None,
    payment: str = "",
) -> OrderReceipt:
    """Order for somebody who lets one, at the price that was shown: it is her order, paid by her, under the terms she accepted.

    1. Refuse what policy refuses, and what would need somebody's approval or runs on.  2. Decide and write as her own order, with
    who ordered it; that one still may is asked again with every decision. After commit: OrderPlaced tells both.
    Raises Refused, Refusal, PriceChanged, AllowanceSpent, KeyReused.
    """
    if len(note) > NOTE_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=NOTE_LENGTH_MAX), where="note")
    require(policy.may_order_for(by, person=person, on=at.date()))
    wish = behalf.wish(person, lines, settlement=settlement, note=note, handover=handover, payment=payment)
    chosen = None if handover is None else [handover.way.value, handover.place, handover.address]
    asked: list[object] = [person, [[line.offering, line.quantity] for line in lines], str(expected)]
    asked += [None if settlement is None else settlement.value, note, chosen, payment]
    submission = idempotency.key_for(by, key, asked)
    act = partial(
        _place,
        by=by,
        at=at,
        wish=wish,
        expected=expected,
        submission=submission,
        subject=parties.subject_of(person),
        handed=True,
        acted=Acted(by.person or "", by.subject),
    )
    return idempotency.answered(submission, act, again=OrderReceipt.from_plain)


def _place(**asked: Any) -> OrderReceipt:
    """Place it; terms that are missing are hers to accept."""
    try:
        return place(**asked)
    except Refusal as refusal:
        if refusal.reason.code != "terms_not_accepted":
            raise
        facts = {"name": parties.name_of(asked["wish"].customer), "terms": str(refusal.reason.facts["terms"])}
        raise Refusal(Reason.of("behalf_terms", **facts), where="on_behalf") from refusal


def _end(person: int, helper: int, on: date) -> int:
    """End what holds or is to come; what began today is gone. Returns how many."""
    rows = OrderHelper.objects.filter(person_id=person, helper_id=helper, until__gt=on)
    fresh, _ = rows.filter(since__gte=on).delete()
    return fresh + rows.update(until=on)


def _noted(by: Actor, at: datetime, act: str, person: str, helper: str, last_day: date | None) -> None:
    versions.bump(ordering_for.VERSION)
    facts = {"helper": parties.subject_of(helper), "last_day": "" if last_day is None else last_day.isoformat()}
    audit.record(by=by, at=at, act=act, thing=f"helpers of {parties.subject_of(person)}", facts=facts)
