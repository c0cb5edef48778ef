"""When a task that waits for another cannot be done in time. docs/decisions/0214-a-wait-that-cannot-end-in-time-is-told-early.md."""

from inward.desk.casewords import UNDER_WAY, CaseState, TaskState
from inward.desk.models import CaseTask


def past_its_day(task: CaseTask) -> bool:
    """Whether it waits for a task whose day lies after its own, while both are to be done still; False where either has no day."""
    first = task.waits_for
    if first is None or task.due_on is None or first.due_on is None:
        return False
    return first.due_on > task.due_on and _going(task) and _going(first)


def _going(task: CaseTask) -> bool:
    return task.state == TaskState.OPEN.value and CaseState(task.case.state) in UNDER_WAY
