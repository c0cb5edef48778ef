"""The nearest miss: the smallest rise of one holding that would put two companies into one group.

Only holdings that are or once were (or will be) count: a holding that nobody ever thought of is no miss. Losing votes
never brings anyone together, so rises are all there is to try.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from inward.core.classification.counted import by_nominators
from inward.core.classification.definition import Basis, Definition, Indirect, Operator
from inward.core.classification.facts import Band, Holding
from inward.core.classification.least import one_group
from inward.core.classification.nets import Epoch, Net
from inward.core.classification.powers import Powers

STEPS_MAX = 20_000
"""How many holdings a search may go through, over and over, before it is content with what is plain to see."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """``holding`` carries ``votes`` on the day (nothing, if it is not held then) and would have to pass ``needed``."""

    holding: Holding
    votes: Fraction
    needed: Fraction


def nearest_holding(net: Net, number: int, a: str, b: str, definition: Definition) -> Shortfall | None:
    """The smallest rise of one holding by which ``a`` and ``b`` come into one group; of equal ones the earlier id.

    The votes are bought from whoever holds the rest. None when no one holding can do it. In a net so large that trying
    them all would take long, beyond a fixed number only rises by which one of the two groups takes over the other at
    its head are tried.
    """
    epoch = net.epoch(number)
    if "shortfalls" not in epoch.kept:
        epoch.kept["shortfalls"] = sorted(_shortfalls(net, epoch, definition), key=_rise)
    tried_max = STEPS_MAX // max(1, len(net.holdings))
    heads = {_head(epoch, a), _head(epoch, b)}
    candidates: list[Shortfall] = epoch.kept["shortfalls"]
    for tried, candidate in enumerate(candidates):
        takes_over = {_head(epoch, candidate.holding.owner), candidate.holding.owned} == heads
        if takes_over or (tried < tried_max and _flips(epoch, candidate.holding, a, b, definition)):
            return candidate
    return None


def nearest_of_several(net: Net, number: int, a: str, b: str, definition: Definition) -> Shortfall | None:
    """The same where a company may stand in several groups, or a band is in the net: the rise of one holding by which somebody
    comes to control what makes ``a`` and ``b`` certainly one inside.

    Each holding is tried for everyone above its owner, the smallest rise first, with the shares as they would be. None where shares
    are multiplied or two of them count: there one number does not say what is missing.
    """
    if definition.indirect is not Indirect.FULL or definition.basis in (Basis.EITHER, Basis.BOTH):
        return None
    epoch = net.epoch(number)
    if "shortfalls" not in epoch.kept:
        epoch.kept["shortfalls"] = sorted(_rises(net, epoch, definition), key=_rise)
    candidates: list[Shortfall] = epoch.kept["shortfalls"]
    tried = candidates[: max(1, STEPS_MAX // max(1, len(net.holdings)))]
    return next((each for each in tried if _raised(epoch, each, definition).together(a, b)), None)


def _rises(net: Net, epoch: Epoch, definition: Definition) -> Iterable[Shortfall]:
    """What each holding lacks for each of those above its owner to control the company held."""
    own = _own(epoch)
    for holding, votes in _holdings(net, epoch):
        voting = 1 - own.get(holding.owned, Fraction(0))
        voter = _voter(holding, epoch, definition)
        above = epoch.powers.over(voter) - epoch.silent if voter not in epoch.silent else ()
        for z in sorted(above) if voting > 0 and holding.owner != holding.owned else ():
            if z != holding.owned and not epoch.powers.controls(z, holding.owned):
                short = (definition.threshold - epoch.powers.share(z, holding.owned)) * voting
                yield Shortfall(holding, votes, votes + short)


def _voter(holding: Holding, epoch: Epoch, definition: Definition) -> str:
    """Whose votes they are: what a nominee holds is voted as its nominator says, where the definition sees nominees."""
    (voted,) = by_nominators([holding], epoch.rights) if definition.nominees else (holding,)
    return voted.owner


def _raised(epoch: Epoch, shortfall: Shortfall, definition: Definition) -> Powers:
    """Who would control whom with the holding at what is needed, and that little more where more is asked."""
    more = definition.operator is Operator.MORE_THAN
    band = Band(shortfall.needed, shortfall.needed, low_open=more)
    risen = replace(shortfall.holding, votes=band.low, votes_band=band, capital=band.low, capital_band=band)
    others = (holding for holding in epoch.facts if holding.id != risen.id)
    return Powers([*others, risen], epoch.rights, definition, epoch.silent)


def _rise(shortfall: Shortfall) -> tuple[Fraction, str]:
    return shortfall.needed - shortfall.votes, shortfall.holding.id


def _head(epoch: Epoch, company: str) -> str:
    return epoch.heads(company)[0]


def _shortfalls(net: Net, epoch: Epoch, definition: Definition) -> Iterable[Shortfall]:
    """What each holding from outside a company's group lacks for its owner's group to control that company."""
    held: Mapping[tuple[str, str], Fraction] = _block_votes(epoch)
    own = _own(epoch)
    for holding, votes in _holdings(net, epoch):
        block = _head(epoch, holding.owner)
        if block != _head(epoch, holding.owned):
            voting = 1 - own.get(holding.owned, Fraction(0))
            short = definition.threshold * voting - held.get((block, holding.owned), Fraction(0))
            yield Shortfall(holding, votes, votes + short)


def _block_votes(epoch: Epoch) -> dict[tuple[str, str], Fraction]:
    """The votes of each company held by each group as a block."""
    held: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for holding in epoch.holdings:
        held[_head(epoch, holding.owner), holding.owned] += holding.votes
    return held


def _own(epoch: Epoch) -> dict[str, Fraction]:
    """What each company holds of itself: it is counted out of the whole."""
    own: dict[str, Fraction] = defaultdict(Fraction)
    for holding in epoch.holdings:
        if holding.owner == holding.owned:
            own[holding.owned] += holding.votes
    return own


def _holdings(net: Net, epoch: Epoch) -> Iterable[tuple[Holding, Fraction]]:
    """The holdings of the day with their votes; with none, the latest ones between parties that have none that day."""
    yield from ((holding, holding.votes) for holding in epoch.holdings)
    # What is held that day and does not count, as it is voted only together with others, is no miss either.
    current = {(holding.owner, holding.owned) for holding in epoch.facts}
    lapsed = {(holding.owner, holding.owned): holding for holding in sorted(net.holdings, key=_age)}
    yield from ((holding, Fraction(0)) for pair, holding in lapsed.items() if pair not in current)


def _age(holding: Holding) -> tuple[str, str]:
    return str(holding.period.start or ""), holding.id


def _flips(epoch: Epoch, holding: Holding, a: str, b: str, definition: Definition) -> bool:
    """Whether ``a`` and ``b`` are together once the owner's group has the votes.

    Whoever is left with the rest has too few to matter, so it is the same as giving the owner all of them.
    """
    others = [h for h in epoch.holdings if h.owned != holding.owned]
    return one_group([*others, Holding(holding.id, holding.owner, holding.owned, Fraction(1))], a, b, definition)
