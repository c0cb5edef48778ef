"""Orders of the last 90 days asked again in a supposed world: how many would be another thing, counted exactly."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, LONG_AGO, nothing_written
from tests.cast import HENK, INES, MAYA, TOR

from inward.core.classification import suppose
from inward.kit import clock
from inward.parties import queries, supposing
from inward.trade import operations, supposed
from inward.trade.supposed import Tried, tried

TOMORROW = date(2026, 11, 25)
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def house(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house


def sold(until):
    before = queries.world()
    return before, suppose(before, supposing.holding_ended(before, holding="jkl-xyz", valid_until=until))


def asked(before, after, **more):
    return tried(**{"at": AT, "before": before, "after": after, "companies": ["abc", "xyz"]} | more)


def test_an_order_between_companies_that_part_has_another_verdict_and_price(house):
    before, after = sold(NEW_YEAR)
    with nothing_written():
        assert asked(before, after, first=NEW_YEAR) == Tried(orders=1, verdicts=1, prices=1, few=True)


def test_a_change_of_the_past_is_asked_of_the_orders_since_then_alone(house):
    before, after = sold(TOMORROW - timedelta(days=3))
    assert asked(before, after, first=TOMORROW - timedelta(days=3)) == Tried(orders=1, verdicts=1, prices=1, few=True)
    assert asked(before, after, first=None) == Tried(orders=1, verdicts=1, prices=1, few=True)
    with clock.shifted(AT + timedelta(days=5)):
        later = asked(before, after, at=AT + timedelta(days=5), first=TOMORROW + timedelta(days=2))
    assert later == Tried(0, 0, 0)


def test_orders_older_than_ninety_days_and_of_others_are_not_asked(house):
    before, after = sold(NEW_YEAR)
    assert asked(before, after, at=AT + timedelta(days=91), first=NEW_YEAR) == Tried(0, 0, 0)
    assert asked(before, after, companies=["fjord"], first=NEW_YEAR) == Tried(0, 0, 0)


def test_what_fewer_than_three_people_bought_for_themselves_is_not_told(house):
    house.order(TOR, ("coffee-machine", 1), key="tor")
    before = queries.world()
    after = suppose(before, supposing.work_ended(before, work="maya-lund-abc", valid_until=NEW_YEAR))
    three = ["maya-lund", "tor-bergli", "henk-verhoef"]
    assert asked(before, after, companies=(), people=three, first=NEW_YEAR) == Tried(0, 0, 0, few=True)
    house.order(HENK, ("coffee-machine", 1), key="henk")
    assert asked(before, after, companies=(), people=three, first=NEW_YEAR) == Tried(3, 1, 1)


def test_what_one_person_bought_is_told_to_nobody_and_of_a_stranger_there_is_nothing(house):
    before = queries.world()
    after = suppose(before, supposing.work_ended(before, work="maya-lund-abc", valid_until=NEW_YEAR))
    assert asked(before, after, companies=(), people=["maya-lund"], first=NEW_YEAR) == Tried(0, 0, 0, few=True)
    assert asked(before, after, companies=(), people=["nobody"], first=NEW_YEAR) == Tried(0, 0, 0)


def test_orders_that_were_called_off_are_not_asked(house):
    order = house.order(INES, ("widget-a", 1), customer="abc", key="second").reference
    operations.cancel_order(by=house.actor(INES, acting_for="abc"), at=AT, reference=order, reason="not needed")
    before, after = sold(NEW_YEAR)
    assert asked(before, after, first=NEW_YEAR).orders == 1


def test_only_the_newest_are_asked_and_that_is_told(house, monkeypatch):
    house.order(INES, ("widget-a", 1), customer="abc", key="second")
    monkeypatch.setattr(supposed, "TRIED_MAX", 1)
    before, after = sold(NEW_YEAR)
    assert asked(before, after, first=NEW_YEAR) == Tried(orders=1, verdicts=1, prices=1, cut=True)


def test_an_order_that_has_no_price_on_that_day_counts_as_the_same_in_both(house):
    before = queries.world()
    assert asked(before, before, first=LONG_AGO) == Tried(1, 0, 0, few=True)


def test_asking_costs_the_same_however_many_orders(house, django_assert_num_queries):
    before, after = sold(NEW_YEAR)
    asked(before, after, first=NEW_YEAR)
    with django_assert_num_queries(5):
        asked(before, after, first=NEW_YEAR)
    house.order(INES, ("widget-a", 1), customer="abc", key="more")
    with django_assert_num_queries(5):
        assert asked(before, after, first=NEW_YEAR).orders == 2
