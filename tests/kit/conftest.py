"""What the kit's tests share: a clean registry of listeners, rows that are really committed, and other processes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from inward.kit import outbox
from inward.kit.actor import Actor

CHILD = Path(__file__).with_name("child.py")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TABLES = (
    *("kit_version", "kit_idempotencyreceipt", "kit_task", "kit_heartbeat", "kit_auditrow", "kit_auditseal"),
    *("kit_importedrow", "kit_import", "kit_file"),
)


@pytest.fixture
def at() -> datetime:
    """The instant at which everything in these tests happens."""
    return AT


@pytest.fixture
def by() -> Actor:
    """Somebody who acts."""
    return Actor(user=7, person="p-ada", acting_for="kitchen", grants=(), subject="s-ada")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listeners and jobs registered in the test are forgotten after it; it begins with none."""
    monkeypatch.setattr(outbox, "_reactions", {})
    monkeypatch.setattr(outbox, "_jobs", {})


def empty_tables() -> None:
    """Empty the kit's tables although some only grow: their triggers step aside for the test's own clean-up."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'kit_audit%%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
        for _, sql in triggers:
            cursor.execute(sql)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database without a transaction around the test: what is written is there for other threads and processes."""
    with django_db_blocker.unblock():
        empty_tables()
        yield
        empty_tables()
        connection.close()


@pytest.fixture
def child(committed: None) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts a function of ``child.py`` in a process of its own, on the same database; ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(function: str, **arguments: Any) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, str(CHILD), function, json.dumps(arguments)],
            env={**os.environ, **_environment()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _environment() -> Mapping[str, str]:
    kept = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    return {
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "CHILD_DATABASE": json.dumps({name: str(connection.settings_dict.get(name) or "") for name in kept}),
    }
