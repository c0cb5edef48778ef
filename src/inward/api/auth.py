"""Who calls: a token in the Authorization header, or the session of a signed-in person (then with CSRF protection).

The actor is resolved once and hung on the request; nothing below reads headers. ``Acting-For`` names the unit or company
that she acts for in this call; without it, a session acts for whom it chose at the door, a token for its owner.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from inward.access import queries as access
from inward.access.operations import note_token_use
from inward.api.limits import spend_known, spend_stranger
from inward.api.problems import FormTokenMissing
from inward.kit import clock
from inward.kit.actor import Actor
from inward.parties import veil

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ACTING_FOR = "Acting-For"


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …`` with a token of a person or a machine, as far as its scopes reach."""

    openapi_description = "A token of a person or a machine; its scopes say which areas it reaches."

    def __init__(self, area: str, *, reads: bool = False) -> None:
        """``reads``: the call changes nothing although it is sent by POST."""
        super().__init__()
        self.area = area
        self.reads = reads

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """The actor of the token, or None when nobody ever made it. Raises what ``access.queries.caller`` raises."""
        at = clock.now()
        writes = not self.reads and request.method not in SAFE_METHODS
        try:
            acting_for = request.headers.get(ACTING_FOR)
            actor = access.caller(token, at=at, area=self.area, writes=writes, acting_for=acting_for)
        except access.TokenEnded:
            spend_stranger(request)
            raise
        if actor.nobody:
            return None
        spend_known(request, access.digest_of(token))
        note_token_use(by=actor, at=at, raw=token)
        _speak(request, actor)
        return _known(request, actor)


class SessionAuth(APIKeyCookie):
    """The session cookie of the web; unsafe methods need the CSRF token as forms do."""

    param_name = "sessionid"
    openapi_description = "The session of a signed-in person; changes need the header X-CSRFToken."

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, _key: str | None) -> Any | None:
        """The actor that the middleware found, unless nobody is signed in. Raises FormTokenMissing without the token."""
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None or actor.nobody:
            return None
        spend_known(request, f"user {actor.user}")
        if request.method not in SAFE_METHODS and _csrf_failed(request):
            raise FormTokenMissing
        chosen = request.headers.get(ACTING_FOR)
        return _known(request, actor if chosen is None else access.acting(actor, chosen, at=clock.now()))


def nobody(request: HttpRequest) -> None:
    """Stands last among those who may know the caller: whoever gets here is a stranger. Raises TooMany."""
    spend_stranger(request)


def known_by(area: str, *, reads: bool = False) -> list[Callable[[HttpRequest], Any]]:
    """Who may call something of this area."""
    return [TokenAuth(area, reads=reads), SessionAuth(), nobody]


def actor_of(request: HttpRequest) -> Actor:
    """The actor of an authenticated call."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _speak(request: HttpRequest, actor: Actor) -> None:
    """Her own language where the call asks for none."""
    if not request.headers.get("Accept-Language") and translation.check_for_language(actor.language):
        translation.activate(actor.language)


def _known(request: HttpRequest, actor: Actor) -> Actor:
    request.actor = actor  # type: ignore[attr-defined]
    veil.turn_to(actor)
    return actor


def _csrf_failed(request: HttpRequest) -> bool:
    check = CsrfViewMiddleware(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is not None


def _nothing(_request: HttpRequest) -> HttpResponse:
    """Stands where the middleware wants a view; it is never called."""
    return HttpResponse()
