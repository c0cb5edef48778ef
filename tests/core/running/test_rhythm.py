"""On which days parts of a standing order are due."""

from datetime import date

import pytest

from inward.core.running import Rhythm, due_days, next_due
from inward.core.terms import Refusal

MON, FRI, NEXT_MON = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 30)


def weekdays(day):
    return day.weekday() < 5


def due(rhythm, weekday=None, *, since=MON, until=date(2026, 12, 8), works=weekdays):
    return [day.isoformat()[5:] for day in due_days(rhythm, weekday, since=since, until=until, works=works)]


def test_by_hand_nothing_is_due():
    assert due(Rhythm.BY_HAND) == []
    assert next_due(Rhythm.BY_HAND, None, since=MON, until=NEXT_MON, works=weekdays) is None


def test_a_daily_part_is_due_on_each_working_day_and_not_on_the_last_that_does_not_count():
    assert due(Rhythm.DAILY, until=date(2026, 12, 1)) == ["11-23", "11-24", "11-25", "11-26", "11-27", "11-30"]


def test_a_weekly_part_is_due_on_its_weekday():
    assert due(Rhythm.WEEKLY, 2) == ["11-25", "12-02"]


def test_a_weekly_part_of_a_day_off_is_due_on_the_next_day_of_work():
    off = {date(2026, 11, 25), date(2026, 11, 26)}
    assert due(Rhythm.WEEKLY, 2, works=lambda day: weekdays(day) and day not in off) == ["11-27", "12-02"]


def test_a_weekly_part_of_a_saturday_is_due_on_monday():
    assert due(Rhythm.WEEKLY, 5) == ["11-30", "12-07"]


def test_a_weekly_part_that_was_due_before_is_not_due_again_later_in_the_week():
    assert due(Rhythm.WEEKLY, 0, since=date(2026, 11, 24)) == ["11-30", "12-07"]
    assert due(Rhythm.WEEKLY, 5, since=NEXT_MON) == ["12-07"]


def test_a_week_without_work_has_no_weekly_part():
    assert due(Rhythm.WEEKLY, 2, until=NEXT_MON, works=lambda _day: False) == []


def test_the_next_part_is_the_first_of_them_and_none_after_the_end_or_within_a_year():
    assert next_due(Rhythm.WEEKLY, 4, since=MON, until=date(2027, 1, 1), works=weekdays) == FRI
    assert next_due(Rhythm.WEEKLY, 4, since=MON, until=FRI, works=weekdays) is None
    assert next_due(Rhythm.DAILY, None, since=MON, until=date(2029, 1, 1), works=lambda day: day.year > 2027) is None


@pytest.mark.parametrize("weekday", [None, 7, -1])
def test_a_weekly_part_needs_a_weekday(weekday):
    with pytest.raises(Refusal) as refused:
        due(Rhythm.WEEKLY, weekday)
    assert refused.value.reason.code == "weekday_missing"
