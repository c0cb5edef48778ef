"""Service promises over HTTP: what companies and departments promise, who gets which, and by when something would be due.

Lengths are minutes of working time, as decimal text or fractions, or dates on which work is done.
"""

from fractions import Fraction
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Path, Query, Schema, Status
from pydantic import AwareDatetime

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, DatedEndIn, SourceIn
from inward.api.v1.schemas import (
    CODE_LENGTH_MAX,
    Asked,
    Code,
    Day,
    Name,
    PartyOut,
    ReasonOut,
    StandingOut,
    party,
    period,
    place_named,
    reason,
    standing,
)
from inward.core.promises import Run, told
from inward.core.terms import exact_text
from inward.desk import chains, operations, queries, reached
from inward.desk.chains import Part
from inward.desk.promises import as_json
from inward.desk.queries import STANDARDS, StandardRecord
from inward.desk.vocabulary import Priority
from inward.kit import clock

area = Area("catalogue", tag="service promises", room="standards")
_SECONDS = 60


class WithinOut(Schema):
    """Within so many minutes of working time, or so many dates (one of the two) at the same clock or the end of the day."""

    minutes: str | None = None
    dates: int | None = None
    end: str | None = None


class HoldOut(Schema):
    """Which clocks stand still, and for so many minutes of working time at most (null: any)."""

    measures: list[str]
    minutes_max: str | None = None


class ChainShareOut(Schema):
    """A place a promise rests on, and its share of the time to solve: only the ratio to the others counts."""

    place: PartyOut
    share: str


class ChainPartOut(Schema):
    """A place of the chain today: its part of the time to solve in minutes of working time, and whether it promises that to the
    supplier (`promise` and `promised`: by which promise, within how many minutes). Of the supplier itself nothing is asked.
    """

    place: PartyOut
    minutes: str
    own: bool
    promise: str | None = None
    promised: str | None = None
    fits: bool


class StandardOut(Schema):
    """A version of a service promise. `kinds` are the kinds of standing it is for; none: everybody."""

    code: str
    supplier: PartyOut
    name: str
    kinds: list[str]
    targets: dict[str, dict[str, WithinOut]] = Field(description='By measure, then by priority; "" is every other.')
    holds: dict[str, HoldOut] = Field(description="By reason for waiting.")
    grace: bool = Field(description="An answer between closing and the next opening is in time.")
    chain: list[ChainShareOut] = Field(description="The places it rests on, in the order in which they work.")
    valid_from: str | None = None
    valid_until: str | None = None


class StandardVersionOut(StandardOut):
    """A version as it was believed, since and until when (null: still), and on whose word."""

    known_from: str
    known_until: str | None = None
    source: str


class StandardSheetOut(Schema):
    """Every version of a promise as it was ever believed, the latest first."""

    versions: list[StandardVersionOut]
    parts: list[ChainPartOut] = Field(description="The chain of the version that holds today.")


class WithinIn(Asked):
    """Minutes of working time (a number, decimal text or a fraction), or a number of dates."""

    minutes: str | int | None = None
    dates: int | None = None
    end: str | None = None


class HoldIn(Asked):
    """Which clocks stand still for a reason, and for how long at most."""

    measures: list[str] = Field(max_length=10)
    minutes_max: str | int | None = None


class ChainShareIn(Asked):
    """A company or department by code, and its share (a number, decimal text or a fraction)."""

    place: Code
    share: str | int


class StandardIn(SourceIn):
    """What is promised from a day on; `valid_from` is left out only for the first version there is."""

    supplier: Code
    name: Name
    kinds: list[str] = Field(default_factory=list, max_length=20)
    targets: dict[str, dict[str, WithinIn]] = Field(max_length=10)
    holds: dict[str, HoldIn] = Field(default_factory=dict, max_length=10)
    grace: bool = True
    chain: list[ChainShareIn] = Field(default_factory=list, max_length=20)
    valid_from: Day | None = None


class ForeseenIn(Asked):
    """Supplier and customer by code, when it would be opened (now, when left out), and how urgent it would be."""

    supplier: str = Field(max_length=CODE_LENGTH_MAX)
    customer: str = Field(max_length=CODE_LENGTH_MAX)
    start: AwareDatetime | None = None
    priority: Literal["URGENT", "HIGH", "NORMAL", "LOW"] | None = None


class ClockOut(Schema):
    """One clock: by when it is due, when work goes on from there, within how many minutes of working time, and why."""

    measure: str
    due: str | None
    due_next_opening: str | None
    minutes: str
    why: list[ReasonOut]


class DueForeseenOut(Schema):
    """What would be promised, how the two stand, and the clocks of something opened then."""

    promise: StandardOut
    standing: StandingOut
    start: str
    clocks: list[ClockOut]


class ReachedOut(Schema):
    """What became of one promise in the last `days`; nothing but `too_few` where fewer than five people asked."""

    measure: str
    days: int
    too_few: bool
    decided: int | None = Field(None, description="How many were kept or missed.")
    kept: int | None = None
    minutes_median: str | None = Field(None, description="Working time, as decimal text or a fraction.")


class PublishedOut(Schema):
    """A department's standard as it holds for the caller; `promise` is null where nothing is promised."""

    supplier: PartyOut
    standing: str
    promise: StandardOut | None = None
    figures: list[ReachedOut]


@area.list("/service-promises", item=StandardOut, spec=STANDARDS, summary="List service promises", own=[ON])
def standards(request: HttpRequest) -> Found[StandardRecord]:
    """Those of a day that one looks after."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda params: queries.standards(viewer=viewer, at=at, on=on, params=params), _standard)


@area.one("/service-promises/{code}", response=StandardSheetOut, summary="One service promise")
def standard(request: HttpRequest, code: str) -> dict[str, Any]:
    """For those who look after it."""
    found, today = queries.versions(viewer=actor_of(request), at=clock.now(), code=code), clock.today()
    now = next((each for each in found if each.known_until is None and today in each.period), None)
    return {
        "versions": [_version(each) for each in found],
        "parts": [] if now is None else [_part(each) for each in chains.parts(now, on=today)],
    }


@area.get("/service-promise", response=DueForeseenOut, summary="By when something would be due, and why")
def foreseen(request: HttpRequest, asked: Query[ForeseenIn]) -> dict[str, Any]:
    """What the customer is promised by the supplier, by how the two stand, and every clock of something opened then."""
    at = clock.now()
    start = asked.start or at
    found = queries.foreseen(
        viewer=actor_of(request),
        at=at,
        supplier=asked.supplier,
        customer=asked.customer,
        start=start,
        priority=Priority(asked.priority) if asked.priority else None,
    )
    return {
        "promise": _standard(found.promise.record),
        "standing": standing(found.promise.standing),
        "start": start.isoformat(),
        "clocks": [_clock(run) for run in found.runs],
    }


@area.change(
    "PUT",
    "/service-promises/{code}",
    response={204: None},
    summary="Set a service promise",
    example={
        "supplier": "abc-it",
        "name": "Help with computers",
        "targets": {"RESPOND": {"": {"minutes": 240}, "URGENT": {"minutes": 30}}, "RESOLVE": {"": {"dates": 3}}},
        "holds": {"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": 960}},
        "chain": [{"place": "abc-it", "share": 2}, {"place": "abc-warehouse", "share": 1}],
        "valid_from": "2027-01-01",
    },
    shown=standard,
)
def set_standard(request: HttpRequest, code: Path[Code], body: StandardIn) -> Status[None]:
    """From a day on; what was promised before stays promised by the version of its day."""
    terms = body.model_dump(mode="json", include={"kinds", "targets", "holds", "grace", "chain"})
    operations.set_standard(
        by=actor_of(request),
        at=clock.now(),
        code=code,
        supplier=body.supplier,
        name=body.name,
        terms=terms,
        valid_from=body.valid_from,
        source=body.source,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/service-promises/{code}/end",
    response={204: None},
    summary="End a service promise",
    example={"valid_until": "2027-07-01"},
    shown=standard,
)
def end_standard(request: HttpRequest, code: Path[Code], body: DatedEndIn) -> Status[None]:
    """From that day on this is promised no more."""
    operations.end_standard(
        by=actor_of(request), at=clock.now(), code=code, valid_until=body.valid_until, source=body.source
    )
    return Status(204, None)


@area.one(
    "/published-standards/{supplier}",
    response=PublishedOut,
    summary="What a department promises the caller, and reached",
)
def published(request: HttpRequest, supplier: str) -> dict[str, Any]:
    """The standard that a request of the caller would be promised now, with what was reached for customers on the same side."""
    found = reached.published(viewer=actor_of(request), at=clock.now(), supplier=supplier)
    return {
        "supplier": party(found.supplier),
        "standing": found.standing.verdict.value,
        "promise": None if found.record is None else _standard(found.record),
        "figures": [
            {
                "measure": target.measure.value,
                "days": days,
                "too_few": each is None,
                "decided": None if each is None else each.decided,
                "kept": None if each is None else each.kept,
                "minutes_median": None
                if each is None or each.median is None
                else exact_text(Fraction(each.median) / _SECONDS),
            }
            for target in found.targets
            for days, each in zip(reached.SPANS, target.reached, strict=True)
        ],
    }


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _standard(record: StandardRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "supplier": party(record.supplier),
        "name": record.name,
        **as_json(record.terms),
        "chain": [
            {"place": place_named(share.place), "share": exact_text(Fraction(share.weight))}
            for share in record.terms.chain
        ],
        **period(record.period),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "place": place_named(part.place),
        "minutes": exact_text(Fraction(part.budget) / 60),
        "own": part.own,
        "promise": None if part.promise is None else part.promise.code,
        "promised": None if part.promised is None else exact_text(Fraction(part.promised) / 60),
        "fits": part.fits,
    }


def _version(record: StandardRecord) -> dict[str, Any]:
    return {
        **_standard(record),
        "known_from": record.known_from.isoformat(),
        "known_until": record.known_until.isoformat() if record.known_until else None,
        "source": record.source,
    }


def _clock(run: Run) -> dict[str, Any]:
    return {
        "measure": run.measure.value,
        "due": run.due.at.isoformat() if run.due.at else None,
        "due_next_opening": run.due.next_opening.isoformat() if run.due.next_opening else None,
        "minutes": exact_text(Fraction(run.target) / 60),
        "why": [reason(each) for each in told(run)],
    }
