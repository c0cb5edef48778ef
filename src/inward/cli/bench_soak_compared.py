"""What the desk says of a month that was played, beside what the log says (``bench_log``). Not a command."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from inward.cli.bench_log import ASKED_BACK, CLOSED, SOLVED, WAITS, Incident, Solving, counted, solving

if TYPE_CHECKING:
    from inward.core.promises import Run
    from inward.desk.cases import CaseView

_NAMED: Final = 20
_PAGE: Final = "200"
_EVENTS: Final = {
    "OPENED": "opened",
    "REPRIORITISED": "priority_changed",
    "PAUSED": "paused",
    "SOLVED": "solved",
    "RESOLVED": "solved",
    "REOPENED": "reopened",
    "CLOSED": "closed",
    "NOTED": "noted",
}
"""What the desk calls things that happened, and what the count of the log calls them; handing over is told by its facts."""


def compared(incidents: Sequence[Incident], references: Mapping[str, str], *, at: datetime) -> dict[str, object]:
    """Everything side by side, at an instant after the last."""
    from inward.desk import cases
    from inward.kit import versions
    from inward.kit.actor import Actor

    house, found = Actor.system("bench", via="cli"), _Compared()
    with versions.seen_once():
        for each in incidents:
            found.add(each, cases.case(viewer=house, at=at, reference=references[each.number]))
    return found.told(counted(incidents), len(incidents))


def under_way(at: datetime) -> dict[str, int]:
    """How many requests are under way, and of how many the row says something else than a replay of what happened."""
    from inward.desk import cases
    from inward.kit.actor import Actor

    house, found = Actor.system("bench", via="cli"), {"requests": 0, "differing_from_a_replay": 0}
    cursor: str | None = ""
    while cursor is not None:
        params = {"limit": _PAGE} | ({"cursor": cursor} if cursor else {})
        page = cases.served(viewer=house, at=at, params=params, under_way=True)
        for row in page.rows:
            view = cases.case(viewer=house, at=at, reference=row.reference)
            found["requests"] += 1
            found["differing_from_a_replay"] += _differs(view)
        cursor = page.next_cursor
    return found


@dataclass
class _Compared:
    """What has been compared so far."""

    events: int = 0
    desk: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(
        default_factory=lambda: Counter(
            dict.fromkeys(("state", "solved_at", "closed_at", "counted", "held", "kept", "row_and_replay"), 0)
        )
    )
    named: list[str] = field(default_factory=list)
    """Incidents that differ in something, to be looked at."""
    own: Counter[str] = field(default_factory=Counter)
    promise: Counter[str] = field(default_factory=Counter)
    told_stages: Counter[str] = field(default_factory=Counter)
    told_twice: int = 0

    def add(self, incident: Incident, view: "CaseView") -> None:
        """One more."""
        before = self.differing.total()
        happened = Counter(_EVENTS[each.act.value] for each in view.happened if each.act.value in _EVENTS)
        happened["handed_over"] = sum(
            "queue" in each.facts for each in view.happened if each.act.value == "HANDED_OVER"
        )
        self.events += len(view.happened)
        self.desk += happened
        self._end(incident, view)
        (run,) = (run for run in view.runs if run.measure.value == "RESOLVE")
        expected = solving(incident)
        self._clock(run, expected)
        self.differing["row_and_replay"] += _differs(view)
        self.named += [incident.number] * (self.differing.total() > before)
        self._of_the_log(incident, happened, run, expected)
        told = Counter((each.facts["measure"], each.facts["stage"]) for each in view.happened if _told(each.act.value))
        self.told_stages += Counter(stage for (_, stage), times in told.items() for _ in range(times))
        self.told_twice += sum(times > 1 for times in told.values())

    def told(self, log: Mapping[str, int], incidents: int) -> dict[str, object]:
        """What came out."""
        return {
            "events": self.events,
            "events_desk_and_log": {name: [self.desk[name], count] for name, count in sorted(log.items())},
            "incidents_differing": dict(self.differing),
            "differing": self.named[:_NAMED],
            "incidents_equal_to_figures_of_the_log": {name: [self.own[name], incidents] for name in sorted(self.own)},
            "promise_desk_and_log": dict(sorted(self.promise.items())),
            "told": dict(sorted(self.told_stages.items())),
            "told_twice": self.told_twice,
        }

    def _end(self, incident: Incident, view: "CaseView") -> None:
        last = incident.saves[-1]
        self.differing["state"] += view.row.state.value != _STATES.get(last.state, "OPEN")
        self.differing["solved_at"] += last.over and view.row.solved_at != _over_since(incident)
        self.differing["closed_at"] += last.state == CLOSED and view.row.closed_at != _entered(incident, CLOSED)

    def _clock(self, run: "Run", expected: Solving) -> None:
        self.differing["counted"] += timedelta(seconds=float(run.elapsed)) != expected.counted
        self.differing["held"] += timedelta(seconds=float(run.held)) != expected.held
        self.differing["kept"] += (run.state.value == "KEPT") != expected.kept

    def _of_the_log(self, incident: Incident, happened: Counter[str], run: "Run", expected: Solving) -> None:
        """What the log says of itself: how often handed over and reopened, and whether it kept what it had promised."""
        last = incident.saves[-1]
        self.own["reassignment_count"] += happened["handed_over"] == last.reassigned
        self.own["reopen_count"] += happened["reopened"] == last.reopened
        ours = "kept" if run.state.value == "KEPT" else "missed"
        theirs = "kept" if last.kept else "missed"
        why = "" if ours == theirs else _why(expected, incident)
        self.promise[f"desk {ours}, log {theirs}{why}"] += 1


_STATES: Final = {"New": "NEW", "Active": "OPEN", SOLVED: "SOLVED", CLOSED: "CLOSED"}


def _told(act: str) -> bool:
    return act == "TOLD_LATE"


def _why(expected: Solving, incident: Incident) -> str:
    """Why the two disagree, as far as the log lets it be said."""
    if expected.held and any(save.state in ASKED_BACK or save.state.startswith(WAITS) for save in incident.saves):
        return ": it waited, and the log's clock seems not to stand still"
    if incident.saves[-1].priority in ("1", "2"):
        return ": urgent, of which the log calls nearly all missed"
    if any(save.reopened for save in incident.saves):
        return ": reopened"
    return ": near the limit we set"


def _over_since(incident: Incident) -> datetime:
    """When it was solved the last time."""
    going = [save.place for save in incident.saves if not save.over]
    return incident.saves[going[-1] + 1 if going else 0].at


def _entered(incident: Incident, state: str) -> datetime:
    """When it came into a state the last time."""
    before = ("", *(save.state for save in incident.saves))
    return max(save.at for last, save in zip(before, incident.saves, strict=False) if save.state == state != last)


def _differs(view: "CaseView") -> bool:
    """Whether the row says something else than a replay of what happened."""
    from inward.desk import clocks

    due: Any = clocks.due_next(view.runs)
    return (view.row.due_at, view.row.due_measure, view.row.missed) != (due.at, due.measure, due.missed)
