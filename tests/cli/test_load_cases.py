"""Open cases from a file at the machine: all or the good ones, each with its clock from when it was asked; nobody is written to."""

import argparse
from datetime import UTC, datetime

import pytest
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import MONDAY, acts, given_desk

from inward.cli.loading_cases import load
from inward.core.promises import Measure
from inward.desk import cases, operations
from inward.desk.announcements import CaseAssigned, CaseOpened
from inward.desk.models import Case
from inward.kit import clock
from inward.kit.outbox import announced
from inward.kit.policy import Refused

HEAD = "queue,customer,person,subject,text,opened_at,impact,urgency,owner"
GOOD = f"it,{MAYA.code},,Till,It is dead,2026-11-27T09:00:00+01:00,SOME,NOW,{TOR.code}"
UNIT = f"it,abc-purchasing,{INES.code},Door,,2026-11-30T08:00:00Z,,,"


def loaded(tmp_path, *rows, name="cases.csv", head=HEAD, **more):
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    asked = {"path": path, "mapping": None, "dry_run": False, "good_rows": False, "lang": "en"} | more
    with clock.shifted(MONDAY):
        outcome = load(argparse.Namespace(**asked), [].append)
    return outcome.status, outcome.lines


def test_each_comes_in_as_it_was_asked_with_its_clock(house, tmp_path):
    given_desk(house)
    status, lines = loaded(tmp_path, GOOD, UNIT, dry_run=True)
    assert (status, lines) == (0, ["cases: 2 rows read, 0 refused, 2 would be opened, nothing written"])
    assert not Case.objects.exists()
    assert loaded(tmp_path, GOOD, UNIT) == (0, ["cases: 2 rows read, 0 refused, 2 opened"])
    till, door = Case.objects.order_by("number")
    assert till.opened_at == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert (till.owner.code, till.priority, till.state, till.missed) == (TOR.code, "HIGH", "NEW", True)
    assert (door.customer.code, door.person.code, door.missed) == ("abc-purchasing", INES.code, False)
    assert acts(till.reference) == ["OPENED", "HANDED_OVER"]
    seen = cases.case(viewer=house.actor(TOR), at=MONDAY, reference=till.reference)
    assert next((run.measure, run.started) for run in seen.runs) == (Measure.RESPOND, till.opened_at)
    assert (announced(CaseOpened), announced(CaseAssigned)) == ([], [])
    found = cases.served(viewer=house.actor(TOR), at=MONDAY, params={"text": "dead"}).rows
    assert [row.number for row in found] == [till.number]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (GOOD.replace("it,", "nothing,", 1), "queue", "nothing"),
        (GOOD.replace(MAYA.code, "ghost"), "customer", "ghost"),
        (UNIT.replace(INES.code, "abc"), "person", "abc"),
        (GOOD.replace("+01:00", ""), "opened_at", "offset"),
        (GOOD.replace("2026-11-27T09:00:00", "yesterday"), "opened_at", "offset"),
        (GOOD.replace("2026-11-27", "2027-11-27"), "opened_at", "not to come"),
        (GOOD.replace(TOR.code, MAYA.code), "owner", "case handler"),
        (GOOD.replace("SOME", "ALL"), "impact", "all"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(house, tmp_path, row, column, words):
    given_desk(house)
    status, lines = loaded(tmp_path, UNIT, row)
    assert (status, lines[0].split(": ")[0]) == (1, f"cases.csv:3 {column}")
    assert words in lines[0].lower()
    assert lines[-1] == "cases: 2 rows read, 1 refused, 1 would be opened, nothing written"
    assert not Case.objects.exists()


def test_good_rows_stand_if_one_likes_and_what_came_already_does_not_come_twice(house, tmp_path):
    given_desk(house)
    assert loaded(tmp_path, GOOD, UNIT.replace("it,", "no,", 1), good_rows=True)[0] == 1
    status, lines = loaded(tmp_path, GOOD, UNIT, good_rows=True)
    assert (status, lines[0]) == (
        1,
        "cases.csv:2 subject: This came already: same queue, customer, subject and instant.",
    )
    assert Case.objects.count() == 2


def test_a_confidential_queue_takes_them_from_the_house_alone(house, tmp_path):
    given_desk(house, confidential=True)
    assert loaded(tmp_path, GOOD)[0] == 0
    assert Case.objects.get().confidential
    with pytest.raises(Refused):
        operations.import_cases(by=house.actor(MAYA), at=MONDAY, tables={})


def test_a_folder_is_read_by_its_name(house, tmp_path):
    given_desk(house)
    (tmp_path / "cases.csv").write_text(f"{HEAD}\n{GOOD}", encoding="utf-8")
    asked = {"path": tmp_path, "mapping": None, "dry_run": False, "good_rows": False, "lang": "en"}
    with clock.shifted(MONDAY):
        assert load(argparse.Namespace(**asked), [].append).lines == ["cases: 1 rows read, 0 refused, 1 opened"]
