"""A world with some facts otherwise: what would be inside if a share were sold, or somebody worked elsewhere.

Nothing is changed: a second world stands beside the first, to be asked the same questions. ``comparing`` says where the two
differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, TypeVar

from inward.core.classification import door
from inward.core.classification.facts import (
    ControlRight,
    Holding,
    Household,
    ShareClass,
    Shareholding,
    Succession,
    Unit,
    WorkRelationship,
)
from inward.core.classification.graph import RESTS_ON_HOLDINGS, RESTS_ON_HOUSEHOLDS, World, in_order_of_days, instead
from inward.core.terms.period import boundaries

_Fact = TypeVar("_Fact", Holding, WorkRelationship, ShareClass, Shareholding, ControlRight, Household)
_AnyFact: TypeAlias = Holding | WorkRelationship | ShareClass | Shareholding | ControlRight | Household
_UNCHANGED = ("company", "person", "unit", "names")


@dataclass(frozen=True, slots=True)
class Supposed:
    """Facts by id as they are supposed to be: a new id adds a fact, a known one replaces it, None takes it away."""

    holdings: Mapping[str, Holding | None] = field(default_factory=dict)
    work_relationships: Mapping[str, WorkRelationship | None] = field(default_factory=dict)
    share_classes: Mapping[str, ShareClass | None] = field(default_factory=dict)
    shareholdings: Mapping[str, Shareholding | None] = field(default_factory=dict)
    control_rights: Mapping[str, ControlRight | None] = field(default_factory=dict)
    households: Mapping[str, Household | None] = field(default_factory=dict)
    units: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    """All records of a unit instead of those that are known; none for a unit that there is not."""
    successions: tuple[Succession, ...] = ()
    """Companies that go up in others, besides those that are known to."""

    def __or__(self, other: "Supposed") -> "Supposed":
        """Both together; where both speak of one fact, the second has it."""
        return Supposed(
            holdings={**self.holdings, **other.holdings},
            work_relationships={**self.work_relationships, **other.work_relationships},
            share_classes={**self.share_classes, **other.share_classes},
            shareholdings={**self.shareholdings, **other.shareholdings},
            control_rights={**self.control_rights, **other.control_rights},
            households={**self.households, **other.households},
            units={**self.units, **other.units},
            successions=(*self.successions, *other.successions),
        )


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
        share_classes=_instead(world.share_classes, supposed.share_classes),
        shareholdings=_instead(world.shareholdings, supposed.shareholdings),
        control_rights=_instead(world.control_rights, supposed.control_rights),
        households=_instead(world.households, supposed.households),
        units=_placed(world, supposed.units),
        successions=in_order_of_days((*world.successions, *supposed.successions)),
    )
    _check(changed, supposed)
    shares = bool(supposed.share_classes or supposed.shareholdings)
    same = [name for name in _UNCHANGED if not (supposed.units and name in ("unit", "names"))]
    kept = [*same, *(() if supposed.holdings or shares else RESTS_ON_HOLDINGS)]
    kept += () if supposed.households else RESTS_ON_HOUSEHOLDS
    for name in kept if supposed.work_relationships else [*kept, "work"]:
        changed.__dict__[name] = getattr(world, name)  # as ``cached_property`` keeps it
    people = {holding.owner for holding in (*gone, *new)} & world.person.keys()
    anew = people or shares or supposed.control_rights  # groups are renewed by holdings alone
    for definition, groups in world.prepared.items() if not anew else ():
        changed.prepared[definition] = groups.renewed(gone, new) if gone or new else groups
    return changed


def changed_days(before: World, after: World) -> tuple[date | None, ...]:
    """The first days on which a fact that differs between the two worlds begins to differ, earliest first (None: always)."""
    first: set[date | None] = set()
    for mine, theirs in (
        (before.holdings, after.holdings),
        (before.work_relationships, after.work_relationships),
        (before.share_classes, after.share_classes),
        (before.shareholdings, after.shareholdings),
        (before.control_rights, after.control_rights),
        (before.households, after.households),
    ):
        one: dict[str, _AnyFact] = {fact.id: fact for fact in mine}
        other: dict[str, _AnyFact] = {fact.id: fact for fact in theirs}
        for name in one.keys() | other.keys():
            first |= _differs_from(one.get(name), other.get(name))
    first |= set(_moved(before, after))
    first |= {each.since for each in set(before.successions) ^ set(after.successions)}
    return tuple(sorted(first, key=lambda day: day or date.min))


def _placed(world: World, supposed: Mapping[str, tuple[Unit, ...]]) -> tuple[Unit, ...]:
    """The records of all units, in the order in which a world has them."""
    if not supposed:
        return world.units
    kept = (unit for unit in world.units if unit.id not in supposed)
    told = (unit for units in supposed.values() for unit in units)
    return tuple(sorted((*kept, *told), key=lambda unit: (unit.id, str(unit.period.start or ""))))


def _moved(before: World, after: World) -> Iterator[date | None]:
    """For each unit whose records differ, the first day on which it stands elsewhere, or is not there in one of the worlds."""
    if before.units is after.units:
        return
    for name in {unit.id for unit in set(before.units) ^ set(after.units)}:
        both = [world.unit.get(name, ()) for world in (before, after)]
        edges: list[date | None] = [None, *boundaries(unit.period for units in both for unit in units)]
        for day in edges:
            here, there = (_place(units, day) for units in both)
            if here != there:
                yield day
                break


def _place(units: Iterable[Unit], day: date | None) -> tuple[str, str | None] | None:
    """What a unit stands in on a day (None: before all that is known); None where there is none."""
    found = (u for u in units if (u.period.start is None if day is None else day in u.period))
    return next(((unit.company, unit.parent) for unit in found), None)


def _instead(facts: tuple[_Fact, ...], supposed: Mapping[str, _Fact | None]) -> tuple[_Fact, ...]:
    gone, new = _changes({fact.id: fact for fact in facts} if supposed else {}, supposed)
    changed: tuple[_Fact, ...] = instead(facts, gone, new)
    return changed


def _changes(known: Mapping[str, _Fact], supposed: Mapping[str, _Fact | None]) -> tuple[list[_Fact], list[_Fact]]:
    """The facts that go and those that come."""
    gone = [known[name] for name, fact in supposed.items() if name in known and known[name] != fact]
    new = [fact for name, fact in supposed.items() if fact is not None and known.get(name) != fact]
    return gone, new


def _differs_from(one: _AnyFact | None, other: _AnyFact | None) -> set[date | None]:
    """The first day on which one fact says otherwise than the other; nothing when they say the same."""
    if one == other:
        return set()
    if one is None or other is None:
        only = one or other
        return {only.period.start} if only is not None else set()
    if isinstance(one, WorkRelationship) and isinstance(other, WorkRelationship) and one.states != other.states:
        states = {period.start for _, period in set(one.states) ^ set(other.states)}
        return states | _differs_from(replace(one, states=()), replace(other, states=()))
    said, now = one.period, other.period
    if _without_days(one) != _without_days(other) or said.start != now.start:
        return {min((said.start, now.start), key=lambda day: day or date.min)}
    return {min((said.until, now.until), key=lambda day: day or date.max)}


def _without_days(fact: _AnyFact) -> tuple[object, ...]:
    """What it says, but for its days, what it is called and on whose word."""
    match fact:
        case Holding():
            return (fact.owner, fact.owned, fact.votes, fact.capital, fact.votes_band, fact.capital_band)
        case WorkRelationship():
            return (fact.person, fact.company, fact.kind, fact.unit, fact.line_of_business)
        case ShareClass():
            return (fact.company, fact.series, fact.issued, fact.votes_each, fact.dividend_each)
        case Shareholding():
            return (fact.owner, fact.share_class, fact.shares)
        case Household():
            return (fact.person, fact.member, fact.tie)
        case _:
            return (fact.target, fact.kind, fact.holder, fact.agreement, fact.over)


def _check(world: World, supposed: Supposed) -> None:
    """Let the door check what the supposition touches: all holdings of the companies it speaks of, and its own work."""
    owned = {holding.owned for holding in supposed.holdings.values() if holding is not None}
    company_of = {each.id: each.company for each in world.share_classes}
    touched = {shares.share_class for shares in supposed.shareholdings.values() if shares} | set(supposed.share_classes)
    about = {company_of[name] for name in touched if name in company_of}
    classes = [each for each in world.share_classes if each.company in about]
    names = {each.id for each in classes}
    shareholdings = [each for each in world.shareholdings if each.share_class in names | touched]
    work = [each for each in supposed.work_relationships.values() if each is not None]
    door.check(
        world.companies,
        [stake for stake in world.stakes if stake.owned in owned - about]
        + [holding for holding in world.holdings if holding.owned in about],
        world.units if work or supposed.units else (),
        world.people,
        work,
        classes,
        shareholdings,
        [right for right in supposed.control_rights.values() if right is not None],
        [home for home in supposed.households.values() if home is not None],
    )
