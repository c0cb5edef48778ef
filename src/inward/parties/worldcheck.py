"""Rows of a world directory against each other and against what is known: which may come in, and what is wrong with the rest.

Every row is blamed by file and line, and a row that is refused may take others with it (a unit that is not let in has no
staff). The core has the last word on what contradicts itself; here only the blame is found. Pure: no database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from inward.core.classification import (
    Band,
    Company,
    Holding,
    RightKind,
    ShareClass,
    Shareholding,
    Unit,
    World,
    check_version,
    issued_throughout,
    most_votes,
    over_issued,
)
from inward.core.terms import Period, Rate, Refusal
from inward.parties.deciding import Fact, Speaker, Told
from inward.parties.vocabulary import PartyKind
from inward.parties.worldfiles import (
    AbsenceRow,
    CompanyRow,
    DeputyRow,
    EventRow,
    HeadRow,
    HoldingRow,
    NameRow,
    OwnDayRow,
    PersonRow,
    Read,
    RightRow,
    ShareClassRow,
    ShareholdingRow,
    UnitRow,
    WeekRow,
    WorkRow,
    WorkStateRow,
)

UNIT_ROUNDS_MAX = 200
"""So many contradictions between units are told one by one; then the rest is refused together."""

AnyRow = TypeVar("AnyRow", CompanyRow, PersonRow, UnitRow, WorkRow)
OwnershipRow = TypeVar("OwnershipRow", HoldingRow, ShareClassRow, ShareholdingRow, RightRow)
Once = TypeVar("Once", HoldingRow, ShareClassRow, ShareholdingRow, RightRow, WorkRow, EventRow)
Blamed = TypeVar(
    "Blamed",
    CompanyRow,
    PersonRow,
    UnitRow,
    HoldingRow,
    ShareClassRow,
    ShareholdingRow,
    RightRow,
    WorkRow,
    WeekRow,
    OwnDayRow,
    HeadRow,
    DeputyRow,
    AbsenceRow,
    WorkStateRow,
    NameRow,
    EventRow,
)
Leading = TypeVar("Leading", HeadRow, DeputyRow, AbsenceRow, WorkStateRow, NameRow)
Ok = Callable[[AnyRow], bool]


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What is known already: the kind of every party, and the facts that rows may add to or correct."""

    kinds: Mapping[str, PartyKind] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    told: Told = field(default_factory=Told)
    """What is said of ownership, by whatever source."""
    weeks: tuple[tuple[str, Period], ...] = ()
    """The days of the working weeks of those companies and units that have one of their own."""
    heads: tuple[tuple[str, Period], ...] = ()
    """The days of the heads of companies and units, by the place."""
    deputies: tuple[tuple[str, Period], ...] = ()
    """The days of deputies, by place and person with a space between."""
    absences: tuple[tuple[str, Period], ...] = ()
    """The days on which people are away."""
    work_states: tuple[tuple[str, Period], ...] = ()
    """The days of states of work, by person, company and state."""
    called: tuple[tuple[str, Period], ...] = ()
    """The days of the names of companies and units."""
    events: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """What the events say that were entered here, by their ids."""


def checked(read: Read, known: KnownFacts) -> Read:
    """The rows that may come in together, and every problem: those found in reading and those found here."""
    return _Check(read, known).result()


class _Check:
    def __init__(self, read: Read, known: KnownFacts) -> None:
        self.read = read
        self.known = known
        self.problems = list(read.problems)
        self.kinds = dict(known.kinds)
        named: tuple[CompanyRow | PersonRow | UnitRow, ...] = (*read.companies, *read.people, *read.units)
        told: dict[str, str] = {}
        for row in named:
            told.setdefault(row.id, row.name)
        self.names = {**known.names, **told}
        self.mentioned = read.refused | told.keys() | {row.id for row in read.share_classes}

    def result(self) -> Read:
        companies = self.parties(self.read.companies, PartyKind.COMPANY)
        people = self.parties(self.read.people, PartyKind.PERSON)
        units = self.units()
        holdings = self.holdings()
        classes = self.share_classes()
        shareholdings = self.shareholdings(classes)
        rights = self.rights()
        work = self.work()
        weeks, own_days = self.weeks(), self.own_days()
        known = self.known
        heads = self.leading(self.read.heads, known.heads, lambda row: row.place)
        deputies = self.leading(self.read.deputies, known.deputies, lambda row: f"{row.place} {row.person}")
        absences = self.leading(self.read.absences, known.absences, lambda row: row.person)
        states = self.leading(
            self.read.work_states, known.work_states, lambda row: f"{row.person} {row.company} {row.state.value}"
        )
        events = [row for row in self._once(self.read.events) if self._happened(row)]
        called = self.leading(self.read.names, known.called, lambda row: row.party)
        problems = sorted(self.problems, key=lambda problem: (problem.file, problem.line, problem.column))
        return Read(
            rows=self.read.rows,
            untold=self.read.untold,
            companies=companies,
            people=people,
            units=units,
            holdings=holdings,
            work=work,
            problems=problems,
            weeks=weeks,
            own_days=own_days,
            share_classes=classes,
            shareholdings=shareholdings,
            rights=rights,
            heads=heads,
            deputies=deputies,
            absences=absences,
            work_states=states,
            names=called,
            events=events,
        )

    def blame(self, row: Blamed, column: str, code: str, /, **facts: object) -> bool:
        self.problems.append(row.at.problem(column, code, **facts))  # type: ignore[arg-type]
        return False

    # --- who there is -------------------------------------------------------------------------------------------------

    def parties(self, rows: Iterable[AnyRow], kind: PartyKind) -> list[AnyRow]:
        """Rows whose id is theirs alone; a party known already under that id and kind is told anew."""
        seen: set[str] = set()
        return [row for row in rows if self._is_own(row, kind, seen)]

    def _is_own(self, row: AnyRow, kind: PartyKind, seen: set[str]) -> bool:
        if row.id in seen and kind is not PartyKind.UNIT:
            return self.blame(row, "id", "id_twice", id=row.id)
        seen.add(row.id)
        taken = self.kinds.setdefault(row.id, kind)
        if taken is not kind:
            return self.blame(
                row, "id", "id_of_other_kind", id=row.id, kind=taken.value.lower(), expected=kind.value.lower()
            )
        return True

    def refers(self, row: Blamed, column: str, code: str | None, *kinds: PartyKind) -> bool:
        """Whether the code in this column is somebody's who may stand there; None stands for nobody."""
        if code is None:
            return True
        kind = self.kinds.get(code)
        if kind is None:
            return self.blame(row, column, self._not_there(code), id=code)
        if kind not in kinds:
            expected = " / ".join(each.value.lower() for each in kinds)
            return self.blame(row, column, "id_of_other_kind", id=code, kind=kind.value.lower(), expected=expected)
        return True

    def _not_there(self, code: str) -> str:
        """Why nothing has this id: nobody speaks of it, or whichever row does was refused."""
        return "id_refused" if code in self.mentioned else "id_unknown"

    # --- units --------------------------------------------------------------------------------------------------------

    def units(self) -> list[UnitRow]:
        rows = self.parties(self.read.units, PartyKind.UNIT)
        rows = [row for row in rows if self.refers(row, "company", row.company, PartyKind.COMPANY)]
        rows = self._apart(self._with_parents(rows))
        for _ in range(UNIT_ROUNDS_MAX):
            wrong = self._wrong_unit(rows)
            if wrong is None:
                return rows
            row, refusal = wrong
            facts = {**refusal.reason.facts, **self._named(refusal.reason.facts)}
            self.blame(row, refusal.where.rpartition(".")[2], refusal.reason.code, **facts)
            rows = self._with_parents([each for each in rows if each is not row])
        for row in rows:
            self.blame(row, "parent", "too_many_problems", most=UNIT_ROUNDS_MAX)
        return self._with_parents([])

    def _with_parents(self, rows: list[UnitRow]) -> list[UnitRow]:
        """Rows whose parent is a unit that is known or comes in; again and again, for a refused one takes those below."""
        while True:
            coming = {row.id for row in rows}
            for row in self.read.units:
                if row.id not in coming and row.id not in self.known.kinds and self.kinds.get(row.id) is PartyKind.UNIT:
                    del self.kinds[row.id]
            good = [row for row in rows if self.refers(row, "parent", row.parent, PartyKind.UNIT)]
            if len(good) == len(rows):
                return rows
            rows = good

    def _apart(self, rows: list[UnitRow]) -> list[UnitRow]:
        """Rows whose days no other record of the unit has; a record that begins on the same day is told anew."""
        told = {(row.id, row.period.start) for row in rows}
        stand: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.known.units:
            if (unit.id, unit.period.start) not in told:
                stand[unit.id].append(unit)
        good = []
        for row in rows:
            if any(row.period.overlaps(other.period) for other in stand[row.id]):
                self.blame(row, "valid_from", "unit_twice_at_once", id=row.id)
                continue
            stand[row.id].append(_unit(row))
            good.append(row)
        return self._with_parents(good)

    def _wrong_unit(self, rows: list[UnitRow]) -> tuple[UnitRow, Refusal] | None:
        """A row that cannot be, by what the core says of all units together."""
        told = {(row.id, row.period.start) for row in rows}
        before = [unit for unit in self.known.units if (unit.id, unit.period.start) not in told]
        together = [*(_unit(row) for row in rows), *before]
        try:
            World.of(companies=[Company(code) for code in {unit.company for unit in together}], units=together)
        except Refusal as refusal:
            index = int(refusal.where[len("units[") :].partition("]")[0])
            if index < len(rows):
                return rows[index], refusal
            unit = together[index]
            above = next((row for row in rows if row.id == unit.parent), rows[-1])
            return above, refusal
        return None

    def _named(self, facts: Mapping[str, object]) -> dict[str, str]:
        """Names for the companies that the core knows by id alone here."""
        codes = {name: str(facts[name]) for name in ("company", "parent_company") if name in facts}
        return {name: self.names.get(code, code) for name, code in codes.items()}

    # --- ownership ----------------------------------------------------------------------------------------------------

    def holdings(self) -> list[HoldingRow]:
        told = self.known.told
        good = [row for row in self._theirs(self.read.holdings, told.holdings) if self._holds(row)]
        coming = {row.id for row in good}
        of_company: dict[tuple[str, Speaker], list[HoldingRow]] = defaultdict(list)
        for row in good:
            of_company[row.owned, row.speaker].append(row)
        known: dict[tuple[str, Speaker], list[Holding]] = defaultdict(list)
        for holding in told.holdings:
            known[holding.owned, told.speaker(holding)].append(holding)
        for said, rows in of_company.items():
            self._whole(said[0], rows, [holding for holding in known[said] if holding.id not in coming])
        kept = {id(row) for rows in of_company.values() for row in rows}
        return [row for row in good if id(row) in kept]

    def _holds(self, row: HoldingRow) -> bool:
        owner = self.refers(row, "owner", row.owner, PartyKind.COMPANY, PartyKind.PERSON)
        return self.refers(row, "owned", row.owned, PartyKind.COMPANY) and owner

    def _whole(self, owned: str, rows: list[HoldingRow], known: list[Holding]) -> None:
        """Take rows of one source away, the last first, until nobody holds more than the whole."""
        while rows:
            votes, day = most_votes([*known, *map(_held, rows)])
            if votes <= 1:
                return
            row = rows.pop()
            facts = {"company": self.names.get(owned, owned), "percent": Rate(votes), "on": day}
            self.blame(row, "percent", "holdings_over_whole", **facts)
            known = [*known, *(held for held in self.known.told.holdings if held.id == row.id and held.owned == owned)]

    def share_classes(self) -> list[ShareClassRow]:
        """Classes of companies that are there, and versions of them one after the other."""
        told = self.known.told
        known = {each.id: each for each in told.share_classes}
        rows = [
            # a row that corrects a version need not say again of what it is one
            replace(row, version_of=row.version_of or (known[row.id].version_of if row.id in known else ""))
            for row in self._theirs(self.read.share_classes, told.share_classes)
            if self.refers(row, "company", row.company, PartyKind.COMPANY)
        ]
        registers = {each.id: told.speaker(each).register for each in told.share_classes}
        registers |= {row.id: row.speaker.register for row in rows}
        there = known | {row.id: _class(row) for row in rows}
        versions: dict[str, list[ShareClass]] = defaultdict(list)
        for each in there.values():
            versions[each.series].append(each)
        good = [row for row in rows if self._follows(row, there, versions, registers)]
        gone = {row.id for row in rows} - {row.id for row in good}
        for row in [row for row in good if row.version_of in gone]:
            self.blame(row, "version_of", self._not_there(row.version_of), id=row.version_of)
        return [row for row in good if row.version_of not in gone]

    def _follows(
        self,
        row: ShareClassRow,
        there: Mapping[str, ShareClass],
        versions: Mapping[str, list[ShareClass]],
        registers: Mapping[str, str],
    ) -> bool:
        """Whether the row tells a class of its own, or what one of the same source is on days of which nothing else is told."""
        each = _class(row)
        if each.version_of and registers.get(each.version_of, row.speaker.register) != row.speaker.register:
            return self.blame(row, "version_of", "share_class_of_other_source", share_class=each.version_of)
        try:
            check_version(each, there.get(each.series), versions[each.series], "")
        except Refusal as refusal:
            return self.blame(row, refusal.where.removeprefix("."), refusal.reason.code, **refusal.reason.facts)
        return True

    def shareholdings(self, classes: list[ShareClassRow]) -> list[ShareholdingRow]:
        """Shares of classes that are there on those days and of the same source, no more of each than are issued."""
        told = self.known.told
        there = {each.id: (each, told.speaker(each)) for each in told.share_classes}
        there |= {row.id: (_class(row), row.speaker) for row in classes}
        versions: dict[str, list[ShareClass]] = defaultdict(list)
        for each, _ in there.values():
            versions[each.series].append(each)
        good: list[ShareholdingRow] = []
        coming = {row.id for row in self.read.shareholdings}
        held: dict[str, list[Holding]] = defaultdict(list)
        for shares in told.shareholdings:
            if shares.id not in coming:
                held[shares.share_class].append(_counted(shares))
        for row in self._theirs(self.read.shareholdings, told.shareholdings):
            if not self.refers(row, "owner", row.owner, PartyKind.COMPANY, PartyKind.PERSON):
                continue
            first, speaker = there.get(row.share_class, (None, None))
            if first is None or first.version_of:
                code = "id_unknown" if first else self._not_there(row.share_class)
                self.blame(row, "share_class", code, id=row.share_class)
            elif speaker is None or speaker.register != row.speaker.register:
                self.blame(row, "share_class", "share_class_of_other_source", share_class=row.share_class)
            elif self._issued(row, versions[row.share_class], held[row.share_class]):
                held[row.share_class].append(_counted(_shares(row)))
                good.append(row)
        return good

    def _issued(self, row: ShareholdingRow, versions: list[ShareClass], others: list[Holding]) -> bool:
        name = versions[0].name or row.share_class
        if not issued_throughout(versions, row.period):
            return self.blame(row, "shares", "shares_not_issued", share_class=name, shares=str(row.shares))
        if over := over_issued(versions, [*others, _counted(_shares(row))]):
            most, day = over
            return self.blame(row, "shares", "shares_over_issued", share_class=name, on=day, shares=str(most))
        return True

    def rights(self) -> list[RightRow]:
        return [row for row in self._theirs(self.read.rights, self.known.told.control_rights) if self._empowers(row)]

    def _empowers(self, row: RightRow) -> bool:
        asked = (
            self.refers(row, "target", row.target, PartyKind.COMPANY),
            self.refers(row, "holder", row.holder, PartyKind.COMPANY, PartyKind.PERSON),
            self.refers(row, "over", row.over, PartyKind.COMPANY),
        )
        nameless = row.kind in (RightKind.UNKNOWN_PARENT, RightKind.TOP)
        if row.holder is None and not nameless:
            return self.blame(row, "holder", "field_missing")
        if row.holder == row.target or (nameless and row.holder is not None):
            return self.blame(row, "holder", "right_over_itself", company=self.names.get(row.target, row.target))
        return all(asked)

    def _theirs(self, rows: Iterable[OwnershipRow], known: Iterable[Fact]) -> Iterable[OwnershipRow]:
        """Rows whose id is theirs alone, and no fact's that another source told: nobody corrects another's word."""
        told = {fact.id: self.known.told.speaker(fact).register for fact in known}
        for row in self._once(rows):
            register = told.get(row.id, row.speaker.register)
            if register == row.speaker.register:
                yield row
            else:
                self.blame(row, "id", "fact_of_other_source", id=row.id, register=register)

    # --- work ---------------------------------------------------------------------------------------------------------

    def work(self) -> list[WorkRow]:
        return [row for row in self._once(self.read.work) if self._works(row)]

    def _works(self, row: WorkRow) -> bool:
        asked = (
            self.refers(row, "person", row.person, PartyKind.PERSON),
            self.refers(row, "company", row.company, PartyKind.COMPANY),
            self.refers(row, "unit", row.unit, PartyKind.UNIT),
            self.refers(row, "cost_centre", row.cost_centre, PartyKind.UNIT),
        )
        return all(asked)

    # --- calendars ----------------------------------------------------------------------------------------------------

    def weeks(self) -> list[WeekRow]:
        """Weeks of companies and units, none of which overlaps another of the same one; the same first day tells it anew."""
        told = {(row.party, row.period.start) for row in self.read.weeks}
        stand: dict[str, list[Period]] = defaultdict(list)
        for party, period in self.known.weeks:
            if (party, period.start) not in told:
                stand[party].append(period)
        good = []
        for row in self.read.weeks:
            if not self.refers(row, "party", row.party, PartyKind.COMPANY, PartyKind.UNIT):
                continue
            if any(row.period.overlaps(other) for other in stand[row.party]):
                self.blame(row, "valid_from", "week_twice_at_once", party=self.names.get(row.party, row.party))
                continue
            stand[row.party].append(row.period)
            good.append(row)
        return good

    def own_days(self) -> list[OwnDayRow]:
        seen: set[tuple[str, object]] = set()
        good = []
        for row in self.read.own_days:
            if (row.party, row.day) in seen:
                self.blame(row, "day", "day_twice", day=row.day)
            elif self.refers(row, "party", row.party, PartyKind.COMPANY, PartyKind.UNIT):
                seen.add((row.party, row.day))
                good.append(row)
        return good

    # --- who leads, is away, and what is called how ----------------------------------------------------------------------------------------

    def leading(
        self, rows: Iterable[Leading], known: Iterable[tuple[str, Period]], of: Callable[[Leading], str]
    ) -> list[Leading]:
        """Rows no two of which say the same post or person (``of``) on one day; the same first day tells it anew."""
        rows = list(rows)
        told = {(of(row), row.period.start) for row in rows}
        stand: dict[str, list[Period]] = defaultdict(list)
        for whose, period in known:
            if (whose, period.start) not in told:
                stand[whose].append(period)
        good = []
        for row in rows:
            if not self._leads(row):
                continue
            taken = next((other for other in stand[of(row)] if row.period.overlaps(other)), None)
            if taken is not None:
                self.blame(row, "valid_from", "days_taken", since=taken.start, until=taken.until)
                continue
            stand[of(row)].append(row.period)
            good.append(row)
        return good

    def _leads(self, row: Leading) -> bool:
        if isinstance(row, NameRow):
            return self.refers(row, "party", row.party, PartyKind.COMPANY, PartyKind.UNIT)
        there = self.refers(row, "person", row.person, PartyKind.PERSON)
        if isinstance(row, AbsenceRow):
            return there
        if isinstance(row, WorkStateRow):
            return self.refers(row, "company", row.company, PartyKind.COMPANY) and there
        return self.refers(row, "place", row.place, PartyKind.COMPANY, PartyKind.UNIT) and there

    def _happened(self, row: EventRow) -> bool:
        """Whether it is about companies and units that are there, and was not entered here otherwise."""
        if self.known.events.get(row.id, row.says) != row.says:
            return self.blame(row, "id", "event_entered_here", id=row.id)
        ends = [code for two in row.parts for code in two if code]
        return all(self.refers(row, "parties", code, PartyKind.COMPANY, PartyKind.UNIT) for code in ends)

    def _once(self, rows: Iterable[Once]) -> Iterable[Once]:
        seen: set[str] = set()
        for row in rows:
            if row.id in seen:
                self.blame(row, "id", "id_twice", id=row.id)
            else:
                seen.add(row.id)
                yield row


def _unit(row: UnitRow) -> Unit:
    return Unit(row.id, row.company, row.parent, row.name, row.period)


def _held(row: HoldingRow) -> Holding:
    votes = row.votes.low if isinstance(row.votes, Band) else row.votes
    return Holding(row.id, row.owner, row.owned, votes, row.period, source=row.source)


def _class(row: ShareClassRow) -> ShareClass:
    numbers = (row.issued, row.votes_each, row.dividend_each)
    return ShareClass(row.id, row.company, *numbers, row.period, row.name, row.version_of)


def _shares(row: ShareholdingRow) -> Shareholding:
    return Shareholding(row.id, row.owner, row.share_class, row.shares, row.period, row.source)


def _counted(shares: Shareholding) -> Holding:
    """The number of shares as if it were a share, so that the most on any day can be told."""
    return Holding(shares.id, shares.owner, shares.share_class, shares.shares, shares.period)
