"""Why something is due then, stretch by stretch, as reasons that faces word."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.core.worktime.weeks import hours, local, opened, utc

from inward.core.worktime import due, due_explained, explained, length_text, pauses_of
from inward.core.worktime.tracing import LINES_MAX

HOUR = 3600
MONDAY = utc("2026-11-30 16:00")


def said(reasons):
    """Code and, of a stretch, how long and from when."""
    return [
        (reason.code, *(str(reason.facts[name])[:16] for name in ("length", "since") if name in reason.facts))
        for reason in reasons
    ]


def test_every_stretch_on_the_way_is_told_in_order():
    week = opened(
        holidays=frozenset([date(2026, 12, 2), date(2026, 12, 5)]),
        breaks={date(2026, 12, 1): hours((12, 13))},
        shifts={date(2026, 12, 3): hours((10, 12))},
    )
    pauses = pauses_of([(utc("2026-12-01 10:00"), utc("2026-12-01 14:00"))])
    found = due(week, MONDAY, 8 * HOUR, pauses)

    assert said(due_explained(week, MONDAY, found, pauses)) == [
        ("worktime_starts",),
        ("worktime_counted", "1:00", "2026-11-30 16:00"),
        ("worktime_day_otherwise",),
        ("worktime_counted", "1:00", "2026-12-01 09:00"),
        ("worktime_paused", "2:00", "2026-12-01 10:00"),
        ("worktime_paused", "1:00", "2026-12-01 13:00"),
        ("worktime_counted", "3:00", "2026-12-01 14:00"),
        ("worktime_day_off",),
        ("worktime_day_otherwise",),
        ("worktime_counted", "2:00", "2026-12-03 10:00"),
        ("worktime_counted", "1:00", "2026-12-04 09:00"),
        ("worktime_due",),
    ]


def test_a_day_off_on_which_nobody_works_anyway_is_not_told():
    week = opened(holidays=frozenset([date(2026, 12, 5)]))
    assert said(explained(week, utc("2026-12-05 00:00"), utc("2026-12-06 00:00"))) == []


def test_due_at_closing_says_when_work_goes_on():
    week = opened()
    told = due_explained(week, MONDAY, due(week, MONDAY, HOUR))
    assert said(told)[-2:] == [("worktime_due",), ("worktime_goes_on",)]
    assert told[-1].facts["opening"] == utc("2026-12-01 09:00")


def test_a_clock_that_stands_still_says_since_when():
    week, pauses = opened(), pauses_of([(utc("2026-11-30 16:30"), None)])
    told = due_explained(week, MONDAY, due(week, MONDAY, HOUR, pauses), pauses)
    assert said(told) == [("worktime_starts",), ("worktime_stands_still", "2026-11-30 16:30")]


def test_instants_are_told_on_the_wall_clock_of_the_calendar():
    week = opened("Asia/Jakarta")
    start = local("Asia/Jakarta", "2026-11-30 09:00")
    (_, counted, _) = due_explained(week, utc("2026-11-30 02:00"), due(week, start, HOUR))
    assert counted.facts["since"].isoformat() == "2026-11-30T09:00:00+07:00"


def test_walking_back_is_told_forward():
    week = opened()
    assert said(explained(week, MONDAY, utc("2026-11-30 15:00"))) == [("worktime_counted", "1:00", "2026-11-30 15:00")]


def test_what_nobody_would_read_is_counted_instead():
    told = explained(opened(), MONDAY, MONDAY + timedelta(days=700))
    assert len(told) == LINES_MAX + 1
    assert told[-1].code == "worktime_left_out"
    assert told[-1].facts["count"] == 501 - LINES_MAX


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (5400, "1:30"),
        (3605, "1:00:05"),
        (Fraction(125, 2), "0:01:02.5"),
        (-600, "-0:10"),
        (360_000, "100:00"),
    ],
)
def test_lengths_are_written_as_hours_and_minutes(seconds, text):
    assert length_text(seconds) == text


def test_a_zone_without_summer_time_is_a_zone_too():
    week = opened("Etc/GMT-1")
    assert said(explained(week, utc("2026-11-30 08:00"), utc("2026-11-30 09:00"))) == [
        ("worktime_counted", "1:00", "2026-11-30 09:00")
    ]
