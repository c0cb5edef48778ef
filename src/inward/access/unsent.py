"""What somebody had typed when her session turned out to be over: kept until she is back, shown to her, never sent by itself.

A signed cookie says who was signed in here last. A form sent without a session by such a browser is kept in the new,
still nameless session, together with whose it is; after signing in only she sees it, as a form to confirm. Kept are words
alone: no passwords and codes, no files, nothing from forms of the door. Whoever signs in as another never sees them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

COOKIE: Final = "inward_was"
"""Who was signed in in this browser last and whom she acted for: signed, good for nothing but to recognise her."""
_SALT: Final = "inward.access.unsent"
_DAYS: Final = 30
_KEPT: Final = "unsent"
SIZE_MAX: Final = 64 * 1024
"""Letters of names and values together; more is not kept."""
NEVER: Final = ("/door/", "/account/", "/api/", "/speak-up/")
"""Forms under these addresses are not kept: they carry passwords, codes and keys, or nobody may know whose they are."""
_SECRET: Final = re.compile(r"password|passcode|secret|credential|token|(^|_)code$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not sent: where to, what was in it, where it stood, and which files must be chosen again.

    ``acting_for`` is the code of the party it was filled in for ("" for herself): sent for another it would say another
    thing.
    """

    address: str
    fields: tuple[tuple[str, str], ...]
    page: str
    files: tuple[str, ...]
    acting_for: str = ""


def note_who(request: HttpRequest, response: HttpResponseBase, *, user: int, acting_for: str) -> None:
    """Let the browser remember who is signed in and whom she acts for, unless it does."""
    if _was(request) == (user, acting_for):
        return
    response.set_cookie(
        COOKIE,
        signing.dumps([user, acting_for], salt=_SALT),
        max_age=_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def keep(request: HttpRequest) -> bool:
    """Keep the form that this request brings, for whoever was signed in here last; False when it cannot or must not be."""
    if request.method != "POST":
        return False
    was, found = _was(request), form_of(request)
    if was is None or found is None:
        return False
    request.session[_KEPT] = {
        "user": was[0],
        "acting_for": was[1],
        "address": found.address,
        "fields": found.fields,
        "page": found.page,
        "files": found.files,
    }
    return True


def form_of(request: HttpRequest) -> Unsent | None:
    """The form that this request brings, when it is one that may be shown again."""
    if request.path.startswith(NEVER):
        return None
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str)
    )
    if not fields or any(_SECRET.search(name) for name, _ in fields):
        return None
    if sum(len(name) + len(value) for name, value in fields) > SIZE_MAX:
        return None
    return Unsent(request.get_full_path(), fields, _page(request), tuple(sorted(request.FILES)))


def kept(session: Mapping[str, Any], *, user: int | None) -> Unsent | None:
    """What waits for this user in her session; None for everybody else."""
    found = session.get(_KEPT)
    if found is None or user is None or found["user"] != user:
        return None
    fields = tuple((str(name), str(value)) for name, value in found["fields"])
    return Unsent(found["address"], fields, found["page"], tuple(found["files"]), found["acting_for"])


def forget(request: HttpRequest) -> None:
    """Throw away what waits."""
    request.session.pop(_KEPT, None)


def forget_if_sent(request: HttpRequest, *, user: int | None) -> None:
    """Throw away what waits for this user once the form is sent to where it was to go."""
    if request.method == "POST" and _KEPT in request.session:
        waits = kept(request.session, user=user)
        if waits is not None and waits.address == request.get_full_path():
            forget(request)


def _was(request: HttpRequest) -> tuple[int, str] | None:
    try:
        user, acting_for = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_DAYS * 24 * 3600)
        return int(user), str(acting_for)
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _page(request: HttpRequest) -> str:
    """The page on which the form stood, when the browser says so and it is ours."""
    came_from = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if own else ""
