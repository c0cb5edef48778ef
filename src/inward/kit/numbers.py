"""Short running numbers that people can say aloud, unique but with gaps; handed out from blocks reserved per process.

Not for legal documents: those are numbered without gaps by the ledger. A block costs one write; a number costs nothing,
so no two orders ever wait for one counter row.
"""

import threading

from django.db import connection

from inward.kit.transaction import transaction

BLOCK = 100
FIRST = 100_001

_lock = threading.Lock()
_blocks: dict[tuple[str, str], tuple[int, int]] = {}
_RESERVE = """
    INSERT INTO kit_version (name, number) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET number = kit_version.number + %s
    RETURNING number
"""


def next_number(series: str) -> int:
    """The next number of a series ("trade.order"); never given twice, by any process. Not inside a transaction."""
    place = (str(connection.settings_dict["NAME"]), series)
    with _lock:
        following, last = _blocks.get(place, (1, 0))
        if following > last:
            following, last = _reserve(series, at_least=following, count=BLOCK)
        _blocks[place] = (following + 1, last)
        return following


def reserved(series: str, count: int) -> range:
    """So many numbers in a row at once, for set-wise work. Not inside a transaction."""
    with _lock:
        first, last = _reserve(series, at_least=1, count=count)
    return range(first, last + 1)


def forget_all() -> None:
    """Let go of every block held here, so that the database says what is next: for tests, whose databases roll back."""
    with _lock:
        _blocks.clear()


def _reserve(series: str, *, at_least: int, count: int) -> tuple[int, int]:
    """Reserve a block that begins at or above ``at_least`` (a restored database may be behind this process)."""
    while True:
        with transaction(), connection.cursor() as cursor:
            cursor.execute(_RESERVE, [f"numbers:{series}", FIRST + count - 1, count])
            last = int(cursor.fetchone()[0])
        if last - count + 1 >= at_least:
            return last - count + 1, last
