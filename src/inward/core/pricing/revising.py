"""A price book as it would be after a change, for trying one out: values in, a checked book out, nothing kept.

Versions: a price that changes from a day on goes on under the id it had, with that day behind it
(``list-tea@2027-01-01``), so that a trace names exactly the version that priced it. A scheme keeps its id, since what
people drew of its allowance counts on; its versions differ by their days alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias, TypeVar

from inward.core.pricing.armslength import Comparable
from inward.core.pricing.book import PriceBook
from inward.core.pricing.raising import Raise, raised
from inward.core.pricing.rules import Cost, Offering, PriceRule, Scheme, TaxRate
from inward.core.terms import Period, Reason, Refusal, succession

_VERSION = re.compile(r"@\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """An offering as it is said of now: name, category, tax code, outside price."""

    offering: Offering


@dataclass(frozen=True, slots=True)
class CostFrom:
    """What a piece costs from the first day of ``cost.period`` on."""

    cost: Cost


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price under an id of its own."""

    rule: PriceRule


@dataclass(frozen=True, slots=True)
class PriceFrom:
    """From a day on, ``rule`` in the place of a price that holds then."""

    price: str
    rule: PriceRule
    since: date


@dataclass(frozen=True, slots=True)
class PriceEnds:
    """A price no longer holds on ``until``."""

    price: str
    until: date


@dataclass(frozen=True, slots=True)
class PricesRaised:
    """Many prices of a supplier become others on one day (``raising``)."""

    how: Raise


@dataclass(frozen=True, slots=True)
class NewScheme:
    """A scheme under an id of its own."""

    scheme: Scheme


@dataclass(frozen=True, slots=True)
class SchemeFrom:
    """From a day on, the scheme is as ``scheme`` says."""

    scheme: Scheme
    since: date


@dataclass(frozen=True, slots=True)
class SchemeEnds:
    """A scheme no longer holds on ``until``."""

    scheme: str
    until: date


@dataclass(frozen=True, slots=True)
class TaxFrom:
    """A tax rate from the first day of its period on."""

    rate: TaxRate


@dataclass(frozen=True, slots=True)
class NewComparable:
    """A sale of the like between strangers."""

    comparable: Comparable


@dataclass(frozen=True, slots=True)
class ComparableEnds:
    """A comparable sale is compared with no longer on ``until``."""

    comparable: str
    until: date


Change: TypeAlias = (
    ItemChanged
    | NewComparable
    | ComparableEnds
    | CostFrom
    | NewPrice
    | PriceFrom
    | PriceEnds
    | PricesRaised
    | NewScheme
    | SchemeFrom
    | SchemeEnds
    | TaxFrom
)


def family(price: str) -> str:
    """The id under which every version of a price goes: its own without the day behind it."""
    return _VERSION.sub("", price)


def version_id(price: str, since: date) -> str:
    """The id of the version of a price that begins on that day."""
    return f"{family(price)}@{since.isoformat()}"


def revised(book: PriceBook, change: Change) -> PriceBook:
    """The book after the change, checked as a whole. Refusal when it cannot be true, naming both rules of a conflict, and
    for a change of something that is not there or does not hold on that day.
    """
    match change:
        case ItemChanged(offering):
            _known(book.offerings, offering.id, "unknown_offering")
            return _with(book, offerings=({**book.offerings, offering.id: offering}).values())
        case CostFrom(cost):
            mine = [known for known in book.costs if known.offering == cost.offering]
            others = [known for known in book.costs if known.offering != cost.offering]
            return _with(book, costs=[*others, *_taken_over(mine, cost, cost.period.start)])
        case TaxFrom(rate):
            same = [tax for tax in book.taxes if (tax.company, tax.tax_code) == (rate.company, rate.tax_code)]
            apart = [tax for tax in book.taxes if (tax.company, tax.tax_code) != (rate.company, rate.tax_code)]
            return _with(book, taxes=[*apart, *_taken_over(same, rate, rate.period.start)])
        case NewComparable(comparable):
            return _with(book, comparables=[*book.comparables, comparable])
        case ComparableEnds(code, until):
            return _with(book, comparables=_comparable_ends(book, code, until))
        case NewPrice(rule):
            return _with(book, rules=[*book.rules, rule])
        case PriceFrom(price, rule, since):
            return _with(book, rules=_price_from(book, price, rule, since))
        case PricesRaised(how):
            return _with(book, rules=_prices_raised(book, how))
        case PriceEnds(price, until):
            mine_, rest = _split(book.rules, price)
            return _with(book, rules=[*rest, *_ended(mine_, until)])
    return _with(book, schemes=_schemes(book, change))


def versions(book: PriceBook, price: str) -> tuple[PriceRule, ...]:
    """Every version of a price, in the order of their days."""
    found, _ = _split(book.rules, price)
    return tuple(sorted(found, key=lambda rule: rule.period.start or date.min))


def _comparable_ends(book: PriceBook, code: str, until: date) -> list[Comparable]:
    mine = [each for each in book.comparables if each.id == code]
    if not mine:
        raise Refusal(Reason.of("unknown_comparable", id=code))
    return [*(each for each in book.comparables if each.id != code), *_ended(mine, until)]


def _schemes(book: PriceBook, change: NewScheme | SchemeFrom | SchemeEnds) -> list[Scheme]:
    known = [version for found in book.scheme_versions.values() for version in found]
    if isinstance(change, NewScheme):
        return [*known, change.scheme]
    scheme = change.scheme if isinstance(change, SchemeEnds) else change.scheme.id
    mine = book.scheme_versions[_known(book.scheme_versions, scheme, "unknown_scheme")]
    rest = [version for version in known if version.id != scheme]
    if isinstance(change, SchemeEnds):
        return [*rest, *_ended(mine, change.until)]
    return [*rest, *_taken_over(mine, change.scheme, change.since)]


def _price_from(book: PriceBook, price: str, rule: PriceRule, since: date) -> list[PriceRule]:
    """The rules with a new version of one; under an id of its own where the rule brings one."""
    mine, rest = _split(book.rules, price)
    return [*rest, *_versions_from(mine, price, rule, since)]


def _prices_raised(book: PriceBook, how: Raise) -> list[PriceRule]:
    """The rules with a new version of each that is raised; each family is looked up once, for there may be thousands."""
    families: dict[str, list[PriceRule]] = {}
    for rule in book.rules:
        families.setdefault(family(rule.id), []).append(rule)
    for rule in raised(book, how):
        families[family(rule.id)] = _versions_from(families[family(rule.id)], rule.id, rule, how.since)
    return [rule for versions_ in families.values() for rule in versions_]


def _versions_from(mine: Sequence[PriceRule], price: str, rule: PriceRule, since: date) -> list[PriceRule]:
    """The versions of a price with one that begins on that day. Refusal where the price does not hold then."""
    place = succession([known.period for known in mine], since)
    if place.before is None:
        raise Refusal(Reason.of("price_not_running", price=family(price), on=since), where="valid_from")
    before = mine[place.before]
    if place.replaces:
        fresh = replace(rule, id=before.id, period=place.period)
        return [fresh if known is before else known for known in mine]
    code = version_id(price, since) if family(rule.id) == family(price) else rule.id
    fresh = replace(rule, id=code, period=place.period)
    return [*_cut(mine, before, since), fresh]


_Dated = TypeVar("_Dated", bound=Comparable | Cost | PriceRule | Scheme | TaxRate)


def _taken_over(known: Sequence[_Dated], fresh: _Dated, since: date | None) -> list[_Dated]:
    """The versions with a new one that begins on that day. Refusal for no day where something is known already."""
    if since is None:
        if known:
            raise Refusal(Reason.of("day_missing"), where="valid_from")
        return [fresh]
    place = succession([version.period for version in known], since)
    fresh = replace(fresh, period=place.period)
    if place.before is None:
        return [*known, fresh]
    before: _Dated = known[place.before]
    if place.replaces:
        return [fresh if version is before else version for version in known]
    return [*_cut(known, before, since), fresh]


def _ended(known: Sequence[_Dated], until: date) -> list[_Dated]:
    """The versions with an end: the last one that has begun by then ends. Refusal for a later one, or none."""
    begun = [version for version in known if version.period.start is None or version.period.start < until]
    later = [start for version in known if (start := version.period.start) is not None and start >= until]
    if later:
        code = "later_version_begins" if begun else "period_backwards"
        raise Refusal(Reason.of(code, since=min(later), until=until), where="valid_until")
    last = max(begun, key=lambda version: version.period.start or date.min)
    return _cut(known, last, until)


def _cut(known: Sequence[_Dated], one: _Dated, until: date) -> list[_Dated]:
    return [
        replace(version, period=Period(version.period.start, until)) if version is one else version for version in known
    ]


def _split(rules: Iterable[PriceRule], price: str) -> tuple[list[PriceRule], list[PriceRule]]:
    """The versions of a price, and all others. Refusal for no such price."""
    mine: list[PriceRule] = []
    rest: list[PriceRule] = []
    for rule in rules:
        (mine if family(rule.id) == family(price) else rest).append(rule)
    if not mine:
        raise Refusal(Reason.of("unknown_price", id=price), where="price")
    return mine, rest


def _known(things: Mapping[str, object], id: str, code: str) -> str:
    if id not in things:
        raise Refusal(Reason.of(code, id=id))
    return id


def _with(book: PriceBook, **changed: Any) -> PriceBook:
    """The book with some of its tables others, checked."""
    tables: dict[str, Any] = {
        "offerings": book.offerings.values(),
        "categories": book.categories,
        "costs": book.costs,
        "rules": book.rules,
        "schemes": [version for found in book.scheme_versions.values() for version in found],
        "taxes": book.taxes,
        "comparables": book.comparables,
        "version": book.version,
        "suspensions": book.suspensions,
    }
    return PriceBook.of(**(tables | changed))
