"""What trade can tell: quotes, orders, allowances and what waits. Reads only; always for a viewer and at an instant.

Stored orders are shown through the same core values as live quotes (``QuotedLine``, ``Traced``, ``Standing``), so a
face words both with the same templates. Out of bounds is ``NotThere``, never a hint that something exists.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from inward.catalogue import queries as catalogue
from inward.core.bookkeeping import Plan
from inward.core.classification import Household, Kind, Standing, Verdict, World
from inward.core.pricing import (
    AllowanceDrawn,
    ArmsLength,
    Basis,
    Kept,
    Level,
    NetPay,
    Outcome,
    Part,
    PriceBook,
    Quote,
    QuotedLine,
    Scheme,
    Traced,
    Used,
    Wanted,
    quote,
)
from inward.core.pricing import Limit as SchemeLimit
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.eligibility import INSIDE_PARTIES
from inward.core.pricing.returning import given_back
from inward.core.terms import Currency, Money, Reason, Refusal, UnitPrice
from inward.core.terms.money import as_currency
from inward.kit.actor import Actor
from inward.kit.approval import Approval, ApprovalState
from inward.kit.lists import ListSpec, Page, counted, page
from inward.kit.policy import Answer, NotThere, refusal, require
from inward.kit.reasons import from_plain
from inward.ledger import queries as ledger
from inward.ledger.queries import Turned
from inward.parties import queries as parties
from inward.parties.queries import Known, Named
from inward.parties.vocabulary import Purpose
from inward.trade import (
    aftersale,
    budgets,
    handing,
    household,
    instalments,
    netpay,
    payments,
    policy,
    sharing,
    signing,
    stock,
    terms,
)
from inward.trade.aftersale import AfterSale
from inward.trade.budgets import BudgetView
from inward.trade.deciding import Decision, Handover, Limit, Wish, decide, impersonal, settlements, supplier_of
from inward.trade.models import AllowanceUse, ApprovalLimit, Order, OrderFault, OrderLine, OrderPayment, OrderStep
from inward.trade.payments import PaymentView
from inward.trade.sharing import SharedView
from inward.trade.shelves import Available
from inward.trade.terms import Asked
from inward.trade.tracking import Counts, Course, Stage, stages
from inward.trade.vocabulary import (
    NOT_SOLD,
    OPEN_STATES,
    HandoverWay,
    OrderState,
    PaymentState,
    Settlement,
    StepKind,
    WaitsFor,
)


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A price asked, before anything is ordered: the quote, how it can be paid, and whose approval it will need."""

    quote: Quote
    supplier: Named
    customer: Named
    settlement: Settlement
    settlements: tuple[Settlement, ...]
    approval_by: Named | None
    books: Standing
    """By which it is paid and posted; another than the quote's where the books have a rule of their own."""
    terms: tuple[Asked, ...] = ()
    """What must be accepted before it is ordered so, each with whether it is."""
    plans: tuple[Plan, ...] = ()
    """In which parts it can be deducted from pay, all at once first; none where it is not."""
    budgets: tuple[BudgetView, ...] = ()
    """The budgets that it is taken of, as they would stand after it."""
    stock: Mapping[str, Available] = field(default_factory=dict)
    """What is left of those of its items that are counted, by code."""
    missing: Reason | None = None
    """Why it cannot be ordered now: not so many are left."""
    beneficiary: Named | None = None
    """For whom of her household it is."""
    members: tuple[Named, ...] = ()
    """For whom of her household she could buy it today."""
    home: Household | None = None
    payment_words: str = ""
    """Where one pays, where it can be paid elsewhere, in the words of the supplier."""
    handover: handing.Choice | None = None
    """How it can get to her; None where there is no choice."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list."""

    reference: str
    number: int
    placed_at: datetime
    state: OrderState
    person: Named | None
    customer: Named
    supplier: Named
    total: Money
    saving: Money
    kind: Kind
    standing: Verdict
    settlement: Settlement

    @property
    def pay_month(self) -> date | None:
        """The month (its first day) out of whose pay it is taken; None where it is not, or was called off.

        What is paid by payroll binds when it is placed and is posted on that day (decision 131).
        """
        if self.settlement is not Settlement.PAYROLL or self.state is OrderState.CANCELLED:
            return None
        return self.placed_at.date().replace(day=1)


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """A line of a stored order, priced as it was decided, with what has become of it since."""

    position: int
    name: str
    quoted: QuotedLine
    delivered: int
    returned: int
    cancelled: int = 0
    disposed: int = 0
    repaid: Money | None = None
    received: int = 0
    to_receive: int = 0
    """Pieces that were handed over and whose coming nobody has confirmed; 0 where nobody is asked to."""
    place: str = ""
    """Where its pieces are held; empty for what is not counted."""

    @property
    def to_deliver(self) -> int:
        """Pieces still to be delivered."""
        return self.quoted.quantity - self.delivered - self.cancelled

    @property
    def to_return(self) -> int:
        """Pieces that could come back, or be given away."""
        return self.delivered - self.returned - self.disposed

    @property
    def gave_back(self) -> Money:
        """What was given back for the pieces that came back or were called off, tax included; nothing where none did."""
        pieces = self.returned + self.cancelled
        return given_back(self.quoted, already=0, pieces=pieces).gross if pieces else self.quoted.gross * 0

    @property
    def kept(self) -> Kept | None:
        """How long a scheme asks to keep pieces of it; of several, the longest."""
        return max(
            (part.kept for part in self.quoted.parts if part.kept is not None),
            key=lambda each: each.until,
            default=None,
        )


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of an order's history."""

    at: datetime
    kind: StepKind
    person: Named | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with everything that was decided, its history, and what the viewer may do now (or why not)."""

    row: OrderRow
    net: Money
    tax: Money
    standing: Standing
    books_kind: Kind
    books_definition: str
    tax_definition: str
    """The inside rule by which the two were one tax group, so that no tax was charged; empty where they were none."""
    tax_grounds: tuple[Reason, ...]
    supplier_company: Named
    customer_company: Named | None
    cost_centre: Named | None
    budget: Named | None
    note: str
    lines: tuple[OrderLineView, ...]
    steps: tuple[StepView, ...]
    waits_for: tuple[tuple[WaitsFor, Named], ...]
    """Whose turn it is, and of which company or department; none when nothing is open."""
    may: Mapping[str, Answer]
    plan: Plan | None = None
    """What leaves which pay, as it was promised, where it is more than one."""
    household: bool = False
    """Whether it is for somebody of her household; told to whoever ordered alone, as is for whom."""
    beneficiary: Named | None = None
    """For whom; None also where that was forgotten."""
    payments: tuple[PaymentView, ...] = ()
    """What was named where it is paid elsewhere, the first first."""
    runs: bool = False
    """Whether it began a subscription or cover, which has a page of its own."""
    shares: tuple[SharedView, ...] = ()
    """The cost centres that share it, with what each bears now; none where one bears all of it."""
    frame: str = ""
    """The reference of the standing order that it is, or of which it is a part; empty for neither."""
    turned: tuple[Turned, ...] = ()
    """What it came to in the books of those who keep them in another currency, at which rate."""
    handover: Handover | None = None
    """How it is handed over, as it was chosen; None where there was no choice."""
    track: tuple[Stage, ...] = ()
    """Its way so far and from here on; none for a standing order."""
    placed_by: Named | None = None
    """Who placed it for whose order it is; None where she did herself."""
    after: AfterSale | None = None
    """Until when it may be brought back and what comes back, guarantee and faults; None where nothing of that holds."""


@dataclass(frozen=True, slots=True)
class AllowanceView:
    """What a person has left of a scheme in a period; None means no limit.

    ``limit`` says which of the scheme's limits it is (its id is empty for the allowance of the year), ``item`` what it counts
    by itself, ``next_on`` from when more is left.
    """

    scheme: str
    name: str
    supplier: Named
    period: str
    used_money: Money
    used_units: int
    money_max: Money | None
    units_max: int | None
    limit: SchemeLimit
    item: Named | None = None
    target: str = ""
    next_on: date | None = None

    @property
    def limited(self) -> bool:
        """Whether it lets only so much through."""
        return self.money_max is not None or self.units_max is not None

    @property
    def money_left(self) -> Money | None:
        """What is left in money."""
        return None if self.money_max is None else self.money_max - self.used_money

    @property
    def units_left(self) -> int | None:
        """What is left in pieces."""
        return None if self.units_max is None else self.units_max - self.used_units


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the viewer: orders to approve, orders to deliver, own orders that wait for somebody else.

    ``above_limit`` are those of her budgets that wait for somebody who may sign more than she.
    """

    to_decide: int
    to_deliver: int
    open_own: int
    above_limit: int = 0
    to_receive: int = 0


_GONE = (OrderState.CANCELLED.value, OrderState.DECLINED.value)
_NUMBER_LENGTH = 18
_COUNTED_MOST = 100
_PEOPLE_AT_ONCE = 500
"""SQLite takes no more than some hundreds of values in one statement everywhere."""
_ALLOWANCE_USED = """
    SELECT scheme, counted, period, currency, used_minor, used_units FROM trade_allowanceuse
    WHERE person_id = %s AND period >= %s ORDER BY scheme, counted, period
"""
ORDER_LIST = ListSpec(
    sortable={"placed": "id", "total": "total_minor", "number": "number"},
    filters={
        "state": "state",
        "standing": "standing",
        "kind": "kind",
        "settlement": "settlement",
        "handover": "handover__way",
        "place": "handover__place",
    },
    default="-placed",
)
_READ_AT_ONCE = 1000
_LISTED = (
    *("pk", "id", "reference", "number", "placed_at", "state", "currency", "total_minor", "saving_minor"),
    *("kind", "standing", "settlement"),
    *(f"{party}__{column}" for party in ("person", "customer", "supplier") for column in ("code", "name")),
)
"""What a list of orders shows."""


def decision_for(
    *, world: World, book: PriceBook, wish: Wish, on: date, used: Sequence[Used] | None = None
) -> Decision:
    """Decide a wish on what is known now: its allowance used and its approval limit are read here.

    Refusal (offering_withdrawn) for what is offered no longer: a page or basket of before cannot order it.
    """
    gone = catalogue.withdrawn()
    for place, line in enumerate(wish.lines, 1):
        if line.offering in gone:
            name = book.offerings[line.offering].name or line.offering
            raise Refusal(Reason.of("offering_withdrawn", offering=name), where=f"line {place}")
    drawn = allowance_used(wish.person, on=on, reach=book.reach) if used is None else used
    limit = binding_limit(wish.customer, wish.person, on=on)
    supplier = supplier_of(book, wish.lines)
    pay = netpay.asked(world=world, book=book, person=wish.person, customer=wish.customer, supplier=supplier, on=on)
    return decide(
        world=world,
        book=book,
        wish=wish,
        on=on,
        used=drawn,
        limit=limit,
        pay=instalments.rules(),
        elsewhere=payments.takers(),
        net_pay=pay,
    )


def quote_for(
    *,
    viewer: Actor,
    at: datetime,
    lines: Sequence[Wanted],
    customer: str | None = None,
    settlement: Settlement | None = None,
    beneficiary: str | None = None,
) -> QuoteView:
    """The price of the lines for the viewer or for the party she acts for (or another she may order for).

    ``beneficiary`` is for whom of her household she asks. ``settlement`` is how she means to pay: what must be accepted turns on it. Left out, or where she cannot: the first way.
    """
    asked, on = customer or viewer.customer, at.date()
    require(policy.may_order(viewer, customer=asked, on=on))
    assert asked is not None
    decision = decision_for(
        world=parties.world(purpose=Purpose.PRICE),
        book=catalogue.price_book(),
        wish=Wish(asked, viewer.person, tuple(lines), beneficiary=beneficiary),
        on=on,
    )
    return quote_view(decision, viewer=viewer, settlement=settlement)


def quote_view(decision: Decision, *, viewer: Actor, settlement: Settlement | None = None) -> QuoteView:
    """A decision as a quote that this viewer may read; with names, ways to pay and terms."""
    asked = decision.wish.customer
    names = parties.names([decision.supplier, asked, *([decision.budget] if decision.budget else [])])
    private, home = asked == decision.wish.person, decision.home
    ways = settlements(decision.books, private=private, household=home is not None, elsewhere=decision.elsewhere)
    left = stock.left_for(decision.wish.lines)
    return QuoteView(
        quote=told(decision, viewer=viewer),
        supplier=_named(decision.supplier, names),
        customer=_named(asked, names),
        settlement=decision.settlement,
        settlements=ways,
        approval_by=None if decision.budget is None else _named(decision.budget, names),
        books=decision.books,
        plans=instalments.open_to(decision) if Settlement.PAYROLL in ways else (),
        terms=terms.asked(decision if settlement not in ways else replace(decision, settlement=settlement)),
        budgets=budgets.before_ordering(decision),
        stock=left,
        missing=stock.missing(decision.wish.lines, left, customer=asked, on=decision.on),
        beneficiary=None if home is None else household.named(home.member),
        members=household.members(decision, viewer=viewer),
        home=home,
        handover=handing.choice(decision),
        payment_words=payments.takers().get(decision.books.supplier_company, "") if decision.elsewhere else "",
    )


def told(decision: Decision, *, viewer: Actor) -> Quote:
    """The quote of a decision as this viewer may read it: without the agreements of other customers in its traces.

    The order keeps every rule that was looked at; whoever serves for the supplier, or keeps its prices, reads them all.
    """
    standing = decision.quote.standing
    who = (standing.verdict, standing.kind)
    lines = _lines_told(decision.quote.lines, viewer, decision.supplier, decision.on, who)
    lines = _personal(lines, viewer, decision.wish.customer)
    drawn = decision.quote.allowances
    if viewer.person != decision.wish.customer:
        drawn = tuple(each for each in drawn if not each.of_pay)
    return replace(decision.quote, lines=lines, allowances=drawn)


def shelf_prices(*, viewer: Actor, at: datetime, offerings: Iterable[str]) -> dict[str, QuotedLine]:
    """What one piece of each offering costs the viewer (or the party she acts for) today, each asked for by itself.

    Offerings without a price on that day are left out. One query at most.
    """
    asked, on = viewer.customer, at.date()
    if asked is None or not policy.may_order(viewer, customer=asked, on=on):
        return {}
    world, book = parties.world(purpose=Purpose.PRICE), catalogue.price_book()
    used = allowance_used(viewer.person, on=on, reach=book.reach)
    found, person = {}, viewer.person

    @cache
    def pays(supplier: str) -> NetPay | None:
        return netpay.asked(world=world, book=book, person=person, customer=asked, supplier=supplier, on=on)

    for code in offerings:
        try:
            supplier = book.offerings[code].supplier
            one = quote(
                world=world,
                book=book,
                supplier=supplier,
                customer=asked,
                on=on,
                lines=[Wanted(code, 1)],
                used=used,
                net_pay=pays(supplier),
            )
        except (KeyError, Refusal):
            continue
        (found[code],) = _lines_told(one.lines, viewer, supplier, on, (one.standing.verdict, one.standing.kind))
    return found


def allowance_used(person: str | None, *, on: date, reach: int = 0) -> tuple[Used, ...]:
    """What the person has drawn of every scheme in the calendar year of that day and later, and in those years before it
    into which limits ``reach`` so many days back.
    """
    if person is None:
        return ()
    back = min(reach, (on - date.min).days)
    # By hand, since this stands before every quote and order: the ORM takes three times as long to ask it.
    with connection.cursor() as cursor:
        cursor.execute(
            _ALLOWANCE_USED, [parties.keys()[person], f"{(on - timedelta(days=back)).year if back else on.year:04d}"]
        )
        rows = cursor.fetchall()
    return tuple(
        Used(scheme, period, Money(minor, as_currency(currency)), units, *_counted(counted))
        for scheme, counted, period, currency, minor, units in rows
    )


_USE = ("person_id", "scheme", "period", "counted", "used_minor", "currency", "used_units")


def allowances_used(people: Iterable[str]) -> Iterator[tuple[str, Used]]:
    """What several people have drawn of every scheme, of all years: each with her code. One query for 500 people."""
    keys = parties.keys()
    asked = sorted({code for code in people if code in keys})
    for start in range(0, len(asked), _PEOPLE_AT_ONCE):
        by_key = {keys[code]: code for code in asked[start : start + _PEOPLE_AT_ONCE]}
        uses = AllowanceUse.objects.filter(person_id__in=by_key).order_by("person_id", "scheme", "counted", "period")
        for person, scheme, period, name, minor, currency, units in uses.values_list(*_USE):
            yield by_key[person], Used(scheme, period, Money(minor, as_currency(currency)), units, *_counted(name))


def _counted(name: str) -> tuple[str, str]:
    """The limit and the item that a counter's name says (``writing.counted``); both empty for a scheme's own allowance."""
    limit, _, item = name.partition(":")
    return limit, item


def open_orders(parties_: Iterable[str]) -> int:
    """How many orders of and for these parties still wait, or are on the way: a number for previews, nobody's leave asked."""
    known = parties.keys()
    keys = [known[code] for code in parties_ if code in known]
    ends = Q(customer__in=keys) | Q(supplier__in=keys) | Q(cost_centre__in=keys)
    ends |= Q(customer_company__in=keys) | Q(supplier_company__in=keys)
    return Order.objects.filter(ends, state__in=[state.value for state in OPEN_STATES]).count()


def numbers_of(references: Iterable[str]) -> dict[str, int]:
    """The numbers that people know orders by, for the keys that the books refer to them by; none for other keys.

    A number tells nothing of its order, so nobody is asked who looks.
    """
    return dict(Order.objects.filter(reference__in=set(references)).values_list("reference", "number"))


def to_receive(reference: str) -> bool:
    """Whether something came of an order that nobody has confirmed; nobody's leave is asked."""
    return Order.objects.filter(reference=reference, to_receive=True).exists()


def references_seen(*, viewer: Actor, at: datetime, references: Iterable[str]) -> frozenset[str]:
    """Which of these orders the viewer may see."""
    visible = policy.orders_visible_to(viewer, keys=parties.keys(), on=at.date())
    return frozenset(Order.objects.filter(visible, reference__in=set(references)).values_list("reference", flat=True))


def binding_limit(customer: str, person: str | None, *, on: date) -> Limit | None:
    """Above how much an order of this person for a unit or company needs approval: its approval limit, or what she may sign.

    The lower of the two; one in another currency than the other settles nothing, so that the order asks. None for a private
    purchase, and where neither is kept.
    """
    return lower(
        approval_limit(customer, on=on),
        None if customer == person else signing.limit_of(person, customer, on=on),
        customer,
    )


def lower(limit: Limit | None, may_sign: Money | None, customer: str) -> Limit | None:
    """The lower of an approval limit and what somebody may sign for the customer."""
    if may_sign is None or limit is None:
        return limit if may_sign is None else Limit(customer, may_sign)
    if limit.amount.currency != may_sign.currency:
        return Limit(customer, Money(0, may_sign.currency))
    return limit if limit.amount <= may_sign else Limit(customer, may_sign)


def approval_limit(customer: str, *, on: date) -> Limit | None:
    """The approval limit that holds for a unit or company: its own, else the nearest above it; None for a person."""
    above = parties.unit_path(customer, on=on)
    limits = {row.party_id: row for row in ApprovalLimit.objects.filter(party__code__in=above)} if above else {}
    keys = parties.keys()
    for code in above:
        row = limits.get(keys[code])
        if row is not None:
            return Limit(code, Money(row.limit_minor, as_currency(row.currency)))
    return None


def allowances(*, viewer: Actor, at: datetime) -> tuple[AllowanceView, ...]:
    """The viewer's own allowances on that day, of every scheme she may use: that of the year, then its other limits.

    A limit that counts each item apart is told of the items she has bought.
    """
    if viewer.person is None:
        return ()
    book, world, on = catalogue.price_book(), parties.world(purpose=Purpose.PRICE), at.date()
    open_to = catalogue.schemes_of(viewer.person, world=world, book=book, on=on)
    names = parties.names([scheme.supplier for scheme, _ in open_to])
    used = allowance_used(viewer.person, on=on, reach=book.reach)
    found: list[AllowanceView] = []
    for scheme, customer in open_to:
        pay = netpay.asked(
            world=world, book=book, person=viewer.person, customer=viewer.person, supplier=scheme.supplier, on=on
        )
        counted = Allowances.of(book, used, on=on, customer=customer, net_pay=pay)
        supplier = _named(scheme.supplier, names)
        for limit in scheme.all_limits:
            items = sorted(counted.counts(scheme, limit)) if limit.each_item else [""]
            found += [_allowance(scheme, limit, counted, item, supplier, book) for item in items]
    return tuple(found)


def orders(
    *, viewer: Actor, at: datetime, params: Mapping[str, str] | None = None, which: str = "all"
) -> Page[OrderRow]:
    """A page of the orders the viewer may see; ``which``: all, own, to_decide, above_limit, to_deliver, to_check, faulty, to_receive."""
    return _page(viewer, at, params or {}, which, ORDER_LIST)


def each_order(
    *, viewer: Actor, at: datetime, params: Mapping[str, str], which: str = "all", most: int
) -> Iterator[OrderRow]:
    """The same orders one after the other, up to ``most``, for a file: so many read at once, however long the list is.

    What cannot be asked is refused now, not when the first is taken.
    """

    def part(params: Mapping[str, str], left: int) -> Page[OrderRow]:
        return _page(viewer, at, params, which, replace(ORDER_LIST, size=min(_READ_AT_ONCE, left)))

    def rows(found: Page[OrderRow], left: int) -> Iterator[OrderRow]:
        yield from found.rows
        while found.next_cursor is not None and (left := left - len(found.rows)) > 0:
            found = part({**params, "cursor": found.next_cursor}, left)
            yield from found.rows

    return rows(part(params, most), most)


def _page(viewer: Actor, at: datetime, params: Mapping[str, str], which: str, spec: ListSpec) -> Page[OrderRow]:
    """A page read as plain tuples of what a list shows: making 10,000 whole orders of them took most of a file's time."""
    rows = Order.objects.values_list(*_LISTED, named=True)
    text = params.get("text", "").strip()
    if text:
        rows = (
            rows.filter(number=int(text))
            if text.isascii() and text.isdigit() and len(text) <= _NUMBER_LENGTH
            else rows.none()
        )
    known = parties.known()
    found = page(rows, spec, params, ways=_ways(which, viewer, at.date(), known.keys))
    return found.map(lambda row: _listed(row, known))


def order(*, viewer: Actor, at: datetime, reference: str) -> OrderView:
    """One order as it was decided. NotThere when it does not exist or the viewer may not see it."""
    known = parties.known()
    visible = policy.orders_visible_to(viewer, keys=known.keys, on=at.date())
    sides = ("person", "customer", "supplier", "supplier_company", "customer_company", "cost_centre")
    related = (*sides, "handover", "behalf__helper", "running", "frame", "draw__frame__order", "household__member")
    found = Order.objects.filter(visible, reference=reference).select_related(*related).first()
    if found is None:
        raise NotThere
    return _view(found, viewer, at.date(), known)


def waiting(*, viewer: Actor, at: datetime) -> Waiting:
    """Counts for the viewer's home page, each capped at 100."""
    on, keys = at.date(), parties.keys()
    to_decide, above = _waits_for(viewer, on, keys)
    open_own = Order.objects.filter(_which("own", viewer, on, keys), state__in=[state.value for state in OPEN_STATES])
    return Waiting(
        to_decide=_most(Order.objects.filter(to_decide)),
        to_deliver=_most(Order.objects.filter(_which("to_deliver", viewer, on, keys))),
        open_own=_most(open_own),
        above_limit=0 if above is None else _most(Order.objects.filter(above)),
        to_receive=_most(Order.objects.filter(_which("to_receive", viewer, on, keys))),
    )


def order_parties(found: Order) -> policy.OrderParties:
    """The parties of a stored order, as the policy asks for them."""
    budget = (found.approval or {}).get("unit")
    person = found.person.code if found.person is not None else None
    kept = getattr(found, "behalf", None)
    helper = None if kept is None else kept.helper.code
    return policy.OrderParties(person, found.customer.code, found.supplier.code, budget, helper)


def order_facts(order: Order) -> dict[str, Any]:
    """What every announcement about an order says."""
    return {
        "order": order.reference,
        "number": order.number,
        "customer": order.customer.code,
        "supplier": order.supplier.code,
        "person": "" if order.person is None else order.person.code,
    }


def quoted_line(line: OrderLine, currency: str) -> QuotedLine:
    """The line as the core quoted it, read back from what was kept."""
    cur = as_currency(currency)
    parts = tuple(_part(plain, currency) for plain in line.parts)
    return QuotedLine(
        offering=line.code,
        quantity=line.quantity,
        parts=parts,
        includes_tax=line.includes_tax,
        ordinary=Money(line.ordinary_minor, cur),
        price=Money(line.price_minor, cur),
        saving=Money(line.saving_minor, cur),
        net=Money(line.net_minor, cur),
        tax=Money(line.tax_minor, cur),
        gross=Money(line.gross_minor, cur),
        cost=None if line.cost_minor is None else Money(line.cost_minor, cur),
        outside=None,
        trace=tuple(_traced(plain) for plain in line.trace),
    )


def drawn_of(found: Order) -> tuple[AllowanceDrawn, ...]:
    """What the order drew of allowances when it was placed."""
    return tuple(
        AllowanceDrawn(
            scheme=plain["scheme"],
            period=plain["period"],
            money=Money(plain["money"], as_currency(found.currency)),
            units=plain["units"],
            money_max=None,
            units_max=None,
            money_left=None,
            units_left=None,
            limit=plain.get("limit", ""),
            item=plain.get("item", ""),
            offerings=tuple(plain.get("offerings", ())),
        )
        for plain in found.allowances
    )


def _ways(which: str, viewer: Actor, on: date, keys: Mapping[str, int]) -> tuple[Q, ...]:
    """The orders of a list as its ways of being in it, each of which one index can walk."""
    if which == "all":
        return policy.orders_visible_by(viewer, keys=keys, on=on)
    return (_which(which, viewer, on, keys),)


def _which(which: str, viewer: Actor, on: date, keys: Mapping[str, int]) -> Q:
    match which:
        case "own":  # whoever placed an order sees it
            return Q(person_id=keys.get(viewer.person or "", -1))
        case "to_decide":
            return _waits_for(viewer, on, keys)[0]
        case "above_limit":
            return _waits_for(viewer, on, keys)[1] or Q(pk__in=())
        case "to_deliver":
            open_states = (OrderState.PLACED.value, OrderState.PARTLY_DELIVERED.value)
            return policy.orders_to_deliver(viewer, keys=keys, on=on) & Q(state__in=open_states)
        case "to_check":
            named = OrderPayment.objects.filter(order=OuterRef("pk"), state=PaymentState.GIVEN.value)
            return policy.orders_to_deliver(viewer, keys=keys, on=on) & Q(Exists(named)) & ~Q(state__in=_GONE)
        case "faulty":
            waits = OrderFault.objects.filter(order=OuterRef("pk"), answer="")
            return policy.orders_to_deliver(viewer, keys=keys, on=on) & Q(Exists(waits))
        case "to_receive":
            gave = OrderStep.objects.filter(
                order=OuterRef("pk"), kind=StepKind.DELIVERED.value, person_id=keys.get(viewer.person or "", -1)
            )
            return policy.orders_to_receive(viewer, keys=keys, on=on) & Q(to_receive=True) & Q(~Exists(gave))
        case _:
            return policy.orders_visible_to(viewer, keys=keys, on=on)


def _waits_for(viewer: Actor, on: date, keys: Mapping[str, int]) -> tuple[Q, Q | None]:
    """The orders that wait for her word, and those of her budgets that are above what she may sign; None where none can be.

    Where no signing limit is kept no budget is looked at; else those that are asked now, which are few, in one query.
    """
    waits = policy.orders_to_decide(viewer, keys=keys, on=on) & Q(state=OrderState.AWAITING_APPROVAL.value)
    said = OrderStep.objects.filter(
        order=OuterRef("pk"), kind=StepKind.APPROVED.value, person_id=keys.get(viewer.person or "", -1)
    )
    waits &= Q(~Exists(said))
    if not signing.any_kept():
        return waits, None
    units = set(Order.objects.filter(waits).values_list("approval__unit", flat=True))
    able, above = signing.within_limits(viewer.person, units, on=on)
    return waits & able, waits & above


def _most(rows: Any) -> int:
    return counted(rows, _COUNTED_MOST)[0]


def _listed(found: Any, known: Known) -> OrderRow:
    """An order of a list, from the named tuple of what ``_LISTED`` names; its parties by the names of its day."""
    person = None if found.person__code is None else parties.told(found.person__code, found.person__name)
    on = found.placed_at.date()
    customer, supplier = (
        parties.told(code, known.name_on(code, on, name))
        for code, name in ((found.customer__code, found.customer__name), (found.supplier__code, found.supplier__name))
    )
    return _row(found, person, customer, supplier)


def _row(found: Any, person: Named | None, customer: Named, supplier: Named) -> OrderRow:
    """The row of an order, or of a tuple with its columns by the same names."""
    cur = as_currency(found.currency)
    return OrderRow(
        reference=found.reference,
        number=found.number,
        placed_at=found.placed_at,
        state=OrderState(found.state),
        person=person,
        customer=customer,
        supplier=supplier,
        total=Money(found.total_minor, cur),
        saving=Money(found.saving_minor, cur),
        kind=Kind(found.kind),
        standing=Verdict(found.standing),
        settlement=Settlement(found.settlement),
    )


def row_of(found: Order) -> OrderRow:
    """A stored order as it stands in a list; person, customer and supplier read with it."""
    then, known = found.placed_at.date(), parties.known()
    person = None if found.person is None else parties.told(found.person.code, found.person.name)
    return _row(found, person, _party(found.customer, then, known), _party(found.supplier, then, known))


def _view(found: Order, viewer: Actor, on: date, known: Known) -> OrderView:
    cur = as_currency(found.currency)
    budget, then = (found.approval or {}).get("unit"), found.placed_at.date()
    lines = list(found.lines.select_related("stock").order_by("position"))
    steps = list(found.steps.select_related("person").order_by("at", "id"))
    course = _course(found, lines, steps)
    return OrderView(
        row=row_of(found),
        net=Money(found.net_minor, cur),
        tax=Money(found.tax_minor, cur),
        standing=_standing(found),
        books_kind=Kind(found.books_kind),
        books_definition=found.books_definition,
        tax_definition=found.tax_definition,
        tax_grounds=tuple(from_plain(plain) for plain in found.tax_grounds or ()),
        supplier_company=_party(found.supplier_company, then, known),
        customer_company=None if found.customer_company is None else _party(found.customer_company, then, known),
        cost_centre=None if found.cost_centre is None else _party(found.cost_centre, then, known),
        budget=None if budget is None else Named(budget, known.name_on(budget, then)),
        note=found.note,
        lines=tuple(_line_view(line, found, viewer, on) for line in lines),
        steps=tuple(map(_step, steps)),
        waits_for=_waits_for_whom(
            found, None if budget is None else Named(budget, known.name_on(budget, then)), then, known, course
        ),
        may=_may(found, viewer, on, course),
        plan=instalments.plan_of(found.instalments, found.currency),
        **_household(found, viewer),
        payments=payments.of_order(found) if found.settlement == Settlement.EXTERNAL.value else (),
        runs=hasattr(found, "running"),
        shares=sharing.of_order(found),
        frame=_frame(found),
        turned=ledger.turned(found.reference) if _turns(found) else (),
        handover=handing.of_order(found),
        track=stages(course),
        placed_by=_placed_by(found),
        after=aftersale.of_order(
            found,
            [(line, quoted_line(line, found.currency)) for line in lines],
            steps,
            viewer=viewer,
            on=on,
            concerned=order_parties(found),
        ),
    )


def course_of(found: Order) -> Course:
    """What is known of the way of a stored order."""
    return _course(found, list(found.lines.all()), list(found.steps.order_by("at", "id")))


def _course(found: Order, lines: Sequence[OrderLine], steps: Sequence[OrderStep]) -> Course:
    """The same, from its lines and its steps, the first first."""
    total = {name: sum(getattr(line, name) for line in lines) for name in _COUNTED}
    left = total["delivered"] - total["returned"] - total["received"]
    counts = Counts(sum(line.quantity for line in lines), **total, unconfirmed=left if found.to_receive else 0)
    chosen, approval = handing.of_order(found), found.approval
    return Course(
        state=OrderState(found.state),
        happened=[(StepKind(step.kind), step.at) for step in steps],
        counts=counts,
        approved=None if approval is None else Approval.from_plain(approval).state is ApprovalState.APPROVED,
        way=None if chosen is None else chosen.way,
        runs=hasattr(found, "running"),
        confirmed=found.customer_id != found.person_id,
    )


def _turns(found: Order) -> bool:
    """Whether somebody's books are in another currency than the order, so that it is worth asking at which rate."""
    sides = (found.supplier_company, found.customer_company)
    currencies = ledger.prepared().currencies
    return any(currencies.get(side.code, found.currency) != found.currency for side in sides if side is not None)


_COUNTED = ("delivered", "cancelled", "returned", "received")
"""What is counted of a line."""


def _household(found: Order, viewer: Actor) -> dict[str, Any]:
    """Whether it is for somebody of her household, and for whom: for whoever ordered it alone."""
    kept = getattr(found, "household", None)
    if kept is None or viewer.person is None or found.person is None or viewer.person != found.person.code:
        return {}
    return {"household": True, "beneficiary": None if kept.member is None else household.named(kept.member.code)}


def _placed_by(found: Order) -> Named | None:
    kept = getattr(found, "behalf", None)
    return None if kept is None else parties.told(kept.helper.code, kept.helper.name)


def _frame(found: Order) -> str:
    if hasattr(found, "frame"):
        return found.reference
    return str(found.draw.frame.order.reference) if hasattr(found, "draw") else ""


def _waits_for_whom(
    found: Order, budget: Named | None, then: date, known: Known, course: Course
) -> tuple[tuple[WaitsFor, Named], ...]:
    """Whose turn it is: a budget holder's, then the supplier's (or, once it lies ready, that of whoever picks it up) and that of
    whoever received, which may be both at once.
    """
    state = OrderState(found.state)
    if state is OrderState.AWAITING_APPROVAL:
        return ((WaitsFor.APPROVER, budget or _party(found.customer, then, known)),)
    turns = []
    if state in (OrderState.PLACED, OrderState.PARTLY_DELIVERED):
        lies_ready = course.ready and course.way is HandoverWay.COLLECT
        whose = found.customer if lies_ready else found.supplier
        turns.append((WaitsFor.COLLECTOR if lies_ready else WaitsFor.SUPPLIER, _party(whose, then, known)))
    if found.to_receive:
        turns.append((WaitsFor.RECEIVER, _party(found.customer, then, known)))
    return tuple(turns)


def _may(found: Order, viewer: Actor, on: date, course: Course) -> dict[str, Answer]:
    """The acts that the order's state leaves open, each with the policy's answer for this viewer."""
    state, concerned = OrderState(found.state), order_parties(found)
    acts: dict[str, Answer] = {}
    if state is OrderState.AWAITING_APPROVAL:
        said = {each["by"] for step in (found.approval or {})["steps"] for each in step["decided"]}
        spoken = (viewer.person or viewer.subject) in said
        acts["decide"] = refusal(Reason.of("approval_already_said")) if spoken else may_decide(found, viewer, on)
    if state in (OrderState.AWAITING_APPROVAL, OrderState.PLACED, OrderState.PARTLY_DELIVERED):
        acts["cancel"] = policy.may_cancel(viewer, order=concerned, on=on)
    if state in (OrderState.PLACED, OrderState.PARTLY_DELIVERED):
        acts["deliver"] = policy.may_deliver(viewer, order=concerned, on=on)
        if not course.ready:
            acts["ready"] = acts["deliver"]
    if found.settlement == Settlement.EXTERNAL.value and state not in (OrderState.CANCELLED, OrderState.DECLINED):
        acts |= _may_pay(found, viewer, on)
    if found.to_receive:
        acts["receive"] = may_receive(found, viewer, on)
    if found.settlement == Settlement.INTERCOMPANY.value:
        acts |= _may_dispute(found, viewer, on)
    if state in (OrderState.PARTLY_DELIVERED, OrderState.DELIVERED) and not hasattr(found, "running"):
        acts["take_back"] = policy.may_take_back(viewer, order=concerned, on=on)
        if found.person_id == found.customer_id:
            acts["dispose"] = policy.may_tell_disposal(viewer, order=concerned)
    return acts


def _may_pay(found: Order, viewer: Actor, on: date) -> dict[str, Answer]:
    """The acts that the last payment that was named leaves open."""
    named, concerned = payments.of_order(found), order_parties(found)
    state = named[-1].state if named else PaymentState.RECEIVED
    acts = {}
    if state is not PaymentState.RECEIVED:
        acts["mark_payment"] = policy.may_mark_payment(viewer, order=concerned, on=on)
    if state is PaymentState.NOT_FOUND:
        acts["name_payment"] = policy.may_name_payment(viewer, order=concerned)
    return acts


def _may_dispute(found: Order, viewer: Actor, on: date) -> dict[str, Answer]:
    """Disputing a dealing between companies, as whoever buys or as whoever sells; neither while one is open, nor where nothing is
    charged to anybody.
    """
    if found.cost_centre is None or not charged(found):
        return {}
    if found.disputes.filter(answer="").exists():
        return {}
    return {
        "dispute": policy.may_dispute(viewer, centre=found.cost_centre.code, on=on),
        "dispute_sale": policy.may_dispute_sale(viewer, supplier=found.supplier.code, on=on),
    }


def charged(found: Order) -> bool:
    """Whether an order was ever charged to anybody. One that waits, was declined or called off before anybody approved it was not,
    and a standing order is not: its parts are.
    """
    if OrderState(found.state) is not OrderState.CANCELLED:
        return OrderState(found.state) not in NOT_SOLD | {OrderState.AWAITING_APPROVAL}
    begun = (StepKind.PLACED.value, StepKind.APPROVED.value)
    return not hasattr(found, "frame") and found.steps.filter(kind__in=begun).exists()


def may_receive(found: Order, viewer: Actor, on: date) -> Answer:
    """Whether this actor may confirm what came of an order: by her part in it, and not what she handed over herself."""
    gave = found.steps.filter(kind=StepKind.DELIVERED.value).values_list("person__code", flat=True)
    return policy.may_receive(viewer, order=order_parties(found), handed_over_by=set(gave), on=on)


def may_decide(found: Order, viewer: Actor, on: date) -> Answer:
    """Whether this actor may approve or decline an order that waits: by her role, and by what she may sign on that day."""
    concerned = order_parties(found)
    answer = policy.may_decide(viewer, order=concerned, on=on)
    if not answer or concerned.budget is None:
        return answer
    total = Money(found.total_minor, as_currency(found.currency))
    return signing.may_sign(viewer.person, concerned.budget, total, on=on)


def _standing(found: Order) -> Standing:
    return Standing(
        verdict=Verdict(found.standing),
        kind=Kind(found.kind),
        grounds=tuple(from_plain(plain) for plain in found.grounds),
        supplier_company=found.supplier_company.code,
        customer_company=None if found.customer_company is None else found.customer_company.code,
        nearest_miss=None if found.nearest_miss is None else from_plain(found.nearest_miss),
        definition=found.definition,
        world_version=found.world_version,
    )


def _line_view(line: OrderLine, found: Order, viewer: Actor, on: date) -> OrderLineView:
    who = (Verdict(found.standing), Kind(found.kind))
    (quoted,) = _lines_told((quoted_line(line, found.currency),), viewer, found.supplier.code, on, who)
    (quoted,) = _personal((quoted,), viewer, found.customer.code)
    waits = line.delivered - line.returned - line.received if found.to_receive else 0
    return OrderLineView(
        line.position,
        line.name,
        quoted,
        line.delivered,
        line.returned,
        line.cancelled,
        disposed=line.disposed,
        repaid=Money(line.repaid_minor, as_currency(found.currency)) if line.repaid_minor else None,
        received=line.received,
        to_receive=waits,
        place="" if line.stock is None else line.stock.place,
    )


def _lines_told(
    lines: tuple[QuotedLine, ...], viewer: Actor, supplier: str, on: date, who: tuple[Verdict, Kind]
) -> tuple[QuotedLine, ...]:
    """The lines without what was agreed with others, unless the viewer may see it; outside without internal rates; and, but for
    departments and companies of the inside, without what a price rests on: what something costs the house is its own affair.
    """
    if policy.may_see_all_terms(viewer, supplier=supplier, on=on):
        return lines
    outside, told_bases = who[0] is Verdict.EXTERNAL, who[1] in INSIDE_PARTIES
    return tuple(
        replace(
            line,
            trace=tuple(
                each if told_bases else replace(each, how=None, credited=None)
                for each in line.trace
                if not _kept_back(each, outside=outside)
            ),
            parts=line.parts if told_bases else tuple(replace(part, range=None, credited=None) for part in line.parts),
        )
        for line in lines
    )


def _personal(lines: tuple[QuotedLine, ...], viewer: Actor, customer: str) -> tuple[QuotedLine, ...]:
    """The lines without what of her work and purchases is only for the customer herself to read."""
    return lines if viewer.person == customer else tuple(map(impersonal, lines))


def _kept_back(traced: Traced, *, outside: bool) -> bool:
    """Whether a rule is no business of this customer: another's agreement, or what the house asks of itself."""
    internal_rate = traced.level is Level.RATE and traced.outcome is Outcome.NOT_APPLICABLE
    return traced.why.code == _OF_OTHERS or (outside and internal_rate)


_OF_OTHERS = "rule_for_another_party"
"""The reason of a rule that was agreed with another customer, and names her."""


def _step(step: OrderStep) -> StepView:
    person = None if step.person is None else parties.told(step.person.code, step.person.name)
    return StepView(step.at, StepKind(step.kind), person, step.facts)


def _part(plain: Mapping[str, Any], currency: str) -> Part:
    cur = as_currency(currency)
    return Part(
        quantity=plain["quantity"],
        unit_price=UnitPrice(Fraction(plain["unit_price"]), cur),
        includes_tax=plain["includes_tax"],
        amount=Money(plain["amount"], cur),
        net=Money(plain["net"], cur),
        tax=Money(plain["tax"], cur),
        gross=Money(plain["gross"], cur),
        basis=Basis(plain["basis"]),
        rule=plain["rule"],
        scheme=plain["scheme"],
        drawn=None if plain["drawn"] is None else Money(plain["drawn"], cur),
        kept=_kept(plain["kept"], cur) if "kept" in plain else None,
        range=_range(plain["range"], cur) if "range" in plain else None,
        credited=Money(plain["credited"], cur) if "credited" in plain else None,
    )


def _range(plain: Mapping[str, Any], currency: Currency) -> ArmsLength:
    tested, low, median, high = (
        UnitPrice(Fraction(plain[name]), currency) for name in ("tested", "low", "median", "high")
    )
    return ArmsLength(tested, low, median, high, plain["count"])


def _kept(plain: Mapping[str, Any], currency: Currency) -> Kept:
    net, tax = (None if plain[name] is None else Money(plain[name], currency) for name in ("net", "tax"))
    return Kept(date.fromisoformat(plain["until"]), net, tax)


def _traced(plain: Mapping[str, Any]) -> Traced:
    why: Reason = from_plain(plain["why"])
    how, credited = (from_plain(plain[name]) if name in plain else None for name in ("how", "credited"))
    return Traced(plain["rule"], Level(plain["level"]), Outcome(plain["outcome"]), why, how, credited)


def _allowance(
    scheme: Scheme, limit: SchemeLimit, counted: Allowances, item: str, supplier: Named, book: PriceBook
) -> AllowanceView:
    """One limit as it stands: what was used of it, what it lets through in all, from when there is more."""
    room, used = counted.room(scheme, limit, item), counted.used(scheme, limit, item)
    return AllowanceView(
        scheme=scheme.id,
        name=scheme.name,
        supplier=supplier,
        period=room.period,
        used_money=room.money if used.money is None else used.money,
        used_units=used.units,
        money_max=room.money_max,
        units_max=room.units_max,
        limit=limit,
        item=Named(item, book.offerings[item].name or item) if item in book.offerings else None,
        target=catalogue.target_name(limit.target),
        next_on=room.next_on,
    )


def _named(code: str, names: Mapping[str, str]) -> Named:
    return parties.told(code, names.get(code, code))


def _party(found: Any, on: date, known: Known) -> Named:
    """By the name of that day, as the reader may know it."""
    return parties.told(found.code, known.name_on(found.code, on, found.name))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Names for party codes that appear in reasons and facts."""
    return parties.names(list(codes))
