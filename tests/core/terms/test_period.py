"""Periods: the first day counts, the day in ``until`` does not."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.terms import ALWAYS, Period, boundaries

DAY_ONE = date(2026, 1, 1)
DAYS = [DAY_ONE + timedelta(days=number) for number in range(-1, 9)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Periods whose ends lie within one week, open ends among them: small enough to look at every day."""
    start, length = draw(st.integers(0, 6)), draw(st.integers(1, 3))
    first = draw(st.sampled_from([None, DAY_ONE + timedelta(days=start)]))
    until = draw(st.sampled_from([None, DAY_ONE + timedelta(days=start + length)]))
    return Period(first, until)


def days_of(period: Period | None) -> set[date]:
    return {day for day in DAYS if period is not None and day in period}


def test_the_first_day_counts_and_until_does_not() -> None:
    period = Period(date(2026, 1, 1), date(2026, 2, 1))

    assert date(2026, 1, 1) in period
    assert date(2026, 1, 31) in period
    assert date(2026, 2, 1) not in period
    assert date(2025, 12, 31) not in period


def test_people_say_the_last_day_and_it_counts() -> None:
    period = Period.through(date(2026, 1, 1), date(2026, 1, 31))

    assert period == Period(date(2026, 1, 1), date(2026, 2, 1))
    assert period.last == date(2026, 1, 31)
    assert Period.through(None, None) == ALWAYS
    assert ALWAYS.last is None


def test_the_last_day_of_the_calendar_means_for_ever() -> None:
    assert Period.through(date(2026, 1, 1), date(9999, 12, 31)) == Period(date(2026, 1, 1))


@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_period_that_ends_before_it_starts_is_refused(until: date) -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date(2026, 1, 1), until)


@given(one=periods(), other=periods())
def test_the_algebra_is_that_of_sets_of_days(one: Period, other: Period) -> None:
    assert one.overlaps(other) == bool(days_of(one) & days_of(other))
    assert days_of(one.intersection(other)) == days_of(one) & days_of(other)
    assert one.intersection(other) == other.intersection(one)
    assert (one.intersection(other) is None) == (not one.overlaps(other))


@given(one=periods(), other=periods())
def test_covering_means_losing_nothing_by_intersection(one: Period, other: Period) -> None:
    assert one.covers(other) == (one.intersection(other) == other)


@given(st.lists(periods(), max_size=4))
def test_nothing_changes_between_two_boundaries(spans: list[Period]) -> None:
    days = boundaries(spans)

    assert list(days) == sorted(set(days))
    for before, day in itertools.pairwise(DAYS):
        changed = any((before in span) != (day in span) for span in spans)
        assert not changed or day in days
