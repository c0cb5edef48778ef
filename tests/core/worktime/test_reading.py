"""Calendars, instants and pauses out of JSON: what is read, and what is refused at which place."""

from datetime import date, timedelta

import pytest
from tests.core.worktime.weeks import hours, utc

from inward.core.terms import Fields, Refusal
from inward.core.worktime import calendar_from, instant, pauses_from
from inward.core.worktime.instants import NEVER

WEEK = {"timezone": "Europe/Oslo", "weekly": {"mon": [["09:00", "17:00"]]}}


def refused(values, read=calendar_from, *more):
    with pytest.raises(Refusal) as caught:
        read(Fields(values, ""), *more)
    return caught.value.reason.code, caught.value.where


def test_everything_a_calendar_says_is_read():
    read = calendar_from(
        Fields(
            WEEK
            | {
                "holidays": ["2026-12-25"],
                "recurring_holidays": ["02-29", "05-17"],
                "breaks": {"2026-12-21": [["12:00", "24:00"]]},
                "shifts": {"2026-12-28": [["9:00", "11:30:15"], ["08:00", "09:00"]], "2026-12-29": []},
                "note": "as the porter told us",
            }
        )
    )
    assert (str(read.zone), read.weekly) == ("Europe/Oslo", (hours((9, 17)), (), (), (), (), (), ()))
    assert (read.holidays, read.recurring) == (frozenset([date(2026, 12, 25)]), frozenset([(2, 29), (5, 17)]))
    assert read.breaks == {date(2026, 12, 21): hours((12, 24))}
    assert read.shifts == {date(2026, 12, 28): ((8 * 3600, 11 * 3600 + 30 * 60 + 15),), date(2026, 12, 29): ()}
    assert read.is_holiday(date(2028, 2, 29))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"weekly": None}, ("field_missing", "weekly")),
        ({"weekly": []}, ("not_an_object", "weekly")),
        ({"weekly": {"monday": []}}, ("field_unknown", "weekly.monday")),
        ({"weekly": {"mon": "09:00-17:00"}}, ("not_a_list", "weekly.mon")),
        ({"weekly": {"mon": [["09:00"]]}}, ("not_a_pair", "weekly.mon[0]")),
        ({"weekly": {"mon": [["09:00", "17:00"], "x"]}}, ("not_a_pair", "weekly.mon[1]")),
        ({"weekly": {"mon": [["22:00", "06:00"]]}}, ("worktime_span_backwards", "weekly.mon[0]")),
        ({"weekly": {"mon": [["09:00", "24:01"]]}}, ("not_a_clock", "weekly.mon[0]")),
        ({"weekly": {"mon": [["09:60", "12:00"]]}}, ("not_a_clock", "weekly.mon[0]")),
        ({"weekly": {"mon": [["09:00:60", "12:00"]]}}, ("not_a_clock", "weekly.mon[0]")),
        ({"weekly": {"mon": [[9, 17]]}}, ("not_a_clock", "weekly.mon[0]")),
        ({"timezone": None}, ("field_missing", "timezone")),
        ({"timezone": "Mars/Olympus"}, ("zone_not_known", "timezone")),
        ({"timezone": "Europe"}, ("zone_not_known", "timezone")),
        ({"timezone": "../etc/passwd"}, ("zone_not_known", "timezone")),
        ({"holidays": ["2026-02-30"]}, ("not_a_day", "holidays[0]")),
        ({"recurring_holidays": ["02-30"]}, ("not_a_month_day", "recurring_holidays[0]")),
        ({"recurring_holidays": ["12-24", 1224]}, ("not_a_month_day", "recurring_holidays[1]")),
        ({"breaks": {"24 December": []}}, ("not_a_day", "breaks.24 December")),
        ({"shifts": {"2026-12-24": [["x", "y"]]}}, ("not_a_clock", "shifts.2026-12-24[0]")),
        ({"open": []}, ("field_unknown", "open")),
    ],
)
def test_what_is_no_calendar_is_refused_with_its_place(change, expected):
    assert refused(WEEK | change) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30T09:00:00Z",
        "2026-11-30t09:00z",
        "2026-11-30 10:00+01:00",
        "2026-11-30T10:00+0100",
        "2026-11-30T10+01",
    ],
)
def test_instants_are_read_in_the_ways_they_are_written(text):
    if text.endswith("T10+01"):
        assert refused({"start": text}, instant, "start") == ("not_an_instant", "start")
    else:
        assert instant(Fields({"start": text}), "start") == utc("2026-11-30 09:00")


def test_parts_of_a_second_are_read_with_a_point_or_a_comma():
    for text in ("2026-11-30T09:00:00.25Z", "2026-11-30T09:00:00,250000Z"):
        assert instant(Fields({"start": text}), "start") == utc("2026-11-30 09:00") + timedelta(milliseconds=250)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11-30T09:00:00", "instant_without_offset"),
        ("2026-11-30T09:00:60Z", "not_an_instant"),
        ("2026-02-30T09:00:00Z", "not_an_instant"),
        ("2026-11-30", "not_an_instant"),
        ("tomorrow", "not_an_instant"),
        ("2026-11-30T09:00:00.1234567Z", "not_an_instant"),
    ],
)
def test_what_is_no_instant_is_refused(text, code):
    assert refused({"start": text}, instant, "start") == (code, "start")


def test_pauses_are_pairs_and_the_last_may_still_run():
    listed = [["2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z"], ["2026-11-30T11:00:00Z", None]]
    (first, last) = pauses_from(Fields({"pauses": listed}), "pauses")
    assert (last[0] - first[1], last[1]) == (3_600_000_000, NEVER)
    assert pauses_from(Fields({}), "pauses") == ()


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("x", ("not_a_list", "pauses")),
        (["x"], ("not_a_pair", "pauses[0]")),
        ([["2026-11-30T09:00:00Z"]], ("not_a_pair", "pauses[0]")),
        ([["2026-11-30T09:00:00Z", "soon"]], ("not_an_instant", "pauses[0][1]")),
        ([[None, "2026-11-30T09:00:00Z"]], ("field_missing", "pauses[0][0]")),
        ([["2026-11-30T09:00:00Z", "2026-11-30T08:00:00Z"]], ("worktime_pause_backwards", "pauses[0]")),
    ],
)
def test_what_is_no_pause_is_refused_with_its_place(listed, expected):
    assert refused({"pauses": listed}, pauses_from, "pauses") == expected
