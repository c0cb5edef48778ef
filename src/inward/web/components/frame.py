"""Builds the frame around every page: navigation by role, who I am and act for, languages, theme.

Faces are strangers to one another, so the frame knows them by the names of their addresses only; what is not installed
is left out. It reads what is kept in memory and the session, and asks the database nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inward.access import queries as access
from inward.kit import vocabularies
from inward.kit.actor import NOBODY, Actor
from inward.parties import queries as parties
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.records import Frame, Language, Link, LinkGroup, Place

THEMES: Final = ("auto", "light", "dark")
THEME_COOKIE: Final = "inward_theme"
BASKET: Final = "basket"
"""Where a session keeps what waits in the baskets, by customer and offering; the home face writes it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place in the navigation; shown to those who hold one of the roles (empty: to everybody). ``short``
    is its name where there is little room.
    """

    name: str
    label: str | Promise
    icon: str
    roles: tuple[str, ...] = ()
    bottom: bool = False
    short: str | Promise = ""


_GROUPS: Final[tuple[tuple[str | Promise, tuple[_Entry, ...]], ...]] = (
    (
        "",
        (
            _Entry("home", _("Home"), "home", bottom=True),
            _Entry("shop", _("Shop"), "building-store", bottom=True),
            _Entry("basket", _("Basket"), "basket", bottom=True),
            _Entry("orders", _("My orders"), "package", bottom=True, short=_("Orders")),
            _Entry("running", _("My subscriptions"), "refresh"),
            _Entry("allowance", _("My allowance"), "wallet"),
            _Entry("till", _("At the till"), "key"),
            _Entry("for_others", _("Ordering for others"), "users"),
            _Entry("help", _("Help"), "help", bottom=True),
            _Entry("requests", _("My requests"), "message"),
            _Entry("inside", _("Inside or outside"), "hierarchy"),
        ),
    ),
    (
        _("For my department"),
        (
            _Entry("approvals", _("To approve"), "checks", roles=("BUDGET_HOLDER",)),
            _Entry("receipts", _("To confirm"), "package", roles=("BUYER",)),
            _Entry("frames", _("Standing orders"), "calendar", roles=("BUYER", "BUDGET_HOLDER", "SELLER")),
            _Entry("disputes", _("Disputed charges"), "help", roles=("BUYER", "BUDGET_HOLDER", "SELLER")),
            _Entry("away", _("I am away"), "clock", roles=("BUDGET_HOLDER",)),
            _Entry("budgets", _("Budgets"), "cash", roles=("BUYER", "BUDGET_HOLDER", "CONTROLLER", "AUDITOR")),
            _Entry(
                "chain",
                _("Who waits for whom"),
                "hierarchy",
                roles=("BUYER", "BUDGET_HOLDER", "SELLER", "CONTROLLER", "AUDITOR"),
            ),
            _Entry("deliveries", _("To deliver"), "truck-delivery", roles=("SELLER",)),
            _Entry("till_serve", _("Sell at the till"), "receipt", roles=("SELLER",)),
        ),
    ),
    (
        _("For case handlers"),
        (
            _Entry("desk", _("Requests to handle"), "message", roles=("CASE_HANDLER", "SERVICE_OWNER")),
            _Entry("desk_service", _("Our service"), "checks", roles=("SERVICE_OWNER",)),
        ),
    ),
    (
        _("For finance"),
        (_Entry("books", _("Books"), "book", roles=("CONTROLLER", "AUDITOR")),),
    ),
    (
        _("For data administrators"),
        (
            _Entry(
                "office",
                _("Records"),
                "list",
                roles=(
                    "DATA_ADMINISTRATOR",
                    "CONTROLLER",
                    "AUDITOR",
                    "HOUSEHOLD_KEEPER",
                    "MARK_KEEPER",
                    "EMERGENCY_READER",
                    "PAYROLL_OFFICER",
                    "SELLER",
                    "SERVICE_OWNER",
                ),
            ),
            _Entry("desk_letters", _("Letters"), "mail", roles=("DATA_ADMINISTRATOR",)),
        ),
    ),
)


def frame_for(request: HttpRequest | None) -> Frame:
    """The frame of this request; a bare one where there is no request, or one that the middleware never saw."""
    if request is None:
        return Frame(signed_in=False, languages=_languages())
    actor: Actor = getattr(request, "actor", NOBODY)
    signed_in = actor is not NOBODY and actor.user is not None
    name = _name(request, actor) if signed_in else ""
    return Frame(
        signed_in=signed_in,
        name=name,
        initials=initials(name),
        acting_for=_acting_for(request, actor) if signed_in else "",
        stands_in=_stands_in(request) if signed_in else (),
        places=_places(request, actor) if signed_in else (),
        languages=_languages(),
        theme=theme_of(request),
        groups=_groups(request, actor) if signed_in else (),
        bottom=_bottom(request, actor) if signed_in else (),
        here=request.get_full_path(),
        language=formats.language(),
    )


def theme_of(request: HttpRequest) -> str:
    """The look the reader has chosen: "light", "dark" or "auto" (as her machine)."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def initials(name: str) -> str:
    """Two letters for the round mark beside a name."""
    words = [word for word in name.split() if slugify(word) or word.isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _name(request: HttpRequest, actor: Actor) -> str:
    """The person's name; a user who is nobody in the organisation (an auditor from outside) goes by her sign-in."""
    if actor.person is not None:
        return parties.names([actor.person])[actor.person]
    return request.user.get_username()


def _acting_for(request: HttpRequest, actor: Actor) -> str:
    on = request.at.date()  # type: ignore[attr-defined]
    return "" if actor.acting_for is None else full_name(actor.acting_for, on=on)


def _stands_in(request: HttpRequest) -> tuple[str, ...]:
    """Whose roles she has been handed, in words."""
    return tuple(
        gettext("You stand in for %(colleague)s: %(role)s, %(party)s%(until)s.")
        % {
            "colleague": each.colleague,
            "role": vocabularies.label("role", each.role, formats.language()),
            "party": full_name(each.party, on=date.max),
            "until": "" if each.until is None else ", " + _until(each.until - timedelta(days=1)),
        }
        for each in getattr(request, "stands_in", ())
    )


def _until(last: date) -> str:
    return gettext("until %(day)s") % {"day": formats.day(last)}


def _places(request: HttpRequest, actor: Actor) -> tuple[Place, ...]:
    at = request.at  # type: ignore[attr-defined]
    open_to = access.may_act_for(actor, at=at)
    return tuple(
        Place(place.code, full_name(place.code, on=at.date()), place.code == actor.acting_for) for place in open_to
    )


def _languages() -> tuple[Language, ...]:
    spoken = formats.language()
    return tuple(Language(code, name, code == spoken) for code, name in settings.LANGUAGES)


def _groups(request: HttpRequest, actor: Actor) -> tuple[LinkGroup, ...]:
    found = (LinkGroup(str(title), _links(request, actor, entries)) for title, entries in _GROUPS)
    return tuple(group for group in found if group.links)


def _bottom(request: HttpRequest, actor: Actor) -> tuple[Link, ...]:
    entries = tuple(entry for _title, entries in _GROUPS for entry in entries if entry.bottom)
    return _links(request, actor, entries)


def _links(request: HttpRequest, actor: Actor, entries: tuple[_Entry, ...]) -> tuple[Link, ...]:
    on = request.at.date()  # type: ignore[attr-defined]
    open_to = [e for e in entries if not e.roles or any(actor.holds(role, over=None, on=on) for role in e.roles)]
    links = [link for entry in open_to if (link := _link(request, entry)) is not None]
    nearest = max((len(link.url) for link in links if link.current), default=0)
    return tuple(replace(link, current=link.current and len(link.url) == nearest) for link in links)


def _link(request: HttpRequest, entry: _Entry) -> Link | None:
    try:
        url = reverse(entry.name)
    except NoReverseMatch:
        return None
    current = request.path == url or (entry.name != "home" and request.path.startswith(url))
    waiting = _in_basket(request) if entry.name == "basket" else 0
    return Link(
        url, str(entry.label), entry.icon, current=current, count=waiting, short=str(entry.short or entry.label)
    )


def _in_basket(request: HttpRequest) -> int:
    """How many lines wait in the basket of whomever she acts for."""
    return len(request.session.get(BASKET, {}).get(request.actor.customer or "", {}))  # type: ignore[attr-defined]
