"""The companies above and around two others on a day, as far as a picture of them can hold: who holds what of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from inward.core.classification.carrying import least_facts
from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import ControlRight, Holding
from inward.core.classification.graph import World
from inward.core.classification.least import least_group
from inward.core.classification.nets import Groups, prepared

COMPANIES_MAX = 24
"""So many companies are drawn; a picture of more is not looked at."""


@dataclass(frozen=True, slots=True)
class Around:
    """The companies drawn, the holdings and powers between them, and which of those carry a verdict of one group (by id).

    ``cut`` when there are more companies above them than are drawn.
    """

    companies: tuple[str, ...]
    holdings: tuple[Holding, ...]
    carrying: frozenset[str] = frozenset()
    cut: bool = False
    rights: tuple[ControlRight, ...] = ()


def around(a: str, b: str, *, world: World, on: date, definition: Definition = STRICT_MAJORITY) -> Around:
    """What stands above two companies on that day, nearest and largest holders first, and what ties all that are drawn."""
    groups = prepared(world, definition)
    epochs = [net.epoch(groups.number(net, on)) for each in (a, b) if (net := groups.net(each, each)) is not None]
    facts = {fact.id: fact for epoch in epochs for fact in epoch.facts}
    powers = {right.id: right for epoch in epochs for right in epoch.rights if right.holder is not None}
    carrying = _carrying(groups, a, b, on)
    must = dict.fromkeys((a, b, *(party for fact in carrying for party in ends(fact))))
    drawn, cut = _above(tuple(must), facts.values(), powers.values())
    holdings = tuple(fact for fact in facts.values() if fact.owner in drawn and fact.owned in drawn)
    rights = tuple(right for right in powers.values() if right.holder in drawn and right.target in drawn)
    return Around(tuple(drawn), holdings, frozenset(fact.id for fact in carrying), cut, rights)


def ends(fact: Holding | ControlRight) -> tuple[str, str]:
    """Whose power it is, and over whom."""
    return (fact.owner, fact.owned) if isinstance(fact, Holding) else (fact.holder or fact.target, fact.target)


def _carrying(groups: Groups, a: str, b: str, on: date) -> tuple[Holding | ControlRight, ...]:
    """The least facts by which the two are in one group; nothing where they are not, or a decision says so."""
    net = groups.net(a, b)
    if net is None or a == b or groups.override(a, b, on) is not None or not groups.together(a, b, on):
        return ()
    epoch = net.epoch(groups.number(net, on))
    return least_group(epoch, a, b, groups.definition) if epoch.head is not None else least_facts(epoch, a, b)


def _above(
    start: tuple[str, ...], holdings: Iterable[Holding], rights: Iterable[ControlRight]
) -> tuple[dict[str, None], bool]:
    """These companies and those above them, level by level, powers first, then the largest holders, until it is full."""
    into: dict[str, list[tuple[int, Fraction, str]]] = {}
    for right in rights:
        into.setdefault(right.target, []).append((0, Fraction(0), right.holder or ""))
    for holding in holdings:
        into.setdefault(holding.owned, []).append((1, -holding.votes, holding.owner))
    drawn, level = dict.fromkeys(start), list(start)
    while level:
        holders = sorted(found for each in level for found in into.get(each, ()))
        fresh = [owner for owner in dict.fromkeys(owner for *_, owner in holders) if owner not in drawn]
        room = COMPANIES_MAX - len(drawn)
        if len(fresh) > room:
            return drawn | dict.fromkeys(fresh[: max(room, 0)]), True
        drawn |= dict.fromkeys(fresh)
        level = fresh
    return drawn, False
