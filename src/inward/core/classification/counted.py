"""The facts of one day as a definition counts them: whose votes they are, which count, and what gives power beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from inward.core.classification.control import Votes, commanded
from inward.core.classification.definition import Basis, Branches, CrossVotes, Definition, JointControl
from inward.core.classification.facts import ControlRight, Holding, RightKind
from inward.core.classification.integrated import connected

RIGHT = "right:"
"""Begins the id of a holding that is no holding but a right."""


@dataclass(frozen=True, slots=True)
class Counted:
    """``holdings`` as they count, and ``powers``: who has power over whom without any share of it."""

    holdings: tuple[Holding, ...]
    powers: tuple[tuple[str, str], ...] = ()


def counted(
    holdings: Iterable[Holding],
    rights: Sequence[ControlRight],
    definition: Definition,
    silent: frozenset[str] = frozenset(),
) -> Counted:
    """What counts of facts that stand at once. ``silent`` are those who make no group: people, states, pools."""
    found = list(_by_basis(holdings, definition))
    if rights:
        found = list(_without_joint(found, rights, definition))
        found = list(by_nominators(found, rights)) if definition.nominees else found
    found = [holding for holding in found if holding.owner not in silent]
    if definition.cross_votes is CrossVotes.SUSPENDED:
        found = _suspended(found, definition)
    return Counted(tuple(found), tuple(_powers(rights, definition, silent)))


def branch_holding(right: ControlRight) -> Holding:
    """A branch is wholly its head office's; the id tells the right from a holding."""
    assert right.holder is not None  # the door refuses a branch of nobody
    return Holding(f"{RIGHT}{right.id}", right.holder, right.target, Fraction(1), right.period)


def _by_basis(holdings: Iterable[Holding], definition: Definition) -> Iterator[Holding]:
    """Where capital alone counts, it takes the place of the votes."""
    if definition.basis not in (Basis.CAPITAL, Basis.VALUE):
        yield from holdings
        return
    for holding in holdings:
        if holding.capital is None:
            yield holding
        else:
            yield replace(holding, votes=holding.capital, votes_band=holding.capital_band)


def _without_joint(
    holdings: Iterable[Holding], rights: Iterable[ControlRight], definition: Definition
) -> Iterator[Holding]:
    """Who decides only together with others commands nothing alone: her votes in that company give no control."""
    joint = {(right.holder, right.target) for right in rights if right.kind is RightKind.JOINT_CONTROL}
    if definition.joint_control is not JointControl.NEITHER:
        joint = set()
    return (holding for holding in holdings if (holding.owner, holding.owned) not in joint)


def by_nominators(holdings: Iterable[Holding], rights: Iterable[ControlRight]) -> Iterator[Holding]:
    """What a nominee holds is voted as the nominator says; a nomination for one company goes before one for all."""
    nominations = sorted((r for r in rights if r.kind is RightKind.NOMINATOR), key=lambda r: (r.over is None, r.id))
    for holding in holdings:
        told = (r for r in nominations if r.target == holding.owner and r.over in (None, holding.owned))
        right = next(told, None)
        yield holding if right is None or right.holder is None else replace(holding, owner=right.holder)


def circular(holdings: Sequence[Holding]) -> list[Holding]:
    """The holdings that stand in a circle: from the company held, holdings lead back to the owner. One's own shares are one."""
    down: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for holding in holdings:
        down[holding.owner][holding.owned] = holding.votes
    circle = {company: number for number, some in enumerate(connected(down, None)) for company in some}
    return [holding for holding in holdings if circle[holding.owner] == circle[holding.owned]]


def _suspended(holdings: list[Holding], definition: Definition) -> list[Holding]:
    """A subsidiary's votes in its parent rest, like treasury shares. Who is a subsidiary is seen with all votes counted."""
    # Whoever is below a company and holds of it stands in a circle of holdings with it, and so does everybody by whom it is
    # commanded: nothing outside of the circles needs to be counted.
    within = circular(holdings)
    votes = Votes.of(within)
    below = {owned: commanded(votes, owned, definition)[1] for owned in {h.owned for h in within} & votes.cast.keys()}
    return [replace(h, owner=h.owned) if h.owner in below.get(h.owned, ()) else h for h in holdings]


def _powers(
    rights: Iterable[ControlRight], definition: Definition, silent: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for right in rights:
        counts = right.kind in definition.rights or (
            right.kind is RightKind.BRANCH and definition.branches is Branches.SAME
        )
        if counts and right.holder is not None and right.holder not in silent:
            yield right.holder, right.target
