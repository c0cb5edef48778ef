"""The start page: what waits for me, what is left, what I ordered last; and the page of my allowance."""

from tests.cast import HENK, INES, JONAS, MAYA, RATNA, SITI
from tests.web.reading import words


def test_the_start_page_shows_my_allowance_and_my_latest_order(house):
    receipt = house.order(MAYA, ("coffee-machine", 2))
    page = words(house.browser(MAYA).get("/"))
    assert "Hello, Maya Lund" in page
    assert "ABC staff purchase €418.50 left to buy at staff price in 2026" in page
    assert "€181.50 of €600.00 used" in page
    assert f"Order {receipt.number} 24 Nov 2026 ABC Retail Ordered €181.50" in page


def test_what_waits_is_counted_for_whoever_it_waits_for_and_nobody_else(house):
    house.order(INES, ("widget-a", 2000), customer="abc")
    assert "To approve 1 Orders that wait for your yes or no." in words(house.browser(HENK).get("/"))
    assert "To deliver 0 Everything is delivered." in words(house.browser(RATNA).get("/"))
    assert "To approve" not in words(house.browser(MAYA).get("/"))


def test_somebody_without_orders_is_shown_the_way_to_the_shop(house):
    page = words(house.browser(SITI).get("/"))
    assert "No orders yet" in page
    assert "Open the shop" in page


def test_the_allowance_page_says_what_is_used_and_left_in_norwegian(house):
    house.order(JONAS, ("coffee-machine", 1))
    page = words(house.browser(JONAS).get("/allowance/"))
    assert "509,25 € igjen" in page
    assert "90,75 € av 600,00 € brukt" in page


def test_an_allowance_that_is_spent_says_so(house):
    house.order(MAYA, ("coffee-machine", 7))
    page = words(house.browser(MAYA).get("/allowance/"))
    assert "€55.50 left" in page


def test_people_without_a_staff_scheme_are_told_where_it_comes_from(house):
    assert "No staff price for you today" in words(house.browser(SITI).get("/allowance/"))


def test_the_start_page_costs_as_many_queries_with_three_orders_as_with_one(house, django_assert_num_queries):
    client = house.browser(MAYA)
    house.order(MAYA, ("coffee-machine", 1), key="a")
    client.get("/")
    with django_assert_num_queries(6):
        client.get("/")
    for key in "bc":
        house.order(MAYA, ("coffee-machine", 1), key=key)
    with django_assert_num_queries(6):
        client.get("/")
