"""Categories, items and services: offer, describe anew, withdraw, offer again, and what they cost here and outside."""

from datetime import date, datetime

from inward.catalogue import policy, queries
from inward.catalogue.changing import changing, known, let_find, offering_of, refuse_taken, writer
from inward.catalogue.models import Category, Offering, OfferingCost, PriceRule, Scheme
from inward.core import pricing
from inward.core.terms import Period, Reason, Refusal, UnitPrice
from inward.kit import search
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import in_order, take_over

NAME_LENGTH_MAX = 200


def place_category(*, by: Actor, at: datetime, code: str, name: str, parent: str | None = None) -> None:
    """Add a category, or move and rename one; a cycle is refused.

    1. Refuse what policy refuses.  2. Write.  3. Let the core check the book; bump, audit, announce.
    """
    require(policy.may_arrange(by, on=at.date()))
    with changing(by, at, "place_category", "category", code, {"name": name, "parent": parent}):
        above = None if parent is None else known(Category, code=parent)
        Category.objects.update_or_create(code=code, defaults={"name": name.strip() or code, "parent": above})


def remove_category(*, by: Actor, at: datetime, code: str) -> None:
    """Remove a category that nothing stands in: no category, no item, no price and no scheme, now or before.

    1. Refuse what policy refuses, and a category in use.  2. Remove.  3. Let the core check; bump, audit, announce.
    """
    require(policy.may_arrange(by, on=at.date()))
    with changing(by, at, "remove_category", "category", code, {}):
        found = known(Category, code=code)
        uses = (
            Category.objects.filter(parent=found).count()
            + Offering.objects.filter(category=found).count()
            + PriceRule.objects.filter(category=found).count()
            + sum(_speaks_of(row, code) for row in Scheme.objects.all())
        )
        if uses:
            raise Refusal(Reason.of("category_in_use", category=found.name, count=uses), where="code")
        found.delete()


def offer_item(*, by: Actor, at: datetime, offering: pricing.Offering, description: str = "") -> None:
    """Offer a new item or service.

    1. Refuse what policy refuses, and a code that is taken.  2. Write; let it be found by words.
    3. Let the core check the book; bump, audit, announce.
    """
    require(policy.may_price(by, supplier=offering.supplier, on=at.date()))
    with changing(by, at, "offer_item", "offering", offering.id, {"supplier": offering.supplier}):
        refuse_taken(Offering.objects.filter(code=offering.id).exists(), offering.id)
        row = writer(at).offering(offering)
        row.description = description
        row.save(force_insert=True)
        let_find([row])


def change_item(
    *,
    by: Actor,
    at: datetime,
    offering: str,
    name: str,
    description: str,
    category: str | None,
    tax_code: str,
    benefit_kind: str = "",
    source: str = "",
) -> None:
    """Say anew what an item is called, what it is, where it stands, how it is taxed and what kind of benefit tax law sees in it.

    Its supplier never changes. Another kind of benefit counts for what was bought before as well: the statements of taxable benefit
    are reckoned by it from then on.

    1. Refuse what policy refuses, an unusable name, a category nobody knows.  2. Write; let it be found by its new words.
    3. Let the core check the book; bump, audit (what was and what is), announce.
    """
    found = offering_of(offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    before = _said(found)
    found.name, found.description, found.tax_code = _usable_name(name), description.strip(), tax_code.strip()
    found.benefit_kind = benefit_kind.strip()
    facts = {"before": before, "source": source}
    with changing(by, at, "change_item", "offering", offering, facts):
        found.category = None if category is None else known(Category, code=category)
        facts["after"] = _said(found)
        found.save(update_fields=["name", "description", "tax_code", "benefit_kind", "category"])
        if found.offered:
            let_find([found])


def record_outside_price(
    *, by: Actor, at: datetime, offering: str, price: UnitPrice | None, source: str = "", seen_on: date | None = None
) -> None:
    """Record what the same thing costs outside, where and when that was seen; None forgets it.

    1. Refuse what policy refuses, a price below zero, one without a source or a day, and a day still to come.
    2. Write.  3. Bump, audit (what was and what is), announce.
    """
    found = offering_of(offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    if price is not None:
        _check_outside(price, source, seen_on, at.date())
    facts = {"before": _outside(found), "source": source, "seen_on": seen_on}
    with changing(by, at, "record_outside_price", "offering", offering, facts):
        found.outside_price = None if price is None else price.minor
        found.outside_currency = "" if price is None else price.currency
        found.outside_source = "" if price is None else source.strip()
        found.outside_seen_on = None if price is None else seen_on
        facts["after"] = _outside(found)
        found.save(update_fields=["outside_price", "outside_currency", "outside_source", "outside_seen_on"])


def withdraw_item(*, by: Actor, at: datetime, offering: str) -> None:
    """Offer something no longer; orders of it stay as they are, and nobody finds it in the shop."""
    found = known(Offering, code=offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with changing(by, at, "withdraw_item", "offering", offering, {}):
        Offering.objects.filter(pk=found.pk).update(offered=False)
        search.remove(queries.SEARCH_KIND, [offering])


def offer_item_again(*, by: Actor, at: datetime, offering: str) -> None:
    """Offer again what was withdrawn, at the prices that hold; it is found in the shop again."""
    found = known(Offering, code=offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with changing(by, at, "offer_item_again", "offering", offering, {}):
        Offering.objects.filter(pk=found.pk).update(offered=True)
        let_find([found])


def record_cost(
    *, by: Actor, at: datetime, offering: str, price: UnitPrice, valid_from: date | None, source: str = ""
) -> None:
    """Record what a piece costs from a day on; the cost before ends the day before, one of that very day is corrected."""
    found = known(Offering, code=offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    facts = {"cost": price, "valid_from": valid_from, "source": source}
    with changing(by, at, "record_cost", "offering", offering, facts):
        running = in_order(OfferingCost.objects.current().filter(offering=found))
        fresh = writer(at, source).cost(pricing.Cost(offering, price, Period(valid_from, None)))
        take_over(running, fresh, since=valid_from, at=at)


def _usable_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > NAME_LENGTH_MAX:
        raise Refusal(Reason.of("name_not_usable", most=NAME_LENGTH_MAX), where="name")
    return name


def _check_outside(price: UnitPrice, source: str, seen_on: date | None, today: date) -> None:
    if price.minor < 0:
        raise Refusal(Reason.of("price_negative"), where="price")
    if not source.strip():
        raise Refusal(Reason.of("outside_source_missing"), where="source")
    if seen_on is None or seen_on > today:
        raise Refusal(Reason.of("outside_day_unfit", today=today), where="seen_on")


def _said(found: Offering) -> str:
    """What is said of an item, in one line of the history."""
    category = "" if found.category is None else found.category.name
    said = (found.name, category, found.tax_code, found.benefit_kind, found.description[:120])
    return ", ".join(part for part in said if part)


def _outside(found: Offering) -> str:
    if found.outside_price is None:
        return ""
    return f"{found.outside_price} {found.outside_currency} {found.outside_source} {found.outside_seen_on}"


def _speaks_of(scheme: Scheme, category: str) -> bool:
    return {"kind": pricing.TargetKind.CATEGORY.value, "id": category} in [*scheme.included, *scheme.excluded]
