"""What the methods of ``methods`` ask for a piece, on which base, and why one of them cannot speak: its base is not known.

Nothing here rounds, and nothing knows of tax: amounts are a piece and without it, but for the market price, which is as the list is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from inward.core.classification import Kind
from inward.core.pricing.armslength import Comparable, Quartiles
from inward.core.pricing.methods import (
    CostPlus,
    FixedFee,
    Market,
    Method,
    Negotiated,
    Prorated,
    ResaleMinus,
    StandardCost,
    Uncontrolled,
)
from inward.core.pricing.rules import OutsidePrice
from inward.core.terms import Currency, Fact, Rate, Reason, UnitPrice

RELATED_COMPANIES = frozenset({Kind.AFFILIATE, Kind.JOINT_VENTURE, Kind.ASSOCIATE})
"""The standings of two companies whose prices are set beside those of strangers."""


@dataclass(frozen=True, slots=True)
class Bases:
    """What a method may rest on for one line: its quantity, the cost, the market price and the comparables of its currency."""

    name: str
    currency: Currency
    quantity: int
    cost: UnitPrice | None = None
    market: OutsidePrice | None = None
    comparables: Sequence[Comparable] = ()

    @property
    def median(self) -> UnitPrice:
        """The median of the comparables; Refusal for none."""
        return UnitPrice(Quartiles.of([each.price.minor for each in self.comparables]).median, self.currency)


def obstacle(method: Method, bases: Bases) -> Reason | None:
    """Why the method finds no price here: what it rests on is not known, or in another currency only; None when it does."""
    if isinstance(method, Market):
        return _market_obstacle(bases)
    if isinstance(method, Uncontrolled) and not bases.comparables:
        return Reason.of("comparables_missing", offering=bases.name, currency=bases.currency)
    return None


def _market_obstacle(bases: Bases) -> Reason | None:
    if bases.market is None:
        return Reason.of("market_price_not_known", offering=bases.name)
    if bases.market.price.currency != bases.currency:
        currency = bases.market.price.currency
        return Reason.of("market_price_in_other_currency", offering=bases.name, market_currency=currency)
    return None


def reckoned(method: Method, bases: Bases) -> UnitPrice | None:
    """What a method that names its base asks for a piece, exactly; None for the others. Its obstacle must be none."""
    match method:
        case CostPlus(markup) if bases.cost is not None:
            return _plus(bases.cost, markup)
        case Market(less) if bases.market is not None:
            return _less(bases.market.price, less)
        case Uncontrolled(less):
            return _less(bases.median, less)
        case ResaleMinus(resale, margin):
            return _less(resale, margin)
        case StandardCost(cost, markup):
            return _plus(cost, markup)
        case Negotiated(price, _, _):
            return price
        case Prorated(low, high, share):
            return UnitPrice(low.minor + (high.minor - low.minor) * share.fraction, low.currency)
        case FixedFee(fee):
            return fee.times(Fraction(1, bases.quantity))
    return None


def how(method: Method, bases: Bases) -> Reason | None:
    """On what the price of a method rests, as a sentence with its figures; None for those that rest on the ordinary price.

    A mark-up or a reduction of nought is not spoken of.
    """
    match method:
        case CostPlus(markup) if bases.cost is not None:
            return _told("found_at_cost", "found_from_cost", markup, base=bases.cost)
        case Market(less) if bases.market is not None:
            seen = bases.market
            facts: dict[str, Fact] = {"base": seen.price, "source": seen.source, "seen_on": seen.seen_on}
            return _told("found_at_market", "found_from_market", less, **facts)
        case Uncontrolled(less):
            count = len(bases.comparables)
            return _told("found_at_comparables", "found_from_comparables", less, base=bases.median, count=count)
        case ResaleMinus(resale, margin):
            return Reason.of("found_from_resale", base=resale, rate=margin)
        case StandardCost(cost, markup):
            return _told("found_at_standard_cost", "found_from_standard_cost", markup, base=cost)
        case Negotiated(_, low, high):
            return Reason.of("found_by_negotiation", low=low, high=high)
        case Prorated(low, high, share):
            return Reason.of("found_by_share", low=low, high=high, rate=share)
        case FixedFee(fee):
            return Reason.of("found_as_fee", base=fee)
    return None


def _told(plainly: str, changed: str, rate: Rate, **facts: Fact) -> Reason:
    return Reason.of(changed, rate=rate, **facts) if rate.fraction else Reason.of(plainly, **facts)


def _plus(base: UnitPrice, rate: Rate) -> UnitPrice:
    return base.times(1 + rate.fraction)


def _less(base: UnitPrice, rate: Rate) -> UnitPrice:
    return base.times(1 - rate.fraction)
