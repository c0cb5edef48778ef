"""What the links in letters say that let somebody in: to choose a password, to confirm an address. They carry no secret.

A link names a user and what she was like when it was made. As soon as that is no longer so (another password, another
address, invited again, locked) the link is dead, whether it was used or not. Reads only; acts are in ``operations``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.crypto import constant_time_compare, salted_hmac

from inward.access.models import User
from inward.core.terms import Reason, Refusal
from inward.kit import links

INVITATION: Final = "access.invitation"
PASSWORD: Final = "access.password"  # noqa: S105 - the purpose of a link
EMAIL: Final = "access.email"
LASTS: Final = {INVITATION: timedelta(days=7), PASSWORD: timedelta(hours=2), EMAIL: timedelta(hours=24)}
"""How long each kind of link holds."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """Whom a link is for, as its page greets her; ``email`` is the address that would be confirmed."""

    user: int
    username: str
    email: str
    expires_at: datetime


def make(purpose: str, user: User, *, at: datetime) -> str:
    """A link's token for this user, for one purpose."""
    said = {"user": user.pk, "state": _state(purpose, user)}
    return links.make(purpose, said, expires_at=at + LASTS[purpose])


def entrant(purpose: str, token: str, *, at: datetime) -> Entrant:
    """Whom the link is for. Refusal ``link_not_valid``, ``link_over`` or ``link_used`` when it does not hold (any more)."""
    link = links.read(purpose, token, at=at)
    user = holder(purpose, link.payload)
    return Entrant(user.pk, user.username, user.email_wanted if purpose == EMAIL else user.email, link.expires_at)


def holder(purpose: str, payload: Mapping[str, Any]) -> User:
    """The user a link speaks of, if she still is as she was. Refusal ``link_used`` otherwise."""
    user = User.objects.filter(pk=payload.get("user", -1), is_active=True).first()
    if user is None or not constant_time_compare(_state(purpose, user), str(payload.get("state", ""))):
        raise Refusal(Reason.of("link_used"))
    return user


def _state(purpose: str, user: User) -> str:
    """What must still be so. The password's hash goes in under a key: the link tells nothing of it."""
    said = [user.password, user.email, user.invited_at.isoformat(), str(user.session_round)]
    if purpose == EMAIL:
        said = [user.email, user.email_wanted]
    return salted_hmac("inward.access.entry." + purpose, "\n".join(said), algorithm="sha256").hexdigest()[:24]
