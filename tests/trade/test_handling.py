"""What becomes of an order: approved, declined, handed over, called off, taken back. Each way out, and what it left alone."""

from datetime import UTC, date, datetime

import pytest
from tests.builders import AT, HOUSE, given_actor, given_role, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, NORA, RATNA, TOR
from tests.shop import given_item
from tests.trade import looking

from inward.core.terms import Money, Refusal
from inward.kit import idempotency
from inward.kit.actor import NOBODY
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.ledger import operations as ledger
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.announcements import OrderCancelled
from inward.trade.models import Order
from inward.trade.vocabulary import OrderState, Settlement

LATER = datetime(2027, 2, 3, 9, tzinfo=UTC)


def eur(amount):
    return Money.of(amount, "EUR")


def refused(act, code):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act()
    assert caught.value.reason.code == code
    return caught.value


@pytest.fixture
def mine(house):
    """Eight machines: six at staff price for 544.50, two at 121.00."""
    return house.order(MAYA, ("coffee-machine", 8)).reference


@pytest.fixture
def waiting(house):
    return house.order(INES, ("widget-a", 2000), customer="abc").reference


def approve(house, reference, part=HENK, at=AT):
    return trade.approve_order(by=house.actor(part), at=at, reference=reference)


def decline(house, reference, part=HENK, reason="Too many."):
    return trade.decline_order(by=house.actor(part), at=AT, reference=reference, reason=reason)


def cancel(house, reference, part=MAYA, reason="No longer needed.", at=AT):
    return trade.cancel_order(by=house.actor(part), at=at, reference=reference, reason=reason)


def deliver(house, reference, pieces=None, part=TOR, **more):
    return trade.confirm_delivery(by=house.actor(part), at=AT, reference=reference, pieces=pieces, **more)


def take_back(house, reference, pieces, part=TOR, reason="Broken.", at=AT, **more):
    return trade.return_items(by=house.actor(part), at=at, reference=reference, pieces=pieces, reason=reason, **more)


ACTS = {
    "approve": lambda by, reference: trade.approve_order(by=by, at=AT, reference=reference),
    "decline": lambda by, reference: trade.decline_order(by=by, at=AT, reference=reference, reason="No."),
    "cancel": lambda by, reference: trade.cancel_order(by=by, at=AT, reference=reference, reason="No."),
    "deliver": lambda by, reference: trade.confirm_delivery(by=by, at=AT, reference=reference),
    "return": lambda by, reference: trade.return_items(by=by, at=AT, reference=reference, pieces={1: 1}, reason="No."),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_order_that_one_may_not_see_is_not_there(house, mine, act):
    for by in (NOBODY, house.actor(NORA), house.actor(HENK), house.actor(INES), house.actor(LUCA), house.actor(RATNA)):
        with nothing_written(), pytest.raises(NotThere):
            ACTS[act](by, mine)
    with nothing_written(), pytest.raises(NotThere):
        ACTS[act](HOUSE, "no-such-order")


@pytest.mark.parametrize("act", ["approve", "decline", "deliver", "return"])
def test_whoever_ordered_does_none_of_it_herself(house, mine, act):
    with nothing_written(), pytest.raises(Refused):
        ACTS[act](house.actor(MAYA), mine)


# --- approval -------------------------------------------------------------------------------------------------------


def test_approved_it_is_binding_at_the_price_that_was_asked_and_posted_that_day(house, waiting):
    assert looking.posted(waiting) == []
    assert approve(house, waiting) is OrderState.PLACED
    assert looking.state(waiting) == "PLACED"
    assert [entry[:2] for entry in looking.posted(waiting)] == [
        ("xyz", "INTERCOMPANY_SALE"),
        ("abc", "INTERCOMPANY_PURCHASE"),
    ]
    assert looking.steps(waiting)[-1] == ("APPROVED", "henk-verhoef", {})
    assert looking.told() == ["trade.ApprovalAsked", "trade.OrderPlaced"]
    assert looking.audited(waiting) == ["trade.place_order", "trade.approved"]
    said = Order.objects.get(reference=waiting).approval["steps"][0]["decided"]
    assert [(each["by"], each["approved"]) for each in said] == [("henk-verhoef", True)]


def test_approving_or_declining_twice_is_refused_and_posts_once(house, waiting):
    approve(house, waiting)
    refused(lambda: approve(house, waiting), "order_not_waiting")
    refused(lambda: decline(house, waiting), "order_not_waiting")
    assert len(looking.posted(waiting)) == 2


def test_nobody_approves_her_own_order_in_whatever_role_or_for_whomever_she_acts(house, waiting):
    given_role(house.users[INES.code], "BUDGET_HOLDER", "abc")
    for by in (house.actor(INES), house.actor(INES, acting_for="abc-purchasing")):
        for act in ("approve", "decline"):
            with nothing_written(), pytest.raises(Refused) as caught:
                ACTS[act](by, waiting)
            assert caught.value.reasons[0].code == "own_order_not_decided"


def test_a_seller_sees_what_waits_and_cannot_approve_it(house, waiting):
    with nothing_written(), pytest.raises(Refused) as caught:
        approve(house, waiting, RATNA)
    assert caught.value.reasons[0].code == "not_approver_for"


def test_whoever_holds_the_budget_by_now_may_decide_although_she_was_not_asked_then(house, waiting):
    newcomer = given_actor("newcomer", ("BUDGET_HOLDER", "abc"))
    assert trade.approve_order(by=newcomer, at=AT, reference=waiting) is OrderState.PLACED


def test_where_two_must_agree_the_first_word_does_not_bind(house, waiting):
    order = Order.objects.get(reference=waiting)
    step = order.approval["steps"][0]
    order.approval = {**order.approval, "steps": [{**step, "needed": 2, "who": ["henk-verhoef", "luca-bilancini"]}]}
    order.save(update_fields=["approval"])
    assert approve(house, waiting) is OrderState.AWAITING_APPROVAL
    assert (looking.posted(waiting), looking.told()) == ([], ["trade.ApprovalAsked"])
    refused(lambda: approve(house, waiting), "not_asked_to_decide")
    given_role(house.users[LUCA.code], "BUDGET_HOLDER", "abc")
    assert approve(house, waiting, LUCA) is OrderState.PLACED
    assert len(looking.posted(waiting)) == 2


def test_in_a_closed_month_it_cannot_be_approved_and_still_waits(house, waiting):
    ledger.close_period(by=HOUSE, at=AT, company="abc", month=date(2026, 11, 1))
    refused(lambda: approve(house, waiting), "period_closed")
    assert looking.state(waiting) == "AWAITING_APPROVAL"


def test_declined_it_says_why_and_posts_nothing(house, waiting):
    assert decline(house, waiting) is OrderState.DECLINED
    assert (looking.state(waiting), looking.posted(waiting)) == ("DECLINED", [])
    assert looking.steps(waiting)[-1] == ("DECLINED", "henk-verhoef", {"reason": "Too many."})
    assert looking.told() == ["trade.ApprovalAsked", "trade.OrderDeclined"]
    for act in (approve, decline):
        refused(lambda act=act: act(house, waiting), "order_not_waiting")


def test_declining_gives_the_allowance_back(house):
    reference = house.order(
        INES, ("coffee-machine", 2), settlement=Settlement.COST_CENTRE, cost_centre="abc-purchasing"
    ).reference
    assert looking.used("ines-contarini") == {"abc-staff": (18_150, 2)}
    decline(house, reference)
    assert looking.used("ines-contarini") == {"abc-staff": (0, 0)}


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason_missing"), (" \n", "reason_missing"), ("x" * 501, "text_too_long")]
)
def test_without_a_reason_of_usable_length_nothing_is_declined_cancelled_or_taken_back(
    house, mine, waiting, reason, code
):
    refused(lambda: decline(house, waiting, reason=reason), code)
    refused(lambda: cancel(house, mine, reason=reason), code)
    deliver(house, mine)
    refused(lambda: take_back(house, mine, {1: 1}, reason=reason), code)


# --- handing over ---------------------------------------------------------------------------------------------------


def test_all_of_it_is_handed_over_at_once(house, mine):
    assert deliver(house, mine) is OrderState.DELIVERED
    assert looking.counted(mine) == [(8, 0)]
    assert looking.steps(mine)[-1] == ("DELIVERED", "tor-bergli", {"pieces": {"1": 8}})
    assert looking.told() == ["trade.OrderPlaced", "trade.OrderDelivered"]
    assert len(looking.posted(mine)) == 1


def test_some_of_it_is_handed_over_and_then_the_rest(house):
    given_item("kettle", "abc", "Kettle", "30.25", cost="10.00", includes_tax=True)
    reference = house.order(MAYA, ("coffee-machine", 3), ("kettle", 2)).reference
    assert deliver(house, reference, {1: 2, 2: 0}) is OrderState.PARTLY_DELIVERED
    assert looking.counted(reference) == [(2, 0), (0, 0)]
    refused(lambda: deliver(house, reference, {1: 2}), "more_than_ordered")
    assert deliver(house, reference, {2: 2}) is OrderState.PARTLY_DELIVERED
    assert deliver(house, reference) is OrderState.DELIVERED
    assert looking.counted(reference) == [(3, 0), (2, 0)]
    refused(lambda: deliver(house, reference), "order_not_deliverable")


@pytest.mark.parametrize(
    ("pieces", "code"),
    [({}, "nothing_chosen"), ({1: 0}, "nothing_chosen"), ({2: 1}, "unknown_line"), ({1: -1}, "unknown_line"), ({1: 9}, "more_than_ordered"), ({1: 10**30}, "more_than_ordered")],
)  # fmt: skip
def test_what_cannot_be_handed_over_is_refused_whole(house, mine, pieces, code):
    refused(lambda: deliver(house, mine, pieces), code)


def test_what_waits_for_approval_is_not_handed_over(house, waiting):
    refused(lambda: deliver(house, waiting, part=RATNA), "order_not_deliverable")


def test_the_same_hand_over_twice_is_one_and_another_under_its_key_is_refused(house, mine):
    assert deliver(house, mine, {1: 2}, key="k") is OrderState.PARTLY_DELIVERED
    with nothing_written():
        assert deliver(house, mine, {1: 2}, key="k") is OrderState.PARTLY_DELIVERED
    assert looking.counted(mine) == [(2, 0)]
    with nothing_written(), pytest.raises(idempotency.KeyReused):
        deliver(house, mine, {1: 3}, key="k")
    deliver(house, mine, {1: 2}, key="other")
    assert looking.counted(mine) == [(4, 0)]


def test_who_serves_for_the_house_hands_nothing_to_herself(house):
    reference = house.order(TOR, ("coffee-machine", 1)).reference
    with nothing_written(), pytest.raises(Refused) as caught:
        deliver(house, reference)
    assert caught.value.reasons[0].code == "never_to_oneself"


# --- calling off ----------------------------------------------------------------------------------------------------


def test_called_off_before_delivery_nothing_is_left_in_the_books_and_the_allowance_is_back(house, mine):
    assert looking.used("maya-lund") == {"abc-staff": (54_450, 6)}
    assert cancel(house, mine) is OrderState.CANCELLED
    assert looking.left_in_books(mine) == {}
    assert [entry[:2] for entry in looking.posted(mine)] == [("abc", "STAFF_SALE"), ("abc", "STAFF_SALE")]
    assert looking.used("maya-lund") == {"abc-staff": (0, 0)}
    assert looking.steps(mine)[-1] == ("CANCELLED", "maya-lund", {"reason": "No longer needed."})
    assert looking.told() == ["trade.OrderPlaced", "trade.OrderCancelled"]


def test_called_off_while_it_waits_posts_nothing_at_all(house, waiting):
    assert cancel(house, waiting, INES) is OrderState.CANCELLED
    assert looking.posted(waiting) == []
    refused(lambda: approve(house, waiting), "order_not_waiting")


def test_calling_off_twice_or_after_all_was_handed_over_is_refused(house, mine):
    deliver(house, mine)
    refused(lambda: cancel(house, mine), "order_not_cancellable")
    other = house.order(MAYA, ("coffee-machine", 1), key="second").reference
    cancel(house, other)
    refused(lambda: cancel(house, other), "order_not_cancellable")


def test_the_rest_of_an_order_partly_handed_over_is_called_off_and_given_back(house, mine):
    deliver(house, mine, {1: 5})
    assert cancel(house, mine, reason="Out of stock.") is OrderState.DELIVERED
    # The two at the ordinary price and one at staff price never went out.
    assert looking.steps(mine)[-1] == (
        "CANCELLED", "maya-lund", {"pieces": {"1": 3}, "reason": "Out of stock.", "amount": "332.75 EUR"},
    )  # fmt: skip
    assert looking.used("maya-lund") == {"abc-staff": (45_375, 5)}
    assert looking.left_in_books(mine)["abc", "1530"] == 45_375
    told = announced(OrderCancelled)[-1]
    assert (told.complete, told.amount, told.reason) == (False, "332.75 EUR", "Out of stock.")
    for again in (lambda: cancel(house, mine), lambda: deliver(house, mine)):
        with nothing_written(), pytest.raises(Refusal):
            again()
    (line,) = queries.order(viewer=house.actor(MAYA), at=AT, reference=mine).lines
    assert (line.delivered, line.to_deliver, line.cancelled, line.to_return) == (5, 0, 3, 5)


def test_what_is_kept_after_the_rest_was_called_off_comes_back_to_the_last_cent(house, mine):
    deliver(house, mine, {1: 5})
    take_back(house, mine, {1: 1})
    cancel(house, mine)
    refused(lambda: take_back(house, mine, {1: 5}), "more_than_delivered")
    take_back(house, mine, {1: 4})
    assert looking.state(mine) == "RETURNED"
    assert looking.left_in_books(mine) == {}
    assert looking.used("maya-lund") == {"abc-staff": (0, 0)}


def test_where_all_that_went_out_came_back_calling_off_the_rest_ends_the_order(house):
    given_item("kettle", "abc", "Kettle", "30.25", cost="10.00", includes_tax=True)
    reference = house.order(MAYA, ("coffee-machine", 2), ("kettle", 1)).reference
    deliver(house, reference, {2: 1})
    take_back(house, reference, {2: 1})
    assert cancel(house, reference, TOR) is OrderState.RETURNED
    assert looking.left_in_books(reference) == {}


def test_called_off_in_another_month_it_is_corrected_in_that_month_and_the_allowance_goes_back_to_its_year(house, mine):
    ledger.number_entries(by=HOUSE, at=AT, company="abc")
    ledger.close_period(by=HOUSE, at=AT, company="abc", month=date(2026, 11, 1))
    cancel(house, mine, TOR, at=LATER)
    assert looking.left_in_books(mine) == {}
    assert looking.used("maya-lund") == {"abc-staff": (0, 0)}


def test_what_was_free_gives_its_cost_back_too(house):
    reference = house.order(INES, ("help-hour", 3), customer="abc-purchasing").reference
    assert looking.left_in_books(reference) != {}
    cancel(house, reference, INES)
    assert looking.left_in_books(reference) == {}


def test_a_buyer_beside_her_and_the_seller_may_call_it_off_and_the_budget_holder_not(house):
    reference = house.order(INES, ("widget-a", 10), customer="abc").reference
    with nothing_written(), pytest.raises(Refused):
        cancel(house, reference, HENK)
    assert cancel(house, reference, RATNA) is OrderState.CANCELLED


# --- taking back ----------------------------------------------------------------------------------------------------


def test_taken_back_in_steps_it_gives_back_the_sale_to_the_cent(house, mine):
    deliver(house, mine)
    # The two at the ordinary price come back first and draw nothing.
    assert take_back(house, mine, {1: 2}) == eur("242.00")
    assert looking.used("maya-lund") == {"abc-staff": (54_450, 6)}
    assert take_back(house, mine, {1: 1}) == eur("90.75")
    assert looking.used("maya-lund") == {"abc-staff": (45_375, 5)}
    assert (looking.state(mine), looking.counted(mine)) == ("DELIVERED", [(8, 3)])
    assert take_back(house, mine, {1: 5}) == eur("453.75")
    assert (looking.state(mine), looking.counted(mine)) == ("RETURNED", [(8, 8)])
    assert looking.left_in_books(mine) == {}
    assert looking.used("maya-lund") == {"abc-staff": (0, 0)}
    assert looking.steps(mine)[-1] == (
        "RETURNED",
        "tor-bergli",
        {"pieces": {"1": 5}, "reason": "Broken.", "amount": "453.75 EUR"},
    )
    assert looking.told()[-1] == "trade.ItemsReturned"
    refused(lambda: take_back(house, mine, {1: 1}), "order_not_returnable")


def test_more_than_was_handed_over_does_not_come_back(house, mine):
    refused(lambda: take_back(house, mine, {1: 1}), "order_not_returnable")
    deliver(house, mine, {1: 3})
    refused(lambda: take_back(house, mine, {1: 4}), "more_than_delivered")
    take_back(house, mine, {1: 2})
    refused(lambda: take_back(house, mine, {1: 2}), "more_than_delivered")
    assert looking.state(mine) == "PARTLY_DELIVERED"
    assert looking.counted(mine) == [(3, 2)]


@pytest.mark.parametrize(
    ("pieces", "code"), [({}, "nothing_chosen"), ({3: 1}, "unknown_line"), ({1: -1}, "unknown_line")]
)
def test_what_cannot_come_back_is_refused_whole(house, mine, pieces, code):
    deliver(house, mine)
    refused(lambda: take_back(house, mine, pieces), code)


def test_the_same_return_twice_is_one_and_says_the_same_amount(house, mine):
    deliver(house, mine)
    assert take_back(house, mine, {1: 1}, key="k") == eur("121.00")
    with nothing_written():
        assert take_back(house, mine, {1: 1}, key="k") == eur("121.00")
    assert looking.counted(mine) == [(8, 1)]
    with nothing_written(), pytest.raises(idempotency.KeyReused):
        take_back(house, mine, {1: 1}, reason="Another reason.", key="k")


def test_in_a_closed_month_nothing_comes_back_and_in_the_next_it_does(house, mine):
    deliver(house, mine)
    ledger.number_entries(by=HOUSE, at=AT, company="abc")
    ledger.close_period(by=HOUSE, at=AT, company="abc", month=date(2026, 11, 1))
    refused(lambda: take_back(house, mine, {1: 1}), "period_closed")
    assert take_back(house, mine, {1: 8}, at=LATER) == eur("786.50")
    assert looking.used("maya-lund") == {"abc-staff": (0, 0)}


def test_a_return_between_sisters_moves_both_books(house):
    reference = house.order(INES, ("widget-a", 10), customer="abc-purchasing").reference
    deliver(house, reference, part=RATNA)
    assert take_back(house, reference, {1: 3}, RATNA) == eur("13.07")
    books = looking.left_in_books(reference)
    for company in ("abc", "xyz"):
        assert sum(minor for (whose, _), minor in books.items() if whose == company) == 0
    take_back(house, reference, {1: 7}, RATNA)
    assert looking.left_in_books(reference) == {}


def test_free_help_taken_back_gives_no_money_and_its_cost(house):
    reference = house.order(INES, ("help-hour", 3), customer="abc-purchasing").reference
    server = given_actor("helper", ("SELLER", "abc-it"))
    trade.confirm_delivery(by=server, at=AT, reference=reference)
    assert trade.return_items(by=server, at=AT, reference=reference, pieces={1: 3}, reason="Not needed.") == eur("0.00")
    assert looking.left_in_books(reference) == {}


def test_an_order_placed_by_the_house_itself_is_handled_without_a_person(house):
    from inward.core.pricing import Wanted

    receipt = trade.place_order(
        by=HOUSE, at=AT, lines=[Wanted("widget-a", 1)], expected=eur("4.36"), key="house", customer="abc-purchasing"
    )
    assert looking.steps(receipt.reference) == [("PLACED", None, {})]
    deliver(house, receipt.reference, part=RATNA)
    assert queries.order_facts(Order.objects.get(reference=receipt.reference))["person"] == ""
    outside = house.order(NORA, ("coffee-machine", 1), customer="kestrel").reference
    cancel(house, outside, NORA)
    assert looking.left_in_books(outside) == {}
