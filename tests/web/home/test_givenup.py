"""What is put aside is there again after signing in; what is left is asked about once, with one tap; and over HTTP."""

from datetime import timedelta

from tests.api.conftest import Caller, token_of
from tests.builders import AT, given_role
from tests.cast import INES, JONAS, LUCA, MAYA, RATNA, SITI
from tests.web.reading import words

from inward.trade import givenup, operations
from inward.trade.models import GivenUp, KeptBasket
from inward.trade.vocabulary import GivenUpWhy

ASKED = "You did not order what is in your basket. Why?"


def put(client):
    return client.post("/basket/put/", {"offering": "coffee-machine", "quantity": "2"})


def older(days=8):
    KeptBasket.objects.update(since=AT.date() - timedelta(days=days))


def test_what_was_put_aside_is_there_again_after_signing_in_and_gone_once_taken_out(house):
    put(house.browser(MAYA))
    again = house.browser(MAYA)
    again.get("/")
    assert "Coffee machine" in words(again.get("/basket/"))
    again.post("/basket/change/", {"offering": "coffee-machine", "quantity": "2", "remove": "coffee-machine"})
    assert KeptBasket.objects.count() == 0
    again.get("/")
    assert "Your basket is empty" in words(again.get("/basket/"))


def test_what_is_put_in_before_the_first_look_at_home_is_not_mixed_with_what_was(house):
    put(house.browser(MAYA))
    again = house.browser(MAYA)
    again.post("/basket/put/", {"offering": "widget-a", "quantity": "1"})
    again.get("/")
    assert givenup.kept(house.actor(MAYA)) == {"widget-a": 1}


def test_it_is_asked_once_and_one_tap_answers(house):
    maya = house.browser(MAYA)
    put(maya)
    assert ASKED not in words(maya.get("/"))
    older()
    page = words(maya.get("/"))
    assert ASKED in page
    assert "Since 16 November 2026: Coffee machine." in page
    assert "The price Not needed any more Found elsewhere Too complicated" in page
    done = words(maya.post("/basket/why/", {"why": "PRICE", "words": "not sent with a tap"}, follow=True))
    assert "Thank you. It is counted without your name." in done
    assert ASKED not in done
    assert [(row.why, row.count) for row in GivenUp.objects.all()] == [("PRICE", 1)]
    assert "Nothing is asked about your basket." in words(maya.post("/basket/why/", {"why": "PRICE"}, follow=True))
    assert "Coffee machine" in words(maya.get("/basket/"))


def test_whoever_still_wants_it_goes_to_the_basket_and_is_not_asked_again(house):
    maya = house.browser(MAYA)
    put(maya)
    older()
    assert maya.post("/basket/why/", {"why": ""})["Location"] == "/basket/"
    assert ASKED not in words(maya.get("/"))
    assert GivenUp.objects.count() == 0


def test_after_how_many_days_is_a_setting(house, settings):
    settings.INWARD_BASKET_ASKED_AFTER = 30
    maya = house.browser(MAYA)
    put(maya)
    older()
    assert ASKED not in words(maya.get("/"))


def test_whoever_serves_reads_the_counts_in_the_office_and_programs_too(house):
    given_role(house.users[SITI.code], "SELLER", "abc")
    for part, why in ((MAYA, "PRICE"), (JONAS, "PRICE"), (INES, "OTHER"), (LUCA, "PRICE"), (RATNA, "ELSEWHERE")):
        by = house.actor(part)
        operations.keep_basket(by=by, at=AT, pieces={"coffee-machine": 1})
        operations.say_given_up(by=by, at=AT, why=GivenUpWhy[why], words="too loud" if why == "OTHER" else "")
    siti = house.browser(SITI)
    assert "Coffee machine ABC Retail 2026 The price: 3, Found elsewhere: 1, Something else: 1 5" in words(
        siti.get("/office/given-up/")
    )
    page = words(siti.get("/office/given-up/2026-coffee-machine/"))
    assert "too loud" in page
    assert MAYA.name not in page
    assert house.browser(MAYA).get("/office/given-up/").status_code == 404
    (row,) = Caller(token_of(house, SITI)).get("/given-up").json()["items"]
    assert row == {
        "offering": {"code": "coffee-machine", "name": "Coffee machine"},
        "supplier": {"code": "abc", "name": "ABC Retail"},
        "year": 2026,
        "answers": {"ELSEWHERE": 1, "OTHER": 1, "PRICE": 3},
        "total": 5,
    }
