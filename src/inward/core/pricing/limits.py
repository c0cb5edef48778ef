"""Where in the calendar a limit counts: the name of its period, the day on which more is left, and the span before it.

Periods are half-open and named so that names of one sort sort by time. A rolling span of thirty days is the day itself and
the twenty-nine before it; what was drawn on a day leaves it thirty days later.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from inward.core.pricing.rules import Limit, Span

EVER = "ever"
"""The period under which all that was ever drawn of a rolling limit is counted, whatever was given back since."""
DAYS_MAX = 3_660
"""A rolling span is ten years at the longest."""
_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Before:
    """The span before the one of a day: its name and its last day."""

    period: str
    last: date


def period_of(limit: Limit, on: date) -> str:
    """The name of the period in which a draw of that day counts; empty for a limit of one order."""
    match limit.span:
        case Span.ORDER:
            return ""
        case Span.MONTH:
            return f"{on.year:04d}-{on.month:02d}"
        case Span.QUARTER:
            return f"{on.year:04d}-Q{(on.month + 2) // 3}"
        case Span.YEAR:
            return f"{on.year:04d}"
    return on.isoformat()


def next_first(limit: Limit, on: date) -> date | None:
    """The first day of the next month, quarter or year; None for other spans, and at the end of the calendar."""
    months = _MONTHS.get(limit.span)
    if months is None:
        return None
    first = _first(on, months)
    years, month = divmod(first.month - 1 + months, 12)
    return None if first.year + years > date.max.year else date(first.year + years, month + 1, 1)


def before(limit: Limit, on: date) -> Before | None:
    """The month, quarter or year before that of the day; None for other spans, and at the beginning of the calendar."""
    months = _MONTHS.get(limit.span)
    first = None if months is None else _first(on, months)
    if first is None or first == date.min:
        return None
    last = first - timedelta(days=1)
    return Before(period_of(limit, last), last)


def window(limit: Limit, on: date) -> date:
    """The first day that still counts in a rolling span that ends with the day."""
    return date.min if (on - date.min).days < limit.days else on - timedelta(days=limit.days - 1)


def leaves_on(limit: Limit, day: date) -> date | None:
    """The day on which what was drawn on a day no longer counts in a rolling span; None beyond the calendar."""
    return None if (date.max - day).days < limit.days else day + timedelta(days=limit.days)


def reach(limit: Limit) -> int:
    """How many days back a limit looks beyond its own calendar year, at most; nought for most."""
    if limit.span is Span.ROLLING:
        return limit.days
    return 366 if limit.carry_over else 0


def _first(on: date, months: int) -> date:
    """The first day of the month, quarter or year of that day."""
    return date(on.year, on.month - (on.month - 1) % months, 1)
