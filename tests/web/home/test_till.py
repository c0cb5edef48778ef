"""The till on the pages of whoever buys and of whoever serves."""

import pytest
from tests.builders import given_role
from tests.cast import INES, MAYA, RATNA
from tests.shop import change_price
from tests.web.reading import form, words

from inward.trade.models import Order, TillCode


@pytest.fixture
def buyer(house):
    return house.browser(MAYA)


@pytest.fixture
def cashier(house):
    given_role(house.users[INES.code], "SELLER", "abc")
    return house.browser(INES)


def made(buyer):
    buyer.post("/till/code/")
    return buyer.session["till_code"]


def told(cashier, code, text="coffee-machine; 1"):
    return cashier.post("/sell/", {"code": code, "list": text})


def test_she_makes_a_code_and_sees_it_with_a_picture_until_it_is_used(house, buyer, cashier):
    assert "Make a code" in words(buyer.get("/till/"))
    code = made(buyer)
    page = buyer.get("/till/")
    assert code in words(page)
    assert "<svg" in page.content.decode()
    cashier.post("/sell/now/", form(told(cashier, code), "/sell/now/"))
    after = words(buyer.get("/till/"))
    assert code not in after
    assert "Your last code was used. See what was ordered" in after


def test_another_browser_of_hers_does_not_show_the_code(house, buyer):
    code = made(buyer)
    page = words(house.browser(MAYA).get("/till/"))
    assert code not in page
    assert "A code you made in another browser holds until" in page


def test_whoever_serves_tells_the_price_first_and_sells_by_one_button(house, buyer, cashier):
    page = told(cashier, made(buyer).lower())
    assert "Maya Lund pays €90.75" in words(page)
    assert "Nothing is sold yet." in words(page)
    assert not Order.objects.exists()
    sent = form(page, "/sell/now/")
    done = cashier.post("/sell/now/", sent)
    order = Order.objects.get()
    assert done.url == f"/orders/{order.reference}/"
    assert order.state == "DELIVERED"
    assert f"Order {order.number} for €90.75 is sold and handed over." in words(cashier.get(done.url))
    assert cashier.post("/sell/now/", sent).url == done.url
    assert Order.objects.count() == 1


def test_a_price_that_moved_is_told_before_anything_is_sold(house, buyer, cashier):
    sent = form(told(cashier, made(buyer)), "/sell/now/")
    change_price("coffee-machine", "abc", "133.10", includes_tax=True)
    page = cashier.post("/sell/now/", sent)
    assert "The price has changed. Nothing was sold yet." in words(page)
    assert not Order.objects.exists()
    cashier.post("/sell/now/", form(page, "/sell/now/"))
    assert Order.objects.get().total_minor == 9983


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("AAA-AAA-AAA", "coffee-machine; 1", "There is no such code. Read it again from the phone."),
        (None, "cofee; 1", "Line 1, “cofee; 1”: There is no such item in the shop."),
        (None, "", "There is nothing in the list: one line each, an item and how many."),
        (None, "widget-a; 1", "Only those who serve for"),
    ],
)
def test_what_cannot_be_sold_is_said_with_what_was_typed_still_there(house, buyer, cashier, code, text, why):
    page = told(cashier, code or made(buyer), text)
    assert page.status_code == 422
    assert "Nothing was sold" in words(page)
    assert why in words(page)
    assert form(page, "/sell/")["list"] == [text]
    assert not Order.objects.exists()


def test_a_forged_price_and_a_used_code_sell_nothing(house, buyer, cashier):
    sent = form(told(cashier, made(buyer)), "/sell/now/")
    assert cashier.post("/sell/now/", sent | {"expected": ["nothing"]}).status_code == 422
    assert "The price has changed" in words(cashier.post("/sell/now/", sent | {"expected": ["1 EUR"]}))
    assert not Order.objects.exists()
    cashier.post("/sell/now/", sent)
    again = cashier.post("/sell/now/", sent | {"key": ["other"]})
    assert "This code has been used already" in words(again)
    assert Order.objects.count() == 1


def test_whoever_serves_nobody_finds_no_till(house, buyer):
    code = made(buyer)
    assert buyer.get("/sell/").status_code == 404
    assert told(buyer, code).status_code == 404
    assert "Sell at the till" not in words(buyer.get("/"))
    assert "Sell at the till" in words(house.browser(RATNA).get("/"))
    assert TillCode.objects.count() == 1
