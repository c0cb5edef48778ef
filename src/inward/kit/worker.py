"""Drains the outbox: hands announcements to their listeners and runs what is due, each task in one transaction.

A task is locked, run and marked in the same transaction, so a worker killed anywhere leaves it either undone or done,
never half and never twice in the database. A task that fails waits longer each time and is stuck after eight attempts,
until a person retries or discards it. What a task does is the business of the rooms.
"""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.db.models import Count, F, Min, Q, QuerySet

from inward.core.terms import Reason, Refusal
from inward.kit import audit, clock, outbox
from inward.kit.actor import Actor
from inward.kit.models import Heartbeat, Task
from inward.kit.models.outbox import TaskKind, TaskState
from inward.kit.outbox import job
from inward.kit.transaction import carrying, transaction

ATTEMPTS_MAX = 8
BACK_OFF_SECONDS = (1, 5, 30, 120, 600, 1_800, 7_200)
"""How long a task waits after its first, second, … failed attempt; after the eighth it is stuck."""

LEASE = timedelta(minutes=5)
"""For how long a task that works outside the database is left alone before its worker counts as dead."""

AT_ONCE = 100
KEPT = timedelta(days=30)
KEPT_SLOTS = timedelta(hours=1)
IDLE_SECONDS = 0.25
BEAT_SECONDS = 5
_ERROR_LENGTH_MAX = 1_000

_log = logging.getLogger("inward.worker")


class UnknownTask(LookupError):  # noqa: N818 - it states a fact
    """No reaction or job of this name is registered in this program."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The state of the table for the operator: counts, and since when the oldest due task waits (None: none is due)."""

    waiting: int
    due: int
    stuck: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class StuckTask:
    """A task that waits for a person: what it is, since when it is due, and what went wrong the last time."""

    id: int
    name: str
    due_at: datetime
    error: str


def drain(limit: int | None = None) -> int:
    """Run what is due now, announcements' listeners included, until nothing is or ``limit`` tasks are done; how many."""
    handled = 0
    while limit is None or handled < limit:
        if not _due(clock.now()).exists():  # a look that locks nothing, for the many times when nothing is due
            break
        room = AT_ONCE if limit is None else min(AT_ONCE, limit - handled)
        done = _hand_out(room) or sum(takewhile(bool, (_handle_one() for _ in range(room))))
        if not done:
            break
        handled += done
    return handled


def once() -> int:
    """Do what is due now, as a worker that ran all the time would have done it, and end; how many tasks.

    Announcements first, so that the recurring jobs of this moment find what their reactions left for them.
    """
    told = drain()
    plan_recurring(clock.now())
    return told + drain()


def run(stop: threading.Event, *, name: str = "") -> None:
    """Drain until told to stop, looking several times a second; the worker shows its heartbeat under ``name``."""
    worker = name or f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    round_ = _Round(worker, started_at=clock.now())
    while not stop.is_set():
        try:
            busy = round_.turn()
        except Exception:  # noqa: BLE001 - see the next line
            # The worker outlives whatever happens: a database that is away, or a mistake outside any task.
            _log.exception("the worker could not go on; trying again")
            busy = False
            close_old_connections()
        if not busy:
            stop.wait(IDLE_SECONDS)
    round_.leave()
    connection.close()


def plan_recurring(at: datetime) -> int:
    """Plan the present slot of every recurring job that is not planned yet and not still waiting; how many.

    Slots that passed while no worker ran are not made up for. Several workers plan the same slot once: its key is unique.
    """
    return sum(_plan(each, at) for each in outbox.jobs().values() if each.every is not None)


def beat(worker: str, *, started_at: datetime, at: datetime, handled: int) -> None:
    """Show that the worker lives; forgets those silent for a day."""
    shown = {"started_at": started_at, "beat_at": at, "handled": handled}
    with transaction():
        Heartbeat.objects.update_or_create(worker=worker, defaults=shown)
        Heartbeat.objects.filter(beat_at__lt=at - timedelta(days=1)).delete()


def alive(at: datetime, *, within: timedelta = timedelta(seconds=30)) -> int:
    """How many workers have shown themselves lately."""
    return Heartbeat.objects.filter(beat_at__gte=at - within).count()


def queue(at: datetime) -> Queue:
    """How full the table is."""
    waiting, due = Q(state=TaskState.WAITING), Q(state=TaskState.WAITING, due_at__lte=at)
    counted = Task.objects.filter(state__in=(TaskState.WAITING, TaskState.STUCK)).aggregate(
        waiting=Count("id", filter=waiting),
        due=Count("id", filter=due),
        stuck=Count("id", filter=Q(state=TaskState.STUCK)),
        oldest_due_at=Min("due_at", filter=due),
    )
    return Queue(**counted)


def stuck(limit: int | None = None) -> tuple[StuckTask, ...]:
    """What waits for a person to retry or discard it, oldest first."""
    rows = Task.objects.filter(state=TaskState.STUCK).order_by("id")[:limit]
    return tuple(StuckTask(task.id, task.name, task.due_at, " ".join(task.last_error.split())) for task in rows)


def retry(*, by: Actor, at: datetime, task: int) -> None:
    """Let a stuck task be tried again from the start. Raises Refusal (task_not_stuck)."""
    fresh = {"state": TaskState.WAITING, "attempts": 0, "due_at": at, "last_error": ""}
    _settle(by, at, task, "kit.retry_task", fresh)


def discard(*, by: Actor, at: datetime, task: int, reason: str) -> None:
    """Give a stuck task up, saying why. Raises Refusal (task_not_stuck)."""
    _settle(by, at, task, "kit.discard_task", {"state": TaskState.DISCARDED, "done_at": at}, reason=reason)


@job("kit.forget_done_tasks", every=timedelta(days=1))
def forget_done_tasks(*, at: datetime) -> None:
    """Forget reactions and jobs done a month ago. Announcements are kept: they are what happened."""
    done = Task.objects.filter(state=TaskState.DONE, done_at__lt=at - KEPT)
    with transaction():
        done.exclude(kind=TaskKind.ANNOUNCEMENT).delete()


class _Round:
    """What one worker remembers from one turn to the next."""

    def __init__(self, worker: str, *, started_at: datetime) -> None:
        self.worker = worker
        self.started_at = started_at
        self.handled = 0
        self.beat_at: datetime | None = None

    def turn(self) -> bool:
        """Show the heartbeat and plan what recurs when it is time, drain a while; whether anything was done."""
        at = clock.now()
        if self.beat_at is None or not timedelta(0) <= at - self.beat_at < timedelta(seconds=BEAT_SECONDS):
            beat(self.worker, started_at=self.started_at, at=at, handled=self.handled)
            plan_recurring(at)
            self.beat_at = at
        done = drain(limit=100)
        self.handled += done
        return done > 0

    def leave(self) -> None:
        """Take the heartbeat away: this worker ended on purpose."""
        try:
            with transaction():
                Heartbeat.objects.filter(worker=self.worker).delete()
        except DatabaseError:
            _log.warning("the heartbeat of %s could not be taken away", self.worker)


def _due(at: datetime) -> QuerySet[Task]:
    return Task.objects.filter(state=TaskState.WAITING, due_at__lte=at).order_by("due_at", "id")


def _hand_out(room: int) -> int:
    """Make one task per listener of the first due announcements, many in one transaction: no room's code runs here."""
    with carrying():
        at = clock.now()
        told = _due(at).filter(kind=TaskKind.ANNOUNCEMENT).select_for_update(skip_locked=True)[:room]
        found = list(told)
        if found:
            Task.objects.bulk_create(turn for task in found for turn in _turns(task, at))
            mine = Task.objects.filter(id__in=[task.id for task in found])
            mine.update(state=TaskState.DONE, done_at=at, attempts=F("attempts") + 1)
        return len(found)


def _turns(task: Task, at: datetime) -> Iterator[Task]:
    """One task per listener; its key makes it one for ever."""
    for listener in outbox.listeners(task.name):
        yield Task(
            kind=TaskKind.REACTION,
            name=listener.name,
            version=task.version,
            payload={**task.payload, "id": task.id},
            due_at=task.due_at,
            created_at=at,
            key=f"reaction:{task.id}:{listener.name}",
        )


def _handle_one() -> bool:
    """Take the first due task nobody else has in hand, run it, mark it; False when there is none."""
    task: Task | None = None
    at = clock.now()
    try:
        with carrying():
            due = _due(at).exclude(kind=TaskKind.ANNOUNCEMENT)
            task = due.select_for_update(skip_locked=True).first()
            if task is None:
                return False
            task.attempts += 1
            outside = _is_outside(task)
            if outside:
                _lease(task, at)
            else:
                _do(task, at)
                _done(task, at)
    except Exception as error:
        if task is None:
            raise
        _note_failure(task, error)  # its effects are undone; what is left to do is to say so
    else:
        if outside:
            _do_outside(task, at)
    return True


def _do(task: Task, at: datetime) -> None:
    if task.kind == TaskKind.REACTION:
        reaction = _registered_reaction(task)
        reaction.function(outbox.read(reaction.listens_to, task), at=at)
    else:
        _registered_job(task).function(at=at, **task.payload)


def _is_outside(task: Task) -> bool:
    known = outbox.reactions().get(task.name) if task.kind == TaskKind.REACTION else outbox.jobs().get(task.name)
    return known is not None and known.outside


def _lease(task: Task, at: datetime) -> None:
    """Count the attempt before it begins, and leave the task alone for a while: a dead worker's mark stays behind."""
    task.due_at = at + LEASE
    if task.attempts > ATTEMPTS_MAX:
        task.state, task.last_error = TaskState.STUCK, "the worker ended during every attempt"
    task.save(update_fields=["attempts", "due_at", "state", "last_error"])


def _do_outside(task: Task, at: datetime) -> None:
    """Run it with no transaction open, then mark it, unless another worker has taken it over meanwhile."""
    if task.state == TaskState.STUCK:
        return
    try:
        _do(task, at)
    except Exception as error:  # noqa: BLE001 - whatever a task raises is noted on it, never lost with the worker
        _note_failure(task, error, counted=task.attempts)
        return
    with carrying():
        if _still_mine(task, task.attempts):
            _done(task, clock.now())


def _note_failure(task: Task, error: Exception, *, counted: int | None = None) -> None:
    """Note it on the task; ``counted`` says how many attempts its row shows when this one was counted beforehand."""
    with carrying():
        if _still_mine(task, task.attempts - 1 if counted is None else counted):
            _failed(task, clock.now(), error)


def _still_mine(task: Task, attempts: int) -> bool:
    """Lock the task if it still waits with so many attempts; False when another worker has taken it over."""
    mine = Task.objects.select_for_update().filter(id=task.id, attempts=attempts, state=TaskState.WAITING).exists()
    if not mine:
        _log.warning("task %s was taken over while it ran", task.id)
    return mine


def _done(task: Task, at: datetime) -> None:
    task.state, task.done_at, task.last_error = TaskState.DONE, at, ""
    task.save(update_fields=["state", "done_at", "attempts", "last_error"])


def _failed(task: Task, at: datetime, error: Exception) -> None:
    """Wait longer each time; after the last attempt a person has to look."""
    _log.warning("task %s (%s) failed, attempt %s", task.id, task.name, task.attempts, exc_info=error)
    task.last_error = f"{type(error).__name__}: {error}"[:_ERROR_LENGTH_MAX]
    if task.attempts >= ATTEMPTS_MAX:
        task.state = TaskState.STUCK
    else:
        task.due_at = at + timedelta(seconds=BACK_OFF_SECONDS[task.attempts - 1])
    task.save(update_fields=["attempts", "due_at", "state", "last_error"])


def _registered_reaction(task: Task) -> outbox.Reaction:
    found = outbox.reactions().get(task.name)
    if found is None:
        raise UnknownTask(task.name)
    return found


def _registered_job(task: Task) -> outbox.Job:
    found = outbox.jobs().get(task.name)
    if found is None:
        raise UnknownTask(task.name)
    return found


def _plan(each: outbox.Job, at: datetime) -> bool:
    """Plan the slot of a recurring job that ``at`` lies in."""
    every = each.every or timedelta.max
    slot = int(at.timestamp() // every.total_seconds())
    key = f"{slot}x{int(every.total_seconds())}"
    mine = Task.objects.filter(kind=TaskKind.JOB, name=each.name, key__isnull=False)
    if mine.filter(Q(key=f"job:{each.name}:{key}") | Q(state=TaskState.WAITING)).exists():
        return False
    with transaction():
        mine.filter(state=TaskState.DONE, done_at__lt=at - max(KEPT_SLOTS, every)).delete()
        return outbox.schedule(each.name, at, key=key, at=at)


def _settle(by: Actor, at: datetime, task: int, act: str, change: dict[str, object], **facts: str) -> None:
    with transaction():
        if not Task.objects.filter(id=task, state=TaskState.STUCK).update(**change):
            raise Refusal(Reason.of("task_not_stuck", task=task))
        audit.record(by=by, at=at, act=act, thing=str(task), facts=facts)
