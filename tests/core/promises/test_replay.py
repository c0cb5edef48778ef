"""Clocks of random cases, in which anything happens in any order, are those of living through them minute by minute."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.promises.minute_by_minute import Life
from tests.core.worktime.weeks import hours

from inward.core.promises import ClockState, Event, Happening, Hold, Measure, Standard, Within, replay
from inward.core.worktime import Calendar, Opened

START = datetime(2026, 11, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAYS = 4
LAST = DAYS * 24 * 60


def calendar(*spans):
    return Opened(Calendar(UTC, (hours(*spans),) * 7))


@dataclass(frozen=True)
class Open:
    """A calendar for living through: whether a minute after START is open."""

    spans: tuple
    opened: Opened

    def is_open(self, minute):
        return any(opens * 60 <= minute % 1440 < closes * 60 for opens, closes in self.spans)


CALENDARS = [Open(spans, calendar(*spans)) for spans in (((9, 17),), ((0, 24),), ((6, 10), (12, 22)))]
EVERY = frozenset(Measure)


def within(minutes):
    return Within(seconds=60 * minutes)


STANDARDS = [
    Standard(
        "usual",
        {
            Measure.OWN: {"": within(30)},
            Measure.RESPOND: {"": within(240), "high": within(60)},
            Measure.RESPOND_NEXT: {"": within(120)},
            Measure.UPDATE: {"": within(480)},
            Measure.RESOLVE: {"": within(960), "high": within(300), "low": within(0)},
        },
        {"customer": Hold(EVERY, 60 * 120), "supplier": Hold(frozenset({Measure.RESOLVE}))},
    ),
    Standard(
        "strict",
        {measure: {"": within(90)} for measure in Measure},
        {"customer": Hold(frozenset({Measure.RESOLVE, Measure.UPDATE}), 60 * 45)},
    ),
]
FACTS = {
    Happening.PAUSED: st.fixed_dictionaries({"reason": st.sampled_from(["customer", "supplier", "tea"])}),
    Happening.REPRIORITISED: st.fixed_dictionaries({"priority": st.sampled_from(["", "high", "low"])}),
    Happening.PROMISED_ANEW: st.fixed_dictionaries({"standard": st.sampled_from(STANDARDS)}),
    Happening.MOVED: st.fixed_dictionaries({"calendar": st.sampled_from(CALENDARS)}),
    Happening.MERGED: st.fixed_dictionaries({"since": st.integers(0, LAST)}),
}
LATER = sorted(set(Happening) - {Happening.OPENED}, key=lambda what: what.value)


@st.composite
def cases(draw):
    opened = draw(st.integers(0, 1440))
    facts = {"calendar": draw(st.sampled_from(CALENDARS)), "standard": draw(st.sampled_from(STANDARDS)), "priority": ""}
    events = [(opened, Happening.OPENED, facts)]
    for _ in range(draw(st.integers(0, 10))):
        what = draw(st.sampled_from(LATER))
        events.append((draw(st.integers(opened, LAST)), what, draw(FACTS.get(what, st.just({})))))
    return events


def event(minute, what, facts):
    more = dict(facts)
    if "calendar" in more:
        more["calendar"] = more["calendar"].opened
    if "since" in more:
        more["since"] = START + more["since"] * MINUTE
    return Event(START + minute * MINUTE, what, **more)


def as_events(case):
    return [event(*each) for each in case]


@settings(max_examples=80, deadline=None)
@given(cases(), st.integers(0, LAST), st.randoms(use_true_random=False))
def test_clocks_are_those_of_living_through_it(case, now, chance):
    now = max(now, case[0][0])
    lived = Life(case).until(now)
    mixed = as_events(case)
    if len({each.at for each in mixed}) == len(mixed):
        chance.shuffle(mixed)  # what was noted late counts from when it happened

    runs = replay(mixed, now=START + now * MINUTE)

    told = sorted(
        (
            run.measure.value,
            str(run.started),
            str(run.stopped),
            run.elapsed,
            run.missed_at is not None,
            run.state is ClockState.DROPPED,
        )
        for run in runs
    )
    expected = sorted(
        (
            counter.measure.value,
            str(START + counter.started * MINUTE),
            str(None if counter.stopped is None else START + counter.stopped * MINUTE),
            60 * counter.elapsed,
            counter.missed,
            counter.dropped and not counter.missed,
        )
        for counter in lived
    )
    assert told == expected


@settings(max_examples=50, deadline=None)
@given(cases(), st.integers(0, LAST))
def test_what_is_due_is_kept_until_then_and_missed_after(case, now):
    events = as_events(case)
    now = START + max(now, case[0][0]) * MINUTE
    happened = [each for each in events if each.at <= now]
    for run in replay(happened, now=now):
        if run.stopped is None and run.missed_at is None and run.due.at is not None and run.due.at > now:
            then = at_that_time(happened, run, run.due.at)
            assert (then.elapsed, then.missed_at) == (run.target, None)
            later = at_that_time(happened, run, run.due.next_opening + timedelta(seconds=1))
            assert later.missed_at == run.due.at


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, LAST), st.integers(0, LAST))
def test_what_is_missed_stays_missed(case, one, other):
    events = as_events(case)
    first, second = (START + max(each, case[0][0]) * MINUTE for each in sorted((one, other)))
    merged = [each for each in events if each.what is Happening.MERGED and first < each.at <= second]
    if merged:
        return  # an earlier opening is a longer way: compared in the test above
    missed = {(run.measure, run.started): run.missed_at for run in replay(events, now=first) if run.missed_at}
    after = {(run.measure, run.started): run.missed_at for run in replay(events, now=second) if run.missed_at}
    assert missed.items() <= after.items()


def at_that_time(events, run, now):
    (found,) = [
        each
        for each in replay(events, now=now)
        if (each.measure, each.started, each.stopped) == (run.measure, run.started, None)
    ]
    return found
