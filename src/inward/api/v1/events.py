"""Mergers, splits, new names and reorganisations over HTTP: tried, entered, listed and taken back."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import EvidencedIn, shown_by
from inward.api.v1.schemas import Asked, Code, Day, EvidenceOut, PartyOut, paper, party
from inward.core.terms import Reason, Refusal
from inward.kit import clock
from inward.kit.policy import NotThere
from inward.parties import events, operations
from inward.parties.events import EventRecord
from inward.parties.reorganising import Reorganisation
from inward.parties.vocabulary import EventKind

area = Area("parties", tag="organisation", room="parties")
MOVES_MAX = 5_000
_KEY_LENGTH_MAX = 18


class EventPartOut(Schema):
    """A department or company it was about, and the other end: into what it went, or what came of it."""

    party: PartyOut
    other: PartyOut | None = None


class EventOut(Schema):
    """A `MERGER`, `SPLIT`, `RENAME` or `REORGANISATION`, with how many departments and people it moved."""

    key: str
    kind: str
    day: str
    entered_at: str
    undone_at: str | None = None
    source: str
    evidence: EvidenceOut | None = None
    name_before: str
    name_after: str
    departments: int
    people: int
    parts: list[EventPartOut]


class EventMadeOut(Schema):
    """The key of what was entered."""

    key: str


class MoveIn(Asked):
    """A department and what it stands in, or a person and the department she works in. Without `to` in a split."""

    party: Code
    to: Code | None = None


class EventIn(EvidencedIn):
    """What happens from the day on.

    MERGER: `party` goes up in `into`. SPLIT: the department `code`, called `name`, comes of `party` with its `moves`.
    RENAME: `party` is called `name`. REORGANISATION: nothing but `moves`.
    """

    kind: EventKind
    day: Day
    party: Code | None = None
    into: Code | None = None
    code: Code | None = None
    name: str = Field(default="", max_length=200)
    moves: list[MoveIn] = Field(default_factory=list, max_length=MOVES_MAX)


@area.list("/reorganisations", item=EventOut, spec=events.EVENTS, summary="List mergers and reorganisations")
def reorganisations(request: HttpRequest) -> Found[EventRecord]:
    """Those that touched a company whose records the caller looks after, the latest day first."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: events.events(viewer=viewer, at=at, params=asked), _event)


@area.one("/reorganisations/{key}", response=EventOut, summary="One merger or reorganisation")
def reorganisation(request: HttpRequest, key: str) -> dict[str, Any]:
    """What it was and whether it was taken back."""
    return _event(events.event(viewer=actor_of(request), at=clock.now(), key=_number(key)))


_MERGER = {"kind": "MERGER", "day": "2027-01-01", "party": "abc-shop-harbour", "into": "abc-shop-centre"}


@area.change(
    "POST",
    "/reorganisations",
    response={201: EventMadeOut},
    summary="Enter a merger or reorganisation",
    example=_MERGER,
)
def reorganise(request: HttpRequest, body: EventIn) -> Status[dict[str, str]]:
    """All of it or nothing, as one act. Orders that were placed keep what was decided."""
    asked = asked_for(body)
    key = operations.reorganise(by=actor_of(request), at=clock.now(), asked=asked, source=shown_by(request, body))
    return Status(201, {"key": str(key)})


def asked_for(body: EventIn) -> Reorganisation:
    """What the body asks for. Refusal for what its kind needs and it does not say."""
    if body.kind is not EventKind.REORGANISATION and body.party is None:
        raise Refusal(Reason.of("value_missing"), where="body.party")
    needed = {EventKind.MERGER: "into", EventKind.SPLIT: "code"}.get(body.kind)
    if needed is not None and getattr(body, needed) is None:
        raise Refusal(Reason.of("value_missing"), where=f"body.{needed}")
    return Reorganisation(
        body.kind,
        body.day,
        source=body.party or "",
        target=body.into or "",
        code=body.code or "",
        name=body.name,
        moves=tuple((move.party, move.to or "") for move in body.moves),
    )


@area.change(
    "POST",
    "/reorganisations/{key}/undo",
    response={204: None},
    summary="Take a merger or reorganisation back",
    shown=reorganisation,
)
def undo(request: HttpRequest, key: str) -> Status[None]:
    """As long as nothing leans on it: refused once a fact it made was changed, or a department it opened is in use."""
    operations.undo_reorganisation(by=actor_of(request), at=clock.now(), event=_number(key))
    return Status(204, None)


def _number(key: str) -> int:
    if not key.isascii() or not key.isdigit() or len(key) > _KEY_LENGTH_MAX:
        raise NotThere
    return int(key)


def _event(record: EventRecord) -> dict[str, Any]:
    return {
        "key": str(record.key),
        "kind": record.kind.value,
        "day": record.day.isoformat(),
        "entered_at": record.entered_at.isoformat(),
        "undone_at": None if record.undone_at is None else record.undone_at.isoformat(),
        "source": record.source,
        "evidence": paper(record.evidence),
        "name_before": record.before,
        "name_after": record.after,
        "departments": record.units,
        "people": record.people,
        "parts": [{"party": party(part.party), "other": party(part.other)} for part in record.parts],
    }
