"""What a department promises whoever reads it, and what was reached: published for everybody who may ask of it. Reads only.

Why figures of few people are left out: docs/decisions/0201-what-is-promised-stands-beside-what-was-reached.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Final

from inward.core.classification import Standing
from inward.core.promises import ClockState, Measure, Run, Within
from inward.desk import clocks, helping, queries
from inward.desk.models import Case, CaseEvent
from inward.desk.queries import StandardRecord
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.parties.queries import Named

SPANS: Final = (30, 90)
"""Of so many days is told what was reached."""
PEOPLE_LEAST: Final = 5
"""Figures of fewer who asked are not shown: somebody might be recognised."""
CASES_MAX: Final = 1000
_DECIDED: Final = (ClockState.KEPT, ClockState.MISSED)


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of one promise in the last ``days``: how many were decided, how many of them kept, and the median in seconds of
    working time of those that were done.
    """

    days: int
    decided: int
    kept: int
    median: Fraction | None


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised of one thing, by priority (empty: any other), with what was reached; None where too few asked."""

    measure: Measure
    within: tuple[tuple[str, Within], ...]
    reached: tuple[Reached | None, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The standard of a department that holds for the reader; ``record`` is None where she is promised nothing."""

    supplier: Named
    standing: Standing
    record: StandardRecord | None
    targets: tuple[Target, ...]


def published(*, viewer: Actor, at: datetime, supplier: str) -> Published:
    """What the viewer is promised by a department that helps, and what was reached. NotThere for others, and where she asks for nobody."""
    department, on = helping.department(viewer=viewer, at=at, party=supplier), at.date()
    if viewer.customer is None:
        raise NotThere
    standing = queries.stand(supplier=supplier, customer=viewer.customer, on=on)
    promise = queries.promised_on(standing, supplier, on=on)
    if promise is None:
        return Published(department.party, standing, None, ())
    runs = _runs(supplier, promise.record.code, standing, at)
    targets = promise.record.terms.targets
    return Published(
        department.party,
        standing,
        promise.record,
        tuple(_target(measure, targets[measure], runs, at) for measure in Measure if measure in targets),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case as far as figures need it: who asked, when, and its clocks."""

    person: int
    opened_at: datetime
    runs: tuple[Run, ...]


def _runs(supplier: str, code: str, standing: Standing, at: datetime) -> list[_Asked]:
    rows = Case.objects.filter(
        supplier__code=supplier,
        standard__code=code,
        standing=standing.verdict.value,
        confidential=False,
        opened_at__gte=at - timedelta(days=max(SPANS)),
    ).order_by("-opened_at", "-id")[:CASES_MAX]
    found = list(rows)
    events: dict[int, list[CaseEvent]] = {case.pk: [] for case in found}
    for event in CaseEvent.objects.filter(case__in=events).order_by("id"):
        events[event.case_id].append(event)
    return [
        _Asked(case.person_id or case.customer_id, case.opened_at, clocks.runs(events[case.pk], now=at))
        for case in found
    ]


def _target(measure: Measure, within: Mapping[str, Within], asked: Sequence[_Asked], at: datetime) -> Target:
    return Target(measure, tuple(within.items()), tuple(_reached(measure, asked, days, at) for days in SPANS))


def _reached(measure: Measure, asked: Sequence[_Asked], days: int, at: datetime) -> Reached | None:
    since = at - timedelta(days=days)
    decided = [
        (each.person, run)
        for each in asked
        if each.opened_at >= since
        for run in each.runs
        if run.measure is measure and run.state in _DECIDED
    ]
    if len({person for person, _ in decided}) < PEOPLE_LEAST:
        return None
    lengths = [Fraction(run.elapsed) for _, run in decided if run.stopped is not None]
    return Reached(
        days=days,
        decided=len(decided),
        kept=sum(run.state is ClockState.KEPT for _, run in decided),
        median=median(lengths) if lengths else None,
    )
