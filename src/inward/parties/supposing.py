"""What the world would be if an act of this room were done: the same facts that ``operations`` would write, supposed.

For previews and "what if" questions. Nothing is written and no policy is asked: whoever shows an answer asks that first.
Several acts together are ``|``; ``classification.compare`` tells where the two worlds differ.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from inward.core.classification import Band, Holding, Supposed, WorkKind, WorkRelationship, World
from inward.core.terms import Period, Reason, Refusal
from inward.kit.policy import NotThere

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
    fact = _holding(world, holding)
    if valid_from == fact.period.start:
        return Supposed(holdings={holding: _sharing(fact, votes, capital)})
    first, rest = _parted(fact.period, valid_from)
    later = replace(_sharing(fact, votes, capital), id=f"{holding}{_NEW}", period=rest)
    return Supposed(holdings={holding: replace(fact, period=first), later.id: later})


def holding_ended(world: World, *, holding: str, valid_until: date) -> Supposed:
    """As ``operations.end_holding``. NotThere for no such holding; Refusal for an end before its start."""
    fact = _holding(world, holding)
    return Supposed(holdings={holding: replace(fact, period=_until(fact.period, valid_until))})


def work_started(
    *, person: str, company: str, kind: WorkKind, unit: str | None = None, line_of_business: str = "", period: Period
) -> Supposed:
    """As ``operations.start_work``."""
    name = f"{person}-{company}{_NEW}"
    return Supposed(
        work_relationships={name: WorkRelationship(name, person, company, kind, period, unit, line_of_business)}
    )


def work_moved(
    world: World, *, work: str, kind: WorkKind, unit: str | None, line_of_business: str = "", valid_from: date
) -> Supposed:
    """As ``operations.move_work``. NotThere for no such work; Refusal for a day on which it does not hold."""
    fact = _work(world, work)
    if valid_from == fact.period.start:
        return Supposed(
            work_relationships={work: replace(fact, kind=kind, unit=unit, line_of_business=line_of_business)}
        )
    first, rest = _parted(fact.period, valid_from)
    later = replace(fact, id=f"{work}{_NEW}", kind=kind, unit=unit, line_of_business=line_of_business, period=rest)
    return Supposed(work_relationships={work: replace(fact, period=first), later.id: later})


def work_ended(world: World, *, work: str, valid_until: date) -> Supposed:
    """As ``operations.end_work``. NotThere for no such work; Refusal for an end before its start."""
    fact = _work(world, work)
    return Supposed(work_relationships={work: replace(fact, period=_until(fact.period, valid_until))})


def _sharing(fact: Holding, votes: Fraction | Band, capital: Fraction | Band | None) -> Holding:
    """The holding with these shares, exact or in bands."""
    return replace(
        fact,
        votes=votes.low if isinstance(votes, Band) else votes,
        votes_band=votes if isinstance(votes, Band) else None,
        capital=capital.low if isinstance(capital, Band) else capital,
        capital_band=capital if isinstance(capital, Band) else None,
    )


def _holding(world: World, code: str) -> Holding:
    for fact in world.holdings:
        if fact.id == code:
            return fact
    raise NotThere


def _work(world: World, code: str) -> WorkRelationship:
    for fact in world.work_relationships:
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
