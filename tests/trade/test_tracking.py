"""The way of an order: what is known of it and no more, each stage with its day and whose turn it is."""

from datetime import timedelta

import pytest
from tests.builders import AT

from inward.trade.tracking import Counts, Course, Stage, stages
from inward.trade.vocabulary import HandoverWay, OrderState, StageKind, StageState, StepKind, WaitsFor

DONE, NEXT, AHEAD, STOPPED = StageState
PLACED = Stage(StageKind.PLACED, DONE, AT)


def day(number):
    return AT + timedelta(days=number)


def way(state, *happened, ordered=3, **more):
    """The stages after the first; what happened is given by kind, a day apart."""
    counts = {
        name: more.pop(name)
        for name in ("delivered", "cancelled", "returned", "received", "unconfirmed")
        if name in more
    }
    steps = [(kind, day(place)) for place, kind in enumerate((StepKind.PLACED, *happened))]
    found = stages(Course(state, steps, Counts(ordered, **counts), **more))
    assert found[0] == PLACED
    return found[1:]


def test_what_nobody_was_asked_for_is_not_in_the_line():
    handed = Stage(StageKind.HANDED_OVER, NEXT, turn=WaitsFor.SUPPLIER)
    assert way(OrderState.PLACED) == (handed,)


def test_an_order_that_waits_for_approval_says_so_and_what_comes_after():
    assert way(OrderState.AWAITING_APPROVAL, approved=False, confirmed=True, way=HandoverWay.BRING) == (
        Stage(StageKind.APPROVED, NEXT, turn=WaitsFor.APPROVER),
        Stage(StageKind.ON_ITS_WAY, AHEAD),
        Stage(StageKind.HANDED_OVER, AHEAD),
        Stage(StageKind.CONFIRMED, AHEAD),
    )
    assert way(OrderState.AWAITING_APPROVAL, approved=False) == (
        Stage(StageKind.APPROVED, NEXT, turn=WaitsFor.APPROVER),
        Stage(StageKind.HANDED_OVER, AHEAD),
    )


def test_what_was_declined_or_called_off_ends_there():
    assert way(OrderState.DECLINED, StepKind.DECLINED, approved=False) == (Stage(StageKind.DECLINED, STOPPED, day(1)),)
    assert way(OrderState.CANCELLED, StepKind.CANCELLED, approved=False, way=HandoverWay.COLLECT) == (
        Stage(StageKind.CANCELLED, STOPPED, day(1)),
    )
    assert way(OrderState.CANCELLED, StepKind.APPROVED, StepKind.CANCELLED, approved=True) == (
        Stage(StageKind.APPROVED, DONE, day(1)),
        Stage(StageKind.CANCELLED, STOPPED, day(2)),
    )


@pytest.mark.parametrize(
    ("chosen", "ready", "handed", "turn"),
    [
        (HandoverWay.COLLECT, StageKind.READY_TO_COLLECT, StageKind.COLLECTED, WaitsFor.COLLECTOR),
        (HandoverWay.BRING, StageKind.ON_ITS_WAY, StageKind.HANDED_OVER, WaitsFor.SUPPLIER),
        (None, StageKind.READY, StageKind.HANDED_OVER, WaitsFor.SUPPLIER),
    ],
)
def test_once_it_lies_ready_to_be_picked_up_it_is_the_buyer_s_turn(chosen, ready, handed, turn):
    assert way(OrderState.PLACED, StepKind.READY, way=chosen) == (
        Stage(ready, DONE, day(1)),
        Stage(handed, NEXT, turn=turn),
    )


def test_before_it_is_ready_that_is_what_comes_next():
    assert way(OrderState.PLACED, way=HandoverWay.COLLECT) == (
        Stage(StageKind.READY_TO_COLLECT, NEXT, turn=WaitsFor.SUPPLIER),
        Stage(StageKind.COLLECTED, AHEAD),
    )


def test_of_a_hand_over_in_parts_it_says_how_many_of_how_many_and_the_rest_is_not_ready_any_more():
    some = way(OrderState.PARTLY_DELIVERED, StepKind.READY, StepKind.DELIVERED, delivered=2, way=HandoverWay.COLLECT)
    assert some == (
        Stage(StageKind.READY_TO_COLLECT, DONE, day(1)),
        Stage(StageKind.COLLECTED, NEXT, day(2), WaitsFor.SUPPLIER, 2, 3),
    )
    steps = (StepKind.DELIVERED, StepKind.READY)
    again = way(OrderState.PARTLY_DELIVERED, *steps, delivered=2, way=HandoverWay.COLLECT)
    assert again[-1] == Stage(StageKind.COLLECTED, NEXT, day(1), WaitsFor.COLLECTOR, 2, 3)


def test_what_was_handed_over_without_having_been_made_ready_is_not_said_to_have_been():
    assert way(OrderState.DELIVERED, StepKind.DELIVERED, delivered=3, way=HandoverWay.BRING) == (
        Stage(StageKind.HANDED_OVER, DONE, day(1)),
    )


def test_what_a_department_got_is_confirmed_by_it():
    waits = way(OrderState.DELIVERED, StepKind.DELIVERED, delivered=3, unconfirmed=3, confirmed=True)
    assert waits[-1] == Stage(StageKind.CONFIRMED, NEXT, turn=WaitsFor.RECEIVER)
    rest = way(OrderState.DELIVERED, StepKind.DELIVERED, delivered=3, received=1, unconfirmed=2, confirmed=True)
    assert rest[-1] == Stage(StageKind.CONFIRMED, NEXT, None, WaitsFor.RECEIVER, 1, 3)
    steps = (StepKind.DELIVERED, StepKind.RECEIVED)
    said = way(OrderState.DELIVERED, *steps, delivered=3, received=3, confirmed=True)
    assert said[-1] == Stage(StageKind.CONFIRMED, DONE, day(2))
    some = way(OrderState.PARTLY_DELIVERED, *steps, delivered=2, received=2, confirmed=True)
    assert some[-1] == Stage(StageKind.CONFIRMED, AHEAD)


def test_what_was_called_off_later_or_came_back_is_told_with_its_pieces():
    steps = (StepKind.DELIVERED, StepKind.CANCELLED, StepKind.RETURNED)
    assert way(OrderState.DELIVERED, *steps, delivered=2, cancelled=1, returned=1) == (
        Stage(StageKind.HANDED_OVER, DONE, day(1), None, 2, 3),
        Stage(StageKind.CANCELLED, STOPPED, day(2), None, 1, 3),
        Stage(StageKind.RETURNED, DONE, day(3), None, 1, 3),
    )
    steps = (StepKind.DELIVERED, StepKind.RETURNED)
    assert way(OrderState.RETURNED, *steps, delivered=3, returned=3)[-1] == Stage(StageKind.RETURNED, DONE, day(2))
    nothing = way(OrderState.RETURNED, StepKind.CANCELLED, cancelled=3)
    assert nothing == (Stage(StageKind.CANCELLED, STOPPED, day(1)),)


def test_what_runs_on_begins_and_a_standing_order_has_no_way_of_its_own():
    begun = way(OrderState.DELIVERED, StepKind.DELIVERED, ordered=1, delivered=1, runs=True)
    assert begun == (Stage(StageKind.BEGUN, DONE, day(1)),)
    waits = way(OrderState.AWAITING_APPROVAL, ordered=1, approved=False, runs=True)
    assert waits[-1] == Stage(StageKind.BEGUN, AHEAD)
    agreed = Course(OrderState.AGREED, [(StepKind.AGREED, AT)], Counts(3))
    assert stages(agreed) == ()
