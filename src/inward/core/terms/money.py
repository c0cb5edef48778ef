"""Money: integer minor units and a currency, never mixed; and the exact unit price that money comes from.

A ``Money`` is what is paid or posted. A ``UnitPrice`` is an exact fraction of minor units and becomes a Money only
through ``rounding``. Exchange rates are not here: one currency never turns into another by accident.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, total_ordering
from typing import NewType

from inward.core.terms.number import exact

Currency = NewType("Currency", str)
"""An ISO 4217 code (``EUR``) or a named unit such as points (``PTS``): three to eight capital letters or digits."""

_MINOR_DIGITS = {
    # ISO 4217 list one, amendment 176: currencies whose minor unit is not a hundredth.
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF"), 0
    ),
    **dict.fromkeys(("XOF", "XPF", "PTS"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,7}\Z")
_AMOUNT = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,100})?\Z")


class CurrencyMismatch(ValueError):  # noqa: N818 - states a fact
    """Two amounts of different currencies were added, subtracted or compared."""


def minor_digits(currency: str) -> int:
    """How many decimals the currency's smallest unit has (EUR 2, JPY 0, KWD 3; ISO 4217)."""
    return _MINOR_DIGITS.get(currency, 2)


@lru_cache(maxsize=1024)
def as_currency(code: str) -> Currency:
    """Read a currency code; ValueError when it is not three to eight capitals or digits starting with a letter."""
    if not _CODE.match(code):
        msg = f"not a currency code: {code!r}"
        raise ValueError(msg)
    return Currency(code)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: ``minor`` smallest units (cents) of ``currency``. Negative means the other direction."""

    minor: int
    currency: Currency

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> "Money":
        """Read an amount in major units ("129.90"). ValueError when it is no number or finer than the minor unit."""
        text = format(amount, "f") if isinstance(amount, Decimal) else str(amount)
        if not _AMOUNT.match(text):
            msg = f"not an amount: {text!r}"
            raise ValueError(msg)
        minor = Fraction(text) * 10 ** minor_digits(currency)
        if minor.denominator != 1:
            msg = f"{text} has more decimals than {currency} has ({minor_digits(currency)})"
            raise ValueError(msg)
        return cls(int(minor), as_currency(currency))

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in that currency."""
        return cls(0, as_currency(currency))

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        if not isinstance(count, int):  # a fraction of money is a UnitPrice, and becomes money only by rounding
            return NotImplemented
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    @property
    def amount(self) -> str:
        """The amount in major units as decimal text with all of the currency's digits: "129.90", "-0.05", "1000"."""
        digits = minor_digits(self.currency)
        sign, whole = "-" if self.minor < 0 else "", str(abs(self.minor)).rjust(digits + 1, "0")
        return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else sign + whole

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            msg = f"{self} and {other} are of different currencies"
            raise CurrencyMismatch(msg)


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The exact price of one piece: ``minor`` smallest units as a fraction (12.345 EUR is 1234.5 cents)."""

    minor: Fraction
    currency: Currency

    @classmethod
    def of(cls, amount: str | int | Decimal | Fraction, currency: str) -> "UnitPrice":
        """Read an amount in major units, with as many decimals as it has. ValueError when it is no number."""
        return cls(exact(amount) * 10 ** minor_digits(currency), as_currency(currency))

    @classmethod
    def from_money(cls, money: Money) -> "UnitPrice":
        """The unit price that is exactly this money."""
        return cls(Fraction(money.minor), money.currency)

    def times(self, factor: Fraction | int) -> "UnitPrice":
        """The price multiplied by an exact factor."""
        return UnitPrice(self.minor * factor, self.currency)

    def plus(self, other: "UnitPrice") -> "UnitPrice":
        """The sum of two unit prices of one currency; CurrencyMismatch otherwise."""
        if self.currency != other.currency:
            msg = f"{self.currency} and {other.currency} unit prices cannot be added"
            raise CurrencyMismatch(msg)
        return UnitPrice(self.minor + other.minor, self.currency)
