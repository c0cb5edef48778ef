"""Both sides write in one thread; the service also notes what only it reads. A message is never refused because the case moved."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.desk import cases, handing
from inward.desk.announcements import CaseMentioned
from inward.desk.casewords import UNDER_WAY, CaseAct
from inward.desk.models import CaseMessage, CaseRead, CaseWatcher
from inward.desk.operations.steps.acting import As, Work, acting
from inward.desk.operations.steps.saying import Upload, attach, heard, noted, said, watched
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.transaction import transaction
from inward.parties import queries as parties

_MENTION: Final = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9-]{1,60})")


def write(*, by: Actor, at: datetime, case: str, text: str, uploads: Sequence[Upload] = (), again: bool = False) -> int:
    """Write to the service as whoever asked; returns the key of the message. ``again`` says that it is not solved after all.

    1. Refuse what policy refuses, nothing written, and what is over: what can still be opened again is, with ``again``.
    2. Keep message and files; what waited for her goes on.  3. Audit, announce CaseWritten (and CaseReopened).
    """
    with acting(by=by, at=at, case=case, part=As.CUSTOMER, act="write") as work:
        written = heard(work, text, uploads, again=again)
    return written.pk


def answer(*, by: Actor, at: datetime, case: str, text: str, uploads: Sequence[Upload] = ()) -> int:
    """Answer as the service; returns the key of the message. Whoever answers what nobody has takes it on.

    1. Refuse what policy refuses, nothing written, and what is over.  2. Keep message and files.  3. Audit, announce CaseWritten.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="answer") as work:
        _require_open(work)
        written = said(work, text)
        attach(work, written, uploads)
    return written.pk


def note_down(*, by: Actor, at: datetime, case: str, text: str, uploads: Sequence[Upload] = ()) -> int:
    """Note what only the service reads, also when the case is over; ``@code`` of a case handler tells her. It moves no clock."""
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="note") as work:
        written = noted(work, text)
        attach(work, written, uploads)
        able = set(handing.handlers(work.case.queue, at=at)) - {by.person}
        for person in sorted(able.intersection(_MENTION.findall(text))):
            work.tell(CaseMentioned, mentioned=person)
    return written.pk


def mark_read(*, by: Actor, at: datetime, case: str) -> None:
    """Note that one has seen everything that stands there now. Nothing is audited or told. NotThere out of bounds."""
    key = parties.keys().get(by.person or "")
    if key is None:
        return
    with transaction():
        found = cases.visible(by, at).filter(reference=case).first()
        if found is None:
            raise NotThere
        last = CaseMessage.objects.filter(case=found).order_by("-id").values_list("id", flat=True).first() or 0
        CaseRead.objects.update_or_create(case=found, person_id=key, defaults={"message": last, "at": at})


def watch(*, by: Actor, at: datetime, case: str, person: str) -> None:
    """Let somebody follow the case: who asked or the service says so. She reads what both sides read, from its start.

    Nobody follows a confidential case. Refused, Refusal (no person, confidential), NotThere.
    """
    if person not in parties.world().person:
        raise Refusal(Reason.of("watcher_unfit"), where="person")
    facts = {"person": parties.subject_of(person)}
    with acting(by=by, at=at, case=case, part=As.EITHER, act="watch", facts=facts) as work:
        watched(work, person)


def unwatch(*, by: Actor, at: datetime, case: str, person: str) -> None:
    """Let somebody follow it no longer: she herself, who asked, or the service."""
    if person not in parties.world().person:
        raise NotThere
    facts = {"person": parties.subject_of(person)}
    part = As.ANYONE if person == by.person else As.EITHER
    with acting(by=by, at=at, case=case, part=part, act="unwatch", facts=facts) as work:
        gone, _ = CaseWatcher.objects.filter(case=work.case, person__code=person).delete()
        if not gone:
            raise NotThere
        work.happen(CaseAct.UNWATCHED, person=parties.subject_of(person))


def _require_open(work: Work) -> None:
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state))
