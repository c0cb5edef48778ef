"""Assembly buys parts from Moulding in the same plant: asked within the budget, approved, delivered in parts, refused in part,
received; what is charged between the cost centres in the end is what Assembly kept, and nothing leaves the company.
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE
from tests.cast import BRAM, KARIN, PIET, given_part
from tests.shop import EVER, given_item

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind
from inward.core.pricing import CostPlus, Level, PriceRule, Scope, Wanted
from inward.core.running import Rhythm
from inward.core.terms import Money, Rate, Refusal, UnitPrice
from inward.ledger import queries as books
from inward.trade import budgets, chain, frames, queries
from inward.trade import operations as trade
from inward.trade.frames import FrameTerms
from inward.trade.framewords import FramePrice
from inward.trade.receiving import Came
from inward.trade.vocabulary import BudgetRule, Fault, OrderState, WaitsFor


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def plant(house):
    """Moulding makes a housing at a standard cost of 2.00 and charges 2.10; Assembly has 10,000 for November, and may ask for 500
    without approval.
    """
    house.users.update({part.code: given_part(part) for part in (PIET, KARIN, BRAM)})
    given_item("housing", "xyz-moulding", "Housing", "4.00", cost="2.00", tax_code="")
    method = CostPlus(Rate(Fraction(1, 20)))
    scope = Scope(frozenset({Kind.DEPARTMENT}))
    rule = PriceRule("housing-inside", Level.RATE, "xyz-moulding", method, scope=scope, period=EVER)
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    trade.set_approval_limit(by=HOUSE, at=AT, party="xyz-assembly", limit=eur("500.00"))
    trade.set_budget(
        by=HOUSE, at=AT, centre="xyz-assembly", starts=date(2026, 11, 1), last_day=date(2026, 11, 30),
        amount=eur("10000.00"), rule=BudgetRule.STOP,
    )  # fmt: skip
    return house


def budget():
    """(in the books, waiting for approval, left) of Assembly's November."""
    view = budgets.one(viewer=HOUSE, at=AT, key="xyz-assembly:2026-11-01")
    return view.posted, view.committed, view.left


def turn(house, reference):
    return [each for each, _ in queries.order(viewer=house.actor(KARIN), at=AT, reference=reference).waits_for]


def test_from_the_requisition_to_the_chargeback(plant):
    karin, bram, piet = (plant.actor(part) for part in (KARIN, BRAM, PIET))
    asked = queries.quote_for(
        viewer=plant.actor(KARIN, acting_for="xyz-assembly"), at=AT, lines=[Wanted("housing", 4_000)]
    )
    assert (asked.quote.standing.kind, asked.quote.total, asked.quote.tax) == (
        Kind.DEPARTMENT, eur("8400.00"), eur("0.00"),
    )  # fmt: skip
    assert asked.approval_by.code == "xyz-assembly"

    order = plant.order(KARIN, ("housing", 4_000), customer="xyz-assembly").reference  # the requisition
    assert budget() == (eur("0.00"), eur("8400.00"), eur("1600.00"))
    assert turn(plant, order) == [WaitsFor.APPROVER]
    with pytest.raises(Refusal):  # a second one is beyond the budget
        plant.order(KARIN, ("housing", 1_000), customer="xyz-assembly", key="second")

    trade.approve_order(by=bram, at=AT, reference=order)
    assert budget() == (eur("8400.00"), eur("0.00"), eur("1600.00"))
    assert turn(plant, order) == [WaitsFor.SUPPLIER]

    trade.confirm_delivery(by=piet, at=AT, reference=order, pieces={1: 3_000})  # the rest follows
    assert turn(plant, order) == [WaitsFor.SUPPLIER, WaitsFor.RECEIVER]
    came = {1: Came(taken=2_700, refused=200, missing=100, fault=Fault.QUALITY, again=False)}
    state = trade.confirm_receipt(by=karin, at=AT, reference=order, came=came)
    assert state is OrderState.PARTLY_DELIVERED
    assert budget() == (eur("7980.00"), eur("0.00"), eur("2020.00"))  # 200 refused for good at 2.10

    trade.confirm_delivery(by=piet, at=AT, reference=order, pieces={1: 800})
    trade.confirm_receipt(by=karin, at=AT, reference=order)
    trade.cancel_order(by=karin, at=AT, reference=order, reason="The last 300 are not needed.")
    assert turn(plant, order) == []
    assert budget() == (eur("7350.00"), eur("0.00"), eur("2650.00"))  # 3,500 kept at 2.10

    entries = books.entries_of(viewer=HOUSE, at=AT, reference=order)
    assert {entry.company.code for entry in entries} == {"xyz"}
    by_centre = {}
    for line in (line for entry in entries for line in entry.lines):
        by_centre[line.cost_centre.code] = by_centre.get(line.cost_centre.code, eur("0.00")) + line.amount
    assert by_centre == {"xyz-assembly": eur("7350.00"), "xyz-moulding": eur("-7350.00")}


def test_some_days_agreed_once_and_ordered_day_by_day(plant):
    """Assembly agrees on 4,000 housings, a thousand a day at the agreed price, approved once; the worker orders them. In the middle
    the standard cost rises, and nobody pays more than was agreed.
    """
    karin, bram, piet = (plant.actor(part) for part in (KARIN, BRAM, PIET))
    terms = FrameTerms(AT.date(), date(2026, 11, 30), Rhythm.DAILY, each=1_000, price=FramePrice.AGREED)
    agreed = trade.agree_frame(
        by=karin, at=AT, offering="housing", quantity=4_000, terms=terms, expected=eur("8400.00"), key="frame",
        customer="xyz-assembly",
    ).reference  # fmt: skip
    assert budget() == (eur("0.00"), eur("8400.00"), eur("1600.00"))
    trade.approve_order(by=bram, at=AT, reference=agreed)

    assert trade.draw_due(by=HOUSE, at=AT).parts == 1  # Tuesday
    assert budget() == (eur("2100.00"), eur("6300.00"), eur("1600.00"))
    tomorrow = AT + timedelta(days=1)
    catalogue.record_cost(
        by=HOUSE, at=AT, offering="housing", price=UnitPrice.of("3.00", "EUR"), valid_from=tomorrow.date()
    )
    assert trade.draw_due(by=HOUSE, at=tomorrow).parts == 1
    assert trade.draw_due(by=HOUSE, at=tomorrow + timedelta(hours=1)).parts == 0
    assert budget() == (eur("4200.00"), eur("4200.00"), eur("1600.00"))  # at 2.10 as agreed, and not at 3.15

    (wait,) = chain.chain(viewer=bram, at=tomorrow).links
    assert (wait.who.code, wait.on.code, wait.orders, wait.pieces, wait.working_days) == (
        "xyz-assembly", "xyz-moulding", 2, 2_000, 1,
    )  # fmt: skip
    first, second = (
        part.order.reference for part in reversed(frames.frame(viewer=karin, at=AT, reference=agreed).parts)
    )
    for order in (first, second):
        trade.confirm_delivery(by=piet, at=tomorrow, reference=order)
        trade.confirm_receipt(by=karin, at=tomorrow, reference=order)
    assert chain.chain(viewer=bram, at=tomorrow).links == ()

    trade.end_frame(by=karin, at=tomorrow, reference=agreed, reason="The line stands still.")
    assert budget() == (eur("4200.00"), eur("0.00"), eur("5800.00"))
    assert trade.draw_due(by=HOUSE, at=AT + timedelta(days=5)).parts == 0
