"""What people look up: companies, who owns them, their units, colleagues and their work. Always for a viewer, on a day.

Faces get frozen values, never rows. Out of bounds is ``NotThere``, never a hint that something exists. What rooms decide
with is in ``queries``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet

from inward.core.classification import Band, CompanyKind, WorkKind
from inward.core.terms import Period
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import Answer, NotThere
from inward.parties import policy, queries
from inward.parties.deciding import OWN, Speaker
from inward.parties.models import Holding, Party, Registration, UnitPlacement, WorkRelationship
from inward.parties.papers import Evidence, told
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind

COMPANIES = ListSpec({"name": "name", "code": "code"}, {"name": "name__icontains"}, default="name")
UNITS = ListSpec(
    {"name": "unit__name", "code": "unit__code"},
    {"company": "company__code", "parent": "parent__code", "name": "unit__name__icontains"},
    default="name",
)
HOLDINGS = ListSpec(
    {"owned": "owned__name", "owner": "owner__name"}, {"owned": "owned__code", "owner": "owner__code"}, default="owned"
)
PEOPLE = ListSpec({"name": "name", "code": "code"}, {"name": "name__icontains"}, default="name")
WORK_FILTERS = {"company": "company__code", "unit": "unit__code", "kind": "kind", "job": "job_title__icontains"}
"""What the list of people may be asked of their work."""


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company in a list, with what the register says of it on the day."""

    code: str
    name: str
    register_number: str
    country: str
    currency: str
    functional_currency: str
    time_zone: str
    kind: str = CompanyKind.COMPANY.value


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """A share somebody holds; ``votes`` and ``capital`` are fractions of one, the low ends where only bands are known."""

    code: str
    owner: Named
    owned: Named
    votes: Fraction
    capital: Fraction | None
    period: Period
    source: str
    speaker: Speaker = OWN
    votes_band: Band | None = None
    capital_band: Band | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list: where it stands on the day."""

    code: str
    name: str
    company: Named
    parent: Named | None
    period: Period


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree of its company; ``staff`` counts who works in it on the day, without those below."""

    code: str
    name: str
    staff: int
    below: tuple["UnitNode", ...]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """How somebody works, in the list of people or on her card."""

    code: str
    person: Named
    company: Named
    unit: Named | None
    kind: WorkKind
    job_title: str
    cost_centre: Named | None
    line_of_business: str
    period: Period


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """Everything on a company's page; who owns it only for those who may see it (None otherwise)."""

    company: CompanyRow
    owners: tuple[HoldingRow, ...] | None
    holdings: tuple[HoldingRow, ...] | None
    units: tuple[UnitNode, ...]
    staff: int
    may_change: Answer


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as colleagues know her; work with companies the viewer does not see is left out."""

    code: str
    name: str
    email: str
    work: tuple[WorkRow, ...]


def companies(*, viewer: Actor, on: date, params: Mapping[str, str]) -> Page[CompanyRow]:
    """The companies whose directory the viewer sees. Two queries."""
    seen = policy.companies_visible_to(viewer, keys=queries.keys(), on=on)
    found = page(Party.objects.filter(seen, kind=PartyKind.COMPANY.value), COMPANIES, params)
    facts = _registrations(found.rows, on)
    return found.map(lambda party: _company_row(party, facts.get(party.id)))


def company(*, viewer: Actor, code: str, on: date) -> CompanyPage:
    """A company's page on a day. NotThere when the viewer does not see its directory."""
    party = Party.objects.filter(code=code, kind=PartyKind.COMPANY.value).first()
    if party is None or not policy.may_see_company(viewer, company=code, on=on):
        raise NotThere
    owning = policy.may_see_ownership(viewer, companies=[code], on=on).allowed
    keys = queries.keys()
    shown = policy.but_hidden(viewer, "owner_id", keys=keys)
    colleagues = policy.but_hidden(viewer, "person_id", keys=keys)
    at_work = WorkRelationship.objects.current().on(on).filter(colleagues, company=party)
    held = (
        Holding.objects.current()
        .on(on)
        .select_related("owner", "owned", "evidence")
        .order_by("owner__name", "owned__name", "pk")
    )
    return CompanyPage(
        company=_company_row(party, _registrations([party], on).get(party.id)),
        owners=tuple(_holding_row(fact) for fact in held.filter(shown, owned=party)) if owning else None,
        holdings=tuple(_holding_row(fact) for fact in held.filter(owner=party)) if owning else None,
        units=unit_tree(viewer=viewer, company=code, on=on),
        staff=at_work.values("person").distinct().count(),
        may_change=policy.may_administer(viewer, companies=[code], on=on),
    )


def unit_tree(*, viewer: Actor, company: str, on: date) -> tuple[UnitNode, ...]:
    """The units of a company on a day, each with those below it, by name. NotThere out of bounds."""
    if not policy.may_see_company(viewer, company=company, on=on):
        raise NotThere
    places = UnitPlacement.objects.current().on(on).filter(company__code=company)
    below: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for code, name, parent in places.values_list("unit__code", "unit__name", "parent__code"):
        below[parent].append((name, code))
    colleagues = policy.but_hidden(viewer, "person_id", keys=queries.keys())
    at_work = WorkRelationship.objects.current().on(on).filter(colleagues, unit__in=places.values("unit"))
    staff = Counter(at_work.values_list("unit__code", flat=True))
    return _nodes(None, below, staff)


def units(*, viewer: Actor, on: date, params: Mapping[str, str]) -> Page[UnitRow]:
    """The units that exist on a day in companies whose directory the viewer sees."""
    seen = policy.units_visible_to(viewer, keys=queries.keys(), on=on)
    rows = UnitPlacement.objects.current().on(on).filter(seen).select_related("unit", "company", "parent")
    return page(rows, UNITS, params).map(_unit_row)


def holdings(*, viewer: Actor, on: date, params: Mapping[str, str]) -> Page[HoldingRow]:
    """The shares held on a day of and by companies whose ownership the viewer sees."""
    seen = policy.holdings_visible_to(viewer, keys=queries.keys(), on=on)
    rows = Holding.objects.current().on(on).filter(seen).select_related("owner", "owned", "evidence")
    return page(rows, HOLDINGS, params).map(_holding_row)


def people(*, viewer: Actor, on: date, params: Mapping[str, str]) -> Page[PersonCard]:
    """Who works on a day for companies whose directory the viewer sees, with that work; two queries.

    Whoever administers everything also finds people who work for nobody. Beside its own, the list takes ``WORK_FILTERS``.
    """
    asked = {name: params[name] for name in WORK_FILTERS if params.get(name)}
    keys = queries.keys()
    seen = policy.work_visible_to(viewer, keys=keys, on=on)
    work = WorkRelationship.objects.current().on(on).filter(seen, **{WORK_FILTERS[name]: asked[name] for name in asked})
    rows = Party.objects.filter(policy.but_hidden(viewer, "pk", keys=keys), kind=PartyKind.PERSON.value)
    if asked or not policy.may_administer_everything(viewer, on=on):
        rows = rows.filter(Exists(work.filter(person=OuterRef("pk"))))
    found = page(rows, PEOPLE, {name: value for name, value in params.items() if name not in WORK_FILTERS})
    by_person: dict[int, list[WorkRow]] = defaultdict(list)
    for fact in _with_names(work.filter(person__in=[party.pk for party in found.rows])):
        by_person[fact.person_id].append(_work_row(fact))
    shown = found.map(lambda party: _card(party, by_person[party.pk]))
    return replace(shown, filters={**found.filters, **asked})


def person(*, viewer: Actor, code: str, on: date) -> PersonCard:
    """A person's card on a day. NotThere when she works for no company whose directory the viewer sees."""
    found = Party.objects.filter(code=code, kind=PartyKind.PERSON.value).first()
    employers = [work.company for work in queries.work_of(code, on=on)]
    if found is None or not policy.may_see_person(viewer, person=code, employers=employers, on=on):
        raise NotThere
    seen = policy.work_visible_to(viewer, keys=queries.keys(), on=on)
    facts = WorkRelationship.objects.current().on(on).filter(seen, person=found)
    return _card(found, [_work_row(fact) for fact in _with_names(facts)])


def holding(*, viewer: Actor, code: str, on: date) -> HoldingRow:
    """A share as it is known now, whatever its days. NotThere when the viewer sees the ownership of neither end."""
    seen = policy.holdings_visible_to(viewer, keys=queries.keys(), on=on)
    fact = Holding.objects.current().filter(seen, code=code).select_related("owner", "owned", "evidence").first()
    if fact is None:
        raise NotThere
    return _holding_row(fact)


def unit(*, viewer: Actor, code: str, on: date) -> UnitRow:
    """Where a unit stands on a day. NotThere when it does not exist then, or not for this viewer."""
    seen = policy.units_visible_to(viewer, keys=queries.keys(), on=on)
    places = UnitPlacement.objects.current().on(on).filter(seen, unit__code=code)
    fact = places.select_related("unit", "company", "parent").first()
    if fact is None:
        raise NotThere
    return _unit_row(fact)


def work(*, viewer: Actor, code: str, on: date) -> WorkRow:
    """A work relationship as it is known now, whatever its days. NotThere when the viewer may not see it."""
    seen = policy.work_visible_to(viewer, keys=queries.keys(), on=on)
    fact = _with_names(WorkRelationship.objects.current().filter(seen, code=code)).first()
    if fact is None:
        raise NotThere
    return _work_row(fact)


def history(*, viewer: Actor, code: str, on: date) -> tuple[WorkRow, ...]:
    """All of a person's work as it is known now, newest first, as far as the viewer sees it. NotThere out of bounds."""
    if code not in queries.world().person or not policy.may_see_person(
        viewer, person=code, employers=queries.employers(code), on=on
    ):
        raise NotThere
    seen = policy.work_visible_to(viewer, keys=queries.keys(), on=on)
    facts = WorkRelationship.objects.current().filter(seen, person__code=code)
    return tuple(sorted(map(_work_row, _with_names(facts)), key=lambda row: row.period.start or date.min, reverse=True))


def _registrations(parties: Iterable[Party], on: date) -> dict[int, Registration]:
    facts = Registration.objects.current().on(on).filter(company__in=list(parties))
    return {fact.company_id: fact for fact in facts}


def _company_row(party: Party, fact: Registration | None) -> CompanyRow:
    if fact is None:
        return CompanyRow(party.code, party.name, "", "", "", "", "UTC")
    return CompanyRow(
        code=party.code,
        name=party.name,
        register_number=fact.register_number,
        country=fact.country,
        currency=fact.currency,
        functional_currency=fact.functional_currency,
        time_zone=fact.time_zone,
        kind=fact.kind,
    )


def _holding_row(fact: Holding) -> HoldingRow:
    owner, owned = queries.named(fact.owner), queries.named(fact.owned)
    held = queries.as_holding(fact, owner.code, owned.code)
    return HoldingRow(
        code=fact.code,
        owner=owner,
        owned=owned,
        votes=fact.votes,
        capital=fact.capital,
        period=fact.period,
        source=fact.source,
        speaker=fact.speaker,
        votes_band=held.votes_band,
        capital_band=held.capital_band,
        evidence=told(fact.evidence),
    )


def _unit_row(fact: UnitPlacement) -> UnitRow:
    parent = None if fact.parent is None else queries.named(fact.parent)
    return UnitRow(fact.unit.code, fact.unit.name, queries.named(fact.company), parent, fact.period)


def _with_names(facts: QuerySet[WorkRelationship]) -> QuerySet[WorkRelationship]:
    return facts.select_related("person", "company", "unit", "cost_centre").order_by("company__name", "pk")


def _card(party: Party, work: Iterable[WorkRow]) -> PersonCard:
    return PersonCard(party.code, party.name or party.code, party.email, tuple(work))


def _work_row(fact: WorkRelationship) -> WorkRow:
    return WorkRow(
        code=fact.code,
        person=queries.named(fact.person),
        company=queries.named(fact.company),
        unit=None if fact.unit is None else queries.named(fact.unit),
        kind=WorkKind(fact.kind),
        job_title=fact.job_title,
        cost_centre=None if fact.cost_centre is None else queries.named(fact.cost_centre),
        line_of_business=fact.line_of_business,
        period=fact.period,
    )


def _nodes(
    place: str | None, below: Mapping[str | None, list[tuple[str, str]]], staff: Mapping[str, int]
) -> tuple[UnitNode, ...]:
    named = sorted(below.get(place, ()))
    return tuple(UnitNode(code, name, staff.get(code, 0), _nodes(code, below, staff)) for name, code in named)
