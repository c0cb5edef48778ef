"""How orders are approved, and being away, over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Status
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found, parameter
from inward.api.v1.schemas import Asked, Code, Day, Line, MoneyIn, MoneyOut, PartyOut, money, money_in, party
from inward.kit import clock
from inward.trade import approvals, operations
from inward.trade.approvals import ProcedureRecord, Stage

area = Area("trade", tag="orders", room="trade")


class StageOut(BaseModel):
    """Orders above the amount also need so many budget holders of the place."""

    place: str
    above: MoneyOut
    needed: int


class ProcedureOut(BaseModel):
    """How orders of the company or department, and of what is below it, are approved; `remind_after` in working days."""

    party: PartyOut
    needed: int
    stages: list[StageOut]
    remind_after: int | None = None


class StageIn(Asked):
    """A further stage."""

    place: Code
    above: MoneyIn
    needed: int = Field(default=1, ge=1, le=operations.NEEDED_MOST)


class ProcedureIn(Asked):
    """How orders are approved; `lifted` says that what holds above it holds again."""

    needed: int = Field(default=1, ge=1, le=operations.NEEDED_MOST)
    stages: list[StageIn] = Field(default=[], max_length=operations.STAGES_MOST)
    remind_after: int | None = Field(default=None, ge=1, le=operations.DAYS_MOST)
    lifted: bool = False
    source: Line = ""


class AwayIn(Asked):
    """From when until when one is away, and who approves meanwhile: needed where one holds a budget."""

    since: Day
    last_day: Day
    deputy: Code | None = None


class HandedOnOut(BaseModel):
    """The companies and departments whose budget the deputy looks after meanwhile."""

    handed_on: list[str]


@area.list(
    "/approval-procedures",
    item=ProcedureOut,
    spec=approvals.PROCEDURES,
    summary="List how orders are approved",
    own=(parameter("text", {"type": "string"}, "Part of the name or code of a company or department."),),
)
def every(request: HttpRequest) -> Found[ProcedureRecord]:
    """Those of companies and departments whose limits one sets."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: approvals.procedures(viewer=viewer, at=at, params=asked), _procedure)


@area.one("/approval-procedures/{code}", response=ProcedureOut, summary="How orders of one place are approved")
def one(request: HttpRequest, code: str) -> dict[str, Any]:
    """Its own; what is below it and has none follows."""
    return _procedure(approvals.procedure(viewer=actor_of(request), at=clock.now(), party=code))


@area.change(
    "PUT",
    "/approval-procedures/{code}",
    response={204: None},
    summary="Set how orders are approved",
    example={
        "needed": 2,
        "stages": [{"place": "abc", "above": {"amount": "20000", "currency": "EUR"}}],
        "remind_after": 2,
    },
    seen=one,
)
def put(request: HttpRequest, code: Path[Code], body: ProcedureIn) -> Status[None]:
    """For orders placed from now on; the controllers of the company set it."""
    operations.set_procedure(
        by=actor_of(request),
        at=clock.now(),
        party=code,
        needed=body.needed,
        stages=[Stage(each.place, money_in(each.above, "stages"), each.needed) for each in body.stages],
        remind_after=body.remind_after,
        lifted=body.lifted,
        source=body.source,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/me/away",
    response={201: HandedOnOut},
    summary="Be away",
    example={"since": "2027-07-05", "last_day": "2027-07-23", "deputy": "tor-bergli"},
)
def away(request: HttpRequest, body: AwayIn) -> Status[dict[str, Any]]:
    """The days are noted, and the deputy approves what would wait for the caller on these days."""
    done = operations.go_away(
        by=actor_of(request), at=clock.now(), since=body.since, last_day=body.last_day, deputy=body.deputy
    )
    return Status(201, {"handed_on": list(done)})


@area.change("POST", "/me/away/end", response={204: None}, summary="Be back")
def back(request: HttpRequest) -> Status[None]:
    """Absences noted for today and later end, and so does what was handed on."""
    operations.come_back(by=actor_of(request), at=clock.now())
    return Status(204, None)


def _procedure(record: ProcedureRecord) -> dict[str, Any]:
    held = record.procedure
    return {
        "party": party(record.party),
        "needed": held.needed,
        "stages": [{"place": each.place, "above": money(each.above), "needed": each.needed} for each in held.stages],
        "remind_after": held.remind_after,
    }
