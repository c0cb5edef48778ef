"""What the parties room does by itself: count, every hour, what is likely wrong in the records."""

from datetime import datetime, timedelta

from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.parties import operations


@job("parties.count_findings", every=timedelta(hours=1))
def count_findings(*, at: datetime) -> None:
    """Note the numbers of the day."""
    operations.count_findings(by=Actor.system("parties.count_findings"), at=at)
