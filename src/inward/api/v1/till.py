"""The till over HTTP: a code for oneself, and selling to whoever showed one."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Schema, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.v1.schemas import Asked, MoneyIn, money_in
from inward.api.v1.trade import LineIn, QuoteOut, ReceiptOut, price_changed, quoted, receipt_out, wanted
from inward.kit import clock
from inward.trade import operations, till
from inward.trade.operations import PriceChanged
from inward.trade.vocabulary import Settlement

area = Area("trade", tag="orders", room="trade")
Code = Annotated[str, Field(min_length=1, max_length=40, description="As it is shown; dashes and small letters do not matter.")]  # fmt: skip


class TillCodeOut(Schema):
    """A code to show at a till, told once, and until when it holds."""

    code: str
    ends_at: datetime


class TillQuoteIn(Asked):
    """Whose code was shown, and what is bought."""

    code: Code
    lines: list[LineIn] = Field(min_length=1, max_length=200)


class TillOrderIn(TillQuoteIn):
    """A sale at the price that was told."""

    expected: MoneyIn
    settlement: Settlement | None = None
    payment: str = Field(
        default="",
        max_length=80,
        description="With the settlement EXTERNAL: the reference of a payment made elsewhere, which whoever serves has seen.",
    )


_LINES = {"code": "K7Q-M2X-PD9", "lines": [{"offering": "coffee-machine", "quantity": 1}]}


@area.change("POST", "/me/till-code", response={201: TillCodeOut}, summary="Make a code for the till", kept=False)
def make(request: HttpRequest) -> Status[dict[str, Any]]:
    """For oneself: it holds fifteen minutes and for one order, and ends the one before. Asked again, it is another code."""
    made = operations.make_till_code(by=actor_of(request), at=clock.now())
    return Status(201, {"code": made.code, "ends_at": made.ends_at})


@area.ask("/till/quotes", response=QuoteOut, summary="Ask a price at the till", example=_LINES)
def quote(request: HttpRequest, body: TillQuoteIn) -> dict[str, Any]:
    """What the lines cost whoever showed the code; for those who serve for the supplier."""
    return quoted(
        till.quote(viewer=actor_of(request), at=clock.now(), code=body.code, lines=wanted(body.lines)),
    )


@area.change(
    "POST",
    "/till/orders",
    response={201: ReceiptOut, 200: ReceiptOut},
    summary="Sell at the till",
    example={**_LINES, "expected": {"amount": "97.43", "currency": "EUR"}},
    kept=False,
)
def sell(
    request: HttpRequest,
    body: TillOrderIn,
    idempotency_key: Header[Annotated[str, Field(min_length=1, max_length=200)]],
) -> Status[dict[str, Any]] | HttpResponse:
    """Sell and hand over. 201 when it is new, 200 for the same submission again, 409 when the price moved."""
    try:
        receipt = operations.sell_at_till(
            by=actor_of(request),
            at=clock.now(),
            code=body.code,
            lines=wanted(body.lines),
            expected=money_in(body.expected, "expected"),
            key=idempotency_key,
            settlement=body.settlement,
            payment=body.payment,
        )
    except PriceChanged as changed:
        return price_changed(request, changed)
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, receipt_out(receipt))
