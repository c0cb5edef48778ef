"""Classes of shares of a company, and who holds how many of each: counted instead of told in percent."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from inward.core.terms import Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import correct
from inward.parties import policy
from inward.parties.announcements import SharesChanged
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    check_length,
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
    spoken_by,
)
from inward.parties.models import NAME_LENGTH_MAX, ShareClass, Shareholding
from inward.parties.vocabulary import PartyKind


def record_share_class(
    *,
    by: Actor,
    at: datetime,
    code: str,
    company: str,
    issued: Fraction,
    votes_each: Fraction = Fraction(1),
    dividend_each: Fraction = Fraction(1),
    name: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> str:
    """Record a class of shares: how many are issued, the votes and the part of dividends of each. Returns its code.

    1. Wait; refuse what policy refuses.  2. Keep the fact; refuse what the core refuses.  3. Bump, audit, announce
    SharesChanged. Raises Refused, Refusal, NotThere.
    """
    with changing():
        check_period(valid_from, valid_until)
        check_length("name", name, NAME_LENGTH_MAX)
        owned = party_of(company, PartyKind.COMPANY)
        require(policy.may_administer(by, companies=[company], on=at.date()))
        fact = ShareClass(
            code=free_code(ShareClass, code, given=True),
            company=owned,
            name=name,
            issued=issued,
            votes_each=votes_each,
            dividend_each=dividend_each,
            valid_from=valid_from,
            valid_until=valid_until,
            known_from=at,
            **spoken_by(source),
        )
        fact.save(force_insert=True)
        check_ownership(owned, source.speaker)
        _note_class(by, at, "record_share_class", fact, source)
    return fact.code


def correct_share_class(
    *,
    by: Actor,
    at: datetime,
    share_class: str,
    issued: Fraction,
    votes_each: Fraction,
    dividend_each: Fraction,
    name: str = "",
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """Record that a class of shares is otherwise than we thought, or has another end, on all its days.

    1. Wait; refuse what policy refuses, and a fact of another source.  2. Correct it; refuse what the core refuses: fewer
    shares than are held.  3. Bump, audit, announce SharesChanged. Raises Refused, Refusal, NotThere.
    """
    with changing():
        fact = _own_class(by, at, share_class, source)
        check_period(fact.valid_from, valid_until)
        check_length("name", name, NAME_LENGTH_MAX)
        changed = correct(
            fact,
            at=at,
            name=name,
            issued=issued,
            votes_each=votes_each,
            dividend_each=dividend_each,
            valid_until=valid_until,
            **said_by(source),
        )
        check_ownership(changed.company, changed.speaker)
        _note_class(by, at, "correct_share_class", changed, source)


def change_share_class(
    *,
    by: Actor,
    at: datetime,
    share_class: str,
    valid_from: date | None,
    issued: Fraction,
    votes_each: Fraction,
    dividend_each: Fraction,
    name: str = "",
    source: Source = NO_SOURCE,
) -> str:
    """Record that a class of shares is otherwise from a day on; returns the code of the fact that says so.

    1. Wait; refuse what policy refuses, and a fact of another source.  2. On its first day: correct it; later: end it there
    and add a version of it; shares stay held of the class. Refuse what the core refuses: fewer than are held.
    3. Bump, audit, announce SharesChanged. Raises Refused, Refusal, NotThere.
    """
    with changing():
        fact = _own_class(by, at, share_class, source)
        check_within(fact, valid_from)
        check_length("name", name, NAME_LENGTH_MAX)
        says = {"name": name, "issued": issued, "votes_each": votes_each, "dividend_each": dividend_each}
        if valid_from == fact.valid_from:
            changed = correct(fact, at=at, **says, **said_by(source))
        else:
            code, until = free_code(ShareClass, fact.series, given=False), fact.valid_until
            ended = correct(fact, at=at, valid_until=valid_from)
            changed = ShareClass(
                code=code,
                company=ended.company,
                version_of=ended.series,
                valid_from=valid_from,
                valid_until=until,
                known_from=at,
                register=ended.register,
                rank=ended.rank,
                **says,
                **said_by(source),
            )
            changed.save(force_insert=True)
        check_ownership(changed.company, changed.speaker)
        _note_class(by, at, "change_share_class", changed, source)
    return changed.code


def record_shareholding(
    *,
    by: Actor,
    at: datetime,
    owner: str,
    share_class: str,
    shares: Fraction,
    valid_from: date | None = None,
    valid_until: date | None = None,
    code: str = "",
    source: Source = NO_SOURCE,
) -> str:
    """Record that a company or person holds so many shares of a class; returns the code of the fact.

    1. Wait; refuse what policy refuses, and a class of another source.  2. Keep the fact; refuse what the core refuses: more
    than are issued, days on which there is no such class.  3. Bump, audit, announce SharesChanged.
    The company itself holds treasury shares. Raises Refused, Refusal, NotThere.
    """
    with changing():
        check_period(valid_from, valid_until)
        holder, kind = party_of(owner, PartyKind.COMPANY, PartyKind.PERSON), fact_of(ShareClass, share_class)
        require(policy.may_administer(by, companies=companies(holder, kind.company), on=at.date()))
        if kind.register != source.register or kind.rank != source.rank.value:
            raise Refusal(Reason.of("share_class_of_other_source", share_class=share_class), where="share_class")
        fact = Shareholding(
            code=free_code(Shareholding, code or f"{owner}-{share_class}", given=bool(code)),
            owner=holder,
            company=kind.company,
            share_class=kind.series,
            shares=shares,
            valid_from=valid_from,
            valid_until=valid_until,
            known_from=at,
            **spoken_by(source),
        )
        fact.save(force_insert=True)
        check_ownership(kind.company, source.speaker)
        _note_shares(by, at, "record_shareholding", fact, source)
    return fact.code


def change_shareholding(
    *,
    by: Actor,
    at: datetime,
    shareholding: str,
    shares: Fraction,
    valid_from: date | None,
    source: Source = NO_SOURCE,
) -> str:
    """Record that somebody holds another number of shares from a day on; returns the code of the fact that says so.

    1. Wait; refuse what policy refuses, and a fact of another source.  2. On its first day: correct it; later: end it there
    and add a new one. Refuse what the core refuses.  3. Bump, audit, announce SharesChanged.
    Raises Refused, Refusal, NotThere.
    """
    with changing():
        fact = _own(by, at, shareholding, source)
        check_within(fact, valid_from)
        if valid_from == fact.valid_from:
            changed = correct(fact, at=at, shares=shares, **said_by(source))
        else:
            code, until = free_code(Shareholding, shareholding, given=False), fact.valid_until
            ended = correct(fact, at=at, valid_until=valid_from)
            changed = Shareholding(
                code=code,
                owner=ended.owner,
                company=ended.company,
                share_class=ended.share_class,
                shares=shares,
                valid_from=valid_from,
                valid_until=until,
                known_from=at,
                register=ended.register,
                rank=ended.rank,
                **said_by(source),
            )
            changed.save(force_insert=True)
        check_ownership(changed.company, changed.speaker)
        _note_shares(by, at, "change_shareholding", changed, source)
    return changed.code


def end_shareholding(
    *, by: Actor, at: datetime, shareholding: str, valid_until: date, source: Source = NO_SOURCE
) -> None:
    """Give shares that somebody holds their last day (the day before ``valid_until``), or another one than they have.

    1. Wait; refuse what policy refuses, and a fact of another source.  2. Correct it; refuse an end before its start.
    3. Bump, audit, announce SharesChanged. Raises Refused, Refusal, NotThere.
    """
    with changing():
        fact = _own(by, at, shareholding, source)
        check_period(fact.valid_from, valid_until)
        ended = correct(fact, at=at, valid_until=valid_until, **said_by(source))
        check_ownership(ended.company, ended.speaker)
        _note_shares(by, at, "end_shareholding", ended, source)


def _own_class(by: Actor, at: datetime, share_class: str, source: Source) -> ShareClass:
    """The class, for one who may change it."""
    fact = fact_of(ShareClass, share_class)
    require(policy.may_administer(by, companies=[fact.company.code], on=at.date()))
    check_same_source(fact, source)
    return fact


def _own(by: Actor, at: datetime, shareholding: str, source: Source) -> Shareholding:
    """The fact, for one who may change it."""
    fact = fact_of(Shareholding, shareholding)
    require(policy.may_administer(by, companies=companies(fact.owner, fact.company), on=at.date()))
    check_same_source(fact, source)
    return fact


def _note_class(by: Actor, at: datetime, act: str, fact: ShareClass, source: Source) -> None:
    numbers = {"issued": str(fact.issued), "votes_each": str(fact.votes_each), "dividend_each": str(fact.dividend_each)}
    _note(by, at, act, f"share class {fact.pk}", fact.company.code, {**numbers, **days(fact)}, source)


def _note_shares(by: Actor, at: datetime, act: str, fact: Shareholding, source: Source) -> None:
    said = {"owner": audit_name(fact.owner), "share_class": fact.share_class, "shares": str(fact.shares), **days(fact)}
    _note(by, at, act, f"shareholding {fact.pk}", fact.company.code, said, source)


def _note(by: Actor, at: datetime, act: str, thing: str, company: str, facts: dict[str, Any], source: Source) -> None:
    note(by, at, act, thing, {"company": company, **facts}, source)
    outbox.announce(SharesChanged(company, facts["valid_from"]), by=by, at=at)
