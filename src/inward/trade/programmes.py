"""A staff scheme tried on last year's orders before it starts: who would have paid what, and what it costs the company.

The scheme as it would be, with the prices that are entered for it, is taken as if it had held all year; everything else is as
it is known. What each person bought for herself is asked again in the order of time, so that limits and allowances run out as
they would have. Nothing is written and nobody is named: people are told by the kind of their work, and kinds of few people
together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import F

from inward.core.classification import WorkKind, World
from inward.core.pricing import PriceBook, PriceRule, Quote, Scheme, quote
from inward.core.pricing.revising import family
from inward.core.pricing.tally import Tally
from inward.core.terms import Money, Period, Refusal
from inward.parties import queries as parties
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


def opened(book: PriceBook, scheme: str) -> PriceBook:
    """The book as if the last version of a scheme, and the last version of each of its prices, had always held.

    Refusal when two rules could then both win.
    """
    last: dict[str, PriceRule] = {}
    for rule in sorted(book.rules, key=lambda each: each.period.start or date.min):
        if rule.scheme == scheme:
            last[family(rule.id)] = rule
    others = [rule for rule in book.rules if rule.scheme != scheme]
    versions = [each for code, found in book.scheme_versions.items() if code != scheme for each in found]
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
