"""Queues and request types over HTTP: what may be asked of whom, with its form; kept by service owners and data administrators."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, Name, PartyOut, party
from inward.core.classification import Kind, WorkKind
from inward.core.terms import Reason, Refusal
from inward.desk import operations, queues
from inward.desk.asking import QuestionKind, as_json
from inward.desk.cases import QueueRow, RequestRow
from inward.desk.casewords import HandingOut, Impact, Urgency
from inward.kit import clock

area = Area("cases", room="queues")
_OWN = (
    listing.parameter(
        "kept", {"type": "string", "enum": ["true", "false"], "default": "false"}, "Only what one keeps."
    ),
)


class QueueOut(Schema):
    """Where a department takes cases on; days are working days."""

    code: str
    supplier: PartyOut
    name: str
    words: str
    confidential: bool
    handing_out: str
    close_after: int = Field(description="Working days after which what is solved closes without a word.")
    reopen_within: int = Field(description="Working days within which what is closed can be opened again.")
    closed_at: str | None = None


class QuestionWhenOut(Schema):
    """Asked only where another question was answered so."""

    question: str
    answers: list[str]


class QuestionOut(Schema):
    """A question of a form."""

    id: str
    label: str
    kind: str
    needed: bool
    choices: list[str]
    when: QuestionWhenOut | None = None
    help: str


class RequestTypeOut(Schema):
    """What is often asked of a queue. `kinds` and `work` say who may ask it; none: everybody."""

    code: str
    queue: PartyOut
    supplier: PartyOut
    name: str
    words: str
    fields: list[QuestionOut]
    kinds: list[str]
    work: list[str]
    impact: str
    urgency: str
    quick: bool
    offering: str | None = None
    parts: list[str]
    protected: bool
    outsiders: bool
    closed_at: str | None = None


class QueueIn(Asked):
    """What a queue is for, and how it works."""

    supplier: Code
    name: Name
    words: str = Field(default="", max_length=1000)
    confidential: bool = False
    handing_out: HandingOut = HandingOut.BY_HAND
    close_after: int = Field(default=5, ge=0, le=365)
    reopen_within: int = Field(default=14, ge=0, le=365)


class QuestionWhenIn(Asked):
    """Asked only where another question, before this one, was answered so."""

    question: str = Field(min_length=1, max_length=200)
    answers: list[str] = Field(min_length=1, max_length=60)


class QuestionIn(Asked):
    """A question of a form; only a choice has `choices`."""

    id: str = Field(min_length=1, max_length=200)
    label: str = Field(min_length=1, max_length=200)
    kind: QuestionKind
    needed: bool = False
    choices: list[str] = Field(default_factory=list, max_length=60)
    when: QuestionWhenIn | None = None
    help: str = Field(default="", max_length=1000)


class RequestTypeIn(Asked):
    """What is asked, with its form, and who may ask it."""

    queue: Code
    name: Name
    words: str = Field(default="", max_length=1000)
    fields: list[QuestionIn] = Field(default_factory=list, max_length=40)
    kinds: list[Kind] = Field(default_factory=list, max_length=20)
    work: list[WorkKind] = Field(default_factory=list, max_length=20)
    impact: Impact = Impact.ONE
    urgency: Urgency = Urgency.SOON
    quick: bool = False
    offering: str = Field(default="", max_length=60)
    parts: list[Code] = Field(default_factory=list, max_length=20)
    protected: bool = Field(
        default=False, description="May be written without one's name, on a page; of a confidential queue only."
    )
    outsiders: bool = Field(default=False, description="So also by whoever is not signed in.")


@area.list("/queues", item=QueueOut, spec=queues.QUEUES, summary="List queues", own=_OWN)
def listed(request: HttpRequest) -> Found[QueueRow]:
    """Those that take something on, and those one keeps, closed ones too."""
    viewer, at, kept = actor_of(request), clock.now(), _kept(request)
    return Found(lambda params: queues.queues(viewer=viewer, at=at, params=params, kept=kept), _queue)


@area.one("/queues/{code}", response=QueueOut, summary="One queue")
def one(request: HttpRequest, code: str) -> dict[str, Any]:
    """Whose it is and what it helps with."""
    return _queue(queues.queue(viewer=actor_of(request), at=clock.now(), code=code))


@area.change(
    "PUT",
    "/queues/{code}",
    response={204: None},
    summary="Set a queue",
    example={"supplier": "abc-it", "name": "Help with computers", "handing_out": "IN_TURN"},
    shown=one,
)
def set_queue(request: HttpRequest, code: Path[Code], body: QueueIn) -> Status[None]:
    """New, or otherwise. It stays with its department; and confidential, or not, once something was asked of it."""
    operations.set_queue(by=actor_of(request), at=clock.now(), code=code, **dict(body))
    return Status(204, None)


@area.change("POST", "/queues/{code}/close", response={204: None}, summary="Close a queue", shown=one)
def close_queue(request: HttpRequest, code: Path[Code]) -> Status[None]:
    """Nothing new is asked of it; what is under way goes on. Setting it anew opens it again."""
    operations.close_queue(by=actor_of(request), at=clock.now(), code=code)
    return Status(204, None)


@area.list("/request-types", item=RequestTypeOut, spec=queues.REQUESTS, summary="List request types", own=_OWN)
def requests(request: HttpRequest) -> Found[RequestRow]:
    """What may be asked, each with its form, and what one keeps."""
    viewer, at, kept = actor_of(request), clock.now(), _kept(request)
    return Found(lambda params: queues.requests(viewer=viewer, at=at, params=params, kept=kept), _request)


@area.one("/request-types/{code}", response=RequestTypeOut, summary="One request type")
def request_type(request: HttpRequest, code: str) -> dict[str, Any]:
    """With its form."""
    return _request(queues.request(viewer=actor_of(request), at=clock.now(), code=code))


@area.change(
    "PUT",
    "/request-types/{code}",
    response={204: None},
    summary="Set a request type",
    example={
        "queue": "it",
        "name": "New laptop",
        "fields": [
            {"id": "size", "label": "Which size?", "kind": "CHOICE", "needed": True, "choices": ["13", "15"]},
            {
                "id": "why",
                "label": "Why the larger one?",
                "kind": "TEXT",
                "when": {"question": "size", "answers": ["15"]},
            },
        ],
        "kinds": ["department", "staff"],
    },
    shown=request_type,
)
def set_request(request: HttpRequest, code: Path[Code], body: RequestTypeIn) -> Status[None]:
    """New, or otherwise; what was asked before keeps its answers."""
    said = dict(body) | {"fields": [each.model_dump(mode="json") for each in body.fields]}
    operations.set_request(by=actor_of(request), at=clock.now(), code=code, **said)
    return Status(204, None)


@area.change(
    "POST", "/request-types/{code}/close", response={204: None}, summary="Close a request type", shown=request_type
)
def close_request(request: HttpRequest, code: Path[Code]) -> Status[None]:
    """It is asked no more. Setting it anew opens it again."""
    operations.close_request(by=actor_of(request), at=clock.now(), code=code)
    return Status(204, None)


def _kept(request: HttpRequest) -> bool:
    asked = request.GET.get("kept") or "false"
    if asked not in ("true", "false"):
        raise Refusal(Reason.of("value_not_among", expected="true, false"), where="kept")
    return asked == "true"


def _queue(row: QueueRow) -> dict[str, Any]:
    names = ("code", "name", "words", "confidential", "handing_out", "close_after", "reopen_within")
    return {
        **{name: getattr(row, name) for name in names},
        "supplier": party(row.supplier),
        "closed_at": None if row.closed_at is None else row.closed_at.isoformat(),
    }


def _request(row: RequestRow) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("code", "name", "words", "quick", "protected", "outsiders")},
        **{name: list(getattr(row, name)) for name in ("kinds", "work", "parts")},
        "queue": party(row.queue),
        "supplier": party(row.supplier),
        "fields": as_json(row.questions),
        "impact": row.impact.value,
        "urgency": row.urgency.value,
        "offering": row.offering or None,
        "closed_at": None if row.closed_at is None else row.closed_at.isoformat(),
    }
