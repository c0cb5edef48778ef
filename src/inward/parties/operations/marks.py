"""Who is confidential: marks are set, corrected and lifted by those who keep them; and opened for a while where it must be.

What cannot be seen cannot be found out here either: an opening that is refused says the same for a code that nobody has,
for one that is not confidential and for one that is none of the asker's business, and trying is slow. Audit names people by
subject keys and keeps no reason: reasons stand in the rows, where erasing a person takes them away.
"""

import logging
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, locks, outbox, versions
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.policy import NotThere, require
from inward.kit.rates import Windows
from inward.kit.records import correct, retract
from inward.kit.transaction import transaction
from inward.parties import marks, policy, queries
from inward.parties.announcements import MarkCorrected, MarkLifted, OpeningEnded, PersonMarked, PersonOpened
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    check_length,
    check_period,
    days,
    learned,
    said_by,
)
from inward.parties.models import ConfidentialityMark, Opening, Party
from inward.parties.vocabulary import MARK_REASON_LENGTH_MAX, MarkKind, OpeningKind, PartyKind

OPENING_REASON_LEAST: Final = 15
"""Letters of a reason: enough for a word about what and why."""
OPENING_TRIES: Final = 10
"""Tries to open somebody in a minute, whatever comes of them: a preview and the act are two."""
_HOUR: Final = timedelta(hours=1)
log = logging.getLogger("inward.parties.marks")


def mark_person(
    *,
    by: Actor,
    at: datetime,
    person: str,
    kind: MarkKind,
    reason: str,
    valid_from: date,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> str:
    """Make a person confidential on these days; returns the code of the mark.

    1. Wait; refuse what policy refuses.                      3. Keep the fact.
    2. Refuse no reason, days backwards, and days on which    4. Bump, audit by subject key, announce PersonMarked.
       she is marked already.
    Raises Refused, Refusal, NotThere (no such person).
    """
    require(policy.may_keep_some_marks(by, on=at.date()))
    with transaction():
        locks.advisory(marks.VERSION)
        found = _person(person)
        _require_keeping(by, found, at)
        _check(found, reason, Period(*_ordered(valid_from, valid_until)))
        fact = ConfidentialityMark(
            code=f"mark-{new_id()}",
            person=found,
            kind=kind.value,
            reason=reason.strip(),
            valid_from=valid_from,
            valid_until=valid_until,
            **learned(at, source),
        )
        fact.save(force_insert=True)
        _note(by, at, "mark_person", fact, PersonMarked)
    return fact.code


def correct_mark(
    *,
    by: Actor,
    at: datetime,
    mark: str,
    kind: MarkKind,
    reason: str,
    valid_from: date,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """Record that a mark is otherwise than was thought, on all its days; whose it is stays.

    1. Wait; refuse what policy refuses.  2. Refuse what ``mark_person`` refuses.  3. Correct the fact.
    4. Bump, audit, announce MarkCorrected. Raises Refused, Refusal, NotThere (no such mark).
    """
    require(policy.may_keep_some_marks(by, on=at.date()))
    with transaction():
        locks.advisory(marks.VERSION)
        fact = _mark(mark)
        _require_keeping(by, fact.person, at)
        _check(fact.person, reason, Period(*_ordered(valid_from, valid_until)), but=fact)
        said = {"kind": kind.value, "reason": reason.strip(), "valid_from": valid_from, "valid_until": valid_until}
        fresh = correct(fact, at=at, **said, **said_by(source))
        _note(by, at, "correct_mark", fresh, MarkCorrected)


def lift_mark(*, by: Actor, at: datetime, mark: str, source: Source = NO_SOURCE) -> None:
    """A person is confidential no longer, from today on; a mark that has not held on a day before today never was.

    1. Wait; refuse what policy refuses.  2. End the fact today, or believe it no more.  3. Bump, audit, announce MarkLifted.
    Lifting what is over changes nothing. Raises Refused, NotThere (no such mark).
    """
    require(policy.may_keep_some_marks(by, on=at.date()))
    with transaction():
        locks.advisory(marks.VERSION)
        fact = _mark(mark)
        _require_keeping(by, fact.person, at)
        today = at.date()
        if fact.valid_until is not None and fact.valid_until <= today:
            return
        if fact.valid_from is not None and fact.valid_from >= today:
            retract(fact, at=at)
        else:
            fact = correct(fact, at=at, valid_until=today, **said_by(source))
        _note(by, at, "lift_mark", fact, MarkLifted)


def open_person(*, by: Actor, at: datetime, person: str, kind: OpeningKind, reason: str) -> str:
    """Open a confidential person for so many minutes as the setting says; returns the reference of the opening.

    1. Refuse what policy refuses, and tries that come too fast.
    2. Refuse too short a reason, and as one and the same: a code nobody has, one that is not hidden, one out of bounds.
    3. Refuse more openings within the hour than the setting allows.
    4. Keep the opening; audit it, announce PersonOpened, so that the keepers of marks are told at once.
    Opened again while it is open, it is the same opening. Raises Refused, Refusal.
    """
    require(policy.may_open_some_marked(by, on=at.date()))
    if not _tries(Path(settings.INWARD_DATA)).spend(f"open:{by.subject}", most=OPENING_TRIES, at=at).within:
        raise Refusal(Reason.of("openings_too_fast", most=OPENING_TRIES))
    if len(reason.strip()) < OPENING_REASON_LEAST:
        raise Refusal(Reason.of("opening_without_reason", least=OPENING_REASON_LEAST), where="reason")
    check_length("reason", reason, MARK_REASON_LENGTH_MAX)
    with transaction():
        locks.advisory(f"{marks.VERSION}:{by.subject}")
        found, told = _to_open(by, person, at)
        running = Opening.objects.filter(subject=by.subject, person=found, ends_at__gt=at, ended_at=None).first()
        if running is not None:
            return running.reference
        _check_openings(by, at)
        opening = Opening.objects.create(
            reference=public_reference(),
            person=found,
            subject=by.subject,
            kind=kind.value,
            reason=reason.strip(),
            told=told,
            opened_at=at,
            ends_at=at + timedelta(minutes=settings.INWARD_OPENING_MINUTES),
        )
        facts = {"person": audit_name(found), "kind": kind.value, "until": opening.ends_at.isoformat()}
        audit.record(by=by, at=at, act="parties.open_person", thing=f"opening {opening.pk}", facts=facts)
        outbox.announce(PersonOpened(opening.pk, found.pk), by=by, at=at)
    return opening.reference


def end_opening(*, by: Actor, at: datetime, opening: str) -> None:
    """Close a person again before the time is over.

    1. Refuse what policy refuses, as if it were not there.  2. Refuse one that is over.  3. End it, audit, announce
    OpeningEnded. Raises Refusal, NotThere.
    """
    with transaction():
        locks.advisory(marks.VERSION)
        found = Opening.objects.filter(reference=opening).select_related("person").first()
        if found is None or not _may_end(by, found, at):
            raise NotThere
        if found.ended_at is not None or found.ends_at <= at:
            raise Refusal(Reason.of("opening_is_over"))
        Opening.objects.filter(pk=found.pk).update(ended_at=at)
        facts = {"person": audit_name(found.person)}
        audit.record(by=by, at=at, act="parties.end_opening", thing=f"opening {found.pk}", facts=facts)
        outbox.announce(OpeningEnded(found.pk, found.person_id), by=by, at=at)


# --- inside ------------------------------------------------------------------------------------------------------------


@cache
def _tries(folder: Path) -> Windows:
    """The counts of tries; beside the database, so that a try that is undone counts too."""
    return Windows(folder / "openings")


def _person(code: str) -> Party:
    found = Party.objects.filter(code=code, kind=PartyKind.PERSON.value).first()
    if found is None:
        raise NotThere
    return found


def _mark(code: str) -> ConfidentialityMark:
    found: ConfidentialityMark | None = (
        ConfidentialityMark.objects.current().filter(code=code).select_related("person").first()
    )
    if found is None:
        raise NotThere
    return found


def _require_keeping(by: Actor, person: Party, at: datetime) -> None:
    """NotThere for a person of others: whoever keeps some marks finds nobody by trying. Her own is refused with its reason."""
    answer = policy.may_keep_marks(by, person=person.code, employers=queries.employers(person.code), on=at.date())
    if not answer and by.person != person.code:
        raise NotThere
    require(answer)


def _may_end(by: Actor, found: Opening, at: datetime) -> bool:
    employers = queries.employers(found.person.code)
    return policy.may_end_opening(
        by, opener=found.subject, person=found.person.code, employers=employers, on=at.date()
    ).allowed


def _ordered(valid_from: date, valid_until: date | None) -> tuple[date, date | None]:
    check_period(valid_from, valid_until)
    return valid_from, valid_until


def _check(person: Party, reason: str, period: Period, but: ConfidentialityMark | None = None) -> None:
    """Refusal for what makes no mark. ``but`` is the fact that this one corrects."""
    if not reason.strip():
        raise Refusal(Reason.of("mark_without_reason"), where="reason")
    check_length("reason", reason, MARK_REASON_LENGTH_MAX)
    others = ConfidentialityMark.objects.current().filter(person=person)
    if any(each.period.overlaps(period) for each in others if but is None or each.pk != but.pk):
        raise Refusal(Reason.of("mark_twice_at_once"), where="valid_from")


def _to_open(by: Actor, person: str, at: datetime) -> tuple[Party, bool]:
    """The person, and whether she is to be told; one Refusal for all that cannot be opened."""
    on = at.date()
    found = Party.objects.filter(code=person, kind=PartyKind.PERSON.value).first()
    mark = None if found is None else ConfidentialityMark.objects.current().on(on).filter(person=found).first()
    if (
        found is None
        or mark is None
        or not policy.may_open_marked(by, person=person, employers=queries.employers(person), on=on)
        or policy.may_keep_marks(by, person=person, employers=queries.employers(person), on=on)
    ):
        log.warning("%s tried to open somebody who cannot be opened", by.subject)
        raise Refusal(Reason.of("nothing_to_open"), where="person")
    return found, policy.is_told_of_openings(MarkKind(mark.kind))


def _check_openings(by: Actor, at: datetime) -> None:
    most = settings.INWARD_OPENINGS_AN_HOUR if settings.INWARD_OPENING_MINUTES else 0
    if Opening.objects.filter(subject=by.subject, opened_at__gt=at - _HOUR).count() >= most:
        raise Refusal(Reason.of("openings_too_many", most=most))


def _note(
    by: Actor, at: datetime, act: str, fact: ConfidentialityMark, told: type[PersonMarked | MarkCorrected | MarkLifted]
) -> None:
    versions.bump(marks.VERSION)
    facts = {"person": audit_name(fact.person), "kind": fact.kind, **days(fact)}
    audit.record(by=by, at=at, act=f"parties.{act}", thing=f"mark {fact.pk}", facts=facts)
    outbox.announce(told(fact.pk, fact.person_id, *days(fact).values()), by=by, at=at)
