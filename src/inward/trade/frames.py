"""Standing orders as people look them up: what is left, when the next part is due, which orders they became. Reads only.

A standing order is an order that sells nothing; its parts are ordinary orders (docs/decisions/0180). Whoever sees the order
sees its parts as far as they may be seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from django.db.models import Max

from inward.catalogue import queries as catalogue
from inward.core.pricing import Agreed, Basis, Part, Wanted
from inward.core.running import Rhythm, next_due
from inward.core.terms import Money, Reason, Refusal, UnitPrice, spread
from inward.core.terms.money import as_currency
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import Answer, NotThere, require
from inward.kit.reasons import from_plain
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose
from inward.trade import approvals, budgets, policy, queries, sharing
from inward.trade.deciding import QUANTITY_MAX, Wish
from inward.trade.framewords import FramePrice
from inward.trade.models import Frame, Order
from inward.trade.queries import OrderRow, QuoteView
from inward.trade.sharing import Share, SharedView
from inward.trade.vocabulary import OrderState

DAYS_MOST = 1096
"""So many days lie between the first and the last at most: three years."""
PARTS_SHOWN = 100
FRAMES = ListSpec(
    {"agreed": "order_id", "until": "until"},
    {"state": "order__state", "rhythm": "rhythm", "offering": "offering__code"},
    default="-agreed",
)
_RELATED = ("order", "order__customer", "order__supplier", "order__person", "order__cost_centre", "offering")


@dataclass(frozen=True, slots=True)
class FrameTerms:
    """What is agreed of a standing order beside its item and its pieces: the days, how parts follow, at which price."""

    starts_on: date
    last_day: date
    rhythm: Rhythm = Rhythm.BY_HAND
    each: int | None = None
    weekday: int | None = None
    price: FramePrice = FramePrice.TODAY

    @property
    def until(self) -> date:
        """The first day on which nothing is ordered of it."""
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A standing order in a list. ``next_on`` is when a part is due, None where none comes by itself; ``last_day`` counts."""

    reference: str
    number: int
    state: OrderState
    paused: bool
    offering: Named
    customer: Named
    supplier: Named
    quantity: int
    drawn: int
    rhythm: Rhythm
    each: int | None
    weekday: int | None
    price: FramePrice
    starts_on: date
    last_day: date
    next_on: date | None
    held: Reason | None

    @property
    def left(self) -> int:
        """Pieces that can still be ordered of it."""
        return self.quantity - self.drawn

    @property
    def goes(self) -> bool:
        """Whether parts are ordered of it now."""
        return self.state is OrderState.AGREED and not self.paused


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part: the order it became, how many pieces, and the day on which it was due (None: by hand)."""

    order: OrderRow
    quantity: int
    due: date | None


@dataclass(frozen=True, slots=True)
class FrameView:
    """A standing order with its parts, the latest first, and what the viewer may do now (or why not).

    ``total`` is what all of it was agreed for, ``part`` by which price, ``committed`` what it still takes of the budget of its
    first day, for whoever reads that budget.
    """

    row: FrameRow
    total: Money
    part: Part
    committed: Money | None
    cost_centre: Named | None
    person: Named | None
    note: str
    parts: tuple[Drawn, ...]
    more: bool
    may: Mapping[str, Answer]
    shares: tuple[SharedView, ...] = ()
    """The cost centres that share it, and what each still bears of what is left."""


def frames(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[FrameRow]:
    """The standing orders whose order the viewer may see, the latest first."""
    rows = Frame.objects.filter(order__in=_visible(viewer, at)).select_related(*_RELATED)
    found = page(rows.annotate(last_due=Max("draws__due")), FRAMES, params)
    return found.map(_row)


def frame(*, viewer: Actor, at: datetime, reference: str) -> FrameView:
    """One of them. NotThere out of bounds."""
    rows = Frame.objects.filter(order__in=_visible(viewer, at), order__reference=reference).select_related(*_RELATED)
    row = rows.annotate(last_due=Max("draws__due")).first()
    if row is None:
        raise NotThere
    order, shown = row.order, _row(row)
    currency = as_currency(order.currency)
    parts = _parts(viewer, at, row)
    return FrameView(
        row=shown,
        total=Money(order.total_minor, currency),
        part=queries.quoted_line(order.lines.get(), order.currency).parts[0],
        committed=_still_taken(viewer, at, order, shown),
        cost_centre=None if order.cost_centre is None else parties.named(order.cost_centre),
        person=None if order.person is None else parties.named(order.person),
        note=order.note,
        parts=parts[:PARTS_SHOWN],
        more=len(parts) > PARTS_SHOWN,
        may=_may(order, shown, viewer, at.date()),
        shares=sharing.of_order(order),
    )


def check(offering: str, quantity: int, terms: FrameTerms, *, on: date) -> None:
    """Refuse days and parts that cannot be, and an item of which no standing order is agreed."""
    if not on <= terms.starts_on <= terms.last_day <= terms.starts_on + timedelta(days=DAYS_MOST):
        raise Refusal(Reason.of("frame_days", most=DAYS_MOST), where="last_day")
    by_itself = terms.rhythm is not Rhythm.BY_HAND
    if by_itself and not 1 <= (terms.each or 0) <= min(quantity, QUANTITY_MAX):
        raise Refusal(Reason.of("frame_part_unfit", most=quantity), where="each")
    if terms.rhythm is Rhythm.WEEKLY and terms.weekday not in range(7):
        raise Refusal(Reason.of("weekday_missing"), where="weekday")
    if (not by_itself and terms.each is not None) or (terms.rhythm is not Rhythm.WEEKLY and terms.weekday is not None):
        raise Refusal(Reason.of("frame_part_unfit", most=quantity), where="each")
    known = catalogue.price_book().offerings.get(offering)
    if known is not None and known.plan is not None:
        raise Refusal(Reason.of("frame_of_what_runs", offering=known.name), where="offering")


def whole_price(
    *, viewer: Actor, at: datetime, line: Wanted, terms_from: date, shares: Sequence[Share] = ()
) -> QuoteView:
    """What all of a standing order costs today for the party one acts for, whose approval it needs, and what it takes of the budgets
    that hold on its first day. Refused, Refusal where it cannot be had so.
    """
    asked, on = viewer.customer, at.date()
    require(policy.may_order(viewer, customer=asked, on=on))
    assert asked is not None  # policy refuses whoever is for nobody
    if asked == viewer.person:
        raise Refusal(Reason.of("frame_for_departments"), where="customer")
    decision = queries.decision_for(
        world=parties.world(purpose=Purpose.PRICE),
        book=catalogue.price_book(),
        wish=Wish(asked, viewer.person, (line,), shares=tuple(shares)),
        on=on,
    )
    quoted = queries.quote_view(decision, viewer=viewer)
    return replace(quoted, budgets=budgets.before_ordering(decision, on=terms_from))


def part_price(*, viewer: Actor, at: datetime, reference: str, quantity: int) -> QuoteView:
    """What so many pieces of a standing order cost if they are ordered of it now. NotThere; Refusal where it has no price."""
    row = Frame.objects.filter(order__in=_visible(viewer, at), order__reference=reference).first()
    if row is None:
        raise NotThere
    order = row.order
    wish = Wish(order.customer.code, viewer.person, (wanted(row, quantity),), shares=sharing.weighed(order))
    decision = queries.decision_for(
        world=parties.world(purpose=Purpose.PRICE), book=catalogue.price_book(), wish=wish, on=at.date()
    )
    return queries.quote_view(replace(decision, budget=None), viewer=viewer)


def committed(order: Order, left: int) -> Money:
    """What pieces that are left of a standing order take of a budget: their share of what all of it was agreed for."""
    gone = order.frame.quantity - left
    return Money(spread(order.net_minor, (left, gone))[0], as_currency(order.currency))


def wanted(row: Frame, quantity: int) -> Wanted:
    """So many pieces as they are asked for: at what was agreed, or at the price of the day."""
    line = row.order.lines.get()
    if row.price != FramePrice.AGREED.value:
        return Wanted(line.code, quantity)
    (part, *_rest) = queries.quoted_line(line, row.order.currency).parts
    free = part.basis is Basis.FREE
    credit = None if part.credited is None else UnitPrice.from_money(part.credited).times(Fraction(1, part.quantity))
    return Wanted(line.code, quantity, Agreed(row.order.reference, part.unit_price, part.includes_tax, free, credit))


def due_from(row: Frame, last_due: date | None) -> date:
    """From which day on the next part is due: after the last one that was due, and not before it goes (on)."""
    return row.goes_from if last_due is None else max(row.goes_from, date.fromordinal(last_due.toordinal() + 1))


def next_of(row: Frame, last_due: date | None) -> date | None:
    """The day of the next part that comes by itself; None where none does."""
    works = partial(approvals.works_on, row.order.customer.code)
    return next_due(Rhythm(row.rhythm), row.weekday, since=due_from(row, last_due), until=row.until, works=works)


def _visible(viewer: Actor, at: datetime) -> Any:
    return Order.objects.filter(policy.orders_visible_to(viewer, keys=parties.keys(), on=at.date())).values("pk")


def _row(row: Any) -> FrameRow:
    """A standing order that was read with ``last_due``, the last day on which a part of it was due."""
    order, state = row.order, OrderState(row.order.state)
    goes = state is OrderState.AGREED and not row.paused
    return FrameRow(
        reference=order.reference,
        number=order.number,
        state=state,
        paused=row.paused,
        offering=Named(row.offering.code, row.offering.name or row.offering.code),
        customer=parties.named(order.customer),
        supplier=parties.named(order.supplier),
        quantity=row.quantity,
        drawn=row.drawn,
        rhythm=Rhythm(row.rhythm),
        each=row.each,
        weekday=row.weekday,
        price=FramePrice(row.price),
        starts_on=row.starts_on,
        last_day=date.fromordinal(row.until.toordinal() - 1),
        next_on=next_of(row, row.last_due) if goes else None,
        held=None if row.held is None else from_plain(row.held),
    )


def _parts(viewer: Actor, at: datetime, row: Frame) -> tuple[Drawn, ...]:
    """The latest parts whose orders she may see, one more than is shown where there are more."""
    drawn = row.draws.filter(order__in=_visible(viewer, at)).order_by("-order_id")[: PARTS_SHOWN + 1]
    related = tuple(f"order__{name}" for name in ("person", "customer", "supplier"))
    return tuple(Drawn(queries.row_of(each.order), each.quantity, each.due) for each in drawn.select_related(*related))


def _still_taken(viewer: Actor, at: datetime, order: Order, shown: FrameRow) -> Money | None:
    """What it still takes of budgets that the viewer reads; None where none holds on its first day, or nothing is taken."""
    if shown.state not in (OrderState.AWAITING_APPROVAL, OrderState.AGREED) or order.cost_centre is None:
        return None
    over = policy.budgets_seen_by(viewer, on=at.date())
    taken = budgets.takes_of(order, committed(order, shown.left))
    read = [each.amount for each in taken if over is None or each.budget.centre in over]
    return sum(read, start=Money.zero(read[0].currency)) if read else None


def _may(order: Order, shown: FrameRow, viewer: Actor, on: date) -> dict[str, Answer]:
    """The acts that its state leaves open, each with the policy's answer for this viewer."""
    if shown.state is not OrderState.AGREED:
        return {}
    draws = policy.may_draw(viewer, customer=order.customer.code, on=on)
    acts = {"resume" if shown.paused else "pause": draws}
    if not shown.paused and shown.starts_on <= on <= shown.last_day:
        acts["draw"] = draws
    acts["end"] = policy.may_cancel(viewer, order=queries.order_parties(order), on=on)
    return acts
