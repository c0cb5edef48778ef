"""A payment made elsewhere is named with the order, found or not found by the supplier, and named anew where it was not found.

The books hold the sale against the account for such payments from the order on; what is found changes no posting
(docs/decisions/0178).
"""

from dataclasses import replace
from datetime import datetime

from inward.core.bookkeeping import EntryKind, Role
from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, outbox, rows, versions, writing
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.kit.writing import GateClosed
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.trade import payments, policy, queries
from inward.trade.announcements import PaymentNotFound
from inward.trade.deciding import compared
from inward.trade.models import Order, OrderPayment, OrderStep, PaymentElsewhere
from inward.trade.vocabulary import OrderState, PaymentState, StepKind
from inward.trade.writing import PAYMENT_GATE

WORDS_MAX = 300
_CLOSED = (OrderState.CANCELLED.value, OrderState.DECLINED.value)


def take_payments_elsewhere(*, by: Actor, at: datetime, company: str, words: str | None) -> None:
    """Say that a company takes payments made elsewhere, and in which words; None: no longer. Orders of before stay as they are.

    1. Refuse what policy refuses, no words, and books without an account for it.  2. Keep it.  3. Bump, audit.
    Raises Refused, NotThere (no such company), Refusal.
    """
    require(policy.may_say_accounts(by, company=company, on=at.date()))
    if company not in parties.world().company:
        raise NotThere
    said = None if words is None else words.strip()
    if said is not None:
        if not said or len(said) > WORDS_MAX:
            raise Refusal(Reason.of("payment_words_missing", most=WORDS_MAX), where="words")
        _check_accounts(company)
    with transaction():
        locks.advisory(f"payments:{company}")
        rows = PaymentElsewhere.objects.filter(company_id=parties.keys()[company])
        before = rows.values_list("words", flat=True).first()
        if said is None:
            rows.delete()
        else:
            PaymentElsewhere.objects.update_or_create(company_id=parties.keys()[company], defaults={"words": said})
        versions.bump(payments.VERSION)
        facts = {"before": before or "", "after": said or ""}
        audit.record(by=by, at=at, act="trade.take_payments_elsewhere", thing=f"payments {company}", facts=facts)


def name_payment(*, by: Actor, at: datetime, reference: str, payment: str) -> None:
    """Name another payment for an order whose last one was not found.

    1. Lock the order; refuse what policy refuses, and an order that asks for none.  2. Refuse a reference that stands on another
    order.  3. Keep it, note the step, audit. Raises NotThere, Refused, Refusal.
    """
    plain = compared(payment)
    try:
        with transaction():
            order = _locked(by, at, reference)
            require(policy.may_name_payment(by, order=queries.order_parties(order)))
            last = order.payments.order_by("-id").first()
            if last is None or last.state != PaymentState.NOT_FOUND.value or order.state in _CLOSED:
                raise Refusal(Reason.of("payment_not_asked_again"))
            named = OrderPayment(
                order=order,
                company_id=last.company_id,
                reference=payment.strip(),
                compared=plain,
                given_at=at,
                state=PaymentState.GIVEN.value,
            )
            _note(by, at, order, StepKind.PAYMENT_GIVEN)
            writing.add(replace(rows.rows_of([named]), gate=PAYMENT_GATE))
    except GateClosed:
        raise Refusal(Reason.of("payment_reference_used"), where="payment") from None


def mark_payment(*, by: Actor, at: datetime, reference: str, found: bool) -> PaymentState:
    """Say whether the payment of an order was found; one that was not may still be found later, never the other way round.

    1. Lock the order; refuse what policy refuses, and an order of which no payment waits.  2. Keep it, note the step, audit.
    3. Announce PaymentNotFound where it was not. Raises NotThere, Refused, Refusal.
    """
    with transaction():
        order = _locked(by, at, reference)
        require(policy.may_mark_payment(by, order=queries.order_parties(order), on=at.date()))
        last = order.payments.order_by("-id").first()
        open_to = {PaymentState.GIVEN.value, PaymentState.NOT_FOUND.value} if found else {PaymentState.GIVEN.value}
        if last is None or last.state not in open_to:
            raise Refusal(Reason.of("payment_not_to_mark"))
        state = PaymentState.RECEIVED if found else PaymentState.NOT_FOUND
        OrderPayment.objects.filter(pk=last.pk).update(state=state.value, marked_at=at)
        _note(by, at, order, StepKind.PAYMENT_FOUND if found else StepKind.PAYMENT_MISSING)
        if not found:
            outbox.announce(PaymentNotFound(**queries.order_facts(order)), by=by, at=at)
    return state


def _check_accounts(company: str) -> None:
    accounts = ledger.prepared().accounts
    for kind in (EntryKind.STAFF_SALE, EntryKind.OUTSIDE_SALE):
        if (company, kind, Role.PAYMENT_CLEARING) not in accounts:
            facts = {"company": parties.name_of(company), "kind": kind.value}
            raise Refusal(Reason.of("payment_account_missing", **facts), where="company")


def _locked(by: Actor, at: datetime, reference: str) -> Order:
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    found = Order.objects.select_for_update(of=("self",)).filter(visible, reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _note(by: Actor, at: datetime, order: Order, kind: StepKind) -> None:
    """A line of history and one of audit; the reference stands with the payment alone."""
    person = parties.keys().get(by.person) if by.person else None
    OrderStep.objects.create(order=order, at=at, subject=by.subject, person_id=person, kind=kind.value, facts={})
    audit.record(by=by, at=at, act=f"trade.{kind.value.lower()}", thing=order.reference, facts={})
