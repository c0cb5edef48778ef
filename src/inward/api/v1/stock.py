"""Counted items over HTTP: what is left for everybody, and counts by those who serve for the supplier or keep its data."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Status
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found, parameter
from inward.api.v1.schemas import Asked, Code, Day, Line, PartyOut, party
from inward.kit import clock
from inward.trade import operations, stock, waiting
from inward.trade.shelves import Available
from inward.trade.stock import MoveView, StockView
from inward.trade.waiting import WaitingView

area = Area("trade", tag="orders", room="trade")
Place = Annotated[str, Path(min_length=1, max_length=60)]


class PlaceLeftOut(BaseModel):
    """How many are left at a place."""

    place: str
    left: int


class LeftOut(BaseModel):
    """How many pieces of an item are left. `places` is empty for an item that is not counted: it can always be ordered.

    With `back_order` it may be ordered beyond that, and comes later; `expected` is by when more is expected.
    """

    counted: bool
    left: int
    back_order: bool
    expected: date | None = None
    places: list[PlaceLeftOut]


class StockOut(BaseModel):
    """An item counted at a place: pieces that lie there, those that orders hold, and those left. Below zero: count it anew."""

    item: PartyOut
    supplier: PartyOut
    place: str
    there: int
    promised: int
    left: int
    back_order: bool
    expected: date | None = None
    waiting: int
    answer_days: int


class WaitingPlaceOut(BaseModel):
    """What the caller waits for: the `number` in line, or, where pieces are held (number 0), the last day to order them."""

    item: PartyOut
    pieces: int
    since: str
    number: int
    held_until: date | None = None


class WaitIn(Asked):
    """For how many pieces."""

    pieces: int = Field(default=1, ge=1, le=operations.COUNT_MAX)


class StockMoveOut(BaseModel):
    """What lies at a place became more or less: `COUNTED`, `HANDED_OVER`, `CAME_BACK` or `TAKEN_BACK`; `order` is a number."""

    at: str
    item: PartyOut
    place: str
    kind: str
    pieces: int
    order: int | None = None


class CountIn(Asked):
    """How many lie there, those that orders hold included; null for `pieces` counts the item there no longer."""

    pieces: int | None = Field(default=None, ge=0, le=operations.COUNT_MAX)
    back_order: bool = False
    expected: Day | None = None
    answer_days: int = Field(
        default=operations.ANSWER_DAYS,
        ge=1,
        le=operations.ANSWER_DAYS_MAX,
        description="Working days in which whoever waited orders what became free.",
    )
    source: Line = ""


@area.one("/offerings/{code}/left", response=LeftOut, summary="How many are left")
def left(request: HttpRequest, code: str) -> dict[str, Any]:
    """Of an item, at all places together and at each; 404 for one that is not offered here."""
    return _left(stock.left_seen(viewer=actor_of(request), at=clock.now(), offering=code))


@area.get("/waiting-places", response=list[WaitingPlaceOut], summary="What I wait for")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    """Of the caller, or the party acted for; what is held first."""
    return [_place(each) for each in waiting.mine(viewer=actor_of(request))]


@area.change("POST", "/offerings/{code}/wait", response={204: None}, summary="Wait for an item", example={"pieces": 1})
def wait(request: HttpRequest, code: Path[Code], body: WaitIn) -> Status[None]:
    """Of which not so many are left; one is written to when it is one's turn."""
    operations.join_waiting(by=actor_of(request), at=clock.now(), offering=code, pieces=body.pieces)
    return Status(204, None)


@area.change("POST", "/offerings/{code}/leave", response={204: None}, summary="Wait no longer", example={})
def leave(request: HttpRequest, code: Path[Code], body: Asked) -> Status[None]:
    """What was held is passed on to the next in line."""
    operations.leave_waiting(by=actor_of(request), at=clock.now(), offering=code)
    return Status(204, None)


@area.list(
    "/stock",
    item=StockOut,
    spec=stock.STOCK,
    summary="List counted items",
    own=(parameter("text", {"type": "string"}, "Part of the name or code of an item, or of a place."),),
)
def every(request: HttpRequest) -> Found[StockView]:
    """Those of suppliers that one serves for or whose data one keeps."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: stock.listed(viewer=viewer, at=at, params=asked), _stock)


@area.list("/stock/moves", item=StockMoveOut, spec=stock.MOVES, summary="Why what lies there became more or less")
def moves(request: HttpRequest) -> Found[MoveView]:
    """Every count, hand-over and return, the latest first; together they are what lies there."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: stock.moves(viewer=viewer, at=at, params=asked), _moved)


@area.one("/stock/{code}/{place}", response=StockOut, summary="One item at a place")
def one(request: HttpRequest, code: str, place: str) -> dict[str, Any]:
    """By its code and the name of the place."""
    return _stock(stock.one(viewer=actor_of(request), at=clock.now(), key=stock.key_of(code, place)))


@area.change(
    "PUT",
    "/stock/{code}/{place}",
    response={204: None},
    summary="Count an item",
    example={"pieces": 40, "expected": "2027-12-31"},
    seen=one,
)
def put(request: HttpRequest, code: Path[Code], place: Place, body: CountIn) -> Status[None]:
    """Say how many lie there. Orders keep what they hold."""
    by, at = actor_of(request), clock.now()
    if body.pieces is None:
        operations.stop_counting(by=by, at=at, key=stock.key_of(code, place), source=body.source)
        return Status(204, None)
    operations.count_stock(
        by=by,
        at=at,
        offering=code,
        place=place,
        pieces=body.pieces,
        back_order=body.back_order,
        expected=body.expected,
        answer_days=body.answer_days,
        source=body.source,
    )
    return Status(204, None)


def _left(found: Available | None) -> dict[str, Any]:
    if found is None:
        return {"counted": False, "left": 0, "back_order": False, "expected": None, "places": []}
    return {
        "counted": True,
        "left": found.left,
        "back_order": found.back_order,
        "expected": found.expected(clock.today()),
        "places": [{"place": each.shelf.place, "left": each.left} for each in found.places],
    }


def _stock(view: StockView) -> dict[str, Any]:
    counted, shelf = view.counted, view.counted.shelf
    return {
        "item": party(view.offering),
        "supplier": party(view.supplier),
        "place": shelf.place,
        "there": counted.there,
        "promised": counted.promised,
        "left": counted.left,
        "back_order": shelf.back_order,
        "expected": shelf.expected,
        "waiting": view.waiting,
        "answer_days": view.answer_days,
    }


def _place(view: WaitingView) -> dict[str, Any]:
    return {
        "item": party(view.offering),
        "pieces": view.pieces,
        "since": view.since.isoformat(),
        "number": view.number,
        "held_until": view.until,
    }


def _moved(view: MoveView) -> dict[str, Any]:
    return {
        "at": view.at.isoformat(),
        "item": party(view.offering),
        "place": view.place,
        "kind": view.kind.value,
        "pieces": view.pieces,
        "order": view.order,
    }
