"""The workbench: what is due first on top, everything that can be done with a case, and nothing lost when two do it at once."""

import re
from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, given_role
from tests.cast import HENK, INES, JONAS, MAYA, SITI, TOR
from tests.desk.asked import given_personnel
from tests.web.home.test_help import given_help
from tests.web.home.test_requests import asked
from tests.web.reading import form, words

from inward.desk import operations
from inward.desk.casewords import CaseState, Channel, Side
from inward.desk.models import Case, CaseMessage, CaseTask, TimeSpent
from inward.kit import clock


@pytest.fixture
def desk(house):
    given_help(house)
    given_role(house.users[INES.code], "CASE_HANDLER", "abc-it")
    operations.set_queue(by=HOUSE, at=AT, code="shops", supplier="abc-shops", name="Shops help")
    return house


def kept(case):
    return Case.objects.get(reference=case)


def act(client, case, name, **typed):
    """Send the form of the case's page that does this; the last of several alike."""
    address = f"/desk/{case}/{name}/"
    sent = {field: values[-1] for field, values in form(client.get(f"/desk/{case}/"), address).items()}
    return client.post(address, sent | typed)


def test_what_is_due_first_is_on_top_with_counts_and_nobody_else_sees_the_list(desk):
    asked(desk, text="Later", at=AT + timedelta(minutes=5))
    first = asked(desk, text="First")
    operations.assign(by=desk.actor(TOR), at=AT, case=first, owner=TOR.code)
    client = desk.browser(INES)
    page = words(client.get("/desk/"))
    assert page.index("First answer: ") < page.index("Later")
    assert page.index(" First ") < page.index(" Later ")
    assert "All 2 Mine 0 Nobody’s 1" in page
    for part in (MAYA, HENK, SITI):
        assert desk.browser(part).get("/desk/").status_code == 404
    assert "Requests to handle" not in words(desk.browser(MAYA).get("/"))
    assert "Requests to handle" in words(client.get("/"))


def test_the_list_is_filtered_by_address_and_views_are_kept_under_a_name(desk):
    asked(desk, text="No paper")
    mine = asked(desk, text="The till")
    operations.assign(by=desk.actor(INES), at=AT, case=mine, owner=INES.code)
    client = desk.browser(INES)
    assert "No paper" not in words(client.get("/desk/", {"owner": "me"}))
    assert "The till" not in words(client.get("/desk/", {"owner": "-"}))
    found = words(client.get("/desk/", {"text": "paper"}))
    assert ("No paper" in found, "The till" in found) == (True, False)
    assert "No request fits" in words(client.get("/desk/", {"state": "WAITING"}))
    client.post("/desk/views/save/", {"name": "Paper", "query": "text=paper&owner=-"})
    assert 'href="?text=paper&amp;owner=-">Paper</a>' in client.get("/desk/").content.decode()
    assert "Paper</a>" not in desk.browser(TOR).get("/desk/").content.decode()
    client.post("/desk/views/forget/", {"name": "Paper"})
    assert "Paper</a>" not in client.get("/desk/").content.decode()
    rows = b"".join(client.get("/desk/export.csv", {"owner": "me"}).streaming_content).decode()
    assert ("The till" in rows, "No paper" in rows) == (True, False)


def test_the_chosen_case_stands_beside_the_list_and_an_act_leads_back_there(desk):
    case = asked(desk)
    client = desk.browser(INES)
    page = client.get("/desk/", {"queue": "it", "case": case})
    assert "Who asked Name Maya Lund" in words(page)
    sent = {name: values[-1] for name, values in form(page, f"/desk/{case}/assign/").items()}
    assert client.post(f"/desk/{case}/assign/", sent | {"owner": INES.code}).url == f"/desk/?queue=it&case={case}"


def test_an_answer_a_question_a_note_and_the_solution_go_from_one_form(desk):
    case = asked(desk)
    client = desk.browser(INES)
    act(client, case, "say", what="note", text="She often asks.")
    assert kept(case).state == CaseState.NEW.value
    act(client, case, "say", what="answer", text="Switch it on.", minutes="5")
    assert (kept(case).state, kept(case).owner.code) == (CaseState.OPEN.value, INES.code)
    act(client, case, "say", what="ask", text="Which till?")
    assert (kept(case).state, kept(case).waits_for) == (CaseState.WAITING.value, "CUSTOMER")
    act(client, case, "go-on")
    act(client, case, "say", what="solve", text="It runs.")
    assert kept(case).state == CaseState.SOLVED.value
    said = [(each.side, each.note, each.text) for each in CaseMessage.objects.order_by("id")]
    service = Side.SERVICE.value
    assert said[1:] == [
        (service, True, "She often asks."),
        (service, False, "Switch it on."),
        (service, False, "Which till?"),
        (service, False, "It runs."),
    ]
    assert TimeSpent.objects.get().minutes == 5
    act(client, case, "reopen", words="Not yet")
    assert kept(case).state == CaseState.OPEN.value


def test_whoever_answers_beside_somebody_else_sees_what_she_wrote_first_and_keeps_what_she_typed(desk):
    case = asked(desk)
    client = desk.browser(INES)
    address = f"/desk/{case}/say/"
    sent = {name: values[-1] for name, values in form(client.get(f"/desk/{case}/"), address).items()}
    operations.answer(by=desk.actor(TOR), at=AT, case=case, text="Tor was quicker.")
    answer = client.post(address, sent | {"what": "answer", "text": "Switch it on."})
    page = words(answer)
    assert answer.status_code == 409
    assert "Somebody wrote or changed it meanwhile." in page
    assert "Answered · Tor Bergli" in page
    assert "Tor was quicker." in page
    assert CaseMessage.objects.filter(text="Switch it on.").count() == 0
    again = {name: values[-1] for name, values in form(answer, address).items()}
    assert again["text"] == "Switch it on."
    assert client.post(address, again).status_code == 303
    assert CaseMessage.objects.filter(text="Switch it on.").count() == 1


def test_an_act_on_a_case_that_moved_does_nothing_says_what_changed_and_keeps_what_was_typed(desk):
    case = asked(desk)
    client = desk.browser(INES)
    address = f"/desk/{case}/hand/"
    sent = {name: values[-1] for name, values in form(client.get(f"/desk/{case}/"), address).items()}
    operations.assign(by=desk.actor(TOR), at=AT, case=case, owner=TOR.code)
    answer = client.post(address, sent | {"queue": "shops", "words": "Yours, I think."})
    assert answer.status_code == 409
    assert "Somebody changed it meanwhile; it is now: being worked on." in words(answer).replace("Being", "being")
    assert "Taken on · Tor Bergli" in words(answer)
    assert form(answer, address)["words"] == ["Yours, I think."]
    assert kept(case).queue.code == "it"
    again = {name: values[-1] for name, values in form(answer, address).items()}
    assert client.post(address, again | {"queue": "shops"}).url == "/desk/"  # it is others' now
    assert kept(case).queue.code == "shops"
    assert "The till does not start." not in words(client.get("/desk/", {"case": case}))


def test_a_case_is_taken_given_weighed_set_to_wait_and_called_otherwise(desk):
    case = asked(desk)
    client = desk.browser(INES)
    act(client, case, "assign", owner=TOR.code)
    assert (kept(case).owner.code, kept(case).state) == (TOR.code, CaseState.NEW.value)
    refused = act(client, case, "assign", owner=MAYA.code)
    assert (refused.status_code, "Choose a case handler of this queue" in words(refused)) == (422, True)
    act(client, case, "weigh", impact="MANY", urgency="NOW")
    assert kept(case).priority == "URGENT"
    refused = act(client, case, "wait", reason="AGREED_DAY", until="2026-11-01", words="Later")
    assert refused.status_code == 422
    assert form(refused, f"/desk/{case}/wait/")["until"] == ["2026-11-01"]
    act(client, case, "wait", reason="AGREED_DAY", until="2026-12-01")
    assert (kept(case).waits_for, str(kept(case).until)) == ("AGREED_DAY", "2026-12-01")
    act(client, case, "rename", subject="The left till")
    assert kept(case).subject == "The left till"
    assert act(client, case, "weigh", impact="NONE", urgency="NOW").status_code == 422


def test_tasks_are_added_given_wait_for_those_of_others_and_end(desk):
    case, other = asked(desk), asked(desk, text="The design")
    design = operations.add_task(by=desk.actor(TOR), at=AT, case=other, title="Draw it", owner=TOR.code)
    client = desk.browser(INES)
    act(client, case, "task", title="Send it", person="Ines Contarini", due="2026-12-02", blocks="1")
    task = CaseTask.objects.get(title="Send it")
    page = client.get(f"/desk/{case}/", {"other": str(kept(other).number)})
    assert f"Draw it ({kept(other).number})" in words(page)
    act(client, case, "task-await", other_task=design)
    assert f"waits for “Draw it” of request {kept(other).number} (Tor Bergli)" in words(client.get(f"/desk/{case}/"))
    assert "waited for by Ines Contarini" in words(client.get(f"/desk/{other}/"))
    refused = client.post(f"/desk/{case}/task-end/", {"task": task.reference, "state": "DONE"})
    assert "It waits for “Draw it”, which is not done." in words(refused)
    blocked = act(client, case, "say", what="solve", text="Sent")
    assert "First end 1 tasks" in words(blocked)
    act(client, case, "task-give", person="Tor Bergli", due="2026-12-03")
    assert CaseTask.objects.get(title="Send it").owner.code == TOR.code
    client.post(f"/desk/{other}/task-end/", {"task": design, "state": "DONE"})
    client.post(f"/desk/{case}/task-end/", {"task": task.reference, "state": "DONE"})
    assert CaseTask.objects.get(title="Send it").state == "DONE"


def test_cases_are_linked_joined_parted_and_asked_of_others_by_their_numbers(desk):
    case, same = asked(desk), asked(desk, text="The same")
    client = desk.browser(INES)
    act(client, case, "link", kind="RELATED", number=str(kept(same).number))
    assert f"Belongs with: {kept(same).number} The same" in words(client.get(f"/desk/{case}/"))
    client.post(f"/desk/{case}/unlink/", {"kind": "RELATED", "other": same})
    assert "Belongs with:" not in words(client.get(f"/desk/{case}/"))
    refused = act(client, case, "link", kind="RELATED", number="999")
    assert "There is no request 999 that you may see." in words(refused)
    act(client, case, "others", queue="shops", subject="A key", text="We need a key.")
    assert [part.subject for part in kept(case).children.all()] == ["A key"]
    act(client, same, "join", number=str(kept(case).number))
    assert (kept(same).state, kept(same).joined_to.reference) == (CaseState.JOINED.value, case)
    message = CaseMessage.objects.filter(case__reference=case).first()
    act(client, case, "part", message=str(message.pk), subject="Apart")
    assert Case.objects.filter(subject="Apart").count() == 1


def test_who_follows_and_how_long_it_took_is_noted(desk):
    case = asked(desk)
    client = desk.browser(INES)
    act(client, case, "watch", person="Jonas Vik")
    assert "Jonas Vik No longer" in words(client.get(f"/desk/{case}/"))
    client.post(f"/desk/{case}/unwatch/", {"person": JONAS.code})
    act(client, case, "time", minutes="30", words="Looking")
    assert "30 minutes noted" in words(client.get(f"/desk/{case}/"))
    assert act(client, case, "time", minutes="x").status_code == 422
    before = CaseMessage.objects.count()
    assert act(client, case, "say", what="answer", text="Done.", minutes="1441").status_code == 422
    assert CaseMessage.objects.count() == before  # else whoever mends the minutes would send it twice
    assert "There is no request all that you may see." in words(act(client, case, "join", number="all"))


def test_nothing_is_done_by_looking_and_no_act_is_one_that_nobody_knows(desk):
    case = asked(desk)
    client = desk.browser(INES)
    assert client.get(f"/desk/{case}/assign/").url == f"/desk/{case}/"
    assert client.delete(f"/desk/{case}/assign/").status_code == 405
    assert client.post(f"/desk/{case}/explode/").status_code == 404
    assert kept(case).owner is None


def test_her_own_request_is_not_hers_to_handle_and_leads_to_where_whoever_asked_reads_it(desk):
    case = asked(desk, INES)
    client = desk.browser(INES)
    assert client.get(f"/desk/{case}/").url == f"/requests/{case}/"
    assert client.post(f"/desk/{case}/say/", {"what": "answer", "text": "Mine"}).status_code == 403
    assert "The till does not start." not in words(client.get("/desk/"))


def test_what_is_confidential_is_in_no_list_count_search_or_figure_of_those_it_is_hidden_from(desk):
    given_personnel(desk)
    given_role(desk.users[HENK.code], "SERVICE_OWNER", "abc")
    case = asked(desk, queue="hr", text="About my boss")
    client = desk.browser(INES)
    for address in ("/desk/", "/desk/?text=boss", "/desk/board/", "/desk/?all=1"):
        assert "About my boss" not in words(client.get(address)), address
    assert "All 0 Mine 0 Nobody’s 0" in words(client.get("/desk/"))
    assert client.get(f"/desk/{case}/").status_code == 404
    assert "Personnel" not in words(desk.browser(HENK).get("/desk/service/"))


def test_what_is_best_done_next_is_due_first_of_those_nobody_has(desk):
    client = desk.browser(INES)
    assert client.get("/desk/next/").url == "/desk/"
    first = asked(desk)
    second = asked(desk, text="Another", at=AT + timedelta(minutes=5))
    assert client.get("/desk/next/").url == f"/desk/{first}/"
    operations.assign(by=desk.actor(TOR), at=AT, case=first, owner=TOR.code)
    assert client.get("/desk/next/").url == f"/desk/{second}/"


def test_the_board_has_a_column_for_each_state(desk):
    case = asked(desk)
    operations.solve(by=desk.actor(TOR), at=AT, case=case, words="Done")
    asked(desk, text="New one")
    answer = desk.browser(INES).get("/desk/board/")
    page, html = words(answer), answer.content.decode()
    assert re.search(r'href="/desk/board/[^"]*" aria-current="page"', html)
    assert not re.search(r'href="/desk/\?[^"]*" aria-current="page"', html)
    assert re.search(r"New 1 New one .* Being worked on 0 .* Waiting 0 .* Solved 1 The till does not start", page)


def test_who_else_looks_is_told_for_two_minutes_and_whether_she_has_read_the_answer(desk):
    case = asked(desk)
    operations.answer(by=desk.actor(TOR), at=AT, case=case, text="Switch it on.")
    desk.browser(TOR).post(f"/desk/{case}/read/")
    desk.browser(MAYA).post(f"/requests/{case}/read/")
    page = words(desk.browser(INES).get(f"/desk/{case}/"))
    assert "Looking at it now: Tor Bergli" in page
    assert "Maya Lund has read the last answer, 24 Nov 2026, " in page
    with clock.shifted(AT + timedelta(minutes=5)):
        assert "Looking at it now" not in words(desk.browser(INES).get(f"/desk/{case}/"))


def test_several_are_given_after_a_look_and_taken_back(desk):
    one, two = asked(desk), asked(desk, text="Two")
    client = desk.browser(INES)
    look = client.post("/desk/several/", {"case": [one, two], "query": ""})
    assert "2 requests" in words(look)
    assert kept(one).owner is None
    sent = {"case": [one, two], "sure": "1", "act": "assign", "owner": TOR.code, "query": "queue=it"}
    done = client.post("/desk/several/", sent)
    assert (done.url, kept(one).owner.code, kept(two).owner.code) == ("/desk/?queue=it&undo=1", TOR.code, TOR.code)
    assert "What you did with several requests can be taken back." in words(client.get(done.url))
    operations.assign(by=desk.actor(TOR), at=AT, case=two, owner=TOR.code)
    client.post("/desk/several/undo/", {"query": "queue=it"})
    assert (kept(one).owner, kept(two).owner.code) == (None, TOR.code)
    assert "1 was changed by somebody since and stays as it is." in words(client.get("/desk/"))
    assert client.post("/desk/several/", {"query": ""}).url == "/desk/"


def test_several_are_handed_over_but_not_what_changed_since_she_looked_and_come_back(desk):
    one, two = asked(desk), asked(desk, text="Two")
    given_role(desk.users[INES.code], "CASE_HANDLER", "abc-shops")
    client = desk.browser(INES)
    look = form(client.post("/desk/several/", {"case": [one, two]}), "/desk/several/")
    operations.assign(by=desk.actor(TOR), at=AT, case=two, owner=TOR.code)
    versions = {name: values[-1] for name, values in look.items() if name.startswith("version-")}
    sent = {"case": [one, two], "sure": "1", "act": "hand", "queue": "shops", "words": "Yours"} | versions
    page = words(client.post("/desk/several/", sent, follow=True))
    assert f"{kept(two).number}: Somebody changed it meanwhile" in page
    assert (kept(one).queue.code, kept(two).queue.code) == ("shops", "it")
    client.post("/desk/several/undo/", {})
    assert kept(one).queue.code == "it"


def test_what_was_asked_by_phone_is_opened_solved_and_closed_in_one_go_and_once(desk):
    client = desk.browser(INES)
    sent = {name: values[-1] for name, values in form(client.get("/desk/log/"), "/desk/log/").items()}
    typed = {
        "customer": "Maya Lund", "queue": "it", "text": "How do I print?", "solution": "Told her.",
        "channel": "PHONE", "minutes": "3",
    }  # fmt: skip
    for _ in range(2):
        assert client.post("/desk/log/", sent | typed).status_code == 303
    found = Case.objects.get()
    assert (found.state, found.solved, found.channel) == (CaseState.CLOSED.value, True, Channel.PHONE.value)
    assert (found.person.code, found.owner.code, TimeSpent.objects.get().minutes) == (MAYA.code, INES.code, 3)
    wrong = client.post("/desk/log/", sent | typed | {"customer": "Ines Contarini", "key": "b"})
    assert (wrong.status_code, "Nobody handles her own request" in words(wrong)) == (422, True)
    assert form(wrong, "/desk/log/")["text"] == ["How do I print?"]
    assert Case.objects.count() == 1
    assert desk.browser(MAYA).get("/desk/log/").status_code == 404


def test_the_owner_of_a_service_sees_how_it_serves_and_both_customers_side_by_side(desk):
    given_role(desk.users[HENK.code], "SERVICE_OWNER", "abc-it")
    case = asked(desk)
    operations.answer(by=desk.actor(TOR), at=AT + timedelta(minutes=10), case=case, text="Switch it on.")
    operations.solve(by=desk.actor(TOR), at=AT + timedelta(minutes=70), case=case, words="It runs.")
    asked(desk, text="Another", at=AT + timedelta(minutes=1))
    with clock.shifted(AT + timedelta(minutes=90)):
        page = words(desk.browser(HENK).get("/desk/service/"))
    assert "Requests 2 0" in page
    assert "Working time to the first answer, median 10 min (1) – (0)" in page
    assert "Working time to solve, median 1 h 10 min (1) – (0)" in page
    assert "Promises kept 100% (2/2) – (0/0) Solved at first 100% (1/1) – (0/0)" in page
    assert "IT help IT, ABC Retail 1 1 0 0 1 0 0 0 0" in page
    assert desk.browser(INES).get("/desk/service/").status_code == 404


def test_a_request_is_gathered_under_an_open_outage_and_says_which_thing_it_is_about(desk):
    case, other = asked(desk, text="The till is dead"), asked(desk, text="Mine too", at=AT + timedelta(minutes=1))
    tor = desk.browser(TOR)
    assert "/gather/" not in tor.get(f"/desk/{case}/").content.decode()
    outage = operations.open_outage(
        by=desk.actor(TOR), at=AT, key="o", queue="it", subject="Tills down", banner="The tills are down."
    )
    assert act(tor, case, "gather", outage=outage).status_code == 303
    page = tor.get(f"/desk/{case}/").content.decode()
    assert ("Tills down" in page, "/gather/" in page) == (True, False)
    assert "/gather/" not in tor.get(f"/desk/{outage}/").content.decode()
    for code, serial in (("till-7", "S-77"), ("till-8", "S-88")):
        operations.set_equipment(by=HOUSE, at=AT, code=code, supplier="abc-it", name="A till", serial=serial)
    assert act(tor, other, "thing", thing="S-88").status_code == 303
    assert kept(other).equipment.code == "till-8"
    assert 'href="/office/equipment/till-8/"' in tor.get(f"/desk/{other}/").content.decode()
    for typed, status in (("A till", 422), ("S-99", 422)):
        assert act(tor, other, "thing", thing=typed).status_code == status
    assert kept(other).equipment.code == "till-8"
    assert act(tor, other, "thing", thing="").status_code == 303
    assert kept(other).equipment is None


def test_whose_a_task_is_says_under_her_requests_that_it_is_done_without_seeing_the_case(desk):
    case = asked(desk, text="The till is dead")
    task = operations.add_task(by=desk.actor(TOR), at=AT, case=case, title="Order a cable", owner=HENK.code)
    henk = desk.browser(HENK)
    page = words(henk.get("/requests/"))
    assert ("Order a cable IT, ABC Retail" in page or "Order a cable IT" in page, "The till is dead" in page) == (
        True,
        False,
    )
    assert "Order a cable" not in words(desk.browser(MAYA).get("/requests/"))
    assert "Order a cable" not in words(desk.browser(MAYA).post("/requests/tasks/done/", {"task": task}, follow=True))
    assert CaseTask.objects.get().state == "OPEN"
    assert "The task is done." in words(henk.post("/requests/tasks/done/", {"task": task}, follow=True))
    assert CaseTask.objects.get().state == "DONE"
