"""What payroll is told over HTTP: runs for a month, their lines as a table, lines it could not take, codes; and one's own."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, Day, MadeOut, MoneyIn, MoneyOut, PartyOut, money, money_in, party
from inward.core.bookkeeping import OnLeaving, PayRule
from inward.kit import clock
from inward.parties import queries as parties
from inward.trade import deductions, instalments, netpay, operations, payroll
from inward.trade.instalments import RuleView
from inward.trade.netpay import PayView
from inward.trade.payroll import LineView, RunView
from inward.trade.vocabulary import PayKind

area = Area("trade", tag="orders", room="trade")


class UnreckonedOut(Schema):
    """Whose taxable benefit of which tax year could not be reckoned, by the code of the reason."""

    person: str
    tax_year: str
    why: str


class PayRunOut(Schema):
    """What payroll of a company was told for a month, through a cut-off day; `code` names it in addresses."""

    code: str
    company: PartyOut
    number: int
    month: str
    cut_off: str
    made_at: str
    lines: int
    rejected: int
    unreckoned: list[UnreckonedOut]


class PayLineOut(Schema):
    """How much more (or less) than was told before: `DEDUCTION` for an order, `BENEFIT` for a tax year."""

    id: str
    company: str
    run: int
    month: str
    person: str
    name: str
    kind: str
    code: str
    order: str
    number: int | None = None
    tax_year: str
    amount: MoneyOut
    rejected_at: str | None = None
    rejected_why: str
    put_off: bool = Field(
        default=False, description="Whether a limit by net pay did not let it through; the next run takes it up."
    )


class PayRunIn(Asked):
    """Which company, for which month (any day of it), through which day of orders."""

    company: Code
    month: Day
    cut_off: Day


class RejectedIn(Asked):
    """Why payroll could not take it."""

    why: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")


class PayCodeIn(Asked):
    """What payroll of a company calls a kind of line."""

    company: Code
    kind: PayKind
    code: str = Field(pattern=r"^[A-Za-z0-9.\-]{1,40}$")


class PayPartOut(Schema):
    """So much out of the pay of a month (`2026-11`)."""

    month: str
    amount: MoneyOut


class DeductionOut(Schema):
    """What payroll was not told yet of an order; `on_leaving` where it comes in parts."""

    order: str
    number: int
    parts: list[PayPartOut]
    on_leaving: str | None = None


class PayPartsOut(Schema):
    """In how many parts at most a company deducts, none below `part_min`; later orders than `last_day` begin with the next pay."""

    company: PartyOut
    parts_max: int
    part_min: MoneyOut | None = None
    last_day: int
    leaving: str


class PayPartsIn(Asked):
    """How a company deducts from now on."""

    company: Code
    parts_max: int = Field(ge=1, le=operations.PARTS_MAX)
    part_min: MoneyIn | None = None
    last_day: int = Field(default=31, ge=1, le=31)
    leaving: OnLeaving = OnLeaving.LAST_PAY


class NetPayRowIn(Asked):
    """What somebody nets a month."""

    person: Code
    amount: MoneyIn


class NetPayIn(Asked):
    """Net pay at an employer from a day on."""

    company: Code
    valid_from: Day
    rows: list[NetPayRowIn] = Field(min_length=1, max_length=operations.NET_PAY_ROWS_MAX)
    source: str = Field(default="", max_length=200)


class NetPayToldOut(Schema):
    """Of how many people it was told."""

    told: int


class NetPayOut(Schema):
    """What somebody nets a month, from which day on."""

    person: PartyOut
    company: PartyOut
    amount: MoneyOut
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


@area.list("/pay-runs", item=PayRunOut, spec=payroll.RUNS, summary="List payroll runs")
def runs(request: HttpRequest) -> Found[RunView]:
    """Those of the companies where the caller is payroll officer."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: payroll.runs(viewer=viewer, at=at, params=asked), _run)


@area.one("/pay-runs/{code}", response=PayRunOut, summary="One payroll run")
def run(request: HttpRequest, code: str) -> dict[str, Any]:
    """Which days and how many lines; the lines are a list of their own."""
    return _run(payroll.run(viewer=actor_of(request), at=clock.now(), key=code))


@area.list("/pay-lines", item=PayLineOut, spec=payroll.LINES, summary="List payroll lines", own=[
    listing.parameter("text", {"type": "string"}, "An order's number, or a person's code.")
])  # fmt: skip
def lines(request: HttpRequest) -> Found[LineView]:
    """The file for payroll: `run` chooses by the code of a run."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: payroll.lines(viewer=viewer, at=at, params=asked), _line)


@area.change(
    "POST",
    "/pay-runs",
    response={201: MadeOut},
    summary="Make a payroll run",
    example={"company": "abc", "month": "2026-11-01", "cut_off": "2026-11-20"},
)
def make(request: HttpRequest, body: PayRunIn) -> Status[dict[str, str]]:
    """It holds the difference to what earlier runs told, and is never changed."""
    code = operations.make_pay_run(
        by=actor_of(request), at=clock.now(), company=body.company, month=body.month, cut_off=body.cut_off
    )
    return Status(201, {"code": code})


@area.change(
    "POST",
    "/pay-lines/{id}/reject",
    response={204: None},
    summary="Payroll could not take a line",
    example={"why": "unpaid leave"},
)
def reject(request: HttpRequest, id: str, body: RejectedIn) -> Status[None]:
    """It counts as not told; the next run has it again."""
    operations.reject_pay_line(by=actor_of(request), at=clock.now(), line=payroll.line_id(id), why=body.why)
    return Status(204, None)


@area.change(
    "POST",
    "/pay-codes",
    response={204: None},
    summary="Set a code of payroll",
    example={"company": "abc", "kind": "DEDUCTION", "code": "4711"},
)
def code(request: HttpRequest, body: PayCodeIn) -> Status[None]:
    """Runs made before keep theirs."""
    operations.set_pay_code(by=actor_of(request), at=clock.now(), company=body.company, kind=body.kind, code=body.code)
    return Status(204, None)


@area.get("/me/pay-lines", response=list[PayLineOut], summary="What payroll was told of me")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    """The latest first."""
    return [_line(each) for each in payroll.own(viewer=actor_of(request))]


@area.get("/me/deductions", response=list[DeductionOut], summary="What still leaves my pay")
def coming(request: HttpRequest) -> list[dict[str, Any]]:
    """By order and month: what payroll was not told yet."""
    return [
        {
            "order": each.reference,
            "number": each.number,
            "parts": [{"month": f"{part.month:%Y-%m}", "amount": money(part.amount)} for part in each.parts],
            "on_leaving": None if each.on_leaving is None else each.on_leaving.value,
        }
        for each in deductions.own(viewer=actor_of(request), at=clock.now())
    ]


@area.list("/pay-parts", item=PayPartsOut, spec=instalments.RULES, summary="List how companies deduct", own=[
    listing.parameter("text", {"type": "string"}, "A company's name or code.")
])  # fmt: skip
def parts(request: HttpRequest) -> Found[RuleView]:
    """Of the companies where the caller is payroll officer."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: instalments.rule_views(viewer=viewer, at=at, params=asked), _rule)


@area.change(
    "POST",
    "/pay-parts",
    response={204: None},
    summary="Say how a company deducts",
    example={"company": "abc", "parts_max": 6, "last_day": 20, "leaving": "LAST_PAY"},
)
def set_parts(request: HttpRequest, body: PayPartsIn) -> Status[None]:
    """Orders of before keep what they were promised."""
    least = None if body.part_min is None else money_in(body.part_min, "part_min")
    rule = PayRule(body.parts_max, least, body.last_day, body.leaving)
    operations.set_pay_parts(by=actor_of(request), at=clock.now(), company=body.company, rule=rule)
    return Status(204, None)


@area.list("/net-pay", item=NetPayOut, spec=netpay.PAYS, summary="List net pay", own=[
    listing.parameter("text", {"type": "string"}, "Name or code.")
])  # fmt: skip
def net_pays(request: HttpRequest) -> Found[PayView]:
    """Of people of the companies where the caller is payroll officer, never their own. That they were read is noted."""
    by, at = actor_of(request), clock.now()
    return Found(lambda asked: operations.read_net_pays(by=by, at=at, params=asked), _net_pay)


@area.change(
    "POST",
    "/net-pay",
    response=NetPayToldOut,
    summary="Tell net pay",
    example={
        "company": "abc",
        "valid_from": "2026-11-01",
        "rows": [{"person": "maya-lund", "amount": {"amount": "2450.00", "currency": "EUR"}}],
    },
)
def tell_net_pay(request: HttpRequest, body: NetPayIn) -> dict[str, int]:
    """Of one person or of many, from a day on: all rows or none."""
    rows = [
        netpay.Told(row.person, money_in(row.amount, f"rows.{place}.amount"), f"rows.{place}")
        for place, row in enumerate(body.rows)
    ]
    by, at = actor_of(request), clock.now()
    count = operations.tell_net_pay(
        by=by, at=at, company=body.company, rows=rows, valid_from=body.valid_from, source=body.source
    )
    return {"told": count}


@area.get("/me/net-pay", response=list[NetPayOut], summary="What payroll told of my net pay")
def my_net_pay(request: HttpRequest) -> list[dict[str, Any]]:
    """The latest first."""
    return [_net_pay(each) for each in netpay.own(viewer=actor_of(request))]


def _net_pay(view: PayView) -> dict[str, Any]:
    return {
        "person": party(view.person),
        "company": party(view.company),
        "amount": money(view.amount),
        "valid_from": None if view.since is None else view.since.isoformat(),
        "valid_until": None if view.until is None else view.until.isoformat(),
        "source": view.source,
    }


def _rule(view: RuleView) -> dict[str, Any]:
    rule = view.rule
    return {
        "company": party(view.company),
        "parts_max": rule.parts_max,
        "part_min": None if rule.part_min is None else money(rule.part_min),
        "last_day": rule.last_day,
        "leaving": rule.leaving.value,
    }


def _run(view: RunView) -> dict[str, Any]:
    return {
        "code": view.key,
        "company": party(parties.told(view.company, parties.name_of(view.company))),
        "number": view.number,
        "month": view.month.isoformat(),
        "cut_off": view.cut_off.isoformat(),
        "made_at": view.made_at.isoformat(),
        "lines": view.lines,
        "rejected": view.rejected,
        "unreckoned": [
            {"person": parties.told(who, who).code, "tax_year": year, "why": why} for who, year, why in view.unreckoned
        ],
    }


def _line(view: LineView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "company": view.company,
        "run": view.run,
        "month": view.month.isoformat(),
        "person": view.who.code,
        "name": view.who.name,
        "kind": view.kind.value,
        "code": view.code,
        "order": view.reference,
        "number": view.number,
        "tax_year": view.tax_year,
        "amount": money(view.amount),
        "rejected_at": None if view.rejected_at is None else view.rejected_at.isoformat(),
        "rejected_why": view.rejected_why,
        "put_off": view.put_off,
    }
