"""Sharing what an order costs over departments, on the order form, the order's page and its receipt."""

from datetime import timedelta

from tests.builders import AT
from tests.cast import INES, MAYA
from tests.trade.test_budgets import given_budget, office
from tests.trade.test_frames import dearer_tomorrow
from tests.web.reading import form, words

from inward.kit import clock
from inward.trade.models import Order, OrderShare

__all__ = ["office"]


def looked_at(house, pieces=10, code="chair"):
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc-it"})
    page = client.get(f"/shop/{code}/?quantity={pieces}")
    return client, page, {name: values[-1] for name, values in form(page, "/orders/place/").items()}


def shared(typed, *rows, unit="percent"):
    centres, parts = [row[0] for row in rows], [row[1] for row in rows]
    return typed | {"share_centre": centres, "share_part": parts, "share_in": unit}


def test_two_departments_share_it_and_both_parts_stand_on_the_order_and_its_receipt(office):
    given_budget("900.00", centre="abc-marketing")
    client, page, typed = looked_at(office)
    assert "Share the cost over departments" in words(page)
    placed = client.post(
        "/orders/place/", shared(typed, ("abc-it", "62,5"), ("abc-marketing", "37.5"), ("", "")), follow=True
    )
    said = "Shared by (before tax) IT, ABC Retail: 62.5% · €625.00 Marketing, ABC Retail: 37.5% · €375.00"
    assert said in words(placed)
    reference = Order.objects.get().reference
    assert said in words(client.get(f"/orders/{reference}/receipt/"))
    assert "€375.00" in words(client.get("/statements/abc-marketing/2026-11/"))


def test_in_amounts_of_the_order_s_currency(office):
    client, _page, typed = looked_at(office)
    rows = (("abc-it", "999.99"), ("abc-marketing", "0.01"))
    client.post("/orders/place/", shared(typed, *rows, unit="amount"), follow=True)
    assert list(OrderShare.objects.order_by("position").values_list("bears_minor", flat=True)) == [99_999, 1]


def test_parts_that_are_not_all_of_it_or_no_numbers_are_refused_and_nothing_is_ordered(office):
    client, _page, typed = looked_at(office)
    for rows, said in (
        ((("abc-it", "60"), ("abc-marketing", "30")), "The parts are 90.0 percent together; they must be 100."),
        ((("abc-it", "60"), ("abc-marketing", "x")), "“x” is no part"),
        ((("abc-it", "60"), ("", "40")), "is not a cost centre of"),
    ):
        assert said in words(client.post("/orders/place/", shared(typed, *rows), follow=True))
    for part in ("1.2345", "y"):
        rows = (("abc-it", part), ("abc-marketing", "1"))
        assert "is no part" in words(client.post("/orders/place/", shared(typed, *rows, unit="amount"), follow=True))
    assert Order.objects.count() == 0


def test_what_was_typed_stands_in_the_form_again_when_the_price_has_moved(office):
    client, _page, typed = looked_at(office)
    dearer_tomorrow()
    with clock.shifted(AT + timedelta(days=1)):
        again = client.post("/orders/place/", shared(typed, ("abc-it", "60"), ("abc-marketing", "40")))
        assert again.status_code == 409
        sent = form(again, "/orders/place/")
        assert (sent["share_centre"][:2], sent["share_part"][:2]) == (["abc-it", "abc-marketing"], ["60", "40"])


def test_nobody_shares_what_she_buys_for_herself(office):
    page = office.browser(MAYA).get("/shop/coffee-machine/")
    assert "Share the cost" not in words(page)
