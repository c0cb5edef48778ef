"""Dealings asked in two worlds: which would have had another verdict or another price, and what the books would hold. Pure.

Each dealing is asked on its own day, in both worlds with the same price book and as if every allowance had enough left, so
that only what is supposed shows. First the verdict of every dealing, reckoned once for the same two while nothing about them
begins or ends; then the price of those whose verdict differs, or whose work does.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from inward.core.bookkeeping import EntryKind, Role, SoldLine
from inward.core.classification import Kind, Standing, World, classify
from inward.core.classification.ladder import decide
from inward.core.pricing import Alike, PriceBook, TaxScope, tax_scope
from inward.core.terms import Currency, Money, Period, Reason, Refusal, boundaries
from inward.trade.deciding import Dealing, entries_for, for_books, settlements, sold_lines
from inward.trade.supposed import Dealt, Placed
from inward.trade.vocabulary import Settlement

_Place: TypeAlias = tuple[str, str, int, int, int]
_Stood: TypeAlias = tuple[Kind | None, Kind | None, bool]


@dataclass(frozen=True, slots=True)
class Side:
    """A dealing in one world: its standing, how it would be settled, what would be paid; or why it could not have been."""

    kind: Kind | None
    internal: bool
    settlement: Settlement | None
    total: Money | None
    why_not: Reason | None = None
    books: Kind | None = None
    """The kind by which it would be paid and posted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A dealing that differs: as it is with nothing supposed, and as it would be."""

    dealt: Dealt
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Posted:
    """What the books of a company hold in one place of the dealings that differ: debit above zero, credit below."""

    company: str
    kind: EntryKind
    role: Role
    before: Money
    after: Money


class Verdicts:
    """Which dealings may differ between two worlds, asked one by one; the verdict on the same two is reckoned once a stretch."""

    def __init__(self, before: World, after: World, *, companies: Collection[str], people: Collection[str]) -> None:
        """``companies`` are those whose standing may differ, ``people`` those whose work does."""
        self._worlds = (before, after)
        self._people = frozenset(people)
        touched = frozenset(companies)
        periods = [span for world in self._worlds for span, _ in (*world.usual, *world.for_books, *world.for_tax)]
        for world in self._worlds if touched else ():
            periods += [stake.period for stake in world.stakes if stake.owned in touched]
            periods += [right.period for right in world.control_rights if right.target in touched]
        periods += [Period(each.since) for world in self._worlds for each in world.successions]
        self._edges = boundaries(periods)
        self._days: dict[str, tuple[date, ...]] = {}
        self._known: dict[_Place, bool] = {}
        self._stood: dict[_Place, _Stood] = {}

    def may_differ(self, placed: Placed) -> bool:
        """Whether the verdict differs, or the price may although the verdict does not."""
        place = self._place(placed)
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = self._asked(placed.supplier, placed.customer, placed.on)
        return found

    def agrees(self, placed: Placed) -> bool:
        """Whether the verdict on this dealing, for price and books, and whether it is taxed, are in the second world as decided."""
        place = self._place(placed)
        if place not in self._stood:
            self._stood[place] = _stood(self._worlds[1], placed.supplier, placed.customer, placed.on)
        kind, posted, untaxed = self._stood[place]
        return kind is placed.kind and posted is placed.books and untaxed is placed.tax_group

    def _asked(self, supplier: str, customer: str, on: date) -> bool:
        if customer in self._people:
            return True
        one, other = (_stood(world, supplier, customer, on) for world in self._worlds)
        return one != other or len({work.company for work in self._worlds[0].work.get(customer, ())}) > 1

    def _place(self, placed: Placed) -> _Place:
        """The two, and the stretch of days in which nothing about them begins or ends."""
        supplier, customer, on = placed.supplier, placed.customer, placed.on
        own, other = bisect(self._own_days(supplier), on), bisect(self._own_days(customer), on)
        return supplier, customer, bisect(self._edges, on), own, other

    def _own_days(self, party: str) -> tuple[date, ...]:
        """The days on which a person's work, or a household she belongs to, or a unit's place, begins or ends."""
        found = self._days.get(party)
        if found is None:
            homes = [home for world in self._worlds for home in world.household.get(party, ())]
            earning = {party, *(home.person for home in homes)}
            homes += [home for world in self._worlds for home in world.leaning.get(party, ())]
            periods = [fact.period for world in self._worlds for each in earning for fact in world.work.get(each, ())]
            periods += [home.period for home in homes]
            periods += [unit.period for unit in self._worlds[0].unit.get(party, ())]
            found = self._days[party] = boundaries(periods)
        return found


class Prices:
    """Dealings that may differ, priced in both worlds; and what the books would hold of those that do."""

    def __init__(self, before: World, after: World, book: PriceBook) -> None:
        self._worlds, self._book = (before, after), book
        self._alike = (Alike(before, book), Alike(after, book))
        self._sums: tuple[_Sums, _Sums] = (_Sums(), _Sums())

    def differences(self, dealings: Iterable[Dealt]) -> Iterator[Difference]:
        """Those that differ, in the order given."""
        for dealt in dealings:
            asked = tuple(self._side(dealt, place) for place in (0, 1))
            (before, _, _), (after, _, _) = asked
            if (before.kind, before.total, before.settlement) != (after.kind, after.total, after.settlement):
                for place, (side, standing, sold) in enumerate(asked):
                    if standing is not None and side.settlement is not None:
                        self._sums[place].add(dealt, standing, side.settlement, sold)
                yield Difference(dealt, before, after)

    def now(self, dealt: Dealt) -> Side:
        """The dealing in the second world."""
        return self._side(dealt, 1)[0]

    def posted(self) -> tuple[Posted, ...]:
        """What the books hold of the differences so far, where the two worlds differ; by company, kind and place."""
        before, after = (sums.posted() for sums in self._sums)
        found = []
        for key in sorted(before.keys() | after.keys(), key=lambda key: (key[0], key[1].value, key[2].value, key[3])):
            company, kind, role, currency = key
            zero = Money.zero(currency)
            was, would = before.get(key, zero), after.get(key, zero)
            if was != would:
                found.append(Posted(company, kind, role, was, would))
        return tuple(found)

    def _side(self, dealt: Dealt, place: int) -> tuple[Side, Standing | None, tuple[SoldLine, ...]]:
        world = self._worlds[place]
        try:
            rule = world.definition_on(dealt.on)
            standing = classify(
                supplier=dealt.supplier, customer=dealt.customer, world=world, on=dealt.on, definition=rule
            )
        except Refusal as refusal:
            return Side(None, internal=False, settlement=None, total=None, why_not=refusal.reason), None, ()
        books = for_books(world, standing, supplier=dealt.supplier, customer=dealt.customer, on=dealt.on)
        ways = settlements(books, private=dealt.private, household=dealt.whom is not None)
        settlement = dealt.settlement if dealt.settlement in ways else ways[0]
        try:
            lines = self._alike[place].lines(
                supplier=dealt.supplier,
                customer=dealt.customer,
                standing=standing,
                on=dealt.on,
                wanted=dealt.lines,
                home=dealt.home(world),
            )
        except KeyError as gone:
            why = Reason.of("offering_gone", offering=str(gone.args[0]))
            return Side(standing.kind, standing.internal, settlement, None, why, books.kind), None, ()
        except Refusal as refusal:
            return Side(standing.kind, standing.internal, settlement, None, refusal.reason, books.kind), None, ()
        total = sum((line.gross for line in lines), start=Money.zero(lines[0].gross.currency))
        side = Side(standing.kind, standing.internal, settlement, total, books=books.kind)
        return side, books, sold_lines(self._book, lines)


class _Sums:
    """What would be sold, added up by what decides where it is posted, so that a year is posted in a few entries."""

    def __init__(self) -> None:
        self._sold: dict[tuple[object, ...], dict[str, SoldLine]] = defaultdict(dict)
        self._dealing: dict[tuple[object, ...], Dealing] = {}

    def add(self, dealt: Dealt, standing: Standing, settlement: Settlement, sold: Iterable[SoldLine]) -> None:
        sides = (standing.supplier_company, standing.customer_company)
        key = (standing.kind, settlement, *sides, dealt.private, dealt.total.currency)
        if key not in self._dealing:
            self._dealing[key] = Dealing(
                reference="",
                subject="",
                kind=standing.kind,
                settlement=settlement,
                supplier=dealt.supplier,
                supplier_company=standing.supplier_company,
                customer=dealt.customer,
                customer_company=standing.customer_company,
                cost_centre=dealt.cost_centre or dealt.customer,
                private=dealt.private,
            )
        by_code = self._sold[key]
        for line in sold:
            before = by_code.get(line.tax_code)
            by_code[line.tax_code] = line if before is None else _added(before, line)

    def posted(self) -> dict[tuple[str, EntryKind, Role, Currency], Money]:
        found: dict[tuple[str, EntryKind, Role, Currency], Money] = {}
        for key, dealing in self._dealing.items():
            for entry in entries_for(dealing, tuple(self._sold[key].values())):
                for line in entry.lines:
                    place = (entry.company, entry.kind, line.role, line.amount.currency)
                    found[place] = found.get(place, Money.zero(line.amount.currency)) + line.amount
        return found


def _added(one: SoldLine, other: SoldLine) -> SoldLine:
    cost = other.cost if one.cost is None else one.cost if other.cost is None else one.cost + other.cost
    credited = None
    if one.credited is not None or other.credited is not None:
        credited = (one.credited or one.net) + (other.credited or other.net)
    return SoldLine(one.net + other.net, one.tax + other.tax, one.tax_code, cost, credited)


def _stood(world: World, supplier: str, customer: str, on: date) -> _Stood:
    """As what a dealing is priced, for the books, and whether the two are one tax group; None where it could not be."""
    try:
        rule, books = world.definition_on(on), world.books_definition_on(on)
        decided = decide(supplier=supplier, customer=customer, world=world, on=on, definition=rule)
        kind = posted = decided.kind
        there = world.of_books  # as ``for_books`` has it
        if books != rule or (there is not world and books.ties):
            posted = decide(supplier=supplier, customer=customer, world=there, on=on, definition=books).kind
    except Refusal:
        return None, None, False
    both = (decided.supplier.company or decided.supplier.party, decided.customer.company)
    tax = tax_scope(world=world, kind=kind, companies=both, customer=customer, on=on)
    return kind, posted, tax is TaxScope.TAX_GROUP
