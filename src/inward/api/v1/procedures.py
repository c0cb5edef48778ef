"""Standard procedures over HTTP: how a department works, in versions; followed step by step on a case; how the steps fare."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, File, Form, Path, Query, Schema, Status
from ninja.files import UploadedFile

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, DatedEndIn, SourceIn
from inward.api.v1.schemas import Asked, Code, Day, Line, Name, PartyOut, Words, party, period
from inward.desk import operations, procedures, steps
from inward.desk.operations import Upload
from inward.desk.procedures import PROCEDURES, ProcedureRecord, RunView, StepFigures, StepView
from inward.desk.steps import Difference, EvidenceKind, StepRole
from inward.kit import clock

area = Area("cases", room="procedures")

Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
_YEAR = 365


class StepWhenOut(Schema):
    """Asked only where a question of the form, or an earlier step (one of the two), ended with one of these."""

    question: str
    step: str
    answers: list[str]


class StandardStepOut(Schema):
    """A step. `evidence` is what shows that it was done; `unit`, `least` and `most` belong to a number."""

    id: str
    title: str
    words: str
    role: str
    person: str
    when: StepWhenOut | None = None
    evidence: str
    unit: str
    least: str | None = None
    most: str | None = None
    blocks: bool


class StandardProcedureOut(Schema):
    """A version of a standard procedure. `review_by` is the day by which it is to be looked at again."""

    code: str
    supplier: PartyOut
    name: str
    words: str
    owner: PartyOut
    review_by: str
    overdue: bool
    requests: list[str]
    steps: list[StandardStepOut]
    valid_from: str | None = None
    valid_until: str | None = None


class StandardProcedureVersionOut(StandardProcedureOut):
    """A version as it was believed, since and until when (null: still), and on whose word. `key` names it in comparisons."""

    key: str
    known_from: str
    known_until: str | None = None
    source: str


class ProcedureSheetOut(Schema):
    """Every version as it was ever believed, the latest first."""

    versions: list[StandardProcedureVersionOut]


class ProcedureDifferenceOut(Schema):
    """What became of a step: ADDED, REMOVED, CHANGED (in which `fields`) or MOVED."""

    change: str
    before: StandardStepOut | None = None
    after: StandardStepOut | None = None
    fields: list[str]


class DifferencesOut(Schema):
    """How the steps of one version differ from those of another."""

    differences: list[ProcedureDifferenceOut]


class StepFiguresOut(Schema):
    """How a step fared: recorded so often, skipped so often (in percent), done within so many working seconds (the median)."""

    step: str
    title: str
    count: int
    skipped: int
    skipped_percent: int
    seconds: int | None = None


class ProcedureFiguresOut(Schema):
    """The steps of all versions, on days from `since` and before `until`."""

    since: str
    until: str
    steps: list[StepFiguresOut]


class RunStepOut(Schema):
    """A step on a case: whether it is asked there (ASKED, UNDECIDED, NOT_ASKED), and what was recorded (`state`: DONE, SKIPPED)."""

    step: StandardStepOut
    need: str
    state: str | None = None
    evidence: str
    message: str | None = Field(default=None, description="The key of the note that has its files.")
    person: PartyOut | None = None
    at: str | None = None
    seconds: int | None = Field(default=None, description="Working time since what was recorded before it.")
    signed_by: PartyOut | None = None
    signed_at: str | None = None
    in_the_way: bool = Field(description="The case is not solved before this is done.")


class RunOut(Schema):
    """A procedure on a case, by the version of the day it was opened."""

    procedure: str
    name: str
    valid_from: str | None = None
    left: int
    steps: list[RunStepOut]


class RunsOut(Schema):
    """The procedures that are followed on a case."""

    runs: list[RunOut]


class StepWhenIn(Asked):
    """Asked only where a question, or a step before this one (one of the two), ended with one of these."""

    question: str = Field(default="", max_length=200)
    step: str = Field(default="", max_length=steps.ID_LENGTH_MAX)
    answers: list[Line] = Field(min_length=1, max_length=60)


class StepIn(Asked):
    """A step; it blocks solving the case unless that is said otherwise."""

    id: str = Field(min_length=1, max_length=steps.ID_LENGTH_MAX)
    title: Name
    words: Words = ""
    role: StepRole = StepRole.CASE_HANDLER
    person: str = Field(default="", max_length=120)
    when: StepWhenIn | None = None
    evidence: EvidenceKind = EvidenceKind.NONE
    unit: str = Field(default="", max_length=steps.UNIT_LENGTH_MAX)
    least: str | None = Field(default=None, max_length=40)
    most: str | None = Field(default=None, max_length=40)
    blocks: bool = True


class StandardProcedureIn(SourceIn):
    """How a department works from a day on; `valid_from` is left out only for the first version there is."""

    supplier: Code
    name: Name
    words: Words = ""
    owner: Code
    review_by: Day
    requests: list[Code] = Field(default_factory=list, max_length=operations.REQUESTS_MAX)
    steps: list[StepIn] = Field(min_length=1, max_length=steps.STEPS_MAX)
    valid_from: Day | None = None


class ComparedIn(Asked):
    """Two versions, by their keys."""

    one: int = Field(ge=0, lt=2**63)
    other: int = Field(ge=0, lt=2**63)


class DaysIn(Asked):
    """Days from `since` and before `until`; left out: the year up to today."""

    since: Day | None = None
    until: Day | None = None


class StepNamedIn(Asked):
    """Which step of which procedure."""

    procedure: Code
    step: str = Field(min_length=1, max_length=steps.ID_LENGTH_MAX)


class StepDoneIn(StepNamedIn):
    """That it was done, with the words or the number it wants."""

    evidence: Words = ""


class StepWordsIn(StepNamedIn):
    """A step, and why."""

    words: Words


@area.list(
    "/standard-procedures", item=StandardProcedureOut, spec=PROCEDURES, summary="List standard procedures", own=[ON]
)
def listed(request: HttpRequest) -> Found[ProcedureRecord]:
    """Those of a day that one keeps or works by."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(
        lambda params: procedures.procedures(viewer=viewer, at=at, on=on, params=params),
        lambda row: _procedure(row, at.date()),
    )


@area.one("/standard-procedures/{code}", response=ProcedureSheetOut, summary="One standard procedure")
def one(request: HttpRequest, code: str) -> dict[str, Any]:
    """Its versions, for those who keep it or work by it."""
    at = clock.now()
    found = procedures.versions(viewer=actor_of(request), at=at, code=code)
    return {"versions": [_version(each, at.date()) for each in found]}


@area.get(
    "/standard-procedures/{code}/differences", response=DifferencesOut, summary="Compare two versions of a procedure"
)
def differences(request: HttpRequest, code: str, asked: Query[ComparedIn]) -> dict[str, Any]:
    """Step by step, from `one` to `other`."""
    viewer = actor_of(request)
    found = procedures.compared(viewer=viewer, at=clock.now(), code=code, one=asked.one, other=asked.other)
    return {"differences": [_difference(each) for each in found]}


@area.get(
    "/standard-procedures/{code}/figures", response=ProcedureFiguresOut, summary="Where steps are skipped or slow"
)
def figures(request: HttpRequest, code: str, asked: Query[DaysIn]) -> dict[str, Any]:
    """Every step of every version. Confidential cases count only for those who are told of them."""
    at = clock.now()
    until = asked.until or date.fromordinal(at.date().toordinal() + 1)
    since = asked.since or date.fromordinal(max(1, until.toordinal() - _YEAR))
    found = procedures.figures(viewer=actor_of(request), at=at, code=code, since=since, until=until)
    return {"since": since.isoformat(), "until": until.isoformat(), "steps": [_figures(each) for each in found]}


@area.change(
    "PUT",
    "/standard-procedures/{code}",
    response={204: None},
    summary="Set a standard procedure",
    example={
        "supplier": "abc-it",
        "name": "Hand out a laptop",
        "owner": "tor-bergli",
        "review_by": "2027-06-01",
        "requests": [],
        "steps": [
            {"id": "cells", "title": "Measure the cells", "evidence": "VALUE", "unit": "V", "least": "11.1"},
            {"id": "check", "title": "Check it", "evidence": "SIGNED"},
        ],
        "valid_from": "2027-01-01",
    },
    shown=one,
)
def set_procedure(request: HttpRequest, code: Path[Code], body: StandardProcedureIn) -> Status[None]:
    """From a day on; what was opened before goes on by the version of its day."""
    said = body.model_dump(mode="python", exclude={"steps"})
    listed_steps = body.model_dump(mode="json", include={"steps"})["steps"]
    operations.set_procedure(by=actor_of(request), at=clock.now(), code=code, steps=listed_steps, **said)
    return Status(204, None)


@area.change(
    "POST",
    "/standard-procedures/{code}/end",
    response={204: None},
    summary="End a standard procedure",
    example={"valid_until": "2027-07-01"},
    shown=one,
)
def end_procedure(request: HttpRequest, code: Path[Code], body: DatedEndIn) -> Status[None]:
    """From that day on it is followed no more on what is opened."""
    operations.end_procedure(
        by=actor_of(request), at=clock.now(), code=code, valid_until=body.valid_until, source=body.source
    )
    return Status(204, None)


@area.one("/cases/{reference}/procedures", response=RunsOut, summary="The procedures on a case")
def runs(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """With what was recorded, for whoever handles the case."""
    found = procedures.runs(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {"runs": [_run(each) for each in found]}


_NAMED = {"procedure": "laptop-out", "step": "cells"}


@area.change(
    "POST",
    "/cases/{reference}/steps/done",
    response={204: None},
    summary="Say that a step was done",
    example={**_NAMED, "evidence": "12.1"},
    seen=runs,
)
def do_step(request: HttpRequest, reference: Reference, body: StepDoneIn) -> Status[None]:
    """With the words or the number it wants. What wants a file comes by `/steps/files`."""
    operations.do_step(by=actor_of(request), at=clock.now(), case=reference, **dict(body))
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/steps/files",
    response={204: None},
    summary="Say that a step was done, with files",
    seen=runs,
)
def do_step_with_files(
    request: HttpRequest, reference: Reference, files: File[list[UploadedFile]], how: Form[StepDoneIn]
) -> Status[None]:
    """They are kept as a note of the case."""
    uploads = [Upload(each.name or "", each.read()) for each in files]
    operations.do_step(by=actor_of(request), at=clock.now(), case=reference, uploads=uploads, **dict(how))
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/steps/skip",
    response={204: None},
    summary="Skip a step",
    example={**_NAMED, "words": "No cells left."},
    seen=runs,
)
def skip_step(request: HttpRequest, reference: Reference, body: StepWordsIn) -> Status[None]:
    """Saying why. One that blocks is skipped by who owns the procedure, or by a service owner."""
    operations.skip_step(by=actor_of(request), at=clock.now(), case=reference, **dict(body))
    return Status(204, None)


@area.change(
    "POST", "/cases/{reference}/steps/sign", response={204: None}, summary="Sign a step", example=_NAMED, seen=runs
)
def sign_step(request: HttpRequest, reference: Reference, body: StepNamedIn) -> Status[None]:
    """By somebody else than who did it."""
    operations.sign_step(by=actor_of(request), at=clock.now(), case=reference, **dict(body))
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/steps/take-back",
    response={204: None},
    summary="Take a step back",
    example={**_NAMED, "words": "It was another one."},
    seen=runs,
)
def take_step_back(request: HttpRequest, reference: Reference, body: StepWordsIn) -> Status[None]:
    """It is to be done again; the history of the case keeps both."""
    operations.take_step_back(by=actor_of(request), at=clock.now(), case=reference, **dict(body))
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _procedure(record: ProcedureRecord, today: date) -> dict[str, Any]:
    return {
        "code": record.code,
        "supplier": party(record.supplier),
        "name": record.name,
        "words": record.words,
        "owner": party(record.owner),
        "review_by": record.review_by.isoformat(),
        "overdue": record.overdue(today),
        "requests": list(record.requests),
        "steps": steps.as_json(record.steps),
        **period(record.period),
    }


def _version(record: ProcedureRecord, today: date) -> dict[str, Any]:
    return {
        **_procedure(record, today),
        "key": str(record.key),
        "known_from": record.known_from.isoformat(),
        "known_until": record.known_until.isoformat() if record.known_until else None,
        "source": record.source,
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "change": each.change.value,
        "before": None if each.before is None else steps.as_json([each.before])[0],
        "after": None if each.after is None else steps.as_json([each.after])[0],
        "fields": list(each.fields),
    }


def _figures(each: StepFigures) -> dict[str, Any]:
    return {
        "step": each.step,
        "title": each.title,
        "count": each.count,
        "skipped": each.skipped,
        "skipped_percent": each.skipped_percent,
        "seconds": each.seconds,
    }


def _run(run: RunView) -> dict[str, Any]:
    since = run.procedure.period.start
    return {
        "procedure": run.procedure.code,
        "name": run.procedure.name,
        "valid_from": None if since is None else since.isoformat(),
        "left": run.left,
        "steps": [_step(each) for each in run.steps],
    }


def _step(view: StepView) -> dict[str, Any]:
    return {
        "step": steps.as_json([view.step])[0],
        "need": view.need.value,
        "state": None if view.state is None else view.state.value,
        "evidence": view.evidence,
        "message": None if view.message is None else str(view.message),
        "person": party(view.person),
        "at": None if view.at is None else view.at.isoformat(),
        "seconds": view.seconds,
        "signed_by": party(view.signed_by),
        "signed_at": None if view.signed_at is None else view.signed_at.isoformat(),
        "in_the_way": view.in_the_way,
    }
