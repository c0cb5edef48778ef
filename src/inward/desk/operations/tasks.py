"""Tasks of a case: work with an owner and a day of its own, which may wait for another task of anybody's."""

from datetime import date, datetime
from typing import Final

from django.db.models import Max

from inward.core.terms import Reason, Refusal
from inward.desk import cases, clocks, handing, near, policy
from inward.desk.announcements import TaskGiven, TaskWaits
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseState, TaskState
from inward.desk.models import CaseTask
from inward.desk.operations.steps import waiting
from inward.desk.operations.steps.acting import As, Work, acting, keep, locked, note
from inward.desk.operations.steps.opening import usable_subject
from inward.kit import outbox, rows
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties

TASKS_MAX: Final = 100
CHAIN_MAX: Final = 50
LATE_JOB: Final = "desk.tell_task_late"
_FOR_ITS_OWNER: Final = Actor.system("desk.tasks")
"""Finds the case of a task whose owner may not see the case."""


def add_task(
    *,
    by: Actor,
    at: datetime,
    case: str,
    title: str,
    owner: str | None = None,
    due_on: date | None = None,
    blocks: bool = False,
) -> str:
    """Add a task to a case; returns its reference. Its owner, if any, is a person; she is told.

    1. Refuse what policy refuses, what is over, too many, somebody nobody knows, a day that has been.   2. Keep.  3. Audit, announce.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="add_task") as work:
        if work.state not in UNDER_WAY:
            raise Refusal(Reason.of("case_is_over", state=work.case.state))
        count = work.case.tasks.aggregate(last=Max("position"))["last"] or 0
        if count >= TASKS_MAX:
            raise Refusal(Reason.of("too_many_tasks", most=TASKS_MAX))
        if due_on is not None and due_on < at.date():
            raise Refusal(Reason.of("task_day_over"), where="due_on")
        made = CaseTask.objects.create(
            reference=public_reference(),
            case=work.case,
            position=count + 1,
            title=usable_subject(title),
            owner_id=_owner(work, owner),
            due_on=due_on,
            blocks=blocks,
            added_at=work.at,
        )
        work.happen(CaseAct.TASK_ADDED, task=made.reference)
        if owner not in (None, by.person):
            work.tell(TaskGiven, task=made.reference, task_owner=owner or "")
    return str(made.reference)


def give_task(*, by: Actor, at: datetime, case: str, task: str, owner: str | None, due_on: date | None = None) -> None:
    """Say whose a task is, and by when it is to be done. Whoever waits for it is told where the day is later than it was; both owners
    where that which waits is due before it now.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="give_task") as work:
        found = _open_task(work, task)
        if due_on is not None and due_on < at.date():
            raise Refusal(Reason.of("task_day_over"), where="due_on")
        found = waiting.hold(found.pk)[found.pk]
        before = waiting.clashes(found)
        later = found.due_on is not None and (due_on is None or due_on > found.due_on)
        given = _owner(work, owner)
        fresh = given != found.owner_id
        found.owner_id, found.due_on = given, due_on
        found.save(update_fields=["owner", "due_on"])
        if fresh and owner not in (None, by.person):
            work.tell(TaskGiven, task=found.reference, task_owner=owner or "")
        told = waiting.tell_clashes(work, found, before=before, fresh=fresh)
        if later:
            waiting.tell_waiting(work, found, "LATER", but=told)
        if waiting.waiting(found).exists():
            _plan_late(found, at)


def end_task(*, by: Actor, at: datetime, case: str, task: str, state: TaskState) -> None:
    """A task is done, or not needed any more, or to do again after all. Whoever waits for it is told.

    1. Refuse what policy refuses, what stands so already, and done before what it waits for.   2. Keep.  3. Audit, announce.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="end_task", facts={"state": state.value}) as work:
        _end(work, _task(work, task), state)


def do_own_task(*, by: Actor, at: datetime, task: str) -> None:
    """Say that a task of one's own is done, also where one does not handle its case. Whoever waits for it is told.

    NotThere for a task that is somebody else's, and of a confidential case that one does not see. Refusal as ``end_task``.
    """
    clocks.ready()
    near.ready()
    with transaction():
        found = CaseTask.objects.filter(reference=task, owner__code=by.person or "").select_related("case").first()
        if found is None or (found.case.confidential and not cases.sees(by, at, found.case)):
            raise NotThere
        case = locked(_FOR_ITS_OWNER, at, found.case.reference)
        work = Work(case, by, max(at, case.changed_at), was=rows.values_of(case))
        _end(work, _task(work, task), TaskState.DONE)
        keep(work)
        note(work, "end_task", {"state": TaskState.DONE.value})


def _end(work: Work, found: CaseTask, state: TaskState) -> None:
    found = waiting.hold(found.pk)[found.pk]
    if found.state == state.value:
        raise Refusal(Reason.of("task_stands_so", state=state.value))
    first = found.waits_for
    if state is TaskState.DONE and first is not None and first.state == TaskState.OPEN.value:
        raise Refusal(Reason.of("task_waits_for", task=first.title))
    before = waiting.clashes(found)
    found.state, found.ended_at = state.value, None if state is TaskState.OPEN else work.at
    found.save(update_fields=["state", "ended_at"])
    work.happen(_ENDS[state], task=found.reference)
    waiting.tell_waiting(work, found, state.value)
    waiting.tell_clashes(work, found, before=before)


def wait_for(*, by: Actor, at: datetime, case: str, task: str, other: str | None) -> None:
    """Say that a task waits for another one, of a case that one sees; None: for none any more. Both owners see it.

    Refusal for itself, for one that waits for this one (through whichever others), for one that is done, and between cases of which
    one is confidential: who sees the other would learn that there is one.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="wait_for") as work:
        found = _open_task(work, task)
        first = None if other is None else _seen_task(by, at, other)
        if found.waits_for_id == (None if first is None else first.pk):
            return  # it does already: pressed twice
        held = waiting.hold(found.pk, *(() if first is None else (first.pk,)))
        found, first = held[found.pk], None if first is None else held[first.pk]
        if first is not None:
            _refuse_wait(found, first)
        before = waiting.clashes(found)
        found.waits_for = first
        found.save(update_fields=["waits_for"])
        work.happen(CaseAct.TASK_WAITS, task=found.reference, other="" if first is None else first.reference)
        if first is not None:
            waiting.tell_awaited(work, first, by=found)
            waiting.tell_clashes(work, found, before=before)
            _plan_late(first, at)


def tell_task_late(*, by: Actor, at: datetime, task: str, due_on: date) -> bool:
    """Tell that the day of a task others wait for went by: them, and whose it is. False where it was done, moved, or nobody waits.

    1. Refuse anybody but the house.   2. Lock its case.   3. Audit, announce.
    """
    require(policy.may_run_desk(by))
    clocks.ready()
    near.ready()
    with transaction():
        of = CaseTask.objects.filter(reference=task).values_list("case__reference", flat=True).first()
        if of is None:
            return False
        case = locked(by, at, of)
        open_tasks = CaseTask.objects.filter(reference=task, due_on=due_on, state=TaskState.OPEN.value)
        found = open_tasks.select_related("owner").first()
        if found is None or CaseState(case.state) not in UNDER_WAY or not waiting.waiting(found).exists():
            return False
        work = Work(case, by, max(at, case.changed_at), was=rows.values_of(case))
        waiting.tell_waiting(work, found, "LATE")
        if found.owner is not None:
            work.tell(TaskWaits, task=found.reference, what="OVERDUE", task_owner=found.owner.code)
        note(work, "tell_task_late", {"task": found.reference})
    return True


def _plan_late(found: CaseTask, at: datetime) -> None:
    """Plan that whoever waits is told when its day has gone by, wherever they are."""
    if found.due_on is not None:
        payload = {"task": found.reference, "due_on": found.due_on.isoformat()}
        due = outbox.over_everywhere(found.due_on)
        outbox.schedule(LATE_JOB, due, payload=payload, key=f"{found.reference} {found.due_on}", at=at)


def _task(work: Work, task: str) -> CaseTask:
    found = CaseTask.objects.filter(case=work.case, reference=task).select_related("waits_for").first()
    if found is None:
        raise NotThere
    return found


def _open_task(work: Work, task: str) -> CaseTask:
    found = _task(work, task)
    if found.state != TaskState.OPEN.value:
        raise Refusal(Reason.of("task_stands_so", state=found.state))
    return found


def _owner(work: Work, owner: str | None) -> int | None:
    """Somebody who is known; in a confidential case somebody who may handle it: nobody else may learn that there is one."""
    if owner is None:
        return None
    if owner not in parties.world().person:
        raise Refusal(Reason.of("task_owner_unfit"), where="owner")
    if work.case.confidential and owner not in handing.able(work.case, at=work.at):
        raise Refusal(Reason.of("case_owner_unfit"), where="owner")
    return parties.keys()[owner]


def _seen_task(by: Actor, at: datetime, reference: str) -> CaseTask:
    found = CaseTask.objects.filter(reference=reference).first()
    if found is None or not cases.visible(by, at).filter(pk=found.case_id).exists():
        raise NotThere
    return found


def _refuse_wait(found: CaseTask, first: CaseTask) -> None:
    if first.case_id != found.case_id and (first.case.confidential or found.case.confidential):
        raise Refusal(Reason.of("case_stays_confidential"), where="other")
    if first.state != TaskState.OPEN.value:
        raise Refusal(Reason.of("task_stands_so", state=first.state), where="other")
    _refuse_circle(found, first)


def _refuse_circle(task: CaseTask, first: CaseTask) -> None:
    """Follow what it would wait for: it must end, and not come back."""
    each: CaseTask | None = first
    for _ in range(CHAIN_MAX):
        if each is None:
            return
        if each.pk == task.pk:
            raise Refusal(Reason.of("tasks_in_a_circle"), where="other")
        each = each.waits_for
    raise Refusal(Reason.of("tasks_in_a_circle"), where="other")


_ENDS: Final = {
    TaskState.DONE: CaseAct.TASK_DONE,
    TaskState.DROPPED: CaseAct.TASK_DROPPED,
    TaskState.OPEN: CaseAct.TASK_OPENED_AGAIN,
}
