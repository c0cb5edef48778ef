"""What letters listen to about cases, and what they say of one: thin, find whom, one call. Nobody is told what she wrote or did herself.

A letter about a confidential case, or one that its reader does not see any more, says that there is news and nothing else.
"""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from inward.desk import telling
from inward.desk.announcements import (
    CaseAssigned,
    CaseClosed,
    CaseFact,
    CaseLate,
    CaseMentioned,
    CaseOpened,
    CaseReopened,
    CaseSolved,
    CaseWritten,
    ConfidentialCaseOpened,
    TaskGiven,
    TaskWaits,
)
from inward.desk.casewords import CaseState, Side, TaskState
from inward.desk.letterlinks import confirm_link
from inward.desk.telling import CaseTold, Envelope
from inward.kit import vocabularies
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.notices import operations as notices
from inward.notices.queries import DueNotice
from inward.web.components import formats

_HOUSE = Actor.system("letters")
PREFIX: Final = "case_"
"""Begins the code of every notice about a case."""
NEWS, SOLVED = "case_news", "case_solved"
SOON_DUE, LATE, ELSEWHERE, OPENED = "case_soon_due", "case_late", "case_late_elsewhere", "case_opened_to_read"
_WAITS: Final = {
    "AWAITED": "case_task_awaited",
    "LATER": "case_task_later",
    "DUE_BEFORE": "case_task_due_before",
    "DUE_AFTER": "case_task_due_after",
    "LATE": "case_task_late",
    "OVERDUE": "case_task_overdue",
    TaskState.DONE.value: "case_task_done",
    TaskState.DROPPED.value: "case_task_dropped",
    TaskState.OPEN.value: "case_task_again",
}
_OVER: Final = {
    CaseState.CLOSED.value: "case_closed",
    CaseState.JOINED.value: "case_joined",
    CaseState.WITHDRAWN.value: "case_withdrawn",
}


@reaction(CaseOpened, name="letters.case_opened")
def opened(told: CaseOpened, *, at: datetime) -> None:
    """Tell whoever asked the number, and by when something is promised. She is told of what she wrote herself: it is her receipt."""
    _tell(told, at, [telling.asking(told.person, told.customer)], "case_opened", own=True)


@reaction(CaseWritten, name="letters.case_written")
def written(told: CaseWritten, *, at: datetime) -> None:
    """Tell the other side, and whoever follows."""
    followers = telling.followers(told.case)
    if told.side != Side.CUSTOMER.value:  # the service, or a rule of it
        _tell(told, at, [telling.asking(told.person, told.customer), *followers], "case_answered")
    else:
        _tell(told, at, [told.owner, *followers], "case_asked", side=told.side)


@reaction(CaseAssigned, name="letters.case_assigned")
def assigned(told: CaseAssigned, *, at: datetime) -> None:
    """Tell whose it is now; what was handed to another queue is nobody's yet."""
    _tell(told, at, [told.owner], "case_assigned")


@reaction(CaseSolved, name="letters.case_solved")
def solved(told: CaseSolved, *, at: datetime) -> None:
    """Ask whoever asked whether it is."""
    _tell(told, at, [telling.asking(told.person, told.customer)], SOLVED)


@reaction(CaseReopened, name="letters.case_reopened")
def reopened(told: CaseReopened, *, at: datetime) -> None:
    """Tell whose it is, and whoever asked where the service said so."""
    _tell(told, at, [told.owner, telling.asking(told.person, told.customer)], "case_reopened")


@reaction(CaseClosed, name="letters.case_closed")
def closed(told: CaseClosed, *, at: datetime) -> None:
    """Tell whoever asked that it is over or goes on elsewhere; and whose it was that it is not wanted any more."""
    gone = told.how == CaseState.WITHDRAWN.value
    _tell(told, at, [told.owner if gone else telling.asking(told.person, told.customer)], _OVER[told.how])


@reaction(CaseMentioned, name="letters.case_mentioned")
def mentioned(told: CaseMentioned, *, at: datetime) -> None:
    """Tell whoever is named in a note."""
    _tell(told, at, [told.mentioned], "case_mentioned")


@reaction(TaskGiven, name="letters.task_given")
def task_given(told: TaskGiven, *, at: datetime) -> None:
    """Tell whose the task is now."""
    _tell(told, at, [told.task_owner], "case_task_given", task=told.task)


@reaction(TaskWaits, name="letters.task_waits")
def task_waits(told: TaskWaits, *, at: datetime) -> None:
    """Tell what became of a task that others wait for, or that others wait for it."""
    _tell(told, at, [told.task_owner], _WAITS[told.what], task=told.task)


@reaction(CaseLate, name="letters.case_late")
def late(told: CaseLate, *, at: datetime) -> None:
    """Tell whoever can help that a promise runs out, or has."""
    code = SOON_DUE if told.before else LATE
    _tell(told, at, [told.told], code, stage=told.stage, spoken="" if told.confidential else "yes")


@reaction(ConfidentialCaseOpened, name="letters.case_opened_to_read")
def opened_to_read(told: ConfidentialCaseOpened, *, at: datetime) -> None:
    """Tell those who handle a confidential request that somebody opened it to read."""
    _tell(told, at, [told.told], OPENED, opening=told.opening)


def about(notice: DueNotice, viewer: Actor | None, at: datetime | None) -> dict[str, Any]:
    """What a letter about a case is rendered with; ``code`` is which letter it is, which says no more than its reader may know."""
    reference = str(notice.facts["case"])
    address = {"request": True, "address": settings.INWARD_BASE_URL + reverse("request", args=[reference])}
    told = None
    if viewer is not None and at is not None:
        side = Side(notice.facts.get("side", Side.SERVICE.value))
        told = telling.shown(viewer=viewer, at=at, reference=reference, task=_task_of(notice), side=side)
    task = "" if viewer is None or told is not None else telling.own_task(viewer=viewer, reference=_task_of(notice))
    if task:  # of a request that others handle: she finds her task among hers
        return {
            "code": notice.code,
            "task": task,
            "request": True,
            "address": settings.INWARD_BASE_URL + reverse("requests"),
        }
    if told is None or at is None:
        return {"code": _unseen(notice), "answered": _answered(notice, viewer, at, None), **address}
    return {
        "code": notice.code,
        "answered": _answered(notice, viewer, at, told),
        **(
            address | {"address": settings.INWARD_BASE_URL + reverse("desk_case", args=[reference])}
            if told.serving
            else address
        ),
        "about": told.subject,
        "words": told.last_words,
        "task": told.task,
        "due": "" if told.due_at is None else formats.instant(told.due_at),
        "measure": ""
        if told.due_measure is None
        else vocabularies.label("measure", told.due_measure.value, formats.language()),
        "confirm": _confirm(notice, at) if notice.code == SOLVED else "",
    }


def _task_of(notice: DueNotice) -> str:
    return str(notice.facts.get("task", ""))


def envelope(notice: DueNotice, viewer: Actor, at: datetime) -> Envelope | None:
    """What brings the answer to this letter back into its case; None where nothing does."""
    return telling.envelope(viewer=viewer, at=at, reference=str(notice.facts["case"]), letter=notice.id)


def headers(envelope: Envelope | None) -> dict[str, str]:
    """How a letter says where it is answered, and by which name it is known."""
    if envelope is None:
        return {}
    answered = {"Reply-To": envelope.answered} if envelope.answered else {}
    return {"Message-ID": envelope.letter_id, **answered}


def _answered(notice: DueNotice, viewer: Actor | None, at: datetime | None, told: CaseTold | None) -> str:
    """What becomes of an answer: "ask" goes to the service, "again" opens it again, "note" is read by the service alone; empty: nothing."""
    found = None if viewer is None or at is None else envelope(notice, viewer, at)
    if found is None or not found.answered:
        return ""
    if told is not None and told.serving:
        return "note"
    return "again" if notice.code == SOLVED else "ask"


def _unseen(notice: DueNotice) -> str:
    """Which letter goes to whoever does not read the request itself: that there is news, that one of her department is late, or that it
    was opened; none of them says what it is about.
    """
    if notice.code == OPENED:
        return OPENED
    return ELSEWHERE if notice.code in (SOON_DUE, LATE) and notice.facts.get("spoken") else NEWS


def _confirm(notice: DueNotice, at: datetime) -> str:
    token = confirm_link(case=str(notice.facts["case"]), person=notice.person, at=at)
    return str(settings.INWARD_BASE_URL + reverse("confirm", args=[token]))


def _tell(told: CaseFact, at: datetime, to: list[str | None], code: str, *, own: bool = False, **facts: str) -> None:
    """One notice each, never to whoever did it (unless it is her receipt)."""
    people = {person for person in to if person and (own or person != told.by)}
    if people:
        known = {"case": told.case, "number": told.number, **facts}
        notices.tell(by=_HOUSE, at=at, to=people, code=code, facts=known, key=f"{code}:{told.id}")
