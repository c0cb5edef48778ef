"""From a decision to rows: what an order, its lines, its first step and its allowance gates look like when written.

It writes nothing itself: ``operations`` joins these rows with the ledger's, the audit's and the outbox's into one write
set, and the set-wise operation joins those of thousands of orders.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from inward.core.bookkeeping import Plan
from inward.core.classification import discreet
from inward.core.pricing import AllowanceDrawn, ArmsLength, Kept, Part, PriceBook, QuotedLine, Span, Traced, Used
from inward.core.pricing.limits import EVER
from inward.kit.ids import new_id
from inward.kit.reasons import to_plain
from inward.kit.writing import Counter, Rows, Unchanged
from inward.trade.deciding import Decision, Handover, compared
from inward.trade.shelves import Hold
from inward.trade.vocabulary import OrderState, PaymentState, Settlement, StepKind

_ORDER_COLUMNS = {
    "id": "bigint",
    "reference": "text",
    "number": "bigint",
    "placed_at": "timestamptz",
    "state": "text",
    "subject": "text",
    "person_id": "bigint",
    "customer_id": "bigint",
    "customer_company_id": "bigint",
    "supplier_id": "bigint",
    "supplier_company_id": "bigint",
    "standing": "text",
    "kind": "text",
    "grounds": "jsonb",
    "nearest_miss": "jsonb",
    "definition": "text",
    "books_kind": "text",
    "books_definition": "text",
    "tax_definition": "text",
    "tax_grounds": "jsonb",
    "world_version": "bigint",
    "book_version": "bigint",
    "settlement": "text",
    "cost_centre_id": "bigint",
    "currency": "text",
    "net_minor": "bigint",
    "tax_minor": "bigint",
    "total_minor": "bigint",
    "saving_minor": "bigint",
    "allowances": "jsonb",
    "approval": "jsonb",
    "instalments": "jsonb",
    "note": "text",
}
_LINE_COLUMNS = {
    "id": "bigint",
    "order_id": "bigint",
    "position": "smallint",
    "offering_id": "bigint",
    "code": "text",
    "name": "text",
    "quantity": "bigint",
    "includes_tax": "boolean",
    "tax_code": "text",
    "ordinary_minor": "bigint",
    "price_minor": "bigint",
    "saving_minor": "bigint",
    "net_minor": "bigint",
    "tax_minor": "bigint",
    "gross_minor": "bigint",
    "cost_minor": "bigint",
    "parts": "jsonb",
    "trace": "jsonb",
    "delivered": "bigint",
    "returned": "bigint",
    "stock_id": "bigint",
}
_HANDOVER_COLUMNS = {"order_id": "bigint", "way": "text", "place": "text", "address": "text"}
_BEHALF_COLUMNS = {"order_id": "bigint", "helper_id": "bigint"}
_HOUSEHOLD_COLUMNS = {"order_id": "bigint", "member_id": "bigint", "tie": "text"}
PAYMENT_GATE = "payment:reference"
"""A payment pays for one order."""
_PAYMENT_COLUMNS = {
    "id": "bigint",
    "order_id": "bigint",
    "company_id": "bigint",
    "reference": "text",
    "compared": "text",
    "given_at": "timestamptz",
    "state": "text",
}
_STEP_COLUMNS = {
    "id": "bigint",
    "order_id": "bigint",
    "at": "timestamptz",
    "subject": "text",
    "person_id": "bigint",
    "kind": "text",
    "facts": "jsonb",
}


@dataclass(frozen=True, slots=True)
class Acted:
    """Who placed an order for somebody else: by code, and by the key under which audit knows her."""

    person: str
    subject: str


@dataclass(frozen=True, slots=True)
class Placing:
    """A decision with what only writing needs: names, keys, instants and the approval asked, if any."""

    decision: Decision
    id: int
    reference: str
    number: int
    at: datetime
    subject: str
    approval: dict[str, Any] | None
    delivered_at: datetime | None = None
    holds: tuple[Hold, ...] = ()
    """Where pieces of its lines are held, of those that are counted."""
    standing_from: date | None = None
    """The first day of a standing order; None for any other."""
    handover: Handover | None = None
    """How it is handed over, where there is a choice."""
    acted: Acted | None = None
    """Who placed it, where that was somebody else than whose order it is."""

    @property
    def posts(self) -> bool:
        """Whether it sells anything now: what waits for approval does not, nor a standing order."""
        return self.approval is None and self.standing_from is None

    @property
    def state(self) -> OrderState:
        """The state the order is written in; only past orders are written as delivered."""
        if self.approval is not None:
            return OrderState.AWAITING_APPROVAL
        if self.standing_from is not None:
            return OrderState.AGREED
        return OrderState.PLACED if self.delivered_at is None else OrderState.DELIVERED


def order_rows(
    placing: Placing, *, parties: Mapping[str, int], offerings: Mapping[str, int], book: PriceBook
) -> tuple[Rows, Rows, Rows]:
    """The order, its lines and its steps so far, in the order in which they must be written."""
    return (
        _rows("trade_order", _ORDER_COLUMNS, [_order_row(placing, parties)]),
        _rows("trade_orderline", _LINE_COLUMNS, _line_rows(placing, offerings, book)),
        _rows("trade_orderstep", _STEP_COLUMNS, _step_rows(placing, parties)),
    )


def household_rows(placing: Placing, *, parties: Mapping[str, int]) -> tuple[Rows, ...]:
    """For whom of her household it is; nothing where it is for herself, or for a unit or company."""
    home, on = placing.decision.home, placing.decision.on
    if home is None:
        return ()
    tie = home.tie.value if on in home.period else ""
    return (_rows("trade_orderhousehold", _HOUSEHOLD_COLUMNS, [(placing.id, parties[home.member], tie)]),)


def handover_rows(placing: Placing) -> tuple[Rows, ...]:
    """How it is handed over; nothing where there is no choice."""
    chosen = placing.handover
    if chosen is None:
        return ()
    row = (placing.id, chosen.way.value, chosen.place, chosen.address.strip())
    return (_rows("trade_orderhandover", _HANDOVER_COLUMNS, [row]),)


def behalf_rows(placing: Placing, *, parties: Mapping[str, int]) -> tuple[Rows, ...]:
    """Who placed it for somebody else; nothing where it was herself."""
    if placing.acted is None:
        return ()
    return (_rows("trade_orderbehalf", _BEHALF_COLUMNS, [(placing.id, parties[placing.acted.person])]),)


def payment_rows(placing: Placing, *, parties: Mapping[str, int]) -> tuple[Rows, ...]:
    """The payment made elsewhere that an order names, new by its constraint or not written at all; nothing for other orders."""
    decision = placing.decision
    if decision.settlement is not Settlement.EXTERNAL:
        return ()
    reference, company = decision.wish.payment.strip(), parties[decision.books.supplier_company]
    given = PaymentState.GIVEN.value
    row = (placing.id, placing.id, company, reference, compared(reference), placing.at, given)
    return (replace(_rows("trade_orderpayment", _PAYMENT_COLUMNS, [row]), gate=PAYMENT_GATE),)


def allowance_gates(placing: Placing, *, parties: Mapping[str, int]) -> tuple[Counter, ...]:
    """One compare-and-set for each allowance drawn: used + drawn must stay within the limit, inside the write itself."""
    person = placing.decision.wish.person
    if person is None:
        return ()
    kept = (drawn for drawn in placing.decision.quote.allowances if drawn.units and drawn.period)
    return tuple(gate for drawn in kept for gate in _gates(drawn, parties[person]))


def carried_gates(placing: Placing, *, parties: Mapping[str, int]) -> tuple[Unchanged, ...]:
    """What was carried over rests on what the span before drew: it must not have drawn more meanwhile.

    Not held: an order of the last second of a month that is written later than one of the next counts as having come after.
    """
    person = placing.decision.wish.person
    if person is None:
        return ()
    drawn = (each for each in placing.decision.quote.allowances if each.units and each.span is not Span.ROLLING)
    return tuple(gate for each in drawn if each.seen is not None for gate in _carried(each.seen, parties[person]))


def season_gates(placings: Sequence[Placing], *, parties: Mapping[str, int]) -> tuple[Counter, ...]:
    """The allowance gates of many orders decided one after the other, for one write.

    What a rolling limit lets through depends on the day, so its sums cannot be bounded by one figure: nobody else may have
    drawn on it since the first of the orders was decided.
    """
    counters: list[Counter] = []
    rolling: dict[tuple[Any, ...], Counter] = {}
    for gate in (gate for placing in placings for gate in allowance_gates(placing, parties=parties)):
        if gate.key["period"] != EVER:
            counters.append(gate)
            continue
        place = tuple(gate.key.values())
        first = rolling.get(place)
        add = gate.add if first is None else {name: first.add[name] + gate.add[name] for name in gate.add}
        rolling[place] = replace(gate if first is None else first, add=add)
    return (*counters, *(_alone(gate, placings, parties) for gate in rolling.values()))


def part_plain(part: Part) -> dict[str, Any]:
    """A part of a line as it is kept: figures in smallest units, the exact unit price as a fraction."""
    beside = {} if part.range is None else {"range": _range_plain(part.range)}
    plain = {
        "quantity": part.quantity,
        "unit_price": str(part.unit_price.minor),
        "includes_tax": part.includes_tax,
        "amount": part.amount.minor,
        "net": part.net.minor,
        "tax": part.tax.minor,
        "gross": part.gross.minor,
        "basis": part.basis.value,
        "rule": part.rule,
        "scheme": part.scheme,
        "drawn": None if part.drawn is None else part.drawn.minor,
        **beside,
        **({} if part.credited is None else {"credited": part.credited.minor}),
    }
    return plain if part.kept is None else plain | {"kept": _kept_plain(part.kept)}


def _range_plain(found: ArmsLength) -> dict[str, Any]:
    """The comparables that a price stood beside when it was decided, in smallest units without tax."""
    return {
        "tested": str(found.tested.minor),
        "low": str(found.low.minor),
        "median": str(found.median.minor),
        "high": str(found.high.minor),
        "count": found.count,
    }


def _kept_plain(kept: Kept) -> dict[str, Any]:
    """Until when pieces are kept, and what they cost more otherwise."""
    return {
        "until": kept.until.isoformat(),
        "net": None if kept.repay_net is None else kept.repay_net.minor,
        "tax": None if kept.repay_tax is None else kept.repay_tax.minor,
    }


def traced_plain(traced: Traced) -> dict[str, Any]:
    """One candidate rule as it is kept."""
    return {
        "rule": traced.rule,
        "level": traced.level.value,
        "outcome": traced.outcome.value,
        "why": to_plain(traced.why),
        **({} if traced.how is None else {"how": to_plain(traced.how)}),
        **({} if traced.credited is None else {"credited": to_plain(traced.credited)}),
    }


def _rows(table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Rows:
    return Rows(table=table, columns=tuple(columns), types=tuple(columns.values()), rows=tuple(rows))


def _order_row(placing: Placing, parties: Mapping[str, int]) -> tuple[Any, ...]:
    decision, quoted = placing.decision, placing.decision.quote
    grouped = quoted.tax_group
    standing, wish = discreet(quoted.standing), decision.wish  # in whose household somebody lives is kept in one place
    return (
        placing.id,
        placing.reference,
        placing.number,
        placing.at,
        placing.state.value,
        placing.subject,
        _key(parties, wish.person),
        parties[wish.customer],
        _key(parties, decision.books.customer_company),
        parties[decision.supplier],
        parties[standing.supplier_company],
        standing.verdict.value,
        standing.kind.value,
        [to_plain(ground) for ground in standing.grounds],
        None if standing.nearest_miss is None else to_plain(standing.nearest_miss),
        standing.definition,
        decision.books.kind.value,
        decision.books.definition,
        "" if grouped is None else grouped.definition,
        None if grouped is None else [to_plain(ground) for ground in grouped.grounds],
        quoted.world_version,
        quoted.book_version,
        decision.settlement.value,
        _key(parties, decision.cost_centre),
        quoted.total.currency,
        quoted.net.minor,
        quoted.tax.minor,
        quoted.total.minor,
        sum(line.saving.minor for line in quoted.lines),
        [_drawn_plain(drawn) for drawn in quoted.allowances if drawn.units and drawn.period],
        placing.approval,
        None if decision.plan is None else plan_plain(decision.plan),
        wish.note,
    )


def plan_plain(plan: Plan) -> dict[str, Any]:
    """A plan as it is kept on the order."""
    parts = [[part.month.isoformat(), part.amount.minor] for part in plan.parts]
    return {"parts": parts, "leaving": plan.leaving.value}


def _line_rows(placing: Placing, offerings: Mapping[str, int], book: PriceBook) -> list[tuple[Any, ...]]:
    return [
        _line_row(line, position, placing, offerings, book)
        for position, line in enumerate(placing.decision.quote.lines, start=1)
    ]


def _line_row(
    line: QuotedLine, position: int, placing: Placing, offerings: Mapping[str, int], book: PriceBook
) -> tuple[Any, ...]:
    offering = book.offerings[line.offering]
    return (
        new_id(),
        placing.id,
        position,
        offerings[line.offering],
        line.offering,
        offering.name or line.offering,
        line.quantity,
        line.includes_tax,
        offering.tax_code,
        line.ordinary.minor,
        line.price.minor,
        line.saving.minor,
        line.net.minor,
        line.tax.minor,
        line.gross.minor,
        None if line.cost is None else line.cost.minor,
        [part_plain(part) for part in line.parts],
        [traced_plain(traced) for traced in line.trace],
        0 if placing.delivered_at is None else line.quantity,
        0,
        next((hold.shelf.key for hold in placing.holds if hold.position == position), None),
    )


def _step_rows(placing: Placing, parties: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """The first step; and for a past order that was handed over, that step as well, by nobody in particular."""
    begun = StepKind.PLACED if placing.standing_from is None else StepKind.AGREED
    kind = begun if placing.approval is None else StepKind.APPROVAL_ASKED
    facts: dict[str, Any] = {} if placing.approval is None else {"unit": placing.approval["unit"]}
    person, subject = _key(parties, placing.decision.wish.person), placing.subject
    if placing.acted is not None:
        person, subject = parties[placing.acted.person], placing.acted.subject
    steps: list[tuple[Any, ...]] = [(new_id(), placing.id, placing.at, subject, person, kind.value, facts)]
    if placing.delivered_at is not None:
        pieces = {str(place): line.quantity for place, line in enumerate(placing.decision.quote.lines, start=1)}
        given = StepKind.DELIVERED.value
        steps.append((new_id(), placing.id, placing.delivered_at, "", None, given, {"pieces": pieces}))
    return steps


def _drawn_plain(drawn: AllowanceDrawn) -> dict[str, Any]:
    plain = {"scheme": drawn.scheme, "period": drawn.period, "money": drawn.money.minor, "units": drawn.units}
    if not drawn.limit:
        return plain
    return plain | {"limit": drawn.limit, "item": drawn.item, "offerings": list(drawn.offerings)}


def counted(limit: str, item: str) -> str:
    """Under which name a limit is counted: its own and, where each item counts apart, the item's."""
    return f"{limit}:{item}" if item else limit


def _gates(drawn: AllowanceDrawn, person: int) -> Iterator[Counter]:
    """The counter of the period, within what the limit lets through; of a rolling one the day's, and all that was ever drawn.

    That one only grows, so that it stood at what was seen plus what was left says that the days of the span hold no more.
    """
    money_max = None if drawn.money_max is None else drawn.money_max.minor
    if drawn.span is not Span.ROLLING:
        yield _gate(drawn, person, drawn.period, {"used_minor": money_max, "used_units": drawn.units_max})
        return
    ever_minor, ever_units = _ever(drawn)
    left = None if drawn.money_left is None else ever_minor + (drawn.money_left + drawn.money).minor
    pieces = None if drawn.units_left is None else ever_units + drawn.units_left + drawn.units
    yield _gate(drawn, person, drawn.period, {})
    yield _gate(drawn, person, EVER, {"used_minor": left, "used_units": pieces})


def _gate(drawn: AllowanceDrawn, person: int, period: str, limits: Mapping[str, int | None]) -> Counter:
    name = counted(drawn.limit, drawn.item)
    return Counter(
        name=f"allowance:{drawn.scheme}:{period}" + (f":{name}" if name else ""),
        table=_USES,
        key={"person_id": person, "scheme": drawn.scheme, "period": period, "counted": name},
        add={"used_minor": drawn.money.minor, "used_units": drawn.units},
        limits=limits,
        insert={"currency": drawn.money.currency},
    )


def _ever(drawn: AllowanceDrawn) -> tuple[int, int]:
    """All that was ever drawn of a rolling limit before this order: smallest units and pieces."""
    assert drawn.seen is not None  # the core says it of every rolling limit
    return 0 if drawn.seen.money is None else drawn.seen.money.minor, drawn.seen.units


def _alone(gate: Counter, placings: Sequence[Placing], parties: Mapping[str, int]) -> Counter:
    """The counter of a rolling limit, closed when anybody else has drawn on it since the first of these orders."""
    name, scheme, person = gate.key["counted"], gate.key["scheme"], gate.key["person_id"]
    minor, units = next(
        _ever(drawn)
        for placing in placings
        for drawn in placing.decision.quote.allowances
        if (drawn.scheme, counted(drawn.limit, drawn.item), _key(parties, placing.decision.wish.person))
        == (scheme, name, person)
    )
    limits = {"used_minor": minor + gate.add["used_minor"], "used_units": units + gate.add["used_units"]}
    return replace(gate, limits=limits)


def _carried(seen: Used, person: int) -> Iterator[Unchanged]:
    name = counted(seen.limit, seen.item)
    for column, value in (("used_minor", 0 if seen.money is None else seen.money.minor), ("used_units", seen.units)):
        yield Unchanged(
            name=f"carried:{seen.scheme}:{seen.period}:{name}:{column}",
            table=_USES,
            key={"person_id": person, "scheme": seen.scheme, "period": seen.period, "counted": name},
            column=column,
            value=value,
            or_absent=not value,
        )


_USES = "trade_allowanceuse"


def _key(parties: Mapping[str, int], code: str | None) -> int | None:
    return None if code is None else parties[code]
