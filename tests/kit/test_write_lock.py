"""The write lock in front of SQLite: one at a time, across threads and processes, and gone with its process."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from inward.kit import write_lock as module
from inward.kit.write_lock import WriteLockBusy, write_lock

pytestmark = [pytest.mark.database]


@pytest.fixture
def sqlite(committed: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one writer")


def other_thread(act: Callable[[], Any]) -> Any:
    """What the act returned or raised in a thread of its own."""
    answer: list[Any] = []

    def run() -> None:
        try:
            answer.append(act())
        except WriteLockBusy as busy:
            answer.append(busy)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answer[0]


def taken(patience: float = 0.05) -> str:
    with write_lock(patience):
        return "taken"


def test_another_thread_waits_and_is_told_when_it_waits_too_long(sqlite: None) -> None:
    with write_lock():
        assert isinstance(other_thread(taken), WriteLockBusy)
    assert other_thread(taken) == "taken"


def test_the_same_thread_has_it_already(sqlite: None) -> None:
    with write_lock():
        with write_lock():
            assert isinstance(other_thread(taken), WriteLockBusy)
        assert isinstance(other_thread(taken), WriteLockBusy)
    assert taken() == "taken"


def test_it_is_given_back_when_the_block_fails(sqlite: None) -> None:
    with pytest.raises(KeyError), write_lock():
        raise KeyError
    assert other_thread(taken) == "taken"


def test_another_process_waits_and_a_killed_one_holds_nothing(sqlite: None, child: Callable[..., Any]) -> None:
    process = child("hold_write_lock")
    assert process.stdout.readline() == "held\n"

    with pytest.raises(WriteLockBusy):
        taken()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    began = time.monotonic()
    assert taken(patience=10) == "taken"
    assert time.monotonic() - began < 5


def test_a_database_in_memory_needs_no_file(sqlite: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("file:memorydb_default?mode=memory&cache=shared", ":memory:"):
        monkeypatch.setitem(connection.settings_dict, "NAME", name)
        assert module._lock_path() is None
        assert taken() == "taken"
    monkeypatch.setitem(connection.settings_dict, "NAME", "file:/data/house.sqlite3?cache=private")
    assert str(module._lock_path()) == "/data/house.sqlite3.write-lock"


def test_postgresql_lets_everybody_write(committed: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has many writers")
    with write_lock():
        assert other_thread(taken) == "taken"
