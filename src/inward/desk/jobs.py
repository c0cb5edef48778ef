"""What the desk does by itself: what waited for a day goes on, what nobody said a word about closes, and whoever
looks after a procedure, or waits for a task, is told that its day went by.
"""

from datetime import date, datetime, timedelta

from inward.desk import operations
from inward.kit.actor import Actor
from inward.kit.outbox import job


@job("desk.go_on", every=timedelta(hours=1), outside=True)
def go_on(*, at: datetime) -> None:
    """Outside a transaction: each case is one of its own, and it may run again."""
    operations.go_on(by=Actor.system("desk.go_on"), at=at)


@job("desk.tell_review")
def tell_review(*, at: datetime, procedure: str, review_by: str) -> None:
    """A procedure should have been looked at again by yesterday, if it still should."""
    by = Actor.system("desk.tell_review")
    operations.tell_review(by=by, at=at, procedure=procedure, review_by=date.fromisoformat(review_by))


@job("desk.tell_task_late")
def tell_task_late(*, at: datetime, task: str, due_on: str) -> None:
    """A task that others wait for was to be done by yesterday, if it still was and is not."""
    by = Actor.system("desk.tell_task_late")
    operations.tell_task_late(by=by, at=at, task=task, due_on=date.fromisoformat(due_on))
