"""At the till: a code that its owner shows, and the one order it is consent to (decision 176)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inward.core.pricing import Wanted
from inward.core.terms import Money, Reason, Refusal
from inward.kit import audit, idempotency
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.kit.writing import GateClosed, Rows
from inward.parties import queries as parties
from inward.trade import policy, till
from inward.trade.deciding import Wish
from inward.trade.models import TillCode
from inward.trade.operations.handling import confirm_delivery
from inward.trade.operations.payments import mark_payment
from inward.trade.operations.placing import OrderReceipt, place
from inward.trade.vocabulary import OrderState, Settlement
from inward.trade.writing import Placing

GATE = "till"
_UNUSED_KEPT = timedelta(days=1)
"""How long a code that nothing was bought with is remembered, to say that it holds no longer."""


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A fresh code as it is shown, and until when it holds. It is told once: nobody can read it again."""

    code: str
    ends_at: datetime


def make_till_code(*, by: Actor, at: datetime) -> ShownCode:
    """Make a code for oneself; the one before holds no longer. Raises Refused for whoever is no person."""
    require(policy.may_show_code(by))
    code = "".join(secrets.choice(till.SIGNS) for _ in range(till.LENGTH))
    ends_at = at + till.HOLDS
    with transaction():
        before = TillCode.objects.filter(person__code=by.person)
        before.filter(ends_at__lte=at - _UNUSED_KEPT, sale=None).delete()
        before.filter(ends_at__gt=at).update(ends_at=at)
        TillCode.objects.create(
            person_id=parties.keys()[by.person or ""], digest=till.digest(code), made_at=at, ends_at=ends_at
        )
        audit.record(by=by, at=at, act="trade.make_till_code", thing=f"till code of {by.subject}", facts={})
    return ShownCode(till.grouped(code), ends_at)


def sell_at_till(
    *,
    by: Actor,
    at: datetime,
    code: str,
    lines: Sequence[Wanted],
    expected: Money,
    key: str,
    settlement: Settlement | None = None,
    payment: str = "",
) -> OrderReceipt:
    """Sell to whoever showed the code, at the price that was told, and hand over. ``payment`` is the reference of a payment made
    elsewhere, which whoever serves has seen.

    1. The same submission again gets the same receipt.      3. Write the order, gated by the code's one use.
    2. Refuse a code that holds no longer, and what may not  4. Note that everything was handed over.
       be sold so.                                        5. Note that a payment made elsewhere came.
    Raises Refused, Refusal (till_…, terms_not_accepted, what cannot be ordered so), PriceChanged, AllowanceSpent, KeyReused.
    """
    require(policy.may_serve(by, on=at.date()))
    submission = idempotency.key_for(by, key, _body(code, lines, expected, settlement, payment))
    earlier = idempotency.earlier(submission)
    if earlier is not None:
        return OrderReceipt.from_plain(earlier)
    shown, person = till.owner(code, viewer=by, at=at)
    till.decided(person, lines, viewer=by, at=at, settlement=settlement, payment=payment)

    def used_up(placing: Placing) -> Rows:
        return Rows(
            table="trade_tillsale",
            columns=("code_id", "order_id", "at", "subject"),
            types=("bigint", "bigint", "timestamptz", "text"),
            rows=((shown.pk, placing.id, at, by.subject),),
            gate=GATE,
        )

    wish = Wish(person, person, tuple(lines), settlement, payment=payment)
    try:
        hers = parties.subject_of(person)
        receipt = place(by=by, at=at, wish=wish, expected=expected, submission=submission, subject=hers, also=used_up)
    except (GateClosed, Refusal) as closed:
        again = idempotency.earlier(submission)
        if again is not None:
            return OrderReceipt.from_plain(again)
        if isinstance(closed, GateClosed) and closed.name == GATE:
            raise Refusal(Reason.of("till_code_used"), where="code") from closed
        raise
    if receipt.state is not OrderState.DELIVERED:  # what runs is handed over by beginning
        confirm_delivery(by=by, at=at, reference=receipt.reference, key=f"till {receipt.reference}")
    if payment:
        mark_payment(by=by, at=at, reference=receipt.reference, found=True)
    return receipt


def _body(
    code: str, lines: Sequence[Wanted], expected: Money, settlement: Settlement | None, payment: str
) -> dict[str, object]:
    return {
        "code": till.digest(code),
        "lines": [[line.offering, line.quantity] for line in lines],
        "expected": str(expected),
        "settlement": None if settlement is None else settlement.value,
        **({"payment": payment} if payment else {}),
    }
