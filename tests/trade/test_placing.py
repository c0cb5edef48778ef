"""Placing an order: what is written to the last row, what is refused whole, and that the same submission is one order."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_person, given_role, given_user, given_work, nothing_written
from tests.cast import HENK, INES, JONAS, MAYA, NORA, RATNA, TOR
from tests.shop import change_price, given_item
from tests.trade import looking

from inward.catalogue import operations as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit import idempotency, versions
from inward.kit.actor import NOBODY
from inward.kit.models import IdempotencyReceipt
from inward.kit.policy import Refused
from inward.kit.transaction import transaction
from inward.kit.writing import GateClosed
from inward.ledger import operations as ledger
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.models import Order, OrderLine
from inward.trade.operations import AllowanceSpent, PriceChanged, placing
from inward.trade.vocabulary import OrderState, Settlement


def eur(amount):
    return Money.of(amount, "EUR")


def place(by, *lines, expected, key="k", **more):
    wanted = [Wanted(code, pieces) for code, pieces in lines]
    return trade.place_order(by=by, at=more.pop("at", AT), lines=wanted, expected=eur(expected), key=key, **more)


def test_a_private_purchase_is_written_whole(house):
    maya = house.actor(MAYA)
    receipt = place(maya, ("coffee-machine", 2), expected="181.50", note="Please ring twice.")
    order = Order.objects.select_related("person", "customer", "supplier", "supplier_company", "customer_company").get()
    assert (receipt.reference, receipt.number, receipt.state) == (order.reference, order.number, OrderState.PLACED)
    assert (receipt.total, receipt.again) == (eur("181.50"), False)
    assert (order.placed_at, order.state, order.subject) == (AT, "PLACED", maya.subject)
    assert [party.code for party in (order.person, order.customer, order.customer_company)] == [
        "maya-lund",
        "maya-lund",
        "abc",
    ]
    assert (order.supplier.code, order.supplier_company.code, order.cost_centre) == ("abc", "abc", None)
    assert (order.standing, order.kind, order.definition) == ("internal", "staff", "strict_majority")
    assert [ground["code"] for ground in order.grounds] == ["works_for"]
    assert (order.nearest_miss, order.approval, order.note) == (None, None, "Please ring twice.")
    assert (order.net_minor, order.tax_minor, order.total_minor, order.saving_minor) == (15_000, 3_150, 18_150, 6_050)
    assert (order.currency, order.settlement) == ("EUR", "PAYROLL")
    assert order.allowances == [{"scheme": "abc-staff", "period": "2026", "money": 18_150, "units": 2}]
    line = OrderLine.objects.select_related("offering").get()
    assert (line.position, line.offering.code, line.code, line.name, line.quantity) == (
        1,
        "coffee-machine",
        "coffee-machine",
        "Coffee machine",
        2,
    )
    assert (line.includes_tax, line.tax_code, line.cost_minor) == (True, "STANDARD", 12_000)
    assert (line.ordinary_minor, line.price_minor, line.saving_minor) == (24_200, 18_150, 6_050)
    assert (line.net_minor, line.tax_minor, line.gross_minor) == (15_000, 3_150, 18_150)
    (part,) = line.parts
    assert (part["rule"], part["scheme"], part["quantity"], part["drawn"], part["basis"]) == (
        "staff-abc",
        "abc-staff",
        2,
        18_150,
        "staff",
    )
    assert [(traced["rule"], traced["outcome"]) for traced in line.trace] == [
        ("staff-abc", "won"),
        ("list-coffee-machine", "lost"),
    ]
    assert looking.steps(order.reference) == [("PLACED", "maya-lund", {})]
    assert looking.counted(order.reference) == [(0, 0)]
    assert looking.used("maya-lund") == {"abc-staff": (18_150, 2)}
    assert looking.posted(order.reference) == [
        (
            "abc",
            "STAFF_SALE",
            [("EMPLOYEE_RECEIVABLE", 18_150, None), ("STAFF_REVENUE", -15_000, None), ("OUTPUT_TAX", -3_150, None)],
        )
    ]
    assert looking.told() == ["trade.OrderPlaced"]
    assert looking.audited(order.reference) == ["trade.place_order"]
    assert looking.receipts() == 1


def test_an_order_above_the_limit_waits_posts_nothing_and_asks_whoever_holds_the_budget(house):
    ines = house.actor(INES, acting_for="abc")
    receipt = place(ines, ("widget-a", 2000), expected="8712.00")
    order = Order.objects.get()
    assert (receipt.state, order.state) == (OrderState.AWAITING_APPROVAL, "AWAITING_APPROVAL")
    assert (order.approval["unit"], order.approval["requester"]) == ("abc", "ines-contarini")
    assert order.approval["steps"][0]["who"] == ["henk-verhoef"]
    assert looking.posted(order.reference) == []
    assert looking.steps(order.reference) == [("APPROVAL_ASKED", "ines-contarini", {"unit": "abc"})]
    assert looking.told() == ["trade.ApprovalAsked"]


def test_who_may_not_order_writes_nothing(house):
    for by, customer in (
        (NOBODY, None),
        (house.actor(MAYA), "abc"),
        (house.actor(MAYA), "tor-bergli"),
        (house.actor(JONAS), "maya-lund"),
    ):
        with nothing_written(), pytest.raises(Refused):
            place(by, ("coffee-machine", 1), expected="90.75", customer=customer)


def test_a_buyer_for_everything_buys_for_no_person(house):
    buys_all = given_actor("buys-all", ("BUYER", None))
    with nothing_written(), pytest.raises(Refusal) as caught:
        place(buys_all, ("coffee-machine", 1), expected="90.75", customer="maya-lund")
    assert caught.value.reason.code == "private_for_oneself"


def test_a_cost_centre_that_one_does_not_buy_for_is_refused(house):
    with nothing_written(), pytest.raises(Refused) as caught:
        place(
            house.actor(MAYA),
            ("coffee-machine", 1),
            expected="90.75",
            settlement=Settlement.COST_CENTRE,
            cost_centre="abc-it",
        )
    assert caught.value.reasons[0].code == "not_buyer_for"


def test_a_private_purchase_on_a_cost_centre_asks_its_budget(house):
    given_role(house.users[INES.code], "BUYER", "xyz")
    receipt = place(
        house.actor(INES),
        ("coffee-machine", 1),
        expected="90.75",
        settlement=Settlement.COST_CENTRE,
        cost_centre="abc-purchasing",
    )
    order = Order.objects.select_related("cost_centre").get()
    assert (receipt.state, order.cost_centre.code, order.approval["unit"]) == (
        OrderState.AWAITING_APPROVAL,
        "abc-purchasing",
        "abc-purchasing",
    )
    with pytest.raises(Refusal) as caught:
        place(
            house.actor(INES),
            ("coffee-machine", 1),
            expected="90.75",
            key="2",
            settlement=Settlement.COST_CENTRE,
            cost_centre="xyz-sales",
        )
    assert caught.value.reason.code == "cost_centre_elsewhere"


def test_where_nobody_else_holds_the_budget_the_order_is_refused_and_does_not_wait_for_ever(house):
    given_person("solo-buyer")
    given_work("solo-buyer", "xyz", unit="xyz-plant")
    user = given_user("solo", person="solo-buyer")
    for role in ("BUYER", "BUDGET_HOLDER"):
        given_role(user, role, "xyz-plant")
    trade.set_approval_limit(by=HOUSE, at=AT, party="xyz-plant", limit=eur("1.00"))
    from tests.builders import actor

    with nothing_written(), pytest.raises(Refusal) as caught:
        place(actor(user), ("widget-a", 100), expected="500.00", customer="xyz-plant")
    assert caught.value.reason.code == "nobody_to_approve"


def test_a_price_that_moved_is_told_with_the_new_one_and_nothing_is_written(house):
    change_price("coffee-machine", "abc", "130.00", includes_tax=True)
    with nothing_written(), pytest.raises(PriceChanged) as caught:
        place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75")
    assert caught.value.reason.code == "price_changed"
    assert caught.value.decision.quote.total == eur("97.50")


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        ([], {}, "lines_missing"),
        ([("gone", 1)], {}, "offering_gone"),
        ([("coffee-machine", 0)], {}, "quantity_below_one"),
        ([("coffee-machine", -1)], {}, "quantity_below_one"),
        ([("coffee-machine", 10**9 + 1)], {}, "quantity_too_large"),
        ([("coffee-machine", 1), ("widget-a", 1)], {}, "lines_of_several_suppliers"),
        ([("coffee-machine", 1)], {"settlement": Settlement.INVOICE}, "settlement_not_open"),
        ([("coffee-machine", 1)], {"settlement": Settlement.COST_CENTRE}, "cost_centre_missing"),
        ([("coffee-machine", 1)], {"note": "x" * 501}, "text_too_long"),
    ],
)
def test_what_is_no_order_is_refused_whole(house, lines, more, code):
    with nothing_written(), pytest.raises(Refusal) as caught:
        place(house.actor(MAYA), *lines, expected="90.75", **more)
    assert caught.value.reason.code == code


def test_what_is_withdrawn_is_neither_priced_for_anybody_nor_ordered_from_a_page_of_before(house):
    maya = house.actor(MAYA)
    before = queries.quote_for(viewer=maya, at=AT, lines=[Wanted("coffee-machine", 1)])
    assert before.quote.total == eur("90.75")
    catalogue.withdraw_item(by=HOUSE, at=AT, offering="coffee-machine")
    with nothing_written(), pytest.raises(Refusal) as refused:
        place(maya, ("coffee-machine", 1), expected="90.75")
    with pytest.raises(Refusal) as asked:
        queries.quote_for(viewer=maya, at=AT, lines=[Wanted("coffee-machine", 1)])
    assert refused.value.reason == asked.value.reason
    assert (refused.value.reason.code, refused.value.where) == ("offering_withdrawn", "line 1")
    catalogue.offer_item_again(by=HOUSE, at=AT, offering="coffee-machine")
    place(maya, ("coffee-machine", 1), expected="90.75")
    assert Order.objects.count() == 1


def test_in_a_closed_month_and_without_books_nothing_is_sold(house):
    ledger.close_period(by=HOUSE, at=AT, company="abc", month=date(2026, 11, 1))
    given_item("room", "bellavista", "A room", "100.00", cost="50.00", tax_code="")
    for item, price, code in (("coffee-machine", "90.75", "period_closed"), ("room", "100.00", "books_not_opened")):
        with pytest.raises(Refusal) as caught:
            place(house.actor(MAYA), (item, 1), expected=price)
        assert caught.value.reason.code == code
    assert (Order.objects.count(), looking.receipts(), looking.told()) == (0, 0, [])
    assert looking.used("maya-lund") == {}


def test_the_same_submission_twice_is_one_order(house):
    first = place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75")
    with nothing_written():
        again = place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75")
    assert again == replace(first, again=True)


def test_it_is_still_one_order_when_the_price_has_moved_in_between(house):
    first = place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75")
    change_price("coffee-machine", "abc", "130.00", includes_tax=True)
    assert place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75") == replace(first, again=True)


def test_the_same_key_with_another_body_is_refused_and_another_actor_has_her_own_keys(house):
    place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75")
    with nothing_written(), pytest.raises(idempotency.KeyReused):
        place(house.actor(MAYA), ("coffee-machine", 2), expected="181.50")
    assert place(house.actor(TOR), ("coffee-machine", 1), expected="90.75").again is False
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", ["", "   ", "x" * 201, "a\nb"])
def test_a_key_that_cannot_be_kept_is_refused(house, key):
    with nothing_written(), pytest.raises(idempotency.KeyUnfit):
        place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75", key=key)


def test_what_was_drawn_meanwhile_closes_the_gate_and_the_price_without_it_is_told(house, monkeypatch):
    """As if two had decided on the same rest of the allowance: the second is told, not served."""
    decided = placing._decided

    def as_if_nothing_were_drawn(wish, at):
        monkeypatch.setattr(placing, "_decided", decided)
        return queries.decision_for(
            world=placing.parties.world(), book=placing.catalogue.price_book(), wish=wish, on=at.date(), used=()
        )

    place(house.actor(MAYA), ("coffee-machine", 6), expected="544.50")
    monkeypatch.setattr(placing, "_decided", as_if_nothing_were_drawn)
    with nothing_written(), pytest.raises(AllowanceSpent) as caught:
        place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75", key="second")
    assert caught.value.reason.code == "allowance_spent"
    assert caught.value.decision.quote.total == eur("121.00")
    assert looking.used("maya-lund") == {"abc-staff": (54_450, 6)}


def moved(monkeypatch, name, times):
    """Somebody changes what the decision rested on, so many times, just before it is written."""
    write, left = placing.write, [times]

    def moving(write_set):
        if left[0]:
            left[0] -= 1
            with transaction():
                versions.bump(name)
        write(write_set)

    monkeypatch.setattr(placing, "write", moving)


@pytest.mark.parametrize("name", ["parties", "catalogue", "trade"])
def test_when_the_ground_moves_once_it_is_decided_again_and_when_it_goes_on_moving_it_is_said(house, monkeypatch, name):
    moved(monkeypatch, name, 1)
    assert place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75").state is OrderState.PLACED
    assert (Order.objects.count(), looking.used("maya-lund")) == (1, {"abc-staff": (9_075, 1)})
    moved(monkeypatch, name, 2)
    with pytest.raises(GateClosed):
        place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75", key="second")
    assert Order.objects.count() == 1


def test_of_the_same_submission_at_once_the_loser_is_answered_as_the_winner(house, monkeypatch):
    """The winner's receipt comes between the decision of the other and its write."""
    write, maya = placing.write, house.actor(MAYA)

    def after_the_winner(write_set):
        monkeypatch.setattr(placing, "write", write)
        place(maya, ("coffee-machine", 1), expected="90.75")
        write(write_set)

    monkeypatch.setattr(placing, "write", after_the_winner)
    receipt = place(maya, ("coffee-machine", 1), expected="90.75")
    assert receipt.again
    assert (Order.objects.count(), IdempotencyReceipt.objects.count()) == (1, 1)
    assert looking.used("maya-lund") == {"abc-staff": (9_075, 1)}


def test_a_sister_company_s_order_is_in_both_books_under_one_reference(house):
    receipt = place(house.actor(INES, acting_for="abc-purchasing"), ("widget-a", 10), expected="43.56")
    assert looking.posted(receipt.reference) == [
        ("xyz", "INTERCOMPANY_SALE", [("INTERCOMPANY_RECEIVABLE", 4_356, None), ("INTERCOMPANY_REVENUE", -3_600, None), ("OUTPUT_TAX", -756, None)]),
        ("abc", "INTERCOMPANY_PURCHASE", [("INTERCOMPANY_PURCHASE", 3_600, "abc-purchasing"), ("INPUT_TAX", 756, None), ("INTERCOMPANY_PAYABLE", -4_356, None)]),
    ]  # fmt: skip


def test_the_order_keeps_what_was_decided_when_everything_changes(house):
    receipt = place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75")
    before = queries.order(viewer=house.actor(MAYA), at=AT, reference=receipt.reference)
    change_price("coffee-machine", "abc", "300.00", includes_tax=True)
    after = queries.order(viewer=house.actor(MAYA), at=AT, reference=receipt.reference)
    assert (after.lines, after.standing, after.row) == (before.lines, before.standing, before.row)


def test_on_the_last_day_of_the_year_the_allowance_is_that_year_s(house):
    last, first = datetime(2026, 12, 31, 22, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC)
    place(house.actor(MAYA), ("coffee-machine", 6), expected="544.50", at=last)
    assert (
        place(house.actor(MAYA), ("coffee-machine", 6), expected="544.50", key="2", at=first).state is OrderState.PLACED
    )
    periods = {use["period"] for order in Order.objects.all() for use in order.allowances}
    assert periods == {"2026", "2027"}


def test_numbers_and_references_are_each_order_s_own(house):
    receipts = [place(house.actor(MAYA), ("coffee-machine", 1), expected="90.75", key=str(n)) for n in range(3)]
    assert len({receipt.number for receipt in receipts}) == len({receipt.reference for receipt in receipts}) == 3
    assert AT.date() == ON
    assert {HENK.code, NORA.code, RATNA.code}.isdisjoint(looking.used(HENK.code))
