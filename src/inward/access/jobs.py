"""What access does by the clock: forgetting sessions that are over, so that the table of sessions does not only grow."""

from datetime import datetime, timedelta

from inward.access import operations
from inward.kit.actor import Actor
from inward.kit.outbox import job


@job("access.tidy_up", every=timedelta(hours=1))
def tidy_up(*, at: datetime) -> None:
    """Forget what is over."""
    operations.tidy_up(by=Actor.system("access.tidy_up"), at=at)
