"""A whole world comes in: all or nothing, or the good rows; again without change; and what is otherwise corrects."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    given_actor,
    given_company,
    given_holding,
    given_person,
    given_unit,
    nothing_written,
)

from inward.core.terms import Rate, Refusal
from inward.kit import outbox, versions
from inward.kit.actor import NOBODY
from inward.kit.intake import Row, RowProblem, read_directory
from inward.kit.models import AuditRow, Subject, Task
from inward.kit.policy import Refused
from inward.kit.undoing import Journal
from inward.parties import calendars, events, exports, operations, queries
from inward.parties.announcements import WorldImported
from inward.parties.models import (
    ChangeEvent,
    ChangePart,
    ChangeRow,
    Holding,
    Party,
    PartyName,
    Registration,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.reorganising import Reorganisation
from inward.parties.vocabulary import EventKind, PartyKind
from inward.parties.worldfiles import TABLES

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data"
LATER = AT + timedelta(hours=1)


def imported(tables, **more):
    return operations.import_world(**{"by": HOUSE, "at": AT, "tables": tables} | more)


def directory(name):
    return read_directory(DATA / name, TABLES)


def rows(**tables):
    """Tables of rows given as dicts, on the lines that they would have in a file."""
    return {
        name: [Row(f"{name}.csv", line, row) for line, row in enumerate(given, 2)] for name, given in tables.items()
    }


def problems(outcome):
    return [(problem.file, problem.line, problem.column, problem.code) for problem in outcome.report.problems]


class TestAGoodDirectory:
    def test_everything_is_known_afterwards(self):
        outcome = imported(directory("world-jkl"))
        assert (outcome.report.read, outcome.report.good, outcome.report.problems) == (37, 37, ())
        assert (outcome.added, outcome.changed, outcome.unchanged, outcome.written) == (50, 0, 0, True)
        world = queries.world()
        counts = [
            len(facts)
            for facts in (world.companies, world.people, world.unit, world.holdings, world.work_relationships)
        ]
        assert counts == [6, 7, 7, 6, 7]
        assert {h.id: (h.votes, h.capital) for h in world.holdings}["h-jkl-xyz"] == (Fraction(3, 5), Fraction(11, 20))
        assert {h.id: h.votes for h in world.holdings}["h-nora-xyz"] == Fraction(1, 3)
        assert queries.unit_path("xyz-assembly", on=date(2019, 12, 31)) == ("xyz-assembly", "xyz")
        assert queries.unit_path("xyz-assembly", on=date(2020, 1, 1)) == ("xyz-assembly", "xyz-plant", "xyz")
        assert WorkRelationship.objects.get(code="w-karin").cost_centre.code == "xyz-plant"
        assert Registration.objects.get(company__code="fjord").time_zone == "Europe/Oslo"
        assert Subject.objects.count() == 7

    def test_it_is_told_once_and_audited_without_a_name(self):
        before = versions.current("parties")["parties"]
        imported(directory("world-jkl"), source="world-jkl")
        assert versions.current("parties")["parties"] == before + 1
        assert [told.rows for told in outbox.announced(WorldImported)] == [50]
        row = AuditRow.objects.get()
        assert (row.act, row.thing) == ("parties.import_world", "world")
        assert row.facts == {"source": "world-jkl", "added": 50, "changed": 0, "refused": 0}

    def test_the_same_again_changes_nothing(self):
        imported(directory("world-jkl"))
        with nothing_written():
            outcome = imported(directory("world-jkl"), at=LATER)
        assert (outcome.added, outcome.changed, outcome.unchanged, outcome.written) == (0, 0, 50, True)

    def test_a_dry_run_tells_the_same_and_writes_nothing(self):
        with nothing_written():
            outcome = imported(directory("world-jkl"), dry_run=True)
        assert (outcome.report.problems, outcome.added, outcome.written) == ((), 50, False)

    def test_only_data_administrators_import_and_a_keeper_of_one_company_founds_no_other(self):
        given_company("abc")
        admin = given_actor("admin", ("DATA_ADMINISTRATOR", "abc"))
        for by in (given_actor("buyer", ("BUYER", "abc")), NOBODY):
            with nothing_written(), pytest.raises(Refused):
                imported(directory("world-jkl"), by=by)
        with nothing_written():
            outcome = imported(directory("world-jkl"), by=admin)
        assert not outcome.written
        refused = {problem.code for problem in outcome.report.problems if problem.file == "companies.csv"}
        assert "not_administrator_of_everything" in refused


class TestABadDirectory:
    expected = (
        ("companies.csv", 5, "id", "id_twice"),
        ("companies.csv", 6, "id", "code_not_usable"),
        ("companies.csv", 7, "country", "country_not_usable"),
        ("companies.csv", 7, "currency", "currency_not_usable"),
        ("companies.csv", 7, "time_zone", "zone_not_known"),
        ("holdings.csv", 3, "percent", "holdings_over_whole"),
        ("holdings.csv", 4, "percent", "holding_not_a_share"),
        ("holdings.csv", 5, "percent", "not_a_number"),
        ("holdings.csv", 6, "percent", "holding_not_a_share"),
        ("holdings.csv", 7, "owner", "id_unknown"),
        ("holdings.csv", 8, "owned", "id_of_other_kind"),
        ("holdings.csv", 9, "valid_from", "not_a_day"),
        ("holdings.csv", 10, "id", "id_twice"),
        ("people.csv", 3, "name", "field_missing"),
        ("people.csv", 4, "id", "id_of_other_kind"),
        ("people.csv", 5, "name", "formula_in_cell"),
        ("units.csv", 4, "parent", "units_in_circle"),
        ("units.csv", 5, "parent", "id_refused"),
        ("units.csv", 6, "parent", "unit_parent_of_other_company"),
        ("units.csv", 7, "parent", "id_unknown"),
        ("units.csv", 8, "parent", "id_refused"),
        ("units.csv", 10, "valid_from", "unit_twice_at_once"),
        ("units.csv", 11, "last_day", "period_backwards"),
        ("units.csv", 12, "company", "id_refused"),
        ("work_relationships.csv", 3, "unit", "id_refused"),
        ("work_relationships.csv", 4, "person", "id_refused"),
        ("work_relationships.csv", 5, "kind", "not_one_of"),
        ("work_relationships.csv", 6, "id", "id_twice"),
    )

    def test_every_wrong_row_is_named_and_nothing_written(self):
        with nothing_written():
            outcome = imported(directory("world-bad"))
        assert tuple(problems(outcome)) == self.expected
        assert (outcome.report.read, outcome.report.good, outcome.written) == (35, 9, False)

    def test_the_good_rows_alone_can_be_taken(self):
        outcome = imported(directory("world-bad"), good_rows=True)
        assert tuple(problems(outcome)) == self.expected
        assert (outcome.report.good, outcome.written) == (9, True)
        world = queries.world()
        assert sorted(world.company) == ["abc", "jkl", "xyz"]
        assert sorted(world.person) == ["maya-lund"]
        assert sorted(world.unit) == ["abc-shop-centre", "abc-shops", "abc-twice"]
        assert [h.id for h in world.holdings] == ["h-1"]
        assert [w.id for w in world.work_relationships] == ["w-1"]
        assert AuditRow.objects.get().facts["refused"] == 28

    def test_the_sum_that_is_too_much_is_told_with_its_day_and_the_company_by_name(self):
        over = next(p for p in imported(directory("world-bad")).report.problems if p.code == "holdings_over_whole")
        assert over.facts == {"company": "ABC Retail", "percent": Rate(Fraction(11, 10)), "on": date(2019, 6, 1)}

    def test_every_problem_can_be_worded(self):
        from inward.kit import vocabularies

        for problem in imported(directory("world-bad")).report.problems:
            for language in ("en", "nb"):
                assert problem.code not in vocabularies.text(problem.reason, language)


class TestWhatIsKnownAlready:
    @pytest.fixture(autouse=True)
    def _world(self):
        imported(directory("world-jkl"))

    def test_a_row_that_says_otherwise_corrects_and_the_old_knowledge_stays(self):
        changed = {"id": "h-jkl-xyz", "owner": "jkl", "owned": "xyz", "percent": "45", "valid_from": "2018-03-01"}
        outcome = imported(rows(holdings=[changed]), at=LATER)
        assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 0)
        facts = (
            Holding.objects.filter(code="h-jkl-xyz")
            .order_by("known_from")
            .values_list("votes", "known_from", "known_until")
        )
        assert list(facts) == [(Fraction(3, 5), AT, LATER), (Fraction(9, 20), LATER, None)]

    def test_people_are_called_otherwise_and_keep_the_address_no_column_speaks_of(self):
        outcome = imported(rows(people=[{"id": "maya-lund", "name": "Maya Berg"}]), at=LATER)
        assert (outcome.added, outcome.changed) == (0, 1)
        person = Party.objects.get(code="maya-lund")
        assert (person.name, person.email) == ("Maya Berg", "maya-lund@example.org")
        imported(rows(people=[{"id": "maya-lund", "name": "Maya Berg", "email": ""}]), at=LATER)
        person.refresh_from_db()
        assert person.email == ""

    def test_a_unit_gets_another_place_from_a_day_and_its_first_place_an_end(self):
        placed = [
            {
                "id": "abc-purchasing",
                "company": "abc",
                "name": "Buying",
                "valid_from": "2015-01-01",
                "last_day": "2025-12-31",
            },
            {
                "id": "abc-purchasing",
                "company": "abc",
                "parent": "abc-shops",
                "name": "Buying",
                "valid_from": "2026-01-01",
            },
        ]
        outcome = imported(rows(units=placed), at=LATER)
        assert (outcome.added, outcome.changed) == (1, 2)
        assert queries.unit_path("abc-purchasing", on=date(2025, 12, 31)) == ("abc-purchasing", "abc")
        assert queries.unit_path("abc-purchasing", on=date(2026, 1, 1)) == ("abc-purchasing", "abc-shops", "abc")
        assert UnitPlacement.objects.filter(unit__code="abc-purchasing").count() == 3

    def test_a_company_is_registered_otherwise(self):
        outcome = imported(rows(companies=[{"id": "abc", "name": "ABC Retail", "currency": "USD"}]), at=LATER)
        assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 1)
        assert Registration.objects.current().get(company__code="abc").functional_currency == "USD"

    def test_rows_are_checked_against_what_is_known(self):
        asked = rows(
            companies=[{"id": "maya-lund", "name": "Maya Ltd", "currency": "EUR"}],
            units=[
                {"id": "abc-shops", "company": "xyz", "name": "Shops", "valid_from": "2015-01-01"},
                {"id": "xyz-plant", "company": "xyz", "name": "Plant", "valid_from": "2019-01-01"},
                {
                    "id": "abc-shops",
                    "company": "abc",
                    "parent": "abc-shop-centre",
                    "name": "Shops",
                    "valid_from": "2015-01-01",
                },
            ],
            holdings=[{"owner": "meridian", "owned": "abc", "percent": "21"}],
        )
        with nothing_written():
            outcome = imported(asked)
        assert problems(outcome) == [
            ("companies.csv", 2, "id", "id_of_other_kind"),
            ("holdings.csv", 2, "percent", "holdings_over_whole"),
            ("units.csv", 2, "parent", "unit_parent_of_other_company"),
            ("units.csv", 3, "valid_from", "unit_twice_at_once"),
            ("units.csv", 4, "valid_from", "unit_twice_at_once"),
        ]

    def test_a_refused_holding_leaves_the_known_one_in_the_sum(self):
        more = {"id": "h-jkl-abc", "owner": "jkl", "owned": "abc", "percent": "30"}
        other = {"id": "h-new", "owner": "xyz", "owned": "abc", "percent": "80"}
        outcome = imported(rows(holdings=[other, more]), good_rows=True)
        assert problems(outcome) == [
            ("holdings.csv", 2, "percent", "holdings_over_whole"),
            ("holdings.csv", 3, "percent", "holdings_over_whole"),
        ]
        assert {h.id: h.votes for h in queries.world().holdings}["h-jkl-abc"] == Fraction(4, 5)


def test_a_circle_through_a_known_unit_is_blamed_on_the_row():
    given_company("abc")
    given_unit("abc-a", "abc")
    given_unit("abc-b", "abc", parent="abc-a")
    row = {"id": "abc-a", "company": "abc", "parent": "abc-b", "name": "A", "valid_from": LONG_AGO.isoformat()}
    with nothing_written():
        outcome = imported(rows(units=[row]))
    assert problems(outcome) == [("units.csv", 2, "parent", "units_in_circle")]


def test_too_many_contradictions_are_not_told_one_by_one(monkeypatch):
    monkeypatch.setattr("inward.parties.worldcheck.UNIT_ROUNDS_MAX", 1)
    given_company("abc")
    circle = [{"id": f"u{n}", "company": "abc", "parent": f"u{n}", "name": "U"} for n in range(3)]
    with nothing_written():
        outcome = imported(rows(units=circle))
    assert [code for *_, code in problems(outcome)] == ["units_in_circle", "too_many_problems", "too_many_problems"]


def test_a_row_that_could_not_be_read_goes_into_the_report_with_the_others():
    wrong = RowProblem("people.csv", 7, "", "row_of_other_width", {"cells": 2, "columns": 3})
    with nothing_written():
        outcome = imported({"people": [Row("people.csv", 2, {"id": "maya", "name": "Maya"}), wrong]})
    assert (outcome.report.read, outcome.report.good, outcome.report.problems) == (2, 1, (wrong,))


def test_a_misspelt_column_is_told_once():
    people = [{"id": "a", "name": "A", "emial": "a@example.org"}, {"id": "b", "name": "B", "emial": ""}]
    with nothing_written():
        outcome = imported(rows(people=people))
    assert problems(outcome) == [("people.csv", 1, "emial", "column_misspelt")]
    assert outcome.report.problems[0].facts == {"column": "emial", "near": "email"}
    assert (outcome.report.read, outcome.report.good) == (2, 0)


def test_rows_under_a_misspelt_heading_stay_out_with_the_good_rows_too():
    companies = [{"id": "abc", "name": "ABC", "currency": "USD"}, {"id": "xyz", "name": "XYZ", "currency": "USD"}]
    holdings = [{"owner": "abc", "owned": "xyz", "percent": "60", "last_dya": "2020-12-31"}]
    outcome = imported(rows(companies=companies, holdings=holdings), good_rows=True)
    assert problems(outcome) == [("holdings.csv", 1, "last_dya", "column_misspelt")]
    assert (outcome.written, outcome.report.good) == (True, 2)
    assert not Holding.objects.exists()


def test_a_needed_column_that_is_not_there_is_told_once_and_every_row_of_its_file_is_refused():
    people = [{"id": name, "mail": f"{name}@example.org"} for name in "abc"]
    work = [{"id": "w", "person": "a", "company": "abc", "kind": "FULL_TIME"}]
    given_company("abc")
    with nothing_written():
        outcome = imported(rows(people=people, work_relationships=work))
    assert problems(outcome) == [
        ("people.csv", 1, "mail", "column_misspelt"),
        ("people.csv", 1, "name", "column_missing"),
        ("work_relationships.csv", 2, "person", "id_refused"),
    ]
    assert outcome.report.problems[1].facts == {"column": "name", "found": "id, mail"}
    assert (outcome.report.read, outcome.report.good) == (4, 0)


def test_the_good_rows_of_other_files_come_in_where_one_file_lacks_a_column():
    companies = [{"id": "abc", "name": "ABC", "currency": "USD"}]
    outcome = imported(rows(companies=companies, people=[{"id": "a"}, {"id": "b"}]), good_rows=True)
    assert (outcome.report.read, outcome.report.good, outcome.added) == (3, 1, 2)
    assert not Party.objects.filter(kind=PartyKind.PERSON).exists()


def test_a_table_nobody_knows_is_a_mistake_of_the_caller():
    with nothing_written(), pytest.raises(KeyError):
        imported(rows(peoples=[]))


def test_nothing_to_import_is_no_import():
    with nothing_written():
        assert imported({}).added == 0


def test_ids_that_are_left_out_are_made_from_both_ends():
    given_company("jkl")
    given_company("abc")
    given_person("maya")
    imported(
        rows(
            holdings=[{"owner": "jkl", "owned": "abc", "percent": "60%"}],
            work_relationships=[{"person": "maya", "company": "abc", "kind": "Part time"}],
        )
    )
    world = queries.world()
    assert ([h.id for h in world.holdings], [w.id for w in world.work_relationships]) == (["jkl-abc"], ["maya-abc"])


def week(party="abc", **more):
    return {"party": party, "time_zone": "Europe/Oslo", "mon": "09:00-17:00", **more}


class TestCalendars:
    @pytest.fixture(autouse=True)
    def _abc(self):
        given_company("abc")
        given_person("maya")
        given_unit("abc-it", "abc")

    def test_a_week_and_a_day_come_in_and_the_calendars_have_a_new_version(self):
        parties, hours = versions.current(queries.VERSION, calendars.VERSION).values()
        outcome = imported(
            rows(
                calendars=[week(valid_until="2027-01-01"), week(valid_from="2027-01-01", tue="09:00-12:00")],
                own_days=[{"party": "abc-it", "day": "2026-12-24", "name": "Eve", "hours": "09:00-12:00"}],
            )
        )
        assert (outcome.added, problems(outcome)) == (3, [])
        found = calendars.calendar_of("abc-it", on=date(2027, 2, 2))
        assert [day for day, spans in found.week.items() if spans] == ["mon", "tue"]
        now = versions.current(queries.VERSION, calendars.VERSION)
        assert now == {queries.VERSION: parties + 1, calendars.VERSION: hours + 1}

    def test_the_same_again_changes_nothing_and_the_same_first_day_corrects(self):
        imported(rows(calendars=[week()]))
        with nothing_written():
            assert imported(rows(calendars=[week()])).unchanged == 1
        again = imported(rows(calendars=[week(mon="10:00-18:00")]), at=LATER)
        assert (again.added, again.changed) == (0, 1)
        assert WorkingWeek.objects.count() == 2  # what was known before stays known as such

    @pytest.mark.parametrize(
        ("second", "column", "code"),
        [
            (week(valid_from="2026-06-01"), "valid_from", "week_twice_at_once"),
            (week(party="nobody"), "party", "id_unknown"),
            (week(party="maya"), "party", "id_of_other_kind"),
        ],
    )
    def test_a_week_that_cannot_stand_beside_the_others_is_refused_by_its_row(self, second, column, code):
        outcome = imported(rows(calendars=[week(), second]))
        assert problems(outcome) == [("calendars.csv", 3, column, code)]
        assert not WorkingWeek.objects.exists()

    def test_a_week_that_overlaps_a_known_one_is_refused(self):
        imported(rows(calendars=[week(valid_from="2026-01-01")]))
        outcome = imported(rows(calendars=[week(valid_from="2026-06-01")]), at=LATER)
        assert problems(outcome) == [("calendars.csv", 2, "valid_from", "week_twice_at_once")]

    def test_a_day_said_twice_or_of_nobody_is_refused(self):
        day = {"party": "abc", "day": "2026-12-24", "name": "Eve"}
        outcome = imported(rows(own_days=[day, day, {**day, "party": "nobody"}]))
        assert problems(outcome) == [
            ("own_days.csv", 3, "day", "day_twice"),
            ("own_days.csv", 4, "party", "id_unknown"),
        ]

    def test_a_dry_run_of_a_week_for_a_new_company_tells_and_keeps_nothing(self):
        new = {"id": "new", "name": "New", "currency": "EUR"}
        with nothing_written():
            outcome = imported(rows(companies=[new], calendars=[week(party="new")]), dry_run=True)
        assert (outcome.added, problems(outcome)) == (3, [])


def test_when_the_world_would_not_stand_nothing_is_kept(monkeypatch):
    """The last word is the core's, even if the checks before it had a hole."""
    given_company("jkl")
    given_company("abc")
    given_holding("jkl", "abc", 80)
    monkeypatch.setattr("inward.parties.worldcheck.most_votes", lambda _: (Fraction(0), None))
    with nothing_written(), pytest.raises(Refusal) as refused:
        imported(rows(holdings=[{"id": "h", "owner": "jkl", "owned": "abc", "percent": "30"}]))
    assert refused.value.reason.code == "holdings_over_whole"


class TestFilesThatCannotBeRead:
    def test_a_file_in_another_encoding_is_named_with_line_and_place(self, tmp_path):
        (tmp_path / "people.csv").write_bytes("id,name\nsolveig,Solveig Nes\nbjorn,Bjørn Åsen\n".encode("latin-1"))
        with nothing_written():
            outcome = imported(read_directory(tmp_path, TABLES))
        assert problems(outcome) == [("people.csv", 3, "byte 9", "file_not_utf8")]
        assert not outcome.written

    def test_a_file_that_is_too_large_is_not_read_at_all(self, tmp_path, monkeypatch):
        monkeypatch.setattr("inward.kit.intake.SIZE_MAX", 10)
        (tmp_path / "people.csv").write_text("id,name\nmaya,Maya Lund\n")
        with nothing_written():
            outcome = imported(read_directory(tmp_path, TABLES))
        assert problems(outcome) == [("people.csv", 0, "", "file_too_large")]

    def test_the_good_rows_before_the_place_can_be_taken(self, tmp_path):
        (tmp_path / "people.csv").write_bytes(b"id,name\nsolveig,Solveig Nes\nbjorn,Bj\xf8rn\n")
        outcome = imported(read_directory(tmp_path, TABLES), good_rows=True)
        assert (outcome.added, outcome.written) == (1, True)
        assert list(queries.world().person) == ["solveig"]


FIRST = {"id": "a", "company": "abc", "issued": "100", "valid_until": "2026-06-01"}
SECOND = {"id": "a-2", "company": "abc", "issued": "200", "version_of": "a", "valid_from": "2026-06-01"}
HELD = {"owner": "xyz", "share_class": "a", "shares": "60"}


class TestVersionsOfAClass:
    """Rows of share_classes.csv that say what a class is from a later day on."""

    @pytest.fixture(autouse=True)
    def _companies(self):
        for code in ("abc", "xyz"):
            given_company(code)

    def brought(self, *classes, held=None):
        return imported(rows(share_classes=classes, **({} if held is None else {"shareholdings": [held]})), at=LATER)

    def test_shares_are_held_of_the_class_over_its_versions(self):
        outcome = self.brought(SECOND, FIRST, held=HELD)
        assert (outcome.report.problems, outcome.added) == ((), 3)
        assert [(stake.id, stake.votes) for stake in queries.world().stakes] == [
            ("xyz-a", Fraction(3, 5)),
            ("xyz-a@2026-06-01", Fraction(3, 10)),
        ]
        again = self.brought(SECOND, FIRST, held=HELD)
        assert (again.added, again.changed) == (0, 0)

    def test_a_row_that_corrects_a_version_need_not_name_the_class(self):
        self.brought(SECOND, FIRST, held=HELD)
        row = {name: value for name, value in SECOND.items() if name != "version_of"} | {"issued": "120"}
        outcome = self.brought(row)
        assert (outcome.report.problems, outcome.changed) == ((), 1)
        assert [stake.votes for stake in queries.world().stakes] == [Fraction(3, 5), Fraction(1, 2)]

    @pytest.mark.parametrize(
        ("second", "column", "code"),
        [
            ({"version_of": "nothing"}, "version_of", "id_unknown"),
            ({"company": "xyz"}, "version_of", "share_class_no_version"),
            ({"valid_from": "2026-05-31"}, "valid_from", "share_class_twice_at_once"),
            ({"register": "gleif"}, "version_of", "share_class_of_other_source"),
        ],
    )
    def test_what_is_no_version_is_blamed_on_its_row_and_nothing_comes_in(self, second, column, code):
        outcome = self.brought(FIRST, SECOND | second)
        assert (column, code) in {(each.column, each.code) for each in outcome.report.problems}
        assert queries.world().share_classes == ()

    def test_a_version_goes_with_the_class_that_is_refused(self):
        outcome = self.brought(FIRST | {"company": "nobody"}, SECOND)
        assert [(each.column, each.code) for each in outcome.report.problems] == [
            ("company", "id_unknown"),
            ("version_of", "id_unknown"),
        ]

    def test_shares_of_a_day_without_a_version_or_of_a_version_are_refused(self):
        outcome = self.brought(FIRST, SECOND | {"valid_from": "2026-07-01"}, held=HELD)
        assert [(each.column, each.code) for each in outcome.report.problems] == [("shares", "shares_not_issued")]
        outcome = self.brought(FIRST, SECOND, held=HELD | {"share_class": "a-2"})
        assert [(each.column, each.code) for each in outcome.report.problems] == [("share_class", "id_unknown")]


ABC = {"id": "abc", "name": "ABC Retail", "currency": "EUR"}
OLD = {"name": "ABC", "valid_until": "2026-06-01"}
NEW = {"name": "ABC Retail", "valid_from": "2026-06-01"}


class TestNames:
    """Rows of names.csv: what companies and units are called on which days."""

    def days(self):
        return [(period.start, name) for period, name in queries.names_through("abc")]

    def brought(self, *names, companies=(ABC,), **more):
        return imported(rows(companies=companies, names=[{"party": "abc", **each} for each in names]), **more)

    def test_names_of_other_days_come_in_and_again_change_nothing(self):
        outcome = self.brought(OLD, NEW)
        assert (outcome.report.problems, self.days()) == ((), [(None, "ABC"), (date(2026, 6, 1), "ABC Retail")])
        again = self.brought(OLD, NEW)
        assert (again.added, again.changed) == (0, 0)

    def test_what_is_said_of_today_is_the_name_of_today_and_a_name_to_come_is_taken_on_its_day(self):
        self.brought(
            OLD, NEW | {"name": "ABC Shops", "valid_until": "2027-01-01"},
            {"name": "ABC Stores", "valid_from": "2027-01-01"},
        )  # fmt: skip
        assert queries.name_of("abc") == "ABC Shops"
        assert operations.take_name(by=HOUSE, at=AT + timedelta(days=400), party=queries.keys()["abc"])
        assert queries.name_of("abc") == "ABC Stores"
        assert Task.objects.filter(name="parties.take_name").count() == 1

    def test_every_name_to_come_is_taken_on_its_day(self):
        self.brought(
            NEW | {"valid_until": "2027-01-01"},
            {"name": "ABC Stores", "valid_from": "2027-01-01", "valid_until": "2028-01-01"},
            {"name": "ABC Halls", "valid_from": "2028-01-01"},
        )
        due = Task.objects.filter(name="parties.take_name").order_by("due_at").values_list("due_at", flat=True)
        assert [each.date().isoformat() for each in due] == ["2027-01-01", "2028-01-01"]

    def test_a_name_to_come_alone_leaves_the_days_before_the_name_of_today(self):
        stores = {"name": "ABC Stores", "valid_from": "2027-01-01"}
        self.brought(stores)
        assert operations.take_name(by=HOUSE, at=AT + timedelta(days=400), party=queries.keys()["abc"])
        assert [queries.name_on("abc", date(year, 6, 1)) for year in (2026, 2027)] == ["ABC Retail", "ABC Stores"]
        again = self.brought(stores, companies=(), at=LATER)
        assert (again.added, again.changed, len(self.days())) == (0, 0, 2)

    def test_a_company_called_otherwise_without_a_day_corrects_the_name_of_today_alone(self):
        self.brought(OLD, NEW)
        outcome = imported(rows(companies=[ABC | {"name": "ABC Retail plc"}]), at=LATER)
        assert outcome.changed == 1
        assert self.days() == [(None, "ABC"), (date(2026, 6, 1), "ABC Retail plc")]

    def test_a_dry_run_tells_and_keeps_nothing(self):
        with nothing_written():
            assert self.brought(OLD, NEW, dry_run=True).added == 4

    @pytest.mark.parametrize(
        ("row", "column", "code"),
        [
            ({"name": "X", "valid_from": "2026-05-01"}, "valid_from", "days_taken"),
            ({"party": "nobody", "name": "X", "valid_from": "2027-05-01"}, "party", "id_unknown"),
            ({"name": "", "valid_from": "2027-05-01"}, "name", "field_missing"),
        ],
    )
    def test_a_name_of_nobody_or_of_a_day_that_has_one_is_refused_by_its_row(self, row, column, code):
        outcome = self.brought(OLD, NEW | {"valid_until": "2027-01-01"}, row)
        assert [(each.line, each.column, each.code) for each in outcome.report.problems] == [(4, column, code)]
        assert self.days() == []

    def test_only_whoever_looks_after_the_company_says_what_it_is_called(self):
        imported(rows(companies=[ABC, {"id": "xyz", "name": "XYZ", "currency": "EUR"}]))
        given_unit("abc-it", "abc", "IT")
        admin = given_actor("admin", ("DATA_ADMINISTRATOR", "abc"))
        named = [{"party": party, "name": "X", "valid_from": "2026-06-01"} for party in ("abc", "abc-it", "xyz")]
        outcome = imported(rows(names=named), by=admin, good_rows=True, at=LATER)
        assert [(each.line, each.column) for each in outcome.report.problems] == [(4, "party")]
        assert [queries.name_of(code) for code in ("abc", "abc-it", "xyz")] == ["X", "X", "XYZ"]


MERGED = {
    "id": "m-1", "kind": "MERGER", "day": "2026-03-01", "parties": "abc-old=abc-it", "units": "1", "people": "4",
}  # fmt: skip


class TestEvents:
    """Rows of events.csv: what happened, beside the facts that it changed."""

    @pytest.fixture(autouse=True)
    def _abc(self):
        given_company("abc", "ABC")
        for unit in ("abc-old", "abc-it"):
            given_unit(unit, "abc", unit)

    def brought(self, *events_of, **more):
        return imported(rows(events=events_of), **{"at": LATER} | more)

    def test_what_happened_is_told_on_the_pages_of_those_it_was_about_and_changes_nothing_else(self):
        before = queries.world().units
        assert self.brought(MERGED).added == 1
        (told,) = events.events_of("abc-it")
        assert (told.kind, told.day, told.units, told.people, told.companies) == (
            EventKind.MERGER, date(2026, 3, 1), 1, 4, ("abc",),
        )  # fmt: skip
        assert [(part.party.code, part.other.code) for part in told.parts] == [("abc-old", "abc-it")]
        assert queries.world().units == before
        with nothing_written():
            assert self.brought(MERGED).unchanged == 1

    def test_a_row_that_tells_it_otherwise_is_taken_and_taken_back_is_told_no_more(self):
        self.brought(MERGED)
        outcome = self.brought(MERGED | {"day": "2026-04-01", "parties": "abc-old=abc"})
        assert (outcome.added, outcome.changed) == (0, 1)
        (told,) = events.events_of("abc")
        assert (told.day, told.parts[0].other.code) == (date(2026, 4, 1), "abc")
        operations.undo_reorganisation(by=HOUSE, at=LATER, event=told.key)
        assert events.events_of("abc") == ()
        assert self.brought(MERGED).changed == 1
        assert len(events.events_of("abc-it")) == 1

    def test_a_new_name_that_came_in_a_file_is_told_and_taken_back_without_a_name_changing(self):
        self.brought({
            "id": "n", "kind": "RENAME", "day": "2026-03-01", "parties": "abc", "before": "Abc", "after": "ABC",
        })  # fmt: skip
        (told,) = events.events_of("abc")
        operations.undo_reorganisation(by=HOUSE, at=LATER, event=told.key)
        assert queries.name_of("abc") == "ABC"

    def test_what_was_entered_here_goes_out_comes_back_and_is_not_told_otherwise_by_a_file(self, tmp_path):
        asked = Reorganisation(EventKind.MERGER, date(2026, 3, 1), source="abc-old", target="abc-it")
        key = operations.reorganise(by=HOUSE, at=AT, asked=asked)
        exports.export_world(viewer=HOUSE, on=AT.date(), folder=tmp_path)
        with nothing_written():
            outcome = operations.import_world(by=HOUSE, at=LATER, tables=read_directory(tmp_path, TABLES))
        assert (outcome.report.problems, outcome.added, outcome.changed) == ((), 0, 0)
        other = self.brought({"id": str(key), "kind": "MERGER", "day": "2026-05-01", "parties": "abc-old=abc-it"})
        assert [(each.column, each.code) for each in other.report.problems] == [("id", "event_entered_here")]

    def test_what_was_entered_and_taken_back_here_is_not_told_again_by_a_file_of_before(self, tmp_path):
        asked = Reorganisation(EventKind.MERGER, date(2026, 3, 1), source="abc-old", target="abc-it")
        key = operations.reorganise(by=HOUSE, at=AT, asked=asked)
        exports.export_world(viewer=HOUSE, on=AT.date(), folder=tmp_path)
        operations.undo_reorganisation(by=HOUSE, at=LATER, event=key)
        told = {"events": read_directory(tmp_path, TABLES)["events"]}
        outcome = operations.import_world(by=HOUSE, at=LATER, tables=told)
        assert [(each.column, each.code) for each in outcome.report.problems] == [("id", "event_entered_here")]
        assert ChangeEvent.objects.get(pk=key).undone_at == LATER
        assert events.events_of("abc-it") == ()

    def test_in_another_house_the_same_files_come_out_again(self, tmp_path):
        for at, asked in (
            (AT, Reorganisation(EventKind.RENAME, date(2026, 2, 1), source="abc-old", name="Old")),
            (AT, Reorganisation(EventKind.MERGER, date(2026, 3, 1), source="abc-it", target="abc-old")),
        ):
            operations.reorganise(by=HOUSE, at=at, asked=asked)
        exports.export_world(viewer=HOUSE, on=AT.date(), folder=tmp_path / "one")
        for table in (ChangeRow, ChangePart, ChangeEvent, PartyName):
            table.objects.all().delete()
        outcome = operations.import_world(by=HOUSE, at=LATER, tables=read_directory(tmp_path / "one", TABLES))
        assert outcome.report.problems == ()
        exports.export_world(viewer=HOUSE, on=AT.date(), folder=tmp_path / "two")
        for name in ("events", "names"):
            files = [(tmp_path / place / f"{name}.csv").read_text() for place in ("one", "two")]
            assert files[0] == files[1]
            assert len(files[0].splitlines()) == 3

    @pytest.mark.parametrize(
        ("wrong", "column", "code"),
        [
            ({"parties": "abc-old"}, "parties", "event_without_other_end"),
            ({"parties": "abc-old="}, "parties", "code_not_usable"),
            ({"parties": "nobody=abc-it"}, "parties", "id_unknown"),
            ({"kind": "RENAME", "parties": "abc"}, "after", "field_missing"),
            ({"units": "some"}, "units", "not_a_number"),
            ({"kind": "PARTY"}, "kind", "not_one_of"),
            ({"day": ""}, "day", "field_missing"),
        ],
    )
    def test_what_cannot_be_is_refused_by_its_row(self, wrong, column, code):
        outcome = self.brought(MERGED | wrong)
        assert [(each.column, each.code) for each in outcome.report.problems] == [(column, code)]
        assert not ChangeEvent.objects.exists()

    def test_only_whoever_looks_after_all_it_was_about_tells_it(self):
        given_company("xyz")
        admin = given_actor("admin", ("DATA_ADMINISTRATOR", "abc"))
        outcome = self.brought(MERGED, MERGED | {"id": "m-2", "parties": "abc=xyz"}, by=admin, good_rows=True)
        assert [(each.line, each.column) for each in outcome.report.problems] == [(3, "parties")]
        assert [event.code for event in ChangeEvent.objects.all()] == ["m-1"]

    def test_its_rows_stand_in_the_journal_by_which_its_import_is_taken_back_once_it_is_new(self):
        journal = Journal()
        self.brought(MERGED, journal=journal)
        assert [table for table, *_ in journal.entries] == ["parties.ChangeEvent", "parties.ChangePart"]
        journal = Journal()
        self.brought(MERGED | {"people": "5"}, journal=journal)
        assert journal.entries == []

    def test_a_dry_run_tells_and_keeps_nothing(self):
        self.brought(MERGED)
        with nothing_written():
            outcome = self.brought(MERGED | {"people": "5"}, MERGED | {"id": "m-2"}, dry_run=True)
        assert (outcome.added, outcome.changed) == (1, 1)
