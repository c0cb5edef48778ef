"""The books of a company for its controllers: journal, trial balance, accounts, months, exports. Auditors read."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inward.core.bookkeeping import EntryKind, Role
from inward.core.terms import Money
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.ledger import operations as ledger
from inward.ledger import queries
from inward.ledger.queries import LineView
from inward.ledger.vocabulary import PeriodState
from inward.parties import queries as parties
from inward.trade import queries as trade
from inward.web.books.forms import MappingForm, MonthForm, SpanForm
from inward.web.books.frame import shown
from inward.web.components import exchanges, formats, lists
from inward.web.components.lists import Heading
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, done

PARAMS: Final = ("kind", "reference", "posted_on", "sort", "cursor")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry, debit and credit in columns of their own (None: the other one)."""

    account: str
    role: str
    debit: Money | None
    credit: Money | None
    cost_centre: str
    counterparty: str
    tax_code: str
    booked: Money | None = None
    """What it comes to in the books, debit positive; None where they are in the currency of the dealing."""


@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """To the journal of the first company whose books I see."""
    known = queries.companies(viewer=request.actor, at=request.at)
    if not known:
        raise NotThere
    return HttpResponseRedirect(reverse("books_journal", args=[known[0].code]))


@require_safe
def journal(request: ActingRequest, company: str) -> HttpResponse:
    """The entries of a company, newest first."""
    params = lists.asked(request.GET, PARAMS)
    page = queries.entries(viewer=request.actor, at=request.at, params=params | {"company": company})
    headings = (
        Heading(_("Number")),
        Heading(_("Posted"), sort="posted"),
        Heading(_("What")),
        Heading(_("Order")),
        Heading(_("Amount"), end=True),
    )
    dealing = params.get("reference", "")
    numbers = trade.numbers_of(entry.reference for entry in page.rows)
    values = {
        "params": params,
        "entries": tuple((entry, numbers.get(entry.reference)) for entry in page.rows),
        "of_order": numbers.get(dealing, dealing),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
        "kinds": _kinds(params.get("kind", "")),
        "filtered": any(params.get(name) for name in ("kind", "reference", "posted_on")),
    }
    return shown(request, "journal", company, values)


@require_safe
def entry(request: ActingRequest, key: int) -> HttpResponse:
    """One entry with its lines, and the entries of the same dealing that I may see."""
    found = queries.entry(viewer=request.actor, at=request.at, id=key)
    same = queries.entries_of(viewer=request.actor, at=request.at, reference=found.reference)
    values = {
        "entry": found,
        "order_number": trade.numbers_of([found.reference]).get(found.reference),
        "lines": tuple(_line(line, found.posted_on, turned=found.exchange is not None) for line in found.lines),
        "rate": None if found.exchange is None else exchanges.told(found.exchange),
        "others": tuple(other for other in same if other.id != found.id),
    }
    return shown(request, "entry", found.company.code, values)


@require_safe
def balance(request: ActingRequest, company: str) -> HttpResponse:
    """Debit and credit of every account that moved in a span of days; both sides add up alike."""
    form = SpanForm(request.GET or None)
    since, last = (form.cleaned_data["since"], form.cleaned_data["until"]) if form.is_valid() else (None, None)
    until = None if last is None else last + timedelta(days=1)
    rows = queries.trial_balance(viewer=request.actor, at=request.at, company=company, since=since, until=until)
    zero = Money.zero(rows[0].debit.currency) if rows else None
    values = {
        "form": form,
        "rows": rows,
        "debit": None if zero is None else sum((row.debit for row in rows), start=zero),
        "credit": None if zero is None else sum((row.credit for row in rows), start=zero),
    }
    return shown(request, "balance", company, values)


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: ActingRequest, company: str) -> HttpResponse:
    """Which account each part of each kind of entry goes to; a controller changes it."""
    if request.method == "POST":
        form = MappingForm(request.POST)
        if not form.is_valid():
            raise NotThere
        kind, role = EntryKind(form.cleaned_data["kind"]), Role(form.cleaned_data["role"])
        account = form.cleaned_data["account"]
        mapped = {"kind": kind, "role": role, "account": account}
        act = partial(ledger.map_account, by=request.actor, at=request.at, company=company, **mapped)
        return done(
            request, act, _("From now on it goes to account %(code)s.") % {"code": account}, "books_accounts", company
        )
    rows = queries.account_map(viewer=request.actor, at=request.at, company=company)
    chart = queries.accounts(viewer=request.actor, at=request.at, company=company)
    values = {"rows": rows, "chart": chart}
    return shown(request, "accounts", company, values)


@require_http_methods(["GET", "HEAD", "POST"])
def months(request: ActingRequest, company: str) -> HttpResponse:
    """Which months take postings; a controller closes and opens them."""
    if request.method == "POST":
        form = MonthForm(request.POST)
        if not form.is_valid():
            raise NotThere
        month, closing = form.cleaned_data["month"], form.cleaned_data["act"] == "close"
        act = ledger.close_period if closing else ledger.open_period
        said = _("%(month)s is closed now.") if closing else _("%(month)s is open again.")
        run = partial(act, by=request.actor, at=request.at, company=company, month=month)
        return done(request, run, said % {"month": formats.month(month)}, "books_months", company)
    found = queries.periods(viewer=request.actor, at=request.at, company=company)
    rows = tuple((period, formats.month(period.month), period.state is PeriodState.OPEN) for period in found)
    return shown(request, "months", company, {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: ActingRequest, company: str) -> HttpResponse:
    """Files for the accounting system: every posting is in exactly one."""
    if request.method == "POST":
        act = partial(ledger.export_journal, by=request.actor, at=request.at, company=company)
        return done(request, act, _("The export is made. Download it below."), "books_exports", company)
    found = queries.exports(viewer=request.actor, at=request.at, company=company)
    return shown(request, "exports", company, {"exports": found})


@require_safe
def download(request: ActingRequest, company: str, number: int) -> HttpResponse:
    """An export again; the same bytes every time."""
    content = queries.journal_csv(viewer=request.actor, at=request.at, company=company, number=number)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{company}-{number}.csv"'
    return response


def _kinds(chosen: str) -> tuple[Option, ...]:
    language = formats.language()
    named = (
        Option(kind.value, vocabularies.label("entry_kind", kind.value, language), chosen=kind.value == chosen)
        for kind in EntryKind
    )
    return (Option("", _("All kinds"), chosen=not chosen), *named)


def _other_side(counterparty: str, on: date) -> str:
    """The name of a company or department; the books know people by a key alone, and so does this page."""
    known = parties.kind_of(counterparty) is not None
    return full_name(counterparty, on=on) if known else counterparty


def _line(line: LineView, on: date, *, turned: bool) -> Line:
    return Line(
        account=f"{line.account.code} {line.account.name}",
        role=vocabularies.label("posting_role", line.role.value, formats.language()),
        debit=line.amount if line.amount.minor > 0 else None,
        credit=-line.amount if line.amount.minor < 0 else None,
        cost_centre="" if line.cost_centre is None else full_name(line.cost_centre.code, on=on),
        counterparty=_other_side(line.counterparty, on),
        tax_code=line.tax_code,
        booked=line.functional if turned else None,
    )
