"""A change of prices tried before it is saved: who pays what today and then, what the orders of late come to, and no trace.

The shop of the tests: a coffee machine at 121.00 with tax inside (staff 25 % off), widgets at 5.00 (sister: cost plus 20 %).
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import AT, LONG_AGO, ON, given_actor, nothing_written
from tests.cast import INES, MAYA, NORA
from tests.shop import EVER, eur

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import Kind
from inward.core.pricing import (
    Cost,
    Fixed,
    Level,
    Offering,
    PercentOff,
    PriceRule,
    Scheme,
    Scope,
    Target,
    TargetKind,
    TaxRate,
)
from inward.core.pricing import revising as change
from inward.core.terms import Money, Period, Rate, Refusal
from inward.kit.policy import NotThere, Refused
from inward.trade import operations, previews
from inward.trade.previews import OrdersTried, price_preview
from inward.trade.trying import Buyer

NEW_YEAR = date(2027, 1, 1)
MACHINE = Target(TargetKind.ITEM, "coffee-machine")
DEARER = "list-coffee-machine@2027-01-01"


@pytest.fixture
def keeper(house):
    return given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))


def dearer(amount="145.20"):
    rule = PriceRule("list-coffee-machine", Level.LIST, "abc", Fixed(eur(amount), includes_tax=True), MACHINE)
    return change.PriceFrom("list-coffee-machine", rule, NEW_YEAR)


def tried(by, what):
    with nothing_written():
        return price_preview(viewer=by, at=AT, change=what)


def figures(preview):
    return {
        row.buyer: (row.customer, str(row.before.price), str(row.after.price), str(row.difference), row.after.rule)
        for row in preview.rows
    }


def test_a_dearer_list_price_is_told_for_every_sort_of_customer(keeper):
    preview = tried(keeper, dearer())
    assert (preview.then, preview.offerings, preview.shown) == (NEW_YEAR, 1, 1)
    assert figures(preview) == {
        Buyer.STAFF: ("henk-verhoef", "90.75 EUR", "108.90 EUR", "18.15 EUR", "staff-abc"),
        Buyer.DEPARTMENT: ("abc-it", "100.00 EUR", "120.00 EUR", "20.00 EUR", DEARER),
        Buyer.SISTER: ("bellavista", "121.00 EUR", "145.20 EUR", "24.20 EUR", DEARER),
        Buyer.OUTSIDER: ("kestrel", "121.00 EUR", "145.20 EUR", "24.20 EUR", DEARER),
    }
    assert all(row.changes for row in preview.rows)


def test_the_orders_of_late_are_priced_anew_and_only_their_sums_are_told(house, keeper):
    house.order(MAYA, ("coffee-machine", 2))
    house.order(NORA, ("coffee-machine", 1), customer="kestrel", key="second")
    gone = house.order(NORA, ("coffee-machine", 3), customer="kestrel", key="third")
    operations.cancel_order(by=house.actor(NORA, acting_for="kestrel"), at=AT, reference=gone.reference, reason="No.")
    house.order(INES, ("widget-a", 5), customer="abc", key="fourth")
    preview = tried(keeper, dearer())
    assert preview.orders == (
        OrdersTried(Kind.OUTSIDE, 1, Money.of("121.00", "EUR"), Money.of("145.20", "EUR")),
        OrdersTried(Kind.STAFF, 1, Money.of("181.50", "EUR"), Money.of("217.80", "EUR")),
    )
    assert preview.orders_cut is False


def test_tax_that_moves_into_a_price_makes_no_difference_of_its_own(keeper):
    rule = PriceRule("list-coffee-machine", Level.LIST, "abc", Fixed(eur("100.00")), MACHINE)
    row = figures(tried(keeper, change.PriceFrom("list-coffee-machine", rule, NEW_YEAR)))[Buyer.OUTSIDER]
    assert row[1:4] == ("121.00 EUR", "100.00 EUR", "0.00 EUR")


def test_orders_that_nothing_would_price_any_more_are_counted_apart(house, keeper):
    house.order(MAYA, ("coffee-machine", 1))
    preview = tried(keeper, change.PriceEnds("list-coffee-machine", NEW_YEAR))
    assert preview.orders == (OrdersTried(Kind.STAFF, 0, None, None, 1),)
    assert {row.after.why_not.code for row in preview.rows} == {"list_price_missing"}
    assert {(row.after.price, row.after.rule, row.difference) for row in preview.rows} == {(None, "", None)}


def test_older_orders_and_those_beyond_the_bound_are_left_out_and_said(house, keeper, monkeypatch):
    house.order(MAYA, ("coffee-machine", 1))
    house.order(MAYA, ("coffee-machine", 1), key="second")
    monkeypatch.setattr(previews, "LINES_MAX", 1)
    preview = tried(keeper, dearer())
    assert ([each.lines for each in preview.orders], preview.orders_cut) == ([1], True)
    later = AT + timedelta(days=91)
    assert price_preview(viewer=keeper, at=later, change=dearer()).orders == ()


def test_more_offerings_than_are_shown_are_counted(keeper, monkeypatch):
    monkeypatch.setattr(previews, "OFFERINGS_MAX", 1)
    agreed = PriceRule(
        "agreed", Level.AGREEMENT, "abc", PercentOff(Rate(Fraction(1, 10))), scope=Scope(party="kestrel"),
        period=Period(NEW_YEAR, None), quantity_min=3,
    )  # fmt: skip
    catalogue.offer_item(by=keeper, at=AT, offering=Offering("kettle", "abc", name="Kettle"))
    preview = tried(keeper, change.NewPrice(agreed))
    assert (preview.offerings, preview.shown) == (2, 1)
    named = preview.rows[0]
    assert (named.buyer, named.customer, named.quantity) == (Buyer.NAMED, "kestrel", 3)
    assert (str(named.before.price), str(named.after.price)) == ("363.00 EUR", "326.70 EUR")
    assert [row.buyer for row in preview.rows] == [Buyer.NAMED, Buyer.STAFF, Buyer.DEPARTMENT, Buyer.SISTER]
    assert [row.changes for row in preview.rows] == [True, False, False, False]


def test_a_conflict_is_told_before_anything_is_saved_and_names_both(keeper):
    twin = PriceRule("twin", Level.LIST, "abc", Fixed(eur("99.00")), MACHINE, period=EVER)
    with nothing_written(), pytest.raises(Refusal) as refused:
        price_preview(viewer=keeper, at=AT, change=change.NewPrice(twin))
    facts = refused.value.reason.facts
    assert {facts["rule"], facts["other"]} == {"list-coffee-machine", "twin"}


def test_a_scheme_is_tried_on_somebody_it_admits(house, keeper):
    scheme = price_book().schemes["abc-staff"]
    strict = figures(tried(keeper, change.SchemeFrom(replace(scheme, tenure_months=240), NEW_YEAR)))[Buyer.STAFF]
    assert strict[1:4] == ("90.75 EUR", "121.00 EUR", "30.25 EUR")
    without = figures(tried(keeper, change.SchemeFrom(replace(scheme, excluded=(MACHINE,)), NEW_YEAR)))[Buyer.STAFF]
    assert (without[0], without[2], without[4]) == ("henk-verhoef", "121.00 EUR", "list-coffee-machine")
    ended = figures(tried(keeper, change.SchemeEnds("abc-staff", NEW_YEAR)))[Buyer.STAFF]
    assert (ended[2], ended[4]) == ("121.00 EUR", "list-coffee-machine")
    assert tried(keeper, change.NewScheme(Scheme("more", "abc", "More"))).rows == ()


def test_costs_taxes_and_items_are_tried_too(keeper):
    cost = tried(keeper, change.CostFrom(Cost("coffee-machine", eur("95.00"), Period(NEW_YEAR, None))))
    assert figures(cost)[Buyer.STAFF][1:3] == ("90.75 EUR", "114.95 EUR")
    tax = tried(keeper, change.TaxFrom(TaxRate("abc", "STANDARD", Rate(Fraction(1, 4)), Period(NEW_YEAR, None))))
    assert (tax.offerings, figures(tax)[Buyer.DEPARTMENT][1:3]) == (1, ("100.00 EUR", "96.80 EUR"))
    item = replace(price_book().offerings["coffee-machine"], tax_code="")
    untaxed = tried(keeper, change.ItemChanged(item))
    assert (untaxed.then, figures(untaxed)[Buyer.DEPARTMENT][2]) == (ON, "121.00 EUR")


def test_only_whoever_may_make_the_change_sees_what_it_would_do(house, keeper):
    for by in (house.actor(MAYA), given_actor("xyz-keeper", ("DATA_ADMINISTRATOR", "xyz"))):
        with pytest.raises(Refused):
            price_preview(viewer=by, at=AT, change=dearer())
    for what in (
        change.PriceEnds("nothing", NEW_YEAR),
        change.SchemeEnds("nothing", NEW_YEAR),
        change.CostFrom(Cost("nothing", eur("1"))),
    ):
        with pytest.raises(NotThere):
            price_preview(viewer=keeper, at=AT, change=what)


def test_a_preview_asks_the_same_few_questions_for_one_order_and_for_three(house, keeper):
    counts = []
    for keys in (("a",), ("b", "c")):
        for key in keys:
            house.order(MAYA, ("coffee-machine", 1), key=key)
        price_preview(viewer=keeper, at=AT, change=dearer())
        with CaptureQueriesContext(connection) as asked:
            price_preview(viewer=keeper, at=AT, change=dearer())
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_a_supplier_without_sisters_is_tried_on_whom_there_is(house):
    all_keeper = given_actor("all-keeper", ("DATA_ADMINISTRATOR", None))
    rule = PriceRule("list-beans", Level.LIST, "kestrel", Fixed(eur("9.00")), period=Period(LONG_AGO, None))
    catalogue.offer_item(by=all_keeper, at=AT, offering=Offering("beans", "kestrel", name="Beans"))
    preview = tried(all_keeper, change.NewPrice(rule))
    assert [row.buyer for row in preview.rows] == [Buyer.STAFF, Buyer.OUTSIDER]
    assert [(row.before.why_not.code, row.changes) for row in preview.rows] == [("list_price_missing", True)] * 2
