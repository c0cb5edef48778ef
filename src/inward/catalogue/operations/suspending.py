"""People are suspended from a scheme, heard, and the suspension upheld or lifted: docs/decisions/0166."""

from datetime import date, datetime, timedelta
from typing import Any

from inward.catalogue import policy, queries, suspending
from inward.catalogue.announcements import SuspensionChanged
from inward.catalogue.changing import waiting
from inward.catalogue.models import SchemeHearing, SchemeSuspension
from inward.catalogue.suspending import SuspensionView
from inward.catalogue.vocabulary import HearingStep
from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, outbox, versions
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties import veil

HEARING_DAYS_MAX = 90
HEARING_DAYS_USUAL = 14
"""What forms propose."""
SUSPENSION_WORDS_MAX = 2_000


def suspend_from_scheme(*, by: Actor, at: datetime, scheme: str, person: str, since: date, days: int, why: str) -> str:
    """Suspend a person from a scheme from a day on; she may answer for so many days. Returns the reference.

    1. Refuse what policy refuses, and oneself.             4. Keep it until as many days after the hearing as that has.
    2. Refuse days before today, no days or too many to     5. Bump, audit without whom and why, announce.
       answer, and no reason.
    3. Wait; refuse days that another one has already.
    Raises NotThere (no such scheme or person), Refused, Refusal.
    """
    supplier = _supplier(scheme)
    if person not in parties.world().person or person in veil.closed():
        raise NotThere
    require(policy.may_suspend(by, supplier=supplier, person=person, on=at.date()))
    if since < at.date():
        raise Refusal(Reason.of("suspension_in_past"), where="since")
    if not 1 <= days <= HEARING_DAYS_MAX:
        raise Refusal(Reason.of("suspension_days", most=HEARING_DAYS_MAX), where="days")
    words = _words(why)
    answer_by = at.date() + timedelta(days=days)
    until = max(answer_by, since) + timedelta(days=days + 1)
    key = parties.keys()[person]
    with waiting():
        mine = SchemeSuspension.objects.filter(scheme=scheme, person_id=key)
        running = next((row for row in mine.order_by("since") if _meets(row, since, until)), None)
        if running is not None:
            raise Refusal(Reason.of("suspension_runs", since=running.since), where="since")
        row = SchemeSuspension.objects.create(
            reference=public_reference(),
            scheme=scheme,
            supplier_id=parties.keys()[supplier],
            person_id=key,
            since=since,
            until=until,
            answer_by=answer_by,
            state=HearingStep.SUSPENDED.value,
            made_at=at,
        )
        _step(by, at, row, HearingStep.SUSPENDED, words)
    return row.reference


def answer_suspension(*, by: Actor, at: datetime, suspension: str, words: str) -> None:
    """Say what there is to say to one's own suspension; more than once, as long as the hearing lasts.

    1. NotThere for another's.  2. Refuse no words, after the last day, and what is decided.  3. Keep, audit, announce.
    Raises NotThere, Refused, Refusal.
    """
    with waiting():
        found = suspending.own_one(viewer=by, at=at, reference=suspension)
        require(policy.may_answer_suspension(by, person=found.person))
        said = _words(words, where="words")
        _require_undecided(found, at.date())
        if at.date() > found.answer_by:
            raise Refusal(Reason.of("hearing_over", last=found.answer_by))
        row = _row(suspension)
        row.answered = True
        row.save(update_fields=["answered"])
        _step(by, at, row, HearingStep.ANSWERED, said)


def uphold_suspension(*, by: Actor, at: datetime, suspension: str, why: str, valid_until: date | None = None) -> None:
    """Uphold a suspension after the hearing, with a last day (the one before ``valid_until``) or without.

    1. NotThere out of bounds.                           4. Keep the day and the step.
    2. Refuse what policy refuses: oneself, and whoever  5. Bump, audit, announce.
       began it.
    3. Refuse no reason, what is decided or over, an
       answer still to come, a last day in the past.
    Raises NotThere, Refused, Refusal.
    """
    with waiting():
        found = suspending.suspension(viewer=by, at=at, reference=suspension)
        require(
            policy.may_uphold(by, supplier=found.supplier, person=found.person, begun_by=found.begun_by, on=at.date())
        )
        words = _words(why)
        _require_undecided(found, at.date())
        if not found.answered and at.date() <= found.answer_by:
            raise Refusal(Reason.of("hearing_open", last=found.answer_by))
        if valid_until is not None and (valid_until <= at.date() or valid_until <= found.since):
            raise Refusal(Reason.of("suspension_last_day"), where="valid_until")
        _decide(by, at, suspension, HearingStep.UPHELD, words, valid_until)


def lift_suspension(*, by: Actor, at: datetime, suspension: str, why: str) -> None:
    """Lift a suspension, decided or not: from today on it holds no longer.

    1. NotThere out of bounds.  2. Refuse what policy refuses, no reason, what is over.  3. Keep the step; bump, audit, announce.
    Raises NotThere, Refused, Refusal.
    """
    with waiting():
        found = suspending.suspension(viewer=by, at=at, reference=suspension)
        require(policy.may_suspend(by, supplier=found.supplier, person=found.person, on=at.date()))
        words = _words(why)
        if not found.open_on(at.date()):
            raise Refusal(Reason.of("suspension_decided"))
        _decide(by, at, suspension, HearingStep.LIFTED, words, max(found.since, at.date()))


def forget_words(*, by: Actor, at: datetime, person_id: int) -> None:
    """What was said of and by a person who was erased is forgotten; that she was suspended stays under her key. Of the house alone."""
    with waiting():
        said = SchemeHearing.objects.filter(suspension__person_id=person_id).exclude(words="")
        if said.update(words=""):
            audit.record(by=by, at=at, act="catalogue.forget_words", thing="suspensions", facts={})


def _supplier(scheme: str) -> str:
    found = queries.price_book().schemes.get(scheme)
    if found is None:
        raise NotThere
    return found.supplier


def _words(text: str, where: str = "why") -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise Refusal(Reason.of("suspension_reason_missing"), where=where)
    if len(said) > SUSPENSION_WORDS_MAX:
        raise Refusal(Reason.of("suspension_text_too_long", most=SUSPENSION_WORDS_MAX), where=where)
    return said


def _meets(row: SchemeSuspension, since: date, until: date) -> bool:
    """Whether an earlier one holds on a day of these."""
    if row.until is not None and row.until <= row.since:
        return False
    return Period(row.since, row.until).overlaps(Period(since, until))


def _require_undecided(found: SuspensionView, on: date) -> None:
    if not found.undecided_on(on):
        raise Refusal(Reason.of("suspension_decided"))


def _row(reference: str) -> SchemeSuspension:
    return SchemeSuspension.objects.get(reference=reference)


def _decide(by: Actor, at: datetime, reference: str, step: HearingStep, words: str, until: date | None) -> None:
    row = _row(reference)
    row.state, row.until = step.value, until
    row.save(update_fields=["state", "until"])
    _step(by, at, row, step, words)


def _step(by: Actor, at: datetime, row: SchemeSuspension, kind: HearingStep, words: str) -> None:
    """Keep the step; the audit knows the suspension alone, since others read it."""
    SchemeHearing.objects.create(
        suspension=row,
        at=at,
        kind=kind.value,
        person_id=parties.keys().get(by.person) if by.person else None,
        subject=by.subject,
        words=words,
        until=row.until,
    )
    if kind is not HearingStep.ANSWERED:
        versions.bump(queries.VERSION)
    facts: dict[str, Any] = {"step": kind.value, "scheme": row.scheme}
    audit.record(by=by, at=at, act=f"catalogue.{_ACTS[kind]}", thing=f"suspension {row.reference}", facts=facts)
    told = SuspensionChanged(row.reference, row.person_id, row.supplier.code, kind.value)
    outbox.announce(told, by=by, at=at)


_ACTS = {
    HearingStep.SUSPENDED: "suspend_from_scheme",
    HearingStep.ANSWERED: "answer_suspension",
    HearingStep.UPHELD: "uphold_suspension",
    HearingStep.LIFTED: "lift_suspension",
}
