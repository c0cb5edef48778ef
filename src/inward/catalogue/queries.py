"""What the catalogue can tell: the prepared price book, the shop's pages, one offering. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inward.catalogue import families, policy, rows
from inward.catalogue.families import FamilyView
from inward.catalogue.models import Category, Offering
from inward.core.classification import World, classify
from inward.core.pricing import OfferingKind, OutsidePrice, PriceBook, Scheme, Target, TargetKind
from inward.core.pricing.eligibility import Customer, closed_to
from inward.core.running import Plan
from inward.core.terms import Refusal
from inward.kit import search
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named

SEARCH_KIND = "offering"
VERSION = "catalogue"
SHOP_LIST = ListSpec(
    sortable={"name": "name", "newest": "id"},
    filters={"supplier": "supplier__code", "kind": "kind"},
    default="name",
    size=24,
)


@dataclass(frozen=True, slots=True)
class OfferingCard:
    """An offering as a list shows it."""

    code: str
    name: str
    supplier: Named
    category: Named | None
    kind: OfferingKind
    family: Named | None = None
    """The family it is shown for; its own name and code are those of the variant that a click leads to."""


@dataclass(frozen=True, slots=True)
class OfferingView:
    """An offering as its page shows it; categories from the top down."""

    code: str
    name: str
    description: str
    supplier: Named
    categories: tuple[Named, ...]
    kind: OfferingKind
    outside: OutsidePrice | None
    offered: bool
    plan: Plan | None = None
    """By which it runs on, where it is a subscription or an insurance cover."""
    insurer: Named | None = None
    """Who insures, where it is a cover that the supplier sells for another."""
    family: FamilyView | None = None
    """What else of its family is offered; None for what stands alone."""


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category in the tree of the shop."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class _Book:
    """The price book, the keys of its offerings, those of them that are offered no longer, and the names of its categories."""

    book: PriceBook
    offerings: Mapping[str, int]
    withdrawn: frozenset[str]
    categories: Mapping[str, str]


def _made(version: int) -> _Book:
    codes = {key: code for code, key in parties.keys().items()}
    return _Book(
        rows.read_book(codes, version),
        dict(Offering.objects.values_list("code", "id")),
        frozenset(Offering.objects.filter(offered=False).values_list("code", flat=True)),
        dict(Category.objects.values_list("code", "name")),
    )


_book = Kept(VERSION, _made)


def price_book() -> PriceBook:
    """The price book as it is known now, prepared; the same value until somebody changes something."""
    return _book.value().book


def forget() -> None:
    """Read the whole book again when it is next asked for: for measuring how long that takes."""
    _book.forget()


def offering_keys() -> Mapping[str, int]:
    """The key of every offering by its code."""
    return _book.value().offerings


def withdrawn() -> frozenset[str]:
    """The codes of what is in the price book and offered no longer: its past is priced, and nobody orders it anew."""
    return _book.value().withdrawn


def offered_names() -> dict[str, str]:
    """What can be ordered, by code, with its name (the code where it has none)."""
    book = _book.value()
    return {code: item.name or code for code, item in book.book.offerings.items() if code not in book.withdrawn}


def check_price_book() -> None:
    """Build the price book from the tables as they stand in the open transaction; Refusal when it cannot be true."""
    rows.read_book({key: code for code, key in parties.keys().items()}, 0)


def schemes_of(person: str, *, world: World, book: PriceBook, on: date) -> tuple[tuple[Scheme, Customer], ...]:
    """The staff schemes that a person may use on that day, in the order of their names, each with her as its customer."""
    found = []
    rule = world.definition_on(on)
    for code in book.scheme_versions:
        scheme = book.scheme_on(code, on)
        try:
            standing = classify(supplier=scheme.supplier, customer=person, world=world, on=on, definition=rule)
        except Refusal:  # a supplier whose unit is not there on that day
            continue
        customer = Customer.of(world=world, party=person, standing=standing, on=on)
        if closed_to(book, scheme, customer) is None:
            found.append((scheme, customer))
    return tuple(sorted(found, key=lambda pair: (pair[0].name, pair[0].id)))


def target_name(target: Target) -> str:
    """What a rule or limit is about, by name: an item, a category; empty for everything. It asks the database nothing."""
    if target.kind is TargetKind.ALL:
        return ""
    names = offering_names([target.id]) if target.kind is TargetKind.ITEM else category_names()
    return names.get(target.id) or target.id


def shop(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[OfferingCard]:
    """A page of the shop: ``text`` searches, ``category`` takes what is below it along, the rest is the list's.

    Of a family only the first variant that fits is there: one card for all of it.
    """
    require(policy.may_see_catalogue(viewer))
    asked = dict(params)
    found = Offering.objects.filter(offered=True)
    category = asked.pop("category", "")
    if category:
        found = found.filter(category__code__in=_with_below(category))
    if asked.get("text", "").strip():
        found = found.filter(code__in=search.find(asked["text"], kind=SEARCH_KIND, limit=500))
    cards = families.one_card_each(found).select_related("supplier", "category", "family")
    return page(cards, SHOP_LIST, asked).map(_card)


def offering(*, viewer: Actor, at: datetime, code: str) -> OfferingView:
    """One offering. NotThere when it does not exist or nobody is signed in."""
    found = Offering.objects.filter(code=code).select_related("supplier", "category", "family").first()
    if found is None or not policy.may_see_catalogue(viewer):
        raise NotThere
    plan = rows.plan_of(found)
    insurer = None if plan is None else plan.insurer
    return OfferingView(
        code=found.code,
        name=found.name,
        description=found.description,
        supplier=Named(found.supplier.code, found.supplier.name),
        categories=_path(found.category),
        kind=OfferingKind(found.kind),
        outside=rows.outside_of(found),
        offered=found.offered,
        plan=plan,
        insurer=None if insurer is None else Named(insurer, parties.name_of(insurer)),
        family=families.of_offering(found),
    )


def categories(*, viewer: Actor) -> tuple[CategoryView, ...]:
    """Every category, in the order of names."""
    require(policy.may_see_catalogue(viewer))
    known = Category.objects.order_by("name").values_list("code", "name", "parent__code")
    return tuple(CategoryView(code, name, parent) for code, name, parent in known)


def suppliers(*, viewer: Actor) -> tuple[Named, ...]:
    """Whoever offers something, in the order of names."""
    require(policy.may_see_catalogue(viewer))
    known = (
        Offering.objects.filter(offered=True).order_by("supplier__name").values_list("supplier__code", "supplier__name")
    )
    return tuple(Named(code, name) for code, name in known.distinct())


def offered_plans(supplier: str) -> list[str]:
    """What a supplier offers that runs on, by name: codes."""
    found = Offering.objects.filter(offered=True, supplier__code=supplier, plan__isnull=False)
    return list(found.order_by("name", "id").values_list("code", flat=True))


def offering_names(codes: list[str]) -> dict[str, str]:
    """What offerings are called, by code; the code itself for one nobody knows."""
    known = price_book().offerings
    return {code: known[code].name if code in known else code for code in codes}


def category_names() -> dict[str, str]:
    """What categories are called, by code."""
    return dict(_book.value().categories)


def _with_below(category: str) -> list[str]:
    known = price_book()
    return [code for code in known.categories if category in known.ancestry(code)] or [category]


def _path(category: Category | None) -> tuple[Named, ...]:
    """From the top down to the category."""
    if category is None:
        return ()
    names = dict(Category.objects.values_list("code", "name"))
    return tuple(Named(code, names[code]) for code in reversed(price_book().ancestry(category.code)))


def _card(row: Offering) -> OfferingCard:
    category = None if row.category is None else Named(row.category.code, row.category.name)
    family = None if row.family is None else Named(row.family.code, row.family.name)
    supplier = Named(row.supplier.code, row.supplier.name)
    return OfferingCard(row.code, row.name, supplier, category, OfferingKind(row.kind), family)
