"""What a statement says: each purchase with what is exempt and what is taxable of it, and why; sums by rule; what is left."""

from dataclasses import dataclass
from datetime import date

from inward.core.benefit.rules import Basis, Cap, Rule
from inward.core.terms import Money, Reason


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of a cap for a person in a month (``2026-03``) or tax year (``2026``), with one employer or all.

    ``used`` is what it has counted: for a cliff all benefits, also beyond it; else what was exempt under it. ``lent`` is
    what another rule has used of it, ``left`` what may still be exempt, also by borrowing; nothing once a cliff is passed.
    """

    rule: str
    cap: Cap
    window: str
    employer: str
    amount: Money
    used: Money
    lent: Money
    left: Money
    passed: bool = False
    """Whether it is a cliff that was passed, so that all it counts is taxable."""


@dataclass(frozen=True, slots=True)
class Line:
    """One purchase as far as it was kept: ``exempt`` + ``taxable`` = ``benefit`` = ``value`` less ``paid``, never below 0.

    ``why`` begins with the rules that did not fit and ends with what became of the benefit.
    """

    purchase: str
    on: date
    kind: str
    employer: str
    rule: Rule
    basis: Basis
    value: Money
    paid: Money
    benefit: Money
    exempt: Money
    taxable: Money
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RuleSum:
    """What one version of a rule exempts and taxes in the year."""

    rule: Rule
    benefit: Money
    exempt: Money
    taxable: Money
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The taxable benefit of one person in one tax year."""

    jurisdiction: str
    year: int
    lines: tuple[Line, ...]
    by_rule: tuple[RuleSum, ...]
    benefit: Money
    exempt: Money
    taxable: Money

    @property
    def rooms(self) -> tuple[Room, ...]:
        """What is left of every cap that a purchase counted against, each once."""
        return tuple(dict.fromkeys(room for total in self.by_rule for room in total.rooms))
