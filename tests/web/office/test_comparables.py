"""Comparable sales and transfer prices in the office: noted, ended, and a price of every method set and changed, each tried first."""

import pytest
from tests.builders import AT, HOUSE, nothing_written
from tests.cast import SITI
from tests.catalogue.test_comparables import SALE, noted
from tests.web.office.test_catalogue_things import opens
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.pricing import Level, PriceRule, Target, TargetKind, Uncontrolled
from inward.core.terms import Rate

SEEN = {"price": "4.60", "currency": "EUR", "seen_at": "A survey", "seen_on": "2026-06-01"}
METHODS = {
    "MARKET": ({"value": "3"}, "market price less 3%"),
    "CUP": ({"value": "0"}, "at the middle of comparable sales"),
    "RESALE_MINUS": ({"value": "20", "base_price": "8", "currency": "EUR"}, "resale price €8.00 less 20%"),
    "STANDARD_COST": ({"value": "5", "base_price": "3", "currency": "EUR"}, "standard cost €3.00 plus 5%"),
    "NEGOTIATED": (
        {"value": "4.5", "price_min": "4", "price_max": "5", "currency": "EUR"},
        "€4.50 each, negotiated between €4.00 and €5.00",
    ),
    "PRORATED": (
        {"value": "25", "price_min": "4", "price_max": "5", "currency": "EUR"},
        "between €4.00 and €5.00, 25% of the difference to the supplier",
    ),
    "FIXED_FEE": ({"value": "50", "currency": "EUR"}, "€50.00 for the whole line, whatever the quantity"),
}
PRICE = {"supplier": "xyz", "target_kind": "ITEM", "target": "widget-a", "quantity_min": "3"}


@pytest.fixture
def siti(house):
    return house.browser(SITI)


def test_comparable_sales_open_with_every_form(siti):
    noted()
    opens(siti, "comparables")
    page = words(siti.get("/office/offerings/widget-a/"))
    assert "€4.60 to €4.60, the middle half of 1 sales; their middle is €4.60" in page


def test_a_sale_is_noted_and_tried_on_the_prices_that_rest_on_it(siti):
    noted()
    middle = PriceRule("cup", Level.RATE, "xyz", Uncontrolled(Rate.percent(0)), Target(TargetKind.ITEM, "widget-a"))
    catalogue.set_price(by=HOUSE, at=AT, rule=middle)
    with nothing_written():
        page = words(
            previewed(siti, "/office/comparables/-/new/note/", offering="widget-a", **SEEN | {"price": "5.60"})
        )
    assert "A sister company: ABC Retail Widget A €4.60 (before tax) €5.10 (before tax)" in page
    page = saved(siti, "/office/comparables/-/new/note/", offering="widget-a", **SEEN | {"price": "5.60"})
    assert "The comparable sale is kept." in words(page)
    assert {each.id for each in price_book().comparables} == {SALE.id, "widget-a-1"}
    saved(siti, f"/office/comparables/{SALE.id}/do/end/", valid_until="2026-12-31")
    assert "Last day" in words(siti.get(f"/office/comparables/{SALE.id}/history/"))


def test_a_sale_seen_tomorrow_is_refused_at_its_day(siti):
    sent = SEEN | {"seen_on": "2031-01-01"}
    with nothing_written():
        page = previewed(siti, "/office/comparables/-/new/note/", offering="widget-a", **sent)
    assert "A comparable sale was seen on" in words(page)


@pytest.mark.parametrize("method", METHODS)
def test_a_rate_of_every_method_is_set_read_and_changed(siti, method):
    given, said = METHODS[method]
    before = {rule.id for rule in price_book().rules}
    page = saved(siti, "/office/prices/-/new/rate/", customer_kinds="affiliate", method=method, **PRICE | given)
    assert "The price is kept." in words(page)
    (fresh,) = {rule.id for rule in price_book().rules} - before
    assert said in words(siti.get(f"/office/prices/{fresh}/"))
    form = siti.get(f"/office/prices/{fresh}/do/change/").content.decode()
    for name, value in given.items():
        assert f'name="{name}" value="' in form, (name, value)
    changed = saved(siti, f"/office/prices/{fresh}/do/change/", valid_from="2027-01-01", method="FIXED", value="4", currency="EUR")  # fmt: skip
    assert "changed from that day on" in words(changed)


def test_a_price_beyond_its_limits_is_refused_before_it_is_kept(siti):
    sent = {"value": "6", "price_min": "4", "price_max": "5", "currency": "EUR"}
    with nothing_written():
        page = previewed(
            siti, "/office/prices/-/new/rate/", customer_kinds="affiliate", method="NEGOTIATED", **PRICE | sent
        )
    assert "The price €6.00 does not lie between €4.00 and €5.00." in words(page)
