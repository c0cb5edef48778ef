"""The till: the code I show, and, for whoever serves, selling to whoever showed one (decision 176)."""

import io
from dataclasses import dataclass

import qrcode
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit import ids, vocabularies
from inward.kit.policy import NotThere, Refused, require
from inward.trade import operations as trade
from inward.trade import policy, till
from inward.trade.operations import PriceChanged
from inward.trade.queries import QuoteView
from inward.trade.vocabulary import Settlement
from inward.web.components import formats
from inward.web.components.errors import words as reason_words
from inward.web.components.forms import ShownMoneyField, carried
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, acts
from inward.web.home import wanting
from inward.web.home.quoting import LineRow, line_row

CODE = "till_code"
"""Where a session keeps the code it shows: the house itself knows but a digest."""
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Sale:
    """What a till shows before it sells: to whom, what, at which price, and what its form carries."""

    code: str
    text: str
    customer: str
    supplier: str
    lines: tuple[LineRow, ...]
    total: Money
    saving: Money | None
    settlements: tuple[Option, ...]
    waits: tuple[str, ...]
    expected: str
    key: str


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """The code I show, while it holds; else what became of the last one."""
    require(policy.may_show_code(request.actor))
    shown = till.last_shown(viewer=request.actor, at=request.at)
    code = request.session.get(CODE, "") if shown is not None and shown.holds else ""
    return render(request, "home/till.html", {"shown": shown, "code": code, "picture": _picture(code) if code else ""})


@acts(instead="till")
def make(request: ActingRequest) -> HttpResponse:
    """Make a code; the one before holds no longer."""
    request.session[CODE] = trade.make_till_code(by=request.actor, at=request.at).code
    return HttpResponseRedirect(reverse("till"), status=SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
def serve(request: ActingRequest) -> HttpResponse:
    """Read a code and what is wanted, and tell the price."""
    if not policy.may_serve(request.actor, on=request.at.date()).allowed:
        raise NotThere
    if request.method != "POST":
        return _asked(request)
    code, text = request.POST.get("code", ""), request.POST.get("list", "")
    found = wanting.read_text(text, catalogue.offered_names())
    if found.wrong:
        return _asked(request, code, text, wrong=[_in_line(each) for each in found.wrong])
    lines = tuple(Wanted(item, count) for item, count in found.pieces.items())
    try:
        view = till.quote(viewer=request.actor, at=request.at, code=code, lines=lines)
    except Refusal as refusal:
        return _asked(request, code, text, wrong=[reason_words(refusal.reason)])
    except Refused as refused:
        return _asked(request, code, text, wrong=[reason_words(reason) for reason in refused.reasons])
    return _told(request, code, text, view)


@acts(instead="till_serve")
def sell(request: ActingRequest) -> HttpResponse:
    """Sell what the form shows at the price it shows; a price that moved is told first."""
    code, text = request.POST.get("code", ""), request.POST.get("list", "")
    lines = tuple(
        Wanted(item, count) for item, count in wanting.read_text(text, catalogue.offered_names()).pieces.items()
    )
    way = _way(request.POST.get("settlement", ""))
    try:
        receipt = trade.sell_at_till(
            by=request.actor,
            at=request.at,
            code=code,
            lines=lines,
            expected=ShownMoneyField().clean(request.POST.get("expected", "")),
            key=request.POST.get("key", ""),
            settlement=way,
            payment=request.POST.get("payment", "").replace("\0", "") if way is Settlement.EXTERNAL else "",
        )
    except ValidationError as error:
        return _asked(request, code, text, wrong=error.messages)
    except PriceChanged:
        messages.warning(request, _("The price has changed. Nothing was sold yet."))
        return _told(request, code, text, till.quote(viewer=request.actor, at=request.at, code=code, lines=lines))
    except Refusal as refusal:
        return _asked(request, code, text, wrong=[reason_words(refusal.reason)])
    said = _("Order %(number)s for %(total)s is sold and handed over.")
    messages.success(request, said % {"number": receipt.number, "total": formats.money(receipt.total)})
    return HttpResponseRedirect(reverse("order", args=[receipt.reference]), status=SEE_OTHER)


def _asked(request: ActingRequest, code: str = "", text: str = "", *, wrong: list[str] | None = None) -> HttpResponse:
    values = {"code": code, "text": text, "wrong": wrong}
    return render(request, "home/till_serve.html", values, status=422 if wrong else 200)


def _told(request: ActingRequest, code: str, text: str, view: QuoteView) -> HttpResponse:
    on, quoted, book = request.at.date(), view.quote, catalogue.price_book()
    saved = sum((line.saving.minor for line in quoted.lines), 0)
    language = formats.language()
    sale = Sale(
        code=code,
        text=text,
        customer=full_name(view.customer.code, on=on),
        supplier=full_name(view.supplier.code, on=on),
        lines=tuple(line_row(line, book) for line in quoted.lines),
        total=quoted.total,
        saving=Money(saved, quoted.total.currency) if saved > 0 else None,
        settlements=tuple(
            Option(way.value, vocabularies.label("settlement", way.value, language), chosen=way is view.settlement)
            for way in view.settlements
            if way is not Settlement.COST_CENTRE
        ),
        waits=tuple(each.version.key for each in view.terms if not each.accepted),
        expected=carried(quoted.total),
        key=ids.public_reference(),
    )
    return render(request, "home/till_sell.html", {"sale": sale})


def _in_line(wrong: wanting.Wrong) -> str:
    if not wrong.line:
        return wrong.why
    return _("Line %(line)s, “%(text)s”: %(why)s") % {"line": wrong.line, "text": wrong.text, "why": wrong.why}


def _way(value: str) -> Settlement | None:
    return Settlement(value) if value in {way.value for way in Settlement} else None


def _picture(code: str) -> SafeString:
    """The code as a picture for a scanner: lines of an SVG without colours of its own."""
    drawn = io.BytesIO()
    qrcode.make(till.plain(code), image_factory=SvgPathImage, border=2).save(drawn)
    svg = drawn.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn here, of signs we chose
