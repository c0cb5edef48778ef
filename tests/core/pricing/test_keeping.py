"""What is bought under a scheme is kept, the saving is repaid to the cent otherwise, and what came back cools off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import ON, asked, book, by_rule, item, listed, money, scheme, staff_rule, world

from inward.core.pricing import Kept, PercentOff, PriceBook, TaxMinimum, TaxRate, Used, Wanted, quote
from inward.core.pricing.allowances import CAME_BACK
from inward.core.pricing.keeping import repaid
from inward.core.terms import Money, Rate, Refusal

DAY = timedelta(days=1)
LAST = ON + 180 * DAY


def sold(quantity, units=None, price="10.00", on=ON, minimum=TaxMinimum.NONE, **more):
    conduct = {"keep_days": 180, "repays_early": True} | more
    prices = book(
        staff_rule(PercentOff(Rate.percent(33))),
        listed(price, tax=True),
        offerings=[item(tax_code="STD")],
        taxes=[TaxRate("abc", "STD", Rate.percent(21), staff_minimum=minimum)],
        schemes=[scheme(allowance_units=units, **conduct)],
    )
    return asked(prices, quantity=quantity, on=on).lines[0]


def test_the_order_keeps_until_when_and_what_is_repaid_otherwise():
    staff, rest = sold(3, units=2).parts
    assert staff.kept == Kept(LAST, money("5.46"), money("1.14"))
    assert (staff.kept.repay, rest.kept) == (money("6.60"), None)


def test_pieces_at_staff_price_go_first_and_those_at_the_ordinary_price_cost_nothing_more():
    line = sold(3, units=2)
    first = repaid(line, already=0, pieces=1, on=ON)
    assert (first.gross, first.parts) == (money("3.30"), ((0, 1),))
    rest = repaid(line, already=1, pieces=2, on=ON)
    assert (rest.gross, rest.parts) == (money("3.30"), ((0, 1),))
    assert repaid(line, already=2, pieces=1, on=ON).parts == ()


def test_from_the_day_after_on_nothing_follows():
    assert repaid(sold(1), already=0, pieces=1, on=LAST).gross == money("3.30")
    assert repaid(sold(1), already=0, pieces=1, on=LAST + DAY).gross == money("0")


def test_a_scheme_that_only_asks_to_keep_it_takes_nothing_and_one_that_asks_for_nothing_keeps_no_day():
    noted = sold(1, repays_early=False)
    assert noted.parts[0].kept == Kept(LAST)
    assert noted.parts[0].kept.repay is None
    assert repaid(noted, already=0, pieces=1, on=ON).gross == money("0")
    free = sold(1, keep_days=0)
    assert free.parts[0].kept is None
    assert repaid(free, already=0, pieces=1, on=ON).gross == money("0")


def test_at_the_end_of_the_calendar_nothing_is_kept_beyond_it():
    assert sold(1, on=date.max - 179 * DAY).parts[0].kept is None
    assert sold(1, on=date.max - 180 * DAY).parts[0].kept.until == date.max


def test_tax_that_was_paid_on_the_ordinary_price_is_not_paid_again():
    part = sold(1, minimum=TaxMinimum.ORDINARY).parts[0]
    # The tax in 10.00 is 1.74, that on 8.26 is 1.73: the cent between them is all.
    assert (part.kept.repay_tax, part.gross + part.kept.repay) == (money("0.01"), money("10.00"))


@given(st.integers(1, 12), st.integers(0, 12), st.data())
def test_any_steps_add_up_to_what_all_cost_more(quantity, units, data):
    line = sold(quantity, units=units, price="9.99")
    already, total = 0, Money(0, "EUR")
    while already < quantity:
        count = data.draw(st.integers(1, quantity - already))
        total += repaid(line, already=already, pieces=count, on=ON).gross
        already += count
    whole = sum((part.kept.repay for part in line.parts if part.kept), start=Money(0, "EUR"))
    assert total == whole


@pytest.mark.parametrize(("already", "pieces"), [(0, 0), (-1, 1), (2, 2)])
def test_more_than_the_line_has_is_refused(already, pieces):
    with pytest.raises(Refusal) as refused:
        repaid(sold(3), already=already, pieces=pieces, on=ON)
    assert refused.value.reason.code == "return_out_of_bounds"


COOLING = book(listed(), staff_rule(), schemes=[scheme(cooling_days=30)])


def cooled(day, on=ON, scheme_="staff", item_="machine", prices=COOLING):
    used = [Used(scheme_, day.isoformat(), money("0"), 1, CAME_BACK, item_)]
    lines = [Wanted("machine", 1)]
    return quote(world=world(), book=prices, supplier="abc", customer="maya", on=on, lines=lines, used=used).lines[0]


@pytest.mark.parametrize(("ago", "price"), [(0, "100.00"), (29, "100.00"), (30, "75.00"), (-1, "75.00")])
def test_what_came_back_has_no_staff_price_for_so_many_days(ago, price):
    assert cooled(ON - ago * DAY).gross == money(price)


def test_it_says_from_when_on_it_is_sold_again():
    line = cooled(ON - 10 * DAY)
    assert by_rule(line)["staff"] == ("not_applicable", "scheme_cooling_off")
    (why,) = (each.why for each in line.trace if each.rule == "staff")
    assert why.facts["next_on"] == ON + 20 * DAY


def test_other_items_and_schemes_do_not_cool():
    assert cooled(ON, scheme_="other").gross == money("75.00")
    assert cooled(ON, item_="kettle").gross == money("75.00")


def test_a_price_of_before_the_return_is_not_remembered_nor_one_of_after_it():
    fresh = book(listed(), staff_rule(), schemes=[scheme(cooling_days=30)])
    assert asked(fresh, quantity=1).lines[0].gross == money("75.00")
    assert cooled(ON, prices=fresh).gross == money("100.00")
    assert asked(fresh, quantity=1).lines[0].gross == money("75.00")


def test_a_book_looks_back_as_far_as_things_cool():
    assert (COOLING.reach, book(listed()).reach) == (30, 0)


@pytest.mark.parametrize("field", ["keep_days", "cooling_days"])
def test_days_below_nothing_are_refused(field):
    with pytest.raises(Refusal) as refused:
        PriceBook.of(schemes=[scheme(**{field: -1})])
    assert refused.value.reason.code == "price_negative"
