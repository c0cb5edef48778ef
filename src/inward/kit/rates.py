"""How often somebody does something: counts per key and minute, shared by all processes of this machine.

The counts lie in one small file that every process maps into memory, so that a limit is the same limit however many
processes serve. Counting takes some microseconds and no database. What is lost with the file is a minute's counting.
Not for what must be exact over several machines, and not for evidence: keys are kept as digests for a minute.
"""

import fcntl
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

WINDOW_SECONDS = 60
_SLOT = struct.Struct("<QII")
"""Digest of the key, number of the window, count in it."""
_SLOTS = 16_384
_PROBES = 16
_COUNT_MAX = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Spent:
    """What one more call means: whether it is within the limit, how many are left, seconds until all are back."""

    within: bool
    most: int
    left: int
    seconds: int


class Windows:
    """Counts per key in fixed windows of a minute, in the file at ``path`` (made when first used)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._pid = 0
        self._file: int | None = None
        self._slots: mmap.mmap | bytearray = bytearray()

    def spend(self, key: str, *, most: int, at: datetime) -> Spent:
        """Count one call of ``key`` against ``most`` a minute. A refused call is not counted: waiting always helps."""
        instant = int(at.timestamp())
        window, seconds = instant // WINDOW_SECONDS, WINDOW_SECONDS - instant % WINDOW_SECONDS
        digest = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
        with self._held() as slots:
            place, count = _found(slots, digest, window)
            within = count < most
            if within and count < _COUNT_MAX:
                count += 1
                _SLOT.pack_into(slots, place, digest, window, count)
        return Spent(within, most, max(most - count, 0), seconds)

    @contextmanager
    def _held(self) -> Iterator[mmap.mmap | bytearray]:
        """The slots, for this thread of this process alone."""
        with self._lock:
            if self._pid != os.getpid():
                self._open()
            if self._file is None:
                yield self._slots
                return
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield self._slots
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _open(self) -> None:
        """Map the file; where none can be written, count in this process alone."""
        self._pid, self._file, self._slots = os.getpid(), None, bytearray(_SLOTS * _SLOT.size)
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.posix_fallocate(file, 0, _SLOTS * _SLOT.size)
            self._slots, self._file = mmap.mmap(file, _SLOTS * _SLOT.size), file


def _found(slots: mmap.mmap | bytearray, digest: int, window: int) -> tuple[int, int]:
    """The place of the key and its count in this window: its own slot, else a free one, else the least used nearby.

    Taking another's slot forgives that one its count; it never charges anybody for another's calls.
    """
    best, least = 0, _COUNT_MAX + 1
    for probe in range(_PROBES):
        place = (digest + probe) % _SLOTS * _SLOT.size
        held, held_window, count = _SLOT.unpack_from(slots, place)
        current = held_window == window
        if held == digest and current:
            return place, count
        used = count if current else -1
        if used < least:
            best, least = place, used
    return best, 0
