"""The shapes of version 1 that several rooms share: money, reasons, parties, verdicts, quoted lines.

Money is ``{"amount": "129.90", "currency": "EUR"}``; instants are UTC; days are YYYY-MM-DD (interfaces.md).
"""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Generic, Protocol, TypeVar

from django.utils.translation import get_language
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from inward.api.problems import reason_body
from inward.core.classification import Standing
from inward.core.pricing import ArmsLength, Basis, Part, QuotedLine, Traced
from inward.core.running import Plan, plan_plain
from inward.core.terms import Money, Period, Reason, Refusal, UnitPrice, exact_text
from inward.kit.wording import plain
from inward.parties import queries as parties
from inward.parties.papers import Evidence

Says = TypeVar("Says")
CODE_LENGTH_MAX = 120
NAME_LENGTH_MAX = 200
TEXT_LENGTH_MAX = 4_000
_CLEAN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Text without characters that no database, file or page can hold."""


def _no_number(value: Any) -> Any:
    """Days are written; 0 is not 1 January 1970."""
    if isinstance(value, int | float):
        msg = "a day is text such as 2026-02-28"
        raise ValueError(msg)  # noqa: TRY004 - pydantic makes a fault of the request of it
    return value


Code = Annotated[str, Field(min_length=1, max_length=CODE_LENGTH_MAX, pattern=_CLEAN)]
"""The code of a party, an offering or a category."""
FactCode = Annotated[str, Field(min_length=1, max_length=240, pattern=_CLEAN)]
"""The code of a holding or a work relationship."""
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH_MAX, pattern=_CLEAN)]
Line = Annotated[str, Field(max_length=NAME_LENGTH_MAX, pattern=_CLEAN)]
"""A line of text that may be empty."""
Words = Annotated[str, Field(max_length=TEXT_LENGTH_MAX, pattern=_CLEAN)]
"""Text of several lines that may be empty."""
Day = Annotated[date, BeforeValidator(_no_number)]
Currency = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{2,7}$")]
Number = Annotated[str, Field(pattern=r"^-?\d{1,15}(\.\d{1,9}|/[1-9]\d{0,14})?$")]
"""An exact number as decimal text or as a fraction: "33.5", "100/3"."""


class Asked(BaseModel):
    """What a body asks for. A field that nobody knows is refused: a misspelt one would be left out quietly."""

    model_config = ConfigDict(extra="forbid")


class Believed(Protocol):
    """A version of a dated fact as the rooms hand it over."""

    @property
    def period(self) -> Period:
        """The days it speaks of."""

    @property
    def known_from(self) -> datetime:
        """Since when it was believed."""

    @property
    def known_until(self) -> datetime | None:
        """Until when; None for still."""

    @property
    def source(self) -> str:
        """On whose word."""


class CodedAndNamed(Protocol):
    """A party as the rooms hand it over."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""


class MoneyOut(BaseModel):
    """An amount in major units as decimal text, and its currency."""

    amount: str
    currency: str


class ReasonOut(BaseModel):
    """Why: a stable code, the sentence in the reader's language, and the facts it rests on."""

    code: str
    text: str
    facts: dict[str, Any]


class PartyOut(BaseModel):
    """A company, department or person."""

    code: str
    name: str


class MoneyIn(Asked):
    """An amount in major units as decimal text, and its currency."""

    amount: str = Field(pattern=r"^-?\d{1,15}(\.\d{1,6})?$")
    currency: Currency


class EndIn(Asked):
    """The first day on which it no longer holds."""

    valid_until: Day


class MadeOut(BaseModel):
    """The code of what was made or changed."""

    code: str


class EvidenceOut(BaseModel):
    """A file that shows a fact: its size in bytes, its SHA-256; once it was withdrawn it has no name and no content."""

    reference: str
    name: str
    media_type: str
    size: int
    sha256: str
    brought_at: str
    withdrawn_at: str | None = None


class VersionOut(BaseModel, Generic[Says]):
    """What was known of something for some days: since and until when it was believed (null: still), and on whose word."""

    valid_from: str | None = None
    valid_until: str | None = None
    known_from: str
    known_until: str | None = None
    source: str
    says: Says
    evidence: EvidenceOut | None = None


class StandingOut(BaseModel):
    """Internal, external or not known; of which kind; on which least grounds; and what would change it."""

    standing: str
    kind: str
    grounds: list[ReasonOut]
    nearest_miss: ReasonOut | None = None
    definition: str
    world_version: int


class RangeOut(BaseModel):
    """A price a piece without tax beside comparable sales of strangers: whether it is within their middle half, ends included."""

    within: bool
    tested: MoneyOut
    low: MoneyOut
    median: MoneyOut
    high: MoneyOut
    count: int
    to_median: MoneyOut


class PartOut(BaseModel):
    """Pieces of a line at one price."""

    quantity: int
    unit_price: MoneyOut
    amount: MoneyOut
    net: MoneyOut
    tax: MoneyOut
    basis: str
    rule: str
    credited: MoneyOut | None = Field(
        default=None, description="What the supplying department is credited, where that is otherwise than charged."
    )
    range: RangeOut | None = Field(
        default=None, description="Between related companies, where comparable sales are known."
    )


class TraceOut(BaseModel):
    """One rule that was looked at, and what became of it."""

    rule: str
    level: str
    outcome: str
    why: ReasonOut
    how: ReasonOut | None = Field(
        default=None, description="On which base the price is found, where that is not the ordinary price."
    )
    credited: ReasonOut | None = Field(
        default=None, description="On which base the supplying department is credited, where that is otherwise."
    )


class QuotedLineOut(BaseModel):
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


class PlanOut(BaseModel):
    """By which plan something runs on, as catalogue files say it; a piece of it is one period."""

    plan: str
    plan_every: str
    plan_term_months: int
    plan_notice_days: int
    plan_renews: bool
    plan_afterwards: str
    plan_insurer: str
    plan_commission: str


def money(amount: Money) -> dict[str, str]:
    """Money as JSON."""
    return {"amount": amount.amount, "currency": amount.currency}


def money_in(amount: MoneyIn, where: str) -> Money:
    """The amount. Refusal when it is finer than the currency's smallest unit."""
    try:
        return Money.of(amount.amount, amount.currency)
    except ValueError:
        facts = {"value": amount.amount, "currency": amount.currency}
        raise Refusal(Reason.of("amount_too_fine", **facts), where=where) from None


def number_in(text: str) -> Fraction:
    """The exact number that ``Number`` let through."""
    return Fraction(text)


def party(found: CodedAndNamed | None) -> dict[str, str] | None:
    """A party as JSON; nothing for nobody."""
    return None if found is None else {"code": found.code, "name": found.name}


def place_named(code: str) -> dict[str, str]:
    """A company or department by its code as JSON."""
    return {"code": code, "name": parties.name_of(code)}


def plan(of: Plan) -> dict[str, Any]:
    """A plan as customers see it: without what its seller earns by it."""
    return plan_plain(of) | {"plan_commission": ""}


def period(found: Period) -> dict[str, str | None]:
    """A period as JSON, its two days beside the rest of what holds in it."""
    return {
        "valid_from": None if found.start is None else found.start.isoformat(),
        "valid_until": None if found.until is None else found.until.isoformat(),
    }


def paper(found: Evidence | None) -> dict[str, Any] | None:
    """A file that shows a fact as JSON; None for none."""
    if found is None:
        return None
    return {
        "reference": found.reference,
        "name": found.name,
        "media_type": found.media_type,
        "size": found.size,
        "sha256": found.sha256,
        "brought_at": found.brought_at.isoformat(),
        "withdrawn_at": None if found.withdrawn_at is None else found.withdrawn_at.isoformat(),
    }


def version(found: Believed, says: Any, *, evidence: Evidence | None = None) -> dict[str, Any]:
    """A version as JSON, with what it says and the file that shows it."""
    return {
        **period(found.period),
        "known_from": found.known_from.isoformat(),
        "known_until": None if found.known_until is None else found.known_until.isoformat(),
        "source": found.source,
        "says": says,
        "evidence": paper(evidence),
    }


def share(fraction: Fraction | None) -> str | None:
    """A fraction of one as percent: decimal text, or a fraction where it is none."""
    return None if fraction is None else exact_text(fraction * 100)


def given(body: BaseModel) -> Mapping[str, Any]:
    """What a body says and does not leave out."""
    return body.model_dump(exclude_unset=True)


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
        "cost": money(line.cost) if line.cost is not None and _free(line) else None,
        "parts": [_part(part) for part in line.parts],
        "trace": [_traced(traced) for traced in line.trace],
    }


def _free(line: QuotedLine) -> bool:
    """Whether pieces of it are free for use: their cost is shown, any other is the supplier's own affair."""
    return any(part.basis is Basis.FREE for part in line.parts)


def _part(part: Part) -> dict[str, Any]:
    return {
        "quantity": part.quantity,
        "unit_price": unit_price(part.unit_price),
        "amount": money(part.amount),
        "net": money(part.net),
        "tax": money(part.tax),
        "basis": part.basis.value,
        "rule": part.rule,
        "credited": None if part.credited is None else money(part.credited),
        "range": None if part.range is None else _range(part.range),
    }


def _range(found: ArmsLength) -> dict[str, Any]:
    names = ("tested", "low", "median", "high", "to_median")
    figures = {name: unit_price(getattr(found, name)) for name in names}
    return {"within": found.within, "count": found.count, **figures}


def _traced(traced: Traced) -> dict[str, Any]:
    return {
        "rule": traced.rule,
        "level": traced.level.value,
        "outcome": traced.outcome.value,
        "why": reason(traced.why),
        "how": None if traced.how is None else reason(traced.how),
        "credited": None if traced.credited is None else reason(traced.credited),
    }
