"""Take a backup: every table and every uploaded file of one moment, in one file, while the house works on.

Reads only. What is not in it: the secret key and the other settings, which are kept apart on purpose, and letters that
lie in a folder because no mail server is set.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from inward.core.terms import Reason, Refusal
from inward.kit import archive, files, portable
from inward.kit import connections as own
from inward.kit.archive import Manifest, TablePart
from inward.kit.transaction import elsewhere

Progress = Callable[[str, int], object]
"""Told which table was written, and how many rows so far."""


def take(path: Path, *, at: datetime, version: str, progress: Progress = lambda _table, _rows: None) -> Manifest:
    """Write a backup to ``path`` and return what it holds.

    Refusal when the name is taken, or when the database is not one of this program or of one before it.
    """
    with own.snapshot() as alias, archive.written(path) as writer, elsewhere(alias):
        loader = MigrationLoader(connections[alias])
        migrations = applied(alias, loader)
        tables = portable.tables(loader, migrations)
        parts: list[TablePart] = []
        for table in tables:
            parts.append(_kept(writer, table, alias))
            progress(table.name, sum(part.rows for part in parts))
        held, missing = _files(writer, tables, alias)
        manifest = Manifest(
            version=version,
            made_at=at.isoformat(),
            database=connections[alias].vendor,
            migrations=tuple(sorted(migrations)),
            tables=tuple(parts),
            files=held,
            files_missing=missing,
        )
        writer.close_with(manifest)
    return manifest


def applied(alias: str, loader: MigrationLoader) -> set[tuple[str, str]]:
    """The migrations that made this database. Refusal for none, and for such as this program does not know."""
    found = set(MigrationRecorder(connections[alias]).applied_migrations())
    unknown = sorted(found - set(loader.disk_migrations))
    if unknown:
        raise Refusal(Reason.of("database_of_newer", migration=".".join(unknown[0])))
    if not found:
        raise Refusal(Reason.of("database_without_tables"))
    return found


def _kept(writer: archive.Writer, table: portable.Table, alias: str) -> TablePart:
    with writer.rows(table.name) as write, closing(portable.lines(table, alias)) as found:
        told = portable.told(found, write)
    return TablePart(table.name, table.columns, told.rows, told.sha256, portable.last_number(table, alias))


def _files(
    writer: archive.Writer, tables: tuple[portable.Table, ...], alias: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Add every uploaded file once; the digests of those added, and of those that are gone from the folder.

    What was withdrawn is neither: its content is to be forgotten.
    """
    table = next(table for table in tables if table.name == "kit_file")
    digests = portable.values(table, alias, "sha256")
    known = "withdrawn_at" in table.columns  # a database of before knows none
    withdrawn = portable.values(table, alias, "withdrawn_at") if known else [None] * len(digests)
    wanted = sorted({digest for digest, gone in zip(digests, withdrawn, strict=True) if gone is None})
    missing = []
    for digest in wanted:
        content = files.held(digest)
        if content is None:
            missing.append(digest)
        else:
            writer.content(digest, content)
    return tuple(digest for digest in wanted if digest not in missing), tuple(missing)
