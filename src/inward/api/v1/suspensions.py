"""Suspensions from staff schemes over HTTP: begun, upheld and lifted by whoever keeps the prices; read and answered by oneself."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, Day, MadeOut, PartyOut, party
from inward.catalogue import operations, suspending
from inward.catalogue.suspending import SuspensionView
from inward.kit import clock

area = Area("catalogue", tag="catalogue", room="catalogue")


class HearingOut(Schema):
    """A step: `SUSPENDED`, `ANSWERED`, `UPHELD` or `LIFTED`, by whom, in which words."""

    at: str
    step: str
    by: PartyOut | None = None
    words: str


class SuspensionOut(Schema):
    """A person to whom a scheme is closed; `until` is the first day it no longer holds. A list tells no steps."""

    reference: str
    scheme: str
    person: PartyOut
    since: date
    until: date | None = None
    answer_by: date
    state: str
    answered: bool
    steps: list[HearingOut]


class SuspensionIn(Asked):
    """Whom, from which scheme, from which day, how many days there are to answer, and why."""

    scheme: Code
    person: Code
    since: Day
    days: int = Field(ge=1, le=operations.HEARING_DAYS_MAX)
    why: str = Field(min_length=1, max_length=operations.SUSPENSION_WORDS_MAX, pattern=r"^[^\x00]*\S[^\x00]*$")


class UpheldIn(Asked):
    """Why, and the first day it no longer holds; left out: until it is lifted."""

    why: str = Field(min_length=1, max_length=operations.SUSPENSION_WORDS_MAX, pattern=r"^[^\x00]*\S[^\x00]*$")
    valid_until: Day | None = None


class HeardIn(Asked):
    """In words."""

    words: str = Field(min_length=1, max_length=operations.SUSPENSION_WORDS_MAX, pattern=r"^[^\x00]*\S[^\x00]*$")


@area.list("/suspensions", item=SuspensionOut, spec=suspending.SUSPENSIONS, summary="List suspensions", own=[
    listing.parameter("text", {"type": "string"}, "A person's code.")
])  # fmt: skip
def every(request: HttpRequest) -> Found[SuspensionView]:
    """From schemes whose prices the caller keeps."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: suspending.suspensions(viewer=viewer, at=at, params=asked), _shown)


@area.one("/suspensions/{reference}", response=SuspensionOut, summary="One suspension")
def one(request: HttpRequest, reference: str) -> dict[str, Any]:
    """With every step of the hearing."""
    return _shown(suspending.suspension(viewer=actor_of(request), at=clock.now(), reference=reference))


@area.change(
    "POST",
    "/suspensions",
    response={201: MadeOut},
    summary="Suspend somebody from a scheme",
    example={
        "scheme": "abc-staff",
        "person": "maya-lund",
        "since": "2026-12-01",
        "days": 14,
        "why": "Twelve machines were offered for sale.",
    },
)
def suspend(request: HttpRequest, body: SuspensionIn) -> Status[dict[str, str]]:
    """It ends by itself as many days after the hearing as that has, unless somebody else upholds it."""
    code = operations.suspend_from_scheme(
        by=actor_of(request),
        at=clock.now(),
        scheme=body.scheme,
        person=body.person,
        since=body.since,
        days=body.days,
        why=body.why,
    )
    return Status(201, {"code": code})


@area.change(
    "POST",
    "/suspensions/{reference}/uphold",
    response={204: None},
    summary="Uphold a suspension",
    example={"why": "The machines were sold.", "valid_until": "2027-06-01"},
)
def uphold(request: HttpRequest, reference: str, body: UpheldIn) -> Status[None]:
    """After the hearing, by another than whoever began it."""
    operations.uphold_suspension(
        by=actor_of(request), at=clock.now(), suspension=reference, why=body.why, valid_until=body.valid_until
    )
    return Status(204, None)


@area.change(
    "POST",
    "/suspensions/{reference}/lift",
    response={204: None},
    summary="Lift a suspension",
    example={"words": "They were presents."},
)
def lift(request: HttpRequest, reference: str, body: HeardIn) -> Status[None]:
    """From today on it holds no longer."""
    operations.lift_suspension(by=actor_of(request), at=clock.now(), suspension=reference, why=body.words)
    return Status(204, None)


@area.get("/me/suspensions", response=list[SuspensionOut], summary="My suspensions")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    """The latest first, with every step."""
    return [_shown(each) for each in suspending.own(viewer=actor_of(request), at=clock.now())]


@area.change(
    "POST",
    "/me/suspensions/{reference}/answer",
    response={204: None},
    summary="Answer a suspension",
    example={"words": "They were presents for my team."},
)
def answer(request: HttpRequest, reference: str, body: HeardIn) -> Status[None]:
    """For oneself, while the hearing lasts."""
    operations.answer_suspension(by=actor_of(request), at=clock.now(), suspension=reference, words=body.words)
    return Status(204, None)


def _shown(view: SuspensionView) -> dict[str, Any]:
    return {
        "reference": view.reference,
        "scheme": view.scheme,
        "person": party(view.who),
        "since": view.since,
        "until": view.until,
        "answer_by": view.answer_by,
        "state": view.state.value,
        "answered": view.answered,
        "steps": [
            {
                "at": step.at.isoformat(),
                "step": step.kind.value,
                "by": None if step.who is None else party(step.who),
                "words": step.words,
            }
            for step in view.steps
        ],
    }
