"""How a case comes into being: its row, its first event, who takes it on. One way for all that open one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Max

from inward.core.classification import Standing, discreet
from inward.core.terms import Reason, Refusal
from inward.desk import handing
from inward.desk.announcements import CaseAssigned, CaseOpened
from inward.desk.casewords import UNDER_WAY, CaseAct, CaseKind, CaseState, Channel, HandingOut, Impact, Urgency
from inward.desk.models import SUBJECT_LENGTH_MAX, Case, Queue, RequestType
from inward.desk.operations.steps.acting import Work, concern, keep
from inward.desk.queries import Promise
from inward.desk.vocabulary import PRIORITIES
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.reasons import to_plain
from inward.kit.transaction import transaction_required
from inward.parties import leading
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

CONCERNED_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class New:
    """A case that is to be opened: asked of which queue, for whom, by whom, how they stand, what is promised."""

    line: Queue
    customer: str
    person: str | None
    subject: str
    standing: Standing
    promise: Promise | None
    impact: Impact = Impact.ONE
    urgency: Urgency = Urgency.SOON
    channel: Channel = Channel.PAGE
    request: RequestType | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    concerned: frozenset[str] = frozenset()
    order: str = ""
    parent: Case | None = None
    kind: CaseKind = CaseKind.HELP
    zone: str = ""
    """Of whose every day the clocks are, where it is written without a name; else they are of the department's calendar."""


@transaction_required
def open_row(*, by: Actor, at: datetime, new: New, number: int) -> Work:
    """The case, kept, with its first event and whoever takes it on; neither words nor audit yet (``acting.note`` ends it)."""
    keys, standing, priority = parties.keys(), new.standing, PRIORITIES[new.impact, new.urgency]
    case = Case(
        reference=public_reference(),
        number=number,
        kind=new.kind.value,
        queue=new.line,
        request_type=new.request,
        supplier_id=new.line.supplier_id,
        confidential=new.line.confidential,
        customer_id=keys[new.customer],
        person_id=None if new.person is None else keys[new.person],
        opened_by_id=None if by.person is None or by.person == new.person else keys[by.person],
        subject=new.subject,
        answers=dict(new.answers),
        channel=new.channel.value,
        state=CaseState.NEW.value,
        impact=new.impact.value,
        urgency=new.urgency.value,
        priority=priority.value,
        standing=standing.verdict.value,
        standing_kind=standing.kind.value,
        grounds=[to_plain(ground) for ground in discreet(standing).grounds],
        definition=standing.definition,
        standard_id=None if new.promise is None else new.promise.record.key,
        order_reference=new.order,
        parent=new.parent,
        opened_at=at,
        changed_at=at,
    )
    work = Work(case, by, at, started=True)
    _open(work, new.zone)
    about = _about(new) if case.confidential else frozenset()
    _give(work, about)
    keep(work)
    concern(case, about)
    work.tell(CaseOpened)
    return work


def check_concerned(named: Collection[str]) -> None:
    """Refuse people nobody knows, and too many, as those a confidential case is about."""
    if len(named) > CONCERNED_MAX or any(parties.kind_of(person) is not PartyKind.PERSON for person in named):
        raise Refusal(Reason.of("concerned_unfit", most=CONCERNED_MAX), where="concerned")


def usable_subject(text: str) -> str:
    """What a case is called, on one line. Refusal for nothing; what is too long ends in an ellipsis."""
    plain = " ".join(text.replace("\0", "").split())
    if not plain:
        raise Refusal(Reason.of("words_missing"), where="subject")
    return plain if len(plain) <= SUBJECT_LENGTH_MAX else plain[: SUBJECT_LENGTH_MAX - 1] + "…"


def _about(new: New) -> frozenset[str]:
    return new.concerned if new.person is None else new.concerned | {new.person}


def _open(work: Work, zone: str) -> None:
    """Its first event: on which calendar, by which version of which promise."""
    case = work.case
    facts: dict[str, Any] = {
        "priority": case.priority,
        "calendar": parties.known().codes[case.supplier_id],
        "on": work.at.date().isoformat(),
        "queue": case.queue.code,
    }
    if case.standard_id is not None:
        facts["standard"] = case.standard_id
    if zone:
        facts["zone"] = zone
    work.happen(CaseAct.OPENED, **facts)


@transaction_required
def _give(work: Work, about: frozenset[str]) -> None:
    """Give a new case to whoever takes it on next, if its queue hands out by itself and somebody is there.

    In turn is whoever was given one longest ago.
    """
    case, at = work.case, work.at
    way = HandingOut(case.queue.handing_out)
    if way is HandingOut.BY_HAND:
        return
    people = handing.fit(case, handing.handlers(case.queue, at=at), about=about, at=at)
    there = sorted(set(people) - leading.away(people, on=at.date()))
    if not there:
        return
    keys = parties.keys()
    rows = Case.objects.filter(queue=case.queue, owner_id__in=[keys[person] for person in there])
    if way is HandingOut.LEAST_LOAD:
        rows = rows.filter(state__in=[state.value for state in UNDER_WAY])
        has = dict(rows.values_list("owner_id").annotate(Count("pk")))
    else:
        has = dict(rows.values_list("owner_id").annotate(Max("pk")))
    chosen = min(there, key=lambda person: (has.get(keys[person], 0), person))
    case.owner_id = keys[chosen]
    work.happen(CaseAct.HANDED_OVER, owner=parties.subject_of(chosen))
    work.tell(CaseAssigned)
