"""The companies of a world in their groups on any day, prepared so that asking costs a few look-ups.

Holdings fall into nets: companies between which any chain of holdings runs, at any time. A net changes on few days;
between two of them, an epoch, its groups stand still. Groups are worked out per net and epoch when first asked for, so
a world is ready at once, and what nobody asks about costs nothing.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from inward.core.classification.control import Votes, blocks
from inward.core.classification.counted import RIGHT, branch_holding, counted
from inward.core.classification.definition import (
    STRICT_MAJORITY,
    Associates,
    Basis,
    Branches,
    DateRule,
    Definition,
    Override,
    Unknown,
)
from inward.core.classification.facts import CompanyKind, ControlRight, Holding, RightKind
from inward.core.classification.graph import World
from inward.core.classification.powers import Powers
from inward.core.terms.period import Period, boundaries

_Found = TypeVar("_Found")
_REMEMBERED_HOLDINGS_MAX = 1_000_000
"""So many holdings may stand in the epochs a net remembers; then it forgets them and works them out again when asked."""
_REMEMBERED_MAX = 50_000
"""Explanations kept per world and definition; then all are forgotten and made again when asked for."""


class Beyond(Enum):
    """What two companies are to each other that are not certainly in one group."""

    NOT_KNOWN = "not_known"
    JOINT_VENTURE = "joint_venture"
    ASSOCIATE = "associate"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Epoch:
    """A net while nothing in it changes: the voting holdings, and the head of each company's group.

    Where a company may stand in several groups, or a band leaves something open, there are no heads, and ``powers`` tells.
    """

    holdings: tuple[Holding, ...]
    head: Mapping[str, str] | None
    facts: tuple[Holding, ...] = ()
    rights: tuple[ControlRight, ...] = ()
    definition: Definition = STRICT_MAJORITY
    silent: frozenset[str] = frozenset()
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What other modules work out once for this epoch."""

    def together(self, a: str, b: str) -> bool:
        """Whether two companies certainly stand in one group."""
        if self.head is None:
            return self.powers.together(a, b)
        return self.head.get(a, a) == self.head.get(b, b)

    def heads(self, company: str) -> tuple[str, ...]:
        """Those at the head of the groups of a company."""
        return self.powers.tops(company) if self.head is None else (self.head.get(company, company),)

    @cached_property
    def powers(self) -> Powers:
        """Who certainly controls whom."""
        return Powers(self.facts, self.rights, self.definition, self.silent)

    @cached_property
    def possible(self) -> Powers:
        """Who possibly controls whom, by the high ends of all bands."""
        if not any(holding.votes_band or holding.capital_band for holding in self.facts):
            return self.powers
        return Powers(self.facts, self.rights, self.definition, self.silent, high=True)

    @cached_property
    def into(self) -> Mapping[str, tuple[Holding | ControlRight, ...]]:
        """Who holds something of each company or has a power over it; powers that nobody is named for are not told."""
        into: dict[str, list[Holding | ControlRight]] = defaultdict(list)
        for right in (each for each in self.rights if each.holder is not None):
            into[right.target].append(right)
        for holding in self.facts:
            into[holding.owned].append(holding)
        return {company: tuple(facts) for company, facts in into.items()}

    @cached_property
    def inside(self) -> Mapping[str, tuple[Holding, ...]]:
        """The holdings within each group by its head."""
        inside: dict[str, list[Holding]] = defaultdict(list)
        for holding in self.holdings:
            if self.head and self.head[holding.owner] == self.head[holding.owned]:
                inside[self.head[holding.owned]].append(holding)
        return {head: tuple(holdings) for head, holdings in inside.items()}


class Net:
    """Companies linked by holdings and powers at some time, and their epochs."""

    def __init__(
        self,
        holdings: Iterable[Holding],
        rights: Iterable[ControlRight],
        definition: Definition,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        self.holdings, self.rights = tuple(holdings), tuple(rights)
        self.days = boundaries([*(h.period for h in self.holdings), *(r.period for r in self.rights)])
        self._definition, self._silent = definition, silent
        self._epochs: dict[int, Epoch] = {}
        branches = {right.target for right in self.rights if right.kind is RightKind.BRANCH}
        self.banded = any(holding.votes_band or holding.capital_band for holding in self.holdings)
        held_branch = bool(branches) and any(holding.owned in branches for holding in self.holdings)
        self.plain = definition.partitions and not self.banded and not held_branch
        """Whether each company stands in one group on each day, so that heads tell everything."""

    def number(self, on: date) -> int:
        """Which epoch the day lies in: 0 before the first change."""
        return bisect_right(self.days, on)

    def epoch(self, number: int) -> Epoch:
        """That epoch, worked out once."""
        found = self._epochs.get(number)
        if found is None:
            if len(self._epochs) >= _REMEMBERED_HOLDINGS_MAX // (len(self.holdings) + len(self.rights)):
                self._epochs.clear()
            found = self._epochs[number] = self._worked_out(self.days[number - 1] if number else None)
        return found

    def _worked_out(self, first_day: date | None) -> Epoch:
        facts = tuple(holding for holding in self.holdings if _stands(holding.period, first_day))
        rights = tuple(right for right in self.rights if _stands(right.period, first_day))
        if not self.plain:
            return Epoch(facts, None, facts, rights, self._definition, self._silent)
        holdings = counted(facts, rights, self._definition, self._silent).holdings
        if self._definition.branches is Branches.SAME:
            holdings += tuple(branch_holding(right) for right in rights if right.kind is RightKind.BRANCH)
        return Epoch(
            holdings, blocks(Votes.of(holdings), self._definition), facts, rights, self._definition, self._silent
        )


class Groups:
    """Who is in one group with whom, under one definition."""

    def __init__(self, world: World, definition: Definition) -> None:
        self.definition = definition
        self._silent = _silent(world, definition)
        self._net = _nets(self._counting(world.stakes), _linking(world, definition), definition, self._silent)
        self._remembered: dict[Any, Any] = {}
        self.branch_of = _by_target(world.control_rights, RightKind.BRANCH)
        self._unknown = _by_target(world.control_rights, RightKind.UNKNOWN_PARENT)
        self._at_top = _by_target(world.control_rights, RightKind.TOP)
        self._joint = _by_target(world.control_rights, RightKind.JOINT_CONTROL)
        self._decided = {frozenset((each.one, each.other)) for each in definition.exceptions}
        self.by_the_facts = not (self._decided or definition.excluded)
        """Whether the definition decides nothing against the facts."""
        # Nothing beside yes and no can be said: one look, instead of many, for the most of all dealings.
        self._flat = not (self._unknown or self._joint or any(net.banded for net in self._net.values()))
        self._flat = self._flat and definition.associates is Associates.OUT

    def renewed(self, gone: Iterable[Holding], new: Iterable[Holding]) -> "Groups":
        """The groups of a world in which these holdings are otherwise: only the nets they touch are made again.

        Only for holdings of companies: with people, those who make no group may be others.
        """
        made = copy(self)
        made._remembered = {}
        before, after = tuple(gone), tuple(new)
        touched = {party for holding in (*before, *after) for party in (holding.owner, holding.owned)}
        nets = {id(net): net for party in touched if (net := self._net.get(party)) is not None}.values()
        out = {holding.id for holding in before}
        holdings = [holding for net in nets for holding in net.holdings if holding.id not in out]
        rights = {right.id: right for net in nets for right in net.rights}.values()
        again = _nets([*holdings, *self._counting(after)], tuple(rights), self.definition, self._silent)
        made._net = self._net.copy()
        for net in nets:
            for fact in net.holdings:
                for party in (fact.owner, fact.owned):
                    made._net.pop(party, None)
        made._net |= again
        made._flat = self._flat and not any(net.banded for net in again.values())
        return made

    def _counting(self, stakes: Iterable[Holding]) -> list[Holding]:
        """The holdings that can count: not what carries no vote, nor what those hold who make no group."""
        money = self.definition.basis is not Basis.VOTES
        silent = self._silent if self.definition.identical_threshold is None else frozenset()
        return [
            holding
            for holding in stakes
            if holding.owner not in silent and (holding.votes or holding.votes_band or (money and holding.capital))
        ]

    @property
    def silent(self) -> frozenset[str]:
        """Those who hold and make no group by this definition: people, states, pools."""
        return self._silent

    def together(self, a: str, b: str, on: date) -> bool:
        """Whether two companies certainly stand in one group on that day."""
        if a == b:
            return True
        if not self.by_the_facts and (decided := self.decided(a, b, on)) is not None:
            return decided
        net = self.net(a, b)
        return net is not None and net.epoch(self.number(net, on)).together(a, b)

    def decided(self, a: str, b: str, on: date) -> bool | None:
        """What the definition decides for two companies against the facts; None where it leaves it to them."""
        override = self.override(a, b, on)
        if override is not None:
            return override.inside
        return None if self.definition.excluded.isdisjoint((a, b)) else False

    def override(self, a: str, b: str, on: date) -> Override | None:
        """The decision somebody has signed for these two."""
        if not self._decided or frozenset((a, b)) not in self._decided:
            return None
        both = (each for each in self.definition.exceptions if {each.one, each.other} == {a, b} and on in each.period)
        return next(both, None)

    def beyond(self, a: str, b: str, on: date) -> Beyond:
        """What two companies are to each other that are not certainly together."""
        if self._flat:
            return Beyond.OUTSIDE
        return self.remembered(("beyond", a, b, on), lambda: self._beyond(a, b, on))

    def _beyond(self, a: str, b: str, on: date) -> Beyond:
        if self.decided(a, b, on) is not None:
            return Beyond.OUTSIDE
        if self.definition.unknown is Unknown.NOT_KNOWN and (self.undecided(a, b, on) or self.possibly(a, b, on)):
            return Beyond.NOT_KNOWN
        if self.joint(a, b, on) is not None:
            return Beyond.JOINT_VENTURE
        return Beyond.OUTSIDE if self.associate(a, b, on) is None else Beyond.ASSOCIATE

    def possibly(self, a: str, b: str, on: date) -> bool:
        """Whether bands leave open that two companies stand together."""
        net = self.net(a, b)
        return net is not None and net.banded and net.epoch(self.number(net, on)).possible.together(a, b)

    def undecided(self, a: str, b: str, on: date) -> tuple[ControlRight, ...]:
        """Who is said to have a parent whom nobody names, above one of two companies."""
        found = []
        for company in (a, b) if self._unknown else ():
            for head in self.heads(company, on):
                top = any(self._day(on) in right.period for right in self._at_top.get(head, ()))
                found += [r for r in self._unknown.get(head, ()) if self._day(on) in r.period and not top]
        return tuple(found)

    def joint(self, a: str, b: str, on: date) -> ControlRight | None:
        """The agreement by which the group of one of them controls the other, or its parent, together with others."""
        day = self._day(on)
        for held, holding in ((a, b), (b, a)) if self._joint else ():
            for company in (held, *self.heads(held, on)):
                for right in self._joint.get(company, ()):
                    if right.holder and day in right.period and self.together(right.holder, holding, on):
                        return right
        return None

    def associate(self, a: str, b: str, on: date) -> tuple[str, str, Fraction] | None:
        """Who of one group has a notable part of whom of the other, and how much, where the definition asks."""
        net = self.net(a, b)
        if net is None or self.definition.associates is Associates.OUT:
            return None
        powers = net.epoch(self.number(net, on)).powers
        for held, holding in ((a, b), (b, a)):
            for company in (held, *self.heads(held, on)):
                for head in self.heads(holding, on):
                    share = powers.share(head, company)
                    if share >= self.definition.associate_threshold:
                        return head, company, share
        return None

    def one_person(self, a: str, b: str, on: date) -> bool:
        """Whether two companies are one in law: a head office and its branch, or two branches of one."""
        if not self.branch_of or self.definition.branches is Branches.APART:
            return False
        return self._office(a, on) == self._office(b, on)

    def branch_right(self, holding: Holding) -> ControlRight | None:
        """The right of which a holding was made, since a branch is wholly its head office's; None for any other holding."""
        rights = self.branch_of.get(holding.owned, ()) if holding.id.startswith(RIGHT) else ()
        return next((right for right in rights if f"{RIGHT}{right.id}" == holding.id), None)

    def _office(self, company: str, on: date) -> str:
        day = self._day(on)
        offices = (right.holder for right in self.branch_of.get(company, ()) if day in right.period)
        return next(offices, None) or company

    def net(self, a: str, b: str) -> Net | None:
        """The net both stand in, if they do stand in one."""
        net = self._net.get(a)
        return net if net is not None and self._net.get(b) is net else None

    def number(self, net: Net, on: date) -> int:
        """The epoch whose facts decide on a dealing of that day."""
        return net.number(self._day(on))

    def head(self, company: str, on: date) -> str:
        """The company at the head of the group of ``company`` on that day: itself when nobody controls it.

        Of several, the first by id.
        """
        return self.heads(company, on)[0]

    def heads(self, company: str, on: date) -> tuple[str, ...]:
        """Those at the head of each group of ``company`` on that day."""
        net = self._net.get(company)
        return (company,) if net is None else net.epoch(self.number(net, on)).heads(company)

    def _day(self, on: date) -> date:
        return on if self.definition.date_rule is DateRule.AT_DEALING else self.definition.day(on)

    def remembered(self, key: tuple[Any, ...], make: Callable[[], _Found]) -> _Found:
        """What ``make`` makes, made once for each key while there is room."""
        if key not in self._remembered:
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[key] = make()
        found: _Found = self._remembered[key]
        return found


def prepared(world: World, definition: Definition) -> Groups:
    """The groups of this world under this definition, prepared once per world."""
    found: Groups | None = world.prepared.get(definition)
    if found is None:
        found = world.prepared[definition] = Groups(world, definition)
    return found


def _stands(period: Period, first_day: date | None) -> bool:
    return period.start is None if first_day is None else first_day in period


def _silent(world: World, definition: Definition) -> frozenset[str]:
    """Those who hold and make no group."""
    kinds = {CompanyKind.POOL} if definition.state_as_parent else {CompanyKind.POOL, CompanyKind.STATE}
    people = frozenset() if definition.natural_persons_as_parents else world.holding_people
    return people | {company.id for company in world.companies if company.kind in kinds}


def _linking(world: World, definition: Definition) -> tuple[ControlRight, ...]:
    """The rights that tie companies into one net."""
    kinds = definition.rights | {RightKind.JOINT_CONTROL, RightKind.BRANCH}
    if definition.nominees:
        kinds |= {RightKind.NOMINATOR}
    return tuple(right for right in world.control_rights if right.kind in kinds and right.holder is not None)


def _by_target(rights: Iterable[ControlRight], kind: RightKind) -> dict[str, list[ControlRight]]:
    found: dict[str, list[ControlRight]] = defaultdict(list)
    for right in rights:
        if right.kind is kind:
            found[right.target].append(right)
    return dict(found)


def _nets(
    holdings: Iterable[Holding], rights: Iterable[ControlRight], definition: Definition, silent: frozenset[str]
) -> dict[str, Net]:
    """Each company's net: the connected components of the holdings and powers of all days."""
    link: dict[str, str] = {}

    def find(company: str) -> str:
        while link.setdefault(company, company) != company:
            link[company] = link[link[company]]
            company = link[company]
        return company

    for holding in holdings:
        link[find(holding.owner)] = find(holding.owned)
    for right in rights:
        for party in (right.holder, right.over):
            if party is not None:
                link[find(party)] = find(right.target)
    of_net: dict[str, tuple[list[Holding], list[ControlRight]]] = defaultdict(lambda: ([], []))
    for holding in holdings:
        of_net[find(holding.owner)][0].append(holding)
    for right in rights:
        of_net[find(right.target)][1].append(right)
    nets = {at: Net(held, powers, definition, silent) for at, (held, powers) in of_net.items()}
    return {company: nets[find(company)] for company in link}
