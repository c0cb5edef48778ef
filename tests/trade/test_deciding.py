"""From a wish to a decision, without a database: how it is paid, who bears it, who is asked, what the books say."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.core.pricing.conftest import book, eur, item, listed, money, rule, scheme, staff_rule, world

from inward.core.bookkeeping import Role
from inward.core.classification import Company, Holding, Kind, Person, Unit, WorkKind, WorkRelationship, World
from inward.core.pricing import Free, Level, PercentOff, Scope, TaxRate, Wanted
from inward.core.terms import Money, Period, Rate, Reason, Refusal
from inward.kit.actor import NOBODY
from inward.parties import veil
from inward.trade.deciding import (
    LINES_MAX,
    QUANTITY_MAX,
    Limit,
    Wish,
    absorbed_cost,
    dealing_of,
    decide,
    entries_for,
    settlements,
    sold_lines,
)
from inward.trade.vocabulary import Settlement

ON = date(2026, 5, 4)


def wish(customer, person=None, *, quantity=1, code="machine", **more):
    return Wish(customer, person, (Wanted(code, quantity),), **more)


def shop(*more, **tables):
    return book(
        staff_rule(PercentOff(Rate.percent(25))),
        listed("100.00"),
        *more,
        schemes=[scheme()],
        taxes=[TaxRate("abc", "STD", Rate.percent(20))],
        offerings=[item(tax_code="STD")],
        costs=[("machine", "60.00")],
        **tables,
    )


def decided(asked, *, prices=None, limit=None, house=None):
    return decide(world=house or world(), book=prices or shop(), wish=asked, on=ON, limit=limit)


def refused(make):
    with pytest.raises(Refusal) as caught:
        make()
    return caught.value.reason.code, caught.value.where


def entries(asked, **more):
    decision = decided(asked, **more)
    prices = more.get("prices") or shop()
    return entries_for(dealing_of(decision, reference="o1", subject="s1"), sold_lines(prices, decision.quote.lines))


def told(found):
    return [
        (entry.company, entry.kind.value, [(line.role.value, line.amount.minor) for line in entry.lines])
        for entry in found
    ]


@pytest.mark.parametrize(
    ("customer", "person", "way", "centre"),
    [
        ("maya", "maya", Settlement.PAYROLL, None),
        ("abc-it", "maya", Settlement.COST_CENTRE, "abc-it"),
        ("abc", "maya", Settlement.COST_CENTRE, "abc"),
        ("xyz-buy", "dina", Settlement.INTERCOMPANY, "xyz-buy"),
        ("olav", "olav", Settlement.INVOICE, None),
        ("nora", "nora", Settlement.INVOICE, None),
        ("cafe", "nora", Settlement.INVOICE, None),
    ],
)
def test_the_usual_way_to_pay_follows_from_the_standing(customer, person, way, centre):
    decision = decided(wish(customer, person))
    assert (decision.settlement, decision.cost_centre, decision.budget) == (way, centre, None)
    assert settlements(decision.quote.standing, private=customer == person)[0] is way


def test_a_way_that_is_not_open_is_refused_with_those_that_are():
    with pytest.raises(Refusal) as caught:
        decided(wish("nora", "nora", settlement=Settlement.PAYROLL))
    assert caught.value.reason.facts["possible"] == "INVOICE"
    assert caught.value.reason.code == "settlement_not_open"


def test_a_private_purchase_on_a_cost_centre_names_it_and_always_asks_its_budget():
    asked = wish("maya", "maya", settlement=Settlement.COST_CENTRE)
    assert refused(lambda: decided(asked)) == ("cost_centre_missing", "")
    decision = decided(wish("maya", "maya", settlement=Settlement.COST_CENTRE, cost_centre="abc-shop"))
    assert (decision.cost_centre, decision.budget) == ("abc-shop", "abc-shop")


@pytest.mark.parametrize(
    ("customer", "person", "centre"),
    [("abc-it", "maya", "xyz-buy"), ("maya", "maya", "xyz-buy"), ("abc-it", "maya", "nowhere")],
)
def test_a_cost_centre_of_another_company_bears_nothing_here(customer, person, centre):
    way = Settlement.COST_CENTRE
    assert refused(lambda: decided(wish(customer, person, settlement=way, cost_centre=centre))) == (
        "cost_centre_elsewhere",
        "cost_centre",
    )


def test_a_cost_centre_that_is_closed_that_day_bears_nothing():
    closed = Unit("closed", "abc", period=Period(date(2020, 1, 1), ON))
    house = World.of(
        companies=[Company("abc")],
        units=[Unit("abc-it", "abc"), closed],
        people=[Person("maya")],
        work_relationships=[WorkRelationship("w", "maya", "abc", WorkKind.FULL_TIME)],
    )
    assert refused(lambda: decided(wish("abc-it", "maya", cost_centre="closed"), house=house)) == (
        "cost_centre_elsewhere",
        "cost_centre",
    )
    assert decided(wish("abc-it", "maya", cost_centre="abc"), house=house).cost_centre == "abc"


def test_nobody_buys_privately_for_somebody_else():
    assert refused(lambda: decided(wish("maya", "dina"))) == ("private_for_oneself", "customer")
    assert refused(lambda: decided(wish("maya", None))) == ("private_for_oneself", "customer")


def test_somebody_hidden_is_answered_for_as_somebody_nobody_knows():
    with veil.read_by(replace(NOBODY, hidden=frozenset({"maya"}))), pytest.raises(Refusal) as caught:
        decided(wish("maya", "dina"))
    assert (caught.value.reason, caught.value.where) == (Reason.of("party_unknown", party="maya"), "customer")


@pytest.mark.parametrize(
    ("limit", "budget"),
    [
        (None, None),
        (Limit("abc", money("100.00")), None),
        (Limit("abc", money("99.99")), "abc-it"),
        (Limit("abc", Money.of("1000", "NOK")), "abc-it"),
    ],
)
def test_above_its_limit_a_unit_asks_its_own_budget_and_another_currency_settles_nothing(limit, budget):
    assert decided(wish("abc-it", "maya"), limit=limit).budget == budget


def test_a_private_purchase_on_the_pay_asks_no_budget_whatever_the_limit():
    assert decided(wish("maya", "maya"), limit=Limit("abc", money("0"))).budget is None


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((), "lines_missing"),
        ((Wanted("machine", 1),) * (LINES_MAX + 1), "too_many_lines"),
        ((Wanted("gone", 1),), "offering_gone"),
        ((Wanted("machine", 1), Wanted("kettle", 1)), "lines_of_several_suppliers"),
        ((Wanted("machine", QUANTITY_MAX + 1),), "quantity_too_large"),
        ((Wanted("machine", 0),), "quantity_below_one"),
        ((Wanted("dear", QUANTITY_MAX),), "amount_too_large"),
    ],
)
def test_what_is_no_order_is_refused(lines, code):
    prices = book(
        listed(),
        listed("1", "kettle", supplier="xyz"),
        listed("9999999.99", "dear"),
        offerings=[item(), item("kettle", supplier="xyz"), item("dear")],
    )
    assert refused(lambda: decided(Wish("nora", "nora", lines), prices=prices))[0] == code


def test_what_the_books_say_of_each_kind():
    assert told(entries(wish("maya", "maya"))) == [
        ("abc", "STAFF_SALE", [("EMPLOYEE_RECEIVABLE", 9000), ("STAFF_REVENUE", -7500), ("OUTPUT_TAX", -1500)])
    ]
    assert told(entries(wish("nora", "nora"))) == [
        ("abc", "OUTSIDE_SALE", [("CUSTOMER_RECEIVABLE", 12000), ("REVENUE", -10000), ("OUTPUT_TAX", -2000)])
    ]
    assert told(entries(wish("abc-it", "maya"))) == [
        ("abc", "CHARGEBACK", [("COST_CENTRE_CHARGE", 10000), ("COST_RECOVERY", -10000)])
    ]
    assert told(entries(wish("xyz-buy", "dina"))) == [
        ("abc", "INTERCOMPANY_SALE", [("INTERCOMPANY_RECEIVABLE", 12000), ("INTERCOMPANY_REVENUE", -10000), ("OUTPUT_TAX", -2000)]),
        ("xyz", "INTERCOMPANY_PURCHASE", [("INTERCOMPANY_PURCHASE", 10000), ("INPUT_TAX", 2000), ("INTERCOMPANY_PAYABLE", -12000)]),
    ]  # fmt: skip
    assert [entry[:2] for entry in told(entries(wish("dina", "dina")))] == [
        ("abc", "STAFF_SALE"),
        ("xyz", "STAFF_SETTLEMENT"),
    ]


def test_the_books_know_people_by_their_key_and_companies_by_their_code():
    def customer(asked):
        (first, *_) = entries(asked)
        return next(line.counterparty for line in first.lines if line.role is not Role.OUTPUT_TAX)

    assert customer(wish("nora", "nora")) == "s1"
    assert customer(wish("olav", "olav")) == "s1"
    assert customer(wish("cafe", "nora")) == "cafe"


def test_what_is_free_posts_its_cost_and_nothing_else_and_without_a_cost_nothing_at_all():
    free = rule("free", Level.RATE, Free(), scope=Scope(frozenset({Kind.DEPARTMENT})))
    prices = shop(free)
    assert told(entries(wish("abc-it", "maya", quantity=2), prices=prices)) == [
        ("abc", "FREE_USE", [("FREE_USE", 12000), ("COST_RECOVERY", -12000)])
    ]
    unknown = book(free, listed())
    assert entries(wish("abc-it", "maya"), prices=unknown) == ()
    line = decided(wish("abc-it", "maya"), prices=unknown).quote.lines[0]
    assert absorbed_cost(line) is None


def test_only_the_free_pieces_of_a_line_are_absorbed():
    free = staff_rule(Free())
    prices = book(free, listed(), schemes=[scheme(allowance_units=1)], costs=[("machine", "60.00")])
    line = decided(wish("maya", "maya", quantity=3), prices=prices).quote.lines[0]
    assert absorbed_cost(line) == money("60.00")
    assert told(entries(wish("maya", "maya", quantity=3), prices=prices)) == [
        ("abc", "STAFF_SALE", [("EMPLOYEE_RECEIVABLE", 20000), ("STAFF_REVENUE", -20000)]),
        ("abc", "FREE_USE", [("FREE_USE", 6000), ("COST_RECOVERY", -6000)]),
    ]


def test_a_correction_says_what_it_corrects():
    decision = decided(wish("nora", "nora"))
    dealing = dealing_of(decision, reference="o1", subject="s1")
    (entry,) = entries_for(dealing, sold_lines(shop(), decision.quote.lines), correction_of="o1")
    assert (entry.reference, entry.correction_of) == ("o1", "o1")


def test_half_is_no_sister():
    halves = World.of(
        companies=[Company("jkl"), Company("abc"), Company("cafe")],
        holdings=[Holding("1", "jkl", "abc", Fraction(1)), Holding("2", "jkl", "cafe", Fraction(1, 2))],
    )
    assert decided(wish("cafe", None), house=halves).settlement is Settlement.INVOICE


def test_the_price_of_money_is_kept_exact():
    prices = book(listed("0.01"), offerings=[item()])
    assert decided(wish("nora", "nora", quantity=3), prices=prices).quote.total == Money(3, "EUR")
    assert eur("0.01").minor == 1
