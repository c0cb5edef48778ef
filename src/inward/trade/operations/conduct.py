"""Whoever bought at staff price says that she gave it away or sold it, and repays the saving where the scheme says so."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from inward.core.bookkeeping import SoldLine
from inward.core.pricing.keeping import Repaid, repaid
from inward.core.terms import Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import idempotency
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.trade import policy, queries
from inward.trade.models import Order, OrderLine
from inward.trade.operations import handling
from inward.trade.vocabulary import Disposal, OrderState, StepKind


def tell_disposal(
    *, by: Actor, at: datetime, reference: str, pieces: Mapping[int, int], how: Disposal, key: str = ""
) -> Money:
    """Say that pieces of one's own order were given away or sold; returns what is repaid of the saving.

    1. Lock the order; the same submission again (by its ``key``) is answered as the first was.
    2. Refuse what policy refuses, an order of which nothing was handed over, and more than is there.
    3. Reckon by what the order kept (``core.pricing.keeping``).   4. Post what is repaid, note the step, audit.
    Raises NotThere, Refused, Refusal.
    """
    submission = handling.submission_of(by, key, "dispose", reference, pieces, how.value)
    with transaction():
        order = handling.locked(by, at, reference)
        earlier = None if submission is None else idempotency.earlier(submission)
        if earlier is not None:
            return Money(earlier["amount"], as_currency(order.currency))
        require(policy.may_tell_disposal(by, order=queries.order_parties(order)))
        handling.require_state(order, {OrderState.PARTLY_DELIVERED, OrderState.DELIVERED}, "order_not_disposable")
        lines = {line.position: line for line in order.lines.all()}
        left = {place: line.delivered - line.returned - line.disposed for place, line in lines.items()}
        chosen = handling.chosen_pieces(pieces, left)
        found = {place: _disposed(order, lines[place], count, left[place], at) for place, count in chosen.items()}
        amount = sum((each.gross for each in found.values()), start=Money.zero(order.currency))
        if amount:
            sold = [SoldLine(each.net, each.tax, lines[place].tax_code) for place, each in found.items() if each.gross]
            handling.post_lines(by, at, order, sold, correction_of=order.reference)
        facts = {
            "pieces": {str(place): count for place, count in chosen.items()},
            "repaid": {str(place): list(map(list, each.parts)) for place, each in found.items() if each.parts},
            "how": how.value,
            "amount": str(amount),
        }
        handling.note_step(by, at, order, StepKind.DISPOSED, facts)
        if submission is not None:
            idempotency.keep(submission, {"amount": amount.minor}, at=at)
    return amount


def _disposed(order: Order, line: OrderLine, count: int, left: int, at: datetime) -> Repaid:
    """Count the pieces, and what they cost more."""
    if count > left:
        reason = Reason.of("more_than_there", offering=line.name, quantity=count, open=left)
        raise Refusal(reason, where=f"line {line.position}")
    found = repaid(queries.quoted_line(line, order.currency), already=line.disposed, pieces=count, on=at.date())
    OrderLine.objects.filter(pk=line.pk).update(
        disposed=F("disposed") + count, repaid_minor=F("repaid_minor") + found.gross.minor
    )
    return found
