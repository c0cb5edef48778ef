"""Files that show facts over HTTP: brought, named by the fact they show, read, withdrawn.

A file is brought first and named afterwards, by its reference, in the change that it shows (`evidence`), or put to a fact that
is known already. What nothing names within a day is forgotten.
"""

from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import File, Path, Schema, Status
from ninja.files import UploadedFile

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import SourceIn
from inward.api.v1.schemas import Asked, EvidenceOut, FactCode, Name, paper
from inward.kit import clock, files
from inward.parties import evidence, operations
from inward.parties.evidence import PaperRecord, Shows
from inward.parties.operations import Source
from inward.parties.papers import Evidence

area = Area("parties", tag="organisation", room="parties")
Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class ShownOut(Schema):
    """A fact that a file shows; `current` says whether that is what is known now."""

    sort: str
    code: str
    current: bool


class PaperOut(EvidenceOut):
    """A file with what it shows, as far as the caller may see that."""

    shows: list[ShownOut]


class AttachIn(SourceIn):
    """What the file shows, by its sort and code: a fact of ownership, an inside rule, a merger or reorganisation (its key)."""

    sort: Shows
    code: FactCode


class WithdrawalIn(Asked):
    """Why a file is withdrawn; it stands in the audit for good and names nobody."""

    reason: Name


@area.list("/evidence", item=EvidenceOut, spec=evidence.PAPERS, summary="List files that show facts")
def papers(request: HttpRequest) -> Found[Evidence]:
    """Those that show something which the caller may see, the latest first."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: evidence.listed(viewer=viewer, at=at, params=asked), _file)


@area.change("POST", "/evidence", response={201: EvidenceOut}, summary="Bring a file that shows a fact")
def bring(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """PDF, pictures, text, tables and documents without macros, told by what is in them. Name it in a change within a day."""
    kept = operations.bring_evidence(by=actor_of(request), at=clock.now(), chunks=file.chunks(), name=file.name or "")
    return Status(201, _file(kept))


@area.one("/evidence/{reference}", response=PaperOut, summary="One file that shows facts")
def one(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """What it is and what it shows."""
    return _paper(evidence.paper(viewer=actor_of(request), at=clock.now(), reference=reference))


@area.get(
    "/evidence/{reference}/content",
    response={200: None},
    summary="Read a file that shows facts",
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
def content(request: HttpRequest, reference: Reference) -> HttpResponseBase:
    """Its bytes, to be saved. Each reading is noted."""
    told, held = operations.open_evidence(by=actor_of(request), at=clock.now(), reference=reference)
    return files.given(held, name=told.name, found="application/octet-stream")


@area.change(
    "POST",
    "/evidence/{reference}/facts",
    response={204: None},
    summary="Say what a file shows",
    example={"sort": "HOLDING", "code": "jkl-xyz", "source": "share register"},
)
def attach(request: HttpRequest, reference: Reference, body: AttachIn) -> Status[None]:
    """The fact is known already and stays as it is; the file is put to it from now on."""
    by, at = actor_of(request), clock.now()
    key = evidence.usable(viewer=by, at=at, reference=reference)
    operations.attach_evidence(by=by, at=at, shows=body.sort, code=body.code, source=Source(body.source, key))
    return Status(204, None)


@area.change(
    "POST",
    "/evidence/{reference}/withdraw",
    response={204: None},
    summary="Withdraw a file",
    example={"reason": "wrong file"},
    shown=one,
)
def withdraw(request: HttpRequest, reference: Reference, body: WithdrawalIn) -> Status[None]:
    """Nobody can read it any more and its content is forgotten for good; that there was one stays known."""
    operations.withdraw_evidence(by=actor_of(request), at=clock.now(), reference=reference, reason=body.reason)
    return Status(204, None)


def _file(found: Evidence) -> dict[str, Any]:
    return paper(found) or {}


def _paper(record: PaperRecord) -> dict[str, Any]:
    shows = [{"sort": each.sort.value, "code": each.code, "current": each.current} for each in record.shows]
    return {**_file(record.paper), "shows": shows}
