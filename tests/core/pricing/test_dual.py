"""Dual rates: a department is charged by one method, the one that supplies is credited by another, each from a named base."""

from dataclasses import replace

import pytest
from tests.core.pricing.conftest import ON, asked, book, by_rule, eur, item, listed, money, rule, scheme, world

from inward.core.classification import Kind
from inward.core.pricing import (
    Agreed,
    CostPlus,
    Fixed,
    FixedFee,
    Free,
    Level,
    Market,
    Negotiated,
    OutsidePrice,
    PercentOff,
    Prorated,
    ResaleMinus,
    Scope,
    StandardCost,
    TaxRate,
    Uncontrolled,
    Wanted,
    quote,
)
from inward.core.pricing.reading import rule as read_rule
from inward.core.pricing.returning import given_back
from inward.core.running import Plan, RunningKind
from inward.core.terms import Rate, Refusal
from inward.core.terms.reading import Fields

DEPARTMENTS = Scope(frozenset({Kind.DEPARTMENT, Kind.SAME_UNIT}))
SEEN = OutsidePrice(eur("90.00"), "Another shop", ON)


def dual(credit=None, method=None, **more):
    more = {"scope": DEPARTMENTS} | more
    return rule(
        "dual",
        more.pop("level", Level.RATE),
        method or CostPlus(Rate.percent(0)),
        credit=credit or Market(Rate.percent(10)),
        **more,
    )


def prices(*rules, outside=SEEN, costs=(("machine", "60.00"),), **more):
    return book(listed(), *(rules or (dual(),)), offerings=[item(outside=outside, **more)], costs=costs)


def line(*rules, quantity=3, customer="abc-it", **more):
    return asked(prices(*rules, **more), customer=customer, quantity=quantity).lines[0]


def test_the_receiver_is_charged_at_cost_and_the_supplier_credited_at_the_market():
    found = line()
    assert (found.price, found.credited) == (money("180.00"), money("243.00"))
    (won,) = [each for each in found.trace if each.rule == "dual"]
    assert (won.how.code, won.credited.code) == ("found_at_cost", "found_from_market")
    assert won.credited.facts["base"] == eur("90.00")


@pytest.mark.parametrize(
    ("credit", "credited"),
    [
        (Fixed(eur("70")), "70.00"),
        (PercentOff(Rate.percent(20)), "80.00"),
        (CostPlus(Rate.percent(25)), "75.00"),
        (Market(Rate.percent(0)), "90.00"),
        (ResaleMinus(eur("110"), Rate.percent(30)), "77.00"),
        (StandardCost(eur("62"), Rate.percent(0)), "62.00"),
    ],
)
def test_every_method_with_one_base_credits(credit, credited):
    assert line(dual(credit), quantity=1).credited == money(credited)


def test_without_another_rate_nothing_is_credited_otherwise():
    found = line(rule("rate", Level.RATE, CostPlus(Rate.percent(0)), scope=DEPARTMENTS))
    assert (found.credited, found.parts[0].credited) == (None, None)


def test_a_market_price_with_tax_in_it_is_credited_without():
    taxed = book(
        listed("121.00", tax=True),
        dual(Market(Rate.percent(0))),
        offerings=[item(outside=OutsidePrice(eur("121.00"), "Another shop", ON), tax_code="STD")],
        costs=[("machine", "60.00")],
        taxes=[TaxRate("abc", "STD", Rate.percent(21))],
    )
    assert asked(taxed, customer="abc-it").lines[0].credited == money("100.00")


@pytest.mark.parametrize(
    ("credit", "more", "code"),
    [
        (Market(Rate.percent(0)), {"outside": None}, "market_price_not_known"),
        (Uncontrolled(Rate.percent(0)), {}, "comparables_missing"),
        (CostPlus(Rate.percent(0)), {"costs": ()}, "cost_not_known"),
    ],
)
def test_where_a_base_is_not_known_the_rate_is_not_used(credit, more, code):
    found = line(dual(credit, Fixed(eur("50"))), **more)
    assert found.price == money("300.00")
    assert by_rule(found)["dual"] == ("not_applicable", code)


def test_what_runs_is_not_priced_by_two_rates():
    plan = Plan(RunningKind.SUBSCRIPTION)
    found = line(plan=plan)
    assert by_rule(found)["dual"] == ("not_applicable", "credit_not_running")


def test_returns_give_back_both_figures_piece_by_piece():
    found = line(dual(Fixed(eur("100/3")), Fixed(eur("50/7"))), quantity=7)
    backs = [given_back(found, already=already, pieces=1) for already in range(7)]
    assert sum((back.net for back in backs), start=money("0")) == found.net == money("50.00")
    assert sum((back.credited for back in backs), start=money("0")) == found.credited == money("233.33")


def test_a_return_of_what_is_credited_as_charged_says_nothing_of_it():
    found = line(rule("rate", Level.RATE, CostPlus(Rate.percent(0)), scope=DEPARTMENTS))
    assert given_back(found, already=0, pieces=1).credited is None


def test_what_was_agreed_keeps_its_credit():
    agreed = Agreed("order-1", eur("55"), includes_tax=False, credit=eur("80"))
    found = quote(
        world=world(), book=prices(), supplier="abc", customer="abc-it", on=ON, lines=[Wanted("machine", 2, agreed)]
    ).lines[0]
    assert (found.price, found.credited) == (money("110.00"), money("160.00"))


@pytest.mark.parametrize(
    ("unfit", "code"),
    [
        (dual(scope=Scope(frozenset({Kind.AFFILIATE}))), "credit_for_departments"),
        (dual(scope=Scope(frozenset({Kind.DEPARTMENT, Kind.AFFILIATE}))), "credit_for_departments"),
        (dual(scope=Scope()), "credit_for_departments"),
        (dual(level=Level.AGREEMENT), "credit_for_departments"),
        (dual(level=Level.SCHEME, scheme="staff"), "credit_for_departments"),
        (dual(method=Free()), "credit_for_departments"),
        (dual(Free()), "credit_method_unfit"),
        (dual(Fixed(eur("5"), includes_tax=True)), "credit_method_unfit"),
        (dual(FixedFee(eur("5"))), "credit_method_unfit"),
        (dual(Negotiated(eur("5"), eur("4"), eur("6"))), "credit_method_unfit"),
        (dual(Prorated(eur("4"), eur("6"), Rate.percent(50))), "credit_method_unfit"),
        (dual(Market(Rate.percent(101))), "percent_out_of_bounds"),
        (dual(Fixed(eur("-1"))), "price_negative"),
    ],
)
def test_a_credit_that_cannot_be_is_kept_out_at_the_door(unfit, code):
    with pytest.raises(Refusal) as refused:
        book(listed(), unfit, schemes=[scheme()])
    assert refused.value.reason.code == code


ROW = {
    "id": "dual",
    "level": "RATE",
    "supplier": "abc",
    "customer_kinds": "department same_unit",
    "method": "COST_PLUS",
    "value": "0",
    "currency": "EUR",
    "credit_method": "STANDARD_COST",
    "credit_value": "5",
    "credit_base": "62",
}


def test_a_row_tells_of_both_methods():
    assert read_rule(Fields(ROW)) == replace(dual(StandardCost(eur("62"), Rate.percent(5))), id="dual")
    assert read_rule(Fields(ROW | {"credit_method": ""})).credit is None
    market = ROW | {"credit_method": "MARKET", "credit_value": "10", "credit_base": ""}
    assert read_rule(Fields(market)).credit == Market(Rate.percent(10))
    fixed = ROW | {"credit_method": "FIXED", "credit_value": "70"}
    assert read_rule(Fields(fixed)).credit == Fixed(eur("70"))


@pytest.mark.parametrize(
    ("cell", "typed", "where"),
    [
        ("credit_base", "", "prices[0].credit_base"),
        ("credit_value", "x", "prices[0].credit_value"),
        ("credit_method", "FREE", "prices[0].credit_method"),
        ("credit_method", "guess", "prices[0].credit_method"),
        ("currency", "€", "prices[0].currency"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cell, typed, where):
    with pytest.raises(Refusal) as refused:
        read_rule(Fields(ROW | {cell: typed}, "prices[0]"))
    assert refused.value.where == where
