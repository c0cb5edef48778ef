"""On which days parts of a standing order are due: on each working day, once a week, or by hand alone.

Which days are worked is not known here: whoever asks says so of a day.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import Enum

from inward.core.terms import Reason, Refusal

_DAY = timedelta(days=1)
_WEEK = 7
_LOOKED_AT_MOST = 366


class Rhythm(Enum):
    """How the parts of a standing order follow one another."""

    BY_HAND = "BY_HAND"
    DAILY = "DAILY"
    """On each working day."""
    WEEKLY = "WEEKLY"
    """On one day of the week, or the next working day before that day comes again."""


def due_days(
    rhythm: Rhythm, weekday: int | None, *, since: date, until: date, works: Callable[[date], bool]
) -> Iterator[date]:
    """The days from ``since`` and before ``until`` on which a part is due; ``weekday`` of a weekly one, Monday is 0.

    Of a weekly one that was moved to a later day, the day it was moved from may lie before ``since``: then it was due before.
    Refusal for a weekly one without a weekday.
    """
    if rhythm is Rhythm.WEEKLY and (weekday is None or not 0 <= weekday < _WEEK):
        raise Refusal(Reason.of("weekday_missing"))
    if rhythm is Rhythm.BY_HAND:
        return
    day = since
    while day < until:
        if _due(weekday if rhythm is Rhythm.WEEKLY else None, day, since, works):
            yield day
        day += _DAY


def next_due(
    rhythm: Rhythm, weekday: int | None, *, since: date, until: date, works: Callable[[date], bool]
) -> date | None:
    """The first of these days; None where none comes, or none within a year."""
    last = min(until, since + _LOOKED_AT_MOST * _DAY)
    return next(due_days(rhythm, weekday, since=since, until=last, works=works), None)


def _due(weekday: int | None, day: date, since: date, works: Callable[[date], bool]) -> bool:
    """A day of work, and of a weekly part the first since its weekday."""
    if not works(day):
        return False
    if weekday is None:
        return True
    moved = (day.weekday() - weekday) % _WEEK
    meant = day - moved * _DAY
    return meant >= since and not any(works(meant + count * _DAY) for count in range(moved))
