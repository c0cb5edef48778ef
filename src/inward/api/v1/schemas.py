"""The shapes of version 1 that several rooms share: money, reasons, parties, verdicts, quoted lines.

Money is ``{"amount": "129.90", "currency": "EUR"}``; instants are UTC; days are YYYY-MM-DD (interfaces.md).
"""

from typing import Any

from django.utils.translation import get_language
from ninja import Schema

from inward.api.problems import reason_body
from inward.core.classification import Standing
from inward.core.pricing import Part, QuotedLine, Traced
from inward.core.terms import Money, Reason, UnitPrice
from inward.kit.wording import plain


class MoneyOut(Schema):
    """An amount in major units as decimal text, and its currency."""

    amount: str
    currency: str


class ReasonOut(Schema):
    """Why: a stable code, the sentence in the reader's language, and the facts it rests on."""

    code: str
    text: str
    facts: dict[str, Any]


class PartyOut(Schema):
    """A company, department or person."""

    code: str
    name: str


class StandingOut(Schema):
    """Internal, external or not known; of which kind; on which least grounds; and what would change it."""

    standing: str
    kind: str
    grounds: list[ReasonOut]
    nearest_miss: ReasonOut | None = None
    definition: str
    world_version: int


class PartOut(Schema):
    """Pieces of a line at one price."""

    quantity: int
    unit_price: MoneyOut
    amount: MoneyOut
    net: MoneyOut
    tax: MoneyOut
    basis: str
    rule: str


class TraceOut(Schema):
    """One rule that was looked at, and what became of it."""

    rule: str
    level: str
    outcome: str
    why: ReasonOut


class QuotedLineOut(Schema):
    """A line with its price and every reason."""

    offering: str
    quantity: int
    includes_tax: bool
    ordinary: MoneyOut
    price: MoneyOut
    saving: MoneyOut
    net: MoneyOut
    tax: MoneyOut
    gross: MoneyOut
    cost: MoneyOut | None = None
    parts: list[PartOut]
    trace: list[TraceOut]


def money(amount: Money) -> dict[str, str]:
    """Money as JSON."""
    return {"amount": amount.amount, "currency": amount.currency}


def unit_price(price: UnitPrice) -> Any:
    """An exact unit price as JSON, up to six decimals."""
    return plain(price)


def reason(why: Reason) -> dict[str, Any]:
    """A reason as JSON, in the language of the request."""
    return reason_body(why, get_language() or "en")


def standing(decided: Standing) -> dict[str, Any]:
    """A standing as JSON."""
    return {
        "standing": decided.verdict.value,
        "kind": decided.kind.value,
        "grounds": [reason(ground) for ground in decided.grounds],
        "nearest_miss": None if decided.nearest_miss is None else reason(decided.nearest_miss),
        "definition": decided.definition,
        "world_version": decided.world_version,
    }


def quoted_line(line: QuotedLine) -> dict[str, Any]:
    """A quoted line as JSON."""
    return {
        "offering": line.offering,
        "quantity": line.quantity,
        "includes_tax": line.includes_tax,
        **{name: money(getattr(line, name)) for name in ("ordinary", "price", "saving", "net", "tax", "gross")},
        "cost": None if line.cost is None else money(line.cost),
        "parts": [_part(part) for part in line.parts],
        "trace": [_traced(traced) for traced in line.trace],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "quantity": part.quantity,
        "unit_price": unit_price(part.unit_price),
        "amount": money(part.amount),
        "net": money(part.net),
        "tax": money(part.tax),
        "basis": part.basis.value,
        "rule": part.rule,
    }


def _traced(traced: Traced) -> dict[str, Any]:
    return {
        "rule": traced.rule,
        "level": traced.level.value,
        "outcome": traced.outcome.value,
        "why": reason(traced.why),
    }
