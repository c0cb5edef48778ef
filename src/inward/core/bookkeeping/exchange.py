"""Exchange: which rate turns the currency of a dealing into that of the books, and what each line of an entry comes to in it.

Rates are exact fractions, told with a day and a source; nothing is rounded but amounts, each once. Prices are never turned:
a dealing has one currency, and only books keep it in another (docs/decisions/0189).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from inward.core.bookkeeping.posting import Entry, PostingLine, Role
from inward.core.terms import Currency, Money, UnitPrice, rounded
from inward.core.terms.money import minor_digits

Place = tuple[Role, str | None, str | None, str]
"""Where a line stands in its entry: role, cost centre, counterparty, tax code."""


@dataclass(frozen=True, slots=True)
class Published:
    """On a day one unit of ``currency`` costs ``price`` units of ``against``, says ``source``.

    It is used until a later one is told: through ``last``, or for some days where no last day was told.
    """

    currency: Currency
    against: Currency
    price: Fraction
    on: date
    source: str
    last: date | None = None

    def used_on(self, day: date, days_max: int) -> bool:
        """Whether it may be used on a day: not before its own, and not for longer than it was told for."""
        last = self.on + timedelta(days=days_max) if self.last is None else self.last
        return self.on <= day <= last


@dataclass(frozen=True, slots=True)
class Exchange:
    """One unit of ``currency`` is ``price`` units of ``into``, by what ``source`` told of day ``on``; ``via`` a third currency."""

    currency: Currency
    into: Currency
    price: Fraction
    on: date
    source: str
    via: Currency | None = None

    def turned(self, amount: Money) -> Money:
        """The amount in the other currency, rounded once, half away from zero."""
        digits = minor_digits(self.into) - minor_digits(self.currency)
        return rounded(UnitPrice(amount.minor * self.price * Fraction(10) ** digits, self.into))


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of an entry, and what it comes to in the currency of the books."""

    line: PostingLine
    functional: Money


@dataclass(frozen=True, slots=True)
class Stood:
    """What stands in one place of the books of a dealing: in its own currency, and in that of the books; smallest units."""

    amount: int = 0
    functional: int = 0


def exchange_on(
    told: Iterable[Published], *, currency: Currency, into: Currency, on: date, days_max: int
) -> Exchange | None:
    """The rate of a day: of the latest day on which there is any, as it was told, else backwards, else over a third currency.

    Over a third currency only by two rates of one day; of several such currencies the first by its code. None for no rate.
    """
    usable = [each for each in told if each.used_on(on, days_max)]
    for day in sorted({each.on for each in usable}, reverse=True):
        legs = _legs(each for each in usable if each.on == day)
        found = legs.get((currency, into)) or _crossed(legs, currency, into)
        if found is not None:
            return found
    return None


def booked(
    entry: Entry, exchange: Exchange, stands: Mapping[Place, Stood] = MappingProxyType({})
) -> tuple[Booked, ...]:
    """Every line with what it comes to in the currency of the books; a last line takes what rounding left, if anything.

    ``stands`` is what the books hold of this dealing already, where it is corrected: a line then comes to the difference between
    what remains turned once, and what stood. So what is given back in any number of steps leaves nothing.
    """
    now = dict(stands)
    lines: list[Booked] = []
    for line in entry.lines:
        place = place_of(line)
        before = now.get(place, Stood())
        amount = before.amount + line.amount.minor
        then = exchange.turned(Money(amount, line.amount.currency))
        now[place] = Stood(amount, then.minor)
        lines.append(Booked(line, Money(then.minor - before.functional, exchange.into)))
    left = sum(each.functional.minor for each in lines)
    if left:
        rounding = PostingLine(Role.EXCHANGE_ROUNDING, Money.zero(exchange.currency))
        lines.append(Booked(rounding, Money(-left, exchange.into)))
    return tuple(lines)


def place_of(line: PostingLine) -> Place:
    """Where a line stands in its entry."""
    return (line.role, line.cost_centre, line.counterparty, line.tax_code)


def _legs(told: Iterable[Published]) -> dict[tuple[Currency, Currency], Exchange]:
    """What was told of one day, in both directions; what was told goes before what is only its reverse."""
    legs: dict[tuple[Currency, Currency], Exchange] = {}
    backwards: dict[tuple[Currency, Currency], Exchange] = {}
    for each in told:
        there, back = (each.currency, each.against), (each.against, each.currency)
        legs[there] = Exchange(*there, each.price, each.on, each.source)
        backwards[back] = Exchange(*back, 1 / each.price, each.on, each.source)
    return backwards | legs


def _crossed(legs: Mapping[tuple[Currency, Currency], Exchange], one: Currency, other: Currency) -> Exchange | None:
    for via in sorted({there for here, there in legs if here == one}):
        first, second = legs[one, via], legs.get((via, other))
        if second is not None:
            sources = " / ".join(dict.fromkeys((first.source, second.source)))
            return Exchange(one, other, first.price * second.price, first.on, sources, via)
    return None
