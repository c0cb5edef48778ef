"""Rows of an open transaction wait for one another, so that one statement writes what an act says in several places.

They are written, in the order in which they were given, before any statement that names one of their tables, before a block inside
the transaction begins, and before the transaction ends: nobody in it can tell that they waited. Where it fails they are forgotten
with everything else. ``writing.add`` gives them, ``transaction`` sees to its ends. Why: docs/decisions/0220-rows-wait-for-one-another.md.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from django.db import connection

MOST: Final = 200
"""Of so many parts none waits any longer: what is brought in by the thousand is not all held in memory."""


class Part(Protocol):
    """Rows of one table."""

    @property
    def table(self) -> str:
        """The table's name."""


class _Waiting(threading.local):
    """What waits in this thread, and who writes it."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self.tables: set[str] = set()
        self.write: Callable[[Sequence[Any]], None] | None = None


_waiting = _Waiting()


def wait(parts: Sequence[Part], write: Callable[[Sequence[Any]], None]) -> None:
    """Let these parts wait; ``write`` writes all that waits at once, when it is time."""
    if not parts:
        return
    if not _waiting.parts:
        # First, not last: whoever wraps statements for a while takes the last one off again.
        connection.execute_wrappers.insert(0, _before)
    _waiting.parts.extend(parts)
    _waiting.tables.update(part.table for part in parts)
    _waiting.write = write
    if len(_waiting.parts) >= MOST:
        settle()


def taken() -> list[Any]:
    """What waits, for whoever writes it now; nothing waits afterwards."""
    parts, _waiting.parts = _waiting.parts, []
    if parts:
        _waiting.tables.clear()
        connection.execute_wrappers.remove(_before)
    return parts


def settle() -> None:
    """Write what waits."""
    parts = taken()
    if parts:
        assert _waiting.write is not None  # whoever let them wait said it
        _waiting.write(parts)


def _before(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
    """Before a statement that may read or change what waits, it is written."""
    if any(table in sql for table in _waiting.tables):
        settle()
    return execute(sql, params, many, context)
