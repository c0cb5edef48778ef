"""Cases and other cases: joined, parted, linked, done in parts by other departments. None of it lets anybody see more than before."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.desk import cases, policy, queries
from inward.desk.announcements import CaseClosed, CaseOpened
from inward.desk.casewords import MOVES_CLOCKS, UNDER_WAY, CaseAct, CaseKind, CaseState, Impact, LinkKind, Side, Urgency
from inward.desk.models import (
    Case,
    CaseConcern,
    CaseEvent,
    CaseLink,
    CaseMessage,
    CaseWatcher,
    MessageFile,
    Queue,
    ReturnCode,
)
from inward.desk.operations.steps.acting import As, Work, acting, keep, locked, note, usable_text
from inward.desk.operations.steps.opening import New, open_row, usable_subject
from inward.desk.operations.steps.searching import findable
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.numbers import next_number
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties

PARTS_MAX: Final = 50
_COPIED: Final = frozenset(MOVES_CLOCKS) - {CaseAct.WITHDRAWN}


def join(*, by: Actor, at: datetime, case: str, into: str, seen: int | None = None) -> None:
    """Join a case to another that is about the same; it goes on there, with the earlier clock and both threads.

    1. Lock both in the order of their references; refuse what policy refuses of either, what is over, a confidential one with an
       open one, and confidential ones of different customers.
    2. Whoever asked the one follows the other; keep both; audit, announce CaseClosed.
    """
    with transaction():
        first, second = sorted((case, into))
        rows = {each: locked(by, at, each) for each in (first, second)} if first != second else {}
        if not rows:
            raise Refusal(Reason.of("case_joined_to_itself"), where="into")
        source, target = Work(rows[case], by, _at(rows, at)), Work(rows[into], by, _at(rows, at))
        for work in (source, target):
            require(policy.may_handle(by, case=cases.parties_of(by, at, work.case), on=at.date()))
            if work.state not in UNDER_WAY:
                raise Refusal(Reason.of("case_is_over", state=work.case.state))
        _check_alike(source.case, target.case)
        _join(source, target)
        for work, act in ((source, "join"), (target, "take_in")):
            work.case.version += 1
            keep(work)
            note(work, act, {"case": source.case.number, "into": target.case.number})


def _join(source: Work, target: Work) -> None:
    source.happen(CaseAct.JOINED, into=target.case.number)
    source.happen(CaseAct.WITHDRAWN)
    source.stands(CaseState.JOINED)
    source.case.joined_to, source.case.closed_at = target.case, source.at
    Case.objects.filter(joined_to=source.case).update(joined_to=target.case)
    target.happen(CaseAct.MERGED, since=source.case.opened_at.isoformat(), case=source.case.number)
    followers = {source.case.person_id, *source.case.watchers.values_list("person_id", flat=True)}
    if not target.case.confidential:
        for key in sorted(key for key in followers if key not in (None, target.case.person_id)):
            CaseWatcher.objects.get_or_create(case=target.case, person_id=key)
    for key in source.case.concerned.values_list("person_id", flat=True):
        CaseConcern.objects.get_or_create(case=target.case, person_id=key)
    source.tell(CaseClosed, how=CaseState.JOINED.value)


def part(
    *, by: Actor, at: datetime, case: str, messages: Collection[int], subject: str, seen: int | None = None
) -> str:
    """Make a case of its own of some messages: it has a copy of them and of the clock; returns its reference.

    1. Refuse what policy refuses, what is over, and messages that are not of this case.
    2. Keep the new case with the events so far, and both linked.   3. Audit, announce CaseOpened.
    """
    number = next_number("desk.case")
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="part", seen=seen) as work:
        if work.state not in UNDER_WAY:
            raise Refusal(Reason.of("case_is_over", state=work.case.state))
        chosen = list(CaseMessage.objects.filter(case=work.case, pk__in=set(messages)).order_by("id"))
        if not chosen or len(chosen) != len(set(messages)):
            raise Refusal(Reason.of("messages_unfit"), where="messages")
        fresh = _copy(work, number, subject)
        for each in chosen:
            _copy_message(fresh, each)
        CaseLink.objects.create(case=fresh.case, other=work.case, kind=LinkKind.PARTED_FROM.value)
        work.happen(CaseAct.PARTED, case=number)
        fresh.tell(CaseOpened)
        note(fresh, "open_case", {"queue": work.case.queue.code})
    return str(fresh.case.reference)


def _copy(work: Work, number: int, subject: str) -> Work:
    """A new case as the other one stands, opened when that was, with the events its clocks follow from."""
    events = list(CaseEvent.objects.filter(case=work.case).order_by("id"))
    concerned = list(work.case.concerned.values_list("person_id", flat=True))
    values = {
        field.attname: getattr(work.case, field.attname)
        for field in Case._meta.concrete_fields
        if field.name not in ("id", "reference", "number", "subject", "answers", "version", "joined_to")
    }
    if values["kind"] in (CaseKind.FULFILMENT.value, CaseKind.OUTAGE.value):
        values["kind"] = CaseKind.HELP.value  # an order is handed over once, and an outage shows one banner
    made = Case(reference=public_reference(), number=number, subject=usable_subject(subject), **values)
    fresh = Work(made, work.by, work.at, started=True)
    fresh.happened = [
        CaseEvent(id=new_id(), case=made, at=each.at, act=each.act, subject=each.subject, facts=each.facts)
        for each in events
        if CaseAct(each.act) in _COPIED
    ]
    keep(fresh)
    CaseConcern.objects.bulk_create([CaseConcern(case=made, person_id=key) for key in concerned])
    return fresh


def _copy_message(fresh: Work, each: CaseMessage) -> None:
    copy = CaseMessage(
        id=new_id(),
        case=fresh.case,
        at=each.at,
        person_id=each.person_id,
        side=each.side,
        note=each.note,
        text=each.text,
    )
    copy.save(force_insert=True)
    MessageFile.objects.bulk_create(
        [MessageFile(message=copy, file_id=key) for key in each.attached.values_list("file_id", flat=True)]
    )
    findable(fresh.case, copy)


def link(*, by: Actor, at: datetime, case: str, other: str, kind: LinkKind) -> None:
    """Say that a case belongs to another one that one sees. Who sees only one of them is not told of the other."""
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="link", facts={"kind": kind.value}) as work:
        found = cases.visible(by, at).filter(reference=other).first()
        if found is None:
            raise NotThere
        if found.pk == work.case.pk:
            raise Refusal(Reason.of("case_joined_to_itself"), where="other")
        _, fresh = CaseLink.objects.get_or_create(case=work.case, other=found, kind=kind.value)
        if fresh:
            work.happen(CaseAct.LINKED, case=found.number, kind=kind.value)


def unlink(*, by: Actor, at: datetime, case: str, other: str, kind: LinkKind) -> None:
    """Say that it does not belong to it after all."""
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="unlink", facts={"kind": kind.value}) as work:
        gone, _ = CaseLink.objects.filter(case=work.case, other__reference=other, kind=kind.value).delete()
        if not gone:
            raise NotThere


def ask_others(*, by: Actor, at: datetime, case: str, queue: str, subject: str, text: str) -> str:
    """Ask another department for a part of a case: a case of its own, with a promise and clock of its own, asked for the department that
    serves this one. Returns its reference. The case is not solved before its parts are done.
    """
    number = next_number("desk.case")
    words = usable_text(text)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="ask_others", facts={"queue": queue}) as work:
        if work.state not in UNDER_WAY:
            raise Refusal(Reason.of("case_is_over", state=work.case.state))
        if work.case.children.count() >= PARTS_MAX:
            raise Refusal(Reason.of("too_many_parts", most=PARTS_MAX))
        line = Queue.objects.filter(code=queue, closed_at=None).first()
        if line is None:
            raise NotThere
        if work.case.confidential and not line.confidential:
            raise Refusal(Reason.of("case_stays_confidential"), where="queue")
        codes, on = parties.known().codes, at.date()
        supplier, asks = codes[line.supplier_id], codes[work.case.supplier_id]
        standing = queries.stand(supplier=supplier, customer=asks, on=on)
        new = New(
            line=line,
            customer=asks,
            person=by.person,
            subject=usable_subject(subject),
            standing=standing,
            promise=queries.promised_on(standing, supplier, on=on),
            impact=Impact(work.case.impact),
            urgency=Urgency(work.case.urgency),
            concerned=_concerned(work.case),
            parent=work.case,
        )
        made = open_row(by=by, at=work.at, new=new, number=number)
        findable(made.case, made.say(Side.CUSTOMER, words))
        note(made, "open_case", {"queue": line.code})
        work.happen(CaseAct.LINKED, case=number, kind="PART")
    return str(made.case.reference)


def _concerned(case: Case) -> frozenset[str]:
    """Whom a confidential case is about, by code: its part is about them too."""
    codes = parties.known().codes
    return frozenset(codes[key] for key in case.concerned.values_list("person_id", flat=True))


def _check_alike(source: Case, target: Case) -> None:
    if source.confidential != target.confidential:
        raise Refusal(Reason.of("case_stays_confidential"), where="into")
    if source.confidential and source.customer_id != target.customer_id:
        raise Refusal(Reason.of("cases_of_two_customers"), where="into")
    if ReturnCode.objects.filter(case__in=(source, target)).exists():  # its code would open the other's words
        raise Refusal(Reason.of("unnamed_not_joined"), where="into")


def _at(rows: dict[str, Case], at: datetime) -> datetime:
    return max(at, *(row.changed_at for row in rows.values()))
