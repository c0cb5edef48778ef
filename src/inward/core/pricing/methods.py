"""How a price is found between those who belong together, beside a fixed price, a percent off, cost plus and free for use.

Each method names its base: the market, comparable sales, a resale price, a standard cost, limits that were agreed, a fee. The
methods are those of OECD (2022), Transfer Pricing Guidelines, chapter II, and of Horngren, Cost Accounting, on transfer pricing.
``plain`` and ``method_of`` turn any method into columns and back, for tables, files and programs alike.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from inward.core.terms import Rate, UnitPrice
from inward.core.terms.money import as_currency


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


@dataclass(frozen=True, slots=True)
class Market:
    """What the same costs outside, as it was last seen, less this rate; with tax in it where the list price has it."""

    less: Rate


@dataclass(frozen=True, slots=True)
class Uncontrolled:
    """Comparable uncontrolled price (CUP): the median of comparable sales between strangers, less this rate; without tax."""

    less: Rate


@dataclass(frozen=True, slots=True)
class ResaleMinus:
    """What the buyer resells it for, less the buyer's margin on that price; without tax."""

    resale: UnitPrice
    margin: Rate


@dataclass(frozen=True, slots=True)
class StandardCost:
    """A cost agreed beforehand, plus this mark-up on it: what the supplier wastes is not passed on. Without tax."""

    cost: UnitPrice
    markup: Rate


@dataclass(frozen=True, slots=True)
class Negotiated:
    """A price agreed between the least the supplier can take and the most the buyer can give; without tax."""

    price: UnitPrice
    low: UnitPrice
    high: UnitPrice


@dataclass(frozen=True, slots=True)
class Prorated:
    """The least the supplier can take, plus its share of what lies between that and the most the buyer can give; without tax."""

    low: UnitPrice
    high: UnitPrice
    share: Rate


@dataclass(frozen=True, slots=True)
class FixedFee:
    """This amount for a line, whatever its quantity and its cost; without tax."""

    fee: UnitPrice


Method: TypeAlias = (
    Fixed
    | PercentOff
    | CostPlus
    | Free
    | Market
    | Uncontrolled
    | ResaleMinus
    | StandardCost
    | Negotiated
    | Prorated
    | FixedFee
)


class MethodName(Enum):
    """How a price is found, as files say it."""

    FIXED = "FIXED"
    PERCENT_OFF = "PERCENT_OFF"
    COST_PLUS = "COST_PLUS"
    FREE = "FREE"
    MARKET = "MARKET"
    CUP = "CUP"
    RESALE_MINUS = "RESALE_MINUS"
    STANDARD_COST = "STANDARD_COST"
    NEGOTIATED = "NEGOTIATED"
    PRORATED = "PRORATED"
    FIXED_FEE = "FIXED_FEE"


AMOUNTS = frozenset({MethodName.FIXED, MethodName.NEGOTIATED, MethodName.FIXED_FEE})
"""The methods whose value is an amount; of all others but ``FREE`` it is a rate."""
UNBOUNDED = frozenset({MethodName.COST_PLUS, MethodName.STANDARD_COST})
"""The methods whose rate may pass a hundred percent: mark-ups."""
ON_BASE = frozenset({MethodName.RESALE_MINUS, MethodName.STANDARD_COST})
"""The methods that rest on an amount of their own."""
BETWEEN = frozenset({MethodName.NEGOTIATED, MethodName.PRORATED})
"""The methods that lie between two limits."""


CREDITS = frozenset(
    {
        MethodName.FIXED,
        MethodName.PERCENT_OFF,
        MethodName.COST_PLUS,
        MethodName.MARKET,
        MethodName.CUP,
        MethodName.RESALE_MINUS,
        MethodName.STANDARD_COST,
    }
)
"""The methods by which a supplying department may be credited: those with one base (docs/decisions/0190)."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A method as columns: ``value`` in smallest units, or a fraction of one; ``base``, ``low`` and ``high`` in smallest units."""

    name: MethodName
    value: Fraction | None = None
    currency: str = ""
    includes_tax: bool = False
    base: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


def plain(method: Method) -> Plain:  # noqa: C901 - one line a method
    """The columns of a method; ``currency`` is empty where it names no amount."""
    match method:
        case Fixed(price, includes_tax):
            return Plain(MethodName.FIXED, price.minor, price.currency, includes_tax)
        case PercentOff(rate):
            return Plain(MethodName.PERCENT_OFF, rate.fraction)
        case CostPlus(markup):
            return Plain(MethodName.COST_PLUS, markup.fraction)
        case Market(less):
            return Plain(MethodName.MARKET, less.fraction)
        case Uncontrolled(less):
            return Plain(MethodName.CUP, less.fraction)
        case ResaleMinus(base, rate):
            return Plain(MethodName.RESALE_MINUS, rate.fraction, base.currency, base=base.minor)
        case StandardCost(base, rate):
            return Plain(MethodName.STANDARD_COST, rate.fraction, base.currency, base=base.minor)
        case Negotiated(price, low, high):
            return Plain(MethodName.NEGOTIATED, price.minor, price.currency, low=low.minor, high=high.minor)
        case Prorated(low, high, share):
            return Plain(MethodName.PRORATED, share.fraction, low.currency, low=low.minor, high=high.minor)
        case FixedFee(fee):
            return Plain(MethodName.FIXED_FEE, fee.minor, fee.currency)
    return Plain(MethodName.FREE)


def method_of(columns: Plain) -> Method:  # noqa: C901 - one line a method
    """The method that these columns tell of; what the method needs must be there."""
    value = columns.value or Fraction(0)

    def amount(minor: Fraction | None) -> UnitPrice:
        return UnitPrice(minor or Fraction(0), as_currency(columns.currency))

    match columns.name:
        case MethodName.FIXED:
            return Fixed(amount(value), columns.includes_tax)
        case MethodName.PERCENT_OFF:
            return PercentOff(Rate(value))
        case MethodName.COST_PLUS:
            return CostPlus(Rate(value))
        case MethodName.MARKET:
            return Market(Rate(value))
        case MethodName.CUP:
            return Uncontrolled(Rate(value))
        case MethodName.RESALE_MINUS:
            return ResaleMinus(amount(columns.base), Rate(value))
        case MethodName.STANDARD_COST:
            return StandardCost(amount(columns.base), Rate(value))
        case MethodName.NEGOTIATED:
            return Negotiated(amount(value), amount(columns.low), amount(columns.high))
        case MethodName.PRORATED:
            return Prorated(amount(columns.low), amount(columns.high), Rate(value))
        case MethodName.FIXED_FEE:
            return FixedFee(amount(value))
    return Free()


def amounts(method: Method) -> tuple[UnitPrice, ...]:
    """Every amount that a method itself names, all of them in one currency where the door let it in."""
    match method:
        case Fixed(price, _):
            return (price,)
        case ResaleMinus(base, _) | StandardCost(base, _):
            return (base,)
        case Negotiated(price, low, high):
            return (price, low, high)
        case Prorated(low, high, _):
            return (low, high)
        case FixedFee(fee):
            return (fee,)
    return ()
