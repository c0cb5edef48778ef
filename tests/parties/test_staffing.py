"""Before an HR file is loaded it tells who joins, moves and leaves; loaded twice it gives the same world."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import AT, HOUSE, given_company, given_person, given_unit, given_work, nothing_written

from inward.kit.intake import Row
from inward.kit.rehearsing import rehearsed
from inward.parties import operations, queries, staffing
from inward.parties.staffing import Change, Place, StaffChange

JULY = date(2026, 7, 1)
BEGAN = date(2020, 1, 1)
OTHERS = ("FULL_TIME", "", None, "")
LATER = AT + timedelta(hours=1)


def row(line: int, person: str, **values: Any) -> Row:
    given = {"person": person, "company": "abc", "kind": "FULL_TIME", "valid_from": BEGAN.isoformat(), **values}
    return Row("work.csv", line, {name: value for name, value in given.items() if value is not None})


def changes(*rows: Row, dry_run: bool = True) -> tuple[Change, ...]:
    done = operations.import_world(
        by=HOUSE, at=LATER, tables={"work_relationships": iter(rows)}, dry_run=dry_run, source="HR"
    )
    assert done.report.problems == ()
    assert done.staff is not None
    assert sum(done.staff.counts.values()) == len(done.staff.changes)
    return done.staff.changes


@pytest.fixture
def staff(db):
    given_company("abc")
    given_company("xyz")
    for unit in ("shops", "finance"):
        given_unit(unit, "abc")
    for person in ("ada", "bo", "cleo"):
        given_person(person)
    given_work("ada", "abc", unit="shops", valid_from=BEGAN)
    given_work("bo", "abc", unit="shops", valid_from=BEGAN)


def at(unit: str | None = "shops", until: date | None = None, since: date = BEGAN, others: Any = OTHERS) -> Place:
    return Place("abc", unit, since, until, others)


@pytest.mark.usefixtures("staff")
class TestWhatItTells:
    def test_what_is_said_as_it_is_known_changes_nobody(self) -> None:
        assert changes(row(2, "ada", unit="shops")) == ()

    def test_who_has_never_worked_joins_and_nothing_is_saved(self) -> None:
        with nothing_written():
            assert changes(row(2, "cleo", unit="finance")) == (Change("cleo", StaffChange.JOINS, None, at("finance")),)

    def test_an_end_and_a_beginning_on_the_same_day_are_a_move(self) -> None:
        ended = row(2, "ada", unit="shops", valid_until=JULY.isoformat())
        begun = row(3, "ada", id="ada-2", unit="finance", valid_from=JULY.isoformat())

        assert changes(ended, begun) == (Change("ada", StaffChange.MOVES, at(), at("finance", since=JULY)),)

    def test_another_unit_under_the_same_id_is_a_move_too(self) -> None:
        assert changes(row(2, "bo", unit="finance")) == (Change("bo", StaffChange.MOVES, at(), at("finance")),)

    def test_an_end_alone_is_a_leaver(self) -> None:
        assert changes(row(2, "bo", unit="shops", valid_until=JULY.isoformat())) == (
            Change("bo", StaffChange.LEAVES, at(), at(until=JULY)),
        )

    def test_a_title_and_a_second_job_are_told_as_changes(self) -> None:
        titled = row(2, "ada", unit="shops", job_title="Buyer")
        second = row(3, "bo", company="xyz")

        assert changes(titled, second) == (
            Change("ada", StaffChange.CHANGES, at(), at(others=("FULL_TIME", "Buyer", None, ""))),
            Change("bo", StaffChange.CHANGES, None, Place("xyz", None, BEGAN, None, OTHERS)),
        )

    def test_more_than_are_told_one_by_one_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(staffing, "CHANGES_MAX", 1)
        rows = [row(2, "ada", unit="finance"), row(3, "bo", unit="finance")]

        done = operations.import_world(by=HOUSE, at=LATER, tables={"work_relationships": rows}, dry_run=True)

        assert done.staff is not None
        assert (done.staff.counts[StaffChange.MOVES], len(done.staff.changes)) == (2, 1)

    def test_rows_that_speak_of_no_work_tell_nothing_of_people(self) -> None:
        rows = [Row("people.csv", 2, {"id": "dan", "name": "Dan"})]

        assert operations.import_world(by=HOUSE, at=LATER, tables={"people": rows}, dry_run=True).staff is None


@pytest.mark.usefixtures("staff")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["ada", "bo", "cleo"]),
        st.tuples(st.dates(date(2021, 1, 1), date(2026, 1, 1)), st.sampled_from(["shops", "finance"]), st.booleans()),
        min_size=1,
    )
)
def test_moves_applied_twice_give_the_same_world(moves: dict[str, tuple[date, str, bool]]) -> None:
    rows = []
    for person, (day, unit, leaves) in moves.items():
        rows.append(row(len(rows) + 2, person, unit="shops", valid_until=day.isoformat()))
        if not leaves:
            rows.append(row(len(rows) + 2, person, id=f"{person}-{day}", unit=unit, valid_from=day.isoformat()))
    rehearsed(lambda: _apply_twice(rows))
    queries.forget()


def _apply_twice(rows: list[Row]) -> None:
    assert changes(*rows, dry_run=False)
    world = queries.world()
    with nothing_written():
        assert changes(*rows, dry_run=False) == ()
    assert queries.world() == world
