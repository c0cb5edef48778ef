"""How a case comes to stand otherwise: whose it is, how urgent, solved, over. What acts, macros, outages and orders are made of."""

from collections.abc import Sequence
from typing import Final

from django.db import connection

from inward.core.terms import Reason, Refusal
from inward.desk import clocks, handing, procedures
from inward.desk.announcements import CaseAssigned, CaseClosed, CaseSolved, CaseWeighed
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseState, Impact, Side, TaskState, Urgency
from inward.desk.models import Case, Queue, ReturnCode
from inward.desk.operations.steps.acting import Work
from inward.desk.operations.steps.hiding import hidden
from inward.desk.operations.steps.saying import Upload, attach, said, take
from inward.desk.operations.steps.searching import find_anew
from inward.desk.vocabulary import PRIORITIES
from inward.kit.policy import NotThere
from inward.parties import queries as parties


def assigned(work: Work, owner: str | None) -> None:
    """It is this person's from now on, or nobody's."""
    require_open(work)
    if owner is None or owner != work.by.person:
        _give(work, owner)
        return
    work.case.owner_id = parties.keys()[owner]
    if work.state is CaseState.NEW:
        take(work)
    else:
        work.happen(CaseAct.TAKEN)


def _give(work: Work, owner: str | None) -> None:
    """To a colleague who may handle it, or back to everybody; it is new again until somebody takes it on."""
    case = work.case
    if owner is not None and owner not in handing.able(case, at=work.at):
        raise Refusal(Reason.of("case_owner_unfit"), where="owner")
    before = case.owner_id
    case.owner_id = None if owner is None else parties.keys()[owner]
    if case.owner_id == before:
        return
    work.happen(CaseAct.HANDED_OVER, owner="" if owner is None else parties.subject_of(owner))
    if work.state is CaseState.OPEN:
        work.stands(CaseState.NEW)
    if owner is not None:
        work.tell(CaseAssigned)


def handed_over(work: Work, queue: str, words: str) -> None:
    """It is another queue's from now on; a note says why."""
    require_open(work)
    found = Queue.objects.filter(code=queue, closed_at=None).first()
    if found is None:
        raise NotThere
    if found.pk == work.case.queue_id:
        raise Refusal(Reason.of("queue_is_the_same"), where="queue")
    if work.case.confidential and not found.confidential:
        raise Refusal(Reason.of("case_stays_confidential"), where="queue")
    work.say(Side.SERVICE, words, note=True)
    _move(work, found)


def _move(work: Work, found: Queue) -> None:
    if (
        work.state is CaseState.WAITING
    ):  # nobody waits for anything now: whoever serves next has it to do, and the clock runs
        work.happen(CaseAct.RESUMED)
    case, codes = work.case, parties.known().codes
    before, after = codes[case.supplier_id], codes[found.supplier_id]
    work.happen(CaseAct.HANDED_OVER, queue=found.code, place=after)
    on = work.at.date()
    unnamed = ReturnCode.objects.filter(case=case).exists()  # its clocks are of every day, whoever has it
    if after != before and not unnamed and clocks.calendar_of(after, on) is not None:
        work.happen(CaseAct.MOVED, calendar=after, on=on.isoformat())
    case.queue, case.supplier_id, case.owner_id = found, found.supplier_id, None
    if found.confidential and not case.confidential:
        hidden(work)
    work.stands(CaseState.NEW)
    find_anew(case)
    work.tell(CaseAssigned)


def weighed(work: Work, impact: Impact, urgency: Urgency) -> None:
    """So many cannot work, and it can wait so long; priority follows."""
    require_open(work)
    found, priority = work.case, PRIORITIES[impact, urgency]
    found.impact, found.urgency = impact.value, urgency.value
    if priority.value != found.priority:
        found.priority = priority.value
        work.happen(CaseAct.REPRIORITISED, priority=priority.value)
        work.tell(CaseWeighed, priority=priority.value)


def solved(work: Work, words: str, uploads: Sequence[Upload] = ()) -> None:
    """It is solved, with an answer that says how. Refusal for what is over or blocked."""
    require_open(work)
    require_unblocked(work.case)
    if work.state is CaseState.WAITING:
        resumed(work)
    attach(work, said(work, words), uploads)
    work.told.clear()  # one letter: that it is solved, with these words
    call_solved(work)


def called_solved(work: Work) -> None:
    """It is solved without a word of the service: what it was about has happened elsewhere."""
    if work.state is CaseState.WAITING:
        resumed(work)
    call_solved(work)


def close(work: Work) -> None:
    """It is over."""
    work.happen(CaseAct.CLOSED)
    work.stands(CaseState.CLOSED)
    work.case.closed_at = work.at
    work.tell(CaseClosed, how=CaseState.CLOSED.value)


def call_solved(work: Work) -> None:
    """The service says that it is solved; whoever asked is to say whether it is."""
    work.happen(CaseAct.SOLVED)
    work.stands(CaseState.SOLVED)
    work.case.solved_at, work.case.solved, work.case.solved_words = work.at, None, ""
    work.tell(CaseSolved)


def resumed(work: Work) -> None:
    """It goes on."""
    work.happen(CaseAct.RESUMED)
    work.stands(CaseState.NEW if work.case.owner_id is None else CaseState.OPEN)


def require_open(work: Work) -> None:
    """Refuse what is over."""
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state))


def require_unblocked(case: Case) -> None:
    """Refuse what tasks, parts or steps keep from being solved."""
    open_tasks, parts = _in_the_way(case)
    if open_tasks or parts:
        raise Refusal(Reason.of("case_blocked", tasks=open_tasks, parts=parts))
    steps = procedures.in_the_way(case)
    if steps:
        raise Refusal(Reason.of("case_blocked_by_steps", step=steps[0].title, others=len(steps) - 1))


def _in_the_way(case: Case) -> tuple[int, int]:
    """How many tasks that block are open, and how many parts are under way."""
    going = sorted(state.value for state in UNDER_WAY)
    with connection.cursor() as cursor:
        cursor.execute(_IN_THE_WAY, [case.pk, TaskState.OPEN.value, case.pk, *going])
        tasks, parts = cursor.fetchone()
    return int(tasks), int(parts)


_IN_THE_WAY: Final = """
    SELECT (SELECT count(*) FROM desk_casetask WHERE case_id = %s AND blocks AND state = %s),
           (SELECT count(*) FROM desk_case WHERE parent_id = %s AND state IN (%s, %s, %s))
"""
