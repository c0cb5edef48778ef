"""A forgotten password and an invitation: a letter with a link that holds once; its page shows, its button acts.

The answers never tell who exists: a letter that was asked for is answered alike for every address, and sent later.
"""

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from inward.access import entry
from inward.access import operations as access
from inward.core.terms import Refusal
from inward.kit import links
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest
from inward.web.door.forms import Forgotten, NewPassword


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: ActingRequest) -> HttpResponse:
    """Ask for a letter with a link to choose a new password."""
    form = Forgotten(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form})
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="reset_password", key=email.lower()):
        return too_many(request)
    access.forgot_password(by=request.actor, at=request.at, email=email)
    return HttpResponseRedirect(reverse("account_reset_password_done"))


@login_not_required
@require_safe
def letter_sent(request: ActingRequest) -> HttpResponse:
    """The letter is on its way, or nobody has that address."""
    return render(request, "account/password_reset_done.html")


@login_not_required
@sensitive_post_parameters("password1", "password2")
def new_password(request: ActingRequest, token: str) -> HttpResponse:
    """Choose a new password by the link of a letter."""
    return _by_link(request, entry.PASSWORD, token)


@login_not_required
@sensitive_post_parameters("password1", "password2")
def invitation(request: ActingRequest, token: str) -> HttpResponse:
    """Choose a first password by the link of an invitation."""
    return _by_link(request, entry.INVITATION, token)


def too_many(request: ActingRequest) -> HttpResponse:
    """429: too many attempts, said plainly, with how long to wait."""
    return render(request, "429.html", status=429)


def _by_link(request: ActingRequest, purpose: str, token: str) -> HttpResponse:
    return links.shows_then_acts(
        request, show=lambda: _show(request, purpose, token), act=lambda: _choose(request, purpose, token)
    )


def _show(request: ActingRequest, purpose: str, token: str, form: forms.Form | None = None) -> HttpResponse:
    try:
        found = entry.entrant(purpose, token, at=request.at)
    except Refusal as dead:
        return dead_link(request, dead)
    values = {"form": form or NewPassword(), "entrant": found, "invited": purpose == entry.INVITATION}
    values["token"] = token
    return render(request, "door/choose_password.html", values)


def _choose(request: ActingRequest, purpose: str, token: str) -> HttpResponse:
    if not ratelimit.consume(request, action="link"):
        return too_many(request)
    form = NewPassword(request.POST)
    if not form.is_valid():
        return _show(request, purpose, token, form)
    chosen = form.cleaned_data["password1"]
    try:
        username = access.choose_password_by_link(
            by=request.actor, at=request.at, purpose=purpose, token=token, password=chosen
        )
    except Refusal as refused:
        if refused.where != "password":
            return dead_link(request, refused)
        form.add_error("password1", words(refused.reason))
        return _show(request, purpose, token, form)
    messages.success(request, _("Your password is kept. Sign in with it."))
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'login': username})}")


def dead_link(request: ActingRequest, why: Refusal) -> HttpResponse:
    """410: a link that does not hold (any more): why, and how to get another."""
    return render(request, "door/dead_link.html", {"why": words(why.reason)}, status=410)
