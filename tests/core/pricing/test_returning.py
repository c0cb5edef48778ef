"""What comes back for returned pieces: to the cent what was paid, whatever the steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import asked, book, item, listed, money, rule, scheme, staff_rule

from inward.core.classification import Kind
from inward.core.pricing import Free, Level, PercentOff, Scope, TaxRate
from inward.core.pricing.returning import given_back
from inward.core.terms import Money, Rate, Refusal


def sold(quantity, units=None, price="9.99"):
    prices = book(
        staff_rule(PercentOff(Rate.percent(33))),
        listed(price, tax=True),
        offerings=[item(tax_code="STD")],
        taxes=[TaxRate("abc", "STD", Rate.percent(21))],
        schemes=[scheme(allowance_units=units)],
    )
    return asked(prices, quantity=quantity).lines[0]


def test_pieces_at_the_ordinary_price_come_back_first():
    line = sold(5, units=3, price="10.00")
    first = given_back(line, already=0, pieces=2)
    assert (first.gross, first.allowances) == (money("20.00"), ())
    second = given_back(line, already=2, pieces=1)
    assert (second.gross, [(a.scheme, a.units) for a in second.allowances]) == (money("6.70"), [("staff", 1)])
    both = given_back(line, already=1, pieces=3)
    assert both.gross == money("23.40")


@given(st.integers(1, 12), st.integers(0, 12), st.data())
def test_any_steps_add_up_to_the_sale(quantity, units, data):
    line = sold(quantity, units=units)
    already, net, tax, drawn, pieces = 0, Money(0, "EUR"), Money(0, "EUR"), Money(0, "EUR"), 0
    while already < quantity:
        count = data.draw(st.integers(1, quantity - already))
        back = given_back(line, already=already, pieces=count)
        assert back.net + back.tax == back.gross
        net, tax, already = net + back.net, tax + back.tax, already + count
        drawn = sum((allowance.money for allowance in back.allowances), start=drawn)
        pieces += sum(allowance.units for allowance in back.allowances)
    assert (net, tax) == (line.net, line.tax)
    staff = [part for part in line.parts if part.scheme]
    assert drawn == sum((part.drawn for part in staff), start=Money(0, "EUR"))
    assert pieces == sum(part.quantity for part in staff)


def test_the_cost_of_free_pieces_comes_back():
    prices = book(
        rule("free", Level.RATE, Free(), scope=Scope(frozenset({Kind.DEPARTMENT}))),
        listed(),
        costs=[("machine", "3.33")],
    )
    line = asked(prices, customer="abc-it", quantity=3).lines[0]
    costs = [given_back(line, already=n, pieces=1).cost for n in range(3)]
    assert sum((cost for cost in costs), start=Money(0, "EUR")) == money("9.99")
    unknown = asked(
        book(rule("free", Level.RATE, Free(), scope=Scope(frozenset({Kind.DEPARTMENT}))), listed()), customer="abc-it"
    ).lines[0]
    assert given_back(unknown, already=0, pieces=1).cost is None


@pytest.mark.parametrize(("already", "pieces"), [(0, 0), (0, 4), (3, 1), (-1, 1)])
def test_no_more_comes_back_than_was_sold(already, pieces):
    with pytest.raises(Refusal) as refused:
        given_back(sold(3), already=already, pieces=pieces)
    assert refused.value.reason.code == "return_out_of_bounds"
