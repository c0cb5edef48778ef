"""A whole world comes in at once: companies, people, units, holdings, work and calendars, set-wise, all or nothing.

Rows that say what is known already change nothing; rows that say it otherwise correct it, and the old knowledge stays.
Nothing that is known and not in the rows ends or goes away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F

from inward.core.terms import Reason
from inward.kit import outbox, subjects, versions
from inward.kit.actor import Actor
from inward.kit.intake import Report, Tables
from inward.kit.policy import require
from inward.kit.records import DatedFact, correct
from inward.kit.undoing import Journal
from inward.parties import calendars, leading, policy, queries
from inward.parties.announcements import WorldImported
from inward.parties.changing import changing, home_of, note, shares, today_of
from inward.parties.charts import drawn
from inward.parties.happenings import Bringing, told_here
from inward.parties.keeping import within_reach
from inward.parties.models import (
    Absence,
    ControlRight,
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    OwnDay,
    Party,
    PartyName,
    Registration,
    ShareClass,
    Shareholding,
    StateOfWork,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.naming import keep_name_until, plan_name, settle_name
from inward.parties.staffing import Place as At
from inward.parties.staffing import StaffChanges, staff_changes
from inward.parties.vocabulary import PartyKind
from inward.parties.weeks import kept_hours
from inward.parties.worldcheck import KnownFacts, checked
from inward.parties.worldfiles import (
    CompanyRow,
    HoldingRow,
    PersonRow,
    Read,
    RightRow,
    ShareClassRow,
    ShareholdingRow,
    UnitRow,
    read_tables,
)

_AT_ONCE = 2_000
_SAID = ("source", "evidence_id")
"""What alone says nothing new."""
DatedRow = TypeVar("DatedRow", bound=DatedFact)


@dataclass(frozen=True, slots=True)
class WorldReport:
    """What became of the rows: the problems, and how many parties and facts were new, changed or known already."""

    report: Report
    added: int
    changed: int
    unchanged: int
    written: bool
    staff: StaffChanges | None = None
    """What becomes of people, where the rows spoke of work."""

    @property
    def told(self) -> tuple[Reason, ...]:
        """What the rows bring with them beyond their number: what becomes of people."""
        return () if self.staff is None else self.staff.told


def import_world(
    *,
    by: Actor,
    at: datetime,
    tables: Tables,
    good_rows: bool = False,
    dry_run: bool = False,
    source: str = "",
    journal: Journal | None = None,
) -> WorldReport:
    """Bring in the rows of a world directory, by table; all of them, or with ``good_rows`` those that hold together.

    1. Refuse whoever looks after nothing; refuse  4. Write what is new or otherwise, set-wise.
       rows of what she does not look after.
    2. Read the rows; wait for the others.         5. Let the core check the whole world once more.
    3. Check the rows against each other and       6. Bump the version, audit, announce WorldImported.
       what is known; stop here if any is wrong.
    Nothing is written on any problem (unless ``good_rows``) and on a dry run, which tells what would happen. The rows
    that were written stand in the ``journal``, so that they can be taken back while nobody uses them.
    Raises Refused, KeyError for a table nobody knows.
    """
    require(policy.may_keep_records(by, on=at.date()))
    read = drawn(read_tables(tables))
    with changing():
        good = checked(within_reach(read, by=by, on=at.date()), Writing.known_facts())
        write = not dry_run and (good_rows or not good.problems)
        staff = staff_changes(good.work, _work_on_record()) if good.work else None
        writing = Writing(at, source, journal or Journal(), write=write)
        writing.everything(good)
        if writing.write and writing.added + writing.changed:
            queries.check_world()
            counts = {"added": writing.added, "changed": writing.changed, "refused": len(good.problems)}
            note(by, at, "import_world", "world", {"source": source, **counts})
            outbox.announce(WorldImported(writing.added + writing.changed), by=by, at=at)
    return replace(writing.report(read.rows, good), staff=staff)


def _work_on_record() -> dict[str, tuple[str, At]]:
    """All work that is known now by its id: whose, and where. One query."""
    rows = WorkRelationship.objects.current().values_list(
        *("code", "person__code", "company__code", "unit__code", "valid_from", "valid_until"),
        *("kind", "job_title", "cost_centre__code", "line_of_business"),
    )
    return {row[0]: (row[1], At(row[2], row[3], row[4], row[5], tuple(row[6:]))) for row in rows.iterator(5_000)}


class Writing:
    """One import's writing: parties first, then what is said of them. Counts also when it only pretends."""

    def __init__(
        self, at: datetime, source: str, journal: Journal, *, write: bool, evidence: int | None = None
    ) -> None:
        self.at = at
        self.source = source
        self.evidence = evidence
        self.journal = journal
        self.write = write
        self.added = self.changed = self.unchanged = 0
        self.keys: dict[str, int] = dict(queries.keys())

    @staticmethod
    def known_facts() -> KnownFacts:
        """What rows are checked against: everybody there is, and what is said of them."""
        known = queries.known()
        world = known.world
        kinds = dict.fromkeys(world.company, PartyKind.COMPANY) | dict.fromkeys(world.person, PartyKind.PERSON)
        named = {code: world.names[code] for code in world.company}
        codes = known.codes
        weeks = tuple((codes[week.party_id], week.period) for week in WorkingWeek.objects.current())
        heads = tuple((codes[row.place_id], row.period) for row in HeadOfPlace.objects.current())
        deputies = tuple(
            (f"{codes[row.place_id]} {codes[row.person_id]}", row.period) for row in DeputyOfPlace.objects.current()
        )
        absences = tuple((codes[row.person_id], row.period) for row in Absence.objects.current())
        states = tuple(
            (f"{codes[row.person_id]} {codes[row.company_id]} {row.state}", row.period)
            for row in StateOfWork.objects.current()
        )
        called = tuple((codes[row.party_id], row.period) for row in PartyName.objects.current())
        told = queries.told_of_ownership(known.codes)
        kinds |= dict.fromkeys(world.unit, PartyKind.UNIT)
        return KnownFacts(
            kinds, named, world.units, told, weeks, heads, deputies, absences, states, called, told_here()
        )

    def report(self, rows: int, good: Read) -> WorldReport:
        """What became of so many rows."""
        refused = len({(problem.file, problem.line) for problem in good.problems}) + good.untold
        report = Report(rows, rows - refused, tuple(good.problems))
        return WorldReport(report, self.added, self.changed, self.unchanged, self.write)

    def everything(self, good: Read) -> None:
        """Write all rows, in the order in which they depend on each other."""
        units = {row.id: row for row in good.units}.values()
        self.parties(PartyKind.COMPANY, good.companies)
        self.parties(PartyKind.PERSON, good.people)
        self.parties(PartyKind.UNIT, units)
        if not self.write:
            rows: tuple[CompanyRow | PersonRow | UnitRow, ...] = (*good.companies, *good.people, *units)
            for row in rows:
                self.keys.setdefault(row.id, -len(self.keys) - 1)  # stands for the key it would get
        self.registrations(good)
        self.placements(good)
        self.holdings(good)
        self.share_classes(good)
        self.shareholdings(good)
        self.rights(good)
        self.work(good)
        self.calendars(good)
        self.leading(good)
        self.work_states(good)
        self.names(good)
        self.events(good)

    def parties(self, kind: PartyKind, rows: Iterable[CompanyRow | PersonRow | UnitRow]) -> None:
        """Parties that are new, and those called otherwise."""
        told = {row.id: (row.name, row.email if isinstance(row, PersonRow) else None) for row in rows}
        known = {party.code: party for party in Party.objects.filter(kind=kind.value)} if told else {}
        new = [code for code in told if code not in known]
        before = {party.pk: {"name": party.name, "email": party.email} for party in known.values()}
        otherwise = [known[code] for code, what in told.items() if code in known and _tell(known[code], *what)]
        self.count(len(new), len(otherwise), len(told) - len(new) - len(otherwise))
        if not self.write:
            return
        person = kind is PartyKind.PERSON
        keys = subjects.new_subjects(len(new), at=self.at) if person else [None] * len(new)
        made = [
            Party(
                code=code,
                kind=kind.value,
                name=told[code][0],
                email=told[code][1] or "",
                subject=key,
                created_at=self.at,
            )
            for code, key in zip(new, keys, strict=True)
        ]
        Party.objects.bulk_create(made, batch_size=_AT_ONCE)
        self.keys.update({party.code: party.id for party in made})
        self.journal.added(Party, [party.id for party in made])
        for party in otherwise:
            self.journal.changed(Party, party.pk, before[party.pk], {"name": party.name, "email": party.email})
        Party.objects.bulk_update(otherwise, ["name", "email"], batch_size=_AT_ONCE // 4)

    def registrations(self, good: Read) -> None:
        """What the rows say of companies; a company has one open registration."""
        known = {(fact.company_id,): fact for fact in Registration.objects.current().filter(valid_until=None)}
        said = (
            {
                "company_id": self.keys[row.id],
                "register_number": row.register_number,
                "country": row.country,
                "kind": row.kind.value,
                "currency": row.currency,
                "functional_currency": row.functional_currency,
                "time_zone": row.time_zone,
                "source": row.source or self.source,
            }
            for row in good.companies
        )
        self.facts(Registration, known, said, ("company_id",))

    def placements(self, good: Read) -> None:
        """Where the rows place units; a place is the same when it begins on the same day."""
        known = (
            {(fact.unit_id, fact.valid_from): fact for fact in UnitPlacement.objects.current()} if good.units else {}
        )
        said = (
            {
                "unit_id": self.keys[row.id],
                "company_id": self.keys[row.company],
                "parent_id": row.parent and self.keys[row.parent],
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.units
        )
        self.facts(UnitPlacement, known, said, ("unit_id", "valid_from"))

    def holdings(self, good: Read) -> None:
        """What the rows say of shares, by their ids."""
        known = {(fact.code,): fact for fact in Holding.objects.current()} if good.holdings else {}
        said = (
            {
                "code": row.id,
                "owner_id": self.keys[row.owner],
                "owned_id": self.keys[row.owned],
                **shares(row.votes, row.capital),
                **self.ownership(row),
            }
            for row in good.holdings
        )
        self.facts(Holding, known, said, ("code",))

    def share_classes(self, good: Read) -> None:
        """What the rows say of classes of shares, by their ids."""
        known = {(fact.code,): fact for fact in ShareClass.objects.current()} if good.share_classes else {}
        said = (
            {
                "code": row.id,
                "company_id": self.keys[row.company],
                "name": row.name,
                "issued": row.issued,
                "votes_each": row.votes_each,
                "dividend_each": row.dividend_each,
                "version_of": row.version_of,
                **self.ownership(row),
            }
            for row in good.share_classes
        )
        self.facts(ShareClass, known, said, ("code",))

    def shareholdings(self, good: Read) -> None:
        """What the rows say of shares of a class, by their ids."""
        known = {(fact.code,): fact for fact in Shareholding.objects.current()} if good.shareholdings else {}
        classes = dict(ShareClass.objects.current().values_list("code", "company_id")) if good.shareholdings else {}
        classes |= {row.id: self.keys[row.company] for row in good.share_classes}
        said = (
            {
                "code": row.id,
                "owner_id": self.keys[row.owner],
                "company_id": classes[row.share_class],
                "share_class": row.share_class,
                "shares": row.shares,
                **self.ownership(row),
            }
            for row in good.shareholdings
        )
        self.facts(Shareholding, known, said, ("code",))

    def rights(self, good: Read) -> None:
        """What the rows say of power over companies, by their ids."""
        known = {(fact.code,): fact for fact in ControlRight.objects.current()} if good.rights else {}
        said = (
            {
                "code": row.id,
                "target_id": self.keys[row.target],
                "holder_id": row.holder and self.keys[row.holder],
                "kind": row.kind.value,
                "agreement": row.agreement,
                "over_id": row.over and self.keys[row.over],
                **self.ownership(row),
            }
            for row in good.rights
        )
        self.facts(ControlRight, known, said, ("code",))

    def ownership(self, row: HoldingRow | ShareClassRow | ShareholdingRow | RightRow) -> dict[str, Any]:
        """The days of a fact of ownership and whose word it is."""
        return {
            "valid_from": row.period.start,
            "valid_until": row.period.until,
            "source": row.source or self.source,
            "evidence_id": self.evidence,
            "register": row.speaker.register,
            "rank": row.speaker.rank.value,
        }

    def work(self, good: Read) -> None:
        """What the rows say of people's work, by their ids."""
        known = {(fact.code,): fact for fact in WorkRelationship.objects.current()} if good.work else {}
        said = (
            {
                "code": row.id,
                "person_id": self.keys[row.person],
                "company_id": self.keys[row.company],
                "unit_id": row.unit and self.keys[row.unit],
                "kind": row.kind.value,
                "job_title": row.job_title,
                "cost_centre_id": row.cost_centre and self.keys[row.cost_centre],
                "line_of_business": row.line_of_business,
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.work
        )
        self.facts(WorkRelationship, known, said, ("code",))

    def work_states(self, good: Read) -> None:
        """States of work by person, company, state and first day."""
        identity = ("person_id", "company_id", "state", "valid_from")
        known = (
            {tuple(getattr(fact, name) for name in identity): fact for fact in StateOfWork.objects.current()}
            if good.work_states
            else {}
        )
        said = (
            {
                "person_id": self.keys[row.person],
                "company_id": self.keys[row.company],
                "state": row.state.value,
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.work_states
        )
        self.facts(StateOfWork, known, said, identity)

    def calendars(self, good: Read) -> None:
        """Working weeks by their first day, days of their own by the day; the calendars have a version of their own."""
        before = self.added + self.changed
        weeks = {(fact.party_id, fact.valid_from): fact for fact in WorkingWeek.objects.current()} if good.weeks else {}
        said = (
            {
                "party_id": self.keys[row.party],
                "hours": {day: kept_hours(spans) for day, spans in row.week.items() if spans},
                "time_zone": row.time_zone,
                "holidays_of": row.holidays_of,
                "region": row.region,
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.weeks
        )
        self.facts(WorkingWeek, weeks, said, ("party_id", "valid_from"))
        days = {(fact.party_id, fact.day): fact for fact in OwnDay.objects.current()} if good.own_days else {}
        told = (
            {
                "party_id": self.keys[row.party],
                "day": row.day,
                "name": row.name,
                "hours": kept_hours(row.hours),
                "source": row.source or self.source,
            }
            for row in good.own_days
        )
        self.facts(OwnDay, days, told, ("party_id", "day"))
        if self.write and self.added + self.changed > before:
            versions.bump(calendars.VERSION)

    def leading(self, good: Read) -> None:
        """Heads by place and first day, deputies by person too, absences by person; who leads has a version of its own."""
        before = self.added + self.changed
        heads = {(fact.place_id, fact.valid_from): fact for fact in HeadOfPlace.objects.current()} if good.heads else {}
        said = (
            {
                "place_id": self.keys[row.place],
                "person_id": self.keys[row.person],
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.heads
        )
        self.facts(HeadOfPlace, heads, said, ("place_id", "valid_from"))
        deputies = (
            {(fact.place_id, fact.person_id, fact.valid_from): fact for fact in DeputyOfPlace.objects.current()}
            if good.deputies
            else {}
        )
        stands_in = (
            {
                "place_id": self.keys[row.place],
                "person_id": self.keys[row.person],
                "powers": sorted(power.value for power in row.powers),
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.deputies
        )
        self.facts(DeputyOfPlace, deputies, stands_in, ("place_id", "person_id", "valid_from"))
        away = {(fact.person_id, fact.valid_from): fact for fact in Absence.objects.current()} if good.absences else {}
        gone = (
            {
                "person_id": self.keys[row.person],
                "valid_from": row.period.start,
                "valid_until": row.period.until,
            }
            for row in good.absences
        )
        self.facts(Absence, away, gone, ("person_id", "valid_from"))
        if self.write and self.added + self.changed > before:
            versions.bump(leading.VERSION)

    def names(self, good: Read) -> None:
        """What companies and units are called on which days; and that all are called today as is said of today.

        A row of companies.csv or units.csv that calls one otherwise, of which names.csv says nothing, corrects today's name.
        """
        known = {(fact.party_id, fact.valid_from): fact for fact in PartyName.objects.current()} if good.names else {}
        said = (
            {
                "party_id": self.keys[row.party],
                "name": row.name,
                "valid_from": row.period.start,
                "valid_until": row.period.until,
                "source": row.source or self.source,
            }
            for row in good.names
        )
        self.facts(PartyName, known, said, ("party_id", "valid_from"))
        if not self.write:
            return
        coming: dict[int, list[date | None]] = defaultdict(list)
        for row in good.names:
            coming[self.keys[row.party]].append(row.period.start)
        told = {self.keys[row.id] for row in good.companies} | {self.keys[row.id] for row in good.units}
        for party in Party.objects.filter(pk__in=coming).order_by("pk"):
            before, until = party.name, keep_name_until(party, at=self.at)
            self.journal.added(PartyName, [] if until is None else [until.pk])
            for since in coming[party.pk]:
                plan_name(party, since, at=self.at)
            if settle_name(party, at=self.at):
                self.journal.changed(Party, party.pk, {"name": before}, {"name": party.name})
        otherwise = PartyName.objects.current().exclude(name=F("party__name")).select_related("party")
        for fact in otherwise if told else ():
            named_now = fact.party_id in told and fact.party_id not in coming
            if named_now and today_of(fact.party.code, self.at) in fact.period:
                self.journal.closed(PartyName, [fact.pk])
                self.journal.added(PartyName, [correct(fact, at=self.at, name=fact.party.name).pk])

    def events(self, good: Read) -> None:
        """What happened, as the rows tell it."""
        placed = {row.id: row.company for row in good.units}
        bringing = Bringing(
            keys=self.keys, home=lambda code: placed.get(code, home_of(code)), at=self.at, source=self.source
        )
        bringing.all(good.events, self.journal, write=self.write)
        self.count(bringing.added, bringing.changed, bringing.unchanged)

    def facts(
        self,
        table: type[DatedRow],
        known: Mapping[tuple[Any, ...], DatedRow],
        said: Iterable[dict[str, Any]],
        identity: Sequence[str],
    ) -> None:
        """Add facts that are new; close and add anew those that are said otherwise (what only tells where it is from says nothing new)."""
        new: list[DatedRow] = []
        closed: list[int] = []
        unchanged = 0
        for fields in said:
            before = known.get(tuple(fields[name] for name in identity))
            if before is not None and all(getattr(before, n) == value for n, value in fields.items() if n not in _SAID):
                unchanged += 1
                continue
            if before is not None:
                closed.append(before.pk)
            new.append(table(known_from=self.at, **fields))
        self.count(len(new) - len(closed), len(closed), unchanged)
        if self.write:
            for first in range(0, len(closed), _AT_ONCE // 4):
                some = table._default_manager.filter(pk__in=closed[first : first + _AT_ONCE // 4])
                some.update(known_until=self.at)
            table._default_manager.bulk_create(new, batch_size=_AT_ONCE)
            self.journal.closed(table, closed)
            self.journal.added(table, [fact.pk for fact in new])

    def count(self, added: int, changed: int, unchanged: int) -> None:
        """Add to what is told at the end."""
        self.added += added
        self.changed += changed
        self.unchanged += unchanged


def _tell(party: Party, name: str, email: str | None) -> bool:
    """Set what a row says of a party; whether that is news."""
    before = (party.name, party.email)
    party.name, party.email = name, party.email if email is None else email
    return before != (party.name, party.email)
