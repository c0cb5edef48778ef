"""The price book: everything prices come from as one immutable, checked value with its look-ups prepared.

It decides nothing; ``quote`` does. A book is refused at the door when two rules could both win (same level, target,
party and quantity with overlapping days), so no order of entry can ever matter.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from inward.core.pricing.armslength import Comparable
from inward.core.pricing.door import check, faults
from inward.core.pricing.limits import reach
from inward.core.pricing.rules import (
    Cost,
    Limit,
    Offering,
    PriceRule,
    Scheme,
    Suspension,
    Tables,
    Target,
    TargetKind,
    TaxRate,
)
from inward.core.terms import Reason, Refusal, UnitPrice, boundaries

_CUSTOMERS_KEPT = 256
"""So many sorts of customers have their lines kept beside a book."""
_LINES_KEPT = 20_000
"""So many lines are kept of all of them together: some ten megabytes."""


@dataclass(frozen=True)
class PriceBook(Tables):
    """All that prices come from, checked, with what is looked up at every line prepared once."""

    @classmethod
    def of(
        cls,
        *,
        offerings: Iterable[Offering] = (),
        categories: Mapping[str, str | None] | None = None,
        costs: Iterable[Cost] = (),
        rules: Iterable[PriceRule] = (),
        schemes: Iterable[Scheme] = (),
        taxes: Iterable[TaxRate] = (),
        version: int = 0,
        suspensions: Iterable[Suspension] = (),
        comparables: Iterable[Comparable] = (),
    ) -> "PriceBook":
        """Check and build; the order in which anything is given never matters.

        A scheme may come in several versions: one id, days that never overlap. Refusal (with ``where``) on unknown or
        repeated ids, a cycle of categories, rules that make no sense, and conflicts: ``price_rules_conflict`` names
        both rules and the first day on which both would hold.
        """
        made = cls._made(offerings, categories, costs, rules, schemes, taxes, version, comparables)
        check(made)
        closed = sorted(suspensions, key=lambda each: (each.scheme, each.person, each.period.start or date.min))
        return replace(made, suspensions=tuple(closed)) if closed else made

    @classmethod
    def faults(
        cls,
        *,
        offerings: Iterable[Offering] = (),
        categories: Mapping[str, str | None] | None = None,
        costs: Iterable[Cost] = (),
        rules: Iterable[PriceRule] = (),
        schemes: Iterable[Scheme] = (),
        taxes: Iterable[TaxRate] = (),
        comparables: Iterable[Comparable] = (),
        standing: Container[str] = (),
    ) -> list[Refusal]:
        """Everything for which ``of`` would refuse these, and not only the first; nothing when they make a book.

        Of rules that conflict, those that are ``standing`` stay; see ``door.faults``.
        """
        try:
            made = cls._made(offerings, categories, costs, rules, schemes, taxes, 0, comparables)
        except Refusal as fault:
            return [fault]
        return faults(made, standing=standing)

    @classmethod
    def _made(
        cls,
        offerings: Iterable[Offering],
        categories: Mapping[str, str | None] | None,
        costs: Iterable[Cost],
        rules: Iterable[PriceRule],
        schemes: Iterable[Scheme],
        taxes: Iterable[TaxRate],
        version: int,
        comparables: Iterable[Comparable],
    ) -> "PriceBook":
        """The book, unchecked but for ids that come twice."""
        versions = _versions(schemes)
        return cls(
            offerings=_by_id(offerings, "offering"),
            categories=dict(sorted((categories or {}).items())),
            costs=tuple(sorted(costs, key=lambda cost: (cost.offering, str(cost.period.start or "")))),
            rules=tuple(_by_id(rules, "price").values()),
            schemes={code: found[-1] for code, found in versions.items()},
            scheme_versions=versions,
            taxes=tuple(sorted(taxes, key=lambda tax: (tax.company, tax.tax_code, str(tax.period.start or "")))),
            version=version,
            comparables=tuple(sorted(_by_id(comparables, "comparable").values(), key=lambda each: each.offering)),
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

    def scheme_on(self, id: str, day: date) -> Scheme:
        """The version of a scheme that holds on that day, else the one before, else the first. KeyError for no scheme."""
        versions = self.scheme_versions[id]
        if len(versions) == 1:
            return versions[0]
        begun = [version for version in versions if version.period.start is None or version.period.start <= day]
        return begun[-1] if begun else versions[0]

    def suspended(self, scheme: str, person: str, day: date) -> Suspension | None:
        """What closes the scheme to this person alone on that day; None where nothing does."""
        return next((each for each in self._closed.get((scheme, person), ()) if day in each.period), None)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which anything in the book begins or ends: between two of them it says the same every day."""
        periods = (
            *(rule.period for rule in self.rules),
            *(cost.period for cost in self.costs),
            *(tax.period for tax in self.taxes),
            *(each.period for each in self.comparables),
            *(scheme.period for found in self.scheme_versions.values() for scheme in found),
        )
        return tuple(boundaries(periods))

    @cached_property
    def parties_named(self) -> frozenset[str]:
        """The customers for whom there are rules by name."""
        return frozenset(rule.scope.party for rule in self.rules if rule.scope.party is not None)

    def schemes_of(self, supplier: str) -> tuple[str, ...]:
        """The schemes of a supplier, by id."""
        return self._schemes_by_supplier.get(supplier, ())

    def limits_of(self, scheme: Scheme, offering: Offering) -> tuple[Limit, ...]:
        """The limits of a version of a scheme that count an offering."""
        place = (scheme.id, scheme.period.start, offering.id)
        found = self._limits.get(place)
        if found is None:
            reached = (limit for limit in scheme.all_limits if self.distance(limit.target, offering) is not None)
            found = self._limits[place] = tuple(reached)
        return found

    @cached_property
    def reach(self) -> int:
        """How many days before its own calendar year the limits of any scheme, and its cooling off, look back, at most."""
        versions = [version for found in self.scheme_versions.values() for version in found]
        cooling = max((version.cooling_days for version in versions), default=0)
        return max((reach(limit) for version in versions for limit in version.limits), default=cooling)

    def cost_on(self, offering: str, day: date) -> UnitPrice | None:
        """What a piece costs its supplier on that day; None when nobody has said."""
        return next((cost.price for cost in self._costs.get(offering, ()) if day in cost.period), None)

    def comparables_on(self, offering: str, day: date) -> tuple[Comparable, ...]:
        """The comparable sales of an offering that are compared on that day, in the order of their ids."""
        return tuple(each for each in self._comparables.get(offering, ()) if day in each.period)

    def tax_on(self, company: str, tax_code: str, day: date) -> TaxRate | None:
        """The tax rate of a code in that company's sales on that day; None when there is none."""
        return next((tax for tax in self._taxes.get((company, tax_code), ()) if day in tax.period), None)

    def priced_for(self, customer: Hashable) -> dict[Any, Any]:
        """What was reckoned in this book for a customer alike (``likeness``), by whoever reckons; of few of them, the latest.

        A book never changes and equal questions have equal answers, so it is right for as long as the book is.
        """
        found = self._priced.get(customer)
        if found is None:
            if len(self._priced) >= _CUSTOMERS_KEPT:
                self._priced.clear()
            found = self._priced.setdefault(customer, {})
        return found

    def keep(self, known: dict[Any, Any], place: Hashable, found: object) -> None:
        """Keep what was reckoned for a place of what ``priced_for`` gave; when there is too much of it, all else is forgotten."""
        if self._lines_kept[0] >= _LINES_KEPT:
            for lines in (known, *self._priced.values()):
                lines.clear()
            self._priced.clear()
            self._lines_kept[0] = 0
        self._lines_kept[0] += 1
        known[place] = found

    def _reaches(self, rule: PriceRule, offering: Offering) -> bool:
        return self.distance(rule.target, offering) is not None

    @cached_property
    def _lines_kept(self) -> list[int]:
        return [0]

    @cached_property
    def _priced(self) -> dict[Hashable, dict[Any, Any]]:
        return {}

    @cached_property
    def _limits(self) -> dict[tuple[str, date | None, str], tuple[Limit, ...]]:
        return {}

    @cached_property
    def _schemes_by_supplier(self) -> Mapping[str, tuple[str, ...]]:
        found = _grouped(sorted(self.schemes.values(), key=lambda scheme: scheme.id), lambda scheme: scheme.supplier)
        return {supplier: tuple(scheme.id for scheme in schemes) for supplier, schemes in found.items()}

    @cached_property
    def _candidates(self) -> dict[str, tuple[PriceRule, ...]]:
        return {}

    @cached_property
    def _by_supplier(self) -> Mapping[str, tuple[PriceRule, ...]]:
        return _grouped(self.rules, lambda rule: rule.supplier)

    @cached_property
    def _closed(self) -> Mapping[tuple[str, str], tuple[Suspension, ...]]:
        return _grouped(self.suspensions, lambda each: (each.scheme, each.person))

    @cached_property
    def _costs(self) -> Mapping[str, tuple[Cost, ...]]:
        return _grouped(self.costs, lambda cost: cost.offering)

    @cached_property
    def _comparables(self) -> Mapping[str, tuple[Comparable, ...]]:
        return _grouped(self.comparables, lambda each: each.offering)

    @cached_property
    def _taxes(self) -> Mapping[tuple[str, str], tuple[TaxRate, ...]]:
        return _grouped(self.taxes, lambda tax: (tax.company, tax.tax_code))


Item = TypeVar("Item")
Key = TypeVar("Key")
Identified = TypeVar("Identified", Offering, PriceRule, Comparable)


def _by_id(items: Iterable[Identified], what: str) -> dict[str, Identified]:
    """The items in the order of their ids; Refusal for an id that comes twice."""
    found: dict[str, Identified] = {}
    for item in items:
        if item.id in found:
            raise Refusal(Reason.of("id_twice", id=item.id), where=f"{what} {item.id}")
        found[item.id] = item
    return dict(sorted(found.items()))


def _versions(schemes: Iterable[Scheme]) -> Mapping[str, tuple[Scheme, ...]]:
    """The versions of each scheme in the order of their days; Refusal for two of one id on one day."""
    ordered = sorted(schemes, key=lambda scheme: (scheme.id, scheme.period.start or date.min))
    for one, other in pairwise(ordered):
        if one.id == other.id and one.period.overlaps(other.period):
            raise Refusal(Reason.of("id_twice", id=other.id), where=f"scheme {other.id}")
    return _grouped(ordered, lambda scheme: scheme.id)


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: tuple(members) for name, members in groups.items()}
