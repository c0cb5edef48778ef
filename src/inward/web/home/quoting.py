"""A quote as pages show it: lines with reasons, sums, how it can be paid, and what the form carries back.

Shared by the offering's page, the basket and the page that says that a price has changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from inward.access import queries as access
from inward.catalogue import queries as catalogue
from inward.core.pricing import AllowanceDrawn, Basis, Part, PriceBook, QuotedLine, Wanted
from inward.core.terms import Money, UnitPrice
from inward.kit import ids, vocabularies
from inward.parties.queries import Named
from inward.trade import behalf, benefit, queries, sharing, terms
from inward.trade.deciding import Handover
from inward.trade.handing import Choice
from inward.trade.queries import QuoteView
from inward.trade.vocabulary import HandoverWay, Settlement, TermsKind
from inward.web.components import benefitwords, formats, limitwords
from inward.web.components.errors import words as reason_words
from inward.web.components.forms import carried
from inward.web.components.naming import full_name
from inward.web.components.records import Option, Tried, VerdictWords
from inward.web.components.requests import ActingRequest
from inward.web.home import words
from inward.web.home.bars import BudgetBar, bar
from inward.web.home.forms import FOR, colleague, handover_value

SHARES_TYPED = 4
"""So many departments fit the form; programs name up to twenty."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """Some pieces of a line at one price."""

    pieces: int
    unit_price: UnitPrice
    amount: Money
    basis: str
    words: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its price, why, and the parts where pieces differ in price."""

    code: str
    name: str
    quantity: int
    ordinary: Money
    price: Money
    note: str
    because: str
    free: bool
    cost: Money | None
    parts: tuple[PartRow, ...]
    rules: tuple[Tried, ...]
    keeping: str = ""
    """How long it is kept, and what follows otherwise; empty where no scheme asks for it."""
    left: str = ""
    """How many are left; empty for what is not counted."""
    left_where: str = ""
    """How many are left at which place, where there are several."""

    @property
    def divided(self) -> bool:
        """Whether not all pieces have the same price: the allowance ran out in the middle."""
        return len(self.parts) > 1


@dataclass(frozen=True, slots=True)
class Tick:
    """Terms that she has not accepted yet and that the order needs: what they are of, which version, their key."""

    key: str
    name: str
    number: int
    payroll: bool


@dataclass(frozen=True, slots=True)
class Priced:
    """Everything a page shows of a quote, and what its order form carries: the total shown and a key against doubles."""

    quote: QuoteView
    supplier: str
    customer: str
    lines: tuple[LineRow, ...]
    verdict: VerdictWords
    net: Money
    tax: Money
    total: Money
    saving: Money | None
    allowances: tuple[str, ...]
    budgets: tuple[BudgetBar, ...]
    settlements: tuple[Option, ...]
    cost_centres: tuple[Option, ...]
    approval_by: str
    books: str
    untaxed: words.Untaxed | None
    staff: bool
    tax_says: str
    tax_warns: bool
    terms: tuple["Tick", ...]
    plans: tuple[Option, ...]
    members: tuple[Option, ...]
    """For whom it can be: oneself first, then those of the household; none where there is nobody but oneself."""
    expected: str
    key: str
    missing: str = ""
    """Why it cannot be ordered now: not so many are left."""
    sharing: tuple[Option, ...] = ()
    """The departments that may share what it costs; none where it is not shared."""

    handover: tuple[Option, ...] = ()
    """How it can get to her; none where there is no choice."""
    helped: bool = False
    """Whether it is for a colleague."""
    brings: bool = False
    """Whether it can be brought, so that where to is asked."""

    share_typed: tuple[tuple[str, str], ...] = ()

    @property
    def share_rows(self) -> tuple[tuple[int, str, str], ...]:
        """The rows in which departments and parts are typed, with what was typed before."""
        blank = (("", ""),) * (SHARES_TYPED - len(self.share_typed))
        return tuple((place, *row) for place, row in enumerate((*self.share_typed, *blank), 1))


def priced(
    view: QuoteView,
    *,
    request: ActingRequest,
    chosen: Settlement | None = None,
    handover: Handover | None = None,
) -> Priced:
    """Make a quote ready to be shown to whoever asks. The key is new: one shown form is one order at most."""
    on, quoted, book = request.at.date(), view.quote, catalogue.price_book()
    approver, centres, group = view.approval_by, _cost_centres(view, request), quoted.tax_group
    helped = private_of_another(view, request)
    whose = full_name(view.customer.code, on=on) if helped else ""
    coming = benefit.coming(view, viewer=request.actor, at=request.at)
    tax_says, tax_warns = ("", False) if coming is None else benefitwords.coming(coming)
    return Priced(
        quote=view,
        supplier=full_name(view.supplier.code, on=on),
        customer=full_name(view.customer.code, on=on),
        lines=tuple(_with_stock(line_row(line, book), view, on) for line in quoted.lines),
        verdict=words.verdict(quoted.standing, customer=view.customer.code, supplier=view.supplier.code, on=on),
        net=quoted.net,
        tax=quoted.tax,
        total=quoted.total,
        saving=_saving(quoted.lines),
        allowances=tuple(filter(None, (_allowance(drawn, book) for drawn in quoted.allowances))),
        budgets=tuple(map(bar, view.budgets)),
        settlements=_settlements(view, chosen or view.settlement, centres=bool(centres), on=on, whose=whose),
        cost_centres=centres,
        approval_by="" if approver is None else full_name(approver.code, on=on),
        books=words.for_books(quoted.standing, view.books),
        untaxed=None if group is None else words.untaxed(group.definition, group.grounds),
        terms=ticks(view.terms, on=on),
        plans=tuple(
            Option(str(len(plan.parts)), words.plan_words(plan), hint=words.leaving_words(plan)) for plan in view.plans
        ),
        members=_members(view, request),
        tax_says=tax_says,
        tax_warns=tax_warns,
        staff=any(part.basis is Basis.STAFF for line in quoted.lines for part in line.parts),
        expected=carried(quoted.total),
        key=ids.public_reference(),
        missing="" if view.missing is None else reason_words(view.missing),
        sharing=_sharing(view, request),
        handover=_handover(view.handover, handover, on=on, customer=view.customer.code),
        helped=helped,
        brings=view.handover is not None and view.handover.ways.brings,
    )


def _handover(open_to: Choice | None, chosen: Handover | None, *, on: date, customer: str) -> tuple[Option, ...]:
    """The ways in which it gets to her; that which she chose, or else the usual one, is ticked."""
    if open_to is None:
        return ()
    ways = [Handover(HandoverWay.COLLECT, place) for place in open_to.ways.places]
    ways += [Handover(HandoverWay.BRING)] if open_to.ways.brings else []
    wished = None if chosen is None else Handover(chosen.way, chosen.place)
    ticked = wished if wished in ways else open_to.usual
    facts = {"customer": full_name(customer, on=on)}
    hint = (
        _("to the address below") if open_to.address_needed else _("to %(customer)s, or to the address below") % facts
    )
    return tuple(
        Option(
            handover_value(way),
            _("Pick it up: %(place)s") % {"place": way.place} if way.place else _("Have it brought"),
            chosen=way == ticked,
            hint="" if way.place else hint,
        )
        for way in ways
    )


def private_of_another(view: QuoteView, request: ActingRequest) -> bool:
    """Whether it is asked for a colleague."""
    return view.customer.code in {each.code for each in colleagues_of(request)}


def _with_stock(row: LineRow, view: QuoteView, on: date) -> LineRow:
    """The line with how many are left, where they are counted."""
    found = view.stock.get(row.code)
    return row if found is None else replace(row, left=words.left(found, on=on), left_where=words.left_where(found))


def ticks(asked: Iterable[terms.Asked], *, on: date) -> tuple[Tick, ...]:
    """The boxes to tick of the terms that are not accepted yet."""
    return tuple(
        Tick(
            each.version.key,
            terms.name_of(each.version.about, on=on),
            each.version.number,
            each.version.about.kind is TermsKind.PAYROLL,
        )
        for each in asked
        if not each.accepted
    )


def line_row(line: QuotedLine, book: PriceBook, *, name: str = "") -> LineRow:
    """A line as it is shown, live or as it was decided."""
    known = book.offerings.get(line.offering)
    return LineRow(
        code=line.offering,
        name=name or (line.offering if known is None else known.name),
        quantity=line.quantity,
        ordinary=line.ordinary,
        price=line.price,
        note=words.price_note(includes_tax=line.includes_tax) if line.tax else "",
        because=words.because(line, book=book),
        free=words.free(line.parts),
        cost=line.cost,
        parts=tuple(_part(part, line, book) for part in line.parts),
        rules=words.tried(line, book=book),
        keeping=words.keeping(line.parts),
    )


def _part(part: Part, line: QuotedLine, book: PriceBook) -> PartRow:
    said = words.part_words(part, book=book, offering=line.offering)
    return PartRow(part.quantity, part.unit_price, part.amount, words.basis(part), said)


def _saving(lines: tuple[QuotedLine, ...]) -> Money | None:
    """What is saved on all lines together; None when they cannot be added or nothing is saved."""
    ways = {line.includes_tax for line in lines}
    if len(ways) != 1:
        return None
    saved = sum((line.saving for line in lines[1:]), start=lines[0].saving)
    return saved if saved.minor > 0 else None


def _allowance(drawn: AllowanceDrawn, book: PriceBook) -> str:
    """What is left of an allowance after this order."""
    left = [formats.money(drawn.money_left)] if drawn.money_left is not None else []
    left += [words.pieces(drawn.units_left)] if drawn.units_left is not None else []
    if not left:
        return ""
    known = book.schemes.get(drawn.scheme)
    facts = {"scheme": (known.name if known is not None else "") or drawn.scheme, "left": " · ".join(left)}
    limits = () if known is None else known.all_limits
    limit = next((each for each in limits if each.id == drawn.limit), None)
    if not drawn.limit or limit is None:
        facts["period"] = drawn.period
        return _("%(scheme)s: %(left)s left for %(period)s after this order.") % facts
    facts["limit"] = limitwords.most_words(limit)
    said = _("%(scheme)s, %(limit)s: %(left)s left after this order.") % facts
    if drawn.next_on is None:
        return said
    return said + " " + _("There is more on %(day)s.") % {"day": formats.day(drawn.next_on)}


def _settlements(view: QuoteView, chosen: Settlement, *, centres: bool, on: date, whose: str) -> tuple[Option, ...]:
    """How it can be paid, with a hint. A private purchase goes on a cost centre only where she has one to name."""
    language, private = formats.language(), Settlement.PAYROLL in view.settlements
    ways = [way for way in view.settlements if centres or not private or way is not Settlement.COST_CENTRE]
    return tuple(
        Option(
            way.value,
            vocabularies.label("settlement", way.value, language),
            chosen=way is chosen or len(ways) == 1,
            hint=view.payment_words if way is Settlement.EXTERNAL else _hint(way, private=private, on=on, whose=whose),
        )
        for way in ways
    )


def _hint(way: Settlement, *, private: bool, on: date, whose: str) -> str:
    match way:
        case Settlement.PAYROLL if whose:
            return _("Taken out of the pay of %(name)s of %(month)s.") % {"name": whose, "month": formats.month(on)}
        case Settlement.PAYROLL:
            return _("Taken out of your pay of %(month)s.") % {"month": formats.month(on)}
        case Settlement.COST_CENTRE:
            return _("For work: a budget holder of the department approves it first.") if private else ""
        case Settlement.INTERCOMPANY:
            return _("Settled between the companies; nobody pays by hand.")
        case Settlement.INVOICE:
            return _("The supplier sends an invoice.")
        case Settlement.EXTERNAL:
            return ""


def quote(
    request: ActingRequest, lines: Sequence[Wanted], *, whom: str | None, settlement: Settlement | None = None
) -> QuoteView:
    """The price for whoever asks, for somebody of her household, or for a colleague for whom she may order."""
    viewer, at, helped = request.actor, request.at, colleague(whom)
    if helped:
        return behalf.quote(viewer=viewer, at=at, person=helped, lines=lines, settlement=settlement)
    return queries.quote_for(viewer=viewer, at=at, lines=lines, beneficiary=whom, settlement=settlement)


def _members(view: QuoteView, request: ActingRequest) -> tuple[Option, ...]:
    """For whom it can be: oneself, the household, colleagues; whoever it was asked for stays among them, also where no scheme lets
    her in.
    """
    viewer, chosen = request.actor, view.beneficiary
    known = view.members if chosen is None or chosen in view.members else (*view.members, chosen)
    book, helped = catalogue.price_book(), colleagues_of(request)
    if any(book.offerings[line.offering].plan is not None for line in view.quote.lines):
        helped = ()
    if not known and not helped:
        return ()
    mine = view.customer.code == viewer.person and chosen is None
    others = (Option(each.code, each.name, chosen=each == chosen) for each in known)
    colleagues = (Option(f"{FOR}{each.code}", each.name, chosen=each.code == view.customer.code) for each in helped)
    return (Option("", _("Myself"), chosen=mine), *others, *colleagues)


def colleagues_of(request: ActingRequest) -> tuple[Named, ...]:
    """For whom she may order; for nobody while she acts for a department."""
    viewer = request.actor
    return () if viewer.acting_for is not None else behalf.open_to(viewer, on=request.at.date())


def _sharing(view: QuoteView, request: ActingRequest) -> tuple[Option, ...]:
    """The departments among which what a department or company buys can be shared; at least two, or it is not."""
    company, book = view.books.customer_company, catalogue.price_book()
    borne = view.settlement in (Settlement.COST_CENTRE, Settlement.INTERCOMPANY)
    runs = any(book.offerings[line.offering].plan is not None for line in view.quote.lines)
    if company is None or not borne or runs or view.customer.code == request.actor.person:
        return ()
    found = sharing.open_to(company, on=request.at.date())
    return tuple(Option(each.code, each.name) for each in found) if len(found) > 1 else ()


def _cost_centres(view: QuoteView, request: ActingRequest) -> tuple[Option, ...]:
    """The departments that a private purchase for work can be charged to: those she may order for."""
    if Settlement.COST_CENTRE not in view.settlements or Settlement.PAYROLL not in view.settlements:
        return ()
    open_to = access.may_act_for(request.actor, at=request.at)
    return tuple(Option(place.code, full_name(place.code, on=request.at.date())) for place in open_to)
