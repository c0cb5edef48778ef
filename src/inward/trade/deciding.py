"""From a wish to a decision, on a prepared world and price book: standing, price, settlement, approval and postings.

Pure: no database, no clock. ``operations`` writes what is decided here, ``queries`` shows it without writing.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from inward.core.bookkeeping import (
    Agency,
    Entry,
    PayRule,
    Plan,
    SoldLine,
    StaffSettlement,
    agency_sale,
    chargeback,
    free_use,
    intercompany_sale,
    outside_sale,
    staff_sale,
)
from inward.core.bookkeeping.instalments import planned
from inward.core.bookkeeping.sharing import shared
from inward.core.classification import Household, Kind, Standing, World, classify
from inward.core.pricing import Basis, NetPay, PriceBook, Quote, QuotedLine, Traced, Used, Wanted, home_of, quote
from inward.core.pricing.eligibility import HER_OWN
from inward.core.terms import Money, Reason, Refusal, spread
from inward.parties import veil
from inward.trade import sharing
from inward.trade.sharing import Share, Shared
from inward.trade.vocabulary import HandoverWay, Settlement

LINES_MAX = 200
"""More lines than this are an import, not an order."""
QUANTITY_MAX = 1_000_000_000
AMOUNT_MAX = 10**16
"""In smallest units: a hundred thousand milliard is a slip of the hand, and sums of such would pass what is kept."""

PAYMENT_LENGTH_MAX = 80

_WITHIN_ENTITY = frozenset({Kind.SELF, Kind.SAME_UNIT, Kind.DEPARTMENT, Kind.BRANCH})
_STAFF = frozenset({Kind.STAFF, Kind.GROUP_STAFF})


@dataclass(frozen=True, slots=True)
class Handover:
    """How it gets to whoever ordered: picked up at a place, or brought, and where to (empty: where the customer is)."""

    way: HandoverWay
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: lines for a customer, by a person, and how it is to be paid (None: the usual way)."""

    customer: str
    person: str | None
    lines: tuple[Wanted, ...]
    settlement: Settlement | None = None
    cost_centre: str | None = None
    note: str = ""
    instalments: int = 1
    """Over how many pays it is deducted."""
    beneficiary: str | None = None
    """For whom of her household the person buys; None: for herself, or for a unit or company."""
    payment: str = ""
    """The reference of a payment made elsewhere."""
    shares: tuple[Share, ...] = ()
    """The cost centres that share it; none: one bears all of it."""
    handover: Handover | None = None
    """How it gets there; None: the usual way, where there is a choice."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Orders for ``party`` above ``amount`` need approval: by its approval limit, or what whoever asks may sign for it."""

    party: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything decided about a wish: the price by its standing, payment and postings by its standing for the ``books``.

    ``budget`` names the unit whose holder must approve, or None.
    """

    wish: Wish
    on: date
    supplier: str
    quote: Quote
    books: Standing
    settlement: Settlement
    cost_centre: str | None
    budget: str | None
    plan: Plan | None = None
    """What leaves which pay, where it is more than one."""
    elsewhere: bool = False
    """Whether it could be paid elsewhere."""
    home: Household | None = None
    """For whom of her household it is, and what that is to her."""
    shares: tuple[Shared, ...] = ()
    """What each cost centre bears, where several share it."""


def supplier_of(book: PriceBook, lines: Sequence[Wanted]) -> str:
    """The one supplier of the lines. Refusal: no lines, too many, an unknown offering, several suppliers."""
    if not lines:
        raise Refusal(Reason.of("lines_missing"))
    if len(lines) > LINES_MAX:
        raise Refusal(Reason.of("too_many_lines", most=LINES_MAX, count=len(lines)))
    for line in lines:
        if line.offering not in book.offerings:
            raise Refusal(Reason.of("offering_gone", offering=line.offering))
        if line.quantity > QUANTITY_MAX:
            raise Refusal(Reason.of("quantity_too_large", most=QUANTITY_MAX, quantity=line.quantity))
        if len(lines) > 1 and book.offerings[line.offering].plan is not None:
            raise Refusal(Reason.of("running_ordered_alone", offering=book.offerings[line.offering].name))
    suppliers = {book.offerings[line.offering].supplier for line in lines}
    if len(suppliers) > 1:
        raise Refusal(Reason.of("lines_of_several_suppliers", count=len(suppliers)))
    return suppliers.pop()


def decide(
    *,
    world: World,
    book: PriceBook,
    wish: Wish,
    on: date,
    used: Sequence[Used] = (),
    limit: Limit | None = None,
    pay: Mapping[str, PayRule] = MappingProxyType({}),
    elsewhere: Container[str] = frozenset(),
    net_pay: NetPay | None = None,
    home: Household | None = None,
) -> Decision:
    """Decide the wish on that day; ``pay`` is how each employer deducts, ``elsewhere`` who takes payments made elsewhere,
    ``net_pay`` what she nets where a limit is a share of it (None: left aside), ``home`` the household by which it is asked where
    that is known already. Refusal from pricing, or when it cannot be settled as asked.

    Nobody buys privately for another person: the price, the allowance and the pay deducted are those of whoever asks.
    """
    supplier = supplier_of(book, wish.lines)
    if wish.customer in veil.closed():
        raise Refusal(Reason.of("party_unknown", party=wish.customer), where="customer")
    if wish.customer in world.person and wish.customer != wish.person:
        raise Refusal(Reason.of("private_for_oneself", customer=world.names[wish.customer]), where="customer")
    if home is None and wish.beneficiary is not None:
        home = _home(world, wish, wish.beneficiary, on)
    quoted = quote(
        world=world,
        book=book,
        supplier=supplier,
        customer=wish.customer,
        on=on,
        lines=wish.lines,
        used=used,
        home=home,
        net_pay=net_pay,
    )
    _check_amounts(quoted)
    books = for_books(world, quoted.standing, supplier=supplier, customer=wish.customer, on=on)
    takes = _elsewhere(book, wish, books, elsewhere)
    settlement = _settlement(wish, books, household=home is not None, elsewhere=takes)
    _check_payment(wish, settlement)
    shares = _shares(wish, settlement, book, quoted)
    centre = shares[0].centre if shares else _cost_centre(wish, settlement, books)
    for each in (share.centre for share in shares) if shares else filter(None, [centre]):
        _check_centre(world, each, books.customer_company, on)
    budget = _budget(wish, settlement, centre, quoted, limit)
    plan = _plan(wish, settlement, quoted.total, on, pay.get(books.customer_company or "", PayRule()))
    return Decision(wish, on, supplier, quoted, books, settlement, centre, budget, plan, takes, home, shares)


def _home(world: World, wish: Wish, beneficiary: str, on: date) -> Household:
    """For whom of her household it is. Refusal for whoever is not of it, and for a department."""
    if wish.customer != wish.person or wish.person is None:
        raise Refusal(Reason.of("household_private_alone"), where="beneficiary")
    if beneficiary in veil.closed():
        raise Refusal(Reason.of("not_of_household"), where="beneficiary")
    return home_of(world, wish.person, beneficiary, on)


def for_books(world: World, priced: Standing, *, supplier: str, customer: str, on: date) -> Standing:
    """The standing by which a dealing is paid and posted: the one that decided its price, unless the books have another rule,
    or households that were declared for one of the two alone.
    """
    rule, usual, there = world.books_definition_on(on), world.definition_on(on), world.of_books
    if (rule is usual or rule == usual) and (there is world or not rule.ties):
        return priced
    return classify(supplier=supplier, customer=customer, world=there, on=on, definition=rule)


def impersonal(line: QuotedLine) -> QuotedLine:
    """The line as others than the customer read it: without that her work ends, its states, and on which days she bought before."""
    told = tuple(_without_days(each) for each in line.trace if each.why.code not in HER_OWN)
    return line if told == line.trace else replace(line, trace=told)


def settlements(
    standing: Standing, *, private: bool, household: bool = False, elsewhere: bool = False
) -> tuple[Settlement, ...]:
    """The ways an order of this standing can be paid, the usual one first. What is for the household is for no department;
    ``elsewhere``: the supplier takes payments made elsewhere, which people and outsiders make, and no department.
    """
    outside = (Settlement.EXTERNAL,) if elsewhere else ()
    if private and standing.kind in _STAFF and household:
        return (Settlement.PAYROLL, *outside)
    if private and standing.kind in _STAFF:
        return (Settlement.PAYROLL, Settlement.COST_CENTRE, *outside)
    if standing.kind in _WITHIN_ENTITY:
        return (Settlement.COST_CENTRE,)
    if standing.kind is Kind.AFFILIATE:
        return (Settlement.INTERCOMPANY,)
    return (Settlement.INVOICE, *outside)


def compared(reference: str) -> str:
    """A payment's reference as it is told from others: letters and digits, written alike. Refusal for none, and for too long a one."""
    plain = "".join(sign for sign in reference.upper() if sign.isalnum())
    if not plain or len(reference) > PAYMENT_LENGTH_MAX or len(plain) > PAYMENT_LENGTH_MAX:
        raise Refusal(Reason.of("payment_reference_missing", most=PAYMENT_LENGTH_MAX), where="payment")
    return plain


@dataclass(frozen=True, slots=True)
class Dealing:
    """What the books need to know of a dealing: who, with whom, of which kind for the books, and paid how.

    ``private``: a person buys for herself, so that the books name the ``subject`` and not the customer.
    """

    reference: str
    subject: str
    kind: Kind
    settlement: Settlement
    supplier: str
    supplier_company: str
    customer: str
    customer_company: str | None
    cost_centre: str | None
    private: bool
    agency: Agency | None = None
    """For whom it is sold, where it is an insurer's cover."""
    shares: tuple[tuple[str, Money], ...] = ()
    """What each cost centre bears of it, where several do."""


def dealing_of(decision: Decision, *, reference: str, subject: str, agency: Agency | None = None) -> Dealing:
    """The dealing that a decision becomes when it is written."""
    standing = decision.books
    return Dealing(
        reference=reference,
        subject=subject,
        kind=standing.kind,
        settlement=decision.settlement,
        supplier=decision.supplier,
        supplier_company=standing.supplier_company,
        customer=decision.wish.customer,
        customer_company=standing.customer_company,
        cost_centre=decision.cost_centre,
        private=decision.wish.customer == decision.wish.person,
        agency=agency,
        shares=tuple((share.centre, share.bears) for share in decision.shares),
    )


def sold_lines(book: PriceBook, lines: Sequence[QuotedLine]) -> tuple[SoldLine, ...]:
    """What the lines sell, for the books: a line without money is there for the cost it absorbs."""
    return tuple(
        SoldLine(
            net=line.net,
            tax=line.tax,
            tax_code=book.offerings[line.offering].tax_code,
            cost=absorbed_cost(line),
            credited=line.credited,
        )
        for line in lines
    )


def absorbed_cost(line: QuotedLine) -> Money | None:
    """The cost of the pieces of a line that were free for use; None when there are none or the cost is not known."""
    free = sum(part.quantity for part in line.parts if part.basis is Basis.FREE)
    if not free or line.cost is None:
        return None
    return Money(spread(line.cost.minor, (free, line.quantity - free))[0], line.cost.currency)


def entries_for(dealing: Dealing, sold: Sequence[SoldLine], *, correction_of: str | None = None) -> tuple[Entry, ...]:
    """What the books post for the lines sold; for a return the amounts are negative and ``correction_of`` is set."""
    paid = tuple(line for line in sold if line.net or line.tax)
    absorbed = tuple(line for line in sold if line.cost)
    entries = _sale(dealing, paid, correction_of) if paid else ()
    if dealing.shares:
        entries = shared(entries, dealing.shares)
    if entries and dealing.agency is not None:
        entries = agency_sale(
            agency=dealing.agency,
            sale=entries,
            customer=_book_name(dealing),
            lines=paid,
            reference=dealing.reference,
            correction_of=correction_of,
        )
    if absorbed:
        entries += free_use(
            company=dealing.supplier_company,
            supplier_unit=dealing.supplier,
            customer=_book_name(dealing),
            lines=absorbed,
            reference=dealing.reference,
            correction_of=correction_of,
        )
    return entries


def _sale(dealing: Dealing, sold: Sequence[SoldLine], correction_of: str | None) -> tuple[Entry, ...]:
    """The one kind of sale that the standing and the settlement call for."""
    if dealing.kind in _STAFF:
        return staff_sale(
            supplier=dealing.supplier_company,
            employer=dealing.customer_company or dealing.supplier_company,
            person=dealing.subject,
            lines=sold,
            settlement=StaffSettlement(dealing.settlement.value),
            cost_centre=dealing.cost_centre,
            reference=dealing.reference,
            correction_of=correction_of,
        )
    if dealing.kind in _WITHIN_ENTITY:
        return chargeback(
            company=dealing.supplier_company,
            supplier_unit=dealing.supplier,
            customer_unit=dealing.cost_centre or dealing.customer,
            lines=sold,
            reference=dealing.reference,
            correction_of=correction_of,
        )
    if dealing.kind is Kind.AFFILIATE and dealing.customer_company is not None:
        return intercompany_sale(
            supplier=dealing.supplier_company,
            customer=dealing.customer_company,
            cost_centre=dealing.cost_centre,
            lines=sold,
            reference=dealing.reference,
            correction_of=correction_of,
        )
    return outside_sale(
        supplier=dealing.supplier_company,
        customer=_book_name(dealing),
        lines=sold,
        reference=dealing.reference,
        correction_of=correction_of,
        paid_elsewhere=dealing.settlement is Settlement.EXTERNAL,
    )


def _book_name(dealing: Dealing) -> str:
    """The name under which the books know the customer: a company or unit by its code, a person by her subject key."""
    return dealing.subject if dealing.private else dealing.customer


def _elsewhere(book: PriceBook, wish: Wish, standing: Standing, takes: Container[str]) -> bool:
    """Whether it can be paid elsewhere: where the supplier takes that, and for what is paid once."""
    runs = any(book.offerings[line.offering].plan is not None for line in wish.lines)
    return standing.supplier_company in takes and not runs


def _check_payment(wish: Wish, settlement: Settlement) -> None:
    if settlement is Settlement.EXTERNAL:
        compared(wish.payment)
    elif wish.payment:
        raise Refusal(Reason.of("payment_reference_not_asked"), where="payment")


def _settlement(wish: Wish, standing: Standing, *, household: bool, elsewhere: bool) -> Settlement:
    private = wish.customer == wish.person
    possible = settlements(standing, private=private, household=household, elsewhere=elsewhere)
    if wish.settlement is None:
        return possible[0]
    if wish.settlement not in possible:
        raise Refusal(Reason.of("settlement_not_open", possible=", ".join(way.value for way in possible)))
    return wish.settlement


def _plan(wish: Wish, settlement: Settlement, total: Money, on: date, rule: PayRule) -> Plan | None:
    """In which parts it is deducted; None for all at once. Refusal for parts of what is not deducted."""
    if wish.instalments == 1:
        return None
    if settlement is not Settlement.PAYROLL:
        raise Refusal(Reason.of("instalments_of_pay_alone"), where="instalments")
    return planned(rule, total, on, wish.instalments)


def _cost_centre(wish: Wish, settlement: Settlement, standing: Standing) -> str | None:
    """A department is its own cost centre; a private purchase on a cost centre must name one."""
    if settlement is Settlement.COST_CENTRE and wish.customer == wish.person:
        if wish.cost_centre is None:
            raise Refusal(Reason.of("cost_centre_missing"))
        return wish.cost_centre
    if standing.kind in _WITHIN_ENTITY or settlement is Settlement.INTERCOMPANY:
        return wish.cost_centre or wish.customer
    return None


def _without_days(traced: Traced) -> Traced:
    """A limit over the last days frees itself so many days after the first purchase in it: that day is private as well."""
    if traced.why.code != "limit_reached_rolling" or "next_on" not in traced.why.facts:
        return traced
    facts = {name: fact for name, fact in traced.why.facts.items() if name != "next_on"}
    return replace(traced, why=Reason.of(traced.why.code, **facts))


def _shares(wish: Wish, settlement: Settlement, book: PriceBook, quoted: Quote) -> tuple[Shared, ...]:
    """What each cost centre bears. Refusal for what a person buys for herself, what runs, and what no cost centre bears."""
    if not wish.shares:
        return ()
    borne = settlement in (Settlement.COST_CENTRE, Settlement.INTERCOMPANY) and wish.customer != wish.person
    if not borne or any(book.offerings[line.offering].plan is not None for line in wish.lines):
        raise Refusal(Reason.of("shares_not_open"), where="shares")
    return sharing.decided(wish.shares, quoted.net)


def _check_amounts(quoted: Quote) -> None:
    """Refuse what is too much to be kept: each line's figures are looked at, as ordinary prices are kept as well."""
    for line in quoted.lines:
        if max(line.ordinary.minor, line.gross.minor) * len(quoted.lines) > AMOUNT_MAX:
            raise Refusal(Reason.of("amount_too_large", amount=max(line.ordinary, line.gross)))


def _check_centre(world: World, centre: str, company: str | None, on: date) -> None:
    """Only the customer's own company bears the charge: another's books do not know of this dealing."""
    if centre == company or any(unit.company == company and on in unit.period for unit in world.unit.get(centre, ())):
        return
    facts = {"cost_centre": world.names.get(centre, centre), "company": world.names.get(company or "", "–")}
    raise Refusal(Reason.of("cost_centre_elsewhere", **facts), where="cost_centre")


def _budget(wish: Wish, settlement: Settlement, centre: str | None, quoted: Quote, limit: Limit | None) -> str | None:
    """Whose budget holder must approve: a private purchase on a cost centre always; a unit's above its limit."""
    if wish.customer == wish.person:
        return centre if settlement is Settlement.COST_CENTRE else None
    if limit is None or within(quoted.total, limit.amount):
        return None
    return wish.customer


def within(total: Money, limit: Money) -> bool:
    """Whether the total needs no approval; a limit in another currency settles nothing, so approval is asked."""
    return total.currency == limit.currency and total <= limit
