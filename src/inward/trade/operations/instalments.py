"""Payroll says in how many parts its company deducts orders, and what becomes of open ones on leaving."""

from datetime import datetime

from inward.core.bookkeeping import PayRule
from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import instalments, policy
from inward.trade.models import PayParts

PARTS_MAX = 36
_LAST_DAY = 31


def set_pay_parts(*, by: Actor, at: datetime, company: str, rule: PayRule) -> None:
    """Say how a company deducts; orders of before keep what they were promised.

    1. Refuse what policy refuses.  2. Refuse parts and days that are none.  3. Keep it.  4. Bump, audit what it was and is.
    Raises Refused, NotThere (no such company), Refusal.
    """
    require(policy.may_keep_benefit(by, company=company, on=at.date()))
    if company not in parties.world().company:
        raise NotThere
    least = rule.part_min
    small = least is not None and least.minor < 0
    if not 1 <= rule.parts_max <= PARTS_MAX or not 1 <= rule.last_day <= _LAST_DAY or small:
        raise Refusal(Reason.of("pay_parts_unfit", most=PARTS_MAX), where="part_min" if small else "parts_max")
    with transaction():
        locks.advisory(f"payroll:{company}")
        before = instalments.rules().get(company)
        PayParts.objects.update_or_create(
            company_id=parties.keys()[company],
            defaults={
                "parts_max": rule.parts_max,
                "part_min_minor": None if least is None else least.minor,
                "currency": "" if least is None else least.currency,
                "last_day": rule.last_day,
                "leaving": rule.leaving.value,
            },
        )
        versions.bump(instalments.VERSION)
        facts = {"before": "" if before is None else _told(before), "after": _told(rule)}
        audit.record(by=by, at=at, act="trade.set_pay_parts", thing=f"pay parts {company}", facts=facts)


def _told(rule: PayRule) -> str:
    return f"{rule.parts_max} parts, least {rule.part_min or '–'}, through day {rule.last_day}, {rule.leaving.value}"
