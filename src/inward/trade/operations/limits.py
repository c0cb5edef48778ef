"""Approval limits: above which total an order for a unit or company needs a budget holder."""

from datetime import datetime

from inward.core.terms import Money
from inward.kit import audit, versions
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import policy
from inward.trade.models import ApprovalLimit


def set_approval_limit(*, by: Actor, at: datetime, party: str, limit: Money | None) -> None:
    """Above which total orders for a unit or company (and what is below it) need a budget holder; None lifts it."""
    on = at.date()
    company = parties.company_of(party, on=on)
    require(policy.may_set_limit(by, company=company, on=on))
    with transaction():
        key = parties.keys()[party]
        if limit is None:
            ApprovalLimit.objects.filter(party_id=key).delete()
        else:
            row = {"limit_minor": limit.minor, "currency": limit.currency}
            ApprovalLimit.objects.update_or_create(party_id=key, defaults=row)
        versions.bump("trade")
        audit.record(by=by, at=at, act="trade.set_approval_limit", thing=party, facts={"limit": str(limit)})
