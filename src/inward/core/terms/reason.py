"""Why something is so, as a code and facts; and the one exception that carries such a reason.

Wording lives outside the core, in the vocabulary of the lowest room that shows it, in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from inward.core.terms.money import Money, UnitPrice
from inward.core.terms.rate import Rate

Fact: TypeAlias = str | int | bool | Fraction | date | datetime | Money | UnitPrice | Rate | None
"""What a reason may state: a plain value that every face knows how to show."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement that can be worded: ``code`` names the sentence, ``facts`` fill its places.

    The code is stable and public (the API shows it); the facts are sorted by name so that equal reasons are equal.
    """

    code: str
    items: tuple[tuple[str, Fact], ...] = field(default=())

    @classmethod
    def of(cls, code: str, /, **facts: Fact) -> "Reason":
        """Make a reason from its code and facts."""
        return cls(code, tuple(sorted(facts.items())))

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts by name, read-only."""
        return MappingProxyType(dict(self.items))


class Refusal(Exception):  # noqa: N818 - it states a fact, as every exception of the house does
    """The core says no, and why. ``reason`` is what faces word; ``where`` names the place in the input, if any."""

    def __init__(self, reason: Reason, where: str = "") -> None:
        super().__init__(reason, where)
        self.reason = reason
        self.where = where

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.reason.items)
        place = f" at {self.where}" if self.where else ""
        return f"{self.reason.code}{place}({facts})"
