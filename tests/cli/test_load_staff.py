"""A dry run of an HR file tells who joins, moves and leaves, before anything is saved."""

import pytest
from tests.builders import LONG_AGO, given_company, given_person, given_unit, given_work, nothing_written

from inward.cli.main import main

FILE = """person,company,unit,kind,valid_from,valid_until,id
ada,abc,shops,full-time,2015-01-01,2027-01-01,ada-abc
ada,abc,finance,full-time,2027-01-01,,ada-2
bo,abc,shops,full-time,2015-01-01,2027-01-01,bo-abc
cleo,abc,finance,full-time,2027-01-01,,cleo-abc
"""


@pytest.mark.django_db
def test_a_dry_run_names_who_joins_moves_and_leaves_and_saves_nothing(capsys, tmp_path) -> None:
    given_company("abc")
    for unit in ("shops", "finance"):
        given_unit(unit, "abc")
    for person in ("ada", "bo", "cleo"):
        given_person(person)
    for person in ("ada", "bo"):
        given_work(person, "abc", unit="shops", valid_from=LONG_AGO)
    (tmp_path / "work_relationships.csv").write_text(FILE, encoding="utf-8")

    with nothing_written():
        status = main(["load", str(tmp_path), "--dry-run"])

    assert status == 0
    assert capsys.readouterr().out.splitlines() == [
        "People: 1 join, 1 move, 1 leave, 0 are said otherwise.",
        "ada moves from abc, shops to abc, finance on 1 January 2027.",
        "bo leaves abc, shops; the last day is 31 December 2026.",
        "cleo joins abc, finance on 1 January 2027: full-time.",
        "organisation: 4 rows read, 0 refused, 4 would be new or changed, nothing written",
    ]
