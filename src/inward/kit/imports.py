"""Files that people bring in to be loaded: kept, matched to our columns, checked row by row, loaded whole, taken back unused.

A room registers what can be loaded into it (a ``Sort``); this file keeps the files, the states and the report, and lets the
worker do it. Loading, its journal and its mark are one transaction: an import that was killed has loaded nothing, and is
tried again. What the rows mean is the room's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Model, Q

from inward.core.terms import Reason, Refusal
from inward.kit import audit, files, locks, outbox, undoing
from inward.kit.actor import Actor
from inward.kit.canonical import plain
from inward.kit.ids import new_id, public_reference
from inward.kit.intake import Report, Row, RowProblem, Seen, Table, Tables, left_over, read_file, seen
from inward.kit.lists import ListSpec, Page, page
from inward.kit.models import Import
from inward.kit.models.imports import ImportState
from inward.kit.outbox import job
from inward.kit.policy import Answer, NotThere, Refused, require
from inward.kit.reasons import from_plain, to_plain
from inward.kit.search import folded
from inward.kit.transaction import carrying, transaction
from inward.kit.undoing import Journal

JOB = "kit.work_on_import"
SIZE_MAX = 50 * 1024 * 1024
AT_ONCE_BYTES = 200_000
"""A file up to this size is worked on while its bringer waits; larger ones are the worker's."""

PROBLEMS_KEPT = 5_000
"""So many refused rows are told one by one; the others are counted."""

TOLD_KEPT = 500
"""So many sentences of what the rows bring with them are kept."""

LEFT = "columns_left"
"""The reason that names the columns of a file from which nothing is taken; the first of what is told."""

PROGRESS_ROWS = 5_000
IMPORTS = ListSpec({"brought": "id"}, {"sort": "sort", "state": "state"}, default="-brought")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column of ours: its name, whether a row must have it, and what others call it."""

    name: str
    required: bool = False
    called: tuple[str, ...] = ()


class Outcome(Protocol):
    """What a room says became of the rows."""

    @property
    def report(self) -> Report:
        """How many were read, and what is wrong with which."""

    @property
    def added(self) -> int:
        """Records that were not known."""

    @property
    def changed(self) -> int:
        """Records that say otherwise now."""

    @property
    def written(self) -> bool:
        """False on a dry run, and when a problem kept everything out."""

    @property
    def told(self) -> Sequence[Reason]:
        """What the rows bring with them beyond their number, in the order to be read; the first TOLD_KEPT are kept."""


class BringsIn(Protocol):
    """A room's operation that checks rows and, unless it is a dry run, writes them and journals what it wrote."""

    def __call__(
        self,
        *,
        by: Actor,
        at: datetime,
        tables: Tables,
        good_rows: bool,
        dry_run: bool,
        source: str,
        journal: Journal,
    ) -> Outcome:
        """Returns what became of the rows. Raises Refused, Refusal."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What can be loaded: its columns, who may, how, and the tables it touches in the order in which they depend on each other.

    Whoever may load sees and takes back what she brought herself; ``sees_all`` says who sees what others brought as well.

    ``line`` is the lock in which the room's acts wait for each other. ``undone`` is the frame around taking an import back,
    in the same transaction: what the room has to check, note and tell. It is given the keys of what was added, by table.
    ``values`` are others' words for ours, by column.
    """

    name: str
    wanted: tuple[Wanted, ...]
    may: Callable[[Actor, date], Answer]
    sees_all: Callable[[Actor, date], Answer]
    bring_in: BringsIn
    tables: tuple[type[Model], ...]
    line: str
    undone: Callable[..., AbstractContextManager[None]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A refused row: its line, the column ("" for the row as a whole) and the reason."""

    line: int
    column: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import as it is shown; ``told`` is what its rows bring with them, in the order in which it is read."""

    reference: str
    sort: str
    file: str
    size: int
    subject: str
    source: str
    state: ImportState
    good_rows: bool
    brought_at: datetime
    loaded_at: datetime | None
    undone_at: datetime | None
    lines: int
    read: int
    refused: int
    added: int
    changed: int
    problems: tuple[Problem, ...]
    told: tuple[Reason, ...]
    failure: Reason | None
    columns: Mapping[str, Any]


_sorts: dict[str, Sort] = {}
_actors: list[Callable[[int | None, datetime], Actor]] = []


def register(*sorts: Sort) -> None:
    """Let these be loaded; a room says so at start."""
    _sorts.update({sort.name: sort for sort in sorts})


def act_through(resolve: Callable[[int | None, datetime], Actor]) -> None:
    """Say who a user is when the worker loads what she brought: her roles of then, not of when she brought it."""
    _actors[:] = [resolve]


def sorts(*, viewer: Actor, on: date) -> tuple[Sort, ...]:
    """What the viewer may load."""
    return tuple(sort for sort in _sorts.values() if sort.may(viewer, on))


# --- acts --------------------------------------------------------------------------------------------------------------


def bring(*, by: Actor, at: datetime, sort: str, chunks: Iterable[bytes], name: str, source: str = "") -> str:
    """Keep a file that is to be loaded; returns the import's reference. Nothing of it is read into the records yet.

    1. Refuse what policy refuses.  2. Keep the file; refuse what is no table.  3. Audit.
    Raises Refused, Refusal, NotThere (no such sort).
    """
    require(_sort(sort).may(by, at.date()))
    with transaction():
        kept = files.store(by=by, at=at, chunks=chunks, name=name, limit=SIZE_MAX)
        beginning = seen(files.path_of(kept), name=kept.name)
        if isinstance(beginning, RowProblem):
            raise Refusal(beginning.reason, where="file")
        one = Import.objects.create(
            id=new_id(),
            reference=public_reference(),
            sort=sort,
            file=kept,
            source=source,
            user=by.user,
            subject=by.subject,
            brought_at=at,
        )
        facts = {"sort": sort, "size": kept.size, **({"source": source} if source else {})}
        audit.record(by=by, at=at, act="kit.bring_import", thing=one.reference, facts=facts)
    return one.reference


def match(*, by: Actor, at: datetime, reference: str, table: Table) -> None:
    """Say how our columns come out of theirs, and have every row checked against what is known; nothing is written by it.

    1. Refuse what policy refuses, and an import that is loaded already.  2. Keep it; plan the check.
    Raises Refused, Refusal, NotThere.
    """
    columns = {name: part for name, part in plain(asdict(table)).items() if part}
    open_states = (ImportState.BROUGHT, ImportState.CHECKED, ImportState.FAILED)
    with transaction():
        one = _mine(by, at, reference)
        _go_on(one, open_states, ImportState.CHECKING, columns=columns, lines=0, failure=None, user=by.user)
        outbox.schedule(JOB, at, payload={"reference": reference}, at=at)


def load(*, by: Actor, at: datetime, reference: str, good_rows: bool) -> None:
    """Have it loaded: all rows, or with ``good_rows`` those that are right.

    1. Refuse what policy refuses, an import that is not checked, and all rows while one is wrong.
    2. Plan the loading.  3. Audit.
    Raises Refused, Refusal, NotThere.
    """
    with transaction():
        one = _mine(by, at, reference)
        if one.refused and not good_rows:
            raise Refusal(Reason.of("import_has_refused_rows", count=one.refused))
        changed = {"good_rows": good_rows, "lines": 0, "failure": None, "user": by.user, "subject": by.subject}
        _go_on(one, (ImportState.CHECKED,), ImportState.LOADING, **changed)
        outbox.schedule(JOB, at, payload={"reference": reference}, at=at)
        audit.record(by=by, at=at, act="kit.load_import", thing=reference, facts={"good_rows": good_rows})


def undo(*, by: Actor, at: datetime, reference: str, source: str = "") -> int:
    """Take back what an import made, while nobody has used it; returns how many rows.

    1. Refuse what policy refuses, and an import that is not loaded.  3. Take its rows back; refuse it when any is used.
    2. Wait for the room's other acts.                                4. Let the room check, note and tell; audit.
    Raises Refused, Refusal, NotThere.
    """
    with transaction():
        one = _mine(by, at, reference)
        sort = _sort(one.sort)
        _go_on(one, (ImportState.LOADED,), ImportState.UNDONE, undone_at=at)
        locks.advisory(sort.line)
        with sort.undone(by=by, at=at, added=undoing.added(one)):
            count = undoing.undo(one, sort.tables, at=at)
        facts = {"rows": count, **({"source": source} if source else {})}
        audit.record(by=by, at=at, act="kit.undo_import", thing=reference, facts=facts)
    return count


def throw_away(*, by: Actor, at: datetime, reference: str) -> None:
    """Forget an import that was never loaded.

    1. Refuse what policy refuses, and an import that is loaded or being worked on.  2. Forget it.  3. Audit.
    Raises Refused, Refusal, NotThere.
    """
    with transaction():
        one = _mine(by, at, reference)
        if one.state not in (ImportState.BROUGHT, ImportState.CHECKED, ImportState.FAILED):
            raise Refusal(Reason.of("import_not_waiting"))
        one.delete()
        audit.record(by=by, at=at, act="kit.throw_import_away", thing=reference, facts={})


@job(JOB, outside=True)
def work(*, at: datetime, reference: str) -> None:
    """Check or load what was asked for. Whoever comes second, or after it was done, does nothing.

    The file is read first, with progress; then checking or loading, the journal and the mark are one transaction.
    """
    one = Import.objects.filter(reference=reference).select_related("file").first()
    if one is None or one.state not in (ImportState.CHECKING, ImportState.LOADING):
        return
    try:
        rows = list(_read(one))
        with carrying():
            _work(one, rows, at)
    except (Refusal, Refused) as refused:
        reason = refused.reason if isinstance(refused, Refusal) else refused.reasons[0]
        with transaction():
            waiting = Import.objects.filter(pk=one.pk, state=one.state)
            waiting.update(state=ImportState.FAILED, failure=to_plain(reason))


# --- looking -----------------------------------------------------------------------------------------------------------


def listed(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[ImportView]:
    """The imports of sorts that the viewer may load, hers or, where she sees all, everybody's; the newest first."""
    known = sorts(viewer=viewer, on=at.date())
    everybodys = [sort.name for sort in known if sort.sees_all(viewer, at.date())]
    hers = Q(sort__in=[sort.name for sort in known], subject=viewer.subject)
    rows = Import.objects.filter(Q(sort__in=everybodys) | hers).select_related("file").defer("problems")
    return page(rows, IMPORTS, params).map(lambda one: _view(one, problems=False))


def one(*, viewer: Actor, at: datetime, reference: str) -> ImportView:
    """An import with the rows that were refused. NotThere out of bounds."""
    return _view(_mine(viewer, at, reference), problems=True)


def beginning(*, viewer: Actor, at: datetime, reference: str) -> Seen:
    """What the file's columns are called, and its first rows. NotThere out of bounds, Refusal when it cannot be read."""
    kept = _mine(viewer, at, reference).file
    found = seen(files.path_of(kept), name=kept.name)
    if isinstance(found, RowProblem):
        raise Refusal(found.reason)
    return found


def suggested(sort: Sort, head: Iterable[str]) -> dict[str, str]:
    """Which of their columns is probably which of ours: by name, by what others call it, by a part of either."""
    left = {title: folded(title) for title in head if folded(title)}
    found: dict[str, str] = {}
    for exactly in (True, False):
        for wanted in sort.wanted:
            if wanted.name in found:
                continue
            names = {folded(name) for name in (wanted.name, *wanted.called)}
            for title, words in left.items():
                fits = words in names if exactly else any(name in words.split() for name in names)
                if fits:
                    found[wanted.name] = title
                    del left[title]
                    break
    return found


# --- inside ------------------------------------------------------------------------------------------------------------


def _sort(name: str) -> Sort:
    found = _sorts.get(name)
    if found is None:
        raise NotThere
    return found


def _mine(by: Actor, at: datetime, reference: str) -> Import:
    """The import, for those who may load its sort: her own, or anybody's where she sees all. NotThere for anybody else."""
    found = Import.objects.filter(reference=reference).select_related("file").first()
    if found is None:
        raise NotThere
    sort = _sort(found.sort)
    if not sort.may(by, at.date()) or not (found.subject == by.subject or sort.sees_all(by, at.date())):
        raise NotThere
    return found


def _go_on(one: Import, states: Iterable[ImportState], state: ImportState, **change: Any) -> None:
    """Go on to the state, once: the second of two at once finds that it is no longer waiting."""
    gone = Import.objects.filter(pk=one.pk, state__in=[each.value for each in states]).update(state=state, **change)
    if not gone:
        raise Refusal(Reason.of("import_not_waiting"))


def table_of(columns: Mapping[str, Any]) -> Table:
    """How our columns come out of theirs, from what was kept."""
    parts: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in columns.items()}
    return Table(**parts)


def _read(one: Import) -> Iterator[Row | RowProblem]:
    """The rows of the file in our columns, telling now and then how far it is."""
    rows = read_file(files.path_of(one.file), table_of(one.columns), name=one.file.name)
    for number, row in enumerate(rows, 1):
        if number % PROGRESS_ROWS == 0:
            with transaction():
                Import.objects.filter(pk=one.pk).update(lines=number)
        yield row


def _work(one: Import, rows: list[Row | RowProblem], at: datetime) -> None:
    """Check or load, and mark it, in the open transaction. Nothing stays when somebody else has done it meanwhile."""
    loading, journal = one.state == ImportState.LOADING, Journal()
    outcome = _sort(one.sort).bring_in(
        by=_actor(one, at),
        at=at,
        tables={one.sort: rows},
        good_rows=one.good_rows,
        dry_run=not loading,
        source=one.source or one.file.name,
        journal=journal,
    )
    state = ImportState.LOADED if loading and outcome.written else ImportState.CHECKED
    if state == ImportState.LOADED:
        undoing.keep(journal, one)
    problems = outcome.report.problems[:PROBLEMS_KEPT]
    _go_on(
        one,
        (ImportState(one.state),),
        state,
        loaded_at=at if state == ImportState.LOADED else None,
        lines=outcome.report.read,
        read=outcome.report.read,
        refused=outcome.report.read - outcome.report.good,
        added=outcome.added,
        changed=outcome.changed,
        problems=[[p.line, p.column, to_plain(p.reason)] for p in problems],
        told=[to_plain(reason) for reason in (*_left(one), *outcome.told)[:TOLD_KEPT]],
    )


def _left(one: Import) -> tuple[Reason, ...]:
    """That nothing is taken from columns of the file, by name: a misspelt one stands among them."""
    found = seen(files.path_of(one.file), name=one.file.name)
    names = [] if isinstance(found, RowProblem) else left_over(found.head, table_of(one.columns))
    return (Reason.of(LEFT, names=", ".join(names)),) if names else ()


def _actor(one: Import, at: datetime) -> Actor:
    resolve = next(iter(_actors), None)
    if one.user is None or resolve is None:  # brought by the house itself
        return Actor.system("import")
    return resolve(one.user, at)


def _view(one: Import, *, problems: bool) -> ImportView:
    return ImportView(
        reference=one.reference,
        sort=one.sort,
        file=one.file.name,
        size=one.file.size,
        subject=one.subject,
        source=one.source,
        state=ImportState(one.state),
        good_rows=one.good_rows,
        brought_at=one.brought_at,
        loaded_at=one.loaded_at,
        undone_at=one.undone_at,
        lines=one.lines,
        read=one.read,
        refused=one.refused,
        added=one.added,
        changed=one.changed,
        problems=tuple(Problem(line, column, from_plain(reason)) for line, column, reason in one.problems)
        if problems
        else (),
        told=tuple(map(from_plain, one.told)) if problems else (),
        failure=None if one.failure is None else from_plain(one.failure),
        columns=one.columns,
    )
