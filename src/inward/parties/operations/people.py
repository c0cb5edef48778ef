"""People become known, work, and are forgotten."""

import re
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q

from inward.core.classification import WorkKind
from inward.core.terms import Reason, Refusal
from inward.kit import outbox, subjects, versions
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import correct
from inward.parties import leading, marks, policy, queries
from inward.parties.announcements import PartyRenamed, PersonAdded, PersonErased, WorkEnded, WorkMoved, WorkStarted
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_length,
    check_period,
    check_within,
    days,
    fact_of,
    free_code,
    learned,
    new_party,
    note,
    party_of,
    said_by,
    unit_open_on,
)
from inward.parties.models import (
    LINE_LENGTH_MAX,
    NAME_LENGTH_MAX,
    Absence,
    ConfidentialityMark,
    Holding,
    HouseholdMember,
    LeftFinding,
    Opening,
    Party,
    StateOfWork,
    WorkRelationship,
)
from inward.parties.operations.evidence import withdraw_of_person
from inward.parties.vocabulary import PartyKind

_INITIAL: Final = 2
"""Words of a name this short ("A.", "de") tell nobody who is meant, and stand in ordinary sentences."""


def add_person(*, by: Actor, at: datetime, code: str, name: str, email: str = "", source: Source = NO_SOURCE) -> str:
    """Make a person known; returns her code. What she is to a company is said by ``start_work``.

    1. Refuse what policy refuses.               3. Keep her under a new subject key.
    2. Refuse a code that is taken or unusable.  4. Bump, audit, announce PersonAdded.
    """
    require(policy.may_add_person(by, on=at.date()))
    with changing():
        person = new_party(at, code, PartyKind.PERSON, name, email=email)
        note(by, at, "add_person", audit_name(person), {}, source, person=person.id)
        outbox.announce(PersonAdded(person.id), by=by, at=at)
    return code


def readdress_person(*, by: Actor, at: datetime, person: str, email: str, source: Source = NO_SOURCE) -> None:
    """Write to a person at another address from now on (empty: at none). The same again changes nothing.

    1. Wait; refuse what policy refuses.  2. Keep the address.  3. Bump, audit without it, announce PartyRenamed.
    Raises Refused, NotThere (no such person).
    """
    with changing():
        found = party_of(person, PartyKind.PERSON)
        require(policy.may_rename_person(by, employers=queries.employers(found.code), on=at.date()))
        if found.email == email:
            return
        found.email = email
        found.save(update_fields=["email"])
        note(by, at, "readdress_person", audit_name(found), {}, source, person=found.id)
        outbox.announce(PartyRenamed(found.id), by=by, at=at)


def start_work(
    *,
    by: Actor,
    at: datetime,
    person: str,
    company: str,
    kind: WorkKind,
    unit: str | None = None,
    job_title: str = "",
    cost_centre: str | None = None,
    line_of_business: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    code: str = "",
    source: Source = NO_SOURCE,
) -> str:
    """Record that a person works for a company; returns the code of the work relationship.

    1. Wait; refuse what policy refuses.                 3. Keep the fact.
    2. Refuse days backwards, a taken code, and a unit   4. Bump, audit, announce WorkStarted.
       or cost centre that does not exist on the first day.
    Raises Refused, Refusal, NotThere (no such person, company or unit).
    """
    with changing():
        home = party_of(company, PartyKind.COMPANY)
        require(policy.may_administer(by, companies=[company], on=at.date()))
        worker = party_of(person, PartyKind.PERSON)
        check_period(valid_from, valid_until)
        check_length("line_of_business", line_of_business, LINE_LENGTH_MAX)
        work = WorkRelationship(
            code=free_code(WorkRelationship, code or f"{person}-{company}", given=bool(code)),
            person=worker,
            company=home,
            unit=unit_open_on(unit, valid_from),
            kind=kind.value,
            job_title=job_title,
            cost_centre=unit_open_on(cost_centre, valid_from),
            line_of_business=line_of_business,
            valid_from=valid_from,
            valid_until=valid_until,
            **learned(at, source),
        )
        work.save(force_insert=True)
        _note_work(by, at, "start_work", work, WorkStarted, source)
    return work.code


def move_work(
    *,
    by: Actor,
    at: datetime,
    work: str,
    kind: WorkKind,
    unit: str | None,
    job_title: str,
    cost_centre: str | None = None,
    line_of_business: str = "",
    valid_from: date,
    source: Source = NO_SOURCE,
) -> str:
    """Record that a person works otherwise for the same company from a day on; returns the code that says so.

    1. Wait; refuse what policy refuses.               3. On its first day: correct it. Later: end it and add a new fact.
    2. Refuse a day outside the work relationship,     4. Bump, audit, announce WorkMoved.
       and a unit that does not exist on that day.
    Raises Refused, Refusal, NotThere (no such work relationship or unit).
    """
    with changing():
        fact = fact_of(WorkRelationship, work)
        require(policy.may_administer(by, companies=[fact.company.code], on=at.date()))
        check_within(fact, valid_from)
        check_length("line_of_business", line_of_business, LINE_LENGTH_MAX)
        change: dict[str, Any] = {
            "kind": kind.value,
            "unit": unit_open_on(unit, valid_from),
            "job_title": job_title,
            "cost_centre": unit_open_on(cost_centre, valid_from),
            "line_of_business": line_of_business,
            **said_by(source),
        }
        if fact.valid_from == valid_from:
            moved = correct(fact, at=at, **change)
        else:
            code, until = free_code(WorkRelationship, work, given=False), fact.valid_until
            ended = correct(fact, at=at, valid_until=valid_from)
            moved = WorkRelationship(
                code=code,
                person=ended.person,
                company=ended.company,
                valid_from=valid_from,
                valid_until=until,
                known_from=at,
                **change,
            )
            moved.save(force_insert=True)
        _note_work(by, at, "move_work", moved, WorkMoved, source)
    return moved.code


def end_work(*, by: Actor, at: datetime, work: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """Give a work relationship its last day (the day before ``valid_until``), or another one than it has.

    1. Wait; refuse what policy refuses.  2. Refuse an end before its start.
    3. Correct the fact; bump, audit, announce WorkEnded.
    Raises Refused, Refusal, NotThere (no such work relationship).
    """
    with changing():
        fact = fact_of(WorkRelationship, work)
        require(policy.may_administer(by, companies=[fact.company.code], on=at.date()))
        check_period(fact.valid_from, valid_until)
        ended = correct(fact, at=at, valid_until=valid_until, **said_by(source))
        _note_work(by, at, "end_work", ended, WorkEnded, source)


def erase_person(*, by: Actor, at: datetime, person: str, reason: str) -> str:
    """Forget what a person is called, for good; her figures stay under her subject key. Returns her new code.

    ``reason`` stands in the audit for ever, so it may say why, never whom.

    1. Wait; refuse what policy refuses, a reason that is empty or names her, and while she works, now or later.
    2. Replace her name, address and code, the codes of her work and holdings, her job titles, and why findings about
       her were left; remove when she was away, in which states her work was, every household she was one of the two of, her
       confidentiality marks and the reasons for which she was opened; withdraw papers that show her shares alone.
    3. Bump, audit, announce PersonErased, so that floors above forget too.
    Raises Refused, Refusal, NotThere (no such person).
    """
    require(policy.may_administer_everything(by, on=at.date()))
    with changing():
        found = party_of(person, PartyKind.PERSON)
        _check_erasure_reason(reason, found)
        facts = WorkRelationship.objects.filter(person=found)
        if any(work.valid_until is None or work.valid_until > at.date() for work in facts.current()):
            raise Refusal(Reason.of("person_still_works", person_name=found.name), where="person")
        found.code, found.name, found.email = f"erased-{found.id}", "", ""
        found.save(update_fields=["code", "name", "email"])
        subjects.erase(audit_name(found), at=at)
        for work in facts:
            work.code, work.job_title = f"work-{work.id}", ""
            work.save(update_fields=["code", "job_title"])
        for holding in Holding.objects.filter(owner=found):
            holding.code = f"holding-{holding.id}"
            holding.save(update_fields=["code"])
        withdraw_of_person(by=by, at=at, person=found)
        Absence.objects.filter(person=found).delete()
        StateOfWork.objects.filter(person=found).delete()
        HouseholdMember.objects.filter(Q(person=found) | Q(member=found)).delete()
        ConfidentialityMark.objects.filter(person=found).delete()
        Opening.objects.filter(person=found).update(reason="")
        versions.bump(marks.VERSION)
        posts = [*found.headships.values_list("pk", flat=True), *found.deputyships.values_list("pk", flat=True)]
        LeftFinding.objects.filter(key__in=[found.id, *posts, *(work.id for work in facts)]).update(reason="")
        note(by, at, "erase_person", audit_name(found), {"reason": reason.strip()})
        versions.bump(leading.VERSION)  # it speaks of her by code
        outbox.announce(PersonErased(found.id, audit_name(found)), by=by, at=at)
    return found.code


def _check_erasure_reason(reason: str, person: Party) -> None:
    """Refusal for a reason that is empty, too long, or has a word of her name, her address or her code in it."""
    if not reason.strip():
        raise Refusal(Reason.of("erasure_reason_missing"), where="reason")
    check_length("reason", reason, NAME_LENGTH_MAX)
    said = reason.casefold()
    words = set(re.findall(r"\w+", said))
    hers = {word for word in re.findall(r"\w+", f"{person.name} {person.code}".casefold()) if len(word) > _INITIAL}
    if words & hers or (person.email and person.email.casefold() in said):
        raise Refusal(Reason.of("erasure_reason_names_her"), where="reason")


def _note_work(
    by: Actor,
    at: datetime,
    act: str,
    work: WorkRelationship,
    told: type[WorkStarted | WorkMoved | WorkEnded],
    source: Source,
) -> None:
    facts = {"person": audit_name(work.person), "company": work.company.code, "kind": work.kind, **days(work)}
    note(by, at, act, f"work {work.pk}", facts, source, person=work.person_id)
    outbox.announce(told(work.pk, work.person_id, work.company.code, *days(work).values()), by=by, at=at)
