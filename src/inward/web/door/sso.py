"""Signing on by another's word: the way to the provider, the way back, and the links on one's profile.

Whether a provider speaks OpenID Connect or SAML makes no difference here but for how the way there is made and what comes back
(``saml``): who is meant, what links, which roles follow and what is refused is one.

The way there is a link, never a form: what the policy for forms allows need not grow by a provider's address, and starting
to sign in does no harm. To link, one is asked who one is first, and then shown a page with the way there: what it carries
is known to that page alone, so nobody else can send somebody along it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inward.access import queries
from inward.access.adapter import signing_on
from inward.access.operations import signing_on as access
from inward.access.providers import Claimed, Provider, claimed
from inward.core.terms import Refusal
from inward.kit import oidc, saml
from inward.kit.policy import NotThere
from inward.kit.saml import Partner
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest, acts
from inward.web.door.passwords import too_many
from inward.web.door.saml import DECLINED, FAULTY, collected, provider_named, site_of

log = logging.getLogger("inward.web")
_JOURNEYS = "sign_on"
_JOURNEYS_MAX = 5
"""Ways begun and not ended that a session remembers: as many as somebody has windows."""
_LASTS = timedelta(minutes=10)
_INVITATION_LENGTH = 1000


@login_not_required
@never_cache
@require_safe
def begin(request: ActingRequest, provider: str) -> HttpResponse:
    """To the provider; whoever is signed in already goes on to where she wanted."""
    found = provider_named(provider)
    if request.actor.user is not None:
        return HttpResponseRedirect(_next(request))
    if not ratelimit.consume(request, action="sign_on"):
        return too_many(request)
    try:
        return HttpResponseRedirect(_way(request, found, invitation=request.GET.get("invitation", "")))
    except oidc.ProviderFault as fault:
        return _failed(request, found, fault)


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@never_cache
@require_safe
def link(request: ActingRequest, provider: str) -> HttpResponse:
    """Go on to the provider, to link what one is there to what one is here."""
    found = provider_named(provider)
    try:
        way = _way(request, found, links=request.actor.user)
    except oidc.ProviderFault as fault:
        return _failed(request, found, fault)
    return render(request, "door/sign_on_link.html", {"provider": found, "way": way})


@acts(instead="profile")
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def unlink(request: ActingRequest) -> HttpResponse:
    """Take one's own link away."""
    one = request.POST.get("link", "")
    access.unlink_sign_on(by=request.actor, at=request.at, link=int(one) if one.isdecimal() else -1)
    messages.success(request, _("The link is removed."))
    return HttpResponseRedirect(reverse("profile"))


@login_not_required
@never_cache
@require_safe
def back(request: ActingRequest, provider: str) -> HttpResponse:
    """Back from the provider: sign in, or link, whom it speaks of; or say plainly why not."""
    found = provider_named(provider)
    if not ratelimit.consume(request, action="sign_on"):
        return too_many(request)
    if isinstance(found.client, Partner):
        return _back_by_post(request, found)
    begun = _taken(request, found, request.GET.get("state", ""))
    if begun is None:
        return _refused(request, found, _elsewhere())
    if "code" not in request.GET:
        return _refused(request, found, _declined(found))
    try:
        said = _said(request, found, found.client, begun)
    except oidc.ProviderFault as fault:
        access.note_sign_on_refused(by=request.actor, at=request.at, provider=found, why="token_does_not_hold")
        return _failed(request, found, fault)
    return _let_in(request, found, begun, said)


def _back_by_post(request: ActingRequest, provider: Provider) -> HttpResponse:
    """What the post from the provider brought, or why it was not taken."""
    why = request.GET.get("refused")
    if why == FAULTY:
        return _faulty(request, provider)
    if why == DECLINED:
        return _refused(request, provider, _declined(provider))
    found = collected(request, provider)
    begun = None if found is None else _taken(request, provider, found[0])
    if found is None or begun is None:
        return _refused(request, provider, _elsewhere())
    return _let_in(request, provider, begun, claimed(provider, found[1]))


def _let_in(request: ActingRequest, provider: Provider, begun: dict[str, Any], said: Claimed) -> HttpResponse:
    try:
        return _linked(request, provider, begun, said) if begun["links"] else _signed_on(request, provider, begun, said)
    except Refusal as refusal:
        access.note_sign_on_refused(by=request.actor, at=request.at, provider=provider, why=refusal.reason.code)
        return _refused(request, provider, words(refusal.reason))


def _linked(request: ActingRequest, provider: Provider, begun: dict[str, Any], said: Claimed) -> HttpResponse:
    if request.actor.user != begun["links"]:
        raise NotThere
    access.link_sign_on(by=request.actor, at=request.at, provider=provider, claimed=said)
    messages.success(request, _("From now on you can sign in by %(title)s.") % {"title": provider.title})
    return HttpResponseRedirect(reverse("profile"))


def _signed_on(request: ActingRequest, provider: Provider, begun: dict[str, Any], said: Claimed) -> HttpResponse:
    key = access.sign_on(
        by=request.actor, at=request.at, provider=provider, claimed=said, invitation=begun["invitation"]
    )
    return signing_on(
        request, key, source=provider.source, second_factor=said.second_factor(provider), then=begun["next"]
    )


def sign_ons(request: ActingRequest) -> list[dict[str, Any]]:
    """The providers there are, and links to providers that there are no longer, as one's profile shows them."""
    links = {each.provider: each for each in queries.sign_on_links(viewer=request.actor)}
    titles = {each.name: each.title for each in settings.INWARD_PROVIDERS}
    names = [*titles, *(name for name in links if name not in titles)]
    return [{"name": name, "title": titles.get(name, name), "link": links.get(name)} for name in names]


# --- the way there and back --------------------------------------------------------------------------------------------


def _way(request: ActingRequest, provider: Provider, *, links: int | None = None, invitation: str = "") -> str:
    """The address at the provider, with what must be remembered kept in the session."""
    if isinstance(provider.client, Partner):
        way, state = saml.way_there(site_of(provider), provider.client)
        journey = oidc.Journey(state, "", "")
    else:
        endpoints, journey = oidc.discover(provider.client), oidc.Journey.begun()
        way = oidc.way_there(provider.client, endpoints, journey, back=_callback(provider))
    others = list(request.session.get(_JOURNEYS, []))[1 - _JOURNEYS_MAX :]
    begun = {
        "provider": provider.name,
        "state": journey.state,
        "nonce": journey.nonce,
        "verifier": journey.verifier,
        "next": _next(request),
        "invitation": invitation[:_INVITATION_LENGTH],
        "links": links,
        "until": (request.at + _LASTS).isoformat(),
    }
    request.session[_JOURNEYS] = [*others, begun]
    return way


def _taken(request: ActingRequest, provider: Provider, state: str) -> dict[str, Any] | None:
    """What was begun with the state (or request) that came back; it is used up, whatever comes of it."""
    known = list(request.session.get(_JOURNEYS, []))
    begun = next((each for each in known if each["state"] == state and each["provider"] == provider.name), None)
    if begun is None:
        return None
    request.session[_JOURNEYS] = [each for each in known if each is not begun]
    return begun if request.at < datetime.fromisoformat(begun["until"]) else None


def _said(request: ActingRequest, provider: Provider, client: oidc.Client, begun: dict[str, Any]) -> Claimed:
    journey = oidc.Journey(begun["state"], begun["nonce"], begun["verifier"])
    code, endpoints = request.GET["code"], oidc.discover(client)
    return claimed(provider, oidc.claims(client, endpoints, journey, code=code, back=_callback(provider)))


def _callback(provider: Provider) -> str:
    return f"{settings.INWARD_BASE_URL}{reverse('sign_on_back', args=[provider.name])}"


def _next(request: ActingRequest) -> str:
    wanted = request.GET.get("next", "")
    host = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=host, require_https=request.is_secure())
    return wanted if safe else "/"


def _elsewhere() -> str:
    return _("This sign-in was begun elsewhere, took too long, or was used already.")


def _declined(provider: Provider) -> str:
    return _("%(title)s did not sign you in.") % {"title": provider.title}


def _refused(request: ActingRequest, provider: Provider, why: str) -> HttpResponse:
    """403, with the sentence that says whom to ask."""
    return render(request, "door/sign_on_refused.html", {"provider": provider, "why": why}, status=403)


def _failed(request: ActingRequest, provider: Provider, fault: oidc.ProviderFault) -> HttpResponse:
    """502: the provider does not answer as it should. What it said is in the log."""
    log.error("sign-in by %s failed: %s", provider.source, fault)
    return _faulty(request, provider)


def _faulty(request: ActingRequest, provider: Provider) -> HttpResponse:
    why = _("%(title)s does not answer as it should. Try again in a while, or ask your operators.")
    values = {"provider": provider, "why": why % {"title": provider.title}}
    return render(request, "door/sign_on_refused.html", values, status=502)
