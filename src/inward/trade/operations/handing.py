"""How a supplier hands over is said once; that an order lies ready or is on its way is told to whoever ordered it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, outbox, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import handing, policy, queries
from inward.trade.announcements import OrderReady
from inward.trade.models import PLACE_LENGTH_MAX, Order, OrderHandover, OrderStep, SupplierHandover
from inward.trade.vocabulary import OrderState, StepKind

PLACES_MAX = 20
_OPEN = (OrderState.PLACED.value, OrderState.PARTLY_DELIVERED.value)


def say_handover(*, by: Actor, at: datetime, supplier: str, places: Sequence[str], brings: bool) -> None:
    """Say where what a supplier sells can be picked up, and whether it is brought; neither: it says nothing any more.

    Orders of before stay as they are.
    1. Refuse what policy refuses, and places that are none.  2. Keep it.  3. Bump, so that an order under way is decided anew; audit.
    Raises Refused, NotThere (no such supplier), Refusal.
    """
    require(policy.may_say_handover(by, supplier=supplier, on=at.date()))
    key = parties.keys().get(supplier)
    if key is None:
        raise NotThere
    named = [place.strip() for place in places]
    if len(named) > PLACES_MAX or len(set(named)) < len(named) or not all(map(_fits, named)):
        raise Refusal(Reason.of("handover_unfit", places=PLACES_MAX, most=PLACE_LENGTH_MAX), where="places")
    with transaction():
        locks.advisory(f"handover:{supplier}")
        row = {"places": named, "brings": brings}
        if named or brings:
            SupplierHandover.objects.update_or_create(supplier_id=key, defaults=row)
        else:
            SupplierHandover.objects.filter(supplier_id=key).delete()
        versions.bump(handing.VERSION)
        audit.record(by=by, at=at, act="trade.say_handover", thing=f"handover {supplier}", facts=row)


def tell_ready(*, by: Actor, at: datetime, reference: str) -> None:
    """Say that what is still to be handed over of an order lies ready, or is on its way.

    1. Lock the order; refuse what policy refuses, an order of which nothing is to be handed over, and what was said already.
    2. Note the step, audit, announce OrderReady. Raises NotThere, Refused, Refusal.
    """
    with transaction():
        visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
        order = Order.objects.select_for_update(of=("self",)).filter(visible, reference=reference).first()
        if order is None:
            raise NotThere
        require(policy.may_deliver(by, order=queries.order_parties(order), on=at.date()))
        if order.state not in _OPEN:
            raise Refusal(Reason.of("order_not_deliverable", state=order.state))
        if queries.course_of(order).ready:
            raise Refusal(Reason.of("handover_ready_already"))
        person = parties.keys().get(by.person) if by.person else None
        kind = StepKind.READY.value
        OrderStep.objects.create(order=order, at=at, subject=by.subject, person_id=person, kind=kind, facts={})
        audit.record(by=by, at=at, act="trade.ready", thing=order.reference, facts={})
        chosen = handing.of_order(order)
        way, place = ("", "") if chosen is None else (chosen.way.value, chosen.place)
        outbox.announce(OrderReady(**queries.order_facts(order), way=way, place=place), by=by, at=at)


def forget_addresses(*, by: Actor, at: datetime, person_id: int) -> int:
    """Forget where orders were brought that an erased person placed, or that were hers; returns how many.

    1. Refuse what policy refuses.  2. Empty the addresses.  3. Audit, without her, where there were any. Raises Refused.
    """
    require(policy.may_forget_words(by))
    with transaction():
        hers = Q(order__person_id=person_id) | Q(order__customer_id=person_id)
        keys = list(OrderHandover.objects.filter(hers).exclude(address="").values_list("pk", flat=True))
        if keys:
            OrderHandover.objects.filter(pk__in=keys).update(address="")
            audit.record(by=by, at=at, act="trade.forget_addresses", thing="addresses", facts={"orders": len(keys)})
    return len(keys)


def _fits(place: str) -> bool:
    return 0 < len(place) <= PLACE_LENGTH_MAX
