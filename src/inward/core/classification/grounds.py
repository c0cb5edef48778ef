"""Why a decision fell as it did: its grounds, least and in the order one would tell them, and its nearest miss."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inward.core.classification import reasons
from inward.core.classification.carrying import deciding_bands, least_facts
from inward.core.classification.facts import ControlRight, Holding, WorkRelationship
from inward.core.classification.graph import World
from inward.core.classification.ladder import Decision, Kind, Side, Verdict
from inward.core.classification.least import least_group
from inward.core.classification.nearest import STEPS_MAX, nearest_holding, nearest_of_several
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
        ties = tuple(dict.fromkeys(self._ties()))
        if self.decision.verdict is not Verdict.INTERNAL:
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
            for succession in side.successions:
                yield reasons.succeeded(succession, self.world)
            if side.unit is not None:
                yield reasons.unit_of(side.unit, self.world)
            if side.household is not None:
                yield reasons.household_of(side.household, self.world)
            if side.work is not None:
                yield reasons.works_for(side.work, self.world)
            if side.holding is not None:
                yield reasons.holds(side.holding, self.world)

    def _holdings(self, a: str, b: str) -> tuple[Reason, ...]:
        """The least facts that put two companies into one group; or who decided it otherwise."""
        override = self.groups.override(a, b, self.on)
        if override is not None:
            return (reasons.decided_otherwise(override, self.world),)
        net = self.groups.net(a, b)
        assert net is not None  # companies of one group stand in one net
        number = self.groups.number(net, self.on)

        def found() -> tuple[Reason, ...]:
            epoch = net.epoch(number)
            if epoch.head is not None:
                carrying = least_group(epoch, a, b, self.groups.definition)
                return tuple(self._holding_or_branch(holding) for holding in carrying)
            told = tuple(self._fact(fact) for fact in least_facts(epoch, a, b))
            heads = epoch.powers.shared(a, b)
            if self.groups.definition.partitions or not heads:
                return told
            return (*told, reasons.one_of_several_groups(heads[0], self.groups.definition, self.world))

        return self.groups.remembered(("least", a, b, number), found)

    def _holding_or_branch(self, holding: Holding) -> Reason:
        """A holding; or the right of which ``nets`` made one, since a branch is wholly its head office's."""
        right = self.groups.branch_right(holding)
        return reasons.holds(holding, self.world) if right is None else reasons.has_power(right, self.world)

    def _fact(self, fact: Holding | ControlRight) -> Reason:
        if isinstance(fact, ControlRight):
            return reasons.has_power(fact, self.world)
        return reasons.holds(fact, self.world, self.groups.definition.basis)

    def _apart(self) -> Iterator[Reason]:
        """Why the two ends do not stand together."""
        one, other = self.sides
        for side in self.sides:
            if side.company is None:
                yield reasons.works_for_nobody(side.party, self.world)
        if one.company is None or other.company is None:
            return
        if one.company == other.company or self.groups.together(one.company, other.company, self.on):
            yield from (reasons.work_kind_outside(work, self.world) for work in self._uncounted())
            return
        yield from self._related(one.company, other.company)
        supplier_head, customer_head = (self.groups.head(c, self.on) for c in (one.company, other.company))
        yield reasons.not_one_group(one.company, supplier_head, other.company, customer_head, self.world)

    def _related(self, a: str, b: str) -> Iterator[Reason]:
        """What is known, or not, of two companies that are not certainly together."""
        groups, kind = self.groups, self.decision.kind
        if kind is Kind.OUTSIDE and groups.by_the_facts:
            return
        override = groups.override(a, b, self.on)
        if override is not None:
            yield reasons.decided_otherwise(override, self.world)
        elif not groups.definition.excluded.isdisjoint((a, b)):
            excluded = sorted(groups.definition.excluded & {a, b})
            yield from (reasons.excluded(company, groups.definition, self.world) for company in excluded)
        elif kind is Kind.NOT_KNOWN:
            yield from (reasons.parent_unknown(right, self.world) for right in groups.undecided(a, b, self.on))
            if groups.possibly(a, b, self.on):
                yield from self._bands(a, b)
        elif kind is Kind.JOINT_VENTURE:
            right = groups.joint(a, b, self.on)
            assert right is not None  # that is how it came to be one
            yield reasons.has_power(right, self.world)
        elif kind is Kind.ASSOCIATE:
            notable = groups.associate(a, b, self.on)
            assert notable is not None  # that is how it came to be one
            yield reasons.notable_influence(*notable, self.world)

    def _bands(self, a: str, b: str) -> Iterator[Reason]:
        """The bands that leave it open: the least of them that would have to lie high."""
        net = self.groups.net(a, b)
        assert net is not None  # it possibly stands in one group, so in one net
        epoch = net.epoch(self.groups.number(net, self.on))
        yield from (reasons.band_undecided(holding, self.world) for holding in deciding_bands(epoch, a, b))

    def _uncounted(self) -> Iterator[WorkRelationship]:
        works = (side.work for side in self.sides)
        return (work for work in works if work is not None and not self.groups.definition.counts(work.kind))

    def _holding_short(self, a: str, b: str) -> Reason | None:
        """The holding that is nearest to putting two companies into one group, if they are not in one."""
        net = self.groups.net(a, b)
        if a == b or net is None or self.groups.together(a, b, self.on):
            return None
        number = self.groups.number(net, self.on)
        if self.groups.decided(a, b, self.on) is not None:
            return None
        plain = net.epoch(number).head is not None

        def found() -> Reason | None:
            definition = self.groups.definition
            short = (nearest_holding if plain else nearest_of_several)(net, number, a, b, definition)
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
            and self.groups.together(self.world.stands_for(work.company, self.on), company, self.on)
        ]
        ended = [work for work in counting if work.period.until and work.period.until <= self.on]
        last = max(ended, key=lambda w: (w.period.until, w.id), default=None)
        lapsed = last or min(counting, key=lambda w: (w.period.start, w.id), default=None)
        return reasons.work_lapsed(lapsed, self.world, self.on) if lapsed else None


def _inside_until(net: Net, number: int, a: str, b: str) -> date | None:
    """The day on which ``a`` and ``b`` were last parted, before this epoch; None if they never stood together.

    In a large net only as many epochs back are looked at as can be afforded; the answer is a detail of the telling.
    """
    looked_at_max = 1 + STEPS_MAX // max(1, len(net.holdings))
    for earlier in range(number - 1, max(-1, number - 1 - looked_at_max), -1):
        if net.epoch(earlier).together(a, b):
            return net.days[earlier]
    return None
