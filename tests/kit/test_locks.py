"""Locks: once in a transaction, in the order of their keys, and held against others until it ends."""

import re
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inward.kit import locks
from inward.kit.locks import LocksTakenAlready
from inward.kit.models import Task
from inward.kit.transaction import NoTransaction, transaction

pytestmark = [pytest.mark.database]


@pytest.fixture
def tasks(at: object, db: None) -> list[int]:
    return [Task.objects.create(kind="JOB", name=name, due_at=at, created_at=at).id for name in ("a", "b", "c")]


def test_rows_are_locked_and_read_as_they_are(tasks: list[int]) -> None:
    with transaction():
        held = locks.rows(Task.objects.exclude(name="c"), [tasks[1], tasks[0], tasks[2], 1])

    assert {key: task.name for key, task in held.items()} == {tasks[0]: "a", tasks[1]: "b"}
    assert list(held) == sorted(held)


@pytest.mark.django_db
def test_a_lock_outside_a_transaction_would_hold_nothing() -> None:
    with pytest.raises(NoTransaction):
        locks.advisory("bees")
    with pytest.raises(NoTransaction):
        locks.rows(Task.objects.all(), [])


@pytest.mark.django_db
def test_locks_are_taken_once_in_a_transaction() -> None:
    with transaction():
        locks.advisory("wasps", "bees")
        with pytest.raises(LocksTakenAlready):
            locks.advisory("ants")
        with pytest.raises(LocksTakenAlready):
            locks.rows(Task.objects.all(), [])
    with transaction():
        locks.rows(Task.objects.all(), [])
        with pytest.raises(LocksTakenAlready):
            locks.advisory("ants")


@pytest.mark.django_db
def test_names_are_taken_once_each_in_their_order() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one lock for all")
    with transaction(), CaptureQueriesContext(connection) as asked:
        locks.advisory("wasps", "bees", "ants", "bees")

    assert [re.findall(r"'(\w+)'", query["sql"]) for query in asked] == [["ants"], ["bees"], ["wasps"]]


def test_another_waits_until_the_transaction_ends_whatever_order_it_asks_in(committed: None) -> None:
    order: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with transaction():
            locks.advisory("bees", "wasps")
            inside.set()
            go_on.wait(10)
            order.append("first")
        connection.close()

    def second() -> None:
        inside.wait(10)
        with transaction():
            locks.advisory("wasps", "bees")
            order.append("second")
        connection.close()

    threads = [threading.Thread(target=act) for act in (first, second)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    threads[1].join(0.3)
    assert order == []
    go_on.set()
    for thread in threads:
        thread.join(10)

    assert order == ["first", "second"]
