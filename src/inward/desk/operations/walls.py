"""Making and ending wall screens of queues. Audited."""

from datetime import datetime, timedelta
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.desk import walls
from inward.desk.models import WallScreen
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere
from inward.kit.transaction import transaction

DAYS_MAX: Final = 366


def make_wall(*, by: Actor, at: datetime, queue: str, days: int, subjects: bool = False) -> str:
    """Let a screen show a queue for so many days; returns its reference. ``subjects``: also what requests are called.

    1. Refuse a queue the actor does not keep, that is closed or confidential (NotThere), and too many days.  2. Keep; audit.
    """
    if not 1 <= days <= DAYS_MAX:
        raise Refusal(Reason.of("wall_days", most=DAYS_MAX), where="days")
    with transaction():
        found = walls.queues(by, at).filter(code=queue).first()
        if found is None:
            raise NotThere
        made = WallScreen.objects.create(
            reference=public_reference(),
            queue=found,
            subjects=subjects,
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        audit.record(by=by, at=at, act="desk.make_wall", thing=f"{queue} queue", facts={"days": days})
    return str(made.reference)


def end_wall(*, by: Actor, at: datetime, wall: str) -> None:
    """Let a screen show nothing any more. NotThere for one of a queue the actor does not keep, and one that is over."""
    with transaction():
        found = WallScreen.objects.filter(
            reference=wall, ended_at=None, expires_at__gt=at, queue__in=walls.queues(by, at)
        ).select_related("queue")
        row = found.first()
        if row is None:
            raise NotThere
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        audit.record(by=by, at=at, act="desk.end_wall", thing=f"{row.queue.code} queue", facts={})
