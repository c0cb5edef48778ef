"""The price book: offerings, costs, price rules, staff schemes and tax rates, as one immutable, checked value.

It decides nothing; ``quote`` does. A book is refused at the door when two rules could both win (same level, target,
party and quantity with overlapping days), so no order of entry can ever matter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TypeAlias, TypeVar

from inward.core.classification import Kind, WorkKind
from inward.core.terms import Money, Period, Rate, Reason, Refusal, UnitPrice
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
    """Something supplied by ``supplier`` (a company or a unit), in ``category``, taxed under ``tax_code``."""

    id: str
    supplier: str
    category: str = ""
    kind: OfferingKind = OfferingKind.GOOD
    tax_code: str = ""
    name: str = ""
    outside: OutsidePrice | None = None


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
class Fixed:
    """This price a piece, with or without tax in it."""

    price: UnitPrice
    includes_tax: bool = False


@dataclass(frozen=True, slots=True)
class PercentOff:
    """The ordinary price less this rate (staff discount; "list minus" of a transfer price)."""

    rate: Rate


@dataclass(frozen=True, slots=True)
class CostPlus:
    """The supplier's cost plus this mark-up on cost (not a margin on the price)."""

    markup: Rate


@dataclass(frozen=True, slots=True)
class Free:
    """Free for use: nothing is asked; the cost is shown and absorbed by the supplier."""


Method: TypeAlias = Fixed | PercentOff | CostPlus | Free


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


class AllowanceMeasure(Enum):
    """What a money allowance counts: what she pays at the staff price, or what she saves."""

    PRICE = "PRICE"
    SAVING = "SAVING"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A staff purchase scheme of ``supplier``: who, since how long, what not, and how much a person and calendar year.

    ``work_kinds`` are eligible; ``employers`` empty means every company of the inside; ``tenure_months`` of unbroken
    work for the employer; ``included`` empty means everything its rules reach; ``allowance_money``/``allowance_units``
    None means no limit.
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
class PriceBook:
    """All that prices come from. ``categories`` maps each category to its parent (None at the top)."""

    offerings: Mapping[str, Offering] = field(default_factory=dict)
    categories: Mapping[str, str | None] = field(default_factory=dict)
    costs: tuple[Cost, ...] = ()
    rules: tuple[PriceRule, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    taxes: tuple[TaxRate, ...] = ()
    version: int = 0

    @classmethod
    def of(  # noqa: PLR0913 - one keyword for each table
        cls,
        *,
        offerings: Iterable[Offering] = (),
        categories: Mapping[str, str | None] | None = None,
        costs: Iterable[Cost] = (),
        rules: Iterable[PriceRule] = (),
        schemes: Iterable[Scheme] = (),
        taxes: Iterable[TaxRate] = (),
        version: int = 0,
    ) -> "PriceBook":
        """Check and build; the order in which anything is given never matters.

        Refusal (with ``where``) on unknown or repeated ids, a cycle of categories, rules that make no sense, and
        conflicts: ``price_rules_conflict`` names both rules and the first day on which both would hold.
        """
        from inward.core.pricing.door import checked  # noqa: PLC0415 - the door knows the book, not the other way

        return checked(
            cls(
                offerings=_by_id(offerings, "offering"),
                categories=dict(sorted((categories or {}).items())),
                costs=tuple(sorted(costs, key=lambda cost: (cost.offering, str(cost.period.start or "")))),
                rules=tuple(_by_id(rules, "price").values()),
                schemes=_by_id(schemes, "scheme"),
                taxes=tuple(sorted(taxes, key=lambda tax: (tax.company, tax.tax_code, str(tax.period.start or "")))),
                version=version,
            )
        )

    def ancestry(self, category: str) -> tuple[str, ...]:
        """The category and those above it, nearest first; nothing for an empty one."""
        found: list[str] = []
        above: str | None = category or None
        while above is not None:
            found.append(above)
            above = self.categories.get(above)
        return tuple(found)

    def distance(self, target: Target, offering: Offering) -> int | None:
        """How far the target is from the offering: 0 the item itself, 1 its category, 2 the one above …; None: not reached.

        Everything is further than any category.
        """
        if target.kind is TargetKind.ALL:
            return len(self.categories) + 1
        if target.kind is TargetKind.ITEM:
            return 0 if target.id == offering.id else None
        above = self.ancestry(offering.category)
        return above.index(target.id) + 1 if target.id in above else None

    def candidates(self, offering: Offering) -> tuple[PriceRule, ...]:
        """Every rule of the offering's supplier that reaches it, of any level and day, in the order of their ids."""
        found = self._candidates.get(offering.id)
        if found is None:
            found = tuple(
                rule for rule in self._by_supplier.get(offering.supplier, ()) if self._reaches(rule, offering)
            )
            self._candidates[offering.id] = found
        return found

    def cost_on(self, offering: str, day: date) -> UnitPrice | None:
        """What a piece costs its supplier on that day; None when nobody has said."""
        return next((cost.price for cost in self._costs.get(offering, ()) if day in cost.period), None)

    def tax_on(self, company: str, tax_code: str, day: date) -> TaxRate | None:
        """The tax rate of a code in that company's sales on that day; None when there is none."""
        return next((tax for tax in self._taxes.get((company, tax_code), ()) if day in tax.period), None)

    def _reaches(self, rule: PriceRule, offering: Offering) -> bool:
        return self.distance(rule.target, offering) is not None

    @cached_property
    def _candidates(self) -> dict[str, tuple[PriceRule, ...]]:
        return {}

    @cached_property
    def _by_supplier(self) -> Mapping[str, tuple[PriceRule, ...]]:
        return _grouped(self.rules, lambda rule: rule.supplier)

    @cached_property
    def _costs(self) -> Mapping[str, tuple[Cost, ...]]:
        return _grouped(self.costs, lambda cost: cost.offering)

    @cached_property
    def _taxes(self) -> Mapping[tuple[str, str], tuple[TaxRate, ...]]:
        return _grouped(self.taxes, lambda tax: (tax.company, tax.tax_code))


Item = TypeVar("Item")
Key = TypeVar("Key")
Identified = TypeVar("Identified", Offering, PriceRule, Scheme)


def _by_id(items: Iterable[Identified], what: str) -> dict[str, Identified]:
    """The items in the order of their ids; Refusal for an id that comes twice."""
    found: dict[str, Identified] = {}
    for item in items:
        if item.id in found:
            raise Refusal(Reason.of("id_twice", id=item.id), where=f"{what} {item.id}")
        found[item.id] = item
    return dict(sorted(found.items()))


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: tuple(members) for name, members in groups.items()}
