"""``inward engine clock``: by when, how long, whether open, on a calendar with pauses. Shapes: docs/reference/engine.md."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from itertools import islice
from typing import Any

from inward.cli.engine.saying import Saying
from inward.core.terms import Fields, Reason
from inward.core.worktime import (
    DayEnd,
    DayMode,
    Due,
    Opened,
    Pauses,
    calendar_from,
    due,
    due_by_date,
    due_by_time,
    due_explained,
    elapsed,
    explained,
    instant,
    is_open,
    microseconds,
    pauses_from,
    stretches,
)

_TARGETS = ("target_seconds", "target_minutes", "target_days")
_ASKED = (*_TARGETS, "end", "open", "periods")
_KNOWN = ("id", "calendar", "start", "pauses", *_ASKED, "mode", "at", "hours_per_day", "note")
_PERIODS_MAX = 10_000
_RECENT_MAX = 8
Answer = dict[str, Any]


def answer(asked: Fields, saying: Saying) -> Answer:
    """What one line asks of a calendar: one thing or several."""
    asked.only(_KNOWN)
    opened, start, pauses = _prepared(asked), instant(asked, "start"), pauses_from(asked, "pauses")
    written = _Writing(asked, opened)
    told: Answer = {}
    why: list[Reason] = []
    if any(asked.has(name) for name in _TARGETS):
        found = _due(asked, opened, start, pauses)
        told |= {"due": written.at(found.at), "due_next_opening": written.at(found.next_opening)}
        why += due_explained(opened, start, found, pauses)
    if asked.has("end"):
        end = instant(asked, "end")
        told["elapsed_seconds"] = _number(elapsed(opened, start, end, pauses))
        why += explained(opened, start, end, pauses) if end > start else ()
    if asked.flag("open"):
        told["open"] = is_open(opened, start, pauses)
    if asked.has("periods"):
        told["periods"] = [
            [written.at(since), written.at(until)] for since, until in _periods(asked, opened, start, pauses)
        ]
    if not told:
        asked.refuse("", "clock_asks_nothing", names=", ".join(_ASKED))
    return told | ({"trace": [saying.reason(reason) for reason in why]} if saying.explain else {})


def _due(asked: Fields, opened: Opened, start: datetime, pauses: Pauses) -> Due:
    if asked.has("target_days"):
        return _due_by_days(asked, opened, start, pauses)
    for name in ("mode", "at", "hours_per_day"):
        if asked.has(name):
            asked.refuse(name, "clock_field_of", name=name, other="target_days")
    targets = [asked.number(name) * size for name, size in _SIZES if asked.has(name)]
    if len({microseconds(target) for target in targets}) > 1:
        asked.refuse("target_minutes", "given_twice", name="target_seconds", other="target_minutes")
    return due(opened, start, targets[0], pauses)


_SIZES = (("target_seconds", 1), ("target_minutes", 60))


def _due_by_days(asked: Fields, opened: Opened, start: datetime, pauses: Pauses) -> Due:
    """A target in days says which days it means: nobody's guess turns three working days into 24 hours or the other way round."""
    for name, _ in _SIZES:
        if asked.has(name):
            asked.refuse(name, "given_twice", name="target_days", other=name)
    mode = asked.choice("mode", DayMode)
    stranger = "at" if mode is DayMode.WORKING_TIME else "hours_per_day"
    if asked.has(stranger):
        other = DayMode.WORKING_DATES if mode is DayMode.WORKING_TIME else DayMode.WORKING_TIME
        asked.refuse(stranger, "clock_field_of", name=stranger, other=other.value.lower())
    if mode is DayMode.WORKING_TIME:
        length = 3600 * asked.number("hours_per_day") if asked.has("hours_per_day") else None
        return due_by_time(opened, start, asked.number("target_days"), length, pauses)
    end = asked.choice("at", DayEnd) if asked.has("at") else DayEnd.SAME_CLOCK
    return due_by_date(opened, start, asked.whole("target_days"), end, pauses)


def _periods(asked: Fields, opened: Opened, start: datetime, pauses: Pauses) -> Iterator[tuple[datetime, datetime]]:
    wanted = asked.whole("periods")
    if not 0 <= wanted <= _PERIODS_MAX:
        asked.refuse("periods", "clock_periods", value=str(wanted), most=_PERIODS_MAX)
    return islice(stretches(opened, start, pauses), wanted)


class _Writing:
    """Instants are written as the start was: in UTC where it ends in Z, else on the calendar's wall clock with its offset."""

    def __init__(self, asked: Fields, opened: Opened) -> None:
        self._utc = asked.text("start")[-1] in "Zz"
        self._zone = UTC if self._utc else opened.calendar.zone

    def at(self, instant: datetime | None) -> str | None:
        """The instant as text; None for none."""
        if instant is None:
            return None
        text = instant.astimezone(self._zone).isoformat()
        return text.removesuffix("+00:00") + "Z" if self._utc else text


def _number(seconds: Fraction | int) -> int | float:
    """Seconds as a number of JSON: whole where they are, else with up to six decimals, which a float of this size says exactly."""
    return seconds if isinstance(seconds, int) else float(seconds)


def _prepared(asked: Fields) -> Opened:
    """The calendar of this line, prepared. Lines that follow each other mostly ask of the same few, so the last ones are kept."""
    given = Fields.of(asked.values.get("calendar"), "calendar") if asked.has("calendar") else None
    if given is None:
        asked.refuse("calendar", "field_missing")
    for values, opened in _recent:
        if values == given.values:
            return opened
    made = Opened(calendar_from(given))
    _recent.appendleft((given.values, made))
    return made


_recent: deque[tuple[Any, Opened]] = deque(maxlen=_RECENT_MAX)
