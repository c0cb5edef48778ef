"""Calendars and instants as the tests of working time write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from inward.core.worktime import Calendar, Opened, usable_hours

NINE_TO_FIVE = ((9, 17),)


def hours(*spans):
    """Spans in hours: (9, 17), (9.5, 12)."""
    return usable_hours([(int(opens * 3600), int(closes * 3600)) for opens, closes in spans])


def calendar(zone="UTC", weekdays=NINE_TO_FIVE, saturday=(), sunday=(), **more):
    return Calendar(ZoneInfo(zone), (*[hours(*weekdays)] * 5, hours(*saturday), hours(*sunday)), **more)


def opened(zone="UTC", weekdays=NINE_TO_FIVE, saturday=(), sunday=(), **more):
    return Opened(calendar(zone, weekdays, saturday, sunday, **more))


def round_the_clock(zone="UTC"):
    return opened(zone, [(0, 24)], [(0, 24)], [(0, 24)])


def utc(text):
    """2026-11-30 09:00 in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(zone, text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
