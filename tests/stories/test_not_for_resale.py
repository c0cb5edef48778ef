"""S3, the rest: what the shop assistant buys is for her own use. She keeps it or repays the saving, pays in parts, and is heard if suspended.

Ordinary price 121.00 with tax, staff price 90.75: 30.25 saved a piece. Kept for 180 days; cools off for 30 after a return.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_actor
from tests.cast import HENK, MAYA, SITI, TOR
from tests.shop import given_the_house

from inward.catalogue import operations as catalogue
from inward.catalogue import suspending
from inward.catalogue.queries import price_book
from inward.core.bookkeeping import PayRule
from inward.core.pricing import Wanted
from inward.core.terms import Money, Period
from inward.kit.policy import NotThere, Refused
from inward.ledger import queries as books
from inward.trade import deductions, payroll, queries
from inward.trade import operations as trade
from inward.trade.vocabulary import Disposal

DAY = timedelta(days=1)
MACHINE = [Wanted("coffee-machine", 1)]


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def house(db):
    made = given_the_house()
    scheme = price_book().schemes["abc-staff"]
    strict = replace(scheme, period=Period(), keep_days=180, repays_early=True, cooling_days=30)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=strict, valid_from=date(ON.year, 1, 1))
    trade.set_pay_parts(by=HOUSE, at=AT, company="abc", rule=PayRule(6))
    return made


@pytest.fixture
def officer(house):
    return given_actor("payroll", ("PAYROLL_OFFICER", "abc"))


def price(house, at=AT):
    return queries.quote_for(viewer=house.actor(MAYA), at=at, lines=MACHINE).quote.total


def bought(house, at=AT, parts=1, key="k"):
    done = trade.place_order(
        by=house.actor(MAYA), at=at, lines=MACHINE, expected=price(house, at), key=key, instalments=parts
    )
    trade.confirm_delivery(by=house.actor(TOR), at=at, reference=done.reference)
    return done.reference


def run(officer, at):
    key = trade.make_pay_run(by=officer, at=at, company="abc", month=at.date(), cut_off=at.date())
    lines = payroll.lines(viewer=officer, at=at, params={"run": key, "kind": "DEDUCTION"}).rows
    return [line.amount for line in lines]


def test_she_pays_in_parts_sells_it_too_early_and_has_paid_what_everybody_pays(house, officer):
    reference = bought(house, parts=3)
    assert run(officer, AT) == [eur("30.25")]
    at = AT + 14 * DAY
    repaid = trade.tell_disposal(by=house.actor(MAYA), at=at, reference=reference, pieces={1: 1}, how=Disposal.SOLD)
    assert repaid == eur("30.25")
    assert run(officer, at) == [eur("60.50")]
    assert run(officer, at + 31 * DAY) == [eur("30.25")]
    assert deductions.own(viewer=house.actor(MAYA), at=at + 31 * DAY) == ()
    assert books.balance(viewer=HOUSE, at=at, company="abc", account="1530") == eur("121.00")
    sums = books.trial_balance(viewer=HOUSE, at=at, company="abc")
    assert sum(row.debit.minor - row.credit.minor for row in sums) == 0


def test_after_half_a_year_it_is_hers_to_give(house):
    reference = bought(house)
    given = trade.tell_disposal(
        by=house.actor(MAYA), at=AT + 181 * DAY, reference=reference, pieces={1: 1}, how=Disposal.GIVEN
    )
    assert given == eur("0")
    assert books.balance(viewer=HOUSE, at=AT, company="abc", account="1530") == eur("90.75")


def test_buying_returning_and_buying_again_is_no_way_to_more(house):
    reference = bought(house)
    trade.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="Changed her mind")
    assert (price(house), price(house, AT + 30 * DAY)) == (eur("121.00"), eur("90.75"))


def test_suspended_she_pays_as_everybody_is_heard_and_has_her_price_again_when_it_is_lifted(house):
    reference = catalogue.suspend_from_scheme(
        by=house.actor(SITI), at=AT, scheme="abc-staff", person=MAYA.code, since=ON, days=14, why="Sold at the market."
    )
    assert price(house) == eur("121.00")
    catalogue.answer_suspension(
        by=house.actor(MAYA), at=AT + DAY, suspension=reference, words="My neighbour’s, not mine."
    )
    for part in (TOR, HENK):  # neither whoever serves her nor who heads a department
        with pytest.raises(NotThere):
            suspending.suspension(viewer=house.actor(part), at=AT, reference=reference)
    with pytest.raises(Refused):
        catalogue.uphold_suspension(by=house.actor(SITI), at=AT + DAY, suspension=reference, why="I say so.")
    catalogue.lift_suspension(by=house.actor(SITI), at=AT + 2 * DAY, suspension=reference, why="She was right.")
    assert price(house, AT + 2 * DAY) == eur("90.75")
    (mine,) = suspending.own(viewer=house.actor(MAYA), at=AT + 2 * DAY)
    assert [step.words for step in mine.steps] == ["Sold at the market.", "My neighbour’s, not mine.", "She was right."]
