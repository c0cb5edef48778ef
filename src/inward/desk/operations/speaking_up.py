"""Writing to a speak-up line without a name, and writing on there by the code. The house acts, for somebody of whom it knows nothing.

Why it is so: docs/decisions/0200-who-speaks-up-is-nowhere.md.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from inward.core.terms import Reason, Refusal
from inward.desk import asking, clocks, handing, near, policy, queries, speakingup
from inward.desk.casewords import Impact, Side, Urgency
from inward.desk.models import RequestType, ReturnCode
from inward.desk.operations.asking import CaseReceipt
from inward.desk.operations.steps.acting import As, acting, note, usable_text
from inward.desk.operations.steps.opening import New, check_concerned, open_row
from inward.desk.operations.steps.saying import heard
from inward.kit import idempotency
from inward.kit.actor import Actor
from inward.kit.canonical import plain
from inward.kit.numbers import next_number
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties

_NO_ZONE = "UTC"


def speak_up(
    *,
    by: Actor,
    at: datetime,
    line: str,
    code: str,
    text: str,
    answers: Mapping[str, object] | None = None,
    concerned: Collection[str] = (),
) -> CaseReceipt:
    """Write to a line without a name; whoever has ``code`` (``speakingup.new_code``) comes back to it. The same code again is the same case.

    1. Refuse whoever has a name, what is no line (NotThere), answers and people that will not do, what nobody there could read.
    2. Keep case, first message and the digest of the code; audit, announce CaseOpened, all by the house.
    Raises Refused, Refusal, NotThere.
    """
    require(policy.may_write_unnamed(by))
    digest = speakingup.digest_of(code)
    once = idempotency.key_for(by, digest, plain([line, text, dict(answers or {}), sorted(concerned)]))
    earlier = idempotency.earlier(once)
    if earlier is not None:
        return CaseReceipt.from_plain(earlier)
    clocks.ready()
    near.ready()
    new, words = _read(at, line, text, answers or {}, frozenset(concerned))
    number = next_number("desk.case")

    def act() -> CaseReceipt:
        with transaction():
            work = open_row(by=by, at=at, new=new, number=number)
            if not handing.able(work.case, at=at):
                raise Refusal(Reason.of("nobody_may_read_it"), where="concerned")
            work.say(Side.CUSTOMER, words)
            _, fresh = ReturnCode.objects.get_or_create(digest=digest, defaults={"case": work.case})
            if not fresh:
                raise idempotency.KeyReused(digest)
            receipt = CaseReceipt(work.case.reference, number)
            note(work, "speak_up", {"queue": new.line.code})
            idempotency.keep(once, receipt.plain(), at=at)
            return receipt

    return idempotency.answered(once, act, again=CaseReceipt.from_plain)


def write_on(*, by: Actor, at: datetime, code: str, key: str, text: str) -> None:
    """Write on by the code; the same ``key`` again is the same message. What is over is opened again, as long as it can be.

    1. Refuse whoever has a name, a code that opens nothing (NotThere), and what is over for good.
    2. Keep the message; audit, announce CaseWritten (and CaseReopened), all by the house.
    """
    require(policy.may_write_unnamed(by))
    reference = speakingup.reference_by(code)
    once = idempotency.key_for(by, key, plain([reference, text]))
    if idempotency.earlier(once) is not None:
        return

    def act() -> None:
        with acting(by=by, at=at, case=reference, part=As.ANYONE, act="write_on") as work:
            heard(work, text, again=True)
            idempotency.keep(once, {}, at=at)

    idempotency.answered(once, act, again=lambda _receipt: None)


def _read(
    at: datetime, code: str, text: str, answers: Mapping[str, object], concerned: frozenset[str]
) -> tuple[New, str]:
    """What is written, read and judged, and its first words. The customer is the company itself: nobody else is known."""
    on = at.date()
    request = RequestType.objects.filter(code=code, protected=True, closed_at=None, queue__closed_at=None)
    found = request.select_related("queue").first()
    if found is None:
        raise NotThere
    check_concerned(concerned)
    supplier = parties.known().codes[found.queue.supplier_id]
    customer, calendar = parties.company_of(supplier, on=on), clocks.calendar_of(supplier, on)
    new = New(
        line=found.queue,
        customer=customer,
        person=None,
        subject=found.name,
        standing=queries.stand(supplier=supplier, customer=customer, on=on),
        promise=None,
        impact=Impact(found.impact),
        urgency=Urgency(found.urgency),
        request=found,
        answers=asking.read_answers(asking.read_questions(found.fields), answers),
        concerned=concerned,
        zone=_NO_ZONE if calendar is None else str(calendar.calendar.zone),
    )
    return new, usable_text(text)
