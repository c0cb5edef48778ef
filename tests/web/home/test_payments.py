"""A payment made elsewhere on the pages of whoever orders, whoever serves and whoever keeps the books; and over HTTP."""

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, given_role
from tests.cast import LUCA, MAYA, SITI
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.kit import worker
from inward.notices.queries import notices
from inward.trade import operations, payments
from inward.trade.models import Order

WORDS = "Pay at the counter; give the number on the slip."


@pytest.fixture
def house(house):
    operations.take_payments_elsewhere(by=HOUSE, at=AT, company="abc", words=WORDS)
    given_role(house.users[SITI.code], "SELLER", "abc")
    return house


def ordered(house, payment="TX-1", **more):
    maya = house.browser(MAYA)
    typed = {name: values[-1] for name, values in form(maya.get("/shop/coffee-machine/"), "/orders/place/").items()}
    return maya.post("/orders/place/", typed | {"settlement": "EXTERNAL", "payment": payment} | more, follow=True)


def test_she_reads_where_to_pay_and_names_the_payment_with_the_order(house):
    page = words(house.browser(MAYA).get("/shop/coffee-machine/"))
    assert f"Paid elsewhere, by a reference {WORDS}" in page
    assert "Reference of your payment" in page
    done = words(ordered(house))
    assert "How it is paid Paid elsewhere, by a reference" in done
    assert "Payment TX-1 To be checked" in done
    assert "Out of the pay of" not in done


def test_a_used_or_missing_reference_is_asked_again_on_the_form_and_a_forgotten_one_with_another_way_is_dropped(house):
    ordered(house)
    again = ordered(house, "tx1")
    assert again.status_code == 409
    assert "Check your payment" in words(again)
    assert "This payment stands on another order already." in words(again)
    kept = {name: values[-1] for name, values in form(again, "/orders/place/").items()}
    assert (kept["payment"], Order.objects.count()) == ("tx1", 1)
    assert "Give the reference of your payment" in words(ordered(house, ""))
    assert "Deducted from pay" in words(ordered(house, "left over", settlement="PAYROLL"))


def test_whoever_serves_finds_it_or_not_and_she_names_another(house):
    ordered(house)
    order = Order.objects.get()
    siti, maya = house.browser(SITI), house.browser(MAYA)
    assert "Payments to check" in words(siti.get("/deliveries/"))
    assert str(order.number) in words(siti.get("/payments/"))
    page = words(siti.get(f"/orders/{order.reference}/"))
    assert "Did the payment come? Reference: TX-1" in page
    mark = f"/orders/{order.reference}/payment/mark/"
    assert "is told that it was not found" in words(siti.post(mark, {"found": "no"}, follow=True))
    worker.drain()
    assert notices(viewer=house.actor(MAYA))[0].code == "payment_not_found"
    told = maya.get(f"/orders/{order.reference}/")
    assert "Your payment was not found" in words(told)
    assert "Did the payment come?" not in words(told)
    done = maya.post(f"/orders/{order.reference}/payment/", {"payment": "TX-2"}, follow=True)
    assert "Payment TX-1 Not found Payment TX-2 To be checked" in words(done)
    assert "is noted as received" in words(siti.post(mark, {"found": "yes"}, follow=True))
    assert "No payment waits to be checked" in words(siti.get("/payments/"))
    assert "Payment TX-2 Received" in words(maya.get(f"/orders/{order.reference}/"))


def test_where_nobody_takes_them_nobody_reads_of_them(house):
    operations.take_payments_elsewhere(by=HOUSE, at=AT, company="abc", words=None)
    assert "Payments to check" not in words(house.browser(SITI).get("/deliveries/"))
    assert "Reference of your payment" not in words(house.browser(MAYA).get("/shop/coffee-machine/"))


def test_controllers_say_it_in_the_office_and_take_it_back(house):
    luca = house.browser(LUCA)
    assert WORDS in words(luca.get("/office/payments-elsewhere/"))
    assert saved(luca, "/office/payments-elsewhere/abc/do/change/", words="By card.")
    assert "By card." in words(luca.get("/office/payments-elsewhere/abc/"))
    assert saved(luca, "/office/payments-elsewhere/abc/do/stop/")
    assert payments.takers() == {}
    assert saved(luca, "/office/payments-elsewhere/-/new/take/", company="abc", words="By card again.")
    assert payments.takers() == {"abc": "By card again."}
    assert house.browser(SITI).get("/office/payments-elsewhere/").status_code == 404


def test_programs_do_the_same(house):
    maya, siti, luca = (Caller(token_of(house, part)) for part in (MAYA, SITI, LUCA))
    assert luca.get("/payments-elsewhere").json()["items"][0]["words"] == WORDS
    assert luca.sent("PUT", "/payments-elsewhere/abc", {"words": "By card."}).status_code == 204
    body = {
        "lines": [{"offering": "coffee-machine", "quantity": 1}],
        "expected": {"amount": "90.75", "currency": "EUR"},
        "settlement": "EXTERNAL",
    }
    assert maya.post("/orders", body, key="0").status_code == 422
    reference = maya.post("/orders", body | {"payment": "TX-1"}, key="1").json()["reference"]
    assert maya.post("/orders", body | {"payment": "TX-1"}, key="2").status_code == 422
    (found,) = siti.get("/orders?which=to_check").json()["items"]
    assert found["reference"] == reference
    marked = siti.post(f"/orders/{reference}/payment/mark", {"found": False})
    assert marked.json() == {"state": "NOT_FOUND"}
    assert maya.post(f"/orders/{reference}/payment", {"payment": "TX-2"}).status_code == 204
    told = maya.get(f"/orders/{reference}").json()["payments"]
    assert [(each["reference"], each["state"]) for each in told] == [("TX-1", "NOT_FOUND"), ("TX-2", "GIVEN")]
