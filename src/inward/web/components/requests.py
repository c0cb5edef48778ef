"""The request as views see it (who acts and when, set once by the middleware of access), and views that only act."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from inward.kit.actor import Actor


class ActingRequest(HttpRequest):
    """A request with its actor and its instant."""

    actor: Actor
    at: datetime
    session: SessionBase


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
