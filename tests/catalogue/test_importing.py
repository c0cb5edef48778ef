"""A whole catalogue comes in: all rows or none, or those that are right; what is wrong is named by file, line, column."""

import json
import threading
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from tests.builders import AT, HOUSE, LONG_AGO, ON, committed, given_actor, nothing_written
from tests.cast import MAYA, given_the_cast
from tests.catalogue.test_operations import rule
from tests.shop import eur, given_the_house

from inward.catalogue import operations, queries
from inward.catalogue.exports import export_catalogue
from inward.catalogue.models import PriceRule
from inward.core.terms import Period, Refusal
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


CHANGED = {
    "offerings": [
        {"id": "coffee-machine", "supplier": "abc", "name": "Coffee machine", "category": "coffee", "tax_code": "STANDARD", "cost": "66.00", "cost_currency": "EUR", "cost_from": "2027-01-01",
         "outside_price": "118.00", "outside_currency": "EUR", "outside_source": "Fair", "outside_seen_on": "2026-12-01"},
    ],
    "prices": [
        {"id": "list-coffee-machine", "level": "LIST", "supplier": "abc", "target_kind": "ITEM", "target": "coffee-machine", "method": "FIXED", "value": "140.00", "currency": "EUR", "includes_tax": "yes", "valid_from": "2027-01-01"},
    ],
    "schemes": [{"id": "abc-staff", "supplier": "abc", "name": "ABC staff purchase", "employers": ["abc"], "allowance_money": "900", "allowance_currency": "EUR", "valid_from": "2027-01-01"}],
    "tax_rates": [{"company": "abc", "tax_code": "STANDARD", "percent": "25", "valid_from": "2027-01-01"}],
}  # fmt: skip
NEW_YEAR = date(2027, 1, 1)


def of(given):
    return {name: [Row(f"{name}.csv", line, row) for line, row in enumerate(rows, 2)] for name, rows in given.items()}


def figures(outcome):
    return outcome.added, outcome.changed, outcome.kept, outcome.written


def test_what_is_known_goes_on_otherwise_from_the_day_the_file_names(keeper):
    with nothing_written():
        assert figures(bring_in(keeper, of(CHANGED), dry_run=True)) == (0, 5, 0, False)
    assert figures(bring_in(keeper, of(CHANGED), source="price list 2027")) == (0, 5, 0, True)
    book = queries.price_book()
    rules = {rule.id: rule.period for rule in book.rules if rule.id.startswith("list-coffee-machine")}
    assert rules == {
        "list-coffee-machine": Period(LONG_AGO, NEW_YEAR),
        "list-coffee-machine@2027-01-01": Period(NEW_YEAR, None),
    }
    assert [str(scheme.allowance_money) for scheme in book.scheme_versions["abc-staff"]] == ["600.00 EUR", "900.00 EUR"]
    assert [book.cost_on("coffee-machine", day) for day in (ON, NEW_YEAR)] == [eur("60.00"), eur("66.00")]
    assert [book.tax_on("abc", "STANDARD", day).rate.fraction for day in (ON, NEW_YEAR)] == [
        Fraction(21, 100),
        Fraction(1, 4),
    ]
    assert book.offerings["coffee-machine"].outside.source == "Fair"
    earlier = PriceRule.objects.exclude(known_until=None).get(code="list-coffee-machine")
    assert (earlier.valid_until, earlier.known_until) == (None, AT)


def test_the_same_changes_twice_change_nothing_more(keeper):
    bring_in(keeper, of(CHANGED))
    assert figures(bring_in(keeper, of(CHANGED))) == (0, 0, 0, True)


def test_a_day_in_two_steps_ends_the_running_one_at_the_first(keeper):
    later = {"company": "abc", "tax_code": "STANDARD", "percent": "26", "valid_from": "2028-01-01"}
    first = CHANGED["tax_rates"][0] | {"valid_until": "2028-01-01"}
    assert figures(bring_in(keeper, of({"tax_rates": [later, first]}))) == (0, 2, 0, True)
    rates = [tax for tax in queries.price_book().taxes if (tax.company, tax.tax_code) == ("abc", "STANDARD")]
    assert [tax.period.start for tax in rates] == [LONG_AGO, NEW_YEAR, date(2028, 1, 1)]


def test_after_an_end_a_price_begins_anew_from_a_day_in_the_file(keeper):
    operations.end_price(by=keeper, at=AT, price="list-coffee-machine", valid_until=date(2026, 12, 1))
    assert figures(bring_in(keeper, of({"prices": CHANGED["prices"]}))) == (0, 1, 0, True)
    periods = [rule.period for rule in queries.price_book().rules if rule.id.startswith("list-coffee")]
    assert periods == [Period(LONG_AGO, date(2026, 12, 1)), Period(NEW_YEAR, None)]


def test_rows_that_say_otherwise_without_a_later_day_change_nothing_and_are_counted(keeper):
    bring_in(keeper, of(CHANGED))
    price = CHANGED["prices"][0]
    given = {
        "categories": [{"id": "coffee", "name": "Coffee", "parent": "widgets"}, {"id": "widgets"}],
        "offerings": [
            {"id": "coffee-machine", "supplier": "abc", "name": "Other name", "category": "coffee", "tax_code": "STANDARD"},
            {"id": "coffee-machine", "supplier": "abc", "category": "coffee", "tax_code": "STANDARD", "outside_price": "1", "outside_currency": "EUR", "outside_source": "Old", "outside_seen_on": "2020-01-01"},
        ],
        "prices": [
            price | {"id": "list-widget-a", "value": "9", "supplier": "xyz", "target": "widget-a", "includes_tax": "no"} | {"valid_from": ""},
            price | {"value": "150", "valid_from": "2026-12-01"},
            price | {"id": "list-coffee-machine@2027-01-01", "valid_until": "2027-06-01"},
        ],
    }  # fmt: skip
    before = queries.price_book()
    assert figures(bring_in(keeper, of(given))) == (0, 0, 6, True)
    after = queries.price_book()
    assert (after.rules, after.offerings, after.categories) == (before.rules, before.offerings, before.categories)


def test_a_change_that_would_meet_another_price_is_refused_already_on_the_dry_run(keeper):
    clash = CHANGED["prices"][0] | {"id": "other-list"}
    for how in ({"dry_run": True}, {}):
        with nothing_written():
            outcome = bring_in(keeper, of({"prices": [clash]}), **how)
        assert [problem.code for problem in outcome.report.problems] == ["price_rules_conflict"]
        assert not outcome.written


@pytest.mark.parametrize("many", [1200])
def test_many_changes_are_written_set_wise(keeper, django_assert_max_num_queries, many):
    prices = [
        GOOD["prices"][0] | {"id": f"ten-{n}", "quantity_min": str(n + 2), "valid_from": "2020-01-01"}
        for n in range(many)
    ]
    given = {**{name: rows for name, rows in GOOD.items() if name != "prices"}, "prices": [*GOOD["prices"], *prices]}
    bring_in(keeper, of(given))
    later = [row | {"value": "9.00", "valid_from": "2027-01-01"} for row in prices]
    with django_assert_max_num_queries(120):
        assert figures(bring_in(keeper, of({"prices": later}))) == (0, many, 0, True)


BAD = [
    ("offerings", {"id": "x", "supplier": "nobody"}, "supplier", "unknown_party"),
    ("offerings", {"id": "x", "supplier": "abc", "category": "nowhere"}, "category", "unknown_category"),
    ("offerings", {"id": "sencha", "supplier": "abc"}, "id", "id_twice"),
    ("offerings", {"id": "x", "supplier": "abc", "cost": "-1", "cost_currency": "EUR"}, "cost", "price_negative"),
    ("offerings", {"id": "x", "supplier": "abc", "plan": "COVER", "plan_insurer": "nobody"}, "plan_insurer", "unknown_party"),
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


CLASH = GOOD["prices"][0] | {"id": "other-list"}


def test_a_file_without_a_needed_column_is_refused_row_by_row_and_told_once(keeper):
    given = tables()
    given["tax_rates"] = [Row("tax_rates.csv", line, {"company": "abc", "tax_code": "FOOD"}) for line in (2, 3, 4)]
    with nothing_written():
        outcome = bring_in(keeper, given)
    (told,) = outcome.report.problems
    assert (told.file, told.line, told.column, told.code) == ("tax_rates.csv", 1, "percent", "column_missing")
    assert told.facts["found"] == "company, tax_code"
    assert (outcome.report.read, outcome.report.good) == (ROWS + 2, ROWS - 1)


def under_another(column, value):
    """The good tables, with two prices under a heading that has this column too."""
    first = GOOD["prices"][0] | {column: value}
    given = tables()
    given["prices"] = [Row("prices.csv", 2, first), Row("prices.csv", 3, first | {"id": "second", "target": "teapot"})]
    return given


def test_a_misspelt_column_keeps_its_file_out_and_is_told_once_with_the_one_that_is_meant(keeper):
    prices = PriceRule.objects.count()
    with nothing_written():
        outcome = bring_in(keeper, under_another("valid_form", "2027-01-01"))
    (told,) = outcome.report.problems
    assert (told.file, told.line, told.column, told.code) == ("prices.csv", 1, "valid_form", "column_misspelt")
    assert told.facts == {"column": "valid_form", "near": "valid_from"}
    assert (outcome.report.read, outcome.report.good) == (ROWS - 1, ROWS - 3)
    again = bring_in(keeper, under_another("valid_form", "2027-01-01"), good_rows=True)
    assert (again.written, again.added) == (True, ADDED - 3)
    assert PriceRule.objects.count() == prices


def test_a_column_that_is_like_none_is_told_with_those_there_are(keeper):
    with nothing_written():
        (told,) = bring_in(keeper, under_another("offering", "coffee")).report.problems
    assert (told.column, told.code) == ("offering", "column_unknown")
    assert "target" in told.facts["known"].split(", ")


def test_a_misspelt_field_of_a_scheme_is_refused(keeper):
    with nothing_written():
        outcome = bring_in(keeper, tables(schemes=[{"id": "x", "supplier": "abc", "allowence_units": 3}]))
    (told,) = outcome.report.problems
    assert (told.column, told.code) == ("allowence_units", "field_unknown")


def test_a_row_that_contradicts_another_is_named_and_keeps_all_out(keeper):
    with nothing_written():
        outcome = bring_in(keeper, tables(prices=[CLASH]))
    (problem,) = outcome.report.problems
    assert (problem.file, problem.line, problem.code) == ("prices.csv", 5, "price_rules_conflict")
    assert (outcome.written, outcome.report.good) == (False, ROWS)


def test_every_contradiction_is_told_at_once_with_what_is_wrong_by_itself_and_none_counts_as_new(keeper):
    given = tables(prices=[CLASH, CLASH | {"id": "third-list"}], offerings=[{"id": "x", "supplier": "nobody"}])
    for how in ({"dry_run": True}, {}):
        with nothing_written():
            outcome = bring_in(keeper, given, **how)
        assert [(p.file, p.line, p.code) for p in outcome.report.problems] == [
            ("offerings.csv", 4, "unknown_party"),
            ("prices.csv", 5, "price_rules_conflict"),
            ("prices.csv", 6, "price_rules_conflict"),
        ]
        assert (outcome.written, outcome.report.good, outcome.added) == (False, ROWS, ADDED)


def test_of_many_prices_that_all_conflict_one_stays_and_the_count_says_so(keeper):
    many = [CLASH | {"id": f"list-{number:03}"} for number in range(150)]
    unknown = [GOOD["prices"][1] | {"id": f"staff-{number:03}", "scheme": "nobody-s"} for number in range(150)]
    given = tables(prices=[*many, *unknown])
    with nothing_written():
        outcome = bring_in(keeper, given)
    codes = [problem.code for problem in outcome.report.problems]
    assert (codes.count("price_rules_conflict"), codes.count("unknown_scheme")) == (150, 150)
    assert (outcome.report.good, outcome.added) == (ROWS, ADDED)
    kept = bring_in(keeper, given, good_rows=True)
    assert (kept.report, kept.added, kept.written) == (outcome.report, ADDED, True)


def test_a_price_that_falls_by_itself_brings_none_down_that_it_would_conflict_with(keeper):
    wrong = GOOD["prices"][1] | {"id": "a-staff", "scheme": "nobody-s"}
    good = GOOD["prices"][2] | {"id": "b-kestrel", "target": "green-tea"}
    clash = good | {"id": "a-kestrel", "value": "101"}
    outcome = bring_in(keeper, tables(prices=[wrong, good, clash]), good_rows=True)
    assert [(p.line, p.code) for p in outcome.report.problems] == [(5, "unknown_scheme"), (7, "percent_out_of_bounds")]
    assert "b-kestrel" in {rule.id for rule in queries.price_book().rules}


def test_of_two_rows_of_one_scheme_or_rate_on_one_day_the_second_falls(keeper):
    given = tables(
        schemes=[{"id": "twice", "supplier": "abc"}, {"id": "twice", "supplier": "abc", "valid_from": "2027-01-01"}],
        tax_rates=[
            {"company": "abc", "tax_code": "ODD", "percent": "9", "valid_until": "2027-01-01"},
            {"company": "abc", "tax_code": "ODD", "percent": "10", "valid_from": "2027-01-01"},
            {"company": "abc", "tax_code": "ODD", "percent": "11", "valid_from": "2026-12-31"},
        ],
    )
    outcome = bring_in(keeper, given, good_rows=True)
    assert [(p.file, p.line, p.code) for p in outcome.report.problems] == [
        ("schemes.csv", 4, "id_twice"),
        ("tax_rates.csv", 5, "tax_rates_overlap"),
    ]
    assert (outcome.written, outcome.added) == (True, ADDED + 3)
    assert [rate.rate.fraction for rate in queries.price_book().taxes if rate.tax_code == "ODD"] == [
        Fraction(9, 100),
        Fraction(1, 10),
    ]


def test_the_rows_that_agree_come_in_without_those_that_do_not_when_that_was_chosen(keeper):
    lost = {"id": "lost", "parent": "no-such-category"}
    of_lost = {"id": "matcha", "supplier": "abc", "category": "lost"}
    outcome = bring_in(keeper, tables(prices=[CLASH], categories=[lost], offerings=[of_lost]), good_rows=True)
    assert [(p.file, p.line, p.code) for p in outcome.report.problems] == [
        ("categories.csv", 4, "unknown_category"),
        ("offerings.csv", 4, "unknown_category"),
        ("prices.csv", 5, "price_rules_conflict"),
    ]
    assert (outcome.written, outcome.added) == (True, ADDED)
    assert "other-list" not in {rule.id for rule in queries.price_book().rules}


def test_what_is_known_already_is_not_blamed_for_a_row_that_contradicts_it(keeper):
    bring_in(keeper, tables())
    given = {"prices": [Row("prices.csv", 2, CLASH | {"id": "a-list"})]}
    (problem,) = bring_in(keeper, given).report.problems
    assert (problem.line, problem.code) == (2, "price_rules_conflict")


def test_a_file_in_which_rows_fall_without_an_end_is_no_catalogue(keeper, monkeypatch):
    from inward.catalogue.operations import importing

    monkeypatch.setattr(importing, "_ROUNDS_MAX", 1)
    given = tables(
        categories=[{"id": "lost", "parent": "no-such-category"}],
        offerings=[{"id": "matcha", "supplier": "abc", "category": "lost"}],
    )
    for good_rows in (True, False):
        with nothing_written(), pytest.raises(Refusal) as refused:
            bring_in(keeper, given, good_rows=good_rows)
        assert refused.value.reason.code == "catalogue_does_not_agree"


def test_when_no_row_is_to_blame_the_refusal_is_told_as_it_is(keeper, monkeypatch):
    from inward.catalogue.operations import importing
    from inward.core.terms import Reason

    fault = Refusal(Reason.of("category_cycle", category="x"), where="category x")
    monkeypatch.setattr(importing._Read, "faults", lambda _read: [fault])
    with nothing_written(), pytest.raises(Refusal) as refused:
        bring_in(keeper, tables())
    assert refused.value.reason.code == "category_cycle"


def test_where_a_row_is_refused_anyhow_a_contradiction_of_no_row_waits_until_it_is_mended(keeper, monkeypatch):
    from inward.catalogue.operations import importing
    from inward.core.terms import Reason

    fault = Refusal(Reason.of("category_cycle", category="x"), where="category x")
    monkeypatch.setattr(importing._Read, "faults", lambda _read: [fault])
    given = tables(offerings=[{"id": "x", "supplier": "nobody"}])
    with nothing_written():
        outcome = bring_in(keeper, given)
    assert [problem.code for problem in outcome.report.problems] == ["unknown_party"]
    with nothing_written(), pytest.raises(Refusal) as refused:
        bring_in(keeper, given, good_rows=True)
    assert refused.value.reason.code == "category_cycle"


HOSTILE = [
    ("categories", {"id": "x" * 121}, "id", "text_too_long"),
    ("categories", {"id": "tea"}, "id", "id_twice"),
    ("offerings", {"id": "a\0b", "supplier": "abc"}, "id", "cell_unfit"),
    ("offerings", {"id": "\ud800", "supplier": "abc"}, "id", "cell_unfit"),
    ("offerings", {"id": "n", "supplier": "abc", "name": "é" * 201}, "name", "text_too_long"),
    ("offerings", {"id": "n", "supplier": "abc", "tax_code": "x" * 41}, "tax_code", "text_too_long"),
    ("offerings", {"id": "n", "supplier": "abc", "cost": "1e50", "cost_currency": "EUR"}, "cost", "number_not_kept"),
    (
        "offerings",
        {"id": "n", "supplier": "abc", "cost": f"1/{10**70 + 1}", "cost_currency": "EUR"},
        "cost",
        "number_not_kept",
    ),
    ("prices", GOOD["prices"][0] | {"id": "p", "quantity_min": "9" * 30}, "quantity_min", "number_not_kept"),
    ("prices", GOOD["prices"][0] | {"id": "p", "valid_from": "30 February"}, "valid_from", "not_a_day"),
    ("prices", GOOD["prices"][0] | {"id": "p", "target": "tea"}, "", "unknown_offering"),
    ("prices", GOOD["prices"][1] | {"id": "p", "scheme": "nobody-s"}, "", "unknown_scheme"),
    ("prices", GOOD["prices"][0] | {"id": "p", "value": "0." + "3" * 90}, "value", "number_not_kept"),
    ("schemes", {"id": "s", "supplier": "abc", "allowance_units": 10**12}, "allowance_units", "number_not_kept"),
    ("schemes", {"id": "s", "supplier": "abc", "tenure_months": -1}, "", "price_negative"),
    ("tax_rates", {"company": "abc", "tax_code": "ODD", "percent": "-100"}, "", "percent_out_of_bounds"),
]


@pytest.mark.parametrize(("table", "row", "column", "code"), HOSTILE)
def test_what_no_column_could_take_is_named_and_the_others_come_in(keeper, table, row, column, code):
    outcome = bring_in(keeper, tables(**{table: [row]}), good_rows=True)
    (problem,) = outcome.report.problems
    assert (problem.file, problem.column, problem.code) == (f"{table}.csv", column, code)
    assert outcome.written


def test_a_table_nobody_knows_is_a_mistake_of_the_caller(keeper):
    with nothing_written(), pytest.raises(KeyError):
        bring_in(keeper, {"pricse": []})


def test_whoever_looks_after_no_supplier_brings_nothing_in(house):
    for by in (NOBODY, given_actor("abc-controller", ("CONTROLLER", "abc"))):
        with nothing_written(), pytest.raises(Refused):
            bring_in(by, tables())


@pytest.mark.django_db(transaction=True)
def test_what_is_exported_comes_in_elsewhere_as_the_same_price_book(tmp_path):
    with committed():
        given_the_house()
        bring_in(HOUSE, tables())
        bring_in(HOUSE, of({"prices": CHANGED["prices"], "schemes": CHANGED["schemes"]}))
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
    assert (after.categories, after.offerings, after.scheme_versions) == (
        before.categories,
        before.offerings,
        before.scheme_versions,
    )
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


def test_whoever_looks_after_one_supplier_brings_in_what_is_hers(keeper):
    bring_in(keeper, tables())
    abe = given_actor("abe", ("DATA_ADMINISTRATOR", "abc"))
    mine = {
        "offerings": [{"id": "whisk", "supplier": "abc", "name": "Whisk"}],
        "prices": [{"id": "list-sencha", "level": "LIST", "supplier": "abc", "target_kind": "ITEM", "target": "sencha", "method": "FIXED", "value": "9.00", "currency": "EUR", "valid_from": "2027-01-01"}],
        "schemes": [{"id": "whisks", "supplier": "abc", "included": [{"kind": "ITEM", "id": "whisk"}]}],
        "tax_rates": [{"company": "abc", "tax_code": "FOOD", "percent": "10", "valid_from": "2029-01-01"}],
        "categories": [{"id": "tea", "parent": "coffee"}],
    }  # fmt: skip
    outcome = bring_in(abe, {name: [Row(name, 2, row) for row in rows] for name, rows in mine.items()})
    assert (outcome.report.problems, outcome.written, outcome.added, outcome.changed) == ((), True, 2, 2)


def test_rows_of_other_suppliers_and_new_categories_are_refused_one_by_one(keeper):
    bring_in(keeper, tables())
    xenia = given_actor("xenia", ("DATA_ADMINISTRATOR", "xyz"))
    theirs = {
        "categories": [{"id": "herbs"}],
        "offerings": [{"id": "whisk", "supplier": "abc"}, {"id": "sencha", "supplier": "xyz"}, {"id": "bolt", "supplier": "xyz"}],
        "prices": [{"id": "list-sencha", "level": "LIST", "supplier": "xyz", "method": "FREE", "valid_from": "2027-01-01"}],
        "schemes": [{"id": "tea-lovers", "supplier": "xyz"}],
        "tax_rates": [{"company": "abc", "tax_code": "FOOD", "percent": "10", "valid_from": "2029-01-01"}],
    }  # fmt: skip
    given = {name: [Row(name, line, row) for line, row in enumerate(rows, 2)] for name, rows in theirs.items()}
    outcome = bring_in(xenia, given, good_rows=True)
    assert [(each.file, each.line, each.column, each.code) for each in outcome.report.problems] == [
        ("categories", 2, "id", "not_catalogue_keeper_of_all"),
        ("offerings", 2, "supplier", "not_catalogue_keeper"),
        ("offerings", 3, "supplier", "not_catalogue_keeper"),
        ("prices", 2, "supplier", "not_catalogue_keeper"),
        ("schemes", 2, "supplier", "not_catalogue_keeper"),
        ("tax_rates", 2, "company", "not_catalogue_keeper"),
    ]
    assert (outcome.added, outcome.changed) == (1, 0)
    book = queries.price_book()
    assert (book.offerings["sencha"].supplier, book.schemes["tea-lovers"].supplier) == ("abc", "abc")
    assert {"whisk", "herbs"}.isdisjoint({*book.offerings, *book.categories})
