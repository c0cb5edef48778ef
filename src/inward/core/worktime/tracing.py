"""Why a clock says what it says, stretch by stretch: what was counted, what was paused, which days were off or otherwise."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import islice
from typing import Final

from inward.core.terms import Reason, exact_text
from inward.core.worktime.calendar import Calendar
from inward.core.worktime.clocks import NO_PAUSES, Due, Pauses
from inward.core.worktime.instants import SECOND, Stretch, as_instant
from inward.core.worktime.opened import Opened

LINES_MAX: Final = 200
"""More stretches than these nobody reads; how many are left out is said."""
_ONE_DAY: Final = timedelta(days=1)


def length_text(seconds: Fraction | int) -> str:
    """A length as people write it: 0:30, 12:00, 1:00:05, -0:10."""
    whole, rest = divmod(abs(Fraction(seconds)), 60)
    text = f"{whole // 60}:{whole % 60:02}"
    if rest:
        text += f":{'0' if rest < _TEN else ''}{exact_text(Fraction(round(rest * SECOND), SECOND))}"
    return f"-{text}" if seconds < 0 else text


_TEN: Final = 10


def explained(opened: Opened, start: datetime, until: datetime, pauses: Pauses = NO_PAUSES) -> tuple[Reason, ...]:
    """What lies between two instants, in order of time: stretches counted or paused, days off, days that are otherwise."""
    since, last = as_instant(start), as_instant(until)
    lines = _lines(opened, min(since, last), max(since, last), pauses)
    told = tuple(islice(lines, LINES_MAX))
    left = sum(1 for _ in lines)
    return (*told, Reason.of("worktime_left_out", count=left)) if left else told


def due_explained(opened: Opened, start: datetime, found: Due, pauses: Pauses = NO_PAUSES) -> tuple[Reason, ...]:
    """Why something is due then: from when the clock runs, what it counted on the way, and where that ends."""
    calendar = opened.calendar
    begins = Reason.of("worktime_starts", start=_local(calendar, start))
    if found.at is None:
        return begins, Reason.of("worktime_stands_still", since=_local_instant(calendar, pauses[-1][0]))
    ends = Reason.of("worktime_due", due=_local(calendar, found.at))
    on_the_way = explained(opened, start, found.at, pauses)
    if found.next_opening in (found.at, None):
        return begins, *on_the_way, ends
    opening = Reason.of("worktime_goes_on", opening=_local(calendar, found.next_opening))
    return begins, *on_the_way, ends, opening


def _lines(opened: Opened, since: int, until: int, pauses: Pauses) -> Iterator[Reason]:
    calendar = opened.calendar
    day, last, done = calendar.local(since).date(), calendar.local(until).date(), since
    while day <= last:
        yield from _of_day(calendar, day)
        for begins, ends in opened.day(day):
            part = max(begins, done), min(ends, until)
            if part[0] < part[1]:
                yield from _of_part(calendar, part, pauses)
                done = part[1]
        day += _ONE_DAY


def _of_day(calendar: Calendar, day: date) -> Iterator[Reason]:
    if calendar.is_holiday(day):
        if calendar.weekly[day.weekday()] or calendar.shifts.get(day):
            yield Reason.of("worktime_day_off", on=day)
    elif day in calendar.shifts or day in calendar.breaks:
        yield Reason.of("worktime_day_otherwise", on=day)


def _of_part(calendar: Calendar, part: Stretch, pauses: Pauses) -> Iterator[Reason]:
    """An open stretch, cut where pauses begin and end."""
    at = part[0]
    for begins, ends in pauses:
        held = max(begins, part[0]), min(ends, part[1])
        if held[0] >= held[1]:
            continue
        if at < held[0]:
            yield _stretch("worktime_counted", calendar, (at, held[0]))
        yield _stretch("worktime_paused", calendar, held)
        at = held[1]
    if at < part[1]:
        yield _stretch("worktime_counted", calendar, (at, part[1]))


def _stretch(code: str, calendar: Calendar, span: Stretch) -> Reason:
    length = length_text(Fraction(span[1] - span[0], SECOND))
    return Reason.of(
        code, since=_local_instant(calendar, span[0]), until=_local_instant(calendar, span[1]), length=length
    )


def _local(calendar: Calendar, at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(calendar.zone)


def _local_instant(calendar: Calendar, instant: int) -> datetime:
    return calendar.local(instant)
