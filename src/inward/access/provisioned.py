"""What directories said, for whoever said it and for those who look after directories. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from inward.access import policy
from inward.access.models import ApiToken, DirectoryMapping, DirectoryRecord, User
from inward.access.said import Said, said
from inward.access.vocabulary import DirectoryAttribute, TokenScope
from inward.core.classification import WorkKind
from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require

Row = TypeVar("Row", bound=Model)

PARKED_LIST = ListSpec({"since": "changed_at"}, {"connection": "connection_id"}, default="since")
MEANING_LIST = ListSpec(
    {"text": "text", "attribute": "attribute"},
    {"connection": "connection_id", "attribute": "attribute"},
    default="text",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One SCIM document as it stands; ``reference`` is its SCIM id."""

    reference: str
    kind: str
    document: dict[str, Any]
    version: int
    made_at: datetime
    changed_at: datetime
    parked: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """Somebody of whom a directory speaks and who could not be placed, with the reasons."""

    reference: str
    connection: int
    connection_name: str
    name: str
    reasons: tuple[Reason, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text of a directory means here: a party by its code, a kind of work, or (neither) nothing."""

    id: int
    connection: int
    connection_name: str
    attribute: DirectoryAttribute
    text: str
    party: str | None
    work_kind: WorkKind | None


def records(*, viewer: Actor, kinds: Collection[str], **equal: str) -> tuple[Kept, ...]:
    """What this very connection said, in the order in which it came; ``equal`` narrows by column."""
    found = DirectoryRecord.objects.filter(connection_id=viewer.user, kind__in=kinds, removed_at=None, **equal)
    return tuple(
        Kept(each.reference, each.kind, each.document, each.version, each.made_at, each.changed_at, bool(each.parked))
        for each in found.order_by("id")
    )


def parked(*, viewer: Actor, at: datetime) -> tuple[Parked, ...]:
    """Everybody who waits for a mapping, longest first. Raises Refused."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    return tuple(_parked(each) for each in _waiting(viewer).order_by("changed_at", "id"))


def parked_page(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[Parked]:
    """Everybody who waits, a page at a time; ``text`` looks in sign-in names, ``connection`` asks for one directory."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    rows = _searched(_waiting(viewer), "user_name", params)
    return page(rows, PARKED_LIST, params).map(_parked)


def parked_one(*, viewer: Actor, at: datetime, reference: str) -> tuple[Parked, Said]:
    """Somebody who waits, and what her directory says of her. NotThere for anybody else."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    found = _waiting(viewer).filter(reference=reference).first()
    if found is None:
        raise NotThere
    return _parked(found), said(found.document)


def mappings(*, viewer: Actor, at: datetime) -> tuple[Meaning, ...]:
    """What texts mean, by connection. Raises Refused."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    return tuple(_meaning(each) for each in _meanings().order_by("connection_id", "attribute", "text"))


def mappings_page(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[Meaning]:
    """What texts mean, a page at a time; ``text`` looks in them, ``connection`` and ``attribute`` narrow."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    return page(_searched(_meanings(), "text", params), MEANING_LIST, params).map(_meaning)


def mapping(*, viewer: Actor, at: datetime, key: int) -> Meaning:
    """What one text means. NotThere for none of that key."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    found = _meanings().filter(pk=key).first()
    if found is None:
        raise NotThere
    return _meaning(found)


def connections(*, viewer: Actor, at: datetime) -> dict[int, str]:
    """The directories that have said something or hold a token that lets them, by key. Raises Refused."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    heard = set(DirectoryRecord.objects.values_list("connection_id", flat=True).distinct())
    tokens = ApiToken.objects.filter(revoked_at=None, expires_at__gt=at).values_list("user_id", "scopes")
    heard |= {user for user, scopes in tokens if TokenScope.SCIM.value in scopes}
    return dict(User.objects.filter(pk__in=heard).order_by("username").values_list("pk", "username"))


def _waiting(viewer: Actor) -> QuerySet[DirectoryRecord]:
    """Whoever waits, but for people who are hidden from the viewer."""
    rows = DirectoryRecord.objects.filter(removed_at=None).exclude(parked=[]).select_related("connection")
    return rows.exclude(person__code__in=sorted(viewer.hidden)) if viewer.hidden else rows


def _meanings() -> QuerySet[DirectoryMapping]:
    return DirectoryMapping.objects.select_related("party", "connection")


def _searched(rows: QuerySet[Row], column: str, params: Mapping[str, str]) -> QuerySet[Row]:
    text = params.get("text", "").replace("\0", "").strip()
    return rows.filter(**{f"{column}__icontains": text}) if text else rows


def _parked(row: DirectoryRecord) -> Parked:
    return Parked(
        row.reference,
        row.connection_id,
        row.connection.username,
        row.document.get("displayName") or row.document.get("userName", ""),
        tuple(Reason.of(code, **facts) for code, facts in row.parked),
        row.changed_at,
    )


def _meaning(row: DirectoryMapping) -> Meaning:
    party = None if row.party is None else row.party.code
    kind = WorkKind(row.work_kind) if row.work_kind else None
    return Meaning(
        row.id, row.connection_id, row.connection.username, DirectoryAttribute(row.attribute), row.text, party, kind
    )
