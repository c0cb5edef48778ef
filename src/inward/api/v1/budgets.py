"""Budgets of cost centres over HTTP: read with what was taken of them, set and lifted by controllers."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Path, Status
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found, parameter
from inward.api.v1.schemas import Asked, Code, Day, Line, MoneyIn, MoneyOut, PartyOut, money, money_in, party
from inward.kit import clock
from inward.trade import budgets, operations
from inward.trade.budgets import BudgetView
from inward.trade.vocabulary import BudgetRule

area = Area("trade", tag="orders", room="trade")


class BudgetOut(BaseModel):
    """What a cost centre may spend in some days; posted of it, committed by orders that wait for approval, and left.

    `rule` says what happens with an order beyond it: `WARN` tells whoever orders, `STOP` refuses the order.
    """

    centre: PartyOut
    starts: date
    last_day: date
    amount: MoneyOut
    posted: MoneyOut
    committed: MoneyOut
    left: MoneyOut
    rule: str


class BudgetIn(Asked):
    """A budget through its last day; null for `amount` lifts it."""

    last_day: Day
    amount: MoneyIn | None = None
    rule: BudgetRule = BudgetRule.WARN
    source: Line = ""


@area.list(
    "/budgets",
    item=BudgetOut,
    spec=budgets.BUDGETS,
    summary="List budgets",
    own=(parameter("text", {"type": "string"}, "Part of the name or code of a cost centre."),),
)
def every(request: HttpRequest) -> Found[BudgetView]:
    """Those of cost centres that one buys for, answers for or keeps the books of."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: budgets.listed(viewer=viewer, at=at, params=asked), _budget)


@area.one("/budgets/{code}/{starts}", response=BudgetOut, summary="One budget")
def one(request: HttpRequest, code: str, starts: date) -> dict[str, Any]:
    """By its cost centre and its first day."""
    return _budget(budgets.one(viewer=actor_of(request), at=clock.now(), key=f"{code}:{starts.isoformat()}"))


@area.change(
    "PUT",
    "/budgets/{code}/{starts}",
    response={204: None},
    summary="Set a budget",
    example={"last_day": "2027-12-31", "amount": {"amount": "12000", "currency": "EUR"}, "rule": "STOP"},
    seen=one,
)
def put(request: HttpRequest, code: Path[Code], starts: date, body: BudgetIn) -> Status[None]:
    """What orders of these days take already is counted at once; the controllers of the company set it."""
    by, at = actor_of(request), clock.now()
    if body.amount is None:
        operations.lift_budget(by=by, at=at, key=f"{code}:{starts.isoformat()}", source=body.source)
        return Status(204, None)
    operations.set_budget(
        by=by,
        at=at,
        centre=code,
        starts=starts,
        last_day=body.last_day,
        amount=money_in(body.amount, "amount"),
        rule=body.rule,
        source=body.source,
    )
    return Status(204, None)


def _budget(view: BudgetView) -> dict[str, Any]:
    held = view.allotted
    return {
        "centre": party(view.centre),
        "starts": held.starts,
        "last_day": held.period.last,
        "amount": money(held.amount),
        "posted": money(view.posted),
        "committed": money(view.committed),
        "left": money(view.left),
        "rule": held.rule.value,
    }
