"""What is said in a case by the service, who takes it on by that, and what comes back to life by what the customer says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.desk import cases
from inward.desk.announcements import CaseReopened, CaseWritten
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseState, Side
from inward.desk.models import CaseMessage, CaseWatcher, MessageFile
from inward.desk.operations.steps.acting import Work
from inward.desk.operations.steps.searching import findable
from inward.desk.vocabulary import HoldReason
from inward.kit import files
from inward.kit.transaction import transaction_required
from inward.parties import queries as parties

FILES_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with what somebody writes."""

    name: str
    content: bytes


@transaction_required
def attach(work: Work, message: CaseMessage, uploads: Sequence[Upload]) -> None:
    """Keep the files that came with a message. Refusal for too many, and for those of a sort that is not taken."""
    if len(uploads) > FILES_MAX:
        raise Refusal(Reason.of("too_many_files", most=FILES_MAX), where="files")
    for upload in uploads:
        kept = files.store(by=work.by, at=work.at, chunks=[upload.content], name=upload.name)
        MessageFile.objects.create(message=message, file=kept)


@transaction_required
def heard(
    work: Work, text: str, uploads: Sequence[Upload] = (), *, again: bool = False, person: int | None = None
) -> CaseMessage:
    """What whoever asked writes (the actor, or the person of that key), kept and told; what waited for her goes on.

    ``again`` opens what is over; without it that is refused.
    """
    if work.state not in UNDER_WAY:
        if not again:
            raise Refusal(Reason.of("case_is_over", state=work.case.state))
        reopen(work)
    written = work.say(Side.CUSTOMER, text, person=person)
    attach(work, written, uploads)
    work.happen(CaseAct.ASKED)
    if work.state is CaseState.WAITING and work.case.waits_for == HoldReason.CUSTOMER.value:
        work.happen(CaseAct.RESUMED)
        work.stands(CaseState.OPEN if work.case.owner_id is not None else CaseState.NEW)
    findable(work.case, written)
    work.tell(CaseWritten, side=Side.CUSTOMER.value)
    return written


def said(work: Work, text: str) -> CaseMessage:
    """An answer of the service, kept and told; it takes on what nobody has."""
    take(work)
    written = work.say(Side.SERVICE, text)
    work.happen(CaseAct.ANSWERED)
    findable(work.case, written)
    work.tell(CaseWritten, side=Side.SERVICE.value)
    return written


def take(work: Work) -> None:
    """Whoever acts for the service takes on what nobody has, or what was given to her."""
    me = parties.keys().get(work.by.person or "")
    case = work.case
    if me is None or case.owner_id not in (None, me):
        return
    if work.state is CaseState.NEW:
        work.happen(CaseAct.TAKEN)
        work.stands(CaseState.OPEN)
    case.owner_id = me


def reopen(work: Work) -> None:
    """Open again what is solved, or closed not longer ago than its queue says. Refusal for what is over for good."""
    case, at = work.case, work.at
    if work.state not in (CaseState.SOLVED, CaseState.CLOSED) or cases.over_for_good(case, on=at.date()):
        raise Refusal(Reason.of("case_over_for_good", state=case.state))
    work.happen(CaseAct.REOPENED)
    work.stands(CaseState.NEW if case.owner_id is None else CaseState.OPEN)
    case.solved_at = case.closed_at = case.solved = None
    work.tell(CaseReopened)


def noted(work: Work, text: str, *, side: Side = Side.SERVICE) -> CaseMessage:
    """A note, kept and found by those who serve."""
    written = work.say(side, text, note=True)
    work.happen(CaseAct.NOTED)
    findable(work.case, written)
    return written


def watched(work: Work, person: str) -> None:
    """Somebody follows it from now on; nobody follows what is confidential."""
    if work.case.confidential:
        raise Refusal(Reason.of("nobody_follows_confidential"))
    _, fresh = CaseWatcher.objects.get_or_create(case=work.case, person_id=parties.keys()[person])
    if fresh:
        work.happen(CaseAct.WATCHED, person=parties.subject_of(person))
