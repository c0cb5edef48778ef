"""Says at the edge who acts and when: ``request.actor`` and ``request.at``, resolved once, before any view runs.

One query tells the versions of everything kept in memory and whether the session's user still is who signed in. Pages
are for signed-in users unless a view is marked ``login_not_required``; what checks tokens by itself (the API) is named
by the setting ``INWARD_OPEN_PREFIXES``. Reading tokens and wording refusals are the faces' business.
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from inward.access.models import User
from inward.access.queries import Resolved, resolved
from inward.kit import clock, versions
from inward.kit.actor import NOBODY

ACTING_FOR = "acting_for"
"""Where a session keeps the code of the party its user has chosen to act for (``operations.act_for``)."""

_LOOK = """
    SELECT version.name, version.number, signed_in.password, signed_in.is_active
    FROM kit_version version LEFT JOIN access_user signed_in ON signed_in.id = %s
"""


class ActorMiddleware:
    """Stands after the session's and allauth's middleware and Django's own for language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Resolve the actor; speak her language and keep her time zone while the view works."""
        with versions.seen_once():
            request.at = clock.now()  # type: ignore[attr-defined]
            who = resolved(
                _signed_in(request),
                acting_for=_chosen(request),
                via="web",
                at=request.at,  # type: ignore[attr-defined]
            )
            request.actor = who.actor  # type: ignore[attr-defined]
            _speak(request, who)
            with timezone.override(_zone(who)):
                return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send strangers to the door, unless the view is open to everybody."""
        if request.actor is not NOBODY or not getattr(view, "login_required", True):  # type: ignore[attr-defined]
            return None
        if request.path.startswith(tuple(getattr(settings, "INWARD_OPEN_PREFIXES", ()))):
            return None
        door = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if request.headers.get("HX-Request") == "true":
            # A fragment would show the door inside the page: tell htmx to go there instead.
            return HttpResponse(headers={"HX-Redirect": door.url})
        return door


def _signed_in(request: HttpRequest) -> int | None:
    """The key of the user whose session this is; None when there is none, or it was opened by another password."""
    session = request.session
    try:
        user_id, backend = int(session[SESSION_KEY]), session[BACKEND_SESSION_KEY]
    except (KeyError, ValueError):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [user_id])
        rows = cursor.fetchall()
    versions.note({name: number for name, number, _, _ in rows})
    password = rows[0][2] if rows else None
    if password and rows[0][3] and backend in settings.AUTHENTICATION_BACKENDS:
        signed = User(pk=user_id, password=password).get_session_auth_hash()
        if constant_time_compare(session.get(HASH_SESSION_KEY, ""), signed):
            return user_id
    # Rare: a new secret key, a changed password, a locked user, an empty table. Django's own rules decide.
    return request.user.pk if request.user.is_authenticated else None


def _chosen(request: HttpRequest) -> str | None:
    return request.session.get(ACTING_FOR) if SESSION_KEY in request.session else None


def _speak(request: HttpRequest, who: Resolved) -> None:
    """Her own language before the browser's, for everything after this; strangers keep the browser's."""
    if who.actor is not NOBODY and who.actor.language in dict(settings.LANGUAGES):
        translation.activate(who.actor.language)
        request.LANGUAGE_CODE = translation.get_language()


def _zone(who: Resolved) -> ZoneInfo | None:
    return None if who.actor is NOBODY else ZoneInfo(who.time_zone)
