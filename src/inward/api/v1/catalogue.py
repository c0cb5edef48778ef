"""The catalogue over HTTP: what is offered, found by words, category and supplier."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from inward.api.auth import actor_of
from inward.api.paging import page_body, params
from inward.api.v1.schemas import MoneyOut, PartyOut, unit_price
from inward.catalogue import queries
from inward.catalogue.queries import OfferingCard, OfferingView
from inward.kit import clock
from inward.parties.queries import Named

router = Router(tags=["catalogue"])


class OfferingOut(Schema):
    """An offering in a list."""

    code: str
    name: str
    kind: str
    supplier: PartyOut
    category: PartyOut | None = None


class OfferingsOut(Schema):
    """A page of offerings."""

    items: list[OfferingOut]
    next: str | None = None
    previous: str | None = None


class OutsidePriceOut(Schema):
    """What the same thing costs outside, where that was seen and when."""

    price: MoneyOut
    source: str
    seen_on: str


class OfferingDetailOut(Schema):
    """An offering with its categories from the top down."""

    code: str
    name: str
    description: str
    kind: str
    supplier: PartyOut
    categories: list[PartyOut]
    outside: OutsidePriceOut | None = None
    offered: bool


@router.get("/offerings", response=OfferingsOut, summary="Search and list what is offered")
def offerings(request: HttpRequest) -> dict[str, Any]:
    """``text``, ``category``, ``supplier``, ``kind``, ``sort``, ``limit`` and ``cursor``, as in docs/reference/api.md."""
    found = queries.shop(viewer=actor_of(request), at=clock.now(), params=params(request))
    return page_body(found, _card)


@router.get("/offerings/{code}", response=OfferingDetailOut, summary="One offering")
def offering(request: HttpRequest, code: str) -> dict[str, Any]:
    """One offering; ask its price with a quote."""
    return _detail(queries.offering(viewer=actor_of(request), at=clock.now(), code=code))


def _card(card: OfferingCard) -> dict[str, Any]:
    return {
        "code": card.code,
        "name": card.name,
        "kind": card.kind.value,
        "supplier": _named(card.supplier),
        "category": None if card.category is None else _named(card.category),
    }


def _detail(found: OfferingView) -> dict[str, Any]:
    outside = found.outside
    return {
        "code": found.code,
        "name": found.name,
        "description": found.description,
        "kind": found.kind.value,
        "supplier": _named(found.supplier),
        "categories": [_named(category) for category in found.categories],
        "outside": None
        if outside is None
        else {"price": unit_price(outside.price), "source": outside.source, "seen_on": outside.seen_on.isoformat()},
        "offered": found.offered,
    }


def _named(party: Named) -> dict[str, str]:
    return {"code": party.code, "name": party.name}
