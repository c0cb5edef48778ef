"""Items are counted at places, no longer counted, and what becomes of orders moves what is promised and what lies there."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Sum

from inward.catalogue import queries as catalogue
from inward.core.terms import Reason, Refusal
from inward.core.terms.reading import Fields
from inward.kit import audit, versions
from inward.kit.actor import Actor
from inward.kit.intake import Row, Tables
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction, transaction_required
from inward.kit.undoing import Journal
from inward.kit.writing import WriteSet, write
from inward.parties.operations.bringing import Bringing, RowsReport
from inward.trade import policy, stock
from inward.trade.models import PLACE_LENGTH_MAX, Order, OrderLine, Stock, StockMove
from inward.trade.operations.waiting import pass_on
from inward.trade.vocabulary import StockMoveKind

COUNT_MAX = 1_000_000_000
ANSWER_DAYS, ANSWER_DAYS_MAX = 3, 60
STOCK_COLUMNS = ("item", "lies_at", "pieces", "back_order", "expected", "answer_days", "source")
STOCK_REQUIRED = ("item", "lies_at", "pieces")
_NOT_IN_PLACES = "/:"


def count_stock(
    *,
    by: Actor,
    at: datetime,
    offering: str,
    place: str,
    pieces: int,
    back_order: bool = False,
    expected: date | None = None,
    answer_days: int = ANSWER_DAYS,
    source: str = "",
    journal: Journal | None = None,
) -> str:
    """Say how many pieces of an item lie at a place, those that orders hold included; returns the key.

    ``back_order`` lets it be ordered beyond that, ``expected`` is by when more comes, ``answer_days`` are the working days in which
    whoever waits takes what became free.

    1. Refuse what policy refuses, what runs from period to period, a place, count or day that is none.
    2. Lock the row; write; add the difference to the history.   3. Where what is kept in memory moves, bump.
    4. Ask whoever waits.   5. Audit.
    Raises Refused, Refusal, NotThere (no such item).
    """
    known = catalogue.price_book().offerings.get(offering)
    if known is None:
        raise NotThere
    require(policy.may_count(by, supplier=known.supplier, on=at.date()))
    place = " ".join(place.split())
    _check(
        known.name or offering, place, pieces, expected, at.date(), answer_days=answer_days, runs=known.plan is not None
    )
    with transaction():
        write(WriteSet(gates=(stock.line(catalogue.offering_keys()[offering]),)))
        row, new = Stock.objects.select_for_update().get_or_create(
            offering_id=catalogue.offering_keys()[offering],
            place=place,
            defaults={"promised": 0, "short": 0, "counted": False, "back_order": back_order, "expected": expected},
        )
        there = row.promised - row.short
        before = {name: getattr(row, name) for name in ("short", "counted", "back_order", "expected", "answer_days")}
        row.short, row.counted = row.promised - pieces, True
        row.back_order, row.expected, row.answer_days = back_order, expected, answer_days
        row.save(update_fields=list(before))
        _moved(by, at, row.offering_id, place, StockMoveKind.COUNTED, pieces - there)
        _journaled(journal, row, before, new=new)
        if before != {**before, "counted": True, "back_order": back_order, "expected": expected}:
            versions.bump(stock.VERSION)
        pass_on(by=by, at=at, places={row.pk})
        facts: dict[str, Any] = {
            "pieces": pieces,
            "before": there if before["counted"] else None,
            "back_order": back_order,
        }
        facts |= {"expected": None if expected is None else expected.isoformat(), "source": source}
        audit.record(by=by, at=at, act="trade.count_stock", thing=f"stock {stock.key_of(offering, place)}", facts=facts)
    return stock.key_of(offering, place)


def stop_counting(*, by: Actor, at: datetime, key: str, source: str = "") -> None:
    """Count an item at a place no longer; orders that hold pieces there keep them, new ones are held to nothing there.

    1. NotThere for what is not counted; refuse what policy refuses.   2. Write, bump, audit.
    Raises Refused, NotThere.
    """
    found = Stock.objects.filter(counted=True, **stock.which(key)).select_related("offering__supplier").first()
    if found is None:
        raise NotThere
    require(policy.may_count(by, supplier=found.offering.supplier.code, on=at.date()))
    with transaction():
        write(WriteSet(gates=(stock.line(found.offering_id),)))
        Stock.objects.filter(pk=found.pk).update(counted=False)
        versions.bump(stock.VERSION)
        pass_on(by=by, at=at, places={found.pk})
        audit.record(by=by, at=at, act="trade.stop_counting", thing=f"stock {key}", facts={"source": source})


def import_stock(
    *,
    by: Actor,
    at: datetime,
    tables: Tables,
    good_rows: bool = False,
    dry_run: bool = False,
    source: str = "",
    journal: Journal | None = None,
) -> RowsReport:
    """Bring in counts, one on each row; a place that is left out stays as it is.

    1. Refuse whoever counts nothing.   2. Each row by ``count_stock``, with all that it refuses.
    3. Undo all of it where a row was refused, unless ``good_rows``, and on a dry run.
    Raises Refused.
    """
    require(policy.may_count_something(by, on=at.date()))
    coming = _Counts(by, at, source)
    coming.journal = journal or Journal()
    return coming.bring(tables.get("stock", ()), good_rows=good_rows, dry_run=dry_run)


@transaction_required
def history_agrees(*, by: Actor, at: datetime) -> int:
    """After counts of a file were taken back: add to the history what makes it agree with what lies there; returns how many rows."""
    told = {
        (row["offering_id"], row["place"]): row["pieces"]
        for row in StockMove.objects.values("offering_id", "place").annotate(pieces=Sum("pieces")).order_by()
    }
    there = {(row.offering_id, row.place): row.promised - row.short for row in Stock.objects.all()}
    wrong = {where: there.get(where, 0) - pieces for where, pieces in told.items() if there.get(where, 0) != pieces}
    for (offering, place), pieces in sorted(wrong.items()):
        _moved(by, at, offering, place, StockMoveKind.TAKEN_BACK, pieces)
    return len(wrong)


@transaction_required
def let_go(*, by: Actor, at: datetime, pieces: Mapping[OrderLine, int]) -> None:
    """Pieces that lines held are free again; whoever waits for them is asked."""
    _count(pieces, promised=-1, short=-1)
    pass_on(by=by, at=at, places=_held(pieces))


@transaction_required
def promised_again(*, by: Actor, at: datetime, pieces: Mapping[OrderLine, int]) -> None:
    """Pieces that were handed over did not come, or are brought again: they are owed, and nothing lies there for them."""
    _count(pieces, promised=1, short=1)


@transaction_required
def handed_over(*, by: Actor, at: datetime, order: Order, pieces: Mapping[OrderLine, int]) -> None:
    """Pieces that lines held do not lie there any more. Never refused, also beyond what was counted: it has happened."""
    _count(pieces, promised=-1)
    _order_moved(by, at, order, StockMoveKind.HANDED_OVER, pieces, -1)


@transaction_required
def came_back(*, by: Actor, at: datetime, order: Order, pieces: Mapping[OrderLine, int]) -> None:
    """Pieces that had been handed over lie there again."""
    _count(pieces, short=-1)
    _order_moved(by, at, order, StockMoveKind.CAME_BACK, pieces, 1)
    pass_on(by=by, at=at, places=_held(pieces))


class _Counts(Bringing):
    fields: ClassVar = STOCK_COLUMNS
    required: ClassVar = STOCK_REQUIRED
    blamed: ClassVar = "item"
    journal: Journal

    def all(self, rows: Iterable[Row]) -> None:
        """Each as it comes."""
        for row in rows:
            self.one(row, self._counted)

    def named(self, row: Row) -> str:
        """The item."""
        return str(row.values.get("item", ""))

    def _counted(self, fields: Fields) -> None:
        item, place = fields.text("item"), fields.text("lies_at")
        known = Stock.objects.filter(counted=True, offering__code=item, place=" ".join(place.split())).exists()
        count_stock(
            by=self.by,
            at=self.at,
            offering=item,
            place=place,
            pieces=fields.whole("pieces"),
            back_order=fields.flag("back_order") if fields.has("back_order") else False,
            expected=fields.day("expected") if fields.has("expected") else None,
            answer_days=fields.whole("answer_days") if fields.has("answer_days") else ANSWER_DAYS,
            source=fields.text_or_none("source") or self.source,
            journal=self.journal,
        )
        self.added += not known
        self.changed += known


def _check(
    name: str, place: str, pieces: int, expected: date | None, today: date, *, answer_days: int, runs: bool
) -> None:
    if runs:
        raise Refusal(Reason.of("stock_not_of_running", offering=name), where="item")
    if not place or len(place) > PLACE_LENGTH_MAX or any(sign in place for sign in _NOT_IN_PLACES):
        raise Refusal(Reason.of("stock_place_unfit", most=PLACE_LENGTH_MAX), where="lies_at")
    if not 0 <= pieces <= COUNT_MAX:
        raise Refusal(Reason.of("stock_count_unfit", most=COUNT_MAX), where="pieces")
    if not 1 <= answer_days <= ANSWER_DAYS_MAX:
        raise Refusal(Reason.of("stock_days_unfit", most=ANSWER_DAYS_MAX), where="answer_days")
    if expected is not None and expected < today:
        raise Refusal(Reason.of("stock_expected_unfit"), where="expected")


def _journaled(journal: Journal | None, row: Stock, before: Mapping[str, object], *, new: bool) -> None:
    """What an import has to put back; a day as text, as journals are kept."""
    if journal is None:
        return
    if new:
        journal.added(Stock, [row.pk])
        return
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    after = {name: getattr(row, name) for name in before}
    journal.changed(Stock, row.pk, plain, after | {"expected": row.expected and row.expected.isoformat()})


def _held(pieces: Mapping[OrderLine, int]) -> set[int]:
    """Where these lines hold pieces, by key."""
    return {line.stock_id for line, count in pieces.items() if line.stock_id is not None and count}


def _count(pieces: Mapping[OrderLine, int], *, promised: int = 0, short: int = 0) -> None:
    """Move the numbers of the places where these lines are held by so much a piece, in the order in which all acts take them; what
    becomes free with the lines of those who wait for it.
    """
    held = {line: count for line, count in pieces.items() if line.stock_id is not None and count}
    if not held:
        return
    places = dict(Stock.objects.filter(pk__in={line.stock_id for line in held}).values_list("pk", "place"))
    counters = (
        stock.move(line.offering_id, places[line.stock_id or 0], promised=promised * count, short=short * count)
        for line, count in held.items()
    )
    lines = (stock.line(line.offering_id) for line in held) if short < 0 else ()
    write(WriteSet(gates=(*counters, *lines)))


def _order_moved(
    by: Actor, at: datetime, order: Order, kind: StockMoveKind, pieces: Mapping[OrderLine, int], sign: int
) -> None:
    places = dict(Stock.objects.filter(pk__in={line.stock_id for line in pieces}).values_list("pk", "place"))
    for line, count in pieces.items():
        if line.stock_id is not None:
            _moved(by, at, line.offering_id, places[line.stock_id], kind, sign * count, order)


def _moved(
    by: Actor, at: datetime, offering: int, place: str, kind: StockMoveKind, pieces: int, order: Order | None = None
) -> None:
    """One row of the history; none for a count that found what was believed."""
    if pieces:
        StockMove.objects.create(
            offering_id=offering, place=place, at=at, kind=kind.value, pieces=pieces, subject=by.subject, order=order
        )
