"""What data administrators look up: the records they look after, with every version that was ever known and its source.

``directory`` is for colleagues and shows what holds; this is for those who change it and shows how it came to be known.
Always for a viewer at an instant, by the roles she holds then, whatever day (``on``) she looks at: an old role opens no old
records. Out of bounds is ``NotThere``. Nothing is changed here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from inward.core.classification import Band, CompanyKind, WorkKind
from inward.core.terms import Period, Rate
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.audit import Told
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import leading, policy, queries
from inward.parties.deciding import Speaker
from inward.parties.models import Holding, Party, PartyName, Registration, UnitPlacement, WorkRelationship
from inward.parties.papers import Evidence, told
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind

Row = TypeVar("Row")
COMPANIES = ListSpec({"name": "name", "code": "code"}, default="name")
HOLDINGS = ListSpec(
    {"owned": "owned__name", "owner": "owner__name"}, {"owned": "owned__code", "owner": "owner__code"}, default="owned"
)
UNITS = ListSpec(
    {"name": "unit__name", "code": "unit__code", "company": "company__name"},
    {"company": "company__code"},
    default="name",
)
PEOPLE = ListSpec({"name": "name", "code": "code"}, default="name")
WORK = ListSpec(
    {"recorded": "id", "person": "person__name", "company": "company__name", "job": "job_title"},
    {"company": "company__code", "unit": "unit__code", "kind": "kind"},
    default="-recorded",
)
VERSIONS = ListSpec({"known": "known_from"}, default="-known")
VERSIONS_MAX = 200
"""So many versions of one thing are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of what is known: the days it speaks of, since and until when it was believed, on whose word, what it says."""

    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str
    says: Mapping[str, Any] = field(default_factory=dict)
    evidence: Evidence | None = None

    @property
    def current(self) -> bool:
        """Whether it is what is known now."""
        return self.known_until is None


@dataclass(frozen=True, slots=True)
class CompanyRecord:
    """A company with what its register says on the day; None where nothing is said of that day."""

    code: str
    name: str
    registration: Version | None = None


@dataclass(frozen=True, slots=True)
class HoldingRecord:
    """A share of votes, by the code of the fact."""

    code: str
    owner: Named
    owned: Named
    votes: Rate | Band
    capital: Rate | Band | None
    period: Period
    source: str
    speaker: Speaker
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit where it stands on the day."""

    code: str
    name: str
    company: Named
    parent: Named | None
    period: Period
    source: str
    head: str = ""
    """What its head is called; empty: vacant, or not asked for."""


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """How somebody works, by the code of the fact."""

    code: str
    person: Named
    company: Named
    unit: Named | None
    kind: WorkKind
    job_title: str
    cost_centre: Named | None
    line_of_business: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person with her work on the day, as far as the viewer looks after it."""

    code: str
    name: str
    email: str
    work: tuple[WorkRecord, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing with every version of what was known of it, the latest knowledge first, and its names in the audit."""

    record: Any
    versions: tuple[Version, ...]
    audited: tuple[str, ...]


# --- lists -------------------------------------------------------------------------------------------------------------


def companies(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[CompanyRecord]:
    """The companies whose records the viewer looks after, on a day. ``text`` looks in names and codes."""
    kept = policy.companies_kept_by(viewer, keys=queries.keys(), on=at.date())
    rows = Party.objects.filter(kept, says(params, "name", "code"), kind=PartyKind.COMPANY.value)
    found = page(rows, COMPANIES, params)
    facts = {
        fact.company_id: fact for fact in Registration.objects.current().on(on).filter(company__in=list(found.rows))
    }
    return found.map(lambda party: _company(party, facts.get(party.id)))


def holdings(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[HoldingRecord]:
    """The shares held on a day of and by companies whose records the viewer looks after."""
    kept = policy.holdings_kept_by(viewer, keys=queries.keys(), on=at.date())
    said = says(params, "owner__name", "owned__name", "code")
    rows = Holding.objects.current().on(on).filter(kept, said).select_related("owner", "owned", "evidence")
    return page(rows, HOLDINGS, params).map(_holding)


def units(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[UnitRecord]:
    """The units that exist on a day in companies whose records the viewer looks after. ``head``: "vacant" or "filled"."""
    asked = dict(params)
    head = asked.pop("head", "")
    kept = policy.placements_kept_by(viewer, keys=queries.keys(), on=at.date())
    said = says(asked, "unit__name", "unit__code")
    rows = UnitPlacement.objects.current().on(on).filter(kept, said).select_related("unit", "company", "parent")
    if head:
        vacant = Q(unit__code__in=[each.place for each in leading.vacancies(viewer=viewer, at=at, on=on)])
        rows = rows.filter(vacant if head == "vacant" else ~vacant)
    found = page(rows, UNITS, asked)
    heads = leading.head_names([row.unit.code for row in found.rows], on=on)
    return found.map(lambda row: replace(_unit(row), head=heads.get(row.unit.code, "")))


def people(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[PersonRecord]:
    """The people whom the viewer looks after, with their work on the day: two queries.

    Those who work, have worked or will work for her companies, and those who never worked for any. ``company`` asks for
    those who work for it on the day, ``text`` looks in names, codes and addresses.
    """
    keys = queries.keys()
    rows = Party.objects.filter(_people_kept_by(viewer, at.date(), keys), says(params, "name", "code", "email"))
    work = WorkRelationship.objects.current().on(on).filter(policy.work_kept_by(viewer, keys=keys, on=at.date()))
    if params.get("company"):
        rows = rows.filter(Exists(work.filter(person=OuterRef("pk"), company_id=keys.get(params["company"], -1))))
    found = page(rows, PEOPLE, {name: value for name, value in params.items() if name != "company"})
    by_person: dict[int, list[WorkRecord]] = {party.pk: [] for party in found.rows}
    for fact in _with_names(work.filter(person__in=list(by_person))):
        by_person[fact.person_id].append(_work(fact))
    return found.map(lambda party: _person(party, by_person[party.pk]))


def work(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[WorkRecord]:
    """The work relationships that hold on a day with companies whose records the viewer looks after."""
    kept = policy.work_kept_by(viewer, keys=queries.keys(), on=at.date())
    said = says(params, "person__name", "person__code", "job_title")
    rows = WorkRelationship.objects.current().on(on).filter(kept, said)
    return page(rows.select_related("person", "company", "unit", "cost_centre"), WORK, params).map(_work)


# --- one thing ---------------------------------------------------------------------------------------------------------


def company(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A company and everything its register was ever said to say. NotThere out of bounds."""
    party = _kept_company(viewer, at, code)
    facts = latest(Registration.objects.filter(company=party))
    now = next((fact for fact in facts if fact.known_until is None and on in fact.period), None)
    return Sheet(_company(party, now), tuple(map(_registered, facts)), (party.code,))


def holding(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A share, with all that was ever known of what this owner holds of this company. NotThere out of bounds."""
    fact = _kept_holding(viewer, at, code)
    same = latest(Holding.objects.filter(owner=fact.owner, owned=fact.owned).select_related("owner", "owned"))
    return Sheet(_holding(fact), tuple(map(_held, same)), tuple(f"holding {each.pk}" for each in same))


def unit(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A unit and every place it was ever said to have. NotThere out of bounds."""
    placed = _kept_placements(viewer, at, code)
    current = sorted(placed.filter(known_until=None), key=lambda place: place.valid_from or date.min)
    if not current:
        raise NotThere
    now = next((place for place in current if on in place.period), current[-1])
    return Sheet(_unit(now), tuple(map(_placed, latest(placed))), (code,))


def person(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A person and all that was ever known of her work for companies the viewer looks after. NotThere out of bounds."""
    keys = queries.keys()
    party = Party.objects.filter(_people_kept_by(viewer, at.date(), keys), code=code).first()
    if party is None:
        raise NotThere
    kept = policy.work_kept_by(viewer, keys=keys, on=at.date())
    facts = latest(_with_names(WorkRelationship.objects.filter(kept, person=party)))
    now = [_work(fact) for fact in facts if fact.known_until is None and on in fact.period]
    now.sort(key=lambda work: (work.company.name, work.code))
    return Sheet(_person(party, now), tuple(map(_worked, facts)), (party.subject or "", *_work_names(facts)))


def work_relationship(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A work relationship, with all that was ever known of this person's work for this company. NotThere out of bounds."""
    fact = _kept_work(viewer, at, code)
    same = latest(_with_names(WorkRelationship.objects.filter(person=fact.person, company=fact.company)))
    return Sheet(_work(fact), tuple(map(_worked, same)), tuple(_work_names(same)))


def company_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """Everything a company's register was ever said to say, a page at a time. NotThere out of bounds."""
    facts = Registration.objects.filter(company=_kept_company(viewer, at, code)).select_related("evidence")
    return page(facts, VERSIONS, params).map(_registered)


def name_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """Everything a company or unit was ever said to be called on some days, a page at a time. NotThere out of bounds.

    Nothing of one whose name never changed and was never shown by a paper: ``Party`` alone says what it is called.
    """
    if code in queries.world().company:
        _kept_company(viewer, at, code)
    else:
        _there(_kept_placements(viewer, at, code).filter(known_until=None).first())
    facts = PartyName.objects.filter(party__code=code).select_related("evidence")
    return page(facts, VERSIONS, params).map(lambda fact: _version(fact, name=fact.name))


def holding_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """All that was ever known of what the share's owner holds of this company, a page at a time. NotThere out of bounds."""
    fact = _kept_holding(viewer, at, code)
    same = Holding.objects.filter(owner=fact.owner, owned=fact.owned).select_related("evidence")
    return page(same, VERSIONS, params).map(_held)


def unit_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """Every place a unit was ever said to have, a page at a time. NotThere out of bounds."""
    placed = _kept_placements(viewer, at, code)
    if not placed.filter(known_until=None).exists():
        raise NotThere
    return page(placed.select_related("evidence"), VERSIONS, params).map(_placed)


def work_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """All that was ever known of this person's work for this company, a page at a time. NotThere out of bounds."""
    fact = _kept_work(viewer, at, code)
    same = WorkRelationship.objects.filter(person=fact.person, company=fact.company)
    return page(same.select_related("company", "unit", "evidence"), VERSIONS, params).map(_worked)


def acts_on(sheet: Sheet) -> tuple[Told, ...]:
    """What was done to it, newest first, from the audit. Whoever has the sheet may see it."""
    return audit.told(sheet.audited)


def found_by_name(*, viewer: Actor, at: datetime, kind: PartyKind, name: str, most: int = 6) -> tuple[Named, ...]:
    """The parties of a kind whom the viewer looks after and whose code or whole name this is, else whose name has it."""
    keys = queries.keys()
    rows = Party.objects.filter(kind=kind.value)
    if kind is PartyKind.PERSON:
        rows = rows.filter(_people_kept_by(viewer, at.date(), keys))
    elif kind is PartyKind.COMPANY:
        rows = rows.filter(policy.companies_kept_by(viewer, keys=keys, on=at.date()))
    else:
        placed = UnitPlacement.objects.current().filter(policy.placements_kept_by(viewer, keys=keys, on=at.date()))
        rows = rows.filter(pk__in=placed.values("unit"))
    for asked in (Q(code=name), Q(name__iexact=name), Q(name__icontains=name)):
        found = tuple(map(queries.named, rows.filter(asked).order_by("name", "pk")[:most]))
        if found:
            return found
    return ()


# --- inside ------------------------------------------------------------------------------------------------------------


def says(params: Mapping[str, str], *columns: str) -> Q:
    """What was typed into the search box, anywhere in one of these columns; everything when nothing was."""
    text = params.get("text", "").replace("\0", "").strip()
    said = Q()
    for column in columns if text else ():
        said |= Q(**{f"{column}__icontains": text})
    return said


def _kept_company(viewer: Actor, at: datetime, code: str) -> Party:
    kept = policy.companies_kept_by(viewer, keys=queries.keys(), on=at.date())
    return _there(Party.objects.filter(kept, code=code, kind=PartyKind.COMPANY.value).first())


def _kept_holding(viewer: Actor, at: datetime, code: str) -> Holding:
    kept = policy.holdings_kept_by(viewer, keys=queries.keys(), on=at.date())
    found: Holding | None = (
        Holding.objects.current().filter(kept, code=code).select_related("owner", "owned", "evidence").first()
    )
    return _there(found)


def _kept_placements(viewer: Actor, at: datetime, code: str) -> QuerySet[UnitPlacement]:
    kept = policy.placements_kept_by(viewer, keys=queries.keys(), on=at.date())
    return UnitPlacement.objects.filter(kept, unit__code=code).select_related("unit", "company", "parent")


def _kept_work(viewer: Actor, at: datetime, code: str) -> WorkRelationship:
    kept = policy.work_kept_by(viewer, keys=queries.keys(), on=at.date())
    return _there(_with_names(WorkRelationship.objects.current().filter(kept, code=code)).first())


def _there(found: Row | None) -> Row:
    if found is None:
        raise NotThere
    return found


def _people_kept_by(viewer: Actor, on: date, keys: Mapping[str, int]) -> Q:
    person = Q(policy.but_hidden(viewer, "pk", keys=keys), kind=PartyKind.PERSON.value)
    if policy.may_administer_everything(viewer, on=on):
        return person
    if not policy.may_add_person(viewer, on=on):
        return Q(pk__in=())
    worked = WorkRelationship.objects.current().filter(person=OuterRef("pk"))
    kept = policy.work_kept_by(viewer, keys=keys, on=on)
    return person & (Q(Exists(worked.filter(kept))) | ~Q(Exists(worked)))


def latest(facts: QuerySet[Any]) -> list[Any]:
    """The versions of a fact, the latest knowledge first and within it the later days."""
    return list(facts.select_related("evidence").order_by("-known_from", "-valid_from", "-pk")[:VERSIONS_MAX])


def _with_names(facts: QuerySet[WorkRelationship]) -> QuerySet[WorkRelationship]:
    return facts.select_related("person", "company", "unit", "cost_centre").order_by("company__name", "pk")


def _work_names(facts: Iterable[WorkRelationship]) -> list[str]:
    return [f"work {fact.pk}" for fact in facts]


def _version(fact: Any, **says: Any) -> Version:
    return Version(fact.period, fact.known_from, fact.known_until, fact.source, says, told(fact.evidence))


def _registered(fact: Registration) -> Version:
    names = ("register_number", "country", "currency", "functional_currency", "time_zone")
    said = {name: getattr(fact, name) for name in names}
    return _version(fact, **said, kind=CompanyKind(fact.kind))


def _held(fact: Holding) -> Version:
    votes, capital = shares_of(fact)
    return _version(fact, votes=votes, capital=capital)


def _placed(fact: UnitPlacement) -> Version:
    return _version(
        fact, company=queries.named(fact.company), parent=None if fact.parent is None else queries.named(fact.parent)
    )


def _worked(fact: WorkRelationship) -> Version:
    return _version(
        fact,
        company=queries.named(fact.company),
        unit=None if fact.unit is None else queries.named(fact.unit),
        kind=WorkKind(fact.kind),
        job_title=fact.job_title,
        line_of_business=fact.line_of_business,
    )


def _company(party: Party, fact: Registration | None) -> CompanyRecord:
    return CompanyRecord(party.code, party.name, None if fact is None else _registered(fact))


def _holding(fact: Holding) -> HoldingRecord:
    votes, capital = shares_of(fact)
    owner, owned = queries.named(fact.owner), queries.named(fact.owned)
    return HoldingRecord(
        fact.code, owner, owned, votes, capital, fact.period, fact.source, fact.speaker, told(fact.evidence)
    )


def shares_of(fact: Holding) -> tuple[Rate | Band, Rate | Band | None]:
    """Votes and capital of a row: exact, or a band."""
    held = queries.as_holding(fact, "", "")
    capital = None if fact.capital is None else Rate(fact.capital)
    return held.votes_band or Rate(fact.votes), held.capital_band or capital


def _unit(fact: UnitPlacement) -> UnitRecord:
    parent = None if fact.parent is None else queries.named(fact.parent)
    return UnitRecord(fact.unit.code, fact.unit.name, queries.named(fact.company), parent, fact.period, fact.source)


def _person(party: Party, work: Iterable[WorkRecord]) -> PersonRecord:
    return PersonRecord(party.code, party.name or party.code, party.email, tuple(work))


def _work(fact: WorkRelationship) -> WorkRecord:
    return WorkRecord(
        code=fact.code,
        person=queries.named(fact.person),
        company=queries.named(fact.company),
        unit=None if fact.unit is None else queries.named(fact.unit),
        kind=WorkKind(fact.kind),
        job_title=fact.job_title,
        cost_centre=None if fact.cost_centre is None else queries.named(fact.cost_centre),
        line_of_business=fact.line_of_business,
        period=fact.period,
        source=fact.source,
    )
