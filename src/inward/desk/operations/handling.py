"""What the service does with a case, and what whoever asked says at its end. Each act names the version of the case it saw."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db.models import Q

from inward.core.terms import Reason, Refusal
from inward.desk import cases, clocks, handing, policy, queries
from inward.desk.announcements import CaseAssigned, CaseClosed
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseState, Impact, Side, TaskState, Urgency
from inward.desk.models import SUBJECT_LENGTH_MAX, Case, CaseConcern, CaseTask, Queue, TimeSpent
from inward.desk.operations.steps.acting import As, Work, acting, usable_text
from inward.desk.operations.steps.ending import call_solved, close
from inward.desk.operations.steps.saying import Upload, attach, reopen, said, take
from inward.desk.operations.steps.searching import find_anew, findable
from inward.desk.vocabulary import PRIORITIES, HoldReason
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties

MINUTES_MAX = 24 * 60
WORDS_LENGTH_MAX = 1000


def assign(*, by: Actor, at: datetime, case: str, owner: str | None, seen: int | None = None) -> None:
    """Say whose a case is: oneself takes it on at once; a colleague is told and takes it on by acting; None puts it back.

    1. Refuse what policy refuses, what is over, and whoever could not handle it.   2. Keep; audit, announce CaseAssigned.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="assign", seen=seen) as work:
        _require_open(work)
        if owner is not None and owner == by.person:
            work.case.owner_id = parties.keys()[owner]
            if work.state is CaseState.NEW:
                take(work)
            else:
                work.happen(CaseAct.TAKEN)
            return
        _give(work, owner)


def _give(work: Work, owner: str | None) -> None:
    """To a colleague who may handle it, or back to everybody; it is new again until somebody takes it on."""
    case, about = work.case, _about(work.case)
    if owner is not None and owner not in handing.fit(
        case, handing.handlers(case.queue, at=work.at), about=about, at=work.at
    ):
        raise Refusal(Reason.of("case_owner_unfit"), where="owner")
    before = case.owner_id
    case.owner_id = None if owner is None else parties.keys()[owner]
    if case.owner_id == before:
        return
    work.happen(CaseAct.HANDED_OVER, owner=owner or "")
    if work.state is CaseState.OPEN:
        work.stands(CaseState.NEW)
    if owner is not None:
        work.tell(CaseAssigned)


def hand_over(*, by: Actor, at: datetime, case: str, queue: str, words: str, seen: int | None = None) -> None:
    """Hand a case to another queue, with a note why; what was promised goes on, on the calendar of whoever serves now.

    1. Refuse what policy refuses, what is over, no words, a closed queue, and one that is open for a confidential case.
    2. Keep; what is written is found by the others from now on.   3. Audit, announce CaseAssigned (no owner).
    """
    text = usable_text(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="hand_over", seen=seen, facts={"queue": queue}) as work:
        _require_open(work)
        found = Queue.objects.filter(code=queue, closed_at=None).first()
        if found is None:
            raise NotThere
        if found.pk == work.case.queue_id:
            raise Refusal(Reason.of("queue_is_the_same"), where="queue")
        if work.case.confidential and not found.confidential:
            raise Refusal(Reason.of("case_stays_confidential"), where="queue")
        work.say(Side.SERVICE, text, note=True)
        _move(work, found)


def _move(work: Work, found: Queue) -> None:
    case, codes = work.case, parties.known().codes
    before, after = codes[case.supplier_id], codes[found.supplier_id]
    work.happen(CaseAct.HANDED_OVER, queue=found.code)
    on = work.at.date()
    if after != before and clocks.calendar_of(after, on) is not None:
        work.happen(CaseAct.MOVED, calendar=after, on=on.isoformat())
    case.queue, case.supplier_id, case.owner_id = found, found.supplier_id, None
    if found.confidential and not case.confidential:
        case.confidential = True
        if case.person_id is not None:
            CaseConcern.objects.get_or_create(case=case, person_id=case.person_id)
    work.stands(CaseState.NEW)
    find_anew(case)
    work.tell(CaseAssigned)


def pause(
    *,
    by: Actor,
    at: datetime,
    case: str,
    reason: HoldReason,
    words: str = "",
    until: date | None = None,
    uploads: Sequence[Upload] = (),
    seen: int | None = None,
) -> None:
    """Let a case wait, for a reason; for whoever asked, ``words`` are the question put to her. It goes on by itself on ``until``.

    1. Refuse what policy refuses, what is over or waits already, no question for whoever asked, no day or one not to come.
    2. Keep; audit, announce CaseWritten for a question.
    """
    with acting(
        by=by, at=at, case=case, part=As.SERVICE, act="pause", seen=seen, facts={"reason": reason.value}
    ) as work:
        _require_open(work)
        if work.state is CaseState.WAITING:
            raise Refusal(Reason.of("case_waits_already"))
        if (until is None) == (reason is HoldReason.AGREED_DAY) or (until is not None and until <= at.date()):
            raise Refusal(Reason.of("case_wait_day"), where="until")
        if reason is HoldReason.CUSTOMER:
            attach(work, said(work, words), uploads)
        elif words.strip():
            findable(work.case, work.say(Side.SERVICE, words, note=True))
        take(work)
        work.happen(CaseAct.PAUSED, reason=reason.value, until=None if until is None else until.isoformat())
        work.stands(CaseState.WAITING)
        work.case.waits_for, work.case.until = reason.value, until


def resume(*, by: Actor, at: datetime, case: str, seen: int | None = None) -> None:
    """Go on with what waited."""
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="resume", seen=seen) as work:
        if work.state is not CaseState.WAITING:
            raise Refusal(Reason.of("case_waits_not"))
        _resume(work)


def weigh(*, by: Actor, at: datetime, case: str, impact: Impact, urgency: Urgency, seen: int | None = None) -> None:
    """Say how many cannot work and how long it can wait; priority follows, and with it what is due when."""
    facts = {"impact": impact.value, "urgency": urgency.value}
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="weigh", seen=seen, facts=facts) as work:
        _require_open(work)
        found, priority = work.case, PRIORITIES[impact, urgency]
        found.impact, found.urgency = impact.value, urgency.value
        if priority.value != found.priority:
            found.priority = priority.value
            work.happen(CaseAct.REPRIORITISED, priority=priority.value)


def promise_anew(*, by: Actor, at: datetime, case: str, words: str, seen: int | None = None) -> None:
    """Let what is promised today hold for a case, in place of the version it was opened with; with a note why.

    Only for better or worse as today's rule says; what was missed stays missed. Refusal where nothing else is promised.
    """
    text = usable_text(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="promise_anew", seen=seen) as work:
        _require_open(work)
        codes, on = parties.known().codes, at.date()
        supplier, customer = codes[work.case.supplier_id], codes[work.case.customer_id]
        found = queries.promise_between(supplier=supplier, customer=customer, on=on)
        if found is None or work.case.standard_id in (None, found.record.key):
            raise Refusal(Reason.of("nothing_else_promised"))
        work.case.standard_id = found.record.key
        work.happen(CaseAct.PROMISED_ANEW, standard=found.record.key)
        findable(work.case, work.say(Side.SERVICE, text, note=True))


def rename(*, by: Actor, at: datetime, case: str, subject: str) -> None:
    """Call a case otherwise, so that others find it."""
    plain = " ".join(subject.replace("\0", "").split())
    if not plain or len(plain) > SUBJECT_LENGTH_MAX:
        raise Refusal(Reason.of("case_subject_unfit", most=SUBJECT_LENGTH_MAX), where="subject")
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="rename") as work:
        work.case.subject = plain
        work.happen(CaseAct.RENAMED)
        find_anew(work.case)


def solve(
    *, by: Actor, at: datetime, case: str, words: str, uploads: Sequence[Upload] = (), seen: int | None = None
) -> None:
    """Say that it is solved, and how; whoever asked is asked whether it is.

    1. Refuse what policy refuses, what is over, no words, and what is blocked by tasks or by parts that are not done.
    2. Keep the answer; audit, announce CaseSolved.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="solve", seen=seen) as work:
        _require_open(work)
        _require_unblocked(work.case)
        if work.state is CaseState.WAITING:
            _resume(work)
        attach(work, said(work, words), uploads)
        work.told.clear()  # one letter: that it is solved, with these words
        call_solved(work)


def confirm(*, by: Actor, at: datetime, case: str, solved: bool, words: str = "") -> None:
    """Say, as whoever asked, whether it is solved. Yes closes it; no, with a word why, opens it again with its clock.

    1. Refuse what policy refuses, what nobody called solved, and a no without a word.  2. Keep.  3. Audit, announce.
    """
    if len(words) > WORDS_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=WORDS_LENGTH_MAX), where="words")
    with acting(by=by, at=at, case=case, part=As.CUSTOMER, act="confirm", facts={"solved": solved}) as work:
        if work.state is not CaseState.SOLVED:
            raise Refusal(Reason.of("case_not_solved", state=work.case.state))
        if solved:
            work.case.solved, work.case.solved_words = True, words.strip()
            work.happen(CaseAct.CONFIRMED, solved=True)
            close(work)
            return
        text = usable_text(words)
        work.case.solved_words = text
        work.happen(CaseAct.CONFIRMED, solved=False)
        reopen(work)
        findable(work.case, work.say(Side.CUSTOMER, text))
        work.happen(CaseAct.ASKED)


def open_again(*, by: Actor, at: datetime, case: str, words: str) -> None:
    """Open again, as the service, what was called solved too early."""
    text = usable_text(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="open_again") as work:
        reopen(work)
        findable(work.case, work.say(Side.SERVICE, text, note=True))


def withdraw(*, by: Actor, at: datetime, case: str, words: str = "") -> None:
    """Ask no longer. Refusal for what is over."""
    with acting(by=by, at=at, case=case, part=As.CUSTOMER, act="withdraw") as work:
        _require_open(work)
        if words.strip():
            findable(work.case, work.say(Side.CUSTOMER, words))
        work.happen(CaseAct.WITHDRAWN)
        work.stands(CaseState.WITHDRAWN)
        work.case.closed_at = work.at
        work.tell(CaseClosed, how=CaseState.WITHDRAWN.value)


def spend(*, by: Actor, at: datetime, case: str, minutes: int, on: date | None = None, words: str = "") -> None:
    """Note how long one worked on it, today or on a day before."""
    day = on or at.date()
    if not 1 <= minutes <= MINUTES_MAX or day > at.date():
        raise Refusal(Reason.of("minutes_unfit", most=MINUTES_MAX), where="minutes")
    if len(words) > SUBJECT_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=SUBJECT_LENGTH_MAX), where="words")
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="spend", facts={"minutes": minutes}) as work:
        TimeSpent.objects.create(
            id=new_id(),
            case=work.case,
            person_id=parties.keys().get(by.person or ""),
            on=day,
            minutes=minutes,
            words=words.strip(),
            noted_at=work.at,
        )
        work.happen(CaseAct.SPENT, minutes=minutes)


def go_on(*, by: Actor, at: datetime) -> int:
    """Go on with what waited for a day that has come, and close what was called solved and nobody said a word about; returns how many.

    Each in a transaction of its own, and once, however often this runs.
    """
    require(policy.may_run_desk(by))
    today = at.date()
    waited = list(
        Case.objects.filter(state=CaseState.WAITING.value, until__lte=today)
        .order_by("id")
        .values_list("reference", flat=True)
    )
    for reference in waited:
        _by_itself(by, at, reference, CaseState.WAITING, _resume)
    silent = [found.reference for found in _solved_cases() if _silent(found, today)]
    for reference in silent:
        _by_itself(by, at, reference, CaseState.SOLVED, close)
    return len(waited) + len(silent)


def _by_itself(by: Actor, at: datetime, case: str, was: CaseState, then: Callable[[Work], None]) -> None:
    """Unless somebody was first."""
    with acting(by=by, at=at, case=case, part=As.ANYONE, act="go_on") as work:
        if work.state is was:
            then(work)


def _solved_cases() -> list[Case]:
    return list(Case.objects.filter(state=CaseState.SOLVED.value).select_related("queue").order_by("solved_at", "id"))


def _silent(found: Case, today: date) -> bool:
    last = cases.ends_on(found)
    return last is not None and today > last


def _resume(work: Work) -> None:
    work.happen(CaseAct.RESUMED)
    work.stands(CaseState.NEW if work.case.owner_id is None else CaseState.OPEN)


def _about(case: Case) -> frozenset[str]:
    codes = parties.known().codes
    return frozenset(codes[key] for key in CaseConcern.objects.filter(case=case).values_list("person_id", flat=True))


def _require_open(work: Work) -> None:
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state))


def _require_unblocked(case: Case) -> None:
    open_tasks = CaseTask.objects.filter(case=case, blocks=True, state=TaskState.OPEN.value).count()
    parts = Case.objects.filter(Q(parent=case), state__in=sorted(state.value for state in UNDER_WAY)).count()
    if open_tasks or parts:
        raise Refusal(Reason.of("case_blocked", tasks=open_tasks, parts=parts))
