"""Who belongs to whose household over HTTP: for those who keep them, each reading noted; and for the two themselves."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, DatedEndIn, SourceIn, acting
from inward.api.v1.schemas import Code, Day, FactCode, MadeOut, PartyOut, party, period
from inward.core.classification import Tie
from inward.kit import clock
from inward.parties import households as known
from inward.parties import operations
from inward.parties.households import HouseholdRecord
from inward.parties.vocabulary import Purpose

area = Area("parties", tag="organisation", room="parties")


class HouseholdOut(Schema):
    """`member` belongs to the household of `person` (as `SPOUSE`, `PARTNER`, `CHILD` …), for these purposes and no other."""

    code: str
    person: PartyOut
    member: PartyOut
    tie: str
    purposes: list[str]
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class HouseholdSaidIn(SourceIn):
    """What is said of a household: as what, for what, on which days."""

    tie: Tie
    purposes: list[Purpose] = Field(min_length=1, max_length=len(Purpose))
    valid_from: Day
    valid_until: Day | None = None


class HouseholdIn(HouseholdSaidIn):
    """Somebody belongs to the household of a person who works here."""

    person: Code
    member: Code
    code: FactCode | None = None


@area.list("/households", item=HouseholdOut, spec=known.HOUSEHOLDS, summary="List households", own=[ON])
def households(request: HttpRequest) -> Found[HouseholdRecord]:
    """The households of a day of people in companies where the caller keeps them. That they were read is noted."""
    by, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: operations.read_households(by=by, at=at, on=on, params=asked), _household)


@area.get("/me/households", response=list[HouseholdOut], summary="What is known of my household")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    """Every household that the caller is one of the two of, also ended ones, the latest first."""
    return [_household(each) for each in known.own(viewer=actor_of(request), at=clock.now())]


@area.one("/households/{code}", response=HouseholdOut, summary="One household")
def household(request: HttpRequest, code: str) -> dict[str, Any]:
    """As it is known now, for the two it is about and for those who keep it; their reading is noted."""
    return _household(operations.read_household(by=actor_of(request), at=clock.now(), household=code).record)


_SAID = {"tie": "SPOUSE", "purposes": ["PRICE"], "valid_from": "2026-01-01"}


@area.change(
    "POST",
    "/households",
    response={201: MadeOut},
    summary="Record a household member",
    example={"person": "maya-lund", "member": "erik-lund", **_SAID},
)
def declare(request: HttpRequest, body: HouseholdIn) -> Status[dict[str, str]]:
    """Refused where no inside rule that serves the purpose on these days asks for it: nothing is kept in reserve."""
    code = operations.declare_household(
        person=body.person,
        member=body.member,
        tie=body.tie,
        purposes=body.purposes,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        code=body.code or "",
        **acting(request, body),
    )
    return Status(201, {"code": code})


@area.change(
    "PATCH",
    "/households/{code}",
    response={204: None},
    summary="Correct a household",
    example=_SAID,
    shown=household,
)
def correct(request: HttpRequest, code: str, body: HouseholdSaidIn) -> Status[None]:
    """It is otherwise than was thought, on all its days; whose it is stays."""
    operations.correct_household(
        household=code,
        tie=body.tie,
        purposes=body.purposes,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        **acting(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/households/{code}/end",
    response={204: None},
    summary="End a household",
    example={"valid_until": "2027-06-01"},
    shown=household,
)
def end(request: HttpRequest, code: str, body: DatedEndIn) -> Status[None]:
    """From that day on the member belongs to it no longer. Each of the two may say so, and those who keep it."""
    operations.end_household(household=code, valid_until=body.valid_until, **acting(request, body))
    return Status(204, None)


@area.change(
    "POST",
    "/households/{code}/take-back",
    response={204: None},
    summary="Take a household back",
    example={"source": "entered for another person"},
    shown=household,
)
def take_back(request: HttpRequest, code: str, body: SourceIn) -> Status[None]:
    """It was never so: it counts on no day any more. Each of the two may say so, and those who keep it."""
    operations.take_back_household(household=code, **acting(request, body))
    return Status(204, None)


def _household(record: HouseholdRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "person": party(record.person),
        "member": party(record.member),
        "tie": record.tie.value,
        "purposes": [each.value for each in record.purposes],
        **period(record.period),
        "source": record.source,
    }
