"""The arm's-length range: where the prices of comparable sales between strangers lie, and whether a price is within.

The range is the interquartile one of 26 CFR 1.482-1(e)(2)(iii)(C): the 25th percentile is the lowest result such that at least
25 percent of the results are at or below it; where exactly 25 percent are, the average of it and the next higher one. The 75th
and the median are found likewise. Both ends are within. OECD (2022), Transfer Pricing Guidelines, 3.55 to 3.62, leave the method
of narrowing open and ask for the median where a price must be moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from inward.core.terms import Fact, Period, Reason, UnitPrice
from inward.core.terms.period import ALWAYS


@dataclass(frozen=True, slots=True)
class Comparable:
    """A sale of the like between strangers: what a piece cost without tax, where and when that was seen.

    It is among those compared during ``period``.
    """

    id: str
    offering: str
    price: UnitPrice
    source: str
    seen_on: date
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The interquartile range of some results, whatever they measure: prices, margins in percent. ``count`` results made it."""

    low: Fraction
    median: Fraction
    high: Fraction
    count: int

    @classmethod
    def of(cls, results: Sequence[Fraction]) -> "Quartiles":
        """The range of these results, in any order. ValueError for none."""
        if not results:
            msg = "a range needs results"
            raise ValueError(msg)
        ordered = sorted(results)
        low, median, high = (_percentile(ordered, Fraction(part, 4)) for part in (1, 2, 3))
        return cls(low, median, high, len(ordered))

    def holds(self, tested: Fraction) -> bool:
        """Whether a result lies within, both ends included."""
        return self.low <= tested <= self.high

    def to_median(self, tested: Fraction) -> Fraction:
        """By how much a result must move to be at arm's length: to the median from outside, not at all from within."""
        return Fraction(0) if self.holds(tested) else self.median - tested


@dataclass(frozen=True, slots=True)
class ArmsLength:
    """A price beside its comparables, all without tax, a piece. ``to_median`` is what it would have to move by; nought within."""

    tested: UnitPrice
    low: UnitPrice
    median: UnitPrice
    high: UnitPrice
    count: int

    @property
    def within(self) -> bool:
        """Whether the price lies within the range, both ends included."""
        return self.low.minor <= self.tested.minor <= self.high.minor

    @property
    def to_median(self) -> UnitPrice:
        """By how much the price must move to be at arm's length."""
        moved = Fraction(0) if self.within else self.median.minor - self.tested.minor
        return UnitPrice(moved, self.tested.currency)

    @property
    def told(self) -> Reason:
        """Whether the price is at arm's length, with the figures that say so."""
        facts: dict[str, Fact] = {
            "tested": self.tested,
            "low": self.low,
            "median": self.median,
            "high": self.high,
            "count": self.count,
        }
        if self.within:
            return Reason.of("arms_length_within", **facts)
        return Reason.of("arms_length_beyond", **facts, move=self.to_median)

    @classmethod
    def of(cls, tested: UnitPrice, comparables: Sequence[Comparable]) -> "ArmsLength | None":
        """The price beside the comparables of its own currency; None where there is none."""
        prices = [each.price.minor for each in comparables if each.price.currency == tested.currency]
        if not prices:
            return None
        found = Quartiles.of(prices)
        low, median, high = (UnitPrice(each, tested.currency) for each in (found.low, found.median, found.high))
        return cls(tested, low, median, high, found.count)


def _percentile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """The lowest result such that at least this part of them are at or below it; where exactly that part, the average with
    the next higher.
    """
    place = part * len(ordered)
    if place.denominator == 1:
        at = int(place)
        return (ordered[at - 1] + ordered[at]) / 2
    return ordered[int(place)]
