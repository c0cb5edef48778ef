"""Tasks of a case, and those that wait for somebody else's."""

from datetime import UTC, date, datetime

import pytest
from tests.builders import HOUSE, given_role, nothing_written
from tests.cast import INES, JONAS, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later, seen

from inward.core.terms import Refusal
from inward.desk import cases, operations, serving
from inward.desk.announcements import TaskGiven, TaskWaits
from inward.desk.casewords import TaskState
from inward.desk.models import CaseTask
from inward.kit.models import AuditRow, Task
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties

TOMORROW, LATER = date(2026, 12, 1), date(2026, 12, 8)


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code


def task(house, case, title="Order a part", **more):
    return operations.add_task(by=house.actor(TOR), at=MONDAY, case=case, title=title, **more)


def noon(day):
    return datetime(2026, 12, day, 12, 0, tzinfo=UTC)


def planned():
    rows = Task.objects.filter(name="desk.tell_task_late").order_by("due_at")
    return [(row.due_at, row.payload["task"], row.payload["due_on"]) for row in rows]


def tasks(house, case):
    return [
        (each.title, each.state, None if each.owner is None else each.owner.code)
        for each in seen(house, TOR, case).tasks
    ]


def test_a_task_has_an_owner_who_is_told_and_a_day(house):
    given_desk(house)
    case = asked(house, MAYA)
    first = task(house, case, owner=INES.code, due_on=TOMORROW)
    task(house, case, title="Call back", owner=TOR.code)
    assert tasks(house, case) == [("Order a part", TaskState.OPEN, INES.code), ("Call back", TaskState.OPEN, TOR.code)]
    assert [(told.task, told.task_owner) for told in announced(TaskGiven)] == [(first, INES.code)]
    operations.give_task(by=house.actor(TOR), at=MONDAY, case=case, task=first, owner=JONAS.code)
    operations.give_task(by=house.actor(TOR), at=MONDAY, case=case, task=first, owner=None)
    assert [told.task_owner for told in announced(TaskGiven)] == [INES.code, JONAS.code]
    assert seen(house, MAYA, case).tasks == ()
    tor = house.actor(TOR)
    for more, code in (
        ({"owner": "abc"}, "task_owner_unfit"),
        ({"due_on": date(2026, 11, 29)}, "task_day_over"),
        ({"title": " "}, "words_missing"),
    ):
        assert refused(operations.add_task, **{"by": tor, "at": MONDAY, "case": case, "title": "x", **more}) == code
    late = {"by": tor, "at": MONDAY, "case": case, "task": first, "owner": None, "due_on": date(2026, 11, 29)}
    assert refused(operations.give_task, **late) == "task_day_over"
    with pytest.raises(NotThere):
        operations.give_task(by=tor, at=MONDAY, case=case, task="nothing", owner=None)


def test_a_case_is_not_solved_before_the_tasks_that_block_it(house):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    blocking = task(house, case, blocks=True)
    task(house, case, title="Nice to have")
    assert refused(operations.solve, by=tor, at=later(hours=1), case=case, words="Done") == "case_blocked"
    operations.end_task(by=tor, at=later(hours=1), case=case, task=blocking, state=TaskState.DROPPED)
    operations.solve(by=tor, at=later(hours=2), case=case, words="Done")
    assert refused(operations.add_task, by=tor, at=later(hours=3), case=case, title="x") == "case_is_over"


def test_when_the_day_of_an_awaited_task_goes_by_whoever_waits_and_whose_it_is_are_told_once(house):
    given_desk(house)
    mail, design = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, text="Design it")
    tor = house.actor(TOR)
    drawn = task(house, design, title="Draw", owner=INES.code, due_on=TOMORROW)
    sent = task(house, mail, title="Send", owner=JONAS.code)
    own = task(house, design, title="Pay it", owner=INES.code)
    assert not planned()  # nobody waits yet
    for each, case in ((sent, mail), (own, design)):
        operations.wait_for(by=tor, at=MONDAY, case=case, task=each, other=drawn)
    assert planned() == [(noon(2), drawn, "2026-12-01")]
    late = {"by": HOUSE, "at": noon(2), "task": drawn, "due_on": TOMORROW}
    with pytest.raises(Refused):
        operations.tell_task_late(**late | {"by": tor})
    assert not operations.tell_task_late(**late | {"task": "none"})
    assert operations.tell_task_late(**late)
    told = [(each.what, each.task, each.task_owner) for each in announced(TaskWaits)]
    assert told[1:] == [("LATE", drawn, JONAS.code), ("OVERDUE", drawn, INES.code)]  # the first: hers is waited for
    operations.give_task(by=tor, at=noon(2), case=design, task=drawn, owner=None, due_on=LATER)
    assert planned()[1:] == [(noon(9), drawn, "2026-12-08")]
    assert not operations.tell_task_late(**late)  # it has another day
    moved = late | {"at": noon(9), "due_on": LATER}
    assert operations.tell_task_late(**moved)
    assert [(each.what, each.task_owner) for each in announced(TaskWaits)][-1] == ("LATE", INES.code)  # nobody's now
    operations.end_task(by=tor, at=noon(9), case=design, task=drawn, state=TaskState.DONE)
    assert not operations.tell_task_late(**moved)


def test_a_task_may_be_due_on_the_last_day_there_is(house):
    given_desk(house)
    case = asked(house, MAYA)
    never = task(house, case, title="Wind it up", owner=INES.code, due_on=date.max)
    after = task(house, case, title="Tell of it", owner=JONAS.code)
    operations.wait_for(by=house.actor(TOR), at=MONDAY, case=case, task=after, other=never)
    assert planned() == [(datetime(9999, 12, 31, 12, 0, tzinfo=UTC), never, "9999-12-31")]


def test_a_late_task_of_a_request_that_is_over_or_that_nobody_waits_for_is_told_to_nobody(house):
    given_desk(house)
    mail, design = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, text="Design it")
    tor = house.actor(TOR)
    drawn = task(house, design, title="Draw", owner=INES.code, due_on=TOMORROW)
    sent = task(house, mail, title="Send", owner=JONAS.code)
    late = {"by": HOUSE, "at": noon(2), "task": drawn, "due_on": TOMORROW}
    assert not operations.tell_task_late(**late)
    operations.wait_for(by=tor, at=MONDAY, case=mail, task=sent, other=drawn)
    operations.withdraw(by=house.actor(MAYA), at=later(hours=1), case=design, words="Not needed.")
    assert not operations.tell_task_late(**late)
    assert [each.what for each in announced(TaskWaits)] == ["AWAITED"]


def test_whoever_waits_for_another_s_task_is_told_when_it_gets_later_and_when_it_ends(house):
    given_desk(house)
    mail, design = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, text="Design it")
    tor = house.actor(TOR)
    drawn = task(house, design, title="Draw", owner=INES.code, due_on=TOMORROW)
    sent = task(house, mail, title="Send", owner=JONAS.code, due_on=LATER)
    operations.wait_for(by=tor, at=MONDAY, case=mail, task=sent, other=drawn)
    (view,) = seen(house, TOR, mail).tasks
    assert (view.waits_for.title, view.waits_for.owner.code, view.waits_for.due_on) == ("Draw", INES.code, TOMORROW)
    (view,) = seen(house, TOR, design).tasks
    assert [each.code for each in view.awaited_by] == [JONAS.code]
    operations.give_task(by=tor, at=later(hours=1), case=design, task=drawn, owner=INES.code, due_on=LATER)
    done = {"by": tor, "at": later(hours=2), "case": mail, "task": sent, "state": TaskState.DONE}
    assert refused(operations.end_task, **done) == "task_waits_for"
    operations.end_task(by=tor, at=later(hours=3), case=design, task=drawn, state=TaskState.DONE)
    operations.end_task(**done)
    told = [(each.what, each.task_owner) for each in announced(TaskWaits)]
    assert told == [("AWAITED", INES.code), ("LATER", JONAS.code), ("DONE", JONAS.code)]
    assert refused(operations.end_task, **done) == "task_stands_so"
    operations.end_task(**{**done, "state": TaskState.OPEN})
    assert acts(mail)[-2:] == ["TASK_DONE", "TASK_OPENED_AGAIN"]
    assert [each.what for each in announced(TaskWaits)] == ["AWAITED", "LATER", "DONE"]


def told_since(count):
    return [(each.what, each.number, each.task, each.task_owner) for each in announced(TaskWaits)][count:]


def test_a_task_due_before_what_it_waits_for_is_told_to_both_when_that_begins_and_once(house):
    given_desk(house)
    mail, design = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, text="Design it")
    tor, (sending, designing) = house.actor(TOR), (kept(mail).number, kept(design).number)
    drawn = task(house, design, title="Draw", owner=INES.code, due_on=LATER)
    sent = task(house, mail, title="Send", owner=JONAS.code, due_on=TOMORROW)
    link = {"by": tor, "at": MONDAY, "case": mail, "task": sent, "other": drawn}

    def give(case, found, owner, due_on):
        before = len(announced(TaskWaits))
        operations.give_task(by=tor, at=MONDAY, case=case, task=found, owner=owner, due_on=due_on)
        (waits,), (awaited,) = seen(house, TOR, mail).tasks, seen(house, TOR, design).tasks
        return told_since(before), (waits.waits_past_day, awaited.needed_by)

    for _ in range(2):  # pressed twice
        operations.wait_for(**link)
    early, after = ("DUE_BEFORE", sending, sent, JONAS.code), ("DUE_AFTER", designing, drawn, INES.code)
    assert told_since(0) == [("AWAITED", designing, drawn, INES.code), early, after]
    assert acts(mail).count("TASK_WAITS") == 1
    clash, none = (True, TOMORROW), (False, None)
    moved = date(2026, 12, 9)
    assert give(design, drawn, INES.code, moved) == ([("LATER", designing, drawn, JONAS.code)], clash)  # it goes on
    assert give(design, drawn, LUCA.code, moved) == ([(*after[:3], LUCA.code)], clash)  # she was told nothing yet
    assert give(mail, sent, MAYA.code, TOMORROW) == ([(*early[:3], MAYA.code)], clash)
    assert give(mail, sent, JONAS.code, moved) == ([], none)  # the same day
    assert give(mail, sent, JONAS.code, TOMORROW) == ([early, (*after[:3], LUCA.code)], clash)  # a new one
    assert give(design, drawn, None, TOMORROW) == ([], none)
    assert give(design, drawn, None, LATER) == ([early], clash)  # nobody's: only whoever waits, and of one thing once
    assert give(design, drawn, JONAS.code, LATER) == ([], clash)  # both are his
    assert give(design, drawn, JONAS.code, None) == ([], none)
    assert give(mail, sent, INES.code, None) == ([], none)
    assert give(design, drawn, JONAS.code, LATER) == ([], none)
    operations.wait_for(**link | {"other": None})
    assert give(mail, sent, INES.code, TOMORROW) == ([], none)


def test_a_wait_that_cannot_end_in_time_is_none_while_one_of_both_is_over_and_is_told_again_afterwards(house):
    given_desk(house)
    given_personnel(house)
    mail, design = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, text="Design it")
    tor = {"by": house.actor(TOR), "at": MONDAY}
    drawn = task(house, design, title="Draw", owner=INES.code, due_on=LATER)
    sent = task(house, mail, title="Send", owner=JONAS.code, due_on=TOMORROW)
    operations.wait_for(**tor, case=mail, task=sent, other=drawn)
    before = len(announced(TaskWaits))
    operations.end_task(**tor, case=design, task=drawn, state=TaskState.DROPPED)
    assert [each.waits_past_day for each in seen(house, TOR, mail).tasks] == [False]
    operations.end_task(**tor, case=design, task=drawn, state=TaskState.OPEN)
    assert [each[0] for each in told_since(before)] == ["DROPPED", "OPEN", "DUE_BEFORE", "DUE_AFTER"]
    before = len(announced(TaskWaits))
    operations.withdraw(by=house.actor(MAYA), at=MONDAY, case=mail, words="Not needed.")
    assert [each.needed_by for each in seen(house, TOR, design).tasks] == [None]
    operations.give_task(**tor, case=design, task=drawn, owner=INES.code, due_on=date(2026, 12, 9))
    operations.end_task(**tor, case=design, task=drawn, state=TaskState.DONE)
    assert told_since(before) == []  # nobody waits in what is over


def test_between_a_confidential_request_and_another_nothing_is_told_of_a_wait_left_between_them(house):
    given_desk(house)
    given_personnel(house)
    mail, pay = asked(house, MAYA, text="Send the mail"), asked(house, MAYA, queue="hr", text="My pay")
    tor = {"by": house.actor(TOR), "at": MONDAY}
    hidden = task(house, pay, title="Reckon", owner=TOR.code, due_on=TOMORROW)
    sent = task(house, mail, title="Send", owner=JONAS.code, due_on=TOMORROW)
    CaseTask.objects.filter(reference=sent).update(waits_for=CaseTask.objects.get(reference=hidden))  # two at once
    operations.give_task(**tor, case=pay, task=hidden, owner=TOR.code, due_on=LATER)
    operations.end_task(**tor, case=pay, task=hidden, state=TaskState.DONE)
    assert announced(TaskWaits) == []


def test_tasks_never_wait_in_a_circle_nor_for_what_is_not_seen_or_done(house):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    one, two, three = (task(house, case, title=f"No. {n}") for n in range(3))
    wait = {"by": tor, "at": MONDAY, "case": case}
    operations.wait_for(**wait, task=one, other=two)
    operations.wait_for(**wait, task=two, other=three)
    for other in (one, two):
        assert (
            refused(operations.wait_for, **wait, task=three if other == one else two, other=other)
            == "tasks_in_a_circle"
        )
    operations.wait_for(**wait, task=one, other=None)
    operations.end_task(**wait, task=three, state=TaskState.DONE)
    assert refused(operations.wait_for, **wait, task=one, other=three) == "task_stands_so"
    assert refused(operations.wait_for, **wait, task=three, other=one) == "task_stands_so"
    with pytest.raises(NotThere):
        operations.wait_for(**wait, task=one, other="nothing")
    assert announced(TaskWaits) == []  # nobody's tasks


def test_a_chain_of_tasks_and_their_number_end(house, monkeypatch):
    given_desk(house)
    case, tor = asked(house, MAYA), house.actor(TOR)
    one, two, three = (task(house, case, title=f"No. {n}") for n in range(3))
    wait = {"by": tor, "at": MONDAY, "case": case}
    operations.wait_for(**wait, task=two, other=three)
    monkeypatch.setattr("inward.desk.operations.tasks.CHAIN_MAX", 1)
    assert refused(operations.wait_for, **wait, task=one, other=two) == "tasks_in_a_circle"
    monkeypatch.setattr("inward.desk.operations.tasks.TASKS_MAX", 3)
    assert refused(operations.add_task, **wait, title="x") == "too_many_tasks"


def test_whose_it_is_sees_a_task_of_a_case_that_is_not_there_for_her_and_says_that_it_is_done(house):
    given_desk(house)
    given_personnel(house)
    case, other = asked(house, MAYA), asked(house, MAYA, text="Another")
    tor = {"by": house.actor(TOR), "at": MONDAY}
    own = operations.add_task(**tor, case=case, title="Order a cable", owner=LUCA.code, due_on=later(days=3).date())
    then = operations.add_task(**tor, case=other, title="Lay it", owner=INES.code)
    first = operations.add_task(**tor, case=other, title="Measure", owner=LUCA.code)
    operations.wait_for(**tor, case=other, task=then, other=own)
    luca = house.actor(LUCA)
    mine = cases.own_tasks(viewer=luca, at=MONDAY)
    assert [(each.task.title, each.supplier.code, each.row) for each in mine] == [
        ("Order a cable", "abc-it", None),
        ("Measure", "abc-it", None),
    ]
    assert [each.code for each in mine[0].task.awaited_by] == [INES.code]
    with pytest.raises(NotThere):
        seen(house, LUCA, case)
    for who, task in ((INES, own), (MAYA, own), (LUCA, then), (LUCA, "none")):
        with nothing_written(), pytest.raises(NotThere):
            operations.do_own_task(by=house.actor(who), at=later(hours=1), task=task)
    operations.wait_for(**tor, case=other, task=first, other=own)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.do_own_task(by=luca, at=later(hours=1), task=first)
    assert refused.value.reason.code == "task_waits_for"
    operations.do_own_task(by=luca, at=later(hours=1), task=own)
    assert [each.state.value for each in seen(house, TOR, case).tasks] == ["DONE"]
    assert acts(case)[-1] == "TASK_DONE"
    assert (kept(case).state, kept(case).owner_id) == ("NEW", None)
    told = [(each.what, each.task_owner) for each in announced(TaskWaits)]
    assert told == [("AWAITED", LUCA.code), ("DONE", INES.code)]
    row = AuditRow.objects.filter(act="desk.end_task").get()
    assert (row.subject, row.thing) == (luca.subject, case)
    assert [each.task.title for each in cases.own_tasks(viewer=luca, at=MONDAY)] == ["Measure"]
    operations.hand_over(**tor, case=other, queue="hr", words="Theirs")
    assert cases.own_tasks(viewer=luca, at=MONDAY) == ()
    assert cases.own_tasks(viewer=HOUSE, at=MONDAY) == ()


def test_tasks_of_a_confidential_request_of_ones_own_are_not_read_by_asking_what_one_s_task_may_wait_for(house):
    given_desk(house)
    given_personnel(house)
    given_role(house.users[LUCA.code], "CASE_HANDLER", "abc-purchasing")
    own, mail = asked(house, TOR, queue="hr", text="My pay"), asked(house, MAYA)
    operations.add_task(by=house.actor(LUCA), at=MONDAY, case=own, title="Look into his hours")
    shown = task(house, mail, title="Send")

    def waited(case):
        return serving.tasks_to_wait_for(viewer=house.actor(TOR), at=MONDAY, number=kept(case).number)

    assert (waited(own), waited(mail)) == ((), ((shown, "Send"),))


def test_a_task_of_a_confidential_case_is_there_only_while_its_owner_sees_the_case(house):
    given_personnel(house)
    case = asked(house, MAYA, queue="hr", text="My pay")
    task = operations.add_task(by=house.actor(TOR), at=MONDAY, case=case, title="Look", owner=TOR.code)
    tor = house.actor(TOR)
    assert [each.row.reference for each in cases.own_tasks(viewer=tor, at=MONDAY)] == [case]
    parties.name_head(by=HOUSE, at=MONDAY, place="abc-shop-centre", person=TOR.code, valid_from=date(2023, 1, 1))
    assert cases.own_tasks(viewer=tor, at=MONDAY) == ()
    with nothing_written(), pytest.raises(NotThere):
        operations.do_own_task(by=tor, at=MONDAY, task=task)
