"""Reads a log of incidents for ``inward bench --log``, and counts by itself what the desk has to arrive at. Pure; not a command.

The log is "Incident management process enriched event log" (Amaral, Fantinato and Peres, UCI repository 498, CC BY 4.0): a row for
each time an incident of a ServiceNow installation was saved. Nothing here knows the desk, so that its counts can disagree with it.
"""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Final

NEW, ACTIVE, SOLVED, CLOSED = "New", "Active", "Resolved", "Closed"
ASKED_BACK: Final = ("Awaiting User Info", "Awaiting Evidence")
"""It waits for whoever asked; every other state that begins with ``Awaiting`` waits for others."""
WAITS: Final = "Awaiting"
OVER: Final = (SOLVED, CLOSED)
NOBODY: Final = "?"
TARGETS: Final[Mapping[str, timedelta]] = {
    "1": timedelta(hours=4),
    "2": timedelta(hours=8),
    "3": timedelta(hours=100),
    "4": timedelta(hours=240),
}
"""By when an incident of a priority is to be solved, round the clock. The log does not say what was promised: these are ours."""
HELD_MOST: Final = timedelta(days=5)
"""So long the clock stands still at most while it waits for whoever asked; and as long again for others."""
_UNREADABLE: Final = "-100"


@dataclass(frozen=True, slots=True)
class Save:
    """An incident as it was when it was saved: one row. ``reassigned``, ``reopened`` and ``kept`` are the log's own figures."""

    incident: str
    at: datetime
    place: int
    state: str
    group: str
    handler: str
    priority: str
    reassigned: int
    reopened: int
    kept: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody."""
        return self.state.startswith(WAITS)

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident: who asked, when, and every time it was saved, in order."""

    number: str
    caller: str
    opened_at: datetime
    saves: tuple[Save, ...]

    @property
    def working(self) -> tuple[Save, ...]:
        """The saves in which it was, or had just been, under way: what a case that is over is said to be changes nothing of it."""
        before = (self.saves[0], *self.saves)
        return tuple(now for last, now in zip(before, self.saves, strict=False) if not (last.over and now.over)) or (
            self.saves[0],
        )


@dataclass(frozen=True, slots=True)
class Solving:
    """The clock to solve an incident, reckoned from the log alone: what it counted, what it left out on its way, whether it was kept."""

    counted: timedelta
    held: timedelta
    kept: bool


def read_month(path: Path, month: str) -> tuple[Incident, ...]:
    """The incidents opened on days that begin so (``2016-05``, ``2016-05-0``; empty: all), by number. The log's times are taken as UTC."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        found = [(row, _instant(row["opened_at"])) for row in rows]
    asked = [(row, opened) for row, opened in found if opened.strftime("%Y-%m-%d").startswith(month)]
    asked.sort(key=lambda each: each[0]["number"])  # stable: the rows of one keep their order
    return tuple(_incident(number, list(rows)) for number, rows in groupby(asked, key=lambda each: each[0]["number"]))


def in_order(incidents: Iterable[Incident]) -> Iterator[tuple[datetime, Incident, Save | None]]:
    """Everything that happened, in the order of time; None where somebody asked."""
    found: list[tuple[datetime, str, int, Incident, Save | None]] = []
    for each in incidents:
        found.append((each.opened_at, each.number, -1, each, None))
        found += ((save.at, each.number, save.place, each, save) for save in each.saves)
    for at, _, _, incident, save in sorted(found, key=lambda each: each[:3]):
        yield at, incident, save


def counted(incidents: Iterable[Incident]) -> Counter[str]:
    """How often each thing happened that the desk keeps as an event."""
    found: Counter[str] = Counter()
    for each in incidents:
        working = each.working
        found["opened"] += 1
        found["handed_over"] += _changes(working, "group")
        found["priority_changed"] += _changes(working, "priority")
        found["solved"] += sum(not last.over and now.over for last, now in pairwise(each.saves)) + each.saves[0].over
        found["closed"] += sum(_entered(each, save) and save.state == CLOSED for save in each.saves)
        found["reopened"] += sum(last.over and not now.over for last, now in pairwise(each.saves))
        found["paused"] += _pauses(working)
        found["noted"] += sum(map(same, each.saves, each.saves[1:]))
    return found


def solving(incident: Incident) -> Solving:
    """The clock to solve it: every hour counts, waiting does not as far as it may be held; solved stops it, reopened lets it go on."""
    passed, between, kept = timedelta(), timedelta(), True
    held = {True: timedelta(), False: timedelta()}
    since, state, priority, over_since = incident.opened_at, NEW, incident.saves[0].priority, incident.opened_at
    for save in incident.saves:
        span = save.at - since
        if state.startswith(WAITS):
            still = min(span, HELD_MOST - held[state in ASKED_BACK])
            held[state in ASKED_BACK] += still
            span -= still
        if state not in OVER:
            passed += span
            kept &= passed <= TARGETS[priority]
        elif not save.over:
            between += save.at - over_since
        if state not in OVER or not save.over:
            over_since, priority = save.at, save.priority
            kept &= passed <= TARGETS[priority]
        since, state = save.at, save.state
    return Solving(passed, held[True] + held[False] + between, kept)


def same(last: Save, now: Save) -> bool:
    """Whether it was saved for something that the log does not keep: a word, a file, a field that is not there."""
    if last.over and now.over:
        return last.state == now.state
    return all(getattr(last, name) == getattr(now, name) for name in ("state", "group", "handler", "priority"))


def _incident(number: str, rows: Sequence[tuple[Mapping[str, str], datetime]]) -> Incident:
    saves: list[Save] = []
    for place, (row, _) in enumerate(sorted(rows, key=lambda each: _when(each[0]))):
        state = row["ident_state"]
        if state == _UNREADABLE:  # as it was before
            state = saves[-1].state if saves else NEW
        saves.append(
            Save(
                incident=number,
                at=_instant(row["sys_updated_at"]),
                place=place,
                state=state,
                group=row["assignment_group"],
                handler=row["assigned_to"],
                priority=row["priority"][:1],
                reassigned=int(row["reassignment_count"]),
                reopened=int(row["reopen_count"]),
                kept=row["made_sla"] == "true",
            )
        )
    opened = min(rows[0][1], saves[0].at)  # a few were saved before they were opened, says the log
    return Incident(number, rows[0][0]["caller_id"], opened, tuple(saves))


def _when(row: Mapping[str, str]) -> tuple[datetime, int]:
    return _instant(row["sys_updated_at"]), int(row["sys_mod_count"])


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


def _changes(saves: Sequence[Save], name: str) -> int:
    return sum(1 for _ in groupby(saves, key=attrgetter(name))) - 1


def _entered(incident: Incident, save: Save) -> bool:
    """Whether this save brought it into its state."""
    return save.place == 0 or incident.saves[save.place - 1].state != save.state


def _pauses(working: Sequence[Save]) -> int:
    """How often it began to wait: whoever it is handed to lets it wait anew."""
    first = working[0].waits
    return first + sum(
        now.waits and (last.state != now.state or last.group != now.group) for last, now in pairwise(working)
    )
