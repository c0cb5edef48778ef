"""XYZ sells to ABC, both held by JKL and both Dutch. From the day a rule serves tax, no tax is charged between the two.

3.60 a piece for a sister; 21 % tax on top. Directive 2006/112/EC, article 11: supplies within a VAT group are disregarded.
"""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_holding, nothing_written
from tests.cast import INES, MAYA, RATNA, SITI
from tests.web.office.test_office import previewed
from tests.web.reading import words

from inward.core.bookkeeping import Role
from inward.core.classification import Kind
from inward.core.pricing import TaxScope, Wanted
from inward.core.terms import Money
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties.models import Holding
from inward.parties.vocabulary import Purpose
from inward.trade import operations as trade
from inward.trade import queries

LATER = AT + timedelta(minutes=5)
WIDGETS = [Wanted("widget-a", 100)]


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def grouped(house):
    chosen(Purpose.TAX)
    return house


def chosen(purpose, definition="strict_majority", **more):
    parties.choose_definition(by=HOUSE, at=AT, purpose=purpose, definition=definition, **more)


def asked(house):
    return queries.quote_for(viewer=house.actor(INES, acting_for="abc"), at=LATER, lines=WIDGETS).quote


def ordered(house, key="first"):
    by = house.actor(INES, acting_for="abc")
    placed = trade.place_order(by=by, at=LATER, lines=WIDGETS, expected=asked(house).total, key=key)
    return queries.order(viewer=by, at=LATER, reference=placed.reference)


def posted(order):
    found = books.entries_of(viewer=HOUSE, at=LATER, reference=order.row.reference)
    return {entry.company.code: {line.role: line.amount for line in entry.lines} for entry in found}


def test_without_a_rule_for_tax_a_sister_is_charged_tax(house):
    assert (asked(house).tax, asked(house).tax_scope) == (eur("75.60"), TaxScope.NO_RULE)
    order = ordered(house)
    assert (order.tax, order.tax_definition, order.tax_grounds) == (eur("75.60"), "", ())
    assert posted(order)["xyz"][Role.OUTPUT_TAX] == eur("-75.60")


def test_within_a_tax_group_nothing_is_charged_and_the_books_hold_no_tax(grouped):
    order = ordered(grouped)
    assert (order.net, order.tax, order.row.total) == (eur("360.00"), eur("0.00"), eur("360.00"))
    assert order.tax_definition == "strict_majority"
    assert {ground.facts["owned"] for ground in order.tax_grounds} == {"abc", "xyz"}
    sides = posted(order)
    assert sides["xyz"] == {
        Role.INTERCOMPANY_RECEIVABLE: eur("360.00"),
        Role.INTERCOMPANY_REVENUE: eur("-360.00"),
    }
    assert sides["abc"] == {Role.INTERCOMPANY_PURCHASE: eur("360.00"), Role.INTERCOMPANY_PAYABLE: eur("-360.00")}


def test_what_comes_back_is_given_back_without_tax_whatever_rule_tax_has_by_then(grouped):
    order = ordered(grouped)
    server = grouped.actor(RATNA)
    trade.confirm_delivery(by=server, at=LATER, reference=order.row.reference, pieces={1: 100})
    nobody = {"threshold": "99"}
    parties.keep_definition(by=HOUSE, at=AT, code="nobody", name="Nobody", body=nobody)
    chosen(Purpose.TAX, "nobody", valid_from=ON)
    assert asked(grouped).tax_scope is TaxScope.APART
    trade.return_items(by=server, at=LATER, reference=order.row.reference, pieces={1: 10}, reason="Rust", key="back")
    back = books.entries_of(viewer=HOUSE, at=LATER, reference=order.row.reference)[-1]
    assert Role.OUTPUT_TAX not in {line.role for line in back.lines}
    assert {abs(line.amount.minor) for line in back.lines} == {3600}


def test_staff_of_a_sister_are_no_members_and_pay_tax(grouped):
    quoted = queries.quote_for(viewer=grouped.actor(MAYA), at=LATER, lines=[Wanted("coffee-machine", 1)]).quote
    assert (quoted.standing.kind, quoted.tax_scope) == (Kind.STAFF, TaxScope.PERSON)
    assert quoted.tax.minor > 0


def test_the_pages_say_that_it_is_outside_the_scope_and_why(grouped):
    client = grouped.browser(INES)
    client.post("/door/act-for/", {"party": "abc"})
    said = "Outside the scope of tax: the two companies are one tax group by the rule “Majority of votes”."
    for address in ("/shop/widget-a/", f"/orders/{(order := ordered(grouped)).row.reference}/"):
        page = words(client.get(address))
        assert said in page
        assert "Tax none" in page
    assert said in words(client.get(f"/orders/{order.row.reference}/receipt/"))


def test_the_page_inside_says_for_tax_whether_it_is_charged(grouped):
    def told(**asked):
        return words(grouped.browser(SITI).get("/inside/", {"on": ON.isoformat()} | asked))

    assert "No tax is charged: the two companies are one tax group." in told(supplier="xyz", customer="abc")
    assert "Tax is charged: a person never belongs to a tax group." in told(supplier="xyz", customer=MAYA.code)
    assert "Tax is charged: the two companies are not one tax group." in told(supplier="xyz", customer="kestrel")
    assert "No tax is charged: nothing is sold within one company." in told(supplier="abc", customer="abc-it")
    assert "Tax is charged: a tax group ends at the border" in told(supplier="fjord", customer="abc")


def test_the_preview_of_a_rule_for_tax_tells_the_pairs_and_the_orders_that_would_not_be_taxed(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    siti = house.browser(SITI)
    with nothing_written():
        page = words(previewed(siti, "/office/definitions/strict_majority/do/choose/", purpose="TAX", valid_from=""))
    assert "pairs of companies get another verdict" in page
    assert "For tax only companies of one country count" in page
    assert "Of 1 order since then, 0 would have another verdict, 1 another price." in page


def test_the_preview_of_a_sale_tells_who_leaves_the_tax_group(grouped):
    given = {"valid_until": "2026-12-24"}
    page = words(previewed(grouped.browser(SITI), f"/office/holdings/{held()}/do/end/", **given))
    assert "Tax: since 25 Dec 2026 5 pairs of companies become outside: ABC Retail and XYZ Widgets;" in page


def held():
    return Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None).code


def test_a_rule_for_tax_alone_may_take_in_who_is_a_stranger_for_prices(grouped):
    parties.end_holding(by=HOUSE, at=AT, holding=held(), valid_until=ON)
    given_holding("jkl", "xyz", 40, valid_from=ON)
    three_tenths = {"basis": "votes", "threshold": "30", "operator": ">="}
    parties.keep_definition(by=HOUSE, at=AT, code="three-tenths", name="Three tenths", body=three_tenths)
    assert asked(grouped).tax_scope is TaxScope.APART
    chosen(Purpose.TAX, "three-tenths", valid_from=ON)
    order = ordered(grouped)
    assert (order.row.kind, order.net, order.tax) == (Kind.OUTSIDE, eur("500.00"), eur("0.00"))
    assert posted(order)["xyz"] == {Role.CUSTOMER_RECEIVABLE: eur("500.00"), Role.REVENUE: eur("-500.00")}
