"""``inward engine spread``: an amount over weights, adding up exactly. Shapes: docs/reference/engine.md."""

from fractions import Fraction
from typing import Any

from inward.cli.engine.saying import Saying
from inward.core.terms import Fields, spread


def answer(asked: Fields, saying: Saying) -> dict[str, Any]:
    """The parts of one amount."""
    asked.only(("id", "amount", "weights", "unit"))
    amount = asked.whole("amount")
    unit = asked.whole("unit") if asked.has("unit") else 1
    if not asked.has("weights"):
        asked.refuse("weights", "field_missing")
    return {"parts": list(spread(amount, _weights(asked), unit))}


def _weights(asked: Fields) -> list[Fraction]:
    named = {f"weights[{index}]": weight for index, weight in enumerate(asked.items("weights"))}
    return [Fields(named).number(name) for name in named]
