"""Standing over HTTP: inside or outside, and why. One question by address, many in one call."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Query, Schema
from pydantic import BaseModel

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.problems import reason_body
from inward.api.v1.schemas import CODE_LENGTH_MAX, Asked, ReasonOut, StandingOut, reason, standing
from inward.core.classification import (
    Around,
    ControlRight,
    Definition,
    Holding,
    Stretch,
    ends,
)
from inward.core.terms import Reason, Refusal, exact_text
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, Refused
from inward.parties import definitions, explaining
from inward.parties.explaining import ForPurpose
from inward.parties.vocabulary import Purpose

area = Area("parties", tag="standing")

ASKED_MAX = 500


class StandingIn(Asked):
    """The two parties by code, the day (today when it is left out), and the inside rule: one that ships or one's own by its
    code, or the one that serves a purpose on that day, which is prices when both are left out.
    """

    supplier: str = Field(max_length=CODE_LENGTH_MAX)
    customer: str = Field(max_length=CODE_LENGTH_MAX)
    on: date | None = None
    definition: str = Field(default="", max_length=CODE_LENGTH_MAX)
    purpose: Literal["PRICE", "PROMISE", "BOOKS", "TAX", "DISCLOSURE"] = "PRICE"


class StretchOut(BaseModel):
    """Days on which the verdict stood, half-open; no standing while one of the two was not there; what made it so."""

    valid_from: date | None
    valid_until: date | None
    standing: StandingOut | None
    causes: list[ReasonOut]


class TieOut(BaseModel):
    """A share of votes, or a power of a kind, between two companies of the picture; whether the verdict rests on it."""

    id: str
    owner: str
    owned: str
    votes: str | None
    kind: str | None
    carries: bool


class ForPurposeOut(BaseModel):
    """The verdict for a purpose, the rule that serves it on that day, and the days for which it was chosen (null: nobody chose)."""

    purpose: str
    definition: str
    chosen: bool
    valid_from: date | None
    valid_until: date | None
    standing: StandingOut
    tax: str | None = Field(None, description="For tax: whether a sale is taxed, and why; null for the other purposes.")


class ExplainedOut(BaseModel):
    """The verdict of a day with how it came about, what would turn it, and the companies around the two."""

    standing: StandingOut
    history: list[StretchOut]
    history_cut: bool
    turns: list[ReasonOut]
    uncounted: list[ReasonOut] = Field(description="Powers that are known and count for nothing by this inside rule.")
    companies: list[str]
    ties: list[TieOut]
    companies_cut: bool
    purposes: list[ForPurposeOut]


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


@area.get("/standing/explained", response=ExplainedOut, summary="How it came about, and what would turn it")
def explain(request: HttpRequest, asked: Query[StandingIn]) -> dict[str, Any]:
    """The verdict with its past, what would turn it, and who stands above the two: what the page *Inside or outside* draws.

    Shares that do not carry the verdict are told to those who keep records or books of these companies.
    """
    at = clock.now()
    on = asked.on or at.date()
    told = explaining.explained(
        viewer=actor_of(request),
        at=at,
        supplier=asked.supplier,
        customer=asked.customer,
        on=on,
        definition=_definition(asked, on),
        purpose=_purpose(asked),
    )
    picture = told.picture or Around((), ())
    return {
        "standing": standing(told.standing),
        "history": [_stretch(each) for each in told.history.stretches],
        "history_cut": told.history.cut,
        "turns": [reason(turn) for turn in told.turns],
        "uncounted": [reason(each) for each in told.uncounted],
        "companies": list(picture.companies),
        "ties": [
            *(_tie(share, picture.carrying) for share in picture.holdings),
            *(_tie(right, picture.carrying) for right in picture.rights),
        ],
        "companies_cut": picture.cut,
        "purposes": [
            _for_purpose(each)
            for each in explaining.by_purpose(
                viewer=actor_of(request), at=at, supplier=asked.supplier, customer=asked.customer, on=on
            )
        ],
    }


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
    on = asked.on or today
    return standing(
        explaining.verdict(
            viewer=actor,
            at=clock.now(),
            supplier=asked.supplier,
            customer=asked.customer,
            on=on,
            definition=_definition(asked, on),
            purpose=_purpose(asked),
        )
    )


def _purpose(asked: StandingIn) -> Purpose | None:
    """For what it is asked, where it is not asked by an inside rule of one's choice: then for nothing, and no household counts."""
    return None if asked.definition else Purpose(asked.purpose)


def _definition(asked: StandingIn, on: date) -> Definition:
    """The inside rule of that code on that day, or the one that serves the purpose. Refusal for none."""
    if not asked.definition:
        return definitions.definition(Purpose(asked.purpose), on=on)
    try:
        return definitions.found(asked.definition, on=on)
    except NotThere:
        expected = ", ".join(definitions.codes(on=on))
        raise Refusal(Reason.of("value_not_among", expected=expected), where="definition") from None


def _for_purpose(each: ForPurpose) -> dict[str, Any]:
    return {
        "purpose": each.purpose.value,
        "definition": each.definition.id,
        "chosen": each.days is not None,
        "valid_from": None if each.days is None else each.days.start,
        "valid_until": None if each.days is None else each.days.until,
        "standing": standing(each.standing),
        "tax": None if each.tax is None else each.tax.value,
    }


def _stretch(each: Stretch) -> dict[str, Any]:
    return {
        "valid_from": each.period.start,
        "valid_until": each.period.until,
        "standing": None if each.standing is None else standing(each.standing),
        "causes": [reason(cause) for cause in each.causes],
    }


def _tie(fact: Holding | ControlRight, carrying: frozenset[str]) -> dict[str, Any]:
    owner, owned = ends(fact)
    votes = exact_text(fact.votes * 100) if isinstance(fact, Holding) else None
    kind = None if isinstance(fact, Holding) else fact.kind.value
    return {
        "id": fact.id,
        "owner": owner,
        "owned": owned,
        "votes": votes,
        "kind": kind,
        "carries": fact.id in carrying,
    }


def _bodies(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [reason_body(reason, get_language() or "en") for reason in reasons]
