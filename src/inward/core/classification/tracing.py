"""Who has enough of one company through others, where shares are multiplied: traced upwards from the company.

A share goes up from a company to its holders, to each its part, and from them to theirs. What an owner holds through all ways is
what arrives there the first time. No company is held over the whole, so nothing is ever added on the way, and what is still under
way is the most by which any sum can grow. So most owners are decided after a few steps, exactly and whatever the size of the net;
only where a sum comes to lie on the threshold itself, after endlessly many rounds of a circle, everything must be solved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from heapq import heappop, heappush
from itertools import islice
from typing import TypeAlias

from inward.core.classification.definition import Definition, Indirect
from inward.core.classification.integrated import Shares, by_simple_paths, integrated

STEPS_MAX = 2_000
"""So many steps are gone for one question; then it is left to a method that solves everything at once."""

Met: TypeAlias = Callable[[Fraction], bool]
"""Whether a share is enough."""
_Place: TypeAlias = tuple[str, frozenset[str]]
"""Where a share is under way, and whom it may not pass again."""


class Multiplied:
    """What everybody holds of a company through all ways that the definition lets count."""

    def __init__(self, shares: Shares, definition: Definition) -> None:
        self._shares, self._definition = shares, definition
        self._into = _upwards(shares)
        self._once = definition.indirect is Indirect.SIMPLE_PATHS or not definition.aggregate

    def share(self, x: str, y: str) -> Fraction:
        """What ``x`` holds of ``y``, exactly. Refusal where the ways are too many or a loop owns itself."""
        above = self.everyone_above(y)
        between = {z: {owned: part for owned, part in self._shares.get(z, {}).items() if owned in above} for z in above}
        if self._once:
            return by_simple_paths(between, x, add_up=self._definition.aggregate).get(y, _NOTHING)
        return integrated(between, x).get(y, _NOTHING)

    def with_enough(self, y: str) -> frozenset[str]:
        """All who have enough of ``y``."""
        if self._over_whole:
            return frozenset(x for x in self.everyone_above(y) - {y} if self._enough(self.share(x, y)))
        some = may_have_enough(self._into, y, self._enough, once=self._once)
        return frozenset(x for x in some if self._has_enough(x, y))

    def everyone_above(self, y: str) -> frozenset[str]:
        """Everybody from whom a way of holdings leads down to ``y``, and ``y`` itself."""
        return _everyone_above(self._into, y)

    def _has_enough(self, x: str, y: str) -> bool:
        found = has_enough(self._into, x, y, self._enough, once=self._once) if self._definition.aggregate else None
        return self._enough(self.share(x, y)) if found is None else found

    def _enough(self, share: Fraction) -> bool:
        return self._definition.met_by_share(share)

    @cached_property
    def _over_whole(self) -> bool:
        """Whether more than the whole of a company is held, as by the high ends of bands."""
        return any(sum(holders.values()) > 1 for holders in self._into.values())


def may_have_enough(into: Shares, y: str, met: Met, *, once: bool) -> frozenset[str]:
    """A few owners among whom are all that have enough of ``y``. ``once``: on ways that pass nobody twice."""
    for arrived, under_way in islice(_going_up(into, y, None, once=once), STEPS_MAX):
        if not met(under_way):
            return frozenset(x for x, share in arrived.items() if x != y and met(share + under_way))
    return _everyone_above(into, y) - {y}


def has_enough(into: Shares, x: str, y: str, met: Met, *, once: bool) -> bool | None:
    """Whether ``x`` has enough of ``y``; None where it is too close to be seen in so many steps."""
    for arrived, under_way in islice(_going_up(into, y, x, once=once), STEPS_MAX):
        found = arrived.get(x, _NOTHING)
        if met(found):
            return True
        if not met(found + under_way):
            return False
    return None


def _going_up(
    into: Shares, y: str, end: str | None, *, once: bool
) -> Iterator[tuple[Mapping[str, Fraction], Fraction]]:
    """After each step, what has arrived at each owner, and what is under way. Nothing goes on from ``end``.

    The largest share goes first. Once nothing is under way, everything is told, and there is nothing more to ask for.
    """
    start: _Place = (y, frozenset((y,)) if once else frozenset())
    waiting: dict[_Place, Fraction] = {start: Fraction(1)}
    queue: list[tuple[Fraction, int, _Place]] = [(Fraction(-1), 0, start)]
    arrived: dict[str, Fraction] = defaultdict(Fraction)
    under_way, number = Fraction(1), 0
    yield arrived, under_way
    while True:
        _, _, place = heappop(queue)
        share = waiting.pop(place, None)
        if share is None:
            continue  # it stood in the queue twice, since more had come to it
        under_way -= share
        company, passed = place
        for owner, part in into.get(company, {}).items():
            if owner in passed:
                continue
            more = share * part
            arrived[owner] += more
            if owner == end:
                continue
            above: _Place = (owner, passed | {owner} if once else passed)
            waiting[above] = waiting.get(above, _NOTHING) + more
            under_way += more
            number += 1
            heappush(queue, (-waiting[above], number, above))
        yield arrived, under_way


def _upwards(shares: Shares) -> dict[str, dict[str, Fraction]]:
    """The same shares by whose they are: ``into[owned][owner]``."""
    into: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for owner, stakes in shares.items():
        for owned, share in stakes.items():
            into[owned][owner] = share
    return dict(into)


def _everyone_above(into: Shares, y: str) -> frozenset[str]:
    """Everybody from whom a way of holdings leads down to ``y``, and ``y`` itself."""
    seen, waiting = {y}, [y]
    while waiting:
        fresh = into.get(waiting.pop(), {}).keys() - seen
        seen |= fresh
        waiting.extend(fresh)
    return frozenset(seen)


_NOTHING = Fraction(0)
