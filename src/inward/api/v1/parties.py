"""The organisation over HTTP: companies, ownership shares, departments, people and their work, on any day.

Everything dated is read on a day (``on``, today when it is left out) and changed from a day on; nothing is overwritten.
"""

import io
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import (
    Asked,
    Code,
    Currency,
    Day,
    EndIn,
    EvidenceOut,
    FactCode,
    Line,
    MadeOut,
    Name,
    Number,
    PartyOut,
    VersionOut,
    number_in,
    paper,
    party,
    period,
    share,
    version,
)
from inward.core.classification import Band, CompanyKind, WorkKind
from inward.core.terms import Rate
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page
from inward.parties import directory, evidence, exports, operations, queries, register
from inward.parties.deciding import Speaker
from inward.parties.directory import CompanyRow, HoldingRow, PersonCard, UnitNode, UnitRow, WorkRow
from inward.parties.operations import Source
from inward.parties.register import Version
from inward.parties.vocabulary import SourceRank

area = Area("parties", tag="organisation", room="parties")
ON = listing.parameter("on", {"type": "string", "format": "date"}, "As it is on this day; today when it is left out.")
_PEOPLE = ListSpec(
    directory.PEOPLE.sortable,
    {**directory.PEOPLE.filters, **directory.WORK_FILTERS},
    directory.PEOPLE.default,
)


class CompanyOut(Schema):
    """A company, with what its register says on the day."""

    code: str
    name: str
    kind: str
    register_number: str
    country: str
    currency: str
    functional_currency: str
    time_zone: str


class HoldingOut(Schema):
    """A share somebody holds; votes and capital in percent. With a high end it is a band, and `votes` its low end.

    `told_by` is the code of the outside source that says so, empty for the house itself; `rank` how far it is trusted.
    """

    code: str
    owner: PartyOut
    owned: PartyOut
    votes: str
    votes_high: str | None = None
    votes_low_open: bool = False
    votes_high_open: bool = False
    capital: str | None = None
    capital_high: str | None = None
    capital_low_open: bool = False
    capital_high_open: bool = False
    valid_from: str | None = None
    valid_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None
    told_by: str
    rank: str


class UnitOut(Schema):
    """A department or team, and where it stands on the day."""

    code: str
    name: str
    company: PartyOut
    parent: PartyOut | None = None
    valid_from: str | None = None
    valid_until: str | None = None


class UnitNodeOut(Schema):
    """A department in the tree of its company; ``staff`` without those below."""

    code: str
    name: str
    staff: int
    below: list["UnitNodeOut"]


class CalledOut(Schema):
    """What it is called on some days."""

    name: str
    valid_from: str | None = None
    valid_until: str | None = None


class CompanyPageOut(Schema):
    """A company with its departments; who owns it only for those who may see it (null otherwise).

    `names` are the names of its days, the earliest first; empty where it was never called otherwise.
    """

    company: CompanyOut
    names: list[CalledOut]
    owners: list[HoldingOut] | None = None
    holdings: list[HoldingOut] | None = None
    units: list[UnitNodeOut]
    staff: int
    may_change: bool


class WorkOut(Schema):
    """How somebody works."""

    code: str
    person: PartyOut
    company: PartyOut
    unit: PartyOut | None = None
    kind: str
    job_title: str
    cost_centre: PartyOut | None = None
    line_of_business: str
    valid_from: str | None = None
    valid_until: str | None = None


class PersonOut(Schema):
    """A person as colleagues know her."""

    code: str
    name: str
    email: str
    work: list[WorkOut]


class RegisteredOut(Schema):
    """What a company's register says."""

    kind: str
    register_number: str
    country: str
    currency: str
    functional_currency: str
    time_zone: str


class NameSaidOut(Schema):
    """What a company or department is called."""

    name: str


class HeldOut(Schema):
    """A share in percent, or with a high end a band; the capital only where it differs from the votes."""

    votes: str
    votes_high: str | None = None
    votes_low_open: bool = False
    votes_high_open: bool = False
    capital: str | None = None
    capital_high: str | None = None
    capital_low_open: bool = False
    capital_high_open: bool = False


class PlacedOut(Schema):
    """Where a department stands."""

    company: PartyOut
    parent: PartyOut | None = None


class WorkedOut(Schema):
    """How somebody works for a company."""

    company: PartyOut
    unit: PartyOut | None = None
    kind: str
    job_title: str
    line_of_business: str


class SourceIn(Asked):
    """Where it was learned; may be left out."""

    source: Line = ""


class EvidencedIn(SourceIn):
    """Where it was learned, and the reference of a file that shows it (see `/evidence`); both may be left out."""

    evidence: str = Field(default="", max_length=32, pattern=r"^[A-Za-z0-9_-]*$")


class EvidencedEndIn(EvidencedIn, EndIn):
    """The first day on which it no longer holds, how that was learned, and what shows it."""


class CompanyIn(EvidencedIn):
    """A company that becomes known."""

    code: Code
    name: Name
    currency: Currency
    functional_currency: Currency | None = None
    register_number: str = Field(default="", max_length=60)
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    kind: CompanyKind = CompanyKind.COMPANY
    time_zone: str = Field(default="UTC", max_length=60)
    valid_from: Day | None = None


class RegistrationIn(EvidencedIn):
    """All that a register says of a company from a day on, or with none, since ever; without a kind it stays the body it is."""

    register_number: str = Field(default="", max_length=60)
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    currency: Currency
    time_zone: str = Field(max_length=60)
    kind: CompanyKind | None = None
    valid_from: Day | None = None


class ErasureIn(Asked):
    """Why somebody is forgotten; it stands in the audit for good and names nobody."""

    reason: Name


class NameIn(Asked):
    """What it is called from now on."""

    name: Name


class DatedNameIn(NameIn, EvidencedIn):
    """What it is called from a day on, today without one; with `correction`, how the name it has on that day is written."""

    valid_from: Day | None = None
    correction: bool = False


class ShareIn(EvidencedIn):
    """A share in percent, or with a high end the band it lies in; the capital only where it differs from the votes."""

    votes: Number
    votes_high: Number | None = None
    votes_low_open: bool = False
    votes_high_open: bool = False
    capital: Number | None = None
    capital_high: Number | None = None
    capital_low_open: bool = False
    capital_high_open: bool = False
    rank: SourceRank = SourceRank.OWN_REGISTER


class HoldingIn(ShareIn):
    """A share somebody holds; a company that holds itself holds treasury shares."""

    owner: Code
    owned: Code
    valid_from: Day | None = None
    valid_until: Day | None = None
    code: FactCode | None = None


class HoldingChangeIn(ShareIn):
    """The share is another from this day on."""

    valid_from: Day | None = None


class DatedEndIn(SourceIn, EndIn):
    """The first day on which it no longer holds, and how that was learned."""


class UnitIn(EvidencedIn):
    """A department or team, below another or at the top of its company."""

    code: Code
    name: Name
    company: Code
    parent: Code | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


class UnitMoveIn(EvidencedIn):
    """It stands elsewhere from this day on."""

    company: Code
    parent: Code | None = None
    valid_from: Day


class PersonIn(Asked):
    """A person who becomes known; what she is to a company is said by her work."""

    code: Code
    name: Name
    email: str = Field(default="", max_length=254)


class WorkIn(EvidencedIn):
    """A person works for a company."""

    person: Code
    company: Code
    kind: WorkKind
    unit: Code | None = None
    job_title: str = Field(default="", max_length=120)
    cost_centre: Code | None = None
    line_of_business: str = Field(default="", max_length=60)
    valid_from: Day | None = None
    valid_until: Day | None = None
    code: FactCode | None = None


class WorkMoveIn(EvidencedIn):
    """She works otherwise for the same company from this day on."""

    kind: WorkKind
    unit: Code | None = None
    job_title: str = Field(default="", max_length=120)
    cost_centre: Code | None = None
    line_of_business: str = Field(default="", max_length=60)
    valid_from: Day


# --- companies ---------------------------------------------------------------------------------------------------------


@area.list("/companies", item=CompanyOut, spec=directory.COMPANIES, summary="List companies", own=[ON])
def companies(request: HttpRequest) -> Found[CompanyRow]:
    """The companies whose directory the caller sees."""
    viewer, on = actor_of(request), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: directory.companies(viewer=viewer, on=on, params=asked), _company)


@area.one("/companies/{code}", response=CompanyPageOut, summary="One company", parameters=[ON])
def company(request: HttpRequest, code: str) -> dict[str, Any]:
    """A company on a day: who owns it, whom it owns, its departments."""
    on = listing.day(request, "on", default=clock.today())
    found = directory.company(viewer=actor_of(request), code=code, on=on)
    return {
        "company": _company(found.company) | {"name": queries.name_on(code, on)},
        "names": [{"name": name, **period(days)} for days, name in queries.names_through(code)],
        "owners": None if found.owners is None else [_holding(row) for row in found.owners],
        "holdings": None if found.holdings is None else [_holding(row) for row in found.holdings],
        "units": [_node(node) for node in found.units],
        "staff": found.staff,
        "may_change": found.may_change.allowed,
    }


@area.list(
    "/companies/{code}/versions",
    item=VersionOut[RegisteredOut],
    spec=register.VERSIONS,
    summary="All versions of a company",
)
def company_versions(request: HttpRequest, code: str) -> Found[Version]:
    """What its register was ever said to say, the latest knowledge first. For those who look after it."""
    return all_of(register.company_versions, _registered, request, code)


_COMPANY = {"code": "fjord", "name": "Fjord Telecom", "currency": "NOK", "country": "NO", "time_zone": "Europe/Oslo"}


@area.change("POST", "/companies", response={201: MadeOut}, summary="Make a company known", example=_COMPANY)
def found_company(request: HttpRequest, body: CompanyIn) -> Status[dict[str, str]]:
    """Its books are kept in its currency unless another functional one is named."""
    code = operations.found_company(
        by=actor_of(request),
        at=clock.now(),
        code=body.code,
        name=body.name,
        currency=body.currency,
        functional_currency=body.functional_currency or "",
        register_number=body.register_number,
        country=body.country,
        time_zone=body.time_zone,
        kind=body.kind,
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return _made(code)


@area.list(
    "/companies/{code}/names", item=VersionOut[NameSaidOut], spec=register.VERSIONS, summary="All names of a company"
)
def company_names(request: HttpRequest, code: str) -> Found[Version]:
    """What it was ever said to be called on which days, the latest knowledge first. Empty where its name never changed."""
    return _names(request, code)


@area.change(
    "POST",
    "/companies/{code}/registration",
    response={204: None},
    summary="Change what a company's register says",
    example={
        "register_number": "912345678",
        "country": "NO",
        "currency": "NOK",
        "time_zone": "Europe/Oslo",
        "valid_from": "2027-01-01",
    },
    shown=company,
)
def change_registration(request: HttpRequest, code: str, body: RegistrationIn) -> Status[None]:
    """From a day on; what was said before stays known for the days before. The currency of its books stays for good."""
    operations.change_registration(
        by=actor_of(request),
        at=clock.now(),
        company=code,
        valid_from=body.valid_from,
        register_number=body.register_number,
        country=body.country,
        currency=body.currency,
        time_zone=body.time_zone,
        kind=body.kind,
        source=shown_by(request, body),
    )
    return Status(204, None)


@area.change(
    "PATCH",
    "/companies/{code}",
    response={204: None},
    summary="Rename a company",
    example={"name": "ABC Shops", "valid_from": "2027-01-01"},
    shown=company,
)
def rename_company(request: HttpRequest, code: str, body: DatedNameIn) -> Status[None]:
    """From a day on. What was decided keeps the name it was decided under, and the days before keep theirs."""
    return _called(request, code, body)


# --- ownership ---------------------------------------------------------------------------------------------------------


@area.list("/holdings", item=HoldingOut, spec=directory.HOLDINGS, summary="List ownership shares", own=[ON])
def holdings(request: HttpRequest) -> Found[HoldingRow]:
    """The shares of and by companies whose ownership the caller sees, on a day."""
    viewer, on = actor_of(request), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: directory.holdings(viewer=viewer, on=on, params=asked), _holding)


@area.one("/holdings/{code}", response=HoldingOut, summary="One ownership share")
def holding(request: HttpRequest, code: str) -> dict[str, Any]:
    """One share as it is known now."""
    return _holding(directory.holding(viewer=actor_of(request), code=code, on=clock.today()))


@area.list(
    "/holdings/{code}/versions",
    item=VersionOut[HeldOut],
    spec=register.VERSIONS,
    summary="All versions of an ownership share",
)
def holding_versions(request: HttpRequest, code: str) -> Found[Version]:
    """All that was ever known of what this owner holds of this company, the latest knowledge first."""
    return all_of(register.holding_versions, _held, request, code)


_SHARE = {"owner": "jkl", "owned": "fjord", "votes": "75", "valid_from": "2026-01-01", "source": "share register"}


@area.change("POST", "/holdings", response={201: MadeOut}, summary="Record an ownership share", example=_SHARE)
def record_holding(request: HttpRequest, body: HoldingIn) -> Status[dict[str, str]]:
    """Over 100 % of a company on any day by one source is refused."""
    code = operations.record_holding(
        by=actor_of(request),
        at=clock.now(),
        owner=body.owner,
        owned=body.owned,
        **shares(body),
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        code=body.code or "",
        source=shown_by(request, body, rank=body.rank),
    )
    return _made(code)


@area.change(
    "PATCH",
    "/holdings/{code}",
    response=MadeOut,
    summary="Change an ownership share",
    example={"votes": "60", "valid_from": "2026-07-01"},
    shown=holding,
)
def change_holding(request: HttpRequest, code: str, body: HoldingChangeIn) -> dict[str, str]:
    """On its first day it is corrected; later, it ends there and another begins, whose code is answered."""
    changed = operations.change_holding(
        by=actor_of(request),
        at=clock.now(),
        holding=code,
        **shares(body),
        valid_from=body.valid_from,
        source=shown_by(request, body, rank=body.rank),
    )
    return {"code": changed}


@area.change(
    "POST",
    "/holdings/{code}/end",
    response={204: None},
    summary="End an ownership share",
    example={"valid_until": "2026-12-01"},
    shown=holding,
)
def end_holding(request: HttpRequest, code: str, body: EvidencedEndIn) -> Status[None]:
    """Give it a last day, or another one than it has."""
    operations.end_holding(
        by=actor_of(request),
        at=clock.now(),
        holding=code,
        valid_until=body.valid_until,
        source=shown_by(request, body),
    )
    return Status(204, None)


# --- departments -------------------------------------------------------------------------------------------------------


@area.list("/units", item=UnitOut, spec=directory.UNITS, summary="List departments and teams", own=[ON])
def units(request: HttpRequest) -> Found[UnitRow]:
    """The departments of a day in companies whose directory the caller sees."""
    viewer, on = actor_of(request), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: directory.units(viewer=viewer, on=on, params=asked), _unit)


@area.one("/units/{code}", response=UnitOut, summary="One department or team", parameters=[ON])
def unit(request: HttpRequest, code: str) -> dict[str, Any]:
    """Where it stands on a day."""
    on = listing.day(request, "on", default=clock.today())
    return _unit(directory.unit(viewer=actor_of(request), code=code, on=on)) | {"name": queries.name_on(code, on)}


@area.list(
    "/units/{code}/versions", item=VersionOut[PlacedOut], spec=register.VERSIONS, summary="All versions of a department"
)
def unit_versions(request: HttpRequest, code: str) -> Found[Version]:
    """Every place it was ever said to have, the latest knowledge first. For those who look after it."""
    return all_of(register.unit_versions, _placed, request, code)


_UNIT = {"code": "abc-kitchen", "name": "Kitchen", "company": "abc", "valid_from": "2026-09-01"}


@area.change("POST", "/units", response={201: MadeOut}, summary="Open a department or team", example=_UNIT)
def open_unit(request: HttpRequest, body: UnitIn) -> Status[dict[str, str]]:
    """Below another of the company, or at its top."""
    code = operations.open_unit(
        by=actor_of(request),
        at=clock.now(),
        code=body.code,
        name=body.name,
        company=body.company,
        parent=body.parent,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        source=shown_by(request, body),
    )
    return _made(code)


@area.list(
    "/units/{code}/names", item=VersionOut[NameSaidOut], spec=register.VERSIONS, summary="All names of a department"
)
def unit_names(request: HttpRequest, code: str) -> Found[Version]:
    """What it was ever said to be called on which days, the latest knowledge first. Empty where its name never changed."""
    return _names(request, code)


@area.change(
    "PATCH",
    "/units/{code}",
    response={204: None},
    summary="Rename a department or team",
    example={"name": "Kitchen and bar", "valid_from": "2027-01-01"},
    shown=unit,
)
def rename_unit(request: HttpRequest, code: str, body: DatedNameIn) -> Status[None]:
    """From a day on. What was decided keeps the name it was decided under, and the days before keep theirs."""
    return _called(request, code, body)


@area.change(
    "POST",
    "/units/{code}/move",
    response={204: None},
    summary="Move a department or team",
    example={"company": "abc", "parent": "abc-shops", "valid_from": "2026-10-01"},
    shown=unit,
)
def move_unit(request: HttpRequest, code: str, body: UnitMoveIn) -> Status[None]:
    """Below another, at the top, or to another company, from a day on."""
    operations.move_unit(
        by=actor_of(request),
        at=clock.now(),
        unit=code,
        company=body.company,
        parent=body.parent,
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/units/{code}/close",
    response={204: None},
    summary="Close a department or team",
    example={"valid_until": "2027-01-01"},
    shown=unit,
)
def close_unit(request: HttpRequest, code: str, body: EvidencedEndIn) -> Status[None]:
    """Refused while others below it, or people in it, would outlive it."""
    operations.close_unit(
        by=actor_of(request), at=clock.now(), unit=code, valid_until=body.valid_until, source=shown_by(request, body)
    )
    return Status(204, None)


# --- people ------------------------------------------------------------------------------------------------------------


@area.list("/people", item=PersonOut, spec=_PEOPLE, summary="List people", own=[ON])
def people(request: HttpRequest) -> Found[PersonCard]:
    """Who works on a day for companies whose directory the caller sees; as CSV or XLSX without their work."""
    viewer, on = actor_of(request), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: directory.people(viewer=viewer, on=on, params=asked), _person)


@area.one("/people/{code}", response=PersonOut, summary="One person", parameters=[ON])
def person(request: HttpRequest, code: str) -> dict[str, Any]:
    """A person's card on a day."""
    on = listing.day(request, "on", default=clock.today())
    return _person(directory.person(viewer=actor_of(request), code=code, on=on))


@area.get("/people/{code}/work", response=list[WorkOut], summary="All work of a person")
def work_of(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """All her work as it is known now, newest first."""
    return [_work(row) for row in directory.history(viewer=actor_of(request), code=code, on=clock.today())]


_PERSON = {"code": "lena-berg", "name": "Lena Berg", "email": "lena.berg@example.org"}


@area.change("POST", "/people", response={201: MadeOut}, summary="Make a person known", example=_PERSON)
def add_person(request: HttpRequest, body: PersonIn) -> Status[dict[str, str]]:
    """What she is to a company is said by her work."""
    code = operations.add_person(by=actor_of(request), at=clock.now(), code=body.code, name=body.name, email=body.email)
    return _made(code)


@area.change(
    "PATCH",
    "/people/{code}",
    response={204: None},
    summary="Rename a person",
    example={"name": "Lena Berg Lund"},
    shown=person,
)
def rename_person(request: HttpRequest, code: str, body: NameIn) -> Status[None]:
    """The audit notes that it was done, not how she was or is called."""
    operations.rename_party(by=actor_of(request), at=clock.now(), party=code, name=body.name)
    return Status(204, None)


_WHY = {"reason": "Asked to be forgotten"}


@area.change("POST", "/people/{code}/erase", response=MadeOut, summary="Forget a person, for good", example=_WHY)
def erase_person(request: HttpRequest, code: str, body: ErasureIn) -> dict[str, str]:
    """Her name, address and code go; figures stay under a key that tells nothing. Answers her new code."""
    return {"code": operations.erase_person(by=actor_of(request), at=clock.now(), person=code, reason=body.reason)}


_JOB = {
    "person": "lena-berg",
    "company": "abc",
    "kind": "FULL_TIME",
    "unit": "abc-kitchen",
    "job_title": "Cook",
    "valid_from": "2026-09-01",
}


@area.change("POST", "/work-relationships", response={201: MadeOut}, summary="Record that somebody works", example=_JOB)
def start_work(request: HttpRequest, body: WorkIn) -> Status[dict[str, str]]:
    """Answers the code of the work relationship."""
    code = operations.start_work(
        by=actor_of(request),
        at=clock.now(),
        person=body.person,
        company=body.company,
        kind=body.kind,
        unit=body.unit,
        job_title=body.job_title,
        cost_centre=body.cost_centre,
        line_of_business=body.line_of_business,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        code=body.code or "",
        source=shown_by(request, body),
    )
    return _made(code)


@area.one("/work-relationships/{code}", response=WorkOut, summary="One work relationship")
def work(request: HttpRequest, code: str) -> dict[str, Any]:
    """One work relationship as it is known now."""
    return _work(directory.work(viewer=actor_of(request), code=code, on=clock.today()))


@area.list(
    "/work-relationships/{code}/versions",
    item=VersionOut[WorkedOut],
    spec=register.VERSIONS,
    summary="All versions of a work relationship",
)
def work_versions(request: HttpRequest, code: str) -> Found[Version]:
    """All that was ever known of this person's work for this company, the latest knowledge first."""
    return all_of(register.work_versions, _worked, request, code)


@area.change(
    "PATCH",
    "/work-relationships/{code}",
    response=MadeOut,
    summary="Change how somebody works",
    example={"kind": "PART_TIME", "unit": "abc-kitchen", "job_title": "Cook", "valid_from": "2027-02-01"},
    shown=work,
)
def move_work(request: HttpRequest, code: str, body: WorkMoveIn) -> dict[str, str]:
    """On its first day it is corrected; later, it ends there and another begins, whose code is answered."""
    moved = operations.move_work(
        by=actor_of(request),
        at=clock.now(),
        work=code,
        kind=body.kind,
        unit=body.unit,
        job_title=body.job_title,
        cost_centre=body.cost_centre,
        line_of_business=body.line_of_business,
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return {"code": moved}


@area.change(
    "POST",
    "/work-relationships/{code}/end",
    response={204: None},
    summary="Record that somebody's work ends",
    example={"valid_until": "2027-06-01"},
    shown=work,
)
def end_work(request: HttpRequest, code: str, body: EvidencedEndIn) -> Status[None]:
    """Give it a last day, or another one than it has. Her tokens end with it."""
    operations.end_work(
        by=actor_of(request), at=clock.now(), work=code, valid_until=body.valid_until, source=shown_by(request, body)
    )
    return Status(204, None)


@area.get(
    "/world.zip",
    response={200: None},
    summary="Download the whole organisation",
    responses={200: {"content": {"application/zip": {"schema": {"type": "string"}}}}},
)
def world(request: HttpRequest) -> HttpResponse:
    """The files of a world directory, which `POST /imports/world` reads back. For those who administer everything.

    Households are among them only for a caller who keeps all households too; that they were read is noted.
    """
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        exports.export_world(viewer=actor_of(request), on=clock.today(), folder=place)
        operations.export_households(by=actor_of(request), at=clock.now(), folder=place)
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(place.iterdir()):
                archive.write(file, file.name)
    answer = HttpResponse(buffer.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="world.zip"'
    return answer


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _made(code: str) -> Status[dict[str, str]]:
    return Status(HTTPStatus.CREATED.value, {"code": code})


def _called(request: HttpRequest, code: str, body: DatedNameIn) -> Status[None]:
    by, at, source = actor_of(request), clock.now(), shown_by(request, body)
    if body.correction:
        operations.correct_name(by=by, at=at, party=code, name=body.name, on=body.valid_from, source=source)
    else:
        operations.rename_party(by=by, at=at, party=code, name=body.name, valid_from=body.valid_from, source=source)
    return Status(204, None)


def _names(request: HttpRequest, code: str) -> Found[Version]:
    return all_of(
        register.name_versions, lambda found: version(found, dict(found.says), evidence=found.evidence), request, code
    )


def all_of(
    versions: Callable[..., Page[Version]], shown: Callable[[Version], dict[str, Any]], request: HttpRequest, code: str
) -> Found[Version]:
    """Everything that was ever known under a code, a page at a time."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: versions(viewer=viewer, at=at, code=code, params=asked), shown)


def shown_by(request: HttpRequest, body: EvidencedIn, *, rank: SourceRank = SourceRank.OWN_REGISTER) -> Source:
    """On whose word, and the file that shows it. Refusal for a file that is no longer there."""
    key = evidence.usable(viewer=actor_of(request), at=clock.now(), reference=body.evidence)
    return Source(body.source, key, rank=rank)


class Acting(TypedDict):
    """What every act is told: by whom, when, on whose word."""

    by: Actor
    at: datetime
    source: Source


def acting(request: HttpRequest, body: SourceIn) -> Acting:
    """The caller now, on the word that was sent."""
    return {"by": actor_of(request), "at": clock.now(), "source": Source(body.source)}


def acting_shown(request: HttpRequest, body: EvidencedIn) -> Acting:
    """The caller now, on the word that was sent and by the file that shows it."""
    return {"by": actor_of(request), "at": clock.now(), "source": shown_by(request, body)}


def fraction(percent: str) -> Fraction:
    """A share of one, of what was sent in percent."""
    return number_in(percent) / 100


def shares(body: ShareIn) -> dict[str, Any]:
    """Votes and capital as the operations take them: exact, or in bands."""
    votes = _amount(body.votes, body.votes_high, low_open=body.votes_low_open, high_open=body.votes_high_open)
    capital = _amount(body.capital, body.capital_high, low_open=body.capital_low_open, high_open=body.capital_high_open)
    return {"votes": votes, "capital": capital}


def _amount(low: str | None, high: str | None, *, low_open: bool, high_open: bool) -> Fraction | Band | None:
    if low is None or high is None:
        return None if low is None else fraction(low)
    return Band(fraction(low), fraction(high), low_open, high_open)


def _company(row: CompanyRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CompanyOut.model_fields}


def _holding(row: HoldingRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "owner": party(row.owner),
        "owned": party(row.owned),
        "votes": share(row.votes),
        **_band("votes", row.votes_band),
        "capital": share(row.capital),
        **_band("capital", row.capital_band),
        "source": row.source,
        "evidence": paper(row.evidence),
        **said(row.speaker),
        **period(row.period),
    }


def _band(name: str, band: Band | None) -> dict[str, Any]:
    if band is None:
        return {}
    return {
        f"{name}_high": share(band.high),
        f"{name}_low_open": band.low_open,
        f"{name}_high_open": band.high_open,
    }


def said(speaker: Speaker) -> dict[str, str]:
    """Whose word a fact of ownership is, as JSON."""
    return {"told_by": speaker.register, "rank": speaker.rank.value}


def _registered(found: Version) -> dict[str, Any]:
    return version(found, {**found.says, "kind": found.says["kind"].value}, evidence=found.evidence)


def _held(found: Version) -> dict[str, Any]:
    return version(
        found,
        {**_told("votes", found.says["votes"]), **_told("capital", found.says["capital"])},
        evidence=found.evidence,
    )


def _told(name: str, held: Rate | Band | None) -> dict[str, Any]:
    if isinstance(held, Band):
        return {name: share(held.low), **_band(name, held)}
    return {name: None if held is None else share(held.fraction)}


def _placed(found: Version) -> dict[str, Any]:
    return version(found, {name: party(found.says[name]) for name in PlacedOut.model_fields}, evidence=found.evidence)


def _worked(found: Version) -> dict[str, Any]:
    says = found.says
    named = {name: party(says[name]) for name in ("company", "unit")}
    return version(found, {**says, **named, "kind": says["kind"].value}, evidence=found.evidence)


def _unit(row: UnitRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "company": party(row.company),
        "parent": party(row.parent),
        **period(row.period),
    }


def _node(node: UnitNode) -> dict[str, Any]:
    return {"code": node.code, "name": node.name, "staff": node.staff, "below": [_node(one) for one in node.below]}


def _person(card: PersonCard) -> dict[str, Any]:
    return {
        "code": card.code,
        "name": card.name,
        "email": card.email,
        "work": [_work(row) for row in card.work],
    }


def _work(row: WorkRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "person": party(row.person),
        "company": party(row.company),
        "unit": party(row.unit),
        "kind": row.kind.value,
        "job_title": row.job_title,
        "cost_centre": party(row.cost_centre),
        "line_of_business": row.line_of_business,
        **period(row.period),
    }
