"""Where two worlds differ: which companies, and which people before which companies, are inside in one and not in the other.

Asked of stretches of days on which nothing changes in either, by the definition that served on each day. Pairs are counted
group by group, never one by one, so that a group of a thousand companies costs no more than its groups; of the pairs themselves
only some are named. Under a definition by which a company may stand in several groups the pairs are asked one by one, of the
first companies only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, islice, pairwise, product

from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.graph import World
from inward.core.classification.ladder import Kind, Verdict, decide
from inward.core.classification.nets import prepared
from inward.core.classification.surroundings import ends
from inward.core.terms.period import Period, boundaries

NAMED_MAX = 12
"""So many pairs of companies are named; the others are counted."""

STRETCHES_MAX = 60
"""So many stretches of days are looked at; a world that changes more often is cut, and says so."""

ASKED_MAX = 50
"""So many companies are asked about pair by pair, where they cannot be counted by groups; more are cut, and it is said."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Pairs of companies that are inside in the first world and not in the second during ``period``, or the reverse.

    ``outside`` and ``inside`` count all of them; of each, at most NAMED_MAX are named, in the order of ids. ``companies``
    are all that have a part in any of them.
    """

    period: Period
    outside: int
    inside: int
    named_outside: tuple[tuple[str, str], ...]
    named_inside: tuple[tuple[str, str], ...]
    companies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonTurned:
    """A person is another thing to these companies during ``period``: of one kind in the first world, another in the second."""

    person: str
    period: Period
    before: Kind
    after: Kind
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that turns, in the order of days. ``cut`` when not all days or people could be looked at."""

    companies: tuple[Turned, ...]
    people: tuple[PersonTurned, ...]
    cut: bool = False

    @property
    def touched(self) -> frozenset[str]:
        """The companies that have a part in anything that turns."""
        turned: tuple[Turned | PersonTurned, ...] = (*self.companies, *self.people)
        return frozenset(company for each in turned for company in each.companies)


def compare(
    before: World,
    after: World,
    *,
    definition: Definition | None = None,
    people_max: int = 20,
) -> Compared:
    """Where two worlds of the same parties differ. Only nets and people of which a fact differs are looked at.

    ``definition`` judges all days; left out, each day is judged by the one that serves prices on it (``World.usual``).
    """
    rules = _Rules(before, definition)
    work = set(before.work_relationships) ^ set(after.work_relationships)
    companies = set(_reached(before, after, rules))
    turned, cut = _companies(before, after, companies, rules)
    people = sorted(concerned({fact.person for fact in work}, before, after))
    found = [each for person in people[:people_max] for each in _person(before, after, person, rules)]
    return Compared(tuple(turned), tuple(found), cut=cut or len(people) > people_max)


def concerned(people: Iterable[str], before: World, after: World) -> frozenset[str]:
    """These people, those of their households in either world, and whoever belongs to a household in one of the two only."""
    found = set(people) | {home.member for home in set(before.households) ^ set(after.households)}
    homes = (home for world in (before, after) for person in tuple(found) for home in world.leaning.get(person, ()))
    return frozenset(found | {home.member for home in homes})


def reached(before: World, after: World, *, definition: Definition | None = None) -> frozenset[str]:
    """The companies whose standing a difference of shares or powers can touch: linked to it by any chain, at any time."""
    return _reached(before, after, _Rules(before, definition))


@dataclass(frozen=True, slots=True)
class _Rules:
    """Which definition judges which day: one for all, or those that serve the world."""

    world: World
    one: Definition | None

    def on(self, day: date) -> Definition:
        return self.world.definition_on(day) if self.one is None else self.one

    @property
    def all(self) -> tuple[Definition, ...]:
        """Every definition that may be asked, once."""
        if self.one is not None:
            return (self.one,)
        return tuple(dict.fromkeys((STRICT_MAJORITY, *(rule for _, rule in self.world.usual))))

    def stretches(self, periods: Iterable[Period]) -> tuple[list[Period], bool]:
        """The stretches of days between changes of facts or rules, the latest STRETCHES_MAX; and whether some were left out."""
        chosen = () if self.one is not None else tuple(period for period, _ in self.world.usual)
        days = set(boundaries((*periods, *chosen)))
        days = days.union(*(rule.first_days(days) for rule in self.all))
        edges: list[date | None] = [None, *sorted(days), None]
        found = [Period(start, until) for start, until in pairwise(edges)]
        return found[-STRETCHES_MAX:], len(found) > STRETCHES_MAX


# --- companies ---------------------------------------------------------------------------------------------------------


def _reached(before: World, after: World, rules: _Rules) -> frozenset[str]:
    parties = {party for fact in set(before.stakes) ^ set(after.stakes) for party in ends(fact)}
    parties |= {party for right in set(before.control_rights) ^ set(after.control_rights) for party in ends(right)}
    gone_up = {code for each in set(before.successions) ^ set(after.successions) for code in (each.company, each.into)}
    linked = (_net_of(parties | gone_up, before, after, rule) for rule in rules.all)
    return frozenset(gone_up.union(*linked))


def _net_of(parties: Collection[str], before: World, after: World, definition: Definition) -> set[str]:
    """The companies between which any chain of holdings runs to one of these parties, at any time, in either world."""
    found: set[str] = set()
    for world in (before, after) if parties else ():
        groups = prepared(world, definition)
        found |= {company for company in world.company if any(groups.net(company, each) for each in parties)}
    return found


def _companies(before: World, after: World, companies: set[str], rules: _Rules) -> tuple[list[Turned], bool]:
    worlds = (before, after)
    shares = [fact.period for world in worlds for fact in world.stakes if fact.owned in companies]
    powers = [fact.period for world in worlds for fact in world.control_rights if fact.target in companies]
    gone_up = [Period(each.since) for each in set(before.successions) ^ set(after.successions)]
    stretches, cut = rules.stretches((*shares, *powers, *gone_up))
    turned: list[Turned] = []
    for period in stretches if companies else ():
        rule = rules.on(_day_in(period))
        cut |= not rule.partitions and len(companies) > ASKED_MAX
        here = (_turned if rule.partitions else _asked)(before, after, companies, period, rule)
        last = turned[-1] if turned else None
        if last is not None and last.period.until == period.start and replace(here, period=last.period) == last:
            here = _joined(turned.pop(), here)
        if here.outside or here.inside:
            turned.append(here)
    return turned, cut and bool(companies)


def _turned(before: World, after: World, companies: set[str], period: Period, definition: Definition) -> Turned:
    """Companies that stand alike in both worlds make a cell; pairs turn between cells that share a head in one world only."""
    on = _day_in(period)
    was, now = prepared(before, definition), prepared(after, definition)
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for company in sorted(companies):
        heads = was.head(before.stands_for(company, on), on), now.head(after.stands_for(company, on), on)
        cells[heads].append(company)
    parted, joined = list(_between(cells, 0)), list(_between(cells, 1))
    members = frozenset(company for two in (*parted, *joined) for cell in two for company in cell)
    return Turned(period, _count(parted), _count(joined), _some(parted), _some(joined), members)


def _asked(before: World, after: World, companies: set[str], period: Period, definition: Definition) -> Turned:
    """Pair by pair: by such a definition one company may be inside with two that are not inside with each other."""
    on = _day_in(period)
    parted: list[tuple[str, str]] = []
    joined: list[tuple[str, str]] = []
    for pair in combinations(sorted(companies)[:ASKED_MAX], 2):
        was, now = (_inside(pair, world, on, definition) for world in (before, after))
        if was is not now:
            (parted if was else joined).append(pair)
    members = frozenset(company for pair in (*parted, *joined) for company in pair)
    some = tuple(parted[:NAMED_MAX]), tuple(joined[:NAMED_MAX])
    return Turned(period, len(parted), len(joined), *some, members)


def _inside(pair: tuple[str, str], world: World, on: date, definition: Definition) -> bool:
    """In either direction it is the same; what is not known is not inside."""
    supplier, customer = pair
    found = decide(supplier=supplier, customer=customer, world=world, on=on, definition=definition)
    return found.verdict is Verdict.INTERNAL


def _joined(one: Turned, other: Turned) -> Turned:
    """Two stretches that follow each other with the same consequence, as one."""
    return replace(other, period=Period(one.period.start, other.period.until))


def _between(cells: Mapping[tuple[str, str], list[str]], shared: int) -> Iterator[tuple[list[str], list[str]]]:
    """Two cells each that have their head in one world in common and not in the other."""
    by_head: dict[str, list[list[str]]] = defaultdict(list)
    for heads, members in cells.items():
        by_head[heads[shared]].append(members)
    for groups in by_head.values():
        yield from combinations(groups, 2)


def _count(cells: Iterable[tuple[list[str], list[str]]]) -> int:
    return sum(len(one) * len(other) for one, other in cells)


def _some(cells: Iterable[tuple[list[str], list[str]]]) -> tuple[tuple[str, str], ...]:
    pairs = (pair for one, other in cells for pair in product(one, other))
    some = islice(pairs, NAMED_MAX)
    return tuple(sorted((min(pair), max(pair)) for pair in some))


# --- people ------------------------------------------------------------------------------------------------------------


def _person(before: World, after: World, person: str, rules: _Rules) -> Iterator[PersonTurned]:
    """What becomes of one person before the companies she works for in either world, and those of their groups."""
    homes = {home for world in (before, after) for home in world.household.get(person, ())}
    earning = (person, *(home.person for home in homes))
    works = [work for world in (before, after) for each in earning for work in world.work.get(each, ())]
    named = {work.company for work in works}
    gone_up = {step for world in (before, after) for each in named for step in world.succeeded_by(each, date.max)}
    own = [fact.period for facts in (works, homes) for fact in facts]
    stretches, _ = rules.stretches([*own, *(Period(step.since) for step in gone_up)])
    for period in stretches:
        on = _day_in(period)
        definition = rules.on(on)
        turned: dict[tuple[Kind, Kind], list[str]] = defaultdict(list)
        for company in _around(named | {step.into for step in gone_up}, before, after, on, definition):
            kinds = tuple(
                decide(supplier=company, customer=person, world=world, on=on, definition=definition).kind
                for world in (before, after)
            )
            if kinds[0] is not kinds[1]:
                turned[kinds[0], kinds[1]].append(company)
        for (was, now), companies in turned.items():
            yield PersonTurned(person, period, was, now, tuple(companies))


def _around(employers: set[str], before: World, after: World, on: date, definition: Definition) -> list[str]:
    """The employers and the companies of their groups on the day, in either world; ASKED_MAX of those linked to them where
    groups overlap.
    """
    found: set[str] = set(employers)
    if not definition.partitions:
        linked = sorted(_net_of(employers, before, after, definition) - found)
        return sorted((found | set(linked[:ASKED_MAX])) & before.company.keys())
    for world in (before, after):
        groups = prepared(world, definition)
        heads = {groups.head(employer, on) for employer in employers}
        found |= {company for company in world.company if groups.head(company, on) in heads}
    return sorted(found)


# --- days --------------------------------------------------------------------------------------------------------------


def _day_in(period: Period) -> date:
    """A day of the period."""
    if period.start is not None:
        return period.start
    return date.max if period.until is None else period.until - timedelta(days=1)
