"""The shop: what is offered, at my price; and the page of one offering with its price and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from inward.catalogue import families
from inward.catalogue import queries as catalogue
from inward.catalogue.queries import CategoryView, OfferingCard, OfferingView
from inward.core.pricing import QuotedLine, Wanted
from inward.core.terms import Money, Refusal
from inward.kit.policy import Refused
from inward.trade import aftersale, stock, waiting
from inward.trade import operations as acts_of_trade
from inward.trade import queries as trade
from inward.trade.shelves import Available
from inward.web.components import formats, lists
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import supplier_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, acts, done
from inward.web.home import aftersales, words
from inward.web.home.forms import QuantityForm
from inward.web.home.quoting import Priced, priced, quote

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
    left: str = ""
    """How many are left; empty for what is not counted."""
    gone: bool = False
    variants: int = 0
    """How many there are to choose from; 0 for an item that stands alone."""
    from_price: bool = False
    """Whether some of them cost more than the price that is shown."""


@require_safe
def shop(request: ActingRequest) -> HttpResponse:
    """Search, filter and sort what is offered."""
    params = lists.asked(request.GET, PARAMS)
    page = catalogue.shop(viewer=request.actor, at=request.at, params=params)
    variants = families.offered_in(card.family.code for card in page.rows if card.family is not None)
    shown = [code for card in page.rows for code in _codes(card, variants)]
    prices = trade.shelf_prices(viewer=request.actor, at=request.at, offerings=shown)
    left = stock.left_of(shown)
    known = catalogue.categories(viewer=request.actor)
    values = {
        "params": params,
        "shelves": tuple(_shelf(card, _codes(card, variants), prices, left, request) for card in page.rows),
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
    promise = aftersale.promise_of(view.supplier.code, request.at)
    values["after"] = "" if runs_on else aftersales.before(promise)
    values |= _asked_price(request, view, quantity)
    template = "home/offering.html#price" if request.headers.get("HX-Request") == "true" else "home/offering.html"
    return render(request, template, values)


@acts(instead="offering")
def wait(request: ActingRequest, code: str) -> HttpResponse:
    """Wait for an item of which not so many are left."""
    form = QuantityForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        pieces = form.cleaned_data["quantity"]
        acts_of_trade.join_waiting(by=request.actor, at=request.at, offering=code, pieces=pieces)

    return done(request, act, _("You wait for it. You are written to when it is your turn."), "offering", code)


@acts(instead="offering")
def leave(request: ActingRequest, code: str) -> HttpResponse:
    """Wait no longer."""
    act = partial(acts_of_trade.leave_waiting, by=request.actor, at=request.at, offering=code)
    return done(request, act, _("You wait no longer."), "offering", code)


def _asked_price(request: ActingRequest, view: OfferingView, quantity: int) -> dict[str, object]:
    """The price for so many pieces, or the reason why there is none."""
    if not view.offered:
        return {"priced": None, "refused": _("This is not offered any more.")}
    lines, whom = [Wanted(view.code, quantity)], request.GET.get("beneficiary") or None
    try:
        quoted = quote(request, lines, whom=whom)
    except Refusal as refusal:
        return {"priced": None, "refused": reason_words(refusal.reason)}
    except Refused as refused:
        return {"priced": None, "refused": " ".join(reason_words(reason) for reason in refused.reasons)}
    found = priced(quoted, request=request)
    place = next(iter(waiting.mine(viewer=request.actor, offering=view.code)), None) if quoted.stock else None
    return {
        "place": place,
        "may_wait": bool(found.missing) and place is None,
        "priced": found,
        "line": found.lines[0],
        "outside": _outside(view, found, quantity),
    }


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
        "features": () if view.family is None else families.choices(view.family, view.code),
        "standing": view.plan is None and request.actor.customer not in (None, request.actor.person),
    }


def _codes(card: OfferingCard, variants: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What a card stands for: one item, or every variant of its family that is offered."""
    return (card.code,) if card.family is None else variants.get(card.family.code, (card.code,))


def _shelf(
    card: OfferingCard,
    codes: Sequence[str],
    prices: Mapping[str, QuotedLine],
    left: Mapping[str, Available],
    request: ActingRequest,
) -> Shelf:
    """The card of an item, or of a family by its lowest price; nothing is left of it when nothing is left of any."""
    lines = [prices[code] for code in codes if code in prices]
    line = min(lines, key=lambda each: each.price.minor, default=None)
    on, counted = request.at.date(), [left[code] for code in codes if code in left]
    gone = len(counted) == len(codes) and not any(each.left or each.back_order for each in counted)
    several = len(codes) > 1
    return Shelf(
        url=reverse("offering", args=[card.code]),
        name=card.name if card.family is None else card.family.name,
        supplier=supplier_name(card.supplier.code, on=on),
        category="" if card.category is None else card.category.name,
        monogram=monogram(card.name),
        tint=tint(card.code if card.category is None else card.category.code),
        price=None if line is None else line.price,
        ordinary=None if line is None else line.ordinary,
        basis="" if line is None else words.basis(line.parts[0]),
        free=line is not None and words.free(line.parts),
        left=_left(counted, several=several, gone=gone, on=on),
        gone=gone,
        variants=len(codes) if several else 0,
        from_price=len({each.price for each in lines}) > 1,
    )


def _left(counted: Sequence[Available], *, several: bool, gone: bool, on: date) -> str:
    """How many are left of one item; of a family only that nothing is left of any."""
    if several:
        return _("None left") if gone else ""
    return words.left(counted[0], on=on) if counted else ""


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
