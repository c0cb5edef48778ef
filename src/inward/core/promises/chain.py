"""A promise that rests on several places: what of the time to solve is whose, who used how much, and who took it from whom.

The target in force is spread over the shares; what was counted while a place had the case is what it used. So both add up to
the clock itself (docs/decisions/0203).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from inward.core.promises.events import Event
from inward.core.promises.replaying import Run, lasts, solving
from inward.core.terms import spread
from inward.core.worktime.clocks import microseconds
from inward.core.worktime.instants import SECOND


@dataclass(frozen=True, slots=True)
class Share:
    """A place of a chain and its share of the time to solve, in any unit: only the ratio to the others counts."""

    place: str
    weight: Fraction | int


@dataclass(frozen=True, slots=True)
class Link:
    """One place on the way of a case, in seconds of working time.

    ``taken`` is what it used beyond its budget, by whose budget that was; what is in nobody's is ``beyond`` the promise.
    """

    place: str
    budget: Fraction | int
    used: Fraction | int
    taken: tuple[tuple[str, Fraction | int], ...]
    beyond: Fraction | int

    @property
    def over(self) -> Fraction | int:
        """How much it used beyond its budget."""
        return max(self.used - self.budget, 0)


@dataclass(frozen=True, slots=True)
class Chain:
    """How the time to solve was used along the places. ``holder`` has the case now, and its part lasts until ``lasts_until``:
    None where it is used up, the clock stands still or has stopped.
    """

    links: tuple[Link, ...]
    run: Run
    holder: str
    lasts_until: datetime | None


def along(
    events: Iterable[Event], *, shares: Sequence[Share], held: Sequence[tuple[datetime, str]], now: datetime
) -> Chain | None:
    """The chain of a case: ``held`` says from when on which place had it, in order of time, the first when it was opened.

    None where nothing is promised about solving it. Places that are no part of the chain follow, without a budget.
    Refusal as ``replay``; shares that are all zero are spread evenly, as ``spread`` has it.
    """
    since = [(at, place) for at, place in held if at <= now]
    found = solving(events, cuts=[at for at, _ in since], now=now)
    if found is None:
        return None
    run, counted = found
    used: dict[str, int] = {share.place: 0 for share in shares}
    for (_, place), length in zip(since, counted, strict=True):
        used[place] = used.get(place, 0) + length
    parts = spread(microseconds(run.target), [share.weight for share in shares])
    budgets = {**dict.fromkeys(used, 0), **{share.place: part for share, part in zip(shares, parts, strict=True)}}
    holder = since[-1][1]
    left = budgets[holder] - used[holder]
    return Chain(_links(budgets, used), run, holder, lasts(run, left, now=now) if left > 0 else None)


def _links(budgets: dict[str, int], used: dict[str, int]) -> tuple[Link, ...]:
    """Who took from whom: of those over their budget in their order, each from what the next after it have left."""
    places = list(budgets)
    left = {place: max(budgets[place] - used[place], 0) for place in places}
    links = []
    for position, place in enumerate(places):
        over = max(used[place] - budgets[place], 0)
        taken = []
        for other in (*places[position + 1 :], *places[:position]):
            amount = min(over, left[other])
            if amount:
                taken.append((other, _seconds(amount)))
                left[other] -= amount
                over -= amount
        links.append(Link(place, _seconds(budgets[place]), _seconds(used[place]), tuple(taken), _seconds(over)))
    return tuple(links)


def _seconds(amount: int) -> Fraction | int:
    whole, rest = divmod(amount, SECOND)
    return Fraction(amount, SECOND) if rest else whole
