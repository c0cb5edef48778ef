"""From a decision to rows: what an order, its lines, its first step and its allowance gates look like when written.

It writes nothing itself: ``operations`` joins these rows with the ledger's, the audit's and the outbox's into one write
set, and the set-wise operation joins those of thousands of orders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inward.core.classification import discreet
from inward.core.pricing import AllowanceDrawn, Part, PriceBook, QuotedLine, Traced
from inward.kit.ids import new_id
from inward.kit.reasons import to_plain
from inward.kit.writing import Counter, Rows
from inward.trade.deciding import Decision
from inward.trade.vocabulary import OrderState, StepKind

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

    @property
    def state(self) -> OrderState:
        """The state the order is written in; only past orders are written as delivered."""
        if self.approval is not None:
            return OrderState.AWAITING_APPROVAL
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


def allowance_gates(placing: Placing, *, parties: Mapping[str, int]) -> tuple[Counter, ...]:
    """One compare-and-set for each allowance drawn: used + drawn must stay within the limit, inside the write itself."""
    person = placing.decision.wish.person
    return tuple(
        _gate(drawn, parties[person])
        for drawn in placing.decision.quote.allowances
        if person is not None and drawn.units
    )


def part_plain(part: Part) -> dict[str, Any]:
    """A part of a line as it is kept: figures in smallest units, the exact unit price as a fraction."""
    return {
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
    }


def traced_plain(traced: Traced) -> dict[str, Any]:
    """One candidate rule as it is kept."""
    return {
        "rule": traced.rule,
        "level": traced.level.value,
        "outcome": traced.outcome.value,
        "why": to_plain(traced.why),
    }


def _rows(table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Rows:
    return Rows(table=table, columns=tuple(columns), types=tuple(columns.values()), rows=tuple(rows))


def _order_row(placing: Placing, parties: Mapping[str, int]) -> tuple[Any, ...]:
    decision, quoted = placing.decision, placing.decision.quote
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
        quoted.world_version,
        quoted.book_version,
        decision.settlement.value,
        _key(parties, decision.cost_centre),
        quoted.total.currency,
        quoted.net.minor,
        quoted.tax.minor,
        quoted.total.minor,
        sum(line.saving.minor for line in quoted.lines),
        [_drawn_plain(drawn) for drawn in quoted.allowances if drawn.units],
        placing.approval,
        wish.note,
    )


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
    )


def _step_rows(placing: Placing, parties: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """The first step; and for a past order that was handed over, that step as well, by nobody in particular."""
    kind = StepKind.PLACED if placing.approval is None else StepKind.APPROVAL_ASKED
    facts: dict[str, Any] = {} if placing.decision.budget is None else {"unit": placing.decision.budget}
    person = _key(parties, placing.decision.wish.person)
    steps: list[tuple[Any, ...]] = [(new_id(), placing.id, placing.at, placing.subject, person, kind.value, facts)]
    if placing.delivered_at is not None:
        pieces = {str(place): line.quantity for place, line in enumerate(placing.decision.quote.lines, start=1)}
        given = StepKind.DELIVERED.value
        steps.append((new_id(), placing.id, placing.delivered_at, "", None, given, {"pieces": pieces}))
    return steps


def _drawn_plain(drawn: AllowanceDrawn) -> dict[str, Any]:
    return {"scheme": drawn.scheme, "period": drawn.period, "money": drawn.money.minor, "units": drawn.units}


def _gate(drawn: AllowanceDrawn, person: int) -> Counter:
    money_max = None if drawn.money_max is None else drawn.money_max.minor
    return Counter(
        name=f"allowance:{drawn.scheme}:{drawn.period}",
        table="trade_allowanceuse",
        key={"person_id": person, "scheme": drawn.scheme, "period": drawn.period},
        add={"used_minor": drawn.money.minor, "used_units": drawn.units},
        limits={"used_minor": money_max, "used_units": drawn.units_max},
        insert={"currency": drawn.money.currency},
    )


def _key(parties: Mapping[str, int], code: str | None) -> int | None:
    return None if code is None else parties[code]
