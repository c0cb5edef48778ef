"""Numbers are read exactly or refused, and written so that they read back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.terms import Rate, decimal_text, exact, exact_text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("60", Fraction(60)),
        (" -33.33 ", Fraction(-3333, 100)),
        ("+.5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1/6", Fraction(1, 6)),
        ("45/0.52", Fraction(1125, 13)),
        ("1.5e3", Fraction(1500)),
        (60, Fraction(60)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(2, 3), Fraction(2, 3)),
    ],
)
def test_a_number_is_read_exactly(value: str | int | Decimal | Fraction, number: Fraction) -> None:
    assert exact(value) == number


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ten",
        "1,5",
        "1/0",
        "1/0.0",
        "1/-2",
        "NaN",
        "1/2/3",
        "1e9999",
        "٣",
        True,
        0.1,
        None,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+999999999"),
    ],
)
def test_what_says_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        exact(value)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(60), "60"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 20), "0.05"),
        (Fraction(200, 3), "200/3"),
        (Fraction(0), "0"),
        (7, "7"),
    ],
)
def test_a_number_is_written_exactly(number: Fraction, text: str) -> None:
    assert exact_text(number) == text


@given(st.fractions())
def test_what_is_written_reads_back_equal(number: Fraction) -> None:
    assert exact(exact_text(number)) == number


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (Fraction(200, 3), 6, "66.666667"),
        (Fraction(-200, 3), 2, "-66.67"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(60), 6, "60"),
        (Fraction(1, 10**9), 6, "0"),
    ],
)
def test_text_for_people_is_rounded_half_away_from_zero(number: Fraction, digits: int, text: str) -> None:
    assert decimal_text(number, digits) == text


def test_a_rate_is_exact_and_says_its_percentage() -> None:
    assert Rate.percent("12.5") == Rate(Fraction(1, 8))
    assert Rate.percent("50/3").percentage == Fraction(50, 3)
    assert (str(Rate.percent(60)), str(Rate(Fraction(2, 3)))) == ("60 %", "200/3 %")
    assert Rate.percent(1) < Rate.percent("1.5")
    with pytest.raises(ValueError, match="not a number"):
        Rate.percent("1/0")
