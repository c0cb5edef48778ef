"""``definitions.json`` of a world directory: inside rules come in and go out, all or nothing."""

import json
from datetime import date

import pytest
from tests.builders import HOUSE, ON, given_company, nothing_written

from inward.cli.main import main
from inward.parties import definitions
from inward.parties.exports import export_world
from inward.parties.models import DefinitionChoice, InsideDefinition
from inward.parties.vocabulary import Purpose

HALF = {"id": "half", "name": "A half", "definition": {"threshold": "50", "operator": ">=", "excluded": ["abc"]}}
LATER = {**HALF, "valid_from": "2027-01-01", "definition": {"threshold": "60"}}
SERVES = {"id": "half", "serves": "TAX"}
SHIPPED = {"id": "ubo25", "serves": "DISCLOSURE", "valid_from": "2026-01-01"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    given_company("abc")
    return tmp_path


def loaded(folder, rows, *more):
    (folder / "definitions.json").write_text(json.dumps(rows), encoding="utf-8")
    return main(["load", str(folder), *more])


def test_rules_and_what_they_serve_come_in_whatever_their_order_and_again_change_nothing(folder, capsys):
    rows = [SERVES, SHIPPED, HALF, LATER]
    assert loaded(folder, rows) == 0
    assert "inside rules: 4 read, 0 refused, 4 new, written" in capsys.readouterr().out
    assert definitions.definition(Purpose.TAX, on=date(2026, 6, 1)).threshold * 100 == 50
    assert definitions.definition(Purpose.TAX, on=date(2027, 6, 1)).threshold * 100 == 60
    assert definitions.definition(Purpose.DISCLOSURE, on=date(2025, 12, 31)).id == "strict_majority"
    assert definitions.definition(Purpose.DISCLOSURE, on=date(2026, 1, 1)).id == "ubo25"
    assert definitions.definition(Purpose.PRICE, on=date(2026, 6, 1)).id == "strict_majority"
    with nothing_written():
        assert loaded(folder, rows) == 0
    assert "4 read, 0 refused, 0 new" in capsys.readouterr().out


def test_what_was_written_out_comes_in_again_the_same(folder, tmp_path):
    loaded(folder, [SERVES, SHIPPED, HALF, LATER])
    out = tmp_path / "out"
    assert export_world(viewer=HOUSE, on=ON, folder=out)["definitions"] == 4
    said = json.loads((out / "definitions.json").read_text(encoding="utf-8"))
    assert [(row["id"], row.get("serves"), row.get("valid_from")) for row in said] == [
        ("half", None, None),
        ("half", None, "2027-01-01"),
        ("half", "TAX", None),
        ("ubo25", "DISCLOSURE", "2026-01-01"),
    ]
    with nothing_written():
        assert main(["load", str(out / "definitions.json")]) == 0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({**HALF, "id": "ubo25"}, "definitions.json:2 id: ubo25"),
        (
            {**HALF, "definition": {"treshold": "50"}},
            "definitions.json:2 definition.treshold: Nobody knows a field called treshold",
        ),
        ({**HALF, "definition": 7}, "definitions.json:2 definition: "),
        ({**HALF, "definition": {"excluded": ["nobody"]}}, "definitions.json:2 definition.excluded: "),
        ({**HALF, "serves": "TAX"}, "definitions.json:2 serves: Nobody knows a field called serves"),
        ({**HALF, "colour": "red"}, "definitions.json:2 colour: Nobody knows a field called colour"),
        ({"id": "half", "serves": "LUNCH"}, "definitions.json:2 serves: LUNCH is not one of"),
        ({"id": "nothing", "serves": "TAX"}, "definitions.json:2 id: Nothing is known by the id nothing."),
        ({"id": "half", "serves": "TAX", "valid_from": "soon"}, "definitions.json:2 valid_from: "),
        ("half", "definitions.json:2: "),
    ],
)
def test_one_wrong_row_keeps_all_out_and_is_named(folder, capsys, row, told):
    with nothing_written():
        assert loaded(folder, [HALF, row]) == 1
    out = capsys.readouterr().out
    assert told in out
    assert "nothing written" in out


def test_the_good_rows_come_in_where_that_is_wanted_and_a_dry_run_writes_nothing(folder, capsys):
    rows = [HALF, {"id": "nothing", "serves": "TAX"}, SERVES]
    with nothing_written():
        assert loaded(folder, [HALF, SERVES], "--dry-run") == 0
    assert loaded(folder, rows, "--good-rows") == 1
    assert "inside rules: 3 read, 1 refused, 2 new, written" in capsys.readouterr().out
    assert (InsideDefinition.objects.count(), DefinitionChoice.objects.get().definition) == (1, "half")


def test_a_file_of_rules_is_left_alone_where_only_people_are_loaded(folder):
    (folder / "people.csv").write_text("id,name\nada,Ada\n", encoding="utf-8")
    assert loaded(folder, [HALF], "--as", "people") == 0
    assert not InsideDefinition.objects.exists()
