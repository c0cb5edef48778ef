"""A price book out of the tables of files and JSON: every column, and every refusal with its place."""

from datetime import date
from fractions import Fraction

import pytest

from inward.core.classification import Kind, WorkKind
from inward.core.pricing import (
    AllowanceMeasure,
    CostPlus,
    Fixed,
    Floor,
    Free,
    Level,
    OfferingKind,
    PercentOff,
    Target,
    TargetKind,
    TaxMinimum,
)
from inward.core.pricing.reading import price_book
from inward.core.pricing.reading import scheme as read_scheme
from inward.core.terms import Money, Period, Rate, Refusal, UnitPrice
from inward.core.terms.reading import Fields

TABLES = {
    "categories": [{"id": "kitchen"}, {"id": "coffee", "parent": "kitchen"}],
    "offerings": [
        {
            "id": "machine",
            "supplier": "abc",
            "name": "Machine",
            "benefit_kind": "sport",
            "category": "coffee",
            "kind": "service",
            "tax_code": "STD",
            "cost": "61.20",
            "cost_currency": "EUR",
            "cost_from": "2026-01-01",
            "outside_price": "124",
            "outside_source": "shop",
            "outside_seen_on": "2026-04-01",
        },
        {
            "id": "kettle",
            "supplier": "abc",
            "outside_price": "9",
            "outside_currency": "USD",
            "outside_source": "web",
            "outside_seen_on": "2026-04-01",
        },
        {"id": "plain", "supplier": "abc"},
    ],
    "prices": [
        {
            "id": "list",
            "level": "LIST",
            "supplier": "abc",
            "target_kind": "item",
            "target": "machine",
            "method": "fixed",
            "value": "129.90",
            "currency": "EUR",
            "includes_tax": "yes",
        },
        {
            "id": "staff",
            "level": "scheme",
            "scheme": "s",
            "supplier": "abc",
            "method": "percent_off",
            "value": "25",
            "floor_at_cost": "yes",
            "floor_minimum": "10",
            "currency": "EUR",
            "saving_max": "40",
        },
        {
            "id": "rate",
            "level": "rate",
            "supplier": "abc",
            "customer_kinds": "department, affiliate",
            "method": "cost_plus",
            "value": "1/3",
        },
        {
            "id": "free",
            "level": "agreement",
            "supplier": "abc",
            "customer": "it",
            "method": "free",
            "quantity_min": "2",
            "valid_from": "2026-01-01",
            "valid_until": "2027-01-01",
        },
    ],
    "schemes": [
        {
            "id": "s",
            "supplier": "abc",
            "name": "Staff",
            "work_kinds": ["full_time", "AGENT"],
            "employers": "abc|xyz",
            "tenure_months": 6,
            "included": [{"kind": "category", "id": "kitchen"}],
            "excluded": [{"kind": "item", "id": "kettle"}],
            "allowance_money": "600",
            "allowance_currency": "EUR",
            "allowance_units": 12,
            "allowance_measure": "saving",
        },
        {"id": "open", "supplier": "xyz"},
    ],
    "tax_rates": [
        {"company": "abc", "tax_code": "STD", "percent": "21", "staff_minimum": "cost"},
        {"company": "abc", "tax_code": "LOW", "percent": "9"},
    ],
}


def test_every_column_is_read():
    found = price_book(TABLES, version=7)
    machine, kettle = found.offerings["machine"], found.offerings["kettle"]
    assert (machine.kind, machine.category, machine.tax_code, kettle.kind) == (
        OfferingKind.SERVICE,
        "coffee",
        "STD",
        OfferingKind.GOOD,
    )
    assert (machine.benefit_kind, kettle.benefit_kind) == ("sport", "")
    assert (machine.outside.price, kettle.outside.price.currency) == (UnitPrice.of("124", "EUR"), "USD")
    assert found.cost_on("machine", date(2026, 1, 1)) == UnitPrice.of("61.20", "EUR")
    assert found.cost_on("machine", date(2025, 12, 31)) is None
    rules = {rule.id: rule for rule in found.rules}
    assert rules["list"].method == Fixed(UnitPrice.of("129.90", "EUR"), includes_tax=True)
    assert rules["list"].target == Target(TargetKind.ITEM, "machine")
    assert (rules["staff"].method, rules["staff"].floor) == (
        PercentOff(Rate.percent(25)),
        Floor(at_cost=True, minimum=UnitPrice.of("10", "EUR")),
    )
    assert rules["staff"].saving_max == UnitPrice.of("40", "EUR")
    assert (rules["rate"].method, rules["rate"].scope.kinds) == (
        CostPlus(Rate(Fraction(1, 300))),
        {Kind.DEPARTMENT, Kind.AFFILIATE},
    )
    assert (rules["free"].method, rules["free"].quantity_min, rules["free"].level) == (Free(), 2, Level.AGREEMENT)
    assert (rules["free"].scope.party, rules["free"].period) == ("it", Period(date(2026, 1, 1), date(2027, 1, 1)))
    scheme = found.schemes["s"]
    assert (scheme.work_kinds, scheme.employers) == ({WorkKind.FULL_TIME, WorkKind.AGENT}, {"abc", "xyz"})
    assert (scheme.included, scheme.excluded) == (
        (Target(TargetKind.CATEGORY, "kitchen"),),
        (Target(TargetKind.ITEM, "kettle"),),
    )
    assert (scheme.allowance_money, scheme.allowance_units, scheme.tenure_months) == (Money.of("600", "EUR"), 12, 6)
    assert scheme.allowance_measure is AllowanceMeasure.SAVING
    assert (found.schemes["open"].work_kinds, found.schemes["open"].allowance_money) == (frozenset(WorkKind), None)
    assert [tax.staff_minimum for tax in found.taxes] == [TaxMinimum.NONE, TaxMinimum.COST]
    assert (found.offerings["plain"].outside, found.cost_on("plain", date(2026, 1, 1))) == (None, None)
    assert found.version == 7


@pytest.mark.parametrize(
    ("table", "change", "code", "where"),
    [
        ("prices", {"value": "-5", "method": "percent_off"}, "percent_out_of_bounds", "prices[0].value"),
        ("prices", {"method": "cost_plus", "value": "-1"}, "percent_out_of_bounds", "prices[0].value"),
        ("prices", {"currency": "euro"}, "not_a_currency", "prices[0].currency"),
        ("prices", {"method": "magic"}, "not_one_of", "prices[0].method"),
        ("prices", {"customer_kinds": "staff friends"}, "not_one_of", "prices[0].customer_kinds[1].customer_kinds"),
        ("schemes", {"allowance_money": "0.001"}, "amount_too_fine", "schemes[0].allowance_money"),
        ("offerings", {"outside_source": ""}, "field_missing", "offerings[0].outside_source"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(table, change, code, where):
    changed = TABLES | {table: [TABLES[table][0] | change, *TABLES[table][1:]]}
    with pytest.raises(Refusal) as refused:
        price_book(changed)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_what_a_scheme_covers_comes_from_cells_of_a_table_too():
    row = {"id": "staff", "supplier": "abc", "included_items": "kettle, tea-pot", "excluded_categories": "coffee|tea"}
    found = read_scheme(Fields(row))
    assert found.included == (Target(TargetKind.ITEM, "kettle"), Target(TargetKind.ITEM, "tea-pot"))
    assert found.excluded == (Target(TargetKind.CATEGORY, "coffee"), Target(TargetKind.CATEGORY, "tea"))
