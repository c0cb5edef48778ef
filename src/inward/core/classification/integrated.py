"""Integrated ownership: what one earns of a company through all ways, exact by fractions, and the measures akin to it.

Shares are multiplied along each way and the ways are added up. Circles are an endless series, summed in closed form by Gauss's
elimination, one circle after the other (Brioschi, Buzzacchi and Colombo 1989; Baldone, Brioschi and Paleari 1997). What leads
back into the owner itself is left out first: nobody earns from herself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from inward.core.classification.facts import Holding
from inward.core.terms.reason import Reason, Refusal

STEPS_MAX = 200_000
"""So many steps along simple paths are gone; there may be more paths than could ever be counted."""
HANDS_MAX = 5
"""In the hands of so many people, no more, two companies must be to be brothers (26 USC 1563(a)(2))."""
_TRIED_MAX = 12

Shares: TypeAlias = Mapping[str, Mapping[str, Fraction]]
"""What each holds of each: ``shares[owner][owned]``."""


def capital_of(holdings: Iterable[Holding]) -> dict[str, dict[str, Fraction]]:
    """The capital that each holds of each other, treasury shares counted out of the rest."""
    return shares_of((h.owner, h.owned, h.votes if h.capital is None else h.capital) for h in holdings)


def shares_of(stakes: Iterable[tuple[str, str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """What each holds of each other, of (owner, owned, share): what a company holds of itself is counted out of the rest."""
    held: dict[str, dict[str, Fraction]] = defaultdict(dict)
    own: dict[str, Fraction] = defaultdict(Fraction)
    for owner, owned, share in stakes:
        if owner == owned:
            own[owned] += share
        elif share:
            of_owner = held[owner]
            of_owner[owned] = of_owner[owned] + share if owned in of_owner else share
    return {
        owner: {
            owned: share / (1 - own[owned]) if owned in own else share
            for owned, share in of_owner.items()
            if owned not in own or own[owned] < 1
        }
        for owner, of_owner in held.items()
    }


def integrated(shares: Shares, x: str) -> dict[str, Fraction]:
    """What ``x`` holds of every other company, directly and through others. Companies it holds nothing of are left out.

    Refusal ``loop_owns_itself`` when ``x`` holds of companies that already hold the whole of each other.
    """
    found: dict[str, Fraction] = {}
    for circle in connected(shares, x):
        start = {y: shares.get(x, {}).get(y, Fraction(0)) for y in circle}
        for z, share in found.items():
            for y, part in shares.get(z, {}).items():
                if y in start:
                    start[y] += share * part
        found |= _solved(shares, circle, start)
    return {y: share for y, share in sorted(found.items()) if share}


def by_simple_paths(shares: Shares, x: str, *, add_up: bool = True) -> dict[str, Fraction]:
    """The same along ways that pass nobody twice; the largest of the ways alone unless they are added up.

    Refusal ``paths_too_many`` where they are too many to be counted.
    """
    found: dict[str, Fraction] = defaultdict(Fraction)
    steps = 0
    path: dict[str, None] = {x: None}
    waiting: list[Iterator[tuple[str, Fraction]]] = [iter(shares.get(x, {}).items())]
    carried = [Fraction(1)]
    while waiting:
        y, share = next(waiting[-1], ("", Fraction(0)))
        if not y:
            waiting.pop()
            carried.pop()
            path.popitem()
        elif y not in path:
            steps += 1
            if steps > STEPS_MAX:
                raise Refusal(Reason.of("paths_too_many", party=x))
            reached = carried[-1] * share
            found[y] = found[y] + reached if add_up else max(found[y], reached)
            path[y] = None
            carried.append(reached)
            waiting.append(iter(shares.get(y, {}).items()))
    return dict(sorted(found.items()))


def weakest_link(shares: Shares, x: str, y: str) -> Fraction:
    """What ``x`` holds of ``y`` directly, and along each other way the smallest share on it: for information, no rule asks it."""
    total = Fraction(0)
    waiting: list[tuple[tuple[str, ...], Fraction]] = [((x,), Fraction(1))]
    for steps, (path, least) in enumerate(waiting):
        if steps > STEPS_MAX:
            raise Refusal(Reason.of("paths_too_many", party=x))
        for z, share in shares.get(path[-1], {}).items():
            if z == y:
                total += min(least, share)
            elif z not in path:
                waiting.append(((*path, z), min(least, share)))
    return total


def attributed(shares: Shares, floor: Fraction) -> dict[str, dict[str, Fraction]]:
    """The shares as far as they pass anything on: of a body that holds others, less than ``floor`` passes on nothing."""
    return {
        x: {y: share for y, share in stakes.items() if share >= floor or not shares.get(y)}
        for x, stakes in shares.items()
    }


def identical(shares: Shares, a: str, b: str, people: Iterable[str]) -> tuple[Fraction, Fraction, tuple[str, ...]]:
    """In how far two companies are in the same at most five hands: the sum of the smaller of each one's two shares, the smaller
    of what these people hold of either, and who they are. The best such people are found; of many, the twelve largest are tried.
    """
    both = []
    for person in people:
        one, other = (shares.get(person, {}).get(company, Fraction(0)) for company in (a, b))
        if one and other:
            both.append((min(one, other), one, other, person))
    both.sort(key=lambda each: (-each[0], each[3]))
    if not both:
        return Fraction(0), Fraction(0), ()
    hands = combinations(both[:_TRIED_MAX], min(HANDS_MAX, len(both)))
    best = max(hands, key=lambda some: (sum(each[0] for each in some), _together(some)))
    return sum((each[0] for each in best), Fraction(0)), _together(best), tuple(sorted(each[3] for each in best))


def circles(shares: Shares) -> tuple[tuple[str, ...], ...]:
    """Companies that hold of each other all the way round, however little: each circle sorted, the circles sorted."""
    return tuple(sorted(tuple(sorted(circle)) for circle in connected(shares, None) if len(circle) > 1))


def closed_loops(shares: Shares) -> tuple[tuple[str, ...], ...]:
    """Companies that hold the whole of each other, so that nobody is behind them: each loop sorted, the loops sorted."""
    into: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for owner, stakes in shares.items():
        for owned, share in stakes.items():
            into[owned][owner] = share
    loops = []
    for circle in connected(shares, None):
        inside = set(circle)
        if len(circle) > 1 and all(
            sum(share for owner, share in into[company].items() if owner in inside) >= 1 for company in circle
        ):
            loops.append(tuple(sorted(circle)))
    return tuple(sorted(loops))


def _together(some: Sequence[tuple[Fraction, Fraction, Fraction, str]]) -> Fraction:
    return min(sum((each[1] for each in some), Fraction(0)), sum((each[2] for each in some), Fraction(0)))


def connected(shares: Shares, x: str | None) -> list[list[str]]:
    """The companies below ``x`` (all, for None) in strongly connected sets, owners before owned; ``x`` itself left out.

    Tarjan's algorithm, written without recursion.
    """
    place: dict[str, int] = {}
    low: dict[str, int] = {}
    standing: dict[str, None] = {}
    found: list[list[str]] = []
    roots = sorted(shares.get(x, {})) if x is not None else sorted(shares)
    for root in roots:
        if root in place or root == x:
            continue
        place[root] = low[root] = len(place)
        standing[root] = None
        way: list[tuple[str, Iterator[str]]] = [(root, iter(shares.get(root, {})))]
        while way:
            company, below = way[-1]
            nearer = next(below, None)
            if nearer is None:
                way.pop()
                if way:
                    low[way[-1][0]] = min(low[way[-1][0]], low[company])
                if low[company] == place[company]:
                    found.append(_off(standing, company))
            elif nearer not in place and nearer != x:
                place[nearer] = low[nearer] = len(place)
                standing[nearer] = None
                way.append((nearer, iter(shares.get(nearer, {}))))
            elif nearer in standing:
                low[company] = min(low[company], place[nearer])
    return found[::-1]


def _off(standing: dict[str, None], company: str) -> list[str]:
    circle = []
    while True:
        last, _ = standing.popitem()
        circle.append(last)
        if last == company:
            return circle


def _solved(shares: Shares, circle: Sequence[str], start: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """``found = start + found x shares`` within a circle, by Gauss's elimination."""
    if len(circle) == 1 or not any(start.values()):
        return dict(start)
    rows = [[Fraction(y == z) - shares.get(z, {}).get(y, Fraction(0)) for z in circle] + [start[y]] for y in circle]
    size = len(circle)
    for column in range(size):
        pivot = next((row for row in range(column, size) if rows[row][column]), None)
        if pivot is None:
            raise Refusal(Reason.of("loop_owns_itself", companies=", ".join(sorted(circle))))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [value - factor * above for value, above in zip(rows[row], rows[column], strict=True)]
    return {y: rows[place][size] for place, y in enumerate(circle)}
