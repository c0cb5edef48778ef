"""Who may ask what would be: it goes through everybody's dealings, private ones too. No actor is a refusal."""

from datetime import date

from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.ledger import policy as books

_ROLES = ("DATA_ADMINISTRATOR", "CONTROLLER")


def may_look_again(actor: Actor) -> Answer:
    """Go through the dealings of everybody and list those whose verdict would be another one: the house itself."""
    return ALLOWED if actor.is_system else refusal(Reason.of("no_actor"))


def may_read_own(actor: Actor) -> Answer:
    """Read what is held on oneself: everybody who is somebody."""
    return refusal(Reason.of("no_actor")) if actor.nobody else ALLOWED


def may_disclose(actor: Actor, *, company: str, on: date) -> Answer:
    """Tell the related parties of a company and what was dealt with them: its controllers and auditors, who see its books.

    Not whoever looks after the data of everything: the figures are those of the books.
    """
    return books.may_see_books(actor, company=company, on=on)


def may_suppose(actor: Actor, *, on: date) -> Answer:
    """Data administrators and controllers of everything."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if any(actor.parties(role, on=on) is None for role in _ROLES):
        return ALLOWED
    return refusal(Reason.of("not_a_supposer"))
