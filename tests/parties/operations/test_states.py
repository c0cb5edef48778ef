"""Probation, unpaid leave and notice are noted, end, are taken back and forgotten; seen by herself and her company's stewards."""

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
    given_work,
    nothing_written,
)
from tests.parties.operations.test_worlds import imported, problems, rows

from inward.core.classification import WorkState
from inward.core.terms import Period, Refusal
from inward.kit.actor import NOBODY
from inward.kit.intake import read_directory
from inward.kit.models import AuditRow, Task
from inward.kit.policy import NotThere, Refused
from inward.parties import exports, operations, queries, register, states, supposing
from inward.parties.models import Party, StateOfWork, WorkRelationship
from inward.parties.worldfiles import TABLES

pytestmark = pytest.mark.django_db
LATER, MONTH = AT + timedelta(hours=1), date(2026, 12, 31)
LEAVE = WorkState.UNPAID_LEAVE


@pytest.fixture(autouse=True)
def _organisation():
    for company in ("abc", "xyz"):
        given_company(company, company.upper())
    given_employee("anna", "abc", name="Anna")
    given_work("anna", "xyz")
    given_employee("bo", "xyz", name="Bo")


@pytest.fixture
def steward():
    return given_actor("siti", ("DATA_ADMINISTRATOR", "abc"))


def noted(state=LEAVE, valid_from=ON, valid_until=None, by=HOUSE, at=AT, company="abc", person="anna", **more):
    days = {"valid_from": valid_from, "valid_until": valid_until}
    operations.note_work_state(by=by, at=at, person=person, company=company, state=state, **days, **more)


def colleague():
    return given_actor("cleo", person=given_employee("cleo", "abc", name="Cleo"))


def of(company, person="anna", world=None):
    return [work.states for work in (world or queries.world()).work[person] if work.company == company]


def test_it_is_known_of_the_work_for_that_company_alone_and_told_without_its_name(steward):
    noted(valid_until=MONTH, by=steward)
    assert (of("abc"), of("xyz")) == ([((LEAVE, Period(ON, MONTH)),)], [()])
    row = AuditRow.objects.latest("id")
    work = WorkRelationship.objects.get(person__code="anna", company__code="abc")
    assert (row.act, row.thing) == ("parties.note_work_state", f"work {work.pk}")
    assert row.facts["person"] == Party.objects.get(code="anna").subject
    assert row.facts["work_state"] == "UNPAID_LEAVE"
    told = Task.objects.filter(name="parties.WorkStateNoted").latest("id").payload["facts"]
    assert "UNPAID_LEAVE" not in str(told)
    assert (told["company"], told["valid_from"], told["valid_until"]) == ("abc", ON.isoformat(), MONTH.isoformat())


def test_what_was_known_before_stays_known(steward):
    noted(at=LATER)
    assert of("abc", world=queries.world(known_at=AT)) == [()]
    operations.end_work_state(
        by=steward, at=LATER + timedelta(hours=1), person="anna", company="abc", state=LEAVE, valid_until=MONTH
    )
    assert of("abc", world=queries.world(known_at=LATER)) == [((LEAVE, Period(ON, None)),)]
    assert of("abc") == [((LEAVE, Period(ON, MONTH)),)]
    found = states.versions(viewer=steward, at=LATER, person="anna")
    assert [(each.record.period, each.known_until is None) for each in found] == [
        (Period(ON, MONTH), True),
        (Period(ON, None), False),
    ]


def test_it_goes_on_when_she_is_moved_and_two_states_may_be_at_once():
    noted()
    noted(WorkState.NOTICE)
    (work,) = [each for each in queries.world().work["anna"] if each.company == "abc"]
    day = ON + timedelta(days=5)
    operations.move_work(by=HOUSE, at=AT, work=work.id, kind=work.kind, unit=None, job_title="Buyer", valid_from=day)
    assert of("abc") == [((WorkState.NOTICE, Period(ON, None)), (LEAVE, Period(ON, None)))] * 2


@pytest.mark.parametrize(
    ("wish", "code", "where"),
    [
        ({"valid_until": ON}, "period_backwards", "valid_until"),
        ({"valid_from": LONG_AGO - timedelta(days=1)}, "not_at_work_there", "valid_from"),
        ({"valid_from": ON + timedelta(days=3)}, "days_taken", "valid_from"),
    ],
)
def test_days_that_cannot_be_are_refused_by_field(wish, code, where):
    noted()
    with nothing_written(), pytest.raises(Refusal) as refused:
        noted(**wish)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_who_does_not_keep_the_records_of_the_company_notes_ends_and_takes_back_nothing(steward):
    noted()
    noted(company="xyz", person="bo")
    days = {"valid_until": MONTH}
    for who in (NOBODY, colleague(), given_actor("user-2", ("CONTROLLER", "abc"))):
        with nothing_written(), pytest.raises(Refused):
            noted(by=who, state=WorkState.NOTICE)
        with nothing_written(), pytest.raises(Refused):
            operations.end_work_state(by=who, at=AT, person="anna", company="abc", state=LEAVE, **days)
        with nothing_written(), pytest.raises(Refused):
            operations.take_back_work_state(by=who, at=AT, person="anna", company="abc", state=LEAVE, valid_from=ON)
    with nothing_written(), pytest.raises(NotThere):  # nor does she learn who works elsewhere
        noted(by=steward, person="bo")
    with nothing_written(), pytest.raises(NotThere):
        noted(by=steward, person="nobody")


def test_it_ends_and_what_was_to_begin_later_does_not():
    noted(valid_until=ON + timedelta(days=2))
    noted(valid_from=MONTH)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_work_state(by=HOUSE, at=AT, person="anna", company="abc", state=LEAVE, valid_until=ON)
    assert refused.value.reason.code == "later_version_begins"
    end = ON + timedelta(days=1)
    operations.end_work_state(by=HOUSE, at=AT, person="anna", company="abc", state=LEAVE, valid_until=end)
    assert of("abc") == [((LEAVE, Period(ON, end)),)]
    with nothing_written(), pytest.raises(NotThere):
        operations.end_work_state(by=HOUSE, at=AT, person="anna", company="abc", state=LEAVE, valid_until=MONTH)


def test_what_was_never_so_is_taken_back_and_stays_in_what_was_known():
    noted()
    with nothing_written(), pytest.raises(NotThere):
        operations.take_back_work_state(
            by=HOUSE, at=LATER, person="anna", company="abc", state=WorkState.NOTICE, valid_from=ON
        )
    operations.take_back_work_state(by=HOUSE, at=LATER, person="anna", company="abc", state=LEAVE, valid_from=ON)
    assert of("abc") == [()]
    assert of("abc", world=queries.world(known_at=AT)) == [((LEAVE, Period(ON, None)),)]


def test_she_sees_it_and_her_company_s_stewards_do_and_nobody_else(steward):
    noted()
    noted(company="xyz")
    herself = given_actor("anna-user", person="anna")

    def seen(viewer, on=ON):
        return [each.company.code for each in states.states(viewer=viewer, at=AT, on=on, person="anna")]

    assert (seen(herself), seen(steward), seen(HOUSE)) == (["abc", "xyz"], ["abc"], ["abc", "xyz"])
    for other in (NOBODY, colleague(), given_actor("user-4", ("CONTROLLER", "abc"))):
        with pytest.raises(NotThere):
            seen(other)
        with pytest.raises(NotThere):
            states.versions(viewer=other, at=AT, person="anna")
    operations.end_work_state(by=HOUSE, at=AT, person="anna", company="abc", state=LEAVE, valid_until=MONTH)
    assert seen(steward, on=MONTH) == []


def test_it_is_forgotten_with_her():
    noted(valid_until=MONTH)
    for work in queries.world().work["anna"]:
        operations.end_work(by=HOUSE, at=AT, work=work.id, valid_until=ON)
    operations.erase_person(by=HOUSE, at=AT, person="anna", reason="left long ago")
    assert not StateOfWork.objects.exists()


def test_a_file_brings_it_in_and_takes_it_out_again_without_a_change(steward, tmp_path):
    row = {
        "person": "anna",
        "company": "abc",
        "state": "unpaid leave",
        "valid_from": "2026-11-01",
        "last_day": "2026-11-30",
    }
    wrong = [
        row,
        row | {"valid_from": "2026-11-15"},
        row | {"state": "holiday"},
        row | {"person": "cleo"},
        row | {"company": "xyz"},
        row | {"state": "notice", "valid_from": ""},
    ]
    outcome = imported(rows(work_states=wrong), by=steward, good_rows=True)
    assert problems(outcome) == [
        ("work_states.csv", 3, "valid_from", "days_taken"),
        ("work_states.csv", 4, "state", "not_one_of"),
        ("work_states.csv", 5, "person", "id_unknown"),
        ("work_states.csv", 6, "company", "not_administrator_of"),
        ("work_states.csv", 7, "valid_from", "field_missing"),
    ]
    assert of("abc") == [((LEAVE, Period(date(2026, 11, 1), date(2026, 12, 1))),)]
    assert exports.export_world(viewer=HOUSE, on=ON, folder=tmp_path)["work_states"] == 1
    with nothing_written():
        again = imported(read_directory(tmp_path, TABLES), at=LATER)
    assert (problems(again), again.added, again.changed) == ([], 0, 0)


def test_a_file_that_says_another_last_day_corrects_it():
    row = {"person": "anna", "company": "abc", "state": "NOTICE", "valid_from": "2026-11-01"}
    imported(rows(work_states=[row]))
    outcome = imported(rows(work_states=[row | {"last_day": "2026-11-30"}]), at=LATER)
    assert (outcome.added, outcome.changed) == (0, 1)
    assert of("abc") == [((WorkState.NOTICE, Period(date(2026, 11, 1), date(2026, 12, 1))),)]


def test_a_supposed_state_is_in_all_her_work_for_the_company_and_ends_as_the_act_would():
    noted(WorkState.NOTICE, valid_until=MONTH)
    here = queries.world()
    days = Period(ON, None)
    supposed = supposing.state_noted(here, person="anna", company="abc", state=LEAVE, period=days)
    (fact,) = supposed.work_relationships.values()
    assert fact.states == ((WorkState.NOTICE, Period(ON, MONTH)), (LEAVE, days))
    end = ON + timedelta(days=1)
    ended = supposing.state_ended(here, person="anna", company="abc", state=WorkState.NOTICE, valid_until=end)
    assert [fact.states for fact in ended.work_relationships.values()] == [((WorkState.NOTICE, Period(ON, end)),)]
    never = supposing.state_ended(here, person="anna", company="abc", state=WorkState.NOTICE, valid_until=ON)
    assert [fact.states for fact in never.work_relationships.values()] == [()]


def test_only_she_is_read_anew_when_her_state_changes():
    before = queries.world()
    noted()
    assert queries.world().work["bo"] is before.work["bo"]


def test_who_looks_after_one_of_two_employers_reads_nothing_of_the_other_in_her_history(steward):
    noted(company="xyz")
    sheet = register.person(viewer=steward, at=AT, on=ON, code="anna")
    assert "parties.note_work_state" not in {each.act for each in register.acts_on(sheet)}
    noted(by=steward)
    sheet = register.person(viewer=steward, at=AT, on=ON, code="anna")
    (told,) = [each for each in register.acts_on(sheet) if each.act == "parties.note_work_state"]
    assert told.facts["company"] == "abc"
