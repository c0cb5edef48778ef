"""What the clock promises whatever the calendar: it is what counting minute by minute says, it can be turned round, it only grows,
and it adds up over pauses.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.worktime.reference import Reference

from inward.core.worktime import Calendar, Opened, due, elapsed, is_open, pauses_of, stretches, usable_hours

FIRST_DAYS = {
    "Europe/Oslo": (date(2026, 3, 24), date(2026, 10, 20), date(2026, 12, 20)),
    "America/Sao_Paulo": (date(2015, 10, 13), date(2015, 2, 17)),
    "Asia/Tehran": (date(2016, 3, 16), date(2015, 9, 17)),
    "Asia/Kathmandu": (date(1985, 12, 27), date(2026, 6, 1)),
    "Australia/Lord_Howe": (date(2026, 3, 31), date(2026, 9, 29)),
    "Pacific/Apia": (date(2011, 12, 25), date(2011, 9, 20)),
    "America/New_York": (date(2026, 3, 4), date(2026, 10, 28)),
    "UTC": (date(2024, 2, 25),),
}
"""Days before clocks were put forward or back, half-hours among them, and before a day that never was."""
DAYS = 12
MINUTES = DAYS * 24 * 60
MARGIN = 2 * 24 * 60

spans = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 600)).map(lambda span: (span[0], min(1440, span[0] + span[1]))),
    max_size=3,
)


@st.composite
def asked(draw):
    """A calendar, its reference, and pauses, all to the minute."""
    zone = draw(st.sampled_from(sorted(FIRST_DAYS)))
    first = datetime.combine(draw(st.sampled_from(FIRST_DAYS[zone])), datetime.min.time(), tzinfo=UTC)
    days = [first.date() + timedelta(days=number) for number in range(DAYS)]
    weekly = draw(st.lists(spans, min_size=7, max_size=7))
    weekly[draw(st.integers(0, 6))] = [(480, 960)]
    shifts = draw(st.dictionaries(st.sampled_from(days), spans, max_size=2))
    breaks = draw(st.dictionaries(st.sampled_from(days), spans, max_size=3))
    holidays = draw(st.sets(st.sampled_from(days), max_size=2))
    pauses = sorted(draw(st.lists(st.tuples(minutes(), minutes()).map(sorted).map(tuple), max_size=3)))
    calendar = Calendar(
        ZoneInfo(zone),
        tuple(seconds(each) for each in weekly),
        frozenset(holidays),
        frozenset(),
        {day: seconds(each) for day, each in breaks.items()},
        {day: seconds(each) for day, each in shifts.items()},
    )
    instants = [(first + begins * MINUTE, first + ends * MINUTE) for begins, ends in pauses]

    def hours_of(day):
        return [] if day in holidays else shifts.get(day, weekly[day.weekday()])

    plain = Reference(zone, first, MINUTES, hours_of, lambda day: breaks.get(day, []), instants)
    return Opened(calendar), plain, pauses_of(instants), first


MINUTE = timedelta(minutes=1)


def minutes():
    return st.integers(MARGIN, MINUTES - MARGIN)


def seconds(found):
    return usable_hours([(opens * 60, closes * 60) for opens, closes in found])


@settings(max_examples=40, deadline=None)
@given(asked(), minutes(), minutes())
def test_what_has_passed_is_what_counting_minutes_says(case, one, other):
    opened, plain, pauses, first = case
    start, end = first + min(one, other) * MINUTE, first + max(one, other) * MINUTE

    assert elapsed(opened, start, end, pauses) == 60 * plain.elapsed(start, end)
    assert elapsed(opened, end, start, pauses) == 0
    assert is_open(opened, start, pauses) == (plain.place(start) in plain.open)


@settings(max_examples=40, deadline=None)
@given(asked(), minutes(), st.integers(-2000, 2000))
def test_what_is_due_is_what_counting_minutes_says(case, begin, target):
    opened, plain, pauses, first = case
    start = first + begin * MINUTE
    expected = plain.due(start, target)
    if expected is None or not MARGIN <= plain.place(expected) <= MINUTES - MARGIN:
        return  # beyond what the reference knows

    is_open(opened, start)  # lays the calendar out, so that the quick way is taken where there is one
    found = due(opened, start, 60 * target, pauses)

    assert found.at == expected
    assert found.next_opening >= found.at
    assert elapsed(opened, min(start, found.at), max(start, found.at), pauses) == abs(60 * target)


@settings(max_examples=40, deadline=None)
@given(asked(), minutes(), st.integers(1, 90_000), st.integers(0, 90_000))
def test_more_is_never_due_earlier_and_the_rest_follows(case, begin, target, further):
    opened, _, pauses, first = case
    start = first + begin * MINUTE

    near, far = due(opened, start, target, pauses), due(opened, start, target + further, pauses)

    assert near.at <= far.at
    if further:
        assert due(opened, near.at, further, pauses).at == far.at
    assert elapsed(opened, start, near.at, pauses) == target
    assert elapsed(opened, start, near.at - timedelta(microseconds=1), pauses) < target


@settings(max_examples=40, deadline=None)
@given(asked(), minutes(), minutes(), minutes())
def test_what_has_passed_adds_up_and_pauses_take_out_what_they_cover(case, one, two, three):
    opened, _, pauses, first = case
    start, middle, end = (first + minute * MINUTE for minute in sorted((one, two, three)))

    whole = elapsed(opened, start, end, pauses)
    assert elapsed(opened, start, middle, pauses) + elapsed(opened, middle, end, pauses) == whole
    paused = sum(elapsed(opened, max(start, since), min(end, until)) for since, until in datetimes(pauses))
    assert whole + paused == elapsed(opened, start, end)


@settings(max_examples=40, deadline=None)
@given(asked(), minutes(), minutes())
def test_the_stretches_told_hold_all_that_has_passed(case, one, other):
    opened, _, pauses, first = case
    start, end = first + min(one, other) * MINUTE, first + max(one, other) * MINUTE
    told, before = 0, start
    for since, until in stretches(opened, start, pauses):
        assert before <= since < until
        before = until
        if since >= end:
            break
        told += (min(until, end) - since).total_seconds()
    assert told == elapsed(opened, start, end, pauses)


@settings(max_examples=40, deadline=None)
@given(asked(), minutes(), st.integers(-5000, 5000), st.lists(st.integers(-40_000, 40_000), max_size=4))
def test_no_answer_depends_on_what_was_asked_before(case, begin, target, days):
    opened, _, pauses, first = case
    start = first + begin * MINUTE
    fresh = due(Opened(opened.calendar), start, 60 * target, pauses)
    for away in days:
        is_open(opened, start + timedelta(days=away))

    assert due(opened, start, 60 * target, pauses) == fresh


def datetimes(pauses):
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return [tuple(epoch + timedelta(microseconds=end) for end in pause) for pause in pauses]


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe"])
def test_a_day_of_every_hour_is_as_long_as_the_zone_made_it(zone):
    every = usable_hours([(0, 86_400)])
    opened = Opened(Calendar(ZoneInfo(zone), (every,) * 7))
    start = datetime(2011, 12, 1, tzinfo=UTC)

    assert elapsed(opened, start, start + timedelta(days=60)) == 60 * 86_400
