"""One writer at a time on SQLite: a lock in the process and one on a file beside the database for other processes.

SQLite has one writer anyway, but lets the others poll for it; waiting in line here took the slowest writes from a second
to a tenth. On PostgreSQL there is nothing to take. The file lock ends with its process, however that ends.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection

PATIENCE_SECONDS = 30.0
_POLL_SECONDS = 0.002
_in_process = threading.RLock()


class _Held(threading.local):
    depth = 0


_held = _Held()


class WriteLockBusy(OperationalError):  # noqa: N818 - it states a fact
    """Another writer held the lock for longer than anybody should wait. Nothing was written; trying again is right."""


@contextmanager
def write_lock(patience: float | None = None) -> Iterator[None]:
    """Hold the right to write while the block runs; at once on PostgreSQL and where this thread holds it already.

    Raises WriteLockBusy after ``patience`` seconds (by default half a minute).
    """
    if connection.vendor != "sqlite" or _held.depth:
        yield
        return
    deadline = time.monotonic() + (PATIENCE_SECONDS if patience is None else patience)
    if not _in_process.acquire(timeout=max(deadline - time.monotonic(), 0)):
        raise WriteLockBusy
    try:
        with _locked_file(deadline):
            _held.depth = 1
            try:
                yield
            finally:
                _held.depth = 0
    finally:
        _in_process.release()


@contextmanager
def _locked_file(deadline: float) -> Iterator[None]:
    path = _lock_path()
    if path is None:
        yield
        return
    # Opened anew each time: a forked child must not share its parent's lock, and opening costs microseconds.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(handle, deadline)
        yield
    finally:
        os.close(handle)  # closing gives the lock back


def _wait_for(handle: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WriteLockBusy from None
            time.sleep(_POLL_SECONDS)
        else:
            return


def _lock_path() -> Path | None:
    """The lock file beside the database file; None for a database in memory, which no other process can see."""
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        return None
    return Path(name.removeprefix("file:").split("?", 1)[0] + ".write-lock")
