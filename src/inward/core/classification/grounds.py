"""Why a decision fell as it did: its grounds, least and in the order one would tell them, and its nearest miss."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inward.core.classification import reasons
from inward.core.classification.facts import WorkRelationship
from inward.core.classification.graph import World
from inward.core.classification.ladder import Decision, Kind, Side
from inward.core.classification.least import least_group
from inward.core.classification.nearest import STEPS_MAX, nearest_holding
from inward.core.classification.nets import Groups, Net
from inward.core.terms.reason import Reason


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision with all that is needed to say why it fell so."""

    decision: Decision
    world: World
    on: date
    groups: Groups

    @property
    def sides(self) -> tuple[Side, Side]:
        """The supplier's end and the customer's."""
        return self.decision.supplier, self.decision.customer

    def grounds(self) -> tuple[Reason, ...]:
        """First what ties each end to its company, then what ties the companies together, or does not."""
        one, other = self.sides
        if self.decision.kind is Kind.SELF:
            return (reasons.same_party(one.party, self.world),)
        if self.decision.kind is Kind.SAME_UNIT and one.unit:
            return (reasons.same_unit(one.unit),)
        ties = tuple(self._ties())
        if self.decision.kind is Kind.OUTSIDE:
            return (*ties, *self._apart())
        if one.company is None or other.company is None or one.company == other.company:
            return ties
        return ties + self._holdings(*sorted((one.company, other.company)))

    def nearest_miss(self) -> Reason | None:
        """For an external dealing: the smallest change of one holding that would flip it, else the work that lacks."""
        one, other = self.sides
        if one.company is not None and other.company is not None:
            short = self._holding_short(*sorted((one.company, other.company)))
            if short is not None:
                return short
        ends = ((one.party, other.company), (other.party, one.company))
        people = sorted((end, far) for end, far in ends if far is not None and end in self.world.person)
        for person, company in people:
            lapsed = self._work_lapsed(person, company)
            if lapsed is not None:
                return lapsed
        return reasons.work_missing(*people[0], self.world) if people else None

    def _ties(self) -> Iterator[Reason]:
        """What ties each end to the company it stands for."""
        for side in self.sides:
            if side.unit is not None:
                yield reasons.unit_of(side.unit, self.world)
            if side.work is not None:
                yield reasons.works_for(side.work, self.world)

    def _holdings(self, a: str, b: str) -> tuple[Reason, ...]:
        """The least holdings that put two companies into one group."""
        net, number = self._net(a, b)

        def found() -> tuple[Reason, ...]:
            carrying = least_group(net.epoch(number), a, b, self.groups.definition)
            return tuple(reasons.holds(holding, self.world) for holding in carrying)

        return self.groups.remembered(("least", a, b, number), found)

    def _net(self, a: str, b: str) -> tuple[Net, int]:
        net = self.groups.net(a, b)
        assert net is not None  # companies of one group stand in one net
        return net, net.number(self.on)

    def _apart(self) -> Iterator[Reason]:
        """Why the two ends do not stand together."""
        one, other = self.sides
        for side in self.sides:
            if side.company is None:
                yield reasons.works_for_nobody(side.party, self.world)
        if one.company is None or other.company is None:
            return
        supplier_head = self.groups.head(one.company, self.on)
        customer_head = self.groups.head(other.company, self.on)
        if supplier_head == customer_head:
            yield from (reasons.work_kind_outside(work, self.world) for work in self._uncounted())
            return
        yield reasons.not_one_group(one.company, supplier_head, other.company, customer_head, self.world)

    def _uncounted(self) -> Iterator[WorkRelationship]:
        works = (side.work for side in self.sides)
        return (work for work in works if work is not None and not self.groups.definition.counts(work.kind))

    def _holding_short(self, a: str, b: str) -> Reason | None:
        """The holding that is nearest to putting two companies into one group, if they are not in one."""
        net = self.groups.net(a, b)
        if a == b or net is None or self.groups.together(a, b, self.on):
            return None
        number = net.number(self.on)

        def found() -> Reason | None:
            definition = self.groups.definition
            short = nearest_holding(net, number, a, b, definition)
            parted = _inside_until(net, number, a, b) if short else None
            return reasons.holding_short(short, self.world, self.on, definition, parted) if short else None

        return self.groups.remembered(("nearest", a, b, number), found)

    def _work_lapsed(self, person: str, company: str) -> Reason | None:
        """The work relationship that would make it inside on another day: the last that ended, else the next to begin."""
        counting = [
            work
            for work in self.world.work.get(person, ())
            if self.on not in work.period
            and self.groups.definition.counts(work.kind)
            and self.groups.together(work.company, company, self.on)
        ]
        ended = [work for work in counting if work.period.until and work.period.until <= self.on]
        last = max(ended, key=lambda w: (w.period.until, w.id), default=None)
        lapsed = last or min(counting, key=lambda w: (w.period.start, w.id), default=None)
        return reasons.work_lapsed(lapsed, self.world, self.on) if lapsed else None


def _inside_until(net: Net, number: int, a: str, b: str) -> date | None:
    """The day on which ``a`` and ``b`` were last parted, before this epoch; None if they never stood together.

    In a large net only as many epochs back are looked at as can be afforded; the answer is a detail of the telling.
    """
    looked_at_max = 1 + STEPS_MAX // len(net.holdings)
    for earlier in range(number - 1, max(-1, number - 1 - looked_at_max), -1):
        if net.epoch(earlier).together(a, b):
            return net.days[earlier]
    return None
