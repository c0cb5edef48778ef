"""Power over a company that is no share of its votes: boards, contracts, nominees, joint control, parents, head offices."""

from datetime import date, datetime

from inward.core.classification import RightKind
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import correct
from inward.parties import policy
from inward.parties.announcements import PowersChanged
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_length,
    check_not_over_itself,
    check_ownership,
    check_period,
    check_same_source,
    companies,
    days,
    fact_of,
    free_code,
    note,
    party_of,
    said_by,
    spoken_by,
)
from inward.parties.models import AGREEMENT_LENGTH_MAX, ControlRight
from inward.parties.vocabulary import PartyKind
from inward.parties.worldfiles import right_code


def record_right(
    *,
    by: Actor,
    at: datetime,
    target: str,
    kind: RightKind,
    holder: str | None = None,
    agreement: str = "",
    over: str | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    code: str = "",
    source: Source = NO_SOURCE,
) -> str:
    """Record that somebody has power over a company, or what is known of its parents (see ``RightKind``); returns its code.

    1. Wait; refuse what policy refuses.  2. Keep the fact; refuse what the core refuses: no holder where the kind needs one, a
    holder where it names none, power over oneself.  3. Bump, audit, announce PowersChanged.
    Raises Refused, Refusal, NotThere (no such party).
    """
    with changing():
        check_period(valid_from, valid_until)
        check_length("agreement", agreement, AGREEMENT_LENGTH_MAX)
        company = party_of(target, PartyKind.COMPANY)
        power = None if holder is None else party_of(holder, PartyKind.COMPANY, PartyKind.PERSON)
        about = None if over is None else party_of(over, PartyKind.COMPANY)
        ends = (company, *(party for party in (power, about) if party is not None))
        require(policy.may_administer(by, companies=companies(*ends), on=at.date()))
        check_not_over_itself(company, power)
        fact = ControlRight(
            code=free_code(ControlRight, code or right_code(holder or "", target, kind), given=bool(code)),
            target=company,
            holder=power,
            kind=kind.value,
            agreement=agreement,
            over=about,
            valid_from=valid_from,
            valid_until=valid_until,
            known_from=at,
            **spoken_by(source),
        )
        fact.save(force_insert=True)
        check_ownership(company, source.speaker)
        _note_right(by, at, "record_right", fact, source)
    return fact.code


def end_right(*, by: Actor, at: datetime, right: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """Give a power its last day (the day before ``valid_until``), or another one than it has.

    1. Wait; refuse what policy refuses, and a fact of another source.  2. Correct it; refuse an end before its start.
    3. Bump, audit, announce PowersChanged. Raises Refused, Refusal, NotThere (no such power).
    """
    with changing():
        fact = fact_of(ControlRight, right)
        ends = (fact.target, *(party for party in (fact.holder, fact.over) if party is not None))
        require(policy.may_administer(by, companies=companies(*ends), on=at.date()))
        check_same_source(fact, source)
        check_period(fact.valid_from, valid_until)
        ended = correct(fact, at=at, valid_until=valid_until, **said_by(source))
        _note_right(by, at, "end_right", ended, source)


def _note_right(by: Actor, at: datetime, act: str, fact: ControlRight, source: Source) -> None:
    holder = {} if fact.holder is None else {"holder": audit_name(fact.holder)}
    facts = {"company": fact.target.code, **holder, "right": fact.kind, **days(fact)}
    note(by, at, act, f"right {fact.pk}", facts, source)
    outbox.announce(PowersChanged(fact.target.code, days(fact)["valid_from"]), by=by, at=at)
