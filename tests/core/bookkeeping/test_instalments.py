"""Instalments add up to the cent, shrink from their end, and are due month by month or at once on leaving."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.bookkeeping import Instalment, OnLeaving, PayRule, Plan
from inward.core.bookkeeping.instalments import first_month, following, planned, plans
from inward.core.terms import Money, Refusal

NOV, DEC, JAN = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
ON = date(2026, 11, 24)


def euro(amount):
    return Money.of(amount, "EUR")


def three(leaving=OnLeaving.LAST_PAY, total="100.00"):
    return planned(PayRule(6, leaving=leaving), euro(total), ON, 3)


def amounts(plan):
    return [str(part.amount) for part in plan.parts]


def test_parts_are_even_the_first_larger_by_a_cent_and_run_over_the_turn_of_the_year():
    assert three() == Plan(
        (Instalment(NOV, euro("33.34")), Instalment(DEC, euro("33.33")), Instalment(JAN, euro("33.33"))),
        OnLeaving.LAST_PAY,
    )


@pytest.mark.parametrize(("last_day", "first"), [(31, NOV), (24, NOV), (23, DEC)])
def test_orders_after_the_last_day_begin_with_the_next_pay(last_day, first):
    assert first_month(PayRule(last_day=last_day), ON) == first


def test_an_order_at_once_leaves_the_pay_of_its_own_month_whatever_the_last_day():
    one, two = plans(PayRule(2, last_day=20), euro("100.00"), ON)
    assert (one.parts[0].month, two.parts[0].month) == (NOV, DEC)


def test_the_calendar_ends_and_months_with_it():
    assert following(date(9999, 12, 1), 1) == date(9999, 12, 1)
    assert following(NOV, 14) == date(2028, 1, 1)


def test_what_comes_back_shortens_the_plan_from_its_end():
    assert amounts(three().less(euro("40.00"))) == ["33.34 EUR", "26.66 EUR", "0.00 EUR"]
    assert amounts(three().less(euro("0"))) == amounts(three())
    assert three().less(euro("100.00")).total() == euro("0")


def test_each_month_takes_its_part_and_nothing_before():
    assert [three().due(month)[0] for month in (date(2026, 10, 1), NOV, DEC, JAN)] == [
        euro("0"),
        euro("33.34"),
        euro("66.67"),
        euro("100.00"),
    ]


def test_the_last_pay_takes_the_rest_or_the_rest_is_invoiced():
    assert three().due(NOV, last=DEC) == (euro("33.34"), euro("0"))
    assert three().due(DEC, last=DEC) == (euro("100.00"), euro("0"))
    invoiced = three(OnLeaving.INVOICE)
    assert invoiced.due(DEC, last=DEC) == (euro("66.67"), euro("33.33"))
    assert invoiced.due(JAN, last=DEC) == (euro("66.67"), euro("33.33"))
    assert invoiced.due(JAN, last=date(2026, 10, 1)) == (euro("0"), euro("100.00"))


@pytest.mark.parametrize(
    ("rule", "count", "code"),
    [
        (PayRule(), 2, "instalments_not_open"),
        (PayRule(6), 0, "instalments_not_open"),
        (PayRule(6), 7, "instalments_not_open"),
        (PayRule(6, euro("33.34")), 3, "instalment_too_small"),
        (PayRule(6, Money.of("1", "NOK")), 3, "instalment_too_small"),
    ],
)
def test_more_or_smaller_parts_than_the_company_allows_are_refused(rule, count, code):
    with pytest.raises(Refusal) as refused:
        planned(rule, euro("100.00"), ON, count)
    assert (refused.value.reason.code, refused.value.where) == (code, "instalments")


def test_no_part_is_nothing():
    with pytest.raises(Refusal):
        planned(PayRule(6), euro("0.02"), ON, 3)
    assert amounts(planned(PayRule(6), euro("0"), ON, 1)) == ["0.00 EUR"]


def test_every_plan_that_is_open_is_told_the_shortest_first():
    assert [len(plan.parts) for plan in plans(PayRule(6, euro("30")), euro("100.00"), ON)] == [1, 2, 3]
    assert [len(plan.parts) for plan in plans(PayRule(), euro("100.00"), ON)] == [1]
    assert [len(plan.parts) for plan in plans(PayRule(4), euro("100.00"), ON)] == [1, 2, 3, 4]


@given(st.integers(1, 10**7), st.integers(1, 12), st.integers(0, 10**7))
def test_parts_add_up_and_so_does_what_is_left(total, count, back):
    if total < count:
        return
    plan = planned(PayRule(12), Money(total, "EUR"), ON, count)
    assert plan.total().minor == total
    assert plan.less(Money(min(back, total), "EUR")).total().minor == total - min(back, total)
    assert max(part.amount.minor for part in plan.parts) - min(part.amount.minor for part in plan.parts) <= 1
