"""Heads, deputies and absences come in with a world and go out with it; a steward brings those of her companies."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    ON,
    given_actor,
    given_company,
    given_person,
    given_unit,
    given_work,
    nothing_written,
)
from tests.parties.operations.test_worlds import imported, rows

from inward.core.terms import Period
from inward.kit import undoing, versions
from inward.kit.intake import read_directory
from inward.kit.undoing import Journal
from inward.parties import exports, graph, imports, leading
from inward.parties.models import Absence, DeputyOfPlace, HeadOfPlace
from inward.parties.vocabulary import Power
from inward.parties.worldfiles import TABLES

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
HEAD = {"place": "abc-it", "person": "ann", "valid_from": "2026-01-01", "source": "minutes"}
DEPUTY = {"place": "abc", "person": "ben", "powers": "people, spending", "last_day": "2026-12-31"}
AWAY = {"person": "ann", "valid_from": "2026-11-20", "last_day": "2026-11-30"}
ALL = {"heads": [HEAD], "deputies": [DEPUTY], "absences": [AWAY]}


@pytest.fixture(autouse=True)
def _world():
    for company in ("abc", "xyz"):
        given_company(company)
        given_unit(f"{company}-it", company)
    for person in ("ann", "ben"):
        given_person(person)
        given_work(person, "abc")


def known():
    return {
        table.__name__: [
            (*(getattr(row, end).code for end in ends), row.period, row.source) for row in table.objects.current()
        ]
        for table, ends in (
            (HeadOfPlace, ("place", "person")), (DeputyOfPlace, ("place", "person")), (Absence, ("person",)),
        )
    }  # fmt: skip


def problems(outcome):
    return [(each.file, each.line, each.column, each.code) for each in outcome.report.problems]


def test_who_leads_and_who_is_away_is_known_afterwards_and_the_same_again_changes_nothing():
    outcome = imported(rows(**ALL))
    assert (problems(outcome), outcome.added, outcome.changed) == ([], 3, 0)
    until = date(2027, 1, 1)
    assert known() == {
        "HeadOfPlace": [("abc-it", "ann", Period(date(2026, 1, 1)), "minutes")],
        "DeputyOfPlace": [("abc", "ben", Period(None, until), "")],
        "Absence": [("ann", Period(date(2026, 11, 20), date(2026, 12, 1)), "")],
    }
    assert DeputyOfPlace.objects.get().powers == ["PEOPLE", "SPENDING"]
    here = leading.graph()
    assert graph.head_of(here, "abc-it", ON) == "ann"
    assert here.deputies["abc"][0].powers == frozenset({Power.PEOPLE, Power.SPENDING})
    assert here.away["ann"] == (Period(date(2026, 11, 20), date(2026, 12, 1)),)
    with nothing_written():
        again = imported(rows(**ALL), at=LATER)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


def test_the_same_first_day_corrects_and_who_leads_has_a_new_version():
    imported(rows(**ALL))
    before = versions.current(leading.VERSION)
    outcome = imported(rows(heads=[HEAD | {"person": "ben"}], deputies=[DEPUTY | {"powers": "REQUESTS"}]), at=LATER)
    assert (outcome.added, outcome.changed) == (0, 2)
    assert versions.current(leading.VERSION) != before
    assert graph.head_of(leading.graph(), "abc-it", ON) == "ben"
    assert HeadOfPlace.objects.filter(known_until=LATER, person__code="ann").count() == 1


@pytest.mark.parametrize(
    ("table", "row", "column", "code"),
    [
        ("heads", HEAD | {"place": "nowhere"}, "place", "id_unknown"),
        ("heads", HEAD | {"place": "ben"}, "place", "id_of_other_kind"),
        ("heads", HEAD | {"person": "abc"}, "person", "id_of_other_kind"),
        ("heads", HEAD | {"valid_from": "2025-01-01"}, "valid_from", "days_taken"),
        ("deputies", DEPUTY | {"valid_from": "2026-01-01"}, "valid_from", "days_taken"),
        ("deputies", DEPUTY | {"powers": "MONEY"}, "powers", "not_one_of"),
        ("deputies", DEPUTY | {"powers": ""}, "powers", "field_missing"),
        ("absences", AWAY | {"valid_from": "2026-11-25"}, "valid_from", "days_taken"),
        ("absences", AWAY | {"person": "nobody"}, "person", "id_unknown"),
        ("absences", AWAY | {"valid_from": ""}, "valid_from", "field_missing"),
    ],
)
def test_a_row_that_cannot_stand_beside_what_is_known_is_refused_with_its_place(table, row, column, code):
    imported(rows(**ALL))
    with nothing_written():
        assert problems(imported(rows(**{table: [row]}))) == [(f"{table}.csv", 2, column, code)]


def test_two_rows_of_one_file_do_not_share_days():
    second = AWAY | {"valid_from": "2026-11-30", "last_day": ""}
    assert problems(imported(rows(absences=[AWAY, second]))) == [("absences.csv", 3, "valid_from", "days_taken")]


def test_a_steward_brings_what_is_of_her_company_and_new_departments_and_people_of_it():
    steward = given_actor("siti", ("DATA_ADMINISTRATOR", "abc"))
    given_person("cas")
    given_work("cas", "xyz")
    tables = rows(
        people=[{"id": "dot", "name": "Dot"}],
        units=[{"id": "abc-new", "company": "abc", "name": "New"}],
        work_relationships=[{"person": "dot", "company": "abc", "kind": "FULL_TIME"}],
        heads=[HEAD, HEAD | {"place": "abc-new", "person": "dot"}, HEAD | {"place": "xyz-it"}],
        deputies=[DEPUTY, DEPUTY | {"place": "xyz"}],
        absences=[AWAY, AWAY | {"person": "dot"}, AWAY | {"person": "cas"}],
    )
    outcome = imported(tables, by=steward, good_rows=True)
    assert problems(outcome) == [
        ("absences.csv", 4, "person", "not_administrator"),
        ("deputies.csv", 3, "place", "not_administrator_of"),
        ("heads.csv", 4, "place", "not_administrator_of"),
    ]
    assert sorted(row.place.code for row in HeadOfPlace.objects.all()) == ["abc-it", "abc-new"]
    assert sorted(row.person.code for row in Absence.objects.all()) == ["ann", "dot"]


def test_what_was_written_out_comes_back_without_a_change(tmp_path):
    imported(rows(**ALL))
    counts = exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path)
    assert [counts[name] for name in ("heads", "deputies", "absences")] == [1, 1, 1]
    with nothing_written():
        outcome = imported(read_directory(tmp_path, TABLES), at=LATER)
    assert (problems(outcome), outcome.added, outcome.changed) == ([], 0, 0)


def test_an_import_of_leaders_concerns_the_companies_of_the_places_they_lead():
    journal = Journal()
    imported(rows(heads=[HEAD], deputies=[DEPUTY | {"place": "xyz"}]), journal=journal)
    added = {}
    for table, key, act, _ in journal.entries:
        if act == undoing.ADDED:
            added.setdefault(table, []).append(key)
    assert imports._companies(added) == {"abc", "xyz"}
