"""Rows of text become facts or problems; the page that describes them says the same."""

import csv
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from inward.core.classification import Band, Company, Holding, RightKind, Verdict, WorkKind, World, classify
from inward.core.terms import ALWAYS, Period
from inward.kit.intake import Row
from inward.parties.deciding import Speaker
from inward.parties.vocabulary import SourceRank
from inward.parties.weeks import hours_text
from inward.parties.worldfiles import (
    CHART_COLUMNS,
    HOUSEHOLD_COLUMNS,
    HOUSEHOLD_REQUIRED,
    REQUIRED,
    TABLES,
    read_tables,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "world.md"


def read(table, **values):
    return read_tables({table: [Row(f"{table}.csv", 2, values)]})


def problems(found):
    return [(problem.column, problem.code) for problem in found.problems]


def holding(**values):
    return read("holdings", **{"owner": "jkl", "owned": "abc", "percent": "80"} | values)


def work(**values):
    return read("work_relationships", **{"person": "maya", "company": "abc", "kind": "FULL_TIME"} | values)


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("80", Fraction(4, 5)),
        ("33.33", Fraction(3333, 10000)),
        ("100/3", Fraction(1, 3)),
        ("60 %", Fraction(3, 5)),
        ("0", Fraction(0)),
    ],
)
def test_percents_are_exact(text, votes):
    assert holding(percent=text).holdings[0].votes == votes


@pytest.mark.parametrize("text", ["", "lots", "1/0", "-1", "100.01", "1,5"])
def test_what_is_no_percent_is_refused(text):
    found = holding(percent=text)
    assert (found.holdings, [column for column, _ in problems(found)]) == ([], ["percent"])


@pytest.mark.parametrize(
    ("values", "period"),
    [
        ({}, ALWAYS),
        ({"valid_from": "2026-01-01"}, Period(date(2026, 1, 1), None)),
        ({"valid_until": "2026-01-01"}, Period(None, date(2026, 1, 1))),
        ({"last_day": "2025-12-31"}, Period(None, date(2026, 1, 1))),
        ({"valid_from": "2026-01-01", "last_day": "2026-01-01"}, Period(date(2026, 1, 1), date(2026, 1, 2))),
        ({"valid_from": "2026-01-01", "last_day": "9999-12-31"}, Period(date(2026, 1, 1), None)),
    ],
)
def test_days_are_half_open_and_a_last_day_counts(values, period):
    assert holding(**values).holdings[0].period == period


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"valid_from": "1.1.2026"}, [("valid_from", "not_a_day")]),
        ({"valid_until": "2026-02-30"}, [("valid_until", "not_a_day")]),
        ({"valid_until": "2026-01-01", "last_day": "2025-12-31"}, [("last_day", "period_ends_twice")]),
        ({"valid_from": "2026-01-01", "valid_until": "2026-01-01"}, [("valid_until", "period_backwards")]),
        ({"valid_from": "2026-01-02", "last_day": "2026-01-01"}, [("last_day", "period_backwards")]),
        ({"owner": "j k l"}, [("owner", "code_not_usable")]),
        ({"owned": ""}, [("owned", "field_missing")]),
        ({"source": "x" * 201}, [("source", "text_too_long")]),
        ({"capital_percent": "no"}, [("capital_percent", "not_a_number")]),
        ({"share": "80"}, [("share", "column_unknown")]),
        ({"sourse": "HR"}, [("sourse", "column_misspelt")]),
    ],
)
def test_each_wrong_field_is_named(values, expected):
    found = holding(**values)
    assert (found.holdings, problems(found)) == ([], expected)


@pytest.mark.parametrize(
    ("text", "kind"), [("full-time", WorkKind.FULL_TIME), ("Part time", WorkKind.PART_TIME), ("AGENT", WorkKind.AGENT)]
)
def test_kinds_of_work_are_read_as_people_write_them(text, kind):
    assert work(kind=text).work[0].kind is kind


def test_a_missing_kind_is_one_problem():
    assert problems(work(kind="")) == [("kind", "field_missing")]


def week(**values):
    return read("calendars", **{"party": "abc", "time_zone": "Europe/Oslo", "mon": "09:00-17:00"} | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"mon": ""}, [("mon", "week_without_hours")]),
        ({"mon": "9 to 5"}, [("mon", "hours_unreadable")]),
        ({"tue": "17:00-09:00"}, [("tue", "hours_out_of_order")]),
        ({"time_zone": "Mars/Olympus"}, [("time_zone", "zone_not_known")]),
        ({"time_zone": ""}, [("time_zone", "field_missing")]),
        ({"holidays_of": "XX"}, [("holidays_of", "holidays_not_known")]),
        ({"holidays_of": "NL", "region": "Nowhere"}, [("region", "holidays_not_known")]),
    ],
)
def test_each_wrong_field_of_a_week_is_named(values, expected):
    found = week(**values)
    assert (found.weeks, problems(found)) == ([], expected)


def test_a_week_is_read_with_its_free_days():
    (row,) = week(sat="10:00-14:00", holidays_of="NO", valid_from="2026-01-01").weeks
    assert {day: hours_text(spans) for day, spans in row.week.items() if spans} == {
        "mon": "09:00-17:00",
        "sat": "10:00-14:00",
    }
    assert (row.holidays_of, row.period) == ("NO", Period(date(2026, 1, 1), None))


def test_a_day_of_ones_own_needs_its_day_and_may_be_closed():
    (row,) = read("own_days", party="abc", day="2026-12-24", name="Christmas Eve").own_days
    assert (row.day, row.hours) == (date(2026, 12, 24), ())
    assert problems(read("own_days", party="abc", day="", name="x")) == [("day", "field_missing")]


def test_books_are_kept_in_the_currency_of_prices_and_days_begin_in_utc_unless_said_otherwise():
    (company,) = read("companies", id="abc", name="ABC", currency="EUR").companies
    assert (company.functional_currency, company.time_zone) == ("EUR", "UTC")


def test_the_page_names_every_column_and_which_are_needed():
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    described = {}
    for section in sections:
        title = section.partition("\n")[0]
        if title.endswith(".csv"):
            described[title.removesuffix(".csv")] = re.findall(
                r"^\| `(\w+)` \| (needed)? ?\|", section, flags=re.MULTILINE
            )
    assert {name: tuple(column for column, _ in rows) for name, rows in described.items()} == {
        **TABLES,
        "chart": CHART_COLUMNS,
        "households": HOUSEHOLD_COLUMNS,
    }
    assert {name: tuple(column for column, needed in rows if needed) for name, rows in described.items()} == {
        **REQUIRED,
        "chart": ("person",),
        "households": HOUSEHOLD_REQUIRED,
    }


def test_the_example_on_the_page_is_true():
    block = PAGE.read_text(encoding="utf-8").partition("```csv\n")[2].partition("```")[0]
    rows = [Row("holdings.csv", line, row) for line, row in enumerate(csv.DictReader(block.splitlines()), 2)]
    held = read_tables({"holdings": rows}).holdings
    world = World.of(
        companies=[Company(code) for code in ("jkl", "abc", "xyz")],
        holdings=[Holding(row.id, row.owner, row.owned, row.votes, row.period) for row in held],
    )
    verdicts = [
        classify(supplier="xyz", customer="abc", world=world, on=day).verdict
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert verdicts == [Verdict.INTERNAL, Verdict.EXTERNAL]


def test_the_line_of_business_is_read_and_one_that_is_too_long_is_refused():
    assert work(line_of_business=" retail ").work[0].line_of_business == "retail"
    assert work().work[0].line_of_business == ""
    assert problems(work(line_of_business="l" * 61)) == [("line_of_business", "text_too_long")]


class TestOwnership:
    def test_a_band_instead_of_a_percent(self):
        found = holding(
            percent="", low="25", high="50", low_open="yes", capital_low="10", rank="supplied", register="psc"
        )
        (row,) = found.holdings
        assert row.votes == Band(Fraction(1, 4), Fraction(1, 2), low_open=True)
        assert row.capital == Band(Fraction(1, 10), Fraction(1))
        assert row.speaker == Speaker(SourceRank.SUPPLIED, "psc")

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"percent": ""}, [("percent", "field_missing")]),
            ({"low": "25"}, [("percent", "given_twice")]),
            ({"percent": "", "low": "50", "high": "25"}, [("high", "band_holds_nothing")]),
            ({"percent": "", "low": "50", "high": "50", "high_open": "yes"}, [("high", "band_holds_nothing")]),
            ({"percent": "", "high": "50", "low_open": "maybe"}, [("low_open", "not_one_of")]),
            ({"register": "No Code"}, [("register", "register_not_usable")]),
            ({"rank": "best"}, [("rank", "not_one_of")]),
        ],
    )
    def test_each_wrong_field_of_a_share_is_named(self, values, expected):
        found = holding(**values)
        assert (problems(found), found.holdings) == (expected, [])

    def test_classes_and_shares_are_counted(self):
        (row,) = read("share_classes", id="a", company="abc", issued="100", dividend_each="1/2").share_classes
        assert (row.issued, row.votes_each, row.dividend_each) == (100, 1, Fraction(1, 2))
        (held,) = read("shareholdings", owner="jkl", share_class="a", shares="10").shareholdings
        assert (held.id, held.shares) == ("jkl-a", 10)
        wrong = read("share_classes", id="a", company="abc", issued="many", votes_each="-1")
        assert problems(wrong) == [("issued", "not_a_number"), ("votes_each", "less_than_nothing")]

    def test_a_power_is_called_by_its_ends_and_kind(self):
        (row,) = read("control_rights", target="abc", kind="joint control", holder="jkl", agreement="deal").rights
        assert (row.id, row.kind, row.agreement) == ("jkl-abc-joint_control", RightKind.JOINT_CONTROL, "deal")
        (top,) = read("control_rights", target="abc", kind="TOP").rights
        assert (top.id, top.holder) == ("abc-top", None)
        assert problems(read("control_rights", target="abc", kind="magic")) == [("kind", "not_one_of")]
