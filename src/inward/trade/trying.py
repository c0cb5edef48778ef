"""A change of the price book tried out, without a database: what it touches, whom it meets, and every price before and after.

Pure, like ``deciding``: the book now and the book as it would be (``core.pricing.revising``) go in, figures and reasons come
out. Everything is bounded, and what was left out is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice

from inward.core.classification import Kind, WorkKind, WorkRelationship, World, classify
from inward.core.classification.ladder import decide
from inward.core.pricing import Offering, PriceBook, PriceRule, QuotedLine, TargetKind, Wanted, quote
from inward.core.pricing.eligibility import Customer, closed_to
from inward.core.pricing.revising import (
    Change,
    ComparableEnds,
    CostFrom,
    ItemChanged,
    NewComparable,
    NewPrice,
    NewScheme,
    PriceEnds,
    PriceFrom,
    PricesRaised,
    SchemeEnds,
    SchemeFrom,
    TaxFrom,
    family,
)
from inward.core.terms import Money, Reason, Refusal
from inward.trade.deciding import impersonal

OFFERINGS_MAX = 10
"""So many of the offerings touched are priced."""
PEOPLE_LOOKED_AT = 2_000
PARTIES_LOOKED_AT = 200


class Buyer(Enum):
    """Whom a change is tried on."""

    NAMED = "NAMED"
    STAFF = "STAFF"
    DEPARTMENT = "DEPARTMENT"
    SISTER = "SISTER"
    OUTSIDER = "OUTSIDER"


@dataclass(frozen=True, slots=True)
class Asked:
    """One price: the line as it was quoted, or why there is none."""

    line: QuotedLine | None
    why_not: Reason | None = None

    @property
    def price(self) -> Money | None:
        """What is asked; None where nothing can be ordered."""
        return None if self.line is None else self.line.price

    @property
    def paid(self) -> Money | None:
        """What is paid in the end, tax included; None where nothing can be ordered."""
        return None if self.line is None else self.line.gross

    @property
    def rule(self) -> str:
        """The price rule that is used; of several parts the first."""
        return "" if self.line is None else self.line.parts[0].rule


@dataclass(frozen=True, slots=True)
class Compared:
    """An offering for a buyer, before and after."""

    offering: str
    buyer: Buyer
    customer: str
    quantity: int
    before: Asked
    after: Asked

    @property
    def difference(self) -> Money | None:
        """What it becomes dearer (or, below zero, cheaper); None where it has no price before or after.

        Where tax is in one of the prices and not in the other, the difference is of what is paid.
        """
        one, other = self.before.line, self.after.line
        if one is not None and other is not None and one.includes_tax != other.includes_tax:
            return difference(one.gross, other.gross)
        return difference(self.before.price, self.after.price)

    @property
    def changes(self) -> bool:
        """Whether the price becomes another, or another rule gives it."""
        return (self.before.price, self.before.rule, self.before.why_not) != (
            self.after.price,
            self.after.rule,
            self.after.why_not,
        )


def supplier_of_change(book: PriceBook, change: Change) -> str | None:
    """Whose offerings a change is about; None for one of something that is not there."""
    match change:
        case ItemChanged(offering):
            return offering.supplier
        case CostFrom(of) | NewComparable(of):
            return _supplier(book, of.offering)
        case TaxFrom(rate):
            return rate.company
        case NewPrice(rule) | PriceFrom(_, rule, _):
            return rule.supplier
        case PricesRaised(how):
            return how.supplier
        case NewScheme(scheme) | SchemeFrom(scheme, _):
            return scheme.supplier
    return _supplier_of_end(book, change)


def _supplier_of_end(book: PriceBook, change: ComparableEnds | PriceEnds | SchemeEnds) -> str | None:
    """Whose the thing is that ends."""
    match change:
        case ComparableEnds(code, _):
            return next((_supplier(book, each.offering) for each in book.comparables if each.id == code), None)
        case PriceEnds(price, _):
            return next((rule.supplier for rule in book.rules if family(rule.id) == family(price)), None)
        case SchemeEnds(scheme_id, _):
            return book.schemes[scheme_id].supplier if scheme_id in book.schemes else None


def _supplier(book: PriceBook, offering: str) -> str | None:
    return book.offerings[offering].supplier if offering in book.offerings else None


def first_day(change: Change, on: date) -> date:
    """The first day on which the change is felt: its own, at the earliest the day it is looked at."""
    match change:
        case CostFrom(cost):
            day = cost.period.start
        case TaxFrom(rate):
            day = rate.period.start
        case NewPrice(rule):
            day = rule.period.start
        case NewComparable(comparable):
            day = comparable.period.start
        case NewScheme(scheme):
            day = scheme.period.start
        case PriceFrom(_, _, since) | SchemeFrom(_, since):
            day = since
        case PriceEnds(_, until) | SchemeEnds(_, until) | ComparableEnds(_, until):
            day = until
        case PricesRaised(how):
            day = how.since
        case ItemChanged():
            day = None
    return on if day is None else max(day, on)


def touched(world: World, before: PriceBook, after: PriceBook, change: Change, *, on: date) -> tuple[str, ...]:
    """The offerings whose price the change may move, by name."""
    found: set[str] = set()
    match change:
        case ItemChanged(offering):
            found = {offering.id}
        case CostFrom(cost):
            found = {cost.offering}
        case NewComparable(comparable):
            found = {comparable.offering}
        case ComparableEnds(code, _):
            found = {each.offering for each in before.comparables if each.id == code}
        case TaxFrom(rate):
            found = {
                each.id
                for each in after.offerings.values()
                if each.tax_code == rate.tax_code and _company(world, each.supplier, on) == rate.company
            }
        case _:
            rules = _rules_changed(before, after)
            # Most rules name one item, and a raise changes thousands: those are looked up, only the wide ones are tried.
            items = {(rule.supplier, rule.target.id) for rule in rules if rule.target.kind is TargetKind.ITEM}
            wide = [rule for rule in rules if rule.target.kind is not TargetKind.ITEM]
            for each in after.offerings.values():
                if (each.supplier, each.id) in items or any(_reaches(after, rule, each) for rule in wide):
                    found.add(each.id)
    named = after.offerings
    return tuple(sorted(found, key=lambda code: (named[code].name, code)))


def buyers(world: World, after: PriceBook, change: Change, *, supplier: str, on: date) -> tuple[tuple[Buyer, str], ...]:
    """Typical customers of the supplier on that day, one of each sort as far as there is one; first whom the change names."""
    named = _named(change)
    found: list[tuple[Buyer, str]] = [(Buyer.NAMED, named)] if named is not None else []
    company = _company(world, supplier, on)
    for buyer, customer in (
        (Buyer.STAFF, _employee(world, after, change, company, on)),
        (Buyer.DEPARTMENT, _department(world, company, supplier, on)),
        (Buyer.SISTER, _company_of_kind(world, supplier, on, (Kind.AFFILIATE,))),
        (Buyer.OUTSIDER, _company_of_kind(world, supplier, on, (Kind.OUTSIDE, Kind.ASSOCIATE, Kind.JOINT_VENTURE))),
    ):
        if customer is not None and customer != named:
            found.append((buyer, customer))
    return tuple(found)


def asked(world: World, book: PriceBook, *, offering: str, customer: str, quantity: int, on: date) -> Asked:
    """The price of some pieces for a customer who has drawn nothing yet, or why there is none; as others may read it."""
    supplier = book.offerings[offering].supplier
    wanted = [Wanted(offering, quantity)]
    try:
        quoted = quote(world=world, book=book, supplier=supplier, customer=customer, on=on, lines=wanted)
    except Refusal as refusal:
        return Asked(None, refusal.reason)
    return Asked(impersonal(quoted.lines[0]))


def compared(
    world: World,
    before: PriceBook,
    after: PriceBook,
    change: Change,
    *,
    offerings: Sequence[str],
    who: Sequence[tuple[Buyer, str]],
    on: date,
) -> Iterator[Compared]:
    """Every offering for every buyer: today by the book as it is, on the change's first day by the book as it would be."""
    then, quantity = first_day(change, on), _quantity(change)
    for offering in offerings:
        for buyer, customer in who:
            yield Compared(
                offering,
                buyer,
                customer,
                quantity,
                asked(world, before, offering=offering, customer=customer, quantity=quantity, on=on),
                asked(world, after, offering=offering, customer=customer, quantity=quantity, on=then),
            )


def difference(before: Money | None, after: Money | None) -> Money | None:
    """After less before; None where either is missing or they are of two currencies."""
    if before is None or after is None or before.currency != after.currency:
        return None
    return after - before


def _rules_changed(before: PriceBook, after: PriceBook) -> list[PriceRule]:
    """The rules that are in one book alone, and those of schemes that are another in the other."""
    one, other = set(before.rules), set(after.rules)
    schemes = {
        code
        for code in {*before.scheme_versions, *after.scheme_versions}
        if before.scheme_versions.get(code) != after.scheme_versions.get(code)
    }
    return [*(one ^ other), *(rule for rule in after.rules if rule.scheme in schemes)]


def _reaches(book: PriceBook, rule: PriceRule, offering: Offering) -> bool:
    return rule.supplier == offering.supplier and book.distance(rule.target, offering) is not None


def _quantity(change: Change) -> int:
    match change:
        case NewPrice(rule) | PriceFrom(_, rule, _):
            return rule.quantity_min
    return 1


def _named(change: Change) -> str | None:
    match change:
        case NewPrice(rule) | PriceFrom(_, rule, _):
            return rule.scope.party
    return None


def _company(world: World, party: str, on: date) -> str:
    place = next((unit for unit in world.unit.get(party, ()) if on in unit.period), None)
    return party if place is None else place.company


def _employee(world: World, book: PriceBook, change: Change, company: str, on: date) -> str | None:
    """Who has worked longest for the company, of those looked at; first of all somebody whom the change's scheme admits."""
    working = (work for work in world.work_relationships if _works(work, company, on))
    staff = sorted(islice(working, PEOPLE_LOOKED_AT), key=_usual)
    scheme = _scheme(change)
    if scheme is not None and scheme in book.scheme_versions:
        asked_for = book.scheme_on(scheme, first_day(change, on))
        for work in staff[:PARTIES_LOOKED_AT]:
            quoted = _customer(world, work.person, asked_for.supplier, on)
            if quoted is not None and closed_to(book, asked_for, quoted) is None:
                return work.person
    return staff[0].person if staff else None


def _works(work: WorkRelationship, company: str, on: date) -> bool:
    return work.company == company and on in work.period


def _usual(work: WorkRelationship) -> tuple[bool, bool, date, str]:
    """Who stands for the staff: full time first, of those who are not known to leave whoever has worked longest.

    The price of somebody about to leave is another one where a scheme closes before that, and would tell it.
    """
    return (
        work.kind is not WorkKind.FULL_TIME,
        work.period.until is not None,
        work.period.start or date.min,
        work.person,
    )


def _scheme(change: Change) -> str | None:
    match change:
        case NewPrice(rule) | PriceFrom(_, rule, _):
            return rule.scheme
        case NewScheme(scheme) | SchemeFrom(scheme, _):
            return scheme.id
    return None


def _customer(world: World, person: str, supplier: str, on: date) -> Customer | None:
    try:
        rule = world.definition_on(on)
        standing = classify(supplier=supplier, customer=person, world=world, on=on, definition=rule)
    except Refusal:
        return None
    return Customer.of(world=world, party=person, standing=standing, on=on)


def _department(world: World, company: str, supplier: str, on: date) -> str | None:
    """A unit of the company that is not the supplier itself."""
    return next(
        (unit.id for unit in world.units if unit.company == company and unit.id != supplier and on in unit.period), None
    )


def _company_of_kind(world: World, supplier: str, on: date, kinds: Iterable[Kind]) -> str | None:
    """The first company that stands to the supplier as one of these kinds, of those looked at, in the order of kinds."""
    found: dict[Kind, str] = {}
    rule = world.definition_on(on)
    for company in islice(world.companies, PARTIES_LOOKED_AT):
        try:
            kind = decide(supplier=supplier, customer=company.id, world=world, on=on, definition=rule).kind
        except Refusal:  # a supplier whose unit is not there on that day
            return None
        found.setdefault(kind, company.id)
    return next((found[kind] for kind in kinds if kind in found), None)
