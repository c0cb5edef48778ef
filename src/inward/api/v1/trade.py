"""Quotes and orders over HTTP. Writes take ``Idempotency-Key``; the same key with the same body is one order."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Router, Schema, Status

from inward.api.auth import actor_of
from inward.api.paging import page_body, params
from inward.api.problems import problem
from inward.api.v1.schemas import MoneyOut, PartyOut, QuotedLineOut, StandingOut, money, quoted_line, standing
from inward.core.pricing import Quote, Wanted
from inward.core.terms import Money
from inward.kit import clock
from inward.trade import operations, queries
from inward.trade.operations import PriceChanged
from inward.trade.queries import Named, OrderLineView, OrderRow, OrderView
from inward.trade.vocabulary import Settlement

router = Router(tags=["orders"])

QUANTITY_MAX = 1_000_000_000


class LineIn(Schema):
    """An offering by its code, and how many whole pieces of it."""

    offering: str = Field(max_length=120)
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


class MoneyIn(Schema):
    """An amount in major units as decimal text, and its currency."""

    amount: str = Field(pattern=r"^-?\d{1,15}(\.\d{1,6})?$")
    currency: str = Field(pattern=r"^[A-Z][A-Z0-9]{2,7}$")


class QuoteIn(Schema):
    """What is asked for; without a customer, for whoever asks or acts."""

    lines: list[LineIn] = Field(min_length=1, max_length=200)
    customer: str | None = Field(default=None, max_length=120)


class OrderIn(QuoteIn):
    """An order at the price that was shown."""

    expected: MoneyIn
    settlement: Settlement | None = None
    cost_centre: str | None = Field(default=None, max_length=120)
    note: str = Field(default="", max_length=500)


class AllowanceOut(Schema):
    """What the quote draws of an allowance, and what is left after it."""

    scheme: str
    period: str
    money: MoneyOut
    units: int
    money_left: MoneyOut | None = None
    units_left: int | None = None


class QuoteOut(Schema):
    """Prices with every reason; how it can be paid; whose approval it will need."""

    supplier: PartyOut
    customer: PartyOut
    standing: StandingOut
    lines: list[QuotedLineOut]
    net: MoneyOut
    tax: MoneyOut
    total: MoneyOut
    allowances: list[AllowanceOut]
    settlement: str
    settlements: list[str]
    approval_by: PartyOut | None = None


class ReceiptOut(Schema):
    """Where the order is found, and where it stands; ``again`` marks the answer to a repeated submission."""

    reference: str
    number: int
    state: str
    total: MoneyOut
    again: bool


class OrderRowOut(Schema):
    """An order in a list."""

    reference: str
    number: int
    placed_at: str
    state: str
    person: PartyOut | None = None
    customer: PartyOut
    supplier: PartyOut
    total: MoneyOut
    saving: MoneyOut
    standing: str
    kind: str
    settlement: str


class OrderLineOut(QuotedLineOut):
    """A line of an order, and what has become of it."""

    position: int
    name: str
    delivered: int
    returned: int


class StepOut(Schema):
    """One line of the order's history."""

    at: str
    kind: str
    person: PartyOut | None = None
    facts: dict[str, Any]


class OrderOut(Schema):
    """An order as it was decided, with its history and what the caller may do now."""

    order: OrderRowOut
    standing: StandingOut
    net: MoneyOut
    tax: MoneyOut
    lines: list[OrderLineOut]
    history: list[StepOut]
    cost_centre: PartyOut | None = None
    approval_by: PartyOut | None = None
    note: str
    may: dict[str, bool]


class OrdersOut(Schema):
    """A page of orders."""

    items: list[OrderRowOut]
    next: str | None = None
    previous: str | None = None


class WhyIn(Schema):
    """Why, in words for the other side."""

    reason: str = Field(min_length=1, max_length=500)


class PieceIn(Schema):
    """So many pieces of the line at a position."""

    position: int = Field(ge=1, le=200)
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


class DeliveryIn(Schema):
    """What was handed over; without lines, everything that is still open."""

    lines: list[PieceIn] | None = Field(default=None, max_length=200)


class ReturnIn(WhyIn):
    """What came back, and why."""

    lines: list[PieceIn] = Field(min_length=1, max_length=200)


class StateOut(Schema):
    """Where the order stands now."""

    state: str


class GivenBackOut(Schema):
    """What is given back for returned pieces, tax included."""

    amount: MoneyOut


@router.post("/quotes", response=QuoteOut, summary="Ask a price, and why")
def quote(request: HttpRequest, body: QuoteIn) -> dict[str, Any]:
    """The price of the lines today for the customer, with the verdict and every rule that was looked at."""
    asked = queries.quote_for(
        viewer=actor_of(request), at=clock.now(), lines=_wanted(body.lines), customer=body.customer
    )
    return {
        "supplier": _party(asked.supplier),
        "customer": _party(asked.customer),
        "standing": standing(asked.quote.standing),
        **_priced(asked.quote),
        "settlement": asked.settlement.value,
        "settlements": [way.value for way in asked.settlements],
        "approval_by": _party(asked.approval_by),
    }


@router.post("/orders", response={201: ReceiptOut, 200: ReceiptOut}, summary="Place an order")
def place(
    request: HttpRequest, body: OrderIn, idempotency_key: Header[Annotated[str, Field(min_length=1, max_length=200)]]
) -> Status[dict[str, Any]] | HttpResponse:
    """Place an order at the price shown. 201 when it is new, 200 for the same submission again, 409 when the price moved."""
    try:
        receipt = operations.place_order(
            by=actor_of(request),
            at=clock.now(),
            lines=_wanted(body.lines),
            expected=_money(body.expected),
            key=idempotency_key,
            customer=body.customer,
            settlement=body.settlement,
            cost_centre=body.cost_centre,
            note=body.note,
        )
    except PriceChanged as changed:
        return _price_changed(request, changed)
    answer = {
        "reference": receipt.reference,
        "number": receipt.number,
        "state": receipt.state.value,
        "total": money(receipt.total),
        "again": receipt.again,
    }
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, answer)


@router.get("/orders", response=OrdersOut, summary="List orders")
def orders(request: HttpRequest, which: str = "all") -> dict[str, Any]:
    """The orders the caller may see, newest first; filters, sort and cursor as in docs/reference/api.md."""
    asked = {name: value for name, value in params(request).items() if name != "which"}
    return page_body(queries.orders(viewer=actor_of(request), at=clock.now(), params=asked, which=which), _row)


@router.get("/orders/{reference}", response=OrderOut, summary="One order")
def order(request: HttpRequest, reference: str) -> dict[str, Any]:
    """One order as it was decided."""
    return _order(queries.order(viewer=actor_of(request), at=clock.now(), reference=reference))


@router.post("/orders/{reference}/approve", response=StateOut, summary="Approve an order that waits")
def approve(request: HttpRequest, reference: str) -> dict[str, str]:
    """Approve; the order becomes binding at the price that was asked."""
    state = operations.approve_order(by=actor_of(request), at=clock.now(), reference=reference)
    return {"state": state.value}


@router.post("/orders/{reference}/decline", response=StateOut, summary="Decline an order that waits")
def decline(request: HttpRequest, reference: str, body: WhyIn) -> dict[str, str]:
    """Decline, saying why."""
    state = operations.decline_order(by=actor_of(request), at=clock.now(), reference=reference, reason=body.reason)
    return {"state": state.value}


@router.post("/orders/{reference}/cancel", response=StateOut, summary="Call off an order")
def cancel(request: HttpRequest, reference: str, body: WhyIn) -> dict[str, str]:
    """Call off an order before anything is delivered."""
    state = operations.cancel_order(by=actor_of(request), at=clock.now(), reference=reference, reason=body.reason)
    return {"state": state.value}


@router.post("/orders/{reference}/deliver", response=StateOut, summary="Confirm a delivery")
def deliver(request: HttpRequest, reference: str, body: DeliveryIn) -> dict[str, str]:
    """Say what was handed over."""
    pieces = None if body.lines is None else _pieces(body.lines)
    state = operations.confirm_delivery(by=actor_of(request), at=clock.now(), reference=reference, pieces=pieces)
    return {"state": state.value}


@router.post("/orders/{reference}/return", response=GivenBackOut, summary="Take items back")
def take_back(request: HttpRequest, reference: str, body: ReturnIn) -> dict[str, Any]:
    """Take delivered pieces back at the price they were sold for."""
    amount = operations.return_items(
        by=actor_of(request), at=clock.now(), reference=reference, pieces=_pieces(body.lines), reason=body.reason
    )
    return {"amount": money(amount)}


@router.get("/allowances", summary="What is left of my allowances")
def allowances(request: HttpRequest) -> list[dict[str, Any]]:
    """The caller's own allowances this year."""
    return [
        {
            "scheme": each.scheme,
            "name": each.name,
            "supplier": _party(each.supplier),
            "period": each.period,
            "used": money(each.used_money),
            "used_units": each.used_units,
            "money_left": None if each.money_left is None else money(each.money_left),
            "units_left": each.units_left,
        }
        for each in queries.allowances(viewer=actor_of(request), at=clock.now())
    ]


def _price_changed(request: HttpRequest, changed: PriceChanged) -> HttpResponse:
    """409 with the new price and every reason, so that the caller can show it and ask again."""
    code = changed.reason.code
    return problem(request, HTTPStatus.CONFLICT, code, reasons=(changed.reason,), quote=_priced(changed.decision.quote))


def _priced(quoted: Quote) -> dict[str, Any]:
    return {
        "lines": [quoted_line(line) for line in quoted.lines],
        "net": money(quoted.net),
        "tax": money(quoted.tax),
        "total": money(quoted.total),
        "allowances": [
            {
                "scheme": drawn.scheme,
                "period": drawn.period,
                "money": money(drawn.money),
                "units": drawn.units,
                "money_left": None if drawn.money_left is None else money(drawn.money_left),
                "units_left": drawn.units_left,
            }
            for drawn in quoted.allowances
        ],
    }


def _row(row: OrderRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "number": row.number,
        "placed_at": row.placed_at.isoformat(),
        "state": row.state.value,
        "person": _party(row.person),
        "customer": _party(row.customer),
        "supplier": _party(row.supplier),
        "total": money(row.total),
        "saving": money(row.saving),
        "standing": row.standing.value,
        "kind": row.kind.value,
        "settlement": row.settlement.value,
    }


def _order(found: OrderView) -> dict[str, Any]:
    return {
        "order": _row(found.row),
        "standing": standing(found.standing),
        "net": money(found.net),
        "tax": money(found.tax),
        "lines": [_line(line) for line in found.lines],
        "history": [
            {
                "at": step.at.isoformat(),
                "kind": step.kind.value,
                "person": _party(step.person),
                "facts": dict(step.facts),
            }
            for step in found.steps
        ],
        "cost_centre": _party(found.cost_centre),
        "approval_by": _party(found.budget),
        "note": found.note,
        "may": {act: answer.allowed for act, answer in found.may.items()},
    }


def _line(line: OrderLineView) -> dict[str, Any]:
    kept = {"position": line.position, "name": line.name, "delivered": line.delivered, "returned": line.returned}
    return {**quoted_line(line.quoted), **kept}


def _wanted(lines: list[LineIn]) -> list[Wanted]:
    return [Wanted(line.offering, line.quantity) for line in lines]


def _pieces(lines: list[PieceIn]) -> dict[int, int]:
    return {line.position: line.quantity for line in lines}


def _money(amount: MoneyIn) -> Money:
    return Money.of(amount.amount, amount.currency)


def _party(party: Named | None) -> dict[str, str] | None:
    return None if party is None else {"code": party.code, "name": party.name}
