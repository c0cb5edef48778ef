"""What trade does by itself: charge what runs on."""

from datetime import datetime, timedelta

from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.trade import operations


@job("trade.bill_running", every=timedelta(hours=1), outside=True)
def bill_running(*, at: datetime) -> None:
    """Charge every period that has begun. Outside a transaction: each part of a run is one of its own, and may run again."""
    operations.bill_running(by=Actor.system("trade.bill_running"), at=at)
