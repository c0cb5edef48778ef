"""One's second factor: what there is, and allauth's pages to set it up, with what they change noted in the same transaction."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inward.access import operations as access
from inward.access import queries
from inward.access.queries import SecondFactor
from inward.access.vocabulary import SignInChange
from inward.kit.transaction import transaction
from inward.web.components.requests import ActingRequest
from inward.web.door.forms import passkeys_work_at


@require_safe
def index(request: ActingRequest) -> HttpResponse:
    """What she has, and what she can set up."""
    values = {
        "factor": queries.second_factor(viewer=request.actor),
        "owes": getattr(request, "owes_second_factor", False),
        "passkeys_work": passkeys_work_at(request),
        "base_url": settings.INWARD_BASE_URL,
    }
    return render(request, "door/second_factor.html", values)


@require_safe
def passkeys(request: HttpRequest) -> HttpResponse:
    """The list of passkeys stands on the page of the second factor."""
    return HttpResponseRedirect(reverse("mfa_index") + "#passkeys")


def noted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of allauth that changes the second factor: what it did is audited and announced with it, or undone with it."""

    @wraps(view)
    def wrapped(request: ActingRequest, **named: int) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, **named)
        before = queries.second_factor(viewer=request.actor)
        with transaction():
            response = view(request, **named)
            for what in _differences(before, queries.second_factor(viewer=request.actor)):
                access.note_second_factor(by=request.actor, at=request.at, what=what)
        return response

    return wrapped


def _differences(before: SecondFactor, after: SecondFactor) -> Iterator[SignInChange]:
    if before.totp_since != after.totp_since:
        yield SignInChange.TOTP_REMOVED if after.totp_since is None else SignInChange.TOTP_ADDED
    old, new = ({key.id: key.name for key in each.passkeys} for each in (before, after))
    if new.keys() - old.keys():
        yield SignInChange.PASSKEY_ADDED
    if old.keys() - new.keys():
        yield SignInChange.PASSKEY_REMOVED
    if any(old.get(key, name) != name for key, name in new.items()):
        yield SignInChange.PASSKEY_NAMED
    if after.codes_since is not None and before.codes_since is not None and before.codes_since != after.codes_since:
        yield SignInChange.CODES_MADE
