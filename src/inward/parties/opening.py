"""When a company or unit is open, prepared for clocks (``core.worktime``): its week, its days of its own, public holidays.

Prepared for the version of the week that holds on a day; what a later version changes is another calendar from that day on.
"""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from inward.core.worktime import Calendar, Hours, Opened
from inward.kit.kept import Kept
from inward.parties import calendars, queries
from inward.parties.calendars import YEARS
from inward.parties.weeks import WEEKDAYS
from inward.parties.weeks import Hours as Spans

_AROUND: Final = range(-1, 6)
"""The years around a day for which holidays are laid in: longer than any clock runs."""
_MINUTE: Final = 60

_Known = dict[tuple[tuple[str, ...], date | None, int], Opened]
_prepared: Kept[_Known] = Kept(calendars.VERSION, lambda _number: {})


def opened(party: str, *, on: date) -> Opened | None:
    """The calendar of a company or unit as it holds on a day, ready for clocks; None where nobody has said when it works.

    NotThere for a unit that is not open on that day.
    """
    found = calendars.calendar_of(party, on=on)
    if found is None:
        return None
    path, known = queries.unit_path(party, on=on), _prepared.value()
    key = (path, found.period.start, on.year)
    if key not in known:
        known[key] = Opened(_calendar(found, path, on.year))
    return known[key]


def ready() -> None:
    """Make the place where prepared calendars are kept: an act that had to would do so for itself alone, every time."""
    _prepared.value()


def _calendar(found: calendars.Calendar, path: tuple[str, ...], year: int) -> Calendar:
    own = calendars.own_days(path)
    years = [year + step for step in _AROUND if year + step in YEARS]
    holidays = calendars.holidays_of(found.holidays_of, found.region, years)
    return Calendar(
        zone=ZoneInfo(found.time_zone),
        weekly=tuple(_seconds(found.week[day]) for day in WEEKDAYS),
        holidays=holidays - frozenset(own),
        shifts={day: _seconds(hours) for day, hours in own.items()},
    )


def _seconds(spans: Spans) -> Hours:
    return tuple((span.opens * _MINUTE, span.closes * _MINUTE) for span in spans)
