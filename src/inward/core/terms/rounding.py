"""The one rounding law and the one spreading law of the house. Nothing else rounds, nothing else divides money.

Rounding is symmetric: f(-x) = -f(x) (ERPNext #47705 shows what happens otherwise). Spreading uses integers and the
largest remainder; ties go to the first; it always adds up; it is symmetric as well. See research on cents in
docs/explanation/algorithms/pricing.md.
"""

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction

from inward.core.terms.money import Money, UnitPrice
from inward.core.terms.number import exact_text
from inward.core.terms.reason import Reason, Refusal


class RoundingMode(Enum):
    """How a value between two smallest units is settled, the same for both signs."""

    HALF_UP = "HALF_UP"
    HALF_DOWN = "HALF_DOWN"
    HALF_EVEN = "HALF_EVEN"
    UP = "UP"
    DOWN = "DOWN"


def divided(value: Fraction, step: Fraction | int = 1, mode: RoundingMode = RoundingMode.HALF_UP) -> Fraction:
    """The multiple of ``step`` nearest to ``value``. ValueError unless the step is positive.

    ``HALF_UP`` means half away from zero, as commerce and EN 16931 round; ``UP`` is away from zero, ``DOWN`` towards.
    """
    if step <= 0:
        msg = f"a rounding step must be positive, not {step}"
        raise ValueError(msg)
    scaled = abs(value) / step
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += _carries(whole, Fraction(rest, scaled.denominator), mode)
    return whole * Fraction(step) * (-1 if value < 0 else 1)


def _carries(whole: int, rest: Fraction, mode: RoundingMode) -> bool:
    half = Fraction(1, 2)
    if mode is RoundingMode.UP:
        return rest > 0
    if mode is RoundingMode.DOWN:
        return False
    if rest != half:
        return rest > half
    return mode is RoundingMode.HALF_UP or (mode is RoundingMode.HALF_EVEN and whole % 2 == 1)


def rounded(price: UnitPrice, quantity: Fraction | int = 1, mode: RoundingMode = RoundingMode.HALF_UP) -> Money:
    """The money for ``quantity`` pieces at an exact unit price, rounded once, on the line."""
    if mode is RoundingMode.HALF_UP and isinstance(quantity, int):
        # Every price of every order comes by here: the same law as ``divided``, in whole numbers alone.
        over, below = price.minor.numerator * quantity, price.minor.denominator
        whole, rest = divmod(abs(over), below)
        whole += 2 * rest >= below
        return Money(-whole if over < 0 else whole, price.currency)
    return Money(int(divided(price.minor * quantity, 1, mode)), price.currency)


def decimal_text(value: Fraction | int, digits: int = 6) -> str:
    """``value`` as decimal text, rounded half away from zero to at most ``digits`` decimals, for people to read."""
    return exact_text(divided(Fraction(value), Fraction(1, 10**digits)))


def spread(amount: int, weights: Sequence[Fraction | int], unit: int = 1) -> tuple[int, ...]:
    """Divide ``amount`` (smallest units) over ``weights`` so that the parts add up exactly.

    Largest remainder, ties to the first; weights that are all zero spread evenly; each part is within one ``unit`` of
    its exact share. Parts are multiples of ``unit``; where the amount itself is none, the rest below one unit goes to
    the last of those who round up. f(-x) = -f(x).

    Refusal when there are no weights, one is negative, or the unit is not positive.
    """
    _check_weights(weights, unit)
    if amount < 0:
        return tuple(-part for part in spread(-amount, weights, unit))
    shares = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(shares)
    exact_parts = [Fraction(amount * share) / whole for share in shares]
    parts = [int(part // unit) * unit for part in exact_parts]
    left = amount - sum(parts)
    for index in sorted(range(len(parts)), key=lambda place: parts[place] - exact_parts[place]):
        step = min(unit, left)
        parts[index] += step
        left -= step
    return tuple(parts)


def _check_weights(weights: Sequence[Fraction | int], unit: int) -> None:
    if not weights:
        raise Refusal(Reason.of("spread_without_weights"), where="weights")
    if unit <= 0:
        raise Refusal(Reason.of("spread_unit_not_positive", unit=unit), where="unit")
    for index, weight in enumerate(weights):
        if weight < 0:
            raise Refusal(Reason.of("spread_weight_negative", weight=Fraction(weight)), where=f"weights[{index}]")
