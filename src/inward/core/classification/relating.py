"""Who is related to a company in a span of days, how, on which days and on what grounds: IAS 24, paragraphs 9 and 19.

The definition decides who controls whom, and whether associates and natural persons are told; directors are always key
management. ``decide`` asks about two; here everyone who is tied to one company is looked for. Not asked: close family (it is
kept for the two who declared it), benefit plans, and whoever supplies key management.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise

from inward.core.classification import reasons
from inward.core.classification.carrying import least_facts
from inward.core.classification.definition import Associates, Definition
from inward.core.classification.facts import CompanyKind, ControlRight, Holding, WorkKind, WorkRelationship
from inward.core.classification.graph import World
from inward.core.classification.ladder import Kind, decide
from inward.core.classification.nets import Epoch, Groups, prepared
from inward.core.classification.powers import Powers
from inward.core.classification.standing import classify
from inward.core.terms.period import Period, boundaries
from inward.core.terms.reason import Reason


class Relation(Enum):
    """What somebody is to the company, in the order of paragraph 19."""

    PARENT = "parent"
    """Controls it: a company, a state or a person."""
    INFLUENCE = "influence"
    """Has joint control of it, or significant influence over it."""
    SUBSIDIARY = "subsidiary"
    ASSOCIATE = "associate"
    JOINT_VENTURE = "joint_venture"
    KEY_MANAGEMENT = "key_management"
    """A director of it or of a parent."""
    FELLOW = "fellow"
    """Of the same group, neither above nor below it."""
    OTHER = "other"
    """An associate or joint venture of another member of the group, and the group of one; what a director controls."""
    NOT_KNOWN = "not_known"
    """It depends on a share of which only a band is known."""


_SAID_BY_THE_RELATION = frozenset({"not_one_group", "one_of_several_groups"})
_ORDER = {relation: rank for rank, relation in enumerate(Relation)}


@dataclass(frozen=True, slots=True)
class Related:
    """A party that was related to the company on the days of ``period``, on these grounds (of the last of these days).

    ``ultimate``: nobody stands above this parent.
    """

    party: str
    relation: Relation
    period: Period
    grounds: tuple[Reason, ...]
    ultimate: bool = False


@dataclass(frozen=True, slots=True)
class Relations:
    """Everybody who was related, by relation, party and days; ``gaps`` say what is not known of who is above the company."""

    related: tuple[Related, ...]
    gaps: tuple[Reason, ...]


def related(*, company: str, world: World, since: date, until: date, definition: Definition) -> Relations:
    """Who is related to a company from ``since`` up to but not including ``until``, which is later."""
    search = _Search(company, world, prepared(world, definition))
    open_ones: dict[tuple[str, Relation], Related] = {}
    done: list[Related] = []
    gaps: dict[Reason, None] = {}
    for start, end in pairwise([since, *search.days(since, until), until]):
        here = {(each.party, each.relation): replace(each, period=Period(start, end)) for each in search.on(start)}
        done += [open_ones.pop(key) for key in open_ones.keys() - here.keys()]
        for key, each in here.items():
            begun = open_ones.get(key, each).period.start
            open_ones[key] = replace(each, period=Period(begun, end))
        gaps |= dict.fromkeys(search.gaps(start))
    found = sorted(
        (*done, *open_ones.values()), key=lambda each: (_ORDER[each.relation], each.party, each.period.start)
    )
    return Relations(tuple(found), tuple(gaps))


class _Search:
    """Everyone who may be tied to one company: those of its net, its directors and those of its parents."""

    def __init__(self, company: str, world: World, groups: Groups) -> None:
        self._company, self._world, self._groups = company, world, groups
        self._net = groups.net(company, company)
        facts: tuple[Holding | ControlRight, ...] = ()
        if self._net is not None:
            facts = (*self._net.holdings, *self._net.rights)
        parties = {party for fact in facts for party in _parties(fact)}
        parties |= {
            party
            for each in groups.definition.exceptions
            if company in (each.one, each.other)
            for party in (each.one, each.other)
        }
        self._near = sorted(party for party in parties if self._counts(party))
        directed = {company, *self._near}
        self._directors: dict[str, list[WorkRelationship]] = defaultdict(list)
        for work in world.work_relationships:
            if work.kind is WorkKind.DIRECTOR and work.company in directed:
                self._directors[work.company].append(work)

    def days(self, since: date, until: date) -> list[date]:
        """The days between on which somebody may come, go or be another thing."""
        works = [work for found in self._directors.values() for work in found]
        nets = [self._groups.net(person, person) for person in {work.person for work in works}]
        days = {day for net in (self._net, *nets) if net is not None for day in net.days}
        decided = (each.period for each in self._groups.definition.exceptions)
        days |= set(boundaries([*(work.period for work in works), *decided]))
        days |= self._groups.definition.first_days(days | {since})
        return sorted(day for day in days if since < day < until)

    def on(self, day: date) -> Iterator[Related]:
        """Everybody who is related on that day; ``period`` is for the caller to fill."""
        parents = [self._company]
        known = {self._company}
        for party in self._near:
            relation = self._relation(party, day)
            if relation is None:
                continue
            known.add(party)
            if relation is Relation.PARENT:
                parents.append(party)
            top = relation is Relation.PARENT and party in self._groups.heads(self._company, day)
            yield Related(party, relation, Period(), self._grounds(party, relation, day), top)
        yield from self._key_management(parents, known, day)

    def gaps(self, day: date) -> Iterator[Reason]:
        """What is said of parents of the company whom nobody names."""
        rights = self._groups.undecided(self._company, self._company, day)
        yield from dict.fromkeys(reasons.parent_unknown(right, self._world) for right in rights)

    def _counts(self, party: str) -> bool:
        company = self._world.company.get(party)
        return party != self._company and (company is None or company.kind is not CompanyKind.POOL)

    def _epoch(self, day: date) -> Epoch | None:
        return None if self._net is None else self._net.epoch(self._groups.number(self._net, day))

    def _relation(self, party: str, day: date) -> Relation | None:
        """What a company or an owner is to the company on that day; None for nothing, and for its own branch or head office."""
        epoch = self._epoch(day)
        powers = Powers((), (), self._groups.definition) if epoch is None else epoch.powers
        if party in self._world.person:
            return self._owner(party, powers)
        if self._groups.one_person(self._company, party, day):
            return None
        ends = {"supplier": self._company, "customer": party}
        kind = decide(**ends, world=self._world, on=day, definition=self._groups.definition).kind
        match kind:
            case Kind.AFFILIATE:
                return _in_group(self._company, party, powers)
            case Kind.JOINT_VENTURE:
                return self._venture(party, powers, day)
            case Kind.ASSOCIATE:
                return self._associate(party, powers, day)
            case Kind.NOT_KNOWN if self._groups.possibly(self._company, party, day):
                return Relation.NOT_KNOWN
        return None

    def _owner(self, person: str, powers: Powers) -> Relation | None:
        """A person who controls the company, or has a notable part of it, where the definition tells either."""
        if powers.controls(person, self._company):
            return Relation.PARENT
        return Relation.INFLUENCE if self._notable(person, self._company, powers) else None

    def _notable(self, holder: str, owned: str, powers: Powers) -> bool:
        definition = self._groups.definition
        return (
            definition.associates is Associates.RELATED
            and powers.share(holder, owned) >= definition.associate_threshold
        )

    def _venture(self, party: str, powers: Powers, day: date) -> Relation:
        """A joint venture of the company itself, whoever shares the control of it, or one of the rest of the group."""
        right = self._groups.joint(self._company, party, day)
        assert right is not None  # that is how it came to be one
        assert right.holder is not None
        ours = {self._company, *powers.below(self._company)}
        if right.holder in ours and right.target not in ours:
            return Relation.JOINT_VENTURE
        theirs = {party, *powers.below(party)}
        if right.target == self._company and right.holder in theirs:
            return Relation.INFLUENCE
        return Relation.OTHER

    def _associate(self, party: str, powers: Powers, day: date) -> Relation:
        """An associate of the company itself, with those below it; whoever has a notable part of it; or one of the rest."""
        found = self._groups.associate(self._company, party, day)
        assert found is not None  # that is how it came to be one
        _, held, _ = found
        if self._notable(party, self._company, powers):
            return Relation.INFLUENCE
        own = any(self._notable(self._company, each, powers) for each in (party, held) if each != self._company)
        return Relation.ASSOCIATE if own else Relation.OTHER

    def _grounds(self, party: str, relation: Relation, day: date) -> tuple[Reason, ...]:
        if party in self._world.person:
            return tuple(self._owned_by(party, self._company, relation, day))
        ends = {"supplier": self._company, "customer": party}
        standing = classify(**ends, world=self._world, on=day, definition=self._groups.definition)
        return tuple(ground for ground in standing.grounds if ground.code not in _SAID_BY_THE_RELATION)

    def _owned_by(self, person: str, company: str, relation: Relation, day: date) -> Iterator[Reason]:
        """The least facts by which a person controls a company, or how much she has of it."""
        net = self._groups.net(person, company)
        assert net is not None  # she has a part of it
        epoch = net.epoch(self._groups.number(net, day))
        if relation is Relation.INFLUENCE:
            yield reasons.notable_influence(person, company, epoch.powers.share(person, company), self._world)
            return
        for fact in least_facts(epoch, person, company):
            right = isinstance(fact, ControlRight)
            yield reasons.has_power(fact, self._world) if right else reasons.holds(fact, self._world)  # type: ignore[arg-type]

    def _key_management(self, parents: Iterable[str], known: set[str], day: date) -> Iterator[Related]:
        """The directors of the company and of its parents, and what else they control but those ``known`` otherwise."""
        by_person: dict[str, list[Reason]] = defaultdict(list)
        for company in parents:
            for work in self._directors.get(company, ()):
                if day in work.period:
                    by_person[work.person].append(reasons.works_for(work, self._world))
        controlled: dict[str, list[Reason]] = defaultdict(list)
        for person, grounds in sorted(by_person.items()):
            yield Related(person, Relation.KEY_MANAGEMENT, Period(), tuple(grounds))
            for company in self._below(person, day) - known:
                controlled[company] += [*grounds, *self._owned_by(person, company, Relation.PARENT, day)]
        for company, grounds in sorted(controlled.items()):
            yield Related(company, Relation.OTHER, Period(), tuple(dict.fromkeys(grounds)))

    def _below(self, person: str, day: date) -> frozenset[str]:
        """The companies that a person controls, where the definition lets people control any; not the company's own branches,
        which are the company itself.
        """
        net = self._groups.net(person, person)
        if net is None:
            return frozenset()
        found = net.epoch(self._groups.number(net, day)).powers.below(person)
        return frozenset(
            each for each in found if self._counts(each) and not self._groups.one_person(self._company, each, day)
        )


def _parties(fact: Holding | ControlRight) -> tuple[str, ...]:
    if isinstance(fact, Holding):
        return fact.owner, fact.owned
    return tuple(party for party in (fact.holder, fact.target, fact.over) if party is not None)


def _in_group(company: str, party: str, powers: Powers) -> Relation:
    """Of one group: above, below, or neither. Of two that control each other each is the other's parent."""
    if powers.controls(party, company):
        return Relation.PARENT
    return Relation.SUBSIDIARY if powers.controls(company, party) else Relation.FELLOW
