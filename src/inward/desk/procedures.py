"""Standard procedures, read: those of a department, their versions, the run on a case, how steps fare. Reads only.

The run on a case is the version in force when it was opened, as it was known then (docs/decisions/0195-a-run-is-of-the-version-of-its-day.md).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Final

from django.db.models import Q

from inward.core.terms import Period
from inward.desk import cases, policy, steps
from inward.desk.models import Case, Procedure, RunStep
from inward.desk.steps import Condition, Difference, Need, Recorded, Step, StepState
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import Answer, NotThere
from inward.parties import queries as parties
from inward.parties.queries import Named

PROCEDURES: Final = ListSpec(
    {"code": "code", "name": "name", "review": "review_by"},
    {"supplier": "supplier__code", "owner": "owner__code", "review_before": "review_by__lt"},
    default="name",
)
VERSIONS_MAX: Final = 200
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class ProcedureRecord:
    """One version of a standard procedure."""

    key: int
    code: str
    supplier: Named
    name: str
    words: str
    owner: Named
    review_by: date
    requests: tuple[str, ...]
    steps: tuple[Step, ...]
    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str

    def overdue(self, on: date) -> bool:
        """Whether somebody should have looked at it again."""
        return self.review_by < on


@dataclass(frozen=True, slots=True)
class StepView:
    """A step on a case: whether it is asked, what was recorded, and what the viewer may do about it now.

    ``because`` is what its condition hangs on, in words: the question or the title of the step.
    """

    step: Step
    need: Need
    state: StepState | None
    evidence: str
    message: int | None
    person: Named | None
    at: datetime | None
    seconds: int | None
    signed_by: Named | None
    signed_at: datetime | None
    ended: bool
    because: str
    doer: Named | None

    @property
    def in_the_way(self) -> bool:
        """Whether the case is not solved before this is done."""
        return self.step.blocks and self.need is not Need.NOT_ASKED and not self.ended


@dataclass(frozen=True, slots=True)
class RunView:
    """A procedure on a case, step by step."""

    procedure: ProcedureRecord
    steps: tuple[StepView, ...]
    may_record: Answer

    @property
    def left(self) -> int:
        """How many steps are in the way of solving the case."""
        return sum(each.in_the_way for each in self.steps)


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How a step fared: how often it was recorded, skipped (in whole percent), and the median working seconds it took."""

    step: str
    title: str
    count: int
    skipped: int
    seconds: int | None

    @property
    def skipped_percent(self) -> int:
        """Of a hundred times it was recorded, how often it was skipped."""
        return round(self.skipped * _PERCENT / self.count) if self.count else 0


def procedures(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[ProcedureRecord]:
    """The procedures of a day that the viewer keeps or works by."""
    rows = Procedure.objects.current().on(on).filter(_read_by(viewer, at)).select_related("supplier", "owner")
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return page(rows, PROCEDURES, params).map(record_of)


def procedure(*, viewer: Actor, at: datetime, code: str, on: date) -> ProcedureRecord:
    """A procedure as it holds on a day. NotThere out of bounds, and where it holds on no such day."""
    rows = Procedure.objects.current().on(on).filter(_read_by(viewer, at), code=code)
    found = rows.select_related("supplier", "owner").first()
    if found is None:
        raise NotThere
    return record_of(found)


def versions(*, viewer: Actor, at: datetime, code: str) -> tuple[ProcedureRecord, ...]:
    """Every version as it was ever believed, the latest first. NotThere out of bounds."""
    rows = Procedure.objects.filter(_read_by(viewer, at), code=code).select_related("supplier", "owner")
    found = tuple(record_of(row) for row in rows.order_by("-known_from", "-id")[:VERSIONS_MAX])
    if not found:
        raise NotThere
    return found


def compared(*, viewer: Actor, at: datetime, code: str, one: int, other: int) -> tuple[Difference, ...]:
    """How the steps of one version (by its key) differ from those of another. NotThere for a version there is not."""
    found = {each.key: each for each in versions(viewer=viewer, at=at, code=code)}
    if one not in found or other not in found:
        raise NotThere
    return steps.compared(found[one].steps, found[other].steps)


def may_keep(viewer: Actor, record: ProcedureRecord, *, on: date) -> Answer:
    """Whether the viewer may say a procedure otherwise."""
    return policy.may_keep_queue(viewer, supplier=record.supplier.code, company=company_of(record.supplier.code), on=on)


def company_of(supplier: str) -> str:
    """The company a department stands in, latest; a company itself."""
    placed = parties.world().unit.get(supplier)
    return placed[-1].company if placed else supplier


def figures(*, viewer: Actor, at: datetime, code: str, since: date, until: date) -> tuple[StepFigures, ...]:
    """How the steps fared that were recorded on days from ``since`` and before ``until``, in the order of the latest version.

    All versions count together; a step that the latest has no longer stands at the end. Confidential cases count only for those who are
    told of them. NotThere out of bounds.
    """
    known = versions(viewer=viewer, at=at, code=code)
    rows = RunStep.objects.filter(procedure__code=code, at__date__gte=since, at__date__lt=until)
    if not policy.serves_confidential(viewer, supplier=known[0].supplier.code, on=at.date()):
        rows = rows.filter(case__confidential=False)
    counted: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for step, state, seconds in rows.values_list("step", "state", "seconds"):
        counted[step].append((state, seconds))
    titles: dict[str, str] = {}
    for record in known:
        for each in record.steps:
            titles.setdefault(each.id, each.title)
    return tuple(_figures(step, title, counted[step]) for step, title in titles.items())


def runs(*, viewer: Actor, at: datetime, reference: str) -> tuple[RunView, ...]:
    """The procedures on a case, with what was recorded, for whoever serves. NotThere out of bounds, and for whoever asked."""
    found = cases.visible(viewer, at).filter(reference=reference).select_related("request_type__queue").first()
    if found is None:
        raise NotThere
    may = policy.may_handle(viewer, case=cases.parties_of(viewer, at, found), on=at.date())
    if not may:
        raise NotThere
    return tuple(_run(found, row, may) for row in of_case(found))


def of_case(found: Case) -> tuple[Procedure, ...]:
    """The versions that are followed on a case, by code."""
    request = found.request_type
    if request is None:
        return ()
    rows = Procedure.objects.known_at(found.opened_at).on(found.opened_at.date())
    rows = rows.filter(supplier_id=request.queue.supplier_id).select_related("supplier", "owner").order_by("code")
    return tuple(row for row in rows if request.code in row.requests)


def in_the_way(found: Case) -> tuple[Step, ...]:
    """The steps that keep a case from being solved."""
    left: list[Step] = []
    for row in of_case(found):
        left.extend(steps.in_the_way(steps.read_steps(row.steps), found.answers, recorded(found, row)))
    return tuple(left)


def recorded(found: Case, row: Procedure) -> dict[str, Recorded]:
    """What was recorded of the steps of a procedure on a case."""
    rows = RunStep.objects.filter(case=found, procedure=row)
    return {each.step: _recorded(each) for each in rows}


def record_of(row: Procedure) -> ProcedureRecord:
    """A kept version, with names as the reader may know them."""
    return ProcedureRecord(
        key=row.pk,
        code=row.code,
        supplier=parties.named(row.supplier),
        name=row.name,
        words=row.words,
        owner=parties.named(row.owner),
        review_by=row.review_by,
        requests=tuple(row.requests),
        steps=steps.read_steps(row.steps),
        period=row.period,
        known_from=row.known_from,
        known_until=row.known_until,
        source=row.source,
    )


def _read_by(viewer: Actor, at: datetime) -> Q:
    over = policy.procedures_read_by(viewer, on=at.date())
    return Q(pk__isnull=False) if over is None else Q(supplier__code__in=sorted(over))


def _figures(step: str, title: str, counted: Collection[tuple[str, int | None]]) -> StepFigures:
    took = [seconds for state, seconds in counted if state == StepState.DONE.value and seconds is not None]
    skipped = sum(state == StepState.SKIPPED.value for state, _ in counted)
    return StepFigures(step, title, len(counted), skipped, round(median(took)) if took else None)


def _recorded(row: RunStep) -> Recorded:
    return Recorded(StepState(row.state), row.evidence, row.signed_at is not None)


def _run(found: Case, row: Procedure, may: Answer) -> RunView:
    record = record_of(row)
    rows = RunStep.objects.filter(case=found, procedure=row).select_related("person", "signed_by")
    kept = {each.step: each for each in rows}
    asked = steps.needs(record.steps, found.answers, {name: _recorded(each) for name, each in kept.items()})
    titles = {each.id: each.title for each in record.steps}
    views = tuple(_step_view(each, asked[each.id], kept.get(each.id), titles) for each in record.steps)
    return RunView(record, views, may)


def _step_view(step: Step, need: Need, row: RunStep | None, titles: Mapping[str, str]) -> StepView:
    doer = parties.told(step.person, parties.name_of(step.person)) if step.person else None
    done = None if row is None else _recorded(row)
    return StepView(
        step=step,
        need=need,
        state=None if done is None else done.state,
        evidence="" if row is None else row.evidence,
        message=None if row is None else row.message_id,
        person=None if row is None or row.person is None else parties.named(row.person),
        at=None if row is None else row.at,
        seconds=None if row is None else row.seconds,
        signed_by=None if row is None or row.signed_by is None else parties.named(row.signed_by),
        signed_at=None if row is None else row.signed_at,
        ended=steps.ended(step, done),
        because=_because(step.when, titles),
        doer=doer,
    )


def _because(when: Condition | None, titles: Mapping[str, str]) -> str:
    if when is None:
        return ""
    return when.question or titles[when.step]
