"""A calendar prepared for many questions: its open stretches in order, with how much was open before each.

Stretches are laid out over the days that were asked about, and over more as more are asked about; no answer depends on what was
asked before. Once laid out, a look-up is two bisections.
"""

from bisect import bisect_left, bisect_right
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


def too_far() -> Refusal:
    """What is asked lies further away than anybody lives to see."""
    return Refusal(Reason.of("worktime_too_far", years=SPAN_DAYS_MAX // 366))


class Opened:
    """The open time of a calendar, in microseconds.

    ``before`` is how much is open before an instant, from a point that is its own business: only differences mean something, and
    only as long as nothing is laid out anew between them.
    """

    __slots__ = (
        "_closures",
        "_days",
        "_ends",
        "_from",
        "_plainly",
        "_starts",
        "_sums",
        "_until",
        "calendar",
        "since",
        "until",
    )

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._days: dict[int, tuple[Stretch, ...]] = {}
        self._from = self._until = 0
        self.since, self.until = NEVER, -NEVER
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._sums: list[int] = [0]
        self._closures: list[Stretch] = []
        self._plainly = (NEVER, -NEVER, self._starts, self._ends, self._sums)

    def before(self, instant: int) -> int:
        """How much is open before an instant that ``reach`` has reached."""
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
        first, last, starts, ends, sums = self._plainly
        if not first <= since <= last:
            return None
        place = bisect_right(starts, since) - 1
        if place >= 0:
            closes = ends[place]
            amount += sums[place] + (since if since < closes else closes) - starts[place]  # noqa: FURB136 - half as long
        place = bisect_left(sums, amount, place + 1) - 1
        if place + 1 >= len(starts):
            return None
        found = starts[place] + amount - sums[place]
        opening = found if found < ends[place] else starts[place + 1]
        return (found, opening) if opening <= last else None

    def next_open(self, instant: int) -> int | None:
        """The first open instant at or after this one; None where that is later than what is laid out."""
        place = bisect_right(self._ends, instant)
        if place >= len(self._starts):
            return None
        found = max(instant, self._starts[place])
        return found if found <= self.until else None

    def is_open(self, instant: int) -> bool:
        """Whether an instant that ``reach`` has reached is open."""
        place = bisect_right(self._starts, instant) - 1
        return place >= 0 and instant < self._ends[place]

    def day(self, day: date) -> tuple[Stretch, ...]:
        """The open stretches of one day of the calendar's zone. Refusal for no year of ours."""
        number = day.toordinal()
        if number not in _DAYS:
            raise too_far()
        known = self._days.get(number)
        return self.calendar.stretches(day) if known is None else known

    def reach(self, since: int, until: int) -> None:
        """Lay out at least the days from one instant to another. Refusal for too many, or no year of ours."""
        if self.since <= since and until <= self.until:
            return
        first, last = since // DAY + EPOCH_DAY - _MARGIN_DAYS, until // DAY + EPOCH_DAY + _MARGIN_DAYS + 1
        if last - first > SPAN_DAYS_MAX or first not in _DAYS or last not in _DAYS:
            raise too_far()
        first, last = max(_DAYS.start, first - _STEP_DAYS), min(_DAYS.stop, last + _STEP_DAYS)
        if self._days and max(last, self._until) - min(first, self._from) <= 2 * SPAN_DAYS_MAX:
            first, last = min(first, self._from), max(last, self._until)
        self._lay_out(first, last)

    def reach_on(self, since: int) -> None:
        """Lay out later days than so far, for a clock that runs from ``since``. Refusal where none of them can be open."""
        last = max(since, self._ends[-1]) if self._ends else since
        self.check_closed(last, self.until)
        self.reach(since, self.until + max(_STEP_DAYS * DAY, self.until - since))

    def reach_back(self, since: int) -> None:
        """Lay out earlier days than so far, for a clock that runs back from ``since``. Refusal where none can be open."""
        first = min(since, self._starts[0]) if self._starts else since
        self.check_closed(self.since, first)
        self.reach(self.since - max(_STEP_DAYS * DAY, since - self.since), since)

    def check(self, since: int, until: int) -> None:
        """Refusal where a clock between these instants stood still for longer than CLOSED_DAYS_MAX by the calendar alone."""
        for closes, opens in self._closures:
            self.check_closed(max(closes, since), min(opens, until))

    def check_closed(self, since: int, until: int) -> None:
        """Refusal where a calendar that closed at ``since`` has stayed so for longer than CLOSED_DAYS_MAX."""
        if until - since > _CLOSED_MAX:
            raise self.never_open(self.calendar.local(since).date())

    def _lay_out(self, first: int, last: int) -> None:
        stretches, known = self.calendar.stretches, self._days
        fresh = {
            number: known[number] if number in known else stretches(date.fromordinal(number))
            for number in range(first, last)
        }
        starts: list[int] = []
        ends: list[int] = []
        sums = [0]
        for begins, finishes in _apart(fresh):
            starts.append(begins)
            ends.append(finishes)
            sums.append(sums[-1] + finishes - begins)
        self._days, self._from, self._until = fresh, first, last
        self._starts, self._ends, self._sums = starts, ends, sums
        self.since = (first + _MARGIN_DAYS - EPOCH_DAY) * DAY
        self.until = (last - _MARGIN_DAYS - EPOCH_DAY) * DAY
        gaps = zip([-NEVER, *ends], [*starts, NEVER], strict=True)
        self._closures = [gap for gap in gaps if min(gap[1], self.until) - max(gap[0], self.since) > _CLOSED_MAX]
        if not self._closures:
            self._plainly = (self.since, self.until, starts, ends, sums)
        else:
            self._plainly = (NEVER, -NEVER, starts, ends, sums)

    def never_open(self, since: date) -> Refusal:
        """What is said of a calendar that stays closed from a day on."""
        return Refusal(Reason.of("worktime_never_open", since=since, days=CLOSED_DAYS_MAX))


def _apart(days: dict[int, tuple[Stretch, ...]]) -> tuple[Stretch, ...]:
    """The stretches of all days in order, as one set."""
    return united(stretch for day in days.values() for stretch in day)
