"""The start page (what waits, what is left, what was ordered last) and the page of one's allowance."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.catalogue import queries as catalogue
from inward.catalogue import suspending
from inward.core.terms import Money, Reason, Refusal
from inward.desk import cases
from inward.desk import policy as desk
from inward.kit import idempotency, ids, vocabularies
from inward.parties import queries as parties
from inward.parties import veil
from inward.trade import budgets, givenup, giving, waiting
from inward.trade import operations as trade_acts
from inward.trade import queries as trade
from inward.trade.giving import Givable
from inward.trade.queries import AllowanceView
from inward.trade.vocabulary import GivenUpWhy
from inward.web.components import formats, limitwords
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, acts, done
from inward.web.home import basket as baskets
from inward.web.home import words
from inward.web.home.bars import bar
from inward.web.home.forms import GiveForm
from inward.web.home.views.orders import row_of

LATEST = 5
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class AllowanceCard:
    """What is left of one scheme, in words and as bars. Whole numbers in smallest units; 0 most means no limit."""

    name: str
    supplier: str
    period: str
    left: str
    used_money: int
    most_money: int
    money_words: str
    used_units: int
    most_units: int
    units_words: str
    spent: bool
    what: str = ""
    """Which limit it is, where it is not simply the allowance of the year."""
    more: str = ""
    """From when there is more."""

    @property
    def by_units(self) -> bool:
        """Whether the pieces run out before the money."""
        if not self.most_units or not self.most_money:
            return not self.most_money
        return self.used_units * self.most_money > self.used_money * self.most_units

    @property
    def tight_used(self) -> int:
        """What is used of the limit that runs out first."""
        return self.used_units if self.by_units else self.used_money

    @property
    def tight_most(self) -> int:
        """The limit that runs out first."""
        return self.most_units if self.by_units else self.most_money

    @property
    def tight_words(self) -> str:
        """The figures of the limit that runs out first."""
        return self.units_words if self.by_units else self.money_words


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """What waits for me, my allowance, my latest orders, and the way into the shop."""
    baskets.restore(request)
    viewer, at = request.actor, request.at
    latest = trade.orders(viewer=viewer, at=at, params={"limit": str(LATEST)}, which="own")
    values = {
        "waiting": trade.waiting(viewer=viewer, at=at),
        "serves": viewer.holds("SELLER", over=None, on=at.date()),
        "approves": viewer.holds("BUDGET_HOLDER", over=None, on=at.date()),
        "allowances": allowance_cards(request, only_limited=True),
        "budgets": ()
        if viewer.acting_for is None
        else tuple(map(bar, budgets.running(viewer=viewer, at=at, centre=viewer.acting_for))),
        "orders": tuple(row_of(row) for row in latest.rows),
        "places": waiting.mine(viewer=viewer),
        "left": _left_basket(request),
        "requests": cases.waits_for_me(viewer=viewer, at=at),
        "handles": _handles(request),
        "customer": "" if viewer.customer is None else full_name(viewer.customer, on=at.date()),
        "day": at,
    }
    return render(request, "home/start.html", values)


@dataclass(frozen=True, slots=True)
class Handles:
    """How many requests under way the viewer may handle, and how many of them nobody has taken on; with "+" where there are more."""

    all: str
    nobodys: str
    some: bool
    any_of_nobody: bool


def _handles(request: ActingRequest) -> Handles | None:
    """What waits for a case handler; None for whoever is none."""
    viewer, at = request.actor, request.at
    if not desk.serves_somebody(viewer, on=at.date()):
        return None
    (every, more), (free, more_free) = (cases.count_served(viewer=viewer, at=at, owner=owner) for owner in (None, ""))
    told = formats.count(every) + "+" * more, formats.count(free) + "+" * more_free
    return Handles(*told, some=every > 0, any_of_nobody=free > 0)


@dataclass(frozen=True, slots=True)
class LeftBasket:
    """What lies in the basket since a day, and why it may."""

    since: date
    items: tuple[str, ...]
    whys: tuple[Option, ...]


def _left_basket(request: ActingRequest) -> LeftBasket | None:
    """What is asked about once; None where nothing lies there long enough."""
    if not baskets.lines(request):
        return None
    found = givenup.left(viewer=request.actor, at=request.at, after_days=settings.INWARD_BASKET_ASKED_AFTER)
    if found is None:
        return None
    known, language = catalogue.offering_names(list(found.offerings)), formats.language()
    whys = (Option(why.value, vocabularies.label("given_up", why.value, language)) for why in GivenUpWhy)
    return LeftBasket(found.since, tuple(known[code] for code in found.offerings if code in known), tuple(whys))


@acts(instead="home")
def given_up(request: ActingRequest) -> HttpResponse:
    """Say why the basket was left, or that it is still wanted. Nothing is taken out of it."""
    why, by, at = request.POST.get("why", ""), request.actor, request.at
    if why not in GivenUpWhy.__members__:
        trade_acts.ask_no_more(by=by, at=at)
        return HttpResponseRedirect(reverse("basket"), status=SEE_OTHER)
    words = request.POST.get("words", "").replace("\0", "") if why == GivenUpWhy.OTHER.value else ""
    act = partial(trade_acts.say_given_up, by=by, at=at, why=GivenUpWhy[why], words=words)
    return done(request, act, _("Thank you. It is counted without your name."), "home")


@require_safe
def allowance(request: ActingRequest) -> HttpResponse:
    """What I have used and have left of every staff scheme this year, and what I bought."""
    bought = trade.orders(viewer=request.actor, at=request.at, params={"settlement": "PAYROLL"}, which="own")
    values = {
        "allowances": allowance_cards(request),
        "givable": tuple(each for each in _givable(request) if each.something),
        "gifts": giving.gifts(viewer=request.actor),
        "key": ids.public_reference(),
        "suspended": suspending.own(viewer=request.actor, at=request.at),
        "orders": tuple(row_of(row) for row in bought.rows),
    }
    return render(request, "home/allowance.html", values)


@acts(instead="allowance")
def give(request: ActingRequest) -> HttpResponse:
    """Give some of my unused allowance to somebody else."""
    form = GiveForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        typed = form.cleaned_data
        scheme = next((each for each in _givable(request) if each.scheme == typed["scheme"]), None)
        if scheme is None:
            raise Refusal(Reason.of("allowance_not_given", scheme=typed["scheme"]))
        asked = {"scheme": typed["scheme"], "to": _person(typed["to"]), "units": typed["units"] or 0}
        money = _amount(typed["money"], scheme)
        key = idempotency.key_for(request.actor, f"give:{typed['key']}", [asked, str(money)])
        idempotency.once(key, partial(_give, request, asked, money), at=request.at)

    return done(request, act, _("It is given; it cannot be taken back."), "allowance")


def _give(request: ActingRequest, asked: dict[str, Any], money: Money | None) -> dict[str, object]:
    """Give it; what is given cannot be taken back, so that a form sent twice must give once."""
    trade_acts.give_allowance(by=request.actor, at=request.at, money=money, **asked)
    return {}


def _givable(request: ActingRequest) -> tuple[Givable, ...]:
    return giving.givable(viewer=request.actor, at=request.at)


def _amount(typed: str, scheme: Givable) -> Money | None:
    """The money that was typed, in the currency of the allowance; Refusal for what is no amount of it."""
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        return Money.of(text, "EUR" if scheme.money is None else scheme.money.currency)
    except ValueError:
        raise Refusal(Reason.of("allowance_gift_empty"), where="money") from None


def _person(typed: str) -> str:
    """The code of whoever is meant, by code or whole name; what was typed where it is nobody or several."""
    said, closed = typed.strip().casefold(), veil.closed()
    found = [each.id for each in parties.world().people if each.name.casefold() == said and each.id not in closed]
    return found[0] if len(found) == 1 else typed.strip()


def allowance_cards(request: ActingRequest, *, only_limited: bool = False) -> tuple[AllowanceCard, ...]:
    """The viewer's allowances as cards; ``only_limited``: those of which something can run out."""
    found, on = trade.allowances(viewer=request.actor, at=request.at), request.at.date()
    limited = {view.scheme for view in found if view.limit.id}
    shown = (
        view for view in found if view.limit.id or view.limited or (not only_limited and view.scheme not in limited)
    )
    return tuple(_card(view, full_name(view.supplier.code, on=on), on) for view in shown)


def _card(view: AllowanceView, supplier: str, on: date) -> AllowanceCard:
    money, units = view.money_max, view.units_max
    return AllowanceCard(
        name=view.name,
        supplier=supplier,
        period=limitwords.period_words(view.limit, on),
        left=_left(view),
        used_money=view.used_money.minor,
        most_money=0 if money is None else money.minor,
        money_words="" if money is None else _used(formats.money(view.used_money), formats.money(money)),
        used_units=view.used_units,
        most_units=units or 0,
        units_words="" if units is None else _used(formats.count(view.used_units), words.pieces(units)),
        spent=_spent(view),
        what=_what(view),
        more=_more(view),
    )


def _what(view: AllowanceView) -> str:
    """Which of the scheme's limits it is; empty for the allowance of the year."""
    if not view.limit.id:
        return ""
    said = limitwords.limit_words(view.limit, view.target)
    return said if view.item is None else f"{view.item.name}: {said}"


def _more(view: AllowanceView) -> str:
    """From when there is more, where some was used."""
    if view.next_on is None or not view.used_units or not view.limited:
        return ""
    return _("There is more on %(day)s.") % {"day": formats.day(view.next_on)}


def _used(used: str, most: str) -> str:
    return _("%(used)s of %(most)s used") % {"used": used, "most": most}


def _spent(view: AllowanceView) -> bool:
    """Whether nothing can be bought at staff price any more: money or pieces have run out."""
    return (view.money_left is not None and view.money_left.minor <= 0) or (
        view.units_left is not None and view.units_left <= 0
    )


def _left(view: AllowanceView) -> str:
    """What is left, in money first, then in pieces."""
    if _spent(view):
        return _("Used up")
    left = []
    if view.money_left is not None:
        left.append(formats.money(view.money_left))
    if view.units_left is not None:
        left.append(words.pieces(view.units_left))
    return "\N{NO-BREAK SPACE}· ".join(left) or _("No limit")
