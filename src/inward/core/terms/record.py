"""Reasons as plain data that JSON can hold, and back, exactly: what is kept of a decision can be worded for ever.

This is how a decision is stored; how a fact is shown to people is the business of the faces.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

from inward.core.terms.money import Money, UnitPrice, as_currency
from inward.core.terms.rate import Rate
from inward.core.terms.reason import Fact, Reason

Record: TypeAlias = dict[str, Any]
"""Text, whole numbers, flags, None, lists and mappings of them: what JSON holds without loss."""


def reason_record(reason: Reason) -> Record:
    """``{"code": …, "facts": {…}}``; facts that JSON has no word for become ``{"rate": "3/5"}`` and the like."""
    return {"code": reason.code, "facts": {name: _fact_record(fact) for name, fact in reason.items}}


def reason_from(record: Mapping[str, Any]) -> Reason:
    """The reason that ``reason_record`` wrote, equal to the original. KeyError or ValueError when it wrote no such."""
    return Reason.of(record["code"], **{name: _fact_from(fact) for name, fact in record["facts"].items()})


def _fact_record(fact: Fact) -> Any:  # noqa: ANN401 - whatever JSON holds
    match fact:
        case Money(minor=minor, currency=currency):
            return {"money": minor, "currency": currency}
        case UnitPrice(minor=price, currency=currency):
            return {"unit_price": str(price), "currency": currency}
        case Rate(fraction=fraction):
            return {"rate": str(fraction)}
        case Fraction():
            return {"fraction": str(fact)}
        case datetime():
            return {"instant": fact.isoformat()}
        case date():
            return {"day": fact.isoformat()}
    return fact


_READERS: Mapping[str, Callable[[Record], Fact]] = MappingProxyType(
    {
        "money": lambda record: Money(record["money"], as_currency(record["currency"])),
        "unit_price": lambda record: UnitPrice(Fraction(record["unit_price"]), as_currency(record["currency"])),
        "rate": lambda record: Rate(Fraction(record["rate"])),
        "fraction": lambda record: Fraction(record["fraction"]),
        "instant": lambda record: datetime.fromisoformat(record["instant"]),
        "day": lambda record: date.fromisoformat(record["day"]),
    }
)


def _fact_from(value: Any) -> Fact:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, dict):
        plain: Fact = value
        return plain
    kind = next((key for key in value if key in _READERS), "")  # not simply the first: PostgreSQL's jsonb sorts the keys
    return _READERS[kind](value)
