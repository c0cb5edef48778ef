"""Runs in a process of its own, so that the tests can kill it: python child.py FUNCTION '{"argument": …}'.

Each function prints a line when it has come to the point that matters, and then waits to be killed.
"""

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import django
from django.db import connection

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def say(word: str) -> None:
    print(word, flush=True)


def hang() -> None:
    time.sleep(600)


def react_halfway(name: str) -> None:
    """Drain; the reaction writes its rows, says so, and never comes to its end."""
    from inward.kit import outbox, versions, worker
    from inward.kit.transaction import transaction

    class Told(outbox.Announcement):
        name = "bees.Swarmed"

    @outbox.reaction(Told, name=name)
    def count(announcement: outbox.Announcement, *, at: datetime) -> None:
        with transaction():
            versions.bump("bees.effects")
        say("halfway")
        hang()

    worker.drain()


def drain_until_told(name: str) -> None:
    """Drain as a worker of its own until the table is empty, counting every reaction."""
    from inward.kit import outbox, versions, worker
    from inward.kit.transaction import transaction

    class Told(outbox.Announcement):
        name = "bees.Swarmed"

    @outbox.reaction(Told, name=name)
    def count(announcement: outbox.Announcement, *, at: datetime) -> None:
        with transaction():
            versions.bump(f"bees.effect.{announcement.id}")

    say("ready")
    sys.stdin.readline()
    say(str(worker.drain()))


def write_halfway() -> None:
    """Write two tables; on SQLite the second row of the second table never comes to be converted."""
    from inward.kit.writing import Rows, WriteSet, write

    class NeverReady(date):
        def __str__(self) -> str:
            say("halfway")
            hang()
            return ""

        isoformat = date.isoformat

    versions = Rows("kit_version", ("name", "number"), ("text", "bigint"), (("half.1", 1), ("half.2", 2)))
    beats = Rows(
        "kit_heartbeat",
        ("worker", "started_at", "beat_at", "handled"),
        ("text", "timestamptz", "timestamptz", "bigint"),
        (("half.1", AT, AT, 0), ("half.2", AT, NeverReady(2026, 3, 2), 0)),
    )
    if connection.vendor == "postgresql":
        say(str(_backend()))
    write(WriteSet(rows=(versions, beats)))


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def hold_write_lock() -> None:
    """Take the write lock and keep it."""
    from inward.kit.write_lock import write_lock

    with write_lock():
        say("held")
        hang()


def place_at_once(name: str, limit: int) -> None:
    """Wait for the word, then draw once on a counter that has room for one."""
    from inward.kit.writing import Counter, GateClosed, WriteSet, write

    connection.ensure_connection()
    say("ready")
    sys.stdin.readline()
    try:
        write(WriteSet(gates=(Counter(name, "kit_version", {"name": name}, {"number": 1}, {"number": limit}),)))
        say("won")
    except GateClosed as closed:
        say(closed.name)


def import_halfway(reference: str) -> None:
    """Load what was brought; the room writes its rows, says so, and never comes to its end."""
    from inward.kit import imports, versions
    from inward.kit.intake import Report
    from inward.kit.policy import ALLOWED
    from inward.kit.transaction import transaction

    def bring_in(*, journal: Any, **_more: Any) -> Any:
        with transaction():
            versions.bump("bees.effects")
        journal.added(imports.Import, [1, 2, 3])
        say("halfway")
        hang()
        return SimpleNamespace(report=Report(0, 0, ()), added=0, changed=0, written=True, told=())

    imports.register(
        imports.Sort(
            "bees", (), lambda _by, _on: ALLOWED, lambda _by, _on: ALLOWED, bring_in, (), "bees", lambda **_more: None
        )
    )  # type: ignore[arg-type, return-value]
    imports.work(at=AT, reference=reference)


def main() -> None:
    django.setup()
    connection.settings_dict.update(
        {name: value for name, value in json.loads(os.environ["CHILD_DATABASE"]).items() if value}
    )
    arguments: dict[str, Any] = json.loads(sys.argv[2])
    globals()[sys.argv[1]](**arguments)


if __name__ == "__main__":
    main()
