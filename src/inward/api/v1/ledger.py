"""The books over HTTP: entries, balances, the account map, months, exports. For controllers and auditors."""

from datetime import date, timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Schema, Status
from pydantic import WithJsonSchema

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.rates import ExchangeOut, exchange_out
from inward.api.v1.schemas import (
    CODE_LENGTH_MAX,
    Asked,
    Code,
    Currency,
    Day,
    MoneyOut,
    Name,
    PartyOut,
    ReasonOut,
    money,
    party,
    reason,
)
from inward.core.bookkeeping import EntryKind, Role
from inward.core.classification import Related
from inward.core.terms import Reason, Refusal
from inward.insight import related
from inward.insight.related import Figures, RelatedParty
from inward.kit import clock
from inward.kit.lists import ListSpec
from inward.ledger import operations, queries
from inward.ledger.queries import EntryView, LineView
from inward.ledger.vocabulary import AccountKind, PeriodState
from inward.parties import definitions

area = Area("books")
_ENTRIES = ListSpec(
    queries.ENTRY_LIST.sortable,
    {name: column for name, column in queries.ENTRY_LIST.filters.items() if name != "company"},
    queries.ENTRY_LIST.default,
)
PostingRole = Annotated[Role, WithJsonSchema({"type": "string", "enum": [role.value for role in Role]})]
"""Written out, for another enumeration of this name stands in the document (``access.Role``)."""
AccountCode = Annotated[str, Field(min_length=1, max_length=20)]
Month = Annotated[str, Path(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
EntryId = Annotated[str, Path(pattern=r"^[0-9]{1,18}$")]


class AccountOut(Schema):
    """A ledger account."""

    code: str
    name: str
    kind: str


class EntryLineOut(Schema):
    """A line: debit positive, credit negative; `in_books` is the amount in the currency of the books."""

    account: AccountOut
    role: str
    amount: MoneyOut
    in_books: MoneyOut
    cost_centre: PartyOut | None = None
    counterparty: str
    tax_code: str
    elimination: str


class EntryOut(Schema):
    """A balanced entry; ``number`` follows shortly after posting. `exchange` where the dealing is in another currency than the books."""

    id: str
    company: PartyOut
    kind: str
    reference: str
    correction_of: str
    posted_on: str
    entered_at: str
    number: int | None = None
    exchange: ExchangeOut | None = None
    lines: list[EntryLineOut]


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


class MappingIn(Asked):
    """Let a role of a kind of entry mean this account from now on."""

    kind: EntryKind
    role: PostingRole
    account: AccountCode


class PeriodOut(Schema):
    """A month of the books."""

    month: str
    state: str
    entries: int


class PeriodIn(Asked):
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


class BalanceIn(Asked):
    """Days asked: from ``since`` up to but not including ``until``."""

    since: date | None = None
    until: date | None = None


class RelationOut(Schema):
    """A way in which a party was related, on which days and grounds; `ultimate`: nobody stands above this parent."""

    relation: str
    valid_from: date
    valid_until: date
    ultimate: bool
    grounds: list[ReasonOut]


class DealtOut(Schema):
    """What was dealt one way in one currency, without tax, of what staff bought with it; `elsewhere`: only the other side's books hold it."""

    flow: str
    dealings: int
    amount: MoneyOut
    elsewhere: bool


class FiguresOut(Schema):
    """What was dealt on the days on which they were related, and what is owed at the end, with tax."""

    dealt: list[DealtOut]
    owed_to_us: list[MoneyOut]
    owed_by_us: list[MoneyOut]


class RelatedPartyOut(Schema):
    """A related party; a person has no figures of her own."""

    party: PartyOut
    person: bool
    related_as: list[RelationOut]
    figures: FiguresOut


class RelatedOut(Schema):
    """The related parties of a company; `people`: what all people among them bought together; `gaps`: what is not known."""

    company: PartyOut
    since: date
    until: date
    definition: str
    chosen: bool = Field(description="Whether somebody chose the rule for disclosure; else that of IAS 24 judges.")
    parties: list[RelatedPartyOut]
    people: FiguresOut
    gaps: list[ReasonOut]


class RelatedIn(Schema):
    """Days asked, from ``since`` up to but not including ``until``, and by which inside rule: left out, the one for disclosure."""

    since: Day
    until: Day
    definition: Annotated[str, Field(min_length=1, max_length=CODE_LENGTH_MAX)] | None = None


class RelatedDaysIn(Schema):
    """Days asked, from ``since`` up to but not including ``until``."""

    since: Day
    until: Day


class DealingOut(Schema):
    """A line of the books. `order` is the number of the order, `entry` the key of the entry; null: in the other side's books."""

    on: date
    flow: str
    amount: MoneyOut
    reference: str
    correction: bool
    order: int | None
    entry: str | None


class DealingsOut(Schema):
    """The dealings with one related company, the latest first; `more`: there are more than are told."""

    dealings: list[DealingOut]
    more: bool


class BooksIn(Asked):
    """The currency that the books are kept in."""

    currency: Currency


class AccountIn(Asked):
    """A new account."""

    code: AccountCode
    name: Name
    kind: AccountKind


class SeriesOut(Schema):
    """A series of numbers without gaps, and the last one given."""

    name: str
    last: int


class NumberOut(Schema):
    """The number of an export."""

    number: int


@area.get("/books", response=list[PartyOut], summary="Companies whose books I see")
def books(request: HttpRequest) -> list[dict[str, str] | None]:
    """The companies with books, by name."""
    return [party(company) for company in queries.companies(viewer=actor_of(request), at=clock.now())]


@area.change(
    "PUT", "/books/{company}", response={204: None}, summary="Open the books of a company", example={"currency": "EUR"}
)
def open_books(request: HttpRequest, company: Path[Code], body: BooksIn) -> Status[None]:
    """With the usual chart of accounts, mapped to every role."""
    operations.open_books(by=actor_of(request), at=clock.now(), company=company, currency=body.currency)
    return Status(204, None)


@area.list("/books/{company}/entries", item=EntryOut, spec=_ENTRIES, summary="List entries")
def entries(request: HttpRequest, company: Path[Code]) -> Found[EntryView]:
    """The entries of a company, newest first; as CSV or XLSX without their lines (an export has them)."""
    viewer, at = actor_of(request), clock.now()
    queries.accounts(viewer=viewer, at=at, company=company)
    return Found(lambda asked: queries.entries(viewer=viewer, at=at, params={**asked, "company": company}), _entry)


@area.one("/entries/{id}", response=EntryOut, summary="One entry")
def entry(request: HttpRequest, id: EntryId) -> dict[str, Any]:
    """One entry with its lines."""
    return _entry(queries.entry(viewer=actor_of(request), at=clock.now(), id=int(id)))


@area.get("/dealings/{reference}/entries", response=list[EntryOut], summary="Both sides of a dealing")
def entries_of(request: HttpRequest, reference: Annotated[str, Path(max_length=64)]) -> list[dict[str, Any]]:
    """Every entry of an order, in the books that the caller sees, oldest first."""
    found = queries.entries_of(viewer=actor_of(request), at=clock.now(), reference=reference)
    return [_entry(each) for each in found]


@area.get("/books/{company}/balances", response=list[BalanceOut], summary="Trial balance")
def balances(request: HttpRequest, company: Path[Code], days: Query[BalanceIn]) -> list[dict[str, Any]]:
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


@area.get("/books/{company}/related-parties", response=RelatedOut, summary="Related parties of a company")
def related_parties(request: HttpRequest, company: Path[Code], asked: Query[RelatedIn]) -> dict[str, Any]:
    """Who was related in some days, how, on what grounds; what was dealt with each, and what is owed at the end (IAS 24)."""
    last = asked.until - timedelta(days=1) if asked.until > asked.since else asked.since
    rule = None if asked.definition is None else definitions.found(asked.definition, on=last)
    found = related.report(
        viewer=actor_of(request), at=clock.now(), company=company, since=asked.since, until=asked.until, rule=rule
    )
    return {
        "company": party(found.company),
        "since": found.since,
        "until": found.until,
        "definition": found.definition.id,
        "chosen": found.chosen,
        "parties": [_related_party(each) for each in found.parties],
        "people": _figures(found.people),
        "gaps": [reason(gap) for gap in found.gaps],
    }


@area.get(
    "/books/{company}/related-parties/{other}/dealings",
    response=DealingsOut,
    summary="Dealings with a related company",
)
def related_dealings(
    request: HttpRequest, company: Path[Code], other: Path[Code], asked: Query[RelatedDaysIn]
) -> dict[str, Any]:
    """Line by line, in the books of either side as far as they tell of dealings between the two."""
    found, more = related.dealings(
        viewer=actor_of(request), at=clock.now(), company=company, party=other, since=asked.since, until=asked.until
    )
    return {
        "dealings": [
            {
                "on": each.on,
                "flow": each.flow.value,
                "amount": money(each.amount),
                "reference": each.reference,
                "correction": each.correction,
                "order": each.order,
                "entry": None if each.entry is None else str(each.entry),
            }
            for each in found
        ],
        "more": more,
    }


@area.get("/books/{company}/accounts", response=list[AccountOut], summary="Chart of accounts")
def accounts(request: HttpRequest, company: Path[Code]) -> list[dict[str, str]]:
    """Every account, by code."""
    return [_account(row) for row in queries.accounts(viewer=actor_of(request), at=clock.now(), company=company)]


@area.change(
    "POST",
    "/books/{company}/accounts",
    response={201: AccountOut},
    summary="Add an account",
    example={"code": "3061", "name": "Widgets to sisters", "kind": "REVENUE"},
)
def add_account(request: HttpRequest, company: Path[Code], body: AccountIn) -> Status[dict[str, str]]:
    """Nothing is posted to it until a role is mapped to it."""
    operations.add_account(
        by=actor_of(request), at=clock.now(), company=company, code=body.code, name=body.name, kind=body.kind
    )
    return Status(201, {"code": body.code, "name": body.name.strip(), "kind": body.kind.value})


@area.one("/books/{company}/account-map", response=list[MappingOut], summary="Which account means what")
def account_map(request: HttpRequest, company: Path[Code]) -> list[dict[str, Any]]:
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


@area.change(
    "PUT",
    "/books/{company}/account-map",
    response={204: None},
    summary="Map a role to another account",
    example={"kind": "INTERCOMPANY_SALE", "role": "INTERCOMPANY_REVENUE", "account": "3061"},
    shown=account_map,
)
def map_account(request: HttpRequest, company: Path[Code], body: MappingIn) -> Status[None]:
    """From now on; what is posted stays where it is."""
    operations.map_account(
        by=actor_of(request), at=clock.now(), company=company, kind=body.kind, role=body.role, account=body.account
    )
    return Status(204, None)


@area.get("/books/{company}/series", response=list[SeriesOut], summary="Series of numbers")
def series(request: HttpRequest, company: Path[Code]) -> list[dict[str, Any]]:
    """The last number given in each. Numbers are given by Inward alone."""
    rows = queries.series(viewer=actor_of(request), at=clock.now(), company=company)
    return [{"name": row.name, "last": row.last} for row in rows]


@area.get("/books/{company}/periods", response=list[PeriodOut], summary="Months of the books")
def periods(request: HttpRequest, company: Path[Code]) -> list[dict[str, Any]]:
    """Months with postings or a decision, newest first."""
    rows = queries.periods(viewer=actor_of(request), at=clock.now(), company=company)
    return [{"month": f"{row.month:%Y-%m}", "state": row.state.value, "entries": row.entries} for row in rows]


@area.change(
    "PUT",
    "/books/{company}/periods/{month}",
    response={204: None},
    summary="Close or open a month",
    example={"state": "CLOSED"},
)
def set_period(request: HttpRequest, company: Path[Code], month: Month, body: PeriodIn) -> Status[None]:
    """`month` as 2026-11."""
    act = operations.close_period if body.state is PeriodState.CLOSED else operations.open_period
    act(by=actor_of(request), at=clock.now(), company=company, month=_month(month))
    return Status(204, None)


@area.get("/books/{company}/exports", response=list[ExportOut], summary="Journal exports")
def exports(request: HttpRequest, company: Path[Code]) -> list[dict[str, Any]]:
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


@area.change("POST", "/books/{company}/exports", response={201: NumberOut}, summary="Export what is new")
def export(request: HttpRequest, company: Path[Code]) -> Status[dict[str, int]]:
    """Number a new export of every entry that was never exported."""
    return Status(201, {"number": operations.export_journal(by=actor_of(request), at=clock.now(), company=company)})


@area.get(
    "/books/{company}/exports/{number}.csv",
    response={200: None},
    summary="Download an export",
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def download(
    request: HttpRequest, company: Path[Code], number: Annotated[int, Path(ge=1, le=1_000_000_000)]
) -> HttpResponse:
    """The same bytes every time; their SHA-256 stands with the export."""
    content = queries.journal_csv(viewer=actor_of(request), at=clock.now(), company=company, number=number)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{company}-{number}.csv"'
    return answer


def _entry(found: EntryView) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "company": party(found.company),
        "kind": found.kind.value,
        "reference": found.reference,
        "correction_of": found.correction_of,
        "posted_on": found.posted_on.isoformat(),
        "entered_at": found.entered_at.isoformat(),
        "number": found.number,
        "exchange": None if found.exchange is None else exchange_out(found.exchange),
        "lines": [_line(line) for line in found.lines],
    }


def _line(line: LineView) -> dict[str, Any]:
    return {
        "account": _account(line.account),
        "role": line.role.value,
        "amount": money(line.amount),
        "in_books": money(line.functional),
        "cost_centre": party(line.cost_centre),
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


def _related_party(each: RelatedParty) -> dict[str, Any]:
    return {
        "party": party(each.party),
        "person": each.person,
        "related_as": [_relation(span) for span in each.spans],
        "figures": _figures(each.figures),
    }


def _relation(span: Related) -> dict[str, Any]:
    return {
        "relation": span.relation.value,
        "valid_from": span.period.start,
        "valid_until": span.period.until,
        "ultimate": span.ultimate,
        "grounds": [reason(ground) for ground in span.grounds],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "dealt": [
            {
                "flow": each.flow.value,
                "dealings": each.dealings,
                "amount": money(each.amount),
                "elsewhere": each.elsewhere,
            }
            for each in figures.dealt
        ],
        "owed_to_us": [money(amount) for amount in figures.owed_to_us],
        "owed_by_us": [money(amount) for amount in figures.owed_by_us],
    }
