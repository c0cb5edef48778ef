"""What another definition of inside would make of the same facts: which pairs of companies get another verdict.

Pairs are asked one by one, since under most definitions a company stands in several groups. Companies without a share or a
power in any hand are left out: they are inside with nobody under any definition that names no exceptions.
"""

from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice

from inward.core.classification.definition import Definition
from inward.core.classification.graph import World
from inward.core.classification.ladder import Verdict, decide

COMPANIES_MAX = 150
"""So many companies are asked about, in the order of ids: eleven thousand pairs, twice, is what a page can wait for."""


@dataclass(frozen=True, slots=True)
class Redefined:
    """Two companies and the verdict on a dealing between them, before and after."""

    one: str
    other: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Redefinition:
    """The pairs whose verdict changes, in the order of ids; how many were asked, and whether some were left out."""

    changes: tuple[Redefined, ...]
    asked: int
    cut: bool


def redefined(world: World, *, before: Definition | None, after: Definition | None, on: date) -> Redefinition:
    """The pairs of companies that get another verdict on that day by ``after`` than by ``before``; None: nobody is inside."""
    known = world.company
    tied = {party for holding in world.holdings for party in (holding.owner, holding.owned)}
    tied |= {party for right in world.control_rights for party in (right.holder, right.target) if party is not None}
    tied |= {share.owner for share in world.shareholdings}
    tied |= {kind.company for kind in world.share_classes}
    tied |= {party for rule in (before, after) if rule for each in rule.exceptions for party in (each.one, each.other)}
    concerned = sorted(tied & known.keys())
    asked = list(islice(concerned, COMPANIES_MAX))
    changes = []
    pairs = 0
    for one, other in combinations(asked, 2):
        pairs += 1
        verdicts = [_verdict(one, other, world, rule, on) for rule in (before, after)]
        if verdicts[0] is not verdicts[1]:
            changes.append(Redefined(one, other, *verdicts))
    return Redefinition(tuple(changes), pairs, len(asked) < len(concerned))


def _verdict(one: str, other: str, world: World, rule: Definition | None, on: date) -> Verdict:
    if rule is None:
        return Verdict.EXTERNAL
    return decide(supplier=one, customer=other, world=world, on=on, definition=rule).verdict
