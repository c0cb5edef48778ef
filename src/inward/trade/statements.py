"""What a cost centre was charged in a month, dealing by dealing, and what it disputes of it. Reads only.

The figures are those of the books, so that a statement and the ledger cannot differ. Whose order it was is told only to those
who may see the order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inward.core.bookkeeping import Role
from inward.core.bookkeeping.sharing import BORNE
from inward.core.terms import Money
from inward.core.terms.money import as_currency
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import Answer, NotThere
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy, queries
from inward.trade.models import Dispute, Order
from inward.trade.vocabulary import DisputeAnswer, DisputeReason, DisputeSide

LINES_MOST = 2_000
_OUTERMOST = (date.min.replace(day=1), date.max.replace(day=1))
"""Months with no month before or after them."""
DISPUTES = ListSpec(
    {"raised": "id", "due": "due"},
    {"answer": "answer", "centre": "centre__code", "side": "side", "reason": "reason", "owner": "owner__code"},
    default="-raised",
)
BEARS = BORNE | {Role.DUAL_DIFFERENCE}
"""What a cost centre bears of what it bought; what else stands on it, it earned or gave away."""


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute: about which order and cost centre, raised by which side, why, by when; who settles it; what was answered."""

    reference: str
    order: str
    number: int
    centre: Named
    supplier: Named
    reason: DisputeReason
    words: str
    person: Named | None
    raised_at: datetime
    due: date
    answer: DisputeAnswer | None
    answer_words: str
    answered_by: Named | None
    answered_at: datetime | None
    may_answer: Answer
    side: DisputeSide
    amount: Money | None
    owner: Named | None
    overdue: bool = False
    """Whether its day has gone by without an answer."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting: what it bears (above zero) or is given back or earned (below), of which order, if the viewer may see it."""

    posted_on: date
    amount: Money
    bears: bool
    corrects: bool
    reference: str
    number: int | None
    supplier: Named | None
    what: tuple[str, ...]
    dispute: DisputeView | None
    may_dispute: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A month of a cost centre; ``cut`` says that there are more lines than are shown."""

    centre: Named
    month: date
    charged: Money | None
    given_back: Money | None
    lines: tuple[StatementLine, ...]
    cut: bool

    @property
    def borne(self) -> Money | None:
        """What was charged less what was given back; None where nothing was posted."""
        return None if self.charged is None or self.given_back is None else self.charged - self.given_back


def statement(*, viewer: Actor, at: datetime, centre: str, month: date) -> Statement:
    """What a cost centre was charged in the month of that day. NotThere for whoever does not read its budget, and for the first and
    the last month there is.
    """
    on = at.date()
    over = policy.budgets_seen_by(viewer, on=on)
    known = parties.keys()
    if viewer.nobody or centre not in known or (over is not None and centre not in over):
        raise NotThere
    first = month.replace(day=1)
    if first in _OUTERMOST:
        raise NotThere
    until = _next_month(first)
    rows = ledger.of_cost_centre(centre, since=first, until=until, most=LINES_MOST + 1)
    shown = rows[:LINES_MOST]
    seen = queries.references_seen(viewer=viewer, at=at, references={row.reference for row in shown})
    orders = {
        order.reference: order
        for order in Order.objects.filter(reference__in=seen).select_related("supplier").prefetch_related("lines")
    }
    disputed = {each.order: each for each in _disputes(viewer, at, centre, seen)}
    may = bool(policy.may_dispute(viewer, centre=centre, on=on))
    above, below = ledger.sums_of_cost_centre(centre, since=first, until=until, roles=BEARS)
    currency = shown[0].amount.currency if above or below else None
    return Statement(
        centre=parties.told(centre, parties.name_of(centre)),
        month=first,
        charged=None if currency is None else Money(above, currency),
        given_back=None if currency is None else Money(-below, currency),
        lines=tuple(_line(row, orders.get(row.reference), disputed, may=may) for row in shown),
        cut=len(rows) > LINES_MOST,
    )


def disputes(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[DisputeView]:
    """The disputes that the viewer may see, of her cost centres and of suppliers she serves for."""
    rows = Dispute.objects.filter(policy.disputes_seen_by(viewer, on=at.date()))
    found = page(rows.select_related(*_RELATED), DISPUTES, params)
    return found.map(lambda row: view(row, viewer, at))


def of_order(*, viewer: Actor, at: datetime, order: str) -> tuple[DisputeView, ...]:
    """The disputes about an order that the viewer may see, the latest first."""
    rows = Dispute.objects.filter(policy.disputes_seen_by(viewer, on=at.date()), order__reference=order)
    return tuple(view(row, viewer, at) for row in rows.select_related(*_RELATED).order_by("-id"))


def dispute(*, viewer: Actor, at: datetime, reference: str) -> DisputeView:
    """One of them. NotThere for none."""
    rows = Dispute.objects.filter(policy.disputes_seen_by(viewer, on=at.date()), reference=reference)
    found = rows.select_related(*_RELATED).first()
    if found is None:
        raise NotThere
    return view(found, viewer, at)


def view(row: Dispute, viewer: Actor, at: datetime) -> DisputeView:
    """A dispute as it is shown."""
    raised_by = None if row.person is None else row.person.code
    supplier, side = row.order.supplier.code, DisputeSide(row.side)
    return DisputeView(
        reference=row.reference,
        order=row.order.reference,
        number=row.order.number,
        centre=parties.named(row.centre),
        supplier=parties.named(row.order.supplier),
        reason=DisputeReason(row.reason),
        words=row.words,
        person=None if row.person is None else parties.named(row.person),
        raised_at=row.raised_at,
        due=row.due,
        answer=DisputeAnswer(row.answer) if row.answer else None,
        answer_words=row.answer_words,
        answered_by=None if row.answered_by is None else parties.named(row.answered_by),
        answered_at=row.answered_at,
        may_answer=policy.may_answer(
            viewer, side=side, supplier=supplier, centre=row.centre.code, raised_by=raised_by, on=at.date()
        ),
        side=side,
        amount=None if row.amount_minor is None else Money(row.amount_minor, as_currency(row.order.currency)),
        owner=None if row.owner is None else parties.named(row.owner),
        overdue=not row.answer and row.due < at.date(),
    )


def _disputes(viewer: Actor, at: datetime, centre: str, references: frozenset[str]) -> list[DisputeView]:
    """Those of the cost centre about these orders, the latest last."""
    rows = Dispute.objects.filter(centre__code=centre, order__reference__in=references).select_related(*_RELATED)
    return [view(row, viewer, at) for row in rows.order_by("id")]


def _line(
    row: ledger.CentreLine, order: Order | None, disputed: Mapping[str, DisputeView], *, may: bool
) -> StatementLine:
    found, bears = disputed.get(row.reference), row.role in BEARS
    open_ = found is not None and found.answer is None
    return StatementLine(
        posted_on=row.posted_on,
        amount=row.amount,
        bears=bears,
        corrects=row.corrects,
        reference="" if order is None else row.reference,
        number=None if order is None else order.number,
        supplier=None if order is None else parties.named(order.supplier),
        what=()
        if order is None
        else tuple(
            f"{line.quantity} × {line.name}" for line in sorted(order.lines.all(), key=lambda each: each.position)
        ),
        dispute=found if row.role in BORNE and not row.corrects else None,
        may_dispute=may and row.role in BORNE and not row.corrects and order is not None and not open_,
    )


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


_RELATED = ("order__supplier", "centre", "person", "answered_by", "owner")
