"""Several order from one budget at the same moment, and somebody sets it meanwhile: it is never overrun and always counts right."""

from datetime import date

import pytest
from tests.builders import AT, HOUSE, committed
from tests.cast import HENK, INES
from tests.shop import given_the_house
from tests.trade.test_at_once import at_once

from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.models import Version
from inward.trade import budgets
from inward.trade import operations as trade
from inward.trade.models import BudgetUse, Order
from inward.trade.vocabulary import BudgetRule

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def house(transactional_db):
    with committed():
        # The migration makes the row that orders hold; emptying the tables took it away.
        Version.objects.create(name=budgets.VERSION, number=0)
        yield given_the_house()


def place(by, key, pieces=10):
    expected = Money(pieces * 36_000 * 121 // 100 // 100, "EUR")  # a widget is 3.60, and 21 % of tax
    lines = [Wanted("widget-a", pieces)]
    return trade.place_order(by=by, at=AT, lines=lines, expected=expected, key=key)


def given_budget(amount):
    money = Money.of(amount, "EUR")
    trade.set_budget(by=HOUSE, at=AT, centre="abc-it", starts=FIRST, last_day=LAST, amount=money, rule=BudgetRule.STOP)


def taken():
    row = BudgetUse.objects.get(centre__code="abc-it")
    return row.posted_minor, row.used_minor


def test_of_four_who_spend_the_last_of_a_budget_one_wins_and_the_others_are_told(house):
    given_budget("50.00")
    ines = house.actor(INES, acting_for="abc-it")
    outcomes = at_once(*(lambda key=key: place(ines, key) for key in ("a", "b", "c", "d")))
    refused = [each for each in outcomes if isinstance(each, Refusal)]
    assert [each.reason.code for each in refused] == ["budget_spent"] * 3, outcomes
    assert (Order.objects.count(), taken()) == (1, (3_600, 3_600))


def test_a_budget_that_is_set_while_others_order_and_call_off_counts_every_order_once(house):
    ines, henk = house.actor(INES, acting_for="abc-it"), house.actor(HENK)
    first, waits = place(ines, "first"), place(ines, "waits", 2_000)
    outcomes = at_once(
        lambda: given_budget("90000.00"),
        *(lambda key=key: place(ines, key) for key in ("a", "b", "c")),
        lambda: trade.cancel_order(by=ines, at=AT, reference=first.reference, reason="Found some."),
        lambda: trade.approve_order(by=henk, at=AT, reference=waits.reference),
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert taken() == (3 * 3_600 + 720_000, 3 * 3_600 + 720_000)
