"""The words every decision is made of: money, rates, periods, reasons, and the laws of rounding and spreading.

Nothing here knows who is inside or what a price is; those rooms of the core speak these words.
"""

from inward.core.terms.money import (
    Currency,
    CurrencyMismatch,
    Money,
    UnitPrice,
    as_currency,
    minor_digits,
)
from inward.core.terms.number import exact, exact_text
from inward.core.terms.period import ALWAYS, Period, Succession, boundaries, succession
from inward.core.terms.rate import Rate
from inward.core.terms.reading import Fields
from inward.core.terms.reason import Fact, Reason, Refusal
from inward.core.terms.rounding import (
    RoundingMode,
    decimal_text,
    divided,
    rounded,
    spread,
)

__all__ = [
    "ALWAYS",
    "Currency",
    "CurrencyMismatch",
    "Fact",
    "Fields",
    "Money",
    "Period",
    "Rate",
    "Reason",
    "Refusal",
    "RoundingMode",
    "Succession",
    "UnitPrice",
    "as_currency",
    "boundaries",
    "decimal_text",
    "divided",
    "exact",
    "exact_text",
    "minor_digits",
    "rounded",
    "spread",
    "succession",
]
