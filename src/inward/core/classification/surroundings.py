"""The companies above and around two others on a day, as far as a picture of them can hold: who holds what of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import Holding
from inward.core.classification.graph import World
from inward.core.classification.least import least_group
from inward.core.classification.nets import Net, prepared

COMPANIES_MAX = 24
"""So many companies are drawn; a picture of more is not looked at."""


@dataclass(frozen=True, slots=True)
class Around:
    """The companies drawn, the holdings between them, and which of those carry a verdict of one group.

    ``cut`` when there are more companies above them than are drawn.
    """

    companies: tuple[str, ...]
    holdings: tuple[Holding, ...]
    carrying: frozenset[str] = frozenset()
    cut: bool = False


def around(a: str, b: str, *, world: World, on: date, definition: Definition = STRICT_MAJORITY) -> Around:
    """What stands above two companies on that day, nearest and largest holders first, and the holdings among all drawn."""
    groups = prepared(world, definition)
    net = {each: groups.net(each, each) for each in (a, b)}
    held = {each: _held(net[each], on) for each in (a, b)}
    carrying: tuple[Holding, ...] = ()
    shared = groups.net(a, b)
    if shared is not None and a != b and groups.together(a, b, on):
        carrying = least_group(shared.epoch(shared.number(on)), a, b, definition)
    must = dict.fromkeys((a, b, *(party for h in carrying for party in (h.owner, h.owned))))
    drawn, cut = _above(tuple(must), {h.id: h for each in (a, b) for h in held[each]}.values())
    among = {h.id: h for each in (a, b) for h in held[each] if h.owner in drawn and h.owned in drawn}
    return Around(tuple(drawn), tuple(among.values()), frozenset(h.id for h in carrying), cut)


def _held(net: Net | None, on: date) -> tuple[Holding, ...]:
    return () if net is None else net.epoch(net.number(on)).holdings


def _above(start: tuple[str, ...], holdings: Iterable[Holding]) -> tuple[dict[str, None], bool]:
    """These companies and those who hold them, level by level, the largest first, until the picture is full."""
    into: dict[str, list[Holding]] = {}
    for holding in holdings:
        into.setdefault(holding.owned, []).append(holding)
    drawn, level = dict.fromkeys(start), list(start)
    while level:
        holders = sorted((h for each in level for h in into.get(each, ())), key=lambda h: (-h.votes, h.id))
        fresh = [owner for owner in dict.fromkeys(h.owner for h in holders) if owner not in drawn]
        room = COMPANIES_MAX - len(drawn)
        if len(fresh) > room:
            return drawn | dict.fromkeys(fresh[: max(room, 0)]), True
        drawn |= dict.fromkeys(fresh)
        level = fresh
    return drawn, False
