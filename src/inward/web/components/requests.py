"""The request as views see it (who acts and when, set once by the middleware of access), and views that only act."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Final

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from inward.core.terms import Refusal
from inward.kit.actor import Actor
from inward.web.components.errors import words

SEE_OTHER: Final = 303


class ActingRequest(HttpRequest):
    """A request with its actor and its instant."""

    actor: Actor
    inside: bool
    """Whether somebody is signed in; also where the actor is nobody because she may not be known."""
    at: datetime
    session: SessionBase


def done(request: ActingRequest, act: Callable[[], object], said: str, back: str, *named: str) -> HttpResponse:
    """Do it, say so, and lead to the page ``back`` (an address name with what it takes); what is refused, or cannot be read,
    is said there instead.
    """
    try:
        act()
    except Refusal as refusal:
        messages.error(request, words(refusal.reason))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse(back, args=named), status=SEE_OTHER)


def acts(*, instead: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that acts and has nothing to show: POST alone reaches it. Whoever only looks (because she signed in again in
    mid-form, or went back) is led to ``instead``, an address name that takes the same arguments. Nothing is done by GET.
    """

    def made(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: ActingRequest, **named: str) -> HttpResponse:
            if request.method == "POST":
                return view(request, **named)
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(reverse(instead, kwargs=named))
            return HttpResponseNotAllowed(["POST"])

        return wrapped

    return made
