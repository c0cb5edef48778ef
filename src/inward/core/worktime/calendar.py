"""When somebody works, as a value: a week, days that are otherwise, days off, and the zone whose wall clocks shape it.

Wall clocks only shape the open time; what is counted is physical time. Nothing here looks up a zone or a holiday.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Final, TypeAlias

from inward.core.terms import Reason, Refusal
from inward.core.worktime.instants import DAY, SECOND, Stretch, as_datetime, united, without

Hours: TypeAlias = tuple[tuple[int, int], ...]
"""Spans of a day in seconds from midnight, half-open; 86,400 ends a day. What lies past midnight belongs to the next day."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_SECONDS: Final = 86_400
EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


def usable_hours(spans: Iterable[tuple[int, int]], where: str = "") -> Hours:
    """The spans in order, those that overlap or touch as one. Refusal for one that ends before it begins, or past the day."""
    given = tuple(spans)
    for opens, closes in given:
        if not 0 <= opens < closes <= DAY_SECONDS:
            raise Refusal(
                Reason.of("worktime_span_backwards", opens=clock_text(opens), closes=clock_text(closes)), where
            )
    return united(given)


def clock_text(seconds: int) -> str:
    """Seconds from midnight as a wall clock shows them: 09:00, 24:00, 09:00:30."""
    text = f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody works. A day off goes before a day that is otherwise, that before the week; breaks are taken out of all.

    ``weekly`` has seven entries, Monday first. ``recurring`` are days off of every year, as (month, day).
    """

    zone: tzinfo
    weekly: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()
    recurring: frozenset[tuple[int, int]] = frozenset()
    breaks: Mapping[date, Hours] = field(default_factory=dict)
    shifts: Mapping[date, Hours] = field(default_factory=dict)

    def is_holiday(self, day: date) -> bool:
        """Whether the day is off, whatever the week says."""
        return day in self.holidays or (day.month, day.day) in self.recurring

    def hours(self, day: date) -> Hours:
        """What wall clocks show open on a day, before breaks."""
        if self.is_holiday(day):
            return ()
        shift = self.shifts.get(day)
        return self.weekly[day.weekday()] if shift is None else shift

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """What is open on a day, in physical time and in order. Empty on a day that the zone left out.

        A wall time that does not exist is moved forward by the gap, one that exists twice is its first occurrence; a span that
        is empty after that vanishes, and one over the repeated hour counts it twice.
        """
        hours = self.hours(day)
        if not hours or not self._exists(day):
            return ()
        found = [self._physical(day, span) for span in hours]
        for pause in self.breaks.get(day, ()):
            taken = self._physical(day, pause)
            found = [part for span in found for part in without(span, taken)]
        return united(found)

    def at(self, day: date, seconds: int) -> int:
        """The instant at which the wall clock of a day shows so many seconds from midnight."""
        wall = datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(seconds=seconds)
        shown = (day.toordinal() - EPOCH_DAY) * DAY + seconds * SECOND
        offset = self.zone.utcoffset(wall) or _NONE
        return shown - (offset.days * 86_400 + offset.seconds) * SECOND

    def local(self, instant: int) -> datetime:
        """What the wall clock shows at an instant."""
        return as_datetime(instant).astimezone(self.zone)

    def day_seconds(self) -> Fraction:
        """The seconds of a working day: the mean of the days of the week that have hours; 0 where none has."""
        lengths = [sum(closes - opens for opens, closes in hours) for hours in self.weekly if hours]
        return Fraction(sum(lengths), len(lengths) or 1)

    def _physical(self, day: date, span: tuple[int, int]) -> Stretch:
        return self.at(day, span[0]), self.at(day, span[1])

    def _exists(self, day: date) -> bool:
        """Samoa had no 30 December 2011: noon of that day is noon of the next."""
        return self.local(self.at(day, DAY_SECONDS // 2)).date() == day


_NONE: Final = timedelta()
