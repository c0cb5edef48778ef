"""Locks that last until the transaction ends: taken once, late, all together and in the order of their keys.

That order is why two acts never wait for each other crosswise. On SQLite the write lock that ``transaction()`` holds is
lock enough. Lock what is used up; giving back needs none. The hot path takes no locks but gates (``writing``).
"""

from collections.abc import Collection
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from inward.kit.transaction import note_locks, transaction_required

M = TypeVar("M", bound=Model)


class LocksTakenAlready(RuntimeError):  # noqa: N818 - it states a fact
    """This transaction took its locks before: taking more could make two acts wait for each other for ever."""


@transaction_required
def advisory(*names: str) -> None:
    """Hold the right to these names ("kit.audit", "ledger.numbers:abc") until the transaction ends.

    Raises LocksTakenAlready the second time in one transaction.
    """
    _once()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in sorted(set(names)):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@transaction_required
def rows(queryset: QuerySet[M], keys: Collection[int]) -> dict[int, M]:
    """Lock the rows with these keys until the transaction ends, and read them as they are now.

    Keys that are not in the queryset are missing from the answer. Raises LocksTakenAlready the second time.
    """
    _once()
    found = queryset.filter(pk__in=set(keys)).order_by("pk").select_for_update(of=("self",))
    return {row.pk: row for row in found}


def _once() -> None:
    if not note_locks():
        raise LocksTakenAlready
