"""Opening a confidential case to read it: for a reason, for a while, and never unnoticed.

What cannot be opened is answered alike, and trying is slow (docs/decisions/0197-an-order-that-needs-hands-is-a-case-of-its-own.md).
"""

import logging
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from inward.core.terms import Reason, Refusal
from inward.desk import cases, handing, policy
from inward.desk.announcements import ConfidentialCaseOpened
from inward.desk.models import Case, CaseConcern, CaseOpening
from inward.desk.operations.steps.acting import Work, note
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, Refused
from inward.kit.rates import Windows
from inward.kit.transaction import transaction
from inward.parties import queries as parties

REASON_LEAST: Final = 15
REASON_LENGTH_MAX: Final = 1000
TRIES: Final = 10
"""Tries to open some case in a minute, whatever comes of them."""
log = logging.getLogger("inward.desk")


def open_confidential(*, by: Actor, at: datetime, number: int, reason: str) -> str:
    """Open a confidential case by its number, to read it for so many minutes as the setting says; returns the reference of the opening.

    1. Refuse who may open none, tries that come too fast, too short a reason; and as one and the same all that cannot be opened.
    2. Keep the opening; audit, announce ConfidentialCaseOpened to each who handles the case. Opened again, it is the same opening.
    Raises Refused, Refusal.
    """
    if not policy.may_open_some_cases(by, on=at.date()):
        raise Refused((Reason.of("case_not_to_open"),))
    if not _tries(Path(settings.INWARD_DATA)).spend(f"case:{by.subject}", most=TRIES, at=at).within:
        raise Refusal(Reason.of("case_openings_too_fast", most=TRIES))
    text = reason.replace("\0", "").strip()
    if not REASON_LEAST <= len(text) <= REASON_LENGTH_MAX:
        raise Refusal(Reason.of("case_opening_reason", least=REASON_LEAST, most=REASON_LENGTH_MAX), where="reason")
    with transaction():
        found = Case.objects.filter(number=number).select_for_update(of=("self",)).select_related("queue").first()
        if found is None or not policy.may_open_case(by, case=cases.parties_of(by, at, found), on=at.date()):
            log.warning("%s tried to open a case that cannot be opened", by.subject)
            raise Refusal(Reason.of("case_not_to_open"), where="number")
        running = CaseOpening.objects.filter(case=found, subject=by.subject, ends_at__gt=at, ended_at=None).first()
        if running is not None:
            return str(running.reference)
        return _open(by, at, found, text)


def end_confidential(*, by: Actor, at: datetime, opening: str) -> None:
    """Close a case again before the time is over: who opened it, or who handles it. NotThere for others, Refusal for what is over."""
    with transaction():
        found = CaseOpening.objects.filter(reference=opening).select_related("case").first()
        if found is None or not policy.may_end_opening(
            by, opener=found.subject, case=cases.parties_of(by, at, found.case), on=at.date()
        ):
            raise NotThere
        if found.ended_at is not None or found.ends_at <= at:
            raise Refusal(Reason.of("case_opening_over"))
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        audit.record(by=by, at=at, act="desk.end_confidential", thing=found.case.reference, facts={})


def _open(by: Actor, at: datetime, found: Case, reason: str) -> str:
    made = CaseOpening.objects.create(
        reference=public_reference(),
        case=found,
        subject=by.subject,
        reason=reason,
        opened_at=at,
        ends_at=at + timedelta(minutes=settings.INWARD_OPENING_MINUTES),
    )
    work = Work(found, by, at)
    codes = parties.known().codes
    about = frozenset(codes[key] for key in CaseConcern.objects.filter(case=found).values_list("person_id", flat=True))
    for person in handing.fit(found, handing.handlers(found.queue, at=at), about=about, at=at):
        work.tell(ConfidentialCaseOpened, told=person, opening=made.reference, until=made.ends_at.isoformat())
    note(work, "open_confidential", {"until": made.ends_at.isoformat()})
    return str(made.reference)


@cache
def _tries(folder: Path) -> Windows:
    """The counts of tries; beside the database, so that a try that is undone counts too."""
    return Windows(folder / "case-openings")
