"""Deciding an order by the link of a letter, without signing in: looking shows, the button acts, and once.

The link names the person it was written to and one order, and carries nothing else: what she may decide is asked of her roles
at that moment, so that a role that ended, or an order that was decided, makes it a page that says so.
"""

from datetime import datetime

from inward.access import queries as access
from inward.core.terms import Reason, Refusal
from inward.kit import links
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import together
from inward.trade import queries
from inward.trade.letterlinks import PURPOSE
from inward.trade.operations.handling import approve_order, decline_order
from inward.trade.queries import OrderView
from inward.trade.vocabulary import OrderState


def order_by_letter(*, token: str, at: datetime) -> tuple[Actor, OrderView]:
    """Who would decide by the link, and the order. Nothing is done.

    Refusal for a link that does not hold, and where she may not decide it (any more); NotThere for what she may not see.
    """
    link = links.read(PURPOSE, token, at=at)
    holder = access.holder_of(str(link.payload["person"]))
    if holder is None:
        raise Refusal(Reason.of("link_not_valid"))
    actor = access.actor_for(holder.user, via="letter", at=at)
    found = queries.order(viewer=actor, at=at, reference=str(link.payload["order"]))
    if "decide" not in found.may:
        raise Refusal(Reason.of("order_not_waiting", state=found.row.state.value))
    require(found.may["decide"])
    return actor, found


def decide_by_letter(*, token: str, at: datetime, approved: bool, reason: str = "") -> OrderState:
    """Approve or decline the order by the link of a letter.

    1. Read who she is and the order, as looking does.  2. Use the link up.  3. Approve or decline as she would, signed in.
    Steps 2 and 3 are one transaction: what is refused leaves the link unused.
    """
    actor, found = order_by_letter(token=token, at=at)
    with together():
        links.use_up(PURPOSE, token, at=at)
        if approved:
            return approve_order(by=actor, at=at, reference=found.row.reference)
        return decline_order(by=actor, at=at, reference=found.row.reference, reason=reason)
