"""What trade does by itself: charge what runs on, order parts of standing orders that are due, remind those for whose word orders
wait and disputes are overdue, and ask the next in line.
"""

from datetime import datetime, timedelta

from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.trade import operations


@job("trade.bill_running", every=timedelta(hours=1), outside=True)
def bill_running(*, at: datetime) -> None:
    """Charge every period that has begun. Outside a transaction: each part of a run is one of its own, and may run again."""
    operations.bill_running(by=Actor.system("trade.bill_running"), at=at)


@job("trade.draw_due", every=timedelta(hours=1), outside=True)
def draw_due(*, at: datetime) -> None:
    """Order every part of standing orders that is due. Outside a transaction: each part is one of its own."""
    operations.draw_due(by=Actor.system("trade.draw_due"), at=at)


@job("trade.lapse_waiting", every=timedelta(hours=1))
def lapse_waiting(*, at: datetime) -> None:
    """Ask the next in line where somebody's days to order what was held for her are over."""
    operations.lapse_waiting(by=Actor.system("trade.lapse_waiting"), at=at)


@job("trade.remind", every=timedelta(hours=1))
def remind(*, at: datetime) -> None:
    """Remind whoever keeps others waiting for longer than was said."""
    operations.remind(by=Actor.system("trade.remind"), at=at)


@job("trade.tell_overdue_disputes", every=timedelta(hours=1))
def tell_overdue_disputes(*, at: datetime) -> None:
    """Tell of disputes whose day went by without an answer, while whoever answers is at work."""
    operations.tell_overdue_disputes(by=Actor.system("trade.tell_overdue_disputes"), at=at)


@job("trade.forget_baskets", every=timedelta(days=1))
def forget_baskets(*, at: datetime) -> None:
    """What nobody touched for long is put aside no longer."""
    operations.forget_baskets(by=Actor.system("trade.forget_baskets"), at=at)
