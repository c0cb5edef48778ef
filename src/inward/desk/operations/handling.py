"""What the service does with a case, and what whoever asked says at its end. Each act names the version of the case it saw."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.desk import cases, policy, queries
from inward.desk.announcements import CaseClosed
from inward.desk.casewords import MINUTES_MAX, CaseAct, CaseState, Impact, Side, Urgency
from inward.desk.models import SUBJECT_LENGTH_MAX, Case
from inward.desk.operations.steps.acting import As, Work, acting, usable_text
from inward.desk.operations.steps.saying import Upload, attach, reopen, said, take
from inward.desk.operations.steps.searching import find_anew, findable
from inward.desk.operations.steps.spending import check_minutes, spent
from inward.desk.operations.steps.standing import (
    assigned,
    close,
    handed_over,
    require_open,
    resumed,
    solved,
    weighed,
)
from inward.desk.vocabulary import HoldReason
from inward.kit import versions
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import queries as parties

WORDS_LENGTH_MAX = 1000


def assign(*, by: Actor, at: datetime, case: str, owner: str | None, seen: int | None = None) -> None:
    """Say whose a case is: oneself takes it on at once; a colleague is told and takes it on by acting; None puts it back.

    1. Refuse what policy refuses, what is over, and whoever could not handle it.   2. Keep; audit, announce CaseAssigned.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="assign", seen=seen) as work:
        assigned(work, owner)


def hand_over(*, by: Actor, at: datetime, case: str, queue: str, words: str, seen: int | None = None) -> None:
    """Hand a case to another queue, with a note why; what was promised goes on, on the calendar of whoever serves now.

    1. Refuse what policy refuses, what is over, no words, a closed queue, and one that is open for a confidential case.
    2. Keep; what is written is found by the others from now on.   3. Audit, announce CaseAssigned (no owner).
    """
    text = usable_text(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="hand_over", seen=seen, facts={"queue": queue}) as work:
        handed_over(work, queue, text)


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
        require_open(work)
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
        resumed(work)


def weigh(*, by: Actor, at: datetime, case: str, impact: Impact, urgency: Urgency, seen: int | None = None) -> None:
    """Say how many cannot work and how long it can wait; priority follows, and with it what is due when."""
    facts = {"impact": impact.value, "urgency": urgency.value}
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="weigh", seen=seen, facts=facts) as work:
        weighed(work, impact, urgency)


def promise_anew(*, by: Actor, at: datetime, case: str, words: str, seen: int | None = None) -> None:
    """Let what is promised today hold for a case, in place of the version it was opened with; with a note why.

    Only for better or worse as today's rule says; what was missed stays missed. Refusal where nothing else is promised.
    """
    text = usable_text(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="promise_anew", seen=seen) as work:
        require_open(work)
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

    1. Refuse what policy refuses, what is over, no words, and what is blocked by tasks, parts or steps that are not done.
    2. Keep the answer; audit, announce CaseSolved.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="solve", seen=seen) as work:
        solved(work, words, uploads)


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
        require_open(work)
        if words.strip():
            findable(work.case, work.say(Side.CUSTOMER, words))
        work.happen(CaseAct.WITHDRAWN)
        work.stands(CaseState.WITHDRAWN)
        work.case.closed_at = work.at
        work.tell(CaseClosed, how=CaseState.WITHDRAWN.value)


def spend(*, by: Actor, at: datetime, case: str, minutes: int, on: date | None = None, words: str = "") -> None:
    """Note how long one worked on it, today or on a day before."""
    day = on or at.date()
    check_minutes(minutes)
    if day > at.date():
        raise Refusal(Reason.of("minutes_unfit", most=MINUTES_MAX), where="minutes")
    if len(words) > SUBJECT_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=SUBJECT_LENGTH_MAX), where="words")
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="spend", facts={"minutes": minutes}) as work:
        spent(work, minutes, on=day, words=words)


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
        _by_itself(by, at, reference, CaseState.WAITING, resumed)
    with versions.seen_once():  # as in one request: otherwise each day of each case looks for what is new
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
    """Whether nobody said a word for longer than its queue waits. So many days of work are never fewer days: that is asked first."""
    assert found.solved_at is not None  # it is called solved
    if (today - found.solved_at.date()).days <= found.queue.close_after:
        return False
    last = cases.ends_on(found)
    return last is not None and today > last
