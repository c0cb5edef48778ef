"""What the caller was told, and how she wants to be told, over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked
from inward.kit import clock
from inward.notices import operations, queries
from inward.notices.queries import LetterView
from inward.notices.vocabulary import Pace

area = Area("notices", tag="messages")


class NoticeOut(Schema):
    """Something the caller was told; subject and body are those of the letter, empty where none went out."""

    id: str
    code: str
    told_at: str
    state: str
    language: str
    subject: str
    body: str
    facts: dict[str, Any]


class PaceOut(Schema):
    """How the caller wants to be told."""

    pace: str


class PaceIn(Asked):
    """How the caller wants to be told from now on."""

    pace: Pace


@area.list("/notices", item=NoticeOut, spec=queries.NOTICE_LIST, summary="List what I was told")
def notices(request: HttpRequest) -> Found[LetterView]:
    """The caller's own messages, newest first."""
    viewer = actor_of(request)
    return Found(lambda asked: queries.letters(viewer=viewer, params=asked), _notice)


@area.one("/notices/preferences", response=PaceOut, summary="How I want to be told")
def preferences(request: HttpRequest) -> dict[str, str]:
    """At once, once a day or never."""
    return {"pace": queries.pace(viewer=actor_of(request)).value}


@area.change(
    "PUT",
    "/notices/preferences",
    response={204: None},
    summary="Choose how I want to be told",
    example={"pace": "DAILY"},
    shown=preferences,
)
def choose(request: HttpRequest, body: PaceIn) -> Status[None]:
    """From now on; what was told stays readable."""
    by = actor_of(request)
    operations.choose_pace(by=by, at=clock.now(), person=by.person or "", pace=body.pace)
    return Status(204, None)


def _notice(letter: LetterView) -> dict[str, Any]:
    told = letter.notice
    return {
        "id": str(letter.id),
        "code": told.code,
        "told_at": told.created_at.isoformat(),
        "state": told.state.value,
        "language": letter.language,
        "subject": letter.subject,
        "body": letter.body,
        "facts": told.facts,
    }
