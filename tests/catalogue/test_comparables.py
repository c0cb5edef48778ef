"""Comparable sales: noted with where and when they were seen, compared with until their last day, read from files."""

from dataclasses import replace
from datetime import date

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.catalogue.test_importing import bring_in, of
from tests.shop import eur

from inward.catalogue import comparables, operations, queries
from inward.catalogue.comparables import Range
from inward.catalogue.exports import EXPORTS, export_catalogue
from inward.core.pricing import Comparable, Level, Negotiated, PriceRule, ResaleMinus, Target, TargetKind
from inward.core.terms import Period, Rate, Refusal
from inward.kit import audit
from inward.kit.intake import read_directory
from inward.kit.policy import NotThere, Refused

SEEN = date(2026, 6, 1)
SALE = Comparable("widget-1", "widget-a", eur("4.60"), "A survey", SEEN)
ROW = {
    "id": "widget-1", "offering": "widget-a", "price": "4.60", "currency": "EUR", "source": "A survey",
    "seen_on": "2026-06-01",
}  # fmt: skip


def noted(sale=SALE, by=HOUSE, **more):
    operations.note_comparable(by=by, at=AT, comparable=sale, **more)


def compared(on=ON):
    return [each.id for each in queries.price_book().comparables_on("widget-a", on)]


def test_a_sale_that_is_noted_is_compared_with_and_the_note_says_who_and_whence(house):
    noted(source="tax department")
    assert queries.price_book().comparables == (SALE,)
    (told,) = audit.told(["widget-1"])
    assert (told.act, told.facts["source"], told.facts["seen_in"]) == (
        "catalogue.note_comparable",
        "tax department",
        "A survey",
    )


@pytest.mark.parametrize(
    ("sale", "code"),
    [
        (replace(SALE, seen_on=date(2030, 1, 1)), "comparable_day_unfit"),
        (replace(SALE, price=eur("-1")), "price_negative"),
        (replace(SALE, source=""), "comparable_without_source"),
    ],
)
def test_a_sale_that_cannot_be_so_is_not_kept(house, sale, code):
    with nothing_written(), pytest.raises(Refusal) as caught:
        noted(sale)
    assert caught.value.reason.code == code


def test_a_code_names_one_sale_and_an_item_must_be_there(house):
    noted()
    with nothing_written(), pytest.raises(Refusal) as caught:
        noted(replace(SALE, price=eur("9")))
    assert caught.value.reason.code == "id_twice"
    with nothing_written(), pytest.raises(NotThere):
        noted(replace(SALE, offering="nothing"))
    with nothing_written(), pytest.raises(NotThere):
        operations.end_comparable(by=HOUSE, at=AT, comparable="nothing", valid_until=ON)


def test_only_who_keeps_the_suppliers_prices_notes_and_ends(keeper):
    with nothing_written(), pytest.raises(Refused):
        noted(by=keeper)
    noted()
    with nothing_written(), pytest.raises(Refused):
        operations.end_comparable(by=keeper, at=AT, comparable="widget-1", valid_until=ON)
    with pytest.raises(NotThere):
        comparables.comparable(viewer=keeper, at=AT, on=ON, code="widget-1")
    assert comparables.comparables(viewer=keeper, at=AT, on=ON, params={}).rows == ()


def test_from_its_last_day_on_a_sale_is_compared_with_no_longer_and_stays_known(house):
    noted()
    operations.end_comparable(by=HOUSE, at=AT, comparable="widget-1", valid_until=date(2027, 1, 1), source="old")
    assert compared(date(2026, 12, 31)) == ["widget-1"]
    assert compared(date(2027, 1, 1)) == []
    sheet = comparables.comparable(viewer=HOUSE, at=AT, on=ON, code="widget-1")
    assert [each.says.period.until for each in sheet.versions] == [date(2027, 1, 1), None]
    assert (sheet.record.comparable.price, sheet.record.source) == (eur("4.60"), "old")


def test_the_range_of_an_item_is_told_by_currency(house):
    for number, price in enumerate(("4.00", "4.40", "4.80", "5.20"), 1):
        noted(replace(SALE, id=f"w{number}", price=eur(price)))
    assert comparables.ranges("widget-a", ON) == (Range(eur("4.20"), eur("4.60"), eur("5.00"), 4),)
    assert comparables.ranges("coffee-machine", ON) == ()


class TestFiles:
    def test_a_sale_of_a_file_is_new_once_and_never_changes(self, keeper_of_all):
        given = of({"comparables": [ROW]})
        assert bring_in(keeper_of_all, given, dry_run=True).added == 1
        assert compared() == []
        assert bring_in(keeper_of_all, given).added == 1
        again = bring_in(keeper_of_all, given)
        assert (again.added, again.kept) == (0, 0)
        other = bring_in(keeper_of_all, of({"comparables": [ROW | {"price": "5"}]}))
        assert (other.added, other.kept) == (0, 1)
        assert queries.price_book().comparables == (SALE,)

    @pytest.mark.parametrize(
        ("row", "column", "code"),
        [
            (ROW | {"offering": "nothing"}, "offering", "unknown_offering"),
            (ROW | {"seen_on": "2030-01-01"}, "seen_on", "comparable_day_unfit"),
            (ROW | {"price": "-1"}, "price", "price_negative"),
            (ROW | {"source": "x" * 201}, "source", "text_too_long"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_cell(self, keeper_of_all, row, column, code):
        (problem,) = bring_in(keeper_of_all, of({"comparables": [row]})).report.problems
        assert (problem.file, problem.column, problem.code) == ("comparables.csv", column, code)
        assert compared() == []

    def test_two_rows_of_one_code_are_refused_and_of_an_item_of_others_too(self, keeper, keeper_of_all):
        (problem,) = bring_in(keeper_of_all, of({"comparables": [ROW, ROW]})).report.problems
        assert (problem.line, problem.code) == (3, "id_twice")
        (problem,) = bring_in(keeper, of({"comparables": [ROW]})).report.problems
        assert problem.code == "not_catalogue_keeper"

    def test_methods_and_sales_leave_the_house_as_they_came_in(self, house, tmp_path):
        noted()
        target = Target(TargetKind.ITEM, "widget-a")
        for rule in (
            PriceRule("agreed", Level.AGREEMENT, "xyz", Negotiated(eur("4.60"), eur("4"), eur("5")), target, quantity_min=7),
            PriceRule("resold", Level.AGREEMENT, "xyz", ResaleMinus(eur("6"), Rate.percent("12.5")), target, quantity_min=8),
        ):  # fmt: skip
            operations.set_price(by=HOUSE, at=AT, rule=rule)
        before = queries.price_book()
        counted = export_catalogue(viewer=HOUSE, on=ON, folder=tmp_path)
        assert counted["comparables"] == 1
        given = read_directory(tmp_path, operations.TABLES)
        outcome = bring_in(HOUSE, {name: given[name] for name in ("prices", "comparables")}, dry_run=True)
        assert (outcome.report.problems, outcome.added, outcome.changed, outcome.kept) == ((), 0, 0, 0)
        assert {"agreed", "resold"} <= {rule.id for rule in before.rules}

    def test_the_tables_for_analysis_tell_them(self, house):
        noted(replace(SALE, period=Period(ON, None)))
        (table,) = (each for each in EXPORTS if each.name == "comparables")
        ((code, _, price, currency, seen_in, seen_on, since, until),) = table.rows()
        assert (code, price, currency, seen_in, seen_on, since, until) == (
            "widget-1",
            "460",
            "EUR",
            "A survey",
            SEEN,
            ON,
            None,
        )
