"""Payroll tells what people net a month, one or many at once; each reading of another's is noted, and nothing says how much."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, versions
from inward.kit.actor import Actor
from inward.kit.lists import Page
from inward.kit.policy import NotThere, require
from inward.kit.records import correct
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import benefit, netpay, policy
from inward.trade.models import NetPay
from inward.trade.netpay import PayView, Told

ROWS_MAX = 5_000
_AMOUNT_MAX = 10**16


def tell_net_pay(
    *, by: Actor, at: datetime, company: str, rows: Sequence[Told], valid_from: date, source: str = ""
) -> int:
    """Tell what people net a month from a day on; what was told of before holds until then. All rows or none; returns how many.

    1. Refuse what policy refuses, of each person.              3. Wait; end what held and keep what holds.
    2. Refuse no rows, too many, one person twice, an amount    4. Bump once, so that no order rests on what was; audit
       below nothing or too large.                                 without amounts.
    Raises Refused, NotThere (somebody who does not work there, is hidden, or is oneself), Refusal.
    """
    require(policy.may_keep_benefit(by, company=company, on=at.date()))
    if not rows or len(rows) > ROWS_MAX:
        raise Refusal(Reason.of("net_pay_rows_unfit", most=ROWS_MAX), where="rows")
    seen: set[str] = set()
    for row in rows:
        _check(by, at, company, row, seen)
    with transaction():
        locks.advisory(f"net pay:{company}")
        for row in rows:
            _keep(row, company, valid_from, at, source)
        versions.bump(netpay.VERSION)
        facts = {"company": company, "people": len(rows), "valid_from": valid_from.isoformat(), "source": source}
        audit.record(by=by, at=at, act="trade.tell_net_pay", thing="net pay", facts=facts)
    return len(rows)


def read_net_pays(*, by: Actor, at: datetime, params: Mapping[str, str]) -> Page[PayView]:
    """What is told of people's net pay, a page at a time. 1. Refuse what policy refuses.  2. Audit whose were read.  3. Answer."""
    page = netpay.told(viewer=by, at=at, params=params)
    if page.rows:
        subjects = parties.subjects_of([row.person.code for row in page.rows])
        read = ", ".join(subjects[row.person.code] for row in page.rows)
        with transaction():
            audit.record(by=by, at=at, act="trade.read_net_pays", thing="net pay", facts={"read": read})
    return page


def forget_net_pay(*, by: Actor, at: datetime, person_id: int) -> int:
    """Forget what an erased person netted, and all that was ever known of it; returns how many rows went.

    1. Refuse what policy refuses.  2. Remove; audit without her, where there was any. Raises Refused.
    """
    require(policy.may_forget_words(by))
    with transaction():
        count, _ = NetPay.objects.filter(person_id=person_id).delete()
        if count:
            audit.record(by=by, at=at, act="trade.forget_net_pay", thing="net pay", facts={"rows": count})
    return count


def _check(by: Actor, at: datetime, company: str, row: Told, seen: set[str]) -> None:
    try:
        benefit.require_keeping(by, person=row.person, company=company, on=at.date())
    except NotThere:
        raise Refusal(Reason.of("net_pay_of_nobody", person=row.person), where=row.where) from None
    if row.person in seen:
        raise Refusal(Reason.of("net_pay_told_twice", person=row.person), where=row.where)
    if not 0 <= row.amount.minor <= _AMOUNT_MAX:
        raise Refusal(Reason.of("net_pay_amount_unfit", person=row.person), where=row.where)
    seen.add(row.person)


def _keep(row: Told, company: str, since: date, at: datetime, source: str) -> None:
    """What held on the day ends there; what was told of a later day stays as it is."""
    keys = parties.keys()
    said = {"amount_minor": row.amount.minor, "currency": row.amount.currency, "source": source[:200]}
    facts = NetPay.objects.current().filter(person_id=keys[row.person], company_id=keys[company])
    same = facts.filter(valid_from=since).first()
    if same is not None:
        correct(same, at=at, **said)
        return
    later = facts.filter(valid_from__gt=since).order_by("valid_from").values_list("valid_from", flat=True).first()
    before = facts.on(since).first()
    if before is not None:
        correct(before, at=at, valid_until=since)
    NetPay.objects.create(
        person_id=keys[row.person],
        company_id=keys[company],
        valid_from=since,
        valid_until=later,
        known_from=at,
        **said,
    )
