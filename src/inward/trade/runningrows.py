"""What runs on as rows, and back: contracts and charges as they are written and read.

It writes nothing itself: ``operations`` joins these rows with those of an order or of a run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from inward.core.pricing import PriceBook
from inward.core.running import by_itself, period_of, plan_plain, share
from inward.core.terms import Money, Period, as_currency
from inward.kit.ids import new_id
from inward.kit.reasons import from_plain
from inward.kit.writing import Rows
from inward.trade import running
from inward.trade.deciding import Decision
from inward.trade.household import Kept
from inward.trade.models import RunningCharge
from inward.trade.running import Contract, Days, Priced, Stood
from inward.trade.runningwords import EndedHow
from inward.trade.vocabulary import Settlement
from inward.trade.writing import Placing

_RUNNING = {
    "id": "bigint",
    "order_id": "bigint",
    "reference": "text",
    "subject": "text",
    "person_id": "bigint",
    "customer_id": "bigint",
    "supplier_id": "bigint",
    "offering_id": "bigint",
    "quantity": "bigint",
    "settlement": "text",
    "cost_centre_id": "bigint",
    "plan": "jsonb",
    "starts_on": "date",
    "ends_on": "date",
    "ended_how": "text",
    "billed_until": "date",
    "review": "boolean",
}
CONTRACT = (
    *("id", "order_id", "reference", "subject", "person_id", "customer_id", "supplier_id", "offering_id"),
    *("quantity", "settlement", "cost_centre_id", "plan", "starts_on", "ends_on", "billed_until"),
)
"""What of a row makes a contract."""
_CHARGE = {
    "id": "bigint",
    "running_id": "bigint",
    "since": "date",
    "turn": "smallint",
    "until": "date",
    "stands_until": "date",
    "reverses": "boolean",
    "by_order": "boolean",
    "period_from": "date",
    "period_until": "date",
    "billed_on": "date",
    "full_ordinary_minor": "bigint",
    "full_tax_minor": "bigint",
    "full_gross_minor": "bigint",
    "full_cost_minor": "bigint",
    "net_minor": "bigint",
    "tax_minor": "bigint",
    "gross_minor": "bigint",
    "cost_minor": "bigint",
    "currency": "text",
    "verdict": "text",
    "kind": "text",
    "work_kind": "text",
    "books_kind": "text",
    "customer_company_id": "bigint",
    "settlement": "text",
    "cost_centre_id": "bigint",
    "tax_code": "text",
    "why": "jsonb",
    "tie": "text",
}


@dataclass(frozen=True, slots=True)
class Charged:
    """A charge as it is to be written: some days at a price, what they cost, and the tax and the absorbed cost in that.

    ``reverses`` takes back what stood for them: then the amounts are negative.
    """

    days: Days
    gross: Money
    tax: Money
    cost: Money
    turn: int = 0
    reverses: bool = False
    by_order: bool = False

    @classmethod
    def of(cls, days: Days, turn: int = 0, *, reverses: bool = False, by_order: bool = False) -> "Charged":
        """The charge of these days, or what takes it back."""
        part, price = Period(days.since, days.until), days.priced
        amounts = [price.gross, price.tax, price.cost]
        if part != days.period:
            amounts = [share(whole, days.period, part) for whole in amounts]
        gross, tax, cost = (-each for each in amounts) if reverses else amounts
        return cls(days, gross, tax, cost, turn, reverses, by_order)


def runs(decision: Decision, book: PriceBook) -> bool:
    """Whether an order begins something that runs: that is handed over by beginning."""
    return book.offerings[decision.quote.lines[0].offering].plan is not None


def begun(
    placing: Placing, *, parties: Mapping[str, int], offerings: Mapping[str, int], book: PriceBook
) -> tuple[Rows, ...]:
    """What an order begins that runs, with its first period, which the order itself charges; nothing for other orders."""
    decision = placing.decision
    line = decision.quote.lines[0]
    plan = book.offerings[line.offering].plan
    if plan is None or placing.approval is not None:
        return ()
    first, wish = decision.on, decision.wish
    period = period_of(first, plan.every, first)
    ends_on, until = by_itself(plan, first), period.until
    assert until is not None  # a period of what runs has both days
    contract = Contract(
        id=new_id(),
        reference=placing.reference,
        subject=placing.subject,
        person=wish.person,
        customer=wish.customer,
        supplier=decision.supplier,
        offering=line.offering,
        quantity=line.quantity,
        settlement=decision.settlement,
        cost_centre=decision.cost_centre,
        plan=plan,
        starts_on=first,
        ends_on=ends_on,
        billed_until=until,
        whom=_whom(decision),
    )
    key = parties.get
    row = (
        *(contract.id, placing.id, placing.reference, placing.subject, key(wish.person or ""), key(wish.customer)),
        *(key(decision.supplier), offerings[line.offering], line.quantity, decision.settlement.value),
        *(key(decision.cost_centre or ""), plan_plain(plan), first, ends_on),
        *("" if ends_on is None else EndedHow.TERM.value, until, True),
    )
    there = running.side(running.world(), contract, first)
    priced = running.priced_by(decision, there, book.offerings[line.offering].tax_code)
    charged = Charged.of(Days(period, first, until, priced), by_order=True)
    return _rows("trade_running", _RUNNING, [row]), charge_rows([(contract, charged)], parties=parties, on=first)


def _whom(decision: Decision) -> Kept | None:
    home = decision.home
    return None if home is None else Kept(home.member, home.tie if decision.on in home.period else None)


def charge_rows(charges: Iterable[tuple[Contract, Charged]], *, parties: Mapping[str, int], on: date) -> Rows:
    """Charges as rows; new by their constraint, or nothing of the whole is written."""
    rows = [_charge(contract, each, parties, on) for contract, each in charges]
    return replace(_rows("trade_runningcharge", _CHARGE, rows), gate="running:charged")


def _charge(contract: Contract, each: Charged, parties: Mapping[str, int], on: date) -> tuple[Any, ...]:
    days, priced = each.days, each.days.priced
    verdict, kind, _company, work_kind, tie = priced.side or ("", "", None, "", None)
    gross, tax = each.gross, each.tax
    return (
        *(new_id(), contract.id, days.since, each.turn, days.until, None if each.reverses else days.until),
        *(each.reverses, each.by_order, days.period.start, days.period.until, on),
        *(priced.ordinary.minor, priced.tax.minor, priced.gross.minor, priced.cost.minor),
        *(gross.minor - tax.minor, tax.minor, gross.minor, each.cost.minor, gross.currency),
        *(verdict, kind, work_kind, priced.books_kind, parties.get(priced.company or ""), priced.settlement.value),
        *(parties.get(priced.cost_centre or ""), priced.tax_code, priced.why, tie),
    )


def contract_of(row: Any, codes: Mapping[int, str], offerings: Mapping[int, str], whom: Kept | None = None) -> Contract:
    """A row of ``Running``, or just its columns ``CONTRACT``, as a value; ``codes`` and ``offerings`` say what keys are called,
    ``whom`` for whom of the household it is.
    """
    return Contract(
        id=row.id,
        reference=row.reference,
        subject=row.subject,
        person=None if row.person_id is None else codes[row.person_id],
        customer=codes[row.customer_id],
        supplier=codes[row.supplier_id],
        offering=offerings[row.offering_id],
        quantity=row.quantity,
        settlement=Settlement(row.settlement),
        cost_centre=None if row.cost_centre_id is None else codes[row.cost_centre_id],
        plan=running.plan_of(row.plan),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        billed_until=row.billed_until,
        whom=whom,
    )


def stood_of(row: RunningCharge, codes: Mapping[int, str], supplier_company: str) -> Stood:
    """A row of charges as it stands."""
    assert row.stands_until is not None  # what reverses stands for nothing
    return Stood(
        row.pk,
        Period(row.period_from, row.period_until),
        row.since,
        row.stands_until,
        priced_of(row, codes, supplier_company),
    )


def priced_of(row: RunningCharge, codes: Mapping[int, str], supplier_company: str) -> Priced:
    """The price of a whole period by which a row of charges was made."""
    currency = as_currency(row.currency)
    company = None if row.customer_company_id is None else codes[row.customer_company_id]
    side = (row.verdict, row.kind, company, row.work_kind, row.tie) if row.verdict else None
    return Priced(
        side=side,
        books_kind=row.books_kind,
        company=company,
        supplier_company=_charged_by(supplier_company, row.why["grounds"]),
        settlement=Settlement(row.settlement),
        cost_centre=None if row.cost_centre_id is None else codes[row.cost_centre_id],
        ordinary=Money(row.full_ordinary_minor, currency),
        tax=Money(row.full_tax_minor, currency),
        gross=Money(row.full_gross_minor, currency),
        cost=Money(row.full_cost_minor, currency),
        tax_code=row.tax_code,
        why=row.why,
    )


def _charged_by(company: str, grounds: Iterable[Any]) -> str:
    """In whose books a charge was posted: the supplier's, or of whoever had taken it over by then, as its grounds say."""
    for ground in map(from_plain, grounds):
        if ground.code == "succeeded" and ground.facts["company"] == company:
            company = str(ground.facts["into"])
    return company


def _rows(table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Rows:
    return Rows(table=table, columns=tuple(columns), types=tuple(columns.values()), rows=tuple(rows))
