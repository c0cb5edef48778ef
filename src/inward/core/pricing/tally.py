"""What people draw of allowances over many dealings decided one after the other, without a database: the sums so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from inward.core.pricing.limits import EVER
from inward.core.pricing.quoted import AllowanceDrawn, Used
from inward.core.pricing.rules import Span
from inward.core.terms import Money

_Place: TypeAlias = tuple[str, str, str, str]
"""Scheme, limit, item and period: what is counted by itself."""


@dataclass
class Tally:
    """The sums of one person, from what was known before; ``used`` is what the next quote takes."""

    _sums: dict[_Place, Used] = field(default_factory=dict)

    def know(self, use: Used) -> None:
        """What was counted before the first of the dealings."""
        self._sums[_place(use)] = use

    def add(self, drawn: Iterable[AllowanceDrawn]) -> None:
        """Count what a quote drew, in every period it counts in; a limit of one order leaves nothing behind.

        Money of another currency than was drawn before takes its place: it is where pieces alone are limited.
        """
        for draw in drawn:
            periods = (draw.period, EVER) if draw.span is Span.ROLLING else (draw.period,)
            for period in periods if draw.period else ():
                nothing = Used(draw.scheme, period, Money.zero(draw.money.currency), 0, draw.limit, draw.item)
                known = self._sums.get(_place(nothing), nothing)
                before = known.money
                same = before is not None and before.currency == draw.money.currency
                money = before + draw.money if before is not None and same else draw.money
                units = known.units + draw.units
                self._sums[_place(nothing)] = Used(draw.scheme, period, money, units, draw.limit, draw.item)

    @property
    def used(self) -> tuple[Used, ...]:
        """All that was counted so far."""
        return tuple(self._sums.values())


def _place(use: Used) -> _Place:
    return use.scheme, use.limit, use.item, use.period
