"""What becomes of an order after it was asked for: approved, declined, delivered, cancelled, returned.

Plain ORM inside one transaction each; the order is locked first. Books are corrected by new negative entries, never
changed; allowances are given back to the period they came from.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Least

from inward.catalogue import queries as catalogue
from inward.core.bookkeeping import Agency, SoldLine
from inward.core.classification import Kind
from inward.core.pricing import AllowanceDrawn, QuotedLine
from inward.core.pricing.allowances import CAME_BACK
from inward.core.pricing.keeping import Repaid, repaid
from inward.core.pricing.returning import given_back
from inward.core.terms import Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import audit, idempotency, outbox
from inward.kit.actor import Actor
from inward.kit.approval import Approval, ApprovalState
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.ledger import operations as ledger
from inward.parties import queries as parties
from inward.trade import approvals, budgets, deciding, policy, queries, receiving, running, sharing
from inward.trade.announcements import (
    ApprovalAsked,
    FrameAgreed,
    ItemsReturned,
    OrderCancelled,
    OrderDeclined,
    OrderDelivered,
    OrderPlaced,
    ReceiptConfirmed,
)
from inward.trade.deciding import Dealing
from inward.trade.models import AllowanceUse, Frame, Order, OrderLine, OrderStep, Running
from inward.trade.operations.aftersale import taken_back
from inward.trade.operations.budgets import take
from inward.trade.operations.running import begin_approved
from inward.trade.operations.stock import came_back, handed_over, let_go, promised_again
from inward.trade.receiving import Came
from inward.trade.vocabulary import Disposal, OrderState, Settlement, StepKind
from inward.trade.writing import counted

REASON_LENGTH_MAX = 500
DELIVERY_NOTE_LENGTH_MAX = 80


def approve_order(*, by: Actor, at: datetime, reference: str) -> OrderState:
    """Approve an order that waits; when that was the last word needed, it is binding at the price that was asked.

    1. Lock the order; refuse what policy refuses or what no longer waits.  2. Add the word to the approval.
    3. Post the order, note the step, audit, announce OrderPlaced. All in one transaction.
    """
    with transaction():
        order = _awaiting(by, at, reference)
        asked = _unit_asked(order)
        state = _decided(order, by, at, approved=True)
        if state is ApprovalState.APPROVED:
            _bind(by, at, order)
        elif _unit_asked(order) != asked:
            outbox.announce(ApprovalAsked(**queries.order_facts(order), unit=_unit_asked(order)), by=by, at=at)
        order.save(update_fields=["state", "approval"])
        _note(by, at, order, StepKind.APPROVED, {})
    return OrderState(order.state)


def _bind(by: Actor, at: datetime, order: Order) -> None:
    """The last word was said: the order is posted; a standing one goes from today on and sells nothing itself."""
    if hasattr(order, "frame"):
        order.state = OrderState.AGREED.value
        Frame.objects.filter(order=order).update(goes_from=max(order.frame.goes_from, at.date()))
        outbox.announce(FrameAgreed(**queries.order_facts(order)), by=by, at=at)
        return
    order.state = OrderState.PLACED.value
    _post(by, at, order, _sold(order))
    if _runs(order):
        begin_approved(by=by, at=at, order=order)
    take(found=order, amount=_borne(order), used=0, posted=1)
    outbox.announce(OrderPlaced(**queries.order_facts(order)), by=by, at=at)


def decline_order(*, by: Actor, at: datetime, reference: str, reason: str) -> OrderState:
    """Decline an order that waits, saying why; the allowance it held is free again."""
    _require_reason(reason)
    with transaction():
        order = _awaiting(by, at, reference)
        _decided(order, by, at, approved=False, reason=reason)
        order.save(update_fields=["approval"])
        _close(by, at, order, OrderState.DECLINED)
        _note(by, at, order, StepKind.DECLINED, {"reason": reason})
        outbox.announce(OrderDeclined(**queries.order_facts(order), reason=reason), by=by, at=at)
    return OrderState.DECLINED


def cancel_order(*, by: Actor, at: datetime, reference: str, reason: str) -> OrderState:
    """Call off an order, or what of it was not handed over yet; returns the state it is in now.

    1. Lock the order; refuse what policy refuses, and an order of which nothing is open.
    2. Before anything was handed over, reverse all of it; else price the rest by the sale, as a return is.
    3. Post negative amounts, give the allowance back, note, audit, announce OrderCancelled.
    """
    _require_reason(reason)
    with transaction():
        order = _locked(by, at, reference)
        require(policy.may_cancel(by, order=queries.order_parties(order), on=at.date()))
        open_states = {OrderState.AWAITING_APPROVAL, OrderState.PLACED, OrderState.PARTLY_DELIVERED}
        _require_state(order, open_states, "order_not_cancellable")
        if OrderState(order.state) is OrderState.PARTLY_DELIVERED:
            return _rest_called_off(by, at, order, reason)
        if OrderState(order.state) is OrderState.PLACED:
            _post(by, at, order, [_negative(line) for line in _sold(order)], correction_of=order.reference)
        _close(by, at, order, OrderState.CANCELLED)
        _note(by, at, order, StepKind.CANCELLED, {"reason": reason})
        outbox.announce(OrderCancelled(**queries.order_facts(order), reason=reason), by=by, at=at)
    return OrderState.CANCELLED


def confirm_delivery(
    *,
    by: Actor,
    at: datetime,
    reference: str,
    pieces: Mapping[int, int] | None = None,
    key: str = "",
    delivery_note: str = "",
) -> OrderState:
    """Say what was handed over: ``pieces`` by line position, or None for all that is open; ``delivery_note`` is what the supplier
    calls this hand-over.

    1. Lock the order; the same submission again (by its ``key``) is answered as the first was, and so is the same note with the
       same pieces, whoever says it.
    2. Refuse what policy refuses, more than is open, and a note that said otherwise.
    3. Count, note, audit, announce OrderDelivered.
    """
    name = _noted(delivery_note)
    submission = _submission(by, key, "deliver", reference, pieces)
    with transaction():
        order = _locked(by, at, reference)
        earlier = None if submission is None else idempotency.earlier(submission)
        if earlier is not None:
            return OrderState(earlier["state"])
        require(policy.may_deliver(by, order=queries.order_parties(order), on=at.date()))
        if name and _said_before(order, name, pieces):
            return OrderState(order.state)
        _require_state(order, {OrderState.PLACED, OrderState.PARTLY_DELIVERED}, "order_not_deliverable")
        lines = {line.position: line for line in order.lines.all()}
        chosen = _chosen(pieces, {place: _undelivered(line) for place, line in lines.items()})
        for place, count in chosen.items():
            _advance(lines[place], "delivered", count, _undelivered(lines[place]), "more_than_ordered")
        complete = all(_undelivered(line) == chosen.get(place, 0) for place, line in lines.items())
        order.state = (OrderState.DELIVERED if complete else OrderState.PARTLY_DELIVERED).value
        order.to_receive = order.customer_id != order.person_id
        order.save(update_fields=["state", "to_receive"])
        handed_over(by=by, at=at, order=order, pieces={lines[place]: count for place, count in chosen.items()})
        facts = {"pieces": {str(place): count for place, count in chosen.items()}}
        _note(by, at, order, StepKind.DELIVERED, facts | ({"delivery_note": name} if name else {}))
        outbox.announce(OrderDelivered(**queries.order_facts(order), complete=complete), by=by, at=at)
        if submission is not None:
            idempotency.keep(submission, {"state": order.state}, at=at)
    return OrderState(order.state)


def _noted(delivery_note: str) -> str:
    """What a delivery note is called. Refusal for too long a name."""
    name = " ".join(delivery_note.split())
    if len(name) > DELIVERY_NOTE_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=DELIVERY_NOTE_LENGTH_MAX), where="delivery_note")
    return name


def _said_before(order: Order, name: str, pieces: Mapping[int, int] | None) -> bool:
    """Whether this note has said exactly this of the order. Refusal where it has said otherwise."""
    told = order.steps.filter(kind=StepKind.DELIVERED.value, facts__delivery_note=name).first()
    if told is None:
        return False
    if pieces is not None and told.facts["pieces"] == {str(place): count for place, count in pieces.items() if count}:
        return True
    raise Refusal(Reason.of("delivery_note_used", note=name), where="delivery_note")


def return_items(
    *,
    by: Actor,
    at: datetime,
    reference: str,
    pieces: Mapping[int, int],
    reason: str,
    key: str = "",
    shelved: bool = True,
) -> Money:
    """Take back delivered pieces at the price they were sold for; returns what is given back. ``shelved``: where they are counted,
    they lie there again.

    1. Lock the order; the same submission again (by its ``key``) is answered as the first was.
    2. Refuse what policy refuses, and more than was delivered.   4. Give the allowance back to its own period.
    3. Price by the sale (``core.pricing.returning``).             5. Post negative amounts, note, audit, announce.
    """
    _require_reason(reason)
    submission = _submission(by, key, "return", reference, pieces, reason)
    with transaction():
        order = _locked(by, at, reference)
        earlier = None if submission is None else idempotency.earlier(submission)
        if earlier is not None:
            return Money(earlier["amount"], as_currency(order.currency))
        require(policy.may_take_back(by, order=queries.order_parties(order), on=at.date()))
        if Running.objects.filter(order=order).exists():
            raise Refusal(Reason.of("running_not_returned"))
        _require_state(order, {OrderState.PARTLY_DELIVERED, OrderState.DELIVERED}, "order_not_returnable")
        lines = {line.position: line for line in order.lines.all()}
        left = {place: line.delivered - line.returned - line.disposed for place, line in lines.items()}
        chosen = _chosen(pieces, left)
        returned = [_returned(order, lines[place], count, at) for place, count in chosen.items()]
        amount = _amount(order, returned)
        _post(by, at, order, returned, correction_of=order.reference)
        _give_budget_back(order, returned)
        if all(line.returned + line.cancelled + chosen.get(place, 0) == line.quantity for place, line in lines.items()):
            order.state = OrderState.RETURNED.value
        waits = (line.delivered - line.returned - chosen.get(place, 0) > line.received for place, line in lines.items())
        order.to_receive = order.to_receive and any(waits)
        order.save(update_fields=["state", "to_receive"])
        if shelved:
            came_back(by=by, at=at, order=order, pieces={lines[place]: count for place, count in chosen.items()})
        taken_back(by=by, at=at, order=order, positions=chosen)
        facts = {
            "pieces": {str(place): count for place, count in chosen.items()},
            "reason": reason,
            "amount": str(amount),
        }
        _note(by, at, order, StepKind.RETURNED, facts)
        outbox.announce(ItemsReturned(**queries.order_facts(order), amount=str(amount), reason=reason), by=by, at=at)
        if submission is not None:
            idempotency.keep(submission, {"amount": amount.minor}, at=at)
    return amount


def confirm_receipt(
    *, by: Actor, at: datetime, reference: str, came: Mapping[int, Came] | None = None, note: str = "", key: str = ""
) -> OrderState:
    """Say what came of what was handed over: by line position, or None for all of it as the supplier said.

    1. Lock the order; the same submission again (by its ``key``) is answered as the first was.
    2. Refuse what policy refuses, and more than waits.   4. Give back what is refused and not wanted again: books, budget,
    3. Count what is taken; what is missing, or refused      allowance.
       and wanted again, the supplier owes as before.     5. Note, audit, announce ReceiptConfirmed.
    """
    if len(note) > REASON_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=REASON_LENGTH_MAX), where="note")
    said = None if came is None else {place: each.plain() for place, each in came.items()}
    submission = _submission(by, key, "receive", reference, said, note)
    with transaction():
        order = _locked(by, at, reference)
        earlier = None if submission is None else idempotency.earlier(submission)
        if earlier is not None:
            return OrderState(earlier["state"])
        require(queries.may_receive(order, by, at.date()))
        if not order.to_receive:
            raise Refusal(Reason.of("nothing_to_receive"))
        lines = {line.position: line for line in order.lines.all()}
        waits = {place: line.delivered - line.returned - line.received for place, line in lines.items()}
        names = {place: line.name for place, line in lines.items()}
        kept = receiving.checked(receiving.all_of(waits) if came is None else came, waits, names)
        facts = _received(by, at, order, lines, kept)
        _note(by, at, order, StepKind.RECEIVED, facts | ({"note": note} if note else {}))
        told = ReceiptConfirmed(
            **queries.order_facts(order),
            taken=sum(each.taken for each in kept.values()),
            refused=sum(each.refused for each in kept.values()),
            missing=sum(each.missing for each in kept.values()),
            surplus=sum(each.surplus for each in kept.values()),
        )
        outbox.announce(told, by=by, at=at)
        if submission is not None:
            idempotency.keep(submission, {"state": order.state}, at=at)
    return OrderState(order.state)


def _received(
    by: Actor, at: datetime, order: Order, lines: Mapping[int, OrderLine], came: Mapping[int, Came]
) -> dict[str, Any]:
    """Count what came, give back what is refused for good, and see where the order stands then; returns the facts of the step."""
    back = [_given_back(order, lines[place], said.given_back) for place, said in came.items() if said.given_back]
    for place, said in came.items():
        line = lines[place]
        line.received += said.taken
        line.delivered -= said.owed_again
        line.returned += said.given_back
        line.save(update_fields=["received", "delivered", "returned"])
    facts: dict[str, Any] = {"lines": {str(place): said.plain() for place, said in came.items()}}
    if back:
        _post(by, at, order, back, correction_of=order.reference)
        _give_budget_back(order, back)
        facts["amount"] = str(_amount(order, back))
    promised_again(by=by, at=at, pieces={lines[place]: said.owed_again for place, said in came.items()})
    order.state = _state_of(lines.values()).value
    order.to_receive = any(line.delivered - line.returned > line.received for line in lines.values())
    order.save(update_fields=["state", "to_receive"])
    return facts


def _state_of(lines: Collection[OrderLine]) -> OrderState:
    """Where an order that binds stands, by what became of its lines."""
    if all(line.returned + line.cancelled == line.quantity for line in lines):
        return OrderState.RETURNED
    if all(line.delivered + line.cancelled == line.quantity for line in lines):
        return OrderState.DELIVERED
    untouched = not any(line.delivered + line.cancelled for line in lines)
    return OrderState.PLACED if untouched else OrderState.PARTLY_DELIVERED


def tell_disposal(
    *, by: Actor, at: datetime, reference: str, pieces: Mapping[int, int], how: Disposal, key: str = ""
) -> Money:
    """Say that pieces of one's own order were given away or sold; returns what is repaid of the saving.

    1. Lock the order; the same submission again (by its ``key``) is answered as the first was.
    2. Refuse what policy refuses, an order of which nothing was handed over, and more than is there.
    3. Reckon by what the order kept (``core.pricing.keeping``).   4. Post what is repaid, note the step, audit.
    Raises NotThere, Refused, Refusal.
    """
    submission = _submission(by, key, "dispose", reference, pieces, how.value)
    with transaction():
        order = _locked(by, at, reference)
        earlier = None if submission is None else idempotency.earlier(submission)
        if earlier is not None:
            return Money(earlier["amount"], as_currency(order.currency))
        require(policy.may_tell_disposal(by, order=queries.order_parties(order)))
        _require_state(order, {OrderState.PARTLY_DELIVERED, OrderState.DELIVERED}, "order_not_disposable")
        lines = {line.position: line for line in order.lines.all()}
        left = {place: line.delivered - line.returned - line.disposed for place, line in lines.items()}
        chosen = _chosen(pieces, left)
        found = {place: _disposed(order, lines[place], count, left[place], at) for place, count in chosen.items()}
        amount = sum((each.gross for each in found.values()), start=Money.zero(order.currency))
        if amount:
            sold = [SoldLine(each.net, each.tax, lines[place].tax_code) for place, each in found.items() if each.gross]
            _post(by, at, order, sold, correction_of=order.reference)
        facts = {
            "pieces": {str(place): count for place, count in chosen.items()},
            "repaid": {str(place): list(map(list, each.parts)) for place, each in found.items() if each.parts},
            "how": how.value,
            "amount": str(amount),
        }
        _note(by, at, order, StepKind.DISPOSED, facts)
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


def _submission(by: Actor, key: str, act: str, *asked: Any) -> idempotency.Key | None:
    """What makes two submissions the same, for acts that could be done twice; None when whoever asks gave no key."""
    plain = [sorted(part.items()) if isinstance(part, Mapping) else part for part in asked]
    return idempotency.key_for(by, key, [act, plain]) if key else None


def _locked(by: Actor, at: datetime, reference: str) -> Order:
    """The order, locked until the transaction ends; NotThere when the actor may not even see it."""
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    found = Order.objects.select_for_update(of=("self",)).filter(visible, reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _awaiting(by: Actor, at: datetime, reference: str) -> Order:
    """The order, locked, if it waits and this actor may decide it."""
    order = _locked(by, at, reference)
    require(queries.may_decide(order, by, at.date()))
    _require_state(order, {OrderState.AWAITING_APPROVAL}, "order_not_waiting")
    return order


def _decided(order: Order, by: Actor, at: datetime, *, approved: bool, reason: str = "") -> ApprovalState:
    """Add this actor's word to the order's approval. Whoever holds the budget today may speak, also if she did not then."""
    kept = order.approval or {}
    asked, person = Approval.from_plain(kept), by.person or by.subject
    step = asked.current or asked.steps[0]
    steps = tuple(replace(each, who=each.who | {person}) if each is step else each for each in asked.steps)
    said = approvals.carried_on(replace(asked, steps=steps).decided_by(person, approved=approved, at=at, reason=reason))
    waits, units = said.current, kept.get("units", [kept["unit"]])
    unit = kept["unit"] if waits is None else units[said.steps.index(waits)]
    order.approval = {**kept, **said.plain(), "unit": unit}
    return said.state


def _unit_asked(order: Order) -> str:
    """Whose budget an order that waits asks now."""
    return str((order.approval or {})["unit"])


def _require_state(order: Order, states: set[OrderState], code: str) -> None:
    """Refusal of that code unless the order is in one of these states."""
    state = OrderState(order.state)
    if state not in states:
        raise Refusal(Reason.of(code, state=state.value))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal(Reason.of("reason_missing"), where="reason")
    if len(reason) > REASON_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=REASON_LENGTH_MAX), where="reason")


def _close(by: Actor, at: datetime, order: Order, state: OrderState) -> None:
    """End an order nothing of which was delivered: the state, and the allowance given back whole."""
    posted = OrderState(order.state) is OrderState.PLACED
    order.state = state.value
    order.save(update_fields=["state"])
    take(found=order, amount=_borne(order), used=-1, posted=-int(posted))
    sharing.keep(order, -_borne(order))
    for drawn in queries.drawn_of(order):
        _free_allowance(order, drawn, drawn.money.minor, drawn.units)
    let_go(by=by, at=at, pieces={line: line.quantity for line in order.lines.all()})


def _borne(order: Order) -> Money:
    """What the cost centre of the order bears of all of it."""
    currency = as_currency(order.currency)
    return budgets.borne(
        private=order.customer_id == order.person_id,
        net=Money(order.net_minor, currency),
        tax=Money(order.tax_minor, currency),
    )


def _give_budget_back(order: Order, back: Sequence[SoldLine]) -> None:
    """What came back, as negative lines, is not taken of the budget any more."""
    zero = Money.zero(order.currency)
    net, tax = (-sum(amounts, start=zero) for amounts in ([line.net for line in back], [line.tax for line in back]))
    amount = budgets.borne(private=order.customer_id == order.person_id, net=net, tax=tax)
    take(found=order, amount=amount, used=-1, posted=-1)
    sharing.keep(order, -amount)


def _free_allowance(order: Order, drawn: AllowanceDrawn, minor: int, units: int) -> None:
    """Give back to the very counter that was drawn on; what was ever drawn of a rolling limit stays counted."""
    AllowanceUse.objects.filter(
        person_id=order.person_id,
        scheme=drawn.scheme,
        period=drawn.period,
        counted=counted(drawn.limit, drawn.item),
    ).update(used_minor=F("used_minor") - minor, used_units=F("used_units") - units)


def _chosen(pieces: Mapping[int, int] | None, still_open: Mapping[int, int]) -> dict[int, int]:
    """The pieces chosen by line; Refusal for an unknown line, a negative count or nothing at all."""
    wanted = still_open if pieces is None else pieces
    for place, count in wanted.items():
        if place not in still_open or count < 0:
            raise Refusal(Reason.of("unknown_line", line=place), where=f"line {place}")
    chosen = {place: count for place, count in sorted(wanted.items()) if count}
    if not chosen:
        raise Refusal(Reason.of("nothing_chosen"))
    return chosen


def _advance(line: OrderLine, column: str, count: int, still_open: int, code: str, **more: Any) -> None:
    """Add to a counter of the line unless that is more than is open; ``more`` is set with it."""
    if count > still_open:
        reason = Reason.of(code, offering=line.name, quantity=count, open=still_open)
        raise Refusal(reason, where=f"line {line.position}")
    OrderLine.objects.filter(pk=line.pk).update(**{column: F(column) + count}, **more)


def _rest_called_off(by: Actor, at: datetime, order: Order, reason: str) -> OrderState:
    """Close an order of which some was handed over: what is open is given back as if it had been returned."""
    lines = list(order.lines.order_by("position"))
    left = {line.position: _undelivered(line) for line in lines if _undelivered(line)}
    OrderLine.objects.filter(order=order).update(cancelled=F("quantity") - F("delivered"))
    back = [_given_back(order, line, left[line.position]) for line in lines if line.position in left]
    _post(by, at, order, back, correction_of=order.reference)
    _give_budget_back(order, back)
    some_kept = any(line.delivered > line.returned for line in lines)
    order.state = (OrderState.DELIVERED if some_kept else OrderState.RETURNED).value
    order.save(update_fields=["state"])
    let_go(by=by, at=at, pieces={line: left.get(line.position, 0) for line in lines})
    amount = str(_amount(order, back))
    pieces = {str(place): count for place, count in left.items()}
    _note(by, at, order, StepKind.CANCELLED, {"pieces": pieces, "reason": reason, "amount": amount})
    told = OrderCancelled(**queries.order_facts(order), reason=reason, complete=False, amount=amount)
    outbox.announce(told, by=by, at=at)
    return OrderState(order.state)


def _undelivered(line: OrderLine) -> int:
    """Pieces of the line that the supplier still has to hand over."""
    return line.quantity - line.delivered - line.cancelled


def _amount(order: Order, back: Sequence[SoldLine]) -> Money:
    """What is given back for negative lines, tax included."""
    return -sum((line.net + line.tax for line in back), start=Money.zero(order.currency))


def _returned(order: Order, line: OrderLine, count: int, at: datetime) -> SoldLine:
    """Take back pieces of one line: the counter, the allowance, the cooling off, and the negative amounts for the books."""
    still = line.delivered - line.returned
    least = Least("received", still - count)
    _advance(line, "returned", count, still - line.disposed, "more_than_delivered", received=least)
    if order.person_id == order.customer_id:
        back = given_back(
            queries.quoted_line(line, order.currency), already=line.returned + line.cancelled, pieces=count
        )
        for scheme in dict.fromkeys(freed.scheme for freed in back.allowances):
            _count_back(order, line, scheme, at)
    return _given_back(order, line, count)


def _count_back(order: Order, line: OrderLine, scheme: str, at: datetime) -> None:
    """That an item of a scheme came back on that day: read by whatever prices it next (docs/decisions/0167)."""
    place = {"person_id": order.person_id, "scheme": scheme, "period": at.date().isoformat()}
    row, _new = AllowanceUse.objects.get_or_create(
        **place, counted=counted(CAME_BACK, line.code), defaults={"currency": order.currency}
    )
    AllowanceUse.objects.filter(pk=row.pk).update(used_units=F("used_units") + 1)


def _given_back(order: Order, line: OrderLine, count: int) -> SoldLine:
    """What pieces that come back or never went out give back: their allowance, and negative amounts for the books."""
    already = line.returned + line.cancelled
    back = given_back(queries.quoted_line(line, order.currency), already=already, pieces=count)
    for freed in back.allowances:
        for drawn in queries.drawn_of(order):
            if drawn.scheme == freed.scheme and (not drawn.limit or line.code in drawn.offerings):
                _free_allowance(order, drawn, freed.money.minor, freed.units)
    return SoldLine(
        net=-back.net,
        tax=-back.tax,
        tax_code=line.tax_code,
        cost=None if back.cost is None else -back.cost,
        credited=None if back.credited is None else -back.credited,
    )


def _sold(order: Order) -> list[SoldLine]:
    lines = order.lines.order_by("position")
    return [_sold_line(queries.quoted_line(line, order.currency), line.tax_code) for line in lines]


def _sold_line(quoted: QuotedLine, tax_code: str) -> SoldLine:
    cost = deciding.absorbed_cost(quoted)
    return SoldLine(net=quoted.net, tax=quoted.tax, tax_code=tax_code, cost=cost, credited=quoted.credited)


def _negative(line: SoldLine) -> SoldLine:
    cost, credited = (None if each is None else -each for each in (line.cost, line.credited))
    return replace(line, net=-line.net, tax=-line.tax, cost=cost, credited=credited)


def _post(by: Actor, at: datetime, order: Order, sold: Sequence[SoldLine], correction_of: str | None = None) -> None:
    """Into the books, on the day: what lines of the order sell, or (negative) give back."""
    net = sum((line.net for line in sold), start=Money.zero(order.currency))
    shares = sharing.held(order) if correction_of is None else sharing.change(order, net)
    dealing = replace(_dealing(order), shares=shares)
    entries = deciding.entries_for(dealing, sold, correction_of=correction_of)
    ledger.post(by=by, at=at, entries=entries, on=at.date())


def _dealing(order: Order) -> Dealing:
    """The stored order as the books know it."""
    return Dealing(
        reference=order.reference,
        subject=order.subject,
        kind=Kind(order.books_kind),
        settlement=Settlement(order.settlement),
        supplier=order.supplier.code,
        supplier_company=order.supplier_company.code,
        customer=order.customer.code,
        customer_company=None if order.customer_company is None else order.customer_company.code,
        cost_centre=None if order.cost_centre is None else order.cost_centre.code,
        private=order.customer_id == order.person_id,
        agency=_agency(order),
    )


def _runs(order: Order) -> bool:
    """Whether it begins something that runs; such an order has one line."""
    offerings = catalogue.price_book().offerings
    return any(offerings[line.code].plan is not None for line in order.lines.all() if line.code in offerings)


def _agency(order: Order) -> Agency | None:
    """For whom it is sold, where it is an insurer's cover."""
    if not _runs(order):
        return None
    plan = catalogue.price_book().offerings[order.lines.get().code].plan
    return None if plan is None else running.agency_of(plan, order.supplier_company.code, order.placed_at.date())


def _note(by: Actor, at: datetime, order: Order, kind: StepKind, facts: dict[str, Any]) -> None:
    """One line of history and one of audit for the same act."""
    person = parties.keys().get(by.person) if by.person else None
    OrderStep.objects.create(order=order, at=at, subject=by.subject, person_id=person, kind=kind.value, facts=facts)
    audit.record(by=by, at=at, act=f"trade.{kind.value.lower()}", thing=order.reference, facts=facts)
