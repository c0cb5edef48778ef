"""Who may choose how somebody is told, and who may read what she was told: only she herself."""

from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal


def may_choose_pace(actor: Actor, *, person: str) -> Answer:
    """Everybody for herself."""
    if actor.person is not None and actor.person == person:
        return ALLOWED
    return refusal(Reason.of("notice_not_yours"))


def notices_visible_to(actor: Actor) -> str | None:
    """The person whose notices this actor may read: her own; None for nobody."""
    return actor.person
