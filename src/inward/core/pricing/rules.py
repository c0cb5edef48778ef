"""What prices are made of: offerings, costs, price rules, staff schemes and tax rates, as plain values.

They decide nothing and check nothing: ``door`` refuses what cannot be true, ``book`` prepares look-ups, ``quoting`` decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from inward.core.classification import Kind, Tie, WorkKind, WorkState
from inward.core.pricing.armslength import Comparable
from inward.core.pricing.methods import Method, amounts
from inward.core.running import Plan
from inward.core.terms import Money, Period, Rate, UnitPrice
from inward.core.terms.period import ALWAYS


class OfferingKind(Enum):
    """What is supplied."""

    GOOD = "GOOD"
    SERVICE = "SERVICE"


@dataclass(frozen=True, slots=True)
class OutsidePrice:
    """What the same thing costs outside, where and when that was seen."""

    price: UnitPrice
    source: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class Offering:
    """Something supplied by ``supplier`` (a company or a unit), in ``category``, taxed under ``tax_code``.

    With a ``plan`` it runs on, and a piece of it is one period. ``benefit_kind`` is what tax law calls it where that is not
    just goods or services, such as ``on_premises_athletic_facility``; a law without that name counts it as those.
    """

    id: str
    supplier: str
    category: str = ""
    kind: OfferingKind = OfferingKind.GOOD
    tax_code: str = ""
    name: str = ""
    outside: OutsidePrice | None = None
    plan: Plan | None = None
    benefit_kind: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece costs its supplier, without tax, during ``period``."""

    offering: str
    price: UnitPrice
    period: Period = ALWAYS


class Level(Enum):
    """Precedence, highest first: an agreement beats a scheme beats a department or transfer rate beats the list."""

    AGREEMENT = "AGREEMENT"
    SCHEME = "SCHEME"
    RATE = "RATE"
    LIST = "LIST"


class TargetKind(Enum):
    """What a rule speaks of; the more specific wins within a level."""

    ITEM = "ITEM"
    CATEGORY = "CATEGORY"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Target:
    """One offering, one category with its sub-categories, or everything of the supplier."""

    kind: TargetKind = TargetKind.ALL
    id: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a rule is: kinds of standing (empty: any) and, narrower, one customer party (company, unit or person)."""

    kinds: frozenset[Kind] = frozenset()
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """No price below cost (``at_cost``) or below ``minimum`` a piece, whichever is higher; both without tax."""

    at_cost: bool = False
    minimum: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class PriceRule:
    """One way to a price. ``scheme`` names the staff scheme of a rule on level SCHEME; ``saving_max`` caps the saving
    a piece against the ordinary price; ``quantity_min`` is a quantity break (the highest that fits is more specific).
    """

    id: str
    level: Level
    supplier: str
    method: Method
    target: Target = Target()
    scope: Scope = Scope()
    period: Period = ALWAYS
    quantity_min: int = 1
    floor: Floor | None = None
    saving_max: UnitPrice | None = None
    scheme: str | None = None
    credit: Method | None = None
    """By which the supplying department is credited, where it is otherwise than the receiving one is charged."""

    @property
    def prices(self) -> tuple[UnitPrice, ...]:
        """Every amount that the rule itself names: those of its methods, its smallest price, the cap on its saving."""
        bounds = (None if self.floor is None else self.floor.minimum, self.saving_max)
        credited = () if self.credit is None else amounts(self.credit)
        return (*amounts(self.method), *credited, *(price for price in bounds if price is not None))


class AllowanceMeasure(Enum):
    """What a money allowance counts: what she pays at the staff price, or what she saves."""

    PRICE = "PRICE"
    SAVING = "SAVING"


class GivenTo(Enum):
    """To whom unused allowance of the year may be given: a colleague of the same employer, somebody of the household."""

    COLLEAGUE = "COLLEAGUE"
    HOUSEHOLD = "HOUSEHOLD"


class Span(Enum):
    """For how long a limit counts before it begins anew: one order, a part of the calendar, or the last so many days."""

    ORDER = "ORDER"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"
    ROLLING = "ROLLING"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a person may buy under a scheme in a span: in ``money``, in pieces (``units``), or both.

    ``target`` is what counts: one item, a category, everything. ``each_item`` counts every item apart. ``days`` is the
    length of a rolling span, the day itself among them. ``carry_over`` adds what was left of the span before. What was
    drawn counts by ``id``; the empty one is the scheme's own allowance of the calendar year. ``pay_share`` is instead of money: so
    much of her net pay of a month, for one order or a month (docs/decisions/0179).
    """

    id: str
    span: Span
    money: Money | None = None
    units: int | None = None
    target: Target = Target()
    each_item: bool = False
    days: int = 0
    carry_over: bool = False
    pay_share: Rate | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A staff purchase scheme of ``supplier``: who, since how long, what not, and how much a person and calendar year.

    ``work_kinds`` are eligible; ``employers`` empty means every company of the inside; ``tenure_months`` of unbroken
    work for the employer; ``included`` empty means everything its rules reach; ``allowance_money``/``allowance_units``
    None means no limit a year; ``limits`` are further ones, all of which hold at once. ``lines_of_business`` empty means
    every line of the employer; in the last ``leaving_days`` days of work that ends, nothing is sold at staff price any more,
    nor in the states that ``closed_in`` names. What is bought is kept ``keep_days`` days, and pieces that were not are
    repaid if ``repays_early``; an item that came back has no staff price for ``cooling_days`` days (docs/decisions/0167).
    Unused allowance of the year may be given to those of ``given_to`` (docs/decisions/0142). ``household`` is who of her household
    she may buy for under it, by what they are to her; empty: for nobody but herself (docs/decisions/0177).
    """

    id: str
    supplier: str
    name: str = ""
    period: Period = ALWAYS
    work_kinds: frozenset[WorkKind] = frozenset(WorkKind)
    employers: frozenset[str] = frozenset()
    tenure_months: int = 0
    included: tuple[Target, ...] = ()
    excluded: tuple[Target, ...] = ()
    allowance_money: Money | None = None
    allowance_units: int | None = None
    allowance_measure: AllowanceMeasure = AllowanceMeasure.PRICE
    limits: tuple[Limit, ...] = ()
    lines_of_business: frozenset[str] = frozenset()
    leaving_days: int = 0
    closed_in: frozenset[WorkState] = frozenset()
    keep_days: int = 0
    repays_early: bool = False
    cooling_days: int = 0
    given_to: frozenset[GivenTo] = frozenset()
    household: frozenset[Tie] = frozenset()

    @property
    def all_limits(self) -> tuple[Limit, ...]:
        """Its own allowance of the calendar year, which is counted even without a limit, and then the others."""
        return (Limit("", Span.YEAR, self.allowance_money, self.allowance_units), *self.limits)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A person to whom a scheme is closed on these days, whatever her work earns (docs/decisions/0166)."""

    scheme: str
    person: str
    period: Period


class TaxMinimum(Enum):
    """The lowest tax base when staff pay below market."""

    NONE = "NONE"
    ORDINARY = "ORDINARY"
    COST = "COST"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """The rate of ``tax_code`` in sales by ``company`` during ``period``, and its lowest base in staff sales."""

    company: str
    tax_code: str
    rate: Rate
    period: Period = ALWAYS
    staff_minimum: TaxMinimum = TaxMinimum.NONE


@dataclass(frozen=True)
class Tables:
    """All that prices come from. ``categories`` maps each category to its parent (None at the top).

    A scheme may have several versions whose days never overlap: ``schemes`` holds the last of each, ``scheme_versions``
    all of them in the order of their days. ``suspensions`` are of people from schemes.
    """

    offerings: Mapping[str, Offering] = field(default_factory=dict)
    categories: Mapping[str, str | None] = field(default_factory=dict)
    costs: tuple[Cost, ...] = ()
    rules: tuple[PriceRule, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    scheme_versions: Mapping[str, tuple[Scheme, ...]] = field(default_factory=dict)
    taxes: tuple[TaxRate, ...] = ()
    version: int = 0
    suspensions: tuple[Suspension, ...] = ()
    comparables: tuple[Comparable, ...] = ()
