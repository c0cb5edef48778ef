"""Orders that need hands: the house opens their cases, solves what was delivered elsewhere, withdraws what was called off.

docs/decisions/0197-an-order-that-needs-hands-is-a-case-of-its-own.md.
"""

from datetime import datetime

from inward.core.terms import Reason, Refusal
from inward.desk import known_queues, policy, queries
from inward.desk.announcements import CaseClosed
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseKind, CaseState, Channel, Side
from inward.desk.models import Case, Queue
from inward.desk.operations.steps.acting import As, Work, acting, note
from inward.desk.operations.steps.keeping import require_keeper
from inward.desk.operations.steps.opening import New, open_row, usable_subject
from inward.desk.operations.steps.searching import findable
from inward.desk.operations.steps.standing import called_solved
from inward.kit import audit, locks
from inward.kit.actor import Actor
from inward.kit.numbers import next_number
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import operations as trade
from inward.trade import queries as orders
from inward.trade.queries import OrderView
from inward.trade.vocabulary import CALLED_OFF, OrderState

_TO_HAND_OVER = frozenset({OrderState.PLACED, OrderState.PARTLY_DELIVERED})
_HANDED_OVER = frozenset({OrderState.DELIVERED, OrderState.RETURNED})


def take_orders(*, by: Actor, at: datetime, queue: str, orders: bool = True) -> None:
    """Say that orders which need hands become cases of this queue, or no longer; of one place one queue takes them on.

    Raises Refused, Refusal (a confidential queue), NotThere.
    """
    with transaction():
        found = Queue.objects.filter(code=queue, closed_at=None).first()
        if found is None:
            raise NotThere
        require_keeper(by, at, parties.known().codes[found.supplier_id])
        if orders and found.confidential:
            raise Refusal(Reason.of("case_stays_confidential"), where="queue")
        if orders:
            Queue.objects.filter(supplier=found.supplier_id, orders=True).update(orders=False)
        found.orders = orders
        found.save(update_fields=["orders"])
        known_queues.changed()
        audit.record(by=by, at=at, act="desk.take_orders", thing=f"{queue} queue", facts={"orders": orders})


def fulfil_order(*, by: Actor, at: datetime, order: str) -> str | None:
    """Open the case of an order that has something to hand over; returns its reference, the same one again; None where none is needed.

    1. None where nothing is open, or no queue takes orders of that place on.   2. Keep the case with what was ordered; audit, announce.
    """
    require(policy.may_run_desk(by))
    found = orders.order(viewer=by, at=at, reference=order)
    line = _line(found.row.supplier.code, at)
    if found.row.state not in _TO_HAND_OVER or line is None:
        return None
    number = next_number("desk.case")
    with transaction():
        locks.advisory(f"fulfil {order}")
        before = Case.objects.filter(order_reference=order, kind=CaseKind.FULFILMENT.value).first()
        if before is not None:
            return str(before.reference)
        words = _words(found)
        work = open_row(by=by, at=at, new=_new(found, line, at, words), number=number)
        findable(work.case, work.say(Side.HOUSE, words))
        note(work, "open_case", {"queue": line.code, "order": order})
        return str(work.case.reference)


def deliver(*, by: Actor, at: datetime, case: str) -> None:
    """A case handler says that an order was handed over: confirm in trade all that is open. Nothing happens where nothing is."""
    require(policy.may_run_desk(by))
    found = Case.objects.filter(reference=case, kind=CaseKind.FULFILMENT.value).first()
    if found is None or not found.order_reference or found.state not in _ENDED_WELL:
        return
    if orders.order(viewer=by, at=at, reference=found.order_reference).row.state in _TO_HAND_OVER:
        trade.confirm_delivery(by=by, at=at, reference=found.order_reference)


def follow_order(*, by: Actor, at: datetime, order: str) -> None:
    """The case of an order stands as the order does: handed over elsewhere it is solved, called off it is withdrawn. Else nothing happens."""
    require(policy.may_run_desk(by))
    states = sorted(state.value for state in UNDER_WAY)
    found = Case.objects.filter(order_reference=order, kind=CaseKind.FULFILMENT.value, state__in=states).first()
    if found is None:
        return
    view = orders.order(viewer=by, at=at, reference=order)
    called_off = view.row.state in CALLED_OFF
    if not called_off and view.row.state not in _HANDED_OVER:
        return
    with acting(by=by, at=at, case=found.reference, part=As.ANYONE, act="follow_order", facts={"order": order}) as work:
        if work.state in UNDER_WAY:
            _withdrawn(work) if called_off else called_solved(work)


_ENDED_WELL = (CaseState.SOLVED.value, CaseState.CLOSED.value)


def _withdrawn(work: Work) -> None:
    work.happen(CaseAct.WITHDRAWN)
    work.stands(CaseState.WITHDRAWN)
    work.case.closed_at = work.at
    work.tell(CaseClosed, how=CaseState.WITHDRAWN.value)


def _line(supplier: str, at: datetime) -> Queue | None:
    """The queue that takes orders of a place on: its own, then that of what it stands in, then one of what is below it."""
    on = at.date()
    upward = parties.unit_path(supplier, on=on)
    below = sorted(parties.reach(supplier, on=on) - set(upward))
    rows = Queue.objects.filter(orders=True, closed_at=None, supplier__code__in=[*upward, *below])
    known = {parties.known().codes[row.supplier_id]: row for row in rows}
    return next((known[place] for place in (*upward, *below) if place in known), None)


def _new(found: OrderView, line: Queue, at: datetime, words: str) -> New:
    supplier, on = parties.known().codes[line.supplier_id], at.date()
    customer, person = found.row.customer.code, found.row.person
    standing = queries.stand(supplier=supplier, customer=customer, on=on)
    return New(
        line=line,
        customer=customer,
        person=None if person is None else person.code,
        subject=usable_subject(words.replace("\n", ", ")),
        standing=standing,
        promise=queries.promised_on(standing, supplier, on=on),
        channel=Channel.ORDER,
        order=found.row.reference,
        kind=CaseKind.FULFILMENT,
    )


def _words(found: OrderView) -> str:
    """What is to be handed over, a line each: 2 × Coffee machine."""
    left = ((line.quoted.quantity - line.delivered - line.cancelled, line.name) for line in found.lines)
    return "\n".join(f"{count} × {name}" for count, name in left if count)
