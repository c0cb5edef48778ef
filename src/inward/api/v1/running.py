"""Subscriptions and insurance covers over HTTP: what runs, its charges, what changed its price; end it, change its plan."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Schema, Status
from pydantic import Field

from inward.api import listing
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
    PlanOut,
    ReasonOut,
    money,
    money_in,
    party,
    plan,
    reason,
)
from inward.api.v1.trade import TermsKey
from inward.core.terms import Reason, Refusal
from inward.kit import clock
from inward.trade import operations, runs
from inward.trade.runs import ChangeView, ChargeView, RunRow, RunView

area = Area("trade", tag="orders", room="trade")
Reference = Annotated[str, Path(min_length=1, max_length=64)]
_WHICH = (
    listing.parameter(
        "which",
        {"type": "string", "enum": list(runs.WHICH), "default": "own"},
        "What runs for oneself or for whom one acts, or all of which one may see the orders.",
    ),
)


class RunningOut(Schema):
    """Something that runs. `price` is what a whole period costs as it was charged last; `ends_on` no longer counts."""

    reference: str
    number: int
    name: str
    customer: PartyOut
    supplier: PartyOut
    quantity: int
    price: MoneyOut
    starts_on: date
    ends_on: date | None = None
    ended_how: str
    next_on: date | None = None
    charged_until: date
    held: ReasonOut | None = None
    plan: PlanOut
    household: bool = Field(
        default=False, description="Whether it is for somebody of the household; told to whoever has it alone."
    )
    beneficiary: PartyOut | None = Field(
        None, description="For whom of the household; null also where that is forgotten."
    )


class RunningChargeOut(Schema):
    """What some days cost: `until` no longer counts. Negative where days that were charged are given back."""

    since: date
    until: date
    billed_on: date
    amount: MoneyOut
    tax: MoneyOut
    full: MoneyOut
    ordinary: MoneyOut
    kind: str
    settlement: str
    reverses: bool
    by_order: bool
    why: list[ReasonOut]


class RunningChangeOut(Schema):
    """What became of a price on a day, and why; `after` is null where it ended."""

    reference: str
    number: int
    name: str
    customer: PartyOut
    on: date
    kind: str
    before: MoneyOut
    after: MoneyOut | None = None
    before_standing: str
    after_standing: str
    late: bool
    noted_at: str
    taken_back_at: str | None = None
    why: list[ReasonOut]


class RunningDetailOut(RunningOut):
    """One of them, with its charges and changes, the latest first."""

    insurer: PartyOut | None = None
    settlement: str
    next_price: MoneyOut | None = None
    earliest_end: date | None = None
    renews_on: date | None = None
    say_no_by: date | None = None
    charges: list[RunningChargeOut]
    changes: list[RunningChangeOut]


class RunEndIn(Asked):
    """On which day it no longer runs; left out: as soon as it can end."""

    on: Day | None = None


class EndOut(Schema):
    """The day on which it no longer runs."""

    ends_on: date


class ChangePlanIn(Asked):
    """Which offering takes its place, the price of its first period that was shown, and the terms accepted with it."""

    offering: Code
    expected: MoneyIn
    key: str = Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")
    accepts: list[TermsKey] = Field(
        default=[], max_length=20, description="The terms that the buyer accepts with this order, by key."
    )


class ChangedOut(Schema):
    """The order with which the other plan begins."""

    reference: str
    number: int


@area.list("/running", item=RunningOut, spec=runs.RUNS, summary="List subscriptions and covers", own=_WHICH)
def running(request: HttpRequest) -> Found[RunRow]:
    """What runs for the caller, the latest first."""
    viewer, at, which = actor_of(request), clock.now(), request.GET.get("which") or "own"
    if which not in runs.WHICH:
        raise Refusal(Reason.of("value_not_among", expected=", ".join(runs.WHICH)), where="which")
    return Found(lambda asked: runs.runs(viewer=viewer, at=at, params=asked, which=which), _row)


@area.one("/running/{reference}", response=RunningDetailOut, summary="One subscription or cover")
def one(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """With its charges, what changed its price, when it can end; `reference` is that of the order it began with."""
    return _detail(runs.run(viewer=actor_of(request), at=clock.now(), reference=reference))


@area.list("/running-changes", item=RunningChangeOut, spec=runs.CHANGES, summary="List what changed running prices")
def changes(request: HttpRequest) -> Found[ChangeView]:
    """Every price that followed the beginning or end of work, a household or a share: from which to which, and why."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: runs.changes(viewer=viewer, at=at, params=asked), _change)


@area.change(
    "POST",
    "/running/{reference}/end",
    response=EndOut,
    summary="End a subscription or cover",
    example={"on": "2026-12-31"},
    shown=one,
)
def end(request: HttpRequest, reference: Reference, body: RunEndIn) -> dict[str, Any]:
    """What was charged for later days is given back."""
    ends_on = operations.end_running(by=actor_of(request), at=clock.now(), reference=reference, on=body.on)
    return {"ends_on": ends_on}


@area.change(
    "POST", "/running/{reference}/keep", response={204: None}, summary="Let a subscription or cover go on", shown=one
)
def keep(request: HttpRequest, reference: Reference) -> Status[None]:
    """Before the day on which somebody asked it to end."""
    operations.keep_running(by=actor_of(request), at=clock.now(), reference=reference)
    return Status(204, None)


@area.change(
    "POST",
    "/running/{reference}/change",
    response={201: ChangedOut},
    summary="Change the plan of a subscription or cover",
    example={"offering": "dsl-fast", "expected": {"amount": "45.00", "currency": "EUR"}, "key": "c-1"},
    shown=one,
)
def change(request: HttpRequest, reference: Reference, body: ChangePlanIn) -> Status[dict[str, Any]]:
    """From today on, at the price that was shown or not at all."""
    receipt = operations.change_running(
        by=actor_of(request),
        at=clock.now(),
        reference=reference,
        offering=body.offering,
        expected=money_in(body.expected, "expected"),
        key=body.key,
        accepts=body.accepts,
    )
    return Status(201, {"reference": receipt.reference, "number": receipt.number})


def _row(row: RunRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "number": row.number,
        "name": row.name,
        "customer": party(row.customer),
        "supplier": party(row.supplier),
        "quantity": row.quantity,
        "price": money(row.price),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "ended_how": "" if row.ended_how is None else row.ended_how.value,
        "next_on": row.next_on,
        "charged_until": row.charged_until,
        "held": None if row.held is None else reason(row.held),
        "plan": plan(row.plan),
        "household": row.household,
        "beneficiary": party(row.beneficiary),
    }


def _detail(view: RunView) -> dict[str, Any]:
    return {
        **_row(view.row),
        "insurer": None if view.insurer is None else party(view.insurer),
        "settlement": view.settlement.value,
        "next_price": None if view.next_price is None else money(view.next_price),
        "earliest_end": view.earliest_end,
        "renews_on": None if view.renewal is None else view.renewal.on,
        "say_no_by": None if view.renewal is None else view.renewal.last_day,
        "charges": [_charge(each) for each in view.charges],
        "changes": [_change(each) for each in view.changes],
    }


def _charge(view: ChargeView) -> dict[str, Any]:
    return {
        "since": view.since,
        "until": view.until,
        "billed_on": view.billed_on,
        "amount": money(view.amount),
        "tax": money(view.tax),
        "full": money(view.full),
        "ordinary": money(view.ordinary),
        "kind": view.kind,
        "settlement": view.settlement.value,
        "reverses": view.reverses,
        "by_order": view.by_order,
        "why": [reason(each) for each in view.why],
    }


def _change(view: ChangeView) -> dict[str, Any]:
    return {
        "reference": view.reference,
        "number": view.number,
        "name": view.name,
        "customer": party(view.customer),
        "on": view.on,
        "kind": view.kind.value,
        "before": money(view.before),
        "after": None if view.after is None else money(view.after),
        "before_standing": view.before_standing,
        "after_standing": view.after_standing,
        "late": view.late,
        "noted_at": view.noted_at.isoformat(),
        "taken_back_at": None if view.taken_back_at is None else view.taken_back_at.isoformat(),
        "why": [reason(each) for each in view.why],
    }
