"""A merger, a split, a move: what they do to inside and outside and to prices is told before, and is what comes true."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_holding, given_unit, given_work, nothing_written
from tests.cast import INES, MAYA, SITI
from tests.web.office.test_office import previewed
from tests.web.reading import words

from inward.core.classification import changed_days, classify, compare, suppose
from inward.core.terms import Refusal
from inward.parties import events, queries
from inward.parties import operations as parties
from inward.parties.reorganising import Reorganisation, planned, supposed
from inward.parties.vocabulary import EventKind
from inward.trade.supposed import Tried, consequences

DAY = date(2027, 1, 1)
LATER = AT + timedelta(hours=1)
MEETING = "Nobody becomes inside or outside by this."


@pytest.fixture
def house(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house


def predicted(asked):
    world = queries.world()
    return supposed(world, asked, planned(world, asked, others=queries.told_by_others(asked.source)))


def standings(world):
    """The kind and the companies of every pair of parties on three days; None where a department is not there."""
    found = {}
    codes = sorted({*world.company, *world.person, *world.unit})
    for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=400)):
        for one, other in combinations(codes, 2):
            try:
                told = classify(supplier=one, customer=other, world=world, on=day)
                found[day, one, other] = (told.kind, told.supplier_company, told.customer_company)
            except Refusal:
                found[day, one, other] = None
    return found


MERGED = Reorganisation(EventKind.MERGER, DAY, source="xyz", target="abc")
ACTS = (
    MERGED,
    Reorganisation(EventKind.MERGER, DAY, source="kestrel", target="abc"),
    Reorganisation(EventKind.MERGER, DAY, source="abc-shop-harbour", target="abc-shop-centre"),
    Reorganisation(EventKind.SPLIT, DAY, source="abc-it", code="abc-lab", name="Lab", moves=(("jonas-vik", ""),)),
    Reorganisation(EventKind.REORGANISATION, DAY, moves=(("abc-it", "xyz"),)),
)


@pytest.mark.parametrize("asked", ACTS, ids=lambda each: f"{each.kind.value}-{each.source or 'moves'}")
def test_the_world_that_is_foreseen_is_the_world_that_comes(house, asked):
    if asked.kind is EventKind.SPLIT:
        given_work("jonas-vik", "abc", unit="abc-it", valid_from=LONG_AGO)
    with nothing_written():
        foreseen = standings(suppose(queries.world(), predicted(asked)))
    before = standings(queries.world())
    parties.reorganise(by=HOUSE, at=LATER, asked=asked)
    come = standings(queries.world())
    assert foreseen == {pair: told for pair, told in come.items() if pair in foreseen}
    assert {pair for pair in come if pair not in foreseen} == set()
    assert any(before.get(pair) != told for pair, told in come.items())


def test_a_company_that_goes_up_leaves_its_place_to_the_other_and_what_changes_is_told_before(house):
    """What XYZ supplied is ABC's from that day on: to ABC itself a department's service, to others what ABC is to them."""
    with nothing_written():
        found = consequences(predicted(MERGED), at=AT)
    assert found.first == DAY
    assert found.turned.companies == ()
    assert found.orders == Tried(orders=1, verdicts=0, prices=1, few=True)
    page = words(
        previewed(
            house.browser(SITI), "/office/changes/-/new/merge/", source_party="xyz", target="abc", day=DAY.isoformat()
        )
    )
    assert "become outside" not in page
    assert "Had it held already, of 1 order of the last 90 days, 0 would have another verdict, 1 another price." in page


def test_a_department_that_moves_to_a_sister_tells_what_its_orders_would_be(house):
    """An hour of help is free for ABC's own departments; from XYZ's it is a sister's."""
    house.order(INES, ("help-hour", 1), customer="abc", key="help")
    moved = Reorganisation(EventKind.REORGANISATION, DAY, moves=(("abc-it", "xyz"),))
    with nothing_written():
        found = consequences(predicted(moved), at=AT)
    assert (found.turned.companies, found.first) == ((), DAY)
    assert found.orders is not None
    assert (found.orders.verdicts, found.orders.prices) == (0, 1)


def test_two_departments_of_one_company_that_merge_turn_nobody(house):
    asked = Reorganisation(EventKind.MERGER, DAY, source="abc-shop-harbour", target="abc-shop-centre")
    page = words(
        previewed(
            house.browser(SITI), "/office/changes/-/new/merge/",
            source_party="abc-shop-harbour", target="abc-shop-centre", day=DAY.isoformat(),
        )
    )  # fmt: skip
    assert MEETING in page
    assert consequences(predicted(asked), at=AT).turned.companies == ()


def test_a_new_name_says_nothing_of_inside(house):
    given = {"source_party": "abc", "name": "ABC Stores", "day": DAY.isoformat()}
    assert MEETING not in words(previewed(house.browser(SITI), "/office/changes/-/new/rename/", **given))


def test_a_fact_that_begins_after_the_day_is_taken_over_whole(house):
    """A share bought for later, and a department that opens later, are the other company's from their first day on."""
    given_holding("xyz", "kestrel", 60, valid_from=DAY + timedelta(days=30))
    given_unit("xyz-lab", "xyz", valid_from=DAY + timedelta(days=30))
    before = queries.world()
    after = suppose(before, predicted(MERGED))
    (held,) = [each for each in after.holdings if each.owned == "kestrel"]
    assert (held.owner, held.period.start) == ("abc", DAY + timedelta(days=30))
    assert [(place.company, place.period.start) for place in after.unit["xyz-lab"]] == [
        ("abc", DAY + timedelta(days=30))
    ]
    assert changed_days(before, after)[0] == DAY
    assert compare(before, after).companies == (), "ABC stands where XYZ stood, and holds what XYZ held"


def test_many_people_who_change_hands_are_asked_by_their_companies(house, monkeypatch):
    from inward.trade import supposed as trade

    whole = consequences(predicted(MERGED), at=AT)
    monkeypatch.setattr(trade, "PEOPLE_ASKED_MAX", 0)
    assert consequences(predicted(MERGED), at=AT).orders == whole.orders
    assert ON < DAY


def merged(source, target, day, at=LATER):
    asked = Reorganisation(EventKind.MERGER, day, source=source, target=target)
    return parties.reorganise(by=HOUSE, at=at, asked=asked)


def test_the_shop_names_the_company_in_which_a_supplier_has_gone_up_from_that_day_on(house):
    """XYZ sells widgets and goes up in ABC at New Year; until then it still sells them itself."""
    ines = house.browser(INES)
    event = merged("xyz", "abc", DAY)
    assert events.gone_up_in("xyz", on=DAY - timedelta(days=1)) is None
    assert events.gone_up_in("xyz", on=DAY) == "abc"
    assert events.gone_up_in("abc", on=DAY) is None
    assert "Supplied by XYZ Widgets" in words(ines.get("/shop/widget-a/"))
    parties.undo_reorganisation(by=HOUSE, at=LATER, event=event)
    assert events.gone_up_in("xyz", on=DAY) is None
    merged("xyz", "abc", ON)
    assert "Supplied by ABC Retail (before: XYZ Widgets)" in words(ines.get("/shop/widget-a/"))
    assert "ABC Retail (before: XYZ Widgets)" in words(ines.get("/shop/"))
