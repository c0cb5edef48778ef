"""Counted items on the pages: how many are left where, what cannot be ordered now and why, and who counts them in the office."""

from datetime import timedelta

from tests.builders import ON
from tests.cast import INES, MAYA, RATNA, SITI
from tests.trade.test_stock import counted, stands
from tests.web.home.test_budgets import buying
from tests.web.office.test_importing import brought, checked, loaded
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.trade import operations as trade
from inward.trade.models import Order, Stock, StockMove

SOON = ON + timedelta(days=10)


def offers_to_order(page):
    return "Order now" in words(page)


def test_the_shop_and_the_item_tell_how_many_are_left_and_nothing_of_what_is_not_counted(house):
    client = house.browser(MAYA)
    assert "left" not in words(client.get("/shop/"))
    counted(3)
    counted(1, place="Bergen")
    shop = words(client.get("/shop/"))
    assert "4 left" in shop
    assert shop.count(" left") == 1
    item = client.get("/shop/widget-a/")
    assert "4 left (Bergen: 1, Oslo: 3)" in words(item)
    assert offers_to_order(item)


def test_what_is_gone_says_when_more_comes_and_is_not_offered_to_be_ordered(house):
    counted(3, expected=SOON)
    client, page = buying(house)
    assert "Only 3 of Widget A are left; you asked for 10." in words(page)
    assert not offers_to_order(page)
    assert offers_to_order(client.get("/shop/widget-a/?quantity=3"))
    counted(0, expected=SOON)
    gone = client.get("/shop/widget-a/")
    assert "None left, more expected by Thursday" in words(gone) or "None left, more expected by" in words(gone)
    assert "None of Widget A is left; more is expected by" in words(gone)
    assert not offers_to_order(gone)
    counted(0)
    assert "None left" in words(client.get("/shop/"))
    counted(0, back_order=True)
    beyond = client.get("/shop/widget-a/")
    assert "None left now: it can be ordered and comes later." in words(beyond)
    assert offers_to_order(beyond)
    counted(0, back_order=True, expected=SOON)
    assert "it can be ordered and is expected by" in words(client.get("/shop/widget-a/"))


def test_a_form_of_before_is_told_plainly_that_somebody_was_faster(house):
    counted(10)
    client, page = buying(house)
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    house.order(INES, ("widget-a", 8), customer="abc-it", key="faster")
    refused = client.post("/orders/place/", typed, follow=True)
    assert "Only 2 of Widget A are left; you asked for 10." in words(refused)
    assert Order.objects.count() == 1


def test_the_basket_tells_what_is_left_and_cannot_be_ordered_beyond_it(house):
    counted(3)
    client, _ = buying(house)
    client.post("/basket/put/", {"offering": "widget-a", "quantity": "4"})
    page = words(client.get("/basket/"))
    assert "3 left" in page
    assert "Only 3 of Widget A are left; you asked for 4." in page
    assert "Order for" not in page


def test_whoever_takes_goods_back_says_whether_they_can_be_sold_again(house):
    counted(5)
    reference = house.order(INES, ("widget-a", 3), customer="abc-it").reference
    client = house.browser(RATNA)
    address = f"/orders/{reference}/"
    assert "held at Oslo" in words(client.get(address))
    trade.confirm_delivery(by=house.actor(RATNA), at=Order.objects.get().placed_at, reference=reference)
    page = client.get(address)
    typed = {name: values[-1] for name, values in form(page, f"{address}return/").items()}
    assert typed["shelved"] == "1"
    client.post(f"{address}return/", typed | {"line-1": "1", "reason": "Too many"})
    assert stands() == (3, 0, 3)
    again = {name: values[-1] for name, values in form(client.get(address), f"{address}return/").items()}
    del again["shelved"]
    client.post(f"{address}return/", again | {"line-1": "1", "reason": "Broken"})
    assert stands() == (3, 0, 3)


def test_a_seller_counts_in_the_office_and_reads_why_it_became_less(house):
    client = house.browser(RATNA)
    assert "Counted items" in words(client.get("/office/"))
    first = {"item": "widget-a", "lies_at": "Oslo shop", "pieces": "40", "expected": SOON.isoformat()}
    page = saved(client, "/office/stock/-/new/count/", **first, source="Shelf 3")
    assert "The count is kept." in words(page)
    assert "Widget A at Oslo shop" in words(page)
    wrong = previewed(client, "/office/stock/-/new/count/", **first | {"lies_at": "a/b", "source": "x"})
    assert "A place is named in at most 60 letters, without a slash or colon." in words(wrong)
    missing = previewed(client, "/office/stock/-/new/count/", **first | {"item": "coffee-machine", "source": "x"})
    assert Stock.objects.filter(counted=True).count() == 1
    assert missing.status_code == 422
    key = "/office/stock/widget-a:Oslo shop/"
    reference = house.order(INES, ("widget-a", 3), customer="abc-it").reference
    assert "37" in words(client.get(key))
    trade.confirm_delivery(by=house.actor(RATNA), at=Order.objects.get().placed_at, reference=reference)
    moves = words(client.get("/office/stock-moves/?offering=widget-a"))
    assert "Handed over" in moves
    move = StockMove.objects.get(kind="HANDED_OVER")
    assert "Handed over: Widget A at Oslo shop" in words(client.get(f"/office/stock-moves/{move.pk}/"))
    saved(client, f"{key}do/count/", pieces="1", back_order="on", source="Counted again")
    trade.count_stock(by=house.actor(RATNA), at=move.at, offering="widget-a", place="Oslo shop", pieces=0)
    second = house.order(INES, ("coffee-machine", 1), customer="abc-it", key="other")
    assert second.state
    history = words(client.get(f"{key}history/"))
    assert "Counted again" in history
    saved(client, f"{key}do/stop/", source="Made to order")
    assert client.get(key).status_code == 404
    assert house.browser(MAYA).get("/office/stock/").status_code == 404


def test_more_handed_over_than_counted_asks_to_be_counted_anew(house):
    counted(3)
    reference = house.order(INES, ("widget-a", 3), customer="abc-it").reference
    counted(1)
    trade.confirm_delivery(by=house.actor(RATNA), at=Order.objects.get().placed_at, reference=reference)
    client = house.browser(SITI)
    assert "2 more were handed over than were counted: count anew" in words(client.get("/office/stock/"))
    page = client.get("/office/stock/widget-a:Oslo/do/count/")
    assert form(page, "")["pieces"] == ["0"]


def test_counts_are_brought_in_from_a_file_and_taken_back_while_nobody_ordered(house):
    counted(3)
    client = house.browser(SITI)
    content = "Code;Where;Count;Back order;Expected by\nwidget-a;Oslo;9;;\nwidget-a;Bergen;2;yes;2027-01-31\n"
    page = loaded(client, checked(client, brought(client, content, sort="stock", name="stock.csv")))
    assert "Loaded" in words(page)
    assert (stands(), stands(place="Bergen")) == ((9, 0, 9), (2, 0, 2))
    client.post(f"{page.redirect_chain[-1][0]}undo/", {"reason": "wrong shelf"}, follow=True)
    assert stands() == (3, 0, 3)
    assert list(Stock.objects.filter(counted=True).values_list("place", flat=True)) == ["Oslo"]
    page = loaded(client, checked(client, brought(client, content, sort="stock", name="stock.csv")))
    house.order(INES, ("widget-a", 4), customer="abc-it")
    kept = client.post(f"{page.redirect_chain[-1][0]}undo/", {"reason": "wrong shelf"}, follow=True)
    assert kept.status_code == 200
    assert stands() == (9, 4, 5)
