"""Steps of a procedure and macros on the page of a case."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import AT, HOUSE
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import asked, kept
from tests.desk.stepped import given_steps, run
from tests.web.reading import words

from inward.desk import operations


def step(client, case, what, name, **more):
    return client.post(f"/desk/{case}/step/", {"procedure": "laptop-out", "step": name, "what": what, **more})


def test_steps_are_done_skipped_signed_and_taken_back_on_the_page(house):
    given_steps(house)
    case = asked(house, MAYA, queue="", request_type="laptop", answers={"old": "NO"}, text="", at=AT)
    ines, tor = house.browser(INES), house.browser(TOR)
    page = words(ines.get(f"/desk/{case}/"))
    assert "Hand out a laptop" in page
    assert "3 steps are in the way of solving it." in page
    refused = step(ines, case, "done", "cells", evidence="9")
    assert (refused.status_code, "out of the limits" in words(refused)) == (422, True)
    assert step(ines, case, "done", "cells", evidence="12").status_code == 303
    seal = SimpleUploadedFile("seal.pdf", b"%PDF-1.7 seal")
    assert step(ines, case, "done", "seal", files=seal).status_code == 303
    assert step(ines, case, "take-back", "seal", words="Wrong seal").status_code == 303
    assert step(ines, case, "skip", "seal", words="None left").status_code == 303
    assert step(ines, case, "done", "hand").status_code == 303
    assert step(tor, case, "sign", "hand").status_code == 303
    assert step(ines, case, "sing", "hand").status_code == 404
    assert step(house.browser(MAYA), case, "skip", "wipe", words="x").status_code in (403, 404)
    page = words(ines.get(f"/desk/{case}/"))
    assert "Nothing is in the way of solving it." in page
    assert run(house, TOR, case, at=AT).left == 0


def test_a_macro_is_done_with_one_press(house):
    given_steps(house)
    given = [{"act": "ANSWER", "text": "Dear {name}"}]
    operations.set_macro(by=HOUSE, at=AT, code="hello", queue="it", name="Say hello", given=given)
    case = asked(house, MAYA, at=AT)
    ines = house.browser(INES)
    assert "Say hello" in words(ines.get(f"/desk/{case}/"))
    assert ines.post(f"/desk/{case}/macro/", {"macro": "hello", "version": kept(case).version}).status_code == 303
    assert "Dear Maya Lund" in words(ines.get(f"/desk/{case}/"))
    assert ines.post(f"/desk/{case}/macro/", {"macro": "nothing"}).status_code == 404


def test_an_outage_is_shown_where_help_is_asked_while_it_is_open(house):
    given_steps(house)
    said = {"queue": "it", "subject": "Tills down", "banner": "The tills are down."}
    outage = operations.open_outage(by=house.actor(TOR), at=AT, key="down", **said)
    maya = house.browser(MAYA)
    for address in ("/help/", "/help/at/abc-it/"):
        assert "The tills are down." in words(maya.get(address))
    operations.solve_outage(by=house.actor(TOR), at=AT, outage=outage, words="They run.")
    for address in ("/help/", "/help/at/abc-it/"):
        assert "The tills are down." not in words(maya.get(address))
