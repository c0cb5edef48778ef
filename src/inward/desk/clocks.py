"""The clocks of a case, replayed from what happened to it. Reads only; ``core.promises`` reckons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from inward.core.promises import ClockState, Event, Measure, Run, Standard, Within, replay
from inward.core.worktime import WEEKDAYS, Calendar, Opened
from inward.desk.casewords import MOVES_CLOCKS, CaseAct
from inward.desk.models import CaseEvent, ServiceStandard
from inward.desk.queries import VERSION, StandardRecord, record_of
from inward.kit.kept import Kept
from inward.kit.policy import NotThere
from inward.parties import opening

_versions: Kept[dict[int, StandardRecord]] = Kept(VERSION, lambda _number: {})
_STILL: Final = (ClockState.KEPT, ClockState.DROPPED)
WITHOUT_NAME: Final = Standard(
    "without-name",
    {Measure.RESPOND: {"": Within(dates=7)}, Measure.RESOLVE: {"": Within(dates=89)}},
    grace=False,
)
"""What whoever writes without her name is promised, in days of the week (docs/decisions/0200-who-speaks-up-is-nowhere.md)."""
_EVERY_DAY: Final = (((0, 86_400),),) * len(WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next of all that still runs, and whether anything was missed."""

    at: datetime | None
    measure: Measure | None
    missed: bool


def ready() -> None:
    """Make what is kept of promises and calendars before an act begins: an act makes it for itself alone, every time."""
    _versions.value()
    opening.ready()


def standard_of(key: int) -> StandardRecord:
    """A version of a promise by its key, whoever asks; versions never change."""
    kept = _versions.value()
    if key not in kept:
        kept[key] = record_of(ServiceStandard.objects.select_related("supplier").get(pk=key))
    return kept[key]


def calendar_of(supplier: str, on: date) -> Opened | None:
    """When a department works, from a day on; None where nobody has said it, or the department is closed then."""
    try:
        return opening.opened(supplier, on=on)
    except NotThere:
        return None


def runs(events: Iterable[CaseEvent], *, now: datetime) -> tuple[Run, ...]:
    """Every clock of a case, from all its events in their order; none where nothing was promised when it was opened."""
    found = moving(events)
    return replay(found, now=now) if found else ()


def moving(events: Iterable[CaseEvent]) -> list[Event]:
    """What moved the clocks of a case; nothing where nothing was promised when it was opened."""
    found = [event for row in events if (event := _event(row)) is not None]
    if not found or found[0].standard is None or found[0].calendar is None:
        return []
    return found


def due_next(found: Iterable[Run]) -> Next:
    """The earliest that is due of clocks that still run; of one that stands still nothing is due."""
    clocks = tuple(found)
    dues = [(run.due.at, run.measure) for run in clocks if run.stopped is None and run.due.at is not None]
    first = min(dues, key=lambda due: (due[0], due[1].value), default=None)
    missed = any(run.state is ClockState.MISSED for run in clocks)
    return Next(None, None, missed) if first is None else Next(first[0], first[1], missed)


def _event(row: CaseEvent) -> Event | None:
    """What happened as clocks take it; None for what moves none."""
    happening = MOVES_CLOCKS.get(CaseAct(row.act))
    if happening is None:
        return None
    facts = row.facts
    return Event(
        row.at,
        happening,
        reason=facts.get("reason", ""),
        priority=facts.get("priority", ""),
        standard=_standard(facts),
        calendar=said_calendar(facts),
        since=None if "since" not in facts else datetime.fromisoformat(facts["since"]),
    )


def _standard(facts: Mapping[str, Any]) -> Standard | None:
    if "zone" in facts:
        return WITHOUT_NAME
    key = facts.get("standard")
    return None if key is None else standard_of(int(key)).standard


def said_calendar(facts: Mapping[str, Any]) -> Opened | None:
    """The calendar that an event says: of a department, or every day of a zone; None where it says none."""
    if "zone" in facts:
        return _every_day(facts["zone"])
    if "calendar" not in facts:
        return None
    return calendar_of(facts["calendar"], date.fromisoformat(facts["on"]))


@cache
def _every_day(zone: str) -> Opened:
    return Opened(Calendar(ZoneInfo(zone), _EVERY_DAY))
