"""What the trade room does by itself: remind those for whose word orders wait."""

from datetime import datetime, timedelta

from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.trade import operations


@job("trade.remind", every=timedelta(hours=1))
def remind(*, at: datetime) -> None:
    """Remind whoever keeps others waiting for longer than was said."""
    operations.remind(by=Actor.system("trade.remind"), at=at)
