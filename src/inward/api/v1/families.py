"""Families of offerings over HTTP: read and said whole by those who look after what is offered."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.catalogue import TEXT, OfferedFamilyOut, family_plain
from inward.api.v1.schemas import Asked, Code, Line, Name, PartyOut, party
from inward.catalogue import families, operations, queries
from inward.catalogue.families import FamilyView
from inward.kit import clock

area = Area("catalogue", room=queries.VERSION)
Word = Annotated[str, Field(min_length=1, max_length=operations.VALUE_LENGTH_MAX)]


class FamilyOut(OfferedFamilyOut):
    """A family with all its variants, withdrawn ones too."""

    supplier: PartyOut


class VariantIn(Asked):
    """An offering by its code, with its value for each feature, in their order."""

    offering: Code
    choice: list[Word] = Field(min_length=1, max_length=operations.FEATURES_MAX)


class FamilyIn(Asked):
    """A family, whole: variants in their order, those left out stand alone again. Without variants it is removed."""

    name: Name | None = None
    features: list[Word] = Field(default=[], max_length=operations.FEATURES_MAX)
    variants: list[VariantIn] = Field(default=[], max_length=operations.VARIANTS_MAX)
    source: Line = ""


@area.list("/families", item=FamilyOut, spec=families.FAMILIES, summary="List families of variants", own=(TEXT,))
def every(request: HttpRequest) -> Found[FamilyView]:
    """Those of suppliers that one administers."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: families.listed(viewer=viewer, at=at, params=asked), _family)


@area.one("/families/{code}", response=FamilyOut, summary="One family of variants")
def one(request: HttpRequest, code: str) -> dict[str, Any]:
    """With all its variants."""
    return _family(families.one(viewer=actor_of(request), at=clock.now(), code=code))


@area.change(
    "PUT",
    "/families/{code}",
    response={204: None},
    summary="Say what the variants of a family are",
    example={
        "name": "Coffee machine",
        "features": ["Colour"],
        "variants": [{"offering": "coffee-machine", "choice": ["black"]}],
    },
    seen=one,
)
def put(request: HttpRequest, code: Path[Code], body: FamilyIn) -> Status[None]:
    """All of them have one supplier and one kind, and no two the same values."""
    by, at = actor_of(request), clock.now()
    if not body.variants:
        operations.remove_family(by=by, at=at, code=code, source=body.source)
        return Status(204, None)
    operations.set_family(
        by=by,
        at=at,
        code=code,
        name=body.name or code,
        features=body.features,
        variants={each.offering: each.choice for each in body.variants},
        source=body.source,
    )
    return Status(204, None)


def _family(found: FamilyView) -> dict[str, Any]:
    return {**family_plain(found), "supplier": party(found.supplier)}
