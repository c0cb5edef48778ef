"""The companies above and around two others on a day, as far as a picture of them can hold: who holds what of whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from inward.core.classification.carrying import least_facts
from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import ControlRight, Holding
from inward.core.classification.graph import World
from inward.core.classification.least import least_group
from inward.core.classification.nets import Epoch, Groups, prepared

COMPANIES_MAX = 24
"""So many companies are drawn; a picture of more is not looked at."""


UNCOUNTED_MAX = 10
"""More facts that count for nothing are not told."""


@dataclass(frozen=True, slots=True)
class Around:
    """The companies drawn, the holdings and powers between them, and which of those carry a verdict of one group (by id).

    ``cut`` when there are more companies above them than are drawn. ``uncounted`` are powers over those that are drawn, and
    shares that would be control in other hands, which the definition lets count for nothing.
    """

    companies: tuple[str, ...]
    holdings: tuple[Holding, ...]
    carrying: frozenset[str] = frozenset()
    cut: bool = False
    rights: tuple[ControlRight, ...] = ()
    uncounted: tuple[Holding | ControlRight, ...] = ()


def around(a: str, b: str, *, world: World, on: date, definition: Definition = STRICT_MAJORITY) -> Around:
    """What stands above two companies on that day, nearest and largest holders first, and what ties all that are drawn."""
    groups = prepared(world, definition)
    epochs = [net.epoch(groups.number(net, on)) for each in (a, b) if (net := groups.net(each, each)) is not None]
    carrying = _carrying(groups, a, b, on)
    must = dict.fromkeys((a, b, *(party for fact in carrying for party in ends(fact))))
    drawn, cut = _above(tuple(must), epochs)
    facts = {fact.id: fact for each in drawn for fact in _into(epochs, each) if ends(fact)[0] in drawn}
    told = [facts[name] for name in sorted(facts)]
    holdings = tuple(fact for fact in told if isinstance(fact, Holding))
    rights = tuple(fact for fact in told if isinstance(fact, ControlRight))
    told_of = {fact.id for fact in (*told, *carrying) if ends(fact)[0] not in groups.silent}  # theirs are drawn at most
    uncounted = (fact for each in drawn for fact in _uncounted(groups, world, each, on) if fact.id not in told_of)
    most = tuple(islice(uncounted, UNCOUNTED_MAX))
    return Around(tuple(drawn), holdings, frozenset(fact.id for fact in carrying), cut, rights, most)


def _uncounted(groups: Groups, world: World, company: str, on: date) -> Iterator[Holding | ControlRight]:
    """Powers of a kind that counts for nothing, and what those hold or decide whom the definition lets make no group."""
    definition, silent = groups.definition, groups.silent
    for right in world.powers_over.get(company, ()):
        if on in right.period and (right.kind not in definition.rights or right.holder in silent):
            yield right
    if definition.identical_threshold is None:
        for stake in world.held_of.get(company, ()) if silent else ():
            if on in stake.period and stake.owner in silent and stake.votes >= definition.threshold:
                yield stake


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


def _above(start: tuple[str, ...], epochs: Sequence[Epoch]) -> tuple[dict[str, None], bool]:
    """These companies and those above them, level by level, powers first, then the largest holders, until it is full."""
    drawn, level = dict.fromkeys(start), list(start)
    while level:
        holders = sorted(_place(fact) for each in level for fact in _into(epochs, each))
        fresh = [owner for owner in dict.fromkeys(owner for *_, owner in holders) if owner not in drawn]
        room = COMPANIES_MAX - len(drawn)
        if len(fresh) > room:
            return drawn | dict.fromkeys(fresh[: max(room, 0)]), True
        drawn |= dict.fromkeys(fresh)
        level = fresh
    return drawn, False


def _into(epochs: Sequence[Epoch], company: str) -> Iterator[Holding | ControlRight]:
    """What ties the company upward; two companies of one net are told once."""
    for epoch in {id(epoch): epoch for epoch in epochs}.values():
        yield from epoch.into.get(company, ())


def _place(fact: Holding | ControlRight) -> tuple[int, Fraction, str]:
    """Powers before shares, large shares before small ones. Reckoned of those that may be drawn alone: a net has thousands."""
    return (1, -fact.votes, fact.owner) if isinstance(fact, Holding) else (0, Fraction(0), fact.holder or "")
