"""Bring a backup back: into an empty database, or in place of what is there when that is asked for. All of it or nothing.

The tables are made as they were when the backup was taken, filled, read again and held against the manifest, and only
then brought to this version. PostgreSQL does it in one transaction; for SQLite a new file is made beside the old one and
takes its place in one. The house must stand still meanwhile: what it keeps in memory would be of another past.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from inward.core.terms import Reason, Refusal
from inward.kit import archive, audit, backup, files, portable, worker
from inward.kit import connections as own
from inward.kit.actor import Actor
from inward.kit.archive import Manifest, Reader
from inward.kit.models import AuditRow
from inward.kit.transaction import elsewhere
from inward.kit.write_lock import write_lock

Progress = Callable[[str, int], object]
MACHINERY = frozenset(
    {
        "auth_permission",
        "django_content_type",
        "django_session",
        "kit_heartbeat",
        "kit_task",
        "kit_version",
    }
)
"""Tables that fill by themselves: a site with rows in these alone is empty."""

_PATIENCE = "SET LOCAL lock_timeout = '10s'"


def restore(
    path: Path, *, by: Actor, at: datetime, replace: bool = False, progress: Progress = lambda _table, _rows: None
) -> Manifest:
    """Bring a backup back and return what it held.

    1. Refuse a file that is damaged or of a later version.      4. Hold them against the manifest.
    2. Refuse a site that works, and one with data unless        5. Bring them to this version; note it in the audit.
       ``replace`` says so.                                      6. All of this becomes the database in one step.
    3. Make the tables of its version, and fill them.
    Uploaded files are laid down first: they harm nobody if the rest fails.
    """
    with archive.opened(path) as reader:
        _check_known(reader, path)
        reader.check()
        check_stands_still(at)
        _check_room(replace=replace)
        for digest in reader.manifest.files:
            files.hold(reader.content(digest))
        note = {"made_at": reader.manifest.made_at, "version": reader.manifest.version, "rows": reader.manifest.rows}
        filling = _Filling(
            reader, progress, audit.audit_rows(by=by, at=at, act="kit.restore", thing="site", facts=note)
        )
        if connection.vendor == "postgresql":
            _in_place(filling)
        else:
            _beside(filling)
        return reader.manifest


def occupied() -> tuple[str, ...]:
    """The tables of the house's database that hold data of people, not of the machinery."""
    loader = MigrationLoader(connection)
    if not MigrationRecorder(connection).applied_migrations():
        return ()
    tables = portable.tables(loader, backup.applied("default", loader))
    return tuple(table.name for table in tables if table.name not in MACHINERY and portable.filled(table, "default"))


class _Filling:
    """One backup on its way into one database."""

    def __init__(self, reader: Reader, progress: Progress, note: Any) -> None:
        self._reader, self._progress, self._note = reader, progress, note

    def into(self, alias: str) -> None:
        """Make the tables of its version in an empty database, fill and check them, bring them to this version."""
        manifest = self._reader.manifest
        executor = MigrationExecutor(connections[alias])
        executor.migrate(_last(executor.loader, set(manifest.migrations)))
        tables = {table.name: table for table in portable.tables(executor.loader, manifest.migrations)}
        with elsewhere(alias):
            portable.check_keys_at_the_end(alias)
            self._fill(tables, alias)
            self._compare(tables, alias)
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        noted = (AuditRow(**dict(zip(self._note.columns, row, strict=True))) for row in self._note.rows)
        AuditRow.objects.using(alias).bulk_create(noted)

    def _fill(self, tables: dict[str, portable.Table], alias: str) -> None:
        rows = 0
        for part in self._reader.manifest.tables:
            table = tables.get(part.name)
            if table is None or table.columns != part.columns:
                raise Refusal(Reason.of("backup_damaged", file="manifest.json", part=part.name))
            if portable.filled(table, alias):
                portable.clear(table, alias)
            with _refused_rows_named(part.name):
                rows += portable.fill(table, alias, self._reader.rows(part.name))
            if part.last_number is not None:
                portable.count_on_from(table, alias, part.last_number)
            self._progress(part.name, rows)

    def _compare(self, tables: dict[str, portable.Table], alias: str) -> None:
        """Read every table again: what the database holds now must be what the manifest says."""
        with _refused_rows_named("(foreign keys)"):
            connections[alias].check_constraints()
        for part in self._reader.manifest.tables:
            found = portable.told(portable.lines(tables[part.name], alias))
            if (found.rows, found.sha256) != (part.rows, part.sha256):
                raise Refusal(Reason.of("table_came_out_different", table=part.name, rows=part.rows, found=found.rows))


@contextmanager
def _refused_rows_named(table: str) -> Iterator[None]:
    """A row that the database refuses is the backup's fault; a full disk or a lost connection is not."""
    try:
        yield
    except OperationalError:
        raise
    except DatabaseError as error:
        raise Refusal(Reason.of("row_not_taken", table=table, why=str(error).split("\n")[0])) from error


def _last(loader: MigrationLoader, wanted: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The migrations of a set on which no other of the set rests: to reach them is to reach all."""
    return [
        key for key in sorted(wanted) if not any(each.key in wanted for each in loader.graph.node_map[key].children)
    ]


def _check_known(reader: Reader, path: Path) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    if not set(reader.manifest.migrations) <= known:
        raise Refusal(Reason.of("backup_of_newer", file=path.name, version=reader.manifest.version))


def check_stands_still(at: datetime) -> None:
    """Refusal (site_at_work) while a worker shows that it lives."""
    if "kit_heartbeat" in connection.introspection.table_names() and worker.alive(at):
        raise Refusal(Reason.of("site_at_work"))


def _check_room(*, replace: bool) -> None:
    found = () if replace else occupied()
    if found:
        raise Refusal(Reason.of("site_not_empty", tables=", ".join(found[:5])))


# --- PostgreSQL: one transaction --------------------------------------------------------------------------------------


def _in_place(filling: _Filling) -> None:
    with own.another({}) as alias:
        try:
            with elsewhere(alias):
                _empty(connections[alias])
                filling.into(alias)
        except OperationalError as error:
            if "lock timeout" in str(error):
                raise Refusal(Reason.of("site_at_work")) from error
            raise


def _empty(database: BaseDatabaseWrapper) -> None:
    """Take away the house's tables and the functions of its triggers; whatever else lies there is refused, not touched."""
    loader = MigrationLoader(database)
    applied = set(MigrationRecorder(database).applied_migrations()) & set(loader.disk_migrations)
    ours = {table.name for table in portable.tables(loader, applied)} | {"django_migrations"}
    present = {info.name for info in _tables_of(database)}
    strange = sorted(present - ours)
    if strange:
        raise Refusal(Reason.of("strange_tables", tables=", ".join(strange[:5])))
    with database.cursor() as cursor:
        cursor.execute(_PATIENCE)
        if present:
            cursor.execute(f"DROP TABLE {', '.join(map(database.ops.quote_name, sorted(present)))} CASCADE")
        cursor.execute(_TRIGGER_FUNCTIONS)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name}")


def _tables_of(database: BaseDatabaseWrapper) -> list[Any]:
    with database.cursor() as cursor:
        return [info for info in database.introspection.get_table_list(cursor) if info.type in ("t", "p")]


_TRIGGER_FUNCTIONS = """
    SELECT function.oid::regprocedure::text FROM pg_proc function
    WHERE function.pronamespace = current_schema()::regnamespace AND function.prorettype = 'trigger'::regtype
    AND pg_get_userbyid(function.proowner) = current_user
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE pg_depend.objid = function.oid AND pg_depend.deptype = 'e')
"""


# --- SQLite: a new file takes the place of the old one ----------------------------------------------------------------


def _beside(filling: _Filling) -> None:
    live = Path(connection.settings_dict["NAME"])
    draft = live.with_name(f"{live.name}.restoring")
    _forget(draft)
    try:
        with own.beside(draft) as alias:
            filling.into(alias)
        connection.close()
        with write_lock():
            _take_place(draft, live)
    finally:
        _forget(draft)


def _take_place(draft: Path, live: Path) -> None:
    """Copy the finished file over the live one by SQLite's own backup: one transaction, which a kill undoes."""
    new, old = sqlite3.connect(draft), sqlite3.connect(live, timeout=10)
    try:
        new.backup(old)
    finally:
        old.close()
        new.close()


def _forget(draft: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal", ".write-lock"):
        with suppress(FileNotFoundError):
            draft.with_name(draft.name + ending).unlink()
