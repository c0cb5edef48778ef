"""What is known of the parties: the world that the core decides on, and what people may look up. Reads only.

``world`` and what is derived from it (keys, names, paths) are kept in memory while the version "parties" stands and ask
nobody's leave: rooms decide with them. What people look up, for a viewer, is in ``directory``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from django.db.models import Q

from inward.core.classification import (
    Band,
    Company,
    CompanyKind,
    ControlRight,
    Holding,
    Household,
    Person,
    RightKind,
    ShareClass,
    Shareholding,
    Succession,
    Tie,
    Unit,
    WorkKind,
    WorkRelationship,
    WorkState,
    World,
    prepared,
)
from inward.core.terms import Period
from inward.kit.kept import Kept
from inward.kit.policy import NotThere
from inward.kit.records import DatedFact, DatedQuerySet, in_order
from inward.parties import definitions, models, veil
from inward.parties.deciding import OWN, Difference, Key, Speaker, Told, decided, key
from inward.parties.vocabulary import EventKind, PartyKind, Purpose

VERSION = definitions.VERSION
_Owned = TypeVar("_Owned", Holding, ShareClass, Shareholding, ControlRight)
_AT_ONCE = 5_000
_RENEWED_AT_ONCE = 500
"""More changes than this at once, and reading everybody is as quick."""


@dataclass(frozen=True, slots=True)
class Known:
    """The world, and the keys of its parties by code and back."""

    world: World
    keys: Mapping[str, int]
    codes: Mapping[int, str]
    below: Mapping[str, tuple[Unit, ...]]
    """The placements of units by what they stand in: their parent, or their company where they stand at its top."""
    differences: tuple[Difference, ...] = ()
    """Where the sources of ownership differ, whatever the day."""
    called: Mapping[str, tuple[tuple[Period, str], ...]] = field(default_factory=dict)
    """What companies and units whose name changed are called on which days, the earliest first."""
    by_purpose: Mapping[Purpose, World] = field(default_factory=dict)
    """The world with the households that may serve a purpose; the same world where there are none for it."""
    mark: int | None = None
    """Which history its version belongs to: the key of that version's change; None when that is not known."""

    def name_on(self, code: str, on: date, otherwise: str | None = None) -> str:
        """What a party is called on a day, as the reader may know it (``veil``); ``otherwise``, or today's name, where no
        other is known of that day.
        """
        for period, name in self.called.get(code, ()) if on != date.max else ():  # whoever has no day asks of the last
            if on in period:
                return name
        return veil.name(code, self.world.names.get(code, code) if otherwise is None else otherwise)


@dataclass(frozen=True, slots=True)
class Named:
    """A party by code and name."""

    code: str
    name: str


def named(party: models.Party) -> Named:
    """A row of a party as the reader may know it (``veil``); whoever was erased bears her code for a name."""
    return told(party.code, party.name or party.code)


def told(code: str, name: str) -> Named:
    """A code and a name as the reader may know them (``veil``)."""
    return Named(veil.code(code), veil.name(code, name))


def known() -> Known:
    """Everything known of the parties now, prepared; the same value until somebody changes something."""
    return _known.value()


def world(*, known_at: datetime | None = None, purpose: Purpose | None = None) -> World:
    """The world as it is known now, all days in it, prepared for the usual definition of inside.

    Households are in it only when it is asked for a ``purpose``, and then those alone that were declared for that one; the
    world of prices, by which dealings are decided, holds those of the books apart (``World.of_books``).
    ``known_at`` asks for what was known at an instant: facts learned later are not in it, facts corrected later stand as
    they were believed. Its version is that of the last change known then, 0 where none is noted. Parties bear the codes and
    names of today, so that whoever was erased stays erased. Read anew each time, about a second for 100,000 people.
    """
    if known_at is None:
        here = known()
        return here.world if purpose is None else here.by_purpose[purpose]
    parties = _parties(known_at)
    found = _world(version_at(known_at), parties, known_at)[0]
    if purpose is None:
        return found
    return _with_households(found, {key: code for key, code, _, _ in parties}, known_at)[purpose]


def differences() -> tuple[Difference, ...]:
    """Where the sources of ownership differ, on whatever days: what decides, and what gives way to it."""
    return known().differences


def version_at(instant: datetime) -> int:
    """The number of the last change of the parties known at an instant; 0 before the first that is noted with its time."""
    noted = models.WorldChange.objects.filter(at__lte=instant).order_by("-number")
    return noted.values_list("number", flat=True).first() or 0


def forget() -> None:
    """Read everybody again when the world is next asked for: for measuring how long that takes."""
    _known.forget()


def keys() -> Mapping[str, int]:
    """The key of every party by its code."""
    return known().keys


def names(codes: Iterable[str]) -> dict[str, str]:
    """What people call these parties, by code, as the reader may know it (``veil``); the code for one that nobody knows."""
    here = world().names
    return {code: veil.name(code, here.get(code, code)) for code in codes}


def names_on(codes: Iterable[str], on: date) -> dict[str, str]:
    """What these parties are called on a day, by code. People have one name, that of today."""
    return {code: name_on(code, on) for code in codes}


def name_on(code: str, on: date) -> str:
    """What a party is called on a day; today's name where no other is known of that day."""
    return known().name_on(code, on)


def names_through(code: str) -> tuple[tuple[Period, str], ...]:
    """The days of the names of a company or unit, the earliest first; empty for one that was never called otherwise."""
    return known().called.get(code, ())


def some_called_otherwise() -> bool:
    """Whether any company or unit is called otherwise on other days."""
    return bool(known().called)


def name_of(code: str) -> str:
    """What people call this party, as the reader may know it (``veil``); the code itself for one that nobody knows."""
    return veil.name(code, world().names.get(code, code))


def subject_of(person: str) -> str:
    """The key under which audit and books know a person. NotThere for anybody else."""
    found = (
        models.Party.objects.filter(code=person, kind=PartyKind.PERSON.value).values_list("subject", flat=True).first()
    )
    if found is None:
        raise NotThere
    return found


def subjects_of(people: Iterable[str]) -> dict[str, str]:
    """The keys under which audit and books know these people, by code; nothing for anybody else. One query in 500."""
    asked = list(dict.fromkeys(people))
    found: dict[str, str] = {}
    for start in range(0, len(asked), 500):
        rows = models.Party.objects.filter(code__in=asked[start : start + 500], subject__isnull=False)
        found |= {code: subject for code, subject in rows.values_list("code", "subject") if subject is not None}
    return found


def called(subjects: Iterable[str]) -> dict[str, str]:
    """What the people behind these subject keys are called, as the reader may know it (``veil``); nothing for a key of
    somebody else, or of one erased.
    """
    rows = models.Party.objects.filter(subject__in=set(subjects)).exclude(name="")
    told = rows.values_list("subject", "code", "name")
    return {subject: veil.name(code, name) for subject, code, name in told if subject}


def kind_of(code: str) -> PartyKind | None:
    """What this party is; None when nobody knows it, or the reader may not (``veil``)."""
    here = world()
    if code in veil.closed():
        return None
    if code in here.company:
        return PartyKind.COMPANY
    if code in here.unit:
        return PartyKind.UNIT
    return PartyKind.PERSON if code in here.person else None


def company_of(party: str, *, on: date) -> str:
    """The company itself, or the company a unit belongs to on that day. NotThere for anybody else."""
    if party in world().company:
        return party
    return _placement(party, on).company


def unit_path(party: str, *, on: date) -> tuple[str, ...]:
    """A unit, what it stands in, and so on up to the company; a company alone; nothing for a person.

    NotThere for a unit that is not open on that day. One whose parent is closed stands in its company.
    """
    if party in world().company:
        return (party,)
    path: list[str] = []
    unit = _placement(party, on) if party in world().unit else None
    company: tuple[str, ...] = ()
    while unit is not None:
        path.append(unit.id)
        company = (unit.company,)
        above = world().unit.get(unit.parent or "", ())
        unit = next((record for record in above if on in record.period), None)
    return (*path, *company)


def reach(party: str, *, on: date) -> frozenset[str]:
    """A company with all its units, or a unit with all below it, on that day; a person alone."""
    below, found, left = known().below, {party}, [party]
    while left:
        standing = [unit.id for unit in below.get(left.pop(), ()) if on in unit.period and unit.id not in found]
        found.update(standing)
        left.extend(standing)
    return frozenset(found)


def work_of(person: str, *, on: date) -> tuple[WorkRelationship, ...]:
    """For whom a person works on that day, and how."""
    return tuple(work for work in world().work.get(person, ()) if on in work.period)


def jobs(people: Iterable[str], *, on: date) -> dict[str, str]:
    """What people do on that day, in the organisation's own words, by code; nothing for those of whom no job is known, and
    for those who are hidden from the reader.
    """
    keyed = {keys()[code]: code for code in people if code in keys() and code not in veil.closed()}
    rows = models.WorkRelationship.objects.current().on(on).filter(person_id__in=keyed).exclude(job_title="")
    return {keyed[key]: title for key, title in rows.order_by("-valid_from").values_list("person_id", "job_title")}


def country_of(company: str, *, on: date) -> str:
    """The country of a company on a day (ISO 3166), empty where nobody has said it. One query."""
    return countries_of([company], on=on)[company]


def countries_of(companies: Iterable[str], *, on: date) -> Mapping[str, str]:
    """The country of each of these companies on a day (ISO 3166), empty where nobody has said it. One query."""
    asked = dict.fromkeys(companies, "")
    facts = models.Registration.objects.current().on(on).filter(company__code__in=asked)
    return asked | dict(facts.values_list("company__code", "country"))


def employers(person: str) -> tuple[str, ...]:
    """The companies a person works for, has worked for or will."""
    return tuple(dict.fromkeys(work.company for work in world().work.get(person, ())))


def _placement(unit: str, on: date) -> Unit:
    for record in world().unit.get(unit, ()):
        if on in record.period:
            return record
    raise NotThere


# --- the world, made from rows ----------------------------------------------------------------------------------------


def _made(version: int) -> Known:
    """Read everything and let the core check it once more; about a second for 100,000 people."""
    parties = _parties()
    made, differing = _world(version, parties)
    _warm(made)
    below: dict[str, list[Unit]] = defaultdict(list)
    for unit in made.units:
        below[unit.parent or unit.company].append(unit)
    codes = {key: code for key, code, _, _ in parties}
    keys = {code: key for key, code in codes.items()}
    frozen = {place: tuple(units) for place, units in below.items()}
    mark = models.WorldChange.objects.filter(number=version).values_list("id", flat=True).first()
    homes = _with_households(made, codes)
    return Known(
        made,
        MappingProxyType(keys),
        MappingProxyType(codes),
        MappingProxyType(frozen),
        differing,
        _called(codes),
        homes,
        mark,
    )


def _called(codes: Mapping[int, str]) -> Mapping[str, tuple[tuple[Period, str], ...]]:
    found: dict[str, list[tuple[Period, str]]] = defaultdict(list)
    for row in in_order(models.PartyName.objects.current()):
        found[codes[row.party_id]].append((row.period, row.name))
    return MappingProxyType({code: tuple(names) for code, names in found.items()})


def _renewed(before: Known, number: int, version: int) -> Known | None:
    """The world kept for ``number`` as it is in ``version``, where in between only single people and their work changed.

    None when more did, when too much did, or when it is not known: then everything is read. What is read is the people
    concerned; the look-ups of all others are carried over, some thousandths of a second for 100,000 people.
    """
    noted = models.WorldChange.objects.filter(number__gte=number, number__lte=version).order_by("number")
    changes = list(noted.values_list("id", "person_key")[: _RENEWED_AT_ONCE + 1])
    if before.mark is None or len(changes) != version - number + 1 or changes[0][0] != before.mark:
        return None
    people = {key for _, key in changes[1:] if key is not None}
    if any(key is None for _, key in changes[1:]):
        return None
    parties = list(models.Party.objects.filter(id__in=people).values_list("id", "code", "name"))
    codes = dict(before.codes) | {key: code for key, code, _ in parties}
    world = before.world.with_people(
        [Person(code, name) for _, code, name in parties], _work(codes, person_id__in=people), version=version
    )
    _warm(world)
    keys = dict(before.keys) | {code: key for key, code, _ in parties}
    homes = _with_households(world, codes)
    return Known(
        world,
        MappingProxyType(keys),
        MappingProxyType(codes),
        before.below,
        before.differences,
        before.called,
        homes,
        changes[-1][0],
    )


def check_world() -> None:
    """Refusal when the rows as they stand make no world: the last word before an import is kept."""
    _made(0)


def _parties(known_at: datetime | None = None) -> list[tuple[int, str, str, str]]:
    """Key, code, kind and name of all parties, or of those that were known at an instant."""
    rows = models.Party.objects.values_list("id", "code", "kind", "name")
    return list(rows if known_at is None else rows.filter(created_at__lte=known_at))


def _world(
    version: int, parties: list[tuple[int, str, str, str]], known_at: datetime | None = None
) -> tuple[World, tuple[Difference, ...]]:
    """Read the facts about them as they are known now, or were at an instant, and let the core check them once more.

    Where several sources speak of one company, those that decide make the world; the second part is where they differ.
    """
    code = {key: code for key, code, _, _ in parties}
    name = {key: name for key, _, _, name in parties}
    owned, chosen = decided(told_of_ownership(code, known_at)), definitions.read(known_at).chosen
    world = World.of(
        companies=_companies(parties, known_at),
        people=[Person(c, n) for _, c, kind, n in parties if kind == PartyKind.PERSON.value],
        units=_units(code, name, known_at),
        holdings=owned.holdings,
        share_classes=owned.share_classes,
        shareholdings=owned.shareholdings,
        control_rights=owned.control_rights,
        work_relationships=_work(code, known_at),
        version=version,
        usual=chosen[Purpose.PRICE],
        for_books=chosen[Purpose.BOOKS],
        for_tax=chosen[Purpose.TAX],
        successions=_successions(known_at),
    )
    return world, owned.differences


def _successions(known_at: datetime | None) -> Iterator[Succession]:
    """Which companies have gone up in others, by the mergers that stand, or stood at an instant."""
    stands = Q(undone_at=None) if known_at is None else Q(undone_at=None) | Q(undone_at__gt=known_at)
    events = models.ChangeEvent.objects.filter(stands, kind=EventKind.MERGER.value)
    if known_at is not None:
        events = events.filter(entered_at__lte=known_at)
    company = PartyKind.COMPANY.value
    parts = models.ChangePart.objects.filter(event__in=events, party__kind=company, other__kind=company)
    for code, into, day in parts.values_list("party__code", "other__code", "event__day"):
        yield Succession(code, into, day)


def told_of_ownership(code: Mapping[int, str], known_at: datetime | None = None, about: int | None = None) -> Told:
    """All that is said of ownership by whatever source, as known now or at an instant; ``about`` one company, by its key."""
    speakers: dict[Key, Speaker] = {}
    return Told(
        holdings=list(_holdings(code, known_at, speakers, _of("owned_id", about))),
        share_classes=list(_share_classes(code, known_at, speakers, _of("company_id", about))),
        shareholdings=list(_shareholdings(code, known_at, speakers, _of("company_id", about))),
        control_rights=list(_rights(code, known_at, speakers, _of("target_id", about))),
        speakers=speakers,
    )


def told_by_others(company: str) -> frozenset[Key]:
    """The facts of ownership at one of whose ends this company stands and which an outside source tells; one query for each end."""
    key = keys().get(company)
    if key is None:
        return frozenset()
    tables: tuple[tuple[str, type[models.OwnershipFact], tuple[str, ...]], ...] = (
        ("holdings", models.Holding, ("owner", "owned")),
        ("share_classes", models.ShareClass, ("company",)),
        ("shareholdings", models.Shareholding, ("owner", "company")),
        ("control_rights", models.ControlRight, ("holder", "target", "over")),
    )
    found: set[Key] = set()
    for name, table, ends in tables:
        for end in ends:
            facts = DatedQuerySet(table).current().filter(**{end: key}).exclude(register="")
            found.update((name, code) for code in facts.values_list("code", flat=True))
    return frozenset(found)


def _believed(table: type[DatedFact], known_at: datetime | None) -> DatedQuerySet:
    """The facts of a table as they are known now, or were at an instant."""
    facts = DatedQuerySet(table)
    return facts.current() if known_at is None else facts.known_at(known_at)


def _units(code: Mapping[int, str], name: Mapping[int, str], known_at: datetime | None) -> Iterator[Unit]:
    rows = _believed(models.UnitPlacement, known_at).values_list(
        "unit_id", "company_id", "parent_id", "valid_from", "valid_until"
    )
    for unit, company, parent, start, until in rows:
        yield Unit(code[unit], code[company], parent and code[parent], name[unit], Period(start, until))


def _companies(parties: Iterable[tuple[int, str, str, str]], known_at: datetime | None) -> Iterator[Company]:
    """The companies with the kind and country that were registered last."""
    rows = (
        _believed(models.Registration, known_at).filter(valid_until=None).values_list("company_id", "kind", "country")
    )
    said = {company: (kind, country) for company, kind, country in rows}
    kinds = {kind.value: kind for kind in CompanyKind}
    for party, code, sort, name in parties:
        if sort == PartyKind.COMPANY.value:
            kind, country = said.get(party, (CompanyKind.COMPANY.value, ""))
            yield Company(code, name, kinds[kind], country)


def _holdings(
    code: Mapping[int, str], known_at: datetime | None, speakers: dict[Key, Speaker], which: Mapping[str, object]
) -> Iterator[Holding]:
    for fact in _believed(models.Holding, known_at).filter(**which).iterator(_AT_ONCE):
        yield _said(speakers, fact, as_holding(fact, code[fact.owner_id], code[fact.owned_id]))


def as_holding(fact: models.Holding, owner: str, owned: str) -> Holding:
    """The core's value of a row, with the codes of its ends."""
    votes = _band(fact.votes, fact.votes_high, low_open=fact.votes_low_open, high_open=fact.votes_high_open)
    capital = _band(fact.capital, fact.capital_high, low_open=fact.capital_low_open, high_open=fact.capital_high_open)
    return Holding(fact.code, owner, owned, fact.votes, fact.period, fact.capital, fact.source, votes, capital)


def _band(low: Fraction | None, high: Fraction | None, *, low_open: bool, high_open: bool) -> Band | None:
    return None if low is None or high is None else Band(low, high, low_open, high_open)


def _share_classes(
    code: Mapping[int, str], known_at: datetime | None, speakers: dict[Key, Speaker], which: Mapping[str, object]
) -> Iterator[ShareClass]:
    for fact in _believed(models.ShareClass, known_at).filter(**which):
        company = code[fact.company_id]
        numbers = (fact.issued, fact.votes_each, fact.dividend_each)
        made = ShareClass(fact.code, company, *numbers, fact.period, fact.name, fact.version_of)
        yield _said(speakers, fact, made)


def _shareholdings(
    code: Mapping[int, str], known_at: datetime | None, speakers: dict[Key, Speaker], which: Mapping[str, object]
) -> Iterator[Shareholding]:
    for fact in _believed(models.Shareholding, known_at).filter(**which).iterator(_AT_ONCE):
        owner = code[fact.owner_id]
        made = Shareholding(fact.code, owner, fact.share_class, fact.shares, fact.period, fact.source)
        yield _said(speakers, fact, made)


def _rights(
    code: Mapping[int, str], known_at: datetime | None, speakers: dict[Key, Speaker], which: Mapping[str, object]
) -> Iterator[ControlRight]:
    kinds = {kind.value: kind for kind in RightKind}
    for fact in _believed(models.ControlRight, known_at).filter(**which).iterator(_AT_ONCE):
        made = ControlRight(
            id=fact.code,
            target=code[fact.target_id],
            kind=kinds[fact.kind],
            holder=None if fact.holder_id is None else code[fact.holder_id],
            period=fact.period,
            agreement=fact.agreement,
            over=None if fact.over_id is None else code[fact.over_id],
            source=fact.source,
        )
        yield _said(speakers, fact, made)


def _of(field: str, company: int | None) -> dict[str, object]:
    return {} if company is None else {field: company}


def _said(speakers: dict[Key, Speaker], row: models.OwnershipFact, fact: _Owned) -> _Owned:
    """The fact, noting whose word it is where that is not the house's."""
    if row.speaker != OWN:
        speakers[key(fact)] = row.speaker
    return fact


def _work(code: Mapping[int, str], known_at: datetime | None = None, **which: object) -> Iterator[WorkRelationship]:
    rows = (
        _believed(models.WorkRelationship, known_at)
        .filter(**which)
        .values_list(
            "code", "person_id", "company_id", "kind", "valid_from", "valid_until", "unit_id", "line_of_business"
        )
    )
    kinds = {kind.value: kind for kind in WorkKind}
    periods: dict[tuple[date | None, date | None], Period] = {}
    states = _work_states(known_at, **which)
    for fact, person, company, kind, start, until, unit, line in rows:
        period = periods.get((start, until)) or periods.setdefault((start, until), Period(start, until))
        said = states.get((person, company), ())
        yield WorkRelationship(fact, code[person], code[company], kinds[kind], period, unit and code[unit], line, said)


def _work_states(
    known_at: datetime | None, **which: object
) -> Mapping[tuple[int, int], tuple[tuple[WorkState, Period], ...]]:
    """In which states people's work is, by the keys of person and company, in the order of days."""
    found: dict[tuple[int, int], list[tuple[WorkState, Period]]] = defaultdict(list)
    rows = _believed(models.StateOfWork, known_at).filter(**which).order_by("valid_from", "state", "pk")
    for person, company, state, start, until in rows.values_list(
        "person_id", "company_id", "state", "valid_from", "valid_until"
    ):
        found[person, company].append((WorkState(state), Period(start, until)))
    return {whose: tuple(states) for whose, states in found.items()}


def _with_households(made: World, code: Mapping[int, str], known_at: datetime | None = None) -> Mapping[Purpose, World]:
    """The world for each purpose, with the households that may serve it; that of prices knows those of the books beside."""
    rows = _believed(models.HouseholdMember, known_at).values_list(
        "code", "person_id", "member_id", "tie", "valid_from", "valid_until", "purposes"
    )
    found: dict[str, list[Household]] = defaultdict(list)
    for fact, person, member, tie, start, until, purposes in rows:
        home = Household(fact, code[person], code[member], Tie(tie), Period(start, until))
        for purpose in purposes:
            found[purpose].append(home)
    of_books = {Purpose.PRICE: found[Purpose.BOOKS.value]}
    return MappingProxyType(
        {each: made.with_households(found[each.value], of_books=of_books.get(each)) for each in Purpose}
    )


def _warm(made: World) -> None:
    """Prepare what every verdict needs now, so that no reader waits for it."""
    _ = (made.company, made.person, made.unit, made.work, made.names)
    for definition in made.rules:
        prepared(made, definition)


_known: Kept[Known] = Kept(VERSION, _made, _renewed)
