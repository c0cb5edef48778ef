"""What still leaves somebody's pay, order by order and month by month, for herself. Reads only; docs/decisions/0168."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from inward.core.bookkeeping import Instalment, OnLeaving, Plan
from inward.core.pricing.returning import given_back
from inward.core.terms import Currency, Money, as_currency
from inward.kit.actor import Actor
from inward.parties import queries as parties
from inward.trade import instalments
from inward.trade.models import Order, OrderLine, PayLine
from inward.trade.queries import quoted_line
from inward.trade.vocabulary import OrderState, PayKind, Settlement

_NOTHING = (OrderState.AWAITING_APPROVAL.value, OrderState.CANCELLED.value, OrderState.DECLINED.value)


@dataclass(frozen=True, slots=True)
class Open:
    """What payroll was not told yet of an order, by the pay it leaves; ``on_leaving`` where it comes in parts."""

    reference: str
    number: int
    parts: tuple[Instalment, ...]
    on_leaving: OnLeaving | None


def own(*, viewer: Actor, at: datetime) -> tuple[Open, ...]:
    """The viewer's orders of which something still leaves her pay, the earliest first. Three queries."""
    if viewer.nobody or viewer.person is None:
        return ()
    rows = Order.objects.filter(person_id=parties.keys()[viewer.person], settlement=Settlement.PAYROLL.value)
    orders = list(rows.exclude(state__in=_NOTHING).prefetch_related("lines").order_by("id"))
    lines = PayLine.objects.filter(order__in=orders, rejected_at=None).exclude(kind=PayKind.BENEFIT.value)
    told = dict(lines.order_by().values_list("order_id").annotate(told=Sum("amount_minor")))
    found = (_open(order, told.get(order.pk, 0), at.date()) for order in orders)
    return tuple(each for each in found if each.parts)


def by_month(found: tuple[Open, ...]) -> tuple[tuple[date, Money], ...]:
    """So much in all out of the pay of each month; several currencies of a month one after the other."""
    sums: dict[tuple[date, Currency], Money] = {}
    for part in (part for each in found for part in each.parts):
        key = part.month, part.amount.currency
        sums[key] = sums.get(key, Money.zero(part.amount.currency)) + part.amount
    return tuple((month, money) for (month, _), money in sorted(sums.items()))


def _open(order: Order, told: int, on: date) -> Open:
    code = as_currency(order.currency)
    lines = order.lines.all()
    plan = instalments.plan_of(order.instalments, code) or Plan(
        (Instalment(order.placed_at.date().replace(day=1), Money(order.total_minor, code)),), OnLeaving.LAST_PAY
    )
    parts = list(plan.less(Money(sum(map(_back, lines)), code)).parts)
    repaid = sum(line.repaid_minor for line in lines)
    if repaid:  # due at once
        parts = sorted([*parts, Instalment(on.replace(day=1), Money(repaid, code))], key=lambda part: part.month)
    left, still = told, []
    for part in parts:
        taken = min(left, part.amount.minor)
        left -= taken
        if part.amount.minor > taken:
            still.append(Instalment(part.month, Money(part.amount.minor - taken, code)))
    leaving = None if order.instalments is None else plan.leaving
    return Open(order.reference, order.number, tuple(still), leaving)


def _back(line: OrderLine) -> int:
    """What came back or was called off of a line, in smallest units."""
    gone = line.returned + line.cancelled
    if not gone:
        return 0
    return given_back(quoted_line(line, line.order.currency), already=0, pieces=gone).gross.minor
