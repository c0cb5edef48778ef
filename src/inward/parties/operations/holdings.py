"""Who holds how much of which company, from when until when, and on whose word."""

from datetime import date, datetime
from fractions import Fraction

from inward.core.classification import Band
from inward.core.terms import Rate
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import correct
from inward.parties import policy
from inward.parties.announcements import HoldingChanged, HoldingEnded, HoldingRecorded
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_ownership,
    check_period,
    check_same_source,
    check_within,
    companies,
    days,
    fact_of,
    free_code,
    note,
    party_of,
    said_by,
    shares,
    spoken_by,
)
from inward.parties.models import Holding
from inward.parties.vocabulary import PartyKind


def record_holding(
    *,
    by: Actor,
    at: datetime,
    owner: str,
    owned: str,
    votes: Fraction | Band,
    capital: Fraction | Band | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    code: str = "",
    source: Source = NO_SOURCE,
) -> str:
    """Record that a company or person holds a share (a fraction of one, or a band of it) of a company; returns its code.

    1. Wait for the others.                               4. Keep the fact.
    2. Refuse what policy refuses.                        5. Bump, audit, announce HoldingRecorded.
    3. Refuse what the core refuses: over 100 % on any
       day by the same source, no share, days backwards.
    A company that holds itself holds treasury shares: they vote for nobody. Raises Refused, Refusal, NotThere (no such
    party).
    """
    with changing():
        check_period(valid_from, valid_until)
        holder, held = party_of(owner, PartyKind.COMPANY, PartyKind.PERSON), party_of(owned, PartyKind.COMPANY)
        require(policy.may_administer(by, companies=companies(holder, held), on=at.date()))
        fact = Holding(
            code=free_code(Holding, code or f"{owner}-{owned}", given=bool(code)),
            owner=holder,
            owned=held,
            valid_from=valid_from,
            valid_until=valid_until,
            known_from=at,
            **shares(votes, capital),
            **spoken_by(source),
        )
        fact.save(force_insert=True)
        check_ownership(held, source.speaker)
        _note_holding(by, at, "record_holding", fact, HoldingRecorded, source)
    return fact.code


def change_holding(
    *,
    by: Actor,
    at: datetime,
    holding: str,
    votes: Fraction | Band,
    valid_from: date | None,
    capital: Fraction | Band | None = None,
    source: Source = NO_SOURCE,
) -> str:
    """Record that a share is another from a day on; returns the code of the holding that says so.

    1. Wait; refuse what policy refuses.     3. On its first day: correct it, for it was never what we thought.
    2. Refuse a day outside the holding,        Later: end it there and add a new fact from that day.
       and what the core refuses.            4. Bump, audit, announce HoldingChanged.
    Raises Refused, Refusal, NotThere (no such holding).
    """
    with changing():
        fact = fact_of(Holding, holding)
        require(policy.may_administer(by, companies=companies(fact.owner, fact.owned), on=at.date()))
        check_same_source(fact, source)
        check_within(fact, valid_from)
        change = {**shares(votes, capital), **spoken_by(source)}
        if valid_from == fact.valid_from:
            changed = correct(fact, at=at, **change)
        else:
            code = free_code(Holding, holding, given=False)
            until = fact.valid_until
            ended = correct(fact, at=at, valid_until=valid_from)
            changed = Holding(
                code=code,
                owner=ended.owner,
                owned=ended.owned,
                valid_from=valid_from,
                valid_until=until,
                known_from=at,
                **change,
            )
            changed.save(force_insert=True)
        check_ownership(changed.owned, source.speaker)
        _note_holding(by, at, "change_holding", changed, HoldingChanged, source)
    return changed.code


def end_holding(*, by: Actor, at: datetime, holding: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """Give a holding its last day (the day before ``valid_until``), or another one than it has.

    1. Wait; refuse what policy refuses.  2. Refuse an end before its start, and what the core refuses.
    3. Correct the fact; bump, audit, announce HoldingEnded.
    Raises Refused, Refusal, NotThere (no such holding).
    """
    with changing():
        fact = fact_of(Holding, holding)
        require(policy.may_administer(by, companies=companies(fact.owner, fact.owned), on=at.date()))
        check_same_source(fact, source)
        check_period(fact.valid_from, valid_until)
        ended = correct(fact, at=at, valid_until=valid_until, **said_by(source))
        check_ownership(ended.owned, ended.speaker)
        _note_holding(by, at, "end_holding", ended, HoldingEnded, source)


def _note_holding(
    by: Actor,
    at: datetime,
    act: str,
    fact: Holding,
    told: type[HoldingRecorded | HoldingChanged | HoldingEnded],
    source: Source,
) -> None:
    facts = {"owner": audit_name(fact.owner), "owned": fact.owned.code, "votes": Rate(fact.votes), **days(fact)}
    if fact.votes_high is not None:
        facts["votes_high"] = Rate(fact.votes_high)
    note(by, at, act, f"holding {fact.pk}", facts, source)
    outbox.announce(told(fact.pk, fact.owned.code, *days(fact).values()), by=by, at=at)
