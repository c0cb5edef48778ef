"""What leaves the desk for analysis: promises, and cases as figures, for data administrators of everything; nothing confidential."""

from datetime import date

import pytest
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later
from tests.desk.promised import given_standard

from inward.desk import operations
from inward.desk.exports import EXPORTS
from inward.desk.vocabulary import HoldReason
from inward.kit import clock

ON = date(2026, 11, 24)
TABLES = {table.name: table for table in EXPORTS}


def rows_of(name):
    table = TABLES[name]
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows()]


def test_every_target_of_every_version_is_a_row(house):
    given_standard(kinds=["staff"])
    rows = rows_of("service_promises")
    told = sorted((row["measure"], row["priority"], row["minutes"], row["dates"]) for row in rows)
    assert told == [("RESOLVE", "", None, 3), ("RESPOND", "", 240, None), ("RESPOND", "URGENT", 30, None)]
    assert {(row["code"], row["supplier"], row["kinds"], row["valid_from"]) for row in rows} == {
        ("help", "abc-it", "staff", None)
    }


@pytest.fixture
def lived(house):
    """(a case of a person with all its sorts of rows, one of a department); and a confidential one that nothing may tell of."""
    given_desk(house)
    given_personnel(house)
    secret = asked(house, MAYA, queue="hr", text="My pay")
    operations.add_task(by=house.actor(TOR), at=MONDAY, case=secret, title="Look")
    operations.spend(by=house.actor(TOR), at=MONDAY, case=secret, minutes=77)
    one, other = asked(house, MAYA, text="Secret words"), asked(house, INES, customer="abc", text="Doors")
    by = {"by": house.actor(TOR), "case": one}
    operations.pause(**by, at=later(minutes=20), reason=HoldReason.SUPPLIER)
    first = operations.add_task(**by, at=later(minutes=20), title="Design", blocks=True, due_on=date(2026, 12, 4))
    then = operations.add_task(**by, at=later(minutes=20), title="Send")
    operations.wait_for(**by, at=later(minutes=20), task=then, other=first)
    operations.spend(**by, at=later(minutes=30), minutes=15, words="Phone")
    return kept(one), kept(other), kept(secret)


def test_a_case_leaves_as_figures_without_words_or_people(lived):
    one, other, secret = lived
    rows = {row["case"]: row for row in rows_of("cases")}
    assert sorted(rows) == [one.number, other.number]
    assert (rows[one.number]["customer"], rows[other.number]["customer"]) == (None, "abc")
    assert (rows[one.number]["state"], rows[one.number]["promise"], rows[one.number]["standing"]) == (
        "WAITING",
        "help",
        "internal",
    )
    with clock.shifted(later(hours=1)):
        everything = "\n".join(str(row) for name in TABLES for row in TABLES[name].rows())
    for word in ("Secret words", "Doors", "Design", "Phone", MAYA.code, TOR.code, INES.code, str(secret.number), "77"):
        assert word not in everything


def test_events_tasks_and_time_leave_with_their_case(lived):
    one, _other, _secret = lived
    events = [row for row in rows_of("case_events") if row["case"] == one.number]
    assert [row["act"] for row in events][:3] == ["OPENED", "TAKEN", "PAUSED"]
    assert [row["reason"] for row in events if row["act"] == "PAUSED"] == ["SUPPLIER"]
    tasks = [(row["task"], row["blocks"], row["due_on"], row["waits_for_task"]) for row in rows_of("case_tasks")]
    assert tasks == [(1, True, date(2026, 12, 4), None), (2, False, None, 1)]
    assert [(row["case"], row["minutes"]) for row in rows_of("case_time")] == [(one.number, 15)]


def test_clocks_leave_as_they_are_replayed(lived):
    one, _other, _secret = lived
    with clock.shifted(later(hours=1)):
        rows = [row for row in rows_of("case_clocks") if row["case"] == one.number]
    assert [(row["measure"], row["state"], row["target"], row["passed"]) for row in rows] == [
        ("RESPOND", "RUNNING", 240, 60),
        ("RESOLVE", "RUNNING", 1260, 60),
    ]


def test_they_are_for_data_administrators_of_everything(house):
    for table in EXPORTS:
        assert table.may(house.actor(SITI), ON).allowed
        assert not table.may(house.actor(LUCA), ON).allowed
