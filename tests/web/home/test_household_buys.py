"""Somebody chooses on the order form for whom of her household it is; the office says whom a scheme lets in; programs do both."""

from dataclasses import replace
from datetime import date

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, ON, given_household, given_household_rule, given_person
from tests.cast import INES, MAYA, SITI, TOR
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import Tie
from inward.core.terms import Period
from inward.trade.models import Order, OrderHousehold

PAGE = "/shop/coffee-machine/"


@pytest.fixture
def house(house):
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), household=frozenset({Tie.SPOUSE}))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    given_household_rule()
    for code, tie in (("sam", Tie.SPOUSE), ("kim", Tie.CHILD)):
        given_person(code, f"{code.title()} Lund")
        given_household(MAYA.code, code, tie=tie)
    return house


def test_she_chooses_for_whom_it_is_and_reads_it_on_the_order(house):
    maya = house.browser(MAYA)
    page = maya.get(PAGE)
    assert "For whom Myself Sam Lund" in words(page)
    assert "Kim Lund" not in words(page)
    assert "For whom" not in words(house.browser(INES).get(PAGE))
    chosen = maya.get(f"{PAGE}?quantity=1&beneficiary=sam")
    typed = {name: values[-1] for name, values in form(chosen, "/orders/place/").items()}
    assert (typed["beneficiary"], typed["settlement"]) == ("sam", "PAYROLL")
    done = maya.post("/orders/place/", typed, follow=True)
    assert "For whom Sam Lund" in words(done)
    order = Order.objects.get()
    assert OrderHousehold.objects.get().order_id == order.pk
    assert "For whom" not in words(house.browser(TOR).get(f"/orders/{order.reference}/"))


def test_where_the_scheme_does_not_let_somebody_in_it_says_so_and_asks_again_at_the_ordinary_price(house):
    maya = house.browser(MAYA)
    page = words(maya.get(f"{PAGE}?beneficiary=kim"))
    assert "ABC staff purchase is for others of the household than the one this is for." in page
    assert "€121.00" in page
    typed = {name: values[-1] for name, values in form(maya.get(PAGE), "/orders/place/").items()}
    again = maya.post("/orders/place/", typed | {"beneficiary": "kim"})
    assert again.status_code == 409
    assert "You were shown €90.75. It is now €121.00. Nothing has been ordered yet." in words(again)
    kept = {name: values[-1] for name, values in form(again, "/orders/place/").items()}
    assert (kept["beneficiary"], Order.objects.count()) == ("kim", 0)
    assert "is known to belong to your household" in words(maya.get(f"{PAGE}?beneficiary=ghost"))


def test_from_the_basket_it_is_chosen_as_well(house):
    maya = house.browser(MAYA)
    maya.post("/basket/put/", {"offering": "coffee-machine", "quantity": "1"})
    typed = {name: values[-1] for name, values in form(maya.get("/basket/"), "/orders/place/").items()}
    assert "For whom Sam Lund" in words(maya.post("/orders/place/", typed | {"beneficiary": "sam"}, follow=True))


def test_programs_ask_order_and_read_it(house):
    maya = Caller(token_of(house, MAYA))
    body = {"lines": [{"offering": "coffee-machine", "quantity": 1}], "beneficiary": "sam"}
    quoted = maya.post("/quotes", body).json()
    assert (quoted["beneficiary"]["code"], quoted["settlements"]) == ("sam", ["PAYROLL"])
    assert [each["code"] for each in quoted["members"]] == ["sam"]
    assert maya.post("/me/benefit/foreseen", body).json()["country"] == "NL"
    expected = {"amount": "90.75", "currency": "EUR"}
    placed = maya.post("/orders", body | {"expected": expected}, key="k").json()
    order = maya.get(f"/orders/{placed['reference']}").json()
    assert (order["household"], order["beneficiary"]["name"]) == (True, "Sam Lund")
    tor = Caller(token_of(house, TOR)).get(f"/orders/{placed['reference']}").json()
    assert (tor["household"], tor["beneficiary"]) == (False, None)
    refused = maya.post("/quotes", body | {"beneficiary": "ghost"})
    assert refused.status_code == 422


def test_the_office_says_whom_a_scheme_lets_in(house):
    siti = house.browser(SITI)
    saved(siti, "/office/schemes/abc-staff/do/change/", valid_from="2027-01-01", household="CHILD")
    assert price_book().scheme_on("abc-staff", date(2027, 1, 1)).household == frozenset({Tie.CHILD})
    page = words(siti.get("/office/schemes/abc-staff/?on=2027-01-01"))
    assert "also for the household: child" in page
    assert "May be bought for, of the household" in page
