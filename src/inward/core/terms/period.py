"""A half-open span of days: ``start`` counts, ``until`` does not; either end may be open.

Stored half-open everywhere; forms and imports ask for the last day and add one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` (None: always so far) up to but not including ``until`` (None: for ever)."""

    start: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.until is not None and self.until <= self.start:
            msg = f"a period must end after it starts: {self.start} … {self.until}"
            raise ValueError(msg)

    @classmethod
    def through(cls, start: date | None, last: date | None) -> "Period":
        """The period whose last day is ``last``, as people say it; the calendar's last day (31.12.9999) is for ever."""
        return cls(start, None if last is None or last == date.max else last + timedelta(days=1))

    @property
    def last(self) -> date | None:
        """The last day that counts, as people say it; None for ever."""
        return None if self.until is None else self.until - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return _before(self.start, other.until) and _before(other.start, self.until)

    def intersection(self, other: "Period") -> "Period | None":
        """The days in both, or None."""
        if not self.overlaps(other):
            return None
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.until, other.until) if day is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def covers(self, other: "Period") -> bool:
        """Whether every day of ``other`` lies in this period."""
        starts_first = self.start is None or (other.start is not None and self.start <= other.start)
        ends_last = self.until is None or (other.until is not None and other.until <= self.until)
        return starts_first and ends_last


ALWAYS = Period()
"""Every day there is."""


@dataclass(frozen=True, slots=True)
class Succession:
    """How a new version takes its place among others: ``before`` is the place of the one that holds on its first day
    (None: there is none), ``replaces`` whether that one began the same day, ``period`` how long the new one holds.
    """

    before: int | None
    replaces: bool
    period: Period


def succession(versions: Sequence[Period], since: date | None) -> Succession:
    """A version that begins on ``since`` (None: always so far) takes over from the one of that day, up to its end; where
    none holds that day, it holds until the next begins.
    """
    first = since or date.min
    before = next((place for place, version in enumerate(versions) if first in version), None)
    if before is not None:
        found = versions[before]
        return Succession(before, found.start == since, Period(since, found.until))
    later = [version.start for version in versions if version.start is not None and version.start > first]
    return Succession(None, replaces=False, period=Period(since, min(later, default=None)))


def boundaries(periods: Iterable[Period]) -> tuple[date, ...]:
    """Every day on which some period starts or has ended, sorted: nothing changes between two of them."""
    return tuple(sorted({day for period in periods for day in (period.start, period.until) if day is not None}))


def _before(start: date | None, until: date | None) -> bool:
    return start is None or until is None or start < until
