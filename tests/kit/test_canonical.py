"""Plain JSON in one spelling: equal values are spelled alike, and facts come back equal."""

from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.terms import Money, Rate, Reason, UnitPrice, as_currency
from inward.kit.canonical import canonical, fact, fingerprint, plain

EUR = as_currency("EUR")


class Colour(Enum):
    AMBER = "AMBER"


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -(2**62),
        "bær",
        date(2026, 3, 2),
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        Money(-5, EUR),
        UnitPrice(Fraction(1, 3), EUR),
        Rate(Fraction(1, 4)),
        Fraction(2, 3),
        (1, "two", date(2026, 3, 2)),
        (),
    ],
)
def test_a_fact_comes_back_equal(value: object) -> None:
    assert fact(plain(value)) == value


def test_names_are_sorted_and_nothing_is_spelled_twice() -> None:
    one = {"b": 1, "a": {"y": [True, None], "x": "é"}}
    other = {"a": {"x": "é", "y": (True, None)}, "b": 1}

    assert canonical(one) == canonical(other) == '{"a":{"x":"\\u00e9","y":[true,null]},"b":1}'
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint({**one, "b": 2})


def test_sets_choices_and_reasons_are_spelled_too() -> None:
    assert plain(frozenset({"b", "a"})) == ["a", "b"]
    assert plain(Colour.AMBER) == "AMBER"
    assert plain(Reason.of("late", days=2)) == {"code": "late", "facts": {"days": 2}}


@pytest.mark.parametrize("value", [1.5, b"bytes", object()])
def test_what_json_cannot_keep_exactly_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        plain({"deep": [value]})


@given(st.dictionaries(st.text(), st.integers() | st.booleans() | st.none() | st.text(), max_size=6))
def test_the_order_of_names_never_matters(value: dict[str, object]) -> None:
    backwards = dict(reversed(list(value.items())))

    assert fingerprint(value) == fingerprint(backwards)
