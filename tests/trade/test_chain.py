"""Which department or company waits for which: open orders by pair, the longest wait first, in working days."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, TOR
from tests.trade.test_budgets import office

from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.parties import operations as parties
from inward.parties.weeks import WEEKDAYS, read_hours
from inward.trade import chain
from inward.trade import operations as trade
from inward.trade.vocabulary import WaitsFor

__all__ = ["office"]
LATER = AT + timedelta(days=9)  # Tuesday to Thursday of the week after: seven working days


def told(viewer, at=AT):
    return [
        (link.who.code, link.on.code, link.turn, link.orders, link.pieces, link.working_days)
        for link in chain.chain(viewer=viewer, at=at).links
    ]


@pytest.fixture
def waits(office):
    """IT waits for purchasing with two orders, ABC for XYZ with one; returns the house and the first order."""
    first = office.order(INES, ("chair", 3), customer="abc-it").reference
    office.order(INES, ("chair", 4), customer="abc-it", key="second")
    office.order(INES, ("widget-a", 10), customer="abc", key="third")
    return office, first


def test_who_ordered_waits_for_whoever_hands_over_the_longest_wait_first(waits):
    house, first = waits
    assert told(house.actor(INES), LATER) == [
        ("abc-it", "abc-purchasing", WaitsFor.SUPPLIER, 2, 7, 7),
        ("abc", "xyz", WaitsFor.SUPPLIER, 1, 10, 7),
    ]
    link = chain.chain(viewer=house.actor(INES), at=LATER).links[0]
    assert (link.since, link.reference) == (ON, first)


def test_whoever_handed_over_waits_for_what_is_not_confirmed_and_nobody_for_what_is(waits):
    house, first = waits
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=first, pieces={1: 2})
    assert told(house.actor(TOR)) == [
        ("abc-it", "abc-purchasing", WaitsFor.SUPPLIER, 2, 5, 0),
        ("abc-purchasing", "abc-it", WaitsFor.RECEIVER, 1, 2, 0),
    ]
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=first)
    trade.confirm_receipt(by=house.actor(INES), at=AT, reference=first)
    assert told(house.actor(TOR)) == [("abc-it", "abc-purchasing", WaitsFor.SUPPLIER, 1, 4, 0)]


def test_the_calendar_of_whoever_is_waited_for_counts(waits):
    house, _first = waits
    hours = {day: read_hours("08:00-12:00") if day == "mon" else () for day in WEEKDAYS}
    parties.set_working_week(by=HOUSE, at=AT, party="xyz", week=hours, time_zone="Europe/Amsterdam", valid_from=ON)
    assert [(link[1], link[5]) for link in told(house.actor(INES), LATER)] == [("abc-purchasing", 7), ("xyz", 1)]


def test_each_reads_what_she_buys_answers_serves_or_keeps_the_books_of(waits):
    house, _first = waits
    pair = ("abc-it", "abc-purchasing", WaitsFor.SUPPLIER, 2, 7, 0)
    sisters = ("abc", "xyz", WaitsFor.SUPPLIER, 1, 10, 0)
    assert told(house.actor(HENK)) == [pair, sisters]
    assert told(house.actor(TOR)) == [pair]
    assert told(house.actor(RATNA)) == [sisters]
    assert told(house.actor(MAYA)) == told(NOBODY) == []
    assert told(house.actor(LUCA)) == [pair, sisters]
    assert [link.reference for link in chain.chain(viewer=house.actor(LUCA), at=AT).links] == ["", ""]
    assert told(HOUSE) == [pair, sisters]


def test_what_people_buy_for_themselves_what_outsiders_buy_and_what_waits_for_approval_is_not_in_it(office):
    office.order(MAYA, ("coffee-machine", 1))
    office.order(INES, ("chair", 60), customer="abc-it", key="asked")
    assert told(HOUSE) == []


def test_more_pairs_than_are_shown_are_told_to_be_cut(waits, monkeypatch):
    house, _first = waits
    monkeypatch.setattr(chain, "LINKS_MOST", 1)
    found = chain.chain(viewer=house.actor(INES), at=AT)
    assert (len(found.links), found.cut) == (1, True)


def test_it_costs_as_many_queries_for_one_order_as_for_many(waits, django_assert_num_queries):
    house, _first = waits
    viewer = house.actor(INES)
    for more in range(2):
        with versions.seen_once():
            told(viewer)  # what is kept in memory is there
            with django_assert_num_queries(4):
                told(viewer)
        house.order(INES, ("chair", 1), customer="abc-marketing", key=f"more{more}")
