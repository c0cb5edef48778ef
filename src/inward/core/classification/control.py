"""Who controls whom by votes, on one day: the least fixpoint of the company control problem.

``x`` controls ``y`` when the votes of ``y`` held by ``x`` and by all that ``x`` controls meet the definition. Least
fixpoint: a circle of companies holding each other never lifts itself by its own bootstraps. What a company holds of
itself is no vote, and the others are counted out of the rest. Mumick and others, VLDB 1990; Kemp and Stuckey, ILPS
1991; proved and shown in docs/explanation/algorithms/standing.md. It knows no party's kind and no dates.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm

from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import Holding


@dataclass(frozen=True, slots=True)
class Votes:
    """Who votes where, in whole ballots: ``cast[owner]`` is (owned, ballots), ``out_of[owned]`` all there are of it.

    Ballots are integers on purpose: exact as fractions are, and an order of magnitude faster to add.
    """

    cast: Mapping[str, tuple[tuple[str, int], ...]]
    out_of: Mapping[str, int]
    holders: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, holdings: Iterable[Holding]) -> "Votes":
        """Count the votes of these holdings, all of them held at once."""
        held: dict[str, list[Holding]] = defaultdict(list)
        for holding in holdings:
            held[holding.owned].append(holding)
        cast: dict[str, list[tuple[str, int]]] = defaultdict(list)
        out_of, holders = {}, {}
        for owned, stakes in held.items():
            whole = lcm(*(stake.votes.denominator for stake in stakes))
            ballots = [(stake.owner, stake.votes.numerator * (whole // stake.votes.denominator)) for stake in stakes]
            out_of[owned] = whole - sum(count for owner, count in ballots if owner == owned)
            voting = [(owner, count) for owner, count in ballots if owner != owned and out_of[owned] > 0]
            holders[owned] = tuple(owner for owner, _ in voting)
            for owner, count in voting:
                cast[owner].append((owned, count))
        return cls({owner: tuple(stakes) for owner, stakes in cast.items()}, out_of, holders)

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone who holds or is held, sorted."""
        return tuple(sorted({*self.cast, *self.out_of}))

    @property
    def over_whole(self) -> bool:
        """Whether more than 100 % of some company is held: dirty data, on which groups may overlap."""
        sums: dict[str, int] = defaultdict(int)
        for stakes in self.cast.values():
            for owned, count in stakes:
                sums[owned] += count
        return any(count > self.out_of[owned] for owned, count in sums.items())


def commanded(votes: Votes, x: str, definition: Definition = STRICT_MAJORITY) -> tuple[dict[str, int], frozenset[str]]:
    """The ballots that ``x`` and all it controls hold in each other company; and the companies ``x`` controls."""
    ballots: dict[str, int] = defaultdict(int)
    controlled = {x}
    voting = [x]
    while voting:
        for owned, count in votes.cast.get(voting.pop(), ()):
            ballots[owned] += count
            if owned not in controlled and definition.met_by(ballots[owned], votes.out_of[owned]):
                controlled.add(owned)
                voting.append(owned)
    ballots.pop(x, None)
    return ballots, frozenset(controlled - {x})


def controlled_by(votes: Votes, x: str, definition: Definition = STRICT_MAJORITY) -> dict[str, Fraction]:
    """Every company that ``x`` controls, with the share of its votes that ``x`` commands; sorted by id."""
    ballots, controlled = commanded(votes, x, definition)
    return {y: Fraction(ballots[y], votes.out_of[y]) for y in sorted(controlled)}


def votes_of(votes: Votes, x: str, y: str, definition: Definition = STRICT_MAJORITY) -> Fraction:
    """The share of the votes of ``y`` that ``x`` commands: its own and those of all it controls."""
    ballots, _ = commanded(votes, x, definition)
    return Fraction(ballots[y], votes.out_of[y]) if y in ballots else Fraction(0)


def controls(votes: Votes, x: str, y: str, definition: Definition = STRICT_MAJORITY) -> bool:
    """Whether ``x`` controls ``y``. Nobody controls herself."""
    return y in commanded(votes, x, definition)[1]


def control_pairs(votes: Votes, definition: Definition = STRICT_MAJORITY) -> tuple[tuple[str, str, Fraction], ...]:
    """Every (x, y, votes of y commanded by x) with x in control of y, sorted."""
    pairs = ((x, controlled_by(votes, x, definition)) for x in sorted(votes.cast))
    return tuple((x, y, share) for x, controlled in pairs for y, share in controlled.items())


def controllers_of(votes: Votes, y: str, definition: Definition = STRICT_MAJORITY) -> tuple[str, ...]:
    """Everyone who controls ``y``, sorted. Only those from whom a chain of holdings leads to ``y`` are asked."""
    above: set[str] = set()
    waiting = [y]
    while waiting:
        found = set(votes.holders.get(waiting.pop(), ())) - above
        above |= found
        waiting.extend(found)
    return tuple(x for x in sorted(above - {y}) if controls(votes, x, y, definition))


def ultimate_controllers(votes: Votes, y: str, definition: Definition = STRICT_MAJORITY) -> tuple[str, ...]:
    """The controllers of ``y`` whom nobody controls but those they control themselves, sorted."""
    if definition.partitions and not votes.over_whole:
        # They are the head of the group and those who control the head in turn: no need to ask everyone between.
        top = blocks(votes, definition).get(y, y)
        return tuple(sorted({top, *controllers_of(votes, top, definition)} - {y}))
    controllers = controllers_of(votes, y, definition)
    below = {x: commanded(votes, x, definition)[1] for x in controllers}
    return tuple(x for x in controllers if all(z in below[x] or x not in below[z] for z in controllers))


def blocks(votes: Votes, definition: Definition = STRICT_MAJORITY) -> dict[str, str]:
    """The head of each party's group, for definitions that put everyone into one group, on at most 100 % of votes.

    A company whose votes are held by one block in the required share is hung under that block's head, and the block
    votes as one from then on, until nothing changes. It equals the fixpoint of each party for the question "who is
    in one group". When two blocks become one, the smaller one's stakes are added to the larger one's, so that no stake
    is moved more often than the logarithm of all: a hundred thousand holdings take a second whatever their shape.
    """
    parties = votes.parties
    number = {party: place for place, party in enumerate(parties)}
    joined, head = _Joined(parties), dict(zip(parties, parties, strict=True))
    held: dict[str, dict[str, int]] = {party: defaultdict(int) for party in parties}
    for owner, stakes in votes.cast.items():
        for owned, count in stakes:
            held[owner][owned] += count
    # The later id first, so that of those who control each other the earliest stays at the head.
    waiting = [
        (-number[owned], owner)
        for owner, stakes_held in held.items()
        for owned, count in stakes_held.items()
        if definition.met_by(count, votes.out_of[owned])
    ]
    heapify(waiting)
    while waiting:
        place, holder = heappop(waiting)
        owned = parties[-place]
        one, other = joined.find(holder), joined.find(owned)
        if one == other or head[other] != owned:
            continue
        fewer, more = (one, other) if len(held[one]) < len(held[other]) else (other, one)
        joined.join(fewer, more)
        head[more] = head[one]
        for company, count in held.pop(fewer).items():
            held[more][company] += count
            if definition.met_by(held[more][company], votes.out_of[company]):
                heappush(waiting, (-number[company], more))
    return {party: head[joined.find(party)] for party in parties}


class _Joined:
    """Which of several sets a party is in, while sets are joined."""

    def __init__(self, parties: Iterable[str]) -> None:
        self._into = {party: party for party in parties}

    def find(self, party: str) -> str:
        """The party that stands for the set."""
        into = self._into
        while into[party] != party:
            into[party] = into[into[party]]
            party = into[party]
        return party

    def join(self, one: str, other: str) -> None:
        """Let ``other`` stand for the set of ``one`` as well; both stand for theirs."""
        self._into[one] = other


def groups(votes: Votes, definition: Definition = STRICT_MAJORITY) -> tuple[tuple[str, ...], ...]:
    """Those under one ultimate controller together, each group sorted, the groups sorted; one who is alone is a group.

    By strict majority of at most 100 % this is a partition; by looser definitions, or on holdings over 100 %, a
    company may stand in several groups.
    """
    if definition.partitions and not votes.over_whole:
        members: dict[str, list[str]] = defaultdict(list)
        for party, top in blocks(votes, definition).items():
            members[top].append(party)
        return tuple(sorted(tuple(group) for group in members.values()))
    below = {x: commanded(votes, x, definition)[1] for x in votes.parties}
    tops = [x for x in votes.parties if all(x not in below[z] or z in below[x] for z in votes.parties)]
    return tuple(sorted({tuple(sorted({x} | below[x])) for x in tops}))
