"""Every clock of a case, derived from what happened to it. Nothing is patched: said anew, everything is reckoned anew.

A clock runs from an event to an event. What is counted between is what the calendar in force opens, less the time it was held: by a
reason that its promise lets hold it (up to the most that is allowed), and between solved and opened again. The target is the one in
force; a clock that has passed the target in force is missed, and no later change of priority, promise or calendar makes that undone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from inward.core.promises.events import Event, Happening, in_order
from inward.core.promises.standard import Measure, Standard
from inward.core.worktime import Due, Opened
from inward.core.worktime.clocks import NO_PAUSES, Pauses, due_at, microseconds, passed, reached
from inward.core.worktime.instants import NEVER, SECOND, as_datetime, as_instant, united


class ClockState(Enum):
    """How a clock stands."""

    RUNNING = "RUNNING"
    HELD = "HELD"
    """It stands still for a reason."""
    KEPT = "KEPT"
    MISSED = "MISSED"
    """More has passed than was promised; also of one that still runs."""
    DROPPED = "DROPPED"
    """It ended without a verdict: nobody wanted the thing any more."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a clock's way on which nothing changed: from when, on which calendar, by which promise."""

    since: datetime
    calendar: Opened
    standard: Standard
    priority: str
    target: Fraction | int


@dataclass(frozen=True, slots=True)
class Run:
    """One clock, from when it started to when it stopped (None: it has not).

    Lengths are seconds of working time. ``due`` is by the target in force; both None while held, and once stopped what it was.
    ``missed_at`` is the instant at which the first target that was passed was used up. ``held`` is how much was held of its way.
    """

    measure: Measure
    started: datetime
    stopped: datetime | None
    state: ClockState
    target: Fraction | int
    elapsed: Fraction | int
    held: Fraction | int
    due: Due
    missed_at: datetime | None
    stages: tuple[Stage, ...]
    pauses: Pauses


def replay(events: Iterable[Event], *, now: datetime) -> tuple[Run, ...]:
    """Every clock that ran or runs at ``now``, in the order of their starts. Events later than now have not happened.

    Refusal where the case was not opened exactly once, before anything else.
    """
    happened = tuple(event for event in in_order(events) if event.at <= now)
    if not happened:
        return ()
    story = _Story(happened)
    found = [_run(story, span, as_instant(now)) for span in story.spans]
    return tuple(sorted((run for run in found if run is not None), key=lambda run: (run.started, _ORDER[run.measure])))


def solving(events: Iterable[Event], *, cuts: Sequence[datetime], now: datetime) -> tuple[Run, tuple[int, ...]] | None:
    """The clock to solve, and how many microseconds it counted from each cut to the next, the last until ``now``.

    Cuts are in order of time; what was counted before the first is the first's. None where nothing is promised about it.
    """
    happened = tuple(event for event in in_order(events) if event.at <= now)
    if not happened:
        return None
    story, end = _Story(happened), as_instant(now)
    (span,) = (span for span in story.spans if span.measure is Measure.RESOLVE)
    run = _run(story, span, end)
    if run is None:
        return None
    stopped = _stopped(story, span)
    last = end if stopped is None else stopped
    way = _way(story, span, stopped, last)
    ends = [*(min(as_instant(cut), last) for cut in cuts[1:]), last]
    reached_by = [0, *(way.counted(each, way.pauses) for each in ends)]
    return run, tuple(after - before for before, after in pairwise(reached_by))


def lasts(run: Run, amount: int, *, now: datetime) -> datetime | None:
    """Until when so many microseconds more are counted by a clock; None where it has stopped or stands still for good."""
    if run.stopped is not None:
        return None
    found = reached(run.stages[-1].calendar, as_instant(now), amount, run.pauses)
    return None if found is None else as_datetime(found)


_ORDER: Final[Mapping[Measure, int]] = {measure: place for place, measure in enumerate(Measure)}


@dataclass(slots=True)
class _Span:
    """A clock's way in instants: NEVER where it still runs, dropped where it ended without a verdict."""

    measure: Measure
    since: int
    until: int = NEVER
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is in force from an instant on."""

    since: int
    calendar: Opened
    standard: Standard
    priority: str


@dataclass(slots=True)
class _Still:
    """A span in which clocks stand still: by a reason and the terms in force when it began, or because the case is solved."""

    since: int
    terms: _Terms
    reason: str = ""
    until: int = NEVER


class _Story:
    """What happened, sorted out: terms in force, pauses, time between solved and reopened, and the ways of all clocks."""

    def __init__(self, happened: tuple[Event, ...]) -> None:
        self.terms: list[_Terms] = []
        self.pauses: list[_Still] = []
        self.solved: list[_Still] = []
        self.spans: list[_Span] = []
        self._running: dict[Measure, _Span] = {}
        self._responded = self._over = False
        merged = [event.since for event in happened if event.what is Happening.MERGED and event.since is not None]
        self.opened = as_instant(min([happened[0].at, *merged]))
        for measure in (Measure.OWN, Measure.RESPOND, Measure.UPDATE, Measure.RESOLVE):
            self._start(measure, self.opened)
        for event in happened:
            self._take(event)

    def _take(self, event: Event) -> None:
        if self._over:
            return
        at = as_instant(event.at)
        self._note_terms(event, at)
        if event.what is Happening.PAUSED:
            self._resume(at)
            self.pauses.append(_Still(at, self.terms[-1], event.reason))
        elif event.what in _ACTS:
            _ACTS[event.what](self, at)

    def _asked(self, at: int) -> None:
        if self._responded and not self._is_solved:
            self._start(Measure.RESPOND_NEXT, at)

    def _taken(self, at: int) -> None:
        self._stop(Measure.OWN, at)

    def _handed_over(self, at: int) -> None:
        if not self._is_solved:
            self._stop(Measure.OWN, at)
            self._start(Measure.OWN, at)

    def _note_terms(self, event: Event, at: int) -> None:
        if event.what is Happening.OPENED:
            assert event.calendar is not None  # ``in_order`` has looked
            assert event.standard is not None
            self.terms.append(_Terms(-NEVER, event.calendar, event.standard, event.priority))
            return
        before = self.terms[-1]
        match event.what:
            case Happening.REPRIORITISED:
                self.terms.append(replace(before, since=at, priority=event.priority))
            case Happening.PROMISED_ANEW if event.standard is not None:
                self.terms.append(replace(before, since=at, standard=event.standard))
            case Happening.MOVED if event.calendar is not None:
                self.terms.append(replace(before, since=at, calendar=event.calendar))
            case _:
                pass

    @property
    def _is_solved(self) -> bool:
        return bool(self.solved) and self.solved[-1].until == NEVER

    def _start(self, measure: Measure, at: int) -> None:
        if measure not in self._running:
            self._running[measure] = _Span(measure, at)
            self.spans.append(self._running[measure])

    def _stop(self, measure: Measure, at: int, *, dropped: bool = False) -> None:
        span = self._running.pop(measure, None)
        if span is not None:
            span.until, span.dropped = max(at, span.since), dropped

    def _answered(self, at: int) -> None:
        self._responded = True
        self._stop(Measure.RESPOND, at)
        self._stop(Measure.RESPOND_NEXT, at)
        if Measure.UPDATE in self._running:
            self._stop(Measure.UPDATE, at)
            self._start(Measure.UPDATE, at)

    def _resume(self, at: int) -> None:
        if self.pauses and self.pauses[-1].until == NEVER:
            self.pauses[-1].until = at

    def _resolved(self, at: int) -> None:
        if self._is_solved:
            return
        self._resume(at)
        self._responded = True
        for measure in (Measure.OWN, Measure.RESPOND, Measure.RESPOND_NEXT, Measure.UPDATE):
            self._stop(measure, at)
        self.solved.append(_Still(at, self.terms[-1]))

    def _reopened(self, at: int) -> None:
        if self._is_solved:
            self.solved[-1].until = at
            self._start(Measure.UPDATE, at)

    def _withdrawn(self, at: int) -> None:
        if self._is_solved:
            return
        self._resume(at)
        self._over = True
        for measure in tuple(self._running):
            self._stop(measure, at, dropped=True)

    def stages(self, span: _Span) -> tuple[tuple[int, int, _Terms], ...]:
        """The terms in force along a clock's way, each with the instants between which it is."""
        ends = [*(terms.since for terms in self.terms[1:]), NEVER]
        along = ((max(terms.since, span.since), end, terms) for terms, end in zip(self.terms, ends, strict=True))
        return tuple((begins, ends_at, terms) for begins, ends_at, terms in along if begins < ends_at)

    def held(self, measure: Measure) -> Pauses:
        """When a clock stands still: by reasons that hold it, each for as long as is allowed, and while the case is solved."""
        found = [(pause.since, pause.until) for pause in self.solved] if measure is Measure.RESOLVE else []
        used: dict[str, int] = {}
        for pause in self.pauses:
            terms = pause.terms
            hold = terms.standard.holds.get(pause.reason)
            if hold is None:
                continue
            until = pause.until
            if hold.seconds_max is not None:
                left = microseconds(hold.seconds_max) - used.get(pause.reason, 0)
                last = reached(terms.calendar, pause.since, left) if left > 0 else pause.since
                until = min(until, NEVER if last is None else last)
                used[pause.reason] = used.get(pause.reason, 0) + passed(terms.calendar, pause.since, until)
            if measure in hold.measures:
                found.append((pause.since, until))
        return united(found)


_ACTS: Final[Mapping[Happening, Callable[[_Story, int], None]]] = {
    Happening.ASKED: _Story._asked,
    Happening.ANSWERED: _Story._answered,
    Happening.TAKEN: _Story._taken,
    Happening.HANDED_OVER: _Story._handed_over,
    Happening.RESUMED: _Story._resume,
    Happening.RESOLVED: _Story._resolved,
    Happening.REOPENED: _Story._reopened,
    Happening.WITHDRAWN: _Story._withdrawn,
}
"""What moves clocks, beside pauses; the rest changes the terms in force, or is known beforehand (when it was opened)."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A clock's way, ready to be counted: stages with their targets in microseconds (None: nothing is promised)."""

    stages: tuple[tuple[int, int, _Terms, int | None], ...]
    pauses: Pauses

    def counted(self, until: int, pauses: Pauses) -> int:
        """How much is counted from the start until then."""
        parts = (passed(terms.calendar, begins, min(ends, until), pauses) for begins, ends, terms, _ in self.stages)
        return sum(parts)

    def used_up(self, amount: int) -> int | None:
        """The first instant at which so much has been counted; None while the clock stands still."""
        left = amount
        for begins, ends, terms, _ in self.stages[:-1]:
            found = reached(terms.calendar, begins, left, self.pauses)
            if found is not None and found <= ends:
                return found
            left -= passed(terms.calendar, begins, ends, self.pauses)
        begins, _, terms, _ = self.stages[-1]
        return reached(terms.calendar, begins, left, self.pauses)

    def missed(self, until: int) -> int | None:
        """When the first target that was passed was used up; of one made shorter than what had passed, when it was made so."""
        for begins, ends, terms, target in self.stages:
            end = min(ends, until)
            if target is None or end <= begins:
                continue
            at = self.used_up(target)
            if at is None or not at < end:
                continue
            if not terms.standard.grace or self.counted(end, self.pauses) > target:
                return max(at, begins)
        return None


def _way(story: _Story, span: _Span, stopped: int | None, end: int) -> _Way:
    """The way of a clock as far as ``end``."""
    start = as_datetime(span.since)
    pauses = tuple(pause for pause in story.held(span.measure) if stopped is None or pause[0] < stopped)
    stages = [stage for stage in story.stages(span) if stage[0] <= end]
    return _Way(tuple((*stage, _target(stage[2], span.measure, start)) for stage in stages), pauses)


def _run(story: _Story, span: _Span, now: int) -> Run | None:
    """One clock as it stands; None where nothing is promised for it."""
    start, stopped = as_datetime(span.since), _stopped(story, span)
    end = now if stopped is None else stopped
    way = _way(story, span, stopped, end)
    pauses, missed = way.pauses, way.missed(end)
    seen = [stage for stage in way.stages if stage[3] is not None]
    if not seen or (missed is None and way.stages[-1][3] is None):
        return None
    _, _, terms, target = seen[-1]
    assert target is not None  # seen are those with one
    counted = way.counted(end, pauses)
    return Run(
        measure=span.measure,
        started=start,
        stopped=None if stopped is None else as_datetime(stopped),
        state=_state(span, stopped, missed, pauses, now),
        target=_seconds(target),
        elapsed=_seconds(counted),
        held=_seconds(way.counted(end, NO_PAUSES) - counted),
        due=due_at(terms.calendar, way.used_up(target), pauses),
        missed_at=None if missed is None else as_datetime(missed),
        stages=tuple(
            Stage(as_datetime(begins), terms.calendar, terms.standard, terms.priority, _seconds(target))
            for begins, _, terms, target in seen
            if target is not None
        ),
        pauses=pauses,
    )


def _target(terms: _Terms, measure: Measure, start: datetime) -> int | None:
    within = terms.standard.within(measure, terms.priority)
    return None if within is None else microseconds(within.seconds_from(terms.calendar, start))


def _stopped(story: _Story, span: _Span) -> int | None:
    if span.measure is Measure.RESOLVE and story.solved and story.solved[-1].until == NEVER:
        return story.solved[-1].since
    return None if span.until == NEVER else span.until


def _state(span: _Span, stopped: int | None, missed: int | None, pauses: Pauses, now: int) -> ClockState:
    if missed is not None:
        return ClockState.MISSED
    if stopped is not None:
        return ClockState.DROPPED if span.dropped else ClockState.KEPT
    held = any(begins <= now < ends for begins, ends in pauses)
    return ClockState.HELD if held else ClockState.RUNNING


def _seconds(amount: int) -> Fraction | int:
    return Fraction(amount, SECOND) if amount % SECOND else amount // SECOND
