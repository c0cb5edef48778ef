"""What a cost centre was charged in a month, and disputes about it, over HTTP."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Status
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, Day, MadeOut, MoneyIn, MoneyOut, PartyOut, money, money_in, party
from inward.api.v1.trade import Reference, Words500
from inward.kit import clock
from inward.trade import operations, statements
from inward.trade.statements import DisputeView, StatementLine
from inward.trade.vocabulary import DisputeAnswer, DisputeReason, DisputeSide

area = Area("trade", tag="orders", room="trade")


class DisputeOut(BaseModel):
    """A dispute: which order and cost centre, which `side` raised it (`CUSTOMER`, `SUPPLIER`), what is wrong and about how much, by
    when an answer is needed, who settles it; the answer, null while it waits.
    """

    reference: str
    order: str
    number: int
    centre: PartyOut
    supplier: PartyOut
    reason: str
    words: str
    side: str
    amount: MoneyOut | None = None
    owner: PartyOut | None = None
    raised_at: str
    due: date
    overdue: bool
    answer: str | None = None
    answer_words: str
    answered_at: str | None = None


class StatementLineOut(BaseModel):
    """A posting on the cost centre; without order and number where the caller may not see the order.

    `bears` says that it is a charge or its correction; what else stands on the cost centre it earned or gave away.
    """

    posted_on: date
    amount: MoneyOut
    bears: bool
    corrects: bool
    order: str | None = None
    number: int | None = None
    supplier: PartyOut | None = None
    what: list[str]
    dispute: DisputeOut | None = None


class StatementOut(BaseModel):
    """A month of a cost centre. `cut`: there are more lines than these."""

    centre: PartyOut
    month: str
    charged: MoneyOut | None = None
    given_back: MoneyOut | None = None
    lines: list[StatementLineOut]
    cut: bool


class DisputeIn(Asked):
    """What is wrong with the charge of an order on a cost centre, and by when an answer is needed."""

    centre: Code
    reason: DisputeReason
    words: Words500 = Field(min_length=1)
    due: Day
    amount: MoneyIn | None = None
    side: DisputeSide = DisputeSide.CUSTOMER


class OwnerIn(Asked):
    """Who settles it: oneself, or a colleague who may answer it too."""

    owner: Code


class AnswerIn(Asked):
    """What whoever serves for the supplier answers."""

    answer: DisputeAnswer
    words: Words500 = Field(min_length=1)


@area.one("/cost-centres/{code}/statements/{month}", response=StatementOut, summary="What a cost centre was charged")
def statement(request: HttpRequest, code: str, month: date) -> dict[str, Any]:
    """In the month of that day, from the books."""
    found = statements.statement(viewer=actor_of(request), at=clock.now(), centre=code, month=month)
    return {
        "centre": party(found.centre),
        "month": f"{found.month:%Y-%m}",
        "charged": None if found.charged is None else money(found.charged),
        "given_back": None if found.given_back is None else money(found.given_back),
        "lines": [_line(line) for line in found.lines],
        "cut": found.cut,
    }


@area.list("/disputes", item=DisputeOut, spec=statements.DISPUTES, summary="List disputed charges")
def every(request: HttpRequest) -> Found[DisputeView]:
    """Of cost centres whose budgets one reads, of suppliers one serves for, and of companies whose books one keeps."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: statements.disputes(viewer=viewer, at=at, params=asked), _dispute)


@area.change(
    "POST",
    "/orders/{reference}/disputes",
    response={201: MadeOut},
    summary="Dispute a charge",
    example={"centre": "abc-it", "reason": "QUANTITY", "words": "Eight came, ten are charged.", "due": "2027-01-15"},
)
def raise_one(request: HttpRequest, reference: Reference, body: DisputeIn) -> Status[dict[str, str]]:
    """The other side is told and asked for an answer; between companies, whoever sells may raise one as well."""
    code = operations.dispute_charge(
        by=actor_of(request),
        at=clock.now(),
        order=reference,
        centre=body.centre,
        reason=body.reason,
        words=body.words,
        due=body.due,
        amount=None if body.amount is None else money_in(body.amount, "amount"),
        side=body.side,
    )
    return Status(201, {"code": code})


@area.change(
    "POST",
    "/disputes/{code}/answer",
    response={204: None},
    summary="Answer a dispute",
    example={"answer": "EXPLAINED", "words": "The other two came with the second delivery."},
)
def answer(request: HttpRequest, code: Path[Code], body: AnswerIn) -> Status[None]:
    """It posts nothing: what is corrected is taken back or called off on the order."""
    operations.answer_dispute(by=actor_of(request), at=clock.now(), dispute=code, answer=body.answer, words=body.words)
    return Status(204, None)


@area.change(
    "POST",
    "/disputes/{code}/owner",
    response={204: None},
    summary="Say who settles a dispute",
    example={"owner": "tor-bergli"},
)
def own(request: HttpRequest, code: Path[Code], body: OwnerIn) -> Status[None]:
    """A colleague is told; others may still answer."""
    operations.own_dispute(by=actor_of(request), at=clock.now(), dispute=code, owner=body.owner)
    return Status(204, None)


def _line(line: StatementLine) -> dict[str, Any]:
    return {
        "posted_on": line.posted_on,
        "amount": money(line.amount),
        "bears": line.bears,
        "corrects": line.corrects,
        "order": line.reference or None,
        "number": line.number,
        "supplier": party(line.supplier),
        "what": list(line.what),
        "dispute": None if line.dispute is None else _dispute(line.dispute),
    }


def _dispute(view: DisputeView) -> dict[str, Any]:
    return {
        "reference": view.reference,
        "order": view.order,
        "number": view.number,
        "centre": party(view.centre),
        "supplier": party(view.supplier),
        "reason": view.reason.value,
        "words": view.words,
        "side": view.side.value,
        "amount": None if view.amount is None else money(view.amount),
        "owner": None if view.owner is None else party(view.owner),
        "raised_at": view.raised_at.isoformat(),
        "due": view.due,
        "overdue": view.overdue,
        "answer": None if view.answer is None else view.answer.value,
        "answer_words": view.answer_words,
        "answered_at": None if view.answered_at is None else view.answered_at.isoformat(),
    }
