"""Either side of a dealing disputes it, somebody owns the dispute, the other side answers. Nothing is posted by any of these:
corrections are acts of their own. Why it is so: docs/decisions/0182.
"""

from datetime import date, datetime, timedelta

from inward.access import queries as access
from inward.core.terms import Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import audit, outbox
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import approvals, policy, queries, sharing
from inward.trade.announcements import ChargeDisputed, DisputeAnswered, DisputeOverdue, DisputeOwned
from inward.trade.models import Dispute, Order
from inward.trade.vocabulary import DisputeAnswer, DisputeReason, DisputeSide, Settlement

WORDS_MOST = 500
DUE_MOST = timedelta(days=366)


def dispute_charge(
    *,
    by: Actor,
    at: datetime,
    order: str,
    centre: str,
    reason: DisputeReason,
    words: str,
    due: date,
    amount: Money | None = None,
    side: DisputeSide = DisputeSide.CUSTOMER,
) -> str:
    """Say, for a ``side``, that what an order charged to a cost centre is wrong, and by when an answer is needed; returns the
    dispute's reference.

    1. Lock the order; refuse what policy refuses, an order that is not charged to the cost centre, of a supplier what no company
       bought, no words, a due day in the past, an amount that is none, and a second dispute while one is open on either side.
    2. Keep it, audit, announce ChargeDisputed.
    Raises Refused, Refusal, NotThere (no order that one may see).
    """
    on = at.date()
    if side is DisputeSide.CUSTOMER:
        require(policy.may_dispute(by, centre=centre, on=on))
    _check_words(words)
    if not on <= due <= on + DUE_MOST:
        raise Refusal(Reason.of("dispute_due"), where="due")
    with transaction():
        found = _seen(by, at, order)
        if side is DisputeSide.SUPPLIER:
            require(policy.may_dispute_sale(by, supplier=found.supplier.code, on=on))
            if found.settlement != Settlement.INTERCOMPANY.value:
                raise Refusal(Reason.of("dispute_between_companies"))
        _check_amount(amount, found)
        bearing = {part for part, _ in sharing.held(found)} or {
            "" if found.cost_centre is None else found.cost_centre.code
        }
        if centre not in bearing or not queries.charged(found):
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
            side=side.value,
            amount_minor=None if amount is None else amount.minor,
        )
        facts = {"dispute": made.reference, "centre": centre, "reason": reason.value, "due": due.isoformat()}
        facts |= {"side": side.value, "amount": "" if amount is None else str(amount)}
        audit.record(by=by, at=at, act="trade.dispute_charge", thing=order, facts=facts)
        told = ChargeDisputed(
            **queries.order_facts(found),
            dispute=made.reference,
            centre=centre,
            due=due.isoformat(),
            side=side.value,
        )
        outbox.announce(told, by=by, at=at)
    return str(made.reference)


def answer_dispute(*, by: Actor, at: datetime, dispute: str, answer: DisputeAnswer, words: str) -> None:
    """Answer a dispute: it was corrected, or is explained and stays as it is.

    1. Lock it; NotThere for what one does not see; refuse what policy refuses, no words, and an answer to one that has one.
    2. Keep it, audit, announce DisputeAnswered.
    """
    _check_words(words)
    with transaction():
        found, raised_by = _to_answer(by, at, dispute)
        found.answer, found.answer_words, found.answered_at = answer.value, words.strip(), at
        found.answered_by_id = parties.keys().get(by.person or "")
        found.save(update_fields=["answer", "answer_words", "answered_at", "answered_by"])
        facts = {"dispute": dispute, "answer": answer.value}
        audit.record(by=by, at=at, act="trade.answer_dispute", thing=found.order.reference, facts=facts)
        told = DisputeAnswered(
            **queries.order_facts(found.order), dispute=dispute, raised_by=raised_by or "", answer=answer.value
        )
        outbox.announce(told, by=by, at=at)


def own_dispute(*, by: Actor, at: datetime, dispute: str, owner: str) -> None:
    """Say who settles a dispute: oneself, or a colleague who may answer it too.

    1. Lock it; NotThere for what one does not see; refuse what policy refuses, an answered one, and whoever could not answer.
    2. Keep it, audit, announce DisputeOwned.
    """
    with transaction():
        found, raised_by = _to_answer(by, at, dispute)
        answers = policy.who_answers(
            DisputeSide(found.side), supplier=found.order.supplier.code, centre=found.centre.code
        )
        able = {holder.person for role, over in answers for holder in access.holders(role, over=over, at=at)}
        if owner not in able - {raised_by}:
            raise Refusal(Reason.of("dispute_owner"), where="owner")
        found.owner_id = parties.keys()[owner]
        found.save(update_fields=["owner"])
        facts = {"dispute": dispute, "owner": owner}
        audit.record(by=by, at=at, act="trade.own_dispute", thing=found.order.reference, facts=facts)
        told = DisputeOwned(
            **queries.order_facts(found.order),
            dispute=dispute,
            owner=owner,
            due=found.due.isoformat(),
            by_herself=owner == by.person,
        )
        outbox.announce(told, by=by, at=at)


def tell_overdue_disputes(*, by: Actor, at: datetime) -> int:
    """Tell of each dispute whose day went by without an answer, once, while the side that is to answer is at work; returns how many.

    1. Refuse anybody but the house.   2. Lock each; note that it was told, announce DisputeOverdue. Raises Refused.
    """
    require(policy.may_tell_overdue(by))
    late = Dispute.objects.filter(answer="", reminded_at=None, due__lt=at.date()).order_by("pk")
    told = 0
    for key in list(late.values_list("pk", flat=True)):
        with transaction():
            rows = late.select_for_update(of=("self",)).filter(pk=key)
            found = rows.select_related("order__supplier", "centre", "owner").first()
            told += found is not None and _told_overdue(by, at, found)
    return told


def _told_overdue(by: Actor, at: datetime, found: Dispute) -> bool:
    side = DisputeSide(found.side)
    answers = found.order.supplier.code if side is DisputeSide.CUSTOMER else found.centre.code
    if not approvals.works_now(answers, at):
        return False
    found.reminded_at = at
    found.save(update_fields=["reminded_at"])
    told = DisputeOverdue(
        **queries.order_facts(found.order),
        dispute=found.reference,
        centre=found.centre.code,
        due=found.due.isoformat(),
        side=side.value,
        owner="" if found.owner is None else found.owner.code,
    )
    outbox.announce(told, by=by, at=at)
    return True


def _to_answer(by: Actor, at: datetime, dispute: str) -> tuple[Dispute, str | None]:
    """A dispute that this actor may answer, locked, and who raised it. NotThere, Refused; Refusal for an answered one."""
    rows = Dispute.objects.select_for_update(of=("self",)).filter(policy.disputes_seen_by(by, on=at.date()))
    found = rows.filter(reference=dispute).select_related("order__supplier", "person", "centre").first()
    if found is None:
        raise NotThere
    raised_by = None if found.person is None else found.person.code
    may = policy.may_answer(
        by,
        side=DisputeSide(found.side),
        supplier=found.order.supplier.code,
        centre=found.centre.code,
        raised_by=raised_by,
        on=at.date(),
    )
    require(may)
    if found.answer:
        raise Refusal(Reason.of("dispute_answered"))
    return found, raised_by


def _seen(by: Actor, at: datetime, reference: str) -> Order:
    """The order, locked. NotThere when the actor may not see it."""
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    found = Order.objects.select_for_update(of=("self",)).filter(visible, reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _check_amount(amount: Money | None, found: Order) -> None:
    """A disputed amount is in the order's currency, and no more than all of it."""
    if amount is None:
        return
    total = Money(found.total_minor, as_currency(found.currency))
    if amount.currency != total.currency or not 0 < amount.minor <= total.minor:
        raise Refusal(Reason.of("dispute_amount", most=total), where="amount")


def _check_words(words: str) -> None:
    if not words.strip():
        raise Refusal(Reason.of("reason_missing"), where="words")
    if len(words) > WORDS_MOST:
        raise Refusal(Reason.of("text_too_long", most=WORDS_MOST), where="words")
