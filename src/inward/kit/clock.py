"""The one place that reads the clock. Edges (middleware, worker, command line) ask it once and hand ``at`` on.

Nothing below an edge asks again: an act knows its instant as an argument, so it can be repeated and tested.
"""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

_shifted: ContextVar[datetime | None] = ContextVar("inward_clock_shifted", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC.

    With ``INWARD_CLOCK_FILE`` it is so many whole days away as that file says at this moment; with ``INWARD_TODAY``, that
    day was today when the process started.
    """
    shifted_to = _shifted.get()
    if shifted_to is not None:
        return shifted_to
    real = _real()
    place: str = getattr(settings, "INWARD_CLOCK_FILE", "")
    if place:
        return real + timedelta(days=days_away(Path(place)))
    fixed: date | None = getattr(settings, "INWARD_TODAY", None)
    return real if fixed is None else real + _offset(fixed)


@functools.cache
def zones() -> frozenset[str]:
    """The names of the time zones this machine knows, read once: they lie in hundreds of files."""
    return frozenset(available_timezones())


def today(zone: str | None = None) -> date:
    """The present day in a time zone ("Europe/Oslo"); without one, in the installation's own (``TIME_ZONE``)."""
    return now().astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


@contextmanager
def shifted(to: datetime) -> Iterator[None]:
    """Hold the clock still at ``to`` (aware) inside the block; for tests and for telling a story of the past."""
    if to.tzinfo is None:
        msg = "the clock is shifted to an aware instant only"
        raise ValueError(msg)
    token = _shifted.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _shifted.reset(token)


def utc_now() -> datetime:
    """The real instant in UTC, whatever day the installation lives on: sessions live by it."""
    return _real()


def utc_day() -> date:
    """The real day in UTC, whatever day the installation lives on."""
    return _real().date()


def days_away(place: Path) -> int:
    """How many whole days the clock is away from the real one, as the file says: negative for the past, 0 without a file."""
    try:
        return int(place.read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0


def set_day(place: Path, day: date) -> None:
    """Make ``day`` the present day (in UTC) for every process that goes by this file. The time of day stays the real one.

    The new count replaces the old one in one act, so that nobody ever reads half of it.
    """
    half = place.with_suffix(".half")
    half.write_text(str((day - utc_day()).days), encoding="ascii")
    half.replace(place)


@functools.lru_cache(maxsize=4)
def _offset(fixed: date) -> timedelta:
    """Whole days between the real day and the fixed one, taken once, so that time still runs and never jumps back."""
    return fixed - utc_day()


def _real() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
