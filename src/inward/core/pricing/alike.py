"""Many dealings priced: each price is reckoned once for all customers whom the price book cannot tell apart.

Customers alike (``likeness``) are asked the same price for the same pieces, and the same rules give it. Allowances are left aside, as if there were always enough of them: what was
left on a day in the past is not known any more.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from inward.core.classification import Household, Standing, World, classify
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.book import PriceBook
from inward.core.pricing.eligibility import Customer
from inward.core.pricing.likeness import Likeness, likeness
from inward.core.pricing.lines import LinePricer
from inward.core.pricing.quoted import QuotedLine, Wanted
from inward.core.pricing.rules import Scheme

_Lines: TypeAlias = dict[tuple[str, int], QuotedLine]
"""What was reckoned for customers alike, by offering and pieces."""
_ASKING_KEPT = 20_000
"""So many customers of a day are kept: a few megabytes."""


class Alike:
    """Prices dealings in one world by one book, and remembers every price it has reckoned."""

    def __init__(self, world: World, book: PriceBook) -> None:
        self._world = world
        self._book = _without_limits(book)
        self._known: dict[Likeness, _Lines] = {}
        self._asking: dict[tuple[str, str, date, Household | None], tuple[Customer, _Lines]] = {}

    def lines(
        self,
        *,
        supplier: str,
        customer: str,
        on: date,
        wanted: Sequence[Wanted],
        standing: Standing | None = None,
        home: Household | None = None,
    ) -> tuple[QuotedLine, ...]:
        """The lines priced as ``quote`` prices them where no allowance runs out; the trace may be that of somebody alike.

        ``standing`` is the customer's before the supplier, where somebody has asked it already; ``home`` for whom of her household
        she buys. Refusal where ``quote`` refuses
        for want of a price or a tax rate; KeyError for an offering the book does not know.
        """
        asking = self._asking.get((supplier, customer, on, home))
        who, known = self._whoever(supplier, customer, on, standing, home) if asking is None else asking
        found: list[QuotedLine] = []
        for each in wanted:
            place = (each.offering, each.quantity)
            line = known.get(place)
            if line is None:
                line = known[place] = self._reckoned(who, each)
            found.append(line)
        return tuple(found)

    def _whoever(
        self, supplier: str, customer: str, on: date, standing: Standing | None, home: Household | None
    ) -> tuple[Customer, _Lines]:
        """The customer on that day, and the lines that were reckoned for those alike."""
        world = self._world
        if standing is None:
            rule = world.definition_on(on)
            standing = classify(supplier=supplier, customer=customer, world=world, on=on, definition=rule)
        who = Customer.of(world=world, party=customer, standing=standing, on=on, home=home)
        known = self._known.setdefault(likeness(self._book, who, supplier, with_reasons=False), {})
        if len(self._asking) >= _ASKING_KEPT:
            self._asking.clear()
        self._asking[supplier, customer, on, home] = who, known
        return who, known

    def _reckoned(self, who: Customer, wanted: Wanted) -> QuotedLine:
        """The line of this customer on this day. A refusal is not remembered: it names the day, and days alike are not one day."""
        pricer = LinePricer(self._book, who, Allowances.of(self._book, (), on=who.on))
        return pricer.line(self._book.offerings[wanted.offering], wanted.quantity)


def _without_limits(book: PriceBook) -> PriceBook:
    return replace(
        book,
        schemes={code: _unlimited(scheme) for code, scheme in book.schemes.items()},
        scheme_versions={code: tuple(map(_unlimited, found)) for code, found in book.scheme_versions.items()},
    )


def _unlimited(scheme: Scheme) -> Scheme:
    return replace(scheme, allowance_money=None, allowance_units=None, limits=())
