"""The companies of a world in their groups on any day, prepared so that asking costs a few look-ups.

Holdings fall into nets: companies between which any chain of holdings runs, at any time. A net changes on few days;
between two of them, an epoch, its groups stand still. Groups are worked out per net and epoch when first asked for, so
a world is ready at once, and what nobody asks about costs nothing.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from inward.core.classification.control import Votes, blocks
from inward.core.classification.definition import Definition
from inward.core.classification.facts import Holding
from inward.core.classification.graph import World
from inward.core.terms.period import boundaries
from inward.core.terms.reason import Reason, Refusal

_Found = TypeVar("_Found")
_REMEMBERED_HOLDINGS_MAX = 1_000_000
"""So many holdings may stand in the epochs a net remembers; then it forgets them and works them out again when asked."""
_REMEMBERED_MAX = 50_000
"""Explanations kept per world and definition; then all are forgotten and made again when asked for."""


@dataclass(frozen=True)
class Epoch:
    """A net while nothing in it changes: the voting holdings, and the head of each company's group."""

    holdings: tuple[Holding, ...]
    head: Mapping[str, str]
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What other modules work out once for this epoch."""

    def together(self, a: str, b: str) -> bool:
        """Whether two companies stand in one group."""
        return self.head.get(a, a) == self.head.get(b, b)

    @cached_property
    def inside(self) -> Mapping[str, tuple[Holding, ...]]:
        """The holdings within each group by its head."""
        inside: dict[str, list[Holding]] = defaultdict(list)
        for holding in self.holdings:
            if self.head[holding.owner] == self.head[holding.owned]:
                inside[self.head[holding.owned]].append(holding)
        return {head: tuple(holdings) for head, holdings in inside.items()}


class Net:
    """Companies linked by holdings at some time, and their epochs."""

    def __init__(self, holdings: Iterable[Holding], definition: Definition) -> None:
        self.holdings = tuple(holdings)
        self.days = boundaries(holding.period for holding in self.holdings)
        self._definition = definition
        self._epochs: dict[int, Epoch] = {}

    def number(self, on: date) -> int:
        """Which epoch the day lies in: 0 before the first change."""
        return bisect_right(self.days, on)

    def epoch(self, number: int) -> Epoch:
        """That epoch, worked out once."""
        found = self._epochs.get(number)
        if found is None:
            if len(self._epochs) >= _REMEMBERED_HOLDINGS_MAX // len(self.holdings):
                self._epochs.clear()
            holdings = tuple(h for h in self.holdings if _held_in(h, self.days[number - 1] if number else None))
            found = self._epochs[number] = Epoch(holdings, blocks(Votes.of(holdings), self._definition))
        return found


class Groups:
    """Who is in one group with whom, under one definition."""

    def __init__(self, world: World, definition: Definition) -> None:
        if not definition.partitions:
            raise Refusal(Reason.of("definition_does_not_partition", definition=definition.id), where="definition")
        self.definition = definition
        persons = () if definition.natural_persons_as_parents else world.person
        voting = [h for h in world.holdings if h.votes and h.owner not in persons]
        self._net = _nets(voting, definition)
        self._remembered: dict[Any, Any] = {}

    def together(self, a: str, b: str, on: date) -> bool:
        """Whether two companies stand in one group on that day."""
        net = self.net(a, b)
        return a == b if net is None else net.epoch(net.number(on)).together(a, b)

    def net(self, a: str, b: str) -> Net | None:
        """The net both stand in, if they do stand in one."""
        net = self._net.get(a)
        return net if net is not None and self._net.get(b) is net else None

    def head(self, company: str, on: date) -> str:
        """The company at the head of the group of ``company`` on that day: itself when nobody controls it."""
        net = self._net.get(company)
        return company if net is None else net.epoch(net.number(on)).head.get(company, company)

    def remembered(self, key: tuple[Any, ...], make: Callable[[], _Found]) -> _Found:
        """What ``make`` makes, made once for each key while there is room."""
        if key not in self._remembered:
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[key] = make()
        found: _Found = self._remembered[key]
        return found


def prepared(world: World, definition: Definition) -> Groups:
    """The groups of this world under this definition, prepared once per world.

    Refusal when the definition may put a company into several groups.
    """
    found: Groups | None = world.prepared.get(definition)
    if found is None:
        found = world.prepared[definition] = Groups(world, definition)
    return found


def _held_in(holding: Holding, first_day: date | None) -> bool:
    return holding.period.start is None if first_day is None else first_day in holding.period


def _nets(holdings: Iterable[Holding], definition: Definition) -> dict[str, Net]:
    """Each company's net: the connected components of the holdings of all days."""
    link: dict[str, str] = {}

    def find(company: str) -> str:
        while link.setdefault(company, company) != company:
            link[company] = link[link[company]]
            company = link[company]
        return company

    for holding in holdings:
        link[find(holding.owner)] = find(holding.owned)
    of_net: dict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        of_net[find(holding.owner)].append(holding)
    nets = {at: Net(members, definition) for at, members in of_net.items()}
    return {company: nets[find(company)] for company in link}
