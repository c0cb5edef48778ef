"""A charge on a cost centre is disputed, and the dispute answered. Nothing is posted by either: corrections are acts of their own."""

from datetime import date, datetime, timedelta

from inward.core.terms import Reason, Refusal
from inward.kit import audit, outbox
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import policy, queries, sharing
from inward.trade.announcements import ChargeDisputed, DisputeAnswered
from inward.trade.models import Dispute, Order
from inward.trade.vocabulary import DisputeAnswer, DisputeReason

WORDS_MOST = 500
DUE_MOST = timedelta(days=366)


def dispute_charge(
    *, by: Actor, at: datetime, order: str, centre: str, reason: DisputeReason, words: str, due: date
) -> str:
    """Say that what an order charged to a cost centre is wrong, and by when an answer is needed; returns the dispute's reference.

    1. Lock the order; refuse what policy refuses, an order that is not charged to the cost centre, no words, a due day in the past,
       and a second dispute while one is open.   2. Keep it, audit, announce ChargeDisputed.
    Raises Refused, Refusal, NotThere (no order that one may see).
    """
    on = at.date()
    require(policy.may_dispute(by, centre=centre, on=on))
    _check_words(words)
    if not on <= due <= on + DUE_MOST:
        raise Refusal(Reason.of("dispute_due"), where="due")
    with transaction():
        found = _seen(by, at, order)
        charged = {part for part, _ in sharing.held(found)} or {
            "" if found.cost_centre is None else found.cost_centre.code
        }
        if centre not in charged:
            raise Refusal(Reason.of("not_charged", unit=parties.name_of(centre)))
        if found.disputes.filter(centre__code=centre, answer="").exists():
            raise Refusal(Reason.of("dispute_open"))
        made = Dispute.objects.create(
            reference=public_reference(),
            order=found,
            centre_id=parties.keys()[centre],
            reason=reason.value,
            words=words.strip(),
            person_id=parties.keys().get(by.person or ""),
            raised_at=at,
            due=due,
        )
        facts = {"dispute": made.reference, "centre": centre, "reason": reason.value, "due": due.isoformat()}
        audit.record(by=by, at=at, act="trade.dispute_charge", thing=order, facts=facts)
        told = ChargeDisputed(**queries.order_facts(found), dispute=made.reference, centre=centre, due=due.isoformat())
        outbox.announce(told, by=by, at=at)
    return str(made.reference)


def answer_dispute(*, by: Actor, at: datetime, dispute: str, answer: DisputeAnswer, words: str) -> None:
    """Answer a dispute: it was corrected, or is explained and stays as it is.

    1. Lock it; NotThere for what one does not see; refuse what policy refuses, no words, and an answer to one that has one.
    2. Keep it, audit, announce DisputeAnswered.
    """
    _check_words(words)
    with transaction():
        rows = Dispute.objects.select_for_update(of=("self",)).filter(policy.disputes_seen_by(by, on=at.date()))
        found = rows.filter(reference=dispute).select_related("order__supplier", "person").first()
        if found is None:
            raise NotThere
        raised_by = None if found.person is None else found.person.code
        require(policy.may_answer(by, supplier=found.order.supplier.code, raised_by=raised_by, on=at.date()))
        if found.answer:
            raise Refusal(Reason.of("dispute_answered"))
        found.answer, found.answer_words, found.answered_at = answer.value, words.strip(), at
        found.answered_by_id = parties.keys().get(by.person or "")
        found.save(update_fields=["answer", "answer_words", "answered_at", "answered_by"])
        facts = {"dispute": dispute, "answer": answer.value}
        audit.record(by=by, at=at, act="trade.answer_dispute", thing=found.order.reference, facts=facts)
        told = DisputeAnswered(
            **queries.order_facts(found.order), dispute=dispute, raised_by=raised_by or "", answer=answer.value
        )
        outbox.announce(told, by=by, at=at)


def _seen(by: Actor, at: datetime, reference: str) -> Order:
    """The order, locked. NotThere when the actor may not see it."""
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    found = Order.objects.select_for_update(of=("self",)).filter(visible, reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _check_words(words: str) -> None:
    if not words.strip():
        raise Refusal(Reason.of("reason_missing"), where="words")
    if len(words) > WORDS_MOST:
        raise Refusal(Reason.of("text_too_long", most=WORDS_MOST), where="words")
