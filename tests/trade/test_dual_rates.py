"""A department is charged at cost, the one that supplies is credited at the market: two statements, one balanced entry, nothing left after returns."""

from collections import Counter
from datetime import date

import pytest
from tests.builders import AT, HOUSE
from tests.cast import INES, LUCA, SITI, TOR
from tests.shop import eur, given_item
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.catalogue.exports import export_catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import Kind
from inward.core.pricing import CostPlus, Level, Market, OutsidePrice, PriceRule, Scope, Target, TargetKind
from inward.core.pricing.reading import rule as read_rule
from inward.core.terms import Money, Rate
from inward.core.terms.reading import Fields
from inward.ledger import queries as books
from inward.ledger.models import EntryLine
from inward.trade import operations as trade
from inward.trade import queries, statements
from inward.trade.sharing import Share

NOVEMBER = date(2026, 11, 1)
CHAIR = Target(TargetKind.ITEM, "chair")
DEPARTMENTS = Scope(frozenset({Kind.DEPARTMENT}))


def dual(credit=None):
    return PriceRule(
        "rate-chair",
        Level.RATE,
        "abc-it",
        CostPlus(Rate.percent(0)),
        CHAIR,
        DEPARTMENTS,
        credit=credit or Market(Rate.percent(10)),
    )


@pytest.fixture
def house(house):
    """IT charges a chair at its cost of 60.00 and is credited 90 % of the 100.00 that it costs outside."""
    seen = OutsidePrice(eur("100.00"), "Another shop", AT.date())
    given_item("chair", "abc-it", "Chair", "120.00", cost="60.00", outside=seen)
    catalogue.set_price(by=HOUSE, at=AT, rule=dual())
    return house


def ordered(house, pieces=3, **more):
    return house.order(INES, ("chair", pieces), customer="abc-purchasing", **more).reference


def posted(reference):
    sums = Counter()
    for line in EntryLine.objects.filter(entry__reference=reference).select_related("cost_centre"):
        sums[line.role, line.cost_centre.code] += line.amount_minor
    return {place: minor for place, minor in sums.items() if minor}


def test_each_side_has_its_own_figure_and_the_company_bears_the_difference(house):
    reference = ordered(house)
    assert posted(reference) == {
        ("COST_CENTRE_CHARGE", "abc-purchasing"): 18_000,
        ("COST_RECOVERY", "abc-it"): -27_000,
        ("DUAL_DIFFERENCE", "abc"): 9_000,
    }
    assert books.unbalanced() == []


def test_the_statements_of_all_three_say_so(house):
    ordered(house)
    luca = house.actor(LUCA)
    found = {
        centre: [line.amount for line in statements.statement(viewer=luca, at=AT, centre=centre, month=NOVEMBER).lines]
        for centre in ("abc-purchasing", "abc-it", "abc")
    }
    assert found == {
        "abc-purchasing": [Money.of("180.00", "EUR")],
        "abc-it": [Money.of("-270.00", "EUR")],
        "abc": [Money.of("90.00", "EUR")],
    }
    whole = statements.statement(viewer=luca, at=AT, centre="abc", month=NOVEMBER)
    assert whole.charged == Money.of("90.00", "EUR")
    assert not any(line.may_dispute for line in whole.lines)


def test_partial_returns_give_back_both_figures_and_leave_nothing(house):
    reference = ordered(house, 7)
    tor = house.actor(TOR)
    trade.confirm_delivery(by=tor, at=AT, reference=reference, pieces={1: 7})
    for pieces in (2, 4, 1):
        trade.return_items(by=tor, at=AT, reference=reference, pieces={1: pieces}, reason="Broken.")
    assert posted(reference) == {}


def test_calling_off_leaves_nothing_either(house):
    reference = ordered(house)
    trade.cancel_order(by=house.actor(INES, acting_for="abc-purchasing"), at=AT, reference=reference, reason="Enough.")
    assert posted(reference) == {}


def test_what_was_credited_stays_when_the_rate_changes(house):
    reference = ordered(house)
    catalogue.change_price(
        by=HOUSE, at=AT, price="rate-chair", rule=dual(Market(Rate.percent(50))), valid_from=AT.date()
    )
    (line,) = queries.order(viewer=house.actor(INES, acting_for="abc-purchasing"), at=AT, reference=reference).lines
    assert line.quoted.credited == Money.of("270.00", "EUR")
    assert posted(ordered(house, key="second"))["COST_RECOVERY", "abc-it"] == -15_000


def test_a_shared_order_shares_what_is_charged_and_credits_one_figure(house):
    shares = (Share("abc-purchasing", percent=50), Share("abc-marketing", percent=50))
    reference = ordered(house, shares=shares)
    assert posted(reference) == {
        ("COST_CENTRE_CHARGE", "abc-purchasing"): 9_000,
        ("COST_CENTRE_CHARGE", "abc-marketing"): 9_000,
        ("COST_RECOVERY", "abc-it"): -27_000,
        ("DUAL_DIFFERENCE", "abc"): 9_000,
    }


def test_the_page_of_the_order_says_what_is_charged_what_is_credited_and_from_which_base(house):
    reference = ordered(house)
    page = words(house.browser(INES).get(f"/orders/{reference}/"))
    assert "The supplying department is credited €270.00. By another rate than it is charged" in page
    assert "The supplying department is credited otherwise." in page
    assert "€100.00" in page


def test_in_the_office_a_dual_rate_is_set_changed_and_said_in_words(house):
    siti = house.browser(SITI)
    typed = {
        "supplier": "abc-it",
        "target_kind": "ITEM",
        "target": "help-hour",
        "customer_kinds": ["department", "same_unit"],
        "method": "COST_PLUS",
        "value": "0",
        "currency": "EUR",
        "quantity_min": "1",
        "credit_method": "STANDARD_COST",
        "credit_value": "5",
        "credit_base": "50",
    }
    page = words(saved(siti, "/office/prices/-/new/rate/", **typed))
    assert "The price is kept." in page
    said = words(siti.get("/office/prices/rate-help-hour/"))
    assert "at cost, credited to the supplier: standard cost €50.00 plus 5%" in said
    form = siti.get("/office/prices/rate-help-hour/do/change/").content.decode()
    assert 'value="50' in form
    change = {"valid_from": "2026-11-25", "method": "COST_PLUS", "value": "0", "credit_method": ""}
    saved(siti, "/office/prices/rate-help-hour/do/change/", **change)
    (kept,) = [r for r in price_book().rules if r.id.startswith("rate-help-hour") and date(2026, 12, 1) in r.period]
    assert kept.credit is None
    for wrong in ({"customer_kinds": ["affiliate"]}, {"credit_method": "MARKET", "credit_value": "200"}):
        assert "Not yet" in previewed(siti, "/office/prices/-/new/rate/", **typed | wrong).content.decode()


def test_an_export_brings_the_rate_back_as_it_was(house, tmp_path):
    export_catalogue(viewer=house.actor(SITI), on=AT.date(), folder=tmp_path)
    rows = (tmp_path / "prices.csv").read_text().splitlines()
    head = rows[0].split(",")
    row = dict(zip(head, next(line for line in rows if line.startswith("rate-chair,")).split(","), strict=True))
    assert (row["method"], row["credit_method"], row["credit_value"], row["credit_base"]) == (
        *("COST_PLUS", "MARKET", "10", ""),
    )
    back = read_rule(Fields(row))
    assert (back.method, back.credit, back.scope) == (dual().method, dual().credit, DEPARTMENTS)
