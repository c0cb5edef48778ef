"""What ``inward bench --log`` does: a month of somebody else's incidents goes through the desk, and everything is compared with the log.

Every row becomes the acts a person would have done, through the operations everybody has, at the log's own times; the worker runs
between them as it would have. What the desk then says is compared with counts made from the file alone (``bench_log``). Not a command.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from inward.cli.bench_log import (
    ACTIVE,
    ASKED_BACK,
    CLOSED,
    HELD_MOST,
    NEW,
    NOBODY,
    SOLVED,
    TARGETS,
    WAITS,
    Incident,
    Save,
    in_order,
    read_month,
    same,
)
from inward.cli.bench_soak_compared import compared, under_way
from inward.cli.benching import versions
from inward.cli.setup import Progress, prepare, say

if TYPE_CHECKING:
    from inward.kit.actor import Actor

HOUSE_CODE: Final = "soak"
"""The company that asks and serves."""
DISPATCHER: Final = "dispatcher"
"""Who acts where the log names nobody, and hands out."""
HEAD: Final = "head-of-service"
WORKER_EVERY: Final = timedelta(hours=1)
DAYS: Final = 365
QUIET: Final = timedelta(days=1)
"""So often the worker runs while nothing happens."""
_MINUTE: Final = 60
_EVERY_HOUR: Final = "00:00-24:00"
_PRIORITIES: Final = {"1": ("MANY", "NOW"), "2": ("MANY", "SOON"), "3": ("SOME", "SOON"), "4": ("ONE", "LATER")}
_NAMED: Final = {"1": "URGENT", "2": "HIGH", "3": "NORMAL", "4": "LOW"}


def measure(path: Path, month: str, *, alone: bool) -> dict[str, object]:
    """A month of a log on an empty database: figures and comparisons. ``alone``: of the worker only what the desk does by itself."""
    prepare()
    from inward.cli.migrate import migrate

    migrate()
    incidents = read_month(path, month)
    say(f"  {len(incidents):,} incidents, {sum(len(each.saves) for each in incidents):,} rows …")
    found = soak(incidents, alone=alone)
    return {"versions": versions(), "log": path.name, "month": month} | found | {"database_mb": _database_mb()}


def soak(
    incidents: Sequence[Incident], *, worker_every: timedelta = WORKER_EVERY, alone: bool = False
) -> dict[str, object]:
    """These incidents through the desk: how fast it was, and what it says beside what the log says."""
    from inward.kit import worker

    played = _Played(worker_every, _desk_alone if alone else worker.once)
    arrange(incidents)
    began = time.perf_counter()
    last = _play(incidents, played)
    seconds = time.perf_counter() - began
    acting = sum(played.spent.values())
    return {
        "incidents": len(incidents),
        "rows": sum(len(each.saves) for each in incidents),
        "acts": dict(sorted(played.acts.items())),
        "acts_s": round(acting, 1),
        "acts_a_second": round(sum(played.acts.values()) / max(acting, 1e-9)),
        "worker": {"runs": played.worker_runs, "tasks": played.worker_tasks, "s": round(played.worker_s, 1)},
        "seconds": round(seconds, 1),
        "refused": dict(played.refused),
        "tasks_stuck": len(worker.stuck()),
        "under_way_after_the_last_was_asked": played.under_way,
    } | compared(incidents, {number: each.reference for number, each in played.stories.items()}, at=last)


def _database_mb() -> int:
    from django.db import connection

    asked = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return int(cursor.fetchone()[0]) >> 20


# --- the world ----------------------------------------------------------------------------------------------------------


def arrange(incidents: Sequence[Incident]) -> None:
    """The company: a department and a queue for each group, who handles, who asks, and one promise, round the clock."""
    from inward.access import operations as access
    from inward.access.vocabulary import Role
    from inward.desk import operations as desk
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.parties import operations as parties
    from inward.parties.weeks import WEEKDAYS, read_hours

    house, at = Actor.system("bench", via="cli"), _day_before(incidents)
    groups = sorted({save.group for each in incidents for save in each.saves})
    handlers = sorted({_handler(save.handler) for each in incidents for save in each.saves} | {DISPATCHER, HEAD})
    with clock.shifted(at):
        _load_world(house, at, groups, handlers, sorted({_caller(each) for each in incidents}))
        week = dict.fromkeys(WEEKDAYS, read_hours(_EVERY_HOUR))
        parties.set_working_week(by=house, at=at, party=HOUSE_CODE, week=week, time_zone="UTC")
        parties.name_head(by=house, at=at, place=HOUSE_CODE, person=HEAD, valid_from=at.date())
        for person in handlers:
            user = access.invite_user(by=house, at=at, username=person, person=person)
            access.grant_role(by=house, at=at, user=user, role=Role.CASE_HANDLER, party=HOUSE_CODE)
        desk.set_standard(by=house, at=at, code="soak", supplier=HOUSE_CODE, name="Incidents", terms=_terms())
        for group in groups:
            # The log closes what is solved by itself after some days: its rows say when, not the clock of the desk.
            name = _queue(group)
            desk.set_queue(by=house, at=at, code=name, supplier=name, name=name, close_after=DAYS, reopen_within=DAYS)


def _load_world(
    house: "Actor", at: datetime, groups: Sequence[str], handlers: Sequence[str], callers: Sequence[str]
) -> None:
    from inward.demo.loading import rows
    from inward.parties import operations as parties

    day = at.date().isoformat()
    people = [*handlers, *callers]
    works = ({"person": each, "company": HOUSE_CODE, "kind": "FULL_TIME", "valid_from": day} for each in people)
    units = ({"id": _queue(each), "company": HOUSE_CODE, "name": _queue(each), "valid_from": day} for each in groups)
    tables = {
        "companies": rows("companies", [{"id": HOUSE_CODE, "name": "Soak", "currency": "EUR"}]),
        "people": rows("people", ({"id": each, "name": each} for each in people)),
        "units": rows("units", units),
        "work_relationships": rows("work_relationships", works),
    }
    problems = parties.import_world(by=house, at=at, tables=tables).report.problems
    if problems:
        raise ValueError(problems[:3])


def _terms() -> dict[str, Any]:
    """One promise: to solve, by priority; the clock stands still while it waits, so long at most."""
    held = {"measures": ["RESOLVE"], "minutes_max": int(HELD_MOST.total_seconds()) // _MINUTE}
    targets = {_NAMED[each]: {"minutes": int(span.total_seconds()) // _MINUTE} for each, span in TARGETS.items()}
    return {"targets": {"RESOLVE": targets}, "holds": {"CUSTOMER": held, "SUPPLIER": held}}


def _day_before(incidents: Sequence[Incident]) -> datetime:
    return min(each.opened_at for each in incidents) - timedelta(days=1)


def _queue(group: str) -> str:
    return "no-group" if group == NOBODY else f"group-{group}"


def _handler(handler: str) -> str:
    return DISPATCHER if handler == NOBODY else f"handler-{handler}"


def _caller(incident: Incident) -> str:
    return "unknown-caller" if incident.caller == NOBODY else f"caller-{incident.caller}"


# --- played -------------------------------------------------------------------------------------------------------------


@dataclass
class _Played:
    """What was played, and how long it took."""

    worker_every: timedelta
    work: Callable[[], int]
    stories: dict[str, "_Story"] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    refused: Counter[str] = field(default_factory=Counter)
    worker_runs: int = 0
    worker_tasks: int = 0
    worker_s: float = 0.0
    under_way: dict[str, int] = field(default_factory=dict)
    """How many requests were under way when the last one was asked, and of how many the row differed from a replay."""

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """An act, timed and counted; what the desk refuses is counted by its reason, and the story goes on."""
        from inward.core.terms import Refusal
        from inward.kit.policy import NotThere, Refused

        began = time.perf_counter()
        try:
            yield
            self.acts[name] += 1
        except (Refusal, Refused, NotThere) as error:
            self.refused[f"{name}: {_why(error)}"] += 1
        finally:
            self.spent[name] += time.perf_counter() - began


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", None)
    return type(error).__name__ if reason is None else str(reason.code)


def _play(incidents: Sequence[Incident], played: _Played) -> datetime:
    """Everything in the order of time, the worker between; the last instant."""
    from inward.kit import clock, versions

    ran, last_asked = _day_before(incidents), max(each.opened_at for each in incidents)
    steps = list(in_order(incidents))
    progress = Progress("  played", len(steps))
    for done, (at, incident, save) in enumerate(steps):
        progress.at(done)
        ran = _work_until(at, ran, played)
        with clock.shifted(at), versions.seen_once():
            if save is None:
                played.stories[incident.number] = _Story(incident, played)
                played.stories[incident.number].ask()
                if at == last_asked:
                    played.work()  # what is missed by now is noted, as it is by the minute
                    played.under_way = under_way(at)
            else:
                played.stories[incident.number].follow(save)
    progress.end()
    end = at + played.worker_every
    _work_until(end, ran, played)
    return end


def _work_until(at: datetime, ran: datetime, played: _Played) -> datetime:
    """Let the worker run for the time since it last did: once a day while nothing happened, and at the last time it was due."""
    from inward.kit import clock

    begun = at - (at - ran) % played.worker_every
    while ran < begun:
        ran = min(ran + max(QUIET, played.worker_every), begun)
        began = time.perf_counter()
        with clock.shifted(ran):
            played.worker_tasks += played.work()
        played.worker_runs += 1
        played.worker_s += time.perf_counter() - began
    return ran


def _desk_alone() -> int:
    """What the desk does by itself at this moment; how many requests it looked at."""
    from inward.desk import operations as desk
    from inward.kit import clock
    from inward.kit.actor import Actor

    house, at = Actor.system("bench", via="cli"), clock.now()
    return desk.tell_late(by=house, at=at) + desk.go_on(by=house, at=at)


@dataclass
class _Story:
    """One incident, as the desk has it so far, and the acts that bring it to where the log is."""

    incident: Incident
    played: _Played
    reference: str = ""
    last: Save | None = None
    state: str = NEW
    group: str = ""
    owner: str | None = None
    priority: str = ""
    begun: bool = False

    def ask(self) -> None:
        """Whoever called asks the group that has it first."""
        from inward.desk import operations as desk
        from inward.desk.casewords import Channel, Impact, Urgency

        first = self.incident.saves[0]
        impact, urgency = _PRIORITIES[first.priority]
        self.group, self.priority = first.group, first.priority
        ask = desk.Ask(
            queue=_queue(first.group),
            text=f"Incident {self.incident.number}",
            impact=Impact(impact),
            urgency=Urgency(urgency),
            channel=Channel.PHONE,
        )
        with self.played.act("ask"):
            at = self.incident.opened_at
            self.reference = desk.open_case(by=self._caller, at=at, key=self.incident.number, ask=ask).reference

    def follow(self, save: Save) -> None:
        """Do what was done when the incident was saved."""
        was, self.last = self.last, save
        if was is not None and was.over and save.over:
            self._after_the_end(was, save)
            return
        if was is not None and was.over:
            self._reopen(save)
        if save.group != self.group:
            self._hand_over(save)
        if save.priority != self.priority:
            self._weigh(save)
        self._own(save)
        self._stand(save)
        if was is not None and same(was, save):
            self._note(save)

    def _after_the_end(self, was: Save, save: Save) -> None:
        if was.state == save.state:
            self._note(save)
        elif save.state == CLOSED:
            self._confirm(save)
        self.state = save.state

    def _reopen(self, save: Save) -> None:
        """Whoever called says that it is not solved after all."""
        act, words = self._acting(save), "It is not solved."
        if self.state == SOLVED:
            self._do("reopen", lambda desk: desk.confirm(**act | {"by": self._caller}, solved=False, words=words))
        else:
            self._do("reopen", lambda desk: desk.write(**act | {"by": self._caller}, text=words, again=True))
        self.state = ACTIVE

    def _hand_over(self, save: Save) -> None:
        act = self._acting(save) | {"by": _actor(self.owner or DISPATCHER, save.at)}
        self._do("hand over", lambda desk: desk.hand_over(**act, queue=_queue(save.group), words="For you."))
        self.group, self.owner, self.state = save.group, None, NEW

    def _weigh(self, save: Save) -> None:
        from inward.desk.casewords import Impact, Urgency

        impact, urgency = _PRIORITIES[save.priority]
        act = self._acting(save)
        self._do("weigh", lambda desk: desk.weigh(**act, impact=Impact(impact), urgency=Urgency(urgency)))
        self.priority = save.priority

    def _own(self, save: Save) -> None:
        """A new incident is given by the dispatcher; whoever works on one has taken it on."""
        named = None if save.handler == NOBODY else _handler(save.handler)
        if save.state == NEW:
            wanted, by = named, DISPATCHER
        else:
            wanted = by = named or DISPATCHER
        if wanted == self.owner:
            return
        act = self._acting(save) | {"by": _actor(by, save.at)}
        self._do("assign", lambda desk: desk.assign(**act, owner=wanted))
        self.owner = wanted

    def _stand(self, save: Save) -> None:
        """From how it stands to how the log says it stands."""
        if save.over:
            self._do("solve", lambda desk: desk.solve(**self._acting(save), words="It works again."))
            if save.state == CLOSED:
                self._confirm(save)
        elif save.state != self.state:
            if self.state.startswith(WAITS):
                self._go_on(save)
            if save.waits:
                self._pause(save)
            elif save.state == ACTIVE and not self.begun:
                self._do("answer", lambda desk: desk.answer(**self._acting(save), text="I am looking at it."))
                self.begun = True
        self.state = save.state

    def _go_on(self, save: Save) -> None:
        """Whoever called has answered, or what was waited for is there."""
        act = self._acting(save)
        if self.state in ASKED_BACK:
            self._do("write", lambda desk: desk.write(**act | {"by": self._caller}, text="Here it is."))
        else:
            self._do("resume", lambda desk: desk.resume(**act))

    def _pause(self, save: Save) -> None:
        from inward.desk.vocabulary import HoldReason

        reason = HoldReason.CUSTOMER if save.state in ASKED_BACK else HoldReason.SUPPLIER
        act = self._acting(save)
        self._do("pause", lambda desk: desk.pause(**act, reason=reason, words="What does it say?"))

    def _confirm(self, save: Save) -> None:
        act = self._acting(save) | {"by": self._caller}
        self._do("confirm", lambda desk: desk.confirm(**act, solved=True))

    def _note(self, save: Save) -> None:
        self._do("note", lambda desk: desk.note_down(**self._acting(save), text="Saved."))

    def _do(self, name: str, act: Callable[[Any], object]) -> None:
        from inward.desk import operations as desk

        with self.played.act(name):
            act(desk)

    def _acting(self, save: Save) -> dict[str, Any]:
        """Who acts for the service, when, on what."""
        return {"by": _actor(_handler(save.handler), save.at), "at": save.at, "case": self.reference}

    @property
    def _caller(self) -> "Actor":
        from inward.kit.actor import Actor
        from inward.parties import queries as parties

        person = _caller(self.incident)
        subject = parties.subject_of(person)
        return Actor(user=None, person=person, acting_for=None, grants=(), via="cli", subject=subject)


def _actor(person: str, at: datetime) -> "Actor":
    from inward.access import queries as access

    user = access.user_named(person)
    assert user is not None  # every handler was invited
    return access.actor_for(user, via="cli", at=at)
