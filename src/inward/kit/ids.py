"""Keys that are known before anything is written: 63-bit numbers in order of time, and secrets for addresses.

A parent's key is known to its children before the first insert, so one statement can write them all. Order numbers that
people say aloud are elsewhere (``numbers``), and legal document numbers are the ledger's.
"""

import os
import secrets
import threading
import time
from datetime import UTC, datetime

from inward.kit import clock

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_LOW_BITS = 22
_RUN_SECONDS = 1.0
_MS_MAX = (1 << 41) - 1


class _Run:
    """The keys of this process: counted up by one from a start that is drawn anew every second.

    The start is the millisecond (41 bits) and a random number below it (21 of 22 bits; the last leaves room to count).
    Counting in long runs keeps two processes apart better than chance at every key: at 4,000 keys a second each they
    meet about once in three days of such load, and then the primary key refuses the row, so nothing is mixed up.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last = 0
        self.until = 0.0
        """Until when, by the clock that only runs forward, this run is counted on."""

    def next(self) -> int:
        """One more key, larger than every earlier one of this process."""
        present = time.monotonic()
        with self.lock:
            if present >= self.until:
                self.until = present + _RUN_SECONDS
                self.last = max(self.last, _milliseconds() << _LOW_BITS | secrets.randbits(_LOW_BITS - 1))
            self.last += 1
            return self.last


def new_id() -> int:
    """A new key: positive, below 2**63, larger than those this process made before."""
    return _run.next()


def public_reference() -> str:
    """22 url-safe characters (128 bits) that nobody can guess: how a thing is named in addresses."""
    return secrets.token_urlsafe(16)


def _milliseconds() -> int:
    """Milliseconds since 2020, held within 41 bits (an instant before 2020 counts as its first)."""
    return min(max(int((clock.now() - _EPOCH).total_seconds() * 1000), 0), _MS_MAX)


def _renew() -> None:
    """Forget the run: a forked child must not count on from its parent's number."""
    global _run  # noqa: PLW0603 - one run per process is the meaning of it
    _run = _Run()


_run = _Run()
os.register_at_fork(after_in_child=_renew)
