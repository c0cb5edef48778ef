"""What a merger, a split, a new name or a reorganisation changes from a day on, worked out on a world. Pure.

``planned`` says it before anything is written: previews show the plan, ``operations.reorganise`` carries it out. Facts before the
day stay as they are; of what holds over the day only the part from it on is said otherwise.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from inward.core.classification import (
    ControlRight,
    Holding,
    ShareClass,
    Shareholding,
    Succession,
    Supposed,
    Unit,
    WorkRelationship,
    World,
)
from inward.core.terms import Period, Reason, Refusal
from inward.kit.policy import NotThere
from inward.parties import veil
from inward.parties.deciding import Key
from inward.parties.vocabulary import EventKind

_Fact = TypeVar("_Fact", Holding, ShareClass, Shareholding, ControlRight, WorkRelationship)
_NEW = "~new"
"""Ends the id of what a fact says from the day on: no code of a fact can have it."""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What is asked, by codes.

    - MERGER: ``source`` goes up in ``target``, two units of one company or two companies.
    - SPLIT: a new unit ``code`` called ``name`` beside the unit ``source``, which keeps what does not move.
    - RENAME: ``source``, a unit or company, is called ``name`` from the day on.
    - REORGANISATION: nothing but ``moves``.

    ``moves`` are pairs: a unit and what it stands in (a unit, or a company for its top), or a person and the unit she works in.
    A split's moves all go to the new unit.
    """

    kind: EventKind
    day: date
    source: str = ""
    target: str = ""
    code: str = ""
    name: str = ""
    moves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What it changes: facts as they will be from the day on (ids and codes as they are now), and what ends.

    Of a company that went up in another: ``owned``, ``shares`` and ``rights`` it had go over, ``ended`` are facts about it that end
    (by table and id), ``left`` counts what outside sources say of it, which stays.
    """

    opened: tuple[Unit, ...] = ()
    placed: tuple[Unit, ...] = ()
    closed: tuple[str, ...] = ()
    work: tuple[WorkRelationship, ...] = ()
    owned: tuple[Holding, ...] = ()
    shares: tuple[Shareholding, ...] = ()
    rights: tuple[ControlRight, ...] = ()
    ended: tuple[Key, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    left: int = 0

    @property
    def people(self) -> int:
        """How many people work elsewhere by it."""
        return len({work.person for work in self.work})

    @property
    def units(self) -> tuple[str, ...]:
        """The units that move, open or close, each once, by code."""
        return tuple(sorted({unit.id for unit in (*self.opened, *self.placed)} | set(self.closed)))


def planned(world: World, asked: Reorganisation, *, others: Collection[Key] = frozenset()) -> Plan:
    """What it changes; ``others`` are facts of ownership that outside sources tell, which nobody here changes.

    Refusal for what cannot be, NotThere for parties nobody knows.
    """
    match asked.kind:
        case EventKind.MERGER:
            plan = _merged(world, asked, others)
        case EventKind.SPLIT:
            plan = _split(world, asked)
        case EventKind.RENAME:
            plan = _renamed(world, asked)
        case EventKind.REORGANISATION:
            plan = _moved(world, asked.moves, asked.day)
    owns = plan.owned or plan.shares or plan.rights or plan.ended
    if not (plan.units or plan.work or owns or plan.renamed):
        raise Refusal(Reason.of("event_changes_nothing"), where="moves")
    return plan


def companies_of(world: World, asked: Reorganisation, plan: Plan) -> frozenset[str]:
    """The companies whose records the plan changes or draws on."""
    found = {work.company for work in plan.work} | {unit.company for unit in (*plan.opened, *plan.placed)}
    for code in (asked.source, asked.target, *plan.units):
        found |= {code} & world.company.keys()
        found |= {unit.company for unit in world.unit.get(code, ()) if _from(unit.period, asked.day) is not None}
    moved = {work.id for work in plan.work}
    found |= {work.company for work in world.work_relationships if work.id in moved}
    return frozenset(found)


def supposed(world: World, asked: Reorganisation, plan: Plan) -> Supposed:
    """The facts as they would be if the plan were carried out: what holds over the day parts there. Names are left aside."""
    ended: dict[str, set[str]] = defaultdict(set)
    for table, code in plan.ended:
        ended[table].add(code)
    day = asked.day
    return Supposed(
        holdings=_parted(world.holdings, plan.owned, ended["holdings"], day),
        work_relationships=_parted(world.work_relationships, plan.work, (), day),
        share_classes=_parted(world.share_classes, (), ended["share_classes"], day),
        shareholdings=_parted(world.shareholdings, plan.shares, ended["shareholdings"], day),
        control_rights=_parted(world.control_rights, plan.rights, ended["control_rights"], day),
        units={code: tuple(_places(world, code, plan, day)) for code in plan.units},
        successions=_successions(world, asked),
    )


def _successions(world: World, asked: Reorganisation) -> tuple[Succession, ...]:
    """That a company goes up in another: what it is party to then is the other's."""
    if asked.kind is not EventKind.MERGER or asked.source not in world.company:
        return ()
    return (Succession(asked.source, asked.target, asked.day),)


def _parted(
    known: Iterable[_Fact], later: Iterable[_Fact], ended: Collection[str], day: date
) -> dict[str, _Fact | None]:
    """Facts that say otherwise from the day on, and facts that end with it, as what is supposed of them."""
    said = {fact.id: fact for fact in later}
    found: dict[str, _Fact | None] = {}
    for fact in known:
        if fact.id not in said and fact.id not in ended:
            continue
        before = fact.period.intersection(Period(None, day))
        found[fact.id] = None if before is None else replace(fact, period=before)
        if fact.id in said:
            name = fact.id if before is None else f"{fact.id}{_NEW}"
            found[name] = replace(said[fact.id], id=name)
    return found


def _places(world: World, unit: str, plan: Plan, day: date) -> Iterator[Unit]:
    """Where a unit stands: until the day as it is known, from it on as planned."""
    moved = {place.period.start: place for place in (*plan.opened, *plan.placed) if place.id == unit}
    for place in world.unit.get(unit, ()):
        before, after = place.period.intersection(Period(None, day)), _from(place.period, day)
        if before is not None:
            yield replace(place, period=before)
        if after is not None and unit not in plan.closed:
            yield moved.pop(after.start, replace(place, period=after))
    yield from moved.values()


# --- kinds -------------------------------------------------------------------------------------------------------------


def _merged(world: World, asked: Reorganisation, others: Collection[Key]) -> Plan:
    source, target, day = asked.source, asked.target, asked.day
    if source == target:
        raise Refusal(Reason.of("merged_into_itself", name=_name(world, source)), where="target")
    if source in world.company and target in world.company:
        return _companies_merged(world, source, target, day, others)
    if source not in world.unit or target not in world.unit:
        if {source, target} - world.company.keys() - world.unit.keys():
            raise NotThere
        raise Refusal(Reason.of("merged_unlike"), where="target")
    here, there = _open(world, source, day, "source"), _open(world, target, day, "target")
    if here.company != there.company:
        raise Refusal(Reason.of("merged_across_companies"), where="target")
    if source in _above(world, there, day):
        reason = Reason.of("merged_into_part", name=_name(world, target), whole=_name(world, source))
        raise Refusal(reason, where="target")
    placed = tuple(replace(unit, parent=target) for unit in _pieces(world, day) if unit.parent == source)
    return Plan(placed=placed, closed=(source,), work=tuple(_working_in(world, source, target, day)))


def _companies_merged(world: World, source: str, target: str, day: date, others: Collection[Key]) -> Plan:
    placed = tuple(replace(unit, company=target) for unit in _pieces(world, day) if unit.company == source)
    work = tuple(
        replace(each, company=target, period=period)
        for each in world.work_relationships
        if each.company == source and (period := _from(each.period, day)) is not None
    )
    found = _Ownership(world, source, target, day, others)
    held, shares, rights = found.holdings(), found.shares(), found.rights()
    return Plan(
        placed=placed,
        work=work,
        owned=tuple(held),
        shares=tuple(shares),
        rights=tuple(rights),
        ended=tuple(found.ended),
        left=found.left,
    )


class _Ownership:
    """What becomes, from a day on, of the shares and powers of a company that goes up in another, and of those in and over it.

    What it has goes over; what others have in it ends with it, and its own classes of shares. Power over the company into which it
    goes, and power which that one has already, end too.
    """

    def __init__(self, world: World, source: str, target: str, day: date, others: Collection[Key]) -> None:
        self.world, self.source, self.target, self.day, self.others = world, source, target, day, others
        self.ended: list[Key] = []
        self.left = 0

    def holdings(self) -> list[Holding]:
        over: list[Holding] = []
        for held, period in self._running("holdings", self.world.holdings, lambda held: (held.owner, held.owned)):
            if held.owned == self.source:
                self.ended.append(("holdings", held.id))
            else:
                over.append(replace(held, owner=self.target, period=period))
        return over

    def shares(self) -> list[Shareholding]:
        company = {each.id: each.company for each in self.world.share_classes}
        for share_class, _ in self._running("share_classes", self.world.share_classes, lambda each: (each.company,)):
            self.ended.append(("share_classes", share_class.id))
        over: list[Shareholding] = []
        running = self._running(
            "shareholdings", self.world.shareholdings, lambda each: (each.owner, company.get(each.share_class))
        )
        for shares, period in running:
            if company.get(shares.share_class) == self.source:
                self.ended.append(("shareholdings", shares.id))
            else:
                over.append(replace(shares, owner=self.target, period=period))
        return over

    def rights(self) -> list[ControlRight]:
        over: list[ControlRight] = []
        running = self._running(
            "control_rights", self.world.control_rights, lambda each: (each.holder, each.target, each.over)
        )
        for right, period in running:
            about = self.source in (right.target, right.over)
            if about or right.target == self.target or self._has_it(right):
                self.ended.append(("control_rights", right.id))
            else:
                over.append(replace(right, holder=self.target, period=period))
        return over

    def _has_it(self, right: ControlRight) -> bool:
        """Whether the company into which it goes has the same power on all days that are left of this one."""
        left = _from(right.period, self.day)
        return any(
            (each.holder, each.target, each.kind, each.agreement, each.over)
            == (self.target, right.target, right.kind, right.agreement, right.over)
            for each in self.world.control_rights
            if left is not None and each.period.covers(left)
        )

    def _running(
        self, table: str, facts: Iterable[_Fact], ends: Callable[[_Fact], tuple[str | None, ...]]
    ) -> Iterator[tuple[_Fact, Period]]:
        """Facts with the company at one of their ends, with what is left of their days; those of outside sources are counted."""
        for fact in facts:
            period = _from(fact.period, self.day)
            if period is None or self.source not in ends(fact):
                continue
            if (table, fact.id) in self.others:
                self.left += 1
            else:
                yield fact, period


def _split(world: World, asked: Reorganisation) -> Plan:
    whole = _open(world, asked.source, asked.day, "source")
    part = Unit(asked.code, whole.company, whole.parent, asked.name, Period(asked.day, whole.period.until))
    if not asked.moves:
        raise Refusal(Reason.of("split_moves_nobody", name=whole.name), where="moves")
    moved = [_placed_or_working(world, party, asked.source, part, asked.day) for party, _ in asked.moves]
    return Plan(
        opened=(part,),
        placed=tuple(unit for units, _ in moved for unit in units),
        work=tuple(work for _, working in moved for work in working),
    )


def _placed_or_working(
    world: World, party: str, whole: str, part: Unit, day: date
) -> tuple[tuple[Unit, ...], tuple[WorkRelationship, ...]]:
    """What moves of a unit below the whole, or of a person who works in it, into the part."""
    veil.require_open(party)
    units = tuple(
        replace(unit, parent=part.id) for unit in _pieces(world, day) if unit.id == party and unit.parent == whole
    )
    work = tuple(each for each in _working_in(world, whole, part.id, day) if each.person == party)
    if not (units or work):
        if party not in world.person and party not in world.unit:
            raise NotThere
        reason = Reason.of("not_part_of_it", name=_name(world, party), whole=_name(world, whole), on=day)
        raise Refusal(reason, where="moves")
    return units, work


def _renamed(world: World, asked: Reorganisation) -> Plan:
    if asked.source not in world.company and asked.source not in world.unit:
        raise NotThere
    if asked.name == _name(world, asked.source):
        return Plan()
    return Plan(renamed=((asked.source, asked.name),))


def _moved(world: World, moves: tuple[tuple[str, str], ...], day: date) -> Plan:
    placed: list[Unit] = []
    work: list[WorkRelationship] = []
    for party, place in moves:
        if place not in world.company and place not in world.unit:
            raise NotThere
        if party in world.unit:
            _open(world, party, day, "moves")
            company = place if place in world.company else _open(world, place, day, "moves").company
            parent = None if place in world.company else place
            placed += [
                replace(unit, company=company, parent=parent) for unit in _pieces(world, day) if unit.id == party
            ]
        elif party in world.person and party not in veil.closed():
            work += _works_there(world, party, place, day)
        else:
            raise NotThere
    return Plan(placed=tuple(placed), work=tuple(work))


def _works_there(world: World, person: str, place: str, day: date) -> Iterator[WorkRelationship]:
    """Her work for the company of the unit, in that unit from the day on. Refusal where she does not work for it then."""
    if place not in world.unit:
        raise Refusal(Reason.of("merged_unlike"), where="moves")
    company = _open(world, place, day, "moves").company
    found = [
        replace(each, unit=place, period=period)
        for each in world.work.get(person, ())
        if each.company == company and (period := _from(each.period, day)) is not None
    ]
    if not found:
        reason = Reason.of("not_part_of_it", name=_name(world, person), whole=_name(world, company), on=day)
        raise Refusal(reason, where="moves")
    yield from found


# --- inside ------------------------------------------------------------------------------------------------------------


def _from(period: Period, day: date) -> Period | None:
    """What is left of a period from the day on."""
    return period.intersection(Period(day))


def _pieces(world: World, day: date) -> Iterator[Unit]:
    """The placements of all units from the day on."""
    for unit in world.units:
        period = _from(unit.period, day)
        if period is not None:
            yield replace(unit, period=period)


def _working_in(world: World, unit: str, other: str, day: date) -> Iterator[WorkRelationship]:
    """The work in a unit, from the day on in the other one."""
    for each in world.work_relationships:
        period = _from(each.period, day) if each.unit == unit else None
        if period is not None:
            yield replace(each, unit=other, period=period)


def _open(world: World, unit: str, day: date, where: str) -> Unit:
    """Where a unit stands on the day. NotThere for no unit, Refusal for one that does not exist then."""
    places = world.unit.get(unit)
    if not places:
        raise NotThere
    found = next((place for place in places if day in place.period), None)
    if found is None:
        first, last = places[0].period.start, places[-1].period.until
        raise Refusal(Reason.of("unit_not_open", unit=_name(world, unit), on=day, since=first, until=last), where=where)
    return found


def _above(world: World, unit: Unit, day: date) -> Iterator[str]:
    """The units in which a unit stands on the day, the nearest first."""
    parent = unit.parent
    while parent is not None:
        yield parent
        above = next((place for place in world.unit[parent] if day in place.period), None)
        parent = None if above is None else above.parent


def _name(world: World, code: str) -> str:
    return world.names.get(code, code)
