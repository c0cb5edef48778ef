"""The pages of letters that were not taken: who sees them, what is done there, and what is refused said on the page."""

import pytest
from tests.builders import AT, given_role
from tests.cast import HENK, INES, LUCA, MAYA, TOR
from tests.desk.asked import kept
from tests.desk.lettered import POST, address_for, come, given_mailbox, how, mail_of, raw, standing, written
from tests.web.home.test_help import given_help
from tests.web.home.test_requests import asked
from tests.web.reading import words

from inward.desk import operations


@pytest.fixture
def desk(house, settings):
    given_mailbox(settings)
    given_help(house)
    given_role(house.users[INES.code], "CASE_HANDLER", "abc-it")
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    return house


def sent(content):
    return come(content, at=AT).letter.reference


def do(client, letter, act, **typed):
    return client.post(f"/desk/letters/{letter}/{act}/", typed)


def test_letters_that_wait_are_listed_with_the_reason_for_those_who_deal_with_them_alone(desk):
    case = asked(desk, text="The till")
    of_case = sent(raw("Not she", sender=mail_of(LUCA), to=address_for(case, MAYA, at=AT), subject="Of a case"))
    strange = sent(raw("Hello", sender="x@y.example", subject=""))
    page = words(desk.browser(INES).get("/desk/letters/"))
    assert "Of a case" in page
    assert "It came from another address than our letter went to." in page
    assert f"request {kept(case).number}" in page
    assert "x@y.example" not in page
    assert desk.browser(INES).get(f"/desk/letters/{strange}/").status_code == 404
    post = words(desk.browser(TOR).get("/desk/letters/"))
    assert "Uten emne" in post
    assert "x@y.example" in post
    assert "Ingen slike brev" in words(desk.browser(TOR).get("/desk/letters/", {"state": "TAKEN"}))
    for part in (MAYA, HENK):
        for address in ("/desk/letters/", f"/desk/letters/{of_case}/", f"/desk/letters/{of_case}/letter.eml"):
            assert desk.browser(part).get(address).status_code == 404
    operations.set_letter_aside(by=desk.actor(INES), at=AT, letter=of_case)
    assert "No letter waits" in words(desk.browser(INES).get("/desk/letters/"))


def test_a_letter_shows_its_words_escaped_and_is_given_as_it_came_only_to_be_saved(desk):
    letter = sent(raw("<b>Now</b>\n\nOn Monday I <x@y.example> wrote:\n> Before", sender=mail_of(MAYA)))
    client = desk.browser(TOR)
    page = client.get(f"/desk/letters/{letter}/").content.decode()
    assert "&lt;b&gt;Now&lt;/b&gt;" in page
    assert "Before" in page
    answer = client.get(f"/desk/letters/{letter}/letter.eml")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"wrote:" in b"".join(answer.streaming_content)


def test_it_is_put_into_a_request_by_its_number_and_what_is_refused_is_said_there(desk):
    case = asked(desk, text="The till")
    letter = sent(raw("It is dead", sender=mail_of(MAYA)))
    client = desk.browser(TOR)
    for number in ("1", "x", ""):
        answer = do(client, letter, "put", number=number)
        assert answer.status_code == 422
        assert "Du behandler ingen sak med dette nummeret." in words(answer)
    answer = do(client, letter, "put", number=f"#{kept(case).number}")
    assert answer.status_code == 303
    assert how(standing(letter)) == ("PUT", "NO_CASE")
    assert written(case)[-1] == ("CUSTOMER", False, MAYA.code, "It is dead")
    page = client.get(f"/desk/letters/{letter}/").content.decode()
    assert "/put/" not in page
    assert f'href="/desk/letters/{letter}/"' in client.get(f"/desk/{case}/").content.decode()
    assert "/desk/letters/" not in desk.browser(MAYA).get(f"/requests/{case}/").content.decode()


def test_a_request_is_opened_with_it_or_it_is_set_aside_and_taken_up_again(desk):
    letter, other = (sent(raw(text, sender=mail_of(MAYA), subject="Till")) for text in ("One", "Two"))
    client = desk.browser(TOR)
    assert do(client, letter, "open", queue="it").status_code == 303
    assert how(standing(letter)) == ("OPENED", "NO_CASE")
    assert do(client, other, "open", queue="nowhere").status_code == 404
    assert do(client, other, "aside").status_code == 303
    assert "/up/" in client.get(f"/desk/letters/{other}/").content.decode()
    assert do(client, other, "up").status_code == 303
    assert how(standing(other)) == ("WAITING", "NO_CASE")
    assert do(client, other, "burn").status_code == 404
    assert client.get(f"/desk/letters/{other}/aside/").url == f"/desk/letters/{other}/"
    assert client.put(f"/desk/letters/{other}/aside/").status_code == 405


def test_what_was_left_out_of_a_letter_is_named_beside_its_message_to_both_sides(desk):
    case = asked(desk, text="The till")
    content = raw("See", sender=mail_of(MAYA), to=address_for(case, MAYA, at=AT), files=[("run.exe", b"MZ\0")])
    operations.take_letter(by=POST, at=AT, letter=operations.receive(by=POST, at=AT, mailbox="x", raw=content))
    assert "Not taken, by its sort or size: run.exe" in words(desk.browser(MAYA).get(f"/requests/{case}/"))
    assert "run.exe" in words(desk.browser(TOR).get(f"/desk/{case}/"))
