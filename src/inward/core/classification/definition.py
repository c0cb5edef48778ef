"""A definition of *inside*: the policy by which facts become a verdict. Strict majority of votes unless one says more.

Definitions by law and purpose (research: ownership, section 2) add fields here and presets below; the fixpoint of
``control`` takes any threshold already, the ladder of ``standing`` only those that put each company in one group.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from inward.core.classification.facts import WorkKind

HALF = Fraction(1, 2)


class Operator(Enum):
    """How votes are held against the threshold: exactly 50 % is no majority under one, control under the other."""

    MORE_THAN = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Definition:
    """Who counts as inside.

    - ``threshold``, ``operator``: the share of votes that gives control, counting the votes of all one controls.
    - ``staff_kinds``: work relationships that make staff; ``stakeholder_kinds``: those that are inside by policy.
      Any other kind is outside.
    - ``natural_persons_as_parents``: whether a person who controls two companies makes them one inside. Not by
      default: it is the companies that deal with each other, and a group begins with a company.
    """

    id: str = "strict_majority"
    threshold: Fraction = HALF
    operator: Operator = Operator.MORE_THAN
    staff_kinds: frozenset[WorkKind] = frozenset(
        {WorkKind.FULL_TIME, WorkKind.PART_TIME, WorkKind.TEMPORARY, WorkKind.DIRECTOR, WorkKind.AGENT}
    )
    stakeholder_kinds: frozenset[WorkKind] = frozenset({WorkKind.CONTRACTOR, WorkKind.RETIREE})
    natural_persons_as_parents: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.threshold < 1:
            msg = f"a threshold lies between nothing and the whole, not at {self.threshold}"
            raise ValueError(msg)

    def met_by(self, votes: int, out_of: int) -> bool:
        """Whether ``votes`` of ``out_of`` give control."""
        have, need = votes * self.threshold.denominator, out_of * self.threshold.numerator
        return have > need or (have == need and self.operator is Operator.AT_LEAST)

    def counts(self, kind: WorkKind) -> bool:
        """Whether work of this kind can be inside at all."""
        return kind in self.staff_kinds or kind in self.stakeholder_kinds

    @property
    def partitions(self) -> bool:
        """Whether no company can have two unrelated controllers, so that each belongs to one group and no more."""
        return self.threshold > HALF or (self.threshold == HALF and self.operator is Operator.MORE_THAN)


STRICT_MAJORITY = Definition()
"""More than half of the votes, through controlled companies: company law, accounting and common sense agree."""

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({STRICT_MAJORITY.id: STRICT_MAJORITY})
"""The definitions that can be asked for by name."""
