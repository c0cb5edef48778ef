"""kill -9 in the middle: nothing is half written, no announcement is lost, no effect happens twice."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.db import connection

from inward.kit import imports
from inward.kit.actor import Actor
from inward.kit.intake import Report
from inward.kit.models import Heartbeat, Task, Version
from inward.kit.outbox import Announcement, announce, reaction
from inward.kit.policy import ALLOWED
from inward.kit.transaction import transaction
from inward.kit.versions import bump
from inward.kit.worker import drain

pytestmark = [pytest.mark.database]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
REACTION = "test.count"


@dataclass(frozen=True)
class Swarmed(Announcement):
    """A hive has swarmed."""

    name: ClassVar[str] = "bees.Swarmed"


def tell(count: int) -> list[int]:
    told = [Swarmed() for _ in range(count)]
    with transaction():
        announce(*told, by=Actor.system("test"), at=AT)
    return [each.id for each in told]


def kill(process: Any) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def effects() -> dict[str, int]:
    return dict(Version.objects.filter(number__gt=0).values_list("name", "number"))


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.02)


def test_a_worker_killed_in_the_middle_of_a_reaction_loses_and_doubles_nothing(
    registry: None, child: Callable[..., Any]
) -> None:
    tell(1)
    process = child("react_halfway", name=REACTION)
    assert process.stdout.readline() == "halfway\n"
    kill(process)

    assert effects() == {}  # the half effect is gone
    waiting = Task.objects.get(kind="REACTION")
    assert (waiting.state, waiting.attempts) == ("WAITING", 0)  # the fan-out before it is not

    @reaction(Swarmed, name=REACTION)
    def count(told: Swarmed, *, at: datetime) -> None:
        with transaction():
            bump("bees.effects")

    until(lambda: drain() == 1)
    assert effects() == {"bees.effects": 1}
    assert drain() == 0
    assert Task.objects.exclude(state="DONE").count() == 0


def test_workers_killed_anywhere_again_and_again_end_with_every_effect_once(
    registry: None, child: Callable[..., Any]
) -> None:
    ids = tell(60)
    for round_ in range(3):
        process = child("drain_until_told", name=REACTION)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        until(lambda: len(effects()) >= 8 * (round_ + 1))  # noqa: B023 - used before the next round
        kill(process)
    assert 0 < len(effects()) < 60, "the workers were to be killed in the middle"

    process = child("drain_until_told", name=REACTION)
    process.stdin.write("go\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    process.stdout.readline()
    process.wait()

    assert effects() == {f"bees.effect.{each}": 1 for each in ids}
    assert Task.objects.exclude(state="DONE").count() == 0
    assert Task.objects.filter(kind="REACTION").count() == 60


def test_a_process_killed_in_the_middle_of_a_write_leaves_no_half_rows(child: Callable[..., Any]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's half of this is the next test")
    process = child("write_halfway")
    assert process.stdout.readline() == "halfway\n"
    kill(process)

    assert (effects(), Heartbeat.objects.count()) == ({}, 0)
    with transaction():  # nothing is locked either
        bump("after")
    assert effects() == {"after": 1}


def test_a_process_killed_in_the_middle_of_its_statement_leaves_no_half_rows(child: Callable[..., Any]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's half of this is the test before")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION test_sleep() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NEW.worker = 'half.2' THEN PERFORM pg_sleep(60); END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER test_slow BEFORE INSERT ON kit_heartbeat FOR EACH ROW EXECUTE FUNCTION test_sleep()"
        )
        try:
            process = child("write_halfway")
            backend = int(process.stdout.readline())
            until(lambda: _waits_in(cursor, backend) == "PgSleep")
            kill(process)
            cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
            until(lambda: _waits_in(cursor, backend) is None)
        finally:
            cursor.execute("DROP TRIGGER test_slow ON kit_heartbeat")
            cursor.execute("DROP FUNCTION test_sleep()")

    assert (effects(), Heartbeat.objects.count()) == ({}, 0)


def test_an_import_killed_halfway_has_loaded_nothing_and_is_loaded_once_when_tried_again(
    child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring_in(*, tables: Any, journal: Any, **_more: Any) -> Any:
        rows = len(tables["bees"])
        with transaction():
            bump("bees.effects")
        journal.added(imports.Import, [7])
        return SimpleNamespace(report=Report(rows, rows, ()), added=1, changed=0, written=True, told=())

    sort = imports.Sort(
        "bees", (), lambda _by, _on: ALLOWED, lambda _by, _on: ALLOWED, bring_in, (), "bees", lambda **_more: None
    )  # type: ignore[arg-type, return-value]
    monkeypatch.setattr(imports, "_sorts", {"bees": sort})
    by = Actor.system("test")
    reference = imports.bring(by=by, at=AT, sort="bees", chunks=[b"id\nh1\n"], name="bees.csv")
    imports.Import.objects.update(state="CHECKED")
    imports.load(by=by, at=AT, reference=reference, good_rows=False)

    process = child("import_halfway", reference=reference)
    assert process.stdout.readline() == "halfway\n"
    kill(process)

    assert (effects(), imports.Import.objects.get().state) == ({}, "LOADING")
    imports.work(at=AT, reference=reference)
    imports.work(at=AT, reference=reference)
    one = imports.Import.objects.get()
    assert (effects(), one.state, one.read, one.rows.count()) == ({"bees.effects": 1}, "LOADED", 1, 1)


def _waits_in(cursor: Any, backend: int) -> str | None:
    """What a backend waits for; None when it is gone."""
    cursor.execute("SELECT coalesce(wait_event, '') FROM pg_stat_activity WHERE pid = %s", [backend])
    found = cursor.fetchone()
    return None if found is None else str(found[0])
