"""The plan of an offering: that it runs on, how it is charged, for how long one is bound, who insures."""

from datetime import datetime

from inward.catalogue import policy
from inward.catalogue.changing import changing, offering_of
from inward.core.running import Plan, check_plan, plan_plain
from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import queries as parties


def set_plan(*, by: Actor, at: datetime, offering: str, plan: Plan | None, source: str = "") -> None:
    """Say by which plan an offering runs on; None: from now on it is sold once, as other things are.

    1. Refuse what policy refuses, a plan that cannot be, and an insurer nobody knows.
    2. Write.  3. Let the core check the book; bump, audit (what was and what is), announce.
    What runs already keeps the plan it was ordered by. Raises Refused, NotThere, Refusal.
    """
    found = offering_of(offering)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    if plan is not None:
        check_plan(plan, "plan")
        if plan.insurer not in (None, *parties.world().company):
            raise Refusal(Reason.of("unknown_party", id=plan.insurer), where="plan_insurer")
    facts = {"before": _said(found.plan), "source": source}
    with changing(by, at, "set_plan", "offering", offering, facts):
        found.plan = None if plan is None else plan_plain(plan)
        facts["after"] = _said(found.plan)
        found.save(update_fields=["plan"])


def _said(plan: dict[str, object] | None) -> str:
    """A plan in one line of the history."""
    return "" if plan is None else ", ".join(f"{name.removeprefix('plan_')} {value}" for name, value in plan.items())
