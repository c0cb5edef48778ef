"""Wall screens: a queue as a screen shows it to whoever passes. Reads only.

Nobody is signed in at a screen: the link says which one it is. Why it is so: docs/decisions/0202-a-wall-screen-is-a-link-that-ends.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from inward.core.promises import ClockState, Measure, Run
from inward.core.terms import Reason, Refusal
from inward.desk import clocks, policy
from inward.desk.casewords import UNDER_WAY, CaseState
from inward.desk.models import Case, CaseEvent, Queue, WallScreen
from inward.kit import links
from inward.kit.actor import Actor
from inward.parties import queries as parties
from inward.parties.queries import Named

PURPOSE: Final = "desk.wall"
ROWS_MAX: Final = 20
TODAY_MAX: Final = 200
SCREENS_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Screen:
    """A wall screen, for whoever keeps its queue: of which queue, through when, and whether it shows what requests are called."""

    reference: str
    queue: Named
    subjects: bool
    made_at: datetime
    expires_at: datetime
    token: str


@dataclass(frozen=True, slots=True)
class WallRow:
    """A request on the wall; ``subject`` is empty where the screen does not show what requests are called."""

    number: int
    state: CaseState
    subject: str
    opened_at: datetime
    due_at: datetime | None
    due_measure: Measure | None
    missed: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """What a screen shows: how many requests stand how, those due first, and how many promises were kept and missed today."""

    queue: Named
    supplier: Named
    counts: tuple[tuple[CaseState, int], ...]
    rows: tuple[WallRow, ...]
    kept_today: int
    missed_today: int


def screens(*, viewer: Actor, at: datetime) -> tuple[Screen, ...]:
    """The screens that show something now, of queues the viewer keeps; the latest first."""
    rows = WallScreen.objects.filter(expires_at__gt=at, ended_at=None, queue__in=queues(viewer, at))
    return tuple(map(_screen, rows.select_related("queue").order_by("-id")[:SCREENS_MAX]))


def queues_for(*, viewer: Actor, at: datetime) -> tuple[Named, ...]:
    """The queues of which the viewer may make a screen, by name."""
    return tuple(Named(line.code, line.name) for line in queues(viewer, at).order_by("name", "code"))


def queues(viewer: Actor, at: datetime) -> QuerySet[Queue]:
    """The open queues the viewer keeps that are not confidential."""
    over = policy.queues_kept_by(viewer, on=at.date())
    kept = Q(pk__isnull=False) if over is None else Q(supplier__code__in=sorted(over))
    return Queue.objects.filter(kept, confidential=False, closed_at=None)


def shown(*, token: str, at: datetime) -> Wall:
    """What the screen of this link shows. Refusal for a link that does not hold, or not any more."""
    link = links.read(PURPOSE, token, at=at)
    rows = WallScreen.objects.filter(reference=link.payload["wall"], ended_at=None, queue__confidential=False)
    found = rows.select_related("queue__supplier").first()
    if found is None:
        raise Refusal(Reason.of("link_not_valid"))
    cases = Case.objects.filter(queue=found.queue, confidential=False)
    going = cases.filter(state__in=sorted(state.value for state in UNDER_WAY))
    counts = dict(going.order_by().values_list("state").annotate(Count("pk")))
    calendar = clocks.calendar_of(found.queue.supplier.code, at.date())  # midnight is the department's
    kept, missed = _today(cases, at if calendar is None else at.astimezone(calendar.calendar.zone))
    return Wall(
        queue=Named(found.queue.code, found.queue.name),
        supplier=parties.named(found.queue.supplier),
        counts=tuple((state, counts.get(state.value, 0)) for state in CaseState if state in UNDER_WAY),
        rows=tuple(_row(row, subjects=found.subjects) for row in going.order_by("ranked_at", "id")[:ROWS_MAX]),
        kept_today=kept,
        missed_today=missed,
    )


def _today(cases: QuerySet[Case], at: datetime) -> tuple[int, int]:
    """How many promises were kept, and missed, since midnight."""
    since = at.replace(hour=0, minute=0, second=0, microsecond=0)
    late = Q(state__in=sorted(state.value for state in UNDER_WAY), due_at__lt=at)  # though nobody acted on it
    touched = cases.filter(Q(changed_at__gte=since) | late).order_by("-changed_at")
    keys = list(touched.values_list("pk", flat=True)[:TODAY_MAX])
    events: dict[int, list[CaseEvent]] = {key: [] for key in keys}
    for event in CaseEvent.objects.filter(case__in=keys).order_by("id"):
        events[event.case_id].append(event)
    runs = [run for each in events.values() for run in clocks.runs(each, now=at)]
    return sum(_kept_since(run, since) for run in runs), sum(_missed_since(run, since) for run in runs)


def _kept_since(run: Run, since: datetime) -> bool:
    return run.state is ClockState.KEPT and run.stopped is not None and run.stopped >= since


def _missed_since(run: Run, since: datetime) -> bool:
    return run.missed_at is not None and run.missed_at >= since


def _row(row: Case, *, subjects: bool) -> WallRow:
    return WallRow(
        number=row.number,
        state=CaseState(row.state),
        subject=row.subject if subjects else "",
        opened_at=row.opened_at,
        due_at=row.due_at,
        due_measure=Measure(row.due_measure) if row.due_measure else None,
        missed=row.missed,
    )


def _screen(row: WallScreen) -> Screen:
    return Screen(
        reference=row.reference,
        queue=Named(row.queue.code, row.queue.name),
        subjects=row.subjects,
        made_at=row.made_at,
        expires_at=row.expires_at,
        token=links.make(PURPOSE, {"wall": row.reference}, expires_at=row.expires_at),
    )
