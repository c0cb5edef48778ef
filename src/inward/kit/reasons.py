"""Reasons as plain JSON and back, so that a decision can be kept as it was made and worded again in any language.

Money, rates, days and fractions are written in the shapes of interfaces.md and read back to equal values. Wording is
not here (``wording``).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from inward.core.terms import Fact, Money, Rate, Reason, UnitPrice
from inward.core.terms.money import as_currency

Plain = dict[str, Any]


def to_plain(reason: Reason) -> Plain:
    """The reason as ``{"code": …, "facts": {…}}``; facts that are not plain JSON say their kind."""
    return {"code": reason.code, "facts": {name: _fact_to_plain(fact) for name, fact in reason.items}}


def from_plain(plain: Mapping[str, Any]) -> Reason:
    """The reason that ``to_plain`` wrote; ValueError for a fact of a kind this version does not know."""
    return Reason.of(plain["code"], **{name: _fact_from_plain(fact) for name, fact in plain["facts"].items()})


def _fact_to_plain(fact: Fact) -> Any:
    match fact:
        case str():
            return fact
        case Money():
            return {"money": fact.minor, "currency": fact.currency}
        case UnitPrice():
            return {"unit_price": str(fact.minor), "currency": fact.currency}
        case Rate():
            return {"rate": str(fact.fraction)}
        case Fraction():
            return {"fraction": str(fact)}
        case datetime():
            return {"instant": fact.isoformat()}
        case date():
            return {"day": fact.isoformat()}
        case _:
            return fact


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Fact]] = {
    "money": lambda plain: Money(int(plain["money"]), as_currency(plain["currency"])),
    "unit_price": lambda plain: UnitPrice(Fraction(plain["unit_price"]), as_currency(plain["currency"])),
    "rate": lambda plain: Rate(Fraction(plain["rate"])),
    "fraction": lambda plain: Fraction(plain["fraction"]),
    "instant": lambda plain: datetime.fromisoformat(plain["instant"]),
    "day": lambda plain: date.fromisoformat(plain["day"]),
}


def _fact_from_plain(plain: Any) -> Fact:
    if not isinstance(plain, Mapping):
        fact: Fact = plain
        return fact
    for kind, read in _READERS.items():
        if kind in plain:
            return read(plain)
    msg = f"a fact of an unknown kind: {dict(plain)!r}"
    raise ValueError(msg)
