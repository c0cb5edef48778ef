"""The rungs from one's own hand to the outside world: which kind of dealing this is, on that day, and nothing more.

``decide`` is the hot path: a few look-ups and no reasons. ``standing`` says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction

from inward.core.classification.definition import STRICT_MAJORITY, Definition, Family
from inward.core.classification.facts import Holding, Household, Succession, Unit, WorkRelationship
from inward.core.classification.graph import World
from inward.core.classification.nets import Beyond, Groups, prepared
from inward.core.terms.reason import Reason, Refusal


class Verdict(Enum):
    """Whether the dealing is inside."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    NOT_KNOWN = "not_known"


class Kind(Enum):
    """The rung of the ladder, in the words of interfaces.md; first match wins, top to bottom."""

    SELF = "self"
    SAME_UNIT = "same_unit"
    DEPARTMENT = "department"
    BRANCH = "branch"
    STAFF = "staff"
    GROUP_STAFF = "group_staff"
    AFFILIATE = "affiliate"
    STAKEHOLDER = "stakeholder"
    JOINT_VENTURE = "joint_venture"
    ASSOCIATE = "associate"
    OUTSIDE = "outside"
    NOT_KNOWN = "not_known"


_RUNG = {kind: 2 * rung for rung, kind in enumerate(Kind)}
_RUNG[Kind.NOT_KNOWN] = _RUNG[Kind.STAKEHOLDER] + 1  # what may be inside goes before what is not

_VERDICTS = {
    **dict.fromkeys(_RUNG, Verdict.INTERNAL),
    **dict.fromkeys((Kind.OUTSIDE, Kind.JOINT_VENTURE, Kind.ASSOCIATE), Verdict.EXTERNAL),
    Kind.NOT_KNOWN: Verdict.NOT_KNOWN,
}


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a dealing on the day: the party, the company it stands for, and the facts that tie it to it.

    ``successions`` tell in what the company has gone up that ``party`` or what ties it still names. ``household`` ties her to
    somebody who does the ``work``; ``holding`` makes her a stakeholder without any.
    """

    party: str
    company: str | None
    unit: Unit | None = None
    work: WorkRelationship | None = None
    household: Household | None = None
    holding: Holding | None = None
    successions: tuple[Succession, ...] = ()

    @property
    def person(self) -> bool:
        """Whether a person stands there, by whatever ties her to the company."""
        return self.work is not None or self.holding is not None


@dataclass(frozen=True, slots=True)
class Decision:
    """The rung, and the two ends as they were taken: for a person, by the work relationship that carried it."""

    kind: Kind
    supplier: Side
    customer: Side

    @property
    def verdict(self) -> Verdict:
        """Inside on every rung but those that are outside or not known."""
        return _VERDICTS[self.kind]


def decide(
    *, supplier: str, customer: str, world: World, on: date, definition: Definition = STRICT_MAJORITY
) -> Decision:
    """The rung of this dealing on that day. Of several work relationships the best rung wins, then the earlier id.

    Refusal for a party nobody knows and a unit that does not exist on that day.
    """
    groups = prepared(world, definition)
    suppliers = sides_of(supplier, world, on, definition, "supplier")
    customers = sides_of(customer, world, on, definition, "customer")
    best: Decision | None = None
    for one in suppliers:
        for other in customers:
            kind = _kind(one, other, groups, on)
            if best is None or _RUNG[kind] < _RUNG[best.kind]:
                best = Decision(kind, one, other)
    assert best is not None  # each end has at least one side
    return best


def sides_of(party: str, world: World, on: date, definition: Definition, where: str = "party") -> Iterable[Side]:
    """The ways in which this party can be taken on that day. Refusal for nobody, and a unit that is not there then."""
    if party in world.company:
        return (_standing(Side(party, party), world, on),)
    if party in world.person:
        works = (w for w in world.work.get(party, ()) if on in w.period)
        own = [_standing(Side(party, w.company, work=w), world, on) for w in works]
        homes = [] if definition.family is Family.NONE else _by_household(party, world, on, definition)
        threshold = definition.shareholder_threshold
        held = [] if threshold is None else _by_holding(party, world, on, threshold)
        if own or held:
            return (*own, *homes, *held)
        return (Side(party, None), *homes)  # a household that does not help is not told either
    records = world.unit.get(party)
    if records is None:
        raise Refusal(Reason.of("party_unknown", party=party), where=where)
    for unit in records:
        if on in unit.period:
            return (_standing(Side(party, unit.company, unit=unit), world, on),)
    first, last = records[0].period.start, records[-1].period.until
    raise Refusal(Reason.of("unit_not_open", unit=world.names[party], on=on, since=first, until=last), where=where)


def _standing(side: Side, world: World, on: date) -> Side:
    """An end of a dealing whose company has gone up in another by that day stands for that one, whatever ties it to the first."""
    if side.company not in world.succeeded:
        return side
    successions = world.succeeded_by(side.company, on)
    return replace(side, company=successions[-1].into, successions=successions) if successions else side


def _by_household(party: str, world: World, on: date, definition: Definition) -> list[Side]:
    """A person as one of the household of somebody who works."""
    return [
        _standing(Side(party, work.company, work=work, household=household), world, on)
        for household in world.household.get(party, ())
        if on in household.period and household.tie in definition.ties
        for work in world.work.get(household.person, ())
        if on in work.period
    ]


def _by_holding(party: str, world: World, on: date, threshold: Fraction) -> list[Side]:
    """A person as one who holds enough of a company, votes or capital."""
    return [
        _standing(Side(party, holding.owned, holding=holding), world, on)
        for holding in world.held_by_people.get(party, ())
        if on in holding.period and max(holding.votes, holding.capital or holding.votes) >= threshold
    ]


def _kind(supplier: Side, customer: Side, groups: Groups, on: date) -> Kind:
    if supplier.party == customer.party:
        return Kind.SAME_UNIT if supplier.unit else Kind.SELF
    one, other = supplier.company, customer.company
    if one is None or other is None:
        return Kind.OUTSIDE
    one_company = one == other
    branch = not one_company and groups.one_person(one, other, on)
    people = supplier.person or customer.person
    if not one_company and not groups.together(one, other, on):
        return _kind_apart(supplier, customer, groups, on, people=people)
    if not people:
        if branch:
            return Kind.BRANCH
        return Kind.DEPARTMENT if one_company else Kind.AFFILIATE
    return _kind_of_people((supplier, customer), groups.definition, one_company=one_company or branch)


def _kind_apart(supplier: Side, customer: Side, groups: Groups, on: date, *, people: bool) -> Kind:
    """The rung of two companies that are not certainly together, and of those who stand for them."""
    assert supplier.company is not None
    assert customer.company is not None
    beyond = groups.beyond(supplier.company, customer.company, on)
    if beyond is Beyond.OUTSIDE or not people:
        return Kind(beyond.value)
    if beyond is Beyond.NOT_KNOWN:
        inside = _kind_of_people((supplier, customer), groups.definition, one_company=False)
        return Kind.OUTSIDE if inside is Kind.OUTSIDE else Kind.NOT_KNOWN
    return Kind.OUTSIDE  # staff of an associate are nothing to us


def _kind_of_people(sides: Iterable[Side], definition: Definition, *, one_company: bool) -> Kind:
    """The rung that people reach before companies that stand together; between two people, the lower."""
    sides = tuple(sides)
    kinds = {side.work.kind for side in sides if side.work is not None}
    if not kinds <= definition.staff_kinds | definition.stakeholder_kinds:
        return Kind.OUTSIDE
    by_policy = any(side.household is not None or side.holding is not None for side in sides)
    if by_policy or not kinds <= definition.staff_kinds:
        return Kind.STAKEHOLDER
    return Kind.STAFF if one_company else Kind.GROUP_STAFF
