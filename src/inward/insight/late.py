"""Late dealings, for those who act on them. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inward.core.classification import Kind
from inward.core.terms import Money, Reason
from inward.core.terms.money import as_currency
from inward.insight import policy
from inward.insight.models import LateDealing
from inward.insight.vocabulary import LateState
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.kit.reasons import from_plain
from inward.trade.supposed import dealt

LATE_LIST = ListSpec({"found": "id", "paid": "total_then_minor"}, {"state": "state"}, default="-found")


@dataclass(frozen=True, slots=True)
class LateRow:
    """A late dealing. Number, reference and customer are empty for what somebody bought for herself."""

    id: int
    number: str
    on: date
    supplier: str
    customer: str
    kind_then: Kind
    kind_now: Kind | None
    books_then: Kind | None
    """By which it was paid and posted; None where that was not noted."""
    books_now: Kind | None
    total_then: Money
    total_now: Money | None
    cause: Reason
    found_at: datetime
    state: LateState
    note: str


def late(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[LateRow]:
    """Dealings whose verdict would be another one, a page at a time; ``state`` narrows. Refused for others."""
    require(policy.may_suppose(viewer, on=at.date()))
    found = page(LateDealing.objects.all(), LATE_LIST, params)
    orders = {each.id: each for each in dealt(row.order_id for row in found.rows)}
    return found.map(lambda row: _row(row, orders[row.order_id]))


def one(*, viewer: Actor, at: datetime, key: int) -> LateRow:
    """One of them. NotThere for none of that key."""
    require(policy.may_suppose(viewer, on=at.date()))
    row = LateDealing.objects.filter(pk=key).first()
    if row is None:
        raise NotThere
    (order,) = dealt([row.order_id])
    return _row(row, order)


def _row(row: LateDealing, order: Any) -> LateRow:
    currency = as_currency(row.currency)
    return LateRow(
        id=row.id,
        number="" if order.private else str(order.number),
        on=order.on,
        supplier=order.supplier,
        customer="" if order.private else order.customer,
        kind_then=Kind(row.kind_then),
        kind_now=Kind(row.kind_now) if row.kind_now else None,
        books_then=Kind(row.books_then) if row.books_then else None,
        books_now=Kind(row.books_now) if row.books_now else None,
        total_then=Money(row.total_then_minor, currency),
        total_now=None if row.total_now_minor is None else Money(row.total_now_minor, currency),
        cause=from_plain(row.cause),
        found_at=row.found_at,
        state=LateState(row.state),
        note=row.note,
    )
