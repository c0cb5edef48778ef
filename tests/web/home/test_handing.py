"""How an order gets there, chosen on the form; and its way, read on its page without colour: in the browser and over HTTP."""

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, MAYA, SITI
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.trade import handing, operations
from inward.trade.handing import Ways
from inward.trade.models import Order

DESK, DEPOT = "Front desk", "Depot"


@pytest.fixture
def house(house):
    operations.say_handover(by=HOUSE, at=AT, supplier="abc", places=[DESK, DEPOT], brings=True)
    given_role(house.users[SITI.code], "SELLER", "abc")
    return house


def ordered(house, part=MAYA, **chosen):
    browser = house.browser(part)
    typed = {name: values[-1] for name, values in form(browser.get("/shop/coffee-machine/"), "/orders/place/").items()}
    return browser.post("/orders/place/", typed | chosen, follow=True)


def test_the_usual_way_is_ticked_and_the_order_says_what_was_chosen(house):
    page = house.browser(MAYA).get("/shop/coffee-machine/")
    assert form(page, "/orders/place/")["handover"] == [f"COLLECT:{DESK}"]
    said = words(page)
    assert (
        f"How do you get it? Pick it up: {DESK} Pick it up: {DEPOT} Have it brought to Maya Lund, or to the address below"
        in said
    )
    assert f"How it gets there Pick-up: {DESK}" in words(ordered(house))
    assert "How it gets there Delivery: Quay 3" in words(ordered(house, handover="BRING", address=" Quay 3 "))
    assert "How it gets there Delivery: Maya Lund" in words(ordered(house, handover="BRING"))
    left_over = words(ordered(house, handover=f"COLLECT:{DEPOT}", address="typed before"))
    assert f"How it gets there Pick-up: {DEPOT}" in left_over


def test_what_is_not_offered_any_more_is_asked_again_on_the_form(house):
    again = ordered(house, handover="COLLECT:The moon")
    assert again.status_code == 409
    assert "How do you get it?" in words(again)
    assert "does not hand over so any more" in words(again)
    assert form(again, "/orders/place/")["handover"] == [f"COLLECT:{DESK}"]
    operations.say_handover(by=HOUSE, at=AT, supplier="abc", places=[DEPOT], brings=True)
    brought = ordered(house, handover="BRING", address="x" * 301)
    assert brought.status_code == 409
    assert form(brought, "/orders/place/")["handover"] == ["BRING"]
    assert Order.objects.count() == 0


def test_the_way_of_an_order_is_read_in_words_with_whose_turn_it_is(house):
    ordered(house)
    order = Order.objects.get()
    siti, maya = house.browser(SITI), house.browser(MAYA)
    address = f"/orders/{order.reference}/"
    page = maya.get(address)
    assert 'aria-current="step"' in page.content.decode()
    assert (
        "Ordered done · 24 Nov 2026 Ready to pick up next Waiting for the supplier: ABC Retail Picked up to come"
        in words(page)
    )
    assert "It lies ready to be picked up" not in words(page)
    assert "It lies ready to be picked up" in words(siti.get(address))
    done = words(siti.post(f"{address}ready/", follow=True))
    assert "Ready to pick up done" in done
    assert "It lies ready to be picked up" not in done
    assert "Picked up next Waiting to be picked up: Maya Lund" in words(maya.get(address))
    siti.post(f"{address}deliver/", {"line-1": "1", "key": "k"})
    assert "Picked up done" in words(maya.get(address))
    assert f"Pick-up: {DESK}" in words(maya.get(f"{address}receipt/"))


@pytest.mark.parametrize(("chosen", "button"), [({"handover": "BRING"}, "It is on its way"), ({}, "It is ready")])
def test_the_button_says_what_is_so(house, chosen, button):
    if not chosen:
        operations.say_handover(by=HOUSE, at=AT, supplier="abc", places=[], brings=False)
    ordered(house, **chosen)
    assert button in words(house.browser(SITI).get(f"/orders/{Order.objects.get().reference}/"))


def test_an_order_of_a_department_waits_for_its_confirmation_at_the_end(house):
    ordered(house, INES)
    siti = house.browser(SITI)
    order = Order.objects.get()
    siti.post(f"/orders/{order.reference}/deliver/", {"line-1": "1", "key": "k"})
    page = words(house.browser(INES).get(f"/orders/{order.reference}/"))
    if order.customer_id != order.person_id:
        assert "Receipt confirmed next" in page


def test_whoever_serves_filters_what_is_to_be_handed_over(house):
    ordered(house)
    ordered(house, handover="BRING")
    desk, brought = Order.objects.order_by("id")
    siti = house.browser(SITI)
    assert (
        "How it gets there Handed over any way Pick-up Delivery Where it is picked up Any place Depot Front desk"
        in words(siti.get("/deliveries/"))
    )
    only = words(siti.get("/deliveries/?handover=BRING"))
    assert f"Order {brought.number}" in only
    assert f"Order {desk.number}" not in only
    there = words(siti.get(f"/deliveries/?place={DESK}"))
    assert f"Order {desk.number}" in there
    assert f"Order {brought.number}" not in there
    operations.say_handover(by=HOUSE, at=AT, supplier="abc", places=[], brings=True)
    assert "Where it is picked up" not in words(siti.get("/deliveries/"))


def test_it_is_said_in_the_office_by_those_who_serve(house):
    siti = house.browser(SITI)
    assert f"{DESK}, {DEPOT}" in words(siti.get("/office/handover/"))
    assert saved(siti, "/office/handover/abc/do/change/", places=f"{DEPOT}\n\n {DESK} ")
    assert handing.said()["abc"] == Ways((DEPOT, DESK), True)
    assert "It is brought yes" in words(siti.get("/office/handover/abc/"))
    assert saved(siti, "/office/handover/abc/do/stop/")
    assert handing.said() == {}
    assert saved(siti, "/office/handover/-/new/say/", supplier="abc", places="", brings="on")
    assert handing.said() == {"abc": Ways((), True)}
    assert house.browser(MAYA).get("/office/handover/").status_code == 404


def test_programs_do_the_same(house):
    maya, siti = (Caller(token_of(house, part)) for part in (MAYA, SITI))
    assert siti.sent("PUT", "/handover/abc", {"places": [DEPOT], "brings": True}).status_code == 204
    assert siti.get("/handover").json()["items"] == [
        {"supplier": {"code": "abc", "name": "ABC Retail"}, "places": [DEPOT], "brings": True}
    ]
    lines = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
    assert maya.post("/quotes", lines).json()["handover"] == {
        "places": [DEPOT],
        "brings": True,
        "usual": {"way": "COLLECT", "place": DEPOT, "address": ""},
        "address_needed": False,
    }
    body = lines | {"expected": {"amount": "90.75", "currency": "EUR"}}
    wrong = body | {"handover": {"way": "COLLECT", "place": "The moon"}}
    assert maya.post("/orders", wrong, key="0").status_code == 422
    chosen = {"way": "BRING", "place": "", "address": "Quay 3"}
    reference = maya.post("/orders", body | {"handover": chosen}, key="1").json()["reference"]
    assert [row["reference"] for row in siti.get("/orders?which=to_deliver&handover=BRING").json()["items"]] == [
        reference
    ]
    assert siti.get("/orders?which=to_deliver&handover=COLLECT").json()["items"] == []
    assert siti.post(f"/orders/{reference}/ready", {}).status_code == 204
    told = maya.get(f"/orders/{reference}").json()
    assert told["handover"] == chosen
    stages = [(each["kind"], each["state"], each["turn"]) for each in told["track"]]
    assert stages == [("PLACED", "DONE", None), ("ON_ITS_WAY", "DONE", None), ("HANDED_OVER", "NEXT", "SUPPLIER")]
