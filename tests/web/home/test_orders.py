"""Orders: lists, one order with what can be done with it, receipts, exports, and what each role may not see."""

import pytest
from django.urls import reverse
from tests.builders import AT
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, TOR
from tests.web.reading import words

from inward.trade import operations as trade
from inward.trade.models import Order


@pytest.fixture
def mine(house):
    """Maya's coffee machine."""
    return house.order(MAYA, ("coffee-machine", 2)).reference


@pytest.fixture
def waiting(house):
    """Widgets for 7 200 euro before tax: above ABC's limit."""
    return house.order(INES, ("widget-a", 2000), customer="abc").reference


def test_my_orders_show_state_supplier_and_total(house, mine):
    page = words(house.browser(MAYA).get("/orders/"))
    assert "24 Nov 2026 ABC Retail Ordered €181.50" in page


def test_an_order_keeps_its_verdict_price_and_reasons(house, mine):
    page = words(house.browser(MAYA).get(f"/orders/{mine}/"))
    assert "Coffee machine ABC staff purchase: 25% off the ordinary price 2 0 €181.50 Ordinary price: €242.00" in page
    assert "Inside: Maya Lund works for ABC Retail, which supplies this." in page
    assert "Before tax €150.00 Tax €31.50 Saved €60.50 To pay €181.50" in page
    assert "How it is paid Deducted from pay Out of the pay of November 2026" in page
    assert "Out of the pay of November 2026" in words(house.browser(MAYA).get(f"/orders/{mine}/receipt/"))


def test_nothing_leaves_the_pay_for_what_was_called_off_or_is_paid_otherwise(house, mine, waiting):
    house.browser(MAYA).post(f"/orders/{mine}/cancel/", {"reason": "Not needed"})
    assert "Out of the pay" not in words(house.browser(MAYA).get(f"/orders/{mine}/"))
    assert "Out of the pay" not in words(house.browser(INES).get(f"/orders/{waiting}/"))


def test_a_colleague_and_a_manager_do_not_see_a_private_purchase(house, mine):
    for part in (INES, HENK, LUCA, RATNA):
        client = house.browser(part)
        assert client.get(f"/orders/{mine}/").status_code == 404
        assert client.get(f"/orders/{mine}/receipt/").status_code == 404
        assert "Maya" not in words(client.get("/orders/all/"))
        assert b"Maya" not in b"".join(client.get("/orders/export/all.csv").streaming_content)


def test_a_budget_holder_approves_and_the_supplier_delivers(house, waiting):
    page = words(house.browser(HENK).get(f"/orders/{waiting}/"))
    assert "Ines Contarini asks for €8,712.00 on the budget of ABC Retail." in page
    assert "To approve Order 100001 Waiting for approval" in page
    assert "My orders Order 100001" in words(house.browser(INES).get(f"/orders/{waiting}/"))
    house.browser(HENK).post(f"/orders/{waiting}/approve/")
    assert "All orders Order 100001 Ordered" in words(house.browser(HENK).get(f"/orders/{waiting}/"))
    assert Order.objects.get().state == "PLACED"
    seller = house.browser(RATNA)
    page = words(seller.get(f"/orders/{waiting}/"))
    assert "To deliver Order 100001 Ordered" in page
    assert "Widget A 2,000 to hand over" in page
    seller.post(f"/orders/{waiting}/deliver/", {"line-1": "500"})
    page = words(seller.get(f"/orders/{waiting}/"))
    assert "Partly delivered" in page
    assert "500 × Widget A" in page


def test_whoever_ordered_sees_for_whom_it_waits_and_no_button(house, waiting):
    page = words(house.browser(INES).get(f"/orders/{waiting}/"))
    assert "Waits for a budget holder of ABC Retail." in page
    assert "Do you approve?" not in page
    assert "Nobody approves or declines an order of their own." in page


def test_a_forged_approval_of_an_own_order_is_refused_and_changes_nothing(house, waiting):
    response = house.browser(INES).post(f"/orders/{waiting}/approve/")
    assert response.status_code == 403
    assert Order.objects.get().state == "AWAITING_APPROVAL"


def test_declining_without_a_reason_is_refused_in_words(house, waiting):
    client = house.browser(HENK)
    response = client.post(f"/orders/{waiting}/decline/", {"reason": " "}, follow=True)
    assert "Say why, so that the other side can understand it." in words(response)
    assert Order.objects.get().state == "AWAITING_APPROVAL"
    client.post(f"/orders/{waiting}/decline/", {"reason": "Not this quarter"})
    assert "Not this quarter" in words(house.browser(INES).get(f"/orders/{waiting}/"))


def test_a_cancelled_order_says_why_and_can_not_be_cancelled_again(house, mine):
    client = house.browser(MAYA)
    client.post(f"/orders/{mine}/cancel/", {"reason": "Found one"})
    page = words(client.get(f"/orders/{mine}/"))
    assert "Cancelled" in page
    assert "Cancel the order" not in page
    again = client.post(f"/orders/{mine}/cancel/", {"reason": "Again"}, follow=True)
    assert "This order cannot be cancelled" in words(again)


def test_more_than_was_ordered_cannot_be_delivered(house, mine):
    response = house.browser(TOR).post(f"/orders/{mine}/deliver/", {"line-1": "3"}, follow=True)
    assert "Coffee machine: 3 er mer enn de 2 som gjenstår å levere." in words(response)
    assert Order.objects.get().state == "PLACED"


def test_goods_come_back_at_the_price_they_were_sold_for(house, mine):
    client = house.browser(TOR)
    client.post(f"/orders/{mine}/deliver/", {"line-1": "2"})
    client.post(f"/orders/{mine}/return/", {"line-1": "1", "reason": "Cracked"})
    page = words(client.get(f"/orders/{mine}/"))
    assert "alt · 1 returnert" in page
    assert "Cracked" in page


def test_pieces_that_are_no_number_are_named(house, mine):
    response = house.browser(TOR).post(f"/orders/{mine}/deliver/", {"line-1": "all of it"}, follow=True)
    assert "«all of it» er ikke et antall." in words(response)


def test_filters_keep_what_fits_and_say_when_nothing_does(house, mine):
    client = house.browser(MAYA)
    assert "€181.50" in words(client.get("/orders/?state=PLACED"))
    assert "No order fits" in words(client.get("/orders/?state=DELIVERED"))
    number = Order.objects.get().number
    assert "€181.50" in words(client.get(f"/orders/?text={number}"))
    assert "No order fits" in words(client.get("/orders/?text=hello"))


def test_the_export_holds_what_the_list_shows(house, mine):
    client = house.browser(MAYA)
    lines = b"".join(client.get("/orders/export/own.csv").streaming_content).decode("utf-8-sig").splitlines()
    number = Order.objects.get().number
    assert lines[0] == "Number,Placed,State,Ordered by,Customer,Supplier,Total,Currency"
    assert lines[1] == f"{number},2026-11-24,Ordered,Maya Lund,Maya Lund,ABC Retail,181.50,EUR"
    assert len(lines) == 2
    book = client.get("/orders/export/own.xlsx")
    assert book.content.startswith(b"PK")
    assert book["Content-Disposition"] == 'attachment; filename="orders.xlsx"'
    assert client.get("/orders/export/everything.csv").status_code == 404


def test_a_file_that_cannot_be_asked_is_a_page_that_says_so_and_no_broken_download(house, mine):
    answer = house.browser(MAYA).get("/orders/export/own.csv?sort=colour")
    assert answer.status_code == 422
    assert not answer.streaming


def test_a_file_says_the_day_where_the_reader_is_though_it_is_made_when_her_page_has_ended(house, mine):
    client = house.browser(MAYA)
    client.post("/account/", {"language": "en", "time_zone": "Pacific/Honolulu"})
    lines = b"".join(client.get("/orders/export/own.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[1] == "2026-11-23"  # there it was still yesterday


def test_the_receipt_has_every_part_and_the_reference(house):
    reference = house.order(MAYA, ("coffee-machine", 8)).reference
    page = words(house.browser(MAYA).get(reverse("order_receipt", args=[reference])))
    assert "6 × Coffee machine €90.75 · Staff price · tax included €544.50" in page
    assert "2 × Coffee machine €121.00 · Ordinary price · tax included €242.00" in page
    assert reference in page


def test_the_list_costs_as_many_queries_with_three_orders_as_with_one(house, django_assert_num_queries):
    client = house.browser(MAYA)
    house.order(MAYA, ("coffee-machine", 1), key="a")
    client.get("/orders/")
    with django_assert_num_queries(4):
        client.get("/orders/")
    for key in "bc":
        house.order(MAYA, ("coffee-machine", 1), key=key)
    with django_assert_num_queries(4):
        client.get("/orders/")


def test_a_receipt_says_what_was_given_back_and_what_remains(house):
    reference = house.order(MAYA, ("coffee-machine", 2)).reference
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference)
    address = reverse("order_receipt", args=[reference])
    assert "Given back" not in words(house.browser(MAYA).get(address))
    trade.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="too loud")
    page = words(house.browser(MAYA).get(address))
    assert "1 came back" in page
    assert "To pay €181.50 Given back -€90.75 Remains €90.75" in page


def test_a_receipt_of_what_was_called_off_asks_for_nothing(house):
    reference = house.order(MAYA, ("coffee-machine", 1)).reference
    trade.cancel_order(by=house.actor(MAYA), at=AT, reference=reference, reason="twice")
    page = words(house.browser(MAYA).get(reverse("order_receipt", args=[reference])))
    assert "Not charged: it was called off -€90.75 Remains €0.00" in page
