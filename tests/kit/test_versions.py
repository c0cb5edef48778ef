"""Version numbers: they rise with a change, stand or fall with it, and are looked at once in a request."""
# ruff: noqa: PT012 - an act that fails at its end has more than one line

from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from inward.kit import versions
from inward.kit.transaction import NoTransaction, transaction
from inward.kit.writing import GateClosed, WriteSet, write

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def bump(name: str) -> int:
    with transaction():
        return versions.bump(name)


def test_a_version_rises_by_one_and_leaves_others_alone() -> None:
    assert [bump("bees"), bump("bees"), bump("wasps")] == [1, 2, 1]
    assert versions.current("bees", "wasps", "ants") == {"bees": 2, "wasps": 1, "ants": 0}
    assert versions.current() == {}


def test_an_undone_change_undoes_its_version() -> None:
    with pytest.raises(KeyError), transaction():
        versions.bump("bees")
        raise KeyError

    assert versions.current("bees") == {"bees": 0}


def test_a_change_without_a_transaction_is_refused() -> None:
    with pytest.raises(NoTransaction):
        versions.bump("bees")


def test_the_gate_is_open_while_the_version_stands_and_closed_after() -> None:
    never = versions.unchanged("bees", 0)
    write(WriteSet(gates=(never,)))
    bump("bees")
    write(WriteSet(gates=(versions.unchanged("bees", 1),)))

    for gate in (never, versions.unchanged("bees", 2)):
        with pytest.raises(GateClosed) as caught:
            write(WriteSet(gates=(gate,)))
        assert caught.value.name == "version:bees"


def test_a_request_looks_once_and_again_when_it_asks_for_the_present(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    bump("bees")
    with versions.seen_once():
        with django_assert_num_queries(1):
            assert [versions.seen("bees"), versions.seen("bees"), versions.seen("ants")] == [1, 0 + 1, 0]
        assert bump("bees") == 2
        with django_assert_num_queries(0):
            assert versions.seen("bees") == 2
        versions.note({"bees": 9})
        assert versions.seen("bees") == 9
        assert versions.current("bees") == {"bees": 2}
        assert versions.seen("bees") == 2


def test_outside_a_request_the_version_is_asked_each_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    versions.note({"bees": 9})  # nobody remembers it
    with django_assert_num_queries(2):
        assert [versions.seen("bees"), versions.seen("bees")] == [0, 0]


def test_rows_that_go_out_after_their_request_look_once_a_batch(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def rows() -> Iterator[tuple[int, int, int, int]]:
        for number in range(5):
            yield number, versions.seen("bees"), versions.seen("hives"), versions.seen("bees")

    with django_assert_num_queries(3):  # two, two and one
        assert [number for number, *_ in versions.seen_by_batch(rows(), size=2)] == [0, 1, 2, 3, 4]


def test_between_two_batches_no_look_stays_open(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    batches = versions.seen_by_batch(iter([1, 2, 3]), size=2)
    next(batches)
    with django_assert_num_queries(2):
        versions.seen("bees")
        versions.seen("bees")


def test_numbers_that_came_with_something_else_save_the_look(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with versions.seen_once():
        versions.note_all({"parties": 7})
        with django_assert_num_queries(0):
            assert (versions.seen("parties"), versions.seen("never")) == (7, 0)
    versions.note_all({"parties": 7})  # outside a request there is nothing to keep it in
    assert versions.seen("parties") == 0
