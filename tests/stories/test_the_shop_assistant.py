"""S3: a shop assistant buys a coffee machine from the retailer that employs her, below the price others pay.

Ordinary price 121.00 with tax, staff price 90.75 (a quarter off), cost 60.00, allowance 600.00 a year.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import AT, HOUSE, given_actor
from tests.cast import MAYA, NORA, TOR
from tests.shop import given_item

from inward.core.classification import Kind
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.kit.policy import NotThere, Refused
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties.models import WorkRelationship
from inward.trade import benefit, payroll, queries
from inward.trade import operations as trade
from inward.trade.benefit import TaxYear
from inward.trade.vocabulary import OrderState, PayKind, Settlement


def eur(amount):
    return Money.of(amount, "EUR")


def asked(house, pieces, part=MAYA, at=AT):
    return queries.quote_for(viewer=house.actor(part), at=at, lines=[Wanted("coffee-machine", pieces)])


def left(house, at=AT):
    (allowance,) = queries.allowances(viewer=house.actor(MAYA), at=at)
    return allowance.money_left


def test_she_pays_a_quarter_less_and_is_told_what_others_pay_and_what_she_saves(house):
    quoted = asked(house, 1)
    (line,) = quoted.quote.lines
    assert (line.ordinary, line.price, line.saving) == (eur("121.00"), eur("90.75"), eur("30.25"))
    assert line.includes_tax
    assert quoted.quote.standing.kind is Kind.STAFF
    assert quoted.settlement is Settlement.PAYROLL
    assert quoted.approval_by is None
    assert asked(house, 1, NORA).quote.total == eur("121.00")


def test_what_she_buys_is_binding_at_once_deducted_from_pay_and_leaves_her_less_allowance(house):
    done = house.order(MAYA, ("coffee-machine", 2))
    order = queries.order(viewer=house.actor(MAYA), at=AT, reference=done.reference)
    assert (order.row.state, order.row.settlement) == (OrderState.PLACED, Settlement.PAYROLL)
    assert order.row.total == eur("181.50")
    assert left(house) == eur("418.50")
    payable = books.balance(viewer=HOUSE, at=AT, company="abc", account="1530")
    assert payable == eur("181.50")
    sums = books.trial_balance(viewer=HOUSE, at=AT, company="abc")
    assert sum(row.debit.minor - row.credit.minor for row in sums) == 0


def test_when_the_allowance_ends_in_mid_order_the_first_pieces_are_at_staff_price(house):
    """600.00 pays for six at 90.75 (544.50); the seventh and eighth are at 121.00."""
    quote = asked(house, 8).quote
    (line,) = quote.lines
    assert [(part.quantity, part.amount) for part in line.parts] == [(6, eur("544.50")), (2, eur("242.00"))]
    assert quote.total == eur("786.50")
    house.order(MAYA, ("coffee-machine", 8))
    assert left(house) == eur("55.50")
    assert asked(house, 1).quote.total == eur("121.00")


def test_a_price_under_cost_is_lifted_to_cost(house):
    """Listed at 100.00 and bought for 90.00: a quarter off would be 75.00."""
    given_item("kettle", "abc", "Kettle", "100.00", cost="90.00", category="coffee")
    quote = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=[Wanted("kettle", 1)]).quote
    assert quote.net == eur("90.00")


def test_what_comes_back_gives_back_the_money_and_the_allowance(house):
    done = house.order(MAYA, ("coffee-machine", 2))
    seller = house.actor(TOR)
    trade.confirm_delivery(by=seller, at=AT, reference=done.reference)
    back = trade.return_items(by=seller, at=AT, reference=done.reference, pieces={1: 1}, reason="It leaks.")
    assert back == eur("90.75")
    assert left(house) == eur("509.25")
    assert books.balance(viewer=HOUSE, at=AT, company="abc", account="1530") == eur("90.75")


def test_she_cannot_hand_over_her_own_order_nor_may_others_see_it(house):
    done = house.order(MAYA, ("coffee-machine", 1))
    with pytest.raises(Refused):
        trade.confirm_delivery(by=house.actor(MAYA), at=AT, reference=done.reference)
    with pytest.raises(NotThere):
        queries.order(viewer=house.actor(NORA), at=AT, reference=done.reference)
    assert queries.order(viewer=house.actor(MAYA), at=AT, reference=done.reference).row.state is OrderState.PLACED


def test_the_day_after_she_leaves_she_is_an_outsider_and_the_old_order_stands(house):
    done = house.order(MAYA, ("coffee-machine", 1))
    work = WorkRelationship.objects.get(person__code="maya-lund", known_until=None)
    parties.end_work(by=HOUSE, at=AT, work=work.code, valid_until=date(2026, 12, 1))
    last_day = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert asked(house, 1, at=last_day).quote.total == eur("90.75")
    assert asked(house, 1, at=last_day + timedelta(days=1)).quote.total == eur("121.00")
    kept = queries.order(viewer=house.actor(MAYA), at=last_day + timedelta(days=1), reference=done.reference)
    assert (kept.row.total, kept.row.kind) == (eur("90.75"), Kind.STAFF)


def test_a_new_year_brings_a_new_allowance_and_a_leap_day_is_a_day(house):
    house.order(MAYA, ("coffee-machine", 6))
    assert left(house) == eur("55.50")
    assert asked(house, 1, at=datetime(2027, 1, 2, 12, tzinfo=UTC)).quote.total == eur("90.75")
    assert asked(house, 1, at=datetime(2028, 2, 29, 12, tzinfo=UTC)).quote.total == eur("90.75")


def test_she_is_warned_before_the_purchase_that_is_taxed_and_her_statement_and_the_payroll_file_say_the_same(house):
    """Dutch law exempts a fifth of the price of what the employer sells: a tenth off the kettle passes under it, a quarter off the
    machine does not.
    """
    given_item("kettle", "abc", "Kettle", "121.00", cost="90.00", category="coffee", includes_tax=True)
    maya, year = house.actor(MAYA), TaxYear("NL", 2026)

    def foreseen(offering):
        view = queries.quote_for(viewer=maya, at=AT, lines=[Wanted(offering, 1)])
        return [(why.code, why.facts["taxable"]) for why in benefit.coming(view, viewer=maya, at=AT).foreseen.warnings]

    def statement():
        told = benefit.own(viewer=maya, at=AT, of=year).statement
        return sorted((line.value, line.paid, line.exempt, line.taxable) for line in told.lines)

    assert foreseen("kettle") == []
    house.order(MAYA, ("kettle", 1))
    kettle = (eur("121.00"), eur("108.90"), eur("12.10"), eur("0.00"))
    assert statement() == [kettle]
    assert foreseen("coffee-machine") == [("benefit_would_be_taxable", eur("6.05"))]
    assert statement() == [kettle]  # asking bought nothing
    machine = house.order(MAYA, ("coffee-machine", 1), key="second")
    assert statement() == [(eur("121.00"), eur("90.75"), eur("24.20"), eur("6.05")), kettle]

    officer = given_actor("pay-officer", ("PAYROLL_OFFICER", "abc"))

    def told_to_pay(month):
        run = trade.make_pay_run(by=officer, at=AT, company="abc", month=month, cut_off=AT.date())
        rows = payroll.lines(viewer=officer, at=AT, params={"run": run}).rows
        return sorted((row.kind.value, row.person, row.amount) for row in rows)

    assert told_to_pay(date(2026, 11, 1)) == [
        ("BENEFIT", "maya-lund", eur("6.05")),
        ("DEDUCTION", "maya-lund", eur("90.75")),
        ("DEDUCTION", "maya-lund", eur("108.90")),
    ]
    tor = house.actor(TOR)
    trade.confirm_delivery(by=tor, at=AT, reference=machine.reference)
    trade.return_items(by=tor, at=AT, reference=machine.reference, pieces={1: 1}, reason="It leaks.")
    assert statement() == [kettle]
    assert told_to_pay(date(2026, 12, 1)) == [
        (PayKind.BENEFIT.value, "maya-lund", eur("-6.05")),
        (PayKind.DEDUCTION.value, "maya-lund", eur("-90.75")),
    ]
