"""Tasks that wait for others: which do, which of them are due before the day of what they wait for, and who is told.

docs/decisions/0214-a-wait-that-cannot-end-in-time-is-told-early.md.
"""

from collections.abc import Collection, Mapping
from typing import Final, TypeAlias

from django.db.models import F, Q, QuerySet

from inward.desk.announcements import TaskWaits
from inward.desk.casewords import UNDER_WAY, TaskState
from inward.desk.models import CaseTask
from inward.desk.operations.steps.acting import Work
from inward.desk.waits import past_its_day
from inward.kit.transaction import transaction_required
from inward.parties import queries as parties

Clashes: TypeAlias = Mapping[tuple[int, int], CaseTask]
"""The tasks that are due before the day of what they wait for, by their own key and that of what they wait for."""
_GOING: Final = Q(
    state=TaskState.OPEN.value, case__state__in=[state.value for state in UNDER_WAY], waits_for__isnull=False
)
_BETWEEN_THEM: Final = Q(case_id=F("waits_for__case_id")) | Q(
    case__confidential=False, waits_for__case__confidential=False
)
"""Nothing is told between a confidential case and another one."""


@transaction_required
def hold(*keys: int) -> Mapping[int, CaseTask]:
    """The tasks of these keys, those they wait for and those that wait for them, locked in the order of their keys.

    Whoever moves the day of one and whoever moves the day of the other at the same time come one after the other, and the second sees
    what the first did.
    """
    near = CaseTask.objects.filter(Q(pk__in=keys) | Q(awaited_by__in=keys) | Q(waits_for__in=keys)).values("pk")
    held = CaseTask.objects.filter(pk__in=near).select_related("case", "owner").order_by("pk")
    return {task.pk: task for task in held.select_for_update(of=("self",))}


def waiting(first: CaseTask) -> QuerySet[CaseTask]:
    """What waits for it, in a case that is under way, and is somebody's, but not of whose it is itself."""
    return (
        CaseTask.objects.filter(_GOING, _BETWEEN_THEM, waits_for=first, owner__isnull=False)
        .exclude(owner_id=first.owner_id)
        .order_by("id")
    )


def tell_waiting(work: Work, first: CaseTask, what: str, *, but: Collection[str] = ()) -> None:
    """Tell the owners of what waits for it, but not those who were told more."""
    for owner in waiting(first).values_list("owner__code", flat=True):
        if owner not in but:
            work.tell(TaskWaits, task=first.reference, what=what, task_owner=owner)


def clashes(task: CaseTask) -> Clashes:
    """Those that a task has, with what it waits for and with what waits for it."""
    near = CaseTask.objects.filter(_GOING, _BETWEEN_THEM).filter(Q(pk=task.pk) | Q(waits_for=task.pk)).order_by("id")
    found = near.select_related("case", "owner", "waits_for__case", "waits_for__owner")
    return {(each.pk, each.waits_for.pk): each for each in found if each.waits_for is not None and past_its_day(each)}


def tell_clashes(work: Work, task: CaseTask, *, before: Clashes, fresh: bool = False) -> frozenset[str]:
    """Tell both owners of each clash that a task has now and had not ``before``, and a ``fresh`` owner of those that it had.

    Returns who was told. Nobody is told where both tasks are hers.
    """
    told: set[str] = set()
    for pair, late in clashes(task).items():
        first = late.waits_for
        assert first is not None  # it clashes with it
        if late.owner_id == first.owner_id:
            continue
        if pair not in before or (fresh and late.pk == task.pk):
            told |= _tell(work, late, "DUE_BEFORE")
        if pair not in before or (fresh and first.pk == task.pk):
            told |= _tell(work, first, "DUE_AFTER")
    return frozenset(told)


def tell_awaited(work: Work, first: CaseTask, *, by: CaseTask) -> None:
    """Tell whose the awaited task is that somebody else's waits for it."""
    if first.owner_id != by.owner_id:
        _tell(work, first, "AWAITED")


def _tell(work: Work, task: CaseTask, what: str) -> set[str]:
    """Tell whose it is, in the name of the case it belongs to."""
    if task.owner_id is None:
        return set()
    owner = parties.known().codes[task.owner_id]
    case = work.case if task.case_id == work.case.pk else task.case
    work.tell(TaskWaits, case, task=task.reference, what=what, task_owner=owner)
    return {owner}
