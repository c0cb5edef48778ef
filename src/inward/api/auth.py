"""Who calls: a token in the Authorization header, or the session of a signed-in person (then with CSRF protection).

The actor is resolved once and hung on the request; nothing below reads headers.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from inward.access import queries as access
from inward.access.operations import note_token_use
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import Refused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …`` with a token of a person or a machine; a read-only token may not write."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """The actor of the token, or None when it does not hold."""
        at = clock.now()
        try:
            found = access.caller(token, at=at, area="orders", writes=request.method not in SAFE_METHODS)
        except Refused:
            return None
        actor = _known(request, found)
        if actor is not None:
            note_token_use(by=actor, at=at, raw=token)
        return actor


class SessionAuth(APIKeyCookie):
    """The session cookie of the web; unsafe methods need the CSRF token as forms do."""

    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, _key: str | None) -> Any | None:
        """The actor that the middleware found, unless nobody is signed in or the CSRF token is missing."""
        if request.method not in SAFE_METHODS and _csrf_failed(request):
            return None
        return _known(request, getattr(request, "actor", None))


def actor_of(request: HttpRequest) -> Actor:
    """The actor of an authenticated call."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _known(request: HttpRequest, actor: Actor | None) -> Actor | None:
    if actor is None or actor.nobody:
        return None
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def _csrf_failed(request: HttpRequest) -> bool:
    check = CsrfViewMiddleware(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is not None


def _nothing(_request: HttpRequest) -> HttpResponse:
    """Stands where the middleware wants a view; it is never called."""
    return HttpResponse()
