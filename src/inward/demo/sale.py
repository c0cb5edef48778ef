"""The day JKL sells XYZ: the one event of the story that visitors cause themselves. Done by the door that Siti has."""

from datetime import datetime

from inward.kit.actor import Actor
from inward.parties import operations as parties
from inward.parties import queries as known

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
