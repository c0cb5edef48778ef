"""What came is confirmed by whoever received it: taken, refused, missing, too much; the books and the budget follow it."""

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, TOR
from tests.trade import looking
from tests.trade.test_budgets import given_budget, office, taken

from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere, Refused
from inward.trade import operations as trade
from inward.trade import policy, queries
from inward.trade.models import Order, OrderLine
from inward.trade.receiving import Came
from inward.trade.vocabulary import Fault, OrderState, WaitsFor

__all__ = ["office"]
KEY = "k"


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def sent(office):
    """(the house, ten chairs at 100.00 for IT of which eight were handed over)."""
    given_budget("1000.00")
    reference = office.order(INES, ("chair", 10), customer="abc-it").reference
    trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=reference, pieces={1: 8})
    return office, reference


def confirm(house, reference, by=INES, **came):
    return trade.confirm_receipt(
        by=house.actor(by), at=AT, reference=reference, came={1: Came(**came)} if came else None, key=""
    )


def line():
    """(delivered, received, returned, cancelled) of the only line."""
    row = OrderLine.objects.get()
    return row.delivered, row.received, row.returned, row.cancelled


def charged(reference):
    """What stands on IT's cost centre for the order."""
    return sum(minor for _, _, rows in looking.posted(reference) for _, minor, centre in rows if centre == "abc-it")


def waits(house, reference):
    view = queries.order(viewer=house.actor(INES), at=AT, reference=reference)
    return [(turn, party.code) for turn, party in view.waits_for]


def test_all_that_came_is_confirmed_and_the_order_waits_for_the_rest(sent):
    house, reference = sent
    assert waits(house, reference) == [(WaitsFor.SUPPLIER, "abc-purchasing"), (WaitsFor.RECEIVER, "abc-it")]
    assert confirm(house, reference) is OrderState.PARTLY_DELIVERED
    assert line() == (8, 8, 0, 0)
    assert waits(house, reference) == [(WaitsFor.SUPPLIER, "abc-purchasing")]
    assert looking.steps(reference)[-1] == ("RECEIVED", INES.code, {"lines": {"1": {"taken": 8}}})
    assert charged(reference) == 100_000
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference)
    assert confirm(house, reference) is OrderState.DELIVERED
    assert waits(house, reference) == []


def test_what_never_came_is_owed_again_and_charged_until_it_is_called_off(sent):
    house, reference = sent
    assert confirm(house, reference, taken=5, missing=3) is OrderState.PARTLY_DELIVERED
    assert line() == (5, 5, 0, 0)
    assert charged(reference) == 100_000
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Enough.")
    assert (line(), charged(reference)) == ((5, 5, 0, 5), 50_000)
    assert taken() == (eur("500.00"), eur("0.00"))
    assert looking.state(reference) == "DELIVERED"


def test_when_nothing_at_all_came_the_order_stands_as_it_was_placed(sent):
    house, reference = sent
    assert confirm(house, reference, missing=8) is OrderState.PLACED
    assert (line(), waits(house, reference)) == ((0, 0, 0, 0), [(WaitsFor.SUPPLIER, "abc-purchasing")])
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Never came.")
    assert (looking.state(reference), charged(reference), taken()) == ("CANCELLED", 0, (eur("0.00"), eur("0.00")))


def test_what_is_refused_and_wanted_again_is_brought_again_and_stays_charged(sent):
    house, reference = sent
    assert confirm(house, reference, taken=6, refused=2, fault=Fault.QUALITY) is OrderState.PARTLY_DELIVERED
    assert (line(), charged(reference)) == ((6, 6, 0, 0), 100_000)
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference)
    assert confirm(house, reference) is OrderState.DELIVERED
    assert line() == (10, 10, 0, 0)


def test_what_is_refused_for_good_is_given_back_at_once_in_books_and_budget(sent):
    house, reference = sent
    assert (
        confirm(house, reference, taken=6, refused=2, fault=Fault.DAMAGED, again=False) is OrderState.PARTLY_DELIVERED
    )
    assert (line(), charged(reference)) == ((8, 6, 2, 0), 80_000)
    assert taken() == (eur("800.00"), eur("0.00"))
    assert looking.steps(reference)[-1][2] == {
        "lines": {"1": {"taken": 6, "refused": 2, "fault": "DAMAGED", "again": False}}, "amount": "200.00 EUR",
    }  # fmt: skip


def test_all_refused_for_good_is_an_order_returned(office):
    reference = office.order(INES, ("chair", 2), customer="abc-it").reference
    trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=reference)
    state = confirm(office, reference, refused=2, fault=Fault.WRONG_ITEM, again=False)
    assert (state, charged(reference)) == (OrderState.RETURNED, 0)


def test_too_much_is_told_and_costs_nothing(sent):
    house, reference = sent
    confirm(house, reference, taken=8, surplus=2)
    assert (line(), charged(reference)) == ((8, 8, 0, 0), 100_000)
    assert looking.steps(reference)[-1][2] == {"lines": {"1": {"taken": 8, "surplus": 2}}}
    assert looking.told()[-1] == "trade.ReceiptConfirmed"


def test_what_is_confirmed_in_parts_waits_for_the_rest(sent):
    house, reference = sent
    confirm(house, reference, taken=3)
    assert line() == (8, 3, 0, 0)
    assert (WaitsFor.RECEIVER, "abc-it") in waits(house, reference)
    (seen,) = queries.order(viewer=house.actor(INES), at=AT, reference=reference).lines
    assert (seen.received, seen.to_receive) == (3, 5)
    confirm(house, reference, taken=5)
    assert not Order.objects.get().to_receive


def test_what_is_returned_later_is_not_received_any_more(sent):
    house, reference = sent
    confirm(house, reference)
    trade.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 3}, reason="Wobbly.")
    assert (line(), charged(reference)) == ((8, 5, 3, 0), 70_000)


def test_what_was_returned_before_it_was_confirmed_waits_for_nobody(sent):
    house, reference = sent

    def returned(count):
        trade.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: count}, reason="Wobbly.")
        return waits(house, reference)

    assert returned(3) == [(WaitsFor.SUPPLIER, "abc-purchasing"), (WaitsFor.RECEIVER, "abc-it")]
    assert returned(5) == [(WaitsFor.SUPPLIER, "abc-purchasing")]
    assert line() == (8, 0, 8, 0)
    assert queries.orders(viewer=house.actor(INES), at=AT, which="to_receive").rows == ()
    with pytest.raises(Refusal) as refused:
        confirm(house, reference)
    assert refused.value.reason.code == "nothing_to_receive"


def test_what_was_missing_after_the_rest_was_called_off_can_still_be_brought_or_called_off(sent):
    house, reference = sent
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Eight will do.")
    assert confirm(house, reference, missing=8) is OrderState.PARTLY_DELIVERED
    with pytest.raises(Refusal):
        trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 9})
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1})
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="One will do.")
    assert (line(), charged(reference), looking.state(reference)) == ((1, 0, 0, 9), 10_000, "DELIVERED")


def test_sent_twice_it_is_confirmed_once(sent):
    house, reference = sent
    came = {1: Came(taken=5, refused=1, fault=Fault.OTHER, again=False)}
    asked = {"by": house.actor(INES), "at": AT, "reference": reference, "came": came, "key": "once", "note": "Box wet"}
    assert trade.confirm_receipt(**asked) is trade.confirm_receipt(**asked) is OrderState.PARTLY_DELIVERED
    assert (line(), charged(reference)) == ((8, 5, 1, 0), 90_000)
    assert looking.steps(reference)[-1][2]["note"] == "Box wet"


@pytest.mark.parametrize(
    ("came", "code"),
    [
        ({1: Came(taken=9)}, "more_than_came"),
        ({1: Came(taken=-1)}, "unknown_line"),
        ({1: Came(surplus=10**10)}, "unknown_line"),
        ({2: Came(taken=1)}, "unknown_line"),
        ({1: Came(refused=1)}, "fault_missing"),
        ({1: Came()}, "nothing_chosen"),
        ({}, "nothing_chosen"),
    ],
)
def test_what_cannot_have_come_is_refused_whole(sent, came, code):
    house, reference = sent
    with nothing_written(), pytest.raises(Refusal) as caught:
        trade.confirm_receipt(by=house.actor(INES), at=AT, reference=reference, came=came)
    assert caught.value.reason.code == code


def test_nothing_is_confirmed_twice_nor_before_anything_was_handed_over(office):
    reference = office.order(INES, ("chair", 2), customer="abc-it").reference
    with nothing_written(), pytest.raises(Refusal) as caught:
        confirm(office, reference)
    assert caught.value.reason.code == "nothing_to_receive"
    with nothing_written(), pytest.raises(Refusal) as caught:
        trade.confirm_receipt(by=office.actor(INES), at=AT, reference=reference, note="x" * 501)
    assert caught.value.reason.code == "text_too_long"


def test_a_purchase_for_oneself_needs_no_confirmation(office):
    reference = office.order(MAYA, ("coffee-machine", 1)).reference
    trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=reference)
    assert (Order.objects.get().to_receive, waits_of_maya(office, reference)) == (False, ())


def waits_of_maya(house, reference):
    return queries.order(viewer=house.actor(MAYA), at=AT, reference=reference).waits_for


def test_an_order_that_waits_for_approval_says_for_whom(office):
    reference = office.order(INES, ("chair", 60), customer="abc-it").reference
    assert waits(office, reference) == [(WaitsFor.APPROVER, "abc-it")]


def test_only_whoever_ordered_or_buys_confirms_and_never_who_handed_it_over(sent):
    house, reference = sent
    for by in (house.actor(HENK), house.actor(TOR)):
        with nothing_written(), pytest.raises(Refused):
            trade.confirm_receipt(by=by, at=AT, reference=reference)
    with nothing_written(), pytest.raises(NotThere):
        trade.confirm_receipt(by=house.actor(LUCA), at=AT, reference=reference)
    given_role(house.users[TOR.code], "BUYER", "abc")
    with nothing_written(), pytest.raises(Refused) as caught:
        trade.confirm_receipt(by=house.actor(TOR), at=AT, reference=reference)
    assert caught.value.reasons[0].code == "receiver_delivers"
    assert queries.waiting(viewer=house.actor(TOR), at=AT).to_receive == 0
    asked = {
        "order": policy.OrderParties("ines", "abc-it", "abc-purchasing"),
        "handed_over_by": (None,),
        "on": AT.date(),
    }
    assert not policy.may_receive(NOBODY, **asked)
    assert policy.may_receive(HOUSE, **asked)


def test_what_waits_to_be_confirmed_is_listed_and_counted_for_the_buyer_alone(sent):
    house, reference = sent

    def listed(part):
        page = queries.orders(viewer=house.actor(part), at=AT, which="to_receive")
        return [row.reference for row in page.rows], queries.waiting(viewer=house.actor(part), at=AT).to_receive

    assert listed(INES) == ([reference], 1)
    assert listed(TOR) == listed(HENK) == listed(MAYA) == ([], 0)
    confirm(house, reference)
    assert listed(INES) == ([], 0)
