"""Standing orders over HTTP: agree on one, order parts of it, let it rest and go on, end it."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Path, Status
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import (
    Asked,
    Code,
    Day,
    MoneyIn,
    MoneyOut,
    PartyOut,
    ReasonOut,
    money,
    money_in,
    party,
    reason,
)
from inward.api.v1.trade import (
    QUANTITY_MAX,
    CostShareIn,
    CostShareOut,
    OrderRowOut,
    ReceiptOut,
    Reference,
    Words500,
    cost_shares,
    cost_shares_out,
    order_row,
    price_changed,
    receipt_out,
)
from inward.core.running import Rhythm
from inward.kit import clock
from inward.trade import frames, operations
from inward.trade.frames import FrameRow, FrameTerms, FrameView
from inward.trade.framewords import FramePrice
from inward.trade.operations import PriceChanged

area = Area("trade", tag="orders", room="trade")
Submission = Header[Annotated[str, Field(min_length=1, max_length=200)]]


class StandingOrderOut(BaseModel):
    """A standing order: pieces in all and ordered so far, how its parts follow, when the next is due; `weekday` 0 is Monday.

    `rhythm`: `BY_HAND`, `DAILY` (each working day) or `WEEKLY`. `price`: `TODAY` or `AGREED`. `held` says why the part that is
    due could not be ordered.
    """

    reference: str
    number: int
    state: str
    paused: bool
    offering: PartyOut
    customer: PartyOut
    supplier: PartyOut
    quantity: int
    drawn: int
    rhythm: str
    each: int | None = None
    weekday: int | None = None
    price: str
    starts_on: date
    last_day: date
    next_on: date | None = None
    held: ReasonOut | None = None


class StandingPartOut(BaseModel):
    """A part: the order it became, and the day on which it was due; null: ordered by hand."""

    order: OrderRowOut
    quantity: int
    due: date | None = None


class StandingOrderDetailOut(StandingOrderOut):
    """One of them, with its latest parts; `committed` is what it still takes of the budget of its first day."""

    total: MoneyOut
    committed: MoneyOut | None = None
    cost_centre: PartyOut | None = None
    shares: list[CostShareOut] = Field(
        description="The cost centres that share it and each part; `bears` of what is left. Empty where one bears all of it."
    )
    note: str
    parts: list[StandingPartOut]


class StandingOrderIn(Asked):
    """So many pieces of an item for a department or company; `expected` is what all of them cost today, as it was shown."""

    offering: Code
    quantity: int = Field(ge=1, le=QUANTITY_MAX)
    starts_on: Day
    last_day: Day
    rhythm: Rhythm = Rhythm.BY_HAND
    each: int | None = Field(default=None, ge=1, le=QUANTITY_MAX)
    weekday: int | None = Field(default=None, ge=0, le=6)
    price: FramePrice = FramePrice.TODAY
    expected: MoneyIn
    customer: Code | None = None
    cost_centre: Code | None = None
    shares: list[CostShareIn] = Field(
        default=[],
        max_length=20,
        description="The cost centres that share it and each part, all in percent or amounts.",
    )
    note: Words500 = ""


class StandingPartIn(Asked):
    """So many pieces, at the price that was shown."""

    quantity: int = Field(ge=1, le=QUANTITY_MAX)
    expected: MoneyIn


class StandingOrderEndIn(Asked):
    """Why it ends, if somebody wants to say."""

    reason: Words500 = ""


@area.list("/standing-orders", item=StandingOrderOut, spec=frames.FRAMES, summary="List standing orders")
def standing_orders(request: HttpRequest) -> Found[FrameRow]:
    """Those whose order the caller may see, the latest first."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: frames.frames(viewer=viewer, at=at, params=asked), _row)


@area.one("/standing-orders/{reference}", response=StandingOrderDetailOut, summary="One standing order")
def one(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """With its parts, the latest first; `reference` is that of the order by which it was asked for."""
    return _detail(frames.frame(viewer=actor_of(request), at=clock.now(), reference=reference))


@area.change(
    "POST",
    "/standing-orders",
    response={201: ReceiptOut, 200: ReceiptOut},
    summary="Agree on a standing order",
    example={
        "offering": "housing",
        "quantity": 4000,
        "starts_on": "2026-12-01",
        "last_day": "2026-12-31",
        "rhythm": "DAILY",
        "each": 200,
        "expected": {"amount": "8400.00", "currency": "EUR"},
        "customer": "xyz-assembly",
    },
    kept=False,
)
def agree(
    request: HttpRequest, body: StandingOrderIn, idempotency_key: Submission
) -> Status[dict[str, Any]] | HttpResponse:
    """It is approved as an order of all its pieces; nothing is ordered by it but its parts. 409 when the price moved."""
    terms = FrameTerms(body.starts_on, body.last_day, body.rhythm, body.each, body.weekday, body.price)
    try:
        receipt = operations.agree_frame(
            by=actor_of(request),
            at=clock.now(),
            offering=body.offering,
            quantity=body.quantity,
            terms=terms,
            expected=money_in(body.expected, "expected"),
            key=idempotency_key,
            customer=body.customer,
            cost_centre=body.cost_centre,
            note=body.note,
            shares=cost_shares(body.shares),
        )
    except PriceChanged as changed:
        return price_changed(request, changed)
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, receipt_out(receipt))


@area.change(
    "POST",
    "/standing-orders/{reference}/parts",
    response={201: ReceiptOut, 200: ReceiptOut},
    summary="Order a part of a standing order",
    example={"quantity": 200, "expected": {"amount": "420.00", "currency": "EUR"}},
    kept=False,
)
def draw(
    request: HttpRequest, reference: Path[Reference], body: StandingPartIn, idempotency_key: Submission
) -> Status[dict[str, Any]] | HttpResponse:
    """By hand, beside those that come by themselves; never more than is left. 409 when the price moved."""
    try:
        receipt = operations.draw_part(
            by=actor_of(request),
            at=clock.now(),
            reference=reference,
            quantity=body.quantity,
            expected=money_in(body.expected, "expected"),
            key=idempotency_key,
        )
    except PriceChanged as changed:
        return price_changed(request, changed)
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, receipt_out(receipt))


@area.change(
    "POST", "/standing-orders/{reference}/pause", response={204: None}, summary="Let a standing order rest", shown=one
)
def pause(request: HttpRequest, reference: Reference) -> Status[None]:
    """Nothing is ordered of it until it goes on."""
    operations.pause_frame(by=actor_of(request), at=clock.now(), reference=reference)
    return Status(204, None)


@area.change(
    "POST", "/standing-orders/{reference}/resume", response={204: None}, summary="Let a standing order go on", shown=one
)
def resume(request: HttpRequest, reference: Reference) -> Status[None]:
    """From today; what was due meanwhile is not made up."""
    operations.resume_frame(by=actor_of(request), at=clock.now(), reference=reference)
    return Status(204, None)


@area.change(
    "POST",
    "/standing-orders/{reference}/end",
    response={204: None},
    summary="End a standing order",
    example={"reason": "The line stands still."},
    shown=one,
)
def end(request: HttpRequest, reference: Reference, body: StandingOrderEndIn) -> Status[None]:
    """What is left of it is free in its budget; what was ordered stays ordered."""
    operations.end_frame(by=actor_of(request), at=clock.now(), reference=reference, reason=body.reason)
    return Status(204, None)


def _row(row: FrameRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "number": row.number,
        "state": row.state.value,
        "paused": row.paused,
        "offering": party(row.offering),
        "customer": party(row.customer),
        "supplier": party(row.supplier),
        "quantity": row.quantity,
        "drawn": row.drawn,
        "rhythm": row.rhythm.value,
        "each": row.each,
        "weekday": row.weekday,
        "price": row.price.value,
        "starts_on": row.starts_on,
        "last_day": row.last_day,
        "next_on": row.next_on,
        "held": None if row.held is None else reason(row.held),
    }


def _detail(view: FrameView) -> dict[str, Any]:
    return {
        **_row(view.row),
        "total": money(view.total),
        "committed": None if view.committed is None else money(view.committed),
        "cost_centre": None if view.cost_centre is None else party(view.cost_centre),
        "shares": cost_shares_out(view.shares),
        "note": view.note,
        "parts": [{"order": order_row(each.order), "quantity": each.quantity, "due": each.due} for each in view.parts],
    }
