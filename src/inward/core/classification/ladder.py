"""The rungs from one's own hand to the outside world: which kind of dealing this is, on that day, and nothing more.

``decide`` is the hot path: a few look-ups and no reasons. ``standing`` says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import Unit, WorkRelationship
from inward.core.classification.graph import World
from inward.core.classification.nets import Groups, prepared
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


_RUNG = {kind: rung for rung, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a dealing on the day: the party, the company it stands for, and the fact that ties it to it."""

    party: str
    company: str | None
    unit: Unit | None = None
    work: WorkRelationship | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The rung, and the two ends as they were taken: for a person, by the work relationship that carried it."""

    kind: Kind
    supplier: Side
    customer: Side

    @property
    def verdict(self) -> Verdict:
        """Inside on every rung but the outside one."""
        return Verdict.EXTERNAL if self.kind is Kind.OUTSIDE else Verdict.INTERNAL


def decide(
    *, supplier: str, customer: str, world: World, on: date, definition: Definition = STRICT_MAJORITY
) -> Decision:
    """The rung of this dealing on that day. Of several work relationships the best rung wins, then the earlier id.

    Refusal for a party nobody knows, a unit that does not exist on that day, and a definition that may put a company
    into several groups.
    """
    groups = prepared(world, definition)
    suppliers = _sides(supplier, world, on, "supplier")
    customers = _sides(customer, world, on, "customer")
    best: Decision | None = None
    for one in suppliers:
        for other in customers:
            kind = _kind(one, other, groups, on)
            if best is None or _RUNG[kind] < _RUNG[best.kind]:
                best = Decision(kind, one, other)
    assert best is not None  # each end has at least one side
    return best


def _sides(party: str, world: World, on: date, where: str) -> Iterable[Side]:
    """The ways in which this party can be taken on that day."""
    if party in world.company:
        return (Side(party, party),)
    if party in world.person:
        at_work = [Side(party, w.company, work=w) for w in world.work.get(party, ()) if on in w.period]
        return at_work or (Side(party, None),)
    records = world.unit.get(party)
    if records is None:
        raise Refusal(Reason.of("party_unknown", party=party), where=where)
    for unit in records:
        if on in unit.period:
            return (Side(party, unit.company, unit=unit),)
    first, last = records[0].period.start, records[-1].period.until
    raise Refusal(Reason.of("unit_not_open", unit=world.names[party], on=on, since=first, until=last), where=where)


def _kind(supplier: Side, customer: Side, groups: Groups, on: date) -> Kind:
    if supplier.party == customer.party:
        return Kind.SAME_UNIT if supplier.unit else Kind.SELF
    if supplier.company is None or customer.company is None:
        return Kind.OUTSIDE
    one_company = supplier.company == customer.company
    if not one_company and not groups.together(supplier.company, customer.company, on):
        return Kind.OUTSIDE
    if supplier.work is None and customer.work is None:
        return Kind.DEPARTMENT if one_company else Kind.AFFILIATE
    return _kind_of_work((supplier.work, customer.work), groups.definition, one_company=one_company)


def _kind_of_work(
    works: tuple[WorkRelationship | None, WorkRelationship | None], definition: Definition, *, one_company: bool
) -> Kind:
    """The rung that people reach by their work for companies that stand together; between two people, the lower."""
    kinds = {work.kind for work in works if work is not None}
    if kinds <= definition.staff_kinds:
        return Kind.STAFF if one_company else Kind.GROUP_STAFF
    return Kind.STAKEHOLDER if kinds <= definition.staff_kinds | definition.stakeholder_kinds else Kind.OUTSIDE
