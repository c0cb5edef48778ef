"""Says at the edge who acts and when: ``request.actor`` and ``request.at``, resolved once, before any view runs.

One query tells the versions of everything kept in memory, whether the session's user still is who signed in, and whether
it is time to note that the session is in use. Pages
are for signed-in users unless a view is marked ``login_not_required``; what checks tokens by itself (the API) is named
by the setting ``INWARD_OPEN_PREFIXES``. Reading tokens and wording refusals are the faces' business.
What is written without a name lies under ``INWARD_UNNAMED_PREFIXES``: there the actor is nobody, whoever is signed in.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from inward.access import operations, policy, unsent
from inward.access.models import User
from inward.access.queries import Resolved, resolved
from inward.kit import clock, versions
from inward.kit.actor import NOBODY, Actor
from inward.parties import veil

ACTING_FOR = "acting_for"
"""Where a session keeps the code of the party its user has chosen to act for (``operations.act_for``)."""

SHOWN_THERE = "second_factor_shown_there"
"""Where a session keeps that the provider by whom it was opened has seen a second factor that counts."""

_LOOK = """
    SELECT version.name, version.number, signed_in.password, signed_in.is_active, signed_in.session_round,
           seen.last_seen_at <= %s
    FROM kit_version version LEFT JOIN access_user signed_in ON signed_in.id = %s
         LEFT JOIN usersessions_usersession seen ON seen.session_key = %s
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
            unnamed = request.path.startswith(settings.INWARD_UNNAMED_PREFIXES)
            if not unnamed:
                _note_use(request, who)
            owes = not request.session.get(SHOWN_THERE) and _owes(who, request.at)  # type: ignore[attr-defined]
            if owes and request.path.startswith(_open_prefixes()):
                who = Resolved(NOBODY, "UTC")  # what checks by itself knows nothing of a step that is still to come
            request.inside = who.actor is not NOBODY  # type: ignore[attr-defined]
            reader = who
            if unnamed:
                who = Resolved(NOBODY, who.time_zone)  # whoever speaks up is forgotten before any view runs
            request.actor = who.actor  # type: ignore[attr-defined]
            request.stands_in = who.stands_in  # type: ignore[attr-defined]
            request.owes_second_factor = owes  # type: ignore[attr-defined]
            _speak(request, reader)
            with timezone.override(_zone(reader)), veil.read_by(who.actor):
                return _for_her_alone(request, kept_over(self._get_response(request)))

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send strangers to the door, unless the view is open to everybody; what they had typed waits behind it.

        Whoever owes a second factor is led to set one up, wherever she wants to go.
        """
        if not getattr(view, "login_required", True):
            return None
        if request.path.startswith(_open_prefixes()):
            return None
        if request.actor is NOBODY:  # type: ignore[attr-defined]
            after = resolve_url("unsent") if unsent.keep(request) else request.get_full_path()
            return _led(request, redirect_to_login(after, resolve_url(settings.LOGIN_URL)).url)
        if request.owes_second_factor and not request.path.startswith(settings.INWARD_SETUP_PREFIXES):  # type: ignore[attr-defined]
            return _led(request, resolve_url("mfa_index"))
        unsent.forget_if_sent(request, user=request.actor.user)  # type: ignore[attr-defined]
        return None


def kept_over(response: HttpResponseBase) -> HttpResponseBase:
    """What is sent bit by bit when the request has ended is for the same reader."""
    if isinstance(response, StreamingHttpResponse):
        parts = response.streaming_content
        if isinstance(parts, Iterator):
            response.streaming_content = veil.kept_over(parts)
    return response


def _open_prefixes() -> tuple[str, ...]:
    return tuple(getattr(settings, "INWARD_OPEN_PREFIXES", ()))


def _led(request: HttpRequest, url: str) -> HttpResponse:
    """To another page. A fragment would show it inside the page at hand: htmx is told to go there instead."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _for_her_alone(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What a signed-in reader sees is kept by no one in between; pages that say more about it themselves are left alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.user is not None:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        unsent.note_who(request, response, user=actor.user, acting_for=actor.acting_for or "")
    return response


def _owes(who: Resolved, at: datetime) -> bool:
    if settings.INWARD_SECOND_FACTOR == "off" or who.second_factor:
        return False
    return policy.owes_second_factor(who.actor, demanded=settings.INWARD_SECOND_FACTOR, on=at.date())


def _signed_in(request: HttpRequest) -> int | None:
    """The key of the user whose session this is; None when there is none, or it was opened by another password."""
    session = request.session
    try:
        user_id, backend = int(session[SESSION_KEY]), session[BACKEND_SESSION_KEY]
    except (KeyError, ValueError):
        return None
    stale = connection.ops.adapt_datetimefield_value(clock.utc_now() - operations.SEEN_EVERY)
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [stale, user_id, session.session_key])
        rows = cursor.fetchall()
    versions.note_all({row[0]: row[1] for row in rows})
    request.session_unseen = bool(rows and rows[0][5])  # type: ignore[attr-defined]
    password = rows[0][2] if rows else None
    if password and rows[0][3] and backend in settings.AUTHENTICATION_BACKENDS:
        signed = User(pk=user_id, password=password, session_round=rows[0][4]).get_session_auth_hash()
        if constant_time_compare(session.get(HASH_SESSION_KEY, ""), signed):
            return user_id
    # Rare: a new secret key, a changed password, a locked user, an empty table. Django's own rules decide.
    return request.user.pk if request.user.is_authenticated else None


def _note_use(request: HttpRequest, who: Resolved) -> None:
    """Note that the session is in use, now and then. A page is read all the same where that cannot be written (a full disk)."""
    if getattr(request, "session_unseen", False) and who.actor is not NOBODY:
        with suppress(DatabaseError):
            operations.note_session_use(by=who.actor, at=clock.utc_now(), key=request.session.session_key or "")


def _chosen(request: HttpRequest) -> str | None:
    return request.session.get(ACTING_FOR) if SESSION_KEY in request.session else None


def _speak(request: HttpRequest, who: Resolved) -> None:
    """Her own language before the browser's, for everything after this; strangers keep the browser's."""
    if who.actor is not NOBODY and who.actor.language in dict(settings.LANGUAGES):
        translation.activate(who.actor.language)
        request.LANGUAGE_CODE = translation.get_language()


def _zone(who: Resolved) -> ZoneInfo | None:
    return None if who.actor is NOBODY else ZoneInfo(who.time_zone)
