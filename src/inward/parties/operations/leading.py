"""Who heads a unit or company, who stands in, up to how much may be approved, and who is away. Dated, never overwritten."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from inward.core.terms import Money, Period, Reason, Refusal
from inward.kit import audit, outbox, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import in_order, take_over
from inward.parties import leading, policy, queries
from inward.parties.announcements import AbsenceNoted, LeadingChanged
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_free,
    check_period,
    learned,
    nothing_from,
    party_of,
    unit_open_on,
)
from inward.parties.models import (
    Absence,
    DeputyOfPlace,
    HeadOfPlace,
    Party,
    Registration,
    SpendingLimit,
    WorkRelationship,
)
from inward.parties.vocabulary import PartyKind, Post, Power

LIMIT_MAX = 10**17
"""Minor units beyond which no limit is meant."""


def name_head(
    *, by: Actor, at: datetime, place: str, person: str, valid_from: date, source: Source = NO_SOURCE
) -> None:
    """Name who heads a unit or company from a day on; whoever headed it ends the day before, one of that day is corrected.

    1. Wait; refuse what policy refuses.                        3. End or correct whoever headed it, keep the new.
    2. Refuse a unit that is not open on that day, and          4. Bump, audit by subject key, announce LeadingChanged.
       somebody who works for nobody then.
    Raises Refused, Refusal, NotThere (no such unit, company or person).
    """
    with changing():
        found = _kept(by, at, place, valid_from)
        head = _worker(person, valid_from)
        fresh = HeadOfPlace(place=found, person=head, **learned(at, source))
        take_over(in_order(HeadOfPlace.objects.current().filter(place=found)), fresh, since=valid_from, at=at)
        _note(by, at, "name_head", place, Post.HEAD, valid_from, source, person=audit_name(head))


def end_head(*, by: Actor, at: datetime, place: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """From ``valid_until`` on nobody heads a unit or company: the head ends, and whoever was to begin later does not.

    1. Wait; refuse what policy refuses, and a day before one on which another head has begun.  2. Correct what is known.
    3. Bump, audit, announce LeadingChanged. Raises Refused, Refusal, NotThere (no such place, or nobody then).
    """
    with changing():
        found = _kept(by, at, place)
        nothing_from(in_order(HeadOfPlace.objects.current().filter(place=found)), valid_until, at, source)
        _note(by, at, "end_head", place, Post.HEAD, valid_until, source)


def name_deputy(
    *,
    by: Actor,
    at: datetime,
    place: str,
    person: str,
    powers: Collection[Power],
    valid_from: date,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """Name who stands in for whoever heads a unit or company, for what, on which days. Several may.

    1. Wait; refuse what policy refuses.                        3. Keep the fact.
    2. Refuse days backwards or taken, no power, a unit not     4. Bump, audit by subject key, announce LeadingChanged.
       open, somebody not at work or heading it on the first day.
    Raises Refused, Refusal, NotThere (no such unit, company or person).
    """
    with changing():
        found = _kept(by, at, place, valid_from)
        deputy = _worker(person, valid_from)
        check_period(valid_from, valid_until)
        if not powers:
            raise Refusal(Reason.of("deputy_for_nothing"), where="powers")
        if HeadOfPlace.objects.current().on(valid_from).filter(place=found, person=deputy).exists():
            reason = Reason.of("deputy_of_oneself", person_name=deputy.name, place_name=found.name, on=valid_from)
            raise Refusal(reason, where="person")
        check_free(_deputy(found, deputy), Period(valid_from, valid_until))
        DeputyOfPlace.objects.create(
            place=found,
            person=deputy,
            powers=sorted(power.value for power in set(powers)),
            valid_from=valid_from,
            valid_until=valid_until,
            **learned(at, source),
        )
        _note(by, at, "name_deputy", place, Post.DEPUTY, valid_from, source, person=audit_name(deputy))


def end_deputy(
    *, by: Actor, at: datetime, place: str, person: str, valid_until: date, source: Source = NO_SOURCE
) -> None:
    """From ``valid_until`` on she no longer stands in at a unit or company; what has not begun by then will not.

    1. Wait; refuse what policy refuses.  2. Correct what is known.  3. Bump, audit, announce LeadingChanged.
    Raises Refused, Refusal, NotThere (no such place, or she does not stand in there).
    """
    with changing():
        found, deputy = _kept(by, at, place), party_of(person, PartyKind.PERSON)
        nothing_from(_deputy(found, deputy), valid_until, at, source)
        _note(by, at, "end_deputy", place, Post.DEPUTY, valid_until, source, person=audit_name(deputy))


def set_spending_limit(
    *,
    by: Actor,
    at: datetime,
    place: str,
    post: Post,
    limit: Money,
    valid_from: date | None,
    source: Source = NO_SOURCE,
) -> None:
    """Set up to how much whoever holds a post of a unit or company may approve, from a day on; places below follow.

    1. Wait; refuse what policy refuses.                        3. End or correct the limit of that day, keep the new.
    2. Refuse a limit below zero or in another currency than    4. Bump, audit (amount and post), announce LeadingChanged.
       the company's books, no day while one runs.
    Raises Refused, Refusal, NotThere (no such unit or company).
    """
    with changing():
        found = party_of(place, PartyKind.COMPANY, PartyKind.UNIT)
        company = _company(found)
        require(policy.may_set_spending(by, company=company, on=at.date()))
        _check_limit(limit, company)
        said = {"limit_minor": limit.minor, "currency": limit.currency}
        fresh = SpendingLimit(place=found, post=post.value, **said, **learned(at, source))
        take_over(_limits(found, post), fresh, since=valid_from, at=at)
        _note(by, at, "set_spending_limit", place, post, valid_from, source, limit=limit)


def end_spending_limit(
    *, by: Actor, at: datetime, place: str, post: Post, valid_until: date, source: Source = NO_SOURCE
) -> None:
    """From ``valid_until`` on a post of a unit or company has the limit of what is above it again, or none.

    1. Wait; refuse what policy refuses.  2. Correct what is known.  3. Bump, audit, announce LeadingChanged.
    Raises Refused, Refusal, NotThere (no such place, or no limit of its own).
    """
    with changing():
        found = party_of(place, PartyKind.COMPANY, PartyKind.UNIT)
        require(policy.may_set_spending(by, company=_company(found), on=at.date()))
        nothing_from(_limits(found, post), valid_until, at, source)
        _note(by, at, "end_spending_limit", place, post, valid_until, source)


def note_absence(*, by: Actor, at: datetime, person: str, valid_from: date, valid_until: date | None = None) -> None:
    """Note that somebody is away on these days; not why, and on nobody's word, so that nothing of it is kept.

    1. Wait; refuse what policy refuses.                        3. Keep the fact.
    2. Refuse days backwards, and days already noted.           4. Bump, audit, announce AbsenceNoted.
    Raises Refused, Refusal, NotThere (no such person).
    """
    with changing():
        found = _absentee(by, at, person)
        check_period(valid_from, valid_until)
        check_free(_absences(found), Period(valid_from, valid_until))
        Absence.objects.create(person=found, valid_from=valid_from, valid_until=valid_until, **learned(at, NO_SOURCE))
        _note_absence(by, at, "note_absence", found, valid_from, valid_until)


def end_absence(*, by: Actor, at: datetime, person: str, valid_until: date) -> None:
    """Somebody is back on ``valid_until``; absences noted for later days are taken back.

    1. Wait; refuse what policy refuses.  2. Correct what is known.  3. Bump, audit, announce AbsenceNoted.
    Raises Refused, Refusal, NotThere (no such person, or she is not away).
    """
    with changing():
        found = _absentee(by, at, person)
        nothing_from(_absences(found), valid_until, at, NO_SOURCE)
        _note_absence(by, at, "end_absence", found, None, valid_until)


# --- inside ------------------------------------------------------------------------------------------------------------


def _kept(by: Actor, at: datetime, code: str, day: date | None = None) -> Party:
    """The unit or company, when its leaders are the actor's to name; a unit must be open on the ``day``, if one is given."""
    found = party_of(code, PartyKind.COMPANY, PartyKind.UNIT)
    require(policy.may_administer(by, companies=[_company(found)], on=at.date()))
    if day is not None and found.kind == PartyKind.UNIT.value:
        _check_open(code, day)
    return found


def _check_open(unit: str, day: date) -> None:
    try:
        unit_open_on(unit, day)
    except Refusal as refusal:
        raise Refusal(refusal.reason, where="valid_from") from None  # the place is not asked for, the day is


def _company(place: Party) -> str:
    """Whose place it is; where a unit stands latest decides."""
    return place.code if place.kind == PartyKind.COMPANY.value else queries.world().unit[place.code][-1].company


def _worker(code: str, day: date) -> Party:
    """The person; Refusal when she works for nobody on that day."""
    found = party_of(code, PartyKind.PERSON)
    if not WorkRelationship.objects.current().on(day).filter(person=found).exists():
        raise Refusal(Reason.of("leader_not_at_work", person_name=found.name, on=day), where="person")
    return found


def _absentee(by: Actor, at: datetime, code: str) -> Party:
    found = party_of(code, PartyKind.PERSON)
    answer = policy.may_note_absence(by, person=code, employers=queries.employers(code), on=at.date())
    if not answer:
        raise NotThere  # whoever may not note it need not learn that she is known
    return found


def _deputy(place: Party, person: Party) -> list[DeputyOfPlace]:
    return in_order(DeputyOfPlace.objects.current().filter(place=place, person=person))


def _limits(place: Party, post: Post) -> list[SpendingLimit]:
    return in_order(SpendingLimit.objects.current().filter(place=place, post=post.value))


def _absences(person: Party) -> list[Absence]:
    return in_order(Absence.objects.current().filter(person=person))


def _check_limit(limit: Money, company: str) -> None:
    if not 0 <= limit.minor <= LIMIT_MAX:
        raise Refusal(Reason.of("spending_not_usable", limit=limit), where="limit")
    registered = Registration.objects.current().filter(company__code=company, valid_until=None).first()
    if registered is not None and registered.functional_currency != limit.currency:
        facts = {"company_name": queries.name_of(company), "currency": registered.functional_currency}
        raise Refusal(Reason.of("spending_currency", **facts), where="currency")


def _note(
    by: Actor, at: datetime, act: str, place: str, post: Post, since: date | None, source: Source, **facts: Any
) -> None:
    """Bump who leads, and not the world, which does not change by it; audit under the place; announce."""
    versions.bump(leading.VERSION)
    day = "" if since is None else since.isoformat()
    said = {"source": source.text} if source.text else {}
    told = {name: str(value) for name, value in facts.items()}
    audit.record(
        by=by, at=at, act=f"parties.{act}", thing=place, facts={"post": post.value, "valid_from": day, **told, **said}
    )
    outbox.announce(LeadingChanged(place, post.value, day), by=by, at=at)


def _note_absence(by: Actor, at: datetime, act: str, person: Party, since: date | None, until: date | None) -> None:
    versions.bump(leading.VERSION)
    days = {
        "valid_from": "" if since is None else since.isoformat(),
        "valid_until": "" if until is None else until.isoformat(),
    }
    audit.record(by=by, at=at, act=f"parties.{act}", thing=audit_name(person), facts=days)
    outbox.announce(AbsenceNoted(person.id, *days.values()), by=by, at=at)
