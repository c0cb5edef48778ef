"""What is left of allowances while the lines of one dealing draw on them, in the order of the lines.

The counting is the core's; that two people cannot draw the same rest is guarded where it is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from inward.core.pricing.book import PriceBook
from inward.core.pricing.quoted import AllowanceDrawn, Used
from inward.core.pricing.rules import Scheme
from inward.core.terms import Currency, Money, Reason, Refusal


@dataclass
class Allowances:
    """The allowances of one customer in one period, and what this dealing has drawn so far."""

    book: PriceBook
    period: str
    _used: dict[str, Used]
    _drawn: dict[str, AllowanceDrawn]

    @classmethod
    def of(cls, book: PriceBook, used: Sequence[Used], *, period: str) -> "Allowances":
        """What was used before, several entries of one scheme added up; those of other periods do not count here.

        Refusal for less than nothing, and for money of another currency than the allowance.
        """
        counted: dict[str, Used] = {}
        for place, use in enumerate(used):
            _check_used(book, use, f"used[{place}]")
            if use.period == period:
                counted[use.scheme] = _added(counted.get(use.scheme), use, f"used[{place}]")
        return cls(book, period, counted, {})

    def pieces(self, scheme: Scheme, quantity: int, measured: Callable[[int], Money]) -> int:
        """How many of the pieces the allowance still covers. ``measured`` says what so many pieces take of it."""
        most = quantity
        units_left = self._units_left(scheme)
        if units_left is not None:
            most = min(most, max(units_left, 0))
        money_left = self._money_left(scheme)
        if money_left is None:
            return most
        return _most_within(money_left, most, measured)

    def draw(self, scheme: Scheme, units: int, money: Money) -> None:
        """Take pieces and money out of the allowance."""
        before = self._drawn.get(scheme.id)
        if before is None:
            before = self._fresh(scheme, money.currency)
        money_left, units_left = before.money_left, before.units_left
        self._drawn[scheme.id] = replace(
            before,
            money=before.money + money,
            units=before.units + units,
            money_left=None if money_left is None else money_left - money,
            units_left=None if units_left is None else units_left - units,
        )

    def drawn(self) -> tuple[AllowanceDrawn, ...]:
        """What was drawn, by scheme in the order of their ids."""
        return tuple(draw for _, draw in sorted(self._drawn.items()))

    def _fresh(self, scheme: Scheme, currency: Currency) -> AllowanceDrawn:
        return AllowanceDrawn(
            scheme=scheme.id,
            period=self.period,
            money=Money.zero(currency),
            units=0,
            money_max=scheme.allowance_money,
            units_max=scheme.allowance_units,
            money_left=self._money_left(scheme),
            units_left=self._units_left(scheme),
        )

    def _units_left(self, scheme: Scheme) -> int | None:
        if scheme.allowance_units is None:
            return None
        drawn, used = self._drawn.get(scheme.id), self._used.get(scheme.id)
        return scheme.allowance_units - (used.units if used else 0) - (drawn.units if drawn else 0)

    def _money_left(self, scheme: Scheme) -> Money | None:
        if scheme.allowance_money is None:
            return None
        drawn, used = self._drawn.get(scheme.id), self._used.get(scheme.id)
        left = scheme.allowance_money
        if used is not None and used.money is not None:
            left -= used.money
        return left - drawn.money if drawn is not None else left


def _most_within(left: Money, most: int, measured: Callable[[int], Money]) -> int:
    """The largest count up to ``most`` whose measure is within what is left, by halving: measures never fall.

    All of them is asked first, since an allowance seldom runs out in the middle of a line.
    """
    if not most:
        return 0
    whole = measured(most)
    if whole.currency != left.currency:
        raise Refusal(Reason.of("allowance_currency", currency=left.currency, price_currency=whole.currency))
    if whole <= left:
        return most
    low, high = 0, most - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measured(middle) <= left:
            low = middle
        else:
            high = middle - 1
    return low


def _check_used(book: PriceBook, use: Used, where: str) -> None:
    if use.units < 0 or (use.money is not None and use.money.minor < 0):
        raise Refusal(Reason.of("allowance_used_negative", scheme=use.scheme), where=where)
    scheme = book.schemes.get(use.scheme)
    if scheme is not None and scheme.allowance_money is not None and use.money is not None:
        _check_currency(scheme.allowance_money, use.money, where)


def _added(before: Used | None, use: Used, where: str) -> Used:
    if before is None:
        return use
    money = before.money or use.money
    if before.money is not None and use.money is not None:
        _check_currency(before.money, use.money, where)
        money = before.money + use.money
    return replace(use, money=money, units=before.units + use.units)


def _check_currency(one: Money, other: Money, where: str) -> None:
    if one.currency != other.currency:
        raise Refusal(Reason.of("allowance_currency", currency=one.currency, price_currency=other.currency), where)
