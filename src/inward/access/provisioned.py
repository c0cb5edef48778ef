"""What directories said, for whoever said it and for those who look after directories. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inward.access import policy
from inward.access.models import DirectoryMapping, DirectoryRecord
from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import require


@dataclass(frozen=True, slots=True)
class Kept:
    """One SCIM document as it stands; ``reference`` is its SCIM id."""

    reference: str
    kind: str
    document: dict[str, Any]
    version: int
    made_at: datetime
    changed_at: datetime


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
class Mapping:
    """What a text of a directory means here."""

    connection: int
    attribute: str
    text: str
    party: str | None
    work_kind: str


def records(*, viewer: Actor, kinds: Collection[str], **equal: str) -> tuple[Kept, ...]:
    """What this very connection said, in the order in which it came; ``equal`` narrows by column."""
    found = DirectoryRecord.objects.filter(connection_id=viewer.user, kind__in=kinds, removed_at=None, **equal)
    return tuple(
        Kept(each.reference, each.kind, each.document, each.version, each.made_at, each.changed_at)
        for each in found.order_by("id")
    )


def parked(*, viewer: Actor, at: datetime) -> tuple[Parked, ...]:
    """Everybody who waits for a mapping, longest first. Raises Refused."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    found = DirectoryRecord.objects.filter(removed_at=None).exclude(parked=[]).select_related("connection")
    return tuple(
        Parked(
            each.reference,
            each.connection_id,
            each.connection.username,
            each.document.get("displayName") or each.document.get("userName", ""),
            tuple(Reason.of(code, **facts) for code, facts in each.parked),
            each.changed_at,
        )
        for each in found.order_by("changed_at", "id")
    )


def mappings(*, viewer: Actor, at: datetime) -> tuple[Mapping, ...]:
    """What texts mean, by connection. Raises Refused."""
    require(policy.may_keep_directories(viewer, on=at.date()))
    found = DirectoryMapping.objects.select_related("party").order_by("connection_id", "attribute", "text")
    return tuple(
        Mapping(
            each.connection_id,
            each.attribute,
            each.text,
            None if each.party is None else each.party.code,
            each.work_kind,
        )
        for each in found
    )
