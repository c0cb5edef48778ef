"""OpenID Connect for a site that lets people in by another's word: discovery, the way there, and what comes back.

The authorisation code flow with PKCE, OpenID Connect Core 1.0 section 3.1. A token's signature is verified always, also
where the standard would let it be (3.1.3.7, 6): nothing then hangs on the line to the provider alone. Who may come in is
not decided here. Nothing is kept: what must be remembered between going and coming back is a ``Journey``.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that are believed: by a key pair only, never by the shared secret, never none."""
LEEWAY: Final = 60
"""Seconds by which the provider's clock may differ from ours."""
_TIMEOUT = 10
_BYTES_MAX = 1_000_000
_LOCAL = ("localhost", "127.0.0.1", "::1")


class ProviderFault(Exception):  # noqa: N818 - it states a fact
    """The provider cannot be reached, or what it says does not hold. The text is for the log, never for a page."""


@dataclass(frozen=True, slots=True)
class Client:
    """What the provider knows this site as. ``issuer`` is exactly what its tokens say."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    secret_in_body: bool = False


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the provider answers, as its discovery document says."""

    authorization: str
    token: str
    keys: str
    user_info: str


@dataclass(frozen=True, slots=True)
class Journey:
    """What is remembered while somebody is at the provider; each part is a fresh random of 256 bits."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def begun(cls) -> "Journey":
        """A new one."""
        return cls(*(secrets.token_urlsafe(32) for _part in range(3)))


def discover(client: Client) -> Endpoints:
    """The provider's endpoints. ProviderFault when it does not answer, or speaks for another issuer than it is asked as."""
    said = _asked(Request(client.issuer.rstrip("/") + "/.well-known/openid-configuration"))  # noqa: S310 - see fetched
    if said.get("issuer") != client.issuer:
        msg = f"the provider calls itself {said.get('issuer')!r}, not {client.issuer!r}"
        raise ProviderFault(msg)
    try:
        found = Endpoints(
            authorization=str(said["authorization_endpoint"]),
            token=str(said["token_endpoint"]),
            keys=str(said["jwks_uri"]),
            user_info=str(said.get("userinfo_endpoint") or ""),
        )
    except KeyError as missing:
        msg = f"the provider's discovery document lacks {missing}"
        raise ProviderFault(msg) from missing
    for address in (found.authorization, found.token, found.keys, found.user_info or client.issuer):
        _check_address(address)
    return found


def way_there(client: Client, endpoints: Endpoints, journey: Journey, *, back: str) -> str:
    """The address at the provider to which the browser goes; ``back`` is where it comes back to."""
    digest = hashlib.sha256(journey.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": back,
        "scope": " ".join(client.scopes),
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{endpoints.authorization}{'&' if '?' in endpoints.authorization else '?'}{urlencode(asked)}"


def claims(client: Client, endpoints: Endpoints, journey: Journey, *, code: str, back: str) -> dict[str, Any]:
    """What the provider says of who came back with ``code``: the claims of the ID token, verified, and those of user info
    that the token does not make. ProviderFault for whatever does not hold.
    """
    answer = _exchanged(client, endpoints, journey, code, back)
    found = verified(client, endpoints, str(answer.get("id_token") or ""), nonce=journey.nonce)
    token = answer.get("access_token")
    if not endpoints.user_info or not token:
        return found
    more = _asked(Request(endpoints.user_info, headers={"Authorization": f"Bearer {token}"}))  # noqa: S310 - see fetched
    if more.get("sub") != found["sub"]:
        msg = "user info speaks of somebody else than the token"
        raise ProviderFault(msg)
    return {**more, **found}


def verified(client: Client, endpoints: Endpoints, token: str, *, nonce: str) -> dict[str, Any]:
    """The claims of an ID token whose signature, issuer, audience, days and nonce hold (Core 1.0, 3.1.3.7)."""
    import jwt  # only a house with a provider needs it, and it takes long to load

    try:
        header = jwt.get_unverified_header(token)
        key = _key(_asked(Request(endpoints.keys)), header)  # noqa: S310 - see fetched
        found: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            issuer=client.issuer,
            audience=client.client_id,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as wrong:
        msg = f"the token does not hold: {wrong}"
        raise ProviderFault(msg) from wrong
    if not found["sub"] or not secrets.compare_digest(str(found.get("nonce") or "").encode(), nonce.encode()):
        msg = "the token was made for another sign-in"
        raise ProviderFault(msg)
    several = isinstance(found["aud"], list) and len(found["aud"]) > 1
    if (several or "azp" in found) and found.get("azp") != client.client_id:
        msg = "the token was made for another site"
        raise ProviderFault(msg)
    return found


def _exchanged(client: Client, endpoints: Endpoints, journey: Journey, code: str, back: str) -> Mapping[str, Any]:
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": journey.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if client.secret_in_body:
        body |= {"client_id": client.client_id, "client_secret": client.secret}
    else:  # RFC 6749, 2.3.1: both parts are encoded before they are joined
        pair = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return _asked(Request(endpoints.token, data=urlencode(body).encode(), headers=headers))  # noqa: S310 - see fetched


def _key(said: Mapping[str, Any], header: Mapping[str, Any]) -> Any:
    """The key that the token names; the only one where it names none."""
    import jwt

    keys = [each for each in said.get("keys", []) if each.get("use", "sig") == "sig"]
    named = [each for each in keys if each.get("kid") == header.get("kid")] if header.get("kid") else keys
    if len(named) != 1:
        msg = "no single key of the provider fits the token"
        raise ProviderFault(msg)
    return jwt.PyJWK(named[0], algorithm=_believed(header)).key


def _believed(header: Mapping[str, Any]) -> str:
    algorithm = str(header.get("alg"))
    if algorithm not in ALGORITHMS:
        msg = f"signatures by {algorithm} are not believed"
        raise ProviderFault(msg)
    return algorithm


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: where a provider answers is what was configured and discovered."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Not followed."""


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        msg = f"{address} is not https"
        raise ProviderFault(msg)


def fetched(request: Request) -> bytes:
    """What is answered; over https alone, but to this machine itself. ProviderFault when nothing is, or too much."""
    _check_address(request.full_url)
    where = urlsplit(request.full_url).netloc
    try:
        with build_opener(_Stay).open(request, timeout=_TIMEOUT) as answer:
            body: bytes = answer.read(_BYTES_MAX + 1)
    except (URLError, HTTPException, OSError, ValueError) as wrong:
        msg = f"{where} does not answer as it should: {wrong}"
        raise ProviderFault(msg) from wrong
    if len(body) > _BYTES_MAX:
        msg = f"{where} answers with more than {_BYTES_MAX:,} bytes"
        raise ProviderFault(msg)
    return body


def _asked(request: Request) -> Mapping[str, Any]:
    """The JSON object answered."""
    request.add_header("Accept", "application/json")
    body, where = fetched(request), urlsplit(request.full_url).netloc
    try:
        found = json.loads(body)
    except ValueError as wrong:
        msg = f"{where} does not answer as it should: {wrong}"
        raise ProviderFault(msg) from wrong
    if not isinstance(found, dict):
        msg = f"{where} does not answer with a JSON object"
        raise ProviderFault(msg)
    return found
