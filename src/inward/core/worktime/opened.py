"""A calendar prepared for many questions: its open stretches in order, with how much was open before each.

Stretches are laid out over the days that were asked about, and over more as more are asked about; no answer depends on what was
asked before. Once laid out, a look-up is two bisections. What is laid out is never changed but replaced, so that threads may ask
one calendar at once: each question works on the layout that it was given.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.core.worktime.calendar import EPOCH_DAY, Calendar
from inward.core.worktime.instants import DAY, NEVER, Stretch, united

CLOSED_DAYS_MAX: Final = 366
"""A calendar that stays closed for longer is a mistake, not a promise without end."""
SPAN_DAYS_MAX: Final = 200 * 366
"""No clock runs over more days than these."""
_STEP_DAYS: Final = 366
_MARGIN_DAYS: Final = 2
"""A day of some zone lies at most one day from that day in UTC."""
_DAYS: Final = range(date(2, 1, 1).toordinal(), date(9999, 1, 1).toordinal())
_CLOSED_MAX: Final = CLOSED_DAYS_MAX * DAY

Days = Mapping[int, tuple[Stretch, ...]]


def too_far() -> Refusal:
    """What is asked lies further away than anybody lives to see."""
    return Refusal(Reason.of("worktime_too_far", years=SPAN_DAYS_MAX // 366))


def never_open(since: date) -> Refusal:
    """What is said of a calendar that stays closed from a day on."""
    return Refusal(Reason.of("worktime_never_open", since=since, days=CLOSED_DAYS_MAX))


def check_closed(calendar: Calendar, since: int, until: int) -> None:
    """Refusal where a calendar that closed at ``since`` has stayed so for longer than CLOSED_DAYS_MAX."""
    if until - since > _CLOSED_MAX:
        raise never_open(calendar.local(since).date())


class Laid:
    """The open time of a calendar, laid out for the instants from ``since`` to ``until``, in microseconds.

    ``before`` is how much is open before an instant, from a point that is this layout's own business: only differences mean something.
    """

    __slots__ = ("_closures", "_ends", "_starts", "_sums", "calendar", "days", "first", "last", "since", "until")

    def __init__(self, calendar: Calendar, days: Days, first: int, last: int) -> None:
        """Of the days numbered from ``first`` up to ``last``."""
        self.calendar, self.days, self.first, self.last = calendar, days, first, last
        self.since = (first + _MARGIN_DAYS - EPOCH_DAY) * DAY
        self.until = (last - _MARGIN_DAYS - EPOCH_DAY) * DAY
        stretches = united(stretch for day in days.values() for stretch in day)
        self._starts = [begins for begins, _ in stretches]
        self._ends = [finishes for _, finishes in stretches]
        self._sums = [0]
        for begins, finishes in stretches:
            self._sums.append(self._sums[-1] + finishes - begins)
        gaps = zip([-NEVER, *self._ends], [*self._starts, NEVER], strict=True)
        self._closures = [gap for gap in gaps if min(gap[1], self.until) - max(gap[0], self.since) > _CLOSED_MAX]

    def before(self, instant: int) -> int:
        """How much is open before an instant."""
        place = bisect_right(self._starts, instant) - 1
        if place < 0:
            return 0
        return self._sums[place] + min(instant, self._ends[place]) - self._starts[place]

    def earliest(self, amount: int) -> int | None:
        """The first instant before which so much is open; None where that is later than what is laid out."""
        place = bisect_left(self._sums, amount) - 1
        if place >= len(self._starts):
            return None
        found = self._starts[place] + amount - self._sums[place]
        return found if found <= self.until else None

    def latest(self, amount: int) -> int | None:
        """The last instant before which no more than so much is open; None where that is earlier than what is laid out."""
        if amount < 0:
            return None
        place = bisect_right(self._sums, amount) - 1
        found = self._starts[place] + amount - self._sums[place]
        return found if found >= self.since else None

    def ahead(self, since: int, amount: int) -> Stretch | None:
        """In one step what is asked most: the first instant at which more than nothing has passed, and the first open one from
        there. None where that is not plainly laid out; then it is found in several steps.
        """
        if not self.since <= since <= self.until or self._closures:
            return None
        starts, ends, sums = self._starts, self._ends, self._sums
        place = bisect_right(starts, since) - 1
        if place >= 0:
            closes = ends[place]
            amount += sums[place] + (since if since < closes else closes) - starts[place]  # noqa: FURB136 - half as long
        place = bisect_left(sums, amount, place + 1) - 1
        if place + 1 >= len(starts):
            return None
        found = starts[place] + amount - sums[place]
        opening = found if found < ends[place] else starts[place + 1]
        return (found, opening) if opening <= self.until else None

    def next_open(self, instant: int) -> int | None:
        """The first open instant at or after this one; None where that is later than what is laid out."""
        place = bisect_right(self._ends, instant)
        if place >= len(self._starts):
            return None
        found = max(instant, self._starts[place])
        return found if found <= self.until else None

    def is_open(self, instant: int) -> bool:
        """Whether an instant is open."""
        place = bisect_right(self._starts, instant) - 1
        return place >= 0 and instant < self._ends[place]

    def check(self, since: int, until: int) -> None:
        """Refusal where a clock between these instants stood still for longer than CLOSED_DAYS_MAX by the calendar alone."""
        for closes, opens in self._closures:
            check_closed(self.calendar, max(closes, since), min(opens, until))

    def ends_open(self, since: int) -> int:
        """Until when it was open last, or ``since`` if that is later."""
        return max(since, self._ends[-1]) if self._ends else since

    def begins_open(self, since: int) -> int:
        """From when it was open first, or ``since`` if that is earlier."""
        return min(since, self._starts[0]) if self._starts else since


class Opened:
    """A calendar with what is laid out of it so far."""

    __slots__ = ("calendar", "laid")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.laid = Laid(calendar, {}, EPOCH_DAY, EPOCH_DAY)  # of no day at all

    def day(self, day: date) -> tuple[Stretch, ...]:
        """The open stretches of one day of the calendar's zone. Refusal for no year of ours."""
        number = day.toordinal()
        if number not in _DAYS:
            raise too_far()
        known = self.laid.days.get(number)
        return self.calendar.stretches(day) if known is None else known

    def reach(self, since: int, until: int) -> Laid:
        """The layout of at least the days from one instant to another. Refusal for too many, or no year of ours."""
        laid = self.laid
        if laid.since <= since and until <= laid.until:
            return laid
        first, last = since // DAY + EPOCH_DAY - _MARGIN_DAYS, until // DAY + EPOCH_DAY + _MARGIN_DAYS + 1
        if last - first > SPAN_DAYS_MAX or first not in _DAYS or last not in _DAYS:
            raise too_far()
        first, last = max(_DAYS.start, first - _STEP_DAYS), min(_DAYS.stop, last + _STEP_DAYS)
        if laid.days and max(last, laid.last) - min(first, laid.first) <= 2 * SPAN_DAYS_MAX:
            first, last = min(first, laid.first), max(last, laid.last)
        laid = self._lay_out(laid.days, first, last)
        self.laid = (
            laid  # another thread may have put one there meanwhile; either will do, and this question keeps its own
        )
        return laid

    def reach_on(self, laid: Laid, since: int) -> Laid:
        """Later days than those of a layout, for a clock that runs from ``since``. Refusal where none of them can be open."""
        check_closed(self.calendar, laid.ends_open(since), laid.until)
        return self.reach(since, laid.until + max(_STEP_DAYS * DAY, laid.until - since))

    def reach_back(self, laid: Laid, since: int) -> Laid:
        """Earlier days than those of a layout, for a clock that runs back from ``since``. Refusal where none can be open."""
        check_closed(self.calendar, laid.since, laid.begins_open(since))
        return self.reach(laid.since - max(_STEP_DAYS * DAY, since - laid.since), since)

    def _lay_out(self, known: Days, first: int, last: int) -> Laid:
        stretches = self.calendar.stretches
        days = {
            number: known[number] if number in known else stretches(date.fromordinal(number))
            for number in range(first, last)
        }
        return Laid(self.calendar, days, first, last)
