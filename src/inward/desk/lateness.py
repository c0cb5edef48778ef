"""When somebody is to be told that a clock of a case runs out, whom, and within whose working time. Reads only.

docs/decisions/0196-whoever-can-help-is-told-in-her-own-hours.md.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from inward.core.promises import Run
from inward.core.terms import Refusal
from inward.core.worktime import Opened, due
from inward.desk import clocks, handing, levels
from inward.desk.casewords import UNDER_WAY, CaseState
from inward.desk.levels import Level, Receiver, Stage
from inward.desk.models import Case, CaseConcern, CaseEvent, Queue
from inward.parties import graph as leads
from inward.parties import leading
from inward.parties import queries as parties
from inward.parties.vocabulary import Power

Told: TypeAlias = frozenset[tuple[str, datetime, str]]
"""What was told: measure, start of the clock, name of the stage."""
_POWER: Final = Power.REQUESTS


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage of a clock that is reached and was not told."""

    run: Run
    stage: Stage

    @property
    def key(self) -> tuple[str, datetime, str]:
        """By what it is known that it was told."""
        return self.run.measure.value, self.run.started, self.stage.name


def levels_of(line: Queue) -> tuple[Level, ...]:
    """The levels of a queue, or what is usual."""
    return levels.USUAL if line.levels is None else levels.read_levels(line.levels)


def next_look(
    case: Case,
    events: Sequence[CaseEvent],
    runs: Iterable[Run],
    *,
    told: Collection[tuple[str, datetime, str]],
    now: datetime,
) -> datetime | None:
    """When the next stage that was not told is reached, or the next clock is due; None where nothing runs."""
    if CaseState(case.state) not in UNDER_WAY:
        return None
    going = [run for run in runs if run.stopped is None and run.due.at is not None]
    calendar = _calendar(events) if going else None
    if calendar is None:
        return None
    found = [_missed_after(run, now) for run in going if run.missed_at is None]
    stages = levels.stages(levels_of(case.queue))
    for run in going:
        for stage in stages:
            if Reached(run, stage).key not in told:
                at = levels.reached_at(run, stage, calendar, now=now)
                if at is not None:
                    found.append(at)
    return min(found, default=None)


def _missed_after(run: Run, now: datetime) -> datetime:
    """When to look whether a clock was missed: when it is due, and where that is now, as soon as working time passes again."""
    assert run.due.at is not None  # it runs
    if run.due.at > now:
        return run.due.at
    return max(now, run.due.next_opening or now) + timedelta(seconds=1)


def reached(
    case: Case, events: Sequence[CaseEvent], runs: Iterable[Run], *, told: Told, now: datetime
) -> list[Reached]:
    """The stages that are reached now and were not told, in their order."""
    calendar = _calendar(events)
    if calendar is None or CaseState(case.state) not in UNDER_WAY:
        return []
    found = [Reached(run, stage) for run in runs for stage in levels.stages(levels_of(case.queue))]
    return [
        each
        for each in found
        if each.key not in told and levels.reached_at(each.run, each.stage, calendar, now=now) == now
    ]


def receivers(case: Case, stage: Stage, *, at: datetime) -> tuple[str, ...]:
    """Who is told: the owner, if she is there; else whoever acts as head. Of what is confidential, those alone who may handle it."""
    codes, on = parties.known().codes, at.date()
    if stage.to is Receiver.OWNER and case.owner_id is not None:
        owner = codes[case.owner_id]
        if not leading.away([owner], on=on) and _still_handles(case, owner, at):
            return (owner,)
    head = _head(case, stage, on)
    if not case.confidential:
        return () if head is None else (head,)
    about = frozenset(codes[key] for key in CaseConcern.objects.filter(case=case).values_list("person_id", flat=True))
    able = handing.fit(case, handing.handlers(case.queue, at=at), about=about, at=at)
    return (head,) if head in able else able


def opens_for(person: str, *, at: datetime) -> datetime:
    """When somebody works: now, or from the next opening of a place where she works on; now where nobody said when that is."""
    here = leading.graph()
    places = leads.places_of(here, person, at.date())
    found = [
        opening
        for place in places
        if (calendar := clocks.calendar_of(place, at.date())) is not None
        and (opening := _opening(calendar, at)) is not None
    ]
    return min(found, default=at)


def _opening(calendar: Opened, at: datetime) -> datetime | None:
    try:
        return due(calendar, at, 0).at
    except Refusal:  # it stays closed
        return None


def _still_handles(case: Case, owner: str, at: datetime) -> bool:
    return owner in handing.able(case, at=at)


def _head(case: Case, stage: Stage, on: date) -> str | None:
    """Who acts as head of the department, or so many places above it, on the day; never whoever asked."""
    codes, here = parties.known().codes, leading.graph()
    path = leads.path(here, codes[case.supplier_id], on)
    if not path:
        return None
    place = path[min(stage.above, len(path) - 1)]
    asker = None if case.person_id is None else codes[case.person_id]
    found = leads.acting_head(here, place, on, power=_POWER, asker=asker)
    return None if found is None else found.person


def _calendar(events: Sequence[CaseEvent]) -> Opened | None:
    """On which calendar the clocks run now: the last that was said."""
    said = [each.facts for each in events if "calendar" in each.facts]
    return clocks.said_calendar(said[-1]) if said else None
