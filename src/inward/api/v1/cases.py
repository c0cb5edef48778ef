"""Cases over HTTP: asked, read with their clocks and why, written in by both sides, handled, handed over, solved.

Acts that change how a case stands take the ``version`` that was read, if one likes; where it moved meanwhile the answer is 409 with
how it stands now. What a confidential case tells to whom is decided by the room, not here.
"""

from collections.abc import Mapping
from fractions import Fraction
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Field, File, Form, Header, Path, Schema, Status
from ninja.files import UploadedFile

from inward.access import queries as access
from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import (
    CODE_LENGTH_MAX,
    Asked,
    Code,
    Day,
    Line,
    Name,
    PartyOut,
    ReasonOut,
    party,
    place_named,
    reason,
)
from inward.core.promises import Chain, Run, told
from inward.core.terms import Reason, Refusal, exact_text
from inward.desk import cases, operations
from inward.desk.cases import CaseRow, CaseView, HappenedView, LinkView, MessageView, TaskView
from inward.desk.casewords import TEXT_LENGTH_MAX, Channel, Impact, LinkKind, TaskState, Urgency
from inward.desk.operations import Ask, Upload
from inward.desk.vocabulary import HoldReason
from inward.kit import clock, files

area = Area("cases")

Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Text = Annotated[str, Field(max_length=TEXT_LENGTH_MAX, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Seen = Annotated[
    int | None, Field(ge=1, le=2**31 - 1, description="The version one looked at; null: it does not matter.")
]
CaseKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
_OWN = (
    listing.parameter(
        "which",
        {"type": "string", "enum": ["asked", "served", "under_way"], "default": "asked"},
        "What one asked or follows; what is asked of departments one serves for; of that what is under way, due first on top.",
    ),
    listing.parameter("text", {"type": "string"}, "Words of a case, or its number."),
)
WHICH = ("asked", "served", "under_way")


class CaseRowOut(Schema):
    """A case in a list. `turn` says whose turn it is; `due_at` is the earliest of what is promised and still runs."""

    reference: str
    number: int
    kind: str
    subject: str
    queue: PartyOut
    supplier: PartyOut
    confidential: bool
    customer: PartyOut
    person: PartyOut | None = None
    owner: PartyOut | None = None
    state: str
    turn: str
    waits_for: str | None = None
    until: str | None = None
    impact: str
    urgency: str
    priority: str
    standing: str
    standing_kind: str
    channel: str
    opened_at: str
    changed_at: str
    due_at: str | None = None
    due_measure: str | None = None
    missed: bool
    solved_at: str | None = None
    closed_at: str | None = None
    solved: bool | None = Field(None, description="What whoever asked says; null: nothing yet.")
    version: int


class CaseFileOut(Schema):
    """A file that came with a message; its bytes are read under `/cases/{reference}/files/{file}`."""

    file: str
    name: str
    media_type: str
    size: int


class MessageOut(Schema):
    """What somebody wrote. `note` is read by the service alone; `text` is empty where it was forgotten."""

    key: str
    at: str
    person: PartyOut | None = None
    side: str
    note: bool
    text: str
    files: list[CaseFileOut]
    joined_from: int | None = Field(None, description="The number of the joined case in which it was written.")
    fresh: bool = Field(description="Whether the caller has not read it before.")


class CaseEventOut(Schema):
    """Something that happened, and who did it; null for the house itself, and for whoever was forgotten."""

    at: str
    act: str
    who: str | None = None
    facts: dict[str, Any]


class CaseClockOut(Schema):
    """One clock, replayed from what happened: minutes are working time as decimal text or a fraction; and why it is due then."""

    measure: str
    state: str
    started: str
    stopped: str | None = None
    due: str | None = Field(None, description="Null while it stands still.")
    missed_at: str | None = None
    minutes: str
    minutes_passed: str
    minutes_held: str
    why: list[ReasonOut]


class AwaitedTaskOut(Schema):
    """A task that another one waits for."""

    task: str
    title: str
    case_number: int
    owner: PartyOut | None = None
    due_on: str | None = None
    state: str


class CaseTaskOut(Schema):
    """A task of a case; `awaited_by` are the owners of tasks that wait for it, `waits_past_day` says that what it waits for is due after
    its own day, and `needed_by` is the first day on which a task is due that waits for it, where that is before its own.
    """

    task: str
    title: str
    owner: PartyOut | None = None
    due_on: str | None = None
    state: str
    blocks: bool
    ended_at: str | None = None
    waits_for: AwaitedTaskOut | None = None
    awaited_by: list[PartyOut]
    waits_past_day: bool
    needed_by: str | None = None


class CaseLinkOut(Schema):
    """Another case that this one belongs to; `out` is false where the word reads from that one to this one."""

    kind: str
    out: bool
    case: CaseRowOut


class CaseAnswerOut(Schema):
    """A question of the form, and what was answered."""

    question: str
    label: str
    answer: str


class PromisedOut(Schema):
    """The version of the service promise that holds."""

    code: str
    name: str
    supplier: PartyOut
    valid_from: str | None = None


class CaseTakenOut(Schema):
    """Working time of somebody else's part that was used."""

    place: PartyOut
    minutes: str


class CaseLegOut(Schema):
    """A place on the way of a case: its part of the time to solve, what it used of it, what it used beyond it of whose part, and
    what in nobody's (`beyond`). In minutes of working time.
    """

    place: PartyOut
    minutes: str
    minutes_used: str
    taken: list[CaseTakenOut]
    beyond: str


class CaseChainOut(Schema):
    """How the case went along the places its promise rests on. The part of `holder`, who has it now, lasts until `lasts_until`
    (null: it is used up, stands still or is over).
    """

    legs: list[CaseLegOut]
    holder: PartyOut
    lasts_until: str | None = None


class CaseOut(Schema):
    """A case with everything about it that the caller may read, and what the caller may do."""

    case: CaseRowOut
    opened_by: PartyOut | None = None
    request_type: PartyOut | None = None
    answers: list[CaseAnswerOut]
    grounds: list[ReasonOut]
    promise: PromisedOut | None = None
    clocks: list[CaseClockOut]
    chain: CaseChainOut | None = Field(default=None, description="For the service alone.")
    thread: list[MessageOut]
    events: list[CaseEventOut]
    tasks: list[CaseTaskOut]
    links: list[CaseLinkOut]
    watchers: list[PartyOut]
    concerned: list[PartyOut]
    solved_words: str
    order: str | None = None
    equipment: PartyOut | None = Field(default=None, description="The thing it is about, for the service alone.")
    joined_to: CaseRowOut | None = None
    parent: CaseRowOut | None = None
    parts: list[CaseRowOut]
    minutes_spent: int
    unnamed: bool = Field(description="Whether it was written without a name: nobody knows by whom.")
    may: dict[str, bool] = Field(description="`handle`: act for the service; `speak`: act as whoever asked.")


class OwnTaskOut(Schema):
    """A task of the caller's; `case` only where the caller sees it."""

    task: CaseTaskOut
    supplier: PartyOut
    case: CaseRowOut | None = None


class OwnTasksOut(Schema):
    """The caller's open tasks, what is due first on top."""

    tasks: list[OwnTaskOut]


class CaseReceiptOut(Schema):
    """Where a new case is found; `again` marks the same submission once more."""

    reference: str
    number: int
    again: bool


class CaseStandsOut(Schema):
    """How a case stands after an act, and its version for the next one."""

    state: str
    turn: str
    version: int


class MadeCaseOut(Schema):
    """The reference of a case that was made."""

    reference: str


class MadeTaskOut(Schema):
    """The reference of a task that was made."""

    task: str


class WrittenOut(Schema):
    """The key of a message."""

    key: str


class CaseIn(Asked):
    """What is asked: of a queue, or by a request type; for oneself, or for a `customer` by code.

    `subject` and `text` may be left to the form of the request type. `follows` is a case that cannot be opened again.
    """

    queue: str = Field(default="", max_length=CODE_LENGTH_MAX)
    request_type: str = Field(default="", max_length=CODE_LENGTH_MAX)
    subject: Line = ""
    text: Text = ""
    answers: dict[str, str | int | None] = Field(default_factory=dict, max_length=40)
    customer: Code | None = None
    concerned: list[Code] = Field(default_factory=list, max_length=20)
    impact: Impact | None = None
    urgency: Urgency | None = None
    channel: Literal["PAGE", "PHONE", "WALK_IN", "PROGRAM"] = "PROGRAM"
    follows: str = Field(default="", pattern=r"^[A-Za-z0-9_-]{0,32}$")
    order: str = Field(default="", pattern=r"^[A-Za-z0-9_-]{0,32}$")


class MessageIn(Asked):
    """What one writes."""

    text: Text


class WriteIn(MessageIn):
    """What whoever asked writes; `again` says that it is not solved after all."""

    again: bool = False


class FilesIn(Asked):
    """What comes with files: words, and as what they are written."""

    text: Text
    write_as: Literal["CUSTOMER", "ANSWER", "NOTE"] = "CUSTOMER"


class SeenIn(Asked):
    """Which version one looked at."""

    version: Seen = None


class AssignIn(SeenIn):
    """Whose it is from now on; null puts it back to everybody."""

    owner: Code | None


class HandOverIn(SeenIn):
    """To which queue, and why."""

    queue: Code
    words: Text


class PauseIn(SeenIn):
    """Why it waits; `words` are the question where it waits for whoever asked. `until` only for an agreed day."""

    reason: HoldReason
    words: Text = ""
    until: Day | None = None


class WeighIn(SeenIn):
    """How many cannot work, and how long it can wait."""

    impact: Impact
    urgency: Urgency


class WordsIn(SeenIn):
    """Words to go with it."""

    words: Text


class RenameIn(Asked):
    """What it is about."""

    subject: Name


class CaseConfirmIn(Asked):
    """Whether it is solved; a no says why."""

    solved: bool
    words: str = Field(default="", max_length=1000)


class CaseWhyIn(Asked):
    """Why, if one likes."""

    words: Text = ""


class ReopenIn(Asked):
    """Why it is not solved."""

    words: Text


class JoinIn(SeenIn):
    """Into which case."""

    into: CaseKey


class PartIn(SeenIn):
    """Which messages, by key, and what the new case is about."""

    messages: list[Annotated[str, Field(pattern=r"^\d{1,19}$")]] = Field(min_length=1, max_length=200)
    subject: Name


class LinkIn(Asked):
    """Which case, and how this one belongs to it."""

    other: CaseKey
    kind: LinkKind


class AskOthersIn(Asked):
    """What is asked of which queue."""

    queue: Code
    subject: Name
    text: Text


class WatchIn(Asked):
    """Who, by code."""

    person: Code


class CaseTaskIn(Asked):
    """A piece of work, whose, until when; `blocks`: the case is not solved before."""

    title: Name
    owner: Code | None = None
    due_on: Day | None = None
    blocks: bool = False


class CaseTaskGivenIn(Asked):
    """Whose it is from now on (null: nobody's), and by when."""

    owner: Code | None
    due_on: Day | None = None


class CaseTaskEndIn(Asked):
    """How it stands from now on."""

    state: TaskState


class CaseTaskWaitsIn(Asked):
    """For which task it waits; null: for none any more."""

    other: CaseKey | None


class SpendIn(Asked):
    """How many minutes, on which day (today, when left out), at what."""

    minutes: int = Field(ge=1, le=1440)
    on: Day | None = None
    words: Line = ""


# --- read --------------------------------------------------------------------------------------------------------------


@area.list("/cases", item=CaseRowOut, spec=cases.CASES, summary="List cases", own=_OWN)
def listed(request: HttpRequest) -> Found[CaseRow]:
    """What one asked or follows; or what one serves, the latest first, and of that what is under way, what is due first on top."""
    viewer, at, which = actor_of(request), clock.now(), request.GET.get("which") or "asked"
    if which not in WHICH:
        raise Refusal(Reason.of("value_not_among", expected=", ".join(WHICH)), where="which")
    text = request.GET.get("text", "")

    def found(params: Mapping[str, str]) -> Any:
        asked = {**params, "text": text}
        if which == "asked":
            return cases.asked(viewer=viewer, at=at, params=asked)
        return cases.served(viewer=viewer, at=at, params=asked, under_way=which == "under_way")

    return Found(found, _row)


@area.one("/cases/{reference}", response=CaseOut, summary="One case")
def one(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """Thread, promise, clocks with why, what happened. Whoever asked reads no notes, tasks or time of the service."""
    return _case(cases.case(viewer=actor_of(request), at=clock.now(), reference=reference))


@area.get(
    "/cases/{reference}/files/{file}",
    response={200: None},
    summary="Read a file of a case",
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
def file(request: HttpRequest, reference: Reference, file: Reference) -> HttpResponseBase:
    """Its bytes, to be saved; never shown inside a page."""
    found = cases.file(viewer=actor_of(request), at=clock.now(), reference=reference, file=file)
    return files.given(files.read(found), name=found.name, found="application/octet-stream")


# --- asked and written -------------------------------------------------------------------------------------------------


@area.change(
    "POST",
    "/cases",
    response={201: CaseReceiptOut, 200: CaseReceiptOut},
    summary="Ask for help",
    example={"queue": "it", "subject": "The till", "text": "The till does not start."},
    kept=False,
)
def open_case(
    request: HttpRequest, body: CaseIn, idempotency_key: Header[Annotated[str, Field(min_length=1, max_length=200)]]
) -> Status[dict[str, Any]]:
    """201 when it is new, 200 for the same submission again. Files are brought to it afterwards."""
    said = body.model_dump(exclude={"channel", "answers"})
    answers: dict[str, object] = {name: value for name, value in body.answers.items() if value is not None}
    receipt = operations.open_case(
        by=actor_of(request),
        at=clock.now(),
        key=idempotency_key,
        ask=Ask(**said, answers=answers, channel=Channel(body.channel)),
    )
    made = {"reference": receipt.reference, "number": receipt.number, "again": receipt.again}
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, made)


@area.change(
    "POST",
    "/cases/{reference}/write",
    response={201: WrittenOut},
    summary="Write as whoever asked",
    example={"text": "It still does not start."},
)
def write(request: HttpRequest, reference: Reference, body: WriteIn) -> Status[dict[str, str]]:
    """To the service. What waited for whoever asked goes on."""
    key = operations.write(by=actor_of(request), at=clock.now(), case=reference, text=body.text, again=body.again)
    return Status(201, {"key": str(key)})


@area.change(
    "POST",
    "/cases/{reference}/answer",
    response={201: WrittenOut},
    summary="Answer as the service",
    example={"text": "Switch it off and on."},
)
def answer(request: HttpRequest, reference: Reference, body: MessageIn) -> Status[dict[str, str]]:
    """Read by both sides. Whoever answers what nobody has takes it on."""
    key = operations.answer(by=actor_of(request), at=clock.now(), case=reference, text=body.text)
    return Status(201, {"key": str(key)})


@area.change(
    "POST",
    "/cases/{reference}/note",
    response={201: WrittenOut},
    summary="Note what only the service reads",
    example={"text": "Asked the supplier. @tor-dahl knows him."},
)
def note(request: HttpRequest, reference: Reference, body: MessageIn) -> Status[dict[str, str]]:
    """It moves no clock; `@code` of a case handler tells that person."""
    key = operations.note_down(by=actor_of(request), at=clock.now(), case=reference, text=body.text)
    return Status(201, {"key": str(key)})


@area.change("POST", "/cases/{reference}/files", response={201: WrittenOut}, summary="Write with files")
def bring_files(
    request: HttpRequest, reference: Reference, files: File[list[UploadedFile]], how: Form[FilesIn]
) -> Status[dict[str, str]]:
    """PDF, pictures, text, tables and documents without macros, told by what is in them; with words, as one message."""
    act = {"CUSTOMER": operations.write, "ANSWER": operations.answer, "NOTE": operations.note_down}[how.write_as]
    uploads = [Upload(each.name or "", each.read()) for each in files]
    key = act(by=actor_of(request), at=clock.now(), case=reference, text=how.text, uploads=uploads)
    return Status(201, {"key": str(key)})


@area.change("POST", "/cases/{reference}/read", response={204: None}, summary="Say that one has read a case")
def read(request: HttpRequest, reference: Reference) -> Status[None]:
    """Everything that stands in it now."""
    operations.mark_read(by=actor_of(request), at=clock.now(), case=reference)
    return Status(204, None)


@area.change(
    "POST", "/cases/{reference}/watch", response={204: None}, summary="Follow a case", example={"person": "maya-lund"}
)
def watch(request: HttpRequest, reference: Reference, body: WatchIn) -> Status[None]:
    """The person reads what both sides read. Nobody follows a confidential case."""
    operations.watch(by=actor_of(request), at=clock.now(), case=reference, person=body.person)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/unwatch",
    response={204: None},
    summary="Follow a case no longer",
    example={"person": "maya-lund"},
)
def unwatch(request: HttpRequest, reference: Reference, body: WatchIn) -> Status[None]:
    """Oneself, or somebody else as whoever asked or as the service."""
    operations.unwatch(by=actor_of(request), at=clock.now(), case=reference, person=body.person)
    return Status(204, None)


# --- handled -----------------------------------------------------------------------------------------------------------


@area.change(
    "POST",
    "/cases/{reference}/assign",
    response=CaseStandsOut,
    summary="Say whose a case is",
    example={"owner": "tor-dahl", "version": 1},
)
def assign(request: HttpRequest, reference: Reference, body: AssignIn) -> dict[str, Any]:
    """Oneself takes it on at once; a colleague takes it on by acting."""
    operations.assign(by=actor_of(request), at=clock.now(), case=reference, owner=body.owner, seen=body.version)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/hand-over",
    response={204: None},
    summary="Hand a case to another queue",
    example={"queue": "facilities", "words": "It is the socket, not the till."},
)
def hand_over(request: HttpRequest, reference: Reference, body: HandOverIn) -> Status[None]:
    """What was promised goes on, on the calendar of whoever serves now. One may not see it any more."""
    by, at = actor_of(request), clock.now()
    operations.hand_over(by=by, at=at, case=reference, queue=body.queue, words=body.words, seen=body.version)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/pause",
    response=CaseStandsOut,
    summary="Let a case wait",
    example={"reason": "CUSTOMER", "words": "Which till is it?"},
)
def pause(request: HttpRequest, reference: Reference, body: PauseIn) -> dict[str, Any]:
    """Clocks stand still as far as the promise says for that reason."""
    operations.pause(
        by=actor_of(request),
        at=clock.now(),
        case=reference,
        reason=body.reason,
        words=body.words,
        until=body.until,
        seen=body.version,
    )
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/resume",
    response=CaseStandsOut,
    summary="Go on with what waited",
    example={"version": 2},
)
def resume(request: HttpRequest, reference: Reference, body: SeenIn) -> dict[str, Any]:
    """Its clocks run on."""
    operations.resume(by=actor_of(request), at=clock.now(), case=reference, seen=body.version)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/weigh",
    response=CaseStandsOut,
    summary="Say how urgent a case is",
    example={"impact": "SOME", "urgency": "NOW"},
)
def weigh(request: HttpRequest, reference: Reference, body: WeighIn) -> dict[str, Any]:
    """Priority follows from both, and with it what is due when; what was missed stays missed."""
    operations.weigh(
        by=actor_of(request),
        at=clock.now(),
        case=reference,
        impact=body.impact,
        urgency=body.urgency,
        seen=body.version,
    )
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/promise-anew",
    response=CaseStandsOut,
    summary="Let today's promise hold for a case",
    example={"words": "Agreed with the department."},
)
def promise_anew(request: HttpRequest, reference: Reference, body: WordsIn) -> dict[str, Any]:
    """In place of the version it was opened with."""
    by, at = actor_of(request), clock.now()
    operations.promise_anew(by=by, at=at, case=reference, words=body.words, seen=body.version)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/rename",
    response={204: None},
    summary="Call a case otherwise",
    example={"subject": "Till 4 does not start"},
)
def rename(request: HttpRequest, reference: Reference, body: RenameIn) -> Status[None]:
    """So that others find it."""
    operations.rename(by=actor_of(request), at=clock.now(), case=reference, subject=body.subject)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/solve",
    response=CaseStandsOut,
    summary="Say that a case is solved",
    example={"words": "A new cable; it runs again.", "version": 3},
)
def solve(request: HttpRequest, reference: Reference, body: WordsIn) -> dict[str, Any]:
    """And how. Whoever asked is asked whether it is; refused where blocking tasks or parts are not done."""
    by, at = actor_of(request), clock.now()
    operations.solve(by=by, at=at, case=reference, words=body.words, seen=body.version)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/confirm",
    response=CaseStandsOut,
    summary="Say as whoever asked whether it is solved",
    example={"solved": False, "words": "It stopped again."},
)
def confirm(request: HttpRequest, reference: Reference, body: CaseConfirmIn) -> dict[str, Any]:
    """Yes closes it; no, with a word why, opens it again with its clock."""
    by, at = actor_of(request), clock.now()
    operations.confirm(by=by, at=at, case=reference, solved=body.solved, words=body.words)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/reopen",
    response=CaseStandsOut,
    summary="Open a case again as the service",
    example={"words": "The cable was not it."},
)
def reopen(request: HttpRequest, reference: Reference, body: ReopenIn) -> dict[str, Any]:
    """What was called solved too early. Whoever asked says so by `confirm` or by `write` with `again`."""
    operations.open_again(by=actor_of(request), at=clock.now(), case=reference, words=body.words)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/withdraw",
    response=CaseStandsOut,
    summary="Ask no longer",
    example={"words": "It works again by itself."},
)
def withdraw(request: HttpRequest, reference: Reference, body: CaseWhyIn) -> dict[str, Any]:
    """As whoever asked."""
    operations.withdraw(by=actor_of(request), at=clock.now(), case=reference, words=body.words)
    return _stands(request, reference)


@area.change(
    "POST",
    "/cases/{reference}/time",
    response={204: None},
    summary="Note how long one worked on a case",
    example={"minutes": 20, "words": "On the phone"},
)
def spend(request: HttpRequest, reference: Reference, body: SpendIn) -> Status[None]:
    """Today or on a day before."""
    by, at = actor_of(request), clock.now()
    operations.spend(by=by, at=at, case=reference, minutes=body.minutes, on=body.on, words=body.words)
    return Status(204, None)


# --- with other cases --------------------------------------------------------------------------------------------------


@area.change(
    "POST",
    "/cases/{reference}/join",
    response={204: None},
    summary="Join a case to another",
    example={"into": "c-1a2b3c"},
)
def join(request: HttpRequest, reference: Reference, body: JoinIn) -> Status[None]:
    """It goes on there, with the earlier clock and both threads."""
    operations.join(by=actor_of(request), at=clock.now(), case=reference, into=body.into, seen=body.version)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/part",
    response={201: MadeCaseOut},
    summary="Make a case of its own of some messages",
    example={"messages": ["1"], "subject": "The printer too"},
)
def part(request: HttpRequest, reference: Reference, body: PartIn) -> Status[dict[str, str]]:
    """It has a copy of them and of the clock."""
    made = operations.part(
        by=actor_of(request),
        at=clock.now(),
        case=reference,
        messages=[int(key) for key in body.messages],
        subject=body.subject,
        seen=body.version,
    )
    return Status(201, {"reference": made})


@area.change(
    "POST",
    "/cases/{reference}/link",
    response={204: None},
    summary="Say that a case belongs to another",
    example={"other": "c-1a2b3c", "kind": "RELATED"},
)
def link(request: HttpRequest, reference: Reference, body: LinkIn) -> Status[None]:
    """Who sees only one of them is not told of the other."""
    operations.link(by=actor_of(request), at=clock.now(), case=reference, other=body.other, kind=body.kind)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/unlink",
    response={204: None},
    summary="Say that it does not belong to it",
    example={"other": "c-1a2b3c", "kind": "RELATED"},
)
def unlink(request: HttpRequest, reference: Reference, body: LinkIn) -> Status[None]:
    """After all."""
    operations.unlink(by=actor_of(request), at=clock.now(), case=reference, other=body.other, kind=body.kind)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/parts",
    response={201: MadeCaseOut},
    summary="Ask another department for a part",
    example={"queue": "facilities", "subject": "A socket", "text": "The socket at till 4 is dead."},
)
def ask_others(request: HttpRequest, reference: Reference, body: AskOthersIn) -> Status[dict[str, str]]:
    """A case of its own with a promise of its own; this one is not solved before it is."""
    by, at = actor_of(request), clock.now()
    made = operations.ask_others(by=by, at=at, case=reference, queue=body.queue, subject=body.subject, text=body.text)
    return Status(201, {"reference": made})


# --- tasks -------------------------------------------------------------------------------------------------------------


@area.change(
    "POST",
    "/cases/{reference}/tasks",
    response={201: MadeTaskOut},
    summary="Add a task to a case",
    example={"title": "Order a cable", "owner": "tor-dahl", "due_on": "2027-01-15", "blocks": True},
)
def add_task(request: HttpRequest, reference: Reference, body: CaseTaskIn) -> Status[dict[str, str]]:
    """Its owner is told."""
    made = operations.add_task(
        by=actor_of(request),
        at=clock.now(),
        case=reference,
        title=body.title,
        owner=body.owner,
        due_on=body.due_on,
        blocks=body.blocks,
    )
    return Status(201, {"task": made})


@area.change(
    "POST",
    "/cases/{reference}/tasks/{task}/give",
    response={204: None},
    summary="Say whose a task is and by when",
    example={"owner": "tor-dahl", "due_on": "2027-01-15"},
)
def give_task(request: HttpRequest, reference: Reference, task: Reference, body: CaseTaskGivenIn) -> Status[None]:
    """Whoever waits for it is told where the day is later than it was."""
    by, at = actor_of(request), clock.now()
    operations.give_task(by=by, at=at, case=reference, task=task, owner=body.owner, due_on=body.due_on)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/tasks/{task}/end",
    response={204: None},
    summary="Say how a task stands",
    example={"state": "DONE"},
)
def end_task(request: HttpRequest, reference: Reference, task: Reference, body: CaseTaskEndIn) -> Status[None]:
    """Done, not needed any more, or to do again after all. Whoever waits for it is told."""
    operations.end_task(by=actor_of(request), at=clock.now(), case=reference, task=task, state=body.state)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/tasks/{task}/wait",
    response={204: None},
    summary="Let a task wait for another",
    example={"other": "t-1a2b3c"},
)
def wait_for(request: HttpRequest, reference: Reference, task: Reference, body: CaseTaskWaitsIn) -> Status[None]:
    """Of any case that one sees; both owners see it."""
    operations.wait_for(by=actor_of(request), at=clock.now(), case=reference, task=task, other=body.other)
    return Status(204, None)


@area.get("/case-tasks", response=OwnTasksOut, summary="Tasks of one's own")
def own_tasks(request: HttpRequest) -> dict[str, Any]:
    """Those that are open, also of cases one does not see: then with what is to be done, for which department, by when."""
    found = cases.own_tasks(viewer=actor_of(request), at=clock.now())
    return {
        "tasks": [
            {
                "task": _task(each.task),
                "supplier": party(each.supplier),
                "case": None if each.row is None else _row(each.row),
            }
            for each in found
        ]
    }


@area.change("POST", "/case-tasks/{task}/done", response={204: None}, summary="Say that a task of one's own is done")
def do_own_task(request: HttpRequest, task: Reference) -> Status[None]:
    """Whoever waits for it is told."""
    operations.do_own_task(by=actor_of(request), at=clock.now(), task=task)
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _stands(request: HttpRequest, reference: str) -> dict[str, Any]:
    state, turn, version = cases.turn(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {"state": state.value, "turn": turn.value, "version": version}


def _row(row: CaseRow) -> dict[str, Any]:
    parties = ("queue", "supplier", "customer", "person", "owner")
    words = ("kind", "state", "turn", "impact", "urgency", "priority", "standing", "channel")
    instants = ("until", "opened_at", "changed_at", "due_at", "solved_at", "closed_at")
    return {
        "reference": row.reference,
        "number": row.number,
        "subject": row.subject,
        "confidential": row.confidential,
        "standing_kind": row.standing_kind.value,
        "waits_for": None if row.waits_for is None else row.waits_for.value,
        "due_measure": None if row.due_measure is None else row.due_measure.value,
        "missed": row.missed,
        "solved": row.solved,
        "version": row.version,
        **{name: party(getattr(row, name)) for name in parties},
        **{name: getattr(row, name).value for name in words},
        **{name: _iso(getattr(row, name)) for name in instants},
    }


def _case(found: CaseView) -> dict[str, Any]:
    names = access.called({each.subject for each in found.happened})
    promise = found.promise
    return {
        "case": _row(found.row),
        "opened_by": party(found.opened_by),
        "request_type": party(found.request),
        "answers": [
            {"question": question.id, "label": question.label, "answer": said} for question, said in found.answers
        ],
        "grounds": [reason(each) for each in found.grounds],
        "promise": None
        if promise is None
        else {
            "code": promise.code,
            "name": promise.name,
            "supplier": party(promise.supplier),
            "valid_from": _iso(promise.period.start),
        },
        "clocks": [_clock(run) for run in found.runs],
        "chain": None if found.chain is None else _chain(found.chain),
        "thread": [_message(each) for each in found.thread],
        "events": [_event(each, names) for each in found.happened],
        "tasks": [_task(each) for each in found.tasks],
        "links": [_link(each) for each in found.links],
        "watchers": [party(each) for each in found.watchers],
        "concerned": [party(each) for each in found.concerned],
        "solved_words": found.solved_words,
        "order": found.order_reference or None,
        "equipment": party(found.equipment),
        "joined_to": None if found.joined_to is None else _row(found.joined_to),
        "parent": None if found.parent is None else _row(found.parent),
        "parts": [_row(each) for each in found.children],
        "minutes_spent": found.minutes,
        "unnamed": found.unnamed,
        "may": {"handle": bool(found.may_handle), "speak": bool(found.may_speak)},
    }


def _clock(run: Run) -> dict[str, Any]:
    lengths = {"minutes": run.target, "minutes_passed": run.elapsed, "minutes_held": run.held}
    return {
        "measure": run.measure.value,
        "state": run.state.value,
        "started": run.started.isoformat(),
        "stopped": _iso(run.stopped),
        "due": _iso(run.due.at),
        "missed_at": _iso(run.missed_at),
        **{name: _minutes(seconds) for name, seconds in lengths.items()},
        "why": [reason(each) for each in told(run)],
    }


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "legs": [
            {
                "place": place_named(link.place),
                "minutes": _minutes(link.budget),
                "minutes_used": _minutes(link.used),
                "taken": [{"place": place_named(place), "minutes": _minutes(taken)} for place, taken in link.taken],
                "beyond": _minutes(link.beyond),
            }
            for link in chain.links
        ],
        "holder": place_named(chain.holder),
        "lasts_until": _iso(chain.lasts_until),
    }


def _minutes(seconds: Fraction | int) -> str:
    return exact_text(Fraction(seconds) / 60)


def _message(found: MessageView) -> dict[str, Any]:
    return {
        "key": str(found.key),
        "at": found.at.isoformat(),
        "person": party(found.person),
        "side": found.side.value,
        "note": found.note,
        "text": found.text,
        "files": [
            {"file": each.reference, "name": each.name, "media_type": each.media_type, "size": each.size}
            for each in found.files
        ],
        "joined_from": found.joined_from,
        "fresh": found.fresh,
    }


def _event(found: HappenedView, names: Mapping[str, str]) -> dict[str, Any]:
    who = names.get(found.subject)
    return {"at": found.at.isoformat(), "act": found.act.value, "who": who, "facts": dict(found.facts)}


def _task(found: TaskView) -> dict[str, Any]:
    first = found.waits_for
    return {
        "task": found.reference,
        "title": found.title,
        "owner": party(found.owner),
        "due_on": _iso(found.due_on),
        "state": found.state.value,
        "blocks": found.blocks,
        "ended_at": _iso(found.ended_at),
        "waits_for": None
        if first is None
        else {
            "task": first.reference,
            "title": first.title,
            "case_number": first.case,
            "owner": party(first.owner),
            "due_on": _iso(first.due_on),
            "state": first.state.value,
        },
        "awaited_by": [party(each) for each in found.awaited_by],
        "waits_past_day": found.waits_past_day,
        "needed_by": _iso(found.needed_by),
    }


def _link(found: LinkView) -> dict[str, Any]:
    return {"kind": found.kind.value, "out": found.out, "case": _row(found.row)}


def _iso(value: Any) -> str | None:
    return None if value is None else value.isoformat()
