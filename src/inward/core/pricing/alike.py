"""Many dealings priced: each price is reckoned once for all customers whom the price book cannot tell apart.

Two customers are alike before a supplier when they stand to it alike, may use the same schemes in the same order, and stand in
the same of those parties that rules name. Between two days on which nothing in the book begins or ends they are then asked the same price
for the same pieces, and the same rules give it. Allowances are left aside, as if there were always enough of them: what was
left on a day in the past is not known any more.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from inward.core.classification import Standing, World
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.book import PriceBook
from inward.core.pricing.eligibility import Customer, scheme_obstacle, seniority
from inward.core.pricing.lines import LinePricer
from inward.core.pricing.quoted import QuotedLine, Wanted
from inward.core.pricing.rules import Scheme
from inward.core.terms import boundaries

Likeness: TypeAlias = tuple[object, ...]


class Alike:
    """Prices dealings in one world by one book, and remembers every price it has reckoned."""

    def __init__(self, world: World, book: PriceBook) -> None:
        self._world = world
        self._book = _without_limits(book)
        self._days = boundaries(
            [
                *(rule.period for rule in book.rules),
                *(cost.period for cost in book.costs),
                *(tax.period for tax in book.taxes),
                *(each.period for each in book.comparables),
                *(scheme.period for found in book.scheme_versions.values() for scheme in found),
            ]
        )
        self._named = frozenset(rule.scope.party for rule in book.rules if rule.scope.party is not None)
        self._schemes: dict[str, tuple[str, ...]] = {}
        for code, scheme in sorted(book.schemes.items()):
            self._schemes[scheme.supplier] = (*self._schemes.get(scheme.supplier, ()), code)
        self._known: dict[Likeness, QuotedLine] = {}

    def lines(
        self, *, supplier: str, customer: str, standing: Standing, on: date, wanted: Sequence[Wanted]
    ) -> tuple[QuotedLine, ...]:
        """The lines priced as ``quote`` prices them where no allowance runs out; the trace may be that of somebody alike.

        Refusal where ``quote`` refuses for want of a price or a tax rate; KeyError for an offering the book does not know.
        """
        who = Customer.of(world=self._world, party=customer, standing=standing, on=on)
        likeness = self._likeness(who, supplier)
        return tuple(self._line(likeness, who, line) for line in wanted)

    def _line(self, likeness: Likeness, who: Customer, wanted: Wanted) -> QuotedLine:
        key = (likeness, wanted.offering, wanted.quantity)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._reckoned(who, wanted)
        return found

    def _reckoned(self, who: Customer, wanted: Wanted) -> QuotedLine:
        """The line of this customer on this day. A refusal is not remembered: it names the day, and days alike are not one day."""
        pricer = LinePricer(self._book, who, Allowances.of(self._book, (), on=who.on))
        return pricer.line(self._book.offerings[wanted.offering], wanted.quantity)

    def _likeness(self, who: Customer, supplier: str) -> Likeness:
        """All of a customer and a day that a price of this supplier can depend on."""
        open_to_her = [
            scheme
            for scheme in (self._book.scheme_on(code, who.on) for code in self._schemes.get(supplier, ()))
            if scheme_obstacle(scheme, who) is None
        ]
        if len(open_to_her) > 1:
            open_to_her.sort(key=lambda scheme: seniority(scheme, who))
        schemes = tuple(scheme.id for scheme in open_to_her)
        places = tuple(place for place in (who.party, *who.above) if place in self._named)
        standing = who.standing
        days = bisect(self._days, who.on)
        return (standing.kind, standing.supplier_company, who.tax.taxed, schemes, places, days)


def _without_limits(book: PriceBook) -> PriceBook:
    return replace(
        book,
        schemes={code: _unlimited(scheme) for code, scheme in book.schemes.items()},
        scheme_versions={code: tuple(map(_unlimited, found)) for code, found in book.scheme_versions.items()},
    )


def _unlimited(scheme: Scheme) -> Scheme:
    return replace(scheme, allowance_money=None, allowance_units=None, limits=())
