"""Several acts in one press, and what a queue does by itself: macros and rules are kept, and done.

A macro is done by a person, all of it or nothing. A rule is done as the house, within what its keeper could do herself, and stopped where
rules go in a circle (docs/decisions/0196-whoever-can-help-is-told-in-her-own-hours.md).
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from inward.access import queries as access
from inward.core.terms import Reason, Refusal
from inward.desk import acts, cases, macros, policy
from inward.desk.acts import Act, ActKind
from inward.desk.announcements import CaseWritten
from inward.desk.casewords import UNDER_WAY, CaseAct, RuleWhen, Side
from inward.desk.models import Case, CaseEvent, Macro, Queue, QueueRule, RequestType, RuleRun
from inward.desk.operations.steps.acting import As, Work, acting, end, locked
from inward.desk.operations.steps.keeping import check_texts, require_keeper
from inward.desk.operations.steps.saying import noted, said, watched
from inward.desk.operations.steps.searching import findable
from inward.desk.operations.steps.standing import assigned, handed_over, solved, weighed
from inward.kit import audit, vocabularies
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

RULES_MAX: Final = 50
ROUND_MAX: Final = 10
"""So many acts of rules, without a person in between, are a circle."""
RULES: Final = Actor.system("desk.rules")
log = logging.getLogger("inward.desk")


# --- kept ---------------------------------------------------------------------------------------------------------------


def set_macro(*, by: Actor, at: datetime, code: str, queue: str, name: str, given: Sequence[Mapping[str, Any]]) -> None:
    """Say what case handlers of a queue may do with one press; one act that answers is a reply.

    Raises Refused, Refusal (code, name, acts, another's code), NotThere (no such queue, person or queue in the acts).
    """
    check_texts(code, name, "")
    read = acts.read_acts(list(given))
    with transaction():
        line = _kept(by, at, queue)
        _check_named(read, line)
        found = Macro.objects.filter(code=code).first()
        if found is not None and found.queue_id != line.pk:
            raise Refusal(Reason.of("queue_code_of_another", code=code), where="code")
        values = {"queue": line, "name": name.strip(), "acts": acts.as_json(read), "closed_at": None}
        Macro.objects.update_or_create(code=code, defaults=values)
        audit.record(by=by, at=at, act="desk.set_macro", thing=f"{code} macro", facts={"queue": queue})


def close_macro(*, by: Actor, at: datetime, code: str) -> None:
    """Let a macro be done no more. NotThere where there is none that is open."""
    with transaction():
        found = Macro.objects.filter(code=code, closed_at=None).select_related("queue").first()
        if found is None:
            raise NotThere
        _kept(by, at, found.queue.code)
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        audit.record(by=by, at=at, act="desk.close_macro", thing=f"{code} macro", facts={})


def set_rule(
    *,
    by: Actor,
    at: datetime,
    code: str,
    queue: str,
    name: str,
    when: RuleWhen,
    given: Sequence[Mapping[str, Any]],
    conditions: Mapping[str, Any] | None = None,
    position: int = 0,
    keeper: str | None = None,
) -> None:
    """Say what a queue does by itself; whoever says so keeps it, unless it is somebody else (``keeper``) who handles its cases.

    1. Refuse what policy refuses, a keeper who is nobody, too many rules.  2. Refuse conditions and acts that cannot be.  3. Keep, audit.
    Raises Refused, Refusal, NotThere.
    """
    check_texts(code, name, "")
    read, fit = acts.read_acts(list(given), by_rule=True), macros.read_conditions(conditions)
    person = keeper or by.person
    if person is None or parties.kind_of(person) is not PartyKind.PERSON:
        raise Refusal(Reason.of("rule_keeper_unfit"), where="keeper")
    with transaction():
        line = _kept(by, at, queue)
        _check_named(read, line)
        if RequestType.objects.filter(queue=line, code__in=fit.requests).count() != len(set(fit.requests)):
            raise Refusal(Reason.of("rule_requests"), where="conditions.requests")
        found = QueueRule.objects.filter(code=code).first()
        if found is not None and found.queue_id != line.pk:
            raise Refusal(Reason.of("queue_code_of_another", code=code), where="code")
        if QueueRule.objects.filter(queue=line, closed_at=None).exclude(code=code).count() >= RULES_MAX:
            raise Refusal(Reason.of("rules_many", most=RULES_MAX))
        values = {
            "queue": line,
            "name": name.strip(),
            "position": position,
            "when": when.value,
            "conditions": macros.conditions_as_json(fit),
            "acts": acts.as_json(read),
            "keeper_id": parties.keys()[person],
            "closed_at": None,
        }
        QueueRule.objects.update_or_create(code=code, defaults=values)
        facts = {"queue": queue, "keeper": parties.subject_of(person)}
        audit.record(by=by, at=at, act="desk.set_rule", thing=f"{code} rule", facts=facts)


def close_rule(*, by: Actor, at: datetime, code: str) -> None:
    """Let a rule do no more. NotThere where there is none that is open."""
    with transaction():
        found = QueueRule.objects.filter(code=code, closed_at=None).select_related("queue").first()
        if found is None:
            raise NotThere
        _kept(by, at, found.queue.code)
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        audit.record(by=by, at=at, act="desk.close_rule", thing=f"{code} rule", facts={})


# --- done ---------------------------------------------------------------------------------------------------------------


def do_macro(*, by: Actor, at: datetime, case: str, macro: str, seen: int | None = None) -> None:
    """Do all a macro does to a case, or nothing of it. Its words are filled by how the case stands before it.

    Raises what its acts raise; NotThere for no open macro of the queue the case is in.
    """
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="do_macro", seen=seen, facts={"macro": macro}) as work:
        found = Macro.objects.filter(code=macro, queue=work.case.queue_id, closed_at=None).first()
        if found is None:
            raise NotThere
        _do_all(work, acts.read_acts(found.acts))


def run_rules(*, by: Actor, at: datetime, case: str, when: RuleWhen) -> int:
    """Do the rules of a case's queue that are for it, one after the other; returns how many did something.

    1. In order, those that fit; each in a transaction of its own, all of its acts or none.  2. What its keeper could not do, or is
    refused, is noted with why and not done.  3. After ``ROUND_MAX`` acts of rules without a person in between, stop, and say so in the case.
    """
    require(policy.may_run_desk(by))
    found = Case.objects.filter(reference=case).select_related("queue", "request_type").first()
    if found is None:
        raise NotThere
    rows = QueueRule.objects.filter(queue=found.queue_id, when=when.value, closed_at=None).select_related("keeper")
    return sum(_run(row, at, case) for row in rows.order_by("position", "code"))


def _run(row: QueueRule, at: datetime, case: str) -> bool:
    """One rule on one case; whether it was done."""
    try:
        with transaction():
            found = locked(RULES, at, case)
            work = Work(found, RULES, max(at, found.changed_at))
            if not _is_for(row, work):
                return False
            why = _why_not(row, work)
            if not why:
                work.happen(CaseAct.RULE_ACTED, rule=row.code)
                _do_all(work, acts.read_acts(row.acts, by_rule=True))
            _keep_run(row, work.case, work.at, why)
            if work.happened:
                end(work, "rule", {"rule": row.code})
            return not why
    except (Refusal, NotThere) as error:
        reason = error.reason.code if isinstance(error, Refusal) else "not_there"
        with transaction():
            _keep_run(row, Case.objects.get(reference=case), at, reason)
        return False


def _is_for(row: QueueRule, work: Work) -> bool:
    """Whether the case is still in the rule's queue, is not over, and the rule is for it."""
    return (
        work.case.queue_id == row.queue_id
        and work.state in UNDER_WAY
        and macros.read_conditions(row.conditions).fit(work.case)
    )


def _why_not(row: QueueRule, work: Work) -> str:
    """The code of why a rule is not done now; nothing where it is."""
    holder = access.holder_of(row.keeper.code)
    keeper = access.actor_for(None if holder is None else holder.user, via="worker", at=work.at)
    sides = cases.parties_of(keeper, work.at, work.case)
    may = policy.may_handle(keeper, case=sides, on=work.at.date())
    if not may:
        return may.reasons[0].code
    return "rules_stopped" if _in_circle(row, work) else ""


def _in_circle(row: QueueRule, work: Work) -> bool:
    """Whether rules acted too often without a person in between; the first time it is said in the case."""
    events = CaseEvent.objects.filter(case=work.case).order_by("-id")
    person = events.exclude(subject__startswith="system:").values_list("id", flat=True).first() or 0
    since = events.filter(id__gt=person)
    if since.filter(act=CaseAct.RULE_ACTED.value).count() < ROUND_MAX:
        return False
    if not since.filter(act=CaseAct.RULES_STOPPED.value).exists():
        reason = Reason.of("rules_stopped", rule=row.name, times=ROUND_MAX)
        noted(work, vocabularies.text(reason, settings.LANGUAGE_CODE), side=Side.HOUSE)
        work.happen(CaseAct.RULES_STOPPED, rule=row.code)
    return True


def _keep_run(row: QueueRule, case: Case, at: datetime, outcome: str) -> None:
    RuleRun.objects.create(rule=row, case=case, at=at, outcome=outcome)


# --- one act ------------------------------------------------------------------------------------------------------------


def _do_all(work: Work, wanted: Sequence[Act]) -> None:
    """All acts; their words are filled by how the case stood before the first."""
    values = macros.values_of(work.case, work.by)
    for each in wanted:
        if each.kind is ActKind.MACRO:
            for inner in _macro_for_rule(work.case.queue_id, each.macro):
                _do(work, inner, values)
        else:
            _do(work, each, values)


def _macro_for_rule(queue: int, code: str) -> tuple[Act, ...]:
    """What a macro does, where a rule may do it."""
    found = Macro.objects.filter(code=code, queue=queue, closed_at=None).first()
    wanted = () if found is None else acts.read_acts(found.acts)
    if not wanted or any(
        each.kind is ActKind.SOLVE or (each.kind is ActKind.ASSIGN and not each.person) for each in wanted
    ):
        raise Refusal(Reason.of("macro_unknown", macro=code), where="acts")
    return wanted


def _do(work: Work, act: Act, values: Mapping[str, str]) -> None:
    text = acts.filled(act.text, values)
    match act.kind:
        case ActKind.ANSWER:
            _answer(work, text)
        case ActKind.NOTE:
            noted(work, text, side=Side.HOUSE if work.by.is_system else Side.SERVICE)
        case ActKind.ASSIGN:
            assigned(work, act.person or work.by.person)
        case ActKind.HAND_OVER:
            handed_over(work, act.queue, text)
        case ActKind.WEIGH:
            assert act.impact is not None  # read_acts asked for both
            assert act.urgency is not None
            weighed(work, act.impact, act.urgency)
        case ActKind.WATCH:
            watched(work, act.person)
        case _:
            solved(work, text)


def _answer(work: Work, text: str) -> None:
    """An answer; one of a rule is automatic, which moves no clock and takes nothing on."""
    if not work.by.is_system:
        if work.state not in UNDER_WAY:
            raise Refusal(Reason.of("case_is_over", state=work.case.state))
        said(work, text)
        return
    findable(work.case, work.say(Side.HOUSE, text))
    work.tell(CaseWritten, side=Side.HOUSE.value)


def _kept(by: Actor, at: datetime, queue: str) -> Queue:
    line = Queue.objects.filter(code=queue, closed_at=None).first()
    if line is None:
        raise NotThere
    require_keeper(by, at, parties.known().codes[line.supplier_id])
    return line


def _check_named(wanted: Sequence[Act], line: Queue) -> None:
    """That people, queues and macros in the acts are there."""
    for number, each in enumerate(wanted):
        if each.person and parties.kind_of(each.person) is not PartyKind.PERSON:
            raise Refusal(Reason.of("task_owner_unfit"), where=f"acts[{number}].person")
        if each.queue and not Queue.objects.filter(code=each.queue, closed_at=None).exists():
            raise NotThere
        if each.queue == line.code:
            raise Refusal(Reason.of("queue_is_the_same"), where=f"acts[{number}].queue")
        if each.macro:
            _macro_for_rule(line.pk, each.macro)
