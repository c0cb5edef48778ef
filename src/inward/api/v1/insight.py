"""What would be, over HTTP: suppositions in, the dealings of a year that would differ out. Nothing is saved."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Schema

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.v1.schemas import MoneyOut, ReasonOut, money, reason
from inward.insight import queries
from inward.insight.differing import Difference, Side
from inward.insight.suppositions import SUPPOSITIONS_MAX, read
from inward.kit import clock
from inward.parties import queries as parties

area = Area("parties", tag="insight")

_TEXT_MAX = 600


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

    ``s`` is a supposition, once or several times: ``share:OWNER:COMPANY:PERCENT:DAY`` or ``work:PERSON:COMPANY:KIND:DAY``
    (``NONE`` for no longer), each from that day on. For data administrators and controllers of everything.
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
