"""Letters that wait for a person, and wall screens, over HTTP: what the pages do, for the same people."""

import pytest
from django.test import Client
from tests.builders import AT, given_role
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import asked, given_desk, given_personnel, kept
from tests.desk.lettered import address_for, come, given_mailbox, mail_of, raw, standing

from inward.desk import operations
from inward.desk.models import WallScreen


@pytest.fixture
def desk(house, settings):
    given_mailbox(settings)
    given_desk(house)
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    return house


def sent(content):
    return come(content, at=AT).letter.reference


def test_a_letter_is_listed_read_and_put_into_a_case_by_whoever_handles_that_case(desk, caller):
    case = asked(desk, MAYA, at=AT)
    letter = sent(raw("Not she", sender=mail_of(LUCA), to=address_for(case, MAYA, at=AT), subject="Of a case"))
    ines = caller(INES)
    (row,) = ines.get("/case-letters").json()["items"]
    assert (row["letter"], row["state"], row["case_number"], row["case"]) == (
        letter,
        "WAITING",
        kept(case).number,
        case,
    )
    assert (row["person"]["code"], row["sender"]) == (LUCA.code, None)
    assert ines.get(f"/case-letters/{letter}").json()["text"] == "Not she"
    answer = ines.get(f"/case-letters/{letter}/raw")
    assert (answer["Content-Type"], b"Not she" in b"".join(answer)) == ("message/rfc822", True)
    wrong = ines.post(f"/case-letters/{letter}/put", {"number": 1})
    assert (wrong.status_code, standing(letter).state) == (422, "WAITING")
    assert ines.post(f"/case-letters/{letter}/put", {"number": kept(case).number}).status_code == 204
    assert (standing(letter).state, standing(letter).case.reference) == ("PUT", case)
    assert ines.get("/case-letters").json()["items"] == []
    for who in (MAYA, LUCA):
        assert caller(who).get("/case-letters").status_code == 404
        assert caller(who).post(f"/case-letters/{letter}/aside", None).status_code == 404


def test_a_letter_opens_a_case_for_a_sender_who_is_known_or_is_set_aside_and_taken_up_again(desk, caller):
    known, strange = sent(raw("The till", sender=mail_of(MAYA), subject="Till")), sent(raw("Hi", sender="x@y.example"))
    tor, siti = caller(TOR), caller(SITI)
    assert {row["letter"] for row in siti.get("/case-letters").json()["items"]} == {known, strange}
    made = tor.post(f"/case-letters/{known}/open", {"queue": "it"})
    assert made.status_code == 201
    found = kept(made.json()["reference"])
    assert (found.customer.code, found.number, found.subject) == (MAYA.code, made.json()["number"], "Till")
    assert tor.post(f"/case-letters/{strange}/open", {"queue": "it"}).status_code == 422
    assert siti.post(f"/case-letters/{strange}/aside", None).status_code == 204
    assert standing(strange).state == "SET_ASIDE"
    assert siti.post(f"/case-letters/{strange}/aside", None).status_code == 422
    assert siti.post(f"/case-letters/{strange}/take-up", None).status_code == 204
    assert standing(strange).state == "WAITING"


def test_a_wall_screen_is_made_shown_and_ended(desk, caller):
    given_personnel(desk)
    tor = caller(TOR)
    made = tor.post("/wall-screens", {"queue": "it", "days": 7})
    assert made.status_code == 201
    (screen,) = tor.get("/wall-screens").json()["screens"]
    assert (screen["screen"], screen["queue"]["code"], screen["subjects"]) == (made.json()["screen"], "it", False)
    path = "/desk/" + screen["link"].partition("/desk/")[2]
    assert Client().get(path).status_code == 200
    assert caller(INES).get("/wall-screens").status_code == 404
    assert caller(INES).post(f"/wall-screens/{screen['screen']}/end", None).status_code == 404
    assert caller(SITI).post("/wall-screens", {"queue": "hr", "days": 7}).status_code == 404
    assert tor.post("/wall-screens", {"queue": "it", "days": 0}).status_code == 422
    assert WallScreen.objects.count() == 1
    assert tor.post(f"/wall-screens/{screen['screen']}/end", None).status_code == 204
    assert tor.get("/wall-screens").json() == {"screens": []}


def test_whose_a_task_is_reads_it_and_says_that_it_is_done(desk, caller):
    case = asked(desk, MAYA, at=AT)
    task = operations.add_task(by=desk.actor(TOR), at=AT, case=case, title="Order a cable", owner=LUCA.code)
    luca = caller(LUCA)
    (found,) = luca.get("/case-tasks").json()["tasks"]
    assert (found["task"]["task"], found["task"]["title"], found["case"]) == (task, "Order a cable", None)
    assert found["supplier"]["code"] == "abc-it"
    assert caller(MAYA).post(f"/case-tasks/{task}/done", None).status_code == 404
    assert luca.post(f"/case-tasks/{task}/done", None).status_code == 204
    assert luca.get("/case-tasks").json() == {"tasks": []}


def test_data_administrators_are_led_to_the_letters(desk):
    assert 'href="/desk/letters/"' in desk.browser(SITI).get("/").content.decode()
    for who in (MAYA, LUCA):
        assert 'href="/desk/letters/"' not in desk.browser(who).get("/").content.decode()
