"""A connection of one's own to a database, beside the one every act uses: for reading one moment of it, or filling another.

It is named, opened and closed here. Acts have no business with it: they use the default connection and its transaction.
"""

import errno
import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

_numbers = itertools.count(1)
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})


def out_of_room(error: BaseException) -> bool:
    """Whether an act failed because the disk is full (or a quota): SQLite, PostgreSQL or a file said so."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if isinstance(cause, sqlite3.OperationalError):
            return getattr(cause, "sqlite_errorcode", 0) in _NO_ROOM
        if getattr(cause, "sqlstate", None) == "53100":
            return True
        cause = cause.__cause__
    return False


@contextmanager
def snapshot() -> Iterator[str]:
    """The house's database as it is at the first look and stays until the end, whoever writes meanwhile; its alias.

    SQLite: a reader of the write-ahead log, which holds up no writer. PostgreSQL: repeatable read, read only.
    """
    own = connections["default"]
    if own.vendor == "postgresql":
        from psycopg import IsolationLevel  # only where PostgreSQL is

        with another({"isolation_level": IsolationLevel.REPEATABLE_READ}) as alias:
            yield alias
    else:
        with another({"transaction_mode": "DEFERRED"}) as alias:
            yield alias


@contextmanager
def beside(file: Path) -> Iterator[str]:
    """A SQLite file other than the house's own, with the same options; its alias."""
    with another({}, name=str(file)) as alias:
        yield alias


@contextmanager
def another(options: Mapping[str, Any], *, name: str | None = None) -> Iterator[str]:
    """One more connection to the house's database (or the file ``name``), with other options; closed at the end."""
    settings = dict(connections["default"].settings_dict)
    settings |= {"OPTIONS": {**settings["OPTIONS"], **options}, "CONN_MAX_AGE": 0, "NAME": settings["NAME"] if name is None else name}
    alias = f"own{next(_numbers)}"
    connections.databases[alias] = settings
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]
