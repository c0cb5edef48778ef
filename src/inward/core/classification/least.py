"""The least holdings that carry control of one company, or that put two companies into one group.

Least means subset-minimal: take one of them away and the answer falls; none of the others is needed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
    carrying = _derivation(holdings, x, (y,), definition)
    least = _least(carrying, lambda some: controls(Votes.of(some), x, y, definition))
    return _told(least, x, definition)


def least_group(epoch: Epoch, a: str, b: str, definition: Definition) -> tuple[Holding, ...]:
    """The least holdings by which two companies stand in one group, from the top downwards."""
    top = epoch.head[a]
    carrying = _derivation(epoch.inside[top], top, (a, b), definition)
    least = _least(carrying, lambda some: one_group(some, a, b, definition))
    return _told(least, blocks(Votes.of(least), definition)[a], definition)


def one_group(holdings: Iterable[Holding], a: str, b: str, definition: Definition) -> bool:
    """Whether these holdings alone put ``a`` and ``b`` into one group."""
    head = blocks(Votes.of(holdings), definition)
    return head.get(a, a) == head.get(b, b)


def _derivation(
    holdings: Sequence[Holding], x: str, targets: Iterable[str], definition: Definition
) -> tuple[Holding, ...]:
    """Holdings that suffice for ``x`` to control the targets: for each company on the way, the largest that do.

    Companies are counted in the order in which the fixpoint reaches them, so each rests only on earlier ones.
    """
    rank = _ranks(holdings, x, definition)
    into: dict[str, list[Holding]] = defaultdict(list)
    for holding in sorted(holdings, key=lambda h: (-h.votes, h.id)):
        into[holding.owned].append(holding)
    carrying: list[Holding] = []
    waiting = [target for target in targets if target != x]
    done = {x}
    while waiting:
        company = waiting.pop()
        if company in done:
            continue
        done.add(company)
        enough = _enough(company, into[company], rank, definition)
        carrying += enough
        waiting += [holding.owner for holding in enough]
    return tuple(carrying)


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
    """The largest stakes of earlier companies that meet the definition, with what the company holds of itself."""
    stakes = tuple(stakes)
    taken = [h for h in stakes if h.owner == company]
    out_of = 1 - sum((h.votes for h in taken), Fraction(0))
    share = Fraction(0)
    for holding in stakes:
        if definition.met_by(share.numerator, share.denominator):
            break
        if rank.get(holding.owner, len(rank)) < rank[company]:
            taken.append(holding)
            share += holding.votes / out_of
    return taken


def _least(holdings: Sequence[Holding], carries: Callable[[Sequence[Holding]], bool]) -> tuple[Holding, ...]:
    """Drop what is not needed, the smallest holding first and of equal ones the later id; what is left is minimal.

    It is, because taking away a holding never gives anyone control: what could be dropped later could be dropped now.
    """
    kept = list(holdings)
    for holding in sorted(sorted(holdings, key=lambda h: h.id, reverse=True), key=lambda h: h.votes):
        fewer = [h for h in kept if h is not holding]
        if carries(fewer):
            kept = fewer
    return tuple(kept)
