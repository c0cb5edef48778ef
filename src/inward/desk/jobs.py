"""What the desk does by itself: what waited for a day goes on, what nobody said a word about closes."""

from datetime import datetime, timedelta

from inward.desk import operations
from inward.kit.actor import Actor
from inward.kit.outbox import job


@job("desk.go_on", every=timedelta(hours=1), outside=True)
def go_on(*, at: datetime) -> None:
    """Outside a transaction: each case is one of its own, and it may run again."""
    operations.go_on(by=Actor.system("desk.go_on"), at=at)
