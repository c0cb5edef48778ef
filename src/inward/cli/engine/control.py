"""``inward engine control``: who controls whom by these holdings. Shapes: docs/reference/engine.md."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from inward.cli.engine.asked import definition
from inward.cli.engine.saying import Saying, endless, percent
from inward.core.classification import (
    Company,
    Definition,
    Holding,
    Votes,
    World,
    control_pairs,
    controllers_of,
    controls,
    groups,
    least_control,
    most_votes,
    ultimate_controllers,
    votes_of,
)
from inward.core.classification.control import commanded
from inward.core.classification.reasons import holds
from inward.core.terms import Fields, Period, Rate

Answer = dict[str, Any]

_LATER = ("class", "low", "high", "low_open", "high_open")


def answer(asked: Fields, saying: Saying) -> Answer:
    """The answer to one question about control."""
    asked.only(("id", "holdings", "definition", "ask", "x", "y", "on", "dirty", "grounds"))
    question = Control(asked, saying)
    ask = asked.text("ask") if asked.has("ask") else "pairs"
    if ask == "integrated":
        asked.refuse("ask", "not_supported", name=ask)
    if ask not in ASKS:
        asked.refuse("ask", "not_one_of", value=ask, allowed=", ".join(ASKS))
    return ASKS[ask](question)


class Control:
    """One question: the holdings of the day counted, and whom it is about."""

    def __init__(self, asked: Fields, saying: Saying) -> None:
        self.asked, self._saying = asked, saying
        self.definition: Definition = definition(asked)
        self.holdings = tuple(_holdings(asked))
        self.votes = Votes.of(self.holdings)
        self._world = World(companies=tuple(Company(party) for party in self.votes.parties))

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
        """All parties in their groups."""
        return {"groups": [list(group) for group in groups(self.votes, self.definition)]}

    def controls(self) -> Answer:
        """Whether x controls y."""
        x, y = self.asked.text("x"), self.asked.text("y")
        found = controls(self.votes, x, y, self.definition)
        return {"controls": found, **self._share(votes_of(self.votes, x, y, self.definition)), **self._with(x, y)}

    def commanded(self) -> Answer:
        """The votes that x commands: in y, or in every company where it commands any."""
        x = self.asked.text("x")
        if self.asked.has("y"):
            return self._share(votes_of(self.votes, x, self.asked.text("y"), self.definition))
        ballots, _ = commanded(self.votes, x, self.definition)
        shares = {y: Fraction(count, self.votes.out_of[y]) for y, count in sorted(ballots.items())}
        fractions = {y: fraction for y, share in shares.items() if (fraction := endless(share))}
        found: Answer = {"votes": {y: percent(share) for y, share in shares.items()}}
        return found | ({"fractions": fractions} if fractions else {})

    def _those(self, name: str, controllers: Iterable[str]) -> Answer:
        found: Answer = {name: list(controllers)}
        if self.asked.flag("grounds", default=True):
            found["grounds"] = {x: self._grounds(x, self.asked.text("y")) for x in found[name]}
        return found

    def _with(self, x: str, y: str) -> Answer:
        return {"grounds": self._grounds(x, y)} if self.asked.flag("grounds", default=True) else {}

    def _grounds(self, x: str, y: str) -> list[Answer]:
        least = least_control(self.holdings, x, y, self.definition)
        return [self._saying.reason(holds(holding, self._world)) for holding in least]

    def _share(self, share: Fraction) -> Answer:
        fraction = endless(share)
        return {"votes": percent(share)} | ({"fraction": fraction} if fraction else {})


ASKS: MappingProxyType[str, Callable[[Control], Answer]] = MappingProxyType(
    {
        "pairs": Control.pairs,
        "controllers": Control.controllers,
        "groups": Control.groups,
        "controls": Control.controls,
        "votes": Control.commanded,
        "ultimate": Control.ultimate,
    }
)


def _holdings(asked: Fields) -> Iterable[Holding]:
    """The holdings of the day. Refusal when a company's pass 100 %, unless the question says that they are dirty."""
    dirty = asked.flag("dirty")
    on = asked.day("on") if asked.has("on") else None
    if not asked.has("holdings"):
        asked.refuse("holdings", "field_missing")
    found: dict[str, list[tuple[int, Holding]]] = {}
    for index, given in enumerate(asked.items("holdings")):
        holding = _holding(given, f"holdings[{index}]", index, dirty=dirty)
        if on is None and holding.period != Period():
            asked.refuse("on", "on_missing")
        if on is None or on in holding.period:
            found.setdefault(holding.owned, []).append((index, holding))
    for owned, stakes in found.items():
        votes, _ = most_votes(Holding(h.id, h.owner, h.owned, h.votes) for _, h in stakes)
        if votes > 1 and not dirty:
            place = f"holdings[{stakes[-1][0]}]"
            Fields({}, place).refuse("votes", "holdings_over_whole", company=owned, percent=Rate(votes), on=on)
    return [holding for stakes in found.values() for _, holding in stakes]


def _holding(given: object, where: str, index: int, *, dirty: bool) -> Holding:
    row = _as_fields(given, where)
    row.only(("id", "owner", "owned", "votes", "capital", *_LATER, "from", "until"))
    for name in _LATER:
        if row.has(name):
            row.refuse(name, "not_supported", name=name)
    shares = {name: row.number(name) / 100 for name in ("votes", "capital") if row.has(name)}
    if not shares:
        row.refuse("votes", "field_missing")
    for name, share in shares.items():
        if share < 0 or (share > 1 and not dirty):
            row.refuse(name, "holding_not_a_share", percent=Rate(share))
    # Where only capital is given, each share is taken to carry one vote, as company laws presume.
    votes = shares.get("votes", shares.get("capital", Fraction(0)))
    period = row.period("from", "until")
    identity = row.text_or_none("id") or str(index + 1)
    return Holding(identity, row.text("owner"), row.text("owned"), votes, period, shares.get("capital"))


def _as_fields(given: object, where: str) -> Fields:
    """A holding given as a list of three, or as an object."""
    if not isinstance(given, list):
        return Fields.of(given, where)
    if len(given) != len(_LISTED):
        Fields({}).refuse(where, "not_owner_owned_percent")
    return Fields(dict(zip(_LISTED, given, strict=True)), where)


_LISTED = ("owner", "owned", "votes")
