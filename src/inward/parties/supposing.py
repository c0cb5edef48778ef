"""What the world would be if an act of this room were done: the same facts that ``operations`` would write, supposed.

For previews and "what if" questions. Nothing is written and no policy is asked: whoever shows an answer asks that first.
Several acts together are ``|``; ``classification.compare`` tells where the two worlds differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeAlias, TypeVar

from inward.core.classification import (
    Band,
    ControlRight,
    Holding,
    Household,
    RightKind,
    ShareClass,
    Shareholding,
    Supposed,
    Tie,
    WorkKind,
    WorkRelationship,
    WorkState,
    World,
)
from inward.core.terms import Period, Reason, Refusal
from inward.kit.policy import NotThere

_Fact = TypeVar("_Fact", Holding, WorkRelationship, ShareClass, Shareholding, ControlRight, Household)
States: TypeAlias = tuple[tuple[WorkState, Period], ...]
_NEW = "~new"
"""Ends the id of a fact that would be new: no code of a fact can have it."""


def holding_recorded(
    *,
    owner: str,
    owned: str,
    votes: Fraction | Band,
    capital: Fraction | Band | None = None,
    period: Period,
) -> Supposed:
    """As ``operations.record_holding``."""
    name = f"{owner}-{owned}{_NEW}"
    return Supposed(holdings={name: _sharing(Holding(name, owner, owned, Fraction(0), period), votes, capital)})


def holding_changed(
    world: World,
    *,
    holding: str,
    votes: Fraction | Band,
    capital: Fraction | Band | None = None,
    valid_from: date | None,
) -> Supposed:
    """As ``operations.change_holding``. NotThere for no such holding; Refusal for a day on which it does not hold."""
    fact = _of(world.holdings, holding)
    if valid_from == fact.period.start:
        return Supposed(holdings={holding: _sharing(fact, votes, capital)})
    first, rest = _parted(fact.period, valid_from)
    later = replace(_sharing(fact, votes, capital), id=f"{holding}{_NEW}", period=rest)
    return Supposed(holdings={holding: replace(fact, period=first), later.id: later})


def holding_ended(world: World, *, holding: str, valid_until: date) -> Supposed:
    """As ``operations.end_holding``. NotThere for no such holding; Refusal for an end before its start."""
    fact = _of(world.holdings, holding)
    return Supposed(holdings={holding: replace(fact, period=_until(fact.period, valid_until))})


def share_class_recorded(
    *, company: str, issued: Fraction, votes_each: Fraction, dividend_each: Fraction, period: Period
) -> Supposed:
    """As ``operations.record_share_class``."""
    name = f"{company}{_NEW}"
    return Supposed(share_classes={name: ShareClass(name, company, issued, votes_each, dividend_each, period)})


def share_class_corrected(
    world: World,
    *,
    share_class: str,
    issued: Fraction,
    votes_each: Fraction,
    dividend_each: Fraction,
    valid_until: date | None,
) -> Supposed:
    """As ``operations.correct_share_class``. NotThere for no such class."""
    fact = _of(world.share_classes, share_class)
    period = Period(fact.period.start) if valid_until is None else _until(fact.period, valid_until)
    changed = replace(fact, issued=issued, votes_each=votes_each, dividend_each=dividend_each, period=period)
    return Supposed(share_classes={share_class: changed})


def share_class_changed(
    world: World,
    *,
    share_class: str,
    issued: Fraction,
    votes_each: Fraction,
    dividend_each: Fraction,
    valid_from: date | None,
) -> Supposed:
    """As ``operations.change_share_class``. NotThere for no such class; Refusal for a day on which it does not hold."""
    fact = _of(world.share_classes, share_class)
    said = replace(fact, issued=issued, votes_each=votes_each, dividend_each=dividend_each)
    if valid_from == fact.period.start:
        return Supposed(share_classes={share_class: said})
    first, rest = _parted(fact.period, valid_from)
    later = replace(said, id=f"{fact.series}{_NEW}", version_of=fact.series, period=rest)
    return Supposed(share_classes={share_class: replace(fact, period=first), later.id: later})


def shareholding_recorded(*, owner: str, share_class: str, shares: Fraction, period: Period) -> Supposed:
    """As ``operations.record_shareholding``."""
    name = f"{owner}-{share_class}{_NEW}"
    return Supposed(shareholdings={name: Shareholding(name, owner, share_class, shares, period)})


def shareholding_changed(world: World, *, shareholding: str, shares: Fraction, valid_from: date | None) -> Supposed:
    """As ``operations.change_shareholding``. NotThere for no such shares; Refusal for a day on which they are not held."""
    fact = _of(world.shareholdings, shareholding)
    if valid_from == fact.period.start:
        return Supposed(shareholdings={shareholding: replace(fact, shares=shares)})
    first, rest = _parted(fact.period, valid_from)
    later = replace(fact, id=f"{shareholding}{_NEW}", shares=shares, period=rest)
    return Supposed(shareholdings={shareholding: replace(fact, period=first), later.id: later})


def shareholding_ended(world: World, *, shareholding: str, valid_until: date) -> Supposed:
    """As ``operations.end_shareholding``. NotThere for no such shares; Refusal for an end before their start."""
    fact = _of(world.shareholdings, shareholding)
    return Supposed(shareholdings={shareholding: replace(fact, period=_until(fact.period, valid_until))})


def right_recorded(
    *, target: str, kind: RightKind, holder: str | None, agreement: str = "", over: str | None = None, period: Period
) -> Supposed:
    """As ``operations.record_right``."""
    name = f"{target}-{kind.value.lower()}{_NEW}"
    return Supposed(control_rights={name: ControlRight(name, target, kind, holder, period, agreement, over)})


def right_ended(world: World, *, right: str, valid_until: date) -> Supposed:
    """As ``operations.end_right``. NotThere for no such power; Refusal for an end before its start."""
    fact = _of(world.control_rights, right)
    return Supposed(control_rights={right: replace(fact, period=_until(fact.period, valid_until))})


def work_started(
    *, person: str, company: str, kind: WorkKind, unit: str | None = None, line_of_business: str = "", period: Period
) -> Supposed:
    """As ``operations.start_work``."""
    name = f"{person}-{company}{_NEW}"
    return Supposed(
        work_relationships={name: WorkRelationship(name, person, company, kind, period, unit, line_of_business)}
    )


def state_noted(world: World, *, person: str, company: str, state: WorkState, period: Period) -> Supposed:
    """As ``operations.note_work_state``."""
    return _in_states(world, person, company, lambda states: (*states, (state, period)))


def state_ended(world: World, *, person: str, company: str, state: WorkState, valid_until: date) -> Supposed:
    """As ``operations.end_work_state``."""

    def ended(states: States) -> States:
        begun = (each for each in states if each[0] is not state or (each[1].start or date.min) < valid_until)
        return tuple(
            (name, Period(days.start, min(days.until or date.max, valid_until)) if name is state else days)
            for name, days in begun
        )

    return _in_states(world, person, company, ended)


def _in_states(world: World, person: str, company: str, change: Callable[[States], States]) -> Supposed:
    """All her work for the company, in other states."""
    works = (work for work in world.work.get(person, ()) if work.company == company)
    return Supposed(work_relationships={work.id: replace(work, states=change(work.states)) for work in works})


def work_moved(
    world: World, *, work: str, kind: WorkKind, unit: str | None, line_of_business: str = "", valid_from: date
) -> Supposed:
    """As ``operations.move_work``. NotThere for no such work; Refusal for a day on which it does not hold."""
    fact = _of(world.work_relationships, work)
    if valid_from == fact.period.start:
        return Supposed(
            work_relationships={work: replace(fact, kind=kind, unit=unit, line_of_business=line_of_business)}
        )
    first, rest = _parted(fact.period, valid_from)
    later = replace(fact, id=f"{work}{_NEW}", kind=kind, unit=unit, line_of_business=line_of_business, period=rest)
    return Supposed(work_relationships={work: replace(fact, period=first), later.id: later})


def work_ended(world: World, *, work: str, valid_until: date) -> Supposed:
    """As ``operations.end_work``. NotThere for no such work; Refusal for an end before its start."""
    fact = _of(world.work_relationships, work)
    return Supposed(work_relationships={work: replace(fact, period=_until(fact.period, valid_until))})


def household_declared(*, person: str, member: str, tie: Tie, period: Period) -> Supposed:
    """As ``operations.declare_household``, for a purpose that the world is asked for."""
    name = f"{person}-{member}{_NEW}"
    return Supposed(households={name: Household(name, person, member, tie, period)})


def household_corrected(world: World, *, household: str, tie: Tie | None, period: Period) -> Supposed:
    """As ``operations.correct_household``, for the purpose that the world was asked for: None, it serves that one no more."""
    known = next((home for home in world.households if home.id == household), None)
    if known is None:  # it served this purpose not, and what it would begin to is told after it is saved
        return Supposed()
    return Supposed(households={household: None if tie is None else replace(known, tie=tie, period=period)})


def household_ended(world: World, *, household: str, valid_until: date) -> Supposed:
    """As ``operations.end_household``; nothing for one that serves another purpose. Refusal for an end before its start."""
    found = [home for home in world.households if home.id == household]
    return Supposed(households={home.id: replace(home, period=_until(home.period, valid_until)) for home in found})


def household_taken_back(world: World, *, household: str) -> Supposed:
    """As ``operations.take_back_household``; nothing for one that serves another purpose."""
    return Supposed(households=dict.fromkeys((home.id for home in world.households if home.id == household), None))


def _sharing(fact: Holding, votes: Fraction | Band, capital: Fraction | Band | None) -> Holding:
    """The holding with these shares, exact or in bands."""
    return replace(
        fact,
        votes=votes.low if isinstance(votes, Band) else votes,
        votes_band=votes if isinstance(votes, Band) else None,
        capital=capital.low if isinstance(capital, Band) else capital,
        capital_band=capital if isinstance(capital, Band) else None,
    )


def _of(facts: Iterable[_Fact], code: str) -> _Fact:
    for fact in facts:
        if fact.id == code:
            return fact
    raise NotThere


def _parted(period: Period, day: date | None) -> tuple[Period, Period]:
    """The days before and from a day on, within a period."""
    if day is None or day not in period:
        reason = Reason.of("change_outside_period", on=day, since=period.start, until=period.until)
        raise Refusal(reason, where="valid_from")
    return Period(period.start, day), Period(day, period.until)


def _until(period: Period, day: date) -> Period:
    if period.start is not None and day <= period.start:
        raise Refusal(Reason.of("period_backwards", since=period.start, until=day), where="valid_until")
    return Period(period.start, day)
