"""What payroll is told: what a run would hold, which runs there are, and their lines. Reads only.

A line is the difference between what is so and what was told before: docs/decisions/0158.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from inward.core.benefit import Law
from inward.core.pricing.returning import given_back
from inward.core.terms import Currency, Money, Reason, as_currency
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties import veil
from inward.trade import benefit, instalments, paylimits, policy
from inward.trade.benefit import TaxYear
from inward.trade.models import Order, OrderLine, PayCode, PayLine, PayRun, RunningCharge
from inward.trade.queries import quoted_line
from inward.trade.vocabulary import OrderState, PayKind, Settlement

RUNS = ListSpec({"made": "id", "number": "number"}, {"company": "company__code"}, default="-made")
LINES = ListSpec(
    {"line": "id", "amount": "amount_minor"},
    {"run": "run_id", "kind": "kind", "person": "person__code"},
    default="line",
)
CODES = {PayKind.DEDUCTION: "PURCHASE", PayKind.BENEFIT: "BENEFIT", PayKind.INVOICE: "INVOICE"}
"""What lines are called until a company says otherwise."""
_AT_ONCE = 500
_NOTHING = (OrderState.AWAITING_APPROVAL.value, OrderState.CANCELLED.value, OrderState.DECLINED.value)


@dataclass(frozen=True, slots=True)
class Due:
    """A line that a run would have: for an order, or for a tax year."""

    person: str
    kind: PayKind
    amount: Money
    order: int | None = None
    tax_year: str = ""
    put_off: bool = False
    """Whether a limit by net pay does not let it through this month: told, and not taken."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a run would hold, and whose benefit cannot be reckoned: (person, tax year, why)."""

    lines: tuple[Due, ...]
    unreckoned: tuple[tuple[str, TaxYear, Reason], ...]

    def sums(self) -> Mapping[tuple[PayKind, Currency], Money]:
        """The sum of each kind and currency, without what is put off."""
        found: dict[tuple[PayKind, Currency], Money] = {}
        for line in self.lines:
            if line.put_off:
                continue
            key = line.kind, line.amount.currency
            found[key] = found.get(key, Money.zero(line.amount.currency)) + line.amount
        return found


@dataclass(frozen=True, slots=True)
class RunView:
    """A run: number in its company, month, cut-off day; how many lines, and who could not be reckoned."""

    id: int
    company: str
    number: int
    month: date
    cut_off: date
    made_at: datetime
    lines: int
    rejected: int
    unreckoned: tuple[tuple[str, str, str], ...]
    """(person, tax year, code of the reason)."""

    @property
    def key(self) -> str:
        """How addresses name it: ``abc~3``."""
        return f"{self.company}~{self.number}"


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a run."""

    id: int
    company: str
    run: int
    month: date
    person: str
    kind: PayKind
    code: str
    number: int | None
    reference: str
    tax_year: str
    amount: Money
    rejected_at: datetime | None
    rejected_why: str

    @property
    def put_off(self) -> bool:
        """Whether a limit by net pay did not let it through, so that nobody but the house rejected it."""
        return self.rejected_why == paylimits.PUT_OFF

    @property
    def who(self) -> parties.Named:
        """The person as the reader may know her (``veil``): payroll of somebody hidden is for whoever has her open."""
        return parties.told(self.person, parties.name_of(self.person))


def proposed(company: str, *, cut_off: date, on: date, month: date) -> Proposed:
    """What a run of the company for a pay month, with orders through that day, would hold now."""
    lines = [*_within_pay(_deductions(company, cut_off, month.replace(day=1)), company, month.replace(day=1))]
    unreckoned: list[tuple[str, TaxYear, Reason]] = []
    law, country = benefit.law_of(company, on=on)
    if law is not None:
        for year in (law.year_of(cut_off) - 1, law.year_of(cut_off)):
            if str(year) in benefit.YEARS:
                lines += _benefits(company, TaxYear(country, year), law, cut_off, on, unreckoned)
    names = parties.world().names
    lines.sort(key=lambda line: (names.get(line.person, line.person), line.person, line.kind.value, line.order or 0))
    return Proposed(tuple(lines), tuple(unreckoned))


def codes(company: str) -> Mapping[PayKind, str]:
    """What payroll of the company calls each kind of line."""
    said = PayCode.objects.filter(company__code=company).values_list("kind", "code")
    return CODES | {PayKind(kind): code for kind, code in said}


def companies(viewer: Actor, *, on: date) -> tuple[str, ...]:
    """The companies whose payroll the viewer may tell, by name."""
    return benefit.kept_companies(viewer, on=on)


def runs(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[RunView]:
    """The runs of the companies where the viewer is payroll officer, the latest first. Refused."""
    require(policy.may_keep_some_benefit(viewer, on=at.date()))
    rows = _seen(viewer, at).select_related("company")
    return page(rows, RUNS, params).map(_run)


def run(*, viewer: Actor, at: datetime, key: str) -> RunView:
    """One run. NotThere out of bounds."""
    return _run(run_row(viewer, at, key))


def run_row(viewer: Actor, at: datetime, key: str) -> PayRun:
    """The row of a run. NotThere out of bounds."""
    company, _tilde, number = key.rpartition("~")
    if not (number.isascii() and number.isdigit()) or len(number) > len("999999999"):
        raise NotThere
    of_company = _seen(viewer, at).filter(company_id=parties.keys().get(company, -1))
    found = of_company.filter(number=int(number)).select_related("company").first()
    if found is None:
        raise NotThere
    return found


def lines(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[LineView]:
    """The lines of the runs the viewer may see; ``run`` takes a run's key. Refused; NotThere for a run out of bounds."""
    require(policy.may_keep_some_benefit(viewer, on=at.date()))
    asked = dict(params)
    rows = PayLine.objects.filter(_kept(viewer, at, "run__company_id"))
    chosen = asked.get("run", "")
    if chosen:
        asked["run"] = str(run_row(viewer, at, chosen).pk)
    text = asked.get("text", "").replace("\0", "").strip()
    if veil.closed() & {text, asked.get("person", "")}:
        rows = rows.none()  # nobody learns from a search that a hidden person has lines
    if text:
        number = Q(order__number=int(text[:18])) if text.isascii() and text.isdigit() else Q(pk__in=())
        rows = rows.filter(number | Q(person__code=text))  # somebody's code may be a number as well
    found = page(rows.select_related("run__company", "person", "order"), LINES, asked)
    return found.map(_line)


def line(*, viewer: Actor, at: datetime, id_: int) -> LineView:
    """One line. NotThere out of bounds."""
    rows = PayLine.objects.filter(_kept(viewer, at, "run__company_id"), pk=id_)
    found = rows.select_related("run__company", "person", "order").first()
    if found is None:
        raise NotThere
    return _line(found)


def line_id(key: str) -> int:
    """The id in an address. NotThere for what is none."""
    if not (key.isascii() and key.isdigit()) or len(key) > len(str(2**63)) - 1:
        raise NotThere
    return int(key)


def own(*, viewer: Actor) -> tuple[LineView, ...]:
    """What payroll was told of the viewer, the latest first."""
    if viewer.nobody or viewer.person is None:
        return ()
    rows = PayLine.objects.filter(person_id=parties.keys()[viewer.person])
    return tuple(map(_line, rows.select_related("run__company", "person", "order").order_by("-id")))


# --- differences ------------------------------------------------------------------------------------------------------


def _deductions(company: str, cut_off: date, month: date) -> Iterator[Due]:
    """For each order paid out of pay: what is due of it by the pay of the month, with what runs on since, less what was told of it."""
    orders = Order.objects.filter(
        customer_company_id=parties.keys()[company],
        settlement=Settlement.PAYROLL.value,
        placed_at__lt=benefit.begins(cut_off + timedelta(days=1)),
    )
    lines_ = PayLine.objects.filter(run__company_id=parties.keys()[company], order__isnull=False)
    told = {kind: _told(lines_.filter(kind=kind.value), "order_id") for kind in (PayKind.DEDUCTION, PayKind.INVOICE)}
    less, more, running = _given_back(orders), _repaid(orders), _running(company, cut_off)
    by_key, last = parties.known().codes, instalments.last_months(company)
    rows = orders.order_by("id").values_list("id", "person_id", "state", "total_minor", "currency", "instalments")
    for key, person, state, total, currency, plain in rows.iterator():
        back = total if state in _NOTHING else less.get(key, 0)
        due = instalments.due(plain, total, back, currency, month, last.get(by_key[person]) if person else None)
        extra = 0 if state in _NOTHING else more.get(key, 0) + running.pop(key, (0, None, ""))[0]
        for kind, minor in zip(told, (due[0] + extra, due[1]), strict=True):
            amount = minor - told[kind].pop(key, 0)
            if amount and person is not None:
                yield Due(by_key[person], kind, Money(amount, as_currency(currency)), order=key)
    for key, (owed, payer, currency) in running.items():  # ordered when somebody else paid her
        amount = owed - told[PayKind.DEDUCTION].pop(key, 0)
        if amount and payer is not None:
            yield Due(by_key[payer], PayKind.DEDUCTION, Money(amount, as_currency(currency)), order=key)


def _within_pay(found: Iterable[Due], company: str, month: date) -> Iterator[Due]:
    """The lines, those put off that a limit by net pay does not let through in the month."""
    lines_ = list(found)
    deductions = {
        line.order: (line.person, line.amount)
        for line in lines_
        if line.kind is PayKind.DEDUCTION and line.order is not None
    }
    late = paylimits.put_off(deductions, company=company, month=month)
    for line in lines_:
        yield replace(line, put_off=True) if line.kind is PayKind.DEDUCTION and line.order in late else line


def _running(company: str, cut_off: date) -> dict[int, tuple[int, int | None, str]]:
    """What was charged beside their orders of what runs and leaves the pay of people of the company: by the order's key."""
    rows = RunningCharge.objects.filter(
        customer_company_id=parties.keys()[company],
        settlement=Settlement.PAYROLL.value,
        by_order=False,
        billed_on__lte=cut_off,
    )
    sums = rows.order_by().values_list("running__order_id", "running__person_id", "currency")
    return {
        key: (owed, person, currency)
        for key, person, currency, owed in sums.annotate(owed=Sum("gross_minor")).order_by("running__order_id")
    }


def _given_back(orders: QuerySet[Order]) -> Mapping[int, int]:
    """What came back or was called off of these orders, in smallest units, by the order's key."""
    found: dict[int, int] = defaultdict(int)
    some = OrderLine.objects.filter(Q(returned__gt=0) | Q(cancelled__gt=0), order__in=orders).select_related("order")
    for each in some:
        back = given_back(quoted_line(each, each.order.currency), already=0, pieces=each.returned + each.cancelled)
        found[each.order_id] += back.gross.minor
    return found


def _repaid(orders: QuerySet[Order]) -> Mapping[int, int]:
    """What of these orders cost more because it was not kept, in smallest units, by the order's key."""
    some = OrderLine.objects.filter(repaid_minor__gt=0, order__in=orders).order_by().values_list("order_id")
    return dict(some.annotate(more=Sum("repaid_minor")))


def _benefits(
    company: str,
    of: TaxYear,
    law: Law,
    cut_off: date,
    on: date,
    unreckoned: list[tuple[str, TaxYear, Reason]],
) -> Iterator[Due]:
    """For whoever bought in the year or of whom something was told: what is taxable as of the cut-off day, less what was told."""
    by_key = parties.known().codes
    mine = PayLine.objects.filter(run__company_id=parties.keys()[company], kind=PayKind.BENEFIT.value, tax_year=of.key)
    told = {by_key[key]: amount for key, amount in _told(mine, "person_id").items()}
    people = sorted({*benefit.buyers(company, law.year(of.year)), *told})
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        for sheet in benefit.sheets(some, of, on, companies=[company], as_of=cut_off):
            if sheet.statement is None:
                assert sheet.refused is not None  # one or the other
                unreckoned.append((sheet.person, of, sheet.refused.reason))
                continue
            amount = sheet.statement.taxable.minor - told.get(sheet.person, 0)
            if amount:
                yield Due(sheet.person, PayKind.BENEFIT, Money(amount, law.currency), tax_year=of.key)


def _told(rows: QuerySet[PayLine], by: str) -> dict[int, int]:
    """What earlier runs told and payroll took, in smallest units."""
    taken = rows.filter(rejected_at=None).order_by().values_list(by).annotate(told=Sum("amount_minor"))
    return dict(taken)


# --- views ------------------------------------------------------------------------------------------------------------


def _seen(viewer: Actor, at: datetime) -> QuerySet[PayRun]:
    rows = PayRun.objects.filter(_kept(viewer, at, "company_id"))
    return rows.annotate(told=Count("lines"), rejected=Count("lines", filter=Q(lines__rejected_at__isnull=False)))


def _kept(viewer: Actor, at: datetime, about: str) -> Q:
    return policy.payroll_visible_to(viewer, about, keys=parties.keys(), on=at.date())


def _run(row: Any) -> RunView:
    codes = parties.known().codes
    return RunView(
        row.pk,
        row.company.code,
        row.number,
        row.month,
        row.cut_off,
        row.made_at,
        row.told,
        row.rejected,
        tuple((codes[each["person"]], each["year"], each["why"]) for each in row.unreckoned),
    )


def _line(row: PayLine) -> LineView:
    order = row.order
    return LineView(
        id=row.pk,
        company=row.run.company.code,
        run=row.run.number,
        month=row.run.month,
        person=row.person.code,
        kind=PayKind(row.kind),
        code=row.code,
        number=None if order is None else order.number,
        reference="" if order is None else order.reference,
        tax_year=row.tax_year,
        amount=Money(row.amount_minor, as_currency(row.currency)),
        rejected_at=row.rejected_at,
        rejected_why=row.rejected_why,
    )
