"""What clocks say: by when, how long, whether open, and which stretches count; with pauses, forward and back.

Everything follows from one set, the **counted time**: what the calendar opens, less the pauses. ``elapsed`` is how much of it lies
between two instants; ``due`` is the first instant at which that is the target. A target used up exactly at closing time is
therefore due at closing; when work goes on is a second, derived answer.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from inward.core.terms import Reason, Refusal
from inward.core.worktime.calendar import DAY_SECONDS
from inward.core.worktime.instants import NEVER, SECOND, Stretch, as_datetime, as_instant, united, without
from inward.core.worktime.opened import SPAN_DAYS_MAX, Laid, Opened, check_closed, too_far

Pause: TypeAlias = tuple[datetime, datetime | None]
"""From when up to when the clock stands still; None while it still does."""
Pauses: TypeAlias = tuple[Stretch, ...]
"""Pauses as instants, in order and apart from each other."""

NO_PAUSES: Final[Pauses] = ()
_SECONDS_MAX: Final = SPAN_DAYS_MAX * DAY_SECONDS


class Due(NamedTuple):
    """By when. ``at`` is the instant at which the target is used up, ``next_opening`` when counted time goes on from there (the
    same instant, unless it is the end of a stretch). Both None while the clock stands still and has not been started again.
    """

    at: datetime | None
    next_opening: datetime | None


STANDING_STILL: Final = Due(None, None)


def pauses_of(given: Iterable[Pause]) -> Pauses:
    """Pauses as clocks take them: united, none empty. Refusal for one that ends before it begins."""
    found = []
    for place, (since, until) in enumerate(given):
        span = as_instant(since), NEVER if until is None else as_instant(until)
        if span[1] < span[0]:
            raise Refusal(Reason.of("worktime_pause_backwards", since=since, until=until), where=f"pauses[{place}]")
        found.append(span)
    return united(found)


def microseconds(seconds: Fraction | int) -> int:
    """A target in seconds as clocks count it: to the nearest microsecond. Refusal for one that nobody lives to see."""
    if not -_SECONDS_MAX <= seconds <= _SECONDS_MAX:
        raise too_far()
    return round(seconds * SECOND)


def due(opened: Opened, start: datetime, seconds: Fraction | int, pauses: Pauses = NO_PAUSES) -> Due:
    """By when so much counted time has passed since ``start``; a negative target walks back.

    A target of nothing is due when counted time begins: at once, or at the next opening. Refusal for a calendar that stays closed
    for more than CLOSED_DAYS_MAX days on the way, and for a target too far away.
    """
    since, amount = as_instant(start), microseconds(seconds)
    if amount > 0 and not pauses and (plainly := opened.laid.ahead(since, amount)) is not None:
        at = as_datetime(plainly[0])
        return Due(at, at if plainly[0] == plainly[1] else as_datetime(plainly[1]))
    return due_at(opened, reached(opened, since, amount, pauses), pauses)


def due_at(opened: Opened, found: int | None, pauses: Pauses) -> Due:
    """An instant with the one at which counted time goes on; None for that where it never does."""
    if found is None:
        return STANDING_STILL
    try:
        opening = following(opened, found, pauses)
    except Refusal:  # the last of its calendar: what is due is due all the same
        opening = None
    return Due(as_datetime(found), None if opening is None else as_datetime(opening))


def elapsed(opened: Opened, start: datetime, end: datetime, pauses: Pauses = NO_PAUSES) -> Fraction | int:
    """How many seconds of counted time lie between two instants; none where the end is not after the start."""
    found = passed(opened, as_instant(start), as_instant(end), pauses)
    return Fraction(found, SECOND) if found % SECOND else found // SECOND


def is_open(opened: Opened, at: datetime, pauses: Pauses = NO_PAUSES) -> bool:
    """Whether counted time passes at an instant. The start of a stretch counts, its end does not."""
    instant = as_instant(at)
    return opened.reach(instant, instant).is_open(instant) and not any(
        begins <= instant < ends for begins, ends in pauses
    )


def stretches(opened: Opened, start: datetime, pauses: Pauses = NO_PAUSES) -> Iterator[tuple[datetime, datetime]]:
    """The counted stretches from an instant on, without end; those of two days are apart even where they touch at midnight."""
    for begins, ends in counted(opened, as_instant(start), pauses):
        yield as_datetime(begins), as_datetime(ends)


def reached(opened: Opened, since: int, amount: int, pauses: Pauses = NO_PAUSES) -> int | None:
    """The instant at which ``amount`` of counted time has passed since ``since``; None while the clock stands still."""
    if amount < 0:
        return _reached_back(opened, since, -amount, pauses)
    if amount == 0:
        return following(opened, since, pauses)
    laid = opened.reach(since, since)
    while (found := _forward(laid, since, amount, pauses)) is None:
        laid = opened.reach_on(laid, since)
    if found == NEVER:
        return None
    laid.check(since, found)
    return found


def following(opened: Opened, since: int, pauses: Pauses = NO_PAUSES) -> int | None:
    """The first counted instant at or after ``since``; None while the clock stands still."""
    laid = opened.reach(since, since)
    while (found := _next(laid, since, pauses)) is None:
        laid = opened.reach_on(laid, since)
    if found == NEVER:
        return None
    laid.check(since, found)
    return found


def passed(opened: Opened, since: int, until: int, pauses: Pauses = NO_PAUSES) -> int:
    """How much counted time lies between two instants; none where the second is not later."""
    if until <= since:
        return 0
    before = opened.reach(since, until).before
    counted = before(until) - before(since)
    for begins, ends in pauses:
        if begins < until and since < ends:
            counted -= before(min(ends, until)) - before(max(begins, since))
    return counted


def counted(opened: Opened, since: int, pauses: Pauses = NO_PAUSES) -> Iterator[Stretch]:
    """The counted stretches from ``since`` on, day by day. Refusal once the calendar stays closed or the end of time is near."""
    opened.reach(since, since)
    first = opened.calendar.local(since).date()
    done = told = since
    for days in range(-1, SPAN_DAYS_MAX):
        day = first + timedelta(days=days)
        for begins, ends in opened.day(day):
            if ends > done:
                yield from _less((max(begins, done), ends), pauses)
                done = told = ends
        now = opened.calendar.at(day, DAY_SECONDS)
        if pauses and pauses[-1][0] <= now and pauses[-1][1] == NEVER:
            return
        check_closed(opened.calendar, told, now)
    raise too_far()


def _forward(laid: Laid, since: int, amount: int, pauses: Pauses) -> int | None:
    """As ``reached``, on what is laid out; None where that ends before, NEVER where the clock stands still."""
    before = laid.before
    goal = before(since) + amount
    for begins, ends in pauses:
        if ends <= since:
            continue
        stops = max(begins, since)
        if stops > laid.until or goal <= before(stops):
            break
        if ends == NEVER:
            return NEVER
        if ends > laid.until:
            return None
        goal += before(ends) - before(stops)
    return laid.earliest(goal)


def _reached_back(opened: Opened, since: int, amount: int, pauses: Pauses) -> int:
    laid = opened.reach(since, since)
    while (found := _backward(laid, since, amount, pauses)) is None:
        laid = opened.reach_back(laid, since)
    laid.check(found, since)
    return found


def _backward(laid: Laid, since: int, amount: int, pauses: Pauses) -> int | None:
    """The last instant from which ``amount`` is counted up to ``since``, on what is laid out; None where that begins later."""
    before = laid.before
    goal = before(since) - amount
    for begins, ends in reversed(pauses):
        if begins >= since:
            continue
        stops = min(ends, since)
        if stops < laid.since or goal >= before(stops):
            break
        if begins < laid.since:
            return None
        goal -= before(stops) - before(begins)
    return laid.latest(goal)


def _next(laid: Laid, since: int, pauses: Pauses) -> int | None:
    found = laid.next_open(since)
    for begins, ends in pauses:
        if found is None or found < begins:
            break
        if found < ends:
            found = NEVER if ends == NEVER else laid.next_open(ends)
    return found


def _less(span: Stretch, pauses: Pauses) -> tuple[Stretch, ...]:
    left: tuple[Stretch, ...] = (span,)
    for pause in pauses:
        left = (*left[:-1], *without(left[-1], pause)) if left else left
    return left
