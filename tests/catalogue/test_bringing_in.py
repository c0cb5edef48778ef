"""Catalogue files brought in through the kit: checked, loaded, and taken back with what they changed, found words included."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, given_actor, nothing_written
from tests.cast import INES

from inward.catalogue import queries
from inward.catalogue.models import Category, Offering, OfferingCost, PriceRule, Scheme, TaxRate
from inward.catalogue.queries import SEARCH_KIND
from inward.core import pricing
from inward.core.classification import WorkKind
from inward.core.pricing import Target, TargetKind
from inward.core.terms import Money, Period, Refusal
from inward.kit import imports, search
from inward.kit.intake import Table
from inward.kit.models.imports import ImportState
from inward.kit.policy import Refused

NEW_YEAR = date(2027, 1, 1)
LATER = AT + timedelta(hours=1)
FILES = {
    "categories": "id,name,parent\ntea,Tea,coffee\n",
    "offerings": "id,supplier,name,category,cost,cost_currency,cost_from,outside_price,outside_currency,outside_source,outside_seen_on\n"
    "kettle,abc,Kettle,coffee,10.00,EUR,,,,,\n"
    "coffee-machine,abc,Coffee machine,coffee,70.00,EUR,2027-01-01,119.00,EUR,Another shop,2026-12-01\n",
    "prices": "id,level,supplier,target_kind,target,method,value,currency,valid_from\n"
    "list-widget-a,LIST,xyz,ITEM,widget-a,FIXED,6.00,EUR,2027-01-01\n",
    "schemes": "id,supplier,name,employers,work_kinds,tenure_months,included_items,excluded_categories,allowance_money,allowance_currency,valid_from,limits,lines_of_business,leaving_days\n"
    "abc-partners,abc,ABC partners,abc xyz,part_time agent,6,coffee-machine,coffee,500.00,EUR,2027-01-01,"
    '"[{""id"":""month"",""span"":""MONTH"",""units"":2}]",grid retail,30\n',
    "tax_rates": "company,tax_code,percent,valid_from\nabc,STANDARD,22,2027-01-01\nabc,LOW,9,\n",
}


def loaded(content, sort):
    reference = imports.bring(by=HOUSE, at=AT, sort=sort, chunks=[content.encode()], name=f"{sort}.csv")
    imports.match(by=HOUSE, at=AT, reference=reference, table=Table())
    imports.work(at=AT, reference=reference)
    view = imports.one(viewer=HOUSE, at=AT, reference=reference)
    assert (view.state, view.problems, view.failure) == (ImportState.CHECKED, (), None)
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)
    imports.work(at=AT, reference=reference)
    assert imports.one(viewer=HOUSE, at=AT, reference=reference).state is ImportState.LOADED
    return reference


def facts():
    dated = (OfferingCost, PriceRule, Scheme, TaxRate)
    known = [
        sorted(map(str, table.objects.current().values_list("valid_from", "valid_until", named)))
        for table, named in zip(dated, ("offering__code", "code", "code", "tax_code"), strict=True)
    ]
    things = sorted(map(str, Offering.objects.values_list("code", "outside_price", "outside_seen_on")))
    found = {word: search.find(word, kind=SEARCH_KIND) for word in ("kettle", "coffee", "widget")}
    return known, things, sorted(Category.objects.values_list("code", flat=True)), found


@pytest.mark.parametrize("sort", FILES)
def test_a_catalogue_file_is_taken_back_with_all_it_changed(house, sort):
    before = facts()
    reference = loaded(FILES[sort], sort)
    assert facts() != before
    imports.undo(by=HOUSE, at=LATER, reference=reference)
    assert facts() == before


def test_a_staff_scheme_comes_by_a_row_of_a_table(house):
    loaded(FILES["schemes"], "schemes")
    found = queries.price_book().scheme_on("abc-partners", NEW_YEAR)
    assert found == pricing.Scheme(
        id="abc-partners",
        supplier="abc",
        name="ABC partners",
        period=Period(NEW_YEAR),
        work_kinds=frozenset({WorkKind.PART_TIME, WorkKind.AGENT}),
        employers=frozenset({"abc", "xyz"}),
        tenure_months=6,
        included=(Target(TargetKind.ITEM, "coffee-machine"),),
        excluded=(Target(TargetKind.CATEGORY, "coffee"),),
        allowance_money=Money.of("500.00", "EUR"),
        limits=(pricing.Limit("month", pricing.Span.MONTH, units=2),),
        lines_of_business=frozenset({"grid", "retail"}),
        leaving_days=30,
    )


def test_a_scheme_of_what_nobody_offers_is_refused_by_line(house):
    bad = "id,supplier,included_items,employers\nx,abc,ghost,\ny,abc,,nobody\n"
    reference = imports.bring(by=HOUSE, at=AT, sort="schemes", chunks=[bad.encode()], name="schemes.csv")
    imports.match(by=HOUSE, at=AT, reference=reference, table=Table())
    imports.work(at=AT, reference=reference)
    view = imports.one(viewer=HOUSE, at=AT, reference=reference)
    assert [(each.line, each.column, each.reason.code) for each in view.problems] == [
        (2, "", "unknown_offering"),
        (3, "employers", "unknown_party"),
    ]
    good = bad.replace("y,abc,,nobody\n", "")
    reference = imports.bring(by=HOUSE, at=AT, sort="schemes", chunks=[good.encode()], name="schemes.csv")
    imports.match(by=HOUSE, at=AT, reference=reference, table=Table())
    imports.work(at=AT, reference=reference)
    view = imports.one(viewer=HOUSE, at=AT, reference=reference)
    assert [(each.line, each.reason.code) for each in view.problems] == [(2, "unknown_offering")]


def test_an_item_that_was_ordered_keeps_the_file_that_brought_it(house):
    items = loaded(FILES["offerings"], "offerings")
    prices = (
        "id,level,supplier,target_kind,target,method,value,currency\nlist-kettle,LIST,abc,ITEM,kettle,FIXED,20,EUR\n"
    )
    loaded(prices, "prices")
    house.order(INES, ("kettle", 1), customer="abc")
    with nothing_written(), pytest.raises(Refusal) as refused:
        imports.undo(by=HOUSE, at=LATER, reference=items)
    assert refused.value.reason.code == "import_in_use"
    assert refused.value.reason.facts["table"] in {"trade.OrderLine", "catalogue.PriceRule"}


def test_whoever_no_longer_looks_after_a_supplier_takes_nothing_of_it_back(house):
    mine = loaded(FILES["schemes"], "schemes")
    xenia = given_actor("xenia", ("DATA_ADMINISTRATOR", "xyz"))
    assert imports.listed(viewer=xenia, at=AT, params={}).rows == ()
    with nothing_written(), pytest.raises(Refused):
        imports.undo(by=replace(xenia, subject=HOUSE.subject), at=LATER, reference=mine)


def test_a_row_of_a_party_nobody_knows_is_refused_by_line(house):
    reference = imports.bring(
        by=HOUSE, at=AT, sort="offerings", chunks=[b"id,supplier,name\nx,nobody,X\n"], name="x.csv"
    )
    imports.match(by=HOUSE, at=AT, reference=reference, table=Table())
    imports.work(at=AT, reference=reference)
    (problem,) = imports.one(viewer=HOUSE, at=AT, reference=reference).problems
    assert (problem.line, problem.column, problem.reason.code) == (2, "supplier", "unknown_party")
