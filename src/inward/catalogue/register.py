"""What data administrators look up of the catalogue: what they look after, with every version that was ever known of it.

``queries`` is the shop and what rooms decide with; this is for those who change it, and shows how it came to be known.
Always for a viewer, by the roles she holds at that instant, whatever day (``on``) she looks at. Out of bounds is
``NotThere``. Nothing is changed here.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from inward.catalogue import policy, rows
from inward.catalogue.models import (
    Category,
    Offering,
    OfferingCost,
    PriceRaise,
    PriceRaiseRow,
    PriceRule,
    Scheme,
    TaxRate,
)
from inward.core.pricing import Level, OfferingKind, OutsidePrice, TaxMinimum
from inward.core.pricing import PriceRule as Rule
from inward.core.pricing import Scheme as CoreScheme
from inward.core.pricing.revising import family
from inward.core.running import Plan
from inward.core.terms import Period, Rate, Reason, UnitPrice
from inward.core.terms.money import as_currency
from inward.kit import undoing
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named

OFFERINGS = ListSpec(
    {"name": "name", "code": "code", "supplier": "supplier__name"},
    {"supplier": "supplier__code", "category": "category__code", "kind": "kind", "tax_code": "tax_code"},
    default="name",
)
PRICES = ListSpec(
    {"code": "code", "level": "level", "supplier": "supplier__name"},
    {"supplier": "supplier__code", "level": "level", "scheme": "scheme", "offering": "offering__code"},
    default="code",
)
SCHEMES = ListSpec({"name": "name", "code": "code"}, {"supplier": "supplier__code"}, default="name")
TAX_RATES = ListSpec({"code": "tax_code", "company": "company__name"}, {"company": "company__code"}, default="company")
CATEGORIES = ListSpec({"name": "name", "code": "code"}, default="name")
RAISES = ListSpec(
    {"made": "made_at", "since": "since"}, {"supplier": "supplier__code", "level": "level"}, default="-made"
)
VERSIONS = ListSpec({"known": "known_from"}, default="-known")
VERSIONS_MAX = 200
"""So many versions of one thing are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of what is known: its days, since and until when it was believed, on whose word, and what it says."""

    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str
    says: Any


@dataclass(frozen=True, slots=True)
class OfferingRecord:
    """An item or service. ``cost`` is what a piece costs the supplier on the day, None where nobody has said."""

    code: str
    name: str
    description: str
    supplier: Named
    category: Named | None
    kind: OfferingKind
    tax_code: str
    offered: bool
    outside: OutsidePrice | None
    cost: UnitPrice | None = None
    plan: Plan | None = None
    benefit_kind: str = ""
    """What tax law calls it; empty: goods or services."""


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """A price, by the code of the version that holds. ``target`` is its item or category, None for everything."""

    code: str
    rule: Rule
    supplier: Named
    target: Named | None
    customer: Named | None
    source: str

    @property
    def price(self) -> str:
        """The code that all its versions have in common."""
        return family(self.code)


@dataclass(frozen=True, slots=True)
class SchemeRecord:
    """A staff scheme as it is on the day."""

    scheme: CoreScheme
    supplier: Named
    source: str


@dataclass(frozen=True, slots=True)
class TaxRecord:
    """The rate of a tax code in a company's sales on the day."""

    company: Named
    tax_code: str
    rate: Rate
    staff_minimum: TaxMinimum
    period: Period
    source: str

    @property
    def key(self) -> str:
        """How it is called in addresses."""
        return f"{self.company.code}:{self.tax_code}"


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    """A category and how many items stand in it itself."""

    code: str
    name: str
    parent: Named | None
    offerings: int


@dataclass(frozen=True, slots=True)
class RaiseRecord:
    """A price list raised in one act; no category: everything. ``taken_back_at`` is None while it stands."""

    reference: str
    supplier: Named
    level: Level
    category: Named | None
    rate: Rate
    since: date
    prices: int
    made_at: datetime
    source: str
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Move:
    """A price before and after a raise; ``stays`` says why it does not go back with the others, None where it does."""

    before: Rule
    after: Rule
    stays: Reason | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing with every version of what was known of it, the latest knowledge first, and its names in the audit."""

    record: Any
    versions: tuple[Version, ...]
    audited: tuple[str, ...]


# --- lists -------------------------------------------------------------------------------------------------------------


def offerings(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[OfferingRecord]:
    """The items and services of suppliers the viewer looks after. ``offered`` asks for "yes" or "no"."""
    asked = dict(params)
    offered = asked.pop("offered", "")
    found = Offering.objects.filter(kept_by(viewer, at), says(asked, "name", "code"))
    if offered:
        found = found.filter(offered=offered == "yes")
    return page(found.select_related("supplier", "category"), OFFERINGS, asked).map(_offering)


def prices(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[PriceRecord]:
    """The prices that hold on a day, of suppliers the viewer looks after."""
    said = says(params, "code", "offering__name", "category__name", "customer__name")
    found = PriceRule.objects.current().on(on).filter(kept_by(viewer, at), said)
    return page(found.select_related("supplier", "offering", "category", "customer"), PRICES, params).map(_price)


def schemes(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[SchemeRecord]:
    """The staff schemes that hold on a day, of suppliers the viewer looks after."""
    found = Scheme.objects.current().on(on).filter(kept_by(viewer, at), says(params, "code", "name"))
    return page(found.select_related("supplier"), SCHEMES, params).map(_scheme)


def tax_rates(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[TaxRecord]:
    """The tax rates that hold on a day in sales of companies the viewer looks after."""
    found = TaxRate.objects.current().on(on).filter(kept_by(viewer, at, "company"), says(params, "tax_code"))
    return page(found.select_related("company"), TAX_RATES, params).map(_tax)


def categories(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[CategoryRecord]:
    """Every category, for whoever looks after something that is offered."""
    require(policy.may_price_something(viewer, on=at.date()))
    found = Category.objects.filter(says(params, "name", "code")).annotate(count=Count("offerings"))
    return page(found.select_related("parent"), CATEGORIES, params).map(_category)


def raises(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[RaiseRecord]:
    """The price lists that were raised in one act, of suppliers the viewer looks after."""
    require(policy.may_price_something(viewer, on=at.date()))
    found = PriceRaise.objects.filter(kept_by(viewer, at), says(params, "supplier__name", "category__name", "source"))
    return page(found.select_related("supplier", "category"), RAISES, params).map(_raise)


# --- one thing ---------------------------------------------------------------------------------------------------------


def offering(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """An item or service, and every version of its cost."""
    found = _kept_offering(viewer, at, code)
    costs = latest(OfferingCost.objects.filter(offering=found))
    now = next((row for row in costs if row.known_until is None and on in row.period), None)
    return Sheet(_offering(found, now), tuple(_version(row, _cost(row)) for row in costs), (code,))


def price(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A price with all its versions, by the code of any of them; its record is the one of the day, else the nearest."""
    known = PriceRule.objects.filter(kept_by(viewer, at), code__startswith=family(code))
    found = latest(known.select_related("supplier", "offering", "category", "customer"))
    found = [row for row in found if family(row.code) == family(code)]
    codes = _codes()
    record = _price(of_day(found, on))
    return Sheet(record, tuple(_version(row, rows.rule_of(row, codes)) for row in found), (family(code),))


def raise_of(*, viewer: Actor, at: datetime, reference: str) -> tuple[RaiseRecord, tuple[Move, ...]]:
    """A raise, and every price that it made another; which of them stay when it is taken back. NotThere out of bounds."""
    kept = PriceRaise.objects.filter(kept_by(viewer, at), reference=reference).select_related("supplier", "category")
    found = kept.first()
    if found is None:
        raise NotThere
    acts = dict(PriceRaiseRow.objects.filter(of_raise=found).values_list("key", "act"))
    written = PriceRule.objects.in_bulk(acts)
    before = {family(row.code): row for key, row in written.items() if acts[key] == undoing.CLOSED}
    after = [row for key, row in written.items() if acts[key] == undoing.ADDED and row.valid_from == found.since]
    codes = _codes()
    staying = _staying(found, [row for key, row in written.items() if acts[key] == undoing.ADDED])
    moves = (
        Move(rows.rule_of(before[name], codes), rows.rule_of(row, codes), staying.get(name))
        for row, name in ((row, family(row.code)) for row in after)
    )
    return _raise(found), tuple(sorted(moves, key=lambda move: move.after.id))


def _staying(of: PriceRaise, written: Collection[PriceRule]) -> dict[str, Reason]:
    """Why prices that a raise wrote were not, or will not be, taken back with it, by family: somebody said otherwise since."""
    since = {
        family(row.code): of.taken_back_at if row.known_until is None else row.known_until
        for row in written
        if row.known_until != of.taken_back_at
    }
    stands = (
        PriceRule.objects.current().filter(supplier=of.supplier, valid_from=of.since).values_list("code", flat=True)
    )
    planned = {family(code) for code in stands} if since else set()
    return {
        name: Reason.of("raise_price_changed" if name in planned else "raise_price_taken_back", on=at.date())
        for name, at in since.items()
        if at is not None
    }


def scheme(*, viewer: Actor, at: datetime, on: date, code: str) -> Sheet:
    """A staff scheme with all its versions; its record is the one of the day, else the nearest."""
    found = latest(Scheme.objects.filter(kept_by(viewer, at), code=code).select_related("supplier"))
    codes = _codes()
    record = _scheme(of_day(found, on))
    return Sheet(record, tuple(_version(row, rows.scheme_of(row, codes)) for row in found), (code,))


def tax_rate(*, viewer: Actor, at: datetime, on: date, key: str) -> Sheet:
    """The rates of a tax code in a company (``COMPANY:CODE``), with all their versions."""
    company, _, tax_code = key.rpartition(":")
    kept = TaxRate.objects.filter(kept_by(viewer, at, "company"), company__code=company, tax_code=tax_code)
    found = latest(kept.select_related("company"))
    record = _tax(of_day(found, on))
    return Sheet(record, tuple(_version(row, Rate(row.rate)) for row in found), (f"{company} {tax_code}",))


def cost_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """Every cost (a unit price) that was ever known of an offering, a page at a time. NotThere out of bounds."""
    costs = OfferingCost.objects.filter(offering=_kept_offering(viewer, at, code))
    return page(costs, VERSIONS, params).map(lambda row: _version(row, _cost(row)))


def price_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """Every version (a ``PriceRecord``) of a price, by the code of any of them, a page at a time. NotThere out of bounds."""
    exact = re.escape(family(code))
    known = PriceRule.objects.filter(kept_by(viewer, at), code__startswith=family(code))
    known = known.filter(Q(code=family(code)) | Q(code__regex=rf"^{exact}@[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$"))
    _refuse_unknown(known)
    named = known.select_related("supplier", "offering", "category", "customer")
    return page(named, VERSIONS, params).map(lambda row: _version(row, _price(row)))


def scheme_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """Every version (a ``SchemeRecord``) of a staff scheme, a page at a time. NotThere out of bounds."""
    known = Scheme.objects.filter(kept_by(viewer, at), code=code)
    _refuse_unknown(known)
    return page(known.select_related("supplier"), VERSIONS, params).map(lambda row: _version(row, _scheme(row)))


def tax_versions(*, viewer: Actor, at: datetime, key: str, params: Mapping[str, str]) -> Page[Version]:
    """Every version (a ``TaxRecord``) of a tax rate (``COMPANY:CODE``), a page at a time. NotThere out of bounds."""
    company, _, tax_code = key.rpartition(":")
    known = TaxRate.objects.filter(kept_by(viewer, at, "company"), company__code=company, tax_code=tax_code)
    _refuse_unknown(known)
    return page(known.select_related("company"), VERSIONS, params).map(lambda row: _version(row, _tax(row)))


def category(*, viewer: Actor, at: datetime, code: str) -> Sheet:
    """One category."""
    found = Category.objects.filter(code=code).annotate(count=Count("offerings")).select_related("parent").first()
    if found is None or not policy.may_price_something(viewer, on=at.date()):
        raise NotThere
    return Sheet(_category(found), (), (code,))


def tax_codes(*, viewer: Actor, at: datetime) -> tuple[str, ...]:
    """The tax codes that have a rate somewhere, for whoever looks after something that is offered."""
    require(policy.may_price_something(viewer, on=at.date()))
    found = TaxRate.objects.current().order_by("tax_code").values_list("tax_code", flat=True).distinct()
    return tuple(found)


# --- rows as records ----------------------------------------------------------------------------------------------------


def kept_by(viewer: Actor, at: datetime, field: str = "supplier") -> Q:
    """The rows of suppliers the viewer looks after; nobody looks after nothing."""
    kept = policy.priced_by(viewer, on=at.date())
    if kept is None:
        return Q(**{f"{field}__isnull": False})
    keys = parties.keys()
    return Q(**{f"{field}_id__in": sorted(keys[code] for code in kept if code in keys)})


def _kept_offering(viewer: Actor, at: datetime, code: str) -> Offering:
    found = Offering.objects.filter(kept_by(viewer, at), code=code).select_related("supplier", "category").first()
    if found is None:
        raise NotThere
    return found


def _refuse_unknown(known: QuerySet[Any]) -> None:
    """NotThere where nothing of it is known now: what was taken back wholly is not there any more."""
    if not known.filter(known_until=None).exists():
        raise NotThere


def says(params: Mapping[str, str], *fields: str) -> Q:
    """What the search box asks for: every word somewhere in these fields. Empty: everything."""
    said = Q()
    for word in params.get("text", "").replace("\0", "").split()[:8]:
        somewhere = Q()
        for name in fields:
            somewhere |= Q(**{f"{name}__icontains": word})
        said &= somewhere
    return said


def latest(found: Any) -> list[Any]:
    """The versions, the latest knowledge first, as many as are shown."""
    return list(found.order_by("-known_from", "-id")[:VERSIONS_MAX])


def of_day(found: Iterable[Any], on: date) -> Any:
    """Of what is known now the version of the day, else the last before it, else the first; NotThere for nothing."""
    known = sorted((row for row in found if row.known_until is None), key=lambda row: row.valid_from or date.min)
    if not known:
        raise NotThere
    begun = [row for row in known if row.valid_from is None or row.valid_from <= on]
    return begun[-1] if begun else known[0]


def _codes() -> Mapping[int, str]:
    return parties.known().codes


def versions_of(found: Iterable[Any], said: Callable[[Any], Any]) -> tuple[Version, ...]:
    """Rows as versions; ``said`` turns one into what it says."""
    return tuple(_version(row, said(row)) for row in found)


def _version(row: Any, says: Any) -> Version:
    return Version(row.period, row.known_from, row.known_until, row.source, says)


def _cost(row: OfferingCost) -> UnitPrice:
    return UnitPrice(row.price, as_currency(row.currency))


def _raise(row: PriceRaise) -> RaiseRecord:
    return RaiseRecord(
        row.reference,
        Named(row.supplier.code, row.supplier.name),
        Level(row.level),
        _named(row.category),
        Rate(row.rate),
        row.since,
        row.prices,
        row.made_at,
        row.source,
        row.taken_back_at,
    )


def _named(row: Any) -> Named | None:
    return None if row is None else Named(row.code, row.name)


def _sure(row: Any) -> Named:
    return Named(row.code, row.name)


def _offering(row: Offering, cost: OfferingCost | None = None) -> OfferingRecord:
    return OfferingRecord(
        code=row.code,
        name=row.name,
        description=row.description,
        supplier=_sure(row.supplier),
        category=_named(row.category),
        kind=OfferingKind(row.kind),
        tax_code=row.tax_code,
        offered=row.offered,
        outside=rows.outside_of(row),
        cost=None if cost is None else _cost(cost),
        plan=rows.plan_of(row),
        benefit_kind=row.benefit_kind,
    )


def _price(row: PriceRule) -> PriceRecord:
    return PriceRecord(
        code=row.code,
        rule=rows.rule_of(row, _codes()),
        supplier=_sure(row.supplier),
        target=_named(row.offering or row.category),
        customer=None if row.customer is None else parties.named(row.customer),
        source=row.source,
    )


def _scheme(row: Scheme) -> SchemeRecord:
    return SchemeRecord(rows.scheme_of(row, _codes()), _sure(row.supplier), row.source)


def _tax(row: TaxRate) -> TaxRecord:
    return TaxRecord(
        _sure(row.company), row.tax_code, Rate(row.rate), TaxMinimum(row.staff_minimum), row.period, row.source
    )


def _category(row: Any) -> CategoryRecord:
    return CategoryRecord(row.code, row.name, _named(row.parent), row.count)
