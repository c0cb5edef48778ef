"""What a person does with a letter that was not taken: into a case, a new request for its sender, or aside. Nothing is thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from inward.access import queries as access
from inward.core.terms import Reason, Refusal
from inward.desk import cases, letters, policy
from inward.desk.casewords import UNDER_WAY, Channel
from inward.desk.letterwords import LetterState
from inward.desk.models import SUBJECT_LENGTH_MAX, Case, CaseMessage, LetterStanding
from inward.desk.operations.asking import Ask, CaseReceipt, open_case
from inward.desk.operations.steps.acting import As, Work, acting
from inward.desk.operations.steps.lettering import Fitting, fitting
from inward.desk.operations.steps.saying import attach, heard, noted
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.transaction import together, transaction


def put_letter(*, by: Actor, at: datetime, letter: str, number: int) -> None:
    """Put a letter into the case of that number: as what its sender wrote, where she may speak there; else as a note of the service.

    1. NotThere out of bounds; Refusal for what is dealt with, a number that the actor does not handle, and no words.
    2. Keep words and files; what is over is opened again by what its customer wrote, where it can be.   3. Audit, announce.
    """
    with _dealing(by, at, letter, LetterState.PUT) as found:
        case = cases.visible(by, at).filter(number=number).first()
        if case is None or not policy.may_handle(by, case=cases.parties_of(by, at, case), on=at.date()):
            raise Refusal(Reason.of("letter_case_unknown"), where="number")
        fit = _fitting(found)
        with acting(
            by=by, at=at, case=case.reference, part=As.SERVICE, act="put_letter", facts={"letter": letter}
        ) as work:
            message = _put(work, found, fit, at)
        found.case, found.message, found.left_out = case, message, list(fit.left_out)


def _put(work: Work, found: LetterStanding, fit: Fitting, at: datetime) -> CaseMessage:
    if _may_speak(work, found, at):
        again = work.state not in UNDER_WAY
        return heard(work, fit.text, fit.uploads, again=again, person=found.person_id)
    written = noted(work, f"{found.sender}:\n{fit.text}" if found.sender else fit.text)
    attach(work, written, fit.uploads)
    return written


def _may_speak(work: Work, found: LetterStanding, at: datetime) -> bool:
    """Whether its sender may write there as whoever asked."""
    holder = None if found.person is None else access.holder_of(found.person.code)
    if holder is None:
        return False
    sender = access.actor_for(holder.user, via="letter", at=at)
    return bool(policy.may_speak(sender, case=cases.parties_of(sender, at, work.case), on=at.date()))


def open_letter(*, by: Actor, at: datetime, letter: str, queue: str) -> CaseReceipt:
    """Open a new request for whoever sent a letter, in a queue: the first who does so does, and the letter with it, or nothing is done.

    Refusal for what is dealt with, a sender nobody here knows, no words; Refused where the actor may not ask for her there;
    NotThere out of bounds.
    """
    with _dealing(by, at, letter, LetterState.OPENED) as found:
        if found.person is None:
            raise Refusal(Reason.of("letter_sender_unknown"))
        fit = _fitting(found)
        ask = Ask(
            queue=queue,
            subject=found.subject[:SUBJECT_LENGTH_MAX],
            text=fit.text,
            customer=found.person.code,
            channel=Channel.LETTER,
        )
        receipt = open_case(by=by, at=at, key=f"letter {letter}", ask=ask, uploads=fit.uploads)
        # The actor may not see it, as one near to her sender.
        found.case = Case.objects.get(reference=receipt.reference)
        found.left_out = list(fit.left_out)
    return receipt


def set_letter_aside(*, by: Actor, at: datetime, letter: str) -> None:
    """Say that a letter needs nothing; it can be taken up again."""
    with _dealing(by, at, letter, LetterState.SET_ASIDE):
        pass


def take_letter_up(*, by: Actor, at: datetime, letter: str) -> None:
    """Let a letter that was set aside wait for a person again."""
    with _dealing(by, at, letter, LetterState.WAITING, was=LetterState.SET_ASIDE):
        pass


@contextmanager
def _dealing(
    by: Actor, at: datetime, letter: str, state: LetterState, *, was: LetterState = LetterState.WAITING
) -> Iterator[LetterStanding]:
    """The letter, locked; what the block says of it is kept with how it stands from now on, and audited."""
    with together():
        found = _waiting(by, at, letter, was=was)
        yield found
        found.state, found.changed_at = state.value, at
        found.save()
        with transaction():
            audit.record(by=by, at=at, act="desk.sort_letter", thing=letter, facts={"state": state.value})


def _waiting(by: Actor, at: datetime, letter: str, *, was: LetterState) -> LetterStanding:
    rows = letters.seen(by, at).filter(letter__reference=letter)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotThere
    if found.state != was.value:
        raise Refusal(Reason.of("letter_settled", state=found.state))
    return found


def _fitting(found: LetterStanding) -> Fitting:
    """What of it fits into a case. Refusal where that is nothing."""
    read = letters.content_of(found)
    fit = None if read is None else fitting(read)
    if fit is None or not fit.text:
        raise Refusal(Reason.of("words_missing"))
    return fit
