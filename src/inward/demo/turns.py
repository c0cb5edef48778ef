"""The turns of the story that visitors cause themselves: JKL sells XYZ, and a price rises while somebody looks at it.

Done by the operations that a data administrator and a seller have; starting over undoes both.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from inward.catalogue import operations as catalogue
from inward.catalogue import queries as offered
from inward.core.pricing import Fixed
from inward.core.terms import UnitPrice
from inward.kit.actor import Actor
from inward.parties import operations as parties
from inward.parties import queries as known

RISING: Final = "list-coffee-machine"
"""The price that rises: everybody's price of the coffee machine, from which staff and sister companies have theirs."""

_RISE: Final = UnitPrice.of("10.00", "EUR")
_HOUSE = Actor.system("demo")


def sell_xyz(*, at: datetime) -> bool:
    """End JKL's share of XYZ before today; False when it does not hold it any more."""
    on = at.date()
    held = [
        holding
        for holding in known.world().holdings
        if (holding.owner, holding.owned) == ("jkl", "xyz") and on in holding.period
    ]
    for holding in held:
        parties.end_holding(by=_HOUSE, at=at, holding=holding.id, valid_until=on)
    return bool(held)


def raise_price(*, at: datetime) -> bool:
    """From today on the coffee machine costs ten euro more; False when it has risen already."""
    rule = next((rule for rule in offered.price_book().rules if rule.id == RISING), None)
    if rule is None or not isinstance(rule.method, Fixed) or at.date() not in rule.period:
        return False
    dearer = replace(rule, id=f"{RISING}-risen", method=replace(rule.method, price=rule.method.price.plus(_RISE)))
    catalogue.change_price(by=_HOUSE, at=at, price=RISING, rule=dearer, valid_from=at.date())
    return True
