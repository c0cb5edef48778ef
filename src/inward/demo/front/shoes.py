"""Whose shoes a visitor may step into: some of the cast, each with job, company and what waits for them now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inward.access import operations as access
from inward.access import queries as who
from inward.access.middleware import ACTING_FOR
from inward.demo.front.progress import TOURS
from inward.desk import cases, policy
from inward.kit import imports
from inward.kit.actor import Actor
from inward.kit.models.imports import ImportState
from inward.parties import queries as parties
from inward.trade import queries as trade
from inward.web.components import formats
from inward.web.components.frame import initials

SHOES: Final = (
    "maya-lund",
    "ines-contarini",
    "henk-verhoef",
    "tor-bergli",
    "ratna-wijayanti",
    "bram-plantinga",
    "piet-moulder",
    "giulia-marinelli",
    "sam-techter",
    "noor-dewit",
    "luca-bilancini",
    "siti-hartati",
    "hanne-sunde",
    "nora-quistgaard",
    "enzo-rossini",
)
"""In this order: who buys for herself, who buys for a company, who approves, who delivers, who handles requests and
whose service it is, who keeps the books, the data, households and payroll, who is outside."""


@dataclass(frozen=True, slots=True)
class Shoes:
    """A card: whom one may be, and what waits for her."""

    code: str
    name: str
    initials: str
    job: str
    company: str
    waits: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose letter it is, who can be stepped into to read on from there."""

    code: str
    name: str


def reader_of(address: str) -> Reader | None:
    """Who gets the letters to this address. None where that is nobody one could be: a stranger to the demo, somebody
    locked, or somebody invited who has no password yet (her letter's link opens without one).
    """
    user = who.user_addressed(address)
    found = None if user is None else who.addressee(user)
    return Reader(found.username, found.name) if found is not None and found.has_password else None


def cards(*, at: datetime) -> tuple[Shoes, ...]:
    """The cards, with what waits asked of trade as each of them."""
    return tuple(_cards(at))


def _cards(at: datetime) -> Iterator[Shoes]:
    names, jobs = parties.names(SHOES), parties.jobs(SHOES, on=at.date())
    for code in SHOES:
        user = who.user_named(code)
        if user is None:
            continue
        works = parties.work_of(code, on=at.date())
        company = parties.names([works[0].company])[works[0].company] if works else ""
        actor = who.actor_for(user, via="web", at=at)
        yield Shoes(code, names[code], initials(names[code]), jobs.get(code, ""), company, _waits(actor, at))


def step_in(request: HttpRequest, code: str, *, at: datetime, acting_for: str = "") -> bool:
    """Sign in as one of them with the demo's password, speaking the visitor's language; False where that cannot be."""
    language, tours = formats.language(), request.session.get(TOURS)
    user = authenticate(request, username=code, password=settings.INWARD_DEMO_PASSWORD)
    if user is None:
        return False
    login(request, user)
    if tours is not None:
        request.session[TOURS] = tours
    actor = who.actor_for(user.pk, via="web", at=at)
    access.change_profile(by=actor, at=at, language=language, time_zone=settings.TIME_ZONE)
    if acting_for:
        request.session[ACTING_FOR] = access.act_for(by=actor, at=at, party=acting_for)
    return True


def _waits(actor: Actor, at: datetime) -> str:
    """What waits for this person, most pressing first, in a few words."""
    waiting = trade.waiting(viewer=actor, at=at)
    said = []
    if waiting.to_decide:
        said.append(ngettext("%(n)s to approve", "%(n)s to approve", waiting.to_decide) % {"n": waiting.to_decide})
    if waiting.to_deliver:
        said.append(ngettext("%(n)s to deliver", "%(n)s to deliver", waiting.to_deliver) % {"n": waiting.to_deliver})
    handles = _to_handle(actor, at)
    if handles:
        said.append(ngettext("%(n)s to handle", "%(n)s to handle", handles) % {"n": handles})
    if waiting.open_own:
        said.append(ngettext("%(n)s on the way", "%(n)s on the way", waiting.open_own) % {"n": waiting.open_own})
    files = _files_to_check(actor, at)
    if files:
        said.append(ngettext("%(n)s file to check", "%(n)s files to check", files) % {"n": files})
    return " · ".join(said) or _("Nothing waits")


def _to_handle(actor: Actor, at: datetime) -> int:
    """Requests under way that she may handle; those of her department, where she does."""
    if not policy.serves_somebody(actor, on=at.date()):
        return 0
    return cases.count_served(viewer=actor, at=at)[0]


def _files_to_check(actor: Actor, at: datetime) -> int:
    """Files that came in and wait to be loaded, for those who may load them."""
    if not imports.sorts(viewer=actor, on=at.date()):
        return 0
    return len(imports.listed(viewer=actor, at=at, params={"state": ImportState.CHECKED.value}).rows)
