"""The worker: every listener once, failures wait longer and get stuck, recurring work is planned once."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import OperationalError, connection

from inward.core.terms import Refusal
from inward.kit import clock, outbox, worker
from inward.kit.actor import Actor
from inward.kit.models import AuditRow, Heartbeat, Task, Version
from inward.kit.outbox import Announcement, announce, job, reaction, schedule
from inward.kit.transaction import transaction
from inward.kit.versions import bump
from inward.kit.worker import BACK_OFF_SECONDS, discard, drain, plan_recurring, queue, retry

pytestmark = [pytest.mark.database]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUSE = Actor.system("test")


@dataclass(frozen=True)
class Swarmed(Announcement):
    """A hive has swarmed."""

    hive: str
    name: ClassVar[str] = "bees.Swarmed"


def tell(*hives: str, at: datetime = NOON) -> list[Swarmed]:
    told = [Swarmed(hive) for hive in hives]
    with transaction():
        announce(*told, by=HOUSE, at=at)
    return told


def effect(name: str) -> None:
    with transaction():
        bump(name)


def effects() -> dict[str, int]:
    return dict(Version.objects.filter(number__gt=0).values_list("name", "number"))


def states() -> list[tuple[str, str, int]]:
    return [(task.name, task.state, task.attempts) for task in Task.objects.order_by("created_at", "id")]


@pytest.fixture
def noon(registry: None, db: None) -> Any:
    with clock.shifted(NOON):
        yield


def test_every_listener_hears_it_once_and_knows_which_and_when(noon: None) -> None:
    heard: list[tuple[str, Swarmed, int, datetime]] = []
    for name in ("b", "a"):
        reaction(Swarmed, name=name)(lambda told, *, at, name=name: heard.append((name, told, told.id, at)))
    (told,) = tell("h-1")

    assert drain() == 3
    assert drain() == 0

    assert heard == [("a", told, told.id, NOON), ("b", told, told.id, NOON)]
    assert heard[0][1].announced_by == "system:test"
    assert states() == [("bees.Swarmed", "DONE", 1), ("a", "DONE", 1), ("b", "DONE", 1)]
    assert Task.objects.get(name="a").done_at == NOON


def test_what_nobody_listens_to_is_done_and_kept(noon: None) -> None:
    tell("h-1")

    assert drain() == 1
    assert states() == [("bees.Swarmed", "DONE", 1)]


def test_a_limit_is_a_limit(noon: None) -> None:
    tell("h-1", "h-2", "h-3")

    assert drain(limit=2) == 2
    assert [state for _, state, _ in states()].count("WAITING") == 1


def test_what_is_due_later_waits(noon: None) -> None:
    job("bees.count")(lambda *, at: effect("counted"))
    with transaction():
        schedule("bees.count", NOON + timedelta(seconds=1), at=NOON)

    assert drain() == 0
    with clock.shifted(NOON + timedelta(seconds=1)):
        assert drain() == 1
    assert effects() == {"counted": 1}


def test_a_job_gets_its_payload(noon: None) -> None:
    seen: list[tuple[str, datetime]] = []
    job("bees.count")(lambda *, at, hive: seen.append((hive, at)))
    with transaction():
        schedule("bees.count", NOON, payload={"hive": "h-1"}, at=NOON)

    drain()

    assert seen == [("h-1", NOON)]


def test_a_failing_reaction_leaves_no_effect_and_does_not_stop_the_others(noon: None) -> None:
    @reaction(Swarmed, name="a.fails")
    def fails(told: Swarmed, *, at: datetime) -> None:
        effect("half")
        raise KeyError(told.hive)

    reaction(Swarmed, name="b.works")(lambda told, *, at: effect("whole"))
    tell("h-1")

    assert drain() == 3

    assert effects() == {"whole": 1}
    failed = Task.objects.get(name="a.fails")
    assert (failed.state, failed.attempts, failed.last_error) == ("WAITING", 1, "KeyError: 'h-1'")
    assert failed.due_at == NOON + timedelta(seconds=1)
    assert Task.objects.get(name="b.works").state == "DONE"


def test_a_reaction_that_breaks_the_database_transaction_is_noted_too(noon: None) -> None:
    @reaction(Swarmed, name="breaks")
    def breaks(told: Swarmed, *, at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nonsense FROM nowhere")

    tell("h-1")

    assert drain() == 2
    assert Task.objects.get(name="breaks").last_error.startswith(("OperationalError", "ProgrammingError"))


def test_it_waits_longer_each_time_and_is_stuck_after_eight_attempts(noon: None) -> None:
    @job("bees.dance")
    def dance(*, at: datetime) -> None:
        raise ValueError("x" * 5_000)

    with transaction():
        schedule("bees.dance", NOON, at=NOON)
    at, waits = NOON, []
    for _ in BACK_OFF_SECONDS:
        with clock.shifted(at):
            assert drain() == 1
            assert drain() == 0
        task = Task.objects.get()
        waits.append(int((task.due_at - at).total_seconds()))
        at = task.due_at
    assert waits == [1, 5, 30, 120, 600, 1_800, 7_200]
    assert task.state == "WAITING"

    with clock.shifted(at):
        assert drain() == 1
    with clock.shifted(at + timedelta(days=9)):
        assert drain() == 0

    task = Task.objects.get()
    assert (task.state, task.attempts, len(task.last_error)) == ("STUCK", 8, 1_000)


def stuck(at: datetime = NOON) -> Task:
    return Task.objects.create(
        kind="JOB", name="bees.dance", due_at=at, created_at=at, attempts=8, state="STUCK", last_error="ValueError: no"
    )


def test_a_stuck_task_is_tried_again_from_the_start_when_somebody_says_so(noon: None, by: Actor) -> None:
    job("bees.dance")(lambda *, at: effect("danced"))
    task = stuck(NOON - timedelta(days=2))

    retry(by=by, at=NOON, task=task.id)
    assert states() == [("bees.dance", "WAITING", 0)]
    drain()

    assert states() == [("bees.dance", "DONE", 1)]
    assert effects() == {"danced": 1}
    assert AuditRow.objects.values_list("act", "thing", "subject").get() == ("kit.retry_task", str(task.id), "s-ada")


def test_a_stuck_task_can_be_given_up_with_a_reason(noon: None, by: Actor) -> None:
    task = stuck()

    discard(by=by, at=NOON, task=task.id, reason="the bees are gone")

    assert drain() == 0
    assert states() == [("bees.dance", "DISCARDED", 8)]
    assert AuditRow.objects.get().facts == {"reason": "the bees are gone"}


def test_only_a_stuck_task_is_retried_or_given_up(noon: None, by: Actor) -> None:
    (told,) = tell("h-1")

    for act in (lambda: retry(by=by, at=NOON, task=told.id), lambda: discard(by=by, at=NOON, task=1, reason="r")):
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.reason.code == "task_not_stuck"
    assert states() == [("bees.Swarmed", "WAITING", 0)]
    assert AuditRow.objects.count() == 0


def test_what_this_program_does_not_know_is_kept_for_one_that_does(noon: None) -> None:
    for kind in ("REACTION", "JOB"):
        Task.objects.create(kind=kind, name="gone", due_at=NOON, created_at=NOON, payload={})

    assert drain() == 2

    assert {(task.state, task.last_error) for task in Task.objects.all()} == {("WAITING", "UnknownTask: gone")}


# --- work outside the database --------------------------------------------------------------------------------------


def test_work_outside_runs_in_no_transaction_and_is_counted_before_it_begins(registry: None, committed: None) -> None:
    seen: list[tuple[bool, int, timedelta]] = []

    @reaction(Swarmed, name="mail", outside=True)
    def mail(told: Swarmed, *, at: datetime) -> None:
        task = Task.objects.get(name="mail")
        seen.append((connection.in_atomic_block, task.attempts, task.due_at - at))

    with clock.shifted(NOON):
        tell("h-1")
        assert drain() == 2

    assert seen == [(False, 1, timedelta(minutes=5))]
    assert states() == [("bees.Swarmed", "DONE", 1), ("mail", "DONE", 1)]


def test_work_outside_that_fails_waits_like_any_other(noon: None) -> None:
    @job("bees.mail", outside=True)
    def mail(*, at: datetime) -> None:
        raise OSError("no post today")

    with transaction():
        schedule("bees.mail", NOON, at=NOON)

    assert drain() == 1
    task = Task.objects.get()
    assert (task.state, task.attempts, task.last_error) == ("WAITING", 1, "OSError: no post today")
    assert task.due_at == NOON + timedelta(seconds=1)


def test_work_outside_taken_over_by_another_worker_is_left_to_it(noon: None) -> None:
    @job("bees.mail", outside=True)
    def mail(*, at: datetime) -> None:
        Task.objects.update(attempts=2)  # the lease ran out and another worker began

    with transaction():
        schedule("bees.mail", NOON, at=NOON)

    assert drain() == 1
    assert states() == [("bees.mail", "WAITING", 2)]


def test_work_outside_that_fails_after_it_was_taken_over_is_left_to_the_other(noon: None) -> None:
    @job("bees.mail", outside=True)
    def mail(*, at: datetime) -> None:
        Task.objects.update(attempts=2)
        raise OSError("no post today")

    with transaction():
        schedule("bees.mail", NOON, at=NOON)

    assert drain() == 1
    assert (states(), Task.objects.get().last_error) == ([("bees.mail", "WAITING", 2)], "")


def test_work_outside_that_ends_every_worker_is_stuck_and_not_begun_again(noon: None) -> None:
    job("bees.mail", outside=True)(lambda *, at: effect("mailed"))
    Task.objects.create(kind="JOB", name="bees.mail", due_at=NOON, created_at=NOON, attempts=8)

    assert drain() == 1

    assert states() == [("bees.mail", "STUCK", 9)]
    assert Task.objects.get().last_error == "the worker ended during every attempt"
    assert effects() == {}


# --- recurring ------------------------------------------------------------------------------------------------------


def test_recurring_work_is_planned_once_for_each_span_of_time(noon: None) -> None:
    job("bees.count", every=timedelta(hours=1))(lambda *, at: effect("counted"))
    job("bees.asked")(lambda *, at: effect("asked"))

    assert [plan_recurring(NOON), plan_recurring(NOON + timedelta(minutes=59))] == [1, 0]
    assert drain() == 1
    assert plan_recurring(NOON + timedelta(minutes=59)) == 0
    assert plan_recurring(NOON + timedelta(minutes=60)) == 1

    assert effects() == {"counted": 1}
    assert states() == [("bees.count", "DONE", 1), ("bees.count", "WAITING", 0)]


def test_once_does_what_is_due_with_the_recurring_work_of_the_moment_after_what_it_hands_on(noon: None) -> None:
    job("bees.count", every=timedelta(hours=1))(lambda *, at: effect("counted after" if effects() else "counted first"))
    reaction(Swarmed, name="keepers.note")(lambda told, *, at: effect("noted"))
    tell("a")

    assert worker.once() == 3
    assert effects() == {"noted": 1, "counted after": 1}
    assert worker.once() == 0
    with clock.shifted(NOON + timedelta(hours=1)):
        assert worker.once() == 1


def test_recurring_work_that_still_waits_is_not_piled_up(noon: None) -> None:
    job("bees.count", every=timedelta(minutes=1))(lambda *, at: effect("counted"))
    plan_recurring(NOON)

    assert [plan_recurring(NOON + timedelta(minutes=minute)) for minute in (1, 2, 3)] == [0, 0, 0]
    assert len(states()) == 1


def test_stuck_recurring_work_does_not_stop_the_next_time(noon: None) -> None:
    job("bees.count", every=timedelta(minutes=1))(lambda *, at: effect("counted"))
    plan_recurring(NOON)
    Task.objects.update(state="STUCK")

    assert plan_recurring(NOON + timedelta(minutes=1)) == 1


def test_done_slots_are_forgotten_after_an_hour(noon: None) -> None:
    job("bees.count", every=timedelta(minutes=1))(lambda *, at: effect("counted"))
    for minute in range(5):
        at = NOON + timedelta(minutes=minute)
        with clock.shifted(at):
            plan_recurring(at)
            drain()

    plan_recurring(NOON + timedelta(minutes=62))

    assert [state for _, state, _ in states()] == ["DONE", "DONE", "DONE", "WAITING"]


def test_reactions_and_jobs_done_a_month_ago_are_forgotten_and_announcements_are_kept(noon: None) -> None:
    reaction(Swarmed, name="hears")(lambda told, *, at: None)
    tell("h-1")
    drain()
    stuck()

    worker.forget_done_tasks(at=NOON + timedelta(days=29))
    assert len(states()) == 3
    worker.forget_done_tasks(at=NOON + timedelta(days=31))

    assert {name for name, _, _ in states()} == {"bees.Swarmed", "bees.dance"}


# --- the operator's view --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_queue_says_what_waits_what_is_due_and_since_when() -> None:
    assert queue(NOON) == worker.Queue(waiting=0, due=0, stuck=0, oldest_due_at=None)
    early, late = NOON - timedelta(minutes=5), NOON + timedelta(minutes=5)
    for due_at, state in ((early, "WAITING"), (NOON, "WAITING"), (late, "WAITING"), (early, "STUCK"), (early, "DONE")):
        Task.objects.create(kind="JOB", name="n", due_at=due_at, created_at=early, state=state)

    assert queue(NOON) == worker.Queue(waiting=3, due=2, stuck=1, oldest_due_at=early)


@pytest.mark.django_db
def test_a_worker_that_beats_is_alive_until_it_falls_silent() -> None:
    worker.beat("w-1", started_at=NOON, at=NOON, handled=3)
    worker.beat("w-1", started_at=NOON, at=NOON + timedelta(seconds=20), handled=5)
    worker.beat("w-2", started_at=NOON, at=NOON, handled=0)

    assert worker.alive(NOON + timedelta(seconds=25)) == 2
    assert worker.alive(NOON + timedelta(seconds=45)) == 1
    assert worker.alive(NOON + timedelta(minutes=5)) == 0
    assert Heartbeat.objects.get(worker="w-1").handled == 5

    worker.beat("w-3", started_at=NOON, at=NOON + timedelta(days=1, seconds=10), handled=0)
    assert {beat.worker for beat in Heartbeat.objects.all()} == {"w-1", "w-3"}


# --- the loop -------------------------------------------------------------------------------------------------------


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.02)


def test_the_loop_beats_plans_drains_and_leaves(registry: None, committed: None) -> None:
    reaction(Swarmed, name="hears")(lambda told, *, at: effect("heard"))
    job("bees.count", every=timedelta(hours=1))(lambda *, at: effect("counted"))
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,), kwargs={"name": "w-1"})
    thread.start()
    try:
        until(lambda: effects() == {"counted": 1} and worker.alive(clock.now()) == 1)
        tell("h-1", at=clock.now())
        until(lambda: effects() == {"counted": 1, "heard": 1})
    finally:
        stop.set()
        thread.join(10)

    assert not thread.is_alive()
    assert Heartbeat.objects.count() == 0


def test_the_loop_outlives_a_database_that_is_away_and_a_mistake(
    registry: None, committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, failures = threading.Event(), iter([OperationalError("gone"), KeyError("a mistake")])
    drain_for_real = worker.drain

    def moody(limit: int | None = None) -> int:
        failure = next(failures, None)
        if failure is not None:
            raise failure
        stop.set()
        return drain_for_real(limit)

    monkeypatch.setattr(worker, "drain", moody)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.01)
    tell("h-1", at=clock.now())

    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    thread.join(10)

    assert not thread.is_alive()
    assert states() == [("bees.Swarmed", "DONE", 1)]


@pytest.mark.django_db
def test_leaving_when_the_database_is_gone_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(worker, "transaction", gone)

    worker._Round("w-1", started_at=NOON).leave()


def test_what_other_workers_have_in_hand_is_left_to_them(noon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tell("h-1")
    monkeypatch.setattr(worker, "_hand_out", lambda room: 0)  # what a locked row looks like from outside

    assert drain() == 0
    assert states() == [("bees.Swarmed", "WAITING", 0)]


def test_a_failure_of_the_table_itself_is_no_tasks_failure(noon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(at: datetime) -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(worker, "_due", gone)

    with pytest.raises(OperationalError):
        worker._handle_one()


def test_many_workers_share_the_work_and_none_is_done_twice(registry: None, committed: None) -> None:
    reaction(Swarmed, name="hears")(lambda told, *, at: effect(f"heard.{told.hive}"))
    tell(*(f"h-{number}" for number in range(30)), at=NOON)
    handled: list[int] = []

    def work() -> None:
        handled.append(drain())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    drain()

    assert effects() == {f"heard.h-{number}": 1 for number in range(30)}
    assert set(outbox.reactions()) == {"hears"}
    assert Task.objects.exclude(state="DONE").count() == 0
    assert Task.objects.filter(kind="REACTION").count() == 30
