"""Whose word lets people in: the providers of single sign-on, read from a file that the operator keeps.

The file is named by ``INWARD_SIGN_IN_PROVIDERS``; its form is in docs/howto/sign-in-with-oidc.md and sign-in-with-saml.md.
Importable without Django being set up: the settings read it.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from inward.access.vocabulary import EVERYTHING, GRANTABLE, Role
from inward.kit.oidc import Client
from inward.kit.saml import Partner

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_EITHER = frozenset(
    {"name", "title", "protocol", "issuer", "email_domains", "directory", "directory_claim", "unknown_people"}
    | {"groups_claim", "role", "second_factor", "sign_out"}
)
_KEYS: Final = {
    "oidc": _EITHER | {"client_id", "client_secret_file", "client_secret_in_body", "scopes"},
    "saml": _EITHER | {"metadata_file", "metadata_url", "subject_attribute", "email_attribute", "username_attribute"},
}
"""What may be said of a provider, by the protocol it speaks."""


class ProvidersRefused(Exception):  # noqa: N818 - it states a fact
    """The file cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class RoleOfGroup:
    """Who is in the provider's group holds this role here, over a party ("*": everything)."""

    group: str
    role: Role
    party: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider; ``client`` says which protocol it speaks, and what is needed for it. ``email_domains`` are those for which its verified addresses are believed; ``directory`` names the
    machine by which the same authority says over SCIM who works here, ``directory_claim`` the claim with the external id.
    ``makes_users``: an unknown person becomes a user without any work; else she is refused. ``second_factor`` are the
    values of ``amr`` or ``acr`` that count as one; with none, ours is asked for all the same.
    """

    name: str
    title: str
    client: Client | Partner
    email_domains: frozenset[str] = frozenset()
    directory: str = ""
    directory_claim: str = "sub"
    makes_users: bool = False
    groups_claim: str = "groups"
    roles: tuple[RoleOfGroup, ...] = ()
    second_factor: frozenset[str] = frozenset()
    sign_out: str = ""

    @property
    def source(self) -> str:
        """On whose word its roles are granted, as grants and audit say."""
        return f"sso:{self.name}"


def read(file: Path) -> tuple[Provider, ...]:
    """The providers in the file, in its order. ProvidersRefused with a sentence when it cannot be used."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        msg = f"cannot be read: {wrong}"
        raise ProvidersRefused(msg) from wrong
    tables = found.pop("provider", [])
    if found or not isinstance(tables, list):
        msg = "holds [[provider]] tables and nothing else"
        raise ProvidersRefused(msg)
    providers = tuple(_provider(table, file.parent) for table in tables)
    for what, said in (
        ("name", [each.name for each in providers]),
        ("issuer and client_id", [_known_as(each.client) for each in providers]),
    ):
        if len(set(said)) < len(said):
            msg = f"says the same {what} twice"
            raise ProvidersRefused(msg)
    return providers


def _provider(table: Mapping[str, Any], folder: Path) -> Provider:
    name = str(table.get("name", ""))
    if not _NAME.fullmatch(name):
        msg = f"has a provider whose name is not small letters, digits and hyphens: {name!r}"
        raise ProvidersRefused(msg)
    protocol = _text(table, name, "protocol", "oidc")
    if protocol not in _KEYS:
        msg = f"must say protocol of {name} as oidc or saml"
        raise ProvidersRefused(msg)
    strange = sorted(table.keys() - _KEYS[protocol])
    if strange:
        msg = f"says {strange[0]} of {name}, which means nothing"
        raise ProvidersRefused(msg)
    unknown = _text(table, name, "unknown_people", "refuse")
    if unknown not in ("refuse", "make"):
        msg = f"must say unknown_people of {name} as refuse or make"
        raise ProvidersRefused(msg)
    return Provider(
        name=name,
        title=_text(table, name, "title", name),
        client=_client(table, name, folder) if protocol == "oidc" else _partner(table, name, folder),
        email_domains=frozenset(each.lower() for each in _texts(table, name, "email_domains", ())),
        directory=_text(table, name, "directory", ""),
        directory_claim=_text(table, name, "directory_claim", "sub"),
        makes_users=unknown == "make",
        groups_claim=_text(table, name, "groups_claim", "groups"),
        roles=tuple(_role(each, name) for each in table.get("role", [])),
        second_factor=frozenset(_texts(table, name, "second_factor", ())),
        sign_out=_address(table, name, "sign_out") if "sign_out" in table else "",
    )


def _client(table: Mapping[str, Any], name: str, folder: Path) -> Client:
    try:
        secret = (folder / _text(table, name, "client_secret_file")).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as wrong:
        msg = f"names a client_secret_file of {name} that cannot be read: {wrong}"
        raise ProvidersRefused(msg) from wrong
    scopes = _texts(table, name, "scopes", ("openid", "profile", "email"))
    in_body = table.get("client_secret_in_body", False)
    if "openid" not in scopes or not isinstance(in_body, bool) or not secret:
        msg = f"needs of {name} the scope openid, a secret, and client_secret_in_body as true or false"
        raise ProvidersRefused(msg)
    return Client(_address(table, name, "issuer"), _text(table, name, "client_id"), secret, scopes, in_body)


def _partner(table: Mapping[str, Any], name: str, folder: Path) -> Partner:
    """Who speaks SAML, with its metadata as a document beside the file, or at an address; one of the two."""
    if ("metadata_file" in table) == ("metadata_url" in table):
        msg = f"must say of {name} either metadata_file or metadata_url"
        raise ProvidersRefused(msg)
    document = ""
    if "metadata_file" in table:
        try:
            document = (folder / _text(table, name, "metadata_file")).read_text(encoding="utf-8")
        except (OSError, ValueError) as wrong:
            msg = f"names a metadata_file of {name} that cannot be read: {wrong}"
            raise ProvidersRefused(msg) from wrong
    return Partner(
        issuer=_text(table, name, "issuer"),
        metadata=document,
        metadata_url=_address(table, name, "metadata_url") if not document else "",
        subject=_text(table, name, "subject_attribute", ""),
        email=_text(table, name, "email_attribute", ""),
        username=_text(table, name, "username_attribute", ""),
    )


def _known_as(client: Client | Partner) -> tuple[str, str]:
    return client.issuer, client.client_id if isinstance(client, Client) else ""


def _role(table: Mapping[str, Any], name: str) -> RoleOfGroup:
    wanted = _text(table, name, "role").upper()
    if wanted not in {role.value for role in GRANTABLE}:
        msg = f"gives at {name} a role that nobody can be granted: {wanted.lower()}"
        raise ProvidersRefused(msg)
    return RoleOfGroup(_text(table, name, "group"), Role(wanted), _text(table, name, "party", EVERYTHING))


def _text(table: Mapping[str, Any], name: str, key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (default is None and not value):
        msg = f"must say {key} of {name}, as a text"
        raise ProvidersRefused(msg)
    return value


def _texts(table: Mapping[str, Any], name: str, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = table.get(key, list(default))
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        msg = f"must say {key} of {name} as a list of texts"
        raise ProvidersRefused(msg)
    return tuple(value)


def _address(table: Mapping[str, Any], name: str, key: str) -> str:
    value = _text(table, name, key)
    parts = urlsplit(value)
    local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not (parts.scheme == "https" or local) or not parts.hostname:
        msg = f"must say {key} of {name} as an https address, not {value!r}"
        raise ProvidersRefused(msg)
    return value


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a provider says of somebody, as far as it is heard here. ``email`` is "" unless it is believed."""

    issuer: str
    subject: str
    email: str
    username: str
    groups: frozenset[str]
    directory_id: str
    shown: frozenset[str]

    def second_factor(self, provider: Provider) -> bool:
        """Whether what she showed there counts as a second factor."""
        return bool(self.shown & provider.second_factor)


def claimed(provider: Provider, claims: Mapping[str, Any]) -> Claimed:
    """The verified ``claims`` of an ID token (and user info), or of a SAML assertion, as this house hears them.

    A missing claim of groups means none: what was granted by one ends. An address counts only when the provider says that
    it is verified, and is believed for its domain.
    """
    email = str(claims.get("email") or "").strip().lower()
    verified = claims.get("email_verified") in (True, "true")
    believed = verified and email.rpartition("@")[2] in provider.email_domains
    return Claimed(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        email=email if believed else "",
        username=str(claims.get("preferred_username") or email.partition("@")[0]),
        groups=_many(claims.get(provider.groups_claim)),
        directory_id=str(claims.get(provider.directory_claim) or ""),
        shown=_many(claims.get("amr")) | _many(claims.get("acr")),
    )


def _many(value: object) -> frozenset[str]:
    said = value if isinstance(value, list) else [value]
    return frozenset(each for each in said if isinstance(each, str) and each)
