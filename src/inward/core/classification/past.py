"""How a verdict came about: the stretches of days on which it stood, and what changed on the first day of each.

Only days on which something that concerns the two ends changes are looked at: their own placements and work, the
households they belong to with the work in them, and the holdings of the nets their companies stand in. Stretches with the same verdict are told as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from inward.core.classification import reasons
from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.graph import World
from inward.core.classification.ladder import Kind, decide
from inward.core.classification.nearest import STEPS_MAX
from inward.core.classification.nets import prepared
from inward.core.classification.standing import Standing, classify
from inward.core.terms.period import Period
from inward.core.terms.reason import Reason, Refusal


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the verdict stood. ``standing`` is that of its first day; None while one of the two was not there.

    ``causes`` say what changed on the first day and made it so; empty for the earliest stretch.
    """

    period: Period
    standing: Standing | None
    causes: tuple[Reason, ...] = ()

    @property
    def kind(self) -> Kind | None:
        """The rung it stood on."""
        return None if self.standing is None else self.standing.kind


@dataclass(frozen=True, slots=True)
class History:
    """All stretches, earliest first. ``cut`` when there were more days of change than could be looked at."""

    stretches: tuple[Stretch, ...]
    cut: bool = False

    def on(self, day: date) -> Stretch:
        """The stretch the day lies in; the earliest for a day before all that was looked at."""
        return next((each for each in self.stretches if day in each.period), self.stretches[0])


def history(*, supplier: str, customer: str, world: World, definition: Definition = STRICT_MAJORITY) -> History:
    """The verdict on a dealing between the two from the first day known to the last, with what made it change.

    Refusal for a party nobody knows, and a definition that may put a company into several groups.
    """
    days, cut = _days(supplier, customer, world, definition)
    first = (days[0] - timedelta(days=1)) if days else date.min
    periods = [Period(start, until) for start, until in pairwise([None, *days, None])]
    told: list[tuple[Period, Kind | None]] = []
    for period in periods:
        kind = _kind(supplier, customer, world, period.start or first, definition)
        if told and told[-1][1] is kind:
            told[-1] = (Period(told[-1][0].start, period.until), kind)
        else:
            told.append((period, kind))
    return History(tuple(_stretches(told, first, supplier, customer, world, definition)), cut)


def days_of_change(
    *, supplier: str, customer: str, world: World, definition: Definition = STRICT_MAJORITY
) -> list[date]:
    """The days on which something that concerns the two changes, in order; the verdict may be the same on both sides of one.

    Where a net of holdings is large and restless, only its latest days are told. Refusal as in ``history``.
    """
    return _days(supplier, customer, world, definition)[0]


def causes(
    *, supplier: str, customer: str, world: World, on: date, definition: Definition = STRICT_MAJORITY
) -> tuple[Reason, ...]:
    """Which facts among the grounds of the verdict are otherwise on that day than on its eve."""
    eve = on - timedelta(days=1)
    was = _standing(supplier, customer, world, eve, definition)
    now = _standing(supplier, customer, world, on, definition)
    return tuple(_causes(was, now, eve, on, world))


def _stretches(
    told: list[tuple[Period, Kind | None]],
    first: date,
    supplier: str,
    customer: str,
    world: World,
    definition: Definition,
) -> Iterator[Stretch]:
    """The stretches with their standings; each compared with how the one before ended."""
    before: Period | None = None
    for period, kind in told:
        day = period.start or first
        standing = _standing(supplier, customer, world, day, definition) if kind else None
        causes: tuple[Reason, ...] = ()
        if before is not None:
            eve = day - timedelta(days=1)
            was = _standing(supplier, customer, world, eve, definition)
            causes = tuple(_causes(was, standing, eve, day, world))
        yield Stretch(period, standing, causes)
        before = period


def _kind(supplier: str, customer: str, world: World, on: date, definition: Definition) -> Kind | None:
    try:
        return decide(supplier=supplier, customer=customer, world=world, on=on, definition=definition).kind
    except Refusal as refusal:
        if refusal.reason.code != "unit_not_open":
            raise
        return None


def _standing(supplier: str, customer: str, world: World, on: date, definition: Definition) -> Standing | None:
    if _kind(supplier, customer, world, on, definition) is None:
        return None
    return classify(supplier=supplier, customer=customer, world=world, on=on, definition=definition)


# --- what changed ------------------------------------------------------------------------------------------------------


def _causes(was: Standing | None, now: Standing | None, eve: date, day: date, world: World) -> Iterator[Reason]:
    """The facts among the grounds of either verdict that are otherwise on the day than on its eve.

    Least grounds carry their verdict, so where it falls one of them has changed, and where it stands anew one of the new.
    """
    grounds = [ground for standing in (was, now) if standing is not None for ground in standing.grounds]
    pairs = {(str(g.facts["owner"]), str(g.facts["owned"])) for g in grounds if g.code == "holds"}
    for owner, owned in sorted(pairs):
        before, after = _votes(world, owner, owned, eve), _votes(world, owner, owned, day)
        if before != after:
            yield reasons.share_moved(owner, owned, before, after, world)
    for ground in dict.fromkeys(ground for ground in grounds if ground.code in _DATED):
        began, ended = ground.facts["since"] == day, ground.facts["until"] == day
        if began or ended:
            yield Reason(_DATED[ground.code][began], ground.items)


_DATED = {
    "works_for": ("work_ended", "work_began"),
    "unit_of": ("unit_left", "unit_came"),
    "succeeded": ("succeeded", "succeeded"),
    "has_power": ("power_ended", "power_began"),
    "household_of": ("household_ended", "household_began"),
}


def _votes(world: World, owner: str, owned: str, on: date) -> Fraction:
    held = (h.votes for h in world.held_of.get(owned, ()) if h.owner == owner and on in h.period)
    return sum(held, Fraction(0))


# --- the days ----------------------------------------------------------------------------------------------------------


def _days(supplier: str, customer: str, world: World, definition: Definition) -> tuple[list[date], bool]:
    """The days on which something that concerns the two changes, the latest of them where a net is large and restless."""
    ends = (supplier, customer)
    units = [unit for party in ends for unit in world.unit.get(party, ())]
    homes = [home for party in ends if definition.ties for home in world.household.get(party, ())]
    works = [work for party in (*ends, *(home.person for home in homes)) for work in world.work.get(party, ())]
    companies = {unit.company for unit in units} | {work.company for work in works} | (world.company.keys() & set(ends))
    gone_up = [step for company in companies for step in world.succeeded_by(company, date.max)]
    companies |= {step.into for step in gone_up}
    groups = prepared(world, definition)
    own = [each.period for facts in (units, works, homes) for each in facts]
    days, cut = {day for period in own for day in (period.start, period.until) if day is not None}, False
    days |= {step.since for step in gone_up}
    for net in {id(net): net for each in companies if (net := groups.net(each, each)) is not None}.values():
        most = 2 + STEPS_MAX // (len(net.holdings) + len(net.rights))
        days |= set(net.days[-most:])
        cut |= len(net.days) > most
    return sorted(days | definition.first_days(days)), cut
