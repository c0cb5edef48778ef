"""What a till reads: whose code was shown and what the lines cost her; and, for her, what became of her code.

A code is written in groups ("K7Q-M2X-PD9"); blanks, dashes and small letters are read alike.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import policy, queries
from inward.trade.deciding import Decision, Wish
from inward.trade.models import TillCode
from inward.trade.queries import QuoteView
from inward.trade.vocabulary import Settlement

HOLDS = timedelta(minutes=15)
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: nothing that is mistaken for another when read or typed."""
LENGTH, GROUP = 9, 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What its owner sees of her last code: until when it holds, and the order it was used for."""

    ends_at: datetime
    holds: bool
    order: str | None


def digest(code: str) -> str:
    """How a code is kept."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


def plain(code: str) -> str:
    """A code without what only makes it easier to read."""
    return "".join(sign for sign in code.upper() if sign not in "- \t")


def grouped(code: str) -> str:
    """A code as it is shown."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def last_shown(*, viewer: Actor, at: datetime) -> Shown | None:
    """What became of the viewer's last code; None where she never made one."""
    found = TillCode.objects.filter(person__code=viewer.person).select_related("sale__order").order_by("-id").first()
    if found is None:
        return None
    sale = getattr(found, "sale", None)
    order = None if sale is None else sale.order.reference
    return Shown(found.ends_at, holds=sale is None and at < found.ends_at, order=order)


def owner(code: str, *, viewer: Actor, at: datetime) -> tuple[TillCode, str]:
    """The code that was shown and whose it is. Refused who serves nobody; Refusal (till_code_…) for what holds no longer."""
    require(policy.may_serve(viewer, on=at.date()))
    found = TillCode.objects.filter(digest=digest(code)).select_related("person", "sale").first()
    if found is None:
        raise Refusal(Reason.of("till_code_unknown"), where="code")
    if hasattr(found, "sale"):
        raise Refusal(Reason.of("till_code_used"), where="code")
    if at >= found.ends_at:
        raise Refusal(Reason.of("till_code_over", minutes=HOLDS // timedelta(minutes=1)), where="code")
    return found, found.person.code


def decided(
    person: str,
    lines: Sequence[Wanted],
    *,
    viewer: Actor,
    at: datetime,
    settlement: Settlement | None = None,
    payment: str = "",
) -> Decision:
    """The decision on her purchase as if she asked herself; ``payment`` is the reference of one made elsewhere, as at a card terminal.
    Refused where the viewer may not sell this to her.

    Refusal till_needs_approval for a cost centre, whose budget holder would have to approve: she asks for that herself.
    """
    if settlement is Settlement.COST_CENTRE:
        raise Refusal(Reason.of("till_needs_approval"), where="settlement")
    decision = queries.decision_for(
        world=parties.world(purpose=Purpose.PRICE),
        book=catalogue.price_book(),
        wish=Wish(person, person, tuple(lines), settlement, payment=payment),
        on=at.date(),
    )
    order = policy.OrderParties(person, person, decision.supplier)
    require(policy.may_deliver(viewer, order=order, on=at.date()))
    return decision


def quote(*, viewer: Actor, at: datetime, code: str, lines: Sequence[Wanted]) -> QuoteView:
    """What the lines cost whoever showed the code. Raises what ``owner`` and ``decided`` raise."""
    _, person = owner(code, viewer=viewer, at=at)
    return queries.quote_view(decided(person, lines, viewer=viewer, at=at), viewer=viewer)
