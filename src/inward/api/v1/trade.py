"""Quotes, orders and allowances over HTTP: the same acts as the pages.

Placing an order keeps receipts of its own (``trade.operations.place_order``), since it is the hot path.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Path, Status
from pydantic import BaseModel

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.problems import problem
from inward.api.v1.rates import ExchangeOut, exchange_out
from inward.api.v1.schemas import (
    Asked,
    Code,
    MoneyIn,
    MoneyOut,
    PartyOut,
    QuotedLineOut,
    ReasonOut,
    StandingOut,
    money,
    money_in,
    party,
    quoted_line,
    reason,
    standing,
)
from inward.core.bookkeeping import Plan
from inward.core.pricing import Quote, TaxScope, Wanted
from inward.core.terms import Reason, Refusal, decimal_text
from inward.kit import clock
from inward.trade import aftersale, behalf, givenup, giving, handing, operations, payments, queries, register, terms
from inward.trade.aftersale import AfterSale, LineAfter, Promise, PromiseView
from inward.trade.deciding import Handover
from inward.trade.givenup import GivenUpView
from inward.trade.handing import Choice, WaysView
from inward.trade.operations import OrderReceipt, PriceChanged
from inward.trade.payments import TakingView
from inward.trade.queries import OrderLineView, OrderRow, OrderView, QuoteView
from inward.trade.receiving import Came
from inward.trade.register import LimitRecord
from inward.trade.sharing import Share, SharedView
from inward.trade.vocabulary import Disposal, Fault, FaultAnswer, HandoverWay, Settlement

area = Area("orders")

QUANTITY_MAX = 1_000_000_000
WHICH = ("all", "own", "to_decide", "above_limit", "to_deliver", "to_check", "faulty", "to_receive")
Words500 = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
TermsKey = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^(scheme|payroll):[!-~]{1,160}:\d{1,9}$")]
Reference = Annotated[str, Path(min_length=1, max_length=64)]
_TAX_SCOPE = f"Whether it is taxed, and why: one of {', '.join(scope.value for scope in TaxScope)}."
_OWN = (
    listing.parameter(
        "which",
        {"type": "string", "enum": list(WHICH), "default": "all"},
        "All that one sees, those one placed, those that wait for one's word, those above what one may sign,"
        " those one is to deliver, those whose payment one is to find, those with a fault to answer, those of which one is to confirm what came.",
    ),
    listing.parameter("text", {"type": "string"}, "The number of an order."),
)


class LineIn(Asked):
    """An offering by its code, and how many whole pieces of it."""

    offering: Code
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


class QuoteIn(Asked):
    """What is asked for; without a customer, for whoever asks or acts."""

    lines: list[LineIn] = Field(min_length=1, max_length=200)
    customer: Code | None = None
    beneficiary: Code | None = Field(
        default=None, description="For whom of one's household it is; null: for oneself, or for the customer."
    )
    on_behalf: Code | None = Field(
        default=None,
        description="The colleague for whom one orders, who lets one: at her price, on her allowance, paid by her.",
    )


class HandoverIn(Asked):
    """How it is to get there: `COLLECT` at a `place` that the supplier offers, or `BRING`, to an `address` or where the customer is."""

    way: HandoverWay
    place: str = Field(default="", max_length=60)
    address: str = Field(default="", max_length=300, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")


class HandoverOut(BaseModel):
    """How it gets there: `COLLECT` at a place, or `BRING`; an empty address is where the customer is."""

    way: str
    place: str
    address: str


class HandoverChoiceOut(BaseModel):
    """The ways among which an order can choose."""

    places: list[str] = Field(description="Where it can be picked up, the usual one first.")
    brings: bool
    usual: HandoverOut = Field(description="What is taken where the order chooses nothing.")
    address_needed: bool = Field(description="Whether an address must be given where it is brought.")


class HandoverSaidIn(Asked):
    """Where it can be picked up, and whether it is brought; neither: the supplier offers no choice any more."""

    places: list[str] = Field(default=[], max_length=operations.HANDOVER_PLACES_MAX)
    brings: bool = False


class HandoverSaidOut(BaseModel):
    """A supplier, where what it sells can be picked up, and whether it brings it."""

    supplier: PartyOut
    places: list[str]
    brings: bool


class PromiseIn(Asked):
    """Within how many days a supplier takes back, and for how many months it stands for faults; null: none is promised."""

    return_days: int | None = Field(default=None, ge=0, le=operations.RETURN_DAYS_MAX)
    guarantee_months: int | None = Field(default=None, ge=0, le=operations.GUARANTEE_MONTHS_MAX)


class PromiseOut(BaseModel):
    """What a supplier promises to everybody, for orders placed since."""

    supplier: PartyOut
    return_days: int | None = None
    guarantee_months: int | None = None
    since: str


class AllowanceAgainOut(BaseModel):
    """So much of a scheme's allowance that would be free again, in the periods in which it was drawn."""

    scheme: str
    periods: list[str]
    money: MoneyOut
    units: int
    cooling_days: int = Field(description="For how many days the scheme has no price for the same item afterwards.")


class LineAfterOut(BaseModel):
    """What holds for the pieces of a line that are there, or are to come."""

    position: int
    pieces: int
    handed_over: str | None = None
    until: str | None = Field(
        None, description="The last day to bring it back; null: none is promised, or not there yet."
    )
    guarantee: str | None = Field(None, description="The last day of the guarantee.")
    back: MoneyOut = Field(description="What is given back for all of these pieces.")
    allowances: list[AllowanceAgainOut] = Field(description="Told to whoever bought it for herself, alone.")


class FaultOut(BaseModel):
    """A fault that was reported, and the answer; null while it waits."""

    id: str
    position: int
    pieces: int
    fault: str
    words: str
    reported_at: str
    answer: str | None = None
    answer_words: str
    answered_at: str | None = None


class AfterSaleOut(BaseModel):
    """Returns, guarantee and faults of an order, by what was promised when it was placed."""

    return_days: int | None = None
    guarantee_months: int | None = None
    lines: list[LineAfterOut]
    faults: list[FaultOut]
    may_report: bool
    may_answer: bool


class FaultIn(Asked):
    """What is faulty, and how."""

    position: int = Field(ge=1, le=200)
    pieces: int = Field(default=1, ge=1, le=QUANTITY_MAX)
    fault: Fault
    words: Words500


class FaultAnswerIn(Asked):
    """What becomes of a fault. That it is taken back is said by taking it back."""

    answer: FaultAnswer
    words: Words500 = ""


class GivenUpOut(BaseModel):
    """Why an item was not ordered in a year: answers by reason, and all of them."""

    offering: PartyOut
    supplier: PartyOut
    year: int
    answers: dict[str, int]
    total: int


class HelperIn(Asked):
    """The last day on which she may order; null: no longer."""

    last_day: date | None = None


class HelperOut(BaseModel):
    """Somebody who may order for the caller."""

    helper: PartyOut
    since: str
    last_day: str


class TrackStageOut(BaseModel):
    """A stage on the way of an order: `DONE`, `NEXT`, `AHEAD` or `STOPPED`; so many `pieces` of how many, where it is not all."""

    kind: str
    state: str
    at: str | None = None
    turn: str | None = Field(None, description="Whose turn it is, as in `waits_for`.")
    pieces: int | None = None
    of: int | None = None


class CostShareIn(Asked):
    """What a cost centre is to bear: so many percent (up to four decimals), or this amount of what it costs without tax."""

    centre: Code
    percent: Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,4})?$")] | None = None
    amount: MoneyIn | None = None


class CostShareOut(BaseModel):
    """A cost centre that shares an order: its part in percent, and what it bears now, without tax."""

    centre: PartyOut
    percent: str
    bears: MoneyOut


class OrderIn(QuoteIn):
    """An order at the price that was shown."""

    expected: MoneyIn
    settlement: Settlement | None = None
    cost_centre: Code | None = None
    note: Words500 = ""
    instalments: int = Field(default=1, ge=1, le=operations.PARTS_MAX, description="Over how many pays it is deducted.")
    payment: str = Field(
        default="",
        max_length=80,
        description="With the settlement EXTERNAL: the reference of a payment made elsewhere.",
    )
    accepts: list[TermsKey] = Field(
        default=[], max_length=20, description="The terms that the buyer accepts with this order, by key."
    )
    shares: list[CostShareIn] = Field(
        default=[], max_length=20, description="The cost centres that share it, all in percent or all in amounts."
    )
    handover: HandoverIn | None = Field(
        default=None, description="How it is to get there; null: the usual way, where the supplier offers a choice."
    )


class TermsAskedOut(BaseModel):
    """Terms that must be accepted before it is ordered so, and whether the buyer has."""

    key: str
    name: str
    number: int
    accepted: bool


class AllowanceOut(BaseModel):
    """What the quote draws of an allowance, and what is left after it.

    ``limit`` is the id of one of the scheme's limits (empty: its allowance of the year), ``item`` what a limit counts apart;
    the period is empty for a limit of one order.
    """

    scheme: str
    limit: str = ""
    item: str = ""
    period: str
    money: MoneyOut
    units: int
    money_left: MoneyOut | None = None
    units_left: int | None = None
    next_on: str | None = None


class InstalmentOut(BaseModel):
    """So much out of the pay of a month (`2026-11`)."""

    month: str
    amount: MoneyOut


class QuoteOut(BaseModel):
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
    beneficiary: PartyOut | None = Field(None, description="For whom of one's household it is asked.")
    members: list[PartyOut] = Field(
        default=[], description="For whom of one's household a scheme of the supplier lets one buy it today."
    )
    books: StandingOut = Field(
        description="By which it is paid and posted: another where the books have their own rule."
    )
    tax_scope: str = Field(description=_TAX_SCOPE)
    tax_group: StandingOut | None = Field(
        None, description="By which the two are one tax group, so that no tax is charged; null where they are none."
    )
    terms: list[TermsAskedOut]
    plans: list[list[InstalmentOut]] = Field(
        description="The ways in which it can be deducted from pay, all at once first; none where it is not."
    )
    missing: ReasonOut | None = Field(
        None, description="Why it cannot be ordered now: not so many are left of a counted item; null where it can."
    )
    handover: HandoverChoiceOut | None = Field(None, description="How it can get there; null where nothing is chosen.")


class ReceiptOut(BaseModel):
    """Where the order is found, and where it stands; ``again`` marks the answer to a repeated submission."""

    reference: str
    number: int
    state: str
    total: MoneyOut
    again: bool


class OrderRowOut(BaseModel):
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
    cancelled: int
    """Pieces called off after others had been handed over; 0 where nothing was."""
    disposed: int
    """Pieces given away or sold by whoever bought them."""
    repaid: MoneyOut | None = None
    """What of the saving was repaid for them."""
    kept_until: str | None = None
    """The last day until which a scheme asks to keep pieces of it."""
    received: int
    """Pieces whose coming was confirmed and which did not come back since."""
    to_receive: int
    """Pieces handed over that wait to be confirmed; 0 where nobody is asked to."""
    place: str | None = None
    """Where its pieces are held; null for an item that is not counted."""


class StepOut(BaseModel):
    """One line of the order's history."""

    at: str
    kind: str
    person: PartyOut | None = None
    facts: dict[str, Any]


class WaitsForOut(BaseModel):
    """Whose turn it is: `APPROVER`, `SUPPLIER`, `COLLECTOR` or `RECEIVER`, of which company or department."""

    turn: str
    party: PartyOut


class PaymentOut(BaseModel):
    """A payment made elsewhere, and whether the supplier found it: `GIVEN`, `RECEIVED` or `NOT_FOUND`."""

    reference: str
    state: str
    given_at: str
    marked_at: str | None = None


class PaymentIn(Asked):
    """The reference of another payment."""

    payment: str = Field(min_length=1, max_length=80)


class PaymentFoundIn(Asked):
    """Whether the payment was found."""

    found: bool


class PaymentStateOut(BaseModel):
    """What became of the payment."""

    state: str


class TakingOut(BaseModel):
    """A company that takes payments made elsewhere, and where one pays, in its words."""

    company: PartyOut
    words: str


class TakingIn(Asked):
    """Where one pays and what the reference is; null: payments made elsewhere are taken no longer."""

    words: str | None = Field(default=None, max_length=300)


class InBooksOut(BaseModel):
    """What an order came to in the books of a company, at which rate, when it became binding."""

    company: PartyOut
    amount: MoneyOut
    exchange: ExchangeOut


class OrderOut(BaseModel):
    """An order as it was decided, with its history and what the caller may do now."""

    order: OrderRowOut
    standing: StandingOut
    books_kind: str = Field(description="The kind by which it is paid and posted.")
    books_definition: str = Field(description="The inside rule by which the books decided that kind.")
    tax_definition: str | None = Field(
        None, description="The inside rule by which the two were one tax group, so that no tax was charged; null: none."
    )
    tax_grounds: list[ReasonOut] = Field(default=[], description="On what the tax group rests.")
    net: MoneyOut
    tax: MoneyOut
    lines: list[OrderLineOut]
    history: list[StepOut]
    cost_centre: PartyOut | None = None
    shares: list[CostShareOut] = Field(description="The cost centres that share it; empty where one bears all of it.")
    standing_order: str | None = Field(
        default=None, description="The standing order that it is, or of which it is a part, by its reference."
    )
    approval_by: PartyOut | None = None
    instalments: list[InstalmentOut] = Field(
        description="What leaves which pay, as it was promised, where that is more than one; else empty."
    )
    pay_month: str | None = Field(
        None, description="The month (YYYY-MM) out of whose pay it is taken; null where it is not."
    )
    note: str
    payments: list[PaymentOut] = Field(default=[], description="Payments made elsewhere, the first first.")
    placed_by: PartyOut | None = Field(None, description="Who placed it for whose order it is; null: she did herself.")
    household: bool = Field(
        default=False, description="Whether it is for somebody of the household; told to whoever placed it alone."
    )
    beneficiary: PartyOut | None = Field(
        None, description="For whom of the household; null also where that is forgotten."
    )
    handover: HandoverOut | None = Field(None, description="How it gets there, as it was chosen.")
    track: list[TrackStageOut] = Field(
        default=[], description="Its way so far and from here on, stage by stage; empty for a standing order."
    )
    after_sale: AfterSaleOut | None = Field(
        None, description="Returns, guarantee and faults; null for what sells nothing, was called off or runs on."
    )
    waits_for: list[WaitsForOut] = Field(description="Whose turn it is; empty when nothing is open.")
    in_books: list[InBooksOut] = Field(
        description="What it came to in the books of those who keep them in another currency; empty where none do."
    )
    may: dict[str, bool]


class WhyIn(Asked):
    """Why, in words for the other side."""

    reason: Words500


class PieceIn(Asked):
    """So many pieces of the line at a position."""

    position: int = Field(ge=1, le=200)
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


class DeliveryIn(Asked):
    """What was handed over; without lines, everything that is still open."""

    lines: list[PieceIn] | None = Field(default=None, max_length=200)
    delivery_note: str = Field(
        default="",
        max_length=operations.DELIVERY_NOTE_LENGTH_MAX,
        description="What the supplier calls this hand-over; said again with the same lines, it is noted once.",
    )


class CameIn(Asked):
    """What came of a line: taken, refused because of a fault (and to be brought again, or given back), missing, too much."""

    position: int = Field(ge=1, le=200)
    taken: int = Field(default=0, ge=0, le=QUANTITY_MAX)
    refused: int = Field(default=0, ge=0, le=QUANTITY_MAX)
    missing: int = Field(default=0, ge=0, le=QUANTITY_MAX)
    surplus: int = Field(default=0, ge=0, le=QUANTITY_MAX)
    fault: Fault | None = None
    again: bool = True


class CameLinesIn(Asked):
    """What came; without lines, everything that was handed over."""

    lines: list[CameIn] | None = Field(default=None, max_length=200)
    note: Words500 = ""


class ReturnIn(WhyIn):
    """What came back, and why."""

    lines: list[PieceIn] = Field(min_length=1, max_length=200)
    shelved: bool = Field(default=True, description="Whether counted pieces lie on the shelf again and can be sold.")


class DisposedIn(Asked):
    """What was given away or sold."""

    lines: list[PieceIn] = Field(min_length=1, max_length=200)
    how: Disposal


class StateOut(BaseModel):
    """Where the order stands now."""

    state: str


class GivenBackOut(BaseModel):
    """What is given back for returned pieces, tax included."""

    amount: MoneyOut


class MyAllowanceOut(BaseModel):
    """What the caller has drawn of a scheme in the calendar year or of one of its limits, and what is left; null is no limit."""

    scheme: str
    limit: str = ""
    span: str
    item: PartyOut | None = None
    name: str
    supplier: PartyOut
    period: str
    used: MoneyOut
    used_units: int
    money_left: MoneyOut | None = None
    units_left: int | None = None
    next_on: str | None = None


class GiveIn(Asked):
    """How much of one's own unused allowance of which scheme, and to whom."""

    scheme: Code
    to: Code
    money: MoneyIn | None = None
    units: int = Field(default=0, ge=0, le=1_000_000_000)


class GiftOut(BaseModel):
    """Allowance that the caller gave (`mine`) or was given."""

    at: str
    mine: bool
    other: PartyOut
    scheme: str
    period: str
    money: MoneyOut
    units: int


class WaitingOut(BaseModel):
    """How many wait, each counted up to 100; ``above_limit`` for somebody who may sign more than the caller."""

    to_decide: int
    above_limit: int
    to_deliver: int
    open_own: int
    to_receive: int


class ApprovalLimitOut(BaseModel):
    """Above which total orders of the company or department, and of what is below it, need a budget holder."""

    party: PartyOut
    limit: MoneyOut


class LimitIn(Asked):
    """Above which total orders need a budget holder; null lifts the limit."""

    limit: MoneyIn | None = None


LINES_EXAMPLE = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
_ORDER = {**LINES_EXAMPLE, "expected": {"amount": "97.43", "currency": "EUR"}, "note": "For the canteen"}
_PIECES = {"lines": [{"position": 1, "quantity": 1}]}


@area.ask("/quotes", response=QuoteOut, summary="Ask a price, and why", example=LINES_EXAMPLE)
def quote(request: HttpRequest, body: QuoteIn) -> dict[str, Any]:
    """The price of the lines today for the customer, with the verdict and every rule that was looked at."""
    if body.on_behalf is not None:
        viewer, lines = actor_of(request), wanted(body.lines)
        return quoted(behalf.quote(viewer=viewer, at=clock.now(), person=body.on_behalf, lines=lines))
    return quoted(
        queries.quote_for(
            viewer=actor_of(request),
            at=clock.now(),
            lines=wanted(body.lines),
            customer=body.customer,
            beneficiary=body.beneficiary,
        )
    )


def quoted(asked: QuoteView) -> dict[str, Any]:
    """A quote as the API says it."""
    return {
        "supplier": party(asked.supplier),
        "customer": party(asked.customer),
        "standing": standing(asked.quote.standing),
        **_priced(asked.quote),
        "settlement": asked.settlement.value,
        "settlements": [way.value for way in asked.settlements],
        "plans": [_parts(plan) for plan in asked.plans],
        "missing": None if asked.missing is None else reason(asked.missing),
        "handover": _choice(asked.handover),
        "beneficiary": party(asked.beneficiary),
        "members": [party(each) for each in asked.members],
        "approval_by": party(asked.approval_by),
        "books": standing(asked.books),
        "tax_scope": asked.quote.tax_scope.value,
        "tax_group": None if asked.quote.tax_group is None else standing(asked.quote.tax_group),
        "terms": [
            {
                "key": each.version.key,
                "name": terms.name_of(each.version.about, on=clock.today()),
                "number": each.version.number,
                "accepted": each.accepted,
            }
            for each in asked.terms
        ],
    }


@area.change(
    "POST",
    "/orders",
    response={201: ReceiptOut, 200: ReceiptOut},
    summary="Place an order",
    example=_ORDER,
    kept=False,
)
def place(
    request: HttpRequest, body: OrderIn, idempotency_key: Header[Annotated[str, Field(min_length=1, max_length=200)]]
) -> Status[dict[str, Any]] | HttpResponse:
    """Place an order at the price shown. 201 when it is new, 200 for the same submission again, 409 when the price moved."""
    if body.on_behalf is not None:
        return _place_for(request, body, body.on_behalf, idempotency_key)
    try:
        receipt = operations.place_order(
            by=actor_of(request),
            at=clock.now(),
            lines=wanted(body.lines),
            expected=money_in(body.expected, "expected"),
            key=idempotency_key,
            customer=body.customer,
            settlement=body.settlement,
            cost_centre=body.cost_centre,
            note=body.note,
            accepts=body.accepts,
            instalments=body.instalments,
            beneficiary=body.beneficiary,
            payment=body.payment,
            shares=cost_shares(body.shares),
            handover=None if body.handover is None else Handover(**dict(body.handover)),
        )
    except PriceChanged as changed:
        return price_changed(request, changed)
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, receipt_out(receipt))


def _place_for(request: HttpRequest, body: OrderIn, person: str, key: str) -> Status[dict[str, Any]] | HttpResponse:
    """An order for a colleague; of what the body says, what is hers alone to say is refused."""
    alone = {"customer", "cost_centre", "accepts", "instalments", "beneficiary", "shares"} & body.model_fields_set
    if alone:
        raise Refusal(Reason.of("behalf_alone", name=min(alone)), where=min(alone))
    try:
        receipt = operations.place_order_for(
            by=actor_of(request),
            at=clock.now(),
            person=person,
            lines=wanted(body.lines),
            expected=money_in(body.expected, "expected"),
            key=key,
            settlement=body.settlement,
            note=body.note,
            handover=None if body.handover is None else Handover(**dict(body.handover)),
            payment=body.payment,
        )
    except PriceChanged as changed:
        return price_changed(request, changed)
    return Status((HTTPStatus.OK if receipt.again else HTTPStatus.CREATED).value, receipt_out(receipt))


def cost_shares(asked: list[CostShareIn]) -> list[Share]:
    """The cost centres that are to share an order, as trade takes them."""
    return [_share(each, place) for place, each in enumerate(asked)]


def cost_shares_out(shares: Iterable[SharedView]) -> list[dict[str, Any]]:
    """The cost centres that share an order as JSON."""
    return [
        {"centre": party(each.centre), "percent": decimal_text(each.percent * 100), "bears": money(each.bears)}
        for each in shares
    ]


def _share(asked: CostShareIn, place: int) -> Share:
    percent = None if asked.percent is None else Fraction(asked.percent)
    amount = None if asked.amount is None else money_in(asked.amount, f"shares.{place}.amount")
    return Share(asked.centre, percent, amount)


def receipt_out(receipt: OrderReceipt) -> dict[str, Any]:
    """The receipt of an order as the API says it."""
    return {
        "reference": receipt.reference,
        "number": receipt.number,
        "state": receipt.state.value,
        "total": money(receipt.total),
        "again": receipt.again,
    }


@area.list("/orders", item=OrderRowOut, spec=queries.ORDER_LIST, summary="List orders", own=_OWN)
def orders(request: HttpRequest) -> Found[OrderRow]:
    """The orders the caller may see, newest first."""
    viewer, at, which = actor_of(request), clock.now(), request.GET.get("which") or "all"
    if which not in WHICH:
        raise Refusal(Reason.of("value_not_among", expected=", ".join(WHICH)), where="which")
    number = request.GET.get("text", "")
    return Found(
        lambda asked: queries.orders(viewer=viewer, at=at, params={**asked, "text": number}, which=which), order_row
    )


@area.one("/orders/{reference}", response=OrderOut, summary="One order")
def order(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """One order as it was decided, with what has become of it and what the caller may do now."""
    return _order(queries.order(viewer=actor_of(request), at=clock.now(), reference=reference))


@area.change(
    "POST",
    "/orders/{reference}/approve",
    response=StateOut,
    summary="Approve an order that waits",
    shown=order,
)
def approve(request: HttpRequest, reference: Reference) -> dict[str, str]:
    """Approve; the order becomes binding at the price that was asked."""
    state = operations.approve_order(by=actor_of(request), at=clock.now(), reference=reference)
    return {"state": state.value}


@area.change(
    "POST",
    "/orders/{reference}/decline",
    response=StateOut,
    summary="Decline an order that waits",
    example={"reason": "Not in this year's budget"},
    shown=order,
)
def decline(request: HttpRequest, reference: Reference, body: WhyIn) -> dict[str, str]:
    """Decline, saying why."""
    state = operations.decline_order(by=actor_of(request), at=clock.now(), reference=reference, reason=body.reason)
    return {"state": state.value}


@area.change(
    "POST",
    "/orders/{reference}/cancel",
    response=StateOut,
    summary="Call off an order",
    example={"reason": "Ordered twice"},
    shown=order,
)
def cancel(request: HttpRequest, reference: Reference, body: WhyIn) -> dict[str, str]:
    """Call off an order before anything is delivered."""
    state = operations.cancel_order(by=actor_of(request), at=clock.now(), reference=reference, reason=body.reason)
    return {"state": state.value}


@area.change(
    "POST",
    "/orders/{reference}/deliver",
    response=StateOut,
    summary="Confirm a delivery",
    example=_PIECES,
    shown=order,
)
def deliver(request: HttpRequest, reference: Reference, body: DeliveryIn) -> dict[str, str]:
    """Say what was handed over; without lines, everything that is still open."""
    pieces = None if body.lines is None else _pieces(body.lines)
    state = operations.confirm_delivery(
        by=actor_of(request), at=clock.now(), reference=reference, pieces=pieces, delivery_note=body.delivery_note
    )
    return {"state": state.value}


@area.change(
    "POST",
    "/orders/{reference}/ready",
    response={204: None},
    summary="Say that an order is ready",
    shown=order,
)
def ready(request: HttpRequest, reference: Reference) -> Status[None]:
    """That it lies ready to be picked up, or is on its way; whoever ordered is told."""
    operations.tell_ready(by=actor_of(request), at=clock.now(), reference=reference)
    return Status(204, None)


@area.change(
    "POST",
    "/orders/{reference}/faults",
    response={204: None},
    summary="Report a fault",
    example={"position": 1, "pieces": 1, "fault": "DAMAGED", "words": "The lid is cracked"},
    shown=order,
)
def report_fault(request: HttpRequest, reference: Reference, body: FaultIn) -> Status[None]:
    """By whoever placed the order or buys for the customer. Nothing is posted by it; the supplier answers."""
    operations.report_fault(by=actor_of(request), at=clock.now(), reference=reference, **dict(body))
    return Status(204, None)


@area.change(
    "POST",
    "/orders/{reference}/faults/{fault}/answer",
    response={204: None},
    summary="Answer a fault",
    example={"answer": "REPLACED", "words": "A new one is at the front desk"},
    shown=order,
)
def answer_fault(
    request: HttpRequest, reference: Reference, fault: Annotated[str, Path(pattern=r"^\d{1,18}$")], body: FaultAnswerIn
) -> Status[None]:
    """By whoever serves for the supplier. To give the price back, take the pieces back: that answers it."""
    operations.answer_fault(by=actor_of(request), at=clock.now(), reference=reference, fault=int(fault), **dict(body))
    return Status(204, None)


@area.list("/returns", item=PromiseOut, spec=aftersale.LISTED, summary="List returns and guarantees", own=[
    listing.parameter("text", {"type": "string"}, "A supplier's name or code.")
])  # fmt: skip
def promises(request: HttpRequest) -> Found[PromiseView]:
    """What suppliers promise for which the caller may say it."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: aftersale.views(viewer=viewer, at=at, params=asked), _promise)


@area.change(
    "PUT",
    "/returns/{supplier}",
    response={204: None},
    summary="Promise returns and guarantee",
    example={"return_days": 30, "guarantee_months": 24},
)
def promise_returns(request: HttpRequest, supplier: Code, body: PromiseIn) -> Status[None]:
    """For orders placed from now on; orders of before keep what was promised to them. Null: nothing is promised."""
    promise = Promise(body.return_days, body.guarantee_months)
    operations.promise_returns(by=actor_of(request), at=clock.now(), supplier=supplier, promise=promise)
    return Status(204, None)


def _promise(view: PromiseView) -> dict[str, Any]:
    return {
        "supplier": party(view.supplier),
        "return_days": view.promise.return_days,
        "guarantee_months": view.promise.guarantee_months,
        "since": view.since.isoformat(),
    }


@area.list("/given-up", item=GivenUpOut, spec=givenup.LISTED, summary="Why items were left in the basket", own=[
    listing.parameter("text", {"type": "string"}, "An item's name or code.")
])  # fmt: skip
def given_up(request: HttpRequest) -> Found[GivenUpView]:
    """By item and year, from five answers on, of suppliers for which the caller serves or whose data she keeps. Without persons."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: givenup.views(viewer=viewer, at=at, params=asked), _given_up)


def _given_up(view: GivenUpView) -> dict[str, Any]:
    return {
        "offering": party(view.offering),
        "supplier": party(view.supplier),
        "year": view.year,
        "answers": {why.value: count for why, count in view.answers.items()},
        "total": view.total,
    }


@area.list("/handover", item=HandoverSaidOut, spec=handing.LISTED, summary="List how suppliers hand over", own=[
    listing.parameter("text", {"type": "string"}, "A supplier's name or code.")
])  # fmt: skip
def handovers(request: HttpRequest) -> Found[WaysView]:
    """The suppliers for which the caller may say it, and that offer a choice."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: handing.views(viewer=viewer, at=at, params=asked), _said)


@area.change(
    "PUT",
    "/handover/{supplier}",
    response={204: None},
    summary="Say how a supplier hands over",
    example={"places": ["Front desk"], "brings": True},
)
def say_handover(request: HttpRequest, supplier: Code, body: HandoverSaidIn) -> Status[None]:
    """From then on whoever orders goods of it chooses among these; orders of before stay as they are."""
    operations.say_handover(
        by=actor_of(request), at=clock.now(), supplier=supplier, places=body.places, brings=body.brings
    )
    return Status(204, None)


def _said(view: WaysView) -> dict[str, Any]:
    return {"supplier": party(view.supplier), "places": list(view.ways.places), "brings": view.ways.brings}


@area.change(
    "POST",
    "/orders/{reference}/payment",
    response={204: None},
    summary="Name another payment",
    example={"payment": "TX-2026-0815"},
    shown=order,
)
def name_payment(request: HttpRequest, reference: Reference, body: PaymentIn) -> Status[None]:
    """Where the last one that was named could not be found."""
    operations.name_payment(by=actor_of(request), at=clock.now(), reference=reference, payment=body.payment)
    return Status(204, None)


@area.change(
    "POST",
    "/orders/{reference}/payment/mark",
    response=PaymentStateOut,
    summary="Say whether a payment came",
    example={"found": True},
    shown=order,
)
def mark_payment(request: HttpRequest, reference: Reference, body: PaymentFoundIn) -> dict[str, str]:
    """For whoever serves for the supplier; one that was not found may still come."""
    state = operations.mark_payment(by=actor_of(request), at=clock.now(), reference=reference, found=body.found)
    return {"state": state.value}


@area.list("/payments-elsewhere", item=TakingOut, spec=payments.TAKING, summary="List who takes payments made elsewhere", own=[
    listing.parameter("text", {"type": "string"}, "A company's name or code.")
])  # fmt: skip
def taking(request: HttpRequest) -> Found[TakingView]:
    """The companies whose controller the caller is one of."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: payments.views(viewer=viewer, at=at, params=asked), _taking)


@area.change(
    "PUT",
    "/payments-elsewhere/{company}",
    response={204: None},
    summary="Say how payments made elsewhere are taken",
    example={"words": "Pay at the counter by card and give the number on the slip."},
)
def take_payments(request: HttpRequest, company: Code, body: TakingIn) -> Status[None]:
    """From then on an order can name such a payment; orders of before stay as they are."""
    operations.take_payments_elsewhere(by=actor_of(request), at=clock.now(), company=company, words=body.words)
    return Status(204, None)


def _taking(view: TakingView) -> dict[str, Any]:
    return {"company": party(view.company), "words": view.words}


@area.change(
    "POST",
    "/orders/{reference}/receive",
    response=StateOut,
    summary="Confirm what came",
    example={"lines": [{"position": 1, "taken": 8, "refused": 2, "fault": "DAMAGED", "again": False}]},
    shown=order,
)
def receive(request: HttpRequest, reference: Reference, body: CameLinesIn) -> dict[str, str]:
    """What is refused for good is given back; what is missing, or refused and to be brought again, the supplier owes as before."""
    state = operations.confirm_receipt(
        by=actor_of(request), at=clock.now(), reference=reference, came=_came(body.lines), note=body.note
    )
    return {"state": state.value}


@area.change(
    "POST",
    "/orders/{reference}/return",
    response=GivenBackOut,
    summary="Take items back",
    example={**_PIECES, "reason": "Cracked"},
    shown=order,
)
def take_back(request: HttpRequest, reference: Reference, body: ReturnIn) -> dict[str, Any]:
    """Take delivered pieces back at the price they were sold for."""
    amount = operations.return_items(
        by=actor_of(request),
        at=clock.now(),
        reference=reference,
        pieces=_pieces(body.lines),
        reason=body.reason,
        shelved=body.shelved,
    )
    return {"amount": money(amount)}


@area.change(
    "POST",
    "/orders/{reference}/dispose",
    response=GivenBackOut,
    summary="Say that items were given away or sold",
    example={**_PIECES, "how": "GIVEN"},
    shown=order,
)
def dispose(request: HttpRequest, reference: Reference, body: DisposedIn) -> dict[str, Any]:
    """By whoever bought them for themselves; `amount` is what is repaid of the saving, where the scheme says so."""
    amount = operations.tell_disposal(
        by=actor_of(request), at=clock.now(), reference=reference, pieces=_pieces(body.lines), how=body.how
    )
    return {"amount": money(amount)}


@area.get("/waiting", response=WaitingOut, summary="What waits for me")
def waiting(request: HttpRequest) -> dict[str, int]:
    """Orders that wait for the caller's word, those of her budgets above what she may sign, those she is to deliver, her own."""
    return asdict(queries.waiting(viewer=actor_of(request), at=clock.now()))


@area.get("/allowances", response=list[MyAllowanceOut], summary="What is left of my allowances")
def allowances(request: HttpRequest) -> list[dict[str, Any]]:
    """The caller's own allowances this year, and what is left of the other limits of her schemes today."""
    return [
        {
            "scheme": each.scheme,
            "limit": each.limit.id,
            "span": each.limit.span.value,
            "item": party(each.item),
            "name": each.name,
            "supplier": party(each.supplier),
            "period": each.period,
            "used": money(each.used_money),
            "used_units": each.used_units,
            "money_left": None if each.money_left is None else money(each.money_left),
            "units_left": each.units_left,
            "next_on": None if each.next_on is None else each.next_on.isoformat(),
        }
        for each in queries.allowances(viewer=actor_of(request), at=clock.now())
    ]


@area.change(
    "POST",
    "/allowances/give",
    response={204: None},
    summary="Give unused allowance",
    example={"scheme": "abc-staff", "to": "tor-bergli", "money": {"amount": "50.00", "currency": "EUR"}},
)
def give(request: HttpRequest, body: GiveIn) -> Status[None]:
    """Of the calendar year, to a colleague or to somebody of the household, as the scheme says. It is not taken back."""
    amount = None if body.money is None else money_in(body.money, "money")
    operations.give_allowance(
        by=actor_of(request), at=clock.now(), scheme=body.scheme, to=body.to, money=amount, units=body.units
    )
    return Status(204, None)


@area.get("/me/order-helpers", response=list[HelperOut], summary="Who may order for me")
def order_helpers(request: HttpRequest) -> list[dict[str, Any]]:
    """Now or later."""
    found = behalf.mine(actor_of(request), on=clock.today())
    return [
        {"helper": party(each.other), "since": each.since.isoformat(), "last_day": each.last_day.isoformat()}
        for each in found
    ]


@area.get("/me/order-for", response=list[PartyOut], summary="For whom I may order")
def order_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Today."""
    return [found for each in behalf.open_to(actor_of(request), on=clock.today()) if (found := party(each)) is not None]


@area.change(
    "PUT",
    "/me/order-helpers/{helper}",
    response={204: None},
    summary="Let a colleague order for me",
    example={"last_day": "2027-06-30"},
)
def let_order(request: HttpRequest, helper: Code, body: HelperIn) -> Status[None]:
    """From today through a day, at one's own price and on one's own allowance; null ends it at once."""
    by, at = actor_of(request), clock.now()
    if body.last_day is None:
        operations.end_help(by=by, at=at, person=by.person or "", helper=helper)
    else:
        operations.let_order(by=by, at=at, helper=helper, last_day=body.last_day)
    return Status(204, None)


@area.get("/me/allowance-gifts", response=list[GiftOut], summary="Allowance I gave and was given")
def gifts(request: HttpRequest) -> list[dict[str, Any]]:
    """The latest first."""
    return [
        {
            "at": each.at.isoformat(),
            "mine": each.mine,
            "other": party(each.other),
            "scheme": each.scheme,
            "period": each.period,
            "money": money(each.money),
            "units": each.units,
        }
        for each in giving.gifts(viewer=actor_of(request))
    ]


@area.list("/approval-limits", item=ApprovalLimitOut, spec=register.LIMITS, summary="List approval limits")
def approval_limits(request: HttpRequest) -> Found[LimitRecord]:
    """Those of companies and departments whose limits one sets."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: register.limits(viewer=viewer, at=at, params=asked), _limit)


@area.one("/approval-limits/{code}", response=ApprovalLimitOut, summary="One approval limit")
def approval_limit(request: HttpRequest, code: str) -> dict[str, Any]:
    """The company's or department's own; what is below it and has none follows."""
    return _limit(register.limit(viewer=actor_of(request), at=clock.now(), party=code))


@area.change(
    "PUT",
    "/approval-limits/{code}",
    response={204: None},
    summary="Set an approval limit",
    example={"limit": {"amount": "5000", "currency": "EUR"}},
    seen=approval_limit,
)
def set_limit(request: HttpRequest, code: Path[Code], body: LimitIn) -> Status[None]:
    """For orders of a company or department and what is below it; its controllers set it."""
    limit = None if body.limit is None else money_in(body.limit, "limit")
    operations.set_approval_limit(by=actor_of(request), at=clock.now(), party=code, limit=limit)
    return Status(204, None)


def _limit(record: LimitRecord) -> dict[str, Any]:
    return {"party": party(record.party), "limit": money(record.limit)}


def price_changed(request: HttpRequest, changed: PriceChanged) -> HttpResponse:
    """409 with the new price and every reason, so that the caller can show it and ask again."""
    code = changed.reason.code
    return problem(
        request,
        HTTPStatus.CONFLICT,
        code,
        reasons=(changed.reason,),
        quote=_priced(queries.told(changed.decision, viewer=actor_of(request))),
    )


def _priced(quoted: Quote) -> dict[str, Any]:
    return {
        "lines": [quoted_line(line) for line in quoted.lines],
        "net": money(quoted.net),
        "tax": money(quoted.tax),
        "total": money(quoted.total),
        "allowances": [
            {
                "scheme": drawn.scheme,
                "limit": drawn.limit,
                "item": drawn.item,
                "period": drawn.period,
                "money": money(drawn.money),
                "units": drawn.units,
                "money_left": None if drawn.money_left is None else money(drawn.money_left),
                "units_left": drawn.units_left,
                "next_on": None if drawn.next_on is None else drawn.next_on.isoformat(),
            }
            for drawn in quoted.allowances
        ],
    }


def order_row(row: OrderRow) -> dict[str, Any]:
    """An order in a list as the API says it."""
    return {
        "reference": row.reference,
        "number": row.number,
        "placed_at": row.placed_at.isoformat(),
        "state": row.state.value,
        "person": party(row.person),
        "customer": party(row.customer),
        "supplier": party(row.supplier),
        "total": money(row.total),
        "saving": money(row.saving),
        "standing": row.standing.value,
        "kind": row.kind.value,
        "settlement": row.settlement.value,
    }


def _order(found: OrderView) -> dict[str, Any]:
    return {
        "order": order_row(found.row),
        "standing": standing(found.standing),
        "books_kind": found.books_kind.value,
        "books_definition": found.books_definition,
        "tax_definition": found.tax_definition or None,
        "tax_grounds": [reason(ground) for ground in found.tax_grounds],
        "net": money(found.net),
        "tax": money(found.tax),
        "lines": [_line(line) for line in found.lines],
        "history": [
            {
                "at": step.at.isoformat(),
                "kind": step.kind.value,
                "person": party(step.person),
                "facts": dict(step.facts),
            }
            for step in found.steps
        ],
        "cost_centre": party(found.cost_centre),
        "shares": cost_shares_out(found.shares),
        "standing_order": found.frame or None,
        "approval_by": party(found.budget),
        "pay_month": None if found.row.pay_month is None else f"{found.row.pay_month:%Y-%m}",
        "instalments": [] if found.plan is None else _parts(found.plan),
        "note": found.note,
        "payments": [
            {
                "reference": each.reference,
                "state": each.state.value,
                "given_at": each.given_at.isoformat(),
                "marked_at": None if each.marked_at is None else each.marked_at.isoformat(),
            }
            for each in found.payments
        ],
        "in_books": [
            {
                "company": party(each.company),
                "amount": money(each.functional),
                "exchange": exchange_out(each.exchange),
            }
            for each in found.turned
        ],
        "placed_by": party(found.placed_by),
        "household": found.household,
        "beneficiary": party(found.beneficiary),
        "handover": _handover(found.handover),
        "track": [
            {
                "kind": stage.kind.value,
                "state": stage.state.value,
                "at": None if stage.at is None else stage.at.isoformat(),
                "turn": None if stage.turn is None else stage.turn.value,
                "pieces": stage.pieces,
                "of": stage.of,
            }
            for stage in found.track
        ],
        "after_sale": None if found.after is None else _after(found.after),
        "waits_for": [{"turn": turn.value, "party": party(whose)} for turn, whose in found.waits_for],
        "may": {act: answer.allowed for act, answer in found.may.items()},
    }


def _after(found: AfterSale) -> dict[str, Any]:
    return {
        "return_days": found.promise.return_days,
        "guarantee_months": found.promise.guarantee_months,
        "lines": [_line_after(line) for line in found.lines],
        "faults": [
            {
                "id": str(fault.id),
                "position": fault.position,
                "pieces": fault.pieces,
                "fault": fault.fault.value,
                "words": fault.words,
                "reported_at": fault.reported_at.isoformat(),
                "answer": None if fault.answer is None else fault.answer.value,
                "answer_words": fault.answer_words,
                "answered_at": None if fault.answered_at is None else fault.answered_at.isoformat(),
            }
            for fault in found.faults
        ],
        "may_report": bool(found.may_report),
        "may_answer": bool(found.may_answer),
    }


def _line_after(line: LineAfter) -> dict[str, Any]:
    days = {"handed_over": line.handed_over, "until": line.until, "guarantee": line.guarantee}
    return {
        "position": line.position,
        "pieces": line.pieces,
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
        "back": money(line.back),
        "allowances": [
            {
                "scheme": each.scheme,
                "periods": list(each.periods),
                "money": money(each.money),
                "units": each.units,
                "cooling_days": each.cooling_days,
            }
            for each in line.allowances
        ],
    }


def _handover(chosen: Handover | None) -> dict[str, str] | None:
    return None if chosen is None else {"way": chosen.way.value, "place": chosen.place, "address": chosen.address}


def _choice(found: Choice | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "places": list(found.ways.places),
        "brings": found.ways.brings,
        "usual": _handover(found.usual),
        "address_needed": found.address_needed,
    }


def _parts(plan: Plan) -> list[dict[str, Any]]:
    return [{"month": f"{part.month:%Y-%m}", "amount": money(part.amount)} for part in plan.parts]


def _line(line: OrderLineView) -> dict[str, Any]:
    return {
        **quoted_line(line.quoted),
        "position": line.position,
        "name": line.name,
        "delivered": line.delivered,
        "returned": line.returned,
        "cancelled": line.cancelled,
        "disposed": line.disposed,
        "repaid": None if line.repaid is None else money(line.repaid),
        "kept_until": None if line.kept is None else line.kept.until.isoformat(),
        "received": line.received,
        "to_receive": line.to_receive,
        "place": line.place or None,
    }


def wanted(lines: list[LineIn]) -> list[Wanted]:
    """The lines of a body as the trade room asks for them."""
    return [Wanted(line.offering, line.quantity) for line in lines]


def _came(lines: list[CameIn] | None) -> dict[int, Came] | None:
    """What came by line; the same line named twice is refused."""
    if lines is None:
        return None
    came = {
        each.position: Came(each.taken, each.refused, each.missing, each.surplus, each.fault, each.again)
        for each in lines
    }
    if len(came) < len(lines):
        raise Refusal(Reason.of("line_named_twice"), where="lines")
    return came


def _pieces(lines: list[PieceIn]) -> dict[int, int]:
    """Pieces by line; the same line named twice is refused, for which one would hold?"""
    chosen = {line.position: line.quantity for line in lines}
    if len(chosen) < len(lines):
        raise Refusal(Reason.of("line_named_twice"), where="lines")
    return chosen
