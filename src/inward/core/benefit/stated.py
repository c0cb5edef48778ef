"""What a statement says: each purchase with what is exempt and what is taxable of it, and why; sums by rule; what is left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
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

    def at(self, employers: Collection[str]) -> "Statement":
        """As far as it is about what these employers gave: their lines, and the caps those count against. What others gave has
        used caps that all of them share, and is not told.
        """
        lines = tuple(line for line in self.lines if line.employer in employers)
        sums = tuple(
            replace(
                total,
                benefit=_sum(total.benefit, [line.benefit for line in of_one]),
                exempt=_sum(total.benefit, [line.exempt for line in of_one]),
                taxable=_sum(total.benefit, [line.taxable for line in of_one]),
                rooms=tuple(room for room in total.rooms if room.employer in ("", *employers)),
            )
            for total in self.by_rule
            if (of_one := [line for line in lines if line.rule == total.rule])
        )
        return replace(
            self,
            lines=lines,
            by_rule=sums,
            benefit=_sum(self.benefit, [line.benefit for line in lines]),
            exempt=_sum(self.benefit, [line.exempt for line in lines]),
            taxable=_sum(self.benefit, [line.taxable for line in lines]),
        )

    @property
    def rooms(self) -> tuple[Room, ...]:
        """What is left of every cap that a purchase counted against, each once."""
        return tuple(dict.fromkeys(room for total in self.by_rule for room in total.rooms))


def _sum(like: Money, amounts: Iterable[Money]) -> Money:
    return sum(amounts, start=Money.zero(like.currency))
