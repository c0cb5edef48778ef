"""Who waits for whom between departments and companies, over HTTP."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.v1.schemas import PartyOut, party
from inward.kit import clock
from inward.trade import chain

area = Area("trade", tag="orders", room="trade")


class WaitOut(BaseModel):
    """`who` waits for `on`: so many orders and pieces, the oldest since a day, in working days of whoever is waited for.

    `turn`: `SUPPLIER` (something is to be handed over) or `RECEIVER` (what came is to be confirmed). `reference` is the oldest
    order, null where the caller may not see it.
    """

    who: PartyOut
    on: PartyOut
    turn: str
    orders: int
    pieces: int
    since: date
    working_days: int
    oldest: int
    reference: str | None = None


class ChainOut(BaseModel):
    """The longest wait first; `cut` says that there are more."""

    links: list[WaitOut]
    cut: bool


@area.one("/waiting-chain", response=ChainOut, summary="Who waits for whom")
def waits(request: HttpRequest) -> dict[str, Any]:
    """Open orders between departments and companies of the inside, by pair."""
    found = chain.chain(viewer=actor_of(request), at=clock.now())
    return {
        "links": [
            {
                "who": party(link.who),
                "on": party(link.on),
                "turn": link.turn.value,
                "orders": link.orders,
                "pieces": link.pieces,
                "since": link.since,
                "working_days": link.working_days,
                "oldest": link.oldest,
                "reference": link.reference or None,
            }
            for link in found.links
        ],
        "cut": found.cut,
    }
