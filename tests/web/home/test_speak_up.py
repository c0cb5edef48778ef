"""Speaking up on the pages: nothing of the writer is found anywhere afterwards, the code is never in an address, outsiders as it says."""

import logging
import re

from django.db import connection
from django.test import Client
from tests.builders import AT, HOUSE
from tests.cast import MAYA, TOR
from tests.desk.asked import given_personnel
from tests.web.reading import form, words

from inward.config import metrics
from inward.desk import operations
from inward.desk.models import Case, CaseMessage
from inward.parties import queries as parties
from inward.web.home.views import speakup

LINE = "/speak-up/to/speak-up/"
BACK = "/speak-up/back/"
SPOKEN = "The emergency exit is locked."
CHANGED = {
    *("desk_case", "desk_caseevent", "desk_casemessage", "desk_caseconcern", "desk_returncode"),
    *("kit_auditrow", "kit_task", "kit_idempotencyreceipt", "kit_version"),
}


def given_line(house, *, outsiders=False):
    given_personnel(house)
    set_line(outsiders=outsiders)


def set_line(*, outsiders):
    operations.set_request(
        by=HOUSE,
        at=AT,
        code="speak-up",
        queue="hr",
        name="Something is not right",
        protected=True,
        outsiders=outsiders,
    )


def written(client, **typed):
    """What the page answers to a message, and the code."""
    sent = {name: values[-1] for name, values in form(client.get(LINE), LINE).items()}
    answer = client.post(LINE, sent | {"text": SPOKEN} | typed)
    return answer, sent["code"]


def rows():
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = {repr(row) for row in cursor.fetchall()}
    return found


def test_of_a_signed_in_writer_nothing_is_found_in_any_table_or_log(house, caplog):
    given_line(house)
    client, user = house.browser(MAYA), house.users[MAYA.code]
    client.get("/help/")  # the session is in use, as it is before
    actor, session = house.actor(MAYA), client.session.session_key
    before = rows()
    caplog.clear()
    with caplog.at_level(logging.INFO):
        answer, code = written(client, concerned="Henk Verhoef")
        back = client.post(BACK, {"code": code, "text": "And the other one too.", "key": "k"})
    assert (answer.status_code, back.status_code) == (200, 200)
    new = {table: after - before.get(table, set()) for table, after in rows().items() if after != before.get(table)}
    assert set(new) == CHANGED
    hers = (MAYA.code, "Maya", "Lund", str(parties.keys()[MAYA.code]), str(user), actor.subject, session, "127.0.0.1")
    text = repr(new)
    assert [mark for mark in hers if mark and mark in text] == []
    assert SPOKEN in text
    assert code not in text
    assert caplog.records == []
    assert "speak_up" not in str(metrics.shared.total())


def test_the_code_is_shown_once_and_brings_back_whoever_has_it_signed_in_or_not(house):
    given_line(house)
    answer, code = written(house.browser(MAYA))
    assert re.search(r"It is sent .*" + code, words(answer))
    assert answer["Cache-Control"] == "no-store"
    case = Case.objects.get()
    operations.answer(by=house.actor(TOR), at=case.opened_at, case=case.reference, text="Which door?")
    stranger = Client()
    page = stranger.post(BACK, {"code": code.lower()})
    assert "Which door?" in words(page)
    assert "Tor" not in words(page)
    typed = {name: values[-1] for name, values in form(page, BACK).items()}
    for _ in range(2):  # a double click
        assert "The northern one" in words(stranger.post(BACK, typed | {"text": "The northern one"}))
    assert CaseMessage.objects.filter(text="The northern one", person=None).count() == 1
    assert stranger.post(BACK, typed | {"text": "", "key": "x"}).status_code == 422
    assert "No message is found" in words(stranger.post(BACK, {"code": "7K3QD-9ABCD-EFGHJ-KMNPQ-RSTVW"}))
    assert "25 letters and digits" in words(stranger.post(BACK, {"code": "7K3"}))
    assert stranger.get(BACK).status_code == 200
    assert code not in words(stranger.get(BACK))


def test_outsiders_write_only_where_the_line_says_so_and_learn_no_names(house):
    given_line(house)
    assert Client().get(LINE).status_code == 404
    assert "There is no line" in words(Client().get("/speak-up/"))
    set_line(outsiders=True)
    outsider = Client()
    assert "Something is not right" in words(outsider.get("/speak-up/"))
    answer, _ = written(outsider, concerned=f"{TOR.name}\nSomebody Else\nines-contarini")
    assert answer.status_code == 422  # nobody else handles it
    assert "Nobody on this line may read" in words(answer)
    answer, _ = written(outsider, concerned="Somebody Else\nInes Contarini\nhenk-verhoef")
    assert answer.status_code == 200
    case = Case.objects.get()
    assert {each.person.code for each in case.concerned.all()} == {"ines-contarini", "henk-verhoef"}
    assert case.messages.get().text == f"{SPOKEN}\n\nIt concerns: Somebody Else"
    inside, _ = written(house.browser(MAYA), concerned="Somebody Else")
    assert inside.status_code == 422
    assert "Nobody is known by this whole name" in words(inside)


def test_what_is_missing_too_much_or_sent_with_another_text_keeps_what_was_typed(house, monkeypatch):
    given_line(house)
    client = house.browser(MAYA)
    empty, _ = written(client, text="")
    assert empty.status_code == 422
    _, code = written(client)
    again = client.post(LINE, {"code": code, "text": "Another text"})
    assert "something else was sent already" in words(again)
    assert "Another text" in again.content.decode()
    assert code not in again.content.decode()
    monkeypatch.setattr(speakup, "WRITES_MAX", 0)
    busy, _ = written(client, text="A flood")
    assert (busy.status_code, "A flood" in busy.content.decode()) == (429, True)
    stays = client.post(BACK, {"code": code, "text": "More", "key": "k"})
    assert (stays.status_code, "More" in stays.content.decode()) == (422, True)
    monkeypatch.setattr(speakup, "CODES_MAX", 0)
    assert client.post(BACK, {"code": code}).status_code == 429
    assert Case.objects.count() == 1


def test_help_leads_to_the_line_and_the_case_page_says_that_nobody_is_known(house):
    given_line(house)
    assert "Without my name" in words(house.browser(MAYA).get("/help/"))
    assert "Write without your name" in words(house.browser(MAYA).get("/help/ask/speak-up/"))
    written(house.browser(MAYA))
    page = words(house.browser(TOR).get(f"/desk/{Case.objects.get().reference}/"))
    assert "Nobody knows who wrote this" in page or "Ingen vet hvem som skrev dette" in page
