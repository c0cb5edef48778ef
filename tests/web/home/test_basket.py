"""The basket and ordering: the price shown or nothing, one order however often the form is sent, one supplier an order."""

import pytest
from tests.builders import PASSWORD, nothing_written
from tests.cast import INES, MAYA
from tests.shop import change_price
from tests.web.reading import form, words

from inward.trade.models import Order

PLACE = "/orders/place/"


def shown(client, address="/shop/coffee-machine/"):
    """The order form of a page, as it would be sent."""
    return form(client.get(address), PLACE)


def test_one_click_orders_at_the_price_that_was_shown(house):
    client = house.browser(MAYA)
    response = client.post(PLACE, shown(client))
    order = Order.objects.get()
    assert response.status_code == 303
    assert response.url == f"/orders/{order.reference}/"
    assert (order.total_minor, order.state, order.customer.code) == (9075, "PLACED", "maya-lund")
    assert f"Order {order.number} for €90.75 is placed." in words(client.get(response.url))


def test_the_same_form_sent_twice_is_one_order(house):
    client = house.browser(MAYA)
    sent = shown(client)
    first, second = client.post(PLACE, sent), client.post(PLACE, sent)
    assert first.url == second.url
    assert Order.objects.count() == 1


def test_a_price_that_changed_meanwhile_is_shown_with_the_old_one_and_nothing_is_ordered(house):
    client = house.browser(MAYA)
    sent = shown(client)
    change_price("coffee-machine", "abc", "133.10", includes_tax=True)
    with nothing_written():
        response = client.post(PLACE, sent)
    page = words(response)
    assert response.status_code == 409
    assert "The price has changed" in page
    assert "You were shown €90.75. It is now €99.83. Nothing has been ordered yet." in page


def test_the_page_about_the_new_price_orders_with_one_button(house):
    client = house.browser(MAYA)
    sent = shown(client)
    change_price("coffee-machine", "abc", "133.10", includes_tax=True)
    again = form(client.post(PLACE, sent), PLACE)
    client.post(PLACE, again)
    assert Order.objects.get().total_minor == 9983


def test_pieces_changed_after_the_price_was_shown_are_asked_again_first(house):
    client = house.browser(MAYA)
    sent = shown(client) | {"quantity": ["3"]}
    response = client.post(PLACE, sent)
    assert "You changed how many, so the total is €272.25 instead of €90.75." in words(response)
    assert not Order.objects.exists()
    client.post(PLACE, form(response, PLACE))
    assert Order.objects.get().total_minor == 27225


def test_a_forged_price_is_refused_and_nothing_is_ordered(house):
    client = house.browser(MAYA)
    sent = shown(client)
    assert client.post(PLACE, sent | {"expected": ["1 EUR"]}).status_code == 409
    assert client.post(PLACE, sent | {"expected": ["nothing"]}).url == "/basket/"
    assert not Order.objects.exists()


def test_the_basket_makes_one_form_for_each_supplier(house):
    client = house.browser(MAYA)
    for code in ("coffee-machine", "widget-a"):
        client.post("/basket/put/", {"offering": code, "quantity": "2"})
    page = client.get("/basket/")
    assert words(page).count("To pay") == 2
    assert "Basket 2" in words(page)
    client.post(PLACE, form(page, PLACE))
    assert Order.objects.get().supplier.code == "abc"
    assert "Coffee machine" not in words(client.get("/basket/")).replace("Order", "")


def test_each_party_acted_for_has_a_basket_of_its_own(house):
    client = house.browser(INES)
    client.post("/basket/put/", {"offering": "coffee-machine", "quantity": "1"})
    client.post("/door/act-for/", {"party": "abc"})
    assert "Your basket is empty" in words(client.get("/basket/"))
    client.post("/door/act-for/", {"party": ""})
    assert "Coffee machine" in words(client.get("/basket/"))


def test_pieces_are_changed_and_lines_taken_out(house):
    client = house.browser(MAYA)
    client.post("/basket/put/", {"offering": "coffee-machine", "quantity": "1"})
    client.post("/basket/change/", {"offering": "coffee-machine", "quantity": "4"})
    assert "€363.00" in words(client.get("/basket/"))
    client.post("/basket/change/", {"offering": "coffee-machine", "quantity": "4", "remove": "coffee-machine"})
    assert "Your basket is empty" in words(client.get("/basket/"))


@pytest.mark.parametrize("quantity", ["-1", "1.5", "many", "999999999"])
def test_pieces_that_are_no_number_are_named_and_change_nothing(house, quantity):
    client = house.browser(MAYA)
    client.post("/basket/put/", {"offering": "coffee-machine", "quantity": quantity})
    page = words(client.get("/basket/"))
    assert f"“{quantity}” is not a number of pieces." in page
    assert "Your basket is empty" in page


def test_what_nobody_offers_does_not_get_into_the_basket(house):
    client = house.browser(MAYA)
    client.post("/basket/put/", {"offering": "nothing-such", "quantity": "1"})
    assert "Your basket is empty" in words(client.get("/basket/"))


def test_the_wish_for_a_cost_centre_of_another_department_is_refused_in_words(house):
    client = house.browser(MAYA)
    sent = shown(client) | {"settlement": ["COST_CENTRE"], "cost_centre": ["abc-it"]}
    response = client.post(PLACE, sent)
    assert response.status_code == 403
    assert "You may not order for IT, ABC Retail." in words(response)
    assert not Order.objects.exists()


def test_nothing_is_ordered_by_looking(house):
    client = house.browser(MAYA)
    response = client.get(PLACE, shown(client))
    assert (response.status_code, response.url) == (302, "/basket/")
    assert client.put(PLACE).status_code == 405
    assert not Order.objects.exists()


def test_whoever_signed_in_again_in_mid_form_lands_at_the_basket(house):
    client = house.browser(MAYA)
    sent = shown(client)
    client.logout()
    door = client.post(PLACE, sent)
    assert door.url == "/door/login/?next=/orders/place/"
    answer = client.post(door.url, {"login": "maya-lund", "password": PASSWORD, "next": PLACE}, follow=True)
    assert answer.request["PATH_INFO"] == "/basket/"
    assert not Order.objects.exists()


def test_staff_price_is_for_own_use(house):
    assert "not for resale" in words(house.browser(MAYA).get("/shop/coffee-machine/"))
    assert "not for resale" not in words(house.browser(MAYA).get("/shop/widget-a/"))
