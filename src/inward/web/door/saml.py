"""The SAML half of signing on: what this house is to a provider, and the post that comes back from there.

The post comes from another site, so the browser sends no cookie of ours with it: who began, and where she wanted to go, is not
known here. What holds is kept under a key for a moment, and the browser sent on to the page where every way back ends
(``sso.back``); its own request brings the session. Nothing is shown and no cookie set here, else the pages she has open
would lose theirs.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from inward.access.operations import signing_on as access
from inward.access.providers import Provider
from inward.kit import saml
from inward.kit.oidc import ProviderFault
from inward.kit.policy import NotThere
from inward.kit.saml import Partner, Site
from inward.web.components.requests import ActingRequest, acts
from inward.web.door.passwords import too_many

log = logging.getLogger("inward.web")
DECLINED, USED, FAULTY = "declined", "used", "faulty"
"""Why a response was not taken, as the address on which the browser is sent on says it."""
_KEPT = "sign_on_answer"
_LASTS = timedelta(minutes=2)


def provider_named(name: str) -> Provider:
    """The provider of that name in the operator's file. NotThere for none."""
    for each in settings.INWARD_PROVIDERS:
        if each.name == name:
            found: Provider = each
            return found
    raise NotThere


def site_of(provider: Provider) -> Site:
    """What this house is to a provider. A key without its certificate, or the other way round, is used for nothing."""
    key, certificate = settings.INWARD_SAML_KEY, settings.INWARD_SAML_CERTIFICATE
    whole = bool(key and certificate)
    return Site(
        entity_id=settings.INWARD_SAML_ENTITY_ID or _address("sign_on_metadata", provider),
        back=_address("sign_on_answer", provider),
        key=key if whole else "",
        certificate=certificate if whole else "",
    )


@login_not_required
@require_safe
def metadata(request: ActingRequest, provider: str) -> HttpResponse:
    """What a provider must know of this house, as its administrators upload it or let it be fetched."""
    found = provider_named(provider)
    _partner(found)
    answer = HttpResponse(saml.own_metadata(site_of(found)), content_type="application/samlmetadata+xml")
    answer["Content-Disposition"] = f'attachment; filename="inward-{found.name}.xml"'
    return answer


@csrf_exempt
@login_not_required
@never_cache
@acts(instead="sign_on")
def arrived(request: ActingRequest, provider: str) -> HttpResponse:
    """A provider's response: verify it, take it once, and send the browser on to where its session is known again.

    No form of ours, so none of our tokens: what stands for one is the request that the response names, which only the
    browser that began it remembers.
    """
    found = provider_named(provider)
    partner = _partner(found)
    if not ratelimit.consume(request, action="sign_on"):
        return too_many(request)
    try:
        answer = saml.answered(site_of(found), partner, request.POST.get("SAMLResponse", ""))
    except saml.Declined as declined:
        log.info("sign-in by %s was declined there: %s", found.source, declined)
        return _on(found, refused=DECLINED)
    except ProviderFault as fault:
        log.error("sign-in by %s failed: %s", found.source, fault)  # noqa: TRY400 - the sentence says all there is
        access.note_sign_on_refused(by=request.actor, at=request.at, provider=found, why="response_does_not_hold")
        return _on(found, refused=FAULTY)
    if not access.take_assertion(by=request.actor, at=request.at, provider=found, answer=answer):
        access.note_sign_on_refused(by=request.actor, at=request.at, provider=found, why="assertion_used_already")
        return _on(found, refused=USED)
    return _on(found, answer=_kept(found, answer))


def collected(request: ActingRequest, provider: Provider) -> tuple[str, Mapping[str, Any]] | None:
    """The request that was answered, and the claims, of what waits under the key in the address; it is used up."""
    store = SessionStore(request.GET.get("answer", ""))
    said = store.get(_KEPT)
    if not isinstance(said, dict) or said["provider"] != provider.name:
        return None
    store.delete()
    return said["request"], said["claims"]


def _kept(provider: Provider, answer: saml.Answer) -> str:
    store = SessionStore()
    store[_KEPT] = {"provider": provider.name, "request": answer.request, "claims": dict(answer.claims)}
    store.set_expiry(_LASTS)
    store.create()
    return str(store.session_key)


def _partner(provider: Provider) -> Partner:
    if not isinstance(provider.client, Partner):
        raise NotThere
    return provider.client


def _on(provider: Provider, **said: str) -> HttpResponseRedirect:
    """303: what was posted is not posted again."""
    answer = HttpResponseRedirect(f"{reverse('sign_on_back', args=[provider.name])}?{urlencode(said)}")
    answer.status_code = 303
    return answer


def _address(name: str, provider: Provider) -> str:
    return f"{settings.INWARD_BASE_URL}{reverse(name, args=[provider.name])}"
