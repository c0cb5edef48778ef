"""Standard procedures: said by departments, followed step by step on cases. Audited.

A run needs no start: it is the version of the day the case was opened (docs/decisions/0195-a-run-is-of-the-version-of-its-day.md).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from inward.core.terms import Reason, Refusal
from inward.core.worktime import elapsed
from inward.desk import asking, clocks, policy, procedures, steps
from inward.desk.announcements import ReviewOverdue
from inward.desk.casewords import UNDER_WAY, CaseAct, Side
from inward.desk.models import Procedure, RequestType, RunStep
from inward.desk.operations.steps.acting import As, Work, acting, usable_text
from inward.desk.operations.steps.keeping import check_texts, require_keeper
from inward.desk.operations.steps.saying import Upload, attach
from inward.desk.operations.steps.searching import findable
from inward.desk.steps import EvidenceKind, Need, Recorded, Step, StepState
from inward.kit import audit, locks, outbox
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import end, in_order, take_over
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

WORDS_LENGTH_MAX: Final = 4000
REQUESTS_MAX: Final = 50
REVIEW_JOB: Final = "desk.tell_review"
_LOCK: Final = "procedures"


def set_procedure(
    *,
    by: Actor,
    at: datetime,
    code: str,
    supplier: str,
    name: str,
    owner: str,
    review_by: date,
    steps: Sequence[Mapping[str, Any]],
    words: str = "",
    requests: Collection[str] = (),
    valid_from: date | None = None,
    source: str = "",
) -> None:
    """From a day on a department works so; the version before ends the day before, one of that very day is corrected.

    1. Refuse what policy refuses, what cannot be a code or a name, another's code, an owner nobody knows, a review that is past.
    2. Refuse steps that cannot be followed, and request types that are not of this department.   3. Keep the version, audit.
    Raises Refused, Refusal, NotThere (no such department).
    """
    if parties.kind_of(supplier) not in (PartyKind.COMPANY, PartyKind.UNIT):
        raise NotThere
    require_keeper(by, at, supplier)
    check_texts(code, name, words, most=WORDS_LENGTH_MAX)
    if parties.kind_of(owner) is not PartyKind.PERSON:
        raise Refusal(Reason.of("procedure_owner_unfit"), where="owner")
    if review_by < (valid_from or at.date()):
        raise Refusal(Reason.of("procedure_review_past"), where="review_by")
    read = _read(steps, requests, supplier)
    with transaction():
        locks.advisory(_LOCK)
        running = in_order(Procedure.objects.current().filter(code=code))
        if any(row.supplier_id != parties.keys()[supplier] for row in running):
            raise Refusal(Reason.of("queue_code_of_another", code=code), where="code")
        fresh = Procedure(
            code=code,
            supplier_id=parties.keys()[supplier],
            name=name.strip(),
            words=words.strip(),
            owner_id=parties.keys()[owner],
            review_by=review_by,
            requests=sorted(set(requests)),
            steps=read,
            source=source,
        )
        take_over(running, fresh, since=valid_from, at=at)
        facts = {"supplier": supplier, "valid_from": valid_from, "source": source}
        audit.record(by=by, at=at, act="desk.set_procedure", thing=f"{code} procedure", facts=facts)
        _plan_review(fresh, at)


def _plan_review(row: Procedure, at: datetime) -> None:
    """Plan that somebody is told when the day has gone by, wherever the department is."""
    payload = {"procedure": row.code, "review_by": row.review_by.isoformat()}
    due = outbox.over_everywhere(row.review_by)
    outbox.schedule(REVIEW_JOB, due, payload=payload, key=f"{row.code} {row.review_by}", at=at)


def tell_review(*, by: Actor, at: datetime, procedure: str, review_by: date) -> bool:
    """Tell that a procedure was to be looked at again by a day that went by; False where it was, or is followed no more.

    1. Refuse anybody but the house.   2. Announce ReviewOverdue, if that day is still the one of the version in force.
    """
    require(policy.may_run_desk(by))
    with transaction():
        rows = Procedure.objects.current().on(at.date()).filter(code=procedure, review_by=review_by)
        found = rows.select_related("supplier", "owner").first()
        if found is None:
            return False
        told = ReviewOverdue(
            procedure=procedure,
            procedure_name=found.name,
            supplier=found.supplier.code,
            owner=found.owner.code,
            review_by=review_by.isoformat(),
        )
        outbox.announce(told, by=by, at=at)
    return True


def end_procedure(*, by: Actor, at: datetime, code: str, valid_until: date, source: str = "") -> None:
    """From ``valid_until`` on it is followed no more on what is opened; runs that began go on. Raises Refused, Refusal, NotThere."""
    with transaction():
        locks.advisory(_LOCK)
        running = in_order(Procedure.objects.current().filter(code=code).select_related("supplier"))
        if not running:
            raise NotThere
        require_keeper(by, at, running[-1].supplier.code)
        end(running, until=valid_until, at=at, source=source)
        facts = {"valid_until": valid_until, "source": source}
        audit.record(by=by, at=at, act="desk.end_procedure", thing=f"{code} procedure", facts=facts)


def do_step(
    *,
    by: Actor,
    at: datetime,
    case: str,
    procedure: str,
    step: str,
    evidence: str = "",
    uploads: Sequence[Upload] = (),
) -> None:
    """Say that a step was done, with the evidence it wants; files become a note of the case.

    1. Refuse what policy refuses, what is over, a step that is not asked, is another's, was recorded, and evidence that will not do.
    2. Keep, with the working time since what was recorded before it; audit.
    """
    facts = {"procedure": procedure, "step": step}
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="do_step", facts=facts) as work:
        row, found = _asked_step(work, procedure, step)
        _require_doer(by, at, row, found)
        text = steps.check_evidence(found, evidence, files=len(uploads))
        kept = _keep(work, row, found, StepState.DONE, text)
        if uploads:
            note = work.say(Side.SERVICE, found.title, note=True)
            attach(work, note, uploads)
            findable(work.case, note)
            kept.message = note
        kept.save(force_insert=True)
        work.happen(CaseAct.STEP_DONE, **facts)


def skip_step(*, by: Actor, at: datetime, case: str, procedure: str, step: str, words: str) -> None:
    """Say that a step was skipped, and why. A blocking one is skipped by who owns the procedure, or a service owner.

    Refused, Refusal (over, not asked, recorded already, no words), NotThere.
    """
    facts = {"procedure": procedure, "step": step}
    text = _reason(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="skip_step", facts=facts) as work:
        row, found = _asked_step(work, procedure, step)
        codes = parties.known().codes
        owner, supplier = codes[row.owner_id], codes[row.supplier_id]
        if found.blocks:
            require(policy.may_skip_blocking(by, owner=owner, supplier=supplier, on=at.date()))
        _keep(work, row, found, StepState.SKIPPED, text).save(force_insert=True)
        work.happen(CaseAct.STEP_SKIPPED, **facts)


def sign_step(*, by: Actor, at: datetime, case: str, procedure: str, step: str) -> None:
    """Sign what somebody else did. Refusal for what wants no signature, is not done, is signed, and for whoever did it."""
    facts = {"procedure": procedure, "step": step}
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="sign_step", facts=facts) as work:
        _require_open(work)
        _row, found, kept = _recorded_step(work, procedure, step)
        if found.evidence is not EvidenceKind.SIGNED or kept.state != StepState.DONE.value or kept.signed_at:
            raise Refusal(Reason.of("step_nothing_to_sign", step=found.title))
        me = parties.keys().get(by.person or "")
        if me is None or me == kept.person_id:
            raise Refusal(Reason.of("step_signed_by_another", step=found.title))
        kept.signed_by_id, kept.signed_at = me, work.at
        kept.save(update_fields=["signed_by", "signed_at"])
        work.happen(CaseAct.STEP_SIGNED, **facts)


def take_step_back(*, by: Actor, at: datetime, case: str, procedure: str, step: str, words: str) -> None:
    """Say that a step was not done after all, and why; it is to be done again. The events of the case keep that it was recorded."""
    facts = {"procedure": procedure, "step": step}
    text = _reason(words)
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="take_step_back", facts=facts) as work:
        _require_open(work)
        _row, found, kept = _recorded_step(work, procedure, step)
        kept.delete()
        findable(work.case, work.say(Side.SERVICE, f"{found.title}: {text}", note=True))
        work.happen(CaseAct.STEP_TAKEN_BACK, **facts)


# --- inside ------------------------------------------------------------------------------------------------------------


def _reason(words: str) -> str:
    text = usable_text(words)
    if len(text) > WORDS_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=WORDS_LENGTH_MAX), where="words")
    return text


def _read(given: Sequence[Mapping[str, Any]], requests: Collection[str], supplier: str) -> list[dict[str, Any]]:
    """The steps as they are kept: people are known, questions are asked by one of the request types, which are the department's."""
    read = steps.read_steps(list(given))
    rows = list(
        RequestType.objects.filter(
            code__in=requests, queue__supplier__code=supplier, closed_at=None, queue__closed_at=None
        )
    )
    if len(set(requests)) > REQUESTS_MAX or {row.code for row in rows} != set(requests):
        raise Refusal(Reason.of("procedure_requests", most=REQUESTS_MAX), where="requests")
    questions = {each.id for row in rows for each in asking.read_questions(row.fields)}
    for number, each in enumerate(read):
        if each.person and parties.kind_of(each.person) is not PartyKind.PERSON:
            raise Refusal(Reason.of("task_owner_unfit"), where=f"steps[{number}].person")
        if each.when is not None and each.when.question and each.when.question not in questions:
            raise Refusal(
                Reason.of("step_question_unknown", question=each.when.question), where=f"steps[{number}].when.question"
            )
    return steps.as_json(read)


def _of_case(work: Work, procedure: str, step: str) -> tuple[Procedure, tuple[Step, ...], Step]:
    row = next((each for each in procedures.of_case(work.case) if each.code == procedure), None)
    if row is None:
        raise NotThere
    read = steps.read_steps(row.steps)
    found = next((each for each in read if each.id == step), None)
    if found is None:
        raise NotThere
    return row, read, found


def _asked_step(work: Work, procedure: str, step: str) -> tuple[Procedure, Step]:
    """A step that is asked now and was not recorded."""
    _require_open(work)
    row, read, found = _of_case(work, procedure, step)
    known: dict[str, Recorded] = procedures.recorded(work.case, row)
    if found.id in known:
        raise Refusal(Reason.of("step_recorded", step=found.title))
    if steps.needs(read, work.case.answers, known)[found.id] is not Need.ASKED:
        raise Refusal(Reason.of("step_not_asked", step=found.title))
    return row, found


def _recorded_step(work: Work, procedure: str, step: str) -> tuple[Procedure, Step, RunStep]:
    row, _read_steps, found = _of_case(work, procedure, step)
    kept = RunStep.objects.filter(case=work.case, procedure=row, step=step).first()
    if kept is None:
        raise Refusal(Reason.of("step_not_recorded", step=found.title))
    return row, found, kept


def _require_doer(by: Actor, at: datetime, row: Procedure, found: Step) -> None:
    supplier = parties.known().codes[row.supplier_id]
    require(policy.may_do_step(by, role=found.role.value, person=found.person, supplier=supplier, on=at.date()))


def _keep(work: Work, row: Procedure, found: Step, state: StepState, evidence: str) -> RunStep:
    return RunStep(
        case=work.case,
        procedure=row,
        step=found.id,
        state=state.value,
        evidence=evidence,
        person_id=parties.keys().get(work.by.person or ""),
        at=work.at,
        seconds=_seconds(work),
    )


def _seconds(work: Work) -> int | None:
    """Working time of the department since what was recorded before it on this case, or since it was opened; None without a calendar."""
    calendar = clocks.calendar_of(parties.known().codes[work.case.supplier_id], work.at.date())
    if calendar is None:
        return None
    before = RunStep.objects.filter(case=work.case).order_by("-at").values_list("at", flat=True).first()
    return int(elapsed(calendar, before or work.case.opened_at, work.at))


def _require_open(work: Work) -> None:
    if work.state not in UNDER_WAY:
        raise Refusal(Reason.of("case_is_over", state=work.case.state))
