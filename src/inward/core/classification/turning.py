"""What would turn a verdict round: for one inside, how far each share that carries it may fall and which work may not end.

The other way, from outside to inside, is the nearest miss (``nearest``).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from inward.core.classification import reasons
from inward.core.classification.carrying import least_facts, together_without
from inward.core.classification.control import Votes, blocks
from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import Holding
from inward.core.classification.graph import World
from inward.core.classification.ladder import Decision, Side, decide, sides_of
from inward.core.classification.least import least_group, one_group
from inward.core.classification.nets import Epoch, Groups, prepared
from inward.core.classification.standing import classify
from inward.core.terms.reason import Reason

LARGE = 2_000
"""In a net of more holdings only the telling of what carries the verdict is made, not the trying out of each."""


def flips(
    *, supplier: str, customer: str, world: World, on: date, definition: Definition = STRICT_MAJORITY
) -> tuple[Reason, ...]:
    """Every single change by which the verdict of that day would turn; for one outside, the nearest miss, if there is one.

    Refusal as in ``classify``.
    """
    decision = decide(supplier=supplier, customer=customer, world=world, on=on, definition=definition)
    groups = prepared(world, definition)
    standing = classify(supplier=supplier, customer=customer, world=world, on=on, definition=definition)
    if not standing.internal:
        return () if standing.nearest_miss is None else (standing.nearest_miss,)
    found = [*_work(decision, world, on, groups)]
    one, other = decision.supplier.company, decision.customer.company
    if one is not None and other is not None and one != other:
        found += _shares(groups, min(one, other), max(one, other), world, on)
    return tuple(found)


def _work(decision: Decision, world: World, on: date, groups: Groups) -> Iterator[Reason]:
    """The work relationships, and the households, without which nothing else would carry the verdict."""
    ends = ((decision.supplier, decision.customer), (decision.customer, decision.supplier))
    for mine, far in ends:
        if mine.work is None or far.company is None or mine.party == far.party:
            continue
        sides = sides_of(mine.party, world, on, groups.definition)
        carrying = [side for side in sides if _carries(side, far.company, on, groups)]
        if all(side.work is mine.work for side in carrying):
            yield reasons.flips_if_work_ends(mine.work, world)
        if mine.household is not None and all(side.household is mine.household for side in carrying):
            yield reasons.flips_if_household_ends(mine.household, world)


def _carries(side: Side, company: str, on: date, groups: Groups) -> bool:
    if side.work is None or side.company is None:
        return False
    return groups.definition.counts(side.work.kind) and groups.together(side.company, company, on)


def _shares(groups: Groups, a: str, b: str, world: World, on: date) -> Iterator[Reason]:
    """How far each carrying share may fall before the two companies part, and which power may not end."""
    net = groups.net(a, b)
    assert net is not None  # companies of one group stand in one net
    epoch, definition = net.epoch(groups.number(net, on)), groups.definition
    if len(epoch.holdings) > LARGE or groups.override(a, b, on) is not None:
        return
    if epoch.head is None:
        yield from _sold(epoch, (a, b), world)
        return
    for carrying in least_group(epoch, a, b, definition):
        left, branch = _left(epoch, carrying, a, b, definition), groups.branch_right(carrying)
        if left is not None and branch is not None:
            yield reasons.flips_if_power_ends(branch, world)
        elif left is not None:
            yield reasons.flips_if_share_falls(carrying, left, definition, world)


def _sold(epoch: Epoch, ends: tuple[str, str], world: World) -> Iterator[Reason]:
    """Where heads do not tell everything: the shares without which, sold as a whole, the two would part, and such powers."""
    for fact in least_facts(epoch, *ends):
        if together_without(epoch, *ends, fact):
            continue
        if isinstance(fact, Holding):
            yield reasons.flips_if_share_goes(fact, world)
        else:
            yield reasons.flips_if_power_ends(fact, world)


def _left(epoch: Epoch, carrying: Holding, a: str, b: str, definition: Definition) -> Fraction | None:
    """The share at which (or below which, as the definition has it) the two part; None when they never do by this one.

    What else votes with the owner is counted without the company itself: those it controls vote only once it is controlled.
    """
    if one_group((h for h in epoch.holdings if h is not carrying), a, b, definition):
        return None
    stakes = [h for h in epoch.holdings if h.owned == carrying.owned]
    head = blocks(Votes.of(h for h in epoch.holdings if h.owned != carrying.owned), definition)
    held: dict[str, Fraction] = defaultdict(Fraction)
    for stake in stakes:
        held[head.get(stake.owner, stake.owner)] += stake.votes if stake.owner != stake.owned else 0
    own = sum((h.votes for h in stakes if h.owner == h.owned), Fraction(0))
    if carrying.owner == carrying.owned:  # treasury shares: the fewer they are, the more votes there are in all
        return 1 - (own - carrying.votes) - max(held.values()) / definition.threshold
    return carrying.votes - (held[head.get(carrying.owner, carrying.owner)] - definition.threshold * (1 - own))
