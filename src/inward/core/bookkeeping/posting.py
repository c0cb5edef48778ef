"""The postings of each kind of dealing, one function a kind. A return is the same function on negative amounts.

Lines carry a role, not an account, and dimensions: the cost centre that bears it, the counterparty, the tax code, and a
tag on what must vanish when the group is consolidated. People appear only by subject key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from inward.core.bookkeeping.balance import balanced
from inward.core.terms import Currency, Money, Rate, Reason, Refusal, UnitPrice, rounded


class EntryKind(Enum):
    """What an entry is about; with company and role it decides the account."""

    STAFF_SALE = "STAFF_SALE"
    STAFF_SETTLEMENT = "STAFF_SETTLEMENT"
    CHARGEBACK = "CHARGEBACK"
    FREE_USE = "FREE_USE"
    INTERCOMPANY_SALE = "INTERCOMPANY_SALE"
    INTERCOMPANY_PURCHASE = "INTERCOMPANY_PURCHASE"
    OUTSIDE_SALE = "OUTSIDE_SALE"
    AGENCY_SALE = "AGENCY_SALE"
    """A cover sold for an insurer, in the books of its agent."""
    INSURED = "INSURED"
    """The same cover in the books of the insurer, who is its supplier of record."""


class Role(Enum):
    """The part an account plays in a dealing."""

    EMPLOYEE_RECEIVABLE = "EMPLOYEE_RECEIVABLE"
    INTERCOMPANY_RECEIVABLE = "INTERCOMPANY_RECEIVABLE"
    INTERCOMPANY_PAYABLE = "INTERCOMPANY_PAYABLE"
    CUSTOMER_RECEIVABLE = "CUSTOMER_RECEIVABLE"
    STAFF_REVENUE = "STAFF_REVENUE"
    INTERCOMPANY_REVENUE = "INTERCOMPANY_REVENUE"
    REVENUE = "REVENUE"
    OUTPUT_TAX = "OUTPUT_TAX"
    INPUT_TAX = "INPUT_TAX"
    INTERCOMPANY_PURCHASE = "INTERCOMPANY_PURCHASE"
    COST_CENTRE_CHARGE = "COST_CENTRE_CHARGE"
    COST_RECOVERY = "COST_RECOVERY"
    FREE_USE = "FREE_USE"
    PAYMENT_CLEARING = "PAYMENT_CLEARING"
    """What was paid elsewhere, by a reference, until the accounts find it there."""
    PREMIUM_PAYABLE = "PREMIUM_PAYABLE"
    COMMISSION_EARNED = "COMMISSION_EARNED"
    COMMISSION_PAID = "COMMISSION_PAID"
    DUAL_DIFFERENCE = "DUAL_DIFFERENCE"
    """What lies between what a supplying department is credited and the receiving one charged: the legal entity's."""
    EXCHANGE_ROUNDING = "EXCHANGE_ROUNDING"
    """What is left of a cent where lines in another currency are turned into that of the books."""


class StaffSettlement(Enum):
    """How a staff purchase is paid: out of the next pay, by a cost centre of the employer, or by herself elsewhere."""

    PAYROLL = "PAYROLL"
    COST_CENTRE = "COST_CENTRE"
    EXTERNAL = "EXTERNAL"


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as the books see it: net, tax and its code, and the cost that is absorbed, if any. Negative when returned."""

    net: Money
    tax: Money
    tax_code: str = ""
    cost: Money | None = None
    credited: Money | None = None
    """What the supplying department is credited, where that is otherwise than the net charged."""


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One line of an entry: debit positive, credit negative."""

    role: Role
    amount: Money
    cost_centre: str | None = None
    counterparty: str | None = None
    tax_code: str = ""
    elimination: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Balanced lines in the books of one company. ``reference`` is the dealing; two sides of one dealing share it."""

    company: str
    kind: EntryKind
    reference: str
    lines: tuple[PostingLine, ...]
    correction_of: str | None = None


def staff_sale(
    *,
    supplier: str,
    employer: str,
    person: str,
    lines: Sequence[SoldLine],
    settlement: StaffSettlement,
    cost_centre: str | None,
    reference: str,
    correction_of: str | None = None,
) -> tuple[Entry, ...]:
    """A sale to staff. Employed by the supplier: she owes it by payroll, or her cost centre bears it.

    Employed by a sister company: the employer owes the supplier, and she owes her employer; one reference, two entries. Paid
    elsewhere, she pays the supplier and her employer has no part in it.
    ``person`` is a subject key. Refusal when the cost centre is missing where one must bear it.
    """
    sale = _Side(supplier, EntryKind.STAFF_SALE, reference, correction_of)
    if settlement is StaffSettlement.EXTERNAL:
        paid = PostingLine(Role.PAYMENT_CLEARING, _gross(lines), counterparty=person)
        return sale.entry([paid, *_earned(Role.STAFF_REVENUE, lines, person)])
    owed = _owed_by_staff(person, settlement, cost_centre, _gross(lines))
    if employer == supplier:
        return sale.entry([owed, *_earned(Role.STAFF_REVENUE, lines, person)])
    tag = elimination_tag(supplier, employer)
    due = PostingLine(Role.INTERCOMPANY_RECEIVABLE, _gross(lines), counterparty=employer, elimination=tag)
    owes = PostingLine(Role.INTERCOMPANY_PAYABLE, -_gross(lines), counterparty=supplier, elimination=tag)
    settled = _Side(employer, EntryKind.STAFF_SETTLEMENT, reference, correction_of)
    return (*sale.entry([due, *_earned(Role.STAFF_REVENUE, lines, person)]), *settled.entry([owed, owes]))


def intercompany_sale(
    *,
    supplier: str,
    customer: str,
    cost_centre: str | None,
    lines: Sequence[SoldLine],
    reference: str,
    correction_of: str | None = None,
) -> tuple[Entry, ...]:
    """A sale between companies of the inside: two balanced sides with one reference, tagged for elimination.

    What one is owed the other owes, to the cent, by construction.
    """
    tag = elimination_tag(supplier, customer)
    seller = _Side(supplier, EntryKind.INTERCOMPANY_SALE, reference, correction_of)
    buyer = _Side(customer, EntryKind.INTERCOMPANY_PURCHASE, reference, correction_of)
    gross = _gross(lines)
    return (
        *seller.entry(
            [
                PostingLine(Role.INTERCOMPANY_RECEIVABLE, gross, counterparty=customer, elimination=tag),
                *_earned(Role.INTERCOMPANY_REVENUE, lines, customer, tag),
            ]
        ),
        *buyer.entry(
            [
                *_bought(lines, supplier, cost_centre, tag),
                PostingLine(Role.INTERCOMPANY_PAYABLE, -gross, counterparty=supplier, elimination=tag),
            ]
        ),
    )


def chargeback(
    *,
    company: str,
    supplier_unit: str,
    customer_unit: str,
    lines: Sequence[SoldLine],
    reference: str,
    correction_of: str | None = None,
) -> tuple[Entry, ...]:
    """A charge between cost centres of one legal entity: no sale in law, so no tax. Refusal when a line carries tax.

    Where the supplying unit is credited otherwise than the other is charged, the difference is the entity's own (decision 0190).
    """
    for line in lines:
        if line.tax:
            raise Refusal(Reason.of("chargeback_with_tax", company=company, reference=reference, tax=line.tax))
    net = _net(lines)
    credited = _sum((line.net if line.credited is None else line.credited for line in lines), lines)
    return _Side(company, EntryKind.CHARGEBACK, reference, correction_of).entry(
        [
            PostingLine(Role.COST_CENTRE_CHARGE, net, cost_centre=customer_unit, counterparty=supplier_unit),
            PostingLine(Role.COST_RECOVERY, -credited, cost_centre=supplier_unit, counterparty=customer_unit),
            PostingLine(Role.DUAL_DIFFERENCE, credited - net, cost_centre=company, counterparty=supplier_unit),
        ]
    )


def free_use(
    *,
    company: str,
    supplier_unit: str,
    customer: str,
    lines: Sequence[SoldLine],
    reference: str,
    correction_of: str | None = None,
) -> tuple[Entry, ...]:
    """Free for use: the supplier's own cost centre bears the cost, and the books show for whom."""
    cost = _sum((line.cost for line in lines if line.cost is not None), lines)
    return _Side(company, EntryKind.FREE_USE, reference, correction_of).entry(
        [
            PostingLine(Role.FREE_USE, cost, cost_centre=supplier_unit, counterparty=customer),
            PostingLine(Role.COST_RECOVERY, -cost, cost_centre=supplier_unit, counterparty=customer),
        ]
    )


def outside_sale(
    *,
    supplier: str,
    customer: str,
    lines: Sequence[SoldLine],
    reference: str,
    correction_of: str | None = None,
    paid_elsewhere: bool = False,
) -> tuple[Entry, ...]:
    """A sale to somebody outside: a receivable (or a payment made elsewhere), revenue and tax. ``customer`` is a party code or a
    subject key.
    """
    owed = Role.PAYMENT_CLEARING if paid_elsewhere else Role.CUSTOMER_RECEIVABLE
    due = PostingLine(owed, _gross(lines), counterparty=customer)
    side = _Side(supplier, EntryKind.OUTSIDE_SALE, reference, correction_of)
    return side.entry([due, *_earned(Role.REVENUE, lines, customer)])


@dataclass(frozen=True, slots=True)
class Agency:
    """A cover sold by ``agent`` (a company) for ``insurer``, the supplier of record, who pays ``rate`` of the premium without tax.

    ``inside``: both stand inside one group, so that what they owe each other must vanish when it is consolidated.
    ``keeps_books``: the books of the insurer are kept here as well.
    """

    agent: str
    insurer: str
    rate: Rate
    inside: bool
    keeps_books: bool


def agency_sale(
    *,
    agency: Agency,
    sale: Sequence[Entry],
    customer: str,
    lines: Sequence[SoldLine],
    reference: str,
    correction_of: str | None = None,
) -> tuple[Entry, ...]:
    """A sale of the agent's, made one for its insurer: the premium is the insurer's, the agent earns its commission.

    ``sale`` is what the agent would post had it sold for itself; whoever owes stays who she is, and what else than revenue and
    tax it holds stays as it is. In the agent's books revenue and tax give way to the premium owed, less the commission. The
    insurer's books earn the premium and its tax from ``customer`` (a code or a subject key), whom the agent collects it from.
    The commission is rounded once, on the net premium.
    """
    net, gross = _net(lines), _gross(lines)
    commission = rounded(UnitPrice(net.minor * agency.rate.fraction, net.currency))
    tag = elimination_tag(agency.agent, agency.insurer) if agency.inside else None
    owed = Role.INTERCOMPANY_PAYABLE if agency.inside else Role.PREMIUM_PAYABLE
    due = Role.INTERCOMPANY_RECEIVABLE if agency.inside else Role.CUSTOMER_RECEIVABLE
    kept: list[Entry] = []
    agent = _Side(agency.agent, EntryKind.AGENCY_SALE, reference, correction_of)
    for entry in sale:
        if entry.company != agency.agent:
            kept.append(entry)
            continue
        debtors = [line for line in entry.lines if line.role not in _EARNED]
        passed_on = PostingLine(owed, commission - gross, counterparty=agency.insurer, elimination=tag)
        earned = PostingLine(Role.COMMISSION_EARNED, -commission, counterparty=agency.insurer, elimination=tag)
        kept += agent.entry([*debtors, passed_on, earned])
    if agency.keeps_books:
        insurer = _Side(agency.insurer, EntryKind.INSURED, reference, correction_of)
        kept += insurer.entry(
            [
                PostingLine(due, gross - commission, counterparty=agency.agent, elimination=tag),
                PostingLine(Role.COMMISSION_PAID, commission, counterparty=agency.agent, elimination=tag),
                *_earned(Role.REVENUE, lines, customer),
            ]
        )
    return tuple(kept)


_EARNED = frozenset({Role.REVENUE, Role.STAFF_REVENUE, Role.INTERCOMPANY_REVENUE, Role.COST_RECOVERY, Role.OUTPUT_TAX})
"""What a seller earns, and an agent does not."""


def elimination_tag(one: str, other: str) -> str:
    """What both sides of a pair carry so that consolidation finds them: the two companies, in order of code."""
    return "|".join(sorted((one, other)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One company's books in a dealing."""

    company: str
    kind: EntryKind
    reference: str
    correction_of: str | None

    def entry(self, lines: Iterable[PostingLine]) -> tuple[Entry, ...]:
        """The balanced entry; none at all when every line is zero."""
        kept = tuple(line for line in lines if line.amount)
        if not kept:
            return ()
        return (balanced(Entry(self.company, self.kind, self.reference, kept, self.correction_of)),)


def _owed_by_staff(person: str, settlement: StaffSettlement, cost_centre: str | None, gross: Money) -> PostingLine:
    if settlement is StaffSettlement.PAYROLL:
        return PostingLine(Role.EMPLOYEE_RECEIVABLE, gross, counterparty=person)
    if cost_centre is None:
        raise Refusal(Reason.of("cost_centre_missing"))
    return PostingLine(Role.COST_CENTRE_CHARGE, gross, cost_centre=cost_centre, counterparty=person)


def _earned(role: Role, lines: Sequence[SoldLine], counterparty: str, tag: str | None = None) -> list[PostingLine]:
    """Revenue in one line, output tax by tax code in order of code."""
    revenue = PostingLine(role, -_net(lines), counterparty=counterparty, elimination=tag)
    return [revenue, *(PostingLine(Role.OUTPUT_TAX, -tax, tax_code=code) for code, tax in _taxes(lines))]


def _bought(lines: Sequence[SoldLine], supplier: str, cost_centre: str | None, tag: str) -> list[PostingLine]:
    """The purchase on its cost centre in one line, input tax by tax code."""
    role = Role.INTERCOMPANY_PURCHASE
    purchase = PostingLine(role, _net(lines), cost_centre=cost_centre, counterparty=supplier, elimination=tag)
    return [purchase, *(PostingLine(Role.INPUT_TAX, tax, tax_code=code) for code, tax in _taxes(lines))]


def _taxes(lines: Sequence[SoldLine]) -> list[tuple[str, Money]]:
    sums: dict[str, Money] = {}
    for line in lines:
        sums[line.tax_code] = sums.get(line.tax_code, Money.zero(line.tax.currency)) + line.tax
    return sorted(sums.items())


def _gross(lines: Sequence[SoldLine]) -> Money:
    return _sum((line.net + line.tax for line in lines), lines)


def _net(lines: Sequence[SoldLine]) -> Money:
    return _sum((line.net for line in lines), lines)


def _sum(amounts: Iterable[Money], lines: Sequence[SoldLine]) -> Money:
    """The sum in the lines' currency. Refusal for no lines; CurrencyMismatch when currencies meet."""
    if not lines:
        raise Refusal(Reason.of("posting_without_lines"))
    currency: Currency = lines[0].net.currency
    return sum(amounts, start=Money.zero(currency))
