"""Budgets of cost centres: taken when an order is asked, given back with it, held in the write, counted anew when they are set."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, TOR
from tests.shop import EVER, given_item

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind
from inward.core.pricing import CostPlus, Level, PriceRule, Scope, Wanted
from inward.core.terms import Money, Period, Rate, Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY, Actor, Grant
from inward.kit.intake import Row, RowProblem
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.undoing import Journal
from inward.kit.writing import GateClosed
from inward.trade import budgets, policy, queries
from inward.trade import operations as trade
from inward.trade.models import Budget, BudgetUse, Order
from inward.trade.operations import PastOrder
from inward.trade.operations import budgets as acts
from inward.trade.vocabulary import BudgetRule, Settlement

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
KEY = "abc-it:2026-01-01"


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def office(house):
    """ABC's purchasing sells chairs to departments at 100.00 a piece; widgets come from XYZ at 3.60 without tax."""
    given_item("chair", "abc-purchasing", "Chair", "130.00", cost="80.00", tax_code="")
    catalogue.set_price(
        by=HOUSE,
        at=AT,
        rule=PriceRule(
            "chair-inside",
            Level.RATE,
            "abc-purchasing",
            CostPlus(Rate(Fraction(1, 4))),
            scope=Scope(frozenset({Kind.DEPARTMENT})),
            period=EVER,
        ),
    )
    return house


def given_budget(amount, *, centre="abc-it", rule=BudgetRule.STOP, by=HOUSE, starts=FIRST, last_day=LAST, **more):
    return trade.set_budget(
        by=by, at=AT, centre=centre, starts=starts, last_day=last_day, amount=eur(amount), rule=rule, **more
    )


def buy(house, *lines, customer="abc-it", key="first", **more):
    return house.order(INES, *lines, customer=customer, key=key, **more).reference


def taken(centre="abc-it", starts=FIRST):
    """(posted, committed) of a budget."""
    row = BudgetUse.objects.get(centre__code=centre, starts=starts)
    return Money(row.posted_minor, "EUR"), Money(row.used_minor - row.posted_minor, "EUR")


def recounted_alike(key=KEY):
    """Setting it anew counts everything again: the counter must not move by it."""
    found = budgets.one(viewer=HOUSE, at=AT, key=key)
    before = taken()
    given_budget(str(found.allotted.amount.amount), rule=found.allotted.rule)
    return taken() == before


def test_an_order_that_binds_at_once_is_posted_against_the_budget(office):
    given_budget("1000.00")
    buy(office, ("chair", 3))
    assert taken() == (eur("300.00"), eur("0.00"))
    assert recounted_alike()


def test_what_waits_for_approval_is_committed_and_posted_when_it_is_approved(office):
    given_budget("9000.00")
    reference = buy(office, ("chair", 60))
    assert taken() == (eur("0.00"), eur("6000.00"))
    assert recounted_alike()
    trade.approve_order(by=office.actor(HENK), at=AT, reference=reference)
    assert taken() == (eur("6000.00"), eur("0.00"))
    assert recounted_alike()


def test_what_is_declined_or_called_off_is_free_again(office):
    given_budget("9000.00")
    declined, cancelled = buy(office, ("chair", 60)), buy(office, ("chair", 1), key="second")
    assert taken() == (eur("100.00"), eur("6000.00"))
    trade.decline_order(by=office.actor(HENK), at=AT, reference=declined, reason="Next year.")
    assert taken() == (eur("100.00"), eur("0.00"))
    trade.cancel_order(by=office.actor(INES), at=AT, reference=cancelled, reason="Found one.")
    assert taken() == (eur("0.00"), eur("0.00"))
    assert recounted_alike()


def set_meanwhile(monkeypatch, times):
    """Somebody sets a budget, so many times, just before what becomes of an order is counted."""
    write, left = acts.write, [times]

    def moving(write_set):
        if left[0]:
            left[0] -= 1
            versions.bump(budgets.VERSION)
        write(write_set)

    monkeypatch.setattr(acts, "write", moving)


def test_of_an_order_of_several_things_only_what_came_back_is_free_again(office):
    given_item("desk", "abc-purchasing", "Desk", "130.00", cost="80.00", tax_code="")
    given_budget("1000.00")
    reference, seller = buy(office, ("chair", 2), ("desk", 2)), office.actor(TOR)
    before = taken()[0]
    trade.confirm_delivery(by=seller, at=AT, reference=reference)
    trade.return_items(by=seller, at=AT, reference=reference, pieces={1: 1}, reason="Broken.")
    assert taken() == (before - eur("100.00"), eur("0.00"))
    assert recounted_alike()


def test_what_is_called_off_while_budgets_are_set_is_counted_once_or_not_called_off_at_all(office, monkeypatch):
    given_budget("9000.00")
    reference, other = buy(office, ("chair", 1)), buy(office, ("chair", 2), key="second")
    set_meanwhile(monkeypatch, 1)
    trade.cancel_order(by=office.actor(INES), at=AT, reference=reference, reason="Found one.")
    assert taken() == (eur("200.00"), eur("0.00"))
    set_meanwhile(monkeypatch, 9)
    with nothing_written(), pytest.raises(GateClosed):
        trade.cancel_order(by=office.actor(INES), at=AT, reference=other, reason="Found two.")
    assert (Order.objects.get(reference=other).state, taken()) == ("PLACED", (eur("200.00"), eur("0.00")))


def test_what_comes_back_or_never_comes_is_free_again(office):
    given_budget("1000.00")
    reference, seller = buy(office, ("chair", 5)), office.actor(TOR)
    trade.confirm_delivery(by=seller, at=AT, reference=reference, pieces={1: 3})
    trade.return_items(by=seller, at=AT, reference=reference, pieces={1: 1}, reason="Broken.")
    assert taken() == (eur("400.00"), eur("0.00"))
    trade.cancel_order(by=office.actor(INES), at=AT, reference=reference, reason="Enough.")
    assert taken() == (eur("200.00"), eur("0.00"))
    assert recounted_alike()


def test_a_budget_that_stops_refuses_what_is_beyond_it_whole_and_says_what_is_left(office):
    given_budget("250.00")
    buy(office, ("chair", 1))
    with nothing_written(), pytest.raises(Refusal) as caught:
        buy(office, ("chair", 2), key="second")
    assert caught.value.reason.code == "budget_spent"
    assert dict(caught.value.reason.facts) == {
        "unit": "IT", "since": FIRST, "last": LAST, "left": eur("150.00"), "total": eur("200.00"),
    }  # fmt: skip
    assert taken() == (eur("100.00"), eur("0.00"))


def test_a_budget_can_be_used_to_the_last_cent(office):
    given_budget("200.00")
    buy(office, ("chair", 2))
    assert taken() == (eur("200.00"), eur("0.00"))


def test_a_budget_that_tells_lets_the_order_through_and_shows_what_is_missing(office):
    given_budget("150.00", rule=BudgetRule.WARN)
    asked = queries.quote_for(viewer=office.actor(INES, acting_for="abc-it"), at=AT, lines=[Wanted("chair", 2)]).budgets
    assert [(each.left, each.asked, each.allotted.stops) for each in asked] == [(eur("-50.00"), eur("200.00"), False)]
    buy(office, ("chair", 2))
    assert taken() == (eur("200.00"), eur("0.00"))


def test_a_sister_companys_delivery_is_taken_without_its_tax(office):
    given_budget("100.00")
    buy(office, ("widget-a", 10))
    assert Order.objects.get().total_minor == 4_356
    assert taken() == (eur("36.00"), eur("0.00"))
    assert recounted_alike()


def test_a_purchase_of_a_person_for_work_is_taken_with_its_tax(office):
    given_budget("500.00", centre="abc-purchasing")
    given_budget("500.00")
    office.order(INES, ("coffee-machine", 1), settlement=Settlement.COST_CENTRE, cost_centre="abc-it")
    assert taken() == (eur("0.00"), eur("90.75"))
    assert recounted_alike()
    assert taken("abc-purchasing") == (eur("0.00"), eur("0.00"))


def test_a_private_purchase_takes_of_no_budget(office):
    given_budget("500.00", centre="abc-shop-centre")
    office.order(MAYA, ("coffee-machine", 1))
    assert taken("abc-shop-centre") == (eur("0.00"), eur("0.00"))


def test_what_is_above_has_a_budget_of_its_own(office):
    given_budget("500.00", centre="abc")
    buy(office, ("chair", 1))
    assert taken("abc") == (eur("0.00"), eur("0.00"))


def test_the_budget_of_the_day_of_the_order_is_taken(office):
    given_budget("500.00", last_day=date(2026, 10, 31))
    given_budget("500.00", starts=date(2026, 11, 1))
    buy(office, ("chair", 1))
    assert taken() == (eur("0.00"), eur("0.00"))
    assert taken(starts=date(2026, 11, 1)) == (eur("100.00"), eur("0.00"))


def test_orders_before_the_budget_was_set_count(office):
    buy(office, ("chair", 60))
    reference = buy(office, ("chair", 4), key="second")
    declined = buy(office, ("chair", 70), key="third")
    trade.decline_order(by=office.actor(HENK), at=AT, reference=declined, reason="No.")
    trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=reference)
    trade.return_items(by=office.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="Broken.")
    given_budget("7000.00")
    assert taken() == (eur("300.00"), eur("6000.00"))
    with pytest.raises(Refusal):
        buy(office, ("chair", 8), key="fourth")


def test_past_orders_count_and_none_is_refused_for_what_has_happened(office):
    given_budget("150.00")
    past = [
        PastOrder(by=office.actor(INES), at=AT - timedelta(days=1), lines=(Wanted("chair", 2),), customer="abc-it"),
        PastOrder(by=office.actor(INES), at=AT, lines=(Wanted("chair", 1),), customer="abc-it"),
    ]
    assert trade.place_orders_set_wise(by=HOUSE, at=AT, orders=past) == 2
    assert taken() == (eur("300.00"), eur("0.00"))
    assert recounted_alike()


def test_raising_it_lets_the_next_order_through_and_is_told_in_the_audit(office):
    given_budget("100.00")
    buy(office, ("chair", 1))
    with pytest.raises(Refusal):
        buy(office, ("chair", 1), key="second")
    given_budget("200.00", by=office.actor(LUCA), source="Board of 3 November")
    buy(office, ("chair", 1), key="third")
    noted = AuditRow.objects.filter(act="trade.set_budget", thing=f"budget {KEY}").order_by("id").last()
    assert noted.facts == {
        "amount": "200.00 EUR", "before": "100.00 EUR", "last_day": "2026-12-31", "rule": "STOP",
        "source": "Board of 3 November",
    }  # fmt: skip


def test_a_lifted_budget_holds_nobody_and_can_be_set_again(office):
    given_budget("100.00")
    buy(office, ("chair", 1))
    trade.lift_budget(by=office.actor(LUCA), at=AT, key=KEY)
    assert (Budget.objects.count(), BudgetUse.objects.count()) == (0, 0)
    reference = buy(office, ("chair", 2), key="second")
    trade.cancel_order(by=office.actor(INES), at=AT, reference=reference, reason="Found one.")
    given_budget("300.00")
    assert taken() == (eur("100.00"), eur("0.00"))
    with pytest.raises(NotThere):
        trade.lift_budget(by=HOUSE, at=AT, key="abc-it:2025-01-01")


def test_only_controllers_of_the_company_set_and_lift_it(office):
    given_budget("100.00")
    for by in (NOBODY, office.actor(INES), office.actor(HENK)):
        with nothing_written(), pytest.raises(Refused):
            given_budget("9.00", by=by)
        with nothing_written(), pytest.raises(Refused):
            trade.lift_budget(by=by, at=AT, key=KEY)
        with nothing_written(), pytest.raises(Refused):
            trade.import_budgets(by=by, at=AT, tables={"budgets": ()})
    with nothing_written(), pytest.raises(Refused):
        given_budget("9.00", centre="fjord", by=office.actor(LUCA))


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"amount": Money(-1, "EUR")}, "budget_not_usable", "amount"),
        ({"amount": Money(10**17, "EUR")}, "budget_not_usable", "amount"),
        ({"amount": Money(100, "NOK")}, "budget_currency", "currency"),
        ({"last_day": date(2025, 12, 31)}, "budget_days", "last_day"),
        ({"last_day": date.max}, "budget_days", "last_day"),
        ({"starts": date(2026, 3, 1), "last_day": date(2026, 3, 31)}, "budget_overlaps", "valid_from"),
    ],
)
def test_what_cannot_be_a_budget_is_refused(office, changed, code, where):
    given_budget("100.00")
    asked = {"centre": "abc-it", "starts": FIRST, "last_day": LAST, "amount": eur("1.00")} | changed
    with nothing_written(), pytest.raises(Refusal) as caught:
        trade.set_budget(by=HOUSE, at=AT, **asked)
    assert (caught.value.reason.code, caught.value.where) == (code, where)


@pytest.mark.parametrize("centre", ["maya-lund", "nowhere"])
def test_only_units_and_companies_have_one(office, centre):
    with nothing_written(), pytest.raises(NotThere):
        given_budget("1.00", centre=centre)


def test_an_order_in_another_currency_is_stopped_or_not_counted(office, monkeypatch):
    given_budget("100.00")
    foreign = replace(budgets.on_day("abc-it", ON), amount=Money(100, "NOK"))
    monkeypatch.setattr(budgets, "on_day", lambda _centre, _on: foreign)
    with nothing_written(), pytest.raises(Refusal) as caught:
        buy(office, ("chair", 1))
    assert caught.value.reason.code == "budget_other_currency"
    monkeypatch.setattr(budgets, "on_day", lambda _centre, _on: replace(foreign, rule=BudgetRule.WARN))
    reference = buy(office, ("chair", 1))
    trade.cancel_order(by=office.actor(INES), at=AT, reference=reference, reason="Found one.")
    assert taken() == (eur("0.00"), eur("0.00"))


def test_who_reads_a_budget(office):
    given_budget("100.00")
    given_budget("9.00", centre="xyz")

    def seen(by):
        page = budgets.listed(viewer=by, at=AT, params={})
        return sorted(row.allotted.centre for row in page.rows)

    assert seen(office.actor(INES)) == seen(office.actor(HENK)) == ["abc-it"]
    assert seen(office.actor(LUCA)) == seen(HOUSE) == ["abc-it", "xyz"]
    assert seen(office.actor(MAYA)) == seen(office.actor(TOR)) == seen(NOBODY) == []
    with pytest.raises(NotThere):
        budgets.one(viewer=office.actor(RATNA), at=AT, key=KEY)
    for key in ("abc-it", "abc-it:soon", "abc-it:2025-01-01"):
        with pytest.raises(NotThere):
            budgets.one(viewer=HOUSE, at=AT, key=key)


def test_the_list_is_searched_and_shows_what_was_taken(office):
    given_budget("500.00")
    buy(office, ("chair", 1))
    buy(office, ("chair", 3), key="second")
    (row,) = budgets.listed(viewer=HOUSE, at=AT, params={"text": "abc-i"}).rows
    assert (row.posted, row.committed, row.left, row.allotted.key) == (eur("400.00"), eur("0.00"), eur("100.00"), KEY)
    assert budgets.listed(viewer=HOUSE, at=AT, params={"text": "no such"}).rows == ()
    assert [each.left for each in budgets.running(viewer=office.actor(INES), at=AT)] == [eur("100.00")]
    assert budgets.running(viewer=office.actor(INES), at=AT, centre="abc") == ()


def row(line=2, **values):
    return Row("budgets.csv", line, {"centre": "abc-it", "valid_from": "2026-01-01", "last_day": "2026-12-31",
                                     "amount": "100.00", "currency": "EUR", **values})  # fmt: skip


def bring(*rows, by=HOUSE, **more):
    return trade.import_budgets(by=by, at=AT, tables={"budgets": rows}, **more)


def test_a_file_sets_budgets_and_a_second_time_changes_nothing(office):
    rows = (row(rule="STOP"), row(3, centre="abc-purchasing", amount="50"))
    assert (report := bring(*rows)).written
    assert (report.added, report.changed, report.report.good) == (2, 0, 2)
    assert [(each.amount, each.rule) for each in budgets.of_centre("abc-it")] == [(eur("100.00"), BudgetRule.STOP)]
    again = bring(*rows)
    assert (again.added, again.changed) == (0, 0)
    raised = bring(row(amount="120.00"), by=office.actor(LUCA), source="Second round")
    assert (raised.added, raised.changed) == (0, 1)
    assert AuditRow.objects.filter(act="trade.set_budget").order_by("id").last().facts["source"] == "Second round"


def test_a_dry_run_and_a_file_with_a_bad_row_write_nothing(office):
    assert not bring(row(), dry_run=True).written
    bad = (
        row(),
        row(3, centre="nowhere"),
        row(4, centre="abc-shops", amount="much"),
        row(5, centre="abc-shops", valid_from="2027-01-01"),
        RowProblem("budgets.csv", 6, "", "not_csv", {}),
    )
    report = bring(*bad)
    assert not report.written
    assert [(each.line, each.column, each.code) for each in report.report.problems] == [
        (3, "centre", "id_unknown"), (4, "amount", "budget_not_usable"), (5, "last_day", "budget_days"), (6, "", "not_csv"),
    ]  # fmt: skip
    assert Budget.objects.count() == 0
    assert bring(*bad, good_rows=True).written
    assert [each.centre.code for each in Budget.objects.all()] == ["abc-it"]


def test_somebody_elses_cost_centre_is_a_problem_of_its_row(office):
    report = bring(row(), row(3, centre="fjord"), by=office.actor(LUCA))
    assert [(each.line, each.column, each.code) for each in report.report.problems] == [
        (3, "centre", "not_setter_of_budgets")
    ]


def test_what_a_file_set_is_journalled_so_that_it_can_be_taken_back(office):
    given_budget("50.00")
    journal = Journal()
    bring(row(), row(3, centre="abc-purchasing"), journal=journal)
    changed, added = Budget.objects.get(centre__code="abc-it"), Budget.objects.get(centre__code="abc-purchasing")
    told = {"until": "2027-01-01", "currency": "EUR"}
    assert journal.entries == [
        ("trade.Budget", changed.pk, "CHANGED", {
            "before": told | {"amount_minor": 5_000, "rule": "STOP"}, "after": told | {"amount_minor": 10_000, "rule": "WARN"},
        }),
        ("trade.Budget", added.pk, "ADDED", None),
    ]  # fmt: skip


def test_policy_of_budgets():
    controller = given_nobody_but("CONTROLLER", "abc")
    assert policy.may_set_budget(controller, company="abc", on=ON)
    assert not policy.may_set_budget(controller, company="xyz", on=ON)
    assert not policy.may_set_budget(NOBODY, company="abc", on=ON)
    assert policy.may_set_some_budget(controller, on=ON)
    assert not policy.may_set_some_budget(given_nobody_but("BUYER", "abc"), on=ON)
    assert not policy.may_set_some_budget(NOBODY, on=ON)
    assert policy.may_set_every_budget(HOUSE, on=ON)
    assert not policy.may_set_every_budget(controller, on=ON)
    assert not policy.may_set_every_budget(NOBODY, on=ON)
    assert policy.budgets_seen_by(HOUSE, on=ON) is None


def given_nobody_but(role, over):
    return Actor(1, "p", None, (Grant(role, over, frozenset({over}), Period()),), subject="s")
