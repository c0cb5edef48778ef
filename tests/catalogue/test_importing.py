"""A whole catalogue comes in: all rows or none, or those that are right; what is wrong is named by file, line, column."""

import json
import threading
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from tests.builders import AT, HOUSE, ON, committed, given_actor, nothing_written
from tests.cast import MAYA, given_the_cast
from tests.catalogue.test_operations import rule
from tests.shop import given_the_house

from inward.catalogue import operations, queries
from inward.catalogue.exports import export_catalogue
from inward.core.terms import Refusal
from inward.kit import search
from inward.kit.actor import NOBODY
from inward.kit.intake import Row, RowProblem, read_directory
from inward.kit.policy import Refused

GOOD = {
    "categories": [{"id": "tea", "name": "Tea", "parent": "coffee"}, {"id": "green-tea", "parent": "tea"}],
    "offerings": [
        {"id": "sencha", "supplier": "abc", "name": "Sencha", "category": "green-tea", "cost": "4.00", "cost_currency": "EUR"},
        {"id": "teapot", "supplier": "abc", "name": "Teapot", "category": "tea"},
    ],
    "prices": [
        {"id": "list-sencha", "level": "LIST", "supplier": "abc", "target_kind": "ITEM", "target": "sencha", "method": "FIXED", "value": "8.00", "currency": "EUR"},
        {"id": "tea-staff", "level": "SCHEME", "supplier": "abc", "target_kind": "CATEGORY", "target": "tea", "method": "PERCENT_OFF", "value": "50", "scheme": "tea-lovers"},
        {"id": "tea-kestrel", "level": "AGREEMENT", "supplier": "abc", "customer": "kestrel", "target_kind": "CATEGORY", "target": "tea", "method": "PERCENT_OFF", "value": "5"},
    ],
    "schemes": [{"id": "tea-lovers", "supplier": "abc", "name": "Tea lovers", "employers": ["abc"], "work_kinds": ["TEMPORARY"]}],
    "tax_rates": [{"company": "abc", "tax_code": "FOOD", "percent": "9", "valid_from": "2028-02-29"}],
}  # fmt: skip
ROWS = 2 + 2 + 3 + 1 + 1
ADDED = ROWS + 1  # the cost of an offering is a row of its own


@pytest.fixture
def keeper(keeper_of_all):
    return keeper_of_all


def tables(**changed):
    """The good tables with rows added to some of them."""
    given = {name: [*rows, *changed.get(name, ())] for name, rows in GOOD.items()}
    return {
        name: [
            row if isinstance(row, RowProblem) else Row(f"{name}.csv", line, row) for line, row in enumerate(rows, 2)
        ]
        for name, rows in given.items()
    }


def bring_in(by, given, **how):
    return operations.import_catalogue(by=by, at=AT, tables=given, **how)


def test_every_row_that_is_right_comes_in_and_is_found(keeper):
    outcome = bring_in(keeper, tables(), source="spring list")
    assert (outcome.report.read, outcome.report.problems, outcome.added, outcome.written) == (ROWS, (), ADDED, True)
    book = queries.price_book()
    assert book.categories["green-tea"] == "tea"
    assert {"list-sencha", "tea-staff", "tea-kestrel"} <= {rule.id for rule in book.rules}
    assert book.schemes["tea-lovers"].employers == {"abc"}
    (food,) = [tax for tax in book.taxes if tax.tax_code == "FOOD"]
    assert (food.rate.fraction, food.period.start) == (Fraction(9, 100), date(2028, 2, 29))
    assert search.find("senc", kind=queries.SEARCH_KIND) == ["sencha"]


def test_the_same_catalogue_twice_adds_nothing(keeper):
    bring_in(keeper, tables())
    again = bring_in(keeper, tables())
    assert (again.report.read, again.report.good, again.added) == (ROWS, ROWS, 0)


def test_a_dry_run_tells_and_writes_nothing(keeper):
    with nothing_written():
        outcome = bring_in(keeper, tables(), dry_run=True)
    assert (outcome.added, outcome.written) == (ADDED, False)


BAD = [
    ("offerings", {"id": "x", "supplier": "nobody"}, "supplier", "unknown_party"),
    ("offerings", {"id": "x", "supplier": "abc", "category": "nowhere"}, "category", "unknown_category"),
    ("offerings", {"id": "sencha", "supplier": "abc"}, "id", "id_twice"),
    ("offerings", {"id": "x", "supplier": "abc", "cost": "-1", "cost_currency": "EUR"}, "cost", "price_negative"),
    ("prices", {"id": "x", "level": "LIST", "supplier": "nobody", "method": "FREE"}, "supplier", "unknown_party"),
    ("prices", {"id": "x", "level": "AGREEMENT", "supplier": "abc", "customer": "nobody", "method": "FREE"}, "customer", "unknown_party"),
    ("prices", {"id": "x", "level": "LIST", "supplier": "abc", "target_kind": "ITEM", "target": "nothing", "method": "FIXED", "value": "1", "currency": "EUR"}, "target", "unknown_offering"),
    ("prices", {"id": "x", "level": "LIST", "supplier": "abc", "target_kind": "ITEM", "target": "teapot", "method": "FIXED", "value": "-1", "currency": "EUR"}, "value", "price_negative"),
    ("prices", {"id": "list-sencha", "level": "LIST", "supplier": "abc", "target_kind": "ITEM", "target": "teapot", "method": "FIXED", "value": "1", "currency": "EUR"}, "id", "id_twice"),
    ("schemes", {"id": "x", "supplier": "nobody"}, "supplier", "unknown_party"),
    ("schemes", {"id": "x", "supplier": "abc", "employers": ["nobody"]}, "employers", "unknown_party"),
    ("tax_rates", {"company": "nobody", "tax_code": "T", "percent": "9"}, "company", "unknown_party"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "column", "code"), BAD)
def test_one_row_that_is_wrong_is_named_and_keeps_all_out(keeper, table, row, column, code):
    given = tables(**{table: [row]})
    with nothing_written():
        outcome = bring_in(keeper, given)
    (problem,) = outcome.report.problems
    assert (problem.file, problem.line, problem.column, problem.code) == (
        f"{table}.csv",
        len(GOOD[table]) + 2,
        column,
        code,
    )
    assert (outcome.written, outcome.report.read, outcome.report.good) == (False, ROWS + 1, ROWS)


@pytest.mark.parametrize(("table", "row", "column", "code"), BAD)
def test_the_good_rows_come_in_without_it_when_that_was_chosen(keeper, table, row, column, code):
    outcome = bring_in(keeper, tables(**{table: [row]}), good_rows=True)
    assert (outcome.written, outcome.added, len(outcome.report.problems)) == (True, ADDED, 1)
    assert "sencha" in queries.price_book().offerings
    assert "x" not in queries.price_book().offerings


def test_a_row_that_could_not_be_read_is_reported_with_the_others(keeper):
    unread = RowProblem("offerings.csv", 9, "name", "formula_in_cell", {})
    with nothing_written():
        outcome = bring_in(keeper, tables(offerings=[unread]))
    assert outcome.report.problems == (unread,)


def test_rows_that_are_right_apart_and_false_together_are_refused_whole(keeper):
    clash = GOOD["prices"][0] | {"id": "other-list"}
    for how in ({}, {"good_rows": True}):
        with nothing_written(), pytest.raises(Refusal) as refused:
            bring_in(keeper, tables(prices=[clash]), **how)
        assert refused.value.reason.code == "price_rules_conflict"


def test_a_table_nobody_knows_is_a_mistake_of_the_caller(keeper):
    with nothing_written(), pytest.raises(KeyError):
        bring_in(keeper, {"pricse": []})


def test_only_the_keeper_of_all_brings_a_catalogue_in(house):
    for by in (NOBODY, given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))):
        with nothing_written(), pytest.raises(Refused):
            bring_in(by, tables())


@pytest.mark.django_db(transaction=True)
def test_what_is_exported_comes_in_elsewhere_as_the_same_price_book(tmp_path):
    with committed():
        given_the_house()
        bring_in(HOUSE, tables())
        before = queries.price_book()
        counted = export_catalogue(viewer=HOUSE, on=ON, folder=tmp_path)
    with committed():
        given_the_cast()
        schemes = json.loads((tmp_path / "schemes.json").read_text(encoding="utf-8"))
        given = read_directory(tmp_path, operations.TABLES)
        given["schemes"] = [Row("schemes.json", number, row) for number, row in enumerate(schemes, 1)]
        outcome = bring_in(HOUSE, given)
        after = queries.price_book()
    assert (outcome.report.problems, outcome.written) == ((), True)
    assert sum(counted.values()) == outcome.report.read
    assert (after.categories, after.offerings, after.schemes) == (before.categories, before.offerings, before.schemes)
    assert set(after.rules) == set(before.rules)
    assert set(after.costs) == set(before.costs)
    assert set(after.taxes) == set(before.taxes)


def test_costs_leave_the_house_only_with_its_keeper(house, tmp_path):
    with pytest.raises(Refused):
        export_catalogue(viewer=house.actor(MAYA), on=ON, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_list_price_at_once_are_told_apart():
    with committed():
        given_the_house()
        together, outcomes = threading.Barrier(2), {}

        def enter(code):
            together.wait()
            try:
                operations.set_price(by=HOUSE, at=AT, rule=rule(code, quantity_min=20))
            except Refusal as refusal:
                outcomes[code] = refusal.reason.code
            else:
                outcomes[code] = "done"
            finally:
                connection.close()

        threads = [threading.Thread(target=enter, args=(code,)) for code in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(outcomes.values()) == ["done", "price_rules_conflict"]
        assert sum(found.quantity_min == 20 for found in queries.price_book().rules) == 1
