"""Many past orders at once: the demo's year, an import, a bench of a million. Same decisions, same rows, fewer statements.

Decided one by one in the order of time by the very functions that place a single order; only the writing is joined, a
thousand orders a write set. Nobody is told: these dealings have happened. A property test holds both ways equal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from inward.catalogue import queries as catalogue
from inward.core.classification import World
from inward.core.pricing import AllowanceDrawn, PriceBook, Used, Wanted
from inward.core.terms import Money
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.numbers import reserved
from inward.kit.policy import require
from inward.kit.writing import Counter, Rows, WriteSet, write
from inward.parties import queries as parties
from inward.trade import policy, queries
from inward.trade.deciding import Decision, Limit, Wish, decide
from inward.trade.operations.placing import approval_asked, order_parts
from inward.trade.vocabulary import Settlement
from inward.trade.writing import Placing, allowance_gates

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order as it was asked for then: by whom, when, for whom, what; and when it was handed over, if it was."""

    by: Actor
    at: datetime
    lines: tuple[Wanted, ...]
    customer: str | None = None
    settlement: Settlement | None = None
    cost_centre: str | None = None
    delivered_at: datetime | None = None


def place_orders_set_wise(
    *, by: Actor, at: datetime, orders: Iterable[PastOrder], progress: Callable[[int], None] | None = None
) -> int:
    """Write past orders, given in the order of time; returns how many. All of a chunk or nothing of it.

    1. Refuse what policy refuses (of each order's own actor).   3. Join the rows of a chunk.
    2. Decide each on what the ones before it have drawn.         4. Write them in one write set.
    Raises as placing one does, and then nothing of that chunk is written. ``by`` and ``at`` say who brings them in, when.
    """
    season = _Season.prepared()
    done = 0
    for chunk in _chunks(orders):
        numbers = reserved("trade.order", len(chunk))
        placings = [season.placed(past, number) for past, number in zip(chunk, numbers, strict=True)]
        write(_joined(placings, season))
        done += len(chunk)
        if progress is not None:
            progress(done)
    return done


@dataclass(frozen=True)
class _Season:
    """What is prepared once, and what has been drawn of allowances and written in limits so far."""

    world: World
    book: PriceBook
    parties: Mapping[str, int]
    offerings: Mapping[str, int]
    used: dict[tuple[str, str], dict[str, Used]]
    limits: dict[tuple[str, ...], Limit | None]
    """By what the customer stands in on the day: a unit that moves has another limit from then on."""

    @classmethod
    def prepared(cls) -> "_Season":
        """The world and the book as they are known now."""
        return cls(parties.world(), catalogue.price_book(), parties.keys(), catalogue.offering_keys(), {}, {})

    def placed(self, past: PastOrder, number: int) -> tuple[Actor, Placing]:
        """Decide one past order and remember what it drew."""
        wish = Wish(
            past.customer or past.by.customer or "", past.by.person, past.lines, past.settlement, past.cost_centre
        )
        require(policy.may_order(past.by, customer=wish.customer or None, on=past.at.date()))
        decision = self._decided(wish, past.at.date())
        approval = approval_asked(by=past.by, at=past.at, decision=decision)
        delivered = None if approval is not None else past.delivered_at
        placing = Placing(
            decision, new_id(), public_reference(), number, past.at, past.by.subject, approval, delivered_at=delivered
        )
        self._remember(wish.person, decision.quote.allowances)
        return past.by, placing

    def _decided(self, wish: Wish, on: date) -> Decision:
        used = tuple(self._used(wish.person, on).values())
        return decide(
            world=self.world, book=self.book, wish=wish, on=on, used=used, limit=self._limit(wish.customer, on)
        )

    def _used(self, person: str | None, on: date) -> dict[str, Used]:
        if person is None:
            return {}
        if (person, str(on.year)) not in self.used:
            self.used[person, str(on.year)] = {use.scheme: use for use in queries.allowance_used(person, on=on)}
        return self.used[person, str(on.year)]

    def _limit(self, customer: str, on: date) -> Limit | None:
        above = parties.unit_path(customer, on=on)
        if above not in self.limits:
            self.limits[above] = queries.approval_limit(customer, on=on)
        return self.limits[above]

    def _remember(self, person: str | None, drawn: Sequence[AllowanceDrawn]) -> None:
        for draw in drawn:
            if person is not None and draw.units:
                uses = self.used[person, draw.period]
                before = uses.get(draw.scheme, Used(draw.scheme, draw.period, Money.zero(draw.money.currency)))
                money = draw.money if before.money is None else before.money + draw.money
                uses[draw.scheme] = Used(draw.scheme, draw.period, money, before.units + draw.units)


def _chunks(orders: Iterable[PastOrder]) -> Iterator[list[PastOrder]]:
    waiting = iter(orders)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _joined(placings: Sequence[tuple[Actor, Placing]], season: _Season) -> WriteSet:
    """One write set for a chunk; the writer joins rows of one table and adds up gates of one counter."""
    rows: list[Rows] = []
    gates: list[Counter] = []
    for by, placing in placings:
        parts, _ = order_parts(
            by, placing, parties=season.parties, offerings=season.offerings, book=season.book, told=False
        )
        rows.extend(parts)
        gates.extend(allowance_gates(placing, parties=season.parties))
    return WriteSet(gates=tuple(gates), rows=tuple(rows))
