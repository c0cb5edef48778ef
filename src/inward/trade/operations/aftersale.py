"""After a sale: what a supplier promises to everybody, and faults that are reported and answered (docs/decisions/0187)."""

from collections.abc import Collection
from datetime import datetime

from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, outbox, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import aftersale, policy, queries
from inward.trade.aftersale import Promise
from inward.trade.announcements import FaultAnswered, FaultReported
from inward.trade.models import Order, OrderFault, ReturnPromise
from inward.trade.vocabulary import Fault, FaultAnswer

DAYS_MAX = 3650
MONTHS_MAX = 600
WORDS_MAX = 500


def promise_returns(*, by: Actor, at: datetime, supplier: str, promise: Promise) -> None:
    """Say within how many days a supplier takes back and for how long it stands for faults; orders of before keep what they had.

    1. Refuse what policy refuses, and days or months that are none.  2. Keep it beside what was promised before.  3. Bump, audit.
    Raises Refused, NotThere (no such supplier), Refusal.
    """
    require(policy.may_say_handover(by, supplier=supplier, on=at.date()))
    key = parties.keys().get(supplier)
    if key is None:
        raise NotThere
    for figure, most in ((promise.return_days, DAYS_MAX), (promise.guarantee_months, MONTHS_MAX)):
        if figure is not None and not 0 <= figure <= most:
            raise Refusal(Reason.of("promise_unfit", days=DAYS_MAX, months=MONTHS_MAX), where="return_days")
    figures = {"return_days": promise.return_days, "guarantee_months": promise.guarantee_months}
    with transaction():
        locks.advisory(f"returns:{supplier}")
        ReturnPromise.objects.create(supplier_id=key, since=at, **figures)
        versions.bump(aftersale.VERSION)
        audit.record(by=by, at=at, act="trade.promise_returns", thing=f"returns {supplier}", facts=figures)


def report_fault(
    *, by: Actor, at: datetime, reference: str, position: int, pieces: int, fault: Fault, words: str
) -> None:
    """Say that pieces of a line are faulty. Nothing is posted by it: the supplier repairs, replaces, takes back or says why not.

    1. Lock the order; refuse what policy refuses, no words, a line of which not so much is there, and one whose fault waits.
    2. Keep it, audit, announce FaultReported. Raises NotThere, Refused, Refusal.
    """
    _check_words(words)
    with transaction():
        order = _locked(by, at, reference)
        require(policy.may_report_fault(by, order=queries.order_parties(order), on=at.date()))
        line = order.lines.filter(position=position).first()
        if line is None or hasattr(order, "running"):
            raise Refusal(Reason.of("unknown_line", line=position), where="position")
        if not 1 <= pieces <= aftersale.there(line):
            left = aftersale.there(line)
            raise Refusal(Reason.of("more_than_there", offering=line.name, quantity=pieces, open=left), where="pieces")
        if order.faults.filter(line=line, answer="").exists():
            raise Refusal(Reason.of("fault_waits", offering=line.name))
        made = OrderFault.objects.create(
            order=order,
            line=line,
            pieces=pieces,
            fault=fault.value,
            words=words.strip(),
            reported_at=at,
            person_id=parties.keys().get(by.person or ""),
        )
        facts = {"line": position, "pieces": pieces, "fault": fault.value}
        audit.record(by=by, at=at, act="trade.report_fault", thing=order.reference, facts=facts)
        outbox.announce(FaultReported(**queries.order_facts(order), fault=made.pk), by=by, at=at)


def answer_fault(*, by: Actor, at: datetime, reference: str, fault: int, answer: FaultAnswer, words: str = "") -> None:
    """Say what becomes of a fault that was reported. That pieces were taken back is said by taking them back, which answers it.

    1. Lock the order; refuse what policy refuses, a fault that does not wait, and no words where it is not made good.
    2. Keep it, audit, announce FaultAnswered. Raises NotThere, Refused, Refusal.
    """
    if answer is FaultAnswer.NOT_COVERED:
        _check_words(words)
    elif len(words) > WORDS_MAX:
        raise Refusal(Reason.of("text_too_long", most=WORDS_MAX), where="words")
    with transaction():
        order = _locked(by, at, reference)
        require(policy.may_deliver(by, order=queries.order_parties(order), on=at.date()))
        if answer is FaultAnswer.TAKEN_BACK:
            raise Refusal(Reason.of("fault_taken_back_by_return"), where="answer")
        row = order.faults.filter(pk=fault, answer="").first()
        if row is None:
            raise Refusal(Reason.of("fault_not_waiting"))
        _answered(by, at, order, row, answer, words.strip())


def taken_back(*, by: Actor, at: datetime, order: Order, positions: Collection[int]) -> None:
    """That pieces of these lines were taken back answers what was reported of them. Within the transaction that takes them back."""
    for row in order.faults.filter(line__position__in=positions, answer="").order_by("id"):
        _answered(by, at, order, row, FaultAnswer.TAKEN_BACK, "")


def forget_faults(*, by: Actor, at: datetime, person_id: int) -> int:
    """Forget what an erased person said in words of faults, and was answered; returns of how many. Raises Refused."""
    require(policy.may_forget_words(by))
    with transaction():
        keys = list(
            OrderFault.objects.filter(person_id=person_id)
            .exclude(words="", answer_words="")
            .values_list("pk", flat=True)
        )
        if keys:
            OrderFault.objects.filter(pk__in=keys).update(words="", answer_words="")
            audit.record(by=by, at=at, act="trade.forget_faults", thing="faults", facts={"faults": len(keys)})
    return len(keys)


def _answered(by: Actor, at: datetime, order: Order, row: OrderFault, answer: FaultAnswer, words: str) -> None:
    """Keep the answer, note it in the audit without its words, tell whoever reported."""
    OrderFault.objects.filter(pk=row.pk).update(
        answer=answer.value, answer_words=words, answered_at=at, answered_by_id=parties.keys().get(by.person or "")
    )
    audit.record(by=by, at=at, act="trade.answer_fault", thing=order.reference, facts={"answer": answer.value})
    reported = "" if row.person is None else row.person.code
    told = FaultAnswered(**queries.order_facts(order), fault=row.pk, reported_by=reported, answer=answer.value)
    outbox.announce(told, by=by, at=at)


def _locked(by: Actor, at: datetime, reference: str) -> Order:
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    found = Order.objects.select_for_update(of=("self",)).filter(visible, reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _check_words(words: str) -> None:
    if not words.strip():
        raise Refusal(Reason.of("reason_missing"), where="words")
    if len(words) > WORDS_MAX:
        raise Refusal(Reason.of("text_too_long", most=WORDS_MAX), where="words")
