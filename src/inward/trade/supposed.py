"""Recent orders asked again in a world that is supposed: how many would have had another verdict, how many another price.

For previews and "what if" questions. It counts and names no order, so it asks nobody's leave; orders that were placed keep
what was decided. Both worlds are asked on the same day with the same price book, so that only the supposed difference shows.
Allowances are left aside: what was drawn on that day is not known any more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from inward.catalogue import queries as catalogue
from inward.core.classification import Compared, Supposed, World, changed_days, compare, suppose
from inward.core.pricing import PriceBook, Quote, Wanted, quote
from inward.core.terms import Refusal
from inward.parties import queries as parties
from inward.trade.models import Order, OrderLine
from inward.trade.vocabulary import OrderState

RECENT = timedelta(days=90)
TRIED_MAX = 400
"""So many orders are asked again, the newest; a preview is waited for."""

_GIVEN_UP = (OrderState.CANCELLED.value, OrderState.DECLINED.value)


@dataclass(frozen=True, slots=True)
class Tried:
    """How many orders were asked again, how many had another verdict, how many another price; ``cut`` when there were more."""

    orders: int
    verdicts: int
    prices: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a supposition brings with it, against the world ``before`` it, which tells the names.

    ``turned`` is who becomes inside or outside; ``first`` the first day on which the worlds differ (None: always so far, or
    nowhere); ``orders`` those of late asked again, None where nobody turns.
    """

    before: World
    turned: Compared
    first: date | None = None
    orders: Tried | None = None


def consequences(supposed: Supposed, *, at: datetime) -> Consequences:
    """Reckon in memory what a supposition would do to standing and to the orders of late. Nothing is saved, nobody waits."""
    before = parties.world()
    after = suppose(before, supposed)
    turned = compare(before, after)
    if not turned.companies and not turned.people:
        return Consequences(before, turned)
    first = next(iter(changed_days(before, after)), None)
    people = {each.person for each in turned.people}
    touched = turned.touched if not people else ()
    asked = tried(at=at, before=before, after=after, companies=touched, people=people, first=first)
    return Consequences(before, turned, first, asked)


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
    found = _recent(since, companies, people)
    tally = {"verdicts": 0, "prices": 0}
    book = catalogue.price_book()
    for supplier, customer, placed_on, lines in _asked(found[:TRIED_MAX]):
        day = later or placed_on
        was, now = (_quoted(world, book, supplier, customer, day, lines) for world in (before, after))
        tally["verdicts"] += _verdict(was) != _verdict(now)
        tally["prices"] += _price(was) != _price(now)
    return Tried(min(len(found), TRIED_MAX), tally["verdicts"], tally["prices"], cut=len(found) > TRIED_MAX)


def _recent(since: date, companies: Collection[str], people: Collection[str]) -> list[tuple[int, int, int, datetime]]:
    """The newest orders: key, supplier, customer, when; one more than are asked, to know whether there are more."""
    keys = parties.keys()
    here = sorted(keys[code] for code in companies if code in keys)
    who = sorted(keys[code] for code in people if code in keys)
    part = Q(supplier_company_id__in=here) | Q(customer_company_id__in=here) | Q(customer_id__in=[*who, *here])
    rows = (
        Order.objects.filter(part, placed_at__gte=datetime.combine(since, time.min, UTC))
        .exclude(state__in=_GIVEN_UP)
        .order_by("-id")
    )
    return list(rows.values_list("id", "supplier_id", "customer_id", "placed_at")[: TRIED_MAX + 1])


def _asked(
    found: Iterable[tuple[int, int, int, datetime]],
) -> Iterator[tuple[str, str, date, tuple[Wanted, ...]]]:
    """The orders as they were wanted, in codes."""
    rows, codes = list(found), parties.known().codes
    lines: dict[int, list[Wanted]] = defaultdict(list)
    kept = OrderLine.objects.filter(order_id__in=[key for key, *_ in rows]).order_by("order_id", "position")
    for order, code, quantity in kept.values_list("order_id", "code", "quantity"):
        lines[order].append(Wanted(code, quantity))
    for key, supplier, customer, placed_at in rows:
        yield codes[supplier], codes[customer], placed_at.date(), tuple(lines[key])


def _quoted(
    world: World, book: PriceBook, supplier: str, customer: str, on: date, lines: tuple[Wanted, ...]
) -> Quote | None:
    """What it would cost; None when it could not be ordered at all."""
    try:
        return quote(world=world, book=book, supplier=supplier, customer=customer, on=on, lines=lines)
    except (Refusal, KeyError):
        return None


def _verdict(quoted: Quote | None) -> object:
    return None if quoted is None else quoted.standing.verdict


def _price(quoted: Quote | None) -> object:
    return None if quoted is None else quoted.total
