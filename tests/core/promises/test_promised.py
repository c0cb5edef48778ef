"""What single cases promise and what nobody can make undone: each name says whom it would hurt."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.core.worktime.weeks import hours, utc

from inward.core.promises import ClockState, Event, Happening, Hold, Measure, Standard, Within, replay, told
from inward.core.terms import Refusal
from inward.core.worktime import Calendar, DayEnd, Opened

HOUR = 3600
OFFICE = Opened(Calendar(UTC, (*[hours((9, 17))] * 5, (), ())))
LATE = Opened(Calendar(UTC, (*[hours((9, 21))] * 5, (), ())))
MONDAY = utc("2026-11-30 09:00")


def promised(resolve=4, respond=1, *, dates=None, grace=True, holds=None, **priorities):
    by_priority = {
        "": Within(seconds=resolve * HOUR),
        **{name: Within(seconds=each * HOUR) for name, each in priorities.items()},
    }
    targets = {
        Measure.RESOLVE: by_priority if dates is None else {"": dates},
        Measure.RESPOND: {"": Within(seconds=respond * HOUR)},
    }
    return Standard("usual", targets, holds or {}, grace)


def at(text, what, **more):
    return Event(utc(f"2026-{text}"), what, **more)


def opened(standard, *, start=MONDAY, calendar=OFFICE, priority=""):
    return Event(start, Happening.OPENED, standard=standard, calendar=calendar, priority=priority)


def clock(events, now, measure=Measure.RESOLVE):
    (found,) = [run for run in replay(events, now=utc(f"2026-{now}")) if run.measure is measure]
    return found


def test_a_promise_says_by_when_and_keeps_it():
    case = [opened(promised()), at("11-30 11:00", Happening.ANSWERED), at("11-30 12:00", Happening.RESOLVED)]
    running, kept = clock(case[:1], "11-30 10:00"), clock(case, "12-24 10:00")
    assert (running.state, running.due.at, running.elapsed) == (ClockState.RUNNING, utc("2026-11-30 13:00"), HOUR)
    assert (kept.state, kept.elapsed, kept.stopped) == (ClockState.KEPT, 3 * HOUR, utc("2026-11-30 12:00"))
    late = clock(case, "12-24 10:00", Measure.RESPOND)
    assert (late.state, late.missed_at) == (ClockState.MISSED, utc("2026-11-30 10:00"))


def test_nothing_has_happened_before_it_happens():
    assert replay([opened(promised())], now=utc("2026-11-01 09:00")) == ()


def test_what_is_not_promised_has_no_clock():
    runs = replay([opened(promised())], now=MONDAY)
    assert {run.measure for run in runs} == {Measure.RESPOND, Measure.RESOLVE}


def test_an_answer_after_closing_is_in_time_unless_the_promise_says_otherwise():
    evening = at("11-30 19:00", Happening.RESOLVED)
    assert clock([opened(promised(8)), evening], "12-01 09:00").state is ClockState.KEPT
    strict = clock([opened(promised(8, grace=False)), evening], "12-01 09:00")
    assert (strict.state, strict.missed_at) == (ClockState.MISSED, utc("2026-11-30 17:00"))
    on_time = at("11-30 17:00", Happening.RESOLVED)
    assert clock([opened(promised(8, grace=False)), on_time], "12-01 09:00").state is ClockState.KEPT


def test_a_promise_in_dates_waits_for_what_was_held():
    dates = Within(dates=1, end=DayEnd.END_OF_DAY)
    waiting = {"customer": Hold(frozenset({Measure.RESOLVE}))}
    case = [opened(promised(dates=dates, holds=waiting)), at("11-30 10:00", Happening.PAUSED, reason="customer")]
    assert clock(case[:1], "11-30 09:30").due.at == utc("2026-12-01 17:00")
    held = clock(case, "11-30 12:00")
    assert (held.state, held.due.at, held.held) == (ClockState.HELD, None, 2 * HOUR)
    again = clock([*case, at("11-30 13:00", Happening.RESUMED)], "11-30 14:00")
    assert (again.state, again.due.at) == (ClockState.RUNNING, utc("2026-12-02 12:00"))


def test_a_pause_just_before_a_breach_only_moves_it_and_ends_with_its_cap():
    capped = {"customer": Hold(frozenset({Measure.RESOLVE}), HOUR)}
    case = [opened(promised(holds=capped)), at("11-30 12:59", Happening.PAUSED, reason="customer")]
    run = clock(case, "11-30 13:30")
    assert (run.state, run.due.at) == (ClockState.HELD, utc("2026-11-30 14:00"))
    assert clock(case, "11-30 15:00").missed_at == utc("2026-11-30 14:00")
    assert clock(case, "11-30 15:00").held == HOUR
    twice = [*case, at("11-30 13:30", Happening.RESUMED), at("11-30 13:30:30", Happening.PAUSED, reason="customer")]
    assert clock(twice, "12-01 15:00").missed_at == utc("2026-11-30 14:00")
    assert clock([*twice, at("11-30 15:00", Happening.RESUMED)], "12-01 15:00").held == HOUR
    spent = [*twice, at("11-30 16:00", Happening.RESUMED), at("11-30 16:30", Happening.PAUSED, reason="customer")]
    assert clock(spent, "12-01 15:00").held == HOUR


def test_waiting_holds_no_clock_that_its_promise_does_not_name():
    waiting = {"customer": Hold(frozenset({Measure.RESOLVE}))}
    case = [opened(promised(holds=waiting)), at("11-30 09:30", Happening.PAUSED, reason="customer")]
    assert clock(case, "11-30 11:00", Measure.RESPOND).missed_at == utc("2026-11-30 10:00")
    assert clock(case, "11-30 11:00").state is ClockState.HELD


def test_a_reason_the_promise_does_not_know_holds_nothing():
    case = [opened(promised()), at("11-30 10:00", Happening.PAUSED, reason="tea")]
    assert clock(case, "11-30 12:00").state is ClockState.RUNNING


def test_what_is_missed_is_not_made_good_by_another_priority_promise_or_calendar():
    later = [
        at("11-30 14:00", Happening.REPRIORITISED, priority="low"),
        at("11-30 14:00", Happening.PROMISED_ANEW, standard=promised(400)),
        at("11-30 14:00", Happening.MOVED, calendar=LATE),
        at("11-30 14:00", Happening.WITHDRAWN),
    ]
    for change in later:
        run = clock([opened(promised(low=40)), change], "11-30 15:00")
        assert (run.state, run.missed_at) == (ClockState.MISSED, utc("2026-11-30 13:00"))


def test_a_higher_priority_counts_from_the_start_and_is_missed_no_earlier_than_it_was_said():
    case = [opened(promised(low=40), priority="low"), at("12-01 09:00", Happening.REPRIORITISED, priority="high")]
    run = clock(case, "12-01 10:00")
    assert (run.target, run.missed_at) == (4 * HOUR, utc("2026-12-01 09:00"))
    assert [stage.target for stage in run.stages] == [40 * HOUR, 4 * HOUR]


def test_another_calendar_counts_from_when_it_was_moved():
    case = [opened(promised(10)), at("11-30 12:00", Happening.MOVED, calendar=LATE)]
    run = clock(case, "11-30 13:00")
    assert run.due.at == utc("2026-11-30 19:00")
    used_before = [*case, at("12-03 09:00", Happening.MOVED, calendar=OFFICE)]
    assert clock(used_before, "12-04 13:00").due.at == utc("2026-11-30 19:00")


def test_a_promise_taken_away_before_it_was_missed_is_no_promise():
    case = [opened(promised()), at("11-30 10:00", Happening.PROMISED_ANEW, standard=Standard("none", {}))]
    assert replay(case, now=utc("2026-12-01 10:00")) == ()
    late = [opened(promised()), at("11-30 14:00", Happening.PROMISED_ANEW, standard=Standard("none", {}))]
    assert clock(late, "12-01 10:00").missed_at == utc("2026-11-30 13:00")


def test_events_that_carry_nothing_change_no_terms():
    case = [opened(promised()), at("11-30 10:00", Happening.PROMISED_ANEW), at("11-30 10:00", Happening.MOVED)]
    assert clock(case, "11-30 11:00").due.at == utc("2026-11-30 13:00")


def test_solved_and_opened_again_goes_on_where_it_stopped():
    case = [
        opened(promised()),
        at("11-30 12:00", Happening.RESOLVED),
        at("11-30 12:30", Happening.RESOLVED),
        at("12-03 09:00", Happening.REOPENED),
        at("12-03 09:00", Happening.REOPENED),
    ]
    run = clock(case, "12-03 09:30")
    assert (run.elapsed, run.stopped, run.due.at) == (3.5 * HOUR, None, utc("2026-12-03 10:00"))


def test_what_is_written_after_it_was_solved_starts_no_clock():
    news = Standard("news", {measure: {"": Within(seconds=HOUR)} for measure in (Measure.UPDATE, Measure.RESPOND_NEXT)})
    case = [
        opened(news),
        at("11-30 09:30", Happening.RESOLVED),
        at("11-30 10:00", Happening.ASKED),
        at("11-30 10:30", Happening.ANSWERED),
    ]
    (only,) = replay(case, now=utc("2026-12-03 10:30"))
    assert (only.measure, only.stopped) == (Measure.UPDATE, utc("2026-11-30 09:30"))


def test_the_customers_own_reminders_move_nothing():
    next_one = {Measure.RESPOND_NEXT: {"": Within(seconds=HOUR)}}
    case = [
        opened(Standard("next", next_one)),
        at("11-30 09:30", Happening.ASKED),
        at("11-30 10:00", Happening.ANSWERED),
        at("11-30 11:00", Happening.ASKED),
        at("11-30 11:45", Happening.ASKED),
    ]
    run = clock(case, "11-30 11:50", Measure.RESPOND_NEXT)
    assert (run.started, run.due.at) == (utc("2026-11-30 11:00"), utc("2026-11-30 12:00"))


def test_of_two_cases_joined_the_earlier_clock_counts():
    case = [opened(promised()), at("11-30 10:00", Happening.MERGED, since=utc("2026-11-27 16:00"))]
    run = clock(case, "11-30 10:30")
    assert (run.started, run.due.at) == (utc("2026-11-27 16:00"), utc("2026-11-30 12:00"))
    younger = [opened(promised()), at("11-30 10:00", Happening.MERGED, since=utc("2026-11-30 09:30"))]
    assert clock(younger, "11-30 10:30").started == MONDAY


def test_what_nobody_wants_any_more_ends_without_a_verdict():
    case = [opened(promised()), at("11-30 11:00", Happening.WITHDRAWN), at("11-30 12:00", Happening.RESOLVED)]
    run = clock(case, "12-03 09:30")
    assert (run.state, run.stopped, run.elapsed) == (ClockState.DROPPED, utc("2026-11-30 11:00"), 2 * HOUR)
    solved = [opened(promised()), at("11-30 11:00", Happening.RESOLVED), at("11-30 12:00", Happening.WITHDRAWN)]
    assert clock(solved, "12-03 09:30").state is ClockState.KEPT


def test_handed_over_others_have_to_take_it_on_anew():
    own = Standard("own", {Measure.OWN: {"": Within(seconds=HOUR)}})
    case = [opened(own), at("11-30 09:30", Happening.TAKEN), at("11-30 10:00", Happening.HANDED_OVER)]
    first, second = replay(case, now=utc("2026-11-30 10:30"))
    assert (first.state, second.started, second.due.at) == (
        ClockState.KEPT,
        utc("2026-11-30 10:00"),
        utc("2026-11-30 11:00"),
    )
    solved = [opened(own), at("11-30 09:30", Happening.RESOLVED), at("11-30 10:00", Happening.HANDED_OVER)]
    assert len(replay(solved, now=utc("2026-11-30 10:30"))) == 1


@pytest.mark.parametrize("values", [{}, {"seconds": 1, "dates": 1}, {"seconds": -1}, {"dates": -1}])
def test_a_promise_of_no_time_or_two_times_is_refused(values):
    with pytest.raises(Refusal) as caught:
        Within(**values)
    assert caught.value.reason.code == "promise_not_a_time"


def test_a_case_is_opened_once_and_before_anything_else():
    once = opened(promised())
    for events in (
        [],
        [once, once],
        [at("11-29 09:00", Happening.TAKEN), once],
        [Event(MONDAY, Happening.OPENED, calendar=OFFICE)],
        [Event(MONDAY, Happening.OPENED, standard=promised())],
    ):
        with pytest.raises(Refusal) as caught:
            replay(events, now=MONDAY)
        assert caught.value.reason.code == "promise_not_opened_once"


def test_why_is_told_to_both_sides_stage_by_stage():
    waiting = {"customer": Hold(frozenset({Measure.RESOLVE}))}
    case = [
        opened(promised(holds=waiting, high=2)),
        at("11-30 10:00", Happening.PAUSED, reason="customer"),
        at("11-30 11:00", Happening.RESUMED),
        at("11-30 11:30", Happening.REPRIORITISED, priority="high"),
    ]
    run = clock(case, "11-30 11:45")
    assert [(line.code, str(line.facts.get("length") or line.facts.get("due"))[:16]) for line in told(run)] == [
        ("promise_stage", "4:00"),
        ("worktime_counted", "1:00"),
        ("worktime_paused", "1:00"),
        ("worktime_counted", "0:30"),
        ("promise_stage", "2:00"),
        ("worktime_counted", "0:30"),
        ("promise_due", "2026-11-30 12:00"),
    ]
    assert told(clock([*case, at("11-30 11:50", Happening.RESOLVED)], "12-01 09:00"))[-1].code == "promise_kept"
    assert told(clock([*case, at("11-30 12:50", Happening.RESOLVED)], "12-01 09:00"))[-1].code == "promise_missed"
    held = clock(case[:2], "11-30 12:00")
    assert [line.code for line in told(held)] == ["promise_stage", "worktime_counted", "promise_held"]
    closing = told(clock([opened(promised(8))], "11-30 10:00"))[-1]
    assert closing.facts["opening"] == utc("2026-12-01 09:00")
    dropped = clock([opened(promised()), at("11-30 11:00", Happening.WITHDRAWN)], "12-03 09:30")
    assert told(dropped)[-1].code == "promise_due"


def test_a_holiday_is_one_of_the_reasons():
    closed = Opened(Calendar(UTC, (*[hours((9, 17))] * 5, (), ()), holidays=frozenset([date(2026, 12, 1)])))
    run = clock([opened(promised(10), calendar=closed)], "11-30 10:00")
    assert run.due.at == datetime(2026, 12, 2, 11, tzinfo=UTC)
    assert "worktime_day_off" in [line.code for line in told(run)]
    assert timedelta(0) < run.due.at - run.started
