"""Values kept in memory while their version stands: made once, made again, never of what was undone."""

import threading

import pytest
from django.db import connection

from inward.kit import versions
from inward.kit.kept import Kept, forget_all
from inward.kit.transaction import carrying, transaction

pytestmark = pytest.mark.django_db


def bumped(name="kept"):
    with transaction():
        return versions.bump(name)


@pytest.fixture
def made():
    return []


@pytest.fixture
def kept(made):
    return Kept("kept", lambda number: made.append(number) or number)


def test_it_is_made_once_while_the_version_stands(kept, made):
    assert [kept.value(), kept.value()] == [0, 0]
    assert made == [0]


def test_it_is_made_again_when_the_version_moved(kept, made):
    kept.value()
    assert kept.value() == 0
    bumped()
    assert [kept.value(), kept.value()] == [1, 1]
    assert made == [0, 1]


def test_another_version_is_none_of_its_business(kept, made):
    kept.value()
    bumped("other")
    kept.value()
    assert made == [0]


def test_in_an_open_transaction_it_is_shown_and_not_kept(kept, made):
    kept.value()
    with pytest.raises(ZeroDivisionError), transaction():  # noqa: PT012 - the block is what is undone
        versions.bump("kept")
        assert kept.value() == 1
        raise ZeroDivisionError
    assert kept.value() == 0
    assert made == [0, 1]


def test_an_act_makes_it_once_for_itself(kept, made):
    kept.value()
    with transaction():
        versions.bump("kept")
        assert [kept.value(), kept.value()] == [1, 1]
        versions.bump("kept")
        assert [kept.value(), kept.value()] == [2, 2]
    assert made == [0, 1, 2]
    assert kept.value() == 2
    assert made == [0, 1, 2, 2]


def test_what_one_act_saw_is_not_shown_to_the_next(kept, made):
    with pytest.raises(ZeroDivisionError), transaction():  # noqa: PT012 - the block is what is undone
        versions.bump("kept")
        kept.value()
        raise ZeroDivisionError
    with transaction():
        versions.bump("kept")
        assert kept.value() == 1
    assert made == [1, 1]


def test_the_worker_keeps_it_between_tasks_unless_the_task_changed_it(kept, made):
    """Every reaction runs inside the worker's transaction; making a world anew for each would be the whole day's work."""
    for _ in range(2):
        with carrying():
            assert kept.value() == 0
    assert made == [0]
    with pytest.raises(ZeroDivisionError), carrying():  # noqa: PT012 - the block is what is undone
        with transaction():
            versions.bump("kept")
        assert kept.value() == 1
        raise ZeroDivisionError
    assert kept.value() == 0
    assert made == [0, 1]


def test_when_rows_change_while_it_is_made_it_is_made_again(made):
    def make(number):
        made.append(number)
        if len(made) == 1:
            bumped()
            raise KeyError  # torn: a row that points to one that was not there yet
        if len(made) == 2:
            bumped()
        return number

    assert Kept("kept", make).value() == 2
    assert made == [0, 1, 2]


def test_an_error_that_no_change_explains_goes_on():
    def make(number):
        raise KeyError(number)

    with pytest.raises(KeyError):
        Kept("kept", make).value()


def test_a_request_looks_once_but_takes_a_newer_value_that_another_made(kept, made):
    with versions.seen_once():
        kept.value()
        look = versions.seen("kept")
        bumped()
        versions.note({"kept": look})  # as if another process had raised it after this request had looked
        kept._held = None
        newer = Kept("kept", lambda number: number)
        assert newer.value() == 1
        versions.note({"kept": look})
        assert newer.value() == 1


def test_outside_a_request_a_note_is_forgotten():
    versions.note({"kept": 7})
    assert versions.seen("kept") == 0


def test_a_request_asks_once_for_all_versions(django_assert_num_queries):
    bumped("one")
    bumped("two")
    with versions.seen_once(), django_assert_num_queries(1):
        assert (versions.seen("one"), versions.seen("two"), versions.seen("one")) == (1, 1, 1)


def test_tests_can_forget_everything(kept, made):
    kept.value()
    forget_all()
    kept.value()
    assert made == [0, 0]


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_wait_for_one_to_make_it():
    made, together = [], threading.Barrier(4)

    def make(number):
        made.append(number)
        return object()

    kept, found = Kept("kept", make), []

    def ask():
        together.wait()
        found.append(kept.value())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
    assert made == [0]


def test_within_a_request_it_is_remembered_and_asks_nothing(kept, made, django_assert_num_queries):
    with versions.seen_once():
        kept.value()
        with django_assert_num_queries(0):
            assert kept.value() == 0
        assert versions.value_seen(kept, "kept") == 0
    assert versions.value_seen(kept, "kept") is None  # what one request remembers is its own
    assert made == [0]


def test_within_a_request_what_it_has_changed_itself_shows_at_once_and_is_gone_when_it_is_undone(kept):
    class UndoneError(Exception):
        pass

    def change():
        with transaction():
            versions.bump("kept")
            assert kept.value() == 1
            raise UndoneError

    with versions.seen_once():
        assert kept.value() == 0
        with pytest.raises(UndoneError):
            change()
        versions.look_again()
        assert versions.value_seen(kept, "kept") is None
        assert kept.value() == 0
