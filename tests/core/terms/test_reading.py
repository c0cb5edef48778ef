"""Fields are read into values, or refused with the place where they stand."""

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import pytest

from inward.core.terms import Fields, Period, Refusal


class Colour(Enum):
    """Something to choose from."""

    DARK_RED = "DARK_RED"
    BLUE = "BLUE"


ROW = Fields(
    {
        "id": " jkl ",
        "number": 7,
        "empty": "",
        "blank": " ",
        "percent": "33.33",
        "decimal": Decimal("0.5"),
        "fraction": "45/0.52",
        "float": 0.1,
        "on": "2026-11-24",
        "valid_from": "2026-01-01",
        "colour": "dark-red",
        "yes": "Yes",
        "true": True,
        "zero": 0,
        "list": [{"id": "a"}, 3],
        "word": "ten",
        "null": None,
    },
    "rows[2]",
)


def refused(reading: Any) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        reading()
    return refusal.value.reason.code, refusal.value.where


def test_text_is_trimmed_and_a_whole_number_may_be_an_id() -> None:
    assert (ROW.text("id"), ROW.text("number")) == ("jkl", "7")
    assert (ROW.text_or_none("id"), ROW.text_or_none("empty"), ROW.text_or_none("null")) == ("jkl", None, None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "field_missing"),
        ("blank", "field_missing"),
        ("nothing", "field_missing"),
        ("list", "not_text"),
        ("true", "not_text"),
    ],
)
def test_what_is_no_text_is_refused(name: str, code: str) -> None:
    assert refused(lambda: ROW.text(name)) == (code, f"rows[2].{name}")


def test_numbers_are_exact() -> None:
    assert ROW.number("number") == 7
    assert ROW.number("percent") == Fraction(3333, 100)
    assert ROW.number("decimal") == Fraction(1, 2)
    assert ROW.number("fraction") == Fraction(1125, 13)
    assert ROW.whole("number") == 7


@pytest.mark.parametrize(
    ("name", "code"),
    [("empty", "field_missing"), ("word", "not_a_number"), ("float", "not_a_number"), ("true", "not_a_number")],
)
def test_what_is_no_exact_number_is_refused(name: str, code: str) -> None:
    assert refused(lambda: ROW.number(name)) == (code, f"rows[2].{name}")


def test_a_whole_number_has_no_decimals() -> None:
    assert refused(lambda: ROW.whole("percent")) == ("not_a_whole_number", "rows[2].percent")


def test_flags_are_read_as_people_write_them() -> None:
    assert (ROW.flag("yes"), ROW.flag("true"), ROW.flag("zero")) == (True, True, False)
    assert (ROW.flag("empty"), ROW.flag("empty", default=True)) == (False, True)
    assert refused(lambda: ROW.flag("word")) == ("not_a_flag", "rows[2].word")


def test_days_and_periods_are_read() -> None:
    assert ROW.day("on") == date(2026, 11, 24)
    assert ROW.period() == Period(date(2026, 1, 1))
    assert ROW.period("empty", "on") == Period(None, date(2026, 11, 24))
    assert refused(lambda: ROW.day("word")) == ("not_a_day", "rows[2].word")


@pytest.mark.parametrize("until", ["2026-01-01", "2025-12-31"])
def test_a_period_that_ends_before_it_begins_is_refused(until: str) -> None:
    row = Fields({"valid_from": "2026-01-01", "valid_until": until})

    assert refused(row.period) == ("period_backwards", "valid_until")


def test_a_period_may_name_its_last_day_instead() -> None:
    row = Fields({"valid_from": "2026-01-01", "last_day": "2026-01-01"})

    assert row.period() == Period(date(2026, 1, 1), date(2026, 1, 2))
    assert refused(Fields({"valid_from": "2026-01-02", "last_day": "2026-01-01"}).period) == (
        "period_backwards",
        "last_day",
    )
    assert refused(Fields({"valid_until": "2026-01-02", "last_day": "2026-01-01"}).period) == (
        "period_ends_twice",
        "last_day",
    )


def test_a_choice_is_read_in_either_case_and_spelling() -> None:
    assert ROW.choice("colour", Colour) is Colour.DARK_RED
    assert Fields({"colour": "Dark red"}).choice("colour", Colour) is Colour.DARK_RED
    with pytest.raises(Refusal) as refusal:
        ROW.choice("word", Colour)
    assert refusal.value.reason.facts == {"value": "ten", "allowed": "blue, dark_red"}


def test_a_list_of_objects_knows_its_places() -> None:
    rows = ROW.rows("list")

    assert next(rows).where == "rows[2].list[0]"
    assert refused(lambda: next(rows)) == ("not_an_object", "rows[2].list[1]")
    assert list(ROW.rows("nothing")) == []
    assert refused(lambda: ROW.items("word")) == ("not_a_list", "rows[2].word")


def test_a_field_that_nobody_knows_can_be_refused() -> None:
    Fields({"owner": "a"}).only(["owner", "owned"])

    assert refused(lambda: Fields({"owner": "a", "ownd": "b"}).only(["owner", "owned"])) == ("field_unknown", "ownd")
