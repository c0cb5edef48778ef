"""How many calls a minute: for each token or signed-in user, and for each address from which strangers come.

A call that names somebody we know counts against her alone; one that does not counts against its address, so that whoever
shares an address with a stranger is never held up by him. The figures are settings; 0 is no limit.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from inward.access.addresses import client_address
from inward.api.problems import TooMany
from inward.kit import clock
from inward.kit.rates import WINDOW_SECONDS, Spent, Windows

_FILE = "api-calls"


def spend_known(request: HttpRequest, key: str) -> None:
    """Count a call of a token or user. Raises TooMany beyond the limit."""
    _spend(request, f"known:{key}", settings.INWARD_API_CALLS)


def spend_stranger(request: HttpRequest) -> None:
    """Count a call that names nobody we know, by its address. Raises TooMany beyond the limit."""
    _spend(request, f"address:{client_address(request)}", settings.INWARD_API_STRANGERS)


def tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say in the headers what the limit is and what is left of it (draft-ietf-httpapi-ratelimit-headers)."""
    spent: Spent | None = getattr(request, "api_spent", None)
    if spent is not None:
        response["RateLimit-Policy"] = f'"minute";q={spent.most};w={WINDOW_SECONDS}'
        response["RateLimit"] = f'"minute";r={spent.left};t={spent.seconds}'


def _spend(request: HttpRequest, key: str, most: int) -> None:
    if not most:
        return
    spent = _windows(settings.INWARD_DATA).spend(key, most=most, at=clock.now())
    request.api_spent = spent  # type: ignore[attr-defined]
    if not spent.within:
        raise TooMany(spent)


@cache
def _windows(folder: Path) -> Windows:
    return Windows(folder / _FILE)
