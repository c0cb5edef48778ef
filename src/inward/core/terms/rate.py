"""A rate: an exact fraction such as 25 % or 1/6. Never a float; never money."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inward.core.terms.number import exact, exact_text


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """An exact fraction of one: ``Rate(Fraction(1, 4))`` is 25 %."""

    fraction: Fraction

    @classmethod
    def percent(cls, value: str | int | Decimal | Fraction) -> "Rate":
        """Read a percentage: "25", "12.5", "50/3", Fraction(50, 3). ValueError when it is no number."""
        return cls(exact(value) / 100)

    @property
    def percentage(self) -> Fraction:
        """The rate in percent, exact."""
        return self.fraction * 100

    def __str__(self) -> str:
        return f"{exact_text(self.percentage)} %"
