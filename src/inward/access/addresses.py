"""From which address a request comes, also behind reverse proxies. Believes no header that a stranger could have written."""

from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

UNKNOWN: Final = "0.0.0.0"  # noqa: S104 - no address one listens on: it stands for "nobody knows"
"""For requests whose address cannot be read: they are counted together."""


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, as text; ``UNKNOWN`` where there is none that can be read.

    Each proxy appends the address it was asked from to X-Forwarded-For, so with n proxies of one's own the n-th from the
    end was written by the first of them; everything before it may be forged. Somebody who comes past the proxies brings
    too few entries, and is known by her own connection.
    """
    proxies: int = settings.INWARD_PROXIES
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(told) >= proxies:
        return _read(told[-proxies])
    return _read(request.META.get("REMOTE_ADDR", ""))


def _read(text: str) -> str:
    """An address without its port ("192.0.2.7:4711", "[2001:db8::1]:4711")."""
    bare = text.partition("]")[0].lstrip("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return UNKNOWN
