"""What a reader chooses at the door: whom she acts for, in which language, in which look. Nothing here reads data."""

from typing import TypeVar

from allauth.account import views as account
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from inward.access import operations as access
from inward.access.adapter import SIGNED_ON_BY
from inward.access.middleware import ACTING_FOR
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.web.components.frame import THEME_COOKIE, THEMES
from inward.web.components.requests import ActingRequest, acts

_YEAR = 365 * 24 * 3600
R = TypeVar("R", bound=HttpResponseBase)


@acts(instead="home")
def act_for(request: ActingRequest) -> HttpResponse:
    """Act for a unit or company from now on, or for oneself again. Pages of the other party are left for the start page."""
    party = request.POST.get("party") or None
    chosen = access.act_for(by=request.actor, at=request.at, party=party)
    request.session[ACTING_FOR] = chosen
    if chosen is None:
        messages.info(request, _("You now act for yourself."))
    else:
        name = parties.names([chosen])[chosen]
        messages.info(request, _("You now act for %(name)s. What you order is for them.") % {"name": name})
    return _back(request)


@login_not_required
@acts(instead="home")
def language(request: ActingRequest) -> HttpResponse:
    """Speak another language; kept with the user, and in a cookie for the door."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return _back(request)
    if request.actor is not NOBODY:
        zone = timezone.get_current_timezone_name()
        access.change_profile(by=request.actor, at=request.at, language=chosen, time_zone=zone)
    translation.activate(chosen)
    return remember_language(_back(request), request, chosen)


@login_not_required
@acts(instead="home")
def theme(request: ActingRequest) -> HttpResponse:
    """Show pages light, dark or as the machine does; kept in a cookie."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Ask, then sign out; the browser forgets the pages it has kept, so that "back" shows nobody's. Where a provider
    let her in, the door then leads on to sign out there as well.
    """
    left = str(request.session.get(SIGNED_ON_BY, ""))
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        if any(each.source == left and each.sign_out for each in settings.INWARD_PROVIDERS):
            response["Location"] = f"{reverse('account_login')}?{urlencode({'left': left})}"
        response["Clear-Site-Data"] = '"cache"'
    return response


@login_not_required
def not_here(request: HttpRequest) -> HttpResponse:
    """404: people are invited, nobody signs herself up."""
    raise NotThere


def remember_language(response: R, request: HttpRequest, chosen: str) -> R:
    """Let the browser remember a language, for the door."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure()
    )
    return response


def _back(request: ActingRequest) -> HttpResponseRedirect:
    """To the page she came from, if it is one of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else "/")
    response.status_code = 303
    return response
