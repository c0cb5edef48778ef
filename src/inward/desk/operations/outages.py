"""Outages: many cases with one cause, gathered under one, with one banner, one message and one closing.

No confidential case is gathered (docs/decisions/0197-an-order-that-needs-hands-is-a-case-of-its-own.md).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from inward.core.terms import Reason, Refusal
from inward.desk import cases, policy, procedures, queries
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseKind, Channel, Impact, LinkKind, Side, TaskState, Urgency
from inward.desk.models import Case, CaseLink, CaseTask, Outage, Queue
from inward.desk.operations.steps.acting import As, Work, acting, keep, locked, note, usable_text
from inward.desk.operations.steps.opening import New, open_row, usable_subject
from inward.desk.operations.steps.saying import said
from inward.desk.operations.steps.searching import findable
from inward.desk.operations.steps.standing import solved
from inward.kit import idempotency
from inward.kit.actor import Actor
from inward.kit.numbers import next_number
from inward.kit.policy import NotThere, refusal, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties

BANNER_LENGTH_MAX: Final = 1000
GATHERED_MAX: Final = 500


def open_outage(*, by: Actor, at: datetime, key: str, queue: str, subject: str, banner: str) -> str:
    """Say that something does not work for many; returns the reference of its case. The same ``key`` again is the same outage.

    1. Refuse who does not serve the department, a confidential queue, no words.
    2. Keep the case, for the department itself, most urgent, with its banner; audit, announce CaseOpened.
    """
    words = _banner(banner)
    once = idempotency.key_for(by, key, ["outage", queue, subject, banner])
    earlier = idempotency.earlier(once)
    if earlier is not None:
        return str(earlier["reference"])
    line = Queue.objects.filter(code=queue, closed_at=None).first()
    if line is None:
        raise NotThere
    supplier, on = parties.known().codes[line.supplier_id], at.date()
    if not policy.serves(by, supplier=supplier, on=on):
        require(refusal(Reason.of("not_case_handler", supplier=supplier)))
    if line.confidential:
        raise Refusal(Reason.of("case_stays_confidential"), where="queue")
    standing = queries.stand(supplier=supplier, customer=supplier, on=on)
    new = New(
        line=line,
        customer=supplier,
        person=None,
        subject=usable_subject(subject),
        standing=standing,
        promise=queries.promised_on(standing, supplier, on=on),
        impact=Impact.MANY,
        urgency=Urgency.NOW,
        channel=Channel.PAGE,
        kind=CaseKind.OUTAGE,
    )
    number = next_number("desk.case")

    def act() -> str:
        with transaction():
            work = open_row(by=by, at=at, new=new, number=number)
            Outage.objects.create(case=work.case, words=words)
            findable(work.case, work.say(Side.SERVICE, words))
            note(work, "open_outage", {"queue": queue})
            idempotency.keep(once, {"reference": work.case.reference}, at=at)
            return str(work.case.reference)

    return idempotency.answered(once, act, again=lambda kept: str(kept["reference"]))


def say_banner(*, by: Actor, at: datetime, case: str, banner: str) -> None:
    """Say otherwise what is shown where help is asked. NotThere for what is no outage."""
    words = _banner(banner)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="say_banner") as work:
        _require_outage(work)
        Outage.objects.filter(case=work.case).update(words=words)
        findable(work.case, work.say(Side.SERVICE, words))
        work.happen(CaseAct.ANSWERED)


def gather(*, by: Actor, at: datetime, outage: str, case: Collection[str]) -> int:
    """Gather cases under an outage; returns how many were not gathered there already. All or none.

    Refused for one the actor does not handle; Refusal for what is over, confidential, an outage itself, of another outage, or too many.
    """
    with transaction():
        works = _locked(by, at, {outage, *case})
        cause = works.pop(outage)
        _require_outage(cause)
        if Case.objects.filter(links__in=_links(cause)).count() + len(works) > GATHERED_MAX:
            raise Refusal(Reason.of("outage_gathers_many", most=GATHERED_MAX))
        return sum(_gather(cause, work) for work in works.values())


def tell_gathered(*, by: Actor, at: datetime, outage: str, text: str) -> int:
    """Write one message to whoever asked any of the gathered cases that are under way; returns to how many."""
    words = usable_text(text)
    with transaction():
        cause, works = _with_gathered(by, at, outage)
        findable(cause.case, cause.say(Side.SERVICE, words))
        cause.happen(CaseAct.ANSWERED)
        _end(cause, "tell_gathered", cases=len(works))
        for work in works:
            before = work.state, work.case.owner_id
            said(work, words)
            _end(work, "answer", changed=(work.state, work.case.owner_id) != before)
        return len(works)


def solve_outage(*, by: Actor, at: datetime, outage: str, words: str) -> tuple[str, ...]:
    """Solve an outage and all it gathered; returns the references of those that stay open because tasks, parts or steps block them.

    The outage itself is refused where it is blocked. One transaction: all that can be solved is, or nothing.
    """
    text = usable_text(words)
    with transaction():
        cause, works = _with_gathered(by, at, outage)
        blocked = [work for work in works if _blocked(work.case)]
        solved(cause, text)
        _end(cause, "solve", changed=True, cases=len(works) - len(blocked))
        for work in works:
            if work not in blocked:
                solved(work, text)
                _end(work, "solve", changed=True)
        return tuple(work.case.reference for work in blocked)


# --- inside ------------------------------------------------------------------------------------------------------------


def _banner(text: str) -> str:
    words = usable_text(text)
    if len(words) > BANNER_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=BANNER_LENGTH_MAX), where="banner")
    return words


def _locked(by: Actor, at: datetime, references: Iterable[str]) -> dict[str, Work]:
    """Every case, locked in the order of their references, and handled by the actor."""
    works = {}
    for reference in sorted(references):
        found = locked(by, at, reference)
        require(policy.may_handle(by, case=cases.parties_of(by, at, found), on=at.date()))
        works[reference] = Work(found, by, max(at, found.changed_at))
    return works


def _require_outage(work: Work) -> None:
    if work.case.kind != CaseKind.OUTAGE.value:
        raise NotThere
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state))


def _links(cause: Work) -> Any:
    return CaseLink.objects.filter(other=cause.case, kind=LinkKind.CAUSED_BY.value)


def _gather(cause: Work, work: Work) -> bool:
    if work.case.confidential:
        raise Refusal(Reason.of("case_stays_confidential"), where="case")
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state), where="case")
    others = CaseLink.objects.filter(
        case=work.case, kind=LinkKind.CAUSED_BY.value, other__kind=CaseKind.OUTAGE.value
    ).exclude(other=cause.case)
    if work.case.kind == CaseKind.OUTAGE.value or others.exists():
        raise Refusal(Reason.of("outage_gathers_once", case=work.case.number), where="case")
    _, fresh = CaseLink.objects.get_or_create(case=work.case, other=cause.case, kind=LinkKind.CAUSED_BY.value)
    if fresh:
        work.happen(CaseAct.LINKED, case=cause.case.number, kind=LinkKind.CAUSED_BY.value)
        _end(work, "gather", outage=cause.case.number)
    return fresh


def _with_gathered(by: Actor, at: datetime, outage: str) -> tuple[Work, list[Work]]:
    """The outage and the gathered cases that are under way and the actor handles, locked."""
    cause = cases.visible(by, at).filter(reference=outage).first()
    if cause is None:
        raise NotThere
    rows = cases.visible(by, at).filter(
        links__other=cause, links__kind=LinkKind.CAUSED_BY.value, state__in=sorted(state.value for state in UNDER_WAY)
    )
    mine = [row.reference for row in rows if policy.may_handle(by, case=cases.parties_of(by, at, row), on=at.date())]
    works = _locked(by, at, {outage, *mine})
    first = works.pop(outage)
    _require_outage(first)
    return first, [work for work in works.values() if work.state in UNDER_WAY]


def _blocked(found: Case) -> bool:
    tasks = CaseTask.objects.filter(case=found, blocks=True, state=TaskState.OPEN.value).exists()
    parts = found.children.filter(state__in=[state.value for state in UNDER_WAY]).exists()
    return tasks or parts or bool(procedures.in_the_way(found))


def _end(work: Work, act: str, *, changed: bool = False, **facts: Any) -> None:
    """Keep it; a new version where it stands otherwise."""
    if changed:
        work.case.version += 1
    keep(work)
    note(work, act, facts)
