"""Which unit or company of the inside waits for which, over what was ordered and is still open. Reads only.

One waits for another where it ordered and not all was handed over, and where it handed over and nobody confirmed what came.
Nobody's private purchases count, and nothing with outsiders. How long is told in working days of whoever is waited for, by its calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Q, Sum

from inward.core.classification import Verdict
from inward.kit.actor import Actor
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import approvals, policy
from inward.trade.models import Order, OrderLine
from inward.trade.vocabulary import OrderState, WaitsFor

LINKS_MOST = 200
_NOT_PRIVATE = Q(person_id=None) | ~Q(customer_id=F("person_id"))
_TO_COME = (OrderState.PLACED.value, OrderState.PARTLY_DELIVERED.value)


@dataclass(frozen=True, slots=True)
class Link:
    """``who`` waits for ``on``: so many orders and pieces, the oldest since a day, so many working days ago.

    ``turn`` says for what: to be supplied (SUPPLIER), or for confirmation of what came (RECEIVER). ``oldest`` is the number of the
    oldest order, ``reference`` its own, empty for whoever may not see it.
    """

    who: Named
    on: Named
    turn: WaitsFor
    orders: int
    pieces: int
    since: date
    working_days: int
    oldest: int
    reference: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Who waits for whom, the longest wait first; ``cut`` says that there are more than are shown."""

    links: tuple[Link, ...]
    cut: bool


def chain(*, viewer: Actor, at: datetime) -> Chain:
    """What the viewer may see of it: where she buys, answers, serves or keeps the books. Six queries at most, however many orders there are."""
    if viewer.nobody:
        return Chain((), cut=False)
    seen = _seen(viewer, at.date())
    inside = Order.objects.filter(seen, _NOT_PRIVATE, standing=Verdict.INTERNAL.value)
    to_come = _links(inside.filter(state__in=_TO_COME), WaitsFor.SUPPLIER, viewer, at)
    to_confirm = _links(inside.filter(to_receive=True), WaitsFor.RECEIVER, viewer, at)
    found = sorted((*to_come, *to_confirm), key=lambda link: (-link.working_days, link.since, link.oldest))
    return Chain(tuple(found[:LINKS_MOST]), cut=len(found) > LINKS_MOST)


def _seen(viewer: Actor, on: date) -> Q:
    """The orders she may see, and those in books that she keeps or audits, of which the numbers are told and not the orders."""
    seen = policy.orders_visible_to(viewer, keys=parties.keys(), on=on)
    over = [viewer.parties(role, on=on) for role in ("CONTROLLER", "AUDITOR")]
    if None in over:
        return Q(pk__isnull=False)
    books = sorted(frozenset().union(*(parties_ or frozenset() for parties_ in over)))
    return seen | Q(customer_company__code__in=books) | Q(supplier_company__code__in=books)


def _links(orders: Any, turn: WaitsFor, viewer: Actor, at: datetime) -> Iterable[Link]:
    """One link for each pair, the oldest first; one more of them than are shown."""
    pairs = orders.order_by().values("customer__code", "supplier__code")
    counted = pairs.annotate(orders=Count("pk"), since=Min("placed_at"), oldest=Min("number")).order_by("since")
    rows = list(counted[: LINKS_MOST + 1])
    if not rows:
        return []
    pieces = _pieces(orders, turn)
    visible = policy.orders_visible_to(viewer, keys=parties.keys(), on=at.date())
    numbers = Order.objects.filter(visible, number__in=[row["oldest"] for row in rows])
    references = dict(numbers.values_list("number", "reference"))
    return [_link(row, turn, pieces, references, at.date()) for row in rows]


def _pieces(orders: Any, turn: WaitsFor) -> dict[tuple[str, str], int]:
    """So many pieces each pair waits for."""
    left = (
        F("quantity") - F("delivered") - F("cancelled")
        if turn is WaitsFor.SUPPLIER
        else F("delivered") - F("returned") - F("received")
    )
    lines = OrderLine.objects.filter(order__in=orders.order_by().values("pk")).order_by()
    sums = lines.values("order__customer__code", "order__supplier__code").annotate(left=Sum(left))
    return {(row["order__customer__code"], row["order__supplier__code"]): row["left"] for row in sums}


def _link(
    row: dict[str, Any], turn: WaitsFor, pieces: dict[tuple[str, str], int], references: dict[int, str], on: date
) -> Link:
    customer, supplier = row["customer__code"], row["supplier__code"]
    who, whom = (customer, supplier) if turn is WaitsFor.SUPPLIER else (supplier, customer)
    since = row["since"].date()
    return Link(
        who=parties.told(who, parties.name_on(who, on)),
        on=parties.told(whom, parties.name_on(whom, on)),
        turn=turn,
        orders=row["orders"],
        pieces=pieces.get((customer, supplier), 0),
        since=since,
        working_days=approvals.working_days(whom, since, on),
        oldest=row["oldest"],
        reference=references.get(row["oldest"], ""),
    )
