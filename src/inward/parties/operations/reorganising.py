"""Mergers, splits, new names and reorganisations: one act that changes many facts from a day on, and can be taken back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q

from inward.core.classification import World
from inward.core.terms import Period, Reason, Refusal
from inward.kit import outbox, undoing, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import DatedFact
from inward.kit.undoing import Journal
from inward.parties import leading, policy, queries
from inward.parties.announcements import PartyRenamed, ReorganisationUndone, Reorganised
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    changing,
    check_ownership,
    check_units,
    learned,
    new_party,
    note,
    said_by,
    usable_name,
)
from inward.parties.deciding import OWN
from inward.parties.models import (
    ChangeEvent,
    ChangePart,
    ChangeRow,
    ControlRight,
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    OwnershipFact,
    Party,
    PartyName,
    ShareClass,
    Shareholding,
    SpendingLimit,
    StateOfWork,
    UnitPlacement,
    WorkRelationship,
)
from inward.parties.naming import say_name, settle_name
from inward.parties.reorganising import Plan, Reorganisation, companies_of, planned
from inward.parties.vocabulary import EventKind, PartyKind

_OWNERSHIP: Mapping[str, tuple[type[OwnershipFact], str]] = {
    "holdings": (Holding, "owner"),
    "share_classes": (ShareClass, "company"),
    "shareholdings": (Shareholding, "owner"),
    "control_rights": (ControlRight, "holder"),
}
"""Facts of ownership by the names of their tables, and the end that goes over."""
TABLES: tuple[type[Model], ...] = (
    *(Party, PartyName, UnitPlacement, WorkRelationship, StateOfWork, HeadOfPlace, DeputyOfPlace, SpendingLimit),
    *(table for table, _ in _OWNERSHIP.values()),
)
"""What such an act changes, in the order in which they depend on each other."""
_AT_ONCE = 1_000
_TRIED_AT_ONCE = 4
"""So many endings of each code are looked for in one statement: few facts go over more often."""
Change = Callable[[Any], Mapping[str, Any] | None]
"""What a fact says from the day on; None: it ends."""


def reorganise(*, by: Actor, at: datetime, asked: Reorganisation, source: Source = NO_SOURCE) -> int:
    """Carry out a merger, split, new name or reorganisation from its day on; returns the key of the event.

    1. Wait; plan it on the world; refuse what cannot be, then what policy refuses at any company it touches.
    2. Open, place and close units; move work; hand over and end shares; end heads, deputies and limits of what closed.
    3. Refuse what the core refuses of units and shares as they stand then.
    4. Keep the event, its parties and every row it made or closed; bump, audit once, announce Reorganised.
    What holds before the day stays; orders keep what was decided. Raises Refused, Refusal, NotThere (parties nobody knows).
    """
    with changing():
        world = queries.world()
        plan = planned(world, asked, others=queries.told_by_others(asked.source))
        require(policy.may_administer(by, companies=sorted(companies_of(world, asked, plan)), on=at.date()))
        act = _Act(asked, plan, at, source)
        act.carry_out()
        check_units()
        for company in Party.objects.filter(code__in=_owned_companies(world, plan)):
            check_ownership(company, OWN)
        event = act.kept()
        facts = {
            "event": asked.kind.value,
            "valid_from": asked.day.isoformat(),
            "from": asked.source,
            "into": asked.target or asked.code,
            "units": len(plan.units),
            "people": plan.people,
        }
        versions.bump(leading.VERSION)
        note(by, at, "reorganise", f"change {event.pk}", facts, source)
        for party in act.called_otherwise:
            outbox.announce(PartyRenamed(party), by=by, at=at)
        outbox.announce(Reorganised(event.pk, asked.kind.value, asked.day.isoformat()), by=by, at=at)
    return event.pk


def undo_reorganisation(*, by: Actor, at: datetime, event: int) -> None:
    """Take an event back as long as nothing leans on it: what it made is known no longer, what it replaced is known again.

    1. Wait; refuse what policy refuses at any company it touched, and one taken back already.
    2. Refuse when a fact it made was changed since, or anything refers to a unit it opened.
    3. Take the rows back; refuse what the core refuses then.  4. Bump, audit, announce ReorganisationUndone.
    Raises Refused, Refusal, NotThere (no such event).
    """
    with changing():
        found = ChangeEvent.objects.filter(pk=event).first()
        if found is None:
            raise NotThere
        require(policy.may_administer(by, companies=found.companies, on=at.date()))
        if found.undone_at is not None:
            raise Refusal(Reason.of("event_undone_already", on=found.undone_at.date()))
        rows = ChangeRow.objects.filter(event=found)
        opened = rows.filter(table=Party._meta.label, act=undoing.ADDED).values("key")
        ChangePart.objects.filter(event=found).filter(Q(party__in=opened) | Q(other__in=opened)).delete()
        try:
            undoing.take_back(rows, TABLES, at=at)
        except Refusal as refusal:
            raise _in_use(refusal) from None
        check_units()
        shares = rows.filter(table=Holding._meta.label).values("key")
        for company in Party.objects.filter(pk__in=Holding.objects.filter(pk__in=shares).values("owned")):
            check_ownership(company, OWN)
        if found.kind == EventKind.RENAME.value and rows.exists():
            for party in Party.objects.filter(pk__in=ChangePart.objects.filter(event=found).values("party")):
                settle_name(
                    party, at=at, otherwise=found.before
                )  # where the name was one to come and has begun meanwhile
        found.undone_at = at
        found.save(update_fields=["undone_at"])
        versions.bump(leading.VERSION)
        note(by, at, "undo_reorganisation", f"change {found.pk}", {"event": found.kind})
        outbox.announce(ReorganisationUndone(found.pk, found.kind, found.day.isoformat()), by=by, at=at)


def _in_use(refusal: Refusal) -> Refusal:
    facts = refusal.reason.facts
    told = {"table": facts["table"], "count": facts["count"]}
    if refusal.reason.code == "import_in_use":
        return Refusal(Reason.of("event_in_use", **told))
    return Refusal(Reason.of("event_changed_since", **told))


class _Act:
    """One event as it is carried out: the rows, and the journal of them."""

    def __init__(self, asked: Reorganisation, plan: Plan, at: datetime, source: Source) -> None:
        self.asked, self.plan, self.at, self.source = asked, plan, at, source
        self.journal = Journal()
        self.keys = dict(queries.keys())
        self.called_otherwise: list[int] = []
        self.before = queries.name_on(asked.source, asked.day) if plan.renamed else ""

    def carry_out(self) -> None:
        """Every row, set-wise."""
        self._open()
        self._units()
        self._work()
        self._ownership()
        for table in (HeadOfPlace, DeputyOfPlace, SpendingLimit):
            self._rewrite(table, Q(place__in=self._of(self.plan.closed)), lambda _row: None)
        for code, name in self.plan.renamed:
            self._rename(Party.objects.get(code=code), usable_name(name))

    def _rename(self, party: Party, name: str) -> None:
        """Its name from the day on; what it is called today follows from the days of its names."""
        names = PartyName.objects.current().filter(party=party)
        before, called = set(names.values_list("pk", flat=True)), party.name
        say_name(party, name, self.asked.day, at=self.at, source=self.source)
        after = set(names.values_list("pk", flat=True))
        self.journal.closed(PartyName, sorted(before - after))
        self.journal.added(PartyName, sorted(after - before))
        if party.name != called:
            self.called_otherwise.append(party.pk)
            self.journal.changed(Party, party.pk, {"name": called}, {"name": party.name})

    def kept(self) -> ChangeEvent:
        """The event, its parties and its rows."""
        asked, plan = self.asked, self.plan
        before = self.before
        event = ChangeEvent.objects.create(
            kind=asked.kind.value,
            day=asked.day,
            entered_at=self.at,
            evidence_id=self.source.evidence,
            source=self.source.text,
            before=before,
            after=asked.name.strip() if plan.renamed else "",
            units=len(plan.units),
            people=plan.people,
            companies=sorted(companies_of(queries.world(), asked, plan)),
        )
        ChangePart.objects.bulk_create(
            ChangePart(event=event, party_id=self.keys[party], other_id=self.keys.get(other))
            for party, other in self._parts()
        )
        ChangeRow.objects.bulk_create(
            (
                ChangeRow(event=event, table=table, key=key, act=act, before=said)
                for table, key, act, said in self.journal.entries
            ),
            batch_size=_AT_ONCE,
        )
        return event

    def _parts(self) -> Iterable[tuple[str, str]]:
        """The units and companies it is told of, each with its other end; never a person."""
        asked = self.asked
        if asked.source:
            yield asked.source, asked.target or asked.code
            return
        units = {unit.id: unit.parent or unit.company for unit in self.plan.placed}
        into = {work.unit: "" for work in self.plan.work if work.unit and work.unit not in units}
        yield from (units | into).items()

    def _open(self) -> None:
        for unit in self.plan.opened:
            party = new_party(self.at, unit.id, PartyKind.UNIT, unit.name)
            self.keys[unit.id] = party.pk
            self.journal.added(Party, [party.pk])
            place = UnitPlacement(
                unit=party,
                company_id=self.keys[unit.company],
                parent_id=None if unit.parent is None else self.keys[unit.parent],
                valid_from=unit.period.start,
                valid_until=unit.period.until,
                **learned(self.at, self.source),
            )
            place.save(force_insert=True)
            self.journal.added(UnitPlacement, [place.pk])

    def _units(self) -> None:
        where = {(self.keys[unit.id], unit.period.start): unit for unit in self.plan.placed}

        def placed(row: UnitPlacement) -> Mapping[str, Any]:
            unit = where[row.unit_id, self._start(row)]
            return {
                "company_id": self.keys[unit.company],
                "parent_id": None if unit.parent is None else self.keys[unit.parent],
            }

        self._rewrite(UnitPlacement, Q(unit__in=self._of({unit.id for unit in self.plan.placed})), placed)
        self._rewrite(UnitPlacement, Q(unit__in=self._of(self.plan.closed)), lambda _row: None)

    def _work(self) -> None:
        becomes = {work.id: work for work in self.plan.work}
        if not becomes:
            return
        people = Q(person__in=self._of({work.person for work in self.plan.work}))
        free = _free_codes(WorkRelationship, becomes)
        closed = self._of(self.plan.closed)

        def worked(row: WorkRelationship) -> Mapping[str, Any]:
            work = becomes[row.code]
            said: dict[str, Any] = {
                "company_id": self.keys[work.company],
                "unit_id": None if work.unit is None else self.keys[work.unit],
            }
            if row.cost_centre_id in closed:
                said["cost_centre_id"] = self.keys[self.asked.target]
            if row.valid_from is None or row.valid_from < self.asked.day:
                said["code"] = free[row.code]
            return said

        self._rewrite(WorkRelationship, people & Q(code__in=becomes), worked)
        if self.asked.source in queries.world().company:
            self._states()

    def _states(self) -> None:
        """Probation, unpaid leave and notice go over with the work, unless the company into which it goes says the same of her."""
        here, there = self.keys[self.asked.source], self.keys[self.asked.target]
        said: dict[tuple[int, str], list[Period]] = defaultdict(list)
        for known in StateOfWork.objects.current().filter(company=there):
            said[known.person_id, known.state].append(known.period)

        def goes_over(row: StateOfWork) -> Mapping[str, Any] | None:
            days = Period(self._start(row), row.valid_until)
            known = any(days.overlaps(each) for each in said[row.person_id, row.state])
            return None if known else {"company_id": there}

        self._rewrite(StateOfWork, Q(company=here), goes_over)

    def _ownership(self) -> None:
        """Shares and powers of a company that goes up in another go over; what others have in it ends."""
        plan = self.plan
        over: dict[str, dict[str, str]] = {
            "holdings": {held.id: held.owner for held in plan.owned},
            "share_classes": {},
            "shareholdings": {held.id: held.owner for held in plan.shares},
            "control_rights": {right.id: right.holder for right in plan.rights if right.holder is not None},
        }
        house = Q(register="")
        for name, (table, end) in _OWNERSHIP.items():
            self._hand_over(table, end, over[name])
            ended = [code for of, code in plan.ended if of == name]
            self._rewrite(table, house & Q(code__in=ended), lambda _row: None)

    def _hand_over(self, table: type[OwnershipFact], end: str, to: Mapping[str, str]) -> None:
        """Facts, by their codes, have another party at this end from the day on."""
        free = _free_codes(table, to)

        def handed_over(row: OwnershipFact) -> Mapping[str, Any]:
            later = row.valid_from is None or row.valid_from < self.asked.day
            said: dict[str, Any] = {f"{end}_id": self.keys[to[row.code]]}
            return said | ({"code": free[row.code]} if later else {})

        self._rewrite(table, Q(register="") & Q(code__in=to), handed_over)

    def _rewrite(self, table: type[DatedFact], which: Q, change: Change) -> None:
        """Say the facts otherwise from the day on: close what is known, keep the part before it, add what is new."""
        over = Q(valid_until=None) | Q(valid_until__gt=self.asked.day)
        rows = list(table._default_manager.filter(which & over, known_until=None).order_by("pk"))
        if not rows:
            return
        at = max(self.at, *(row.known_from for row in rows))
        names = [column.attname for column in table._meta.concrete_fields if not column.primary_key]
        made: list[DatedFact] = []
        for row in rows:
            values = {name: getattr(row, name) for name in names} | {"known_from": at}
            if row.valid_from is None or row.valid_from < self.asked.day:
                made.append(table(**values | {"valid_until": self.asked.day}))
            said = change(row)
            if said is not None:
                made.append(table(**values | {"valid_from": self._start(row)} | dict(said) | said_by(self.source)))
        keys = [row.pk for row in rows]
        table._default_manager.filter(pk__in=keys).update(known_until=at)
        self.journal.closed(table, keys)
        self.journal.added(table, [row.pk for row in table._default_manager.bulk_create(made, batch_size=_AT_ONCE)])

    def _start(self, row: DatedFact) -> date:
        """The first day on which the fact says otherwise."""
        return self.asked.day if row.valid_from is None else max(row.valid_from, self.asked.day)

    def _of(self, codes: Collection[str]) -> set[int]:
        return {self.keys[code] for code in codes}


def _owned_companies(world: World, plan: Plan) -> set[str]:
    """The companies in and over which something went over."""
    classes = {each.id: each.company for each in world.share_classes}
    found = {held.owned for held in plan.owned} | {right.target for right in plan.rights}
    return found | {classes[held.share_class] for held in plan.shares}


def _free_codes(table: type[OwnershipFact | WorkRelationship], codes: Iterable[str]) -> dict[str, str]:
    """For each of these codes the first free one that begins so, whoever has those that are taken, now or ever."""
    found: dict[str, str] = {}
    waiting, numbers = sorted(set(codes)), range(2, 2 + _TRIED_AT_ONCE)
    while waiting:
        taken: set[str] = set()
        for first in range(0, len(waiting), _AT_ONCE):
            asked = [f"{code}-{number}" for code in waiting[first : first + _AT_ONCE] for number in numbers]
            taken.update(table._default_manager.filter(code__in=asked).values_list("code", flat=True))
        for code in waiting:
            free = next((free for number in numbers if (free := f"{code}-{number}") not in taken), None)
            if free is not None:
                found[code] = free
        waiting = [code for code in waiting if code not in found]
        numbers = range(numbers.stop, numbers.stop + _TRIED_AT_ONCE)
    return found
