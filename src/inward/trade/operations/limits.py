"""Approval limits: above which total an order for a unit or company needs a budget holder."""

from datetime import datetime

from inward.core.terms import Money, Reason, Refusal
from inward.kit import audit, versions
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.trade import policy
from inward.trade.deciding import AMOUNT_MAX
from inward.trade.models import ApprovalLimit


def set_approval_limit(*, by: Actor, at: datetime, party: str, limit: Money | None, source: str = "") -> None:
    """Above which total orders for a unit or company (and what is below it) need a budget holder; None lifts it.

    1. Refuse what policy refuses, a limit below zero, and one in another currency than the company's books (where they
       are kept here).  2. Write.  3. Bump, audit (what it was and is).
    Raises Refused, Refusal, NotThere (no such unit or company).
    """
    on = at.date()
    company = parties.company_of(party, on=on)
    require(policy.may_set_limit(by, company=company, on=on))
    if limit is not None:
        _check(limit, party, company)
    with transaction():
        key = parties.keys()[party]
        before = ApprovalLimit.objects.filter(party_id=key).first()
        if limit is None:
            ApprovalLimit.objects.filter(party_id=key).delete()
        else:
            row = {"limit_minor": limit.minor, "currency": limit.currency}
            ApprovalLimit.objects.update_or_create(party_id=key, defaults=row)
        versions.bump("trade")
        facts = {"limit": str(limit), "before": _told(before), "after": str(limit or ""), "source": source}
        audit.record(by=by, at=at, act="trade.set_approval_limit", thing=party, facts=facts)


def _check(limit: Money, party: str, company: str) -> None:
    if not 0 <= limit.minor <= AMOUNT_MAX:
        raise Refusal(Reason.of("approval_limit_not_usable", limit=limit), where="limit")
    currency = ledger.prepared().currencies.get(company)
    if currency is not None and currency != limit.currency:
        reason = Reason.of("approval_limit_currency", currency=currency, unit=parties.name_of(party))
        raise Refusal(reason, where="currency")


def _told(row: ApprovalLimit | None) -> str:
    return "" if row is None else str(row.amount)
