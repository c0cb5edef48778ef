"""Standing over HTTP: inside or outside, and why."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from inward.api.auth import actor_of
from inward.api.v1.schemas import StandingOut, standing
from inward.core.classification import classify
from inward.kit import clock
from inward.kit.policy import require
from inward.parties import policy, queries

router = Router(tags=["standing"])


class StandingIn(Schema):
    """The two parties by code, and the day (today when it is left out)."""

    supplier: str
    customer: str
    on: date | None = None


@router.get("/standing", response=StandingOut, summary="Inside or outside, and why")
def ask(request: HttpRequest, asked: Query[StandingIn]) -> dict[str, Any]:
    """The verdict on a dealing between the two on that day, with its least grounds and the nearest miss."""
    today = clock.today()
    require(policy.may_ask_standing(actor_of(request), supplier=asked.supplier, customer=asked.customer, on=today))
    on = asked.on or today
    return standing(classify(supplier=asked.supplier, customer=asked.customer, world=queries.world(), on=on))
