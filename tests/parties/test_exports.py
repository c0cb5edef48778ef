"""What leaves the room: columns for analysis without names of people, and a world directory that comes back equal."""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_company, nothing_written
from tests.cast import KARIN, MAYA, MILAN, given_the_cast

from inward.core.classification import Band, CompanyKind, RightKind, WorkKind
from inward.core.classification.reading import world_from
from inward.kit.intake import read_directory
from inward.kit.policy import Refused
from inward.parties import exports, operations, queries
from inward.parties.vocabulary import SourceRank
from inward.parties.worldfiles import TABLES

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def _world():
    operations.import_world(by=HOUSE, at=AT, tables=read_directory(DATA / "world-jkl", TABLES))


@pytest.mark.usefixtures("_world")
def test_a_world_that_was_written_comes_back_without_a_change(tmp_path):
    counts = exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path / "out")
    assert counts == {
        "companies": 6, "people": 7, "units": 8, "holdings": 6, "work_relationships": 7, "calendars": 2, "own_days": 1,
        "share_classes": 0, "shareholdings": 0, "control_rights": 0, "definitions": 0,
        "heads": 0, "deputies": 0, "absences": 0, "work_states": 0, "names": 0, "events": 0,
    }  # fmt: skip
    with nothing_written():
        outcome = operations.import_world(by=HOUSE, at=AT, tables=read_directory(tmp_path / "out", TABLES))
    assert (outcome.report.problems, outcome.added, outcome.changed) == ((), 0, 0)


@pytest.mark.usefixtures("_world")
def test_the_files_are_the_ones_that_came_in(tmp_path):
    exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path)
    for name in [name for name in TABLES if (DATA / "world-jkl" / f"{name}.csv").exists()]:
        with (DATA / "world-jkl" / f"{name}.csv").open() as given, (tmp_path / f"{name}.csv").open() as written:
            before = sorted(
                csv.DictReader(given), key=lambda row: (row.get("id", row.get("party")), row.get("valid_from"))
            )
            after = [{key: row[key] for key in before[0]} for row in csv.DictReader(written)]
        assert after == before


@pytest.mark.usefixtures("_world")
def test_an_erased_person_leaves_under_her_new_code(tmp_path):
    operations.end_work(by=HOUSE, at=AT, work="w-maya", valid_until=date(2026, 1, 1))
    code = operations.erase_person(by=HOUSE, at=AT, person="maya-lund", reason="Asked for it.")
    exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path)
    text = "".join(path.read_text() for path in tmp_path.iterdir())
    assert code in text
    assert "maya" not in text.lower()


def test_only_administrators_of_everything_take_the_world_away(tmp_path):
    given_company("abc")
    admin = given_actor("admin", ("DATA_ADMINISTRATOR", "abc"))
    with pytest.raises(Refused):
        exports.export_world(viewer=admin, on=ON, folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("_world")
def test_every_row_for_analysis_has_its_columns_and_no_name_of_a_person():
    rows = {export.name: list(export.rows()) for export in exports.EXPORTS}
    assert {name: len(found) for name, found in rows.items()} == {
        "parties": 20, "holdings": 6, "units": 8, "work_relationships": 7,
        "share_classes": 0, "shareholdings": 0, "control_rights": 0,
    }  # fmt: skip
    for export in exports.EXPORTS:
        assert {len(row) for row in rows[export.name]} <= {len(export.columns)}
        assert all(column.meaning for column in export.columns)
    text = str(rows).lower()
    assert "maya" not in text
    keys = queries.keys()
    assert (keys["jkl"], keys["xyz"], "3/5", None, "11/20", date(2018, 3, 1), None, "", "OWN_REGISTER") in rows[
        "holdings"
    ]
    assert (keys["jkl"], keys["abc"], "4/5", None, "4/5", date(2015, 1, 1), None, "", "OWN_REGISTER") in rows[
        "holdings"
    ]


def test_what_the_acts_made_is_what_the_files_say(tmp_path):
    """Row by row or set-wise: the same world, also for the engine that reads the directory without a database."""
    given_the_cast(MAYA, MILAN, KARIN)
    day = date(2026, 6, 1)
    operations.change_holding(
        by=HOUSE, at=AT, holding="jkl-xyz", votes=Fraction(2, 3), capital=Fraction(1, 2), valid_from=day
    )
    operations.end_holding(by=HOUSE, at=AT, holding="jkl-abc", valid_until=date(2027, 1, 1))
    operations.move_unit(by=HOUSE, at=AT, unit="xyz-assembly", company="xyz", parent="xyz-moulding", valid_from=day)
    operations.move_work(
        by=HOUSE, at=AT, work="karin-assem-xyz", kind=WorkKind.PART_TIME, unit=None, job_title="Planner", valid_from=day
    )
    operations.rename_party(by=HOUSE, at=AT, party="xyz", name="XYZ Components", valid_from=day)
    operations.rename_party(by=HOUSE, at=AT, party="xyz-moulding", name="Casting", valid_from=date(2027, 3, 1))
    exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path)
    with nothing_written():
        outcome = operations.import_world(by=HOUSE, at=AT, tables=read_directory(tmp_path, TABLES))
    assert (outcome.report.problems, outcome.added, outcome.changed) == ((), 0, 0)
    tables = {name: list(csv.DictReader((tmp_path / f"{name}.csv").open())) for name in TABLES}
    assert [(row["party"], row["name"], row["valid_from"]) for row in tables["names"]] == [
        ("xyz", "XYZ Widgets", ""),
        ("xyz", "XYZ Components", "2026-06-01"),
        ("xyz-moulding", "Moulding", ""),
        ("xyz-moulding", "Casting", "2027-03-01"),
    ]
    world = queries.world()
    read = world_from(tables)
    # The country is said for days by a register; no rule asks it, so the world of the tables goes without.
    assert [(c.id, c.name) for c in read.companies] == [(c.id, c.name) for c in world.companies]
    assert (read.people, read.units) == (world.people, world.units)
    assert (read.holdings, read.work_relationships) == (world.holdings, world.work_relationships)


def test_ownership_as_it_is_goes_out_and_comes_back_equal(tmp_path):
    for code in ("jkl", "abc"):
        given_company(code)
    said = operations.Source("PSC", register="psc", rank=SourceRank.SUPPLIED)
    band = Band(Fraction(1, 4), Fraction(1, 2), low_open=True)
    operations.record_holding(by=HOUSE, at=AT, owner="jkl", owned="abc", votes=band, capital=band, source=said)
    operations.record_holding(by=HOUSE, at=AT, owner="abc", owned="abc", votes=Fraction(1, 10))
    operations.record_share_class(
        by=HOUSE, at=AT, code="a", company="jkl", issued=Fraction(9), votes_each=Fraction(1, 3)
    )
    operations.record_shareholding(by=HOUSE, at=AT, owner="abc", share_class="a", shares=Fraction(2))
    operations.change_share_class(
        by=HOUSE, at=AT, share_class="a", issued=Fraction(12), votes_each=Fraction(1), dividend_each=Fraction(2),
        name="A", valid_from=date(2026, 6, 1),
    )  # fmt: skip
    operations.record_right(by=HOUSE, at=AT, target="abc", kind=RightKind.NOMINATOR, holder="jkl", over="jkl")
    operations.change_registration(
        by=HOUSE, at=AT, company="abc", valid_from=None, currency="EUR", time_zone="UTC", kind=CompanyKind.BRANCH
    )
    counts = exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path)
    assert [counts[name] for name in ("holdings", "share_classes", "shareholdings", "control_rights")] == [2, 2, 1, 1]
    with nothing_written():
        outcome = operations.import_world(by=HOUSE, at=AT, tables=read_directory(tmp_path, TABLES))
    assert (outcome.report.problems, outcome.added, outcome.changed) == ((), 0, 0)
    tables = {name: list(csv.DictReader((tmp_path / f"{name}.csv").open())) for name in TABLES}
    read, world = world_from(tables), queries.world()
    assert read.companies == world.companies
    assert (read.holdings, read.control_rights) == (world.holdings, world.control_rights)
    assert (read.share_classes, read.shareholdings) == (world.share_classes, world.shareholdings)
    for name in ("holdings", "share_classes", "shareholdings", "control_rights"):
        (export,) = (each for each in exports.EXPORTS if each.name == name)
        assert {len(row) for row in export.rows()} == {len(export.columns)}
