"""The rules on taxable benefit that ship with Inward, one file a country. Reads files alone: no database, no Django."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from inward.core.benefit import Law, Rule
from inward.core.benefit.reading import rules
from inward.core.terms import Fields

FOLDER = Path(__file__).parent / "countries"


@cache
def countries() -> tuple[str, ...]:
    """The codes of the countries whose rules ship."""
    return tuple(sorted(path.stem.upper() for path in FOLDER.glob("*.json")))


@cache
def shipped_rules(country: str) -> tuple[Rule, ...]:
    """The rules of a country as they ship; none where it does not."""
    if country not in countries():
        return ()
    path = FOLDER / f"{country.lower()}.json"
    return tuple(rules(Fields.of(json.loads(path.read_bytes(), parse_float=Decimal), path.name)))


@cache
def shipped_law(country: str) -> Law:
    """The law of a country as it ships, checked. Refusal for a country that does not."""
    return Law.of(shipped_rules(country))
