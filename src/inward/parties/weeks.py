"""Hours of a working week as values, and how they are written: ``09:00-12:00, 13:00-17:00``. Pure; it keeps nothing.

A day is a tuple of spans in minutes from midnight, in order, apart from each other; ``24:00`` ends a day. What past midnight
belongs to a night shift is written on the two days it lies on. Reckoning with hours is not here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from inward.core.terms import Reason, Refusal

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})\Z")
_HOUR, _DAY = 60, 24 * 60
SPANS_MAX: Final = 12


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``opens`` up to ``closes``, in minutes from midnight."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


Hours: TypeAlias = tuple[Span, ...]
Week: TypeAlias = Mapping[str, Hours]


def read_hours(text: str, where: str = "") -> Hours:
    """The hours of a day as people write them; nothing for an empty text. Refusal with its place for what is no hours."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) > SPANS_MAX:
        raise Refusal(Reason.of("hours_unreadable", value=text[:60]), where=where)
    return checked([_span(part, where) for part in parts], where)


def checked(spans: Sequence[Span], where: str = "") -> Hours:
    """The spans, when each ends after it begins and before the next one does. Refusal otherwise."""
    before = 0
    for span in spans:
        if not before <= span.opens < span.closes <= _DAY:
            raise Refusal(Reason.of("hours_out_of_order", value=hours_text(spans)), where=where)
        before = span.closes
    return tuple(spans)


def checked_week(week: Week) -> Week:
    """Every day of the week with its hours, checked. Refusal for hours out of order, and for a week without any."""
    known = {day: checked(week.get(day, ()), day) for day in WEEKDAYS}
    if not any(known.values()):
        raise Refusal(Reason.of("week_without_hours"), where=WEEKDAYS[0])
    return MappingProxyType(known)


def hours_text(spans: Iterable[Span]) -> str:
    """Hours as people write them, which ``read_hours`` reads."""
    return ", ".join(map(str, spans))


def kept_hours(spans: Iterable[Span]) -> list[list[str]]:
    """Hours as they are kept and given to other programs: ``[["09:00", "12:00"]]``."""
    return [[_clock(span.opens), _clock(span.closes)] for span in spans]


def hours_of(kept: Any) -> Hours:
    """Hours as they were kept."""
    return tuple(Span(_minutes(opens), _minutes(closes)) for opens, closes in kept)


def _span(text: str, where: str) -> Span:
    found = _SPAN.match(text)
    if found is None:
        raise Refusal(Reason.of("hours_unreadable", value=text[:60]), where=where)
    hour, minute, until_hour, until_minute = map(int, found.groups())
    if max(minute, until_minute) >= _HOUR:
        raise Refusal(Reason.of("hours_unreadable", value=text[:60]), where=where)
    return Span(hour * _HOUR + minute, until_hour * _HOUR + until_minute)


def _clock(minutes: int) -> str:
    return f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * _HOUR + int(minute)
