"""What the desk does by the minute: tell whoever can help that a clock runs out."""

from datetime import datetime, timedelta

from inward.desk import operations
from inward.kit.actor import Actor
from inward.kit.outbox import job


@job("desk.tell_late", every=timedelta(minutes=1), outside=True)
def tell_late(*, at: datetime) -> None:
    """Outside a transaction: each case is one of its own, and each stage is told once."""
    operations.tell_late(by=Actor.system("desk.tell_late"), at=at)
