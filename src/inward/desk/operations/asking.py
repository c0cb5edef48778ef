"""Asking for help: a case is opened, with what was promised for it on that day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inward.core.terms import Reason, Refusal
from inward.desk import asking, cases, clocks, helping, known_queues, near, policy, queries
from inward.desk.casewords import CaseKind, Channel, Impact, LinkKind, Side, Urgency
from inward.desk.models import CaseLink, Queue, RequestType
from inward.desk.operations.steps.acting import Work, note, usable_text
from inward.desk.operations.steps.opening import New, check_concerned, open_row, usable_subject
from inward.desk.operations.steps.saying import Upload, attach
from inward.desk.operations.steps.searching import findable
from inward.kit import idempotency
from inward.kit.actor import Actor
from inward.kit.canonical import plain
from inward.kit.numbers import next_number
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind


@dataclass(frozen=True, slots=True)
class CaseReceipt:
    """What whoever asks gets back: where the case is found, and its number. ``again`` marks a repeat."""

    reference: str
    number: int
    again: bool = False

    def plain(self) -> dict[str, Any]:
        """The receipt as it is kept under its idempotency key."""
        return {"reference": self.reference, "number": self.number}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "CaseReceipt":
        """The receipt of an earlier, equal submission."""
        return cls(plain["reference"], plain["number"], again=True)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: of a queue, or by a request type (then its queue); for oneself or a ``customer``.

    ``subject`` and ``text`` may be left to the request type. ``concerned`` are people a confidential case is about. ``follows`` is the
    reference of a case that cannot be opened again.
    """

    queue: str = ""
    request_type: str = ""
    subject: str = ""
    text: str = ""
    answers: Mapping[str, object] | None = None
    customer: str | None = None
    concerned: Collection[str] = ()
    impact: Impact | None = None
    urgency: Urgency | None = None
    channel: Channel = Channel.PAGE
    follows: str = ""
    order: str = ""

    def plain(self) -> Any:
        """All that makes two submissions the same."""
        words = self.queue, self.request_type, self.subject, self.text, self.customer, self.follows, self.order
        return plain([words, dict(self.answers or {}), sorted(self.concerned), self.impact, self.urgency, self.channel])


def open_case(*, by: Actor, at: datetime, key: str, ask: Ask, uploads: Sequence[Upload] = ()) -> CaseReceipt:
    """Ask for help; the same ``key`` again is the same case.

    1. Refuse what policy refuses, what is closed, whom the request is not for, answers that will not do, files of a sort not taken.
    2. Decide how the two stand and what is promised, on this day; of a bundle, to each department it is made of.
    3. Keep case, first message and files; give it to whoever takes it on; audit, announce CaseOpened.
    Raises Refused, Refusal, NotThere (no such queue or request).
    """
    once = idempotency.key_for(by, key, ask.plain())
    earlier = idempotency.earlier(once)
    if earlier is not None:
        return CaseReceipt.from_plain(earlier)
    clocks.ready()
    near.ready()
    known_queues.ready()
    new, words = _read(by, at, ask)
    parts = _parts(at, new)
    numbers = [next_number("desk.case") for _ in (new, *parts)]

    def act() -> CaseReceipt:
        with transaction():
            work = open_row(by=by, at=at, new=new, number=numbers[0])
            written = work.say(Side.CUSTOMER, words)
            attach(work, written, uploads)
            findable(work.case, written)
            _follow(work, ask.follows)
            for part, number in zip(parts, numbers[1:], strict=True):
                child = open_row(by=by, at=at, new=replace(part, parent=work.case), number=number)
                findable(child.case, child.say(Side.CUSTOMER, _part_words(new, part, words)))
                note(child, "open_case", {"queue": part.line.code})
            receipt = CaseReceipt(work.case.reference, work.case.number)
            note(work, "open_case", {"queue": new.line.code})
            idempotency.keep(once, receipt.plain(), at=at)  # last, so that all that waits is written with it
            return receipt

    return idempotency.answered(once, act, again=CaseReceipt.from_plain)


def _part_words(whole: New, part: New, words: str) -> str:
    """The first words of a part: those of the whole; what was asked in confidence tells an open queue what that asks for and no more."""
    if part.line.confidential or not whole.line.confidential or part.request is None:
        return words
    return _words_of(part.request, part.answers)


def _words_of(request: RequestType, answers: Mapping[str, str]) -> str:
    """The answers to the form of a request; one that asks nothing says enough by its name."""
    form = asking.read_questions(request.fields)
    return "\n".join(_said(each.label, answers[each.id]) for each in form if each.id in answers) or request.name


def _said(label: str, answer: str) -> str:
    """An answer to a question of the form, as one writes it; a question mark needs no colon after it."""
    return f"{label} {answer}" if label.endswith("?") else f"{label}: {answer}"


def _read(by: Actor, at: datetime, ask: Ask) -> tuple[New, str]:
    """What is asked, read and judged, and its first words."""
    on = at.date()
    request = _request(ask.request_type)
    line = _line(ask.queue) if request is None else request.queue
    supplier = parties.known().codes[line.supplier_id]
    customer = ask.customer or by.customer
    if customer is not None and parties.kind_of(customer) is None:
        raise NotThere
    require(
        policy.may_ask(by, customer=customer, supplier=supplier, employers=helping.employers(customer, on=on), on=on)
    )
    assert customer is not None  # policy refuses nobody
    check_concerned(ask.concerned)
    standing = queries.stand(supplier=supplier, customer=customer, on=on)
    if request is not None and not cases.may_be_asked_by(request, standing.kind, customer, on=on):
        raise Refusal(Reason.of("request_not_for_you", request=request.name), where="request_type")
    form = () if request is None else asking.read_questions(request.fields)
    answers = asking.read_answers(form, ask.answers or {})
    words = usable_text(ask.text) if ask.text.strip() or request is None else ""
    if request is not None:
        words = words or _words_of(request, answers)
    subject = usable_subject(ask.subject or ("" if request is None else request.name) or words.split("\n")[0])
    new = New(
        line=line,
        customer=customer,
        person=_person(by, at, supplier, customer),
        subject=subject,
        standing=standing,
        promise=queries.promised_on(standing, supplier, on=on),
        impact=ask.impact or (Impact.ONE if request is None else Impact(request.impact)),
        urgency=ask.urgency or (Urgency.SOON if request is None else Urgency(request.urgency)),
        channel=ask.channel,
        request=request,
        answers=answers,
        concerned=frozenset(ask.concerned),
        order=ask.order,
        kind=CaseKind.BUNDLE if request is not None and request.parts else CaseKind.HELP,
    )
    return new, words or subject


def _parts(at: datetime, new: New) -> tuple[New, ...]:
    """The cases of other departments a bundle is made of, each by how the customer stands to them, with the answers they ask for."""
    codes = () if new.request is None else tuple(new.request.parts)
    if not codes:
        return ()
    wanted = RequestType.objects.filter(code__in=codes, closed_at=None).select_related("queue")
    found = {row.code: row for row in wanted}
    return tuple(_as_part(at, new, found[code]) for code in codes if code in found)


def _as_part(at: datetime, new: New, request: RequestType) -> New:
    supplier, on = parties.known().codes[request.queue.supplier_id], at.date()
    standing = queries.stand(supplier=supplier, customer=new.customer, on=on)
    asked = {each.id for each in asking.read_questions(request.fields)}
    return replace(
        new,
        line=request.queue,
        subject=usable_subject(request.name),
        standing=standing,
        promise=queries.promised_on(standing, supplier, on=on),
        impact=Impact(request.impact),
        urgency=Urgency(request.urgency),
        request=request,
        answers={name: answer for name, answer in new.answers.items() if name in asked},
        kind=CaseKind.HELP,
    )


def _request(code: str) -> RequestType | None:
    if not code:
        return None
    found = RequestType.objects.filter(code=code, closed_at=None, queue__closed_at=None).select_related("queue").first()
    if found is None:
        raise NotThere
    return found


def _line(code: str) -> Queue:
    found = known_queues.called(code)
    if found is None or found.closed_at is not None:
        raise NotThere
    return found


def _person(by: Actor, at: datetime, supplier: str, customer: str) -> str | None:
    """Who asks: the customer where she is a person; else whoever asks for that department, unless a case handler wrote it down."""
    if parties.kind_of(customer) is PartyKind.PERSON:
        return customer
    taken_down = policy.serves(by, supplier=supplier, on=at.date()) and by.acting_for != customer
    return None if taken_down else by.person


def _follow(work: Work, reference: str) -> None:
    """Link it to the case that cannot be opened again, where whoever asks sees that one."""
    if not reference:
        return
    before = cases.visible(work.by, work.at).filter(reference=reference).first()
    if before is None:
        raise NotThere
    CaseLink.objects.create(case=work.case, other=before, kind=LinkKind.FOLLOWS.value)
