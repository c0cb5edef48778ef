"""A whole catalogue comes in: what is new is added, what is known goes on otherwise from a day that the file names.

A price, scheme, cost or tax rate that is known changes only where its row has a ``valid_from`` (a cost: ``cost_from``)
later than what runs; the running one then ends the day before. An outside price changes where it was seen later. A row
that says something else without such a day changes nothing, and the report counts it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, Value
from django.db.models.functions import Greatest

from inward.catalogue import policy, queries
from inward.catalogue.changing import let_find, note, waiting, writer
from inward.catalogue.models import (
    CODE_LENGTH_MAX,
    Category,
    Comparable,
    Offering,
    OfferingCost,
    PriceRule,
    Scheme,
    TaxRate,
)
from inward.catalogue.rows import Writer
from inward.core import pricing
from inward.core.pricing import reading
from inward.core.pricing.revising import family, version_id
from inward.core.running import PLAN_FIELDS
from inward.core.terms import Period, Reason, Refusal
from inward.core.terms.reading import Fields
from inward.kit.actor import Actor
from inward.kit.intake import Columns, Report, Row, RowProblem, Tables
from inward.kit.policy import Answer, require
from inward.kit.undoing import Journal
from inward.parties import queries as parties

_DAYS = ("valid_from", "valid_until", "last_day")
TABLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "categories": (("id",), ("name", "parent")),
    "offerings": (
        ("id", "supplier"),
        (
            *("name", "category", "kind", "benefit_kind", "tax_code"),
            *("cost", "cost_currency", "cost_from", "cost_until", "cost_last"),
            *("outside_price", "outside_currency", "outside_source", "outside_seen_on", *PLAN_FIELDS),
        ),
    ),
    "prices": (
        ("id", "level", "supplier", "method"),
        (
            *(
                "target_kind",
                "target",
                "customer",
                "customer_kinds",
                "value",
                "currency",
                "includes_tax",
                "quantity_min",
            ),
            *("base_price", "price_min", "price_max", "credit_method", "credit_value", "credit_base"),
            *("floor_at_cost", "floor_minimum", "saving_max", "scheme", *_DAYS),
        ),
    ),
    "comparables": (("id", "offering", "price", "currency", "source", "seen_on"), _DAYS),
    "schemes": (
        ("id", "supplier"),
        (
            *("name", "employers", "work_kinds", "tenure_months"),
            *("included_items", "included_categories", "excluded_items", "excluded_categories"),
            *("allowance_money", "allowance_currency", "allowance_units", "allowance_measure", "limits"),
            *("lines_of_business", "leaving_days", "closed_in"),
            *("keep_days", "repays_early", "cooling_days", "given_to", "household", *_DAYS),
        ),
    ),
    "tax_rates": (("company", "tax_code", "percent"), ("staff_minimum", *_DAYS)),
}
"""The tables of a catalogue directory with the columns that every row has, and those it may have; schemes come from
schemes.json, the others from CSV. docs/reference/catalogue-files.md says what they mean."""
_SCHEME_FIELDS = (*TABLES["schemes"][0], *TABLES["schemes"][1], "included", "excluded")
"""What an object of schemes.json may say; in a table, what is covered stands in columns of its own."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """What became of the rows of a catalogue: ``added`` was new, ``changed`` goes on otherwise from a day on, ``kept``
    says something else than what is known, but not from when, and so changed nothing.
    """

    report: Report
    added: int
    written: bool
    changed: int = 0
    kept: int = 0

    @property
    def told(self) -> tuple[Reason, ...]:
        """What the rows bring with them beyond their number: how many changed nothing for want of a day."""
        return (Reason.of("rows_kept", rows=self.kept),) if self.kept else ()


def import_catalogue(
    *,
    by: Actor,
    at: datetime,
    tables: Tables,
    good_rows: bool = False,
    dry_run: bool = False,
    source: str = "",
    journal: Journal | None = None,
) -> CatalogueReport:
    """Bring in the rows of a catalogue directory, by table; all of them, or with ``good_rows`` those that make sense.

    1. Refuse whoever looks after nothing; refuse     3. Let the core check the book as it would be: a row that cannot
       rows of suppliers she does not look after.
    2. Read every row into the core's values;            be true beside the others is refused like one wrong by itself.
       what is wrong with it is its problem.          4. Write what is new and what changes, set-wise: not on a dry run,
                                                         nor where a row was refused, unless ``good_rows``.
                                                      5. Let the core check what stands; bump, audit, announce.
    The report and its counts are of all rows, also when nothing is written: what is new is what would come in.
    Raises Refused; Refusal when the book cannot be true and no row is to blame. Then nothing is written. The rows that
    were written stand in the ``journal``, so that they can be taken back while nobody uses them.
    """
    require(policy.may_price_something(by, on=at.date()))
    with waiting():
        rows = ((name, row) for name in TABLES for row in _known_tables(tables).get(name, ()))
        read = _Read.of(rows, by=by, on=at.date()).agreed(good_rows=good_rows)
        written = not dry_run and (good_rows or not read.problems)
        if written:
            read.write(at, source, journal or Journal())
            queries.check_price_book()
            facts = {"added": read.added, "changed": read.changed, "refused": len(read.problems)}
            note(by, at, "import_catalogue", "catalogue", source or "import", facts)
    return CatalogueReport(read.report(), read.added, written, read.changed, read.kept)


_Dated = TypeVar("_Dated", pricing.Cost, pricing.PriceRule, pricing.Scheme, pricing.TaxRate)


@dataclass
class _Coming:
    """The dated values of one kind that come in: ``fresh`` to write, ``ends`` the days on which known ones end."""

    fresh: list[Any] = field(default_factory=list)
    ends: dict[Any, date] = field(default_factory=dict)
    days: dict[Reason, list[Period]] = field(default_factory=dict)
    """When what comes in holds, by what is said of two that hold on one day."""

    def take(self, value: Any, clash: Reason | None) -> None:
        """Have a value come in. Refusal with ``clash`` where another that comes in holds on one of its days."""
        if clash is not None:
            days = self.days.setdefault(clash, [])
            if any(value.period.overlaps(each) for each in days):
                raise Refusal(clash)
            days.append(value.period)
        self.fresh.append(value)

    def after(self, known: Iterable[_Dated]) -> list[_Dated]:
        """What is known, as it will be."""
        return [*(self._ended(value) for value in known), *self.fresh]

    def _ended(self, value: _Dated) -> _Dated:
        until = self.ends.get(value)
        return value if until is None else replace(value, period=Period(value.period.start, until))


class _Read:
    """The rows of a catalogue as values, those that are new or change something; and what is wrong with the others."""

    def __init__(self, by: Actor, on: date) -> None:
        self.by, self.on = by, on
        self.rows = self.added = self.changed = self.kept = self.untold = 0
        self.problems: list[RowProblem] = []
        self.taken: list[tuple[str, Row | RowProblem]] = []
        self.places: dict[str, Row] = {}
        self.categories: dict[str, tuple[str, str | None]] = {}
        self.offerings: dict[str, pricing.Offering] = {}
        self.seen_anew: dict[str, pricing.OutsidePrice] = {}
        self.costs, self.rules, self.schemes, self.taxes = _Coming(), _Coming(), _Coming(), _Coming()
        self.comparables = _Coming()
        self.known = queries.price_book()
        self.parties = parties.keys()
        self.priced: set[str] = set()
        self.costs_of = _by(self.known.costs, lambda cost: cost.offering)
        self.families = _by(self.known.rules, lambda rule: family(rule.id))
        self.compared = {each.id: each for each in self.known.comparables}
        self.rates_of = _by(self.known.taxes, lambda tax: (tax.company, tax.tax_code))

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Row | RowProblem]], *, by: Actor, on: date) -> "_Read":
        """Read every row, given with the name of its table, and keep them to be read again without one of them."""
        read = cls(by, on)
        takers: dict[str, Callable[[Fields], None]] = {
            "categories": read._category,
            "offerings": read._offering,
            "prices": read._price,
            "comparables": read._comparable,
            "schemes": read._scheme,
            "tax_rates": read._tax,
        }
        columns = {name: Columns(*both) for name, both in TABLES.items()}
        for name, row in rows:
            read.taken.append((name, row))
            wrong = columns[name].refuse(row) if isinstance(row, Row) and name != "schemes" else None
            if wrong is None:
                read._take(row, takers[name])
            else:
                read._under(wrong)
            if isinstance(row, Row):
                read.places.update(dict.fromkeys(_places(name, row), row))
        return read

    def agreed(self, *, good_rows: bool) -> "_Read":
        """The rows of which the core can build a book, the others refused by file and line: what is left holds together, and
        the counts are of that.

        In every round all rows fall that cannot be true beside the others; what names one of them falls in the next, and a price
        names a scheme, that a category. Refusal when no row is to blame, unless nothing will be written anyhow, and when the
        file does not come to rest.
        """
        read = self
        for _ in range(_ROUNDS_MAX):
            faults = read.faults()
            blamed = read._blamed(faults)
            if faults and not blamed and (good_rows or not read.problems):
                raise faults[0]
            if not blamed:
                return read  # what is wrong of no row may be so for want of those that are refused already
            kept = ((name, blamed.get(id(each), each)) for name, each in read.taken)
            read = _Read.of(kept, by=self.by, on=self.on)
        raise Refusal(Reason.of("catalogue_does_not_agree", count=len(read.problems)))

    def _blamed(self, faults: Iterable[Refusal]) -> dict[int, RowProblem]:
        """What becomes of the rows of which the core's refusals speak, by their identity; of two prices that conflict the other
        one falls, where that which should is known already.
        """
        found: dict[int, RowProblem] = {}
        for fault in faults:
            row = self.places.get(fault.where) or self.places.get(f"price {fault.reason.facts.get('rule')}")
            if row is not None:
                problem = RowProblem(row.file, row.line, "", fault.reason.code, dict(fault.reason.items))
                found.setdefault(id(row), problem)
        return found

    def report(self) -> Report:
        """What became of the rows."""
        refused = len({(problem.file, problem.line) for problem in self.problems}) + self.untold
        return Report(self.rows, self.rows - refused, tuple(self.problems))

    def faults(self) -> list[Refusal]:
        """What the core would refuse the book for, as it would be; of prices that conflict, those that are known stay."""
        book = self.known
        return pricing.PriceBook.faults(
            offerings=[*book.offerings.values(), *self.offerings.values()],
            categories={**book.categories, **{code: parent for code, (_, parent) in self.categories.items()}},
            costs=self.costs.after(book.costs),
            rules=self.rules.after(book.rules),
            schemes=self.schemes.after(version for found in book.scheme_versions.values() for version in found),
            taxes=self.taxes.after(book.taxes),
            comparables=[*book.comparables, *self.comparables.fresh],
            standing={rule.id for rule in book.rules},
        )

    def write(self, at: datetime, source: str, journal: Journal) -> None:
        """Write what is new and what changes, in the order in which it depends on each other."""
        categories = [Category(code=code, name=name) for code, (name, _) in self.categories.items()]
        journal.added(Category, [row.pk for row in Category.objects.bulk_create(categories)])
        keys = dict(Category.objects.values_list("code", "id"))
        for code, (_, parent) in self.categories.items():
            if parent is not None:
                Category.objects.filter(code=code).update(parent_id=keys[parent])
        writes = writer(at, source)
        offerings = [writes.offering(value) for value in self.offerings.values()]
        journal.added(Offering, [row.pk for row in Offering.objects.bulk_create(offerings, batch_size=_AT_ONCE)])
        writes.know()
        self._write_outside(journal)
        self._write_dated(at, writes, journal)
        let_find(offerings)

    def _write_outside(self, journal: Journal) -> None:
        found = list(Offering.objects.filter(code__in=self.seen_anew))
        for row in found:
            outside, before = self.seen_anew[row.code], _outside_of(row)
            row.outside_price, row.outside_currency = outside.price.minor, outside.price.currency
            row.outside_source, row.outside_seen_on = outside.source, outside.seen_on
            journal.changed(Offering, row.pk, before, _outside_of(row))
        columns = ["outside_price", "outside_currency", "outside_source", "outside_seen_on"]
        Offering.objects.bulk_update(found, columns, batch_size=_AT_ONCE)

    def _write_dated(self, at: datetime, writes: Writer, journal: Journal) -> None:
        kinds: tuple[tuple[_Coming, type[Any], Callable[[Any], Any], Callable[[Any], tuple[Any, ...]]], ...] = (
            (self.costs, OfferingCost, writes.cost, lambda cost: (writes.offerings[cost.offering],)),
            (self.schemes, Scheme, writes.scheme, lambda scheme: (scheme.id,)),
            (self.rules, PriceRule, writes.rule, lambda rule: (rule.id,)),
            (self.comparables, Comparable, writes.comparable, lambda comparable: (comparable.id,)),
            (self.taxes, TaxRate, writes.tax, lambda tax: (self.parties[tax.company], tax.tax_code)),
        )
        for coming, table, made, named in kinds:
            rows = [made(value) for value in coming.fresh]
            _end(table, {(*named(value), value.period.start): day for value, day in coming.ends.items()}, at, journal)
            journal.added(table, [row.pk for row in table.objects.bulk_create(rows, batch_size=_AT_ONCE)])

    def _under(self, wrong: list[RowProblem]) -> None:
        """A row under a heading that lacks a column or has one nobody knows: the first says so, the others are refused with it."""
        self.rows += 1
        self.problems.extend(wrong)
        self.untold += not wrong

    def _take(self, row: Row | RowProblem, taker: Callable[[Fields], None]) -> None:
        """Read one row into a value; what is wrong with it becomes its problem."""
        self.rows += 1
        if isinstance(row, RowProblem):
            self.problems.append(row)
            return
        try:
            _check_keepable(Fields.of(row.values))
            taker(Fields(row.values))
        except Refusal as refusal:
            facts = dict(refusal.reason.items)
            self.problems.append(RowProblem(row.file, row.line, refusal.where, refusal.reason.code, facts))

    def _category(self, row: Fields) -> None:
        code, parent = row.text("id"), row.text_or_none("parent")
        if code in self.categories:
            row.refuse("id", "id_twice", id=code)
        if code not in self.known.categories:
            self._allowed(row, "id", policy.may_arrange(self.by, on=self.on))
            self.categories[code] = (row.text_or_none("name") or code, parent)
            self.added += 1
        elif parent != self.known.categories[code]:
            self.kept += 1

    def _offering(self, row: Fields) -> None:
        value = reading.offering(row)
        self._supplier(row, "supplier", value.supplier, self.known.offerings.get(value.id))
        if value.category and value.category not in self.categories and value.category not in self.known.categories:
            row.refuse("category", "unknown_category", id=value.category)
        if value.plan is not None and value.plan.insurer not in (None, *parties.world().company):
            row.refuse("plan_insurer", "unknown_party", id=value.plan.insurer)
        if value.id in self.offerings:
            row.refuse("id", "id_twice", id=value.id)
        costs = list(reading.costs(row))
        if any(cost.price.minor < 0 for cost in costs):
            row.refuse("cost", "price_negative")
        known = self.known.offerings.get(value.id)
        if known is None:
            self.offerings[value.id] = value
            self.added += 1
        else:
            self._described(known, value)
        for cost in costs:
            self._version(self.costs, self.costs_of.get(value.id, ()), cost)

    def _described(self, known: pricing.Offering, value: pricing.Offering) -> None:
        """An offering that is known: its outside price may be newer; nothing else of it changes by a file."""
        seen = value.outside
        newer = seen is not None and (known.outside is None or seen.seen_on > known.outside.seen_on)
        if newer and seen is not None:
            self.seen_anew[value.id] = seen
            self.changed += 1
        named = value if value.name else replace(value, name=known.name)
        if replace(named, outside=None) != replace(known, outside=None) or not (newer or seen in (None, known.outside)):
            self.kept += 1

    def _price(self, row: Fields) -> None:
        value = reading.rule(row)
        versions = self.families.get(family(value.id), ())
        self._supplier(row, "supplier", value.supplier, *versions)
        if value.scope.party is not None:
            self._party(row, "customer", value.scope.party)
        target = value.target
        known = (self.offerings, self.known.offerings, self.categories, self.known.categories)
        if target.id and not any(target.id in names for names in known):
            row.refuse("target", "unknown_offering", id=target.id)
        if isinstance(value.method, pricing.Fixed) and value.method.price.minor < 0:
            row.refuse("value", "price_negative")
        if value.id in self.priced:
            row.refuse("id", "id_twice", id=value.id)
        self.priced.add(value.id)
        self._version(self.rules, versions, value, lambda rule, since: replace(rule, id=version_id(rule.id, since)))

    def _comparable(self, row: Fields) -> None:
        """A sale that was seen stays what it was: a row of a known id that says something else changes nothing."""
        value = reading.comparable(row)
        known = self.known.offerings.get(value.offering) or self.offerings.get(value.offering)
        if known is None:
            row.refuse("offering", "unknown_offering", id=value.offering)
        before = self.known.offerings.get(self.compared[value.id].offering) if value.id in self.compared else None
        self._supplier(row, "offering", known.supplier, before)
        if value.seen_on > self.on:
            row.refuse("seen_on", "comparable_day_unfit", today=self.on)
        if value.price.minor < 0:
            row.refuse("price", "price_negative")
        if any(each.id == value.id for each in self.comparables.fresh):
            row.refuse("id", "id_twice", id=value.id)
        if value.id not in self.compared:
            self.comparables.take(value, None)
            self.added += 1
        elif self.compared[value.id] != value:
            self.kept += 1

    def _scheme(self, row: Fields) -> None:
        row.only(_SCHEME_FIELDS)  # an object has no heading
        value = reading.scheme(row)
        versions = self.known.scheme_versions.get(value.id, ())
        self._supplier(row, "supplier", value.supplier, *versions)
        for employer in value.employers:
            self._party(row, "employers", employer)
        named = value if value.name else replace(value, name=value.id)
        self._version(self.schemes, versions, named, clash=Reason.of("id_twice", id=value.id))

    def _tax(self, row: Fields) -> None:
        value = reading.tax_rate(row)
        self._supplier(row, "company", value.company)
        known = self.rates_of.get((value.company, value.tax_code), ())
        clash = Reason.of("tax_rates_overlap", company=value.company, tax_code=value.tax_code)
        self._version(self.taxes, known, value, clash=clash)

    def _version(
        self,
        coming: _Coming,
        known: Sequence[_Dated],
        value: _Dated,
        named: Callable[[_Dated, date], _Dated] = lambda value, _: value,
        clash: Reason | None = None,
    ) -> None:
        """A value with days among those known: new, known already, taking over from a day on, or only otherwise."""
        since = value.period.start
        if not known:
            coming.take(value, clash)
            self.added += 1
        elif any(_says_the_same(each, value) for each in known):
            return
        elif since is None or any(each.period.start is not None and each.period.start >= since for each in known):
            self.kept += 1
        else:
            coming.take(named(value, since), clash)
            running = next((each for each in known if since in each.period), None)
            if running is not None:
                coming.ends[running] = min(since, coming.ends.get(running, since))
            self.changed += 1

    def _supplier(
        self,
        row: Fields,
        column: str,
        code: str,
        *known: pricing.Offering | pricing.PriceRule | pricing.Scheme | None,
    ) -> None:
        """Refuse a row of a supplier whom nobody knows, or of one, also of what is ``known`` so, who is not hers to look after."""
        self._party(row, column, code)
        for supplier in dict.fromkeys([code, *(each.supplier for each in known if each is not None)]):
            self._allowed(row, column, policy.may_price(self.by, supplier=supplier, on=self.on))

    def _allowed(self, row: Fields, column: str, answer: Answer) -> None:
        if not answer:
            why = answer.reasons[0]
            row.refuse(column, why.code, **dict(why.items))

    def _party(self, row: Fields, column: str, code: str) -> None:
        if code not in self.parties:
            row.refuse(column, "unknown_party", id=code)


_ROUNDS_MAX = 20
"""So many times rows may fall because others have; what names what is not half as deep."""
_LENGTHS = {
    "id": CODE_LENGTH_MAX,
    "scheme": CODE_LENGTH_MAX,
    "name": 200,
    "tax_code": 40,
    "benefit_kind": 40,
    "outside_source": 200,
    "source": 200,
}
_WHOLE = ("quantity_min", "allowance_units", "tenure_months", "leaving_days", "keep_days", "cooling_days")
_EXACT = (
    "value",
    "base_price",
    "price_min",
    "price_max",
    "credit_value",
    "credit_base",
    "price",
    "cost",
    "outside_price",
    "floor_minimum",
    "saving_max",
    "percent",
    "allowance_money",
)
_WHOLE_MAX, _EXACT_LENGTH, _AMOUNT_MAX = 10**9, 60, 10**12


def _known_tables(tables: Tables) -> Tables:
    """The tables themselves; KeyError for one nobody knows."""
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise KeyError(*sorted(unknown))
    return tables


def _places(name: str, row: Row) -> tuple[str, ...]:
    """How the core names what a row tells of, when it refuses it."""
    code, since = str(row.values.get("id", "")).strip(), str(row.values.get("valid_from", ""))
    match name:
        case "offerings":
            return f"offering {code}", f"cost of {code}"
        case "tax_rates":
            return (f"tax {row.values.get('tax_code', '')} of {row.values.get('company', '')}",)
        case "prices":
            later = (f"price {version_id(code, date.fromisoformat(since))}",) if _is_day(since) else ()
            return f"price {code}", *later
        case "comparables":
            return (f"comparable {code}",)
    return (f"{'category' if name == 'categories' else 'scheme'} {code}",)


def _is_day(text: str) -> bool:
    try:
        return bool(text and date.fromisoformat(text))
    except ValueError:
        return False


def _check_keepable(row: Fields) -> None:
    """Refuse what no column can take: text that is too long or has signs nobody can read, numbers without an end."""
    for name, value in row.values.items():
        if isinstance(value, str) and ("\0" in value or not _encodable(value)):
            row.refuse(name, "cell_unfit", value=value.encode("ascii", "backslashreplace").decode()[:60])
    for name, most in _LENGTHS.items():
        if row.has(name) and len(row.text(name)) > most:
            row.refuse(name, "text_too_long", most=most)
    for name in _WHOLE:
        if row.has(name) and abs(row.whole(name)) > _WHOLE_MAX:
            row.refuse(name, "number_not_kept", value=str(row.values[name])[:60])
    for name in _EXACT:
        if row.has(name) and (len(str(row.number(name))) > _EXACT_LENGTH or abs(row.number(name)) > _AMOUNT_MAX):
            row.refuse(name, "number_not_kept", value=str(row.values[name])[:60])


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _says_the_same(known: Any, value: Any) -> bool:
    """Whether a row says what is known: it may leave open an end that was learned since, but not name another."""
    until = value.period.until
    same_days = known.period.start == value.period.start and until in (None, known.period.until)
    return same_days and bool(_bare(known) == _bare(value))


def _bare(value: Any) -> Any:
    """What a value says apart from its days, and of a price from the day in its id."""
    bare = replace(value, period=Period())
    return replace(bare, id=family(bare.id)) if isinstance(bare, pricing.PriceRule) else bare


def _by(values: Iterable[_Dated], key: Callable[[_Dated], Any]) -> Mapping[Any, list[_Dated]]:
    groups: dict[Any, list[_Dated]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return groups


def _outside_of(row: Offering) -> dict[str, str | None]:
    """What is known of the price outside, as a journal keeps it."""
    columns = ("outside_price", "outside_currency", "outside_source", "outside_seen_on")
    values = {name: getattr(row, name) for name in columns}
    return {name: None if value is None else str(value) for name, value in values.items()}


def _end(table: type[Any], ends: Mapping[tuple[Any, ...], date], at: datetime, journal: Journal) -> None:
    """Close what is known of these and know instead that they end, set-wise; as ``kit.records.correct`` does it singly."""
    if not ends:
        return
    names = _NAMES[table]
    found = [row for row in table.objects.current() if _own_key(row, names) in ends]
    for begin in range(0, len(found), _AT_ONCE):
        keys = [row.pk for row in found[begin : begin + _AT_ONCE]]
        table.objects.filter(pk__in=keys).update(known_until=Greatest(F("known_from"), Value(at)))
    journal.closed(table, [row.pk for row in found])
    for row in found:
        row.valid_until = ends[_own_key(row, names)]
        row.known_from = max(row.known_from, at)
        row.pk = None
    journal.added(table, [row.pk for row in table.objects.bulk_create(found, batch_size=_AT_ONCE)])


_NAMES: Mapping[type[Any], tuple[str, ...]] = {
    OfferingCost: ("offering_id",),
    Scheme: ("code",),
    PriceRule: ("code",),
    Comparable: ("code",),
    TaxRate: ("company_id", "tax_code"),
}


def _own_key(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return (*(getattr(row, name) for name in names), row.valid_from)
