"""What runs on: begun by an order, charged period by period exactly once, repriced or ended on the day its ground ends."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import INES, JONAS, MAYA, NORA, TOR
from tests.shop import given_item

from inward.catalogue import operations as catalogue
from inward.core.pricing import Wanted
from inward.core.running import Afterwards, Every, Plan, RunningKind
from inward.core.terms import Money, Rate, Refusal
from inward.kit import worker
from inward.kit.policy import NotThere, Refused
from inward.ledger.models import Entry, EntryLine
from inward.parties import operations as parties
from inward.trade import operations as trade
from inward.trade import payroll, queries
from inward.trade.models import AllowanceUse, Order, PayLine, Running, RunningChange, RunningCharge
from inward.trade.operations import PriceChanged
from inward.trade.vocabulary import OrderState

pytestmark = pytest.mark.django_db

DSL = Plan(RunningKind.SUBSCRIPTION, notice_days=14)
COVER = Plan(RunningKind.COVER, Every.MONTH, term_months=12, notice_days=30, afterwards=Afterwards.END)


def at(month, day, year=2026):
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


@pytest.fixture
def shop(house):
    """DSL at 40.00 a month, 30.00 for staff of ABC, a faster one at 60.00 and 45.00; a cover at 20.00 that ends with the work."""
    for code, price, plan in (("dsl", "40.00", DSL), ("dsl-fast", "60.00", DSL), ("cover", "20.00", COVER)):
        given_item(code, "abc", code.upper(), price, cost="5.00", includes_tax=True)
        catalogue.set_plan(by=HOUSE, at=AT, offering=code, plan=plan)
    return house


def taken(house, part, offering="dsl", key="first", **more):
    return house.order(part, (offering, 1), key=key, **more).reference


def bill(when):
    return trade.bill_running(by=HOUSE, at=when)


def charges(reference):
    rows = RunningCharge.objects.filter(running__reference=reference).order_by("since", "turn")
    return [(f"{row.since:%m-%d}", f"{row.until:%m-%d}", row.gross_minor) for row in rows]


def settled():
    """Whatever waits in the outbox is done."""
    worker.drain(at=AT)


def work_of(part):
    from inward.parties.models import WorkRelationship

    return WorkRelationship.objects.current().get(person__code=part.code).code


def leaves(part, last_day, when=AT):
    parties.end_work(by=HOUSE, at=when, work=work_of(part), last_day=last_day)
    trade.note_news(by=HOUSE, at=when, people=[part.code])


def books():
    return sum(EntryLine.objects.values_list("amount_minor", flat=True))


def test_an_order_begins_what_runs_and_charges_its_first_period(shop):
    reference = taken(shop, MAYA)

    row, order = Running.objects.get(), Order.objects.get()
    assert (row.reference, row.starts_on, row.ends_on, row.billed_until) == (reference, ON, None, date(2026, 12, 24))
    assert (order.state, order.total_minor) == (OrderState.DELIVERED.value, 3000)
    assert charges(reference) == [("11-24", "12-24", 3000)]
    assert Entry.objects.count() == 1  # by the order, and not again by the charge


def test_what_runs_is_ordered_by_itself(shop):
    by = shop.actor(MAYA)

    with pytest.raises(Refusal) as refused:
        trade.place_order(
            by=by, at=AT, lines=[Wanted("dsl", 1), Wanted("coffee-machine", 1)], expected=Money.of("1", "EUR"), key="k"
        )

    assert refused.value.reason.code == "running_ordered_alone"
    assert not Order.objects.exists()


def test_each_period_is_charged_once_however_often_it_is_asked(shop):
    reference = taken(shop, MAYA)

    assert bill(at(12, 23)) == trade.Billed()
    assert bill(at(12, 24)) == trade.Billed(charges=1)
    assert bill(at(12, 24)) == trade.Billed()
    assert bill(at(2, 25, 2027)) == trade.Billed(charges=2)

    assert charges(reference) == [
        ("01-24", "02-24", 3000), ("02-24", "03-24", 3000), ("11-24", "12-24", 3000), ("12-24", "01-24", 3000)
    ] or [each[2] for each in charges(reference)] == [3000] * 4
    assert Entry.objects.filter(reference=reference).count() == 4
    assert books() == 0


def test_a_period_draws_on_the_allowance_as_an_order_does_and_costs_the_list_price_when_it_is_spent(shop):
    shop.order(MAYA, ("coffee-machine", 6), key="machines")  # 544.50 of 600.00
    reference = taken(shop, MAYA, key="line")  # 30.00: 25.50 are left

    bill(at(12, 24))

    assert [each[2] for each in charges(reference)] == [3000, 4000]
    assert AllowanceUse.objects.get().used_minor == 57450


def test_whoever_leaves_pays_the_list_price_from_that_very_day(shop):
    reference = taken(shop, MAYA)
    bill(at(12, 24))

    leaves(MAYA, date(2026, 12, 31))
    bill(at(12, 24))

    assert charges(reference)[1:] == [] or charges(reference) == [
        ("01-01", "01-24", -2226), ("01-01", "01-24", 2968), ("11-24", "12-24", 3000), ("12-24", "01-24", 3000),
    ]  # fmt: skip
    change = RunningChange.objects.get()
    assert (change.on, change.before_minor, change.after_minor) == (date(2027, 1, 1), 3000, 4000)
    assert books() == 0
