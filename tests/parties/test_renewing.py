"""The kept world is renewed by the people a change was about, equal to one read whole; whatever else changes is read."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_company, given_employee, given_person, given_unit, given_work

from inward.core.classification import WorkKind
from inward.kit import versions
from inward.kit.transaction import transaction
from inward.parties import operations, queries
from inward.parties.models import WorldChange

TOMORROW = ON + timedelta(days=1)


@pytest.fixture
def house(db):
    given_company("abc")
    given_unit("abc-it", "abc")
    given_employee("ada", "abc")
    return queries.known()


@pytest.fixture
def reads(monkeypatch):
    """How often everybody is read."""
    counted, made = [], queries._known._make
    monkeypatch.setattr(queries._known, "_make", lambda number: counted.append(number) or made(number))
    return counted


def whole():
    queries._known.forget()
    return queries.known()


def same(one, other):
    assert one.world == other.world
    assert (one.keys, one.codes, one.below, one.mark) == (other.keys, other.codes, other.below, other.mark)
    assert one.world.names == other.world.names
    assert one.world.work == other.world.work


ACTS = {
    "add_person": lambda: given_person("bo", "Bo"),
    "start_work": lambda: given_work("ada", "abc", unit="abc-it", kind=WorkKind.DIRECTOR),
    "move_work": lambda: operations.move_work(
        by=HOUSE, at=AT, work="ada-abc", kind=WorkKind.PART_TIME, unit="abc-it", job_title="", valid_from=TOMORROW
    ),
    "end_work": lambda: operations.end_work(by=HOUSE, at=AT, work="ada-abc", valid_until=TOMORROW),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_one_person_renews_the_world_without_reading_everybody(house, reads, act):
    ACTS[act]()
    renewed = queries.known()
    assert reads == []
    assert renewed.world.version == house.world.version + 1
    same(renewed, whole())


def test_many_acts_on_people_renew_it_at_once(house, reads):
    for place in range(5):
        given_employee(f"new-{place}", "abc", unit="abc-it")
    renewed = queries.known()
    assert (reads, len(renewed.world.people)) == ([], 6)
    same(renewed, whole())


@pytest.mark.parametrize(
    "act",
    [
        lambda: given_company("xyz"),
        lambda: given_unit("abc-hr", "abc"),
        lambda: operations.rename_party(by=HOUSE, at=AT, party="ada", name="Ada Byron"),
    ],
    ids=["company", "unit", "name"],
)
def test_anything_else_is_read_whole(house, reads, act):
    act()
    given_person("bo")
    renewed = queries.known()
    assert len(reads) == 1
    same(renewed, whole())


def test_a_version_that_nobody_noted_is_read_whole(house, reads):
    with transaction():
        versions.bump("parties")
    assert queries.world() is not house.world
    assert len(reads) == 1


@pytest.mark.parametrize(("changes", "read"), [(2, 0), (3, 1)])
def test_too_many_changes_at_once_are_read_whole(house, reads, monkeypatch, changes, read):
    monkeypatch.setattr(queries, "_RENEWED_AT_ONCE", 2)
    with transaction():
        for _ in range(changes):
            WorldChange.objects.create(number=versions.bump("parties"), person_key=house.keys["ada"])
    assert queries.world().version == house.world.version + changes
    assert len(reads) == read


def test_a_number_of_another_history_is_read_whole(house, reads):
    """After a restore the same number may stand for another change."""
    WorldChange.objects.filter(number=house.world.version).update(id=1)
    given_person("bo")
    assert "bo" in queries.world().person
    assert len(reads) == 1


def test_every_change_keeps_its_number_and_its_time(house):
    given_person("bo")
    latest = WorldChange.objects.order_by("number").last()
    assert (latest.number, latest.at) == (queries.world().version, AT)
    assert WorldChange.objects.count() == queries.world().version


def test_what_an_open_transaction_changed_is_seen_in_it_and_forgotten_when_it_is_undone(house, reads):
    mark = connection.savepoint()
    given_person("ghost")
    assert "ghost" in queries.world().person
    connection.savepoint_rollback(mark)
    queries._known.forget()
    assert "ghost" not in queries.world().person


def test_a_verdict_changes_with_the_work_that_was_noted(house, reads):
    given_employee("bo", "abc", valid_from=LONG_AGO)
    assert queries.employers("bo") == ("abc",)
    assert queries.work_of("bo", on=ON)[0].company == "abc"
    assert reads == []
