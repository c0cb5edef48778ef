"""By when, how long, whether open: what the desk's own cases and no peer's tests ask. Each name says what would go wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from tests.core.worktime.weeks import calendar, hours, local, opened, round_the_clock, utc

from inward.core.terms import Refusal
from inward.core.worktime import (
    DayEnd,
    Due,
    Opened,
    due,
    due_by_date,
    due_by_time,
    elapsed,
    is_open,
    pauses_of,
    stretches,
    usable_hours,
)

HOUR = 3600
MONDAY = utc("2026-11-30 09:00")


def code(caught):
    return caught.value.reason.code


def at(text):
    return Due(utc(text), utc(text))


def test_used_up_at_closing_is_due_at_closing_and_work_goes_on_at_the_opening():
    assert due(opened(), MONDAY, 8 * HOUR) == Due(utc("2026-11-30 17:00"), utc("2026-12-01 09:00"))
    assert due(opened(), MONDAY, 8 * HOUR + 1) == at("2026-12-01 09:00:01")


def test_a_calendar_at_hand_answers_as_a_fresh_one():
    """The quick way for what is laid out already: at closing, within a stretch, from closed time, beyond what is there."""
    week = opened()
    is_open(week, MONDAY)
    for start, seconds in (
        (MONDAY, 8 * HOUR),
        (MONDAY, 8 * HOUR + 1),
        (MONDAY, 40 * HOUR),
        (utc("2026-11-30 16:00"), HOUR),
        (utc("2026-11-28 12:00"), 3 * HOUR),
        (utc("2026-11-30 17:00"), 1),
        (MONDAY, 5000 * HOUR),
    ):
        assert due(week, start, seconds) == due(opened(), start, seconds)


def test_what_is_answered_after_closing_took_no_time_of_the_service():
    assert elapsed(opened(), MONDAY, utc("2026-11-30 23:59")) == 8 * HOUR


def test_nothing_is_due_at_once_or_when_it_opens():
    assert due(opened(), MONDAY, 0) == at("2026-11-30 09:00")
    assert due(opened(), utc("2026-11-28 12:00"), 0) == at("2026-11-30 09:00")
    assert due(opened(), utc("2026-11-30 17:00"), 0) == at("2026-12-01 09:00")


def test_walking_back_stops_at_the_opening():
    assert due(opened(), utc("2026-12-01 12:00"), -3 * HOUR) == at("2026-12-01 09:00")
    assert due(opened(), utc("2026-12-01 12:00"), -4 * HOUR) == at("2026-11-30 16:00")


def test_walking_back_passes_over_pauses_that_lie_before():
    pauses = pauses_of([(utc("2026-11-30 15:00"), utc("2026-12-01 10:00")), (utc("2026-12-01 20:00"), None)])
    assert due(opened(), utc("2026-12-01 12:00"), -2 * HOUR, pauses).at == utc("2026-12-01 10:00")
    assert due(opened(), utc("2026-12-01 12:00"), -3 * HOUR, pauses).at == utc("2026-11-30 14:00")


def test_a_pause_over_a_holiday_and_a_short_night_takes_only_what_was_open():
    week = opened("Europe/Oslo", [(8, 16)], [(8, 16)], [(0, 24)], holidays=frozenset([date(2026, 3, 28)]))
    pauses = pauses_of([(local("Europe/Oslo", "2026-03-27 15:00"), local("Europe/Oslo", "2026-03-29 12:00"))])
    start = local("Europe/Oslo", "2026-03-27 14:00")
    # Friday 14-15 counts; Saturday is off; Sunday has 23 hours, of which those from 12:00 on are 12.
    assert due(week, start, 13 * HOUR, pauses).at == local("Europe/Oslo", "2026-03-30 00:00").astimezone(UTC)
    assert elapsed(week, start, local("Europe/Oslo", "2026-03-30 00:00")) == (2 + 23) * HOUR


def test_pauses_that_overlap_count_once_and_those_before_the_start_count_nothing():
    pauses = pauses_of(
        [
            (utc("2026-11-30 07:00"), utc("2026-11-30 08:00")),
            (utc("2026-11-30 10:00"), utc("2026-11-30 12:00")),
            (utc("2026-11-30 11:00"), utc("2026-11-30 13:00")),
            (utc("2026-11-30 14:00"), utc("2026-11-30 14:00")),
        ]
    )
    assert due(opened(), MONDAY, 2 * HOUR, pauses).at == utc("2026-11-30 14:00")
    assert elapsed(opened(), MONDAY, utc("2026-11-30 14:00"), pauses) == 2 * HOUR


def test_a_pause_that_begins_in_closed_time_stops_the_clock_from_the_opening_on():
    pauses = pauses_of([(utc("2026-11-28 12:00"), utc("2026-11-30 10:00"))])
    assert due(opened(), utc("2026-11-27 16:00"), 2 * HOUR, pauses).at == utc("2026-11-30 11:00")


def test_a_pause_by_the_second_is_not_cut_to_minutes():
    pauses = pauses_of([(utc("2026-11-30 09:00:10"), utc("2026-11-30 09:00:45"))])
    assert due(opened(), MONDAY, 60, pauses).at == utc("2026-11-30 09:01:35")


def test_while_the_clock_stands_still_nothing_is_due():
    pauses = pauses_of([(utc("2026-11-30 10:00"), None)])
    assert due(opened(), MONDAY, 2 * HOUR, pauses) == Due(None, None)
    assert due(opened(), utc("2026-11-30 11:00"), 0, pauses) == Due(None, None)
    assert due(opened(), MONDAY, 1 * HOUR, pauses) == Due(utc("2026-11-30 10:00"), None)
    assert elapsed(opened(), MONDAY, utc("2027-11-30 10:00"), pauses) == HOUR
    assert not is_open(opened(), utc("2026-12-01 10:00"), pauses)
    assert [end for _, end in stretches(opened(), MONDAY, pauses)] == [utc("2026-11-30 10:00")]


def test_a_pause_further_away_than_what_was_laid_out_is_seen():
    pauses = pauses_of([(utc("2028-12-01 10:00"), utc("2031-12-01 10:00"))])
    week = opened()
    plain = due(opened(), MONDAY, 5000 * HOUR).at
    assert due(week, MONDAY, 5000 * HOUR, pauses).at > plain
    assert elapsed(week, MONDAY, due(week, MONDAY, 5000 * HOUR, pauses).at, pauses) == 5000 * HOUR
    long_ago = pauses_of([(utc("2021-12-01 10:00"), utc("2025-12-01 10:00"))])
    back = due(opened(), MONDAY, -3000 * HOUR, long_ago).at
    assert elapsed(opened(), back, MONDAY, long_ago) == 3000 * HOUR


def test_fractions_of_a_second_are_kept_and_third_parts_rounded_to_a_millionth():
    assert due(opened(), MONDAY, Fraction(1, 3)).at == MONDAY + timedelta(microseconds=333_333)
    assert elapsed(opened(), MONDAY, MONDAY + timedelta(microseconds=1)) == Fraction(1, 1_000_000)


def test_the_start_of_a_stretch_is_open_and_its_end_is_not():
    week = opened()
    assert [is_open(week, utc(f"2026-11-30 {time}")) for time in ("08:59:59", "09:00", "16:59:59", "17:00")] == [
        False,
        True,
        True,
        False,
    ]
    assert not is_open(Opened(calendar(weekdays=())), MONDAY)


def test_a_day_off_goes_before_a_day_that_is_otherwise_and_breaks_before_both():
    day = date(2026, 11, 30)
    otherwise = {day: hours((10, 12))}
    assert elapsed(opened(shifts=otherwise), MONDAY, utc("2026-12-01 00:00")) == 2 * HOUR
    assert elapsed(opened(shifts={day: ()}), MONDAY, utc("2026-12-01 00:00")) == 0
    assert elapsed(opened(shifts=otherwise, holidays=frozenset([day])), MONDAY, utc("2026-12-01 00:00")) == 0
    assert elapsed(opened(recurring=frozenset([(11, 30)])), MONDAY, utc("2026-12-01 00:00")) == 0
    assert elapsed(opened(shifts=otherwise, breaks={day: hours((11, 20))}), MONDAY, utc("2026-12-01 00:00")) == HOUR


def test_a_part_of_a_day_off_is_a_break():
    eve = {date(2026, 12, 24): hours((12, 24))}
    assert elapsed(opened(breaks=eve), utc("2026-12-24 00:00"), utc("2026-12-25 00:00")) == 3 * HOUR


def test_a_day_that_ends_at_midnight_goes_on_without_a_gap():
    found = due(round_the_clock(), utc("2026-11-30 23:00"), HOUR)
    assert found == at("2026-12-01 00:00")


def test_stretches_of_two_days_are_told_apart_even_where_they_touch():
    told = stretches(round_the_clock(), utc("2026-11-30 23:00"))
    assert [next(told), next(told)] == [
        (utc("2026-11-30 23:00"), utc("2026-12-01 00:00")),
        (utc("2026-12-01 00:00"), utc("2026-12-02 00:00")),
    ]


def test_customer_and_server_in_two_zones_have_the_same_instants():
    asked = local("Asia/Jakarta", "2026-11-30 09:00")
    assert due(opened("Europe/Oslo"), asked, HOUR).at == local("Europe/Oslo", "2026-11-30 10:00").astimezone(UTC)


def test_half_hours_and_quarters_of_zones_count():
    kathmandu = opened("Asia/Kathmandu")
    assert due(kathmandu, local("Asia/Kathmandu", "2026-11-30 12:00"), HOUR).at == utc("2026-11-30 07:15")


def test_a_day_that_never_was_has_no_hours():
    apia = opened("Pacific/Apia")  # Friday 30 December 2011 was left out
    start, end = local("Pacific/Apia", "2011-12-29 09:00"), local("Pacific/Apia", "2012-01-02 09:00")
    assert elapsed(apia, start, end) == 8 * HOUR
    assert due_by_date(apia, start, 1, DayEnd.SAME_CLOCK).at == local("Pacific/Apia", "2012-01-02 09:00").astimezone(
        UTC
    )


def test_round_the_clock_counts_every_physical_hour_of_both_nights():
    oslo = round_the_clock("Europe/Oslo")
    for day, length in (("2026-03-29", 23), ("2026-10-25", 25)):
        start = local("Europe/Oslo", f"{day} 00:00")
        end = datetime.fromisoformat(f"{day} 00:00").replace(tzinfo=start.tzinfo) + timedelta(days=1)
        assert elapsed(oslo, start, end) == length * HOUR


def test_a_calendar_that_stays_closed_is_refused_and_never_taken_for_round_the_clock():
    closed = Opened(calendar(weekdays=()))
    for ask in (
        lambda: due(closed, MONDAY, HOUR),
        lambda: due(closed, MONDAY, 0),
        lambda: due(closed, MONDAY, -HOUR),
        lambda: next(stretches(closed, MONDAY)),
        lambda: due_by_date(closed, MONDAY, 1, DayEnd.SAME_CLOCK),
    ):
        with pytest.raises(Refusal) as caught:
            ask()
        assert code(caught) == "worktime_never_open"
    assert elapsed(closed, MONDAY, utc("2027-01-01 00:00")) == 0


def test_a_clock_never_waits_over_more_than_a_year_of_closed_days():
    far = {date(2026, 11, 30): hours((9, 17)), date(2028, 6, 1): hours((9, 17))}
    twice = opened(weekdays=(), shifts=far)
    assert due(twice, MONDAY, HOUR).at == utc("2026-11-30 10:00")
    assert due(twice, MONDAY, 8 * HOUR) == Due(utc("2026-11-30 17:00"), None)
    elapsed(twice, MONDAY, utc("2029-01-01 00:00"))  # both days are laid out now; the answer stays
    with pytest.raises(Refusal) as caught:
        due(twice, MONDAY, 9 * HOUR)
    assert code(caught) == "worktime_never_open"
    with pytest.raises(Refusal):
        due(twice, utc("2028-06-01 10:00"), -2 * HOUR)
    assert due(twice, utc("2027-09-01 00:00"), HOUR).at == utc("2028-06-01 10:00")
    with pytest.raises(Refusal):
        due(twice, utc("2026-12-02 00:00"), HOUR)


def test_nobody_waits_for_more_than_two_hundred_years():
    for ask in (
        lambda: due(opened(), MONDAY, 10**11),
        lambda: due(opened(), MONDAY, 6_000_000_000 // 2),
        lambda: elapsed(opened(), utc("1500-01-01 00:00"), MONDAY),
        lambda: due(opened(), datetime(9998, 12, 31, tzinfo=UTC), 10_000 * HOUR),
        lambda: due(opened(), datetime(1, 1, 1, tzinfo=UTC), HOUR),
        lambda: due_by_date(opened(), MONDAY, 100_000, DayEnd.SAME_CLOCK),
        lambda: due_by_date(opened(), datetime(9998, 6, 1, tzinfo=UTC), 1000, DayEnd.SAME_CLOCK),
        lambda: due(opened(), MONDAY, HOUR, pauses_of([(MONDAY, utc("2400-01-01 00:00"))])),
    ):
        with pytest.raises(Refusal) as caught:
            ask()
        assert code(caught) == "worktime_too_far"


def test_periods_end_where_the_years_do():
    told = stretches(opened(), datetime(9998, 12, 1, tzinfo=UTC))
    with pytest.raises(Refusal) as caught:
        list(told)
    assert code(caught) == "worktime_too_far"


def test_periods_are_told_for_two_hundred_years_and_then_no_more():
    told = stretches(opened(weekdays=(), sunday=[(9, 10)]), MONDAY)
    with pytest.raises(Refusal) as caught:
        list(told)
    assert code(caught) == "worktime_too_far"


def test_a_start_before_the_first_open_day_waits_for_it():
    days = [date(2026, 6, 1) + timedelta(days=100 * number) for number in range(6)]
    now_and_then = opened(weekdays=(), shifts={day: hours((9, 17)) for day in days})
    assert not is_open(now_and_then, utc("2026-09-08 12:00"))
    assert due(now_and_then, utc("2026-03-01 12:00"), HOUR).at == utc("2026-06-01 10:00")


def test_threads_that_ask_one_calendar_at_once_are_all_answered_rightly():
    week = opened()
    starts = [utc(f"{1970 + 7 * number}-01-05 12:00") for number in range(12)]
    expected = [due(opened(), start, 100 * HOUR) for start in starts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda start: due(week, start, 100 * HOUR), starts * 4)) == expected * 4


def test_two_far_apart_questions_to_one_calendar_are_both_answered():
    week = opened()
    assert due(week, utc("1850-01-01 09:00"), HOUR).at == utc("1850-01-01 10:00")
    assert due(week, utc("2450-01-03 09:00"), HOUR).at == utc("2450-01-03 10:00")
    assert due(week, utc("1850-01-01 09:00"), HOUR).at == utc("1850-01-01 10:00")


def test_a_pause_that_ends_before_it_begins_is_refused_with_its_place():
    with pytest.raises(Refusal) as caught:
        pauses_of([(MONDAY, None), (MONDAY, utc("2026-11-30 08:00"))])
    assert (code(caught), caught.value.where) == ("worktime_pause_backwards", "pauses[1]")


def test_hours_that_end_before_they_begin_or_past_midnight_are_refused():
    for span in ((HOUR, HOUR), (2 * HOUR, HOUR), (0, 90_000), (-1, 5)):
        with pytest.raises(Refusal) as caught:
            usable_hours([span], "mon")
        assert (code(caught), caught.value.where) == ("worktime_span_backwards", "mon")
    assert usable_hours([(5, 9), (1, 3), (3, 4), (6, 7)]) == ((1, 4), (5, 9))


def test_working_days_are_hours_and_working_dates_are_dates():
    week = opened()
    # Never 72 hours: three working days of eight hours are 24 hours of work.
    assert due_by_time(week, utc("2026-11-30 12:00"), 3, None).at == utc("2026-12-03 12:00")
    assert due_by_time(week, utc("2026-11-30 12:00"), 1, 4 * HOUR).at == utc("2026-11-30 16:00")
    assert due_by_date(week, utc("2026-11-30 12:00"), 3, DayEnd.SAME_CLOCK) == at("2026-12-03 12:00")
    assert due_by_date(week, utc("2026-11-30 12:00"), 3, DayEnd.END_OF_DAY) == Due(
        utc("2026-12-03 17:00"), utc("2026-12-04 09:00")
    )


def test_a_working_day_is_the_mean_of_the_days_with_hours():
    mixed = opened(weekdays=[(9, 17)], saturday=[(9, 11)])
    assert due_by_time(mixed, MONDAY, 1, None).at == utc("2026-11-30 16:00")
    with pytest.raises(Refusal) as caught:
        due_by_time(opened(weekdays=(), shifts={date(2026, 12, 1): hours((9, 17))}), MONDAY, 1, None)
    assert code(caught) == "worktime_day_without_hours"


def test_on_the_last_date_a_closed_clock_is_the_closing_before_it_or_the_opening():
    week = opened(weekdays=[(9, 12), (13, 17)])
    asked = {
        "08:00": Due(utc("2026-12-01 09:00"), utc("2026-12-01 09:00")),
        "12:30": Due(utc("2026-12-01 12:00"), utc("2026-12-01 13:00")),
        "19:00": Due(utc("2026-12-01 17:00"), utc("2026-12-02 09:00")),
    }
    for clock, expected in asked.items():
        assert due_by_date(week, utc(f"2026-11-30 {clock}"), 1, DayEnd.SAME_CLOCK) == expected
    odd = utc("2026-11-30 10:00:30") + timedelta(microseconds=7)
    assert due_by_date(week, odd, 1, DayEnd.SAME_CLOCK).at == odd + timedelta(days=1)


def test_no_dates_at_all_is_today_while_it_lasts_and_else_the_next():
    week = opened()
    assert due_by_date(week, utc("2026-11-30 12:00"), 0, DayEnd.END_OF_DAY).at == utc("2026-11-30 17:00")
    assert due_by_date(week, utc("2026-11-30 17:00"), 0, DayEnd.END_OF_DAY).at == utc("2026-12-01 17:00")
    assert due_by_date(week, utc("2026-11-28 12:00"), 0, DayEnd.END_OF_DAY).at == utc("2026-11-30 17:00")
    assert due_by_date(week, utc("2026-11-30 17:00"), 0, DayEnd.SAME_CLOCK) == at("2026-12-01 09:00")


def test_what_was_paused_is_worked_off_after_the_last_date():
    pauses = pauses_of([(utc("2026-11-30 15:00"), utc("2026-12-01 10:00"))])
    assert due_by_date(opened(), utc("2026-11-30 12:00"), 1, DayEnd.SAME_CLOCK, pauses) == at("2026-12-01 15:00")
    assert due_by_date(opened(), utc("2026-12-02 12:00"), -2, DayEnd.SAME_CLOCK, pauses) == at("2026-11-30 09:00")
    still = pauses_of([(utc("2026-11-30 15:00"), None)])
    assert due_by_date(opened(), utc("2026-11-30 12:00"), 1, DayEnd.SAME_CLOCK, still) == Due(None, None)
