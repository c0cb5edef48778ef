"""Placing an order: the hot path. Decide in memory, write once.

The core decides on a prepared world and price book; one write set carries allowance, order, ledger entries, audit,
announcement and receipt, gated by what the decision rested on. Not here: what becomes of an order afterwards
(``handling``), how it is decided (``trade.deciding``) and what it looks like as rows (``trade.writing``).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from inward.access import queries as access
from inward.catalogue import queries as catalogue
from inward.core.bookkeeping import Entry
from inward.core.pricing import PriceBook, Wanted
from inward.core.terms import Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import approval, audit, idempotency, outbox, versions
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.numbers import next_number
from inward.kit.policy import require
from inward.kit.writing import Counter, GateClosed, Rows, Unchanged, WriteSet, write
from inward.ledger import operations as ledger
from inward.parties import leading
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import (
    approvals,
    budgets,
    deciding,
    handing,
    policy,
    queries,
    running,
    runningrows,
    signing,
    stock,
    terms,
)
from inward.trade.announcements import ApprovalAsked, FrameAgreed, OrderPlaced
from inward.trade.budgets import Take
from inward.trade.deciding import Decision, Handover, Wish
from inward.trade.operations.terms import accept_terms
from inward.trade.sharing import Share, share_rows
from inward.trade.shelves import Hold
from inward.trade.vocabulary import OrderState, Settlement
from inward.trade.writing import (
    PAYMENT_GATE,
    Acted,
    Placing,
    allowance_gates,
    behalf_rows,
    carried_gates,
    handover_rows,
    household_rows,
    order_rows,
    payment_rows,
)

NOTE_LENGTH_MAX = 500
VERSIONS = ("parties", "catalogue", "trade", terms.VERSION, leading.VERSION, budgets.VERSION, stock.VERSION)
"""What a decision rests on; the write refuses when one has moved meanwhile."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """That a part of a standing order is placed: what it took of budgets already, and as what customer and supplier stood to each
    other when its price was agreed; None where it is the price of the day.
    """

    freed: tuple[Take, ...] = ()
    stood: tuple[str, str] | None = None

    def part(self, decision: Decision) -> Decision:
        """The decision, approved with the whole. Refusal where a price was agreed with somebody who stood otherwise."""
        stands = (decision.quote.standing.kind.value, decision.books.kind.value)
        if self.stood is not None and self.stood != stands:
            raise Refusal(Reason.of("frame_standing_changed"))
        return replace(decision, budget=None)


@dataclass(frozen=True, slots=True)
class OrderReceipt:
    """What the buyer gets back: where the order is found, its number, state and total. ``again`` marks a repeat."""

    reference: str
    number: int
    state: OrderState
    total: Money
    again: bool = False

    def plain(self) -> dict[str, Any]:
        """The receipt as it is kept under its idempotency key."""
        return {
            "reference": self.reference,
            "number": self.number,
            "state": self.state.value,
            "total": self.total.minor,
            "currency": self.total.currency,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "OrderReceipt":
        """The receipt of an earlier, equal submission."""
        total = Money(plain["total"], as_currency(plain["currency"]))
        return cls(plain["reference"], plain["number"], OrderState(plain["state"]), total, again=True)


class PriceChanged(Refusal):
    """The price is not what was shown; ``decision`` carries the new one. Nothing was written."""

    def __init__(self, expected: Money, decision: Decision, *, code: str = "price_changed") -> None:
        super().__init__(Reason.of(code, expected=expected, total=decision.quote.total))
        self.decision = decision


class AllowanceSpent(PriceChanged):
    """Somebody drew on the same allowance at the same moment; the price without it is in ``decision``."""


def place_order(
    *,
    by: Actor,
    at: datetime,
    lines: Sequence[Wanted],
    expected: Money,
    key: str,
    customer: str | None = None,
    settlement: Settlement | None = None,
    cost_centre: str | None = None,
    note: str = "",
    accepts: Collection[str] = (),
    instalments: int = 1,
    beneficiary: str | None = None,
    payment: str = "",
    shares: Sequence[Share] = (),
    handover: Handover | None = None,
) -> OrderReceipt:
    """Place an order for oneself or for the party one acts for; ``accepts`` are the terms she accepts with it, by key;
    ``instalments`` over how many pays it is deducted; ``beneficiary`` for whom of her household she buys;
    ``payment`` the reference of a payment made elsewhere; ``shares`` are the cost centres that share it, in place of one;
    ``handover`` how it gets to her: None takes the usual way, where the supplier offers a choice.

    1. Refuse what policy refuses.            4. Build the postings and every other row.
    2. Decide standing, price, settlement.    5. Write them in one write set, gated by allowance, stock, versions and key.
    3. Refuse when the price has moved, or    6. Lost a race? Decide once more, then say what changed.
       terms are not accepted.
    After commit: the worker hands out OrderPlaced or ApprovalAsked.
    Raises Refused (policy), Refusal (what cannot be ordered so), PriceChanged, AllowanceSpent, KeyReused.
    """
    whose = customer or by.customer or ""
    paid = (settlement, cost_centre, note, instalments)
    wish = Wish(whose, by.person, tuple(lines), *paid, beneficiary, payment, tuple(shares), handover)
    if len(note) > NOTE_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=NOTE_LENGTH_MAX), where="note")
    require(policy.may_order(by, customer=wish.customer or None, on=at.date()))
    if wish.cost_centre is not None and wish.cost_centre != wish.customer:
        require(policy.may_order(by, customer=wish.cost_centre, on=at.date()))
    submission = idempotency.key_for(by, key, _body(wish, expected))
    if accepts:
        done = idempotency.earlier(submission)
        if done is not None:  # a form sent again accepts nothing: she may have withdrawn since
            return OrderReceipt.from_plain(done)
        accept_terms(by=by, at=at, keys=accepts)
    act = partial(place, by=by, at=at, wish=wish, expected=expected, submission=submission, handed=True)
    return idempotency.answered(submission, act, again=OrderReceipt.from_plain)


def place(
    *,
    by: Actor,
    at: datetime,
    wish: Wish,
    expected: Money | None,
    submission: idempotency.Key,
    subject: str | None = None,
    also: Callable[[Placing], Rows] | None = None,
    standing_from: date | None = None,
    agreed: Agreement | None = None,
    handed: bool = False,
    acted: Acted | None = None,
) -> OrderReceipt:
    """Decide and write; when a version moved under the decision, decide once more on the newer one.

    ``expected`` is the price that was shown; None where nobody was shown any. ``subject`` is whose order it is in the books, where
    she does not place it herself. ``also`` makes rows that are written in the same instant; with a gate, they hold the order back.
    ``standing_from`` makes it a standing order from that day, ``agreed`` a part of one. ``handed``: it is handed over
    later, so that it matters how. ``acted``: who places it for somebody who lets her. Whoever calls has asked the policy.
    Raises what ``place_order`` raises, and GateClosed.
    """
    for attempt in (1, 2):
        stamp = {name: versions.seen(name) for name in VERSIONS} if attempt == 1 else versions.current(*VERSIONS)
        decision = _decided(wish, at) if agreed is None else agreed.part(_decided(wish, at))
        if expected is not None and decision.quote.total != expected:
            raise PriceChanged(expected, decision)
        if acted is not None:
            require(policy.may_order_for(by, person=wish.customer, on=decision.on))
        handover = handing.decided(decision) if handed else None
        accepted = _accepted(decision)
        # What stands holds no pieces: each part of it that is called off does.
        held = wish.lines if standing_from is None else ()
        holds = stock.holds_for(held, customer=wish.customer, on=decision.on)
        # A part of what stands was approved with all of it: by whoever answers for each centre that shares it.
        asked = None if agreed is not None else approval_asked(by=by, at=at, decision=decision)
        placing = _placing(at, decision, subject or by.subject, asked, standing_from, holds)
        placing = replace(placing, handover=handover, acted=acted)
        more = () if also is None else (also(placing),)
        freed = () if agreed is None else agreed.freed
        try:
            write(_write_set(by, at, placing, submission, stamp, accepted=accepted, also=more, freed=freed))
        except GateClosed as closed:
            plain = _plainly(closed.name, placing, submission, expected, last=attempt == 2)  # noqa: PLR2004 - of two attempts
            if plain is not None:
                raise plain from closed
            if attempt == 2 or closed.name == idempotency.GATE:  # noqa: PLR2004 - the second and last attempt
                raise
        else:
            return _receipt(placing)
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _plainly(
    gate: str, placing: Placing, submission: idempotency.Key, expected: Money | None, *, last: bool
) -> Refusal | None:
    """What a closed gate says to whoever orders; None where another attempt tells, or nobody but the caller understands it."""
    decision = placing.decision
    if gate.startswith("allowance:"):
        total = expected or decision.quote.total
        return AllowanceSpent(total, _decided(decision.wish, placing.at), code="allowance_spent")
    if gate == PAYMENT_GATE and idempotency.earlier(submission) is None:
        return Refusal(Reason.of("payment_reference_used"), where="payment")
    if gate.startswith(budgets.GATE):
        return budgets.spent(budgets.takes(decision, on=placing.standing_from), gate)
    return Refusal(Reason.of("stock_moved")) if last and gate.startswith(stock.GATE) else None


def _decided(wish: Wish, at: datetime) -> Decision:
    return queries.decision_for(
        world=parties.world(purpose=Purpose.PRICE), book=catalogue.price_book(), wish=wish, on=at.date()
    )


def _accepted(decision: Decision) -> tuple[Unchanged, ...]:
    """That the terms the order needs are accepted still holds when it is written. Refusal where they are not."""
    versions_ = terms.needed(decision)
    if not versions_ or decision.wish.person is None:
        return ()
    given = terms.answers(decision.wish.person, versions_)
    missing = next((version for version in versions_ if version.id not in given), None)
    if missing is not None:
        name = terms.name_of(missing.about, on=decision.on)
        raise Refusal(Reason.of("terms_not_accepted", terms=name, key=missing.key), where="accepts")
    return tuple(
        Unchanged(
            name=f"terms:{version.key}",
            table="trade_termsanswer",
            key={"id": given[version.id]},
            column="withdrawn_at",
            value=None,
            or_absent=False,
        )
        for version in versions_
    )


def _placing(
    at: datetime,
    decision: Decision,
    subject: str,
    asked: dict[str, Any] | None,
    standing_from: date | None = None,
    holds: tuple[Hold, ...] = (),
) -> Placing:
    delivered = at if asked is None and runningrows.runs(decision, catalogue.price_book()) else None
    return Placing(
        decision,
        new_id(),
        public_reference(),
        next_number("trade.order"),
        at,
        subject,
        asked,
        delivered_at=delivered,
        holds=holds,
        standing_from=standing_from,
    )


def approval_asked(*, by: Actor, at: datetime, decision: Decision) -> dict[str, Any] | None:
    """Whom the order has to ask, as it is kept with it; None when it needs nobody.

    Of those who hold that budget, those who may sign so much. Refusal when nobody but the one who asks holds it
    (nobody_to_approve), or nobody may sign so much (nobody_signs): the order would wait for ever.
    """
    on, total, requester = at.date(), decision.quote.total, by.person or by.subject
    stages: list[tuple[str, int]] = []
    for place, amount in _asked(by, decision, on):
        stages += approvals.stages_of(approvals.procedure_of(place, on=on), place, amount)
    if not stages:
        return None
    steps = tuple(_step(place, needed, requester, total, at) for place, needed in stages)
    asked = approval.ask(requester=requester, steps=steps)
    units = [place for place, _ in stages]
    return {"unit": units[0], "units": units, "asked_by": by.subject, **asked.plain()}


def _asked(by: Actor, decision: Decision, on: date) -> Iterator[tuple[str, Money]]:
    """Whose budget holders are asked, for how much: the customer's above its limit; of those that share it, each for which she does
    not buy, and each whose part is above its limit.
    """
    customer = decision.wish.customer
    if decision.budget is not None:
        yield decision.budget, decision.quote.total
    for share in decision.shares:
        if share.centre == customer:
            continue
        limit = queries.binding_limit(share.centre, by.person, on=on)
        within = limit is None or deciding.within(share.bears, limit.amount)
        if not (policy.may_order(by, customer=share.centre, on=on) and within):
            yield share.centre, share.bears


def _step(place: str, needed: int, requester: str, total: Money, at: datetime) -> approval.Step:
    """So many of those who hold the budget of a place and may sign so much for it, the requester never."""
    holders = access.holders(policy.BUDGET_HOLDER, over=place, at=at)
    people = frozenset(holder.person for holder in holders if holder.person is not None) - {requester}
    if len(people) < needed:
        raise Refusal(Reason.of("nobody_to_approve", needed=needed))
    able = signing.signers(people, place, total, on=at.date())
    if len(able) < needed:
        raise Refusal(Reason.of("nobody_signs", unit=parties.name_of(place), total=total))
    return approval.Step(needed, able)


def _write_set(
    by: Actor,
    at: datetime,
    placing: Placing,
    submission: idempotency.Key,
    stamp: Mapping[str, int],
    *,
    accepted: Sequence[Unchanged] = (),
    also: Sequence[Rows] = (),
    freed: Sequence[Take] = (),
) -> WriteSet:
    """Everything one order writes, and everything that must still be true when it does. ``freed`` was taken of budgets before, for
    this very order.
    """
    keys = parties.keys()
    rows, book_gates = order_parts(
        by, placing, parties=keys, offerings=catalogue.offering_keys(), book=catalogue.price_book(), told=True
    )
    kept = idempotency.receipt_row(submission, _receipt(placing).plain(), at)
    gates = (
        *still_so(stamp),
        *accepted,
        *allowance_gates(placing, parties=keys),
        *carried_gates(placing, parties=keys),
        *budgets.gates(budgets.takes(placing.decision, on=placing.standing_from), keys=keys, posted=int(placing.posts)),
        *budgets.gates(freed, keys=keys, used=-1, bound=False),
        *stock.gates(placing.holds, offerings=catalogue.offering_keys()),
        *book_gates,
    )
    taken = stock.waiting_rows(placing.holds, order=placing.id, at=at)
    return WriteSet(gates=gates, rows=(kept, *taken, *also, *rows))


def still_so(stamp: Mapping[str, int]) -> tuple[Unchanged, ...]:
    """That nothing has moved on which orders were decided; budgets are held, so that whoever sets one counts these orders."""
    return tuple(
        budgets.still(stamp[name]) if name == budgets.VERSION else versions.unchanged(name, stamp[name])
        for name in VERSIONS
    )


def order_parts(
    by: Actor,
    placing: Placing,
    *,
    parties: Mapping[str, int],
    offerings: Mapping[str, int],
    book: PriceBook,
    told: bool,
) -> tuple[tuple[Rows, ...], tuple[Counter | Unchanged, ...]]:
    """The rows of one order over all rooms, and the ledger's gates; announced only when somebody is to be ``told``."""
    entries = _entries(placing, book) if placing.posts else ()
    books, gates = ledger.entry_rows(entries, by=by, at=placing.at, on=placing.decision.on)
    noted = audit.audit_rows(
        by=by, at=placing.at, act="trade.place_order", thing=placing.reference, facts=_audit_facts(placing)
    )
    begun = runningrows.begun(placing, parties=parties, offerings=offerings, book=book)
    shared = (share_rows(placing.id, placing.decision.shares, keys=parties),) if placing.decision.shares else ()
    made = order_rows(placing, parties=parties, offerings=offerings, book=book)
    beside = (
        *household_rows(placing, parties=parties),
        *payment_rows(placing, parties=parties),
        *shared,
        *handover_rows(placing),
        *behalf_rows(placing, parties=parties),
    )
    rows = (*made, *beside, *begun, *books, noted)
    if told:
        rows += (outbox.announcement_rows([_placed_announcement(placing)], by=by, at=placing.at),)
    return rows, gates


def _entries(placing: Placing, book: PriceBook) -> tuple[Entry, ...]:
    decision = placing.decision
    plan = book.offerings[decision.quote.lines[0].offering].plan
    agency = None if plan is None else running.agency_of(plan, decision.books.supplier_company, decision.on)
    dealing = deciding.dealing_of(decision, reference=placing.reference, subject=placing.subject, agency=agency)
    sold = deciding.sold_lines(book, placing.decision.quote.lines)
    return deciding.entries_for(dealing, sold)


def _placed_announcement(placing: Placing) -> OrderPlaced | ApprovalAsked | FrameAgreed:
    decision = placing.decision
    parties_ = (decision.wish.customer, decision.supplier, decision.wish.person or "")
    if placing.approval is None:
        if placing.standing_from is not None:
            return FrameAgreed(placing.reference, placing.number, *parties_)
        helper = "" if placing.acted is None else placing.acted.person
        return OrderPlaced(placing.reference, placing.number, *parties_, helper=helper)
    return ApprovalAsked(placing.reference, placing.number, *parties_, unit=placing.approval["unit"])


def _audit_facts(placing: Placing) -> dict[str, Any]:
    quoted = placing.decision.quote
    return {"number": placing.number, "total": str(quoted.total), "kind": quoted.standing.kind.value}


def _receipt(placing: Placing) -> OrderReceipt:
    return OrderReceipt(placing.reference, placing.number, placing.state, placing.decision.quote.total)


def _body(wish: Wish, expected: Money) -> dict[str, Any]:
    """What makes two submissions the same."""
    parts = {} if wish.instalments == 1 else {"instalments": wish.instalments}  # as it was before there were any
    whom = {} if wish.beneficiary is None else {"beneficiary": wish.beneficiary}
    whom |= {"payment": wish.payment} if wish.payment else {}
    chosen = wish.handover
    handed = {} if chosen is None else {"handover": [chosen.way.value, chosen.place, chosen.address]}
    shares = [[each.centre, str(each.percent), str(each.amount)] for each in wish.shares]
    return {
        **parts,
        **whom,
        **handed,
        **({"shares": shares} if shares else {}),
        "customer": wish.customer,
        "lines": [[line.offering, line.quantity] for line in wish.lines],
        "settlement": None if wish.settlement is None else wish.settlement.value,
        "cost_centre": wish.cost_centre,
        "note": wish.note,
        "expected": str(expected),
    }


def prepared_writes(*, by: Actor, at: datetime, lines: Sequence[Wanted], count: int) -> Iterator[Callable[[], None]]:
    """So many equal orders decided beforehand, each as the act of writing it: what ``inward bench`` calls the limit."""
    decision = _decided(Wish(by.customer or "", by.person, tuple(lines)), at)
    for _ in range(count):
        placing = _placing(at, decision, by.subject, approval_asked(by=by, at=at, decision=decision))
        submission = idempotency.key_for(by, placing.reference, placing.number)
        write_set = _write_set(by, at, placing, submission, {name: versions.seen(name) for name in VERSIONS})
        yield partial(write, write_set)
