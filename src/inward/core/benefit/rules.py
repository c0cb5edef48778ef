"""Rules on taxable benefit as data: what they cover, how the thing is valued, what is exempt, whose word it is.

A rule holds for some days and is never overwritten; the law that changes is another version of the same rule. Limits are
of few shapes, and a country is put together from them: see docs/explanation/algorithms/benefit.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

from inward.core.terms import Money, Period, Rate


class Basis(Enum):
    """What a thing can be valued at, with tax where whoever buys it bears tax."""

    PRICE = "PRICE"
    """What it costs customers, in the same place on the same day."""
    AVERAGE_PRICE = "AVERAGE_PRICE"
    """The average price at the stage of trade at which it is sold to the employee."""
    WHOLESALE_PRICE = "WHOLESALE_PRICE"
    COST = "COST"
    """What it costs the employer."""
    MARGINAL_COST = "MARGINAL_COST"
    """What one more costs the employer, with what directly belongs to it."""


class Beneficiary(Enum):
    """For whom a purchase is, seen from the employee."""

    EMPLOYEE = "EMPLOYEE"
    SPOUSE = "SPOUSE"
    PARTNER = "PARTNER"
    DEPENDENT_CHILD = "DEPENDENT_CHILD"
    FAMILY = "FAMILY"
    FRIEND = "FRIEND"


class Status(Enum):
    """What ties a person to the employer."""

    EMPLOYED = "EMPLOYED"
    RETIRED = "RETIRED"
    DISABLED = "DISABLED"
    SURVIVING_SPOUSE = "SURVIVING_SPOUSE"
    BOARD_MEMBER = "BOARD_MEMBER"
    SHAREHOLDER = "SHAREHOLDER"


class Exempts(Enum):
    """How much of a benefit a rule leaves untaxed."""

    NOTHING = "NOTHING"
    EVERYTHING = "EVERYTHING"
    WITHIN_LIMITS = "WITHIN_LIMITS"


class Per(Enum):
    """What a cap is counted over."""

    PURCHASE = "PURCHASE"
    MONTH = "MONTH"
    YEAR = "YEAR"


class By(Enum):
    """Whether all of a person's benefits share a cap, or each work relationship has one of its own."""

    PERSON = "PERSON"
    EMPLOYMENT = "EMPLOYMENT"


class Over(Enum):
    """What is taxed when a cap is passed."""

    EXCESS = "EXCESS"
    """What is above it."""
    PURCHASE = "PURCHASE"
    """The whole purchase that does not fit; it takes nothing of the cap."""
    ALL = "ALL"
    """Everything it counts, from the first on: a cliff."""


@dataclass(frozen=True, slots=True)
class PriceShare:
    """So much of what customers pay is exempt on each purchase: ``percent``, or where it is None the employer's gross
    profit percentage of the tax year before, in the line of business that sells the thing.
    """

    percent: Rate | None


@dataclass(frozen=True, slots=True)
class Tier:
    """The amount of a cap for those of whom ``fact`` is true; for everybody where it is empty."""

    amount: Money
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap in money. The first tier that fits counts; where none does, there is no such cap for this person.

    ``borrows`` names a rule whose unused cap may be used as well when this one is spent.
    """

    per: Per
    over: Over
    tiers: tuple[Tier, ...]
    by: By = By.PERSON
    borrows: str = ""

    def amount(self, facts: frozenset[str]) -> Money | None:
        """The amount for a person of whom these facts are true; None where the cap is not for her."""
        return next((tier.amount for tier in self.tiers if not tier.fact or tier.fact in facts), None)

    @property
    def cliff(self) -> bool:
        """Whether passing it makes things taxable that were exempt before."""
        return self.over is Over.ALL and self.per is not Per.PURCHASE


Limit: TypeAlias = PriceShare | Cap


@dataclass(frozen=True, slots=True)
class GroupTest:
    """Highly paid people lose the whole exemption for the tax year where the employer's offers favour them.

    ``thresholds`` says for a year how much pay made one of them in the next.
    """

    thresholds: tuple[tuple[int, Money], ...]

    def threshold(self, year: int) -> Money | None:
        """The pay of that year above which somebody is highly paid in the next; None where nobody has entered it."""
        return dict(self.thresholds).get(year)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands, who says so, and how sure whoever entered it was."""

    authority: str
    title: str
    paragraph: str
    url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule: ``period`` is when it holds, ``rank`` its place among rules that cover the same kinds
    (lower first; the first that fits a purchase decides). ``bases`` are tried in their order.
    """

    jurisdiction: str
    id: str
    rank: int
    covers: frozenset[str]
    bases: tuple[Basis, ...]
    exempts: Exempts
    source: Source
    currency: str
    year_starts: tuple[int, int] = (1, 1)
    limits: tuple[Limit, ...] = ()
    period: Period = field(default_factory=Period)
    beneficiaries: frozenset[Beneficiary] = frozenset(Beneficiary)
    statuses: frozenset[Status] = frozenset(Status)
    requires: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    group_test: GroupTest | None = None
    example: Mapping[str, object] | None = field(default=None, compare=False, hash=False)

    @property
    def facts(self) -> frozenset[str]:
        """The facts the rule asks about, of the person or the purchase."""
        tiers = (tier.fact for limit in self.limits if isinstance(limit, Cap) for tier in limit.tiers)
        return frozenset(fact for fact in (*self.requires, *self.unless, *tiers) if fact)

    @property
    def caps(self) -> tuple[tuple[int, Cap], ...]:
        """The caps counted over a month or a year, with their place among the limits."""
        return tuple(
            (place, limit)
            for place, limit in enumerate(self.limits)
            if isinstance(limit, Cap) and limit.per is not Per.PURCHASE
        )

    def begins(self) -> date:
        """The first day, the calendar's first for one that always held."""
        return self.period.start or date.min
