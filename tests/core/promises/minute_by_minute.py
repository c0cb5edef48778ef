"""Cases lived through minute by minute, with a counter for each clock: what the replay is held to. It knows nothing of instants
that are reckoned: at each minute it looks what has happened, and adds one where a clock runs.
"""

from dataclasses import dataclass, field

from inward.core.promises import Happening, Measure

FIRST = (Measure.OWN, Measure.RESPOND, Measure.UPDATE, Measure.RESOLVE)


@dataclass
class Counter:
    measure: Measure
    started: int
    stopped: int | None = None
    dropped: bool = False
    elapsed: int = 0
    missed: bool = False


@dataclass
class Life:
    """Events are (minute, happening, facts); calendars say by ``calendar(minute)`` whether they are open."""

    events: list
    counters: list = field(default_factory=list)

    def until(self, now):
        events = sorted(self.events, key=lambda event: event[0])
        _, _, facts = events[0]
        self.calendar, self.standard, self.priority = facts["calendar"], facts["standard"], facts["priority"]
        self.pause, self.pause_calendar, self.used, self.solved, self.over, self.responded = (
            None,
            None,
            {},
            False,
            False,
            False,
        )
        merged = [more["since"] for minute, what, more in events if what is Happening.MERGED and minute <= now]
        opened = min([events[0][0], *merged])
        for measure in FIRST:
            self.start(measure, opened)
        for minute in range(opened, now + 1):
            for at, what, facts in events:
                if at == minute:
                    self.take(what, facts, minute)
            if minute < now:
                self.count(minute)
        return self.counters

    def running(self, measure=None):
        return [c for c in self.counters if c.stopped is None and (measure is None or c.measure is measure)]

    def start(self, measure, minute):
        if not self.running(measure) and not self.over:
            self.counters.append(Counter(measure, minute))

    def stop(self, measure, minute, dropped=False):
        for counter in self.running(measure):
            counter.stopped, counter.dropped = minute, dropped

    def take(self, what, facts, minute):  # noqa: C901, PLR0912 - one branch for each thing that can happen
        if self.over:
            return
        if what is Happening.ASKED and self.responded and not self.solved:
            self.start(Measure.RESPOND_NEXT, minute)
        if what is Happening.ANSWERED:
            self.responded = True
            self.stop(Measure.RESPOND, minute)
            self.stop(Measure.RESPOND_NEXT, minute)
            if self.running(Measure.UPDATE):
                self.stop(Measure.UPDATE, minute)
                self.start(Measure.UPDATE, minute)
        if what is Happening.TAKEN:
            self.stop(Measure.OWN, minute)
        if what is Happening.HANDED_OVER and not self.solved:
            self.stop(Measure.OWN, minute)
            self.start(Measure.OWN, minute)
        if what is Happening.PAUSED:
            self.pause, self.pause_calendar = (facts["reason"], self.standard), self.calendar
        if what is Happening.RESUMED:
            self.pause = None
        if what is Happening.RESOLVED and not self.solved:
            self.pause, self.solved, self.responded = None, True, True
            for measure in (Measure.OWN, Measure.RESPOND, Measure.RESPOND_NEXT, Measure.UPDATE):
                self.stop(measure, minute)
            for counter in self.running(Measure.RESOLVE):
                counter.stopped = minute
        if what is Happening.REOPENED and self.solved:
            self.solved = False
            for counter in self.counters:
                if counter.measure is Measure.RESOLVE and not self.over:
                    counter.stopped = None
            self.start(Measure.UPDATE, minute)
        if what is Happening.WITHDRAWN and not self.solved and not self.over:
            self.pause, self.over = None, True
            for counter in self.running():
                counter.stopped, counter.dropped = minute, True
        if what is Happening.REPRIORITISED:
            self.priority = facts["priority"]
        if what is Happening.PROMISED_ANEW:
            self.standard = facts["standard"]
        if what is Happening.MOVED:
            self.calendar = facts["calendar"]

    def count(self, minute):
        holds = frozenset()
        if self.pause is not None:
            reason, standard = self.pause
            hold = standard.holds.get(reason)
            if hold is not None:
                used = self.used.get(reason, 0)
                left = hold.seconds_max is None or 60 * used < hold.seconds_max
                holds = hold.measures if left else holds
                if left and hold.seconds_max is not None and self.pause_calendar.is_open(minute):
                    self.used[reason] = used + 1
        for counter in self.running():
            if counter.started > minute:
                continue
            target = self.standard.within(counter.measure, self.priority)
            if self.calendar.is_open(minute) and counter.measure not in holds:
                counter.elapsed += 1
            counter.missed |= target is not None and 60 * counter.elapsed > target.seconds
