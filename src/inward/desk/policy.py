"""Who says what is promised, and who reads it. No actor is a refusal."""

from datetime import date

from inward.kit.actor import Actor
from inward.kit.policy import Answer
from inward.parties import policy as parties


def may_promise(actor: Actor, *, company: str, on: date) -> Answer:
    """Say what a company or one of its departments promises: whoever looks after its data."""
    return parties.may_administer(actor, companies=[company], on=on)


def standards_kept_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The companies and departments whose promises this actor looks after; None for all of them."""
    return parties.calendars_kept_by(actor, on=on)
