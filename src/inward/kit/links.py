"""Links that carry their own permission, for letters: signed, for one purpose, for a time. GET shows, POST acts.

Mail programs open links by themselves, so opening one never changes anything: a link shows what it would do, and only
the button on that page does it. A link that may act once only is used up in the transaction of its act.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from inward.core.terms import Reason, Refusal
from inward.kit.models import UsedLink
from inward.kit.transaction import transaction_required

_SALT = "inward.kit.links:"
_USED_UP = "INSERT INTO kit_usedlink (sha256, used_at, expires_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


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


@transaction_required
def use_up(purpose: str, token: str, *, at: datetime) -> Link:
    """What the token says, this once: the same link again is refused (``link_used``), also of two at the same time.

    Belongs in the transaction of what the link does, so that an act that fails leaves it unused.
    """
    link = read(purpose, token, at=at)
    UsedLink.objects.filter(expires_at__lte=at).delete()
    # Hashed is what the link says, not how it is spelt: the same one made twice acts once.
    said = json.dumps([purpose, link.payload, int(link.expires_at.timestamp())], sort_keys=True)
    instants = [str(connection.ops.adapt_datetimefield_value(instant)) for instant in (at, link.expires_at)]
    with connection.cursor() as cursor:
        cursor.execute(_USED_UP, [hashlib.sha256(said.encode()).hexdigest(), *instants])
        if not cursor.rowcount:
            raise Refusal(Reason.of("link_used"))
    return link


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
    # Nobody else learns the address. Not "no-referrer": browsers would then hide from us, too, that our own page sent the
    # form ("Origin: null"), and the guard against forged forms would refuse it.
    answer["Referrer-Policy"] = "same-origin"
    return answer
