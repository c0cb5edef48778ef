"""Exchange rates over HTTP: told by day and pair, used where books are in another currency than a dealing."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Currency, Day, Number, number_in
from inward.core.bookkeeping import Exchange, Published
from inward.core.terms import as_currency
from inward.core.terms.number import exact_text
from inward.kit import clock
from inward.ledger import operations, rates
from inward.ledger.ratefiles import SOURCE_LENGTH_MAX, Told
from inward.ledger.rates import RateView

area = Area("books", room=rates.VERSION)
RateId = Annotated[str, Path(max_length=40)]
"""``EUR:USD:2026-11-23``; what is no key is not there."""
Publisher = Annotated[str, Field(min_length=1, max_length=SOURCE_LENGTH_MAX)]


class ExchangeOut(Schema):
    """One unit of `currency` is `rate` units of `into`, an exact fraction, by what was published of day `on`; `via` a third currency."""

    currency: str
    into: str
    rate: str
    on: date
    published_by: str
    via: str | None = None


class ExchangeRateOut(Schema):
    """On `day` one unit of `currency` costs `rate` units of `against`; `last_day` is through when it is used, where it was told."""

    id: str
    currency: str
    against: str
    rate: str
    day: date
    last_day: date | None = None
    published_by: str
    told_at: str


class ExchangeRateIn(Asked):
    """A rate; told again for the same pair and day it is corrected."""

    currency: Currency
    against: Currency
    rate: Number
    day: Day
    last_day: Day | None = None
    published_by: Publisher


class ExchangeRatesIn(Asked):
    """Rates, told all at once or not at all."""

    rates: Annotated[list[ExchangeRateIn], Field(min_length=1, max_length=10_000)]


class RatesToldOut(Schema):
    """How many say something new."""

    told: int


@area.list("/exchange-rates", item=ExchangeRateOut, spec=rates.RATES, summary="List exchange rates", own=[
    listing.parameter("text", {"type": "string"}, "A currency or a publisher.")
])  # fmt: skip
def exchange_rates(request: HttpRequest) -> Found[RateView]:
    """As they are known now, for whoever sees some books."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: rates.told(viewer=viewer, at=at, params=asked), _out)


@area.one("/exchange-rates/{id}", response=ExchangeRateOut, summary="One exchange rate")
def exchange_rate(request: HttpRequest, id: RateId) -> dict[str, Any]:
    """As it is known now."""
    return _out(rates.versions_of(viewer=actor_of(request), at=clock.now(), key=id)[0])


@area.change(
    "POST",
    "/exchange-rates",
    response=RatesToldOut,
    summary="Tell exchange rates",
    example={
        "rates": [
            {"currency": "EUR", "against": "USD", "rate": "1.0876", "day": "2026-11-23", "published_by": "ECB"},
        ]
    },
)
def tell_rates(request: HttpRequest, body: ExchangeRatesIn) -> dict[str, int]:
    """What is posted keeps the rate it was posted at."""
    told = [Told(_rate(each), f"rates.{place}") for place, each in enumerate(body.rates)]
    return {"told": operations.tell_rates(by=actor_of(request), at=clock.now(), told=told)}


@area.change("POST", "/exchange-rates/{id}/take-back", response={204: None}, summary="Take an exchange rate back")
def take_back_rate(request: HttpRequest, id: RateId) -> Status[None]:
    """It is used no more; what is posted keeps it."""
    operations.take_back_rate(by=actor_of(request), at=clock.now(), key=id)
    return Status(204, None)


def exchange_out(found: Exchange) -> dict[str, Any]:
    """At which rate something was turned, as a value of JSON."""
    return {
        "currency": found.currency,
        "into": found.into,
        "rate": exact_text(found.price),
        "on": found.on,
        "published_by": found.source,
        "via": found.via,
    }


def _rate(body: ExchangeRateIn) -> Published:
    pair = (as_currency(body.currency), as_currency(body.against))
    return Published(*pair, number_in(body.rate), body.day, body.published_by, body.last_day)


def _out(view: RateView) -> dict[str, Any]:
    rate = view.rate
    return {
        "id": view.key,
        "currency": rate.currency,
        "against": rate.against,
        "rate": exact_text(rate.price),
        "day": rate.on,
        "last_day": rate.last,
        "published_by": rate.source,
        "told_at": view.told_at.isoformat(),
    }
