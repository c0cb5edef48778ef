"""Letters that come in: kept first, whatever they are, and then taken into their case, or kept for a person to look at. Once each.

1. ``receive`` keeps the raw message in a transaction of its own.   2. ``take_letter`` does what follows from it in another one.
A worker that is killed in between leaves a letter that the next one takes. Why it is so:
docs/decisions/0198-an-answer-to-a-letter-is-hers-to-give.md.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from inward.access import queries as access
from inward.core.letters import Letter, LetterKind, Way, own_token, read_letter
from inward.core.terms import Refusal
from inward.desk import clocks, helping, near, policy
from inward.desk.announcements import LetterNotTaken
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseState
from inward.desk.letterwords import LetterState, LetterWhy
from inward.desk.models import SUBJECT_LENGTH_MAX, Case, CaseMessage, LetterStanding, ReceivedLetter
from inward.desk.operations.steps.acting import As, acting
from inward.desk.operations.steps.lettering import (
    Claims,
    Fitting,
    Speaker,
    claimed_case,
    fitting,
    identity,
    speaker,
    true_claims,
)
from inward.desk.operations.talking import note_down, write
from inward.desk.replyaddress import read_token
from inward.kit import files, outbox
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.policy import NotThere, require
from inward.kit.transaction import together, transaction
from inward.parties import queries as parties

log = logging.getLogger("inward.desk")
TAKEN_MAX: Final = 10
"""So many letters of one person are taken into one case in an hour: two machines that answer each other end there."""
ANSWERED_MAX: Final = 30
"""So many letters are answered with the way in in an hour, to whomever."""
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_UNTAKEN: Final = {LetterKind.CALENDAR: LetterWhy.CALENDAR, LetterKind.ENCRYPTED: LetterWhy.ENCRYPTED}
_AT_ONCE: Final = 100


def receive(*, by: Actor, at: datetime, mailbox: str, raw: bytes, whole: bool = True) -> str:
    """Keep a raw message; the same one again is the one that is kept. Returns its reference. ``whole`` no: only its headers came."""
    require(policy.may_run_desk(by))
    message, body = identity(read_letter(raw), raw)
    with transaction():
        known = ReceivedLetter.objects.filter(mailbox=mailbox, message=message, body=body).first()
        if known is not None:
            return known.reference
        kept = ReceivedLetter(id=new_id(), reference=public_reference(), mailbox=mailbox, message=message, body=body)
        kept.whole, kept.at = whole, at
        kept.file = files.store_letter(by=by, at=at, content=raw)
        kept.save(force_insert=True)
        return kept.reference


def take_letter(*, by: Actor, at: datetime, letter: str) -> None:
    """Do what follows from a letter, once: it goes into its case, is noted, or waits for a person. NotThere for none."""
    require(policy.may_run_desk(by))
    found = ReceivedLetter.objects.filter(reference=letter).select_related("file").first()
    if found is None:
        raise NotThere
    if LetterStanding.objects.filter(letter=found).exists():
        return
    clocks.ready()
    near.ready()
    try:
        _take(by, at, found, read_letter(files.read(found.file)))
    except DatabaseError:
        raise  # it is tried again
    except Exception:
        log.exception("letter %s could not be taken", letter)
        _settle(at, found, LetterState.WAITING, LetterWhy.EMPTY)


def take_rest(*, by: Actor, at: datetime) -> int:
    """Take what was kept and not taken, because a worker was killed in between; returns how many."""
    require(policy.may_run_desk(by))
    left = ReceivedLetter.objects.filter(standing=None).order_by("id").values_list("reference", flat=True)[:_AT_ONCE]
    for reference in list(left):
        take_letter(by=by, at=at, letter=reference)
    return len(left)


def _take(by: Actor, at: datetime, found: ReceivedLetter, letter: Letter) -> None:
    inbox = "" if settings.INWARD_INBOX is None else settings.INWARD_INBOX.address
    claims = true_claims(letter, inbox=inbox, at=at)
    if letter.sender == inbox or _is_own(letter, inbox, at):
        _settle(at, found, LetterState.NOTED, LetterWhy.OWN, letter)
    elif letter.kind in (LetterKind.BOUNCE, LetterKind.AUTO_REPLY, LetterKind.RECEIPT):
        _note(by, at, found, letter, claims)
    elif not found.whole or letter.kind in _UNTAKEN:
        _keep(by, at, found, letter, claims, _UNTAKEN.get(letter.kind, LetterWhy.LARGE))
    else:
        _hear(by, at, found, letter, claims)


def _is_own(letter: Letter, inbox: str, at: datetime) -> bool:
    try:
        read_token(Way.MESSAGE, own_token(letter, inbox=inbox), at=at)
    except Refusal as refusal:
        return refusal.reason.code == "link_over"
    return True


def _hear(by: Actor, at: datetime, found: ReceivedLetter, letter: Letter, claims: Claims) -> None:
    """Into its case, where somebody speaks who may; else a person looks."""
    heard = speaker(claims, sender=letter.sender, at=at)
    if isinstance(heard, LetterWhy):
        _keep(by, at, found, letter, claims, heard)
        return
    fit = fitting(letter)
    why = _hindrance(heard, fit, at)
    if why is None:
        try:
            with together():
                message = _spoken(heard, fit, at)
                _settle(at, found, LetterState.TAKEN, None, letter, heard.case, fit, message)
        except Refusal as refusal:
            why = LetterWhy.OVER if refusal.reason.code == "case_over_for_good" else LetterWhy.EMPTY
        else:
            return
    _keep(by, at, found, letter, claims, why)


def _hindrance(heard: Speaker, fit: Fitting, at: datetime) -> LetterWhy | None:
    if not fit.text:
        return LetterWhy.EMPTY
    person = parties.keys().get(heard.actor.person or "")
    lately = LetterStanding.objects.filter(state=LetterState.TAKEN.value, case=heard.case, person_id=person)
    return LetterWhy.MANY if lately.filter(changed_at__gt=at - _HOUR).count() >= TAKEN_MAX else None


def _spoken(heard: Speaker, fit: Fitting, at: datetime) -> int:
    """What whoever asked writes, as on the page; of the service, a note: a letter is no place to speak for it. The key of the message."""
    actor, case = heard.actor, heard.case
    if heard.asks:
        again = CaseState(case.state) not in UNDER_WAY
        return write(by=actor, at=at, case=case.reference, text=fit.text, uploads=fit.uploads, again=again)
    return note_down(by=actor, at=at, case=case.reference, text=fit.text, uploads=fit.uploads)


def _note(by: Actor, at: datetime, found: ReceivedLetter, letter: Letter, claims: Claims) -> None:
    """A machine wrote: that a letter did not arrive, or that somebody is away, is noted at the case; nothing moves by it."""
    case = claimed_case(claims)
    act = {LetterKind.BOUNCE: CaseAct.NOT_DELIVERED, LetterKind.AUTO_REPLY: CaseAct.AUTO_ANSWERED}.get(letter.kind)
    with together():
        if case is not None and act is not None:
            person = next(each.person for each in claims.true)
            code = parties.known().codes.get(person, "")
            with acting(by=by, at=at, case=case.reference, part=As.ANYONE, act="note_letter") as work:
                work.happen(act, person=parties.subject_of(code), for_good=letter.returned.for_good)
        _settle(at, found, LetterState.NOTED, LetterWhy.MACHINE, letter, case)


def _keep(by: Actor, at: datetime, found: ReceivedLetter, letter: Letter, claims: Claims, why: LetterWhy) -> None:
    """For a person to look at; who wrote is told the way in, if that may be and was not done today."""
    with together():
        standing = _settle(at, found, LetterState.WAITING, why, letter, claimed_case(claims))
        if letter.may_answer and _may_be_answered(letter.sender, at):
            standing.answered_at = at
            standing.save(update_fields=["answered_at"])
            outbox.announce(LetterNotTaken(letter=found.reference, why=why.value), by=by, at=at)


def _may_be_answered(sender: str, at: datetime) -> bool:
    """Once a day each, and not more than so many in an hour: nobody makes the house write to others."""
    answered = LetterStanding.objects.filter(answered_at__gt=at - _DAY)
    lately = answered.filter(answered_at__gt=at - _HOUR).count()
    return lately < ANSWERED_MAX and not answered.filter(sender=sender).exists()


def _settle(
    at: datetime,
    found: ReceivedLetter,
    state: LetterState,
    why: LetterWhy | None,
    letter: Letter | None = None,
    case: Case | None = None,
    fit: Fitting | None = None,
    message: int | None = None,
) -> LetterStanding:
    """Keep what became of it; the database refuses a second time."""
    sender = "" if letter is None else letter.sender
    user = access.user_addressed(sender) if sender else None
    code = None if user is None else access.holder_of_user(user)
    employers = helping.employers(code, on=at.date())
    keys = parties.keys()
    with together():
        return LetterStanding.objects.create(
            letter=found,
            kind=(LetterKind.MESSAGE if letter is None else letter.kind).value,
            state=state.value,
            why="" if why is None else why.value,
            sender=sender,
            subject="" if letter is None else letter.subject.replace("\0", "")[:SUBJECT_LENGTH_MAX],
            person_id=keys.get(code or ""),
            company_id=keys[employers[0]] if employers else None,
            case=case,
            message=None if message is None else CaseMessage.objects.get(pk=message),
            left_out=[] if fit is None else list(fit.left_out),
            changed_at=at,
        )
