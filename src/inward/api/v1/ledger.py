"""The books over HTTP: entries, balances, the account map, months, exports. For controllers and auditors."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from inward.api.auth import actor_of
from inward.api.paging import page_body, params
from inward.api.v1.schemas import MoneyOut, PartyOut, money
from inward.core.bookkeeping import EntryKind, Role
from inward.core.terms import Reason, Refusal
from inward.kit import clock
from inward.ledger import operations, queries
from inward.ledger.queries import EntryView, LineView
from inward.ledger.vocabulary import PeriodState

router = Router(tags=["books"])


class AccountOut(Schema):
    """A ledger account."""

    code: str
    name: str
    kind: str


class EntryLineOut(Schema):
    """A line: debit positive, credit negative."""

    account: AccountOut
    role: str
    amount: MoneyOut
    cost_centre: PartyOut | None = None
    counterparty: str
    tax_code: str
    elimination: str


class EntryOut(Schema):
    """A balanced entry; ``number`` follows shortly after posting."""

    id: str
    company: PartyOut
    kind: str
    reference: str
    correction_of: str
    posted_on: str
    entered_at: str
    number: int | None = None
    lines: list[EntryLineOut]


class EntriesOut(Schema):
    """A page of entries."""

    items: list[EntryOut]
    next: str | None = None
    previous: str | None = None


class BalanceOut(Schema):
    """An account's sums over the days asked."""

    account: AccountOut
    debit: MoneyOut
    credit: MoneyOut
    balance: MoneyOut


class MappingOut(Schema):
    """The account that a role of a kind of entry means."""

    kind: str
    role: str
    account: AccountOut | None = None


class MappingIn(Schema):
    """Let a role of a kind of entry mean this account from now on."""

    kind: EntryKind
    role: Role
    account: str = Field(max_length=20)


class PeriodOut(Schema):
    """A month of the books."""

    month: str
    state: str
    entries: int


class PeriodIn(Schema):
    """Close or open a month."""

    state: PeriodState


class ExportOut(Schema):
    """A numbered journal export."""

    number: int
    made_at: str
    first_number: int
    last_number: int
    entries: int
    sha256: str


class BalanceIn(Schema):
    """Days asked: from ``since`` up to but not including ``until``."""

    since: date | None = None
    until: date | None = None


@router.get("/books", response=list[PartyOut], summary="Companies whose books I see")
def books(request: HttpRequest) -> list[dict[str, str]]:
    """The companies with books, by name."""
    found = queries.companies(viewer=actor_of(request), at=clock.now())
    return [{"code": company.code, "name": company.name} for company in found]


@router.get("/books/{company}/entries", response=EntriesOut, summary="List entries")
def entries(request: HttpRequest, company: str) -> dict[str, Any]:
    """The entries of a company, newest first."""
    asked = {**params(request), "company": company}
    return page_body(queries.entries(viewer=actor_of(request), at=clock.now(), params=asked), _entry)


@router.get("/books/{company}/balances", response=list[BalanceOut], summary="Trial balance")
def balances(request: HttpRequest, company: str, days: Query[BalanceIn]) -> list[dict[str, Any]]:
    """Debit, credit and balance of every account that moved."""
    rows = queries.trial_balance(
        viewer=actor_of(request), at=clock.now(), company=company, since=days.since, until=days.until
    )
    return [
        {
            "account": _account(row.account),
            "debit": money(row.debit),
            "credit": money(row.credit),
            "balance": money(row.balance),
        }
        for row in rows
    ]


@router.get("/books/{company}/account-map", response=list[MappingOut], summary="Which account means what")
def account_map(request: HttpRequest, company: str) -> list[dict[str, Any]]:
    """Every role of every kind of entry, with its account."""
    rows = queries.account_map(viewer=actor_of(request), at=clock.now(), company=company)
    return [
        {
            "kind": row.kind.value,
            "role": row.role.value,
            "account": None if row.account is None else _account(row.account),
        }
        for row in rows
    ]


@router.put("/books/{company}/account-map", response={204: None}, summary="Map a role to another account")
def map_account(request: HttpRequest, company: str, body: MappingIn) -> Status[None]:
    """From now on; what is posted stays where it is."""
    operations.map_account(
        by=actor_of(request), at=clock.now(), company=company, kind=body.kind, role=body.role, account=body.account
    )
    return Status(204, None)


@router.get("/books/{company}/periods", response=list[PeriodOut], summary="Months of the books")
def periods(request: HttpRequest, company: str) -> list[dict[str, Any]]:
    """Months with postings or a decision, newest first."""
    rows = queries.periods(viewer=actor_of(request), at=clock.now(), company=company)
    return [{"month": f"{row.month:%Y-%m}", "state": row.state.value, "entries": row.entries} for row in rows]


@router.put("/books/{company}/periods/{month}", response={204: None}, summary="Close or open a month")
def set_period(request: HttpRequest, company: str, month: str, body: PeriodIn) -> Status[None]:
    """``month`` as 2026-11."""
    act = operations.close_period if body.state is PeriodState.CLOSED else operations.open_period
    act(by=actor_of(request), at=clock.now(), company=company, month=_month(month))
    return Status(204, None)


@router.get("/books/{company}/exports", response=list[ExportOut], summary="Journal exports")
def exports(request: HttpRequest, company: str) -> list[dict[str, Any]]:
    """The exports made so far, newest first."""
    return [
        {
            "number": row.number,
            "made_at": row.made_at.isoformat(),
            "first_number": row.first_number,
            "last_number": row.last_number,
            "entries": row.entries,
            "sha256": row.sha256,
        }
        for row in queries.exports(viewer=actor_of(request), at=clock.now(), company=company)
    ]


@router.post("/books/{company}/exports", response={201: dict[str, int]}, summary="Export what is new")
def export(request: HttpRequest, company: str) -> Status[dict[str, int]]:
    """Number a new export of every entry that was never exported."""
    return Status(201, {"number": operations.export_journal(by=actor_of(request), at=clock.now(), company=company)})


@router.get(
    "/books/{company}/exports/{number}.csv",
    summary="Download an export",
    openapi_extra={"responses": {200: {"content": {"text/csv": {}}}}},
)
def download(request: HttpRequest, company: str, number: int) -> HttpResponse:
    """The same bytes every time; their SHA-256 stands with the export."""
    content = queries.journal_csv(viewer=actor_of(request), at=clock.now(), company=company, number=number)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{company}-{number}.csv"'
    return answer


def _entry(found: EntryView) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "company": {"code": found.company.code, "name": found.company.name},
        "kind": found.kind.value,
        "reference": found.reference,
        "correction_of": found.correction_of,
        "posted_on": found.posted_on.isoformat(),
        "entered_at": found.entered_at.isoformat(),
        "number": found.number,
        "lines": [_line(line) for line in found.lines],
    }


def _line(line: LineView) -> dict[str, Any]:
    centre = line.cost_centre
    return {
        "account": _account(line.account),
        "role": line.role.value,
        "amount": money(line.amount),
        "cost_centre": None if centre is None else {"code": centre.code, "name": centre.name},
        "counterparty": line.counterparty,
        "tax_code": line.tax_code,
        "elimination": line.elimination,
    }


def _account(account: queries.AccountView) -> dict[str, str]:
    return {"code": account.code, "name": account.name, "kind": account.kind.value}


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Refusal(Reason.of("not_a_day", value=text), where="month") from error
