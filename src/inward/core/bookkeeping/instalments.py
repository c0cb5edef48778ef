"""A deduction from pay in instalments: what leaves which pay, and what is due by a month. docs/decisions/0168.

Months are named by their first day. Amounts are spread by the one spreading law; what comes back shortens the plan from its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from inward.core.terms import Money, Reason, Refusal, spread

_MONTHS = 12


class OnLeaving(Enum):
    """What becomes of open instalments when the work for the employer ends."""

    LAST_PAY = "LAST_PAY"
    INVOICE = "INVOICE"


@dataclass(frozen=True, slots=True)
class PayRule:
    """How an employer deducts: in so many parts at most, none below ``part_min``; orders after ``last_day`` go into the next pay."""

    parts_max: int = 1
    part_min: Money | None = None
    last_day: int = 31
    leaving: OnLeaving = OnLeaving.LAST_PAY


@dataclass(frozen=True, slots=True)
class Instalment:
    """So much out of the pay of a month (its first day)."""

    month: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Plan:
    """What was promised: the parts, the first month first, and what becomes of open ones on leaving."""

    parts: tuple[Instalment, ...]
    leaving: OnLeaving

    def less(self, back: Money) -> "Plan":
        """The plan after so much came back: the last parts shrink first, to nothing."""
        left, parts = back.minor, list[Instalment]()
        for part in reversed(self.parts):
            taken = min(left, part.amount.minor)
            left -= taken
            parts.append(replace(part, amount=Money(part.amount.minor - taken, part.amount.currency)))
        return replace(self, parts=tuple(reversed(parts)))

    def total(self) -> Money:
        """All parts together."""
        return _sum(self.parts)

    def due(self, month: date, *, last: date | None = None) -> tuple[Money, Money]:
        """(deducted, invoiced) in all by the pay of a month; ``last`` is the month of the last pay of somebody who leaves."""
        whole = self.total()
        if last is None or last > month:
            return self._until(month), Money.zero(whole.currency)
        if self.leaving is OnLeaving.LAST_PAY:
            return whole, Money.zero(whole.currency)
        deducted = self._until(last)
        return deducted, whole - deducted

    def _until(self, month: date) -> Money:
        found = [part for part in self.parts if part.month <= month]
        return _sum(found) if found else Money.zero(self.parts[0].amount.currency)


def first_month(rule: PayRule, on: date) -> date:
    """The month (its first day) out of whose pay the first of several parts of an order of that day is taken."""
    first = on.replace(day=1)
    return first if on.day <= rule.last_day else following(first, 1)


def following(month: date, count: int) -> date:
    """The first day of the month so many months later; the last month of the calendar follows itself."""
    years, place = divmod(month.month - 1 + count, _MONTHS)
    return date.max.replace(day=1) if month.year + years > date.max.year else date(month.year + years, place + 1, 1)


def planned(rule: PayRule, total: Money, on: date, count: int) -> Plan:
    """So many parts of the total. Refusal for more than the rule allows, and for parts that are too small."""
    if not 1 <= count <= rule.parts_max:
        raise Refusal(Reason.of("instalments_not_open", most=rule.parts_max), where="instalments")
    first = first_month(rule, on) if count > 1 else on.replace(day=1)  # at once: the month of the order (decision 131)
    amounts = spread(total.minor, (1,) * count)
    least = rule.part_min
    if count > 1 and (min(amounts) < 1 or (least is not None and _too_small(total, amounts, least))):
        raise Refusal(Reason.of("instalment_too_small", least=least or Money(1, total.currency)), where="instalments")
    parts = (Instalment(following(first, place), Money(amount, total.currency)) for place, amount in enumerate(amounts))
    return Plan(tuple(parts), rule.leaving)


def plans(rule: PayRule, total: Money, on: date) -> tuple[Plan, ...]:
    """Every plan that the rule allows, the shortest first; that of one part always."""
    found = [planned(rule, total, on, 1)]
    for count in range(2, rule.parts_max + 1):
        try:
            found.append(planned(rule, total, on, count))
        except Refusal:
            break
    return tuple(found)


def _too_small(total: Money, amounts: Sequence[int], least: Money) -> bool:
    """A smallest part in another currency than the order's settles nothing, so that no parts are made."""
    return least.currency != total.currency or min(amounts) < least.minor


def _sum(parts: Sequence[Instalment]) -> Money:
    return sum((part.amount for part in parts[1:]), start=parts[0].amount)
