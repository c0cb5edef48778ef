"""Letters about requests: who is told what, who is not, and what is not said of one that is confidential."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.builders import HOUSE
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept

from inward.desk import announcements as told
from inward.desk import operations, telling
from inward.desk.casewords import TaskState
from inward.kit import clock
from inward.kit.outbox import announced
from inward.notices.models import Notice
from inward.web.letters import cases as letters
from inward.web.letters import sending

HEARD = {
    told.CaseOpened: letters.opened,
    told.CaseWritten: letters.written,
    told.CaseAssigned: letters.assigned,
    told.CaseSolved: letters.solved,
    told.CaseReopened: letters.reopened,
    told.CaseClosed: letters.closed,
    told.CaseMentioned: letters.mentioned,
    told.CaseLate: letters.late,
    told.ConfidentialCaseOpened: letters.opened_to_read,
    told.TaskGiven: letters.task_given,
    told.TaskWaits: letters.task_waits,
}


def heard():
    """Let letters hear everything that was announced, twice, as the worker may; (code, person) of every notice, in order."""
    for _ in range(2):
        for kind, reaction in HEARD.items():
            for each in announced(kind):
                reaction(each, at=MONDAY)
    rows = Notice.objects.order_by("code", "person__code")
    return [(code, person) for code, person in rows.values_list("code", "person__code")]


def letter(mailoutbox, code):
    """The letter of this code as it goes out."""
    Notice.objects.exclude(code=code).delete()
    mailoutbox.clear()
    sending.send_due(at=MONDAY)
    (mail,) = mailoutbox
    return mail


@pytest.fixture
def desk(house):
    given_desk(house)
    return house


def test_whoever_asks_gets_number_and_promise_and_nobody_else_is_told(desk, mailoutbox):
    case = asked(desk, MAYA)
    assert heard() == [("case_opened", MAYA.code)]
    mail = letter(mailoutbox, "case_opened")
    assert mail.subject == f"Your request {kept(case).number}: The till does not start."
    assert "Promised next: First answer, by 30 Nov" in mail.body
    assert f"/requests/{case}/" in mail.body
    assert "Inward wrote this because you take part in this request." in mail.body


def test_an_answer_is_told_to_whoever_asked_and_follows_and_never_to_whoever_wrote_it(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.watch(by=desk.actor(MAYA), at=MONDAY, case=case, person=LUCA.code)
    operations.answer(by=desk.actor(TOR), at=MONDAY, case=case, text="Switch it off\nand on.")
    operations.note_down(by=desk.actor(TOR), at=MONDAY, case=case, text="The old cable. @ines-contarini")
    operations.write(by=desk.actor(MAYA), at=MONDAY, case=case, text="I did.")
    found = heard()
    assert [each for each in found if each[0] != "case_opened"] == [
        ("case_answered", LUCA.code),
        ("case_answered", MAYA.code),
        ("case_asked", LUCA.code),
        ("case_asked", TOR.code),
        ("case_mentioned", INES.code),
    ]
    mail = letter(mailoutbox, "case_mentioned")
    assert ("cable" in mail.body, f"/desk/{case}/" in mail.body) == (False, True)


def test_the_words_of_an_answer_are_in_the_letter(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.answer(by=desk.actor(TOR), at=MONDAY, case=case, text="Switch it off\nand on. " + "x" * 700)
    heard()
    body = letter(mailoutbox, "case_answered").body
    assert f"answer to your request {kept(case).number}: “Switch it off and on. xxx" in body
    assert "x" * 601 not in body


def test_whose_it_is_now_is_told_unless_it_was_taken(desk):
    taken, given = asked(desk, MAYA, key="1"), asked(desk, MAYA, key="2")
    operations.assign(by=desk.actor(TOR), at=MONDAY, case=taken, owner=TOR.code)
    operations.assign(by=desk.actor(TOR), at=MONDAY, case=given, owner=INES.code)
    assert [each for each in heard() if each[0] == "case_assigned"] == [("case_assigned", INES.code)]


def test_whether_it_is_solved_is_asked_by_a_link_that_shows_first_and_acts_on_post(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    assert [each for each in heard() if each[0] != "case_opened"] == [("case_solved", MAYA.code)]
    mail = letter(mailoutbox, "case_solved")
    assert mail.subject == f"Is request {kept(case).number} solved?"
    path = re.search(r"https?://[^/]+(/solved/\S+)", mail.body)[1]
    assert path in mail.alternatives[0][0]
    browser = Client(HTTP_HOST="localhost")
    with clock.shifted(MONDAY):
        page = browser.get(path)
        assert (page.status_code, "A new cable." in page.content.decode()) == (200, True)
        assert kept(case).state == "SOLVED"
        wrong = browser.post(path, {"word": "no"})
        assert (wrong.status_code, "Say what is not solved" in wrong.content.decode()) == (422, True)
        done = browser.post(path, {"word": "no", "reason": "It stopped again."})
        assert "open again" in done.content.decode()
        assert kept(case).solved_words == "It stopped again."
        assert browser.post(path, {"word": "yes"}).status_code == 410
        assert browser.get("/solved/nothing/").status_code == 410
    assert ("case_reopened", TOR.code) in heard()


def test_yes_by_the_link_closes_it(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    heard()
    path = re.search(r"https?://[^/]+(/solved/\S+)", letter(mailoutbox, "case_solved").body)[1]
    with clock.shifted(MONDAY):
        assert "Thank you" in Client(HTTP_HOST="localhost").post(path, {"word": "yes"}).content.decode()
    assert kept(case).state == "CLOSED"
    assert "case_closed" not in dict(heard())  # she closed it herself


def test_what_others_ended_is_told(desk):
    one, other, gone = asked(desk, MAYA, key="1"), asked(desk, MAYA, key="2"), asked(desk, MAYA, key="3")
    operations.assign(by=desk.actor(TOR), at=MONDAY, case=gone, owner=TOR.code)
    operations.withdraw(by=desk.actor(MAYA), at=MONDAY, case=gone)
    operations.join(by=desk.actor(TOR), at=MONDAY, case=other, into=one)
    assert [each for each in heard() if each[0] in ("case_joined", "case_withdrawn", "case_closed")] == [
        ("case_joined", MAYA.code),
        ("case_withdrawn", TOR.code),
    ]


def test_tasks_tell_their_owners(desk, mailoutbox):
    case = asked(desk, MAYA)
    by = {"by": desk.actor(TOR), "at": MONDAY, "case": case}
    design = operations.add_task(**by, title="Design", owner=INES.code)
    send = operations.add_task(**by, title="Send", owner=LUCA.code)
    operations.wait_for(**by, task=send, other=design)
    for state in (TaskState.DONE, TaskState.OPEN, TaskState.DROPPED):
        operations.end_task(**by, task=design, state=state)
    assert [each for each in heard() if each[0].startswith("case_task")] == [
        ("case_task_again", LUCA.code),
        ("case_task_awaited", INES.code),
        ("case_task_done", LUCA.code),
        ("case_task_dropped", LUCA.code),
        ("case_task_given", INES.code),
        ("case_task_given", LUCA.code),
    ]
    assert letter(mailoutbox, "case_task_awaited").subject == "Somebody waits for your task: Design"


def test_of_a_confidential_request_a_letter_says_only_that_there_is_news(desk, mailoutbox):
    given_personnel(desk)
    case = asked(desk, MAYA, queue="hr", text="My pay is wrong", subject="Pay")
    operations.answer(by=desk.actor(TOR), at=MONDAY, case=case, text="We look at it.")
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="It was paid.")
    heard()
    sending.send_due(at=MONDAY)
    assert {mail.subject for mail in mailoutbox} == {"News on your request"}
    texts = [mail.body + mail.alternatives[0][0] for mail in mailoutbox]
    assert all(f"/requests/{case}/" in text for text in texts)
    assert not any(str(kept(case).number) in text for text in texts)
    assert not any(word in text for text in texts for word in ("ay is", "look at", "paid", "/solved/", "Pay"))


def test_who_does_not_see_it_any_more_reads_nothing_of_it_in_a_late_letter(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.watch(by=desk.actor(MAYA), at=MONDAY, case=case, person=LUCA.code)
    operations.answer(by=desk.actor(TOR), at=MONDAY, case=case, text="Switch it off and on.")
    heard()
    operations.unwatch(by=desk.actor(MAYA), at=MONDAY, case=case, person=LUCA.code)
    Notice.objects.exclude(person__code=LUCA.code).delete()
    sending.send_due(at=MONDAY)
    (mail,) = mailoutbox
    assert (mail.subject, "Switch" in mail.body) == ("News on your request", False)


def late(case, who, *, before, confidential=False):
    row = kept(case)
    return told.CaseLate(
        case=case,
        number=row.number,
        supplier="abc-it",
        customer=MAYA.code,
        person=MAYA.code,
        owner="",
        by="",
        confidential=confidential,
        told=who.code,
        measure="RESPOND",
        due=MONDAY.isoformat(),
        stage="P75-OWNER",
        before=before,
    )


def test_whoever_can_help_is_told_in_time_and_the_head_who_reads_no_requests_only_that(desk, mailoutbox):
    case = asked(desk, MAYA, subject="The till")
    letters.late(late(case, INES, before=True), at=MONDAY)
    letters.late(late(case, INES, before=False), at=MONDAY)
    letters.late(late(case, LUCA, before=False), at=MONDAY)
    number = kept(case).number
    sending.send_due(at=MONDAY)
    assert sorted(mail.subject for mail in mailoutbox) == [
        f"Request {number} is due soon: The till",
        f"Request {number} is late: The till",
        f"Your department is late with request {number}",
    ]
    (only,) = (mail for mail in mailoutbox if mail.subject.startswith("Your department"))
    assert "The till" not in only.body


def test_of_what_is_confidential_a_late_letter_says_only_that_there_is_news(desk, mailoutbox):
    given_personnel(desk)
    case = asked(desk, MAYA, queue="hr", subject="My pay")
    letters.late(late(case, TOR, before=False, confidential=True), at=MONDAY)
    sending.send_due(at=MONDAY)
    (mail,) = mailoutbox
    assert "My pay" not in mail.subject + mail.body


def test_who_handles_a_confidential_request_hears_that_it_was_opened(desk, mailoutbox):
    given_personnel(desk)
    case = asked(desk, MAYA, queue="hr", subject="My pay")
    row = kept(case)
    facts = {"case": case, "number": row.number, "supplier": "abc-purchasing", "customer": MAYA.code}
    opened = told.ConfidentialCaseOpened(
        **facts, person=MAYA.code, owner="", by=LUCA.code, confidential=True, told=TOR.code, opening="x", until=""
    )
    letters.opened_to_read(opened, at=MONDAY)
    assert list(Notice.objects.values_list("code", "person__code")) == [("case_opened_to_read", TOR.code)]
    sending.send_due(at=MONDAY)
    (mail,) = mailoutbox
    assert (str(row.number) in mail.body, "My pay" in mail.subject + mail.body) == (True, False)


def test_a_late_task_is_told_to_whoever_waits_and_to_whose_it_is_each_in_other_words(desk, mailoutbox):
    case, tor, due = asked(desk, MAYA), desk.actor(TOR), MONDAY.date()
    add = {"by": tor, "at": MONDAY, "case": case}
    drawn = operations.add_task(**add, title="Draw", owner=INES.code, due_on=due)
    sent = operations.add_task(**add, title="Send", owner=TOR.code)
    operations.wait_for(**add, task=sent, other=drawn)
    assert operations.tell_task_late(by=HOUSE, at=MONDAY + timedelta(days=2), task=drawn, due_on=due)
    late = {each for each in heard() if "late" in each[0] or "overdue" in each[0]}
    assert late == {("case_task_late", TOR.code), ("case_task_overdue", INES.code)}
    mail = letter(mailoutbox, "case_task_overdue")
    assert mail.subject == "Your task is late, and somebody waits for it: Draw"
    assert f"“Draw” in request {kept(case).number} was to be done has gone by." in mail.body


def test_who_is_due_before_what_she_waits_for_and_whose_that_is_each_read_of_a_task_of_their_own(desk, mailoutbox):
    mail, design, tor = asked(desk, MAYA, key="1"), asked(desk, MAYA, key="2"), desk.actor(TOR)
    add, due = {"by": tor, "at": MONDAY}, MONDAY.date()
    drawn = operations.add_task(**add, case=design, title="Draw", owner=INES.code, due_on=due + timedelta(days=2))
    sent = operations.add_task(**add, case=mail, title="Send", owner=LUCA.code, due_on=due + timedelta(days=1))
    operations.wait_for(**add, case=mail, task=sent, other=drawn)
    assert {each for each in heard() if "due" in each[0]} == {
        ("case_task_due_after", INES.code),
        ("case_task_due_before", LUCA.code),
    }
    found = letter(mailoutbox, "case_task_due_after")
    assert found.subject == "Your task is needed before its day: Draw"
    assert f"waits for “Draw” in request {kept(design).number} and is due before yours." in found.body


def test_whose_a_task_is_reads_of_it_and_finds_it_among_hers_also_where_others_handle_the_request(desk, mailoutbox):
    case = asked(desk, MAYA, subject="The till")
    add = {"by": desk.actor(TOR), "at": MONDAY, "case": case}
    first = operations.add_task(**add, title="Lay a cable", owner=LUCA.code)
    then = operations.add_task(**add, title="Plug it in", owner=SITI.code)
    operations.wait_for(**add, task=then, other=first)
    operations.end_task(**add, task=first, state=TaskState.DONE)
    heard()
    Notice.objects.exclude(person__code__in=(LUCA.code, SITI.code)).delete()
    sending.send_due(at=MONDAY)
    found = {mail.subject: mail.body for mail in mailoutbox}
    assert sorted(found) == [
        "A task for you: Lay a cable",
        "A task for you: Plug it in",
        "Somebody waits for your task: Lay a cable",
        "Your task can go on: Lay a cable is done",
    ]
    assert all("/requests/\n" in body and case not in body and "The till" not in body for body in found.values())
    operations.give_task(**add, task=then, owner=None)
    assert [telling.own_task(viewer=desk.actor(who), reference=then) for who in (SITI, LUCA)] == ["", ""]
