"""What one may see and change of oneself: language, time zone, look, address, password, second factor, sessions, tokens."""

import json

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inward.access import entry, queries
from inward.access import operations as access
from inward.access.addresses import client_address
from inward.core.terms import Refusal
from inward.insight import mine
from inward.kit import links
from inward.kit.policy import NotThere
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest, acts
from inward.web.door import browsers
from inward.web.door.forms import NewEmail, Profile
from inward.web.door.passwords import dead_link, too_many
from inward.web.door.sso import sign_ons
from inward.web.door.views import remember_language


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: ActingRequest) -> HttpResponse:
    """Everything about oneself on one page; its form keeps language and time zone."""
    found = queries.profile(viewer=request.actor)
    now = {"language": found.language, "time_zone": found.time_zone}
    form = Profile(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        access.change_profile(by=request.actor, at=request.at, language=kept["language"], time_zone=kept["time_zone"])
        translation.activate(kept["language"])
        messages.success(request, _("Your language and time zone are kept."))
        return remember_language(HttpResponseRedirect(reverse("profile")), request, kept["language"])
    values = {
        "form": form,
        "profile": found,
        "factor": queries.second_factor(viewer=request.actor),
        "session_count": len(queries.sessions(viewer=request.actor, here=request.session.session_key)),
        "sign_ons": sign_ons(request),
        "tokens_url": _address("account_tokens", "tokens"),
        "notices_url": _address("account_notices", "notices"),
    }
    return render(request, "door/profile.html", values)


@require_safe
def held(request: ActingRequest) -> HttpResponse:
    """What is held on oneself, as a file to keep."""
    told = json.dumps(mine.held_on_me(viewer=request.actor, at=request.at), ensure_ascii=False, indent=2)
    answer = HttpResponse(told, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="held-on-me.json"'
    return answer


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: ActingRequest) -> HttpResponse:
    """Ask for another e-mail address; a letter with a link goes there."""
    form = NewEmail(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="change_email", user=request.user):
            return too_many(request)
        try:
            access.ask_email_change(by=request.actor, at=request.at, email=form.cleaned_data["email"])
        except Refusal as refused:
            form.add_error("email", words(refused.reason))
        else:
            messages.success(request, _("A letter with a link is on its way to the new address."))
            return HttpResponseRedirect(reverse("profile"))
    return render(request, "door/email.html", {"form": form, "profile": queries.profile(viewer=request.actor)})


@acts(instead="profile")
def keep_email(request: ActingRequest) -> HttpResponse:
    """Keep the present address after all."""
    access.forget_email_change(by=request.actor, at=request.at)
    messages.info(request, _("Your address stays as it is; the link in the letter no longer works."))
    return HttpResponseRedirect(reverse("profile"))


@login_not_required
def confirm_email(request: ActingRequest, token: str) -> HttpResponse:
    """Use the new address, by the link of the letter sent there."""

    def show() -> HttpResponse:
        found = entry.entrant(entry.EMAIL, token, at=request.at)
        return render(request, "door/confirm_email.html", {"entrant": found})

    def act() -> HttpResponse:
        address = access.confirm_email(by=request.actor, at=request.at, token=token)
        messages.success(request, _("Your letters now go to %(address)s.") % {"address": address})
        return HttpResponseRedirect(reverse("profile"))

    try:
        return links.shows_then_acts(request, show=show, act=act)
    except Refusal as dead:
        return dead_link(request, dead)


@require_safe
def sessions(request: ActingRequest) -> HttpResponse:
    """Where she is signed in."""
    found = queries.sessions(viewer=request.actor, here=request.session.session_key)
    rows = [{"row": row, "browser": browsers.words(row.browser)} for row in found]
    return render(request, "door/sessions.html", {"rows": rows, "others": any(not row.here for row in found)})


@acts(instead="sessions")
def end_sessions(request: ActingRequest) -> HttpResponse:
    """End one of one's sessions, or all but this one."""
    one = request.POST.get("session", "")
    if one:
        access.end_session(by=request.actor, at=request.at, session=int(one) if one.isdecimal() else -1)
        messages.success(request, _("That session has ended."))
    else:
        _end_all_but_this(request)
        messages.success(request, _("You are signed out everywhere but here."))
    return HttpResponseRedirect(reverse("sessions"))


def _end_all_but_this(request: ActingRequest) -> None:
    """End every session of hers, and open this one anew under another key."""
    user = request.user
    if not user.is_authenticated:  # asked now: once they have ended, Django no longer takes this session for hers
        raise NotThere
    access.end_sessions(by=request.actor, at=request.at, user=user.pk)
    user.refresh_from_db(fields=["session_round"])
    update_session_auth_hash(request, user)
    access.note_session(
        by=request.actor,
        at=request.at,
        key=request.session.session_key or "",
        address=client_address(request),
        browser=request.headers.get("User-Agent", ""),
    )


def _address(*names: str) -> str:
    """The address of a page of another face, when it is installed; "" otherwise."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
