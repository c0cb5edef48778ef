"""Orders that need hands open their cases, once; solved is delivered; delivered elsewhere is solved; called off is withdrawn."""

import pytest
from django.db import IntegrityError, transaction
from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, MAYA, SITI, TOR
from tests.desk.asked import acts, given_desk, given_personnel, kept, seen

from inward.core.terms import Refusal
from inward.desk import operations, orderreactions
from inward.desk.announcements import CaseSolved
from inward.desk.casewords import CaseKind, CaseState, Channel, Side
from inward.desk.models import Case, Queue
from inward.desk.vocabulary import HoldReason
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.trade import operations as trade
from inward.trade import queries as orders
from inward.trade.announcements import OrderCancelled, OrderDelivered, OrderPlaced
from inward.trade.vocabulary import OrderState

DESK = orderreactions.HOUSE
SOON = AT.replace(hour=10)


def given_orders(house, **more):
    given_desk(house, **more)
    operations.take_orders(by=house.actor(SITI), at=AT, queue="it")


def bought(house, pieces=2):
    return house.order(MAYA, ("coffee-machine", pieces), key=f"{pieces}").reference


def opened(order):
    return operations.fulfil_order(by=DESK, at=SOON, order=order)


def state(order):
    return orders.order(viewer=HOUSE, at=SOON, reference=order).row.state


def solve(house, case, *, who=TOR, at=SOON):
    operations.solve(by=house.actor(who), at=at, case=case, words="Handed over.")


def test_an_order_becomes_a_case_once_with_what_is_promised_by_standing(house):
    given_orders(house)
    order = bought(house)
    orderreactions.placed(announced(OrderPlaced)[-1], at=SOON)
    case = opened(order)
    assert case == opened(order) == Case.objects.get().reference
    view = seen(house, TOR, case, at=SOON)
    assert (view.row.kind, view.row.channel, view.order_reference) == (CaseKind.FULFILMENT, Channel.ORDER, order)
    assert (view.row.customer.code, view.row.person.code, view.row.supplier.code) == (MAYA.code, MAYA.code, "abc-it")
    assert view.promise.code == "help"
    (first,) = view.thread
    assert (first.side, first.text[:4], view.row.subject[:4]) == (Side.HOUSE, "2 × ", "2 × ")
    other = kept(opened(bought(house, 1)))
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: TID251 - the database itself refuses
        Case.objects.filter(pk=other.pk).update(order_reference=order)


def test_solved_is_delivered_and_heard_twice_it_is_delivered_once(house):
    given_orders(house)
    order = bought(house)
    case = opened(order)
    assert state(order) is OrderState.PLACED
    solve(house, case)
    for _ in range(2):
        orderreactions.solved(announced(CaseSolved)[-1], at=SOON)
    assert (state(order), len(announced(OrderDelivered))) == (OrderState.DELIVERED, 1)
    orderreactions.delivered(announced(OrderDelivered)[-1], at=SOON)
    assert acts(case) == ["OPENED", "TAKEN", "ANSWERED", "RESOLVED"]


def test_what_was_delivered_elsewhere_is_solved_also_while_it_waits(house):
    given_orders(house)
    order = bought(house)
    case = opened(order)
    orderreactions.delivered(OrderDelivered(order, 1, MAYA.code, "abc", MAYA.code), at=SOON)  # not yet
    assert kept(case).state == CaseState.NEW.value
    operations.pause(by=house.actor(TOR), at=SOON, case=case, reason=HoldReason.SUPPLIER)
    trade.confirm_delivery(by=HOUSE, at=SOON, reference=order, pieces={1: 1})
    orderreactions.delivered(announced(OrderDelivered)[-1], at=SOON)
    assert kept(case).state == CaseState.WAITING.value
    trade.confirm_delivery(by=HOUSE, at=SOON, reference=order)
    orderreactions.delivered(announced(OrderDelivered)[-1], at=SOON)
    assert (kept(case).state, kept(case).waits_for) == (CaseState.SOLVED.value, "")


def test_what_was_called_off_is_withdrawn_and_no_case_is_opened_for_it_any_more(house):
    given_orders(house)
    order = bought(house)
    case = opened(order)
    trade.cancel_order(by=house.actor(MAYA), at=SOON, reference=order, reason="No longer.")
    orderreactions.cancelled(announced(OrderCancelled)[-1], at=SOON)
    assert (kept(case).state, kept(case).closed_at is not None) == (CaseState.WITHDRAWN.value, True)
    other = bought(house, 1)
    trade.cancel_order(by=house.actor(MAYA), at=SOON, reference=other, reason="No longer.")
    assert opened(other) is None
    orderreactions.cancelled(announced(OrderCancelled)[-1], at=SOON)
    assert Case.objects.count() == 1


def test_a_new_case_of_an_order_that_was_handed_over_elsewhere_is_solved_and_one_that_is_over_stays(house, monkeypatch):
    given_orders(house)
    order = bought(house)
    case = opened(order)
    trade.confirm_delivery(by=HOUSE, at=SOON, reference=order)
    asked_for = orders.order

    def solved_meanwhile(**question):
        view = asked_for(**question)
        if kept(case).state == CaseState.NEW.value:
            operations.withdraw(by=house.actor(MAYA), at=SOON, case=case)
        return view

    with monkeypatch.context() as patched:
        patched.setattr("inward.desk.operations.fulfilling.orders.order", solved_meanwhile)
        operations.follow_order(by=DESK, at=SOON, order=order)
    assert kept(case).state == CaseState.WITHDRAWN.value
    other = bought(house, 1)
    fresh = opened(other)
    trade.confirm_delivery(by=HOUSE, at=SOON, reference=other)
    operations.follow_order(by=DESK, at=SOON, order=other)
    assert (kept(fresh).state, acts(fresh)) == (CaseState.SOLVED.value, ["OPENED", "RESOLVED"])


def test_a_case_of_no_order_or_not_solved_delivers_nothing(house):
    given_orders(house)
    order = bought(house)
    case = opened(order)
    operations.deliver(by=DESK, at=SOON, case=case)
    operations.deliver(by=DESK, at=SOON, case="nothing")
    assert state(order) is OrderState.PLACED


def test_part_of_a_fulfilment_is_plain_help(house):
    given_orders(house)
    case = opened(bought(house))
    key = seen(house, TOR, case, at=SOON).thread[0].key
    part = operations.part(by=house.actor(TOR), at=SOON, case=case, messages=[key], subject="One of them is broken")
    assert kept(part).kind == CaseKind.HELP.value


def test_orders_go_to_the_nearest_queue_that_takes_them(house):
    given_desk(house)
    order = bought(house)
    assert opened(order) is None
    operations.set_queue(by=HOUSE, at=AT, code="counter", supplier="abc", name="Counter")
    operations.take_orders(by=HOUSE, at=AT, queue="it")
    operations.take_orders(by=HOUSE, at=AT, queue="counter")
    assert kept(opened(order)).queue.code == "counter"
    operations.set_queue(by=HOUSE, at=AT, code="window", supplier="abc", name="Window")
    operations.take_orders(by=HOUSE, at=AT, queue="window")
    assert sorted(Queue.objects.filter(orders=True).values_list("code", flat=True)) == ["it", "window"]
    operations.take_orders(by=HOUSE, at=AT, queue="window", orders=False)
    assert kept(opened(bought(house, 1))).queue.code == "it"


def test_only_who_keeps_a_queue_lets_it_take_orders_and_never_a_confidential_one(house):
    given_desk(house)
    given_personnel(house)
    with pytest.raises(Refused):
        operations.take_orders(by=house.actor(TOR), at=AT, queue="it")
    with pytest.raises(NotThere):
        operations.take_orders(by=HOUSE, at=AT, queue="nothing")
    with pytest.raises(Refusal):
        operations.take_orders(by=HOUSE, at=AT, queue="hr")
    for act, values in (
        (operations.fulfil_order, {"order": "x"}),
        (operations.follow_order, {"order": "x"}),
        (operations.deliver, {"case": "x"}),
    ):
        with pytest.raises(Refused):
            act(by=house.actor(INES), at=AT, **values)


def test_nobody_hands_over_to_herself(house):
    given_orders(house)
    given_role(house.users[MAYA.code], "CASE_HANDLER", "abc-it")
    case = opened(bought(house))
    with pytest.raises(Refused):
        solve(house, case, who=MAYA)
