"""Working time told minute by minute, as slowly and plainly as can be: what ``core.worktime`` is held to.

It shares nothing with it: a table of what the wall clock shows at each minute in UTC, a set of open minutes, and counting.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@cache
def wall_clock(zone: str, first: datetime, minutes: int) -> tuple[datetime, ...]:
    """What a wall clock of the zone shows at each minute from ``first`` on, without its offset."""
    there = ZoneInfo(zone)
    return tuple((first + place * MINUTE).astimezone(there).replace(tzinfo=None) for place in range(minutes))


class Reference:
    """Open minutes of a calendar, by their place after ``first``."""

    def __init__(self, zone, first, minutes, hours_of, breaks_of, pauses=()):
        self.first, self.shown = first, wall_clock(zone, first, minutes)
        self.places = {}
        for place, shown in enumerate(self.shown):
            self.places.setdefault(shown, place)
        self.open = set()
        for day in sorted({shown.date() for shown in self.shown}):
            minutes_of_day = self._minutes(day, hours_of(day))
            for span in breaks_of(day):
                minutes_of_day -= self._minutes(day, [span])
            self.open |= minutes_of_day
        for since, until in pauses:
            self.open -= set(range(self.place(since), self.place(until)))

    def place(self, at):
        return int((at - self.first) / MINUTE)

    def at(self, place):
        return self.first + place * MINUTE

    def elapsed(self, start, end):
        return sum(1 for place in range(self.place(start), self.place(end)) if place in self.open)

    def due(self, start, minutes):
        """The first instant before which so many open minutes have passed; of none, the first open minute."""
        place = self.place(start)
        if minutes < 0:
            return self._back(place, -minutes)
        while place < len(self.shown):
            if place in self.open:
                if minutes == 0:
                    return self.at(place)
                minutes -= 1
                if minutes == 0:
                    return self.at(place + 1)
            place += 1
        return None

    def _back(self, place, minutes):
        while place > 0:
            place -= 1
            if place in self.open:
                minutes -= 1
                if minutes == 0:
                    return self.at(place)
        return None

    def _minutes(self, day, spans):
        found = set()
        for opens, closes in spans:
            since, until = self._instant(day, opens), self._instant(day, closes)
            if since is not None and until is not None:
                found |= set(range(since, until))
        return found

    def _instant(self, day, minutes):
        """The first minute at which the wall shows this; in a gap, as far after it as the wall would have gone."""
        wall = datetime(day.year, day.month, day.day) + minutes * MINUTE
        if wall in self.places:
            return self.places[wall]
        before = [place for place, shown in enumerate(self.shown) if shown < wall]
        after = [place for place, shown in enumerate(self.shown) if shown > wall]
        if not before or not after:
            return None
        last = before[-1] if before[-1] < after[-1] else max(place for place in before if place < after[-1])
        return last + int((wall - self.shown[last]) / MINUTE)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)
