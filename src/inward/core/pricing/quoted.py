"""What a quote is made of: values only. ``quoting`` and ``lines`` fill them; rooms keep and show them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from inward.core.classification import Standing
from inward.core.pricing.armslength import ArmsLength
from inward.core.pricing.rules import Level, OutsidePrice, Span
from inward.core.pricing.taxing import TaxScope
from inward.core.terms import Money, Reason, UnitPrice


class Basis(Enum):
    """What a part of a line was priced by; also what the books call the sale."""

    LIST = "list"
    AGREEMENT = "agreement"
    STAFF = "staff"
    DEPARTMENT = "department"
    TRANSFER = "transfer"
    FREE = "free"


class Outcome(Enum):
    """What became of a candidate rule."""

    WON = "won"
    LOST = "lost"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A price a piece that was agreed before, under the name ``rule``: it goes before every rule of the price book.

    Tax is that of the day: a price with tax in it loses it where nothing is taxed. ``free``: agreed as free for use. ``credit``: at
    which price the supplying department is credited, where that was agreed otherwise.
    """

    rule: str
    price: UnitPrice
    includes_tax: bool
    free: bool = False
    credit: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line asked for: so many whole pieces (the measure decides what a piece is) of an offering; ``agreed`` at which price."""

    offering: str
    quantity: int
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What the customer has used of a scheme's allowance in a period ("2026") before this dealing.

    ``limit`` is the id of one of its limits, ``item`` the offering where a limit counts each item apart. A period is a year
    ("2026"), a quarter ("2026-Q1"), a month ("2026-03"), a day of a rolling span ("2026-03-05"), or "ever": all that was
    drawn of a rolling limit, of which nothing is ever given back.
    """

    scheme: str
    period: str
    money: Money | None = None
    units: int = 0
    limit: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class NetPay:
    """What a customer nets a month from the employer by whom she is priced; None: payroll has not said it."""

    month: Money | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """One candidate rule and what became of it, and why.

    ``how`` says on which base it finds its price, where that is another than the ordinary price and it may be used; ``credited`` on
    which base the supplying department is credited, where that is otherwise.
    """

    rule: str
    level: Level
    outcome: Outcome
    why: Reason
    how: Reason | None = None
    credited: Reason | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when (the last day) pieces are kept, and what all of them cost more if they are not; None: nothing follows."""

    until: date
    repay_net: Money | None = None
    repay_tax: Money | None = None

    @property
    def repay(self) -> Money | None:
        """What all the pieces cost more, with tax."""
        return None if self.repay_net is None or self.repay_tax is None else self.repay_net + self.repay_tax


@dataclass(frozen=True, slots=True)
class Part:
    """Some pieces of a line at one price. ``amount`` is asked as the rule quotes it (``includes_tax`` says how);
    ``net`` + ``tax`` = ``gross`` always. ``unit_price`` is exact; the amount is rounded once. ``drawn`` is the money it
    took of its scheme's allowance; ``kept`` how long the scheme asks to keep the pieces. ``range`` sets it beside comparable sales
    of strangers, between related companies.
    """

    quantity: int
    unit_price: UnitPrice
    includes_tax: bool
    amount: Money
    net: Money
    tax: Money
    gross: Money
    basis: Basis
    rule: str
    scheme: str | None = None
    drawn: Money | None = None
    kept: Kept | None = None
    range: ArmsLength | None = None
    credited: Money | None = None
    """What the supplying department is credited for these pieces, where that is otherwise than what is charged."""


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line priced. ``ordinary`` is what the list asks, ``price`` what is asked here, ``saving`` their difference, all
    three with tax in or out alike (``includes_tax``). ``cost`` is the supplier's cost of the line where known (absorbed when free).
    """

    offering: str
    quantity: int
    parts: tuple[Part, ...]
    includes_tax: bool
    ordinary: Money
    price: Money
    saving: Money
    net: Money
    tax: Money
    gross: Money
    cost: Money | None
    outside: OutsidePrice | None
    trace: tuple[Traced, ...]

    @property
    def credited(self) -> Money | None:
        """What the supplying department is credited for the line; None where that is what is charged."""
        if all(part.credited is None for part in self.parts):
            return None
        return sum(
            (part.net if part.credited is None else part.credited for part in self.parts), start=self.net - self.net
        )


@dataclass(frozen=True, slots=True)
class AllowanceDrawn:
    """What this quote draws of a scheme's allowance in a period, and what is left after it (None: no limit).

    ``limit`` and ``item`` name the limit as ``Used`` does; ``period`` is empty for a limit of one order. ``offerings`` are
    those that drew on it. ``next_on`` is the day from which more is left. ``seen`` is what the limit rests on beside its own
    period: all that was ever drawn (rolling), or what was drawn in the span before (carry-over).
    """

    scheme: str
    period: str
    money: Money
    units: int
    money_max: Money | None
    units_max: int | None
    money_left: Money | None
    units_left: int | None
    limit: str = ""
    item: str = ""
    span: Span = Span.YEAR
    offerings: tuple[str, ...] = ()
    next_on: date | None = None
    seen: Used | None = None
    of_pay: bool = False
    """Whether what is left would tell what she earns: for herself alone to read."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The answer for one dealing. ``total`` is the sum of the lines' gross; the versions stamp what it was decided on.

    ``tax_scope`` says whether it was taxed, and why; ``tax_group`` on what grounds the two are one tax group, where they are.
    """

    standing: Standing
    lines: tuple[QuotedLine, ...]
    net: Money
    tax: Money
    total: Money
    allowances: tuple[AllowanceDrawn, ...]
    world_version: int
    book_version: int
    tax_scope: TaxScope = TaxScope.NO_RULE
    tax_group: Standing | None = None
