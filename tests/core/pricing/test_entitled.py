"""Who may use a scheme: by line of business, and not in the last days before she leaves."""

from dataclasses import replace
from datetime import date

import pytest
from tests.core.pricing.conftest import ON, asked, book, by_rule, listed, scheme, staff_rule, work, world

from inward.core.classification import WorkKind, WorkState
from inward.core.pricing.eligibility import tenure_months
from inward.core.terms import Period, Refusal

LAST = date(2026, 5, 31)
AFTER = date(2026, 6, 1)


def outcome(scheme_, *jobs, on=ON):
    prices = book(listed(), staff_rule(), schemes=[scheme_])
    return by_rule(asked(prices, "gry", house=world(*jobs), on=on).lines[0])["staff"]


def in_line(line, **more):
    return replace(work("gry", **more), line_of_business=line)


WON = ("won", "rule_won")
CLOSED = ("not_applicable", "scheme_closed_before_leaving")


def test_a_scheme_of_one_line_of_business_is_for_nobody_of_another():
    grid = scheme(lines_of_business=frozenset({"grid"}))
    assert outcome(grid, in_line("grid")) == WON
    assert outcome(grid, in_line("retail")) == ("not_applicable", "scheme_for_other_lines")
    assert outcome(grid, in_line("")) == ("not_applicable", "scheme_for_other_lines")
    assert outcome(grid, in_line("retail"), in_line("grid", kind=WorkKind.PART_TIME, number=2)) == WON


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 5, 1), WON), (date(2026, 5, 2), CLOSED), (LAST, CLOSED)])
def test_a_scheme_closes_so_many_days_before_the_last_one(day, expected):
    assert outcome(scheme(leaving_days=30), work("gry", until=AFTER), on=day) == expected


def test_until_the_last_day_where_the_scheme_does_not_close():
    assert outcome(scheme(), work("gry", until=AFTER), on=LAST) == WON


def test_a_contract_that_is_renewed_without_a_gap_does_not_end():
    closing = scheme(leaving_days=30)
    renewed = work("gry", since=AFTER, number=2)
    assert outcome(closing, work("gry", until=AFTER), renewed) == WON
    gap = work("gry", since=date(2026, 6, 2), number=2)
    assert outcome(closing, work("gry", until=AFTER), gap) == CLOSED


def test_who_retires_leaves_unless_retirees_may_buy():
    jobs = (work("gry", until=AFTER), work("gry", kind=WorkKind.RETIREE, since=AFTER, number=2))
    employed = frozenset(WorkKind) - {WorkKind.RETIREE}
    assert outcome(scheme(leaving_days=30), *jobs) == WON
    assert outcome(scheme(leaving_days=30, work_kinds=employed), *jobs) == CLOSED


def test_leaving_one_of_two_employers_leaves_the_price_of_the_other():
    jobs = (work("gry", until=AFTER), work("gry", "xyz", number=2))
    assert outcome(scheme(leaving_days=30), *jobs) == WON


LEAVE = Period(date(2026, 3, 2), date(2026, 6, 1))
IN_STATE = ("not_applicable", "scheme_closed_in_state")


def in_state(*states, **more):
    return replace(work("gry", **more), states=states)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), WON),
        (date(2026, 3, 2), IN_STATE),
        (date(2026, 5, 31), IN_STATE),
        (date(2026, 6, 1), WON),
    ],
)
def test_a_scheme_is_closed_from_the_first_day_of_unpaid_leave_to_its_last(day, expected):
    closed = scheme(closed_in=frozenset({WorkState.UNPAID_LEAVE}))
    assert outcome(closed, in_state((WorkState.UNPAID_LEAVE, LEAVE)), on=day) == expected


def test_a_state_that_the_scheme_does_not_name_closes_nothing():
    notice = in_state((WorkState.NOTICE, LEAVE))
    assert outcome(scheme(), notice, on=LEAVE.start) == WON
    assert outcome(scheme(closed_in=frozenset({WorkState.PROBATION})), notice, on=LEAVE.start) == WON
    assert outcome(scheme(closed_in=frozenset({WorkState.NOTICE})), notice, on=LEAVE.start) == IN_STATE


def test_leave_from_one_of_two_employers_leaves_the_price_of_the_other():
    jobs = (in_state((WorkState.UNPAID_LEAVE, LEAVE)), work("gry", "xyz", number=2))
    closed = scheme(closed_in=frozenset({WorkState.UNPAID_LEAVE}))
    assert outcome(closed, *jobs, on=LEAVE.start) == WON
    assert outcome(replace(closed, employers=frozenset({"abc"})), *jobs, on=LEAVE.start) == IN_STATE


def test_the_months_of_work_go_on_in_unpaid_leave():
    after = scheme(tenure_months=12)
    begun = in_state((WorkState.UNPAID_LEAVE, LEAVE), since=date(2025, 6, 1))
    assert outcome(after, begun, on=date(2026, 6, 1)) == WON


def test_long_work_in_another_line_does_not_make_up_for_short_work_in_the_scheme_s_own():
    grid = scheme(lines_of_business=frozenset({"grid"}), tenure_months=12)
    short = in_line("grid", since=date(2026, 1, 1))
    elsewhere = replace(work("gry", "xyz", number=2), line_of_business="retail")
    assert outcome(grid, short, elsewhere) == ("not_applicable", "scheme_after_months")


def test_less_than_no_days_are_refused_at_the_door():
    with pytest.raises(Refusal) as refused:
        book(listed(), staff_rule(), schemes=[scheme(leaving_days=-1)])
    assert refused.value.reason.code == "price_negative"


def test_two_schemes_for_different_lines_are_no_twins():
    grid, retail = (scheme(key, lines_of_business=frozenset({key})) for key in ("grid", "retail"))
    rules = [staff_rule(key=key, scheme=key) for key in ("grid", "retail")]
    assert book(listed(), *rules, schemes=[grid, retail]).schemes.keys() == {"grid", "retail"}
    with pytest.raises(Refusal) as refused:
        book(listed(), *rules, schemes=[grid, replace(retail, lines_of_business=frozenset())])
    assert refused.value.reason.code == "price_rules_conflict"


def test_work_that_has_not_begun_or_is_over_is_no_tenure():
    assert tenure_months([work("gry", since=AFTER)], "abc", ON) == 0
    assert tenure_months([work("gry", until=ON)], "abc", ON) == 0
    assert tenure_months([], "abc", ON) == 0
    assert tenure_months([], "abc", date.max) == 0
