"""Inside rules over HTTP: what counts as inside, by which purpose, from which day on."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, EvidencedIn, shown_by
from inward.api.v1.schemas import CODE_LENGTH_MAX, Day, EvidenceOut, MadeOut, Name, paper
from inward.kit import clock
from inward.parties import definitions, operations
from inward.parties.definitions import DefinitionRecord, DefinitionSheet
from inward.parties.vocabulary import Purpose

area = Area("parties", tag="standing", room="parties")


class DefinitionOut(Schema):
    """An inside rule as it stands on a day. ``name`` is empty for one that ships; ``serves`` are its purposes on that day."""

    code: str
    name: str
    own: bool
    serves: list[str]
    body: dict[str, Any]


class DefinitionVersionOut(Schema):
    """What a rule of one's own said for some days, and since and until when it was known so."""

    name: str
    body: dict[str, Any]
    valid_from: date | None = None
    valid_until: date | None = None
    known_from: str
    known_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None


class ChoiceOut(Schema):
    """What a rule was chosen for, for some days."""

    purpose: str
    valid_from: date | None = None
    valid_until: date | None = None
    known_from: str
    known_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None


class DefinitionSheetOut(DefinitionOut):
    """A rule with its versions and what it was ever chosen for, the latest knowledge first."""

    versions: list[DefinitionVersionOut]
    choices: list[ChoiceOut]


class DefinitionIn(EvidencedIn):
    """A rule of one's own from a day on; ``body`` is as docs/reference/definitions.md says."""

    name: Name
    body: dict[str, Any]
    valid_from: Day | None = None


class NewDefinitionIn(DefinitionIn):
    """A rule that there was none of under this code."""

    code: str = Field(min_length=1, max_length=CODE_LENGTH_MAX)


class ChoiceIn(EvidencedIn):
    """What it serves from a day on."""

    purpose: Purpose
    valid_from: Day | None = None


class ChoiceEndIn(EvidencedIn):
    """What it serves no longer from a day on."""

    purpose: Purpose
    valid_until: Day


@area.list("/definitions", item=DefinitionOut, spec=definitions.LIST, summary="List inside rules", own=[ON])
def listed(request: HttpRequest) -> Found[DefinitionRecord]:
    """Those that ship and one's own, as they stand on a day, for whoever decides what is inside."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: definitions.listed(viewer=viewer, at=at, on=on, params=asked), _definition)


@area.one("/definitions/{code}", response=DefinitionSheetOut, summary="One inside rule")
def definition(request: HttpRequest, code: str) -> dict[str, Any]:
    """What it says now, what it said before, and what it was chosen for."""
    at = clock.now()
    return _sheet(definitions.sheet(viewer=actor_of(request), at=at, on=at.date(), code=code))


_BODY = {"basis": "votes", "threshold": "25", "operator": ">="}
_RULE = {"code": "quarter", "name": "A quarter of the votes", "body": _BODY, "source": "group manual"}


@area.change("POST", "/definitions", response={201: MadeOut}, summary="Write an inside rule", example=_RULE)
def write_definition(request: HttpRequest, body: NewDefinitionIn) -> Status[dict[str, str]]:
    """It decides nothing until it is chosen for a purpose. The code of one that ships is refused."""
    return Status(201, {"code": _keep(request, body.code, body)})


@area.change(
    "PUT",
    "/definitions/{code}",
    response={204: None},
    summary="Change an inside rule",
    example={name: _RULE[name] for name in ("name", "body", "source")} | {"valid_from": "2027-01-01"},
    shown=definition,
)
def change_definition(request: HttpRequest, code: str, body: DefinitionIn) -> Status[None]:
    """It says this from a day on; what was decided keeps the rule it was decided by."""
    definitions.sheet(viewer=actor_of(request), at=clock.now(), on=clock.today(), code=code)
    _keep(request, code, body)
    return Status(204, None)


@area.change(
    "POST",
    "/definitions/{code}/choose",
    response={204: None},
    summary="Choose an inside rule for a purpose",
    example={"purpose": "TAX", "valid_from": "2027-01-01", "source": "group tax"},
    shown=definition,
)
def choose_definition(request: HttpRequest, code: str, body: ChoiceIn) -> Status[None]:
    """What served the purpose before ends the day before; what was decided stays."""
    operations.choose_definition(
        by=actor_of(request),
        at=clock.now(),
        purpose=body.purpose,
        definition=code,
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/definitions/{code}/end",
    response={204: None},
    summary="Let an inside rule serve a purpose no longer",
    example={"purpose": "TAX", "valid_until": "2028-01-01", "source": "group tax"},
    shown=definition,
)
def end_choice(request: HttpRequest, code: str, body: ChoiceEndIn) -> Status[None]:
    """From that day on the usual rule serves the purpose, and tax none: it is charged on every sale. What was decided stays."""
    operations.end_definition_choice(
        by=actor_of(request),
        at=clock.now(),
        purpose=body.purpose,
        definition=code,
        valid_until=body.valid_until,
        source=shown_by(request, body),
    )
    return Status(204, None)


def _keep(request: HttpRequest, code: str, body: DefinitionIn) -> str:
    return operations.keep_definition(
        by=actor_of(request),
        at=clock.now(),
        code=code,
        name=body.name,
        body=body.body,
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )


def _definition(record: DefinitionRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "name": record.name,
        "own": record.own,
        "serves": [purpose.value for purpose in record.purposes],
        "body": record.definition.as_json(),
    }


def _sheet(found: DefinitionSheet) -> dict[str, Any]:
    versions = [{"name": each.name, "body": each.definition.as_json(), **_dated(each)} for each in found.versions]
    choices = [{"purpose": each.purpose.value, **_dated(each)} for each in found.choices]
    return {**_definition(found.record), "versions": versions, "choices": choices}


def _dated(each: definitions.Version | definitions.Choice) -> dict[str, Any]:
    return {
        "valid_from": each.period.start,
        "valid_until": each.period.until,
        "known_from": each.known_from.isoformat(),
        "known_until": None if each.known_until is None else each.known_until.isoformat(),
        "source": each.source,
        "evidence": paper(each.evidence),
    }
