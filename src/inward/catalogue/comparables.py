"""Comparable sales for those who look after what is offered: the list, one of them with all its versions, and an item's range.

As in ``register``: always for a viewer, and out of bounds is ``NotThere``. Nothing is changed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inward.catalogue import queries, rows
from inward.catalogue.models import Comparable
from inward.catalogue.register import Sheet, kept_by, latest, of_day, says, versions_of
from inward.core import pricing
from inward.core.terms import UnitPrice
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.parties.queries import Named

COMPARABLES = ListSpec(
    {"code": "code", "offering": "offering__name", "seen": "seen_on"},
    {"offering": "offering__code", "supplier": "offering__supplier__code"},
    default="code",
)


@dataclass(frozen=True, slots=True)
class ComparableRecord:
    """A sale of the like between strangers, as it is known; its price is a piece and without tax."""

    comparable: pricing.Comparable
    offering: Named
    supplier: Named
    source: str


@dataclass(frozen=True, slots=True)
class Range:
    """Where comparable sales of an item lie in one currency: the middle half of ``count`` of them, and their middle."""

    low: UnitPrice
    median: UnitPrice
    high: UnitPrice
    count: int


def comparables(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[ComparableRecord]:
    """The comparable sales that are compared on a day, of suppliers the viewer looks after."""
    said = says(params, "code", "offering__name", "seen_in")
    found = Comparable.objects.current().on(on).filter(kept_by(viewer, at, "offering__supplier"), said)
    return page(found.select_related("offering__supplier"), COMPARABLES, params).map(_record)


def comparable(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """One comparable sale with all its versions. NotThere out of bounds."""
    mine = Comparable.objects.filter(kept_by(viewer, at, "offering__supplier"), code=code)
    found = latest(mine.select_related("offering__supplier"))
    record = _record(of_day(found, on))
    return Sheet(record, versions_of(found, rows.comparable_of), (code,))


def ranges(offering: str, on: date) -> tuple[Range, ...]:
    """Where the comparable sales of an item lie on a day, for each currency in which there are some."""
    book = queries.price_book()
    prices: dict[str, list[UnitPrice]] = {}
    for each in book.comparables_on(offering, on):
        prices.setdefault(each.price.currency, []).append(each.price)
    return tuple(_range(found) for _, found in sorted(prices.items()))


def _range(prices: list[UnitPrice]) -> Range:
    found, currency = pricing.Quartiles.of([price.minor for price in prices]), prices[0].currency
    low, median, high = (UnitPrice(each, currency) for each in (found.low, found.median, found.high))
    return Range(low, median, high, found.count)


def _record(row: Comparable) -> ComparableRecord:
    offering, supplier = row.offering, row.offering.supplier
    return ComparableRecord(
        rows.comparable_of(row),
        Named(offering.code, offering.name),
        Named(supplier.code, supplier.name),
        row.source,
    )
