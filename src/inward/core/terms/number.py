"""Exact numbers read from text and written as text. Nothing here rounds (``rounding`` does) and nothing is a float.

A number is decimal text ("33.33"), a whole number, or one of these over another ("1/6", "45/0.52").
"""

import re
from decimal import Decimal
from fractions import Fraction

_DIGITS_MAX = 100
"""Longer numbers are no measure of anything here, and reckoning with many of them would take for ever."""
_DECIMAL = rf"(?:\d{{1,{_DIGITS_MAX}}}(?:\.\d{{0,{_DIGITS_MAX}}})?|\.\d{{1,{_DIGITS_MAX}}})(?:[eE][+-]?\d{{1,2}})?"
_NUMBER = re.compile(rf"\s*([+-]?{_DECIMAL})(?:\s*/\s*({_DECIMAL}))?\s*\Z", re.ASCII)


def exact(value: str | int | Decimal | Fraction) -> Fraction:
    """The exact fraction that ``value`` says. ValueError when it says none: a word, a flag, not finite, over nothing."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**_DIGITS_MAX:
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite() and _short(value):
        return Fraction(value)
    found = _NUMBER.match(value) if isinstance(value, str) else None
    below = Fraction(found[2] or 1) if found else Fraction(0)
    if not found or not below:
        msg = f"not a number: {value!r}"
        raise ValueError(msg)
    return Fraction(found[1]) / below


def exact_text(value: Fraction | int) -> str:
    """Decimal text where the number has finitely many decimals ("33.33", "-0.5", "60"), else "200/3"."""
    value = Fraction(value)
    decimals = _decimals(value.denominator)
    if decimals is None:
        return str(value)
    scaled = str(abs(value.numerator) * 10**decimals // value.denominator).rjust(decimals + 1, "0")
    text = f"{scaled[:-decimals]}.{scaled[-decimals:]}" if decimals else scaled
    return f"-{text}" if value < 0 else text


def _short(value: Decimal) -> bool:
    return len(value.as_tuple().digits) <= _DIGITS_MAX and abs(value.adjusted()) < _DIGITS_MAX


def _decimals(denominator: int) -> int | None:
    """How many decimals one part in ``denominator`` needs; None when no number of them is enough."""
    counts = {2: 0, 5: 0}
    for prime in counts:
        while denominator % prime == 0:
            denominator //= prime
            counts[prime] += 1
    return max(counts.values()) if denominator == 1 else None
