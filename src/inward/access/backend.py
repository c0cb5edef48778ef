"""Who signs in with a name and a password: one look-up and one hashing in every case, so that time tells nothing.

allauth's own backend hashes twice for an address that exists and once for one that does not; a stranger with a watch
could tell who is here.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from inward.access.models import User


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs users in by name or e-mail address. Locked users are stashed for allauth, which tells them so at the door."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # noqa: ARG002 - allauth's signature
        """The user whose password it is. What was typed counts as a name before it counts as an address."""
        said = str(credentials.get("username") or credentials.get("email") or "")
        found: User | None = self._check_password(_named(said), str(credentials.get("password") or ""))
        return found


def _named(said: str) -> User | None:
    """The user of that name or address, upper and lower case being one; both are asked in every case."""
    by_name = User.objects.filter(username__iexact=said).first()
    by_address = User.objects.filter(email=said.lower()).exclude(email="").first()
    return by_name or by_address
