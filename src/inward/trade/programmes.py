"""A staff scheme tried on last year's orders before it starts: who would have paid what, and what it costs the company.

The scheme as it would be, with the prices that are entered for it, is taken as if it had held all year; everything else is as
it is known. What each person bought for herself is asked again in the order of time, so that limits and allowances run out as
they would have. Two schemes of a supplier are tried side by side, each as if it alone of the two had held. Nothing is written and nobody is named: people are told by the kind of their work, and kinds of few people
together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import F

from inward.catalogue import policy as catalogue_policy
from inward.catalogue import queries as catalogue
from inward.core.classification import WorkKind, World
from inward.core.pricing import PriceBook, PriceRule, Quote, Scheme, quote
from inward.core.pricing.revising import family
from inward.core.pricing.tally import Tally
from inward.core.terms import Money, Period, Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import policy
from inward.trade.models import Order
from inward.trade.supposed import Dealt, dealt
from inward.trade.vocabulary import OrderState

DAYS_BACK = 365
ORDERS_MAX = 1_000
"""So many orders are asked again, the newest; a preview is waited for."""
PEOPLE_MIN = policy.FEWEST_PEOPLE
"""A kind of work with fewer people than this is told together with others, or not at all: sums of one are her purchases.
So is one in which the scheme had priced for fewer: sums that only she moves are hers as well."""


@dataclass(frozen=True, slots=True)
class GroupTried:
    """What people of one kind of work bought: how many of them, their orders, and sums with tax.

    ``kind`` is None for kinds of few people together. ``paid`` is what was asked then, ``would`` what the scheme had asked,
    ``saving`` what it had left below the ordinary price, ``below_cost`` what it had taken less than the cost (without tax).
    """

    kind: WorkKind | None
    people: int
    orders: int
    paid: Money
    would: Money
    saving: Money
    below_cost: Money

    @property
    def difference(self) -> Money:
        """What they had paid less (below zero) or more."""
        return self.would - self.paid


@dataclass(frozen=True, slots=True)
class ProgrammeTried:
    """A scheme tried on the orders of a year: by kind of work, and in how many orders it had priced something.

    ``by_scheme`` is None where it had priced for too few people to tell. ``unpriced`` could not be ordered any more, ``kept_back``
    were bought by too few people, or priced by the scheme for too few; neither is in a sum.
    ``cut`` says that only the newest orders were asked.
    """

    since: date
    groups: tuple[GroupTried, ...]
    orders: int
    by_scheme: int | None
    unpriced: int
    kept_back: int
    cut: bool


@dataclass(frozen=True, slots=True)
class SideSums:
    """What a group would have paid under one of two schemes, and what that costs: below the ordinary price, below the cost."""

    would: Money
    saving: Money
    below_cost: Money


@dataclass(frozen=True, slots=True)
class GroupBeside:
    """What people of one kind of work bought, and what they would have paid under each of two schemes. ``kind`` as above."""

    kind: WorkKind | None
    people: int
    orders: int
    paid: Money
    sides: tuple[SideSums, SideSums]


@dataclass(frozen=True, slots=True)
class BesideTried:
    """Two schemes tried on the orders of a year, side by side; ``by_scheme`` in how many orders each had priced something.

    ``together`` is the sum of all groups that are told, one for each currency of several groups. The rest as above.
    """

    since: date
    schemes: tuple[str, str]
    groups: tuple[GroupBeside, ...]
    together: tuple[GroupBeside, ...]
    orders: int
    by_scheme: tuple[int | None, int | None]
    unpriced: int
    kept_back: int
    cut: bool


def beside(*, viewer: Actor, at: datetime, one: str, other: str) -> BesideTried:
    """Ask last year's private orders of two schemes' supplier again under each of them, as it is known last. Three queries.

    NotThere for a scheme that is not there. Refused for whoever keeps not both. Refusal for one and the same, for schemes of two
    suppliers, and where the prices of one then meet those of a third: which had won cannot be said.
    """
    book, world = catalogue.price_book(), parties.world(purpose=Purpose.PRICE)
    if one not in book.schemes or other not in book.schemes:
        raise NotThere
    suppliers = [book.schemes[code].supplier for code in (one, other)]
    for supplier in suppliers:
        require(catalogue_policy.may_price(viewer, supplier=supplier, on=at.date()))
    if one == other:
        raise Refusal(Reason.of("schemes_alike"), where="other")
    if suppliers[0] != suppliers[1]:
        raise Refusal(Reason.of("schemes_of_two_suppliers"), where="other")
    sides = (opened(book, one, without=other), opened(book, other, without=one))
    since = at - timedelta(days=DAYS_BACK)
    found = _bought(suppliers[0], since)
    told = _beside(world, sides, (one, other), dealt(sorted(found[:ORDERS_MAX])))
    return replace(told, since=since.date(), cut=len(found) > ORDERS_MAX)


def tried_programme(*, world: World, after: PriceBook, scheme: str, at: datetime) -> ProgrammeTried | None:
    """Ask last year's private orders of the scheme's supplier again, as if the scheme had held all year.

    ``after`` is the price book with the scheme as it would be. None where its prices then meet those of another scheme: which
    of two had won cannot be said. It asks no policy: the caller does. Three queries.
    """
    on = at.date()
    try:
        book = opened(after, scheme)
    except Refusal:
        return None
    supplier, since = book.schemes[scheme].supplier, on - timedelta(days=DAYS_BACK)
    found = _bought(supplier, at - timedelta(days=DAYS_BACK))
    orders = dealt(sorted(found[:ORDERS_MAX]))
    return replace(_tried(world, book, scheme, orders), since=since, cut=len(found) > ORDERS_MAX)


def _bought(supplier: str, since: datetime) -> list[int]:
    """The keys of what people bought of the supplier for themselves, newest first; one more than are asked."""
    rows = Order.objects.filter(
        supplier_id=parties.keys()[supplier], person_id=F("customer_id"), placed_at__gte=since
    ).exclude(state__in=(OrderState.CANCELLED.value, OrderState.DECLINED.value))
    return list(rows.order_by("-id").values_list("id", flat=True)[: ORDERS_MAX + 1])


def opened(book: PriceBook, scheme: str, *, without: str | None = None) -> PriceBook:
    """The book as if the last version of a scheme, and the last version of each of its prices, had always held; and one other
    scheme (``without``) never.

    Refusal when two rules could then both win.
    """
    last: dict[str, PriceRule] = {}
    for rule in sorted(book.rules, key=lambda each: each.period.start or date.min):
        if rule.scheme == scheme:
            last[family(rule.id)] = rule
    gone = {scheme, without} - {None}
    others = [rule for rule in book.rules if rule.scheme not in gone]
    versions = [each for code, found in book.scheme_versions.items() if code not in gone for each in found]
    return PriceBook.of(
        offerings=book.offerings.values(),
        categories=book.categories,
        costs=book.costs,
        rules=[*others, *(replace(rule, period=Period()) for rule in last.values())],
        schemes=[*versions, replace(book.schemes[scheme], period=Period())],
        taxes=book.taxes,
        version=book.version,
        suspensions=book.suspensions,
        comparables=book.comparables,
    )


@dataclass
class _Sums:
    """What one group comes to, while it is counted."""

    people: set[str] = field(default_factory=set)
    priced: set[str] = field(default_factory=set)
    """Those of them for whom the scheme had priced something."""
    orders: list[tuple[Dealt, Quote]] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        """Whether it is told: by nobody's purchases alone, and nobody's alone by which the scheme moves it."""
        return len(self.people) >= PEOPLE_MIN and _enough(self.priced)


def _tried(world: World, book: PriceBook, scheme: str, orders: Iterable[Dealt]) -> ProgrammeTried:
    tallies: dict[str, Tally] = defaultdict(Tally)
    groups: dict[tuple[WorkKind | None, str], _Sums] = defaultdict(_Sums)
    priced: set[str] = set()
    asked = by_scheme = unpriced = 0
    for order in orders:
        asked += 1
        quoted = _quoted(world, book, order, tallies[order.customer])
        if quoted is None or quoted.total.currency != order.total.currency:
            unpriced += 1
            continue
        tallies[order.customer].add(quoted.allowances)
        sums = groups[_kind(world, book.schemes[scheme], order), order.total.currency]
        sums.people.add(order.customer)
        if any(part.scheme == scheme for line in quoted.lines for part in line.parts):
            by_scheme += 1
            sums.priced.add(order.customer)
            priced.add(order.customer)
        sums.orders.append((order, quoted))
    told, kept_back = _told(groups)
    return ProgrammeTried(
        since=date.min,
        groups=told,
        orders=asked,
        by_scheme=by_scheme if _enough(priced) else None,
        unpriced=unpriced,
        kept_back=kept_back,
        cut=False,
    )


@dataclass
class _SumsBeside:
    """What one group comes to under each of two schemes, while it is counted."""

    people: set[str] = field(default_factory=set)
    moved: tuple[set[str], set[str], set[str]] = field(default_factory=lambda: (set(), set(), set()))
    """Those of them for whom one had priced something, for whom the other had, and who had paid otherwise under the two."""
    orders: list[tuple[Dealt, Quote, Quote]] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        """Whether it is told: nobody's purchases alone, and nothing by which one or two people alone could be read."""
        return len(self.people) >= PEOPLE_MIN and all(map(_enough, self.moved))

    def add(self, other: "_SumsBeside") -> None:
        """Count another group in."""
        self.people |= other.people
        for mine, others in zip(self.moved, other.moved, strict=True):
            mine.update(others)
        self.orders += other.orders


def _beside(
    world: World, books: tuple[PriceBook, PriceBook], schemes: tuple[str, str], orders: Iterable[Dealt]
) -> BesideTried:
    tallies: tuple[dict[str, Tally], dict[str, Tally]] = (defaultdict(Tally), defaultdict(Tally))
    groups: dict[tuple[WorkKind | None, str], _SumsBeside] = defaultdict(_SumsBeside)
    named = [books[place].schemes[code] for place, code in enumerate(schemes)]
    either = replace(named[0], work_kinds=named[0].work_kinds | named[1].work_kinds)
    priced: tuple[set[str], set[str]] = (set(), set())
    counts, asked, unpriced = [0, 0], 0, 0
    for order in orders:
        asked += 1
        quotes = [
            _quoted(world, book, order, tally[order.customer]) for book, tally in zip(books, tallies, strict=True)
        ]
        one, other = quotes
        if one is None or other is None or {one.total.currency, other.total.currency} != {order.total.currency}:
            unpriced += 1
            continue
        sums = groups[_kind(world, either, order), order.total.currency]
        for place, (quoted, code) in enumerate(zip((one, other), schemes, strict=True)):
            tallies[place][order.customer].add(quoted.allowances)
            if any(part.scheme == code for line in quoted.lines for part in line.parts):
                counts[place] += 1
                sums.moved[place].add(order.customer)
                priced[place].add(order.customer)
        if one.total != other.total:
            sums.moved[2].add(order.customer)
        sums.people.add(order.customer)
        sums.orders.append((order, one, other))
    told, kept_back = _told_beside(groups)
    return BesideTried(
        since=date.min,
        schemes=schemes,
        groups=told,
        together=_together(told),
        orders=asked,
        by_scheme=(counts[0] if _enough(priced[0]) else None, counts[1] if _enough(priced[1]) else None),
        unpriced=unpriced,
        kept_back=kept_back,
        cut=False,
    )


def _told_beside(
    groups: dict[tuple[WorkKind | None, str], _SumsBeside],
) -> tuple[tuple[GroupBeside, ...], int]:
    """As ``_told``: groups of enough people by kind, the others together where they are enough then."""
    told: list[GroupBeside] = []
    few: dict[str, _SumsBeside] = defaultdict(_SumsBeside)
    for (kind, currency), sums in sorted(groups.items(), key=lambda item: (_name(item[0][0]), item[0][1])):
        if kind is not None and sums.enough:
            told.append(_group_beside(kind, sums))
        else:
            few[currency].add(sums)
    told += [_group_beside(None, sums) for sums in few.values() if sums.enough]
    return tuple(told), sum(len(sums.orders) for sums in few.values() if not sums.enough)


def _group_beside(kind: WorkKind | None, sums: _SumsBeside) -> GroupBeside:
    zero = Money.zero(sums.orders[0][0].total.currency)
    return GroupBeside(
        kind=kind,
        people=len(sums.people),
        orders=len(sums.orders),
        paid=sum((order.total for order, _, _ in sums.orders), start=zero),
        sides=(_side([one for _, one, _ in sums.orders], zero), _side([other for _, _, other in sums.orders], zero)),
    )


def _side(quotes: Sequence[Quote], zero: Money) -> SideSums:
    lines = [line for quoted in quotes for line in quoted.lines]
    return SideSums(
        would=sum((quoted.total for quoted in quotes), start=zero),
        saving=sum((line.saving for line in lines), start=zero),
        below_cost=sum((_below(line.cost, line.net) for line in lines), start=zero),
    )


def _together(groups: Sequence[GroupBeside]) -> tuple[GroupBeside, ...]:
    """The sum of the groups of a currency, where there are several."""
    found: dict[str, list[GroupBeside]] = defaultdict(list)
    for each in groups:
        found[each.paid.currency].append(each)
    return tuple(_summed(some) for _, some in sorted(found.items()) if len(some) > 1)


def _summed(groups: Sequence[GroupBeside]) -> GroupBeside:
    zero = Money.zero(groups[0].paid.currency)

    def of(place: int) -> SideSums:
        sides = [each.sides[place] for each in groups]
        return SideSums(
            sum((side.would for side in sides), start=zero),
            sum((side.saving for side in sides), start=zero),
            sum((side.below_cost for side in sides), start=zero),
        )

    return GroupBeside(
        kind=None,
        people=sum(each.people for each in groups),
        orders=sum(each.orders for each in groups),
        paid=sum((each.paid for each in groups), start=zero),
        sides=(of(0), of(1)),
    )


def _enough(priced: Collection[str]) -> bool:
    return not priced or len(priced) >= PEOPLE_MIN


def _quoted(world: World, book: PriceBook, order: Dealt, tally: Tally) -> Quote | None:
    """What the order had cost; None when it could not be ordered at all."""
    try:
        return quote(
            world=world,
            book=book,
            supplier=order.supplier,
            customer=order.customer,
            on=order.on,
            lines=order.lines,
            used=tally.used,
            home=order.home(world),
        )
    except (Refusal, KeyError):
        return None


def _kind(world: World, scheme: Scheme, order: Dealt) -> WorkKind | None:
    """The kind of her work on the day of the order: of several the one that the scheme names, then the one that began first."""
    working = [work for work in world.work.get(order.customer, ()) if order.on in work.period]
    ranked = sorted(
        working, key=lambda work: (work.kind not in scheme.work_kinds, work.period.start or date.min, work.id)
    )
    return ranked[0].kind if ranked else None


def _told(groups: dict[tuple[WorkKind | None, str], _Sums]) -> tuple[tuple[GroupTried, ...], int]:
    """Groups of enough people by kind, the others together where they are enough then; and how many orders are in none."""
    told: list[GroupTried] = []
    few: dict[str, _Sums] = defaultdict(_Sums)
    for (kind, currency), sums in sorted(groups.items(), key=lambda item: (_name(item[0][0]), item[0][1])):
        if kind is not None and sums.enough:
            told.append(_group(kind, sums))
        else:
            few[currency].people |= sums.people
            few[currency].priced |= sums.priced
            few[currency].orders += sums.orders
    told += [_group(None, sums) for sums in few.values() if sums.enough]
    return tuple(told), sum(len(sums.orders) for sums in few.values() if not sums.enough)


def _name(kind: WorkKind | None) -> str:
    return "" if kind is None else kind.value


def _group(kind: WorkKind | None, sums: _Sums) -> GroupTried:
    zero = Money.zero(sums.orders[0][0].total.currency)
    quotes = [quoted for _, quoted in sums.orders]
    lines = [line for quoted in quotes for line in quoted.lines]
    return GroupTried(
        kind=kind,
        people=len(sums.people),
        orders=len(sums.orders),
        paid=sum((order.total for order, _ in sums.orders), start=zero),
        would=sum((quoted.total for quoted in quotes), start=zero),
        saving=sum((line.saving for line in lines), start=zero),
        below_cost=sum((_below(line.cost, line.net) for line in lines), start=zero),
    )


def _below(cost: Money | None, net: Money) -> Money:
    """How much less than the cost is taken; nothing where the cost is not known, or is covered."""
    nothing = Money.zero(net.currency)
    return nothing if cost is None or cost.currency != net.currency else max(cost - net, nothing)
