"""Ordering for a colleague on the pages, and over HTTP."""

from datetime import timedelta

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, ON
from tests.cast import INES, MAYA
from tests.web.reading import form, words

from inward.kit import worker
from inward.notices import queries as notices
from inward.trade import behalf, operations
from inward.trade.models import Order
from inward.web.letters.sending import render


@pytest.fixture
def house(house):
    operations.let_order(by=house.actor(MAYA), at=AT, helper=INES.code, last_day=ON + timedelta(days=7))
    return house


def test_she_chooses_for_whom_and_the_price_and_pay_are_hers(house):
    jonas = house.browser(INES)
    page = jonas.get("/shop/coffee-machine/")
    assert "For whom Myself Maya Lund" in words(page)
    hers = jonas.get(f"/shop/coffee-machine/?quantity=1&beneficiary=@{MAYA.code}")
    said = words(hers)
    assert "Taken out of the pay of Maya Lund of November 2026." in said
    assert "left for 2026 after this order" not in said
    typed = {name: values[-1] for name, values in form(hers, "/orders/place/").items()}
    assert typed["beneficiary"] == f"@{MAYA.code}"
    done = words(jonas.post("/orders/place/", typed, follow=True))
    assert "Ordered by Ines Contarini, for Maya Lund" in done
    assert "are yours again" not in done
    assert Order.objects.get().person.code == MAYA.code
    worker.drain()
    letters = {due.code: render(due, "en").text for due in notices.due(at=AT + timedelta(days=1))}
    assert "Ines Contarini ordered for you from ABC Retail" in letters["ordered_for_you"]
    assert "You ordered for Maya Lund from ABC Retail" in letters["ordered_for"]


def test_a_price_that_moved_is_asked_again_for_her(house):
    jonas = house.browser(INES)
    hers = jonas.get(f"/shop/coffee-machine/?quantity=1&beneficiary=@{MAYA.code}")
    typed = {name: values[-1] for name, values in form(hers, "/orders/place/").items()}
    again = jonas.post("/orders/place/", typed | {"expected": "1.00 EUR"})
    assert again.status_code in (303, 409)
    if again.status_code == 409:
        assert form(again, "/orders/place/")["beneficiary"] == [f"@{MAYA.code}"]
    assert Order.objects.count() == 0


def test_whoever_helps_nobody_is_offered_nobody(house):
    assert "For whom" not in words(house.browser(MAYA).get("/shop/coffee-machine/"))


def test_it_is_said_and_ended_on_a_page(house):
    maya, jonas = house.browser(MAYA), house.browser(INES)
    assert "Who may order for me Ines Contarini 24 November 2026 – 1 December 2026" in words(maya.get("/for-others/"))
    assert "For whom I may order Maya Lund" in words(jonas.get("/for-others/"))
    done = maya.post("/for-others/end/", {"person": MAYA.code, "helper": INES.code}, follow=True)
    assert "It has ended." in words(done)
    assert behalf.open_to(house.actor(INES), on=ON) == ()
    wrong = maya.post("/for-others/", {"helper": "nobody at all", "last_day": "2026-12-24"})
    assert wrong.status_code == 422
    said = maya.post("/for-others/", {"helper": "Ines Contarini", "last_day": "2026-12-24"}, follow=True)
    assert "It is noted. You get a letter about each order." in words(said)
    assert [each.code for each in behalf.open_to(house.actor(INES), on=ON)] == [MAYA.code]


def test_programs_do_the_same(house):
    maya, jonas = (Caller(token_of(house, part)) for part in (MAYA, INES))
    assert [each["code"] for each in jonas.get("/me/order-for").json()] == [MAYA.code]
    assert maya.get("/me/order-helpers").json() == [
        {"helper": {"code": INES.code, "name": INES.name}, "since": "2026-11-24", "last_day": "2026-12-01"}
    ]
    lines = {"lines": [{"offering": "coffee-machine", "quantity": 1}], "on_behalf": MAYA.code}
    quote = jonas.post("/quotes", lines).json()
    assert (quote["total"]["amount"], quote["customer"]["code"], quote["allowances"]) == ("90.75", MAYA.code, [])
    body = lines | {"expected": quote["total"]}
    assert jonas.post("/orders", body | {"accepts": []}, key="0").status_code == 422
    assert jonas.post("/orders", body | {"expected": {"amount": "1.00", "currency": "EUR"}}, key="1").status_code == 409
    made = jonas.post("/orders", body, key="2")
    assert made.status_code == 201
    told = maya.get(f"/orders/{made.json()['reference']}").json()
    assert (told["placed_by"]["code"], told["order"]["person"]["code"]) == (INES.code, MAYA.code)
    assert maya.sent("PUT", f"/me/order-helpers/{INES.code}", {"last_day": None}).status_code == 204
    assert jonas.post("/quotes", lines).status_code == 403
    assert maya.sent("PUT", f"/me/order-helpers/{INES.code}", {"last_day": "2026-12-24"}).status_code == 204
    assert [each["code"] for each in jonas.get("/me/order-for").json()] == [MAYA.code]
