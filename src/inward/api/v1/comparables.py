"""Comparable sales over HTTP: what strangers paid for the like, beside which prices between related companies stand."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.catalogue import ON, AmountIn, fields, unit_price_in
from inward.api.v1.schemas import Asked, Code, Day, EndIn, Line, MadeOut, MoneyOut, PartyOut, party, period, unit_price
from inward.catalogue import comparables, operations, queries
from inward.catalogue.comparables import ComparableRecord
from inward.core.pricing import Comparable
from inward.kit import clock

area = Area("catalogue", room=queries.VERSION)


class ComparableOut(Schema):
    """A sale of the like between strangers: the price of a piece without tax, where and when it was seen."""

    id: str
    offering: PartyOut
    supplier: PartyOut
    price: MoneyOut
    seen_at: str
    seen_on: date
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class ComparableIn(Asked):
    """A comparable sale, and during which days prices stand beside it."""

    id: Code
    offering: Code
    price: AmountIn
    seen_at: Line = Field(min_length=1)
    seen_on: Day
    valid_from: Day | None = None
    valid_until: Day | None = None
    source: Line = ""


@area.list("/comparables", item=ComparableOut, spec=comparables.COMPARABLES, summary="List comparable sales", own=[ON])
def comparable_sales(request: HttpRequest) -> Found[ComparableRecord]:
    """Those of a day, of suppliers that one administers."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: comparables.comparables(viewer=viewer, at=at, on=on, params=asked), _out)


@area.one("/comparables/{id}", response=ComparableOut, summary="One comparable sale", parameters=[ON])
def comparable_sale(request: HttpRequest, id: Path[Code]) -> dict[str, Any]:
    """As it is known now."""
    on = listing.day(request, "on", default=clock.today())
    return _out(comparables.comparable(viewer=actor_of(request), at=clock.now(), on=on, code=id).record)


EXAMPLE: dict[str, Any] = {
    "id": "tea-pot-1",
    "offering": "tea-pot",
    "price": {"amount": "11.40", "currency": "EUR"},
    "seen_at": "Price survey of 2026",
    "seen_on": "2026-10-01",
}


@area.change("POST", "/comparables", response={201: MadeOut}, summary="Note a comparable sale", example=EXAMPLE)
def note_comparable(request: HttpRequest, body: ComparableIn) -> Status[dict[str, str]]:
    """Prices between related companies stand beside it from then on."""
    operations.note_comparable(by=actor_of(request), at=clock.now(), comparable=comparable_in(body), source=body.source)
    return Status(HTTPStatus.CREATED.value, {"code": body.id})


@area.change(
    "POST",
    "/comparables/{id}/end",
    response={204: None},
    summary="End a comparable sale",
    example={"valid_until": "2027-01-01"},
    shown=comparable_sale,
)
def end_comparable(request: HttpRequest, id: Path[Code], body: EndIn) -> Status[None]:
    """Orders keep the range that they were decided beside."""
    operations.end_comparable(by=actor_of(request), at=clock.now(), comparable=id, valid_until=body.valid_until)
    return Status(HTTPStatus.NO_CONTENT.value, None)


def comparable_in(body: ComparableIn) -> Comparable:
    """The sale that a body tells of. Refusal for days that run backwards."""
    days = fields(body).period()
    return Comparable(body.id, body.offering, unit_price_in(body.price), body.seen_at, body.seen_on, days)


def _out(found: ComparableRecord) -> dict[str, Any]:
    sale = found.comparable
    return {
        "id": sale.id,
        "offering": party(found.offering),
        "supplier": party(found.supplier),
        "price": unit_price(sale.price),
        "seen_at": sale.source,
        "seen_on": sale.seen_on,
        "source": found.source,
        **period(sale.period),
    }
