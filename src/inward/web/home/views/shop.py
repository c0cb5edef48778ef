"""The shop: what is offered, at my price; and the page of one offering with its price and why."""

from dataclasses import dataclass, replace
from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from inward.catalogue import queries as catalogue
from inward.catalogue.queries import CategoryView, OfferingCard, OfferingView
from inward.core.pricing import QuotedLine, Wanted
from inward.core.terms import Money, Refusal
from inward.kit.policy import Refused
from inward.trade import queries as trade
from inward.web.components import formats, lists
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import supplier_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest
from inward.web.home import words
from inward.web.home.forms import QuantityForm
from inward.web.home.quoting import Priced, priced

PARAMS = ("text", "category", "supplier", "kind", "sort", "cursor")


@dataclass(frozen=True, slots=True)
class Shelf:
    """An offering as the shop shows it, with the price of one piece for whoever looks (None: no price today)."""

    url: str
    name: str
    supplier: str
    category: str
    monogram: str
    tint: int
    price: Money | None
    ordinary: Money | None
    basis: str
    free: bool


@require_safe
def shop(request: ActingRequest) -> HttpResponse:
    """Search, filter and sort what is offered."""
    params = lists.asked(request.GET, PARAMS)
    page = catalogue.shop(viewer=request.actor, at=request.at, params=params)
    prices = trade.shelf_prices(viewer=request.actor, at=request.at, offerings=[card.code for card in page.rows])
    known = catalogue.categories(viewer=request.actor)
    values = {
        "params": params,
        "shelves": tuple(_shelf(card, prices.get(card.code), request) for card in page.rows),
        "pages": replace(lists.pages(page, params), words=_shown(len(page.rows))),
        "categories": _categories(known, params.get("category", "")),
        "suppliers": _suppliers(request, params.get("supplier", "")),
        "sorts": _sorts(page.sort),
        "title": next((c.name for c in known if c.code == params.get("category")), ""),
        "filtered": any(params.get(name) for name in ("text", "category", "supplier", "kind")),
    }
    template = "home/shop.html#shelves" if request.headers.get("HX-Request") == "true" else "home/shop.html"
    return render(request, template, values)


@require_safe
def offering(request: ActingRequest, code: str) -> HttpResponse:
    """One offering: what it is, what it costs me, what it costs others and outside, and why."""
    view = catalogue.offering(viewer=request.actor, at=request.at, code=code)
    form = QuantityForm(request.GET if "quantity" in request.GET else {"quantity": "1"})
    quantity = form.cleaned_data["quantity"] if form.is_valid() else 1
    runs_on = "" if view.plan is None else words.plan(view.plan)
    values = {"offering": view, "form": form, "quantity": quantity, "plan": runs_on} | _about(view, request)
    values |= _asked_price(request, view, quantity)
    template = "home/offering.html#price" if request.headers.get("HX-Request") == "true" else "home/offering.html"
    return render(request, template, values)


def _asked_price(request: ActingRequest, view: OfferingView, quantity: int) -> dict[str, object]:
    """The price for so many pieces, or the reason why there is none."""
    if not view.offered:
        return {"priced": None, "refused": _("This is not offered any more.")}
    try:
        quoted = trade.quote_for(viewer=request.actor, at=request.at, lines=[Wanted(view.code, quantity)])
    except Refusal as refusal:
        return {"priced": None, "refused": reason_words(refusal.reason)}
    except Refused as refused:
        return {"priced": None, "refused": " ".join(reason_words(reason) for reason in refused.reasons)}
    found = priced(quoted, request=request)
    return {"priced": found, "line": found.lines[0], "outside": _outside(view, found, quantity)}


def _outside(view: OfferingView, found: Priced, quantity: int) -> dict[str, object] | None:
    """What the same costs outside: price a piece, source, day, and how the total compares."""
    seen = view.outside
    if seen is None:
        return None
    line = found.quote.quote.lines[0]
    same = seen.price.currency == line.price.currency
    difference = Fraction(seen.price.minor * quantity - line.price.minor) if same else Fraction(0)
    cheaper = Money(abs(int(difference)), line.price.currency)
    return {
        "price": seen.price,
        "source": seen.source,
        "seen_on": seen.seen_on,
        "difference": cheaper,
        "dearer": difference > 0,
        "same": same,
    }


def _about(view: OfferingView, request: ActingRequest) -> dict[str, object]:
    return {
        "supplier": supplier_name(view.supplier.code, on=request.at.date()),
        "monogram": monogram(view.name),
        "tint": tint(view.categories[0].code if view.categories else view.code),
        "crumbs": view.categories,
        "standing": view.plan is None and request.actor.customer not in (None, request.actor.person),
    }


def _shelf(card: OfferingCard, line: QuotedLine | None, request: ActingRequest) -> Shelf:
    return Shelf(
        url=reverse("offering", args=[card.code]),
        name=card.name,
        supplier=supplier_name(card.supplier.code, on=request.at.date()),
        category="" if card.category is None else card.category.name,
        monogram=monogram(card.name),
        tint=tint(card.code if card.category is None else card.category.code),
        price=None if line is None else line.price,
        ordinary=None if line is None else line.ordinary,
        basis="" if line is None else words.basis(line.parts[0]),
        free=line is not None and words.free(line.parts),
    )


def _categories(known: tuple[CategoryView, ...], chosen: str) -> tuple[Option, ...]:
    """Every category under the one it belongs to, the children set in."""
    below: dict[str | None, list[CategoryView]] = {}
    for category in known:
        below.setdefault(category.parent, []).append(category)
    options = [Option("", _("All categories"), chosen=not chosen)]

    def add(parent: str | None, depth: int) -> None:
        for category in below.get(parent, []):
            label = "\u2003" * depth + category.name
            options.append(Option(category.code, label, chosen=category.code == chosen))
            add(category.code, depth + 1)

    add(None, 0)
    return tuple(options)


def _suppliers(request: ActingRequest, chosen: str) -> tuple[Option, ...]:
    found = catalogue.suppliers(viewer=request.actor)
    names = sorted((supplier_name(named.code, on=request.at.date()), named.code) for named in found)
    first = Option("", _("All suppliers"), chosen=not chosen)
    return (first, *(Option(code, name, chosen=code == chosen) for name, code in names))


def _sorts(chosen: str) -> tuple[Option, ...]:
    sorts = {"name": _("Name, A to Z"), "-name": _("Name, Z to A"), "-newest": _("Newest first")}
    return tuple(Option(value, label, chosen=value == chosen) for value, label in sorts.items())


def tint(code: str) -> int:
    """One of six colours for the picture of an offering, the same for a whole category."""
    return sum(code.encode()) % 6


def _shown(count: int) -> str:
    return ngettext("%(count)s item shown", "%(count)s items shown", count) % {"count": formats.count(count)}


def monogram(name: str) -> str:
    """Two letters that stand where a photograph would."""
    words_of = [word for word in name.split() if word[0].isalpha()]
    if len(words_of) > 1:
        return words_of[0][0].upper() + words_of[1][0].upper()
    return name[:2].capitalize()
