"""Who may change what is offered and at which price, and who may see it. It reads only the actor.

Everybody who is signed in sees the catalogue: one shop for all. Prices and costs of a supplier are changed by its data
administrators; costs are seen by them, by its controllers and by those who serve for it.
"""

from datetime import date

from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal

DATA_ADMINISTRATOR, CONTROLLER, SELLER = "DATA_ADMINISTRATOR", "CONTROLLER", "SELLER"


def may_price(actor: Actor, *, supplier: str, on: date) -> Answer:
    """Change offerings, costs, prices, schemes and tax rates of a supplier."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds(DATA_ADMINISTRATOR, over=supplier, on=on):
        return ALLOWED
    return refusal(Reason.of("not_catalogue_keeper", supplier=supplier))


def may_arrange(actor: Actor, *, on: date) -> Answer:
    """Change categories, and see what others brought in: what concerns every supplier."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.parties(DATA_ADMINISTRATOR, on=on) is None:
        return ALLOWED
    return refusal(Reason.of("not_catalogue_keeper_of_all"))


def may_price_something(actor: Actor, *, on: date) -> Answer:
    """Look after what some supplier offers."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    suppliers = priced_by(actor, on=on)
    return ALLOWED if suppliers is None or suppliers else refusal(Reason.of("not_catalogue_keeper_of_any"))


def priced_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The suppliers whose offerings, prices and schemes this actor looks after; None for all of them."""
    return frozenset() if actor.nobody else actor.parties(DATA_ADMINISTRATOR, on=on)


def may_see_catalogue(actor: Actor) -> Answer:
    """Everybody who is signed in."""
    return refusal(Reason.of("no_actor")) if actor.nobody else ALLOWED


def costs_visible_to(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The suppliers whose costs this actor sees; None for all of them."""
    seen: frozenset[str] = frozenset()
    for role in (DATA_ADMINISTRATOR, CONTROLLER, SELLER):
        parties = actor.parties(role, on=on)
        if parties is None:
            return None
        seen |= parties
    return seen


def may_suspend(actor: Actor, *, supplier: str, person: str, on: date) -> Answer:
    """Suspend a person from a scheme, or lift that: whoever keeps the supplier's prices, never about oneself."""
    if not actor.nobody and actor.person == person:
        return refusal(Reason.of("suspension_of_oneself"))
    return may_price(actor, supplier=supplier, on=on)


def may_uphold(actor: Actor, *, supplier: str, person: str, begun_by: str, on: date) -> Answer:
    """Uphold a suspension: likewise, and never whoever began it."""
    answer = may_suspend(actor, supplier=supplier, person=person, on=on)
    if answer.allowed and actor.subject == begun_by:
        return refusal(Reason.of("suspension_needs_another"))
    return answer


def may_answer_suspension(actor: Actor, *, person: str) -> Answer:
    """Answer for oneself."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.person == person else refusal(Reason.of("suspension_answer_not_yours"))
