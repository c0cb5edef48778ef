"""Telling whoever can help that a clock runs out: each stage once, in her own working time. And how a queue says whom, when.

docs/decisions/0196-whoever-can-help-is-told-in-her-own-hours.md.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from inward.desk import known_queues, lateness, levels, policy
from inward.desk.announcements import CaseLate
from inward.desk.casewords import CaseAct
from inward.desk.lateness import Reached, Told
from inward.desk.models import Case, CaseEvent, Escalation, Queue
from inward.desk.operations.steps.acting import Work, locked, note, reckon
from inward.desk.operations.steps.keeping import require_keeper
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties

AT_ONCE: Final = 500
log = logging.getLogger("inward.desk")


def set_levels(*, by: Actor, at: datetime, queue: str, given: Sequence[Mapping[str, Any]] | None) -> None:
    """Say who is told when clocks of a queue run out; None: as is usual; nothing in it: nobody. Cases under way are looked at anew.

    Raises Refused, Refusal, NotThere (no such queue).
    """
    read = None if given is None else levels.as_json(levels.read_levels(list(given)))
    with transaction():
        found = Queue.objects.filter(code=queue).select_for_update().first()
        if found is None:
            raise NotThere
        require_keeper(by, at, parties.known().codes[found.supplier_id])
        found.levels = read
        found.save(update_fields=["levels"])
        known_queues.changed()
        Case.objects.filter(queue=found, due_at__isnull=False).update(tell_at=at)
        audit.record(by=by, at=at, act="desk.set_levels", thing=f"{queue} queue", facts={"levels": len(read or ())})


def tell_late(*, by: Actor, at: datetime, most: int = AT_ONCE) -> int:
    """Tell of every clock that runs out by now; returns how many cases were looked at. Each in a transaction of its own, each stage once.

    A case of which nobody can be told is left for the next run and keeps no other from being told; then what was wrong is raised.
    """
    require(policy.may_run_desk(by))
    found = Case.objects.filter(tell_at__lte=at).order_by("tell_at").values_list("reference", flat=True)[:most]
    failed: Exception | None = None
    for reference in list(found):
        try:
            with transaction():
                _look(Work(locked(by, at, reference), by, at))
        except Exception as error:
            log.exception("nobody could be told of case %s", reference)
            failed = failed or error
    if failed is not None:
        raise failed
    return len(found)


def _look(work: Work) -> None:
    """Tell what is reached, and note when to look again. How the case stands does not change, nor when it last did."""
    case = work.case
    if case.tell_at is None or case.tell_at > work.at:
        return
    events = list(CaseEvent.objects.filter(case=case).order_by("id"))
    told: Told = frozenset(
        (measure, started, stage)
        for measure, started, stage in Escalation.objects.filter(case=case).values_list("measure", "started", "stage")
    )
    runs = reckon(work, events, told=told)
    waits: list[datetime] = []
    heard: set[tuple[str, str, datetime]] = set()
    for each in lateness.reached(case, events, runs, told=told, now=work.at):
        later = _tell(work, each, heard)
        if later is None:
            told |= {each.key}
        else:
            waits.append(later)
    if work.happened:
        CaseEvent.objects.bulk_create(work.happened)
    pending = frozenset(each.key for each in lateness.reached(case, events, runs, told=told, now=work.at))
    following = lateness.next_look(case, events, runs, told=told | pending, now=work.at)
    case.tell_at = min([*waits, *([] if following is None else [following])], default=None)
    case.save(update_fields=["due_at", "due_measure", "missed", "ranked_at", "tell_at"])
    if work.told:
        note(work, "tell_late", {"stages": len(work.happened)})


def _tell(work: Work, each: Reached, heard: set[tuple[str, str, datetime]]) -> datetime | None:
    """Tell those who work now; the instant at which the first of them will, where nobody does yet."""
    people = lateness.receivers(work.case, each.stage, at=work.at)
    there = {person: lateness.opens_for(person, at=work.at) for person in people}
    if there and all(opens > work.at for opens in there.values()):
        return min(there.values())
    Escalation.objects.create(
        case=work.case,
        measure=each.run.measure.value,
        started=each.run.started,
        stage=each.stage.name,
        people=list(people),
        at=work.at,
    )
    work.happen(CaseAct.TOLD_LATE, stage=each.stage.name, measure=each.run.measure.value)
    assert each.run.due.at is not None  # what stands still reaches nothing
    for person in people:
        before = (person, each.run.measure.value, each.run.started)
        if before in heard:
            continue
        heard.add(before)
        work.tell(
            CaseLate,
            told=person,
            measure=each.run.measure.value,
            due=each.run.due.at.isoformat(),
            stage=each.stage.name,
            before=each.stage.before,
        )
    return None
