"""Transactions: all or nothing, never one inside another, and locks once."""
# ruff: noqa: PT012 - an act that fails at its end has more than one line

import pytest
from django.db import connection
from django.db.transaction import Atomic

from inward.kit import transaction as kit
from inward.kit.models import Version
from inward.kit.transaction import NestedTransaction, NoTransaction, after_commit, carrying, savepoint, transaction

pytestmark = [pytest.mark.database]


def put(name: str) -> None:
    Version.objects.create(name=name, number=1)


def names() -> set[str]:
    return set(Version.objects.filter(number__gt=0).values_list("name", flat=True))


@pytest.mark.django_db
def test_a_failing_act_leaves_nothing() -> None:
    with pytest.raises(KeyError), transaction():
        put("bees")
        raise KeyError

    assert names() == set()
    assert not kit.is_open()


@pytest.mark.django_db
def test_an_act_inside_another_is_refused_and_the_outer_one_can_go_on() -> None:
    with transaction():
        put("outer")
        with pytest.raises(NestedTransaction), transaction():
            put("inner")  # pragma: no cover - never reached
        put("later")

    assert names() == {"outer", "later"}


def test_an_act_inside_a_transaction_that_is_not_ours_is_refused(committed: None) -> None:
    with Atomic(using=None, savepoint=True, durable=False), pytest.raises(NestedTransaction), transaction():
        put("bees")  # pragma: no cover - never reached
    with Atomic(using=None, savepoint=True, durable=False), pytest.raises(NestedTransaction), carrying():
        put("bees")  # pragma: no cover - never reached

    assert names() == set()


@pytest.mark.django_db
def test_the_worker_carries_an_act_and_both_end_together() -> None:
    with pytest.raises(KeyError), carrying():
        with transaction():
            put("act")
        put("mark")
        raise KeyError
    assert names() == set()

    with carrying():
        with transaction():
            put("act")
        put("mark")
    assert names() == {"act", "mark"}


@pytest.mark.django_db
def test_the_worker_carries_one_thing_at_a_time() -> None:
    with carrying(), pytest.raises(NestedTransaction), carrying():
        put("bees")  # pragma: no cover - never reached
    with transaction(), pytest.raises(NestedTransaction), carrying():
        put("bees")  # pragma: no cover - never reached
    with carrying(), transaction(), pytest.raises(NestedTransaction), transaction():
        put("bees")  # pragma: no cover - never reached


@pytest.mark.django_db
def test_what_belongs_to_an_act_refuses_to_stand_alone() -> None:
    @kit.transaction_required
    def part(name: str) -> str:
        put(name)
        return name

    with pytest.raises(NoTransaction):
        part("bees")
    with transaction():
        assert part("bees") == "bees"
    with carrying():
        assert part("wasps") == "wasps"

    assert names() == {"bees", "wasps"}


@pytest.mark.django_db
def test_a_savepoint_undoes_its_own_part_only() -> None:
    with transaction():
        put("kept")
        with pytest.raises(KeyError), savepoint():
            put("undone")
            raise KeyError

    assert names() == {"kept"}


def test_after_commit_runs_once_the_rows_are_there_and_never_for_what_is_undone(committed: None) -> None:
    seen: list[tuple[bool, set[str]]] = []

    with transaction():
        put("bees")
        after_commit(lambda: seen.append((connection.in_atomic_block, names())))
        assert seen == []
    with pytest.raises(KeyError), transaction():
        after_commit(lambda: seen.append((True, set())))
        raise KeyError
    with pytest.raises(NoTransaction):
        after_commit(lambda: None)

    assert seen == [(False, {"bees"})]


def test_a_transaction_on_its_own_is_committed(committed: None) -> None:
    with transaction():
        put("bees")
    connection.close()

    assert names() == {"bees"}
