"""The start page: what waits for me, what is left, what I ordered last; and the page of my allowance."""

from dataclasses import replace
from datetime import date

from tests.builders import AT, HOUSE
from tests.cast import HENK, INES, JONAS, MAYA, RATNA, SITI, TOR
from tests.desk.asked import asked, given_desk
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.pricing import Limit, Span, Target, TargetKind
from inward.core.terms import Money, Period
from inward.desk import operations as desk


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


def given_limits(*limits):
    known = price_book().schemes["abc-staff"]
    fresh = replace(known, period=Period(), allowance_money=None, limits=limits)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=fresh, valid_from=date(2026, 1, 1))


def test_each_limit_says_what_is_left_and_from_when_there_is_more(house):
    given_limits(
        Limit("month", Span.MONTH, units=2),
        Limit("quarter", Span.QUARTER, money=Money.of("300", "EUR"), carry_over=True),
        Limit("year", Span.YEAR, units=2, each_item=True),
        Limit("coffee", Span.ROLLING, units=5, days=30, target=Target(TargetKind.CATEGORY, "coffee")),
        Limit("order", Span.ORDER, units=2),
    )
    client = house.browser(MAYA)
    offered = words(client.get("/shop/coffee-machine/?quantity=1"))
    assert (
        "ABC staff purchase, 2 pieces a month: 1 piece left after this order. There is more on 1 December 2026."
        in offered
    )
    assert "ABC staff purchase, 2 pieces in one order: 1 piece left after this order." in offered
    house.order(MAYA, ("coffee-machine", 2))
    page = words(client.get("/allowance/"))
    assert "ABC Retail · November 2026 2 pieces a month Used up" in page
    assert "There is more on 1 December 2026." in page
    assert "ABC Retail · October 2026 to December 2026 €300.00 a quarter, what is left is carried over once" in page
    assert "Coffee machine: 2 pieces a year, each item by itself Used up" in page
    assert "ABC Retail · 30 days up to today 5 pieces in any 30 days, only of Coffee and tea 3 pieces left" in page
    assert "There is more on 24 December 2026." in page
    assert "ABC Retail · in one order 2 pieces in one order 2 pieces left" in page
    offered = words(client.get("/shop/coffee-machine/"))
    assert "ABC staff purchase lets you buy no more than 2 pieces of this a month, and that is reached." in offered
    assert "There is more on 1 December 2026." in offered
    assert "There is more on 1 December 2026." in words(client.get("/"))


def test_the_start_page_costs_as_many_queries_with_limits_of_categories_as_without(house, django_assert_num_queries):
    coffee = Target(TargetKind.CATEGORY, "coffee")
    given_limits(*(Limit(f"limit-{number}", Span.YEAR, units=5, target=coffee) for number in range(3)))
    client = house.browser(MAYA)
    assert words(client.get("/")).count("only of Coffee and tea") == 3
    with django_assert_num_queries(8):  # one of them: the requests in which it is her turn
        client.get("/")


def test_people_without_a_staff_scheme_are_told_where_it_comes_from(house):
    assert "No staff price for you today" in words(house.browser(SITI).get("/allowance/"))


def test_the_start_page_costs_as_many_queries_with_three_orders_as_with_one(house, django_assert_num_queries):
    client = house.browser(MAYA)
    house.order(MAYA, ("coffee-machine", 1), key="a")
    client.get("/")
    with django_assert_num_queries(9):
        client.get("/")
    for key in "bc":
        house.order(MAYA, ("coffee-machine", 1), key=key)
    with django_assert_num_queries(9):
        client.get("/")


def test_requests_to_handle_are_counted_for_case_handlers_alone(house):
    given_desk(house)
    assert "Requests to handle 0 Nothing waits for you." in words(house.browser(INES).get("/"))
    first, second = (asked(house, MAYA, text=text, at=AT) for text in ("The till is dark.", "The door is stuck."))
    assert "Saker å behandle 2 2 av dem har ingen tatt." in words(house.browser(TOR).get("/"))
    desk.assign(by=house.actor(TOR), at=AT, case=first, owner=TOR.code)
    assert "Requests to handle 2 1 of them nobody has taken on." in words(house.browser(INES).get("/"))
    desk.solve(by=house.actor(TOR), at=AT, case=first, words="There is light again.")
    desk.assign(by=house.actor(TOR), at=AT, case=second, owner=INES.code)
    assert "Requests to handle 1 Every one is somebody’s." in words(house.browser(INES).get("/"))
    assert "Requests to handle" not in words(house.browser(MAYA).get("/"))
