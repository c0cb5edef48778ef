"""Forgetting what somebody said who was erased as a person; that cases happened, and every figure of them, stays."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from inward.desk import policy
from inward.desk.casewords import Side
from inward.desk.models import (
    Case,
    CaseDraft,
    CaseMessage,
    CaseOpening,
    CaseRead,
    CaseTask,
    CaseWatcher,
    LetterStanding,
    MessageFile,
    RunStep,
    TimeSpent,
)
from inward.desk.operations.steps.searching import find_anew, forget_found
from inward.kit import audit, files
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction

FORGOTTEN: Final = "…"
"""What a case, or a task, is called whose words were forgotten."""


def forget_person(*, by: Actor, at: datetime, person_id: int) -> None:
    """Forget what an erased person said and what was said of her own affairs (``parties.erase_person``).

    1. Refuse what policy refuses.
    2. Of cases that were for herself empty every word; of those she asked for a department what they are called, the answers of
       their form and what she wrote, and that it was she. Files that came with it go. Of cases for herself also what tasks are called,
       on what time was spent, what steps of procedures were shown with, and why somebody opened one to read.
    3. She follows nothing, has read nothing and typed nothing; why she spent time is emptied, and so are her letters.   4. Audit, without her, if there was any.
    Raises Refused. Doing it again changes nothing.
    """
    require(policy.may_run_desk(by))
    with transaction():
        mine = Case.objects.filter(Q(person_id=person_id) | Q(customer_id=person_id)).exclude(subject=FORGOTTEN)
        touched = list(mine.select_for_update(of=("self",)).order_by("id"))
        wrote = CaseMessage.objects.filter(person_id=person_id, side=Side.CUSTOMER.value)
        said = CaseMessage.objects.filter(Q(case__customer_id=person_id) | Q(pk__in=wrote.values("pk"))).exclude(
            text=""
        )
        emptied = _empty(list(said.select_related("case")))
        for case in touched:
            if case.customer_id != person_id:
                case.person = None
            case.subject, case.answers, case.solved_words = FORGOTTEN, {}, ""
            case.save(update_fields=["person", "subject", "answers", "solved_words"])
            find_anew(case)
        for kind in (CaseWatcher, CaseRead, CaseDraft):
            kind.objects.filter(person_id=person_id).delete()
        _forget_letters(person_id, at)
        _forget_about_her(person_id)
        if touched or emptied:
            audit.record(by=by, at=at, act="desk.forget_words", thing="cases", facts={"messages": emptied})


def _forget_about_her(person_id: int) -> None:
    """Forget what was written about cases that were for herself: what tasks are called, on what time was spent (by her: anywhere), what a
    step was shown with, and why one was opened to read.
    """
    CaseTask.objects.filter(case__customer_id=person_id).exclude(title=FORGOTTEN).update(title=FORGOTTEN)
    spent = TimeSpent.objects.filter(Q(person_id=person_id) | Q(case__customer_id=person_id)).exclude(words="")
    TimeSpent.objects.filter(pk__in=list(spent.values_list("pk", flat=True))).update(words="")
    RunStep.objects.filter(case__customer_id=person_id).exclude(evidence="").update(evidence="")
    CaseOpening.objects.filter(case__customer_id=person_id).exclude(reason="").update(reason="")


def _forget_letters(person_id: int, at: datetime) -> None:
    """Forget the letters she wrote, and those in cases that were for herself: who, about what, and the raw message."""
    of_hers = Q(person_id=person_id) | Q(case__customer_id=person_id)
    for standing in (
        LetterStanding.objects.filter(of_hers).exclude(sender="", subject="").select_related("letter__file")
    ):
        files.withdraw(standing.letter.file, at=at)
        standing.sender, standing.subject, standing.left_out = "", "", []
        standing.save(update_fields=["sender", "subject", "left_out"])


def _empty(said: list[CaseMessage]) -> int:
    """Empty these messages and let go of their files; what nothing refers to is swept by kit.files. Returns how many."""
    keys = [each.pk for each in said]
    MessageFile.objects.filter(message_id__in=keys).delete()
    forget_found(said)
    CaseMessage.objects.filter(pk__in=keys).update(text="")
    return len(keys)
