"""Values as plain JSON, and JSON in one spelling only, so that what is kept can be compared and sealed.

Whole numbers, text, flags, lists, mappings and the core's facts (money, rates, days, instants); no floats, whose spelling
differs from one database to the next.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, cast

from inward.core.terms import Fact, Money, Rate, Reason, UnitPrice
from inward.kit.reasons import from_plain, to_plain

_FACTS = (Money, UnitPrice, Rate, Fraction, date, datetime)


def plain(value: object) -> Any:
    """The value as JSON holds it; facts say their kind (``{"day": "2026-11-24"}``). TypeError for what JSON lacks."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | str():
            return value
        case Reason():
            return to_plain(value)
        case Mapping():
            return {str(name): plain(part) for name, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case set() | frozenset():
            return sorted((plain(part) for part in value), key=canonical)
    if isinstance(value, _FACTS):
        return to_plain(Reason("", (("value", value),)))["facts"]["value"]
    msg = f"{type(value).__name__} cannot be kept as plain JSON: {value!r}"
    raise TypeError(msg)


def fact(kept: object) -> Fact | tuple[Fact, ...]:
    """The fact that ``plain`` wrote; a list becomes a tuple of facts."""
    if isinstance(kept, list):
        return tuple(cast("Fact", fact(part)) for part in kept)
    return from_plain({"code": "", "facts": {"value": kept}}).facts["value"]


def canonical(value: object) -> str:
    """The value as JSON in its one spelling: sorted names, no spaces, every character beyond ASCII escaped."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical spelling, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
