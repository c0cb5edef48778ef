"""The demo's own pages and acts. Every view asks that the request comes from this machine; every act is a POST."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inward.access import queries as who
from inward.demo import snapshot, turns
from inward.demo.front import buyers, letters, progress, seen, shoes, yours
from inward.demo.front.tours import TOURS, TourStep, tour_named
from inward.parties import telling
from inward.web.components.records import Column
from inward.web.components.requests import ActingRequest, acts

View = Callable[..., HttpResponse]


def of_the_demo(view: View) -> View:
    """Open to everybody on this machine, and there for nobody else."""

    @wraps(view)
    def wrapped(request: ActingRequest, **named: str) -> HttpResponse:
        if not settings.INWARD_DEMO or not _from_here(request):
            raise Http404
        return view(request, **named)

    return login_not_required(wrapped)


@of_the_demo
@require_safe
def welcome(request: ActingRequest) -> HttpResponse:
    """One machine, three buyers, three prices; whose shoes one may step into; the tours."""
    values = {
        "shown": buyers.side_by_side(at=request.at),
        "cards": shoes.cards(at=request.at),
        "tours": progress.cards(request.session),
        "next": _next(request.GET.get("next", ""), request),
        "password": settings.INWARD_DEMO_PASSWORD,
    }
    return render(request, "front/welcome.html", values)


@of_the_demo
@acts(instead="welcome")
def step_in(request: ActingRequest) -> HttpResponse:
    """Be somebody else from now on."""
    if not shoes.step_in(request, request.POST.get("person", ""), at=request.at):
        messages.error(request, _("Nobody of that name can be stepped into. Start over, or choose another card."))
        return _to(reverse("welcome"))
    return _to(_next(request.POST.get("next", ""), request))


@of_the_demo
@require_safe
def outbox(request: ActingRequest) -> HttpResponse:
    """Every letter that the demo has sent, newest first."""
    columns = (Column(_("Subject")), Column(_("To")), Column(_("When")))
    return render(request, "front/outbox.html", {"letters": tuple(filter(_shown, letters.sent())), "columns": columns})


@of_the_demo
@require_safe
def letter(request: ActingRequest, key: str) -> HttpResponse:
    """One letter as its reader has it. Its links lead to pages that only she may see: they open in her shoes."""
    found = letters.letter(key)
    if found is None or not _shown(found):
        raise Http404
    reader = shoes.reader_of(found.to)
    other = reader is not None and who.user_named(reader.code) != request.actor.user
    return render(request, "front/letter.html", {"letter": found, "reader": reader if other else None})


def _shown(found: letters.SentLetter) -> bool:
    """Whether a letter neither goes to somebody who is confidential to the reader nor speaks of her."""
    return not telling.speaks_of_hidden(found.to, found.subject, found.text)


@of_the_demo
@require_http_methods(["GET", "HEAD", "POST"])
def start_over(request: ActingRequest) -> HttpResponse:
    """Forget all that was done in the demo; asked first."""
    if request.method != "POST":
        return render(request, "front/start_over.html", {"can": snapshot.there()})
    if snapshot.there():
        logout(request)
        snapshot.bring_back()
        request.session.flush()
        messages.success(request, _("The demo is as it was at its start."))
    return _to(reverse("welcome"))


@of_the_demo
@acts(instead="welcome")
def tour(request: ActingRequest) -> HttpResponse:
    """Begin a tour, go to a step of it, finish it, or put it away."""
    chosen = tour_named(request.POST.get("tour", ""))
    if chosen is None:
        progress.put_away(request.session)
        return _to(_next(request.POST.get("next", ""), request))
    if request.POST.get("finish"):
        progress.finish(request.session, chosen)
        return _to(reverse("tour_seen", args=[chosen.name]))
    number = progress.go_to(request.session, chosen, _number(request.POST.get("step", "1")))
    return _to_step(request, chosen.steps[number - 1])


@of_the_demo
@require_safe
def tour_seen(request: ActingRequest, name: str) -> HttpResponse:
    """What a tour ends with, and where to go from there."""
    chosen = tour_named(name)
    if chosen is None:
        raise Http404
    finished = progress.progress(request.session).finished | {name}
    values = {
        "tour": chosen,
        "seen": seen.seen(name, at=request.at),
        "more": [other for other in TOURS if other.name not in finished],
    }
    return render(request, "front/tour_seen.html", values)


@of_the_demo
@acts(instead="welcome")
def sell(request: ActingRequest) -> HttpResponse:
    """Let JKL sell its share of XYZ as of today, and go on with the tour."""
    if turns.sell_xyz(at=request.at):
        messages.success(request, _("JKL has sold its share of XYZ: yesterday was the last day."))
    else:
        messages.info(request, _("JKL has sold its share of XYZ already. Start over to have it back."))
    now = progress.progress(request.session)
    if now.tour is None:
        return _to(reverse("welcome"))
    following = progress.go_to(request.session, now.tour, now.number + 1)
    return _to_step(request, now.tour.steps[following - 1])


@of_the_demo
@acts(instead="welcome")
def rise(request: ActingRequest) -> HttpResponse:
    """Let the price rise behind the back of the page that shows it: with scripts, that page stays as it is."""
    if turns.raise_price(at=request.at):
        said = _("The price has just risen by ten euro. This page does not know it yet: now choose “Order now”.")
    else:
        said = _("The price has risen already. Start over to have the old one back.")
    if request.headers.get("HX-Request") == "true":
        return render(request, "front/strip.html#turned", {"said": said})
    messages.info(request, said)
    return _to(_next(request.POST.get("next", ""), request))


@of_the_demo
@require_safe
def now_yours(request: ActingRequest) -> HttpResponse:
    """Judge two companies by lines of one's own. A question, not an act: its address can be kept and sent on."""
    asked = "holdings" in request.GET
    form = yours.YoursForm(request.GET) if asked else yours.YoursForm(initial=yours.EXAMPLES)
    answer = yours.judged(form, on=request.at.date()) if asked and form.is_valid() else None
    values = {
        "form": form,
        "judged": None if isinstance(answer, str) else answer,
        "refused": answer if isinstance(answer, str) else "",
        "hints": yours.HINTS,
    }
    return render(request, "front/yours.html", values)


def _to_step(request: ActingRequest, step: TourStep) -> HttpResponse:
    """The page of a step, in the shoes it is done in."""
    if not shoes.step_in(request, step.person, at=request.at, acting_for=step.acting_for):
        messages.error(request, _("Nobody of that name can be stepped into. Start over, or choose another card."))
        return _to(reverse("welcome"))
    return _to(reverse(step.page, kwargs=step.named))


def _from_here(request: ActingRequest) -> bool:
    """Whether the request came from this machine and called it by a name of its own (no other site's name led here)."""
    try:
        near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    called = urlsplit(f"//{request.get_host()}").hostname
    return near and called in letters.LOOPBACK


def _next(wanted: str, request: ActingRequest) -> str:
    """Where to go on to, if it is one of ours; else the start page."""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else reverse("home")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1


def _to(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
