"""What the ledger does by itself: number what was posted."""

from datetime import datetime, timedelta

from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.ledger import operations, queries


@job("ledger.number_entries", every=timedelta(seconds=5))
def number_entries(*, at: datetime) -> None:
    """Number the new entries of every company, without gaps."""
    house = Actor.system("ledger")
    for company in queries.prepared().currencies:
        while operations.number_entries(by=house, at=at, company=company):
            pass
