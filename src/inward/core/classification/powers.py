"""Who controls whom at one moment under any definition: shares by any measure, powers that are no share, bands.

``control`` and ``nets`` answer the plain case, votes by strict majority, in whole ballots and a hundred times faster; here is
what they cannot say. Twice the same fixpoint: with the low ends of bands it tells who certainly controls, with the high ends
who possibly does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from inward.core.classification import integrated as money
from inward.core.classification.counted import counted
from inward.core.classification.definition import Basis, Definition, Indirect, Operator
from inward.core.classification.facts import Band, ControlRight, Holding
from inward.core.classification.tracing import Multiplied


class Sum(NamedTuple):
    """A sum of shares, and how many of its ends are open: one more than that, however little (or less, if negative)."""

    share: Fraction
    opens: int

    def plus(self, other: "Sum") -> "Sum":
        """Both together."""
        return Sum(self.share + other.share, self.opens + other.opens)

    def meets(self, definition: Definition, out_of: Fraction) -> bool:
        """Whether it gives control of a company that has so many votes."""
        need = definition.threshold if out_of is _WHOLE else definition.threshold * out_of
        if self.share != need:
            return self.share > need
        return self.opens > 0 if definition.operator is Operator.MORE_THAN else self.opens >= 0


_NOTHING = Sum(Fraction(0), 0)
_Measures = tuple[Sum, ...]


class _Count(NamedTuple):
    start: _Measures
    out_of: Fraction
    measures: list[_Measures]


class Powers:
    """Control by facts that stand at once; ``high`` takes the high end of every band."""

    def __init__(
        self,
        holdings: Iterable[Holding],
        rights: Sequence[ControlRight],
        definition: Definition,
        silent: frozenset[str] = frozenset(),
        *,
        high: bool = False,
    ) -> None:
        """``silent`` are those who make no group: people, states, pools."""
        every = tuple(holdings)
        found = counted(every, rights, definition, silent)
        self.definition, self._high, self._silent = definition, high, silent
        self._step = 2 if high else 1  # sums for each measure: see _measured
        self._given: dict[str, list[str]] = defaultdict(list)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._powerful: dict[str, set[str]] = defaultdict(set)
        for holder, target in found.powers:
            self._given[holder].append(target)
            self._above[target].add(holder)
            self._powerful[target].add(holder)
        self._stakes: dict[str, list[tuple[str, _Measures]]] = defaultdict(list)
        self._parts: dict[str, list[_Measures]] = defaultdict(list)
        self._start: dict[str, _Measures] = {}
        self._out_of: dict[str, tuple[Fraction, ...]] = {}
        self._shares: tuple[Multiplied, ...] = ()
        if self._multiplies:
            self._multiply(found.holdings)
        else:
            self._count(found.holdings)
        self._people = _by_people(every, silent) if definition.identical_threshold is not None else {}
        self._below: dict[str, frozenset[str]] = {}
        self._over: dict[str, frozenset[str]] = {}
        self._tops: dict[str, tuple[str, ...]] = {}

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone who holds, is held or has power, sorted."""
        return tuple(sorted(set(self._above).union(*self._above.values())))

    def below(self, x: str) -> frozenset[str]:
        """The companies that ``x`` controls."""
        if x not in self._below:
            found = self._by_shares(x) if self._multiplies else self._by_blocks(x)[0]
            self._below[x] = found - {x}
        return self._below[x]

    def controls(self, x: str, y: str) -> bool:
        """Whether ``x`` controls ``y``."""
        return x != y and x in self.over(y) if self._multiplies else y in self.below(x)

    def share(self, x: str, y: str) -> Fraction:
        """The largest share of ``y`` by any measure that ``x`` commands: in a band, the end that is looked at."""
        if self._multiplies:
            return max(shares.share(x, y) for shares in self._shares)
        sums = self._by_blocks(x)[1].get(y)
        out_of = self._out_of.get(y, ())
        if sums is None or x == y or not all(out_of):
            return _ZERO
        shares = [total.share / whole for total, whole in zip(sums, out_of, strict=True)]
        return max(min(shares[place : place + self._step]) for place in range(0, len(shares), self._step))

    def over(self, y: str) -> frozenset[str]:
        """``y`` and everyone who controls it."""
        if y not in self._over:
            found = self._have_enough(y) if self._multiplies else self._command(y)
            self._over[y] = frozenset(x for x in found if x == y or x not in self._silent)
        return self._over[y]

    def tops(self, y: str) -> tuple[str, ...]:
        """Those at the head of each group ``y`` is in, sorted: nobody is above them but whom they control themselves.

        Of those who control each other, the first by id. Where shares are multiplied, a circle may leave nobody at its head;
        then all who are above stand for it.
        """
        if y not in self._tops:
            self._tops[y] = self._highest(self.over(y))
        return self._tops[y]

    def shared(self, a: str, b: str) -> tuple[str, ...]:
        """Those who control both or are one of them and control the other, sorted; the highest of them alone."""
        return self._highest(self.over(a) & self.over(b))

    def _highest(self, some: frozenset[str]) -> tuple[str, ...]:
        tops = {x for x in some if all(z == x or self.controls(x, z) for z in self.over(x) & some)}
        firsts = {min(x, *(z for z in tops if self.controls(x, z) and self.controls(z, x)), x) for x in tops}
        return tuple(sorted(firsts or some))

    def together(self, a: str, b: str) -> bool:
        """Whether somebody controls both, or one the other, or both are in the same few hands."""
        if not self.over(a).isdisjoint(self.over(b)):
            return True
        return bool(self._people) and any(self.brothers(x, y) for x in self.over(a) for y in self.over(b))

    def brothers(self, a: str, b: str) -> bool:
        """Whether two companies are in the same at most five hands, as far as the definition asks."""
        least = self.definition.identical_threshold
        if least is None or a == b:
            return False
        same, both, _ = money.identical(self._hands, a, b, self._hands)
        return same > least and both >= (self.definition.identical_together or 0)

    @cached_property
    def _hands(self) -> dict[str, dict[str, Fraction]]:
        """What each person holds of each company, through others as well."""
        shares = money.attributed(self._people, self.definition.attribution_floor)
        return {person: money.integrated(shares, person) for person in sorted(self._silent & shares.keys())}

    @property
    def _two_measures(self) -> bool:
        """Whether votes and capital are looked at apart."""
        return self.definition.basis in (Basis.EITHER, Basis.BOTH)

    # --- blocks -----------------------------------------------------------------------------------------------------

    def _count(self, holdings: Iterable[Holding]) -> None:
        held: dict[str, list[Holding]] = defaultdict(list)
        for holding in holdings:
            held[holding.owned].append(holding)
        for owned, stakes in held.items():
            if not self._high:
                self._count_low(owned, stakes)
                continue
            counts = [self._measured(owned, stakes, place) for place in range(len(self._bands(stakes[0])))]
            self._start[owned] = tuple(start for count in counts for start in count.start)
            self._out_of[owned] = tuple(count.out_of for count in counts for _ in count.start)
            for number, stake in enumerate(stakes):
                if stake.owner != owned:
                    measures = tuple(measure for count in counts for measure in count.measures[number])
                    self._stake(stake.owner, owned, measures)

    def _stake(self, owner: str, owned: str, measures: _Measures) -> None:
        self._stakes[owner].append((owned, measures))
        self._above[owned].add(owner)
        self._parts[owned].append(measures)

    def _count_low(self, owned: str, stakes: Sequence[Holding]) -> None:
        """How a company is counted by the low ends alone: nothing needs to be known of what others hold, and bands are rare."""
        own: _Measures = ()
        for stake in stakes:
            lows = self._lows(stake)
            if stake.owner == owned:
                own = _added(own, lows) if own else lows
            else:
                self._stake(stake.owner, owned, lows)
        self._start[owned] = (_NOTHING,) * len(lows)
        self._out_of[owned] = tuple(max(1 - each.share, _ZERO) for each in own) or (_WHOLE,) * len(lows)

    def _lows(self, holding: Holding) -> _Measures:
        """What a stake adds at least, by each measure."""
        votes = Sum(holding.votes, 0) if holding.votes_band is None else _low(holding.votes_band)
        if not self._two_measures:
            return (votes,)
        if holding.capital_band is not None:
            return votes, _low(holding.capital_band)
        return votes, votes if holding.capital is None else Sum(holding.capital, 0)

    def _measured(self, owned: str, stakes: Sequence[Holding], place: int) -> "_Count":
        """How one measure of a company is counted by the high ends: where the sum of a block begins, and what each stake adds.

        There are two sums: what the block holds at most, and what is left when all others hold the least.
        """
        bands = [self._bands(stake)[place] for stake in stakes]
        both = list(zip(stakes, bands, strict=True))
        own = sum((self._end(band).share for stake, band in both if stake.owner == owned), _ZERO)
        lows = [_low(band) for stake, band in both if stake.owner != owned]
        spare = max(1 - own - sum((low.share for low in lows), _ZERO), _ZERO)
        left = Sum(spare, -sum(low.opens for low in lows))
        return _Count(
            start=(_NOTHING, left),
            out_of=max(1 - own, _ZERO),
            measures=[(self._end(band), _low(band)) for band in bands],
        )

    def _bands(self, holding: Holding) -> tuple[Band, ...]:
        votes = holding.votes_band or Band(holding.votes, holding.votes)
        if not self._two_measures:
            return (votes,)
        capital = holding.capital_band or (votes if holding.capital is None else Band(holding.capital, holding.capital))
        return votes, capital

    def _end(self, band: Band) -> Sum:
        return Sum(band.high, -int(band.high_open)) if self._high else _low(band)

    def _by_blocks(self, x: str) -> tuple[frozenset[str], Mapping[str, _Measures]]:
        """The companies ``x`` controls by the votes of its block, and what the block holds of each company."""
        sums: dict[str, _Measures] = {}
        controlled = {x}
        voting = [x]
        alone = self.definition.indirect is Indirect.CHAIN or not self.definition.aggregate
        while voting:
            voter = voting.pop()
            mine: dict[str, _Measures] = {} if alone else sums
            for owned, measures in self._stakes.get(voter, ()):
                before = mine.get(owned, self._start[owned])
                mine[owned] = _added(before, measures)
                if owned not in controlled and self._met(owned, mine[owned]):
                    controlled.add(owned)
                    voting.append(owned)
            if alone:
                sums |= {owned: found for owned, found in mine.items() if voter == x or owned not in sums}
            for target in self._given.get(voter, ()):
                if target not in controlled:
                    controlled.add(target)
                    voting.append(target)
        return frozenset(controlled), sums

    def _command(self, y: str) -> set[str]:
        """``y`` and everyone who controls it by the votes of its block.

        Only those are asked from whom a way leads down through companies that anybody can command: whose holders have enough all
        together, or over whom somebody has a power.
        """
        seen, waiting = {y}, [y]
        while waiting:
            fresh = self._commanding(waiting.pop()) - seen
            seen |= fresh
            waiting.extend(fresh)
        return {x for x in seen if x == y or y in self.below(x)}

    def _commanding(self, company: str) -> set[str]:
        """Who may have a part in commanding a company: its holders, where all of them together have enough, and the powerful."""
        if company in self._start:
            every = self._start[company]
            for measures in self._parts[company]:
                every = _added(every, measures)
            if self._met(company, every):
                return self._above[company]
        return self._powerful.get(company, set())

    def _met(self, owned: str, sums: _Measures) -> bool:
        """A measure is met when its block is, and with high ends also when what nobody else has is enough."""
        met = [
            out_of > 0 and total.meets(self.definition, out_of)
            for total, out_of in zip(sums, self._out_of[owned], strict=True)
        ]
        measures = [all(met[place : place + self._step]) for place in range(0, len(met), self._step)]
        return any(measures) if self.definition.basis is Basis.EITHER else all(measures)

    # --- products ---------------------------------------------------------------------------------------------------

    @property
    def _multiplies(self) -> bool:
        return self.definition.indirect in (Indirect.PRODUCT, Indirect.SIMPLE_PATHS)

    def _multiply(self, holdings: Iterable[Holding]) -> None:
        """What each holds of each, for each measure the definition looks at; once where both say the same."""
        stakes: list[tuple[str, str, tuple[Fraction, ...]]] = []
        for holding in holdings:
            if holding.owner != holding.owned:
                self._above[holding.owned].add(holding.owner)
            stakes.append((holding.owner, holding.owned, self._ends(holding)))
        both = any(ends[0] != ends[-1] for _, _, ends in stakes)
        self._shares = tuple(
            Multiplied(money.shares_of((owner, owned, ends[measure]) for owner, owned, ends in stakes), self.definition)
            for measure in ((0, 1) if both else (0,))
        )

    def _ends(self, holding: Holding) -> tuple[Fraction, ...]:
        """The end of a holding that is looked at, by each measure."""
        if holding.votes_band is None and not self._two_measures:
            return (holding.votes,)
        return tuple(self._end(band).share for band in self._bands(holding))

    def _have_enough(self, y: str) -> set[str]:
        """``y``, those who have enough of it, and all who have a power over any of these, up the powers."""
        enough = [shares.with_enough(y) for shares in self._shares]
        found = {y}.union(
            frozenset.intersection(*enough) if self.definition.basis is Basis.BOTH else frozenset().union(*enough)
        )
        waiting = list(found)
        while waiting:
            fresh = self._powerful.get(waiting.pop(), set()) - found
            found |= fresh
            waiting.extend(fresh)
        return found

    def _by_shares(self, x: str) -> frozenset[str]:
        """The companies below ``x`` of which it has enough, or that come with a power."""
        return frozenset(y for y in self._all_below(x) if x in self.over(y))

    def _all_below(self, x: str) -> set[str]:
        """Every company down to which a way of holdings or powers leads from ``x``."""
        seen, waiting = {x}, [x]
        while waiting:
            fresh = self._under.get(waiting.pop(), set()) - seen
            seen |= fresh
            waiting.extend(fresh)
        return seen

    @cached_property
    def _under(self) -> dict[str, set[str]]:
        """Of whom each holds something, or over whom it has a power."""
        under: dict[str, set[str]] = defaultdict(set)
        for owned, holders in self._above.items():
            for holder in holders:
                under[holder].add(owned)
        return dict(under)


def _added(some: _Measures, others: _Measures) -> _Measures:
    return tuple(one.plus(other) for one, other in zip(some, others, strict=True))


_ZERO, _WHOLE = Fraction(0), Fraction(1)


def _low(band: Band) -> Sum:
    return Sum(band.low, int(band.low_open))


def _by_people(holdings: Iterable[Holding], silent: frozenset[str]) -> dict[str, dict[str, Fraction]]:
    """What each holds of each, people as well: they are whose hands are looked at."""
    return money.capital_of(holdings) if silent else {}
