"""Counted items as they stand: which are counted and where, what is left of them, and the gate inside an order's write. Reads only.

Which items are counted is kept in memory while the version "stock" stands; the numbers are asked only of those. Why it is so:
docs/decisions/0183-an-order-holds-its-pieces-in-its-own-write.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Reason, Refusal
from inward.kit import kept as keeping
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.kit.writing import Counter, Rows
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy, shelves
from inward.trade.models import Stock, StockMove, WaitingPlace
from inward.trade.shelves import Available, Counted, Hold, Holding, Kept, Shelf
from inward.trade.vocabulary import StockMoveKind, WaitingKind

VERSION = "stock"
GATE = "stock:"
WAITING_GATE = "stock:waiting"
STOCK = ListSpec(
    {"offering": "offering__name", "place": "place", "short": "short"},
    {"offering": "offering__code", "place": "place", "supplier": "offering__supplier__code"},
    default="offering",
)
MOVES = ListSpec({"at": "id"}, {"offering": "offering__code", "place": "place", "kind": "kind"}, default="-at")
_TABLE = "trade_stock"
NO_PLACE = ""
_NOT_COUNTED = {"counted": False}
"""What a row needs beside its numbers where it was not there: that of no place alone is made so."""
_NUMBER_LENGTH = 19


@dataclass(frozen=True, slots=True)
class StockView:
    """An item counted at a place, for whoever counts it."""

    offering: Named
    supplier: Named
    counted: Counted
    answer_days: int = 3
    """Working days in which who waits takes what became free."""
    waiting: int = 0
    """How many wait for the item, at whichever place."""

    @property
    def key(self) -> str:
        """How addresses and the audit name it: ``coffee-machine:Oslo``."""
        return key_of(self.offering.code, self.counted.shelf.place)


@dataclass(frozen=True, slots=True)
class MoveView:
    """What lies at a place became more or less by so many pieces; ``order`` is the number of the order it was for."""

    id: int
    at: datetime
    offering: Named
    place: str
    kind: StockMoveKind
    pieces: int
    order: int | None


def key_of(offering: str, place: str) -> str:
    """The key of an item at a place."""
    return f"{offering}:{place}"


def which(key: str) -> dict[str, str]:
    """The row of a key, as a filter. NotThere for what is no key."""
    offering, mark, place = key.rpartition(":")
    if not mark:
        raise NotThere
    return {"offering__code": offering, "place": place}


def left_of(offerings: Iterable[str]) -> dict[str, Available]:
    """What is left of those of these items that are counted; one query, none where none is."""
    known = _known.value()
    found = [shelf for code in dict.fromkeys(offerings) for shelf in known.get(code, ())]
    if not found:
        return {}
    rows = Stock.objects.filter(pk__in=[shelf.key for shelf in found]).values_list("pk", "promised", "short")
    numbers = {pk: (promised, short) for pk, promised, short in rows}
    return shelves.available(Counted(shelf, *numbers[shelf.key]) for shelf in found if shelf.key in numbers)


def left_seen(*, viewer: Actor, at: datetime, offering: str) -> Available | None:
    """What is left of an item of the shop, for whoever sees the shop; None where it is not counted. NotThere for no such item."""
    found = catalogue.offering(viewer=viewer, at=at, code=offering)
    return left_of([found.code]).get(found.code)


def holds_for(lines: Sequence[Wanted], *, customer: str, on: date) -> tuple[Hold, ...]:
    """Where the pieces of an order's lines are held, those first that were kept for this customer while she waited.

    Refusal (stock_…) where they are not there; none for what is not counted.
    """
    left = left_for(lines)
    return _held(lines, left, kept_for(customer, left), on)


def kept_for(customer: str, offerings: Iterable[str]) -> dict[str, Kept]:
    """What is held for somebody who waited, by item; one query, none for no item."""
    asked = list(offerings)
    if not asked:
        return {}
    rows = WaitingPlace.objects.filter(
        customer__code=customer, offering__code__in=asked, stock__isnull=False, end__isnull=True
    )
    found = rows.order_by("-id").values_list("offering__code", "pk", "stock_id", "pieces")
    return {offering: Kept(pk, place or 0, pieces) for offering, pk, place, pieces in found}


def waiting_rows(holds: Sequence[Hold], *, order: int, at: datetime) -> tuple[Rows, ...]:
    """That what was kept is taken by the order: rows that can be there once."""
    taken = [hold.kept.waiting for hold in holds if hold.kept is not None]
    return tuple(ended(waiting, WaitingKind.TAKEN, at, order) for waiting in taken)


def ended(waiting: int, kind: WaitingKind, at: datetime, order: int | None = None) -> Rows:
    """The row that ends somebody's waiting; it closes its gate where another has ended it."""
    return Rows(
        table="trade_waitingend",
        columns=("waiting_id", "kind", "at", "order_id"),
        types=("bigint", "text", "timestamptz", "bigint"),
        rows=((waiting, kind.value, at, order),),
        gate=WAITING_GATE,
    )


def left_for(lines: Sequence[Wanted]) -> dict[str, Available]:
    """What is left of the items of these lines, of those that are counted and do not run on."""
    book = catalogue.price_book().offerings
    return left_of(line.offering for line in lines if book[line.offering].plan is None)


def missing(lines: Sequence[Wanted], left: Mapping[str, Available], *, customer: str, on: date) -> Reason | None:
    """Why these lines could not be ordered now; None where they could."""
    try:
        _held(lines, left, kept_for(customer, left), on)
    except Refusal as refusal:
        return refusal.reason
    return None


def _held(
    lines: Sequence[Wanted], left: Mapping[str, Available], kept: Mapping[str, Kept], on: date
) -> tuple[Hold, ...]:
    holding = Holding(dict(left), on, catalogue.offering_names(list(left)), dict(kept))
    for position, line in enumerate(lines, 1):
        holding.serve(position, line.offering, line.quantity)
    return tuple(holding.holds)


def gates(holds: Sequence[Hold], *, offerings: Mapping[str, int]) -> tuple[Counter, ...]:
    """One compare-and-set for each place: promised beyond what lies there stays at most zero, inside the write itself."""
    return tuple(
        move(offerings[shelf.offering], shelf.place, promised=pieces, short=pieces, bound=not shelf.back_order)
        for shelf, pieces in shelves.by_shelf(holds).values()
    )


def move(offering: int, place: str, *, promised: int = 0, short: int = 0, bound: bool = False) -> Counter:
    """Add to the two numbers of an item (by its key) at a place; ``bound`` refuses what passes what lies there."""
    return Counter(
        name=f"{GATE}{offering}:{place}",
        table=_TABLE,
        key={"offering_id": offering, "place": place},
        add={"promised": promised, "short": short},
        limits={"short": 0} if bound else {},
        insert=_NOT_COUNTED,
    )


def line(offering: int) -> Counter:
    """The right to act on the list of those who wait for an item (by its key), until the transaction ends.

    It is a row of the same table with no place, so that one write takes it and the rows of places in the one order of all acts.
    """
    return move(offering, NO_PLACE)


def listed(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[StockView]:
    """What is counted, for those who may count it. ``text`` looks in names, codes and places. Refused for others."""
    require(policy.may_count_something(viewer, on=at.date()))
    rows = Stock.objects.filter(_kept_by(viewer, at.date()), counted=True).select_related("offering__supplier")
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(
            Q(offering__name__icontains=text) | Q(offering__code__icontains=text) | Q(place__icontains=text)
        )
    found = page(rows, STOCK, params)
    waits = _how_many(found.rows)
    return found.map(lambda row: _view(row, waits))


def one(*, viewer: Actor, at: datetime, key: str) -> StockView:
    """One item at a place. NotThere where it is not counted, and for whoever does not count it."""
    rows = Stock.objects.filter(_kept_by(viewer, at.date()), counted=True, **which(key))
    found = rows.select_related("offering__supplier").first()
    if found is None:
        raise NotThere
    return _view(found, _how_many([found]))


def moves(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[MoveView]:
    """What became more or less, the latest first, for those who count it. Refused for others."""
    require(policy.may_count_something(viewer, on=at.date()))
    rows = StockMove.objects.filter(_kept_by(viewer, at.date())).select_related("offering", "order")
    return page(rows, MOVES, params).map(_move)


def move_of(*, viewer: Actor, at: datetime, key: str) -> MoveView:
    """One row of the history by its number. NotThere for none, and for whoever does not count it."""
    rows = StockMove.objects.filter(_kept_by(viewer, at.date())).select_related("offering", "order")
    found = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < _NUMBER_LENGTH else None
    if found is None:
        raise NotThere
    return _move(found)


def places_of(*, viewer: Actor, on: date) -> tuple[str, ...]:
    """The places at which something is counted that the viewer counts, by name."""
    rows = Stock.objects.filter(_kept_by(viewer, on), counted=True).order_by("place")
    return tuple(rows.values_list("place", flat=True).distinct())


def _kept_by(viewer: Actor, on: date) -> Q:
    over = policy.counted_by(viewer, on=on)
    return Q(offering__isnull=False) if over is None else Q(offering__supplier__code__in=sorted(over))


def _how_many(rows: Sequence[Stock]) -> Mapping[int, int]:
    """How many wait for these items, by key, and have nothing held; one query."""
    asked = {row.offering_id for row in rows}
    waits = WaitingPlace.objects.filter(offering_id__in=asked, stock=None, end__isnull=True)
    return dict(waits.values_list("offering_id").annotate(Count("pk")).order_by())


def _view(row: Stock, waits: Mapping[int, int]) -> StockView:
    offering, supplier = row.offering, row.offering.supplier
    return StockView(
        Named(offering.code, offering.name),
        parties.told(supplier.code, supplier.name),
        Counted(_shelf(row), row.promised, row.short),
        row.answer_days,
        waits.get(row.offering_id, 0),
    )


def _move(row: StockMove) -> MoveView:
    number = None if row.order is None else row.order.number
    offering = Named(row.offering.code, row.offering.name)
    return MoveView(row.pk, row.at, offering, row.place, StockMoveKind(row.kind), row.pieces, number)


def _shelf(row: Stock) -> Shelf:
    return Shelf(row.pk, row.offering.code, row.place, row.back_order, row.expected)


def _read(_number: int) -> Mapping[str, tuple[Shelf, ...]]:
    found: dict[str, list[Shelf]] = defaultdict(list)
    for row in Stock.objects.filter(counted=True).select_related("offering").order_by("place", "id"):
        found[row.offering.code].append(_shelf(row))
    return {offering: tuple(each) for offering, each in found.items()}


_known: keeping.Kept[Mapping[str, tuple[Shelf, ...]]] = keeping.Kept(VERSION, _read)
