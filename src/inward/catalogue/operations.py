"""The acts of the catalogue: offer, price, agree, set up schemes and taxes, bring in whole catalogues.

Every act waits its turn, writes, and lets the core check the whole price book before it stands: a conflict between rules
is refused when it is entered, naming both. Nothing is overwritten: what is known is closed, and what is now known added.
"""

from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inward.catalogue import policy, queries
from inward.catalogue.announcements import CatalogueChanged
from inward.catalogue.models import Category, Offering, OfferingCost, PriceRule, Scheme, TaxRate
from inward.catalogue.rows import Writer
from inward.core import pricing
from inward.core.pricing import reading
from inward.core.terms import Period, Reason, Refusal, UnitPrice
from inward.core.terms.reading import Fields
from inward.kit import audit, locks, outbox, search, versions
from inward.kit.actor import Actor
from inward.kit.intake import Report, Row, RowProblem, Tables
from inward.kit.policy import NotThere, require
from inward.kit.records import correct
from inward.kit.transaction import transaction
from inward.parties import queries as parties

TABLES = ("categories", "offerings", "prices", "schemes", "tax_rates")
"""The tables of a catalogue directory; schemes come from schemes.json, the others from CSV."""


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """What became of the rows of a catalogue; ``added`` counts what was new."""

    report: Report
    added: int
    written: bool


def place_category(*, by: Actor, at: datetime, code: str, name: str, parent: str | None = None) -> None:
    """Add a category, or move and rename one; a cycle is refused.

    1. Refuse what policy refuses.  2. Write.  3. Let the core check the book; bump, audit, announce.
    """
    require(policy.may_arrange(by, on=at.date()))
    with _changing(by, at, "place_category", "category", code, {"name": name, "parent": parent}):
        above = None if parent is None else _known(Category, code=parent)
        Category.objects.update_or_create(code=code, defaults={"name": name.strip() or code, "parent": above})


def offer_item(*, by: Actor, at: datetime, offering: pricing.Offering, description: str = "") -> None:
    """Offer a new item or service.

    1. Refuse what policy refuses, and a code that is taken.  2. Write; let it be found by words.
    3. Let the core check the book; bump, audit, announce.
    """
    require(policy.may_price(by, supplier=offering.supplier, on=at.date()))
    with _changing(by, at, "offer_item", "offering", offering.id, {"supplier": offering.supplier}):
        _refuse_taken(Offering.objects.filter(code=offering.id).exists(), offering.id)
        row = _writer(at).offering(offering)
        row.description = description
        row.save(force_insert=True)
        _let_find([row])


def withdraw_item(*, by: Actor, at: datetime, offering: str) -> None:
    """Offer something no longer; orders of it stay as they are, and nobody finds it in the shop."""
    found = _known(Offering, code=offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with _changing(by, at, "withdraw_item", "offering", offering, {}):
        Offering.objects.filter(pk=found.pk).update(offered=False)
        search.remove(queries.SEARCH_KIND, [offering])


def record_cost(
    *, by: Actor, at: datetime, offering: str, price: UnitPrice, valid_from: date | None, source: str = ""
) -> None:
    """Record what a piece costs from a day on; the cost before ends the day before."""
    found = _known(Offering, code=offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with _changing(by, at, "record_cost", "offering", offering, {"cost": price, "valid_from": valid_from}):
        _end_running(OfferingCost.objects.current().filter(offering=found, valid_until=None), valid_from, at)
        cost = pricing.Cost(offering, price, Period(valid_from, None))
        row = _writer(at, source).cost(cost)
        row.save(force_insert=True)


def set_price(*, by: Actor, at: datetime, rule: pricing.PriceRule, source: str = "") -> None:
    """Enter a price of any level: list, rate, staff scheme or agreement. A conflict names the rule it meets.

    1. Refuse what policy refuses, and a code that is taken.  2. Write.  3. Let the core check the book; bump, audit, announce.
    """
    require(policy.may_price(by, supplier=rule.supplier, on=at.date()))
    with _changing(by, at, "set_price", "price", rule.id, {"level": rule.level.value, "supplier": rule.supplier}):
        _refuse_taken(PriceRule.objects.current().filter(code=rule.id).exists(), rule.id)
        row = _writer(at, source).rule(rule)
        row.save(force_insert=True)


def change_price(
    *, by: Actor, at: datetime, price: str, rule: pricing.PriceRule, valid_from: date, source: str = ""
) -> None:
    """From a day on, another rule in the place of one that runs: the old ends, the new begins, in one act."""
    found = _known(PriceRule, code=price, known_until=None)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    require(policy.may_price(by, supplier=rule.supplier, on=at.date()))
    with _changing(by, at, "change_price", "price", price, {"by": rule.id, "valid_from": valid_from}):
        _refuse_taken(PriceRule.objects.current().filter(code=rule.id).exists(), rule.id)
        correct(found, at=at, valid_until=_after_start(found, valid_from))
        row = _writer(at, source).rule(rule)
        row.valid_from = valid_from
        row.save(force_insert=True)


def end_price(*, by: Actor, at: datetime, price: str, valid_until: date, source: str = "") -> None:
    """Give a price its last day (the day before ``valid_until``)."""
    found = _known(PriceRule, code=price, known_until=None)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with _changing(by, at, "end_price", "price", price, {"valid_until": valid_until}):
        correct(found, at=at, valid_until=_after_start(found, valid_until), source=source)


def set_up_scheme(*, by: Actor, at: datetime, scheme: pricing.Scheme, source: str = "") -> None:
    """Set up a staff purchase scheme; its prices are entered apart, with ``set_price``."""
    require(policy.may_price(by, supplier=scheme.supplier, on=at.date()))
    with _changing(by, at, "set_up_scheme", "scheme", scheme.id, {"supplier": scheme.supplier}):
        _refuse_taken(Scheme.objects.current().filter(code=scheme.id).exists(), scheme.id)
        row = _writer(at, source).scheme(scheme)
        row.save(force_insert=True)


def end_scheme(*, by: Actor, at: datetime, scheme: str, valid_until: date, source: str = "") -> None:
    """Give a scheme its last day (the day before ``valid_until``); what was bought under it stays as it is."""
    found = _known(Scheme, code=scheme, known_until=None)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with _changing(by, at, "end_scheme", "scheme", scheme, {"valid_until": valid_until}):
        correct(found, at=at, valid_until=_after_start(found, valid_until), source=source)


def set_tax_rate(*, by: Actor, at: datetime, rate: pricing.TaxRate, source: str = "") -> None:
    """Set a tax rate from a day on; the rate before ends the day before."""
    require(policy.may_price(by, supplier=rate.company, on=at.date()))
    with _changing(by, at, "set_tax_rate", "tax", f"{rate.company} {rate.tax_code}", {"rate": rate.rate}):
        running = TaxRate.objects.current().filter(company__code=rate.company, tax_code=rate.tax_code, valid_until=None)
        _end_running(running, rate.period.start, at)
        row = _writer(at, source).tax(rate)
        row.save(force_insert=True)


def import_catalogue(
    *, by: Actor, at: datetime, tables: Tables, good_rows: bool = False, dry_run: bool = False, source: str = ""
) -> CatalogueReport:
    """Bring in the rows of a catalogue directory, by table; all of them, or with ``good_rows`` those that make sense.

    1. Refuse what policy refuses.                    3. Write what is new, set-wise; what is known stays as it is.
    2. Read every row into the core's values;         4. Let the core check the whole book; bump, audit, announce.
       stop here if one is wrong (and on a dry run).
    Raises Refused; Refusal when rows that make sense apart cannot be true together. Then nothing is written.
    """
    require(policy.may_arrange(by, on=at.date()))
    with _waiting():
        read = _Read.of(tables)
        write = not dry_run and (good_rows or not read.problems)
        if not write:
            return CatalogueReport(read.report(), read.count(), written=False)
        added = read.write(_writer(at, source))
        queries.check_price_book()
        _note(
            by, at, "import_catalogue", "catalogue", source or "import", {"added": added, "refused": len(read.problems)}
        )
    return CatalogueReport(read.report(), added, written=True)


class _Read:
    """The rows of a catalogue as values, those that are new; and what is wrong with the others."""

    def __init__(self) -> None:
        self.rows = 0
        self.problems: list[RowProblem] = []
        self.categories: dict[str, tuple[str, str | None]] = {}
        self.offerings: dict[str, pricing.Offering] = {}
        self.costs: list[pricing.Cost] = []
        self.rules: dict[str, pricing.PriceRule] = {}
        self.schemes: dict[str, pricing.Scheme] = {}
        self.taxes: list[pricing.TaxRate] = []

    @classmethod
    def of(cls, tables: Tables) -> "_Read":
        """Read every table. KeyError for one nobody knows."""
        unknown = set(tables) - set(TABLES)
        if unknown:
            raise KeyError(*sorted(unknown))
        read = cls()
        takers: dict[str, Callable[[Fields], None]] = {
            "categories": read._category,
            "offerings": read._offering,
            "prices": read._price,
            "schemes": read._scheme,
            "tax_rates": read._tax,
        }
        read._know()
        for name in TABLES:
            for row in tables.get(name, ()):
                read._take(row, takers[name])
        return read

    def count(self) -> int:
        """How many rows are new."""
        kept: tuple[Sized, ...] = (self.categories, self.offerings, self.costs, self.rules, self.schemes, self.taxes)
        return sum(len(rows) for rows in kept)

    def report(self) -> Report:
        """What became of the rows."""
        refused = len({(problem.file, problem.line) for problem in self.problems})
        return Report(self.rows, self.rows - refused, tuple(self.problems))

    def write(self, writer: Writer) -> int:
        """Write what is new, in the order in which it depends on each other."""
        Category.objects.bulk_create([Category(code=code, name=name) for code, (name, _) in self.categories.items()])
        keys = dict(Category.objects.values_list("code", "id"))
        for code, (_, parent) in self.categories.items():
            if parent is not None:
                Category.objects.filter(code=code).update(parent_id=keys.get(parent))
        writer.know()
        offerings = [writer.offering(value) for value in self.offerings.values()]
        Offering.objects.bulk_create(offerings, batch_size=500)
        writer.know()
        OfferingCost.objects.bulk_create([writer.cost(value) for value in self.costs], batch_size=500)
        Scheme.objects.bulk_create([writer.scheme(value) for value in self.schemes.values()])
        PriceRule.objects.bulk_create([writer.rule(value) for value in self.rules.values()], batch_size=500)
        TaxRate.objects.bulk_create([writer.tax(value) for value in self.taxes])
        _let_find(offerings)
        return self.count()

    def _know(self) -> None:
        known = queries.price_book()
        self.known = known
        self.parties = parties.keys()

    def _take(self, row: Row | RowProblem, taker: Callable[[Fields], None]) -> None:
        """Read one row into a value; what is wrong with it becomes its problem."""
        self.rows += 1
        if isinstance(row, RowProblem):
            self.problems.append(row)
            return
        try:
            taker(Fields(row.values))
        except Refusal as refusal:
            facts = dict(refusal.reason.items)
            self.problems.append(RowProblem(row.file, row.line, refusal.where, refusal.reason.code, facts))

    def _category(self, row: Fields) -> None:
        code, parent = row.text("id"), row.text_or_none("parent")
        if code not in self.known.categories:
            self.categories[code] = (row.text_or_none("name") or code, parent)

    def _offering(self, row: Fields) -> None:
        value = reading.offering(row)
        self._party(row, "supplier", value.supplier)
        if value.category and value.category not in self.categories and value.category not in self.known.categories:
            row.refuse("category", "unknown_category", id=value.category)
        if value.id in self.offerings:
            row.refuse("id", "id_twice", id=value.id)
        costs = list(reading.costs(row))
        if any(cost.price.minor < 0 for cost in costs):
            row.refuse("cost", "price_negative")
        if value.id not in self.known.offerings:
            self.offerings[value.id] = value
            self.costs.extend(costs)

    def _price(self, row: Fields) -> None:
        value = reading.rule(row)
        self._party(row, "supplier", value.supplier)
        if value.scope.party is not None:
            self._party(row, "customer", value.scope.party)
        target = value.target
        known = (self.offerings, self.known.offerings, self.categories, self.known.categories)
        if target.id and not any(target.id in names for names in known):
            row.refuse("target", "unknown_offering", id=target.id)
        if isinstance(value.method, pricing.Fixed) and value.method.price.minor < 0:
            row.refuse("value", "price_negative")
        if value.id in self.rules:
            row.refuse("id", "id_twice", id=value.id)
        if not any(rule.id == value.id for rule in self.known.rules):
            self.rules[value.id] = value

    def _scheme(self, row: Fields) -> None:
        value = reading.scheme(row)
        self._party(row, "supplier", value.supplier)
        for employer in value.employers:
            self._party(row, "employers", employer)
        if value.id not in self.known.schemes:
            self.schemes[value.id] = value

    def _tax(self, row: Fields) -> None:
        value = reading.tax_rate(row)
        self._party(row, "company", value.company)
        if value not in self.known.taxes:
            self.taxes.append(value)

    def _party(self, row: Fields, column: str, code: str) -> None:
        if code not in self.parties:
            row.refuse(column, "unknown_party", id=code)


@contextmanager
def _waiting() -> Iterator[None]:
    """One change of the price book at a time: what is checked must be what stands."""
    with transaction():
        locks.advisory("catalogue")
        yield


@contextmanager
def _changing(by: Actor, at: datetime, act: str, what: str, code: str, facts: Mapping[str, Any]) -> Iterator[None]:
    """An act on one thing: wait, write, let the core check the whole book, note it."""
    with _waiting():
        yield
        queries.check_price_book()
        _note(by, at, act, what, code, facts)


def _note(by: Actor, at: datetime, act: str, what: str, code: str, facts: Mapping[str, Any]) -> None:
    versions.bump(queries.VERSION)
    audit.record(by=by, at=at, act=f"catalogue.{act}", thing=code, facts=facts)
    outbox.announce(CatalogueChanged(what=what, code=code), by=by, at=at)


def _writer(at: datetime, source: str = "") -> Writer:
    return Writer(parties=parties.keys(), at=at, source=source).know()


def _known(table: type[Any], **which: Any) -> Any:
    found = table.objects.filter(**which).first()
    if found is None:
        raise NotThere
    return found


def _refuse_taken(taken: bool, code: str) -> None:  # noqa: FBT001 - a finding
    if taken:
        raise Refusal(Reason.of("id_twice", id=code), where="code")


def _after_start(found: Any, day: date) -> date:
    """The day, if the fact has begun by then; Refusal otherwise."""
    if found.valid_from is not None and day <= found.valid_from:
        raise Refusal(Reason.of("period_backwards", since=found.valid_from, until=day), where="valid_until")
    return day


def _end_running(running: Any, valid_from: date | None, at: datetime) -> None:
    for found in running:
        if valid_from is None:
            raise Refusal(Reason.of("day_missing"), where="valid_from")
        correct(found, at=at, valid_until=_after_start(found, valid_from))


def _let_find(offerings: list[Offering]) -> None:
    entries = [search.Entry(ref=row.code, title=row.name, body=row.description) for row in offerings]
    search.index(queries.SEARCH_KIND, entries)
