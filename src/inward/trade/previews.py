"""What a change of prices would do, before it is saved: typical customers today and then, and the orders of late.

Nothing is written, and no order is named: of what people bought only sums are told. ``trying`` reckons; this reads.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inward.catalogue import policy as catalogue_policy
from inward.catalogue import queries as catalogue
from inward.core.classification import Kind, World
from inward.core.pricing import PriceBook
from inward.core.pricing.revising import Change, NewScheme, SchemeFrom, revised
from inward.core.terms import Money
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade.models import OrderLine
from inward.trade.programmes import ProgrammeTried, tried_programme
from inward.trade.trying import (
    OFFERINGS_MAX,
    Compared,
    asked,
    buyers,
    compared,
    first_day,
    supplier_of_change,
    touched,
)
from inward.trade.vocabulary import NOT_SOLD

DAYS_BACK = 90
LINES_MAX = 200
"""So many of the latest order lines are priced anew."""
_CALLED_OFF = tuple(state.value for state in NOT_SOLD)


@dataclass(frozen=True, slots=True)
class OrdersTried:
    """Order lines of one kind of customer priced anew: how many, what they come to today and what they would, with tax.

    ``unpriced`` are lines that have no price today or then; they are in no sum. None: all of them are so.
    """

    kind: Kind
    lines: int
    today: Money | None
    then: Money | None
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class PricePreview:
    """What a change would do. ``offerings`` are touched, ``shown`` of them priced; ``before`` and ``after`` are the books."""

    on: date
    then: date
    offerings: int
    shown: int
    rows: tuple[Compared, ...]
    orders: tuple[OrdersTried, ...]
    orders_cut: bool
    before: PriceBook
    after: PriceBook
    programme: ProgrammeTried | None = None
    """For a change of a scheme: the scheme tried on the orders of a year."""


def price_preview(*, viewer: Actor, at: datetime, change: Change) -> PricePreview:
    """Try a change of the price book on typical customers and on the orders of the last 90 days.

    Refusal when the book could not be so (a conflict names both rules). Refused for whoever may not make the change;
    NotThere for a change of something that is not there. Two queries, and three more for a scheme, which is tried on the
    orders of a year (``programmes``).
    """
    before, world, on = catalogue.price_book(), parties.world(purpose=Purpose.PRICE), at.date()
    supplier = supplier_of_change(before, change)
    if supplier is None:
        raise NotThere
    require(catalogue_policy.may_price(viewer, supplier=supplier, on=on))
    after = revised(before, change)
    codes = touched(world, before, after, change, on=on)
    shown = codes[:OFFERINGS_MAX]
    who = buyers(world, after, change, supplier=supplier, on=on)
    rows = tuple(compared(world, before, after, change, offerings=shown, who=who, on=on))
    orders, cut = _orders(world, before, after, codes, at, first_day(change, on))
    programme = _programme(world, after, change, at)
    return PricePreview(on, first_day(change, on), len(codes), len(shown), rows, orders, cut, before, after, programme)


def _programme(world: World, after: PriceBook, change: Change, at: datetime) -> ProgrammeTried | None:
    match change:
        case NewScheme(scheme) | SchemeFrom(scheme, _):
            return tried_programme(world=world, after=after, scheme=scheme.id, at=at)
    return None


def _orders(
    world: World, before: PriceBook, after: PriceBook, codes: Sequence[str], at: datetime, then: date
) -> tuple[tuple[OrdersTried, ...], bool]:
    """The latest order lines of these offerings, by the kind of their customers, and whether some were left out."""
    keys = catalogue.offering_keys()
    lines = (
        OrderLine.objects.filter(
            offering_id__in=[keys[code] for code in codes[:LINES_MAX]], order__placed_at__gte=at - timedelta(DAYS_BACK)
        )
        .exclude(order__state__in=_CALLED_OFF)
        .order_by("-order_id", "position")
        .values_list("code", "quantity", "order__customer__code", "order__kind")
    )
    found = list(lines[: LINES_MAX + 1])
    sums: dict[tuple[str, str], list[tuple[Money, Money]]] = defaultdict(list)
    unpriced: dict[str, int] = defaultdict(int)
    for code, quantity, customer, kind in found[:LINES_MAX]:
        today = asked(world, before, offering=code, customer=customer, quantity=quantity, on=at.date()).paid
        later = asked(world, after, offering=code, customer=customer, quantity=quantity, on=then).paid
        if today is None or later is None or today.currency != later.currency:
            unpriced[kind] += 1
        else:
            sums[kind, today.currency].append((today, later))
    cut = len(found) > LINES_MAX or len(codes) > LINES_MAX
    return tuple(_tried(sums, unpriced)), cut


def _tried(sums: dict[tuple[str, str], list[tuple[Money, Money]]], unpriced: dict[str, int]) -> list[OrdersTried]:
    told: list[OrdersTried] = []
    for (kind, currency), pairs in sorted(sums.items()):
        zero = Money.zero(currency)
        today = sum((pair[0] for pair in pairs), start=zero)
        then = sum((pair[1] for pair in pairs), start=zero)
        told.append(OrdersTried(Kind(kind), len(pairs), today, then, unpriced.pop(kind, 0)))
    return [*told, *(OrdersTried(Kind(kind), 0, None, None, count) for kind, count in sorted(unpriced.items()))]
