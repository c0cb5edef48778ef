"""What was done, by whom, when, on what: one row per act, sealed afterwards in a chain that shows every later change.

The act only inserts its row; a job seals rows in the order of their keys, each seal being the SHA-256 of the seal before
and of the row. A row that is committed late is sealed later, never left out. Rows name people by subject keys alone.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from inward.kit.actor import Actor
from inward.kit.canonical import canonical, plain
from inward.kit.ids import new_id
from inward.kit.locks import advisory
from inward.kit.models import AuditRow, AuditSeal
from inward.kit.outbox import job
from inward.kit.transaction import transaction, transaction_required
from inward.kit.writing import Rows, add

SEALED_AT_ONCE = 1_000
BATCHES_AT_ONCE = 100
_FIRST = "0" * 64
_THINGS_MAX = 500
_COLUMNS = {
    "id": "bigint",
    "at": "timestamptz",
    "subject": "text",
    "acting_for": "text",
    "via": "text",
    "act": "text",
    "thing": "text",
    "facts": "jsonb",
    "seal": "text",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of the chain found: rows sealed and not yet sealed, and where it breaks first, if it does.

    ``broken_at`` is a position in the chain (from 1); ``row`` the key of the row there, None when the row is gone;
    ``head`` the last seal, worth keeping elsewhere: it proves everything before it.
    """

    sealed: int
    unsealed: int
    broken_at: int | None
    row: int | None
    problem: str
    head: str

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, removed or put in between."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class Told:
    """An act as the audit tells it: when, by whom (a subject key), for whom, through which door, which act, its facts."""

    at: datetime
    subject: str
    acting_for: str
    via: str
    act: str
    thing: str
    facts: Mapping[str, Any]


def told(things: Collection[str], *, most: int = 200, but: Collection[str] = ()) -> tuple[Told, ...]:
    """The latest acts on any of these things, newest first, at most so many, without those named in ``but``.

    Whoever asks has seen that she may see them.
    """
    rows = AuditRow.objects.filter(thing__in=list(things)[:_THINGS_MAX]).exclude(act__in=but).order_by("-id")[:most]
    return tuple(Told(row.at, row.subject, row.acting_for, row.via, row.act, row.thing, row.facts) for row in rows)


@transaction_required
def record(*, by: Actor, at: datetime, act: str, thing: str, facts: Mapping[str, Any]) -> None:
    """Note an act in the transaction in which it happens.

    ``act`` is its name ("trade.approve_order"), ``thing`` a reference; ``facts`` are plain values, no names of people.
    """
    add(audit_rows(by=by, at=at, act=act, thing=thing, facts=facts))


def audit_rows(*, by: Actor, at: datetime, act: str, thing: str, facts: Mapping[str, Any]) -> Rows:
    """The same as a row for a write set."""
    row = (new_id(), at, by.subject, by.acting_for or "", by.via, act, thing, plain(facts), "")
    return Rows(table="kit_auditrow", columns=tuple(_COLUMNS), types=tuple(_COLUMNS.values()), rows=(row,))


@job("kit.seal_audit", every=timedelta(seconds=10), outside=True)
def seal_audit(*, at: datetime) -> None:
    """Seal what is not sealed yet, each batch in a transaction of its own so that nobody waits long for the writer."""
    for _ in range(BATCHES_AT_ONCE):
        if seal(SEALED_AT_ONCE, at=at) < SEALED_AT_ONCE:
            return


def seal(limit: int = SEALED_AT_ONCE, *, at: datetime) -> int:
    """Seal up to ``limit`` rows in the order of their keys; returns how many. One sealer at a time."""
    with transaction():
        advisory("kit.audit")
        return _seal(list(AuditRow.objects.filter(position__isnull=True).order_by("id")[:limit]), at)


def _seal(rows: list[AuditRow], at: datetime) -> int:
    if not rows:
        return 0
    position, head = _last()
    sealed = []
    for row in rows:
        position += 1
        head = seal_of(head, position, row)
        sealed.append((position, head, row.id))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE kit_auditrow SET position = %s, seal = %s WHERE id = %s", sealed)
    AuditSeal.objects.bulk_create([AuditSeal(position=position, sealed_at=at, rows=len(rows), head=head)])
    return len(rows)


def _last() -> tuple[int, str]:
    """The chain's last position and seal, as the last batch left them."""
    last = AuditSeal.objects.order_by("-position").first()
    return (0, _FIRST) if last is None else (last.position, last.head)


def seal_of(before: str, position: int, row: AuditRow) -> str:
    """The seal of a row: SHA-256 of the seal before it, its position and its canonical spelling."""
    told = {
        "id": row.id,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "subject": row.subject,
        "acting_for": row.acting_for,
        "via": row.via,
        "act": row.act,
        "thing": row.thing,
        "facts": row.facts,
    }
    return hashlib.sha256(f"{before}\n{position}\n{canonical(told)}".encode()).hexdigest()


def verify() -> Report:
    """Recompute every seal from the first row on, and compare rows and batches; names the first that does not fit."""
    unsealed = AuditRow.objects.filter(position__isnull=True).count()
    seals = iter(AuditSeal.objects.order_by("position").values_list("position", "head").iterator())
    rows = AuditRow.objects.filter(position__isnull=False).order_by("position").iterator()
    sealed, head, row, problem = _followed(rows, seals)
    broken_at = sealed + 1 if problem else None
    return Report(sealed=sealed, unsealed=unsealed, broken_at=broken_at, row=row, problem=problem, head=head)


def _followed(rows: Iterable[AuditRow], seals: Iterator[tuple[int, str]]) -> tuple[int, str, int | None, str]:
    """Follow the chain as far as it holds: how many rows, the last seal, and the row and problem where it breaks."""
    position, head = 0, _FIRST
    batch = next(seals, None)
    for row in rows:
        if row.position != position + 1:
            return position, head, None, "row_missing"
        expected = seal_of(head, row.position, row)
        if row.seal != expected:
            return position, head, row.id, "row_changed"
        if batch is None:
            return position, head, row.id, "batch_missing"
        if row.position == batch[0]:
            if batch[1] != expected:
                return position, head, row.id, "batch_changed"
            batch = next(seals, None)
        position, head = row.position, expected
    return (position, head, None, "row_missing") if batch is not None else (position, head, None, "")
