"""``inward engine control``: who controls whom by these holdings. Shapes: docs/reference/engine.md."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from inward.cli.engine.asked import definition
from inward.cli.engine.saying import Saying, endless, percent
from inward.cli.engine.stakes import holdings_asked, people_asked, rights_asked
from inward.core.classification import (
    Basis,
    Company,
    ControlRight,
    Definition,
    Holding,
    Indirect,
    Powers,
    Votes,
    World,
    control_pairs,
    controllers_of,
    groups,
    least_control,
    ultimate_controllers,
    votes_of,
)
from inward.core.classification import integrated as money
from inward.core.classification.carrying import Carrying, least, least_control_facts
from inward.core.classification.control import commanded
from inward.core.classification.counted import counted
from inward.core.classification.reasons import has_power, holds
from inward.core.terms import Fields, Reason

Answer = dict[str, Any]

_FIELDS = (
    "id",
    "holdings",
    "classes",
    "rights",
    "people",
    "definition",
    "ask",
    "x",
    "y",
    "on",
    "dirty",
    "grounds",
    "paths",
)


def answer(asked: Fields, saying: Saying) -> Answer:
    """The answer to one question about control."""
    asked.only(_FIELDS)
    ask = asked.text("ask") if asked.has("ask") else "pairs"
    if ask not in ASKS:
        asked.refuse("ask", "not_one_of", value=ask, allowed=", ".join(ASKS))
    question = Control(asked, saying)
    asks = ASKS if question.plain or ask not in WIDE_ASKS else WIDE_ASKS
    return asks[ask](question)


class Control:
    """One question: the facts of the day counted, and whom it is about.

    ``plain`` questions are those of one share held against a threshold, in blocks: they are counted in whole ballots. All
    others are asked of ``Powers``, with the low ends of bands and with the high ones.
    """

    def __init__(self, asked: Fields, saying: Saying) -> None:
        self.asked, self._saying = asked, saying
        self.definition: Definition = definition(asked)
        self.facts, self.rights, self.people = holdings_asked(asked), rights_asked(asked), people_asked(asked)
        self._silent = frozenset() if self.definition.natural_persons_as_parents else self.people
        found = counted(self.facts, self.rights, self.definition, self._silent)
        self.holdings = found.holdings
        rule = self.definition
        blocks = rule.indirect is Indirect.FULL and rule.aggregate and rule.identical_threshold is None
        one_share = rule.basis in (Basis.VOTES, Basis.CAPITAL, Basis.VALUE)
        banded = any(holding.votes_band or holding.capital_band for holding in self.facts)
        self.plain = blocks and one_share and not banded and not found.powers
        self.votes = Votes.of(self.holdings)
        parties = {party for holding in self.facts for party in (holding.owner, holding.owned)}
        parties |= {party for right in self.rights for party in (right.holder, right.target) if party}
        self._world = World(companies=tuple(Company(party) for party in sorted(parties)))

    @cached_property
    def low(self) -> Powers:
        """Who certainly controls whom."""
        return self._powers([*self.facts, *self.rights])

    @cached_property
    def high(self) -> Powers:
        """Who possibly does."""
        return Powers(self.facts, self.rights, self.definition, self._silent, high=True)

    def _powers(self, facts: Sequence[Carrying]) -> Powers:
        holdings = [fact for fact in facts if isinstance(fact, Holding)]
        rights = [fact for fact in facts if isinstance(fact, ControlRight)]
        return Powers(holdings, rights, self.definition, self._silent)

    def pairs(self) -> Answer:
        """Everyone who controls someone."""
        pairs = control_pairs(self.votes, self.definition)
        found: Answer = {"pairs": [[x, y, percent(share)] for x, y, share in pairs]}
        endless_ones = [[x, y, fraction] for x, y, share in pairs if (fraction := endless(share))]
        if endless_ones:
            found["fractions"] = endless_ones
        if self.asked.flag("grounds"):
            found["grounds"] = [self._grounds(x, y) for x, y, _ in pairs]
        return found

    def controllers(self) -> Answer:
        """Everyone who controls y."""
        return self._those("controllers", controllers_of(self.votes, self.asked.text("y"), self.definition))

    def ultimate(self) -> Answer:
        """Those who control y and whom nobody controls."""
        return self._those("ultimate", ultimate_controllers(self.votes, self.asked.text("y"), self.definition))

    def groups(self) -> Answer:
        """All parties in their groups; who holds no share that counts, of a company that holds all of itself, is alone."""
        found = groups(self.votes, self.definition)
        placed = {party for group in found for party in group} | self._silent
        alone = [(company.id,) for company in self._world.companies if company.id not in placed]
        return {"groups": [list(group) for group in sorted([*found, *alone])]}

    def controls(self) -> Answer:
        """Whether x controls y."""
        x, y = self.asked.text("x"), self.asked.text("y")
        _, controlled = commanded(self.votes, x, self.definition)
        share = votes_of(self.votes, x, y, self.definition)
        return {"controls": y in controlled, **self._share(share), **self._with(x, y)}

    def commanded(self) -> Answer:
        """The votes that x commands: in y, or in every company where it commands any."""
        x = self.asked.text("x")
        if self.asked.has("y"):
            return self._share(votes_of(self.votes, x, self.asked.text("y"), self.definition))
        ballots, _ = commanded(self.votes, x, self.definition)
        return self._shares("votes", {y: Fraction(count, self.votes.out_of[y]) for y, count in sorted(ballots.items())})

    def together(self) -> Answer:
        """Whether x and y stand in one group."""
        x, y = self.asked.text("x"), self.asked.text("y")
        found = self.low.together(x, y)
        answer: Answer = {"together": found or (None if self.high.together(x, y) else False)}
        if found and self.asked.flag("grounds", default=True):
            facts = _largest_first(self.facts, self.rights)
            answer["grounds"] = self._told(least(facts, lambda some: self._powers(some).together(x, y)))
        return answer

    def integrated(self) -> Answer:
        """What x holds of y, or of everyone, directly and through others; and the loops that own themselves."""
        x, shares = self.asked.text("x"), money.capital_of(self.facts)
        ways = self.asked.text("paths") if self.asked.has("paths") else "all"
        if ways not in _WAYS:
            self.asked.refuse("paths", "not_one_of", value=ways, allowed=", ".join(_WAYS))
        found = _WAYS[ways](shares, x)
        loops = [list(loop) for loop in money.closed_loops(shares)]
        closed = {"closed_loops": loops} if loops else {}
        if not self.asked.has("y"):
            return self._shares("integrated", found) | closed
        share = found.get(self.asked.text("y"), Fraction(0))
        fraction = endless(share)
        return {"integrated": percent(share)} | ({"fraction": fraction} if fraction else {}) | closed

    # --- asked of Powers --------------------------------------------------------------------------------------------

    def wide_pairs(self) -> Answer:
        """Everyone who certainly controls someone, and who possibly does."""
        parties = self.low.parties
        pairs = [(x, y, self.low.share(x, y)) for x in parties for y in sorted(self.low.below(x))]
        found: Answer = {"pairs": [[x, y, percent(share)] for x, y, share in pairs]}
        endless_ones = [[x, y, fraction] for x, y, share in pairs if (fraction := endless(share))]
        possible = [[x, y] for x in parties for y in sorted(self.high.below(x) - self.low.below(x))]
        found |= ({"fractions": endless_ones} if endless_ones else {}) | ({"possible": possible} if possible else {})
        if self.asked.flag("grounds"):
            found["grounds"] = [self._grounds(x, y) for x, y, _ in pairs]
        return found

    def wide_controllers(self) -> Answer:
        """Everyone who certainly controls y, and who possibly does."""
        y = self.asked.text("y")
        certain, possible = self.low.over(y) - {y}, self.high.over(y) - self.low.over(y)
        found = self._those("controllers", sorted(certain))
        return found | ({"possible": sorted(possible)} if possible else {})

    def wide_ultimate(self) -> Answer:
        """Those at the head of the groups of y."""
        y = self.asked.text("y")
        over = self.low.over(y) - {y}
        tops = [x for x in over if all(z in self.low.below(x) for z in self.low.over(x) - {x})]
        return self._those("ultimate", sorted(tops))

    def wide_groups(self) -> Answer:
        """All parties with those at whose side they stand: a party may be in several."""
        tops = {top for party in self.low.parties for top in self.low.tops(party)}
        return {"groups": sorted(sorted({top, *self.low.below(top)}) for top in tops)}

    def wide_controls(self) -> Answer:
        """Whether x controls y: true, false, or null where that is not known."""
        x, y = self.asked.text("x"), self.asked.text("y")
        certain = self.low.controls(x, y)
        verdict = certain or (None if self.high.controls(x, y) else False)
        return {"controls": verdict, **self._ends(x, y), **self._with(x, y)}

    def wide_votes(self) -> Answer:
        """What x commands of y, or of every company of which it commands anything."""
        x = self.asked.text("x")
        if self.asked.has("y"):
            return self._ends(x, self.asked.text("y"))
        return self._shares("votes", {y: share for y in self.low.parties if (share := self.low.share(x, y))})

    def _ends(self, x: str, y: str) -> Answer:
        """The share; of a band both ends, and the low one as the share."""
        low, high = self.low.share(x, y), self.high.share(x, y)
        return self._share(low) | ({"high": percent(high)} if high != low else {})

    # --- saying -----------------------------------------------------------------------------------------------------

    def _those(self, name: str, controllers: Iterable[str]) -> Answer:
        found: Answer = {name: list(controllers)}
        if self.asked.flag("grounds", default=True):
            found["grounds"] = {x: self._grounds(x, self.asked.text("y")) for x in found[name]}
        return found

    def _with(self, x: str, y: str) -> Answer:
        return {"grounds": self._grounds(x, y)} if self.asked.flag("grounds", default=True) else {}

    def _grounds(self, x: str, y: str) -> list[Answer]:
        if self.plain and not self.rights:
            return self._told(least_control(self.holdings, x, y, self.definition))
        return self._told(least_control_facts(self._powers, _largest_first(self.facts, self.rights), x, y))

    def _told(self, facts: Iterable[Carrying]) -> list[Answer]:
        return [self._saying.reason(_reason(fact, self._world, self.definition.basis)) for fact in facts]

    def _share(self, share: Fraction) -> Answer:
        fraction = endless(share)
        return {"votes": percent(share)} | ({"fraction": fraction} if fraction else {})

    def _shares(self, name: str, shares: dict[str, Fraction]) -> Answer:
        fractions = {y: fraction for y, share in shares.items() if (fraction := endless(share))}
        found: Answer = {name: {y: percent(share) for y, share in shares.items()}}
        return found | ({"fractions": fractions} if fractions else {})


def _reason(fact: Carrying, world: World, basis: Basis) -> Reason:
    return has_power(fact, world) if isinstance(fact, ControlRight) else holds(fact, world, basis)


def _largest_first(holdings: Iterable[Holding], rights: Iterable[ControlRight]) -> list[Carrying]:
    """Of facts that would do as well, the larger ones carry it."""
    return [*sorted(rights, key=lambda r: r.id), *sorted(holdings, key=lambda h: (-h.votes, h.id))]


_WAYS: MappingProxyType[str, Callable[[money.Shares, str], dict[str, Fraction]]] = MappingProxyType(
    {"all": money.integrated, "simple": money.by_simple_paths}
)

ASKS: MappingProxyType[str, Callable[[Control], Answer]] = MappingProxyType(
    {
        "pairs": Control.pairs,
        "controllers": Control.controllers,
        "groups": Control.groups,
        "controls": Control.controls,
        "votes": Control.commanded,
        "ultimate": Control.ultimate,
        "integrated": Control.integrated,
        "together": Control.together,
    }
)

WIDE_ASKS: MappingProxyType[str, Callable[[Control], Answer]] = MappingProxyType(
    {
        "pairs": Control.wide_pairs,
        "controllers": Control.wide_controllers,
        "groups": Control.wide_groups,
        "controls": Control.wide_controls,
        "votes": Control.wide_votes,
        "ultimate": Control.wide_ultimate,
    }
)
"""What is asked otherwise where whole ballots do not tell all."""
