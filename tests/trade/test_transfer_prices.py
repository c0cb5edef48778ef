"""What an order between companies keeps of its price: the base and the range of its day; and who reads them."""

from datetime import date

import pytest
from tests.builders import AT, HOUSE
from tests.cast import INES, MAYA, NORA, RATNA
from tests.shop import eur
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.core.pricing import Comparable, CostPlus, Level, Negotiated, PriceRule, Scope, Target, TargetKind, Wanted
from inward.core.terms import Rate
from inward.trade import queries

WIDGET = Target(TargetKind.ITEM, "widget-a")


@pytest.fixture
def agreed(house):
    """ABC has agreed on 4.50 with XYZ; strangers paid 4.00 to 5.20."""
    method = Negotiated(eur("4.50"), eur("4.00"), eur("5.00"))
    rule = PriceRule("agreed-abc", Level.AGREEMENT, "xyz", method, WIDGET, Scope(party="abc"))
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    for number, price in enumerate(("4.00", "4.40", "4.80", "5.20"), 1):
        sale = Comparable(f"w{number}", "widget-a", eur(price), "A survey", date(2026, 6, 1))
        catalogue.note_comparable(by=HOUSE, at=AT, comparable=sale)
    return house


def told(line, rule):
    """(base of the rule in the trace, range of the first part)."""
    how = next(each.how for each in line.trace if each.rule == rule)
    return how and how.code, line.parts[0].range


def test_an_order_keeps_the_base_and_the_range_of_its_day_whatever_comes_later(agreed):
    order = agreed.order(INES, ("widget-a", 10), customer="abc")
    ines = agreed.actor(INES, acting_for="abc")
    asked_for = queries.quote_for(viewer=ines, at=AT, lines=[Wanted("widget-a", 10)]).quote.lines[0]
    for number in range(1, 5):
        catalogue.end_comparable(by=HOUSE, at=AT, comparable=f"w{number}", valid_until=AT.date())
    (line,) = queries.order(viewer=ines, at=AT, reference=order.reference).lines
    kept = line.quoted
    assert told(kept, "agreed-abc") == told(asked_for, "agreed-abc")
    how, range_ = told(kept, "agreed-abc")
    assert how == "found_by_negotiation"
    assert (range_.low, range_.median, range_.high, range_.count) == (eur("4.20"), eur("4.60"), eur("5.00"), 4)
    assert range_.within


def test_the_page_of_the_order_and_of_the_item_say_method_base_and_range(agreed):
    order = agreed.order(INES, ("widget-a", 10), customer="abc")
    ines = agreed.browser(INES)
    page = words(ines.get(f"/orders/{order.reference}/"))
    assert "negotiated between €4.00 and €5.00" in page
    assert "Agreed between €4.00, the least the supplier can take, and €5.00" in page
    assert "At arm’s length: €4.50 without tax lies between €4.20 and €5.00" in page


def test_a_customer_outside_reads_neither_what_a_price_rests_on_nor_a_range(agreed):
    rule = PriceRule("for-kestrel", Level.AGREEMENT, "xyz", CostPlus(Rate.percent(30)), WIDGET, Scope(party="kestrel"))
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    nora = agreed.actor(NORA, acting_for="kestrel")
    line = queries.quote_for(viewer=nora, at=AT, lines=[Wanted("widget-a", 1)]).quote.lines[0]
    assert line.parts[0].rule == "for-kestrel"
    assert told(line, "for-kestrel") == (None, None)
    order = agreed.order(NORA, ("widget-a", 1), customer="kestrel")
    ratna = agreed.actor(RATNA)
    (view,) = queries.order(viewer=ratna, at=AT, reference=order.reference).lines
    kept = view.quoted
    assert told(kept, "for-kestrel")[0] == "found_from_cost"


def test_people_do_not_read_what_the_house_pays(agreed):
    rule = PriceRule("for-staff", Level.SCHEME, "abc", CostPlus(Rate.percent(5)), Target(TargetKind.ITEM, "coffee-machine"), scheme="abc-staff")  # fmt: skip
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    maya = agreed.actor(MAYA)
    line = queries.quote_for(viewer=maya, at=AT, lines=[Wanted("coffee-machine", 1)]).quote.lines[0]
    assert (line.parts[0].rule, told(line, "for-staff")) == ("for-staff", (None, None))
