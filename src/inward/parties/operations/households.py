"""Who belongs to the household of somebody who works here: kept where a rule needs it, for named purposes, and noted when read.

Households are the most private of what the house keeps. So each is kept only while an inside rule that serves one of its
purposes asks for that tie; a keeper's reading leaves a line in the audit, as her writing does; and what is told of it names
one of the two alone.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from inward.core.classification import Tie
from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, outbox
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.lists import Page
from inward.kit.policy import NotThere, require
from inward.kit.records import correct, retract
from inward.kit.transaction import transaction
from inward.parties import definitions, households, policy
from inward.parties.announcements import (
    HouseholdCorrected,
    HouseholdDeclared,
    HouseholdEnded,
    HouseholdTakenBack,
)
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_period,
    days,
    fact_of,
    free_code,
    learned,
    note,
    party_of,
    said_by,
)
from inward.parties.households import HouseholdRecord
from inward.parties.models import HouseholdMember, Party, WorkRelationship
from inward.parties.register import Sheet
from inward.parties.vocabulary import PartyKind, Purpose


def declare_household(
    *,
    by: Actor,
    at: datetime,
    person: str,
    member: str,
    tie: Tie,
    purposes: Collection[Purpose],
    valid_from: date,
    valid_until: date | None = None,
    code: str = "",
    source: Source = NO_SOURCE,
) -> str:
    """Record that ``member`` belongs to the household of ``person``, who works here, for these purposes; returns its code.

    1. Wait; refuse what policy refuses.                    3. Keep the fact, under a code that says nothing.
    2. Refuse days backwards or taken, nobody else, no      4. Bump, audit by subject keys, announce HouseholdDeclared.
       purpose, one that no rule needs it for, and a
       person who does not work on any of the days.
    Raises Refused, Refusal, NotThere (no such person).
    """
    with changing():
        worker, other = require_keeping(by=by, at=at, person=person, member=member)
        check_period(valid_from, valid_until)
        _check(worker, other, tie, purposes, Period(valid_from, valid_until))
        fact = HouseholdMember(
            code=free_code(HouseholdMember, code or f"household-{new_id()}", given=bool(code)),
            person=worker,
            member=other,
            tie=tie.value,
            purposes=_kept(purposes),
            valid_from=valid_from,
            valid_until=valid_until,
            **learned(at, source),
        )
        fact.save(force_insert=True)
        _note(by, at, "declare_household", fact, HouseholdDeclared, source)
    return fact.code


def correct_household(
    *,
    by: Actor,
    at: datetime,
    household: str,
    tie: Tie,
    purposes: Collection[Purpose],
    valid_from: date,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """Record that a household is otherwise than was thought, on all its days; the two it is about stay.

    1. Wait; refuse what policy refuses.  2. Refuse what ``declare_household`` refuses.  3. Correct the fact.
    4. Bump, audit, announce HouseholdCorrected.
    Raises Refused, Refusal, NotThere (no such household, also for whoever may not see it).
    """
    with changing():
        fact = _found(household)
        _require_sight(by, fact, at)
        require_keeping(by=by, at=at, person=fact.person.code, member=fact.member.code)
        check_period(valid_from, valid_until)
        _check(fact.person, fact.member, tie, purposes, Period(valid_from, valid_until), but=fact)
        fresh = correct(
            fact,
            at=at,
            tie=tie.value,
            purposes=_kept(purposes),
            valid_from=valid_from,
            valid_until=valid_until,
            **said_by(source),
        )
        _note(by, at, "correct_household", fresh, HouseholdCorrected, source)


def end_household(*, by: Actor, at: datetime, household: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """Somebody belongs to a household until the day before ``valid_until``, and no longer. Each of the two may say so.

    1. Wait; refuse what policy refuses.  2. Refuse an end before its start, and one later than it has: that is the
       keeper's to correct.  3. Correct the fact; bump, audit, announce HouseholdEnded.
    Raises Refused, Refusal, NotThere (no such household, also for whoever may not see it).
    """
    with changing():
        fact = _found(household)
        _require_sight(by, fact, at)
        check_period(fact.valid_from, valid_until)
        if fact.valid_until is not None and valid_until > fact.valid_until:
            raise Refusal(Reason.of("household_ends_earlier", until=fact.valid_until), where="valid_until")
        ended = correct(fact, at=at, valid_until=valid_until, **said_by(source))
        _note(by, at, "end_household", ended, HouseholdEnded, source)


def take_back_household(*, by: Actor, at: datetime, household: str, source: Source = NO_SOURCE) -> None:
    """A household was never so: it is believed no more, on any day. Each of the two may say so.

    1. Wait; refuse what policy refuses.  2. Believe the fact no more.  3. Bump, audit, announce HouseholdTakenBack.
    Raises Refused, NotThere (no such household, also for whoever may not see it).
    """
    with changing():
        fact = _found(household)
        _require_sight(by, fact, at)
        retract(fact, at=at)
        _note(by, at, "take_back_household", fact, HouseholdTakenBack, source)


def read_household(*, by: Actor, at: datetime, household: str) -> Sheet:
    """A household with all that was ever known under its code, for one of the two or for whoever keeps it.

    1. Refuse what policy refuses: it is not there.  2. Audit the reading, but for the two themselves.  3. Answer.
    Raises NotThere.
    """
    sheet = households.sheet(viewer=by, at=at, code=household)
    record: HouseholdRecord = sheet.record
    if by.person is None or by.person not in (record.person.code, record.member.code):
        with transaction():
            audit.record(by=by, at=at, act="parties.read_household", thing=sheet.audited[0], facts={})
    return sheet


def read_households(*, by: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[HouseholdRecord]:
    """The households of a day that this actor keeps, a page at a time.

    1. Refuse what policy refuses.  2. Audit which were read, where there are any.  3. Answer. Raises Refused.
    """
    require(policy.may_keep_some_households(by, on=at.date()))
    page = households.kept(viewer=by, at=at, on=on, params=params)
    if page.rows:
        read = ", ".join(row.audited for row in page.rows)
        with transaction():
            audit.record(by=by, at=at, act="parties.read_households", thing="households", facts={"read": read})
    return page


def require_keeping(*, by: Actor, at: datetime, person: str, member: str) -> tuple[Party, Party]:
    """The two, for whoever keeps households where the person works. Refused for others; NotThere for people nobody knows.

    Whoever keeps no households at all is not told either whether there is such a person.
    """
    require(policy.may_keep_some_households(by, on=at.date()))
    worker, other = party_of(person, PartyKind.PERSON), party_of(member, PartyKind.PERSON)
    employers = _employers(worker)
    require(policy.may_keep_households(by, person=person, member=member, employers=employers, on=at.date()))
    return worker, other


# --- inside ------------------------------------------------------------------------------------------------------------


def _found(code: str) -> HouseholdMember:
    return fact_of(HouseholdMember, code)


def _require_sight(by: Actor, fact: HouseholdMember, at: datetime) -> None:
    """NotThere for whoever may not know that it is there."""
    employers = _employers(fact.person)
    if not policy.may_end_household(
        by, person=fact.person.code, member=fact.member.code, employers=employers, on=at.date()
    ):
        raise NotThere


def _employers(worker: Party) -> tuple[str, ...]:
    works = WorkRelationship.objects.current().filter(person=worker)
    return tuple(works.order_by("pk").values_list("company__code", flat=True))


def _kept(purposes: Iterable[Purpose]) -> list[str]:
    return sorted({purpose.value for purpose in purposes})


def _check(
    worker: Party,
    member: Party,
    tie: Tie,
    purposes: Collection[Purpose],
    period: Period,
    but: HouseholdMember | None = None,
) -> None:
    """Refusal for what makes no household, or is not needed. ``but`` is the fact that this one corrects."""
    if worker.pk == member.pk:
        raise Refusal(Reason.of("household_with_oneself"), where="member")
    works = WorkRelationship.objects.current().filter(person=worker)
    if not any(work.period.overlaps(period) for work in works):
        raise Refusal(Reason.of("household_of_nobody_at_work", person_name=worker.name), where="person")
    _check_needed(tie, purposes, period)
    same = HouseholdMember.objects.current().filter(person=worker, member=member)
    if any(other.period.overlaps(period) for other in same if but is None or other.pk != but.pk):
        reason = Reason.of("household_twice_at_once", person_name=worker.name, member_name=member.name)
        raise Refusal(reason, where="valid_from")


def _check_needed(tie: Tie, purposes: Collection[Purpose], period: Period) -> None:
    """Refusal for no purpose, and for one that no inside rule of those days serves by such a tie: nothing is kept in reserve."""
    if not purposes:
        raise Refusal(Reason.of("household_for_nothing"), where="purposes")
    for purpose in sorted(purposes, key=lambda each: each.value):
        rules = definitions.known().chosen[purpose]
        if not any(tie in rule.ties and days.overlaps(period) for days, rule in rules):
            reason = Reason.of("household_not_needed", purpose=purpose.value, tie=tie.value)
            raise Refusal(reason, where="purposes")


_Told = type[HouseholdDeclared | HouseholdCorrected | HouseholdEnded | HouseholdTakenBack]


def _note(by: Actor, at: datetime, act: str, fact: HouseholdMember, told: _Told, source: Source) -> None:
    facts = {"person": audit_name(fact.person), "purposes": ", ".join(fact.purposes), **days(fact)}
    note(by, at, act, f"household {fact.pk}", facts, source, person=fact.member_id)
    outbox.announce(told(fact.pk, fact.member_id, *days(fact).values()), by=by, at=at)
