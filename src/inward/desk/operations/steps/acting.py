"""How every act on a case is done: find it, lock it, ask policy, let things happen, reckon its clocks anew, keep, audit, tell.

Nothing of a case is written elsewhere. Why it is so: docs/decisions/0192-a-case-is-what-happened-to-it.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from inward.core.promises import Run
from inward.core.terms import Reason, Refusal
from inward.desk import cases, clocks, known_queues, lateness, near, policy
from inward.desk.announcements import CaseFact, CaseMissed
from inward.desk.casewords import TEXT_LENGTH_MAX, CaseAct, CaseState, Side
from inward.desk.lateness import Told
from inward.desk.models import Case, CaseConcern, CaseEvent, CaseMessage
from inward.kit import audit, outbox, rows, writing
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction, transaction_required
from inward.parties import queries as parties

_END_OF_DAYS: Final = datetime(9999, 1, 1, tzinfo=UTC)


class As(Enum):
    """In which part somebody acts on a case."""

    CUSTOMER = "CUSTOMER"
    SERVICE = "SERVICE"
    EITHER = "EITHER"
    """One of the two."""
    ANYONE = "ANYONE"
    """Whoever sees it."""


class CaseMoved(Refusal):
    """Somebody changed how the case stands since the actor looked; nothing was written. ``version`` and ``state`` are how it is now."""

    def __init__(self, found: Case) -> None:
        super().__init__(Reason.of("case_moved", state=found.state), where="version")
        self.version, self.state = found.version, found.state


@dataclass
class Work:
    """A case that is locked and being acted on: what happens is collected here and kept when the block ends."""

    case: Case
    by: Actor
    at: datetime
    happened: list[CaseEvent] = field(default_factory=list)
    told: list[outbox.Announcement] = field(default_factory=list)
    started: bool = False
    """Whether the row itself is made by this act."""
    was: Mapping[str, Any] = field(default_factory=dict)
    """What the row said when it was locked; what is not in it is written whatever it is."""

    def happen(self, act: CaseAct, /, **facts: Any) -> None:
        """Something happened to it."""
        self.happened.append(
            CaseEvent(id=new_id(), case=self.case, at=self.at, act=act.value, subject=self.by.subject, facts=facts)
        )

    def say(self, side: Side, text: str, *, note: bool = False, person: int | None = None) -> CaseMessage:
        """Somebody wrote: the actor, or the person of that key; the text is checked and kept at once."""
        written = CaseMessage(
            id=new_id(),
            case=self.case,
            at=self.at,
            person_id=parties.keys().get(self.by.person or "") if person is None else person,
            side=side.value,
            note=note,
            text=usable_text(text),
        )
        writing.add(rows.rows_of([written]))
        return written

    def tell(self, kind: type[CaseFact], of: Case | None = None, /, **more: Any) -> None:
        """Tell the floors above of the case, or of another one that this act touches."""
        self.told.append(kind(**_facts(of or self.case, self.by), **more))

    def stands(self, state: CaseState) -> None:
        """It stands otherwise from now on; what it waited for is over."""
        self.case.state = state.value
        if state is not CaseState.WAITING:
            self.case.waits_for, self.case.until = "", None

    @property
    def state(self) -> CaseState:
        """How it stands."""
        return CaseState(self.case.state)


@contextmanager
def acting(
    *, by: Actor, at: datetime, case: str, part: As, act: str, seen: int | None = None, facts: Mapping[str, Any] = {}
) -> Iterator[Work]:
    """Act on a case. ``seen`` is the version of it the actor looked at; None where it does not matter.

    1. Lock it; NotThere for what the actor does not see; refuse what policy refuses, and a case that moved (CaseMoved).
    2. The block.   3. Keep what happened, reckon its clocks anew, keep how it stands.   4. Audit, announce.
    """
    clocks.ready()
    near.ready()
    known_queues.ready()
    with transaction():
        found = locked(by, at, case)
        _require(by, at, found, part)
        if seen is not None and seen != found.version:
            raise CaseMoved(found)
        work = Work(found, by, max(at, found.changed_at), was=rows.values_of(found))
        before = _how(found)
        yield work
        end(work, act, facts, before=before)


@transaction_required
def end(work: Work, act: str, facts: Mapping[str, Any] = {}, *, before: tuple[Any, ...] = ()) -> None:
    """Keep what happened and how it stands; a new version where that is not as it was ``before`` (state, owner, queue)."""
    if _how(work.case) != before:
        work.case.version += 1
    keep(work)
    note(work, act, facts)


def _how(found: Case) -> tuple[Any, ...]:
    return found.state, found.owner_id, found.queue_id


@transaction_required
def locked(by: Actor, at: datetime, case: str) -> Case:
    """The case, locked. NotThere for what the actor does not see."""
    found = rows.one(Case, lock=True, reference=case)
    if found is None or not cases.sees(by, at, found):
        raise NotThere
    found.queue = known_queues.of(found.queue_id)
    return found


@transaction_required
def keep(work: Work) -> None:
    """Keep what happened, and what the clocks say of it."""
    case, happened = work.case, tuple(work.happened)
    before = [] if work.started else rows.every(CaseEvent, order="id", case_id=case.pk)
    case.changed_at = work.at
    reckon(work, sorted((*before, *happened), key=lambda event: event.pk))
    parts = [rows.rows_of(happened)] if happened else []
    if work.started:
        parts.append(rows.rows_of([case]))
    else:
        rows.change(case, {name: now for name, now in rows.values_of(case).items() if work.was.get(name, ...) != now})
    writing.add(*parts)


@transaction_required
def reckon(work: Work, events: Sequence[CaseEvent], *, told: Told = frozenset()) -> tuple[Run, ...]:
    """What the clocks say, noted on the row: what is due next, what was missed, and when somebody is told next; the clocks.

    ``told`` is what was told already. Without it, what is past may have been: then the job looks, and knows better.
    """
    case, missed = work.case, work.case.missed
    runs = clocks.runs(events, now=work.at)
    due = clocks.due_next(runs)
    case.due_at, case.due_measure, case.missed = due.at, "" if due.measure is None else due.measure.value, due.missed
    case.ranked_at = due.at or _END_OF_DAYS
    case.tell_at = lateness.next_look(case, events, runs, told=told, now=work.at)
    if due.missed and not missed and not work.started:
        work.tell(CaseMissed)
    return runs


@transaction_required
def note(work: Work, act: str, facts: Mapping[str, Any] = {}) -> None:
    """Audit the act and announce what was told."""
    writing.add(
        audit.audit_rows(by=work.by, at=work.at, act=f"desk.{act}", thing=work.case.reference, facts=dict(facts)),
        outbox.announcement_rows(work.told, by=work.by, at=work.at),
    )


@transaction_required
def concern(case: Case, people: frozenset[str]) -> None:
    """Keep whom a confidential case is about."""
    keys = parties.keys()
    about = [CaseConcern(id=new_id(), case=case, person_id=keys[person]) for person in sorted(people)]
    CaseConcern.objects.bulk_create(about, ignore_conflicts=True)


def usable_text(text: str) -> str:
    """What somebody wrote, fit to be kept. Refusal for nothing, and for too much."""
    plain = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not plain:
        raise Refusal(Reason.of("words_missing"), where="text")
    if len(plain) > TEXT_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=TEXT_LENGTH_MAX), where="text")
    return plain


def _facts(case: Case, by: Actor) -> dict[str, Any]:
    codes = parties.known().codes
    return {
        "case": case.reference,
        "number": case.number,
        "supplier": codes[case.supplier_id],
        "customer": codes[case.customer_id],
        "person": "" if case.person_id is None else codes[case.person_id],
        "owner": "" if case.owner_id is None else codes[case.owner_id],
        "by": by.person or "",
        "confidential": case.confidential,
    }


def _require(by: Actor, at: datetime, found: Case, part: As) -> None:
    if part is As.ANYONE:
        return
    sides, on = cases.parties_of(by, at, found), at.date()
    handles = policy.may_handle(by, case=sides, on=on)
    if part is As.SERVICE or (part is As.EITHER and handles):
        require(handles)
    else:
        require(policy.may_speak(by, case=sides, on=on))
