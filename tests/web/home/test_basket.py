"""The basket and ordering: the price shown or nothing, one order however often the form is sent, one supplier an order."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import AT, HOUSE, PASSWORD, nothing_written
from tests.cast import INES, JONAS, MAYA
from tests.shop import change_price
from tests.web.reading import form, words

from inward.catalogue import operations as catalogue
from inward.kit.sheets import xlsx_bytes
from inward.trade.models import Order
from inward.web.home import wanting

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


LIST = "/basket/list/"


def held(client):
    return client.session.get("basket", {}).get("maya-lund", {})


def test_a_list_from_a_spreadsheet_is_put_in_the_basket_whole(house):
    client = house.browser(MAYA)
    answer = client.post(LIST, {"list": "Item\tPieces\ncoffee-machine\t2\n\nWidget A\t1\ncoffee-machine\t1\n"})
    assert answer.url == "/basket/"
    assert held(client) == {"coffee-machine": 3, "widget-a": 1}
    assert "2 items are in your basket, at today's price." in words(client.get("/basket/"))
    assert not Order.objects.exists()


def test_a_list_with_a_fault_puts_nothing_in_and_says_line_and_reason(house):
    client = house.browser(MAYA)
    answer = client.post(
        LIST, {"list": "coffee-machine; 2\ncofee; 1\nwidget-a; two\nwidget-a\nwidget-a; 0\nwidget-a; 100001"}
    )
    page = words(answer)
    assert answer.status_code == 422
    assert held(client) == {}
    assert "Line 2, “cofee; 1”: There is no such item in the shop." in page
    assert "Line 3, “widget-a; two”: How many must be a whole number." in page
    assert "Line 4, “widget-a”: Give an item and how many, with a semicolon or tab between them." in page
    assert "Line 5, “widget-a; 0”: Between 1 and 100,000 pieces can be ordered." in page
    assert "Line 6, “widget-a; 100001”: Between 1 and 100,000 pieces can be ordered." in page


def test_the_good_lines_alone_are_put_in_when_that_is_wanted(house):
    client = house.browser(MAYA)
    client.post(LIST, {"list": "coffee-machine; 2\ncofee; 1", "good": "yes"})
    assert held(client) == {"coffee-machine": 2}


def test_nothing_good_is_never_put_in_however_it_is_wanted(house):
    client = house.browser(MAYA)
    assert client.post(LIST, {"list": "cofee; 1", "good": "yes"}).status_code == 422
    assert "There is nothing in the list" in words(client.post(LIST, {"list": " \n"}))
    assert held(client) == {}


def test_a_file_of_excel_is_read_and_what_was_wrong_in_it_can_be_mended_on_the_page(house):
    client = house.browser(MAYA)
    content = xlsx_bytes("list", ["Code", "Pieces"], [("coffee-machine", 2), ("cofee", 1)])
    page = client.post(LIST, {"list": "", "file": SimpleUploadedFile("l.xlsx", content)})
    sent = form(page, "")
    assert sent["list"] == ["coffee-machine; 2\ncofee,1"]
    assert client.post(LIST, sent | {"good": "yes"}).url == "/basket/"
    assert held(client) == {"coffee-machine": 2}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 no workbook", "This is no workbook that can be read."),
        ("Wasserkocher für; 2".encode("latin-1"), "This file is not in UTF-8."),
        (b"widget-a; 1\n" * 120_000, "This file is too large: a list may have 1 MB."),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_nothing_is_put_in(house, content, why):
    client = house.browser(MAYA)
    assert why in words(client.post(LIST, {"list": "widget-a; 1", "file": SimpleUploadedFile("l.csv", content)}))
    assert held(client) == {}


def test_a_list_longer_than_a_basket_says_where_it_ends(house):
    names = {f"item-{number}": "Same" for number in range(300)}
    found = wanting.read_text("\n".join(f"item-{number}; 1" for number in range(300)), names)
    assert (len(found.pieces), [wrong.line for wrong in found.wrong]) == (200, [201])


def test_an_item_whose_name_others_have_too_is_not_guessed():
    found = wanting.read_text("Same; 1\nb; 2", {"a": "Same", "b": "Same"})
    assert found.pieces == {"b": 2}
    assert [wrong.why for wrong in found.wrong] == ["Several items are called so: give the code."]


def test_an_order_is_put_in_the_basket_again_at_todays_price(house):
    house.order(MAYA, ("coffee-machine", 2))
    order = Order.objects.get()
    client = house.browser(MAYA)
    change_price("coffee-machine", "abc", "133.10", includes_tax=True)
    answer = client.post(f"/orders/{order.reference}/again/")
    assert answer.url == "/basket/"
    assert held(client) == {"coffee-machine": 2}
    assert "The same is in your basket, at today's price." in words(client.get("/basket/"))
    assert Order.objects.count() == 1


def test_what_is_not_offered_any_more_is_told_when_an_order_is_made_again(house):
    house.order(MAYA, ("coffee-machine", 2))
    order = Order.objects.get()
    catalogue.withdraw_item(by=HOUSE, at=AT, offering="coffee-machine")
    client = house.browser(MAYA)
    client.post(f"/orders/{order.reference}/again/")
    page = words(client.get("/basket/"))
    assert held(client) == {}
    assert "Not offered any more: Coffee machine." in page
    assert "The same is in your basket" not in page


def test_somebody_elses_order_cannot_be_made_again(house):
    house.order(MAYA, ("coffee-machine", 2))
    client = house.browser(JONAS)
    assert client.post(f"/orders/{Order.objects.get().reference}/again/").status_code == 404
