"""The basket and ordering: each supplier's lines are one form and one order, at the price that was shown or not at all.

The form carries its lines, the total shown and a key; sent twice it is one order. When price or pieces have changed
meanwhile, a page says so with the old and the new total and one button.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.operations import AllowanceSpent, OrderReceipt, PriceChanged
from inward.trade.vocabulary import OrderState
from inward.web.components import formats
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest, acts
from inward.web.home import basket as baskets
from inward.web.home import wanting
from inward.web.home.forms import Asked, read_order, read_quantities
from inward.web.home.quoting import Priced, priced, quote

SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Lot:
    """What waits in the basket from one supplier: priced and ready to order, or refused with the reason."""

    supplier: str
    priced: Priced | None
    refused: str
    lines: tuple[tuple[str, str, int], ...]


@require_safe
def show(request: ActingRequest) -> HttpResponse:
    """What I have put aside, one card for each supplier, at today's price."""
    lots = _lots(request, baskets.lines(request))
    customer = request.actor.customer
    values = {"lots": lots, "customer": "" if customer is None else full_name(customer, on=request.at.date())}
    return render(request, "home/basket.html", values)


@acts(instead="basket")
def put(request: ActingRequest) -> HttpResponse:
    """Put pieces of an offering in."""
    try:
        wanted = read_quantities(request.POST)
    except ValidationError as error:
        return _stay(request, error)
    known, gone = catalogue.price_book().offerings, catalogue.withdrawn()
    for code, count in wanted.items():
        if code in known and code not in gone and count:
            baskets.put(request, code, count)
            messages.success(request, _("%(name)s is in your basket.") % {"name": known[code].name})
    return _to("basket")


@acts(instead="basket")
def change(request: ActingRequest) -> HttpResponse:
    """Set how many pieces of each; "remove" takes one line out."""
    try:
        baskets.change(request, read_quantities(request.POST))
    except ValidationError as error:
        return _stay(request, error)
    if request.POST.get("remove"):
        baskets.take_out(request, [request.POST["remove"]])
    return _to("basket")


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: ActingRequest) -> HttpResponse:
    """Put what a list names in: all of it, or what is good of it when that is wanted. Nothing is put in beside a fault."""
    if request.method != "POST":
        return render(request, "home/basket_list.html", {"text": "", "found": None})
    names = catalogue.offered_names()
    text, file = request.POST.get("list", ""), request.FILES.get("file")
    found = wanting.read_text(text, names) if file is None else wanting.read_file(file, names)
    if found.wrong and not (found.good and request.POST.get("good")):
        values = {"text": text if file is None else _again(found), "found": found, "file": file}
        return render(request, "home/basket_list.html", values, status=422)
    held = baskets.lines(request)
    if len(held.keys() | found.pieces.keys()) > baskets.LINES_MAX:
        messages.error(request, _("Your basket would hold too many items: order or take out some first."))
        return _to("basket")
    for code, count in found.pieces.items():
        baskets.put(request, code, count)
    put_in = ngettext("%(count)s item is in your basket, at today's price.", "%(count)s items are in your basket, at today's price.", len(found.pieces))  # fmt: skip
    messages.success(request, put_in % {"count": formats.count(len(found.pieces))})
    return _to("basket")


def _again(found: wanting.Wanting) -> str:
    """What was good in a file, as a list that can be sent again without it, and below what was not, to be mended."""
    good = [f"{code}; {count}" for code, count in found.pieces.items()]
    return "\n".join([*good, *(wrong.text for wrong in found.wrong if wrong.text)])


@acts(instead="basket")
def place(request: ActingRequest) -> HttpResponse:
    """Order what the form shows at the price it shows; anything else is asked again first."""
    try:
        asked = read_order(request.POST)
    except ValidationError as error:
        return _stay(request, error)
    if asked.changed:
        baskets.change(request, {line.offering: line.quantity for line in asked.lines})
        return _ask_again(request, asked, asked.expected, why="")
    try:
        receipt = _placed(request, asked)
    except PriceChanged as changed:
        spent = isinstance(changed, AllowanceSpent)
        return _ask_again(
            request, asked, asked.expected, why=reason_words(changed.reason) if spent else _("The price has changed.")
        )
    except Refusal as refusal:
        title = _asked_again_title(refusal.reason.code)
        if title is None:
            raise
        return _ask_again(request, asked, asked.expected, why=reason_words(refusal.reason), title=title)
    baskets.take_out(request, [line.offering for line in asked.lines])
    _say(request, receipt)
    return HttpResponseRedirect(reverse("order", args=[receipt.reference]), status=SEE_OTHER)


def _asked_again_title(code: str) -> str | None:
    """What is to be set right on the order form itself; None for what cannot be ordered so."""
    if code in ("payment_reference_missing", "payment_reference_used"):
        return _("Check your payment")
    if code in ("handover_way_unknown", "handover_address_missing"):
        return _("How do you get it?")
    return _("Accept the terms") if code == "terms_not_accepted" else None


def _placed(request: ActingRequest, asked: Asked) -> OrderReceipt:
    if asked.on_behalf:
        return trade.place_order_for(
            by=request.actor,
            at=request.at,
            person=asked.on_behalf,
            lines=asked.lines,
            expected=asked.expected,
            key=asked.key,
            settlement=asked.settlement,
            note=asked.note,
            handover=asked.handover,
            payment=asked.payment,
        )
    return trade.place_order(
        by=request.actor,
        at=request.at,
        lines=asked.lines,
        expected=asked.expected,
        key=asked.key,
        settlement=asked.settlement,
        cost_centre=asked.cost_centre,
        note=asked.note,
        accepts=asked.accepts,
        instalments=asked.instalments,
        beneficiary=asked.beneficiary,
        payment=asked.payment,
        shares=asked.shares,
        handover=asked.handover,
    )


def _ask_again(request: ActingRequest, asked: Asked, old: Money, *, why: str, title: str = "") -> HttpResponse:
    """The same order at its new total, with the old one beside it, or with terms to accept. Nothing was ordered."""
    if not asked.lines:
        return _to("basket")
    view = quote(request, asked.lines, whom=asked.beneficiary, settlement=asked.settlement)
    values = {
        "priced": replace(
            priced(view, request=request, chosen=asked.settlement, handover=asked.handover), share_typed=asked.shared
        ),
        "old": old,
        "why": why,
        "title": title,
        "asked": asked,
        "cost_centre": asked.cost_centre or "",
    }
    return render(request, "home/order_again.html", values, status=409)


def _lots(request: ActingRequest, wanted: Mapping[str, int]) -> tuple[Lot, ...]:
    """The basket by supplier; what is not offered any more stands by itself."""
    book = catalogue.price_book()
    by_supplier: dict[str, list[Wanted]] = {}
    for code, count in wanted.items():
        supplier = book.offerings[code].supplier if code in book.offerings else ""
        by_supplier.setdefault(supplier, []).append(Wanted(code, count))
    return tuple(_lot(request, supplier, lines) for supplier, lines in by_supplier.items())


def _lot(request: ActingRequest, supplier: str, lines: Sequence[Wanted]) -> Lot:
    names = catalogue.offering_names([line.offering for line in lines])
    plain = tuple((line.offering, names[line.offering], line.quantity) for line in lines)
    name = full_name(supplier, on=request.at.date()) if supplier else _("Not offered any more")
    try:
        view = queries.quote_for(viewer=request.actor, at=request.at, lines=lines)
    except Refusal as refusal:
        return Lot(name, None, reason_words(refusal.reason), plain)
    return Lot(name, priced(view, request=request), "", plain)


def _say(request: ActingRequest, receipt: OrderReceipt) -> None:
    total = formats.money(receipt.total)
    values = {"number": receipt.number, "total": total}
    if receipt.state is OrderState.AWAITING_APPROVAL:
        messages.info(request, _("Order %(number)s for %(total)s now waits for approval.") % values)
    else:
        messages.success(request, _("Order %(number)s for %(total)s is placed.") % values)


def _stay(request: ActingRequest, error: ValidationError) -> HttpResponse:
    for message in error.messages:
        messages.error(request, message)
    return _to("basket")


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=SEE_OTHER)
