"""Periods of what runs, and shares of them: each day once, and every cut adds up."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inward.core.running import Every, months_after, period_of, periods, share
from inward.core.terms import Money, Period, Refusal

DAYS = some.dates(date(1999, 1, 1), date(2060, 12, 31))


def eur(minor):
    return Money(minor, "EUR")


def test_months_after_the_31st_is_the_last_of_a_shorter_month_and_the_31st_again_after_it():
    first = date(2026, 1, 31)

    found = [months_after(first, months) for months in (0, 1, 2, 3, 12, 25)]

    assert found == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2027, 1, 31), date(2028, 2, 29),
    ]  # fmt: skip


def test_a_year_from_a_leap_day_ends_on_the_28th_and_every_fourth_on_the_29th():
    found = [each.until for each in islice(periods(date(2024, 2, 29), Every.YEAR), 4)]

    assert found == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_no_period_lies_beyond_the_calendar():
    with pytest.raises(Refusal) as refused:
        months_after(date(9999, 12, 1), 1)

    assert refused.value.reason.code == "beyond_the_calendar"


def test_no_period_holds_a_day_before_the_first():
    with pytest.raises(Refusal) as refused:
        period_of(date(2026, 3, 2), Every.MONTH, date(2026, 3, 1))

    assert refused.value.reason.code == "before_it_began"


@given(DAYS, some.sampled_from(Every), some.integers(0, 4000))
def test_every_day_lies_in_exactly_one_period(first, every, later):
    day = first + timedelta(days=later)

    held = [each for each in islice(periods(first, every), 2 + later // 27) if day in each]

    assert held == [period_of(first, every, day)]


@given(DAYS, some.sampled_from(Every))
def test_periods_follow_one_another_without_a_gap_and_begin_where_they_are_asked_for(first, every):
    found = list(islice(periods(first, every), 30))

    assert all(one.until == other.start for one, other in pairwise(found))
    assert next(periods(first, every, since=found[17].start)) == found[17]


@some.composite
def _cut(draw):
    """A period, and days at which it is cut."""
    whole = period_of(first := draw(DAYS), draw(some.sampled_from(Every)), first)
    length = (whole.until - whole.start).days
    places = sorted(draw(some.sets(some.integers(1, length - 1), max_size=6)))
    days = [whole.start, *(whole.start + timedelta(days=place) for place in places), whole.until]
    return whole, [Period(one, other) for one, other in pairwise(days)]


@given(_cut(), some.integers(-(10**12), 10**12))
def test_the_parts_of_a_period_add_up_to_it_however_it_is_cut(cut, minor):
    whole, parts = cut

    found = [share(eur(minor), whole, part) for part in parts]

    assert sum(each.minor for each in found) == minor
    days = (whole.until - whole.start).days
    for part, money in zip(parts, found, strict=True):
        assert abs(money.minor * days - minor * (part.until - part.start).days) <= days
    assert found == [-share(eur(-minor), whole, part) for part in parts]


@given(_cut(), some.integers(0, 10**9))
def test_a_part_costs_the_same_whether_it_is_cut_at_once_or_later(cut, minor):
    whole, parts = cut
    middle = Period(parts[0].start, parts[-1].until)

    assert share(eur(minor), whole, middle) == eur(minor)
    assert (
        sum(share(eur(minor), whole, part).minor for part in parts[1:])
        == minor - share(eur(minor), whole, parts[0]).minor
    )


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (Period(date(2026, 1, 1), date(2026, 2, 1)), Period(date(2026, 1, 5), date(2026, 2, 2))),
        (Period(None, date(2026, 2, 1)), Period(date(2026, 1, 5), date(2026, 1, 6))),
        (Period(date(2026, 1, 1), None), Period(date(2026, 1, 5), date(2026, 1, 6))),
    ],
)
def test_days_outside_the_period_have_no_share_in_it(whole, part):
    with pytest.raises(Refusal) as refused:
        share(eur(100), whole, part)

    assert refused.value.reason.code == "part_outside_period"
