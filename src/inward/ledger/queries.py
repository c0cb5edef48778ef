"""What the books can tell: entries, balances, the account map, periods, exports. Reads only; always for a viewer.

Balances are sums: of the totals of days, which the numbered entries are added to when they are numbered, and of the lines
that have no number yet, both read by one statement. Nobody who posts writes a total. Out of bounds is ``NotThere``.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from inward.core.benefit import Law, Rule
from inward.core.benefit.reading import rules
from inward.core.bookkeeping import EntryKind, Exchange, Role
from inward.core.terms import Currency, Fields, Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.kit.sheets import csv_rows
from inward.ledger import amending, policy, rates
from inward.ledger.models import (
    Account,
    AccountMapping,
    BenefitRule,
    BookPeriod,
    Books,
    DayCount,
    DayTotal,
    Entry,
    EntryLine,
    EntryRate,
    JournalExport,
    Series,
)
from inward.ledger.shipped import countries, shipped_rules
from inward.ledger.vocabulary import FITTING_KINDS, AccountKind, PeriodState
from inward.parties import queries as parties
from inward.parties.queries import Known, Named

VERSION = "ledger"
LAW_VERSION = "ledger.law"
ENTRY_LIST = ListSpec(
    sortable={"entered": "id", "posted": "posted_on"},
    filters={"kind": "kind", "reference": "reference", "company": "company__code", "posted_on": "posted_on"},
    default="-entered",
)


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account."""

    code: str
    name: str
    kind: AccountKind


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of an entry; debit positive."""

    account: AccountView
    role: Role
    amount: Money
    cost_centre: Named | None
    counterparty: str
    tax_code: str
    elimination: str
    functional: Money
    """The amount in the currency of the books; the same where that is the dealing's."""


@dataclass(frozen=True, slots=True)
class CentreLine:
    """A line on a cost centre: of which dealing, how much, with whom; whether it corrects what was posted before."""

    entry: int
    posted_on: date
    reference: str
    role: Role
    amount: Money
    counterparty: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry; ``number`` is None until the worker has given it."""

    id: int
    company: Named
    kind: EntryKind
    reference: str
    correction_of: str
    posted_on: date
    entered_at: datetime
    number: int | None
    lines: tuple[LineView, ...]
    exchange: Exchange | None = None
    """At which rate it was turned into the currency of the books; None where the dealing is in it."""

    @property
    def debit(self) -> Money:
        """The sum of the debit lines, which is that of the credit lines."""
        zero = Money.zero(self.lines[0].amount.currency)
        return sum((line.amount for line in self.lines if line.amount.minor > 0), start=zero)

    @property
    def functional_debit(self) -> Money:
        """The same sum in the currency of the books."""
        zero = Money.zero(self.lines[0].functional.currency)
        return sum((line.functional for line in self.lines if line.functional.minor > 0), start=zero)


@dataclass(frozen=True, slots=True)
class Turned:
    """What a dealing came to in the books of a company that keeps them in another currency, and at which rate."""

    company: Named
    amount: Money
    functional: Money
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """An account's sums over a span of days."""

    account: AccountView
    debit: Money
    credit: Money

    @property
    def balance(self) -> Money:
        """Debit less credit."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series of numbers without gaps, and the last one given."""

    name: str
    last: int


@dataclass(frozen=True, slots=True)
class MappingRow:
    """What a role of a kind of entry means in a company; None where nobody has said."""

    kind: EntryKind
    role: Role
    account: AccountView | None
    unfit: Reason | None = None
    """Why the account that stands here cannot be meant: it was mapped before kinds were asked."""

    @property
    def kinds(self) -> tuple[AccountKind, ...]:
        """Of which kinds an account may be that stands here."""
        return FITTING_KINDS[self.role]


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A month with postings or a decision."""

    month: date
    state: PeriodState
    entries: int


@dataclass(frozen=True, slots=True)
class ExportView:
    """A journal export."""

    number: int
    made_at: datetime
    first_number: int
    last_number: int
    entries: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What posting needs: currencies of the books, accounts by role, months that are closed."""

    currencies: Mapping[str, str]
    accounts: Mapping[tuple[str, EntryKind, Role], int]
    closed: frozenset[tuple[str, date]]


def _made(_version: int) -> Prepared:
    mappings = AccountMapping.objects.values_list("company__code", "kind", "role", "account_id")
    closed = BookPeriod.objects.filter(state=PeriodState.CLOSED.value).values_list("company__code", "month")
    return Prepared(
        dict(Books.objects.values_list("company__code", "currency")),
        {(company, EntryKind(kind), Role(role)): account for company, kind, role, account in mappings},
        frozenset(closed),
    )


_prepared: Kept[Prepared] = Kept(VERSION, _made)


def prepared() -> Prepared:
    """Accounts and periods as they are now, kept per process while their version stands."""
    return _prepared.value()


def companies(*, viewer: Actor, at: datetime) -> tuple[Named, ...]:
    """The companies with books that the viewer sees, by name."""
    visible = policy.books_visible_to(viewer, on=at.date())
    known = [code for code in prepared().currencies if visible is None or code in visible]
    return tuple(
        sorted((Named(code, name) for code, name in parties.names(known).items()), key=lambda company: company.name)
    )


def entries(*, viewer: Actor, at: datetime, params: Mapping[str, str] | None = None) -> Page[EntryView]:
    """A page of the entries the viewer sees, newest first."""
    asked = dict(params or {})
    visible = policy.books_visible_to(viewer, on=at.date())
    company = asked.pop("company", "")
    known = parties.known()
    rows = Entry.objects.all()
    if company or visible is not None:
        wanted = visible if not company else {company} if visible is None or company in visible else frozenset()
        keys = known.keys  # by key, not by a join: the newest entries of a company are one walk along an index
        rows = rows.filter(company_id__in=sorted(keys[code] for code in wanted or () if code in keys))
    related = rows.select_related("company", "exchange").prefetch_related("lines__account", "lines__cost_centre")
    found = page(related, ENTRY_LIST, asked)
    if company:
        found = replace(found, filters={**found.filters, "company": company})
    return found.map(lambda row: _entry(row, known))


def entries_of(*, viewer: Actor, at: datetime, reference: str) -> tuple[EntryView, ...]:
    """Both sides of a dealing, as far as the viewer sees them, oldest first."""
    return tuple(reversed(entries(viewer=viewer, at=at, params={"reference": reference, "limit": "200"}).rows))


def turned(reference: str) -> tuple[Turned, ...]:
    """What an order came to in the books of those who keep them in another currency, when it became binding; nobody's leave is asked.

    For the page of the order, whose readers know its price: the first entry in the books of each company.
    """
    rows = EntryRate.objects.filter(entry__reference=reference, entry__correction_of="").order_by("entry_id")
    found: dict[str, Turned] = {}
    for row in rows.select_related("entry__company").prefetch_related(
        "entry__lines__account", "entry__lines__cost_centre"
    ):
        view = _entry(row.entry, parties.known(), row)
        if view.exchange is not None and view.company.code not in found:
            found[view.company.code] = Turned(view.company, view.debit, view.functional_debit, view.exchange)
    return tuple(found.values())


def of_cost_centre(centre: str, *, since: date, until: date, most: int) -> tuple[CentreLine, ...]:
    """What was posted on a cost centre on these days (``until`` not counted), oldest first, ``most`` lines; nobody's leave is asked.

    In the currency of the books, debit positive: what it bears is above zero, what it is given back or earns below.
    """
    rows = _on_cost_centre(centre, since, until).select_related("entry__company")
    currencies = prepared().currencies
    return tuple(
        CentreLine(
            entry=row.entry_id,
            posted_on=row.posted_on,
            reference=row.entry.reference,
            role=Role(row.role),
            amount=Money(row.functional_minor, as_currency(currencies[row.entry.company.code])),
            counterparty=row.counterparty,
            corrects=bool(row.entry.correction_of),
        )
        for row in rows.order_by("posted_on", "entry_id", "position")[:most]
    )


def sums_of_cost_centre(centre: str, *, since: date, until: date, roles: Collection[Role]) -> tuple[int, int]:
    """What all lines of these roles come to that ``of_cost_centre`` tells: (above zero, below zero), in smallest units of the books."""
    rows = _on_cost_centre(centre, since, until).filter(role__in=[role.value for role in roles])
    found = rows.aggregate(
        above=Sum("functional_minor", filter=Q(functional_minor__gt=0), default=0),
        below=Sum("functional_minor", filter=Q(functional_minor__lt=0), default=0),
    )
    return found["above"], found["below"]


def _on_cost_centre(centre: str, since: date, until: date) -> QuerySet[EntryLine]:
    return EntryLine.objects.filter(
        cost_centre_id=parties.keys().get(centre, -1), posted_on__gte=since, posted_on__lt=until
    )


def entry(*, viewer: Actor, at: datetime, id: int) -> EntryView:
    """One entry."""
    rows = Entry.objects.select_related("company", "exchange").prefetch_related("lines__account", "lines__cost_centre")
    found = rows.filter(pk=id).first()
    if found is None or not policy.may_see_books(viewer, company=found.company.code, on=at.date()):
        raise NotThere
    return _entry(found, parties.known())


def trial_balance(
    *, viewer: Actor, at: datetime, company: str, since: date | None = None, until: date | None = None
) -> tuple[BalanceRow, ...]:
    """Debit and credit of every account that moved from ``since`` up to but not including ``until``; they add up alike."""
    currency = _books(viewer, at, company)
    span = {"posted_on__gte": since, "posted_on__lt": until}
    moved = _moved(company, **{name: day for name, day in span.items() if day is not None})
    accounts = Account.objects.filter(pk__in=moved).order_by("code")
    return tuple(
        BalanceRow(account_view(row), *(Money(side, currency) for side in moved[row.pk]))
        for row in accounts
        if any(moved[row.pk])
    )


def balance(*, viewer: Actor, at: datetime, company: str, account: str, on: date | None = None) -> Money:
    """The balance of one account at the end of a day (None: of everything posted)."""
    currency = _books(viewer, at, company)
    span = {} if on is None else {"posted_on__lte": on}
    moved = _moved(company, account__code=account, **span)
    return Money(sum(debit - credit for debit, credit in moved.values()), currency)


def accounts(*, viewer: Actor, at: datetime, company: str) -> tuple[AccountView, ...]:
    """The chart of accounts."""
    _books(viewer, at, company)
    return tuple(account_view(row) for row in Account.objects.filter(company__code=company).order_by("code"))


def series(*, viewer: Actor, at: datetime, company: str) -> tuple[SeriesView, ...]:
    """The series of numbers of a company, by name."""
    _books(viewer, at, company)
    rows = Series.objects.filter(company__code=company).order_by("name")
    return tuple(SeriesView(row.name, row.last) for row in rows)


def account_map(*, viewer: Actor, at: datetime, company: str) -> tuple[MappingRow, ...]:
    """Every role of every kind of entry, with its account."""
    _books(viewer, at, company)
    rows = AccountMapping.objects.filter(company__code=company).select_related("account")
    known = {(row.kind, row.role): account_view(row.account) for row in rows}
    return tuple(
        MappingRow(kind, role, account, None if account is None else unfit(role, account))
        for kind, roles in ROLES_OF.items()
        for role in roles
        for account in (known.get((kind.value, role.value)),)
    )


def unfit(role: Role, account: AccountView) -> Reason | None:
    """Why an account of that kind cannot be what a role means; None where it fits."""
    return None if account.kind in FITTING_KINDS[role] else misfit(role, account)


def misfit(role: Role, account: AccountView) -> Reason:
    """That a role is not posted to accounts of that kind, and to which it is."""
    first, *others = (kind.value for kind in FITTING_KINDS[role])
    named = {"account": f"{account.code} {account.name}", "kind": account.kind.value, "role": role.value}
    return Reason.of("account_kind_unfit", **named, fits=first, **dict(zip(("other",), others, strict=False)))


def periods(*, viewer: Actor, at: datetime, company: str) -> tuple[PeriodView, ...]:
    """The months with postings or a decision, newest first."""
    _books(viewer, at, company)
    states = dict(BookPeriod.objects.filter(company__code=company).values_list("month", "state"))
    numbered = DayCount.objects.filter(company__code=company).values_list("posted_on", "entries")
    fresh = Entry.objects.filter(company__code=company, number=None).order_by()
    counts: dict[date, int] = {}
    for day, entries in numbered.union(fresh.values_list("posted_on").annotate(n=Count("id")), all=True):
        month = day.replace(day=1)
        counts[month] = counts.get(month, 0) + entries
    months = sorted({*states, *counts}, reverse=True)
    return tuple(PeriodView(m, PeriodState(states.get(m, PeriodState.OPEN.value)), counts.get(m, 0)) for m in months)


def exports(*, viewer: Actor, at: datetime, company: str) -> tuple[ExportView, ...]:
    """The journal exports of a company, newest first."""
    _books(viewer, at, company)
    return tuple(_export(row) for row in JournalExport.objects.filter(company__code=company).order_by("-number"))


def journal_csv(*, viewer: Actor, at: datetime, company: str, number: int) -> bytes:
    """The bytes of an export: the same every time, as its sum (``sha256``) shows."""
    _books(viewer, at, company)
    found = JournalExport.objects.filter(company__code=company, number=number).first()
    if found is None:
        raise NotThere
    return journal_bytes(found)


def journal_bytes(export: JournalExport) -> bytes:
    """The lines of an export's entries, in the order of their numbers."""
    width = len(_HEADS[export.layout])
    return "".join(csv_rows(_HEADS[export.layout], (row[:width] for row in _journal_rows(export)))).encode()


def unnumbered(*, company: str, month: date) -> int:
    """How many entries of a month wait for their number."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return Entry.objects.filter(
        company__code=company, number=None, posted_on__gte=month, posted_on__lt=following
    ).count()


def unbalanced(limit: int = 100) -> list[int]:
    """Keys of entries that are out of balance in some currency: none, unless somebody went around the program."""
    sums = EntryLine.objects.values("entry_id", "currency").annotate(left=Sum("amount_minor")).exclude(left=0)
    turned = EntryLine.objects.values("entry_id").annotate(left=Sum("functional_minor")).exclude(left=0)
    found = {row["entry_id"] for each in (sums, turned) for row in each.order_by("entry_id")[:limit]}
    return sorted(found)[:limit]


def totals_apart() -> list[str]:
    """Companies whose totals of days do not say what their numbered lines say: none, unless somebody went around us."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS_APART)
        return [code for (code,) in cursor.fetchall()]


_TOTALS_APART = """
    SELECT DISTINCT party.code FROM (
        SELECT account_id, posted_on, debit_minor - credit_minor AS moved FROM ledger_daytotal
        UNION ALL
        SELECT line.account_id, line.posted_on, -line.functional_minor
        FROM ledger_entryline line JOIN ledger_entry entry ON entry.id = line.entry_id WHERE entry.number IS NOT NULL
    ) both_ways
    JOIN ledger_account account ON account.id = both_ways.account_id
    JOIN parties_party party ON party.id = account.company_id
    GROUP BY party.code, both_ways.account_id, both_ways.posted_on HAVING SUM(both_ways.moved) <> 0
    ORDER BY party.code
"""
_ROLES: Mapping[EntryKind, tuple[Role, ...]] = {
    EntryKind.STAFF_SALE: (
        Role.EMPLOYEE_RECEIVABLE,
        Role.COST_CENTRE_CHARGE,
        Role.INTERCOMPANY_RECEIVABLE,
        Role.PAYMENT_CLEARING,
        Role.STAFF_REVENUE,
        Role.OUTPUT_TAX,
    ),
    EntryKind.STAFF_SETTLEMENT: (Role.EMPLOYEE_RECEIVABLE, Role.COST_CENTRE_CHARGE, Role.INTERCOMPANY_PAYABLE),
    EntryKind.CHARGEBACK: (Role.COST_CENTRE_CHARGE, Role.COST_RECOVERY, Role.DUAL_DIFFERENCE),
    EntryKind.FREE_USE: (Role.FREE_USE, Role.COST_RECOVERY),
    EntryKind.INTERCOMPANY_SALE: (Role.INTERCOMPANY_RECEIVABLE, Role.INTERCOMPANY_REVENUE, Role.OUTPUT_TAX),
    EntryKind.INTERCOMPANY_PURCHASE: (Role.INTERCOMPANY_PURCHASE, Role.INPUT_TAX, Role.INTERCOMPANY_PAYABLE),
    EntryKind.OUTSIDE_SALE: (Role.CUSTOMER_RECEIVABLE, Role.PAYMENT_CLEARING, Role.REVENUE, Role.OUTPUT_TAX),
    EntryKind.AGENCY_SALE: (
        Role.EMPLOYEE_RECEIVABLE,
        Role.COST_CENTRE_CHARGE,
        Role.INTERCOMPANY_RECEIVABLE,
        Role.CUSTOMER_RECEIVABLE,
        Role.INTERCOMPANY_PAYABLE,
        Role.PREMIUM_PAYABLE,
        Role.COMMISSION_EARNED,
    ),
    EntryKind.INSURED: (
        Role.INTERCOMPANY_RECEIVABLE,
        Role.CUSTOMER_RECEIVABLE,
        Role.COMMISSION_PAID,
        Role.REVENUE,
        Role.OUTPUT_TAX,
    ),
}
ROLES_OF: Mapping[EntryKind, tuple[Role, ...]] = {
    kind: (*roles, Role.EXCHANGE_ROUNDING) for kind, roles in _ROLES.items()
}
"""The roles that each kind of entry may post to (``core.bookkeeping.posting``)."""

_HEAD = (
    *("number", "posted_on", "entered_at", "kind", "reference", "correction_of", "account", "account_name"),
    *("debit", "credit", "currency", "cost_centre", "counterparty", "tax_code", "elimination"),
)
_HEADS = {
    1: _HEAD,
    2: (*_HEAD, "books_debit", "books_credit", "books_currency", "rate", "rate_on", "rate_source"),
}
"""The columns of an export by its layout: what was made has the same bytes for ever."""
LAYOUT = 2
"""The layout of exports that are made now."""


def _journal_rows(export: JournalExport) -> Iterator[tuple[str | int | date | datetime | None, ...]]:
    lines = EntryLine.objects.filter(entry__export=export).select_related("entry__exchange", "account", "cost_centre")
    books = as_currency(Books.objects.get(company_id=export.company_id).currency)
    for line in lines.order_by("entry__number", "position").iterator(2000):
        debit, credit = _sides(Money(line.amount_minor, as_currency(line.currency)))
        found, rate = line.entry, getattr(line.entry, "exchange", None)
        centre = "" if line.cost_centre is None else line.cost_centre.code
        yield (
            *(found.number, found.posted_on, found.entered_at, found.kind, found.reference, found.correction_of),
            *(line.account.code, line.account.name, debit, credit, line.currency),
            *(centre, line.counterparty, line.tax_code, line.elimination),
            *(*_sides(Money(line.functional_minor, books)), books, line.rate),
            *(("", "") if rate is None else (rate.rate_on, rate.rate_source)),
        )


def _sides(amount: Money) -> tuple[str, str]:
    """Debit and credit, one of them empty; nothing at all on neither side."""
    if not amount:
        return "", ""
    return (amount.amount, "") if amount.minor > 0 else ("", (-amount).amount)


def _books(viewer: Actor, at: datetime, company: str) -> Currency:
    """The currency of books that the viewer may see; NotThere otherwise."""
    currency = prepared().currencies.get(company)
    if currency is None or not policy.may_see_books(viewer, company=company, on=at.date()):
        raise NotThere
    return as_currency(currency)


def _moved(company: str, **which: Any) -> dict[int, tuple[int, int]]:
    """Debit and credit by key of account. One statement, so that an entry numbered meanwhile is in exactly one half."""
    days = DayTotal.objects.filter(account__company__code=company, **which).values_list("account_id").order_by()
    lines = EntryLine.objects.filter(entry__company__code=company, entry__number=None, **which)
    fresh = lines.values_list("account_id").order_by()
    minor = F("functional_minor")
    halves = (
        days.annotate(debit=Sum("debit_minor"), credit=Sum("credit_minor")),
        fresh.annotate(
            debit=_sum_where(minor, functional_minor__gt=0), credit=_sum_where(-minor, functional_minor__lt=0)
        ),
    )
    moved: dict[int, tuple[int, int]] = {}
    for account, debit, credit in halves[0].union(halves[1], all=True):
        before = moved.get(account, (0, 0))
        moved[account] = (before[0] + int(debit), before[1] + int(credit))
    return moved


def _sum_where(what: Combinable, **which: Any) -> Coalesce:
    return Coalesce(Sum(what, filter=Q(**which)), 0, output_field=BigIntegerField())


def _entry(row: Entry, known: Known, rate: EntryRate | None = None) -> EntryView:
    rate = rate or getattr(row, "exchange", None)
    lines = sorted(row.lines.all(), key=lambda line: line.position)
    functional = as_currency(prepared().currencies[row.company.code])
    return EntryView(
        id=row.pk,
        company=Named(row.company.code, known.name_on(row.company.code, row.posted_on, row.company.name)),
        kind=EntryKind(row.kind),
        reference=row.reference,
        correction_of=row.correction_of,
        posted_on=row.posted_on,
        entered_at=row.entered_at,
        number=row.number,
        lines=tuple(_line(line, row.posted_on, known, functional) for line in lines),
        exchange=None if rate is None else rates.exchange_of(rate, as_currency(lines[0].currency), functional),
    )


def _line(row: EntryLine, on: date, known: Known, functional: Currency) -> LineView:
    charged = row.cost_centre
    centre = None if charged is None else Named(charged.code, known.name_on(charged.code, on, charged.name))
    amount = Money(row.amount_minor, as_currency(row.currency))
    return LineView(
        *(account_view(row.account), Role(row.role), amount, centre, row.counterparty, row.tax_code, row.elimination),
        Money(row.functional_minor, functional),
    )


def account_view(row: Account) -> AccountView:
    """An account as it is shown."""
    return AccountView(row.code, row.name, AccountKind(row.kind))


def _export(row: JournalExport) -> ExportView:
    return ExportView(row.number, row.made_at, row.first_number, row.last_number, row.entries_count, row.sha256)


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A version of a rule on taxable benefit as it was loaded: from which file, by whom (a subject key), since and until
    when we knew it so.
    """

    rule: Rule
    file: str
    file_sha256: str
    loaded_by: str
    known_from: datetime
    known_until: datetime | None


def benefit_law(country: str) -> Law | None:
    """The rules on taxable benefit of a country, loaded ones before those that ship; None for a country without any.

    Refusal where what was loaded and what ships with a later release are at odds: the other countries are left alone.
    """
    found = _law.value().get(country)
    if isinstance(found, Refusal):
        raise Refusal(found.reason, found.where)
    return found


def benefit_countries() -> tuple[str, ...]:
    """The countries with rules on taxable benefit."""
    return tuple(_law.value())


def benefit_kinds() -> tuple[str, ...]:
    """The kinds of benefit that the law of some country names."""
    laws = (law for law in _law.value().values() if not isinstance(law, Refusal))
    return tuple(sorted({kind for law in laws for kind in law.kinds}))


def benefit_rules_loaded(*, viewer: Actor, at: datetime, country: str) -> tuple[LoadedRule, ...]:
    """Every version that was ever loaded for a country, the latest knowledge first. Refused."""
    require(policy.may_see_some_books(viewer, on=at.date()))
    rows = BenefitRule.objects.filter(jurisdiction=country).order_by("-known_from", "code", "-valid_from", "-pk")
    return tuple(
        LoadedRule(loaded_rule(row), row.source, row.file_sha256, row.loaded_by, row.known_from, row.known_until)
        for row in rows
    )


def loaded_rule(row: BenefitRule) -> Rule:
    """The rule of a row, on the days of the row."""
    (rule,) = rules(Fields.of(row.body, str(row)))
    return replace(rule, period=row.period)


def _laws() -> dict[str, Law | Refusal]:
    loaded: dict[str, list[Rule]] = {}
    for row in BenefitRule.objects.current().order_by("pk"):
        loaded.setdefault(row.jurisdiction, []).append(loaded_rule(row))
    return {country: _law_of(country, loaded.get(country, [])) for country in sorted({*countries(), *loaded})}


def _law_of(country: str, loaded: list[Rule]) -> Law | Refusal:
    try:
        return amending.checked(shipped_rules(country), loaded)
    except Refusal as refusal:
        return refusal


_law: Kept[dict[str, Law | Refusal]] = Kept(LAW_VERSION, lambda _number: _laws())
