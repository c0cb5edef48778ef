"""What has happened, told upward: announcements are written with the act itself and handed out by the worker afterwards.

One table holds announcements, each listener's turn at one (a reaction) and scheduled work (a job); ``worker`` drains it.
Every reaction succeeds once per announcement and listener: its database effects and its mark are one transaction. What a
reaction does outside the database may happen again (``outside=True``), so that must be harmless.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar, Final, TypeVar

from inward.kit.actor import Actor
from inward.kit.canonical import fact, plain
from inward.kit.ids import new_id
from inward.kit.models import Task
from inward.kit.models.outbox import TaskKind, TaskState
from inward.kit.transaction import transaction_required
from inward.kit.writing import Rows, add

_META = frozenset({"id", "announced_at", "announced_by"})
_COLUMNS = {
    "id": "bigint",
    "kind": "text",
    "name": "text",
    "version": "integer",
    "payload": "jsonb",
    "due_at": "timestamptz",
    "attempts": "integer",
    "state": "text",
    "last_error": "text",
    "created_at": "timestamptz",
}


class UnknownVersion(ValueError):  # noqa: N818 - it states a fact
    """An announcement was kept in a version this program cannot read."""


@dataclass(frozen=True)
class Announcement:
    """A fact that has happened, told to whoever listens: subclass it as a frozen dataclass with a ``name``.

    Fields are plain facts (text, whole numbers, flags, days, instants, Money, rates) or tuples of them. ``id`` is its
    identity, by which reactions may recognise it; ``announced_at`` and ``announced_by`` (a subject key) are filled when
    it is handed out.
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    id: int = field(default_factory=new_id, kw_only=True, compare=False, repr=False)
    announced_at: datetime | None = field(default=None, kw_only=True, compare=False, repr=False)
    announced_by: str = field(default="", kw_only=True, compare=False, repr=False)

    def to_payload(self) -> dict[str, Any]:
        """The facts as plain JSON. TypeError for a field that is no fact."""
        facts = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _META}
        for name, value in facts.items():
            if isinstance(value, Mapping):
                msg = f"{type(self).__name__}.{name}: a mapping is no fact"
                raise TypeError(msg)
        return {name: plain(value) for name, value in facts.items()}

    @classmethod
    def from_payload(cls: type["A"], payload: Mapping[str, Any], *, version: int | None = None) -> "A":
        """The announcement ``to_payload`` wrote; an older version goes through ``upgraded`` first."""
        facts = payload if version in (None, cls.version) else cls.upgraded(payload, version=version or 0)
        values: dict[str, Any] = {name: fact(value) for name, value in facts.items()}
        return cls(**values)

    @classmethod
    def upgraded(cls, payload: Mapping[str, Any], *, version: int) -> Mapping[str, Any]:
        """An older version's facts in today's shape. Redefine it when ``version`` is raised; UnknownVersion otherwise."""
        raise UnknownVersion(cls.name, version, sorted(payload))


A = TypeVar("A", bound=Announcement)
F = TypeVar("F", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Reaction:
    """A listener: what it listens to, its unique name, and the function ``fn(announcement, *, at)``."""

    name: str
    listens_to: type[Announcement]
    function: Callable[..., None]
    outside: bool


@dataclass(frozen=True, slots=True)
class Job:
    """Work by name: the function ``fn(*, at, **payload)``, and how often it is due by itself (None: only when asked)."""

    name: str
    function: Callable[..., None]
    every: timedelta | None
    outside: bool


_reactions: dict[str, Reaction] = {}
_jobs: dict[str, Job] = {}


def reaction(listens_to: type[Announcement], *, name: str, outside: bool = False) -> Callable[[F], F]:
    """Register ``fn(announcement, *, at)`` as a listener under a unique name ("trade.send_receipt").

    It runs in one transaction with the mark that it has run. With ``outside=True`` (it sends mail, calls a server) it
    runs in none, and may run again after a crash. ``at`` is the instant of the attempt.
    """

    def register(function: F) -> F:
        _enter(_reactions, name, Reaction(name, listens_to, function, outside))
        return function

    return register


def job(name: str, *, every: timedelta | None = None, outside: bool = False) -> Callable[[F], F]:
    """Register ``fn(*, at, **payload)`` as a job; with ``every`` it is due once in each such span of time, on its own."""
    if every is not None and every < timedelta(seconds=1):
        msg = f"{name}: a job is due once a second at most"
        raise ValueError(msg)

    def register(function: F) -> F:
        _enter(_jobs, name, Job(name, function, every, outside))
        return function

    return register


def _enter(registry: dict[str, Any], name: str, entry: Reaction | Job) -> None:
    """Keep the entry; ValueError when another function has the name (the same one, imported again, may)."""
    known = registry.get(name)
    if known is not None and _place(known) != _place(entry):
        msg = f"two functions are called {name!r}: {_place(known)} and {_place(entry)}"
        raise ValueError(msg)
    registry[name] = entry


def _place(entry: Reaction | Job) -> str:
    return f"{entry.function.__module__}.{entry.function.__qualname__}"


def reactions() -> Mapping[str, Reaction]:
    """Every registered listener by its name."""
    return dict(_reactions)


def jobs() -> Mapping[str, Job]:
    """Every registered job by its name."""
    return dict(_jobs)


def listeners(announcement_name: str) -> tuple[Reaction, ...]:
    """Who listens to announcements of this name, in the order of their own names."""
    found = (each for each in _reactions.values() if each.listens_to.name == announcement_name)
    return tuple(sorted(found, key=lambda each: each.name))


@transaction_required
def announce(*announcements: Announcement, by: Actor, at: datetime) -> None:
    """Tell what has happened, in the transaction in which it happens."""
    add(announcement_rows(announcements, by=by, at=at))


def announcement_rows(announcements: Iterable[Announcement], *, by: Actor, at: datetime) -> Rows:
    """The same as rows for a write set."""
    rows = tuple(_row(announcement, by, at) for announcement in announcements)
    return Rows(table="kit_task", columns=tuple(_COLUMNS), types=tuple(_COLUMNS.values()), rows=rows)


def _row(announcement: Announcement, by: Actor, at: datetime) -> tuple[Any, ...]:
    kind, state = TaskKind.ANNOUNCEMENT.value, TaskState.WAITING.value
    payload = {"by": by.subject, "at": at.isoformat(), "facts": announcement.to_payload()}
    if not announcement.name:
        msg = f"{type(announcement).__name__} has no name"
        raise ValueError(msg)
    return announcement.id, kind, announcement.name, announcement.version, payload, at, 0, state, "", at


def read(listens_to: type[A], task: Task) -> A:
    """The announcement a task carries (an announcement's own task or a listener's), with its identity."""
    payload = task.payload
    told = listens_to.from_payload(payload["facts"], version=task.version)
    at = datetime.fromisoformat(payload["at"])
    return replace(told, id=payload.get("id", task.id), announced_at=at, announced_by=payload["by"])


def announced(kind: type[A], *, since: int = 0) -> list[A]:
    """Every kept announcement of a kind, oldest first; ``since`` leaves out those up to that id. For replays and tests."""
    kept = Task.objects.filter(kind=TaskKind.ANNOUNCEMENT, name=kind.name, id__gt=since).order_by("id")
    return [read(kind, task) for task in kept]


def count_of(kind: type[Announcement]) -> int:
    """How often something has happened."""
    return Task.objects.filter(kind=TaskKind.ANNOUNCEMENT, name=kind.name).count()


@transaction_required
def schedule(
    job_name: str, due_at: datetime, *, payload: Mapping[str, Any] | None = None, key: str | None = None, at: datetime
) -> bool:
    """Plan a job for ``due_at`` in the open transaction. With a ``key``, planning it again does nothing (False)."""
    if job_name not in _jobs:
        msg = f"no job is called {job_name!r}"
        raise ValueError(msg)
    task = Task(kind=TaskKind.JOB, name=job_name, payload=plain(payload or {}), due_at=due_at, created_at=at)
    task.key = None if key is None else f"job:{job_name}:{key}"
    Task.objects.bulk_create([task], ignore_conflicts=key is not None)
    return key is None or Task.objects.filter(id=task.id).exists()


_LAST_DAY: Final = date(9999, 12, 30)


def over_everywhere(day: date) -> datetime:
    """When a day is over wherever on Earth one is, for what is planned then: at noon UTC of the next. No later than the last noon
    that can be written down.
    """
    return datetime.combine(min(day, _LAST_DAY) + timedelta(days=1), time(12), tzinfo=UTC)
