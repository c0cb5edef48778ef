"""What a reader chooses at the door: whom she acts for, in which language, in which look. Nothing here reads data."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from inward.access import operations as access
from inward.access.middleware import ACTING_FOR
from inward.kit.actor import NOBODY
from inward.parties import queries as parties
from inward.web.components.frame import THEME_COOKIE, THEMES
from inward.web.components.requests import ActingRequest, acts

_YEAR = 365 * 24 * 3600


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
    response = _back(request)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure()
    )
    return response


@login_not_required
@acts(instead="home")
def theme(request: ActingRequest) -> HttpResponse:
    """Show pages light, dark or as the machine does; kept in a cookie."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
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
