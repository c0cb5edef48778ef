"""Values as the JSON in which they are kept and sent to the database."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import orjson

_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS  # a dataclass is no JSON, whatever orjson thinks


def as_json(value: object) -> bytes:
    """The value as JSON; exact numbers as text. TypeError for what has no plain form."""
    return orjson.dumps(value, default=_as_text, option=_PLAIN)


def _as_text(value: object) -> str:
    """What orjson leaves to us: exact numbers, and subclasses of days and instants."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    msg = f"{type(value).__name__} cannot be written: {value!r}"
    raise TypeError(msg)
