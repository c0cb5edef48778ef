"""What would be, over HTTP: suppositions in, the dealings of a year that would differ out; and those seen otherwise now."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Schema, Status
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, MoneyOut, ReasonOut, money, reason
from inward.insight import late, mine, operations, queries
from inward.insight.differing import Difference, Side
from inward.insight.late import LateRow
from inward.insight.suppositions import SUPPOSITIONS_MAX, read
from inward.insight.vocabulary import LateState
from inward.kit import clock
from inward.kit.policy import NotThere
from inward.parties import queries as parties

area = Area("parties", tag="insight")

_TEXT_MAX = 600


class MineOut(Schema):
    """What is held on the caller, by the room that holds it; each part in the words of that room."""

    made_at: str
    person: dict[str, Any] | None
    sign_in: dict[str, Any] | None
    orders: list[dict[str, Any]]
    requests: list[dict[str, Any]] = Field(description="what the caller asked help for, and what was written there")
    subscriptions: list[dict[str, Any]] = Field(description="what runs for the caller or ran, with every charge")
    allowances: list[dict[str, Any]]
    allowance_gifts: list[dict[str, Any]] = Field(description="what of an allowance was given to others or by them")
    waited_for: list[dict[str, Any]] = Field(description="what the caller waits or waited for, and how that ended")
    terms: list[dict[str, Any]] = Field(description="what she accepts, may be asked to accept, and accepted once")
    suspensions: list[dict[str, Any]] = Field(description="from which staff scheme the caller was suspended, and why")
    benefit_facts: list[dict[str, Any]] = Field(description="what employers were told of the caller for tax law")
    benefit_gifts: list[dict[str, Any]] = Field(description="what payroll told that was given to the caller")
    deductions: list[dict[str, Any]] = Field(description="what of her orders still leaves her pay, month by month")
    pay_lines: list[dict[str, Any]] = Field(description="what payroll was told of the caller")
    net_pay: list[dict[str, Any]] = Field(description="what payroll told of the caller's net pay, for limits by it")
    letters_sent: list[dict[str, Any]] = Field(
        description="what the caller wrote to the mailbox, and what became of it"
    )
    noted: list[dict[str, Any]] = Field(description="what was done to what is known of her, and when")
    letters: list[dict[str, Any]]


@area.get("/me/data", response=MineOut, summary="What is held on me")
def held_on_me(request: HttpRequest) -> dict[str, Any]:
    """Name, work, households, shares, roles, sessions, orders as they were decided, subscriptions, allowances, terms, what payroll was told and letters: of the caller, for her alone."""
    return mine.held_on_me(viewer=actor_of(request), at=clock.now())


class SideOut(Schema):
    """A dealing in one world: its kind, how it is settled, what is paid; or why it could not have been."""

    kind: str | None
    settlement: str | None
    total: MoneyOut | None
    why_not: ReasonOut | None


class DifferenceOut(Schema):
    """A dealing that would differ. Number and customer are left out of what somebody bought for herself."""

    number: int | None
    on: date
    supplier: str
    customer: str | None
    before: SideOut
    after: SideOut


class TurnOut(Schema):
    """Dealings that turn alike: how many, and what is paid for them in each currency."""

    before: str | None
    after: str | None
    dealings: int
    paid_before: list[MoneyOut]
    paid_after: list[MoneyOut]


class PostedOut(Schema):
    """What the books of a company hold of these dealings in one place: debit above zero, credit below."""

    company: str
    kind: str
    role: str
    before: MoneyOut
    after: MoneyOut


class WhatIfOut(Schema):
    """The answer: how many dealings were asked, how many differ, how they turn, what the books would hold, the newest."""

    since: date
    until: date
    asked: int
    may_differ: int
    priced: int
    differ: int
    turns: list[TurnOut]
    posted: list[PostedOut]
    dealings: list[DifferenceOut]


class WhatIfIn(Schema):
    """What is supposed, one text each."""

    s: list[Annotated[str, Field(max_length=_TEXT_MAX)]] = Field(min_length=1, max_length=SUPPOSITIONS_MAX)


@area.get("/what-if", response=WhatIfOut, summary="Which dealings of the last year would have been other ones")
def what_if(request: HttpRequest, asked: Query[WhatIfIn]) -> dict[str, Any]:
    """Ask what would be if somebody held otherwise or worked elsewhere; nothing is saved.

    ``s`` is a supposition, once or several times: ``share:OWNER:COMPANY:PERCENT:DAY``,
    ``shares:OWNER:CLASS:NUMBER:DAY`` where a company has share classes, or ``work:PERSON:COMPANY:KIND:DAY`` (``NONE`` for no
    longer), each from that day on. For data administrators and controllers of everything.
    """
    suppositions = read(asked.s, parties.world())
    found = queries.what_if(viewer=actor_of(request), at=clock.now(), suppositions=suppositions)
    return {
        "since": found.since,
        "until": found.until,
        "asked": found.asked,
        "may_differ": found.may_differ,
        "priced": found.priced,
        "differ": found.differ,
        "turns": [
            {
                "before": None if turn.before is None else turn.before.value,
                "after": None if turn.after is None else turn.after.value,
                "dealings": turn.dealings,
                "paid_before": [money(each) for each in turn.paid_before],
                "paid_after": [money(each) for each in turn.paid_after],
            }
            for turn in found.turns
        ],
        "posted": [
            {
                "company": each.company,
                "kind": each.kind.value,
                "role": each.role.value,
                "before": money(each.before),
                "after": money(each.after),
            }
            for each in found.posted
        ],
        "dealings": [_difference(each) for each in found.rows],
    }


class LateOut(BaseModel):
    """A dealing whose verdict would be another one by what is known now. It keeps what was decided."""

    id: str
    number: str
    on: date
    supplier: str
    customer: str
    kind_then: str
    kind_now: str | None
    books_then: str | None
    books_now: str | None
    total_then: MoneyOut
    total_now: MoneyOut | None
    cause: ReasonOut
    found_at: datetime
    state: str
    note: str


class DecidedIn(Asked):
    """What is done about it: open, to do, done or left; and in a few words what, or why not."""

    state: LateState
    note: str = Field(min_length=1, max_length=500)


@area.list("/late-dealings", item=LateOut, spec=late.LATE_LIST, summary="Dealings seen otherwise now")
def late_dealings(request: HttpRequest) -> Found[LateRow]:
    """Orders whose verdict would be another one by what became known later. For those who may ask what would be."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: late.late(viewer=viewer, at=at, params=asked), _late)


@area.change(
    "POST",
    "/late-dealings/{key}/decision",
    response={204: None},
    summary="Say what is done about a late dealing",
    example={"state": "LEFT", "note": "Too small to correct."},
)
def decide_late(request: HttpRequest, key: str, body: DecidedIn) -> Status[None]:
    """The dealing stays as it is; a correction is a return and a new order."""
    operations.decide_late(by=actor_of(request), at=clock.now(), key=_number(key), state=body.state, note=body.note)
    return Status(204, None)


def _late(row: LateRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "on": row.on,
        "supplier": row.supplier,
        "customer": row.customer,
        "kind_then": row.kind_then.value,
        "kind_now": None if row.kind_now is None else row.kind_now.value,
        "books_then": None if row.books_then is None else row.books_then.value,
        "books_now": None if row.books_now is None else row.books_now.value,
        "total_then": money(row.total_then),
        "total_now": None if row.total_now is None else money(row.total_now),
        "cause": reason(row.cause),
        "found_at": row.found_at,
        "state": row.state.value,
        "note": row.note,
    }


def _number(key: str) -> int:
    """The key as the database has it. NotThere for what is none."""
    if not (key.isascii() and key.isdigit()) or len(key) > 18:  # noqa: PLR2004 - the digits of a key
        raise NotThere
    return int(key)


def _difference(each: Difference) -> dict[str, Any]:
    dealt = each.dealt
    return {
        "number": None if dealt.private else dealt.number,
        "on": dealt.on,
        "supplier": dealt.supplier,
        "customer": None if dealt.private else dealt.customer,
        "before": _side(each.before),
        "after": _side(each.after),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "kind": None if side.kind is None else side.kind.value,
        "settlement": None if side.settlement is None else side.settlement.value,
        "total": None if side.total is None else money(side.total),
        "why_not": None if side.why_not is None else reason(side.why_not),
    }
