"""Imports by those who look after some companies: what is theirs comes in, every other row is refused with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    given_actor,
    given_company,
    given_employee,
    given_holding,
    given_person,
    given_unit,
    nothing_written,
)

from inward.kit import imports
from inward.kit.actor import NOBODY
from inward.kit.intake import Row, Table
from inward.kit.models.imports import ImportState
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries
from inward.parties.models import Holding, Party, WorkRelationship

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def keeper():
    """Of ABC and none other."""
    for code in ("jkl", "abc", "xyz"):
        given_company(code)
    given_holding("jkl", "abc", 80)
    given_holding("jkl", "xyz", 60)
    given_unit("abc-it", "abc", "IT")
    given_unit("xyz-it", "xyz", "IT")
    given_employee("maya", "abc", name="Maya Lund")
    given_employee("piet", "xyz", name="Piet van Moulen")
    given_person("nora", "Nora Quistgaard")
    return given_actor("abe", ("DATA_ADMINISTRATOR", "abc"))


def brought(by, good_rows=True, **tables):
    given = {name: [Row(f"{name}.csv", line, row) for line, row in enumerate(rows, 2)] for name, rows in tables.items()}
    return operations.import_world(by=by, at=AT, tables=given, good_rows=good_rows)


def refused(outcome):
    return [(each.file, each.line, each.column, each.code) for each in outcome.report.problems]


def test_what_belongs_to_her_company_comes_in(keeper):
    week = {"party": "abc-kitchen", "time_zone": "Europe/Oslo", "mon": "08:00-16:00"}
    outcome = brought(
        keeper,
        good_rows=False,
        people=[{"id": "lena", "name": "Lena Berg"}, {"id": "maya", "name": "Maya Lund-Berg"}],
        units=[{"id": "abc-kitchen", "company": "abc", "name": "Kitchen"}],
        work_relationships=[{"id": "lena-abc", "person": "lena", "company": "abc", "kind": "FULL_TIME"}],
        calendars=[week],
        own_days=[{"party": "abc", "day": "2026-12-24", "name": "Christmas Eve", "hours": ""}],
    )
    assert (refused(outcome), outcome.written) == ([], True)
    assert queries.world().names["maya"] == "Maya Lund-Berg"
    assert queries.employers("lena") == ("abc",)


def test_rows_of_other_companies_are_refused_and_change_nothing(keeper):
    work = WorkRelationship.objects.get(person__code="piet").code
    outcome = brought(
        keeper,
        companies=[
            {"id": "new", "name": "New", "currency": "EUR"},
            {"id": "xyz", "name": "XYZ anew", "currency": "EUR"},
            {"id": "abc", "name": "ABC anew", "currency": "EUR"},
        ],
        people=[{"id": "piet", "name": "Peter"}, {"id": "nora", "name": "Nora Q."}],
        units=[
            {"id": "xyz-new", "company": "xyz", "name": "New"},
            {"id": "xyz-it", "company": "abc", "name": "Taken over", "valid_from": "2027-01-01"},
        ],
        holdings=[{"id": "jkl-xyz", "owner": "jkl", "owned": "xyz", "percent": "10"}],
        work_relationships=[{"id": work, "person": "piet", "company": "abc", "kind": "FULL_TIME"}],
        calendars=[{"party": "xyz-it", "time_zone": "Europe/Oslo", "mon": "08:00-16:00"}],
        own_days=[{"party": "xyz", "day": "2026-12-24", "name": "Christmas Eve", "hours": ""}],
    )
    assert refused(outcome) == [
        ("calendars.csv", 2, "party", "not_administrator_of"),
        ("companies.csv", 2, "id", "not_administrator_of_everything"),
        ("companies.csv", 3, "id", "not_administrator_of"),
        ("holdings.csv", 2, "owned", "not_administrator_of"),
        ("own_days.csv", 2, "party", "not_administrator_of"),
        ("people.csv", 2, "id", "not_administrator"),
        ("people.csv", 3, "id", "not_administrator"),
        ("units.csv", 2, "company", "not_administrator_of"),
        ("units.csv", 3, "company", "not_administrator_of"),
        ("work_relationships.csv", 2, "company", "not_administrator_of"),
    ]
    names = dict(Party.objects.values_list("code", "name"))
    assert names["abc"] == "ABC anew"
    assert {names["piet"], names["nora"], names["xyz-it"]} == {"Piet van Moulen", "Nora Quistgaard", "IT"}
    assert "new" not in names


def test_people_who_are_told_as_they_are_known_stand_in_nobodys_way(keeper):
    outcome = brought(
        keeper,
        people=[{"id": "nora", "name": "Nora Quistgaard"}, {"id": "piet", "name": "Piet van Moulen", "email": ""}],
    )
    assert (refused(outcome), outcome.added, outcome.changed) == ([], 0, 0)


def test_whoever_looks_after_nothing_brings_in_nothing(keeper):
    for by in (NOBODY, given_actor("luca", ("CONTROLLER", "abc"))):
        with nothing_written(), pytest.raises(Refused):
            brought(by, people=[{"id": "lena", "name": "Lena Berg"}])


def loaded(by, content):
    reference = imports.bring(by=by, at=AT, sort="units", chunks=[content.encode()], name="units.csv")
    imports.match(by=by, at=AT, reference=reference, table=Table())
    imports.work(at=AT, reference=reference)
    imports.load(by=by, at=AT, reference=reference, good_rows=False)
    imports.work(at=AT, reference=reference)
    assert imports.one(viewer=by, at=AT, reference=reference).state is ImportState.LOADED
    return reference


def test_a_keeper_sees_and_takes_back_her_own_files_and_no_others(keeper):
    other = given_actor("xenia", ("DATA_ADMINISTRATOR", "xyz"))
    mine = loaded(keeper, "id,company,name\nabc-new,abc,New\n")
    theirs = loaded(other, "id,company,name\nxyz-new,xyz,New\n")
    assert [row.reference for row in imports.listed(viewer=keeper, at=AT, params={}).rows] == [mine]
    assert [row.reference for row in imports.listed(viewer=HOUSE, at=AT, params={}).rows] == [theirs, mine]
    with nothing_written(), pytest.raises(NotThere):
        imports.undo(by=keeper, at=LATER, reference=theirs)
    imports.undo(by=keeper, at=LATER, reference=mine)
    assert not Party.objects.filter(code="abc-new").exists()
    assert Party.objects.filter(code="xyz-new").exists()


def test_whoever_no_longer_looks_after_a_company_takes_nothing_of_it_back(keeper):
    mine = loaded(keeper, "id,company,name\nabc-new,abc,New\n")
    moved = given_actor("abe-moved", ("DATA_ADMINISTRATOR", "xyz"))
    with nothing_written(), pytest.raises(Refused):
        imports.undo(by=replace(moved, subject=keeper.subject), at=LATER, reference=mine)


def test_classes_of_shares_and_powers_of_other_companies_are_refused_and_her_own_come_in(keeper):
    outcome = brought(
        keeper,
        share_classes=[
            {"id": "abc-a", "company": "abc", "issued": "100"},
            {"id": "xyz-a", "company": "xyz", "issued": "100"},
        ],
        shareholdings=[
            {"id": "nora-a", "owner": "nora", "share_class": "abc-a", "shares": "10"},
            {"id": "nora-x", "owner": "nora", "share_class": "xyz-a", "shares": "10"},
        ],
        control_rights=[
            {"id": "board", "target": "abc", "kind": "BOARD_MAJORITY", "holder": "nora"},
            {"id": "other-board", "target": "xyz", "kind": "BOARD_MAJORITY", "holder": "nora"},
        ],
    )
    assert refused(outcome) == [
        ("control_rights.csv", 3, "target", "not_administrator_of"),
        ("share_classes.csv", 3, "company", "not_administrator_of"),
        ("shareholdings.csv", 3, "share_class", "not_administrator_of"),
    ]
    world = queries.world()
    assert [fact.id for fact in world.share_classes] == ["abc-a"]
    assert [fact.id for fact in world.shareholdings] == ["nora-a"]
    assert [fact.id for fact in world.control_rights] == ["board"]


def test_a_fact_of_another_company_that_gives_way_is_not_hers_to_correct_either(keeper):
    spoken = {"register": "weblist", "rank": "SCRAPED", "valid_from": "2020-01-01"}
    brought(HOUSE, good_rows=False, holdings=[{"id": "list", "owner": "jkl", "owned": "xyz", "percent": "10"} | spoken])
    assert Holding.objects.current().get(code="list").register == "weblist"
    assert "list" not in [fact.id for fact in queries.world().holdings]
    outcome = brought(keeper, holdings=[{"id": "list", "owner": "nora", "owned": "abc", "percent": "5"} | spoken])
    assert refused(outcome) == [("holdings.csv", 2, "owned", "not_administrator_of")]
    kept = Holding.objects.current().get(code="list")
    assert (kept.owner.code, kept.owned.code) == ("jkl", "xyz")
