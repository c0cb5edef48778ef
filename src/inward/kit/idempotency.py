"""The same submission twice is one act: the first leaves a receipt under its key, the second is answered with it.

A key belongs to one actor. The same key with another body is refused, as it can only be a mistake.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from inward.core.terms import Reason, Refusal
from inward.kit import rows
from inward.kit.actor import Actor
from inward.kit.canonical import fingerprint, plain
from inward.kit.ids import new_id
from inward.kit.models import IdempotencyReceipt
from inward.kit.outbox import job
from inward.kit.policy import Refused
from inward.kit.transaction import carrying, transaction, transaction_required
from inward.kit.writing import GateClosed, Rows, add

T = TypeVar("T")
GATE = "idempotency"
"""The name of the gate that the second of two equal submissions finds closed."""

KEPT_DAYS = 30
KEY_LENGTH_MAX = 200
_COLUMNS = {
    "id": "bigint",
    "actor": "text",
    "key": "text",
    "fingerprint": "text",
    "receipt": "jsonb",
    "at": "timestamptz",
}


class KeyReused(Refused):
    """The key came before with another body."""

    def __init__(self, key: str) -> None:
        super().__init__((Reason.of("idempotency_key_reused", key=key),))


class KeyUnfit(Refused):
    """The key is empty, too long, or has characters that cannot be kept."""

    def __init__(self, key: str) -> None:
        super().__init__((Reason.of("idempotency_key_unfit", length=len(key), length_max=KEY_LENGTH_MAX),))


@dataclass(frozen=True, slots=True)
class Key:
    """One submission: whose it is, the key it came with, and what it asked, as a fingerprint."""

    actor: str
    key: str
    fingerprint: str


def key_for(actor: Actor, key: str, body: object) -> Key:
    """The submission's key; ``body`` is all that makes two submissions the same. Raises KeyUnfit."""
    if not key.strip() or len(key) > KEY_LENGTH_MAX or not key.isprintable():
        raise KeyUnfit(key)
    return Key(actor.subject, key, fingerprint([actor.acting_for, body]))


def earlier(key: Key) -> dict[str, Any] | None:
    """The receipt of an earlier, equal submission, or None. Raises KeyReused when it asked for something else."""
    found = rows.one(IdempotencyReceipt, actor=key.actor, key=key.key)
    if found is None:
        return None
    if found.fingerprint != key.fingerprint:
        raise KeyReused(key.key)
    receipt: dict[str, Any] = found.receipt
    return receipt


def used(actor: Actor, key: str) -> bool:
    """Whether anything of this actor's that is still remembered came with the key."""
    return rows.one(IdempotencyReceipt, actor=actor.subject, key=key) is not None


def receipt_row(key: Key, receipt: Mapping[str, Any], at: datetime) -> Rows:
    """The receipt as a row for the write set of the act; the second of two at once finds the gate GATE closed."""
    row = (new_id(), key.actor, key.key, key.fingerprint, plain(receipt), at)
    return Rows("kit_idempotencyreceipt", tuple(_COLUMNS), tuple(_COLUMNS.values()), (row,), gate=GATE)


@transaction_required
def keep(key: Key, receipt: Mapping[str, Any], *, at: datetime) -> None:
    """Keep the receipt in the open transaction, for acts that use the ORM. Raises GateClosed(GATE) for the second, whose transaction
    is undone.
    """
    add(receipt_row(key, receipt, at))


def once(key: Key, act: Callable[[], Mapping[str, Any]], *, at: datetime) -> Mapping[str, Any]:
    """Do the act and keep the receipt it returns, both or neither; an equal submission that was first answers for both.

    For acts that open their own transaction and know nothing of keys. Raises KeyReused, and whatever the act raises.
    """
    found = earlier(key)
    if found is not None:
        return found
    try:
        with carrying():
            receipt = act()
            keep(key, receipt, at=at)
            return receipt
    except GateClosed:
        found = earlier(key)
        if found is None:  # a gate of the act's own
            raise
        return found


def answered(key: Key, act: Callable[[], T], *, again: Callable[[Mapping[str, Any]], T]) -> T:
    """What the act returns; where an equal submission was first and shut a gate or used up what this one needs, its answer.

    For acts that keep their receipt in their own write; ``again`` reads it. Raises KeyReused, and whatever the act raises.
    """
    try:
        return act()
    except (GateClosed, Refusal):
        found = earlier(key)
        if found is None:
            raise
        return again(found)


@job("kit.forget_receipts", every=timedelta(days=1))
def forget_receipts(*, at: datetime) -> None:
    """Forget receipts after 30 days: a key that old is a new submission."""
    with transaction():
        IdempotencyReceipt.objects.filter(at__lt=at - timedelta(days=KEPT_DAYS)).delete()
