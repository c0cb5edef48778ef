"""Orders: lists of mine, of those to approve and to deliver; one order with its history; and the acts on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.catalogue import queries as catalogue
from inward.core.terms import Money, Rate, Reason, Refusal
from inward.kit import ids, vocabularies
from inward.kit.policy import Answer
from inward.kit.sheets import Cell
from inward.trade import handing, queries, statements
from inward.trade import operations as trade
from inward.trade import payments as known
from inward.trade.queries import OrderLineView, OrderRow, OrderView
from inward.trade.statements import DisputeView
from inward.trade.vocabulary import CALLED_OFF, Disposal, DisputeReason, Fault, HandoverWay, OrderState, Settlement
from inward.web.components import downloads, exchanges, formats, lists
from inward.web.components.errors import words as reason_words
from inward.web.components.lists import Heading
from inward.web.components.naming import full_name
from inward.web.components.records import Option, Step, VerdictWords
from inward.web.components.requests import ActingRequest, acts, done
from inward.web.home import aftersales, words
from inward.web.home import basket as baskets
from inward.web.home.forms import read_came, read_fault, read_fault_answer, read_pieces
from inward.web.home.quoting import LineRow, line_row

PARAMS: Final = ("text", "state", "standing", "settlement", "handover", "place", "sort", "cursor")
EXPORT_MAX: Final = 10_000
SEE_OTHER: Final = 303


DISPUTE_DUE_IN: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """An order in a list, with the names as people know them."""

    url: str
    name: str
    number: int
    placed_at: datetime
    state: OrderState
    person: str
    customer: str
    supplier: str
    inside: bool
    total: Money
    saving: Money


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order: as it was priced, and what has become of it."""

    position: int
    row: LineRow
    delivered: int
    returned: int
    to_deliver: int
    to_return: int
    to_receive: int = 0
    disposed: int = 0
    place: str = ""
    """Where its pieces are held; empty for what is not counted."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One order as its page shows it. ``refused`` says by act why the viewer may not do it.

    ``key`` goes with what is handed over or taken back, so that a double click does neither twice.
    """

    view: OrderView
    lines: tuple[Line, ...]
    customer: str
    supplier: str
    person: str
    cost_centre: str
    budget: str
    verdict: VerdictWords
    untaxed: words.Untaxed | None
    steps: tuple[Step, ...]
    may: frozenset[str]
    refused: dict[str, str]
    key: str
    back: tuple[str, str]
    """The list it stands in for the reader: where, and what it is called."""
    keeping: bool = False
    """Whether something of it is to be kept."""
    gave_back: Money | None = None
    """What was given back of it so far, below zero; None where nothing was."""
    remains: Money | None = None
    """What is to pay after that; None where nothing was given back."""
    called_off: bool = False
    repaid: Money | None = None
    disposals: tuple[tuple[str, str], ...] = ()
    leaving: str = ""
    """What becomes of open parts on leaving; empty where it is deducted at once."""
    after: aftersales.After | None = None
    """What holds after the sale, in words; None where nothing of that does."""
    track: tuple[words.Tracked, ...] = ()
    handover: str = ""
    """How it gets to the customer, in words; empty where there was no choice."""
    ready_word: str = ""
    """What the button says by which it is made ready; empty where it cannot be said."""
    turns: tuple[str, ...] = ()
    """Whose turn it is, in words."""
    faults: tuple[Option, ...] = ()
    counted: bool = False
    """Whether pieces of it are counted, so that what comes back can lie there again."""
    disputes: tuple[DisputeView, ...] = ()
    dispute_reasons: tuple[Option, ...] = ()
    """What may be wrong with a dealing between companies; none where the reader cannot dispute it."""
    dispute_due: date | None = None
    shares: tuple[tuple[str, str, Money], ...] = ()
    """The departments that share it: name, part in percent, what it bears."""
    credited: Money | None = None
    """What the supplying department is credited, where that is otherwise than what is charged."""
    in_books: tuple[tuple[str, Money, str], ...] = ()
    """In whose books it is in another currency: company, what it came to there, the rate in words."""


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """The orders I placed."""
    return _listed(request, "own")


@require_safe
def approvals(request: ActingRequest) -> HttpResponse:
    """Orders that wait for my approval."""
    return _listed(request, "to_decide")


@require_safe
def above_limit(request: ActingRequest) -> HttpResponse:
    """Orders of my budgets that wait for somebody who may sign more than I may."""
    return _listed(request, "above_limit")


@require_safe
def deliveries(request: ActingRequest) -> HttpResponse:
    """Orders that wait for my delivery."""
    return _listed(request, "to_deliver")


@require_safe
def every(request: ActingRequest) -> HttpResponse:
    """All orders I may see."""
    return _listed(request, "all")


@require_safe
def export(request: ActingRequest, which: str, form: str) -> HttpResponseBase:
    """A list as a file, as it is filtered and sorted, up to EXPORT_MAX orders."""
    if which not in _TITLES or form not in downloads.FORMATS:
        raise Http404
    params = lists.asked(request.GET, [name for name in PARAMS if name != "cursor"])
    head = [
        _("Number"),
        _("Placed"),
        _("State"),
        _("Ordered by"),
        _("Customer"),
        _("Supplier"),
        _("Total"),
        _("Currency"),
    ]
    return downloads.table("orders", form, head, _cells(request, which, params))


@require_safe
def order(request: ActingRequest, reference: str) -> HttpResponse:
    """One order: state, lines with their parts and reasons, history, and what I can do with it."""
    return render(request, "home/order.html", {"order": _sheet(request, reference)})


@require_safe
def receipt(request: ActingRequest, reference: str) -> HttpResponse:
    """The order as a receipt to print or keep."""
    return render(request, "home/receipt.html", {"order": _sheet(request, reference)})


@acts(instead="order")
def approve(request: ActingRequest, reference: str) -> HttpResponse:
    """Say yes to an order that waits."""
    act = partial(trade.approve_order, by=request.actor, at=request.at, reference=reference)
    return done(request, act, _("Approved."), "order", reference)


@acts(instead="order")
def decline(request: ActingRequest, reference: str) -> HttpResponse:
    """Say no, and why."""
    why = request.POST.get("reason", "")
    act = partial(trade.decline_order, by=request.actor, at=request.at, reference=reference, reason=why)
    return done(request, act, _("Declined. Whoever ordered is told why."), "order", reference)


@acts(instead="order")
def cancel(request: ActingRequest, reference: str) -> HttpResponse:
    """Call an order off, and say why."""
    why = request.POST.get("reason", "")
    act = partial(trade.cancel_order, by=request.actor, at=request.at, reference=reference, reason=why)
    return done(request, act, _("Cancelled. Nothing is charged for what you did not get."), "order", reference)


@acts(instead="order")
def deliver(request: ActingRequest, reference: str) -> HttpResponse:
    """Say which pieces were handed over."""

    def act() -> object:
        pieces = read_pieces(request.POST)
        key, note = request.POST.get("key", ""), request.POST.get("delivery_note", "").replace("\0", "")
        act_on = partial(trade.confirm_delivery, by=request.actor, at=request.at, reference=reference)
        return act_on(pieces=pieces, key=key, delivery_note=note)

    return done(request, act, _("Delivery is noted."), "order", reference)


@acts(instead="order")
def ready(request: ActingRequest, reference: str) -> HttpResponse:
    """Say that it lies ready or is on its way."""
    act = partial(trade.tell_ready, by=request.actor, at=request.at, reference=reference)
    return done(request, act, _("Noted. Whoever ordered is told."), "order", reference)


@require_safe
def payments(request: ActingRequest) -> HttpResponse:
    """Orders whose payment, made elsewhere, I am to find."""
    return _listed(request, "to_check")


@require_safe
def faulty(request: ActingRequest) -> HttpResponse:
    """Orders on which a fault waits for my answer."""
    return _listed(request, "faulty")


@acts(instead="order")
def report_fault(request: ActingRequest, reference: str) -> HttpResponse:
    """Say that something is faulty."""

    def act() -> None:
        said = read_fault(request.POST)
        trade.report_fault(by=request.actor, at=request.at, reference=reference, **said)

    return done(request, act, _("The supplier is told. You get a letter when it is answered."), "order", reference)


@acts(instead="order")
def answer_fault(request: ActingRequest, reference: str) -> HttpResponse:
    """Say what becomes of a fault."""

    def act() -> None:
        said = read_fault_answer(request.POST)
        trade.answer_fault(by=request.actor, at=request.at, reference=reference, **said)

    return done(request, act, _("Answered. Whoever reported it is told."), "order", reference)


@acts(instead="order")
def mark_payment(request: ActingRequest, reference: str) -> HttpResponse:
    """Say whether the payment was found."""
    found = request.POST.get("found") == "yes"
    act = partial(trade.mark_payment, by=request.actor, at=request.at, reference=reference, found=found)
    said = _("The payment is noted as received.") if found else _("Whoever ordered is told that it was not found.")
    return done(request, act, said, "order", reference)


@acts(instead="order")
def name_payment(request: ActingRequest, reference: str) -> HttpResponse:
    """Name another payment, since the last was not found."""
    payment = request.POST.get("payment", "").replace("\0", "")
    act = partial(trade.name_payment, by=request.actor, at=request.at, reference=reference, payment=payment)
    return done(request, act, _("Thank you. The supplier looks for this payment."), "order", reference)


@require_safe
def receipts(request: ActingRequest) -> HttpResponse:
    """Orders of which something came that I am to confirm."""
    return _listed(request, "to_receive")


@acts(instead="order")
def receive(request: ActingRequest, reference: str) -> HttpResponse:
    """Say what came of what was handed over."""

    def act() -> object:
        came = read_came(request.POST)
        key, note = request.POST.get("key", ""), request.POST.get("note", "").replace("\0", "").strip()
        return trade.confirm_receipt(
            by=request.actor, at=request.at, reference=reference, came=came, note=note, key=key
        )

    return done(request, act, _("Thank you. The supplier is told what came."), "order", reference)


@acts(instead="order")
def take_back(request: ActingRequest, reference: str) -> HttpResponse:
    """Take pieces back at the price they were sold for."""
    why = request.POST.get("reason", "")

    def act() -> object:
        return trade.return_items(
            by=request.actor,
            at=request.at,
            reference=reference,
            pieces=read_pieces(request.POST),
            reason=why,
            key=request.POST.get("key", ""),
            shelved=bool(request.POST.get("shelved")),
        )

    return done(request, act, _("Return is noted; the price is given back."), "order", reference)


@acts(instead="order")
def again(request: ActingRequest, reference: str) -> HttpResponse:
    """Put what an order had into the basket, at today's price; what is not offered any more is told."""
    view = queries.order(viewer=request.actor, at=request.at, reference=reference)
    gone = catalogue.withdrawn()
    left_out = [line.name for line in view.lines if line.quoted.offering in gone]
    for line in view.lines:
        if line.quoted.offering not in gone:
            baskets.put(request, line.quoted.offering, line.quoted.quantity)
    if left_out:
        messages.warning(request, _("Not offered any more: %(names)s.") % {"names": ", ".join(left_out)})
    if len(left_out) < len(view.lines):
        messages.success(request, _("The same is in your basket, at today's price."))
    return HttpResponseRedirect(reverse("basket"), status=SEE_OTHER)


@acts(instead="order")
def dispose(request: ActingRequest, reference: str) -> HttpResponse:
    """Say that one gave pieces away or sold them."""

    def act() -> object:
        how = request.POST.get("how", "")
        if how not in Disposal.__members__:
            raise Refusal(Reason.of("disposal_how_missing"), where="how")
        return trade.tell_disposal(
            by=request.actor,
            at=request.at,
            reference=reference,
            pieces=read_pieces(request.POST),
            how=Disposal[how],
            key=request.POST.get("key", ""),
        )

    return done(request, act, _("It is noted on the order."), "order", reference)


_TITLES: Final = {
    "own": "orders",
    "all": "orders_all",
    "to_decide": "approvals",
    "above_limit": "approvals_above",
    "to_deliver": "deliveries",
    "to_check": "payments",
    "faulty": "faults",
    "to_receive": "receipts",
}


def _listed(request: ActingRequest, which: str) -> HttpResponse:
    params = lists.asked(request.GET, PARAMS)
    page = queries.orders(viewer=request.actor, at=request.at, params=params, which=which)
    to_check = which == "to_deliver" and bool(known.takers())
    values = {
        "which": which,
        "to_check": to_check,
        "address": reverse(_TITLES[which]),
        "params": params,
        "rows": tuple(row_of(row) for row in page.rows),
        "columns": lists.columns(_headings(which), page, params),
        "pages": lists.pages(page, params),
        "states": _options("order_state", OrderState, params.get("state", ""), _("All states")),
        "settlements": _options("settlement", Settlement, params.get("settlement", ""), _("Paid any way")),
        "ways": _options("handover_way", HandoverWay, params.get("handover", ""), _("Handed over any way")),
        "places": _places(params.get("place", "")) if which == "to_deliver" else (),
        "filtered": any(params.get(name) for name in PARAMS if name not in ("sort", "cursor")),
        "query": request.GET.urlencode(),
        "above": queries.waiting(viewer=request.actor, at=request.at).above_limit if which == "to_decide" else 0,
    }
    template = "home/orders.html#list" if request.headers.get("HX-Request") == "true" else "home/orders.html"
    return render(request, template, values)


def _places(chosen: str) -> tuple[Option, ...]:
    """The places where suppliers let people pick things up; none where nobody says any."""
    places = sorted({place for ways in handing.said().values() for place in ways.places} | ({chosen} - {""}))
    if not places:
        return ()
    every_word = Option("", _("Any place"), chosen=not chosen)
    return (every_word, *(Option(place, place, chosen=place == chosen) for place in places))


def _headings(which: str) -> tuple[Heading, ...]:
    who = () if which == "own" else (Heading(_("Ordered by")),)
    return (
        Heading(_("Order"), sort="number"),
        Heading(_("Placed"), sort="placed"),
        *who,
        Heading(_("Supplier")),
        Heading(_("State")),
        Heading(_("Total"), sort="total", end=True),
    )


def _options(
    sort: str, values: type[OrderState | Settlement | HandoverWay | Fault | DisputeReason], chosen: str, every_word: str
) -> tuple[Option, ...]:
    language = formats.language()
    named = (
        Option(each.value, vocabularies.label(sort, each.value, language), chosen=each.value == chosen)
        for each in values
    )
    return (Option("", every_word, chosen=not chosen), *named)


def row_of(row: OrderRow) -> Row:
    """An order of a list, ready to be shown, by the names of its day."""
    on = row.placed_at.date()
    return Row(
        url=reverse("order", args=[row.reference]),
        name=_("Order %(number)s") % {"number": row.number},
        number=row.number,
        placed_at=row.placed_at,
        state=row.state,
        person="" if row.person is None else row.person.name,
        customer=full_name(row.customer.code, on=on),
        supplier=full_name(row.supplier.code, on=on),
        inside=row.standing.value == "internal",
        total=row.total,
        saving=row.saving,
    )


def _cells(request: ActingRequest, which: str, params: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the export. They are made after the view has returned, so what depends on the reader is taken now."""
    language, zone = formats.language(), timezone.get_current_timezone()
    states = {state: vocabularies.label("order_state", state.value, language) for state in OrderState}
    found = queries.each_order(viewer=request.actor, at=request.at, params=params, which=which, most=EXPORT_MAX)
    name = lru_cache(maxsize=None)(lambda code, on: full_name(code, on=on))  # few parties and days on many rows

    def cells(row: OrderRow) -> tuple[Cell, ...]:
        return (
            row.number,
            row.placed_at.astimezone(zone).date(),
            states[row.state],
            "" if row.person is None else row.person.name,
            name(row.customer.code, row.placed_at.date()),
            name(row.supplier.code, row.placed_at.date()),
            row.total,
            row.total.currency,
        )

    return map(cells, found)


def _back(request: ActingRequest, view: OrderView) -> tuple[str, str]:
    """The list from which the reader comes: her own orders, what waits for her, or all that she may see."""
    person = view.row.person
    if person is not None and person.code == request.actor.person:
        return reverse("orders"), _("My orders")
    waits = {"decide": ("approvals", _("To approve")), "deliver": ("deliveries", _("To deliver"))}
    waits["receive"] = ("receipts", _("To confirm"))
    may = (act for act in waits if act in view.may and view.may[act].allowed)
    name, label = waits.get(next(may, ""), ("orders_all", _("All orders")))
    return reverse(name), label


def _sheet(request: ActingRequest, reference: str) -> Sheet:
    view = queries.order(viewer=request.actor, at=request.at, reference=reference)
    on, book = view.row.placed_at.date(), catalogue.price_book()
    supplier, customer = view.row.supplier.code, view.row.customer.code
    lines = tuple(_line(line, line_row(line.quoted, book, name=line.name)) for line in view.lines)
    repaid = [line.repaid for line in view.lines if line.repaid is not None]
    gave_back = _gave_back(view)
    return Sheet(
        view=view,
        lines=lines,
        customer=full_name(customer, on=on),
        supplier=full_name(supplier, on=on),
        person="" if view.row.person is None else view.row.person.name,
        cost_centre="" if view.cost_centre is None else full_name(view.cost_centre.code, on=on),
        shares=tuple(
            (full_name(each.centre.code, on=on), formats.percent(Rate(each.percent)), each.bears)
            for each in view.shares
        ),
        budget="" if view.budget is None else full_name(view.budget.code, on=on),
        verdict=words.verdict(view.standing, customer=customer, supplier=supplier, on=on),
        untaxed=words.untaxed(view.tax_definition, view.tax_grounds),
        steps=words.steps(view.steps, lines={line.position: line.row.name for line in lines}),
        may=frozenset(act for act, answer in view.may.items() if answer.allowed),
        refused={act: _why(answer) for act, answer in view.may.items() if not answer.allowed},
        key=ids.public_reference(),
        back=_back(request, view),
        leaving="" if view.plan is None else words.leaving_words(view.plan),
        keeping=any(line.row.keeping and line.to_return for line in lines),
        gave_back=None if gave_back is None else -gave_back,
        called_off=view.row.state in CALLED_OFF,
        remains=None if gave_back is None else view.row.total - gave_back,
        repaid=sum(repaid[1:], start=repaid[0]) if repaid else None,
        disposals=tuple((how.value, vocabularies.label("disposal", how.value, formats.language())) for how in Disposal),
        track=words.track(view),
        after=aftersales.after(view, on=request.at.date()),
        handover=words.handover(view.handover, full_name(customer, on=on)),
        ready_word=_ready_word(view),
        turns=tuple(words.turn(turn, full_name(party.code, on=on)) for turn, party in view.waits_for),
        faults=_options("fault", Fault, "", _("Choose…")),
        counted=any(line.place for line in lines),
        disputes=statements.of_order(viewer=request.actor, at=request.at, order=reference),
        dispute_reasons=_options("dispute_reason", DisputeReason, "", _("Choose…"))[1:] if _disputes(view) else (),
        dispute_due=request.at.date() + DISPUTE_DUE_IN,
        credited=_credited(view),
        in_books=tuple(
            (full_name(each.company.code, on=on), each.functional, exchanges.told(each.exchange))
            for each in view.turned
        ),
    )


def _credited(view: OrderView) -> Money | None:
    """Of all lines together; None where every line is credited as it is charged, or that is not for the reader."""
    quoted = [line.quoted for line in view.lines]
    if all(line.credited is None for line in quoted):
        return None
    return sum(
        (line.net if line.credited is None else line.credited for line in quoted), start=Money.zero(view.net.currency)
    )


def _disputes(view: OrderView) -> bool:
    """Whether the reader may dispute it, for the side on which she stands."""
    return any(view.may.get(act) for act in ("dispute", "dispute_sale"))


def _gave_back(view: OrderView) -> Money | None:
    """What was given back of an order: all of one that was called off or declined, else what its lines say."""
    if view.row.state in CALLED_OFF:
        return view.row.total
    amounts = [line.gave_back for line in view.lines]
    found = sum(amounts[1:], start=amounts[0])
    return found if found.minor else None


def _ready_word(view: OrderView) -> str:
    """What whoever serves can say before it is handed over."""
    if not view.may.get("ready"):
        return ""
    match None if view.handover is None else view.handover.way:
        case HandoverWay.COLLECT:
            return _("It lies ready to be picked up")
        case HandoverWay.BRING:
            return _("It is on its way")
    return _("It is ready")


def _why(answer: Answer) -> str:
    return " ".join(reason_words(reason) for reason in answer.reasons)


def _line(line: OrderLineView, row: LineRow) -> Line:
    return Line(
        position=line.position,
        row=row,
        delivered=line.delivered,
        returned=line.returned,
        to_deliver=line.to_deliver,
        to_return=line.to_return,
        to_receive=line.to_receive,
        disposed=line.disposed,
        place=line.place,
    )
