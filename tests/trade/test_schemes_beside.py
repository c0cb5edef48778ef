"""Two schemes tried on the orders of last year, each as if it alone of the two had held; nobody can be read off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, given_actor, nothing_written
from tests.cast import HENK, JONAS, MAYA, TOR
from tests.shop import given_item
from tests.trade.test_programmes import eur

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import WorkKind
from inward.core.pricing import Level, PercentOff, PriceBook, PriceRule, Scheme, Target, TargetKind
from inward.core.terms import Period, Rate, Refusal
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere, Refused
from inward.trade import programmes
from inward.trade.programmes import GroupBeside, SideSums, beside


@pytest.fixture
def keeper(house):
    return given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))


@pytest.fixture
def bought(house):
    """Four of the shop's people buy six machines at 90.75; the ordinary price is 121.00, the cost 60.00 without tax."""
    for part, pieces in ((MAYA, 2), (JONAS, 1), (TOR, 1), (HENK, 2)):
        house.order(part, ("coffee-machine", pieces), key=part.code)


START = AT.date() + timedelta(days=30)


@pytest.fixture
def rival(house):
    """From next month on another scheme takes the place of the first: half of the ordinary price, without a lowest one."""
    later = Period(START, None)
    catalogue.end_scheme(by=HOUSE, at=AT, scheme="abc-staff", valid_until=START)
    scheme = Scheme("half", "abc", "Half price", later, employers=frozenset({"abc"}))
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=scheme)
    off = PercentOff(Rate.percent(50))
    catalogue.set_price(by=HOUSE, at=AT, rule=PriceRule("half", Level.SCHEME, "abc", off, period=later, scheme="half"))


def tried(viewer, one="abc-staff", other="half", at=AT):
    with nothing_written():
        return beside(viewer=viewer, at=at, one=one, other=other)


def test_what_people_had_paid_under_each_stands_side_by_side(house, keeper, bought, rival):
    found = tried(keeper)
    quarter = SideSums(eur("453.75"), eur("151.25"), eur("0"))
    halved = SideSums(eur("302.50"), eur("302.50"), eur("50.00"))
    assert found.groups == (GroupBeside(WorkKind.FULL_TIME, 3, 3, eur("453.75"), (quarter, halved)),)
    assert (found.schemes, found.since, found.orders, found.by_scheme) == (
        ("abc-staff", "half"),
        AT.date() - timedelta(days=365),
        4,
        (4, 4),
    )
    assert (found.unpriced, found.kept_back, found.cut, found.together) == (
        0,
        1,
        False,
        (),
    )  # Jonas's, alone of his kind
    turned = tried(keeper, "half", "abc-staff")
    assert turned.groups[0].sides == (halved, quarter)


def test_the_allowance_of_each_runs_out_for_itself(house, keeper, bought, rival, monkeypatch):
    monkeypatch.setattr(programmes, "PEOPLE_MIN", 1)
    before = tried(keeper).groups[0].sides
    scheme = replace(price_book().schemes["half"], allowance_units=1)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=START)
    one, other = tried(keeper).groups[0].sides
    assert (one, other.would) == (before[0], eur("423.50"))  # three of five machines at half, two at 121.00


def test_kinds_of_few_people_are_told_together_and_the_sum_of_all_stands_first(
    house, keeper, bought, rival, monkeypatch
):
    kinds = iter([WorkKind.FULL_TIME, WorkKind.TEMPORARY] * 2)
    monkeypatch.setattr(programmes, "_kind", lambda *_: next(kinds))
    found = tried(keeper)
    assert [(each.kind, each.people, each.orders) for each in found.groups] == [(None, 4, 4)]
    assert (found.kept_back, found.together) == (0, ())
    monkeypatch.setattr(programmes, "PEOPLE_MIN", 1)
    kinds = iter([WorkKind.FULL_TIME, WorkKind.TEMPORARY] * 2)
    found = tried(keeper)
    (both,) = found.together
    assert (len(found.groups), both.people, both.orders, both.paid) == (2, 4, 4, eur("544.50"))
    assert [side.would for side in both.sides] == [eur("544.50"), eur("363.00")]
    assert [side.below_cost for side in both.sides] == [eur("0"), eur("60.00")]
    assert [side.saving for side in both.sides] == [eur("181.50"), eur("363.00")]


def test_what_only_one_person_s_purchases_move_is_told_to_nobody(house, keeper, bought, rival):
    given_item("grinder", "abc", "Grinder", "60.50", cost="20.00", category="coffee", includes_tax=True)
    only = replace(price_book().schemes["half"], included=(Target(TargetKind.ITEM, "grinder"),))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=only, valid_from=START)
    house.order(MAYA, ("grinder", 1), key="one")
    found = tried(keeper)
    assert (found.groups, found.orders, found.by_scheme, found.kept_back) == ((), 5, (5, None), 5)
    for part in (TOR, HENK):
        house.order(part, ("grinder", 1), key=f"{part.code} too")
    found = tried(keeper)
    assert [(each.kind, each.people, each.orders) for each in found.groups] == [(WorkKind.FULL_TIME, 3, 6)]
    assert (found.by_scheme, found.kept_back) == ((7, 3), 1)


def test_fewer_than_three_people_are_told_to_nobody(house, keeper, rival):
    house.order(MAYA, ("coffee-machine", 2))
    found = tried(keeper)
    assert (found.groups, found.by_scheme, found.kept_back) == ((), (None, None), 1)


def test_what_cannot_be_compared_is_refused(house, keeper, rival):
    both = given_actor("both-keeper", ("DATA_ADMINISTRATOR", "abc"), ("DATA_ADMINISTRATOR", "xyz"))
    other = Scheme("xyz-staff", "xyz", "XYZ staff", Period(None, None), employers=frozenset({"xyz"}))
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=other)
    for code, which in (("schemes_alike", ("half", "half")), ("schemes_of_two_suppliers", ("half", "xyz-staff"))):
        with pytest.raises(Refusal) as found:
            tried(both, *which)
        assert (found.value.reason.code, found.value.where) == (code, "other")
    for which in (("half", "ghost"), ("ghost", "half")):
        with pytest.raises(NotThere):
            tried(keeper, *which)
    for viewer, which in (
        (keeper, ("half", "xyz-staff")),
        (house.actor(MAYA), ("half", "abc-staff")),
        (NOBODY, ("half", "abc-staff")),
    ):
        with pytest.raises(Refused):
            tried(viewer, *which)


def test_where_a_third_scheme_would_meet_one_of_them_it_cannot_be_said(house, keeper, rival):
    later = Period(START + timedelta(days=60), None)
    catalogue.end_scheme(by=HOUSE, at=AT, scheme="half", valid_until=START + timedelta(days=60))
    catalogue.set_up_scheme(
        by=HOUSE, at=AT, scheme=Scheme("third", "abc", "Third", later, employers=frozenset({"abc"}))
    )
    rule = PriceRule("third", Level.SCHEME, "abc", PercentOff(Rate.percent(10)), period=later, scheme="third")
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    with pytest.raises(Refusal) as found:
        tried(keeper)
    assert found.value.reason.code == "price_rules_conflict"


def test_too_many_too_old_or_unpriced_orders_are_left_out_and_said(house, keeper, bought, rival, monkeypatch):
    monkeypatch.setattr(programmes, "ORDERS_MAX", 3)
    found = tried(keeper)
    assert (found.orders, found.cut) == (3, True)
    later = tried(keeper, at=AT + timedelta(days=366))
    assert (later.orders, later.groups, later.cut) == (0, (), False)
    known = programmes.opened

    def without_list(book, scheme, *, without):
        found = known(book, scheme, without=without)
        return PriceBook.of(
            offerings=found.offerings.values(), categories=found.categories, schemes=found.schemes.values()
        )

    monkeypatch.setattr(programmes, "opened", without_list)
    gone = tried(keeper)
    assert (gone.orders, gone.unpriced, gone.groups) == (3, 3, ())
