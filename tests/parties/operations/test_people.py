"""People become known, work, move, leave, and are forgotten."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_actor,
    given_company,
    given_employee,
    given_holding,
    given_person,
    given_unit,
    given_work,
    nothing_written,
)

from inward.core.classification import WorkKind
from inward.core.terms import Refusal
from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow, Subject, Task
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries
from inward.parties.announcements import PersonAdded, PersonErased, WorkEnded, WorkMoved, WorkStarted
from inward.parties.models import Holding, Party, WorkRelationship

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _company():
    given_company("abc")
    given_company("xyz")
    given_unit("abc-it", "abc", valid_from=date(2020, 1, 1), valid_until=date(2026, 9, 1))


def started(**more):
    asked = {"by": HOUSE, "at": AT, "person": "maya", "company": "abc", "kind": WorkKind.FULL_TIME, "valid_from": JUNE}
    return operations.start_work(**asked | more)


def moved(work, **more):
    asked = {"by": HOUSE, "at": LATER, "work": work, "kind": WorkKind.PART_TIME, "unit": None, "job_title": "Adviser"}
    return operations.move_work(**asked | {"valid_from": JUNE} | more)


class TestAdding:
    def test_she_is_known_under_a_subject_key_and_audit_has_no_name(self):
        assert operations.add_person(by=HOUSE, at=AT, code="maya", name="Maya Lund", email="maya@example.org") == "maya"
        person = Party.objects.get(code="maya")
        assert (person.name, person.email) == ("Maya Lund", "maya@example.org")
        assert Subject.objects.filter(key=person.subject).exists()
        assert AuditRow.objects.get(act="parties.add_person").thing == person.subject
        assert [told.person_id for told in outbox.announced(PersonAdded)] == [person.id]
        assert queries.world().person["maya"].name == "Maya Lund"

    def test_any_data_administrator_adds_and_nobody_else(self):
        admin, buyer = given_actor("admin", ("DATA_ADMINISTRATOR", "abc")), given_actor("buyer", ("BUYER", "abc"))
        operations.add_person(by=admin, at=AT, code="maya", name="Maya")
        for by in (buyer, NOBODY):
            with nothing_written(), pytest.raises(Refused):
                operations.add_person(by=by, at=AT, code="jonas", name="Jonas")

    def test_a_taken_code_is_refused(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.add_person(by=HOUSE, at=AT, code="abc", name="A. B. Ceder")
        assert refused.value.reason.code == "id_twice"


class TestStarting:
    @pytest.fixture(autouse=True)
    def _maya(self):
        given_person("maya")

    def test_she_works_from_that_day_in_that_unit(self):
        assert started(unit="abc-it", job_title="IT support", cost_centre="abc-it") == "maya-abc"
        assert [work.unit for work in queries.work_of("maya", on=JUNE)] == ["abc-it"]
        assert queries.work_of("maya", on=date(2026, 5, 31)) == ()
        (told,) = outbox.announced(WorkStarted)
        work = WorkRelationship.objects.get()
        assert (told.work_id, told.company, told.valid_from) == (work.id, "abc", "2026-06-01")
        assert AuditRow.objects.get(act="parties.start_work").facts["person"] == queries.subject_of("maya")

    def test_she_may_work_for_two_companies_and_twice_for_one(self):
        assert [started(), started(company="xyz"), started()] == ["maya-abc", "maya-xyz", "maya-abc-2"]
        assert queries.employers("maya") == ("abc", "xyz")

    @pytest.mark.parametrize(
        ("change", "code", "where"),
        [
            ({"valid_until": JUNE}, "period_backwards", "valid_until"),
            ({"unit": "abc-it", "valid_from": date(2026, 9, 1)}, "unit_not_open", "unit"),
            ({"unit": "abc-it", "valid_from": None}, "unit_not_open", "unit"),
            ({"code": "no code"}, "code_not_usable", "code"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_written(self, change, code, where):
        with nothing_written(), pytest.raises(Refusal) as refused:
            started(**change)
        assert (refused.value.reason.code, refused.value.where) == (code, where)

    def test_a_refused_unit_says_on_which_days_it_exists(self):
        with pytest.raises(Refusal) as refused:
            started(unit="abc-it", valid_from=date(2026, 9, 1))
        facts = refused.value.reason.facts
        assert (facts["since"], facts["until"]) == (date(2020, 1, 1), date(2026, 9, 1))
        given_unit("abc-new", "abc", valid_from=None, valid_until=JUNE)
        given_unit("abc-far", "abc", valid_from=date(2027, 1, 1))
        for unit, since, until in (("abc-new", None, JUNE), ("abc-far", date(2027, 1, 1), None)):
            with pytest.raises(Refusal) as refused:
                started(unit=unit)
            assert (refused.value.reason.facts["since"], refused.value.reason.facts["until"]) == (since, until)

    def test_unknown_ends_are_not_there(self):
        for change in ({"person": "x"}, {"company": "x"}, {"unit": "x"}, {"unit": "abc"}, {"person": "abc"}):
            with nothing_written(), pytest.raises(NotThere):
                started(**change)

    def test_only_administrators_of_the_company_say_who_works_there(self):
        other = given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
        with nothing_written(), pytest.raises(Refused):
            started(by=other)


class TestMovingAndEnding:
    @pytest.fixture(autouse=True)
    def _maya(self):
        given_person("maya")
        given_work("maya", "abc", job_title="Clerk")

    def test_she_works_otherwise_from_that_day_and_as_before_until_then(self):
        assert moved("maya-abc", unit="abc-it") == "maya-abc-2"
        works = queries.world().work["maya"]
        assert [(w.id, w.kind, w.unit, w.period.start, w.period.until) for w in works] == [
            ("maya-abc", WorkKind.FULL_TIME, None, LONG_AGO, JUNE),
            ("maya-abc-2", WorkKind.PART_TIME, "abc-it", JUNE, None),
        ]
        (told,) = outbox.announced(WorkMoved)
        assert told.valid_from == "2026-06-01"

    def test_on_the_first_day_it_is_corrected(self):
        assert moved("maya-abc", valid_from=LONG_AGO) == "maya-abc"
        (work,) = queries.world().work["maya"]
        assert work.kind is WorkKind.PART_TIME
        assert WorkRelationship.objects.count() == 2

    def test_a_day_on_which_she_does_not_work_there_is_refused(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            moved("maya-abc", valid_from=date(2014, 1, 1))
        assert refused.value.reason.code == "change_outside_period"

    def test_she_leaves_after_her_last_day(self):
        operations.end_work(by=HOUSE, at=LATER, work="maya-abc", valid_until=JUNE)
        assert queries.work_of("maya", on=date(2026, 5, 31)) != ()
        assert queries.work_of("maya", on=JUNE) == ()
        (told,) = outbox.announced(WorkEnded)
        assert told.valid_until == "2026-06-01"

    def test_an_end_before_the_start_is_refused(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.end_work(by=HOUSE, at=LATER, work="maya-abc", valid_until=LONG_AGO)
        assert refused.value.reason.code == "period_backwards"

    def test_strangers_are_refused_and_unknown_work_is_not_there(self):
        other = given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
        with nothing_written(), pytest.raises(Refused):
            moved("maya-abc", by=other)
        with nothing_written(), pytest.raises(Refused):
            operations.end_work(by=other, at=LATER, work="maya-abc", valid_until=JUNE)
        with nothing_written(), pytest.raises(NotThere):
            moved("maya-xyz")
        with nothing_written(), pytest.raises(NotThere):
            operations.end_work(by=HOUSE, at=LATER, work="maya-xyz", valid_until=JUNE)


class TestErasing:
    def test_no_table_knows_her_name_afterwards_and_her_figures_stay(self):
        given_employee("maya-lund", "abc", name="Maya Lund", valid_until=JUNE)
        operations.rename_party(by=HOUSE, at=AT, party="maya-lund", name="Maya Berg")
        moved("maya-lund-abc", valid_from=LONG_AGO, job_title="Maya's own job")
        given_company("kestrel")
        given_holding("maya-lund", "kestrel", 100)
        subject = queries.subject_of("maya-lund")
        code = operations.erase_person(by=HOUSE, at=LATER, person="maya-lund", reason="Asked for it.")
        person = Party.objects.get(subject=subject)
        assert code == person.code == f"erased-{person.id}"
        assert (person.name, person.email) == ("", "")
        assert WorkRelationship.objects.filter(person=person).count() == 2
        assert Holding.objects.filter(owner=person).count() == 1
        kept = [Party, WorkRelationship, Holding, AuditRow, Task]
        text = " ".join(str(row) for model in kept for row in model.objects.values_list()).lower()
        assert "maya" not in text
        assert "berg" not in text
        assert Subject.objects.get(key=subject).erased_at == LATER
        assert AuditRow.objects.get(act="parties.erase_person").facts["reason"] == "Asked for it."
        (told,) = outbox.announced(PersonErased)
        assert (told.person_id, told.subject) == (person.id, subject)

    def test_it_is_refused_while_she_works_for_somebody(self):
        given_employee("maya", "abc", valid_until=ON + timedelta(days=1))
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.erase_person(by=HOUSE, at=LATER, person="maya", reason="Asked for it.")
        assert refused.value.reason.code == "person_still_works"

    @pytest.mark.parametrize(
        ("reason", "code"),
        [
            ("", "erasure_reason_missing"),
            (" \n", "erasure_reason_missing"),
            ("x" * 201, "text_too_long"),
            ("As LUND asked.", "erasure_reason_names_her"),
            ("maya-lund asked.", "erasure_reason_names_her"),
            ("Asked by m@shop.example.", "erasure_reason_names_her"),
        ],
    )
    def test_it_is_refused_without_a_reason_or_with_one_that_names_her(self, reason, code):
        operations.add_person(by=HOUSE, at=AT, code="maya-lund", name="Maya de Lund", email="m@shop.example")
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.erase_person(by=HOUSE, at=LATER, person="maya-lund", reason=reason)
        assert (refused.value.reason.code, refused.value.where) == (code, "reason")
        assert Party.objects.get(code="maya-lund").name == "Maya de Lund"

    def test_a_reason_may_have_the_small_words_of_a_name(self):
        operations.add_person(by=HOUSE, at=AT, code="maya", name="Maya de Lund")
        operations.erase_person(by=HOUSE, at=LATER, person="maya", reason=" Avis de droit ")
        assert AuditRow.objects.get(act="parties.erase_person").facts["reason"] == "Avis de droit"

    def test_only_administrators_of_everything_erase(self):
        given_person("maya")
        admin = given_actor("admin", ("DATA_ADMINISTRATOR", "abc"))
        with nothing_written(), pytest.raises(Refused):
            operations.erase_person(by=admin, at=LATER, person="maya", reason="Asked for it.")

    def test_nobody_else_can_be_erased(self):
        for party in ("abc", "abc-it", "unknown"):
            with nothing_written(), pytest.raises(NotThere):
                operations.erase_person(by=HOUSE, at=LATER, person=party, reason="Asked for it.")


class TestLineOfBusiness:
    """A code of the company's own, for rules that ask in which line somebody serves."""

    @pytest.fixture(autouse=True)
    def _maya(self):
        given_person("maya")

    def lines(self):
        return sorted((work.company, work.line_of_business) for work in queries.world().work["maya"])

    def test_each_of_several_works_has_its_own(self):
        started(line_of_business="retail")
        started(company="xyz", line_of_business="freight")
        started(company="xyz")
        assert self.lines() == [("abc", "retail"), ("xyz", ""), ("xyz", "freight")]

    def test_it_changes_from_a_day_on_and_holds_before(self):
        july = date(2026, 7, 1)
        moved(started(line_of_business="retail"), line_of_business="freight", valid_from=july)
        stretches = [(work.period.until, work.line_of_business) for work in queries.world().work["maya"]]
        assert stretches == [(july, "retail"), (None, "freight")]

    def test_what_is_not_said_of_a_change_is_not_known(self):
        moved(started(line_of_business="retail"))
        assert self.lines() == [("abc", "")]

    def test_one_that_is_too_long_is_refused_and_nothing_written(self):
        work = started(line_of_business="l" * 60)
        for act in (lambda: started(line_of_business="l" * 61), lambda: moved(work, line_of_business="l" * 61)):
            with nothing_written(), pytest.raises(Refusal) as refused:
                act()
            assert (refused.value.reason.code, refused.value.where) == ("text_too_long", "line_of_business")
