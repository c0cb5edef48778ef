"""A case becomes confidential: whatever would tell others that it exists is cut off.

docs/decisions/0211-what-becomes-confidential-takes-along-what-would-tell-of-it.md.
"""

from collections.abc import Sequence

from django.db.models import Q

from inward.desk import handing
from inward.desk.casewords import CaseAct, TaskState
from inward.desk.models import Case, CaseTask, CaseWatcher
from inward.desk.operations.steps.acting import Work, concern, keep
from inward.desk.operations.steps.searching import find_anew
from inward.kit.transaction import transaction_required
from inward.parties import queries as parties


@transaction_required
def hidden(work: Work) -> None:
    """It is confidential from now on, in the queue it is in now, with all that was joined to it.

    Nobody follows it any more, no task of another case waits for one of its own or the other way round, and open tasks of people who
    may not handle it are nobody's. It is about whoever asked any of it.
    """
    case = work.case
    joined = list(Case.objects.filter(joined_to=case).select_for_update().order_by("id"))
    together, codes = [case, *joined], parties.known().codes
    about = frozenset(codes[each.person_id] for each in together if each.person_id is not None)
    for each in together:
        each.confidential = True
        concern(each, about)
    for each in joined:
        _go_along(Work(each, work.by, work.at), case)
    CaseWatcher.objects.filter(case__in=together).delete()
    _cut_tasks(together)
    _take_tasks_back(work)


def _go_along(work: Work, case: Case) -> None:
    """What was joined is where the case is."""
    work.case.queue, work.case.supplier_id, work.case.owner_id = case.queue, case.supplier_id, None
    work.happen(CaseAct.HANDED_OVER, queue=case.queue.code, place=parties.known().codes[case.supplier_id])
    keep(work)
    find_anew(work.case)


def _cut_tasks(together: Sequence[Case]) -> None:
    inside, awaited = Q(case__in=together), Q(waits_for__case__in=together)
    between = CaseTask.objects.filter((inside & ~awaited) | (awaited & ~inside), waits_for__isnull=False)
    CaseTask.objects.filter(pk__in=list(between.values_list("pk", flat=True))).update(waits_for=None)


def _take_tasks_back(work: Work) -> None:
    keys = parties.keys()
    able = [keys[person] for person in handing.able(work.case, at=work.at)]
    tasks = CaseTask.objects.filter(case=work.case, state=TaskState.OPEN.value)
    tasks.exclude(owner=None).exclude(owner__in=able).update(owner=None)
