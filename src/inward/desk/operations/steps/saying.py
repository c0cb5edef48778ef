"""What is said in a case by the service, who takes it on by that, and what comes back to life by what the customer says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.desk import cases
from inward.desk.announcements import CaseReopened, CaseWritten
from inward.desk.casewords import CaseAct, CaseState, Side
from inward.desk.models import CaseMessage, MessageFile
from inward.desk.operations.steps.acting import Work
from inward.desk.operations.steps.searching import findable
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
