"""For whom of her household somebody bought is forgotten when it must be: the order stays, the name does not."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Q

from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import policy
from inward.trade.models import OrderHousehold, Running, RunningCharge


def forget_beneficiaries(*, by: Actor, at: datetime, person_id: int, erased: bool) -> int:
    """Forget for whom orders were that were for this person, or (``erased``) that she placed for others; returns how many.

    1. Refuse what policy refuses.  2. Empty the names: of all where she was erased, else where it is known no more that she
    ever belonged to the household of whoever ordered.  3. What runs on is looked at again: erased, she counts until that day; never
    so, on none.  4. Audit, without names, where there were any. Raises Refused.
    """
    require(policy.may_forget_words(by))
    with transaction():
        whose = Q(member_id=person_id) | Q(order__person_id=person_id) if erased else Q(member_id=person_id)
        rows = OrderHousehold.objects.filter(whose).exclude(member=None).values_list("order_id", "order__person_id")
        keys = [order for order, person in rows if erased or not _known(person, person_id)]
        if keys:
            _end_running_for(keys, at.date() if erased else None)
            OrderHousehold.objects.filter(order_id__in=keys).update(member=None)
            facts = {"orders": len(keys)}
            audit.record(by=by, at=at, act="trade.forget_beneficiaries", thing="households", facts=facts)
    return len(keys)


def _end_running_for(orders: Iterable[int], on: date | None) -> None:
    """From when on whoever these orders were for counts no more for what runs of them: the day, or the one on which she had left
    already by its charges; None: from its beginning on.
    """
    for row in Running.objects.filter(order_id__in=orders):
        left = RunningCharge.objects.filter(running=row, reverses=False, tie="", stands_until__gt=F("since"))
        over = left.order_by("since").values_list("since", flat=True).first()
        until = row.starts_on if on is None else min(on, over or on)
        OrderHousehold.objects.filter(order_id=row.order_id).update(until=until)
    Running.objects.filter(order_id__in=orders).update(review=True)


def _known(person: int, member: int) -> bool:
    """Whether somebody is known to belong, on some day, to a person's household for what prices are decided by."""
    codes = parties.known().codes
    homes = parties.world(purpose=Purpose.PRICE).leaning.get(codes.get(person, ""), ())
    return any(home.member == codes.get(member) for home in homes)
