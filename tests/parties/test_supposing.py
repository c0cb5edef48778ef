"""A supposed act gives the world that the act itself would give: each is done after it was supposed, and compared."""

from datetime import date
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, given_company, given_employee, given_holding, given_unit

from inward.core.classification import WorkKind, changed_days, decide, suppose
from inward.core.terms import Period, Refusal
from inward.kit.policy import NotThere
from inward.parties import operations, queries, supposing

pytestmark = pytest.mark.django_db
SALE = date(2027, 1, 1)


@pytest.fixture
def house():
    for code in ("jkl", "abc", "xyz"):
        given_company(code)
    given_holding("jkl", "abc", 80)
    given_unit("abc-it", "abc")
    given_employee("maya", "abc")
    return queries.world()


def kinds(world, on):
    """What everybody is to every company on a day."""
    return {
        (company, other): decide(supplier=company, customer=other, world=world, on=on).kind
        for company in ("jkl", "abc", "xyz")
        for other in ("jkl", "abc", "xyz", "maya")
    }


ACTS = [
    (
        lambda world: supposing.holding_recorded(owner="jkl", owned="xyz", votes=Fraction(3, 5), period=Period(SALE)),
        lambda: operations.record_holding(
            by=HOUSE, at=AT, owner="jkl", owned="xyz", votes=Fraction(3, 5), valid_from=SALE
        ),
    ),
    (
        lambda world: supposing.holding_changed(world, holding="jkl-abc", votes=Fraction(1, 4), valid_from=SALE),
        lambda: operations.change_holding(by=HOUSE, at=AT, holding="jkl-abc", votes=Fraction(1, 4), valid_from=SALE),
    ),
    (
        lambda world: supposing.holding_changed(world, holding="jkl-abc", votes=Fraction(1, 4), valid_from=LONG_AGO),
        lambda: operations.change_holding(
            by=HOUSE, at=AT, holding="jkl-abc", votes=Fraction(1, 4), valid_from=LONG_AGO
        ),
    ),
    (
        lambda world: supposing.holding_ended(world, holding="jkl-abc", valid_until=SALE),
        lambda: operations.end_holding(by=HOUSE, at=AT, holding="jkl-abc", valid_until=SALE),
    ),
    (
        lambda world: supposing.work_started(
            person="maya", company="xyz", kind=WorkKind.PART_TIME, period=Period(SALE)
        ),
        lambda: operations.start_work(
            by=HOUSE, at=AT, person="maya", company="xyz", kind=WorkKind.PART_TIME, valid_from=SALE
        ),
    ),
    (
        lambda world: supposing.work_moved(
            world, work="maya-abc", kind=WorkKind.CONTRACTOR, unit="abc-it", valid_from=SALE
        ),
        lambda: operations.move_work(
            by=HOUSE, at=AT, work="maya-abc", kind=WorkKind.CONTRACTOR, unit="abc-it", job_title="", valid_from=SALE
        ),
    ),
    (
        lambda world: supposing.work_moved(
            world, work="maya-abc", kind=WorkKind.RETIREE, unit=None, valid_from=LONG_AGO
        ),
        lambda: operations.move_work(
            by=HOUSE, at=AT, work="maya-abc", kind=WorkKind.RETIREE, unit=None, job_title="", valid_from=LONG_AGO
        ),
    ),
    (
        lambda world: supposing.work_ended(world, work="maya-abc", valid_until=SALE),
        lambda: operations.end_work(by=HOUSE, at=AT, work="maya-abc", valid_until=SALE),
    ),
]


@pytest.mark.parametrize(("supposed", "act"), ACTS, ids=range(len(ACTS)))
def test_what_is_supposed_is_what_the_act_makes_true(house, supposed, act):
    before = queries.world()
    after = suppose(before, supposed(before))
    act()
    now = queries.world()
    for on in (date(2026, 12, 31), SALE):
        assert kinds(after, on) == kinds(now, on)
    assert changed_days(before, after) == changed_days(before, now)


@pytest.mark.parametrize(
    "supposed",
    [
        lambda world: supposing.holding_changed(world, holding="jkl-abc", votes=Fraction(1), valid_from=None),
        lambda world: supposing.holding_changed(
            world, holding="jkl-abc", votes=Fraction(1), valid_from=date(2000, 1, 1)
        ),
        lambda world: supposing.holding_ended(world, holding="jkl-abc", valid_until=LONG_AGO),
        lambda world: supposing.work_moved(world, work="maya-abc", kind=WorkKind.AGENT, unit=None, valid_from=date.min),
        lambda world: supposing.work_ended(world, work="maya-abc", valid_until=date(2000, 1, 1)),
    ],
)
def test_what_the_act_would_refuse_is_refused_when_supposed(house, supposed):
    with pytest.raises(Refusal):
        supposed(house)


@pytest.mark.parametrize(
    "supposed",
    [
        lambda world: supposing.holding_ended(world, holding="none", valid_until=SALE),
        lambda world: supposing.work_ended(world, work="none", valid_until=SALE),
    ],
)
def test_nothing_is_supposed_of_what_is_not_there(house, supposed):
    with pytest.raises(NotThere):
        supposed(house)
