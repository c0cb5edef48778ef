"""The least facts that put two companies together at one moment, where a definition counts more than votes in whole ballots.

Facts are taken away, many at a time, as long as the answer stands (QuickXplain: Junker, AAAI 2004); what is left is least: take
one of them away and the answer falls.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from inward.core.classification.facts import Band, ControlRight, Holding, RightKind
from inward.core.classification.nets import Epoch
from inward.core.classification.powers import Powers

Carrying: TypeAlias = Holding | ControlRight


def least_facts(epoch: Epoch, a: str, b: str) -> tuple[Carrying, ...]:
    """The least holdings and rights by which two companies are together, rights first, then larger holdings.

    Agreements on joint control stay throughout: they take power away, and without them more would seem to carry it.
    """
    joint = tuple(right for right in epoch.rights if right.kind is RightKind.JOINT_CONTROL)
    fixed = () if RightKind.JOINT_CONTROL in epoch.definition.rights else joint

    def together(facts: Sequence[Carrying]) -> bool:
        return _powers(epoch, facts, fixed).together(a, b)

    near = _near(epoch, a, b)
    heads = epoch.powers.shared(a, b)
    block = epoch.powers.below(heads[0]) | {heads[0]} if heads else frozenset()
    inside = [fact for fact in near if _holder(fact) in block]
    near = inside if together(inside) else near  # a listed company has thousands of holders who carry nothing
    rights = sorted((fact for fact in near if isinstance(fact, ControlRight) and fact not in fixed), key=_by_id)
    holdings = sorted((fact for fact in near if isinstance(fact, Holding)), key=lambda h: (-h.votes, h.id))
    return _told(least([*rights, *holdings], together))


def together_without(epoch: Epoch, a: str, b: str, gone: Carrying) -> bool:
    """Whether two companies would be together at that moment without this fact. Looks only at what can have a part in it."""
    holdings = [fact for fact in _near(epoch, a, b) if isinstance(fact, Holding) and fact is not gone]
    rights = [right for right in epoch.rights if right is not gone]
    return Powers(holdings, rights, epoch.definition, epoch.silent).together(a, b)


def deciding_bands(epoch: Epoch, a: str, b: str) -> tuple[Holding, ...]:
    """The least holdings of which only a band is known that would have to lie high for two companies to be together."""
    banded = sorted((h for h in epoch.facts if h.votes_band or h.capital_band), key=_by_id)

    def possible(open_ones: Sequence[Carrying]) -> bool:
        facts = [h if h in open_ones else _at_low_end(h) for h in epoch.facts]
        return Powers(facts, epoch.rights, epoch.definition, epoch.silent, high=True).together(a, b)

    return tuple(fact for fact in least(banded, possible) if isinstance(fact, Holding))


def _at_low_end(holding: Holding) -> Holding:
    bands = (holding.votes_band, holding.capital_band)
    votes, capital = (band and Band(band.low, band.low) for band in bands)
    return replace(holding, votes_band=votes, capital_band=capital)


def least_control_facts(
    powers: "Callable[[Sequence[Carrying]], Powers]", facts: Sequence[Carrying], x: str, y: str
) -> tuple[Carrying, ...]:
    """The least of these facts by which ``x`` controls ``y``; empty when it does not. ``powers`` counts some of them."""
    if not powers(facts).controls(x, y):
        return ()
    return _told(least(facts, lambda some: powers(some).controls(x, y)))


def least(facts: Sequence[Carrying], holds: Callable[[Sequence[Carrying]], bool]) -> tuple[Carrying, ...]:
    """The facts that are left when none can be spared; of those that would do, the earlier ones stay."""
    found = _least([], list(facts), holds, known=False)
    for fact in reversed(found):  # a subsidiary's votes that rest can make a fact needless that was needed before
        rest = [each for each in found if each is not fact]
        if holds(rest):
            found = rest
    return tuple(found)


def _least(
    background: list[Carrying], facts: list[Carrying], holds: Callable[[Sequence[Carrying]], bool], *, known: bool
) -> list[Carrying]:
    """QuickXplain: which of ``facts`` are needed beside ``background``. ``known``: the background alone must be tried."""
    if known and holds(background):
        return []
    if len(facts) <= 1:
        return list(facts)
    middle = len(facts) // 2
    first, last = facts[:middle], facts[middle:]
    of_last = _least([*background, *first], last, holds, known=True)
    of_first = _least([*background, *of_last], first, holds, known=bool(of_last))
    return [*of_first, *of_last]


def _near(epoch: Epoch, a: str, b: str) -> list[Carrying]:
    """The facts that can have a part in it: those between anybody from whom a way leads down to one of the two."""
    into: dict[str, set[str]] = {}
    for holding in epoch.facts:
        into.setdefault(holding.owned, set()).add(holding.owner)
    for right in epoch.rights:
        into.setdefault(right.target, set()).add(right.holder or right.target)
        if right.over is not None:
            into.setdefault(right.over, set()).add(right.target)
    above = {a, b}
    waiting = [a, b]
    while waiting:
        fresh = into.get(waiting.pop(), set()) - above
        above |= fresh
        waiting.extend(fresh)
    holdings = [holding for holding in epoch.facts if holding.owned in above]
    return [*holdings, *(right for right in epoch.rights if right.target in above)]


def _powers(epoch: Epoch, facts: Sequence[Carrying], fixed: Sequence[ControlRight]) -> Powers:
    holdings = [fact for fact in facts if isinstance(fact, Holding)]
    rights = [fact for fact in facts if isinstance(fact, ControlRight)]
    return Powers(holdings, [*fixed, *rights], epoch.definition, epoch.silent)


def _told(facts: Sequence[Carrying]) -> tuple[Carrying, ...]:
    """In the order of telling: what others rest on first. A circle is told from its earliest id."""
    left = sorted(facts, key=_by_id)
    told: list[Carrying] = []
    while left:
        targets = {_target(fact) for fact in left}
        first = next((fact for fact in left if _holder(fact) not in targets - {_target(fact)}), left[0])
        same = [fact for fact in left if _target(fact) == _target(first)]
        told += same
        left = [fact for fact in left if fact not in same]
    return tuple(told)


def _by_id(fact: Carrying) -> str:
    return fact.id


def _target(fact: Carrying) -> str:
    return fact.owned if isinstance(fact, Holding) else fact.target


def _holder(fact: Carrying) -> str | None:
    return fact.owner if isinstance(fact, Holding) else fact.holder
