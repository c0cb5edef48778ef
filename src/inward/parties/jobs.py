"""What the parties room does by itself: count, every hour, what is likely wrong in the records; tell what is over."""

from datetime import datetime, timedelta

from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.parties import operations


@job("parties.count_findings", every=timedelta(hours=1))
def count_findings(*, at: datetime) -> None:
    """Note the numbers of the day."""
    operations.count_findings(by=Actor.system("parties.count_findings"), at=at)


@job("parties.plan_endings", every=timedelta(hours=1))
def plan_endings(*, at: datetime) -> None:
    """Plan to tell what ends about now."""
    operations.plan_endings(by=Actor.system("parties.plan_endings"), at=at)


@job("parties.take_name")
def take_name(*, at: datetime, party: int) -> None:
    """A company or unit is called otherwise from today on, if it still is so."""
    operations.take_name(by=Actor.system("parties.take_name"), at=at, party=party)


@job("parties.tell_ending")
def tell_ending(*, at: datetime, table: str, fact: int, until: str) -> None:
    """Tell that work or a holding is over, if it still is so."""
    operations.tell_ending(by=Actor.system("parties.tell_ending"), at=at, table=table, fact=fact, until=until)
