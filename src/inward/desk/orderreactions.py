"""Orders and their cases follow each other. One transaction with the mark that it was heard; heard twice, nothing happens twice."""

from datetime import datetime

from inward.desk import operations
from inward.desk.announcements import CaseSolved
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.trade.announcements import OrderCancelled, OrderDelivered, OrderPlaced

HOUSE = Actor.system("desk.orders")


@reaction(OrderPlaced, name="desk.order_placed")
def placed(told: OrderPlaced, *, at: datetime) -> None:
    """What has something to hand over becomes a case."""
    operations.fulfil_order(by=HOUSE, at=at, order=told.order)


@reaction(OrderDelivered, name="desk.order_delivered")
def delivered(told: OrderDelivered, *, at: datetime) -> None:
    """What was handed over is solved."""
    operations.follow_order(by=HOUSE, at=at, order=told.order)


@reaction(OrderCancelled, name="desk.order_cancelled")
def cancelled(told: OrderCancelled, *, at: datetime) -> None:
    """What was called off is withdrawn; what of it was handed over before, solved."""
    operations.follow_order(by=HOUSE, at=at, order=told.order)


@reaction(CaseSolved, name="desk.case_delivers")
def solved(told: CaseSolved, *, at: datetime) -> None:
    """The case of an order that is solved confirms the delivery."""
    operations.deliver(by=HOUSE, at=at, case=told.case)
