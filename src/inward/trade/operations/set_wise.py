"""Many past orders at once: the demo's year, an import, a bench of a million. Same decisions, same rows, fewer statements.

Decided one by one in the order of time by the very functions that place a single order; only reading and writing are
joined, a thousand orders a write set, gated like a single order by what the decisions rested on. Nobody is told: these
dealings have happened. A property test holds both ways equal, row by row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

from inward.catalogue import queries as catalogue
from inward.core.classification import World
from inward.core.pricing import PriceBook, Wanted
from inward.core.pricing.tally import Tally
from inward.kit import versions
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.numbers import reserved
from inward.kit.policy import require
from inward.kit.writing import Counter, GateClosed, Rows, Unchanged, WriteSet, write
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import budgets, policy, queries, signing
from inward.trade.deciding import Decision, Limit, Wish, decide
from inward.trade.operations.placing import VERSIONS, approval_asked, order_parts, still_so
from inward.trade.runningrows import runs
from inward.trade.vocabulary import Settlement
from inward.trade.writing import Placing, season_gates

CHUNK = 1000
ATTEMPTS = 3
"""How often a chunk is decided when somebody changes under it what it rests on."""


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

    @property
    def wish(self) -> Wish:
        """What is asked, as a single order asks it."""
        customer = self.customer or self.by.customer or ""
        return Wish(customer, self.by.person, self.lines, self.settlement, self.cost_centre)


def place_orders_set_wise(
    *, by: Actor, at: datetime, orders: Iterable[PastOrder], progress: Callable[[int], None] | None = None
) -> int:
    """Write past orders, given in the order of time; returns how many. All of a chunk or nothing of it.

    1. Refuse what policy refuses (of each order's own actor).   3. Join the rows of a chunk.
    2. Decide each on what the ones before it have drawn.         4. Write them in one write set, gated by allowances and
       Somebody changed what that rested on? Decide anew.            versions.
    Raises as placing one does, and then nothing of that chunk is written; GateClosed when the ground never stood still.
    ``by`` and ``at`` say who brings them in, when.
    """
    done = 0
    for chunk in _chunks(orders):
        _place(chunk, reserved("trade.order", len(chunk)))
        done += len(chunk)
        if progress is not None:
            progress(done)
    return done


def _place(chunk: Sequence[PastOrder], numbers: range) -> None:
    """Decide and write a chunk; when something moved under the decisions, decide all of them once more."""
    attempt = 0
    while True:
        attempt += 1
        with versions.seen_once():  # one look at the versions a chunk, not one an order
            season = _Season.of(chunk)
            placings = [season.placed(past, number) for past, number in zip(chunk, numbers, strict=True)]
            try:
                write(_joined(placings, season))
            except GateClosed:
                if attempt == ATTEMPTS:
                    raise
            else:
                return


@dataclass(frozen=True)
class _Season:
    """What a chunk is decided on: prepared values, their versions, and what has been drawn of allowances so far."""

    stamp: Mapping[str, int]
    world: World
    book: PriceBook
    parties: Mapping[str, int]
    offerings: Mapping[str, int]
    used: dict[str, Tally]
    limits: dict[tuple[str, ...], Limit | None]
    """By what the customer stands in on the day: a unit that moves has another limit from then on."""

    @classmethod
    def of(cls, chunk: Sequence[PastOrder]) -> "_Season":
        """Everything as it is known now; the allowances of all who buy in one query."""
        stamp = versions.current(*VERSIONS)
        used = {past.by.person: Tally() for past in chunk if past.by.person is not None}
        for person, use in queries.allowances_used(used):
            used[person].know(use)
        keys = parties.keys()
        return cls(
            stamp,
            parties.world(purpose=Purpose.PRICE),
            catalogue.price_book(),
            keys,
            catalogue.offering_keys(),
            used,
            {},
        )

    def placed(self, past: PastOrder, number: int) -> tuple[Actor, Placing]:
        """Decide one past order and remember what it drew."""
        wish, on = past.wish, past.at.date()
        require(policy.may_order(past.by, customer=wish.customer or None, on=on))
        if wish.cost_centre is not None and wish.cost_centre != wish.customer:
            require(policy.may_order(past.by, customer=wish.cost_centre, on=on))
        decision = self._decided(wish, on)
        approval = approval_asked(by=past.by, at=past.at, decision=decision)
        delivered = None if approval is not None else past.at if runs(decision, self.book) else past.delivered_at
        placing = Placing(
            decision, new_id(), public_reference(), number, past.at, past.by.subject, approval, delivered_at=delivered
        )
        if wish.person is not None:  # only people draw on allowances
            self.used[wish.person].add(decision.quote.allowances)
        return past.by, placing

    def _decided(self, wish: Wish, on: date) -> Decision:
        used = () if wish.person is None else self.used[wish.person].used
        return decide(world=self.world, book=self.book, wish=wish, on=on, used=used, limit=self._limit(wish, on))

    def _limit(self, wish: Wish, on: date) -> Limit | None:
        above = parties.unit_path(wish.customer, on=on)
        if above not in self.limits:
            self.limits[above] = queries.approval_limit(wish.customer, on=on)
        if wish.customer == wish.person:
            return self.limits[above]
        may_sign = signing.limit_of(wish.person, wish.customer, on=on)
        return queries.lower(self.limits[above], may_sign, wish.customer)


def _chunks(orders: Iterable[PastOrder]) -> Iterator[list[PastOrder]]:
    waiting = iter(orders)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _joined(placings: Sequence[tuple[Actor, Placing]], season: _Season) -> WriteSet:
    """One write set for a chunk; the writer joins rows of one table and adds up gates of one counter."""
    rows: list[Rows] = []
    unchanged: dict[str, Counter | Unchanged] = {}
    for by, placing in placings:
        parts, book_gates = order_parts(
            by, placing, parties=season.parties, offerings=season.offerings, book=season.book, told=False
        )
        rows.extend(parts)
        unchanged |= {gate.name: gate for gate in book_gates}
    counters = season_gates([placing for _, placing in placings], parties=season.parties)
    taken = (
        budgets.gates(
            budgets.takes(placing.decision), keys=season.parties, posted=int(placing.approval is None), bound=False
        )
        for _, placing in placings
    )
    gates = (*still_so(season.stamp), *unchanged.values(), *counters, *chain.from_iterable(taken))
    return WriteSet(gates=gates, rows=tuple(rows))
