"""Links that carry their own permission, for letters: signed, for one purpose, for a time. GET shows, POST acts.

Mail programs open links by themselves, so opening one never changes anything: a link shows what it would do, and only
the button on that page does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from inward.core.terms import Reason, Refusal

_SALT = "inward.kit.links:"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: its payload, and until when it holds."""

    payload: Mapping[str, Any]
    expires_at: datetime


def make(purpose: str, payload: Mapping[str, Any], *, expires_at: datetime) -> str:
    """A token for one purpose; nobody can change it or use it for another."""
    return signing.dumps([dict(payload), int(expires_at.timestamp())], salt=_SALT + purpose, compress=True)


def read(purpose: str, token: str, *, at: datetime) -> Link:
    """What the token says. Refusal ``link_not_valid`` when it was changed or made for another purpose, ``link_over`` late."""
    try:
        payload, until = signing.loads(token, salt=_SALT + purpose)
        expires_at = datetime.fromtimestamp(int(until), tz=UTC)
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        raise Refusal(Reason.of("link_not_valid")) from None
    if at >= expires_at:
        raise Refusal(Reason.of("link_over", at=expires_at))
    return Link(payload, expires_at)


def shows_then_acts(
    request: HttpRequest, *, show: Callable[[], HttpResponse], act: Callable[[], HttpResponse]
) -> HttpResponse:
    """GET and HEAD show, POST acts; nothing else is answered. The answer is never kept by anyone in between."""
    if request.method in ("GET", "HEAD"):
        answer = show()
    elif request.method == "POST":
        answer = act()
    else:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
