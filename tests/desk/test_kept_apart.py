"""What is confidential, and what is the service's own, is kept apart: tasks, history, files, jobs; each refusal writes nothing."""

import pytest
from tests.builders import HOUSE, nothing_written
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later, seen

from inward.core.terms import Refusal
from inward.desk import handing, jobs, operations, policy, queues
from inward.desk.casewords import CaseAct, TaskState
from inward.desk.models import CaseTask
from inward.kit.actor import NOBODY
from inward.kit.intake import Row
from inward.kit.policy import NotThere


@pytest.fixture
def desk(house):
    given_desk(house)
    given_personnel(house)
    return house


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code, caught.value.where


def test_a_task_of_a_confidential_case_is_given_only_to_who_may_handle_it(desk):
    by = {"by": desk.actor(TOR), "at": MONDAY, "case": asked(desk, MAYA, queue="hr", text="My pay")}
    assert refused(operations.add_task, **by, title="Look", owner=INES.code) == ("case_owner_unfit", "owner")
    task = operations.add_task(**by, title="Look", owner=TOR.code)
    assert refused(operations.give_task, **by, task=task, owner=MAYA.code) == ("case_owner_unfit", "owner")
    assert handing.able(kept(by["case"]), at=MONDAY) == (TOR.code,)
    open_one = asked(desk, MAYA)
    assert operations.add_task(by=desk.actor(TOR), at=MONDAY, case=open_one, title="Look", owner=LUCA.code)


def test_tasks_of_one_confidential_case_wait_for_each_other_and_for_no_other_case(desk):
    tor = {"by": desk.actor(TOR), "at": MONDAY}
    secret, other = asked(desk, MAYA, queue="hr", text="My pay"), asked(desk, MAYA)
    first = operations.add_task(**tor, case=secret, title="First")
    then = operations.add_task(**tor, case=secret, title="Then")
    elsewhere = operations.add_task(**tor, case=other, title="Elsewhere")
    operations.wait_for(**tor, case=secret, task=then, other=first)
    assert CaseTask.objects.get(reference=then).waits_for.reference == first
    for case, task, wanted in ((secret, first, elsewhere), (other, elsewhere, first)):
        found = refused(operations.wait_for, **tor, case=case, task=task, other=wanted)
        assert found == ("case_stays_confidential", "other")


def test_a_task_that_waits_for_what_became_confidential_tells_nothing_of_it(desk):
    tor = {"by": desk.actor(TOR), "at": MONDAY}
    one, other = asked(desk, MAYA), asked(desk, MAYA, text="Becomes confidential")
    first = operations.add_task(**tor, case=other, title="Secret step")
    then = operations.add_task(**tor, case=one, title="Then")
    operations.wait_for(**tor, case=one, task=then, other=first)
    operations.hand_over(**tor, case=other, queue="hr", words="It is theirs")
    (task,) = seen(desk, INES, one).tasks
    assert (task.title, task.waits_for) == ("Then", None)


def test_whoever_asked_reads_no_history_of_the_services_own(desk):
    tor = {"by": desk.actor(TOR), "at": MONDAY}
    case = asked(desk, MAYA)
    task = operations.add_task(**tor, case=case, title="Look")
    operations.end_task(**tor, case=case, task=task, state=TaskState.DONE)
    operations.note_down(**tor, case=case, text="A note")
    operations.spend(**tor, case=case, minutes=5)
    operations.assign(**tor, case=case, owner=INES.code)
    told = seen(desk, MAYA, case).happened
    assert [each.act for each in told] == [CaseAct.OPENED, CaseAct.HANDED_OVER]
    assert "owner" not in told[1].facts
    assert [each.act.value for each in seen(desk, TOR, case).happened] == acts(case)


def test_only_the_very_service_brings_into_a_confidential_queue(desk):
    row = {"queue": "hr", "customer": MAYA.code, "subject": "Pay", "opened_at": "2026-11-27T09:00:00+01:00"}
    with nothing_written():
        done = operations.import_cases(
            by=desk.actor(SITI), at=MONDAY, tables={"cases": [Row("cases.csv", 2, row)]}, good_rows=True
        )
    assert [(each.column, each.reason.code) for each in done.report.problems] == [("queue", "id_unknown")]


def test_nobody_keeps_or_finds_a_queue(desk):
    assert not policy.may_keep_some_queue(NOBODY, on=MONDAY.date())
    assert queues.queues(viewer=NOBODY, at=MONDAY, params={}).rows == ()
    operations.close_queue(by=HOUSE, at=MONDAY, code="it")
    with pytest.raises(NotThere):
        queues.queue(viewer=desk.actor(MAYA), at=MONDAY, code="it")


def test_what_is_silent_closes_by_itself(desk):
    case = asked(desk, MAYA)
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="Done")
    jobs.go_on(at=later(days=2))
    assert kept(case).state == "SOLVED"
    jobs.go_on(at=later(days=9))
    assert kept(case).state == "CLOSED"
