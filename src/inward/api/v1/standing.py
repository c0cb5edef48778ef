"""Standing over HTTP: inside or outside, and why. One question by address, many in one call."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Query, Schema

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.problems import reason_body
from inward.api.v1.schemas import CODE_LENGTH_MAX, Asked, ReasonOut, StandingOut, standing
from inward.core.classification import classify
from inward.core.terms import Reason, Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import Refused, require
from inward.parties import policy, queries

area = Area("parties", tag="standing")

ASKED_MAX = 500


class StandingIn(Asked):
    """The two parties by code, and the day (today when it is left out)."""

    supplier: str = Field(max_length=CODE_LENGTH_MAX)
    customer: str = Field(max_length=CODE_LENGTH_MAX)
    on: date | None = None


class StandingsIn(Asked):
    """Many questions at once."""

    asked: list[StandingIn] = Field(min_length=1, max_length=ASKED_MAX)


class AnswerOut(Schema):
    """The answer to one of many questions: a verdict, or why there is none."""

    standing: StandingOut | None = None
    refused: list[ReasonOut]


class StandingsOut(Schema):
    """The answers, in the order of the questions."""

    answers: list[AnswerOut]


@area.get("/standing", response=StandingOut, summary="Inside or outside, and why")
def ask(request: HttpRequest, asked: Query[StandingIn]) -> dict[str, Any]:
    """The verdict on a dealing between the two on that day, with its least grounds and the nearest miss."""
    return _verdict(actor_of(request), asked, clock.today())


_TWO = {"asked": [{"supplier": "xyz", "customer": "abc"}, {"supplier": "xyz", "customer": "jkl", "on": "2026-01-31"}]}


@area.ask("/standings", response=StandingsOut, summary="Inside or outside, many at once", example=_TWO)
def ask_many(request: HttpRequest, body: StandingsIn) -> dict[str, Any]:
    """Up to 500 questions in one call. One that cannot be answered says why; the others are answered all the same."""
    actor, today = actor_of(request), clock.today()
    return {"answers": [_answer(actor, asked, today) for asked in body.asked]}


def _answer(actor: Actor, asked: StandingIn, today: date) -> dict[str, Any]:
    try:
        return {"standing": _verdict(actor, asked, today), "refused": []}
    except Refused as refused:
        return {"standing": None, "refused": _bodies(refused.reasons)}
    except Refusal as refusal:
        return {"standing": None, "refused": _bodies([refusal.reason])}


def _verdict(actor: Actor, asked: StandingIn, today: date) -> dict[str, Any]:
    require(policy.may_ask_standing(actor, supplier=asked.supplier, customer=asked.customer, on=today))
    on = asked.on or today
    return standing(classify(supplier=asked.supplier, customer=asked.customer, world=queries.world(), on=on))


def _bodies(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [reason_body(reason, get_language() or "en") for reason in reasons]
