"""Money: exact, never mixed, and never a fraction of a cent by accident."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.terms import CurrencyMismatch, Money, UnitPrice, as_currency, minor_digits

EUR, JPY = as_currency("EUR"), as_currency("JPY")


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "text"),
    [
        ("129.90", "EUR", 12990, "129.90"),
        ("129.9", "EUR", 12990, "129.90"),
        (7, "EUR", 700, "7.00"),
        ("-0.05", "EUR", -5, "-0.05"),
        ("0", "EUR", 0, "0.00"),
        ("1000", "JPY", 1000, "1000"),
        ("-3", "JPY", -3, "-3"),
        ("1.234", "KWD", 1234, "1.234"),
        ("0.0001", "CLF", 1, "0.0001"),
        (Decimal("1E+2"), "EUR", 10000, "100.00"),
        ("12", "PTS", 12, "12"),
    ],
)
def test_an_amount_is_read_and_written_exactly(
    amount: str | int | Decimal, currency: str, minor: int, text: str
) -> None:
    money = Money.of(amount, currency)

    assert money == Money(minor, as_currency(currency))
    assert money.amount == text
    assert str(money) == f"{text} {currency}"


@pytest.mark.parametrize("amount", ["", "1,50", "1.", ".5", "1e3", "NaN", "½", "१", "1 000", "0.005", True])
def test_what_is_no_amount_in_the_currency_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"not an amount|more decimals"):
        Money.of(amount, "EUR")


@pytest.mark.parametrize("code", ["eur", "EU", "€", "", "1EUR", "EUR ", "TOOLONGCODE"])
def test_what_is_no_currency_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a currency code"):
        Money.of("1", code)


def test_currencies_never_mix() -> None:
    euros, yen = Money(1, EUR), Money(1, JPY)

    for mixed in (lambda: euros + yen, lambda: euros - yen, lambda: euros < yen, lambda: euros >= yen):
        with pytest.raises(CurrencyMismatch, match="different currencies"):
            mixed()
    assert euros != yen


def test_only_whole_numbers_of_pieces_multiply_money() -> None:
    assert Money(250, EUR) * 3 == Money(750, EUR)
    with pytest.raises(TypeError):
        Money(250, EUR) * Fraction(1, 3)  # type: ignore[operator]


def test_zero_is_nothing_and_everything_else_is_something() -> None:
    assert not Money.zero("EUR")
    assert Money(-1, EUR)


@given(a=st.integers(), b=st.integers())
def test_sums_differences_and_order_are_those_of_the_cents(a: int, b: int) -> None:
    one, other = Money(a, EUR), Money(b, EUR)

    assert (one + other).minor == a + b
    assert one - other == one + -other
    assert (one < other, one <= other, one > other) == (a < b, a <= b, a > b)
    assert Money.of(one.amount, "EUR") == one


def test_a_unit_price_keeps_every_decimal() -> None:
    price = UnitPrice.of("12.345", "EUR")

    assert price.minor == Fraction("1234.5")
    assert price.times(Fraction(1, 3)).minor == Fraction("411.5")
    assert price.plus(UnitPrice.from_money(Money(1, EUR))).minor == Fraction("1235.5")
    assert UnitPrice.of("1/3", "JPY").minor == Fraction(1, 3)


def test_unit_prices_of_two_currencies_are_not_added() -> None:
    with pytest.raises(CurrencyMismatch, match="cannot be added"):
        UnitPrice.of("1", "EUR").plus(UnitPrice.of("1", "JPY"))


def test_a_unit_price_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        UnitPrice.of("cheap", "EUR")


def test_most_currencies_have_hundredths() -> None:
    assert [minor_digits(code) for code in ("NOK", "JPY", "TND", "UYW")] == [2, 0, 3, 4]
