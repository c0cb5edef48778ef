"""How well a service serves: backlog, age, workload, promises kept and missed, waiting, and both sorts of customers side by side.

Computed for sets, over a bounded number of cases: what clocks say is replayed from events, as everywhere. Reads only. Nothing in
it names anybody but those who handle cases.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import reduce
from operator import or_
from statistics import median
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from inward.core.classification import Verdict
from inward.core.promises import ClockState, Link, Measure, Run
from inward.core.worktime import elapsed
from inward.desk import cases, chains, clocks, policy
from inward.desk.casewords import UNDER_WAY, CaseAct
from inward.desk.models import Case, CaseEvent
from inward.desk.vocabulary import HoldReason
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.parties.queries import Named

CASES_MAX: Final = 2000
"""Of so many cases of a span of days, the latest, clocks are replayed; more would keep a page waiting."""
AGES: Final = (1, 3, 7, 30)
"""The ages, in days, between which what is under way is counted."""
_ENDS_WAITING: Final = frozenset({CaseAct.RESUMED, CaseAct.SOLVED, CaseAct.WITHDRAWN})
_CALENDAR: Final = frozenset({CaseAct.OPENED, CaseAct.MOVED})


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is under way in a queue: how many, of which nobody has taken on, wait, are late; and how many of each age (``AGES``)."""

    queue: Named
    supplier: Named
    count: int
    nobodys: int
    waiting: int
    missed: int
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has under way, and how much of it is late."""

    owner: Named
    count: int
    missed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises of one sort were kept, missed, and are still running."""

    measure: Measure
    kept: int
    missed: int
    running: int


@dataclass(frozen=True, slots=True)
class Waited:
    """For what was waited: how often, and for how many seconds of working time."""

    reason: HoldReason
    count: int
    seconds: Fraction | int


@dataclass(frozen=True, slots=True)
class Side:
    """The cases of one sort of customers: how many, medians in seconds of working time with how many they are of, promises
    kept of those decided, and how many of those solved stayed so. None where there is nothing to say.
    """

    inside: bool
    count: int
    respond: Fraction | None
    responded: int
    resolve: Fraction | None
    resolved: int
    kept: int
    decided: int
    first_time: int
    solved: int


@dataclass(frozen=True, slots=True)
class Hop:
    """A place that promises rest on: how many cases it had, the median of the working time it used, and how much more than its
    part it used: of how many cases, how much of it was others' time. Seconds.
    """

    place: Named
    count: int
    used: Fraction
    over: int
    taken: Fraction | int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the departments whose service the viewer owns; ``bounded``: more cases were opened than were looked at."""

    backlog: tuple[Backlog, ...]
    load: tuple[Load, ...]
    looked_at: int
    bounded: bool
    kept: tuple[Kept, ...]
    waited: tuple[Waited, ...]
    reopened: int
    sides: tuple[Side, ...]
    hops: tuple[Hop, ...]
    """Of cases whose promise rests on several places, those solved."""


@dataclass
class _Told:
    """A case of the span with its clocks and events."""

    case: Case
    runs: tuple[Run, ...]
    events: list[CaseEvent]

    def happened(self, act: CaseAct) -> int:
        return sum(each.act == act.value for each in self.events)


def figures(*, viewer: Actor, at: datetime, days: int) -> Figures:
    """The figures of what was opened in the last ``days``, and of what is under way now. NotThere for who owns no service."""
    rows = _owned(viewer, at)
    going = rows.filter(state__in=sorted(state.value for state in UNDER_WAY))
    opened = rows.filter(opened_at__gte=at - timedelta(days=days)).order_by("-opened_at", "-id")
    found = list(opened[: CASES_MAX + 1])
    told = _told(found[:CASES_MAX], at)
    return Figures(
        backlog=_backlog(going, at),
        load=_load(going),
        looked_at=len(told),
        bounded=len(found) > CASES_MAX,
        kept=_kept(told),
        waited=_waited(told, at),
        reopened=sum(each.happened(CaseAct.REOPENED) for each in told),
        sides=tuple(_side(told, inside=inside) for inside in (True, False)),
        hops=_hops(told, at),
    )


def _owned(viewer: Actor, at: datetime) -> QuerySet[Case]:
    on, keys = at.date(), parties.keys()
    near = cases.near_keys(viewer, at)
    ways = policy.cases_served_by(viewer, keys=keys, near=near, on=on, roles=(policy.OWNER,))
    if not ways:
        raise NotThere
    return Case.objects.filter(reduce(or_, ways))


def _backlog(going: QuerySet[Case], at: datetime) -> tuple[Backlog, ...]:
    older = [Q(opened_at__lte=at - timedelta(days=age)) for age in AGES]
    bands = {
        f"age{place}": Count(
            "pk", filter=(older[place - 1] if place else Q()) & (~older[place] if place < len(AGES) else Q())
        )
        for place in range(len(AGES) + 1)
    }
    rows = (
        going.order_by()
        .values("queue__code", "queue__name", "supplier__code", "supplier__name")
        .annotate(
            count=Count("pk"),
            nobodys=Count("pk", filter=Q(owner=None)),
            waiting=Count("pk", filter=Q(state="WAITING")),
            late=Count("pk", filter=Q(missed=True)),
            **bands,
        )
    )
    found = (
        Backlog(
            queue=Named(row["queue__code"], row["queue__name"]),
            supplier=Named(row["supplier__code"], row["supplier__name"]),
            count=row["count"],
            nobodys=row["nobodys"],
            waiting=row["waiting"],
            missed=row["late"],
            ages=tuple(row[f"age{place}"] for place in range(len(AGES) + 1)),
        )
        for row in map(dict[str, Any], rows)
    )
    return tuple(sorted(found, key=lambda each: (-each.count, each.queue.name)))


def _load(going: QuerySet[Case]) -> tuple[Load, ...]:
    rows = going.exclude(owner=None).order_by().values("owner__code", "owner__name")
    counted = rows.annotate(count=Count("pk"), late=Count("pk", filter=Q(missed=True)))
    found = (Load(parties.told(row["owner__code"], row["owner__name"]), row["count"], row["late"]) for row in counted)
    return tuple(sorted(found, key=lambda each: (-each.count, each.owner.name)))


def _told(found: Sequence[Case], at: datetime) -> list[_Told]:
    events: Mapping[int, list[CaseEvent]] = defaultdict(list)
    for event in CaseEvent.objects.filter(case__in=[case.pk for case in found]).order_by("id"):
        events[event.case_id].append(event)
    return [_Told(case, clocks.runs(events[case.pk], now=at), events[case.pk]) for case in found]


def _kept(told: Iterable[_Told]) -> tuple[Kept, ...]:
    stands = Counter((run.measure, run.state) for each in told for run in each.runs)
    measures = [measure for measure in Measure if any(known is measure for known, _ in stands)]
    return tuple(
        Kept(
            measure,
            kept=stands[measure, ClockState.KEPT],
            missed=stands[measure, ClockState.MISSED],
            running=stands[measure, ClockState.RUNNING] + stands[measure, ClockState.HELD],
        )
        for measure in measures
    )


def _waited(told: Iterable[_Told], at: datetime) -> tuple[Waited, ...]:
    count: Counter[str] = Counter()
    seconds: dict[str, Fraction | int] = defaultdict(int)
    for each in told:
        for reason, length in _pauses(each.events, at):
            count[reason] += 1
            seconds[reason] += length
    return tuple(
        Waited(reason, count[reason.value], seconds[reason.value]) for reason in HoldReason if count[reason.value]
    )


def _pauses(events: Iterable[CaseEvent], at: datetime) -> Iterable[tuple[str, Fraction | int]]:
    """Each stretch of waiting: for what, and for how long on the calendar of whoever served when it began; 0 without one."""
    calendar, reason, since = None, "", at
    for each in events:
        act = CaseAct(each.act)
        if act in _CALENDAR:
            calendar = clocks.calendar_of(each.facts["calendar"], each.at.date())
        if reason and act in _ENDS_WAITING:
            yield reason, 0 if calendar is None else elapsed(calendar, since, each.at)
            reason = ""
        if act is CaseAct.PAUSED:
            reason, since = str(each.facts["reason"]), each.at
    if reason:
        yield reason, 0 if calendar is None else elapsed(calendar, since, at)


def _side(told: Iterable[_Told], *, inside: bool) -> Side:
    mine = [each for each in told if (each.case.standing == Verdict.INTERNAL.value) is inside]
    runs = [run for each in mine for run in each.runs]
    first, solve = _lengths(runs, Measure.RESPOND), _lengths(runs, Measure.RESOLVE)
    decided = [run.state for run in runs if run.state in (ClockState.KEPT, ClockState.MISSED)]
    solved = [each for each in mine if each.happened(CaseAct.SOLVED)]
    return Side(
        inside=inside,
        count=len(mine),
        respond=median(first) if first else None,
        responded=len(first),
        resolve=median(solve) if solve else None,
        resolved=len(solve),
        kept=decided.count(ClockState.KEPT),
        decided=len(decided),
        first_time=sum(not each.happened(CaseAct.REOPENED) for each in solved),
        solved=len(solved),
    )


def _hops(told: Iterable[_Told], at: datetime) -> tuple[Hop, ...]:
    """The places in the order in which cases came to them first."""
    by_place: dict[str, list[Link]] = defaultdict(list)
    for each in told:
        promised = each.case.standard_id
        found = None if promised is None else chains.of_case(clocks.standard_of(promised), each.events, now=at)
        if found is not None and found.run.stopped is not None:
            for link in found.links:
                if link.used:
                    by_place[link.place].append(link)
    return tuple(
        Hop(
            place=Named(place, parties.name_of(place)),
            count=len(links),
            used=median(Fraction(link.used) for link in links),
            over=sum(bool(link.over) for link in links),
            taken=sum(amount for link in links for _, amount in link.taken),
        )
        for place, links in by_place.items()
    )


def _lengths(runs: Iterable[Run], measure: Measure) -> list[Fraction]:
    """How long it took, of what has come about; what is no longer wanted took no time."""
    ended = (ClockState.KEPT, ClockState.MISSED)
    return [
        Fraction(run.elapsed)
        for run in runs
        if run.measure is measure and run.stopped is not None and run.state in ended
    ]
