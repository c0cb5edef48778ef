"""Payroll is told in runs: each holds the difference to what was told before, and is never changed. Lines may be rejected."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, outbox
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import paylimits, payroll, policy, queries
from inward.trade.announcements import DeductionPutOff
from inward.trade.models import Order, PayCode, PayLine, PayRun
from inward.trade.vocabulary import PayKind

REASON_LENGTH_MAX = 200
MONTHS_APART_MAX = 12
"""So many months lie between the month of a run and its cut-off day: a slip in the year would stop every later run for good."""
_CODE = re.compile(r"[A-Za-z0-9.\-]{1,40}")


def make_pay_run(*, by: Actor, at: datetime, company: str, month: date, cut_off: date) -> str:
    """Tell payroll of the company for a month what has changed through the cut-off day; returns the run's key.

    1. Wait; refuse what policy refuses.                         3. Keep the run and its lines, with the codes of today.
    2. Refuse a day in the future or before the last run's,         Those that a limit by net pay does not let through are
       a month more than a year from that day, and a run            rejected at once; whoever pays is told.
       that would hold nothing.                                  4. Audit number, days and how many lines.
    Raises Refused, NotThere (no such company), Refusal.
    """
    require(policy.may_keep_benefit(by, company=company, on=at.date()))
    _check_known(company)
    if cut_off > at.date():
        raise Refusal(Reason.of("pay_run_in_future"), where="cut_off")
    if abs(_months(month) - _months(cut_off)) > MONTHS_APART_MAX:
        raise Refusal(Reason.of("pay_run_month_far", day=cut_off), where="month")
    keys = parties.keys()
    with transaction():
        locks.advisory(f"payroll:{company}")
        last = PayRun.objects.filter(company_id=keys[company]).order_by("-number").first()
        if last is not None and (cut_off < last.cut_off or month.replace(day=1) < last.month):
            reason = Reason.of("pay_run_before_last", number=last.number, day=last.cut_off)
            raise Refusal(reason, where="cut_off" if cut_off < last.cut_off else "month")
        found = payroll.proposed(company, cut_off=cut_off, on=at.date(), month=month)
        if not found.lines:
            why = "pay_run_unreckoned" if found.unreckoned else "pay_run_empty"
            raise Refusal(Reason.of(why, day=cut_off), where="cut_off")
        number, called = 1 if last is None else last.number + 1, payroll.codes(company)
        run = PayRun.objects.create(
            company_id=keys[company],
            number=number,
            month=month.replace(day=1),
            cut_off=cut_off,
            made_at=at,
            subject=by.subject,
            unreckoned=[
                {"person": keys[person], "year": of.key, "why": why.code} for person, of, why in found.unreckoned
            ],
        )
        PayLine.objects.bulk_create(
            (
                PayLine(
                    id=new_id(),
                    run=run,
                    person_id=keys[line.person],
                    kind=line.kind.value,
                    code=called[line.kind],
                    order_id=line.order,
                    tax_year=line.tax_year,
                    amount_minor=line.amount.minor,
                    currency=line.amount.currency,
                    rejected_at=at if line.put_off else None,
                    rejected_why=paylimits.PUT_OFF if line.put_off else "",
                )
                for line in found.lines
            ),
            batch_size=500,
        )
        _tell_put_off(by, at, run, [line.order for line in found.lines if line.put_off and line.order])
        told = {"month": run.month.isoformat(), "cut_off": cut_off.isoformat(), "lines": len(found.lines)}
        audit.record(by=by, at=at, act="trade.make_pay_run", thing=f"pay run {company}~{number}", facts=told)
    return f"{company}~{number}"


def _tell_put_off(by: Actor, at: datetime, run: PayRun, orders: Sequence[int]) -> None:
    """Announce each order whose deduction is put off in the month of a run, once however many runs the month has."""
    lines = PayLine.objects.filter(run__company_id=run.company_id, run__month=run.month, rejected_why=paylimits.PUT_OFF)
    before = set(lines.exclude(run=run).filter(order_id__in=orders).values_list("order_id", flat=True))
    found = Order.objects.filter(pk__in=set(orders) - before).select_related("customer", "supplier", "person")
    for order in found.order_by("pk"):
        facts = queries.order_facts(order)
        outbox.announce(DeductionPutOff(**facts, month=f"{run.month:%Y-%m}"), by=by, at=at)


def reject_pay_line(*, by: Actor, at: datetime, line: int, why: str) -> None:
    """Payroll could not take a line: it counts as not told, and the next run takes it up.

    1. Refuse what policy refuses: it is not there; nobody her own.  3. Mark it; it stays as it was.
    2. Wait; refuse no reason, and a line rejected already.           4. Audit without the person.
    Raises NotThere, Refused, Refusal.
    """
    found = payroll.line(viewer=by, at=at, id_=line)
    require(policy.may_reject_pay_line(by, company=found.company, person=found.person, rejected=False, on=at.date()))
    if not why.strip():
        raise Refusal(Reason.of("reason_missing"), where="why")
    if len(why) > REASON_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=REASON_LENGTH_MAX), where="why")
    with transaction():
        locks.advisory(f"payroll:{found.company}")
        open_ = PayLine.objects.filter(pk=line, rejected_at=None)
        if not open_.update(rejected_at=at, rejected_why=why.strip()):
            raise Refusal(Reason.of("pay_line_rejected"))
        facts = {"line": line, "kind": found.kind.value}
        audit.record(
            by=by, at=at, act="trade.reject_pay_line", thing=f"pay run {found.company}~{found.run}", facts=facts
        )


def set_pay_code(*, by: Actor, at: datetime, company: str, kind: PayKind, code: str) -> None:
    """Say what payroll of a company calls a kind of line; runs made before keep theirs.

    1. Refuse what policy refuses.  2. Refuse what cannot be a code.  3. Keep it.  4. Audit.

    Raises Refused, NotThere (no such company), Refusal.
    """
    require(policy.may_keep_benefit(by, company=company, on=at.date()))
    _check_known(company)
    if _CODE.fullmatch(code) is None:
        raise Refusal(Reason.of("pay_code_not_usable", code=code[:60]), where="code")
    with transaction():
        locks.advisory(f"payroll:{company}")
        key = parties.keys()[company]
        PayCode.objects.update_or_create(company_id=key, kind=kind.value, defaults={"code": code})
        facts = {"kind": kind.value, "code": code}
        audit.record(by=by, at=at, act="trade.set_pay_code", thing=f"pay codes {company}", facts=facts)


def _months(day: date) -> int:
    """How many months lie before the one of that day."""
    return day.year * 12 + day.month


def _check_known(company: str) -> None:
    """Whoever is payroll officer of everything may still name what is no company."""
    if company not in parties.world().company:
        raise NotThere
