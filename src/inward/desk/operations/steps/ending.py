"""How a case ends: called solved by the service, and closed."""

from inward.desk.announcements import CaseClosed, CaseSolved
from inward.desk.casewords import CaseAct, CaseState
from inward.desk.operations.steps.acting import Work


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
