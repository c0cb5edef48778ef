"""Confidential people over HTTP: their marks for those who keep them, and openings for those who may open a person."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.access import queries as access
from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, SourceIn
from inward.api.v1.schemas import Asked, Code, Day, MadeOut, PartyOut, party, period
from inward.kit import clock
from inward.kit.lists import Page
from inward.parties import marks as known
from inward.parties import operations
from inward.parties.marks import MarkRecord, OpeningRecord
from inward.parties.operations import Source
from inward.parties.vocabulary import MARK_REASON_LENGTH_MAX, MarkKind, OpeningKind

area = Area("parties", tag="organisation")


class MarkOut(Schema):
    """A person is confidential on these days. The reason is read by keepers of marks alone."""

    code: str
    person: PartyOut
    kind: str
    reason: str
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class MarkSaidIn(SourceIn):
    """Why a person is confidential, and on which days."""

    kind: MarkKind
    reason: str = Field(min_length=1, max_length=MARK_REASON_LENGTH_MAX)
    valid_from: Day
    valid_until: Day | None = None


class MarkIn(MarkSaidIn):
    """A person becomes confidential."""

    person: Code


class OpeningOut(Schema):
    """Somebody opened a confidential person: who, for what, and until when. `open` is whether it lets in now."""

    reference: str
    person: PartyOut
    opened_by: str
    kind: str
    reason: str
    person_told: bool
    opened_at: str
    ends_at: str
    ended_at: str | None = None
    open: bool


class OpeningIn(Asked):
    """Open a person, by her code, for a stated reason."""

    person: Code
    kind: OpeningKind
    reason: str = Field(min_length=1, max_length=MARK_REASON_LENGTH_MAX)


class OpenedOut(Schema):
    """The reference of the opening."""

    reference: str


@area.list("/marks", item=MarkOut, spec=known.MARKS, summary="List confidential people", own=[ON])
def marks(request: HttpRequest) -> Found[MarkRecord]:
    """The marks of a day that the caller keeps; nothing for others."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: known.kept(viewer=viewer, at=at, on=on, params=asked), _mark)


@area.one("/marks/{code}", response=MarkOut, summary="One mark")
def mark(request: HttpRequest, code: str) -> dict[str, Any]:
    """As it is known now, for those who keep it."""
    return _mark(known.sheet(viewer=actor_of(request), at=clock.now(), code=code).record)


_SAID = {"kind": "PROTECTED_ADDRESS", "reason": "decision 12/2026", "valid_from": "2026-11-24"}


@area.change(
    "POST", "/marks", response={201: MadeOut}, summary="Mark as confidential", example={"person": "maya-lund", **_SAID}
)
def set_mark(request: HttpRequest, body: MarkIn) -> Status[dict[str, str]]:
    """From then on nobody sees her but herself, the keepers of marks, and whoever opens her for a while."""
    code = operations.mark_person(
        by=actor_of(request), at=clock.now(), person=body.person, source=Source(body.source), **_said(body)
    )
    return Status(201, {"code": code})


@area.change("PATCH", "/marks/{code}", response={204: None}, summary="Correct a mark", example=_SAID, shown=mark)
def correct(request: HttpRequest, code: str, body: MarkSaidIn) -> Status[None]:
    """It is otherwise than was thought, on all its days; whose it is stays."""
    operations.correct_mark(by=actor_of(request), at=clock.now(), mark=code, source=Source(body.source), **_said(body))
    return Status(204, None)


@area.change(
    "POST",
    "/marks/{code}/lift",
    response={204: None},
    summary="Lift a mark",
    example={"source": "decision 3/2027"},
    shown=mark,
)
def lift(request: HttpRequest, code: str, body: SourceIn) -> Status[None]:
    """She is confidential no longer, from today on."""
    operations.lift_mark(by=actor_of(request), at=clock.now(), mark=code, source=Source(body.source))
    return Status(204, None)


@area.list("/openings", item=OpeningOut, spec=known.OPENINGS, summary="List openings of confidential people")
def openings(request: HttpRequest) -> Found[dict[str, Any]]:
    """Those of people whose marks the caller keeps, and the caller's own; the latest first."""
    viewer, at = actor_of(request), clock.now()

    def found(asked: Any) -> Page[dict[str, Any]]:
        page = known.openings(viewer=viewer, at=at, params=asked)
        names = access.called({row.subject for row in page.rows})
        return page.map(lambda row: _opening(row, names.get(row.subject, ""), open=row.runs(at)))

    return Found(found, lambda row: row)


@area.one("/openings/{reference}", response=OpeningOut, summary="One opening")
def opening(request: HttpRequest, reference: str) -> dict[str, Any]:
    """For whoever opened, and for those who keep the person's mark."""
    at = clock.now()
    record = known.opening(viewer=actor_of(request), at=at, reference=reference)
    return _opening(record, access.called({record.subject}).get(record.subject, ""), open=record.runs(at))


@area.change(
    "POST",
    "/openings",
    response={201: OpenedOut},
    summary="Open a confidential person",
    example={"person": "maya-lund", "kind": "DANGER", "reason": "fell ill at the counter, next of kin asked for"},
)
def open_person(request: HttpRequest, body: OpeningIn) -> Status[dict[str, str]]:
    """For some minutes. The keepers of marks are told at once, and it is audited for good.

    Refused as one and the same: a code nobody has, a person who is not confidential, one of others.
    """
    reference = operations.open_person(
        by=actor_of(request), at=clock.now(), person=body.person, kind=body.kind, reason=body.reason
    )
    return Status(201, {"reference": reference})


@area.change("POST", "/openings/{reference}/end", response={204: None}, summary="End an opening", shown=opening)
def end(request: HttpRequest, reference: str) -> Status[None]:
    """She is hidden again at once. By whoever opened, and by those who keep her mark."""
    operations.end_opening(by=actor_of(request), at=clock.now(), opening=reference)
    return Status(204, None)


def _said(body: MarkSaidIn) -> dict[str, Any]:
    return {
        "kind": body.kind,
        "reason": body.reason,
        "valid_from": body.valid_from,
        "valid_until": body.valid_until,
    }


def _mark(record: MarkRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "person": party(record.person),
        "kind": record.kind.value,
        "reason": record.reason,
        **period(record.period),
        "source": record.source,
    }


def _opening(record: OpeningRecord, who: str, *, open: bool) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "person": party(record.person),
        "opened_by": who,
        "kind": record.kind.value,
        "reason": record.reason,
        "person_told": record.told,
        "opened_at": record.opened_at.isoformat(),
        "ends_at": record.ends_at.isoformat(),
        "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
        "open": open,
    }
