"""The one table of announcements, reactions and jobs, and the workers' heartbeats (see ``kit.outbox``, ``kit.worker``)."""

from django.db import models
from django.db.models import Q

from inward.kit.ids import new_id


class TaskKind(models.TextChoices):
    """What a task is: something told, a listener's turn at it, or work due at a time."""

    ANNOUNCEMENT = "ANNOUNCEMENT"
    REACTION = "REACTION"
    JOB = "JOB"


class TaskState(models.TextChoices):
    """Where a task stands. STUCK waits for a person; DISCARDED was given up by one."""

    WAITING = "WAITING"
    DONE = "DONE"
    STUCK = "STUCK"
    DISCARDED = "DISCARDED"


class Task(models.Model):
    """One thing the worker has to do. ``key`` is unique where something must not be planned twice."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=TaskKind)
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=TaskState, default=TaskState.WAITING)
    last_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=240, null=True, unique=True)  # noqa: DJ001 - unique where it is given at all

    class Meta:
        indexes = (
            models.Index(fields=["due_at", "id"], name="task_waiting", condition=Q(state="WAITING")),
            models.Index(fields=["id"], name="task_stuck", condition=Q(state="STUCK")),
            models.Index(fields=["kind", "name", "id"], name="task_by_name"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.id}"


class Heartbeat(models.Model):
    """When a worker last showed that it lives."""

    worker = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    handled = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.worker
