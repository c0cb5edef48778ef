"""``households.csv`` of a world directory comes in after the inside rules it needs, and goes out again, all or nothing."""

import json

import pytest
from tests.builders import given_company, given_employee, given_person, nothing_written

from inward.cli.main import main
from inward.parties.models import HouseholdMember, InsideDefinition

NEAR = [{"id": "near", "name": "Families", "definition": {"family": "spouse_minor"}}, {"id": "near", "serves": "PRICE"}]
HEAD = "id,person,member,tie,purposes,valid_from\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    given_company("abc")
    given_employee("eva", "abc")
    given_person("ola")
    return tmp_path


def loaded(folder, row, *more, rules=NEAR):
    folder.mkdir(exist_ok=True)
    (folder / "households.csv").write_text(HEAD + row + "\n", encoding="utf-8")
    if rules:
        (folder / "definitions.json").write_text(json.dumps(rules), encoding="utf-8")
    return main(["load", str(folder), *more])


def test_they_come_in_with_the_rule_that_needs_them_and_go_out_the_same(folder, tmp_path, capsys):
    row = "h-1,eva,ola,SPOUSE,PRICE,2026-01-01"
    assert loaded(folder, row, "--dry-run") == 0
    assert not HouseholdMember.objects.exists()
    assert loaded(folder, row) == 0
    assert "households: 1 read, 0 refused, 1 new, 0 changed, written" in capsys.readouterr().out
    out = tmp_path / "out"
    assert main(["export", "world", str(out)]) == 0
    (line,) = (out / "households.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert line == f"{row},,,{folder.name}"
    with nothing_written():
        assert main(["load", str(out / "households.csv")]) == 0
    assert "0 new, 0 changed" in capsys.readouterr().out


def test_one_that_no_rule_needs_takes_the_rest_of_the_directory_along(folder, capsys):
    with nothing_written():
        assert loaded(folder, "h-1,eva,ola,SIBLING,PRICE,2026-01-01") == 1
    assert (
        "No inside rule that serves this purpose on these days asks for it (Prices; sibling)" in capsys.readouterr().out
    )
    assert not InsideDefinition.objects.exists()


def test_where_there_are_none_no_file_goes_out(folder, tmp_path):
    out = tmp_path / "out"
    assert main(["export", "world", str(out)]) == 0
    assert not (out / "households.csv").exists()
