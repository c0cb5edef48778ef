"""A world with some facts otherwise: what would be inside if a share were sold, or somebody worked elsewhere.

Nothing is changed: a second world stands beside the first, to be asked the same questions. ``comparing`` says where the two
differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from inward.core.classification import door
from inward.core.classification.facts import Holding, WorkRelationship
from inward.core.classification.graph import RESTS_ON_HOLDINGS, RESTS_ON_HOUSEHOLDS, World, instead

_Fact = TypeVar("_Fact", Holding, WorkRelationship)
_UNCHANGED = ("company", "person", "unit", "names")


@dataclass(frozen=True, slots=True)
class Supposed:
    """Facts by id as they are supposed to be: a new id adds a fact, a known one replaces it, None takes it away."""

    holdings: Mapping[str, Holding | None] = field(default_factory=dict)
    work_relationships: Mapping[str, WorkRelationship | None] = field(default_factory=dict)

    def __or__(self, other: "Supposed") -> "Supposed":
        """Both together; where both speak of one fact, the second has it."""
        return Supposed({**self.holdings, **other.holdings}, {**self.work_relationships, **other.work_relationships})


def suppose(world: World, supposed: Supposed) -> World:
    """The world as it would be. Costs what its changed facts cost, not a whole check: the rest was checked before.

    Groups that were worked out before stay, but for those between whom and a changed holding any chain of holdings runs.
    Refusal for what cannot be: over 100 % of a company, an id that nobody bears.
    """
    gone, new = _changes({h.id: h for h in world.holdings} if supposed.holdings else {}, supposed.holdings)
    left, come = _changes(
        {w.id: w for w in world.work_relationships} if supposed.work_relationships else {}, supposed.work_relationships
    )
    changed = replace(
        world,
        holdings=instead(world.holdings, gone, new),
        work_relationships=instead(world.work_relationships, left, come),
    )
    _check(changed, supposed)
    kept = [*_UNCHANGED, *RESTS_ON_HOUSEHOLDS, *(() if supposed.holdings else RESTS_ON_HOLDINGS)]
    for name in kept if supposed.work_relationships else [*kept, "work"]:
        changed.__dict__[name] = getattr(world, name)  # as ``cached_property`` keeps it
    people = {holding.owner for holding in (*gone, *new)} & world.person.keys()
    for definition, groups in world.prepared.items() if not people else ():
        changed.prepared[definition] = groups.renewed(gone, new) if gone or new else groups
    return changed


def changed_days(before: World, after: World) -> tuple[date | None, ...]:
    """The first days on which a fact that differs between the two worlds begins to differ, earliest first (None: always)."""
    first: set[date | None] = set()
    for mine, theirs in (
        (before.holdings, after.holdings),
        (before.work_relationships, after.work_relationships),
    ):
        one, other = {fact.id: fact for fact in mine}, {fact.id: fact for fact in theirs}
        for name in one.keys() | other.keys():
            first |= _differs_from(one.get(name), other.get(name))
    return tuple(sorted(first, key=lambda day: day or date.min))


def _changes(known: Mapping[str, _Fact], supposed: Mapping[str, _Fact | None]) -> tuple[list[_Fact], list[_Fact]]:
    """The facts that go and those that come."""
    gone = [known[name] for name, fact in supposed.items() if name in known and known[name] != fact]
    new = [fact for name, fact in supposed.items() if fact is not None and known.get(name) != fact]
    return gone, new


def _differs_from(one: Holding | WorkRelationship | None, other: Holding | WorkRelationship | None) -> set[date | None]:
    """The first day on which one fact says otherwise than the other; nothing when they say the same."""
    if one == other:
        return set()
    if one is None or other is None:
        only = one or other
        return {only.period.start} if only is not None else set()
    said, now = one.period, other.period
    if _without_days(one) != _without_days(other) or said.start != now.start:
        return {min((said.start, now.start), key=lambda day: day or date.min)}
    return {min((said.until, now.until), key=lambda day: day or date.max)}


def _without_days(fact: Holding | WorkRelationship) -> tuple[object, ...]:
    if isinstance(fact, Holding):
        return (fact.owner, fact.owned, fact.votes, fact.capital, fact.votes_band, fact.capital_band)
    return (fact.person, fact.company, fact.kind, fact.unit, fact.line_of_business)


def _check(world: World, supposed: Supposed) -> None:
    """Let the door check what the supposition touches: all holdings of the companies it speaks of, and its own work."""
    owned = {holding.owned for holding in supposed.holdings.values() if holding is not None}
    work = [each for each in supposed.work_relationships.values() if each is not None]
    door.check(
        world.companies,
        [stake for stake in world.stakes if stake.owned in owned],
        world.units if work else (),
        world.people,
        work,
    )
