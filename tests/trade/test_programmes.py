"""A scheme tried on last year's orders: who would have paid what, by kind of work, with limits that run out; nobody is named.

The machine costs everybody 121.00 with tax and its supplier 60.00 without; staff pay 90.75.
"""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, given_actor, nothing_written
from tests.cast import HENK, JONAS, MAYA, NORA, TOR
from tests.shop import EVER, given_item, given_the_house

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import WorkKind
from inward.core.pricing import Level, Limit, PercentOff, PriceBook, PriceRule, Scheme, Span, Target, TargetKind
from inward.core.pricing import revising as change
from inward.core.terms import Money, Period, Rate
from inward.trade import operations as trade
from inward.trade import programmes
from inward.trade.previews import price_preview
from inward.trade.programmes import GroupTried

START = AT.date() + timedelta(days=30)


@pytest.fixture
def house(db):
    return given_the_house()


@pytest.fixture
def keeper(house):
    return given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))


@pytest.fixture
def bought(house):
    """Four of the shop's people, of two kinds of work, buy six machines; a department's and an outsider's are no private ones."""
    for part, pieces in ((MAYA, 2), (JONAS, 1), (TOR, 1), (HENK, 2)):
        house.order(part, ("coffee-machine", pieces), key=part.code)
    house.order(NORA, ("coffee-machine", 3), customer="kestrel", key="outside")
    gone = house.order(MAYA, ("coffee-machine", 1), key="gone")
    trade.cancel_order(by=house.actor(MAYA), at=AT, reference=gone.reference, reason="No.")


def eur(amount):
    return Money.of(amount, "EUR")


def tried(keeper, what, at=AT):
    with nothing_written():
        return price_preview(viewer=keeper, at=at, change=what).programme


def as_it_is(**more):
    return replace(price_book().schemes["abc-staff"], period=Period(), **more)


def test_a_scheme_is_tried_as_if_it_had_held_all_year(house, keeper, bought, monkeypatch):
    monkeypatch.setattr(programmes, "PEOPLE_MIN", 1)
    found = tried(keeper, change.SchemeFrom(as_it_is(limits=(Limit("month", Span.MONTH, units=1),)), START))
    assert (found.since, found.orders, found.by_scheme, found.unpriced, found.kept_back, found.cut) == (
        AT.date() - timedelta(days=365), 4, 4, 0, 0, False,
    )  # fmt: skip
    assert sum(each.people for each in found.groups) == 4
    assert sum((each.paid for each in found.groups), start=eur("0")) == eur("544.50")
    # Two of the six machines would have been beyond the month's one.
    assert sum((each.would for each in found.groups), start=eur("0")) == eur("605.00")
    assert sum((each.difference for each in found.groups), start=eur("0")) == eur("60.50")
    assert sum((each.saving for each in found.groups), start=eur("0")) == eur("121.00")


def test_people_are_told_by_the_kind_of_their_work_and_few_of_a_kind_together_with_others(
    house, keeper, bought, monkeypatch
):
    whole = {"paid": eur("544.50"), "would": eur("544.50"), "saving": eur("181.50"), "below_cost": eur("0")}
    kinds = iter([WorkKind.FULL_TIME, WorkKind.TEMPORARY, WorkKind.FULL_TIME, WorkKind.TEMPORARY])
    monkeypatch.setattr(programmes, "_kind", lambda *_: next(kinds))
    found = tried(keeper, change.SchemeFrom(as_it_is(), START))
    assert (found.groups, found.kept_back) == ((GroupTried(None, 4, 4, **whole),), 0)
    monkeypatch.setattr(programmes, "_kind", lambda *_: WorkKind.FULL_TIME)
    found = tried(keeper, change.SchemeFrom(as_it_is(), START))
    assert (found.groups, found.kept_back) == ((GroupTried(WorkKind.FULL_TIME, 4, 4, **whole),), 0)


def test_what_fewer_than_three_people_bought_is_told_to_nobody(house, keeper):
    house.order(MAYA, ("coffee-machine", 2))
    found = tried(keeper, change.SchemeFrom(as_it_is(), START))
    assert (found.groups, found.orders, found.by_scheme, found.kept_back) == ((), 1, None, 1)


def test_what_the_scheme_had_priced_for_one_of_many_is_told_to_nobody(house, keeper, bought):
    given_item("grinder", "abc", "Grinder", "60.50", cost="20.00", category="coffee", includes_tax=True)
    only = as_it_is(included=(Target(TargetKind.ITEM, "grinder"),))
    house.order(MAYA, ("grinder", 1), key="one")
    found = tried(keeper, change.SchemeFrom(only, START))
    assert (found.groups, found.orders, found.by_scheme, found.kept_back) == ((), 5, None, 5)
    for part in (TOR, HENK):
        house.order(part, ("grinder", 1), key=f"{part.code} too")
    found = tried(keeper, change.SchemeFrom(only, START))
    assert [(each.kind, each.people, each.orders) for each in found.groups] == [(WorkKind.FULL_TIME, 3, 6)]
    assert (found.by_scheme, found.kept_back) == (3, 1)  # Jonas's, the only one of his kind


def test_limits_run_out_in_the_order_of_time_over_several_orders(house, keeper, monkeypatch):
    monkeypatch.setattr(programmes, "PEOPLE_MIN", 1)
    for key in "abc":
        house.order(MAYA, ("coffee-machine", 1), key=key)
    found = tried(keeper, change.SchemeFrom(as_it_is(limits=(Limit("w", Span.ROLLING, units=2, days=9),)), START))
    assert (found.orders, found.by_scheme) == (3, 2)
    (only,) = found.groups
    assert (only.people, only.orders, only.paid, only.would) == (1, 3, eur("272.25"), eur("302.50"))


def test_a_scheme_and_its_prices_that_begin_in_the_future_are_tried_on_the_past(house, keeper, monkeypatch):
    monkeypatch.setattr(programmes, "PEOPLE_MIN", 1)
    house.order(TOR, ("coffee-machine", 1))
    later = Period(START, None)
    catalogue.end_scheme(by=HOUSE, at=AT, scheme="abc-staff", valid_until=AT.date() + timedelta(days=1))
    fresh = Scheme("half", "abc", "Half price", later, employers=frozenset({"abc"}))
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=fresh)
    machine = Target(TargetKind.ITEM, "coffee-machine")
    half = PercentOff(Rate(Fraction(3, 5)))
    catalogue.set_price(
        by=HOUSE, at=AT, rule=PriceRule("half", Level.SCHEME, "abc", half, machine, period=later, scheme="half")
    )
    found = tried(keeper, change.SchemeFrom(replace(fresh, period=Period()), START + timedelta(days=1)))
    (only,) = found.groups
    assert (only.paid, only.would, only.below_cost) == (eur("90.75"), eur("48.40"), eur("20.00"))


def test_a_new_scheme_without_prices_sets_no_price(house, keeper, bought, monkeypatch):
    monkeypatch.setattr(programmes, "PEOPLE_MIN", 1)
    found = tried(keeper, change.NewScheme(Scheme("new", "abc", "New", EVER)))
    assert (found.orders, found.by_scheme) == (4, 0)
    assert [each.difference for each in found.groups] == [eur("0")] * len(found.groups)


def test_prices_that_would_meet_those_of_another_scheme_cannot_be_tried_backwards(house, keeper):
    later = Period(START, None)
    catalogue.end_scheme(by=HOUSE, at=AT, scheme="abc-staff", valid_until=START)
    fresh = Scheme("twin", "abc", "Twin", later, employers=frozenset({"abc"}))
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=fresh)
    rule = PriceRule("twin", Level.SCHEME, "abc", PercentOff(Rate(Fraction(1, 2))), period=later, scheme="twin")
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    assert tried(keeper, change.SchemeFrom(replace(fresh, period=Period()), START)) is None


def test_orders_that_are_too_old_too_many_or_cannot_be_placed_any_more_are_left_out_and_said(
    house, keeper, bought, monkeypatch
):
    monkeypatch.setattr(programmes, "ORDERS_MAX", 3)
    found = tried(keeper, change.SchemeFrom(as_it_is(), START))
    assert (found.orders, found.cut) == (3, True)
    later = tried(keeper, change.SchemeFrom(as_it_is(), START + timedelta(days=400)), AT + timedelta(days=366))
    assert (later.orders, later.groups, later.cut) == (0, (), False)
    known = programmes.opened

    def without_list(book, scheme):
        """The book as it is tried, in which nobody has said what a machine costs any more."""
        found = known(book, scheme)
        return PriceBook.of(
            offerings=found.offerings.values(), categories=found.categories, schemes=found.schemes.values()
        )

    monkeypatch.setattr(programmes, "opened", without_list)
    gone = tried(keeper, change.SchemeFrom(as_it_is(), START))
    assert (gone.orders, gone.unpriced, gone.groups) == (3, 3, ())
