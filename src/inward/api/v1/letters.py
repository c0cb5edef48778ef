"""Letters that came in and wait for a person, and screens on walls, over HTTP."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Field, Path, Schema, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, PartyOut, party
from inward.desk import letters, operations, walls
from inward.desk.letters import LetterRow
from inward.desk.operations.walls import DAYS_MAX
from inward.desk.walls import Screen
from inward.kit import clock, files
from inward.kit.policy import NotThere

area = Area("cases")

Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
_RAW: Final = "message/rfc822"


class LetterOut(Schema):
    """A letter that came in: how it stands, why it was not taken, from whom. `sender` is an address, null where `person` is known here;
    `case_number` is the case it is in or names.
    """

    letter: str
    received_at: str
    kind: str
    state: str
    why: str | None = None
    sender: str | None = None
    person: PartyOut | None = None
    subject: str
    case_number: int | None = None
    case: str | None = Field(None, description="The reference of that case.")
    left_out: list[str] = Field(description="Names of files that came with it and are not taken.")


class LetterSheetOut(LetterOut):
    """The same with its words: what was written now, and all of it with what is quoted; both empty where it was forgotten."""

    text: str
    whole: str
    attachments: list[str]
    may_open: bool = Field(
        description="Whether its sender is known here, so that a case can be opened for that person."
    )


class LetterPutIn(Asked):
    """The number of the case."""

    number: int = Field(ge=1, lt=10**15)


class LetterOpenIn(Asked):
    """Of which queue it is asked."""

    queue: Code


class LetterCaseOut(Schema):
    """The case that was opened with a letter."""

    reference: str
    number: int


class WallScreenOut(Schema):
    """A screen that shows a queue to whoever has its link, until an instant; `subjects`: also what cases are called."""

    screen: str
    queue: PartyOut
    subjects: bool
    made_at: str
    expires_at: str
    link: str


class WallScreensOut(Schema):
    """The screens that show something now."""

    screens: list[WallScreenOut]


class WallScreenIn(Asked):
    """Which queue, for how many days, and whether what cases are called is shown to whoever passes."""

    queue: Code
    days: int = Field(ge=1, le=DAYS_MAX)
    subjects: bool = False


class WallScreenMadeOut(Schema):
    """The reference of a screen that was made."""

    screen: str


# --- letters -----------------------------------------------------------------------------------------------------------


@area.list("/case-letters", item=LetterOut, spec=letters.LETTERS, summary="List letters that were not taken")
def listed(request: HttpRequest) -> Found[LetterRow]:
    """Those that wait for a person, where no `state` is asked for. One that names a case is for who handles that case; one that names
    none for service owners and data administrators.
    """
    viewer, at = actor_of(request), clock.now()
    return Found(lambda params: letters.letters(viewer=viewer, at=at, params=params), _row)


@area.one("/case-letters/{reference}", response=LetterSheetOut, summary="One letter")
def one(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """With its words."""
    found = letters.letter(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {
        **_row(found.row),
        "text": found.text,
        "whole": found.whole,
        "attachments": list(found.attachments),
        "may_open": found.may_open,
    }


@area.get(
    "/case-letters/{reference}/raw",
    response={200: None},
    summary="Read a letter as it came",
    responses={200: {"content": {_RAW: {"schema": {"type": "string", "format": "binary"}}}}},
)
def raw(request: HttpRequest, reference: Reference) -> HttpResponseBase:
    """Its bytes, to be saved; never shown inside a page."""
    found = letters.raw(viewer=actor_of(request), at=clock.now(), reference=reference)
    return files.given(files.read(found), name=found.name, found=_RAW)


@area.change(
    "POST",
    "/case-letters/{reference}/put",
    response={204: None},
    summary="Put a letter into a case",
    example={"number": 100042},
)
def put(request: HttpRequest, reference: Reference, body: LetterPutIn) -> Status[None]:
    """As what its sender wrote, where that person may write there; else as a note. Of a case one handles."""
    operations.put_letter(by=actor_of(request), at=clock.now(), letter=reference, number=body.number)
    return Status(204, None)


@area.change(
    "POST",
    "/case-letters/{reference}/open",
    response={201: LetterCaseOut},
    summary="Open a case with a letter",
    example={"queue": "it"},
)
def open_case(request: HttpRequest, reference: Reference, body: LetterOpenIn) -> Status[dict[str, Any]]:
    """For its sender, where that is a person known here."""
    receipt = operations.open_letter(by=actor_of(request), at=clock.now(), letter=reference, queue=body.queue)
    return Status(HTTPStatus.CREATED.value, {"reference": receipt.reference, "number": receipt.number})


@area.change("POST", "/case-letters/{reference}/aside", response={204: None}, summary="Set a letter aside")
def aside(request: HttpRequest, reference: Reference) -> Status[None]:
    """It needs nothing; it can be taken up again."""
    operations.set_letter_aside(by=actor_of(request), at=clock.now(), letter=reference)
    return Status(204, None)


@area.change("POST", "/case-letters/{reference}/take-up", response={204: None}, summary="Take a letter up again")
def take_up(request: HttpRequest, reference: Reference) -> Status[None]:
    """One that was set aside waits again."""
    operations.take_letter_up(by=actor_of(request), at=clock.now(), letter=reference)
    return Status(204, None)


# --- wall screens ------------------------------------------------------------------------------------------------------


@area.get("/wall-screens", response=WallScreensOut, summary="Wall screens")
def screens(request: HttpRequest) -> dict[str, Any]:
    """Those of queues one keeps, with their links; whoever has a link sees the screen without signing in."""
    viewer, at = actor_of(request), clock.now()
    if not walls.queues_for(viewer=viewer, at=at):
        raise NotThere
    return {"screens": [_screen(each) for each in walls.screens(viewer=viewer, at=at)]}


@area.change(
    "POST",
    "/wall-screens",
    response={201: WallScreenMadeOut},
    summary="Make a wall screen",
    example={"queue": "it", "days": 30},
)
def make(request: HttpRequest, body: WallScreenIn) -> Status[dict[str, str]]:
    """Of a queue one keeps that is not confidential. No names are ever on it."""
    made = operations.make_wall(by=actor_of(request), at=clock.now(), **dict(body))
    return Status(HTTPStatus.CREATED.value, {"screen": made})


@area.change("POST", "/wall-screens/{reference}/end", response={204: None}, summary="End a wall screen")
def end(request: HttpRequest, reference: Reference) -> Status[None]:
    """Its link shows nothing any more."""
    operations.end_wall(by=actor_of(request), at=clock.now(), wall=reference)
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _row(row: LetterRow) -> dict[str, Any]:
    return {
        "letter": row.reference,
        "received_at": row.at.isoformat(),
        "kind": row.kind.value,
        "state": row.state.value,
        "why": None if row.why is None else row.why.value,
        "sender": row.sender or None,
        "person": party(row.person),
        "subject": row.subject,
        "case_number": row.case,
        "case": row.case_reference or None,
        "left_out": list(row.left_out),
    }


def _screen(screen: Screen) -> dict[str, Any]:
    return {
        "screen": screen.reference,
        "queue": party(screen.queue),
        "subjects": screen.subjects,
        "made_at": screen.made_at.isoformat(),
        "expires_at": screen.expires_at.isoformat(),
        "link": settings.INWARD_BASE_URL + reverse("wall", args=[screen.token]),
    }
