"""How a case ends: what must be done first, the service calls it solved, then it is over."""

from collections.abc import Sequence

from django.db.models import Q

from inward.core.terms import Reason, Refusal
from inward.desk import procedures
from inward.desk.announcements import CaseClosed, CaseSolved
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseState, TaskState
from inward.desk.models import Case, CaseTask
from inward.desk.operations.steps.acting import Work
from inward.desk.operations.steps.saying import Upload, attach, said


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


def resumed(work: Work) -> None:
    """It waits no longer."""
    work.happen(CaseAct.RESUMED)
    work.stands(CaseState.NEW if work.case.owner_id is None else CaseState.OPEN)


def require_open(work: Work) -> None:
    """Refuse what is over."""
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state))


def require_unblocked(case: Case) -> None:
    """Refuse what tasks, parts of others or steps of a procedure still stand in the way of."""
    open_tasks = CaseTask.objects.filter(case=case, blocks=True, state=TaskState.OPEN.value).count()
    parts = Case.objects.filter(Q(parent=case), state__in=sorted(state.value for state in UNDER_WAY)).count()
    if open_tasks or parts:
        raise Refusal(Reason.of("case_blocked", tasks=open_tasks, parts=parts))
    steps = procedures.in_the_way(case)
    if steps:
        raise Refusal(Reason.of("case_blocked_by_steps", step=steps[0].title, others=len(steps) - 1))


def call_solved(work: Work) -> None:
    """The service says that it is solved; whoever asked is to say whether it is."""
    work.happen(CaseAct.SOLVED)
    work.stands(CaseState.SOLVED)
    work.case.solved_at, work.case.solved, work.case.solved_words = work.at, None, ""
    work.tell(CaseSolved)


def close(work: Work) -> None:
    """It is over."""
    work.happen(CaseAct.CLOSED)
    work.stands(CaseState.CLOSED)
    work.case.closed_at = work.at
    work.tell(CaseClosed, how=CaseState.CLOSED.value)
