"""The periods of what runs, and what some days of a period cost.

A period always begins on the day of the month on which the first one began, or on the last day of a shorter month; that is
reckoned from the first day each time, so that a short month never moves the ones after it.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import count

from inward.core.running.plan import Every
from inward.core.terms import Money, Period, Reason, Refusal, UnitPrice, rounded

_YEAR = 12
_ALWAYS_THERE = 28
"""Every month has so many days."""


def months_after(first: date, months: int) -> date:
    """So many months later: the same day of the month, or the last of a shorter one. Refusal beyond the calendar."""
    whole = first.month - 1 + months
    year, month = first.year + whole // _YEAR, whole % _YEAR + 1
    if year > date.max.year:
        raise Refusal(Reason.of("beyond_the_calendar", year=year))
    day = first.day
    return date(year, month, day if day <= _ALWAYS_THERE else min(day, monthrange(year, month)[1]))


def period_of(first: date, every: Every, day: date) -> Period:
    """The period in which a day lies, of what began on ``first``. Refusal for a day before it."""
    if day < first:
        raise Refusal(Reason.of("before_it_began", since=first, day=day))
    length = every.months
    place = ((day.year - first.year) * _YEAR + day.month - first.month) // length
    starts = months_after(first, place * length)
    if starts > day:
        place -= 1
        starts = months_after(first, place * length)
    return Period(starts, months_after(first, (place + 1) * length))


def periods(first: date, every: Every, since: date | None = None) -> Iterator[Period]:
    """The periods one after the other, from the one in which ``since`` lies (the first where left out), without end."""
    period, length = period_of(first, every, first if since is None else since), every.months
    start, until = period.start, period.until
    assert start is not None  # every period of what runs has both days
    assert until is not None  # the same
    yield period
    place = ((start.year - first.year) * _YEAR + start.month - first.month) // length
    for each in count(place + 2):  # pragma: no branch - it has no end
        start, until = until, months_after(first, each * length)
        yield Period(start, until)


def share(amount: Money, whole: Period, part: Period) -> Money:
    """What the days of ``part`` cost of a period that costs ``amount``.

    The difference of two rounded sums: what the days up to the end of the part cost, less what those up to its beginning cost.
    So the parts of a period always add up to it, however it is cut and in whichever order the cuts become known; each is
    within one smallest unit of its exact share; the share of -x is the opposite of the share of x. Refusal when the part is
    not inside the period.
    """
    if whole.start is None or whole.until is None or not whole.covers(part):
        raise Refusal(Reason.of("part_outside_period"))
    if part == whole:
        return amount  # what nearly every charge is, a million times a night
    days = (whole.until - whole.start).days
    assert part.start is not None  # it is covered by a period with both days
    assert part.until is not None  # the same
    up_to_end = _up_to(amount, (part.until - whole.start).days, days)
    return up_to_end - _up_to(amount, (part.start - whole.start).days, days)


def _up_to(amount: Money, some: int, days: int) -> Money:
    return rounded(UnitPrice(Fraction(amount.minor * some, days), amount.currency))
