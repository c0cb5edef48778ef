"""Columns for exact values: minor units, currencies, rates as fractions, whole pieces. Never a float, never a decimal.

SQLite keeps decimals as floats, so amounts are whole numbers and rates are text that says the fraction.
"""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from inward.core.terms.money import as_currency

_LENGTH = 80


if TYPE_CHECKING:  # Django's own fields take no types at run time
    _Column = models.Field[Any, Any]
    _WholeNumber = models.BigIntegerField[Any, Any]
    _Text = models.CharField[Any, Any]
else:
    _Column, _WholeNumber, _Text = models.Field, models.BigIntegerField, models.CharField


class MinorField(_WholeNumber):
    """An amount in the smallest unit of the currency beside it."""


class QuantityField(_WholeNumber):
    """A whole number of pieces."""


class CurrencyField(_Text):
    """An ISO 4217 code or a named unit such as points."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 8)
        super().__init__(**options)

    def get_prep_value(self, value: Any) -> Any:
        """The code; ValueError for what is none."""
        return value if value in (None, "") else str(as_currency(value))


class RateField(models.Field):  # type: ignore[type-arg]  # Django offers no parameters at run time
    """An exact fraction, kept as text such as "1/4", read as ``Fraction``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", _LENGTH)
        super().__init__(**options)

    def get_internal_type(self) -> str:
        """Kept in a text column on every database."""
        return "CharField"

    def from_db_value(self, value: str | None, _expression: Any, _connection: BaseDatabaseWrapper) -> Fraction | None:
        """The fraction that the text says."""
        return None if value is None else Fraction(value)

    def to_python(self, value: Any) -> Fraction | None:
        """Read text, a whole number or a fraction; a float is refused, for it is not what was meant."""
        if value is None or isinstance(value, Fraction):
            return value
        if isinstance(value, float):
            raise ValidationError("a rate is given as text or as a fraction, not as a float")
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError, TypeError) as error:
            raise ValidationError(f"not a fraction: {value!r}") from error

    def get_prep_value(self, value: Any) -> str | None:
        """The text that says the fraction; ValidationError when it would not fit."""
        fraction = self.to_python(value)
        if fraction is None:
            return None
        text = str(fraction)
        if len(text) > (self.max_length or _LENGTH):
            raise ValidationError("a rate with so many digits cannot be kept")
        return text
