"""Outages, equipment, queues that take orders on, and confidential cases opened to read, over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Header, Path, Schema, Status

from inward.access import queries as access
from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, SourceIn
from inward.api.v1.schemas import Asked, Code, Day, Line, Name, PartyOut, Words, party, period
from inward.desk import operations, things
from inward.desk.cases import CaseRow
from inward.desk.things import EQUIPMENT, HeldView, ThingRow
from inward.kit import clock

area = Area("cases")

Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class BannerOut(Schema):
    """What is shown where help is asked while an outage is open."""

    outage: str
    queue: PartyOut
    supplier: PartyOut
    words: str
    since: str


class BannersOut(Schema):
    """The outages that are open, the latest first."""

    outages: list[BannerOut]


class CaseNamedOut(Schema):
    """A case, in few words."""

    reference: str
    number: int
    subject: str
    state: str


class GatheredOut(Schema):
    """The cases an outage gathered, as far as one sees them."""

    cases: list[CaseNamedOut]


class OutageMadeOut(Schema):
    """The reference of its case."""

    reference: str


class CountOut(Schema):
    """How many."""

    count: int


class OutageLeftOut(Schema):
    """The references of the gathered cases that stay open, because something blocks them."""

    left: list[str]


class ThingOut(Schema):
    """A thing a department looks after."""

    code: str
    supplier: PartyOut
    name: str
    sort: str
    serial: str
    closed_at: str | None = None


class OutageHeldOut(Schema):
    """Who has it, where, on which days; as it was believed since and until when (null: still)."""

    holder: PartyOut
    place: str
    valid_from: str | None = None
    valid_until: str | None = None
    known_from: str
    known_until: str | None = None


class ThingSheetOut(ThingOut):
    """A thing, who has it on a day, all that was said of that, and its last cases as far as one sees them."""

    now: OutageHeldOut | None = None
    held: list[OutageHeldOut]
    cases: list[CaseNamedOut]


class CaseOpeningOut(Schema):
    """That somebody had a confidential case open to read."""

    reference: str
    opened_by: str
    reason: str
    opened_at: str
    ends_at: str
    ended_at: str | None = None


class CaseOpeningsOut(Schema):
    """Who opened a confidential case, the latest first."""

    openings: list[CaseOpeningOut]


class OutageIn(Asked):
    """What does not work for many, and what is shown about it."""

    queue: Code
    subject: Line
    banner: Annotated[str, Field(min_length=1, max_length=1000)]


class BannerIn(Asked):
    """What is shown."""

    banner: Annotated[str, Field(min_length=1, max_length=1000)]


class GatherIn(Asked):
    """The references of cases with that cause."""

    cases: list[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]] = Field(min_length=1, max_length=500)


class TextIn(Asked):
    """What is written to all."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class ThingIn(Asked):
    """What it is and who looks after it."""

    supplier: Code
    name: Name
    sort: str = Field(default="", max_length=100)
    serial: str = Field(default="", max_length=100)


class HeldIn(SourceIn):
    """Who has it from a day on, and where; `valid_from` is left out only for the first."""

    holder: Code
    place: Line = ""
    valid_from: Day | None = None


class AboutIn(Asked):
    """The code of the thing a case is about; null: none."""

    equipment: Code | None


class OrdersIn(Asked):
    """Whether orders that need hands become cases of the queue."""

    orders: bool


class OpenCaseIn(Asked):
    """The number of a confidential case, and why it is opened."""

    number: int = Field(ge=1, lt=2**63)
    reason: Words


@area.get("/outages", response=BannersOut, summary="Outages that are open")
def banners(request: HttpRequest) -> dict[str, Any]:
    """Of all departments; no confidential one is ever among them."""
    actor_of(request)
    found = things.banners()
    return {
        "outages": [
            {
                "outage": each.reference,
                "queue": party(each.queue),
                "supplier": party(each.supplier),
                "words": each.words,
                "since": each.since.isoformat(),
            }
            for each in found
        ]
    }


@area.one("/outages/{reference}", response=GatheredOut, summary="What an outage gathered")
def gathered(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """For whoever sees its case."""
    found = things.gathered(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {"cases": [_case(row) for row in found]}


@area.change(
    "POST",
    "/outages",
    response={201: OutageMadeOut},
    summary="Say that something does not work for many",
    example={"queue": "it", "subject": "Tills down", "banner": "The tills are down. We are on it."},
    kept=False,
)
def open_outage(
    request: HttpRequest, body: OutageIn, idempotency_key: Header[Annotated[str, Field(min_length=1, max_length=200)]]
) -> Status[dict[str, str]]:
    """A case of its own, most urgent, with a banner where help is asked."""
    reference = operations.open_outage(by=actor_of(request), at=clock.now(), key=idempotency_key, **dict(body))
    return Status(201, {"reference": reference})


@area.change(
    "PUT",
    "/outages/{reference}/banner",
    response={204: None},
    summary="Say otherwise what is shown",
    example={"banner": "At noon they run again."},
    seen=gathered,
)
def say_banner(request: HttpRequest, reference: Reference, body: BannerIn) -> Status[None]:
    """While it is open."""
    operations.say_banner(by=actor_of(request), at=clock.now(), case=reference, banner=body.banner)
    return Status(204, None)


@area.change(
    "POST",
    "/outages/{reference}/gather",
    response=CountOut,
    summary="Gather cases under an outage",
    example={"cases": ["u3xVtW1c0b2kXw"]},
    seen=gathered,
)
def gather(request: HttpRequest, reference: Reference, body: GatherIn) -> dict[str, int]:
    """All or none; no confidential one."""
    count = operations.gather(by=actor_of(request), at=clock.now(), outage=reference, case=body.cases)
    return {"count": count}


@area.change(
    "POST",
    "/outages/{reference}/tell",
    response=CountOut,
    summary="Write to all it gathered",
    example={"text": "At noon they run again."},
    seen=gathered,
)
def tell(request: HttpRequest, reference: Reference, body: TextIn) -> dict[str, int]:
    """One message in each."""
    return {"count": operations.tell_gathered(by=actor_of(request), at=clock.now(), outage=reference, text=body.text)}


@area.change(
    "POST",
    "/outages/{reference}/solve",
    response=OutageLeftOut,
    summary="Solve an outage and all it gathered",
    example={"text": "They run again."},
    seen=gathered,
)
def solve(request: HttpRequest, reference: Reference, body: TextIn) -> dict[str, list[str]]:
    """What something blocks stays open, and is named."""
    left = operations.solve_outage(by=actor_of(request), at=clock.now(), outage=reference, words=body.text)
    return {"left": list(left)}


@area.list("/equipment", item=ThingOut, spec=EQUIPMENT, summary="List equipment")
def equipment(request: HttpRequest) -> Found[ThingRow]:
    """Of departments one keeps or serves for, and what one has oneself."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda params: things.equipment(viewer=viewer, at=at, params=params), _thing)


@area.one("/equipment/{code}", response=ThingSheetOut, summary="One thing", parameters=[ON])
def thing(request: HttpRequest, code: str) -> dict[str, Any]:
    """Who has it, where, and its last cases."""
    on = listing.day(request, "on", default=clock.today())
    found = things.thing(viewer=actor_of(request), at=clock.now(), on=on, code=code)
    return {
        **_thing(found.row),
        "now": None if found.now is None else _held(found.now),
        "held": [_held(each) for each in found.held],
        "cases": [_case(row) for row in found.cases],
    }


@area.change(
    "PUT",
    "/equipment/{code}",
    response={204: None},
    summary="Set a thing",
    example={"supplier": "abc-it", "name": "Till 7", "sort": "Till", "serial": "S-77"},
    shown=thing,
)
def set_equipment(request: HttpRequest, code: Path[Code], body: ThingIn) -> Status[None]:
    """New, or otherwise; it stays with its department."""
    operations.set_equipment(by=actor_of(request), at=clock.now(), code=code, **dict(body))
    return Status(204, None)


@area.change(
    "POST",
    "/equipment/{code}/hold",
    response={204: None},
    summary="Say who has a thing",
    example={"holder": "maya-lund", "place": "At home", "valid_from": "2027-01-01"},
    shown=thing,
)
def hold(request: HttpRequest, code: Path[Code], body: HeldIn) -> Status[None]:
    """From a day on; who had it before has it through the day before."""
    operations.hold_equipment(by=actor_of(request), at=clock.now(), code=code, **dict(body))
    return Status(204, None)


@area.change("POST", "/equipment/{code}/close", response={204: None}, summary="Close a thing", shown=thing)
def close(request: HttpRequest, code: Path[Code]) -> Status[None]:
    """It is there no more; its cases stay."""
    operations.close_equipment(by=actor_of(request), at=clock.now(), code=code)
    return Status(204, None)


@area.change(
    "POST",
    "/cases/{reference}/equipment",
    response={204: None},
    summary="Say which thing a case is about",
    example={"equipment": "till-7"},
)
def about(request: HttpRequest, reference: Reference, body: AboutIn) -> Status[None]:
    """As who handles it."""
    operations.concern_equipment(by=actor_of(request), at=clock.now(), case=reference, equipment=body.equipment)
    return Status(204, None)


@area.change(
    "POST",
    "/queues/{code}/orders",
    response={204: None},
    summary="Let a queue take orders on",
    example={"orders": True},
)
def take_orders(request: HttpRequest, code: Path[Code], body: OrdersIn) -> Status[None]:
    """Orders of its place that need hands become cases there; of one place, one queue takes them on."""
    operations.take_orders(by=actor_of(request), at=clock.now(), queue=code, orders=body.orders)
    return Status(204, None)


@area.one("/cases/{reference}/openings", response=CaseOpeningsOut, summary="Who opened a confidential case")
def openings(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """For those who handle it."""
    found = things.openings(viewer=actor_of(request), at=clock.now(), reference=reference)
    names = access.called({row.subject for row in found})
    return {
        "openings": [
            {
                "reference": row.reference,
                "opened_by": names.get(row.subject, ""),
                "reason": row.reason,
                "opened_at": row.opened_at.isoformat(),
                "ends_at": row.ends_at.isoformat(),
                "ended_at": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in found
        ]
    }


@area.change(
    "POST",
    "/case-openings",
    response={201: OutageMadeOut},
    summary="Open a confidential case to read",
    example={"number": 100017, "reason": "Asked for by the labour inspectorate"},
)
def open_case(request: HttpRequest, body: OpenCaseIn) -> Status[dict[str, str]]:
    """For some minutes, never to act. Those who handle it are told at once, and it is audited for good.

    Refused as one and the same: a number nobody has, a case that is not confidential, one's own, one of others.
    """
    reference = operations.open_confidential(
        by=actor_of(request), at=clock.now(), number=body.number, reason=body.reason
    )
    return Status(201, {"reference": reference})


@area.change("POST", "/case-openings/{reference}/end", response={204: None}, summary="Close an opened case again")
def end_opening(request: HttpRequest, reference: Reference) -> Status[None]:
    """By who opened it, and by those who handle it."""
    operations.end_confidential(by=actor_of(request), at=clock.now(), opening=reference)
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _case(row: CaseRow) -> dict[str, Any]:
    return {"reference": row.reference, "number": row.number, "subject": row.subject, "state": row.state.value}


def _thing(row: ThingRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "supplier": party(row.supplier),
        "name": row.name,
        "sort": row.sort,
        "serial": row.serial,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }


def _held(view: HeldView) -> dict[str, Any]:
    return {
        "holder": party(view.holder),
        "place": view.place,
        **period(view.period),
        "known_from": view.known_from.isoformat(),
        "known_until": view.known_until.isoformat() if view.known_until else None,
    }
