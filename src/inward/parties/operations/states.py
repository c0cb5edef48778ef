"""Probation, unpaid leave and notice: states of somebody's work for a company that do not end it. Dated, never overwritten."""

from datetime import date, datetime

from inward.core.classification import WorkState
from inward.core.terms import Period, Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import in_order, retract
from inward.parties import policy, queries
from inward.parties.announcements import WorkStateNoted
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_free,
    check_period,
    days,
    learned,
    note,
    nothing_from,
    party_of,
)
from inward.parties.models import Party, StateOfWork, WorkRelationship
from inward.parties.vocabulary import PartyKind


def note_work_state(
    *,
    by: Actor,
    at: datetime,
    person: str,
    company: str,
    state: WorkState,
    valid_from: date,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """Note that somebody's work for a company is in a state on these days; it goes on meanwhile.

    1. Wait; refuse what policy refuses.                        3. Keep the fact.
    2. Refuse days backwards or noted already, and somebody     4. Bump, audit by subject key, announce WorkStateNoted.
       who does not work there on the first of them.
    Raises Refused, Refusal, NotThere (no such person or company).
    """
    with changing():
        worker, home = _whose(by, at, person, company)
        check_period(valid_from, valid_until)
        if not WorkRelationship.objects.current().on(valid_from).filter(person=worker, company=home).exists():
            reason = Reason.of("not_at_work_there", person_name=worker.name, company_name=home.name, on=valid_from)
            raise Refusal(reason, where="valid_from")
        check_free(_noted(worker, home, state), Period(valid_from, valid_until))
        fact = StateOfWork(
            person=worker,
            company=home,
            state=state.value,
            valid_from=valid_from,
            valid_until=valid_until,
            **learned(at, source),
        )
        fact.save(force_insert=True)
        _tell(by, at, "note_work_state", worker, home, state, days(fact), source)


def end_work_state(
    *,
    by: Actor,
    at: datetime,
    person: str,
    company: str,
    state: WorkState,
    valid_until: date,
    source: Source = NO_SOURCE,
) -> None:
    """From ``valid_until`` on her work is in that state no longer; what was noted for later is taken back.

    1. Wait; refuse what policy refuses.  2. Correct what is known.  3. Bump, audit, announce WorkStateNoted.
    Raises Refused, Refusal, NotThere (no such person or company, or not in that state).
    """
    with changing():
        worker, home = _whose(by, at, person, company)
        nothing_from(_noted(worker, home, state), valid_until, at, source)
        ended = {"valid_from": "", "valid_until": valid_until.isoformat()}
        _tell(by, at, "end_work_state", worker, home, state, ended, source)


def take_back_work_state(
    *,
    by: Actor,
    at: datetime,
    person: str,
    company: str,
    state: WorkState,
    valid_from: date,
    source: Source = NO_SOURCE,
) -> None:
    """What was noted from that day on was never so; what was known of it stays with its days of knowledge.

    1. Wait; refuse what policy refuses.  2. Withdraw the fact.  3. Bump, audit, announce WorkStateNoted.
    Raises Refused, NotThere (no such person or company, or nothing noted from that day).
    """
    with changing():
        worker, home = _whose(by, at, person, company)
        fact = next((each for each in _noted(worker, home, state) if each.valid_from == valid_from), None)
        if fact is None:
            raise NotThere
        retract(fact, at=at)
        _tell(by, at, "take_back_work_state", worker, home, state, days(fact), source)


def _whose(by: Actor, at: datetime, person: str, company: str) -> tuple[Party, Party]:
    """NotThere for somebody who never works for the company: who looks after it need not learn that she is known."""
    home = party_of(company, PartyKind.COMPANY)
    require(policy.may_administer(by, companies=[home.code], on=at.date()))
    worker = party_of(person, PartyKind.PERSON)
    if home.code not in queries.employers(person):
        raise NotThere
    return worker, home


def _noted(person: Party, company: Party, state: WorkState) -> list[StateOfWork]:
    return in_order(StateOfWork.objects.current().filter(person=person, company=company, state=state.value))


def _tell(
    by: Actor,
    at: datetime,
    act: str,
    person: Party,
    company: Party,
    state: WorkState,
    on: dict[str, str],
    source: Source,
) -> None:
    """The audit keeps the state with her work for that company, so that whoever looks after another one does not read it;
    what is announced does not name it.
    """
    work = WorkRelationship.objects.filter(person=person, company=company).latest("known_from", "pk")
    facts = {"person": audit_name(person), "company": company.code, "work_state": state.value, **on}
    note(by, at, act, f"work {work.pk}", facts, source, person=person.id)
    outbox.announce(WorkStateNoted(person.id, company.code, *on.values()), by=by, at=at)
