"""What allauth asks this house: nobody signs herself up, for users are invited (``operations.invite_user``).

How often somebody may try a password, an address or a link is allauth's own business (its ``RATE_LIMITS``).
"""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by invitation only. Set ``ACCOUNT_ADAPTER`` to it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False
