"""Calendars, instants and pauses out of the fields of JSON, each refused with its place. A zone is looked up by its IANA name."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from inward.core.terms import Fields
from inward.core.worktime.calendar import WEEKDAYS, Calendar, Hours, usable_hours
from inward.core.worktime.clocks import Pause, Pauses, pauses_of

_CALENDAR: Final = ("timezone", "weekly", "holidays", "recurring_holidays", "breaks", "shifts", "note")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\Z", re.ASCII)
_MONTH_DAY: Final = re.compile(r"(\d{2})-(\d{2})\Z", re.ASCII)
_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2}(?::\d{2})?)?)?\Z",
    re.ASCII,
)
_LEAP_YEAR: Final = 2000


def calendar_from(fields: Fields) -> Calendar:
    """The calendar that ``timezone``, ``weekly`` and the days beside them tell. Round the clock must be said."""
    fields.only(_CALENDAR)
    week = _object(fields, "weekly")
    week.only(WEEKDAYS)
    return Calendar(
        zone=zone_of(fields, "timezone"),
        weekly=tuple(_hours(week, day) for day in WEEKDAYS),
        holidays=frozenset(_days(fields, "holidays")),
        recurring=frozenset(_month_days(fields, "recurring_holidays")),
        breaks=_hours_by_day(fields, "breaks"),
        shifts=_hours_by_day(fields, "shifts"),
    )


def zone_of(fields: Fields, name: str) -> ZoneInfo:
    """The zone that a field names."""
    text = fields.text(name)
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # no such name, a folder of names, or no name at all
        return fields.refuse(name, "zone_not_known", time_zone=text[:_SHOWN_MAX])


def instant(fields: Fields, name: str) -> datetime:
    """The instant in a field, as 2026-11-24T09:00:00+01:00 or with Z. Refused without its offset, for it is none then."""
    text = fields.text(name)
    found = _INSTANT.match(text)
    if found is not None and found["zone"] is None:
        fields.refuse(name, "instant_without_offset", value=text)
    try:
        return datetime.fromisoformat(text.upper().replace(",", ".") if found else "")
    except ValueError:
        return fields.refuse(name, "not_an_instant", value=text[:_SHOWN_MAX])


def pauses_from(fields: Fields, name: str) -> Pauses:
    """The pauses in a field that may be left out: pairs of instants, null where one has not ended."""
    found: list[Pause] = []
    for place, pair in enumerate(fields.items(name)):
        where = f"{name}[{place}]"
        if not isinstance(pair, list) or len(pair) != _PAIR:
            fields.refuse(where, "not_a_pair")
        ends = Fields({f"{where}[0]": pair[0], f"{where}[1]": pair[1]}, fields.where)
        since = instant(ends, f"{where}[0]")
        until = instant(ends, f"{where}[1]") if ends.has(f"{where}[1]") else None
        if until is not None and until < since:
            fields.refuse(where, "worktime_pause_backwards", since=since, until=until)
        found.append((since, until))
    return pauses_of(found)


def _object(fields: Fields, name: str) -> Fields:
    if fields.values.get(name) is None:
        fields.refuse(name, "field_missing")
    return Fields.of(fields.values[name], fields.place(name))


def _hours(fields: Fields, name: str) -> Hours:
    """The spans of a day in a field that may be left out: pairs of wall clocks."""
    spans = []
    for place, pair in enumerate(fields.items(name)):
        where = f"{name}[{place}]"
        if not isinstance(pair, list) or len(pair) != _PAIR:
            fields.refuse(where, "not_a_pair")
        spans.append(
            usable_hours([(_clock(fields, where, pair[0]), _clock(fields, where, pair[1]))], fields.place(where))
        )
    return usable_hours(span for each in spans for span in each)


def _clock(fields: Fields, where: str, value: object) -> int:
    """Seconds from midnight of 09:00, 9:00, 09:00:30 or 24:00."""
    found = _CLOCK.match(value) if isinstance(value, str) else None
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (24, 60, 0)
    if minute >= _SIXTY or second >= _SIXTY or (hour, minute, second) > (24, 0, 0):
        fields.refuse(where, "not_a_clock", value=str(value)[:_SHOWN_MAX])
    return hour * 3600 + minute * 60 + second


def _days(fields: Fields, name: str) -> list[date]:
    listed = {f"{name}[{place}]": value for place, value in enumerate(fields.items(name))}
    days = Fields(listed, fields.where)
    return [days.day(place) for place in listed]


def _month_days(fields: Fields, name: str) -> list[tuple[int, int]]:
    """Days of every year, as 12-24; 02-29 is a day of leap years."""
    found = []
    for place, value in enumerate(fields.items(name)):
        where = f"{name}[{place}]"
        match = _MONTH_DAY.match(value) if isinstance(value, str) else None
        try:
            day = date(_LEAP_YEAR, int(match[1]), int(match[2])) if match else None
        except ValueError:
            day = None
        if day is None:
            fields.refuse(where, "not_a_month_day", value=str(value)[:_SHOWN_MAX])
        found.append((day.month, day.day))
    return found


def _hours_by_day(fields: Fields, name: str) -> Mapping[date, Hours]:
    """Spans by day in a field that may be left out."""
    if fields.values.get(name) is None:
        return {}
    by_day = _object(fields, name)
    return {_key_day(by_day, key): _hours(by_day, key) for key in by_day.values}


def _key_day(by_day: Fields, key: str) -> date:
    return Fields({key: key}, by_day.where).day(key)


_PAIR: Final = 2
_SIXTY: Final = 60
_SHOWN_MAX: Final = 60
