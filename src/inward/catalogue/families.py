"""Families of offerings that are one thing to whoever looks for it: what there is to choose, and where each choice leads. Reads only.

Why it is so: docs/decisions/0184-a-variant-is-an-offering-of-its-own.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from inward.catalogue import policy
from inward.catalogue.models import Family, Offering
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named

FAMILIES = ListSpec({"name": "name", "code": "code"}, {"supplier": "supplier__code"}, default="name")


@dataclass(frozen=True, slots=True)
class Variant:
    """One offering of a family: its values in the order of the family's features."""

    code: str
    name: str
    choice: tuple[str, ...]
    offered: bool = True


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family with its variants, in their order."""

    code: str
    name: str
    supplier: Named
    features: tuple[str, ...]
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a feature and the variant that choosing it leads to; ``chosen`` when it is the one looked at."""

    value: str
    leads_to: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Feature:
    """What there is to choose of one feature."""

    name: str
    values: tuple[Value, ...]


def choices(family: FamilyView, code: str) -> tuple[Feature, ...]:
    """What can be chosen on the page of a variant, feature by feature; none when it is not one that is offered."""
    here = next((each for each in family.variants if each.code == code), None)
    if here is None:
        return ()
    return tuple(_feature(family, place, name, here) for place, name in enumerate(family.features))


def _feature(family: FamilyView, place: int, name: str, here: Variant) -> Feature:
    found = []
    for value in dict.fromkeys(each.choice[place] for each in family.variants):
        having = [each for each in family.variants if each.choice[place] == value]
        nearest = max(having, key=lambda each: _alike(each, here))  # of several, the first
        found.append(Value(value, nearest.code, chosen=value == here.choice[place]))
    return Feature(name, tuple(found))


def _alike(one: Variant, other: Variant) -> int:
    """In how many features two variants have the same value; the very same one is most alike."""
    return sum(mine == others for mine, others in zip(one.choice, other.choice, strict=True))


def of_offering(row: Offering) -> FamilyView | None:
    """The family of an offering with what is offered of it; None for one that stands alone. One query more."""
    family = row.family
    if family is None:
        return None
    variants = Offering.objects.filter(family=family, offered=True).order_by("place")
    supplier = Named(row.supplier.code, row.supplier.name)
    return FamilyView(family.code, family.name, supplier, tuple(family.features), tuple(map(_variant, variants)))


def one_card_each(fitting: QuerySet[Offering]) -> QuerySet[Offering]:
    """Of the offerings that fit, those that stand alone and of every family the first."""
    before = fitting.order_by().filter(family=OuterRef("family"), place__lt=OuterRef("place"))
    return fitting.exclude(Exists(before))


def offered_in(families: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The codes of what is offered of each of these families; one query, none for no family."""
    asked = set(families)
    found: dict[str, list[str]] = defaultdict(list)
    if asked:
        rows = Offering.objects.filter(family__code__in=asked, offered=True).order_by("place")
        for family, code in rows.values_list("family__code", "code"):
            found[family].append(code)
    return {family: tuple(codes) for family, codes in found.items()}


def listed(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[FamilyView]:
    """The families of suppliers that the viewer looks after. ``text`` looks in names and codes. Refused for others."""
    require(policy.may_price_something(viewer, on=at.date()))
    rows = Family.objects.filter(_kept_by(viewer, at)).select_related("supplier")
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    found = page(rows, FAMILIES, params)
    views = dict(zip([row.pk for row in found.rows], _views(found.rows), strict=True))
    return found.map(lambda row: views[row.pk])


def one(*, viewer: Actor, at: datetime, code: str) -> FamilyView:
    """One family with all its variants, withdrawn ones too. NotThere for none, and for whoever does not look after it."""
    found = Family.objects.filter(_kept_by(viewer, at), code=code).select_related("supplier").first()
    if found is None:
        raise NotThere
    return _views([found])[0]


def _kept_by(viewer: Actor, at: datetime) -> Q:
    over = policy.priced_by(viewer, on=at.date())
    return Q(supplier__isnull=False) if over is None else Q(supplier__code__in=sorted(over))


def _views(rows: Sequence[Family]) -> list[FamilyView]:
    """Families with their variants; one query for all of them."""
    variants: dict[int, list[Variant]] = defaultdict(list)
    for row in Offering.objects.filter(family__in=rows).order_by("family", "place"):
        variants[row.family_id or 0].append(_variant(row))
    return [
        FamilyView(
            row.code,
            row.name,
            parties.told(row.supplier.code, row.supplier.name),
            tuple(row.features),
            tuple(variants[row.pk]),
        )
        for row in rows
    ]


def _variant(row: Offering) -> Variant:
    return Variant(row.code, row.name, tuple(row.choice or ()), row.offered)
