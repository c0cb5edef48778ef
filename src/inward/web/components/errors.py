"""Turns what rooms raise into pages that say what happened, why, and what to do now; one place for all faces.

NotThere becomes 404 (missing and out of bounds look alike), Refused 403, Refusal 422, a reused key 409. Everything else is
a bug: 500 with a reference that is also in the log. For htmx the same page replaces the content of the page at hand.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from inward.core.terms import Fact, Reason, Refusal
from inward.kit import vocabularies
from inward.kit.connections import out_of_room
from inward.kit.idempotency import KeyReused
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, Refused
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.telling import told
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.records import Link, Problem

log = logging.getLogger("inward.web")
_REFERENCE_LENGTH = 10
_PARTY_FACTS = frozenset({"party", "customer", "supplier", "unit", "company"})


class ProblemMiddleware:
    """Stands last, so that what a view raises is translated before anybody else sees it. The API has its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass through."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: Sequence[object], values: Mapping[str, object]
    ) -> HttpResponse | None:
        """Nothing is named with a NUL, and PostgreSQL cannot even be asked for it: that is not there."""
        return shown(request, _not_there()) if any("\0" in str(value) for value in values.values()) else None

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """A page for everything foreseen; for the rest a reference in the log, and Django goes on to ``broken``."""
        problem = problem_of(request, raised)
        if problem is not None:
            return shown(request, problem)
        if not isinstance(raised, Http404 | PermissionDenied):
            request.problem_reference = _reference(request)  # type: ignore[attr-defined]
            log.error("reference %s", request.problem_reference, exc_info=raised)  # type: ignore[attr-defined]
        return None


def problem_of(request: HttpRequest, raised: Exception) -> Problem | None:
    """The page for an exception of the rooms; None for one that nobody foresaw."""
    match raised:
        case NotThere():
            return _not_there()
        case KeyReused():
            return _sent_twice()
        case Refused():
            request.refused_with = tuple(reason.code for reason in raised.reasons)  # type: ignore[attr-defined]
            return _refused(tuple(words(reason) for reason in raised.reasons), request)
        case Refusal():
            request.refused_with = (raised.reason.code,)  # type: ignore[attr-defined]
            return _cannot(words(raised.reason), request)
    return _no_room(request) if out_of_room(raised) else None


def words(reason: Reason) -> str:
    """A reason as a sentence in the reader's language; parties that it names by their codes are called by their names."""
    facts = {name: _named(name, fact) for name, fact in told(reason).items}
    return vocabularies.text(Reason.of(reason.code, **facts), formats.language())


def _named(name: str, fact: Fact) -> Fact:
    """Rooms state parties by code where they have no name at hand; people read names."""
    if fact == veil.CODE:
        return veil.words()
    if fact in veil.closed():
        return fact  # still there: it is what she typed herself
    if name in _PARTY_FACTS and isinstance(fact, str) and parties.kind_of(fact) is not None:
        return full_name(fact, on=date.max)
    return fact


def shown(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a page, or for htmx as the content of the page at hand."""
    response = render(request, "components/problem.html", {"problem": problem}, status=problem.status)
    if request.headers.get("HX-Request") == "true":
        response["HX-Retarget"] = response["HX-Reselect"] = "#main"
        response["HX-Reswap"] = "outerHTML"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return shown(request, _not_there())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 from Django itself."""
    return shown(request, _refused((_("You may not open this page."),), request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form makes no sense."""
    sentence = _("The address or the form you sent cannot be read.")
    return shown(request, _cannot(sentence, request, status=400))


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, with a reference that is in the log."""
    reference = getattr(request, "problem_reference", "") or _reference(request)
    problem = Problem(
        status=500,
        title=_("Something went wrong on our side"),
        words=(_("This is a fault in Inward, not in what you did. Nothing was half done."),),
        advice=_("Try again in a moment. If it happens again, tell whoever runs Inward and give the reference."),
        reference=reference,
        actions=_ways(request),
    )
    return shown(request, problem)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the guard against forged forms: most often a page that stood open for too long."""
    problem = Problem(
        status=403,
        title=_("This form is no longer valid"),
        words=(_("The page was open for a long time, or you signed in or out in another tab. Nothing was sent."),),
        advice=_("Open the page again and send the form once more."),
        actions=_ways(request),
    )
    return shown(request, problem)


def _not_there() -> Problem:
    return Problem(
        status=404,
        title=_("There is nothing here"),
        words=(_("The address is wrong, the thing is gone, or it is not yours to see."),),
        advice=_(
            "Check the address, or start from one of these pages. If you act for another department, switch first."
        ),
        actions=_places(),
    )


def _refused(sentences: tuple[str, ...], request: HttpRequest) -> Problem:
    return Problem(
        status=403,
        title=_("You may not do this"),
        words=sentences,
        advice=_("Nothing was changed. Ask somebody who may, or go back."),
        actions=_ways(request),
    )


def _cannot(sentence: str, request: HttpRequest, *, status: int = 422) -> Problem:
    return Problem(
        status=status,
        title=_("This cannot be done"),
        words=(sentence,),
        advice=_("Nothing was changed. Go back, change what is named above, and try again."),
        actions=_ways(request),
    )


def _no_room(request: HttpRequest) -> Problem:
    log.error("there is no room left on the disk")
    return Problem(
        status=507,
        title=_("There is no room left to keep this"),
        words=(_("The disk of the machine is full, so what you sent could not be kept. Nothing was half done."),),
        advice=_("Tell whoever runs Inward, and send it again later."),
        actions=_ways(request),
    )


def _sent_twice() -> Problem:
    return Problem(
        status=409,
        title=_("This form was sent before with other contents"),
        words=(_("What you sent first was kept. What you sent now was not."),),
        advice=_("Look at your orders to see what was kept, then start again from the shop."),
        actions=_places(),
    )


def _reference(request: HttpRequest) -> str:
    """The request's own id, by which every line of the log about it is found."""
    return str(getattr(request, "request_id", "")) or public_reference()[:_REFERENCE_LENGTH]


def _ways(request: HttpRequest) -> tuple[Link, ...]:
    """Back to where she came from, when that is in this house, and home."""
    came_from = request.headers.get("Referer", "")
    home = Link("/", _("Go to the start page"), "home")
    if came_from and url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return (Link(came_from, _("Go back"), "arrow-left"), home)
    return (home,)


def _places() -> tuple[Link, ...]:
    """Pages from which most things can be reached."""
    links = [Link("/", _("Go to the start page"), "home")]
    for name, label, mark in (("shop", _("Open the shop"), "building-store"), ("orders", _("My orders"), "package")):
        try:
            links.append(Link(reverse(name), label, mark))
        except NoReverseMatch:
            continue
    return tuple(links)
