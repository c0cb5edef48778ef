"""The least holdings that carry control of one company, or that put two companies into one group.

Least means subset-minimal: take one of them away and the answer falls; none of the others is needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from inward.core.classification.control import Votes, blocks, controls
from inward.core.classification.definition import Definition
from inward.core.classification.facts import Holding
from inward.core.classification.nets import Epoch


def least_control(holdings: Iterable[Holding], x: str, y: str, definition: Definition) -> tuple[Holding, ...]:
    """The least holdings by which ``x`` controls ``y``, from ``x`` downwards; empty when it does not."""
    holdings = tuple(holdings)
    if not controls(Votes.of(holdings), x, y, definition):
        return ()
    return _told(_way(holdings, x, (y,), definition).down_from(x, (y,)), x, definition)


def least_group(epoch: Epoch, a: str, b: str, definition: Definition) -> tuple[Holding, ...]:
    """The least holdings by which two companies stand in one group, from the top downwards."""
    (top,) = epoch.heads(a)
    way = _way(epoch.inside[top], top, (a, b), definition)
    lowest = way.lowest_over(a, b)
    return _told(way.down_from(lowest, (a, b)), lowest, definition)


def one_group(holdings: Iterable[Holding], a: str, b: str, definition: Definition) -> bool:
    """Whether these holdings alone put ``a`` and ``b`` into one group."""
    head = blocks(Votes.of(holdings), definition)
    return head.get(a, a) == head.get(b, b)


class _Way:
    """How control runs from ``top`` to some companies: for each on the way, stakes none of which can be spared.

    So a company controls another by these holdings exactly when every chain from the top to that other one passes
    through it. That makes a tree: below whom each company hangs, nearest first. Two companies are together by whoever
    is lowest above both, and by nobody lower; nothing above that one is needed, and nothing below can be spared.
    """

    def __init__(self, top: str, enough: Mapping[str, Sequence[Holding]]) -> None:
        """``enough`` names the companies in an order in which each rests only on the top and on earlier ones."""
        self._enough = enough
        self._depth, self._above, self._leap = {top: 0}, {top: top}, {top: top}
        for company, stakes in enough.items():
            owners = [stake.owner for stake in stakes if stake.owner != company]
            above = owners[0]
            for owner in owners[1:]:
                above = self.lowest_over(above, owner)
            self._hang(company, above)

    def lowest_over(self, a: str, b: str) -> str:
        """The lowest company that controls both, or the one of them that controls the other."""
        depth = self._depth
        if depth[a] < depth[b]:
            a, b = b, a
        while depth[a] > depth[b]:
            a = self._leap[a] if depth[self._leap[a]] >= depth[b] else self._above[a]
        while a != b:
            apart = self._leap[a] != self._leap[b]
            a, b = (self._leap[a], self._leap[b]) if apart else (self._above[a], self._above[b])
        return a

    def down_from(self, x: str, targets: Iterable[str]) -> tuple[Holding, ...]:
        """All stakes on the way from ``x``, who controls the targets, down to them."""
        found: list[Holding] = []
        waiting, done = list(targets), {x}
        while waiting:
            company = waiting.pop()
            if company not in done:
                done.add(company)
                found += self._enough[company]
                waiting += [stake.owner for stake in self._enough[company]]
        return tuple(found)

    def _hang(self, company: str, above: str) -> None:
        """Note who is above, and a leap further up: so the way up takes the logarithm of its length."""
        depth, leap = self._depth, self._leap
        far = leap[above]
        even = depth[above] - depth[far] == depth[far] - depth[leap[far]]
        depth[company], self._above[company] = depth[above] + 1, above
        leap[company] = leap[far] if even else above


def _way(holdings: Sequence[Holding], x: str, targets: Iterable[str], definition: Definition) -> _Way:
    """How control runs from ``x`` to the targets: for each company on the way, the largest stakes that do.

    Companies are counted in the order in which the fixpoint reaches them, so each rests only on earlier ones.
    """
    rank = _ranks(holdings, x, definition)
    into: dict[str, list[Holding]] = defaultdict(list)
    for holding in sorted(holdings, key=lambda h: (-h.votes, h.id)):
        into[holding.owned].append(holding)
    enough: dict[str, list[Holding]] = {}
    waiting = [target for target in targets if target != x]
    while waiting:
        company = waiting.pop()
        if company != x and company not in enough:
            enough[company] = _enough(company, into[company], rank, definition)
            waiting += [holding.owner for holding in enough[company]]
    return _Way(x, {company: enough[company] for company in sorted(enough, key=rank.__getitem__)})


def _told(holdings: Iterable[Holding], x: str, definition: Definition) -> tuple[Holding, ...]:
    """The holdings in the order of telling: what others rest on comes first, then by id."""
    by_id = sorted(holdings, key=lambda h: h.id)
    rank = _ranks(by_id, x, definition)
    return tuple(sorted(by_id, key=lambda h: rank[h.owned]))


def _ranks(holdings: Iterable[Holding], x: str, definition: Definition) -> dict[str, int]:
    """The order in which the fixpoint from ``x`` reaches the companies it controls; ``x`` is 0."""
    votes = Votes.of(holdings)
    rank = {x: 0}
    ballots: dict[str, int] = defaultdict(int)
    for voting in (reached := [x]):
        for owned, count in votes.cast.get(voting, ()):
            ballots[owned] += count
            if owned not in rank and definition.met_by(ballots[owned], votes.out_of[owned]):
                rank[owned] = len(rank)
                reached.append(owned)
    return rank


def _enough(company: str, stakes: Iterable[Holding], rank: dict[str, int], definition: Definition) -> list[Holding]:
    """The largest stakes of earlier companies that meet the definition, none of which can be spared.

    What the company holds of itself is counted out of the whole, as far as it is needed: the smallest is spared first,
    and of equal ones the later id.
    """
    stakes = tuple(stakes)
    own = [stake for stake in stakes if stake.owner == company]
    left = 1 - sum((stake.votes for stake in own), Fraction(0))
    taken: list[Holding] = []
    votes = Fraction(0)
    for stake in stakes:
        if _met(votes, left, definition):
            break
        if rank.get(stake.owner, len(rank)) < rank[company]:
            taken.append(stake)
            votes += stake.votes
    for stake in reversed(own):
        if _met(votes, left + stake.votes, definition):
            own.remove(stake)
            left += stake.votes
    return own + taken


def _met(votes: Fraction, left: Fraction, definition: Definition) -> bool:
    share = votes / left
    return definition.met_by(share.numerator, share.denominator)
