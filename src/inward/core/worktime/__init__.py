"""Working time: by when a promise is due, how much of it has passed, and why, on anybody's calendar.

It knows instants, calendars and pauses; what is promised to whom, and holidays of a country, are said by whoever asks.
"""

from inward.core.worktime.calendar import WEEKDAYS, Calendar, Hours, usable_hours
from inward.core.worktime.clocks import (
    NO_PAUSES,
    Due,
    Pause,
    Pauses,
    due,
    elapsed,
    is_open,
    microseconds,
    pauses_of,
    stretches,
)
from inward.core.worktime.days import DayEnd, DayMode, due_by_date, due_by_time
from inward.core.worktime.opened import CLOSED_DAYS_MAX, SPAN_DAYS_MAX, Opened
from inward.core.worktime.reading import calendar_from, instant, pauses_from, zone_of
from inward.core.worktime.tracing import due_explained, explained, length_text

__all__ = [
    "CLOSED_DAYS_MAX",
    "NO_PAUSES",
    "SPAN_DAYS_MAX",
    "WEEKDAYS",
    "Calendar",
    "DayEnd",
    "DayMode",
    "Due",
    "Hours",
    "Opened",
    "Pause",
    "Pauses",
    "calendar_from",
    "due",
    "due_by_date",
    "due_by_time",
    "due_explained",
    "elapsed",
    "explained",
    "instant",
    "is_open",
    "length_text",
    "microseconds",
    "pauses_from",
    "pauses_of",
    "stretches",
    "usable_hours",
    "zone_of",
]
