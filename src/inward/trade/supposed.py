"""Recent orders asked again in a world that is supposed: how many would have had another verdict, how many another price.

For previews and "what if" questions. It counts and names no order, so it asks nobody's leave, and what too few people bought for
themselves is not counted; orders that were placed keep
what was decided. Both worlds are asked on the same day with the same price book, so that only the supposed difference shows.
Allowances are left aside: what was drawn on that day is not known any more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Q

from inward.catalogue import queries as catalogue
from inward.core.classification import (
    Compared,
    Definition,
    Household,
    Kind,
    Supposed,
    Turned,
    World,
    changed_days,
    compare,
    suppose,
)
from inward.core.pricing import PriceBook, Quote, Wanted, quote
from inward.core.terms import Money, Period, Refusal
from inward.core.terms.money import as_currency
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import household, policy
from inward.trade.household import Kept
from inward.trade.models import Order, OrderLine
from inward.trade.vocabulary import NOT_SOLD, Settlement

RECENT = timedelta(days=90)
TRIED_MAX = 400
"""So many orders are asked again, the newest; a preview is waited for."""

PEOPLE_TURNED_MAX = 100
"""So many people are asked what they would be."""
PEOPLE_ASKED_MAX = 500
"""The orders of more people than this are those of the companies they work for."""

_Recent = tuple[int, int, int, datetime, int | None, str | None]
_RECENT = ("id", "supplier_id", "customer_id", "placed_at", "household__member_id", "household__tie")
_GIVEN_UP = tuple(state.value for state in NOT_SOLD)


@dataclass(frozen=True, slots=True)
class Tried:
    """How many orders were asked again, how many had another verdict, how many another price; ``cut`` when there were more.

    ``few``: there are orders that fewer than three people placed for themselves; those are not in it.
    """

    orders: int
    verdicts: int
    prices: int
    cut: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a supposition brings with it, against the world ``before`` it, which tells the names.

    ``turned`` is who becomes inside or outside; ``first`` the first day on which the worlds differ (None: always so far, or
    nowhere); ``orders`` those of late asked again, None where nobody turns and nobody's work would be otherwise. ``also`` is
    which companies turn for the books, where those have another rule than prices, and for tax, where it has one.
    """

    before: World
    turned: Compared
    first: date | None = None
    orders: Tried | None = None
    also: tuple[tuple[Purpose, Turned], ...] = ()


def consequences(supposed: Supposed, *, at: datetime) -> Consequences:
    """Reckon in memory what a supposition would do to standing and to the orders of late. Nothing is saved, nobody waits.

    Households count only where the supposition is about one: else whoever ends somebody's work would read here who lives
    with her.
    """
    before = parties.world(purpose=Purpose.PRICE if supposed.households else None)
    after = suppose(before, supposed)
    turned = compare(before, after, people_max=PEOPLE_TURNED_MAX)
    also = tuple(_turned_for(before, after))
    touched = frozenset[str]().union(*(each.companies for each in (*turned.companies, *(each for _, each in also))))
    touched |= {unit.company for unit in set(before.units) ^ set(after.units)}
    gone_up = set(before.successions) ^ set(after.successions)
    touched |= {company for each in gone_up for company in (each.company, each.into)}
    people = {each.person for each in turned.people} | _otherwise_at_work(before, supposed)
    if not touched and not people:
        return Consequences(before, turned)
    if len(people) > PEOPLE_ASKED_MAX:
        touched |= {
            work.company for world in (before, after) for person in people for work in world.work.get(person, ())
        }
        people = set()
    first = next(iter(changed_days(before, after)), None)
    asked = tried(at=at, before=before, after=after, companies=touched, people=people, first=first)
    return Consequences(before, turned, first, asked, also)


def _turned_for(before: World, after: World) -> Iterator[tuple[Purpose, Turned]]:
    """Which companies turn by the rules for books and tax, on the days for which those were chosen."""
    books = [(period, rule) for period, rule in before.for_books if (period, rule) not in before.usual]
    for purpose, chosen in ((Purpose.BOOKS, books), (Purpose.TAX, before.for_tax)):
        for period, rule in chosen:
            for turned in compare(before, after, definition=rule, people_max=0).companies:
                both = turned.period.intersection(period)
                if both is not None:
                    yield purpose, replace(turned, period=both)


def rule_tried(
    purpose: Purpose, definition: Definition | None, *, since: date | None, companies: Collection[str], at: datetime
) -> Tried | None:
    """Ask the orders of late again in which these companies have a part, as if the definition served a purpose from that day on;
    no definition: as if none did. None for a purpose that neither prices nor tax follow.
    """
    before = parties.world(purpose=Purpose.PRICE)
    if purpose is Purpose.PRICE:
        after = before.with_rules(usual=_from(before.usual, definition, since))
    elif purpose is Purpose.TAX:
        after = before.with_rules(for_tax=_from(before.for_tax, definition, since))
    else:
        return None
    return tried(at=at, before=before, after=after, companies=companies, first=since)


def _from(
    chosen: Iterable[tuple[Period, Definition]], definition: Definition | None, since: date | None
) -> Iterator[tuple[Period, Definition]]:
    """What serves until the day, and then the definition."""
    earlier = None if since is None else Period(None, since)
    for period, each in chosen:
        both = None if earlier is None else period.intersection(earlier)
        if both is not None:
            yield both, each
    if definition is not None:
        yield Period(since, None), definition


def _otherwise_at_work(before: World, supposed: Supposed) -> set[str]:
    """Those whose work is supposed to be otherwise: their price may change where nobody becomes inside or outside."""
    known = {fact.id: fact for fact in before.work_relationships if fact.id in supposed.work_relationships}
    told = supposed.work_relationships.values()
    return {fact.person for fact in (*known.values(), *told) if fact is not None}


def tried(
    *,
    at: datetime,
    before: World,
    after: World,
    companies: Collection[str],
    people: Collection[str] = (),
    first: date | None = None,
) -> Tried:
    """Ask the orders of the last 90 days again that any of these companies or people was a part of.

    Each is asked on its own day; where ``first``, from which the worlds differ, is later, on that day: as if it had held
    already. Orders from before ``first`` are not asked when ``first`` has passed: for them nothing differs.
    """
    since, on = (at - RECENT).date(), at.date()
    if first is not None and first <= on:
        since = max(since, first)
    later = first if first is not None and first > on else None
    recent, codes = _recent(since, companies, people), parties.known().codes
    found, few = _not_of_few(recent[:TRIED_MAX], before, codes)
    tally = {"verdicts": 0, "prices": 0}
    book = catalogue.price_book()
    for supplier, customer, placed_on, lines, whom in _asked(found, codes):
        day = later or placed_on
        was, now = (_quoted(world, book, supplier, customer, day, lines, whom) for world in (before, after))
        tally["verdicts"] += _verdict(was) != _verdict(now)
        tally["prices"] += _price(was) != _price(now)
    return Tried(len(found), tally["verdicts"], tally["prices"], cut=len(recent) > TRIED_MAX, few=few)


def _not_of_few(found: list[_Recent], world: World, codes: Mapping[int, str]) -> tuple[list[_Recent], bool]:
    """The orders without those that too few people placed for themselves, and whether there were such."""
    buyers = {customer for _, _, customer, *_ in found if codes[customer] in world.person}
    if not buyers or len(buyers) >= policy.FEWEST_PEOPLE:
        return found, False
    return [row for row in found if row[2] not in buyers], True


def _recent(since: date, companies: Collection[str], people: Collection[str]) -> list[_Recent]:
    """The newest orders: key, supplier, customer, when; one more than are asked, to know whether there are more."""
    rows = (
        Order.objects.filter(_part_of(companies, people), placed_at__gte=_midnight(since))
        .exclude(state__in=_GIVEN_UP)
        .order_by("-id")
    )
    return list(rows.values_list(*_RECENT)[: TRIED_MAX + 1])


def _asked(
    found: Iterable[_Recent], codes: Mapping[int, str]
) -> Iterator[tuple[str, str, date, tuple[Wanted, ...], Kept | None]]:
    """The orders as they were wanted, in codes."""
    rows = list(found)
    lines: dict[int, list[Wanted]] = defaultdict(list)
    kept = OrderLine.objects.filter(order_id__in=[key for key, *_ in rows]).order_by("order_id", "position")
    for order, code, quantity in kept.values_list("order_id", "code", "quantity"):
        lines[order].append(Wanted(code, quantity))
    for key, supplier, customer, placed_at, member, tie in rows:
        yield codes[supplier], codes[customer], placed_at.date(), tuple(lines[key]), household.kept(member, tie)


def _quoted(
    world: World, book: PriceBook, supplier: str, customer: str, on: date, lines: tuple[Wanted, ...], whom: Kept | None
) -> Quote | None:
    """What it would cost; None when it could not be ordered at all."""
    home = None if whom is None else whom.again(world, customer, on)
    try:
        return quote(world=world, book=book, supplier=supplier, customer=customer, on=on, lines=lines, home=home)
    except (Refusal, KeyError):
        return None


def _verdict(quoted: Quote | None) -> object:
    return None if quoted is None else quoted.standing.verdict


def _price(quoted: Quote | None) -> object:
    return None if quoted is None else quoted.total


# --- a whole year, one by one ---------------------------------------------------------------------------------------------


class Placed(NamedTuple):
    """An order as far as a verdict needs it: its key, both parties by code, its day (UTC, as it was decided), what it was, when,
    whether it was untaxed as within one tax group, and what it was to the books.
    """

    id: int
    supplier: str
    customer: str
    on: date
    kind: Kind
    at: datetime
    tax_group: bool
    books: Kind


@dataclass(frozen=True, slots=True)
class Dealt:
    """An order as it was wanted and settled, and what was decided of it then."""

    id: int
    reference: str
    number: int
    on: date
    supplier: str
    customer: str
    private: bool
    """Whether whoever placed it bought for herself."""
    settlement: Settlement
    cost_centre: str | None
    kind: Kind
    books: Kind
    """The kind by which it was paid and posted."""
    total: Money
    lines: tuple[Wanted, ...]
    whom: Kept | None = None
    """For whom of her household it was."""

    def home(self, world: World) -> Household | None:
        """The household by which it is asked again in a world; None where it was for herself."""
        return None if self.whom is None else self.whom.again(world, self.customer, self.on)


def placed(
    *, since: date, until: date, companies: Collection[str] | None, people: Collection[str] = ()
) -> Iterator[Placed]:
    """The orders of these days (``until`` is the first that is not asked), newest first, but for those that were given up.

    With ``companies`` or ``people``, only those that any of them has a part in; None for ``companies`` asks all. It names
    parties to whoever asks: the caller asks the policy. Constant memory.
    """
    rows = Order.objects.filter(placed_at__gte=_midnight(since), placed_at__lt=_midnight(until))
    if companies is not None:
        rows = rows.filter(_part_of(companies, people))
    codes = parties.known().codes
    found = rows.exclude(state__in=_GIVEN_UP).order_by("-id").values_list(*_PLACED)
    for key, supplier, customer, at, kind, tax, books in found.iterator(chunk_size=_CHUNK):
        yield Placed(key, codes[supplier], codes[customer], at.date(), _KINDS[kind], at, bool(tax), _KINDS[books])


def dealt(keys: Iterable[int]) -> Iterator[Dealt]:
    """These orders whole, in the order asked; two queries a thousand. It asks no policy, as ``placed``."""
    codes = parties.known().codes
    for some in _thousands(keys):
        lines: dict[int, list[Wanted]] = defaultdict(list)
        kept = OrderLine.objects.filter(order_id__in=some).order_by("order_id", "position")
        for order, code, quantity in kept.values_list("order_id", "code", "quantity"):
            lines[order].append(Wanted(code, quantity))
        rows = {row["id"]: row for row in Order.objects.filter(pk__in=some).values(*_DEALT)}
        for key in some:
            if key in rows:
                yield _dealt(rows[key], codes, tuple(lines[key]))


_CHUNK = 5_000
_PLACED = ("id", "supplier_id", "customer_id", "placed_at", "kind", "tax_definition", "books_kind")
_KINDS = {kind.value: kind for kind in Kind}
_DEALT = (
    "id", "reference", "number", "placed_at", "supplier_id", "customer_id", "person_id", "settlement", "cost_centre_id",
    "kind", "books_kind", "total_minor", "currency", "household__member_id", "household__tie",
)  # fmt: skip


def _dealt(row: Mapping[str, Any], codes: Mapping[int, str], lines: tuple[Wanted, ...]) -> Dealt:
    return Dealt(
        id=row["id"],
        reference=row["reference"],
        number=row["number"],
        on=row["placed_at"].date(),
        supplier=codes[row["supplier_id"]],
        customer=codes[row["customer_id"]],
        private=row["customer_id"] == row["person_id"],
        settlement=Settlement(row["settlement"]),
        cost_centre=codes.get(row["cost_centre_id"]),
        kind=Kind(row["kind"]),
        books=Kind(row["books_kind"]),
        total=Money(row["total_minor"], as_currency(row["currency"])),
        lines=lines,
        whom=household.kept(row["household__member_id"], row["household__tie"]),
    )


def _thousands(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, 1000)):
        yield some


def _part_of(companies: Collection[str], people: Collection[str]) -> Q:
    keys = parties.keys()
    here = sorted(keys[code] for code in companies if code in keys)
    who = sorted(keys[code] for code in people if code in keys)
    return Q(supplier_company_id__in=here) | Q(customer_company_id__in=here) | Q(customer_id__in=[*who, *here])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
