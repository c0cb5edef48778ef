"""Targets in days, in two ways that are never mixed up: so many days' worth of working time, or so many dates on which work is done.

A day is never 24 hours here. Dates are those of the calendar's zone.
"""

from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.core.worktime.clocks import NO_PAUSES, Due, Pauses, due, due_at, passed, reached
from inward.core.worktime.instants import Stretch, as_instant
from inward.core.worktime.opened import CLOSED_DAYS_MAX, SPAN_DAYS_MAX, Opened, never_open, too_far

_ONE: Final = timedelta(days=1)


class DayMode(Enum):
    """What a target in days counts."""

    WORKING_TIME = "WORKING_TIME"
    """A day is the hours of a working day."""
    WORKING_DATES = "WORKING_DATES"
    """A day is a date on which something is open."""


class DayEnd(Enum):
    """At what time of the last date a target in dates falls due."""

    SAME_CLOCK = "SAME_CLOCK"
    """When the wall clock shows what it showed at the start; where that is closed, at the closing before it on that date, else at
    the opening."""
    END_OF_DAY = "END_OF_DAY"
    """At the last closing of that date."""


def due_by_time(
    opened: Opened,
    start: datetime,
    days: Fraction | int,
    day_seconds: Fraction | int | None,
    pauses: Pauses = NO_PAUSES,
) -> Due:
    """By when so many working days' worth of counted time have passed; ``day_seconds`` is what one is worth, by default the mean
    of the week's days that have hours. Refusal where that is nothing.
    """
    length = opened.calendar.day_seconds() if day_seconds is None else day_seconds
    if length <= 0:
        raise Refusal(Reason.of("worktime_day_without_hours"))
    return due(opened, start, days * length, pauses)


def due_by_date(opened: Opened, start: datetime, days: int, end: DayEnd, pauses: Pauses = NO_PAUSES) -> Due:
    """When the N-th following date with hours has come (a negative number walks back), and what was paused up to then has been
    worked off. Zero is the date of the start, where it is not over, or the next one with hours.
    """
    since = as_instant(start)
    opened.reach(since, since)
    if days == 0 and end is DayEnd.SAME_CLOCK:
        return due(opened, start, 0, pauses)
    base = _on_date(opened, since, days, end)
    first, last = min(since, base), max(since, base)
    held = passed(opened, first, last) - passed(opened, first, last, pauses)
    found = base if held == 0 else reached(opened, base, held if days >= 0 else -held, pauses)
    return due_at(opened, found, pauses)


def _on_date(opened: Opened, since: int, days: int, end: DayEnd) -> int:
    """The instant at which that many dates have come, pauses apart."""
    start = opened.calendar.local(since)
    parts = _parts(opened, since, start.date(), days)
    if end is DayEnd.END_OF_DAY:
        return parts[-1][1]
    shown = start.hour * 3600 + start.minute * 60 + start.second
    clock = opened.calendar.at(opened.calendar.local(parts[0][0]).date(), shown) + start.microsecond
    found = parts[0][0]
    for opens, closes in parts:
        if opens <= clock:
            found = min(clock, closes)
    return found


def _parts(opened: Opened, since: int, day: date, days: int) -> tuple[Stretch, ...]:
    """What is open on the N-th date after a day, or before it; on the day itself, where it is not over."""
    today = opened.day(day)
    if days == 0 and today and since < today[-1][1]:
        return today
    return opened.day(_open_date(opened, day, days or 1))


def _open_date(opened: Opened, day: date, days: int) -> date:
    """The N-th date with hours after a day, or before it."""
    if abs(days) > SPAN_DAYS_MAX:
        raise too_far()
    step = _ONE if days > 0 else -_ONE
    left, closed = abs(days), 0
    while left:
        day = day + step
        is_open = bool(opened.day(day))
        left, closed = left - is_open, 0 if is_open else closed + 1
        if closed > CLOSED_DAYS_MAX:
            raise never_open(day)
    return day
