"""Rows of any table as lines of JSON that mean the same on SQLite and on PostgreSQL, and back again.

A table is described by the models of the migrations that made it, so rows of an older version are read as they were. Rows
come in the order of their keys, each in one spelling: two databases with the same rows give the same lines, byte for byte.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.functions import Collate

Json: TypeAlias = Any
AT_ONCE = 2_000
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as some state of the migrations describes it."""

    name: str
    model: type[models.Model]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in the order in which rows give them."""
        return tuple(field.column or "" for field in self.model._meta.concrete_fields)

    @property
    def numbered(self) -> bool:
        """Whether the database itself gives its keys."""
        return isinstance(self.model._meta.pk, models.AutoField | models.BigAutoField | models.SmallAutoField)


@dataclass(frozen=True, slots=True)
class Told:
    """What a table's lines came to: how many, and the SHA-256 of them all."""

    rows: int
    sha256: str


def tables(loader: MigrationLoader, migrations: Iterable[tuple[str, str]]) -> tuple[Table, ...]:
    """Every table that stands when these migrations are applied, in the order of their names."""
    state = loader.project_state(sorted(migrations))
    found = {
        model._meta.db_table: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return tuple(Table(name, found[name]) for name in sorted(found))


def lines(table: Table, alias: str) -> Generator[bytes, None, None]:
    """The rows of a table, one line each, in the order of their keys. Needs an open transaction on PostgreSQL."""
    fields = table.model._meta.concrete_fields
    spell = [_speller(field) for field in fields]
    for row in _ordered(table, alias).values_list(*(field.attname for field in fields)).iterator(chunk_size=AT_ONCE):
        yield _line([said(value) for said, value in zip(spell, row, strict=True)])


def told(found: Iterable[bytes], write: Callable[[bytes], object] = lambda _line: None) -> Told:
    """Count and sum up lines while they are written."""
    rows, digest = 0, hashlib.sha256()
    for line in found:
        digest.update(line)
        write(line)
        rows += 1
    return Told(rows, digest.hexdigest())


def fill(table: Table, alias: str, found: Iterable[bytes]) -> int:
    """Put the rows that the lines tell into an empty table, in one go; how many."""
    connection = connections[alias]
    fields = table.model._meta.concrete_fields
    read = [_reader(field) for field in fields]

    def rows() -> Iterator[list[Any]]:
        for line in found:
            values = zip(fields, read, orjson.loads(line), strict=True)
            yield [field.get_db_prep_save(reader(value), connection) for field, reader, value in values]

    return _copied(table, alias, rows()) if connection.vendor == "postgresql" else _inserted(table, alias, rows())


def values(table: Table, alias: str, column: str) -> list[Any]:
    """One column of every row, in the order of their keys."""
    return list(_ordered(table, alias).values_list(column, flat=True))


def filled(table: Table, alias: str) -> bool:
    """Whether the table has any row."""
    return models.QuerySet(model=table.model, using=alias).exists()


def check_keys_at_the_end(alias: str) -> None:
    """Let foreign keys be checked when the transaction ends: tables are filled in no order of what refers to what.

    A migration that adds one to a table has it checked at once for the rest of its transaction.
    """
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def clear(table: Table, alias: str) -> None:
    """Take away what migrations put there: what is brought in has those rows as they are now."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"DELETE FROM {_quoted(alias, table.name)}")  # noqa: S608 - a name of our own models, quoted


def last_number(table: Table, alias: str) -> int | None:
    """The highest key the database ever gave out for the table; None where it gives none."""
    if not table.numbered:
        return None
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(alias, table.name), _key(table)])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")  # noqa: S608 - a name the database gave
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def count_on_from(table: Table, alias: str, number: int) -> None:
    """Let the database give keys beyond ``number`` from now on."""
    if number < 1:
        return
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name: list[str | int] = [_quoted(alias, table.name), _key(table), number]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", name)
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = MAX(seq, %s) WHERE name = %s", [number, table.name])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])


def _ordered(table: Table, alias: str) -> models.QuerySet[models.Model]:
    """All rows in the order of their keys; text by its bytes, not by the language of the database."""
    every: models.QuerySet[models.Model] = models.QuerySet(model=table.model, using=alias)
    if not isinstance(_column(table.model._meta.pk), models.CharField | models.TextField):
        return every.order_by("pk")
    bytewise = "C" if connections[alias].vendor == "postgresql" else "BINARY"
    return every.order_by(Collate("pk", bytewise))


def _line(values: list[Json]) -> bytes:
    try:
        return orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # whole numbers beyond 64 bits inside a JSON column
        return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def _column(field: Any) -> Any:
    """The field that says what the column holds: a foreign key's is the key it points at."""
    while field.is_relation:
        field = field.target_field
    return field


def _speller(field: Any) -> Callable[[Any], Json]:
    """How a value of the column is written in a line."""
    column = _column(field)
    if isinstance(column, models.JSONField):
        return lambda value: None if value is None else [value]
    return lambda value: None if value is None else _spelt(column.get_prep_value(value))


def _spelt(value: Any) -> Json:
    match value:
        case bool() | int() | str() | float():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value // _MICROSECOND
        case bytes() | bytearray() | memoryview():
            return base64.b64encode(bytes(value)).decode()
        case Decimal() | UUID():
            return str(value)
    msg = f"{type(value).__name__} has no spelling"
    raise TypeError(msg)


def _reader(field: Any) -> Callable[[Json], Any]:
    """How a value in a line becomes one of the column."""
    column = _column(field)
    if isinstance(column, models.JSONField):
        return lambda value: None if value is None else value[0]
    if isinstance(column, models.DurationField):
        return lambda value: None if value is None else timedelta(microseconds=value)
    if isinstance(column, models.BinaryField):
        return lambda value: None if value is None else base64.b64decode(value)
    return lambda value: None if value is None else column.to_python(value)


def _inserted(table: Table, alias: str, rows: Iterator[list[Any]]) -> int:
    into = ", ".join(_quoted(alias, column) for column in table.columns)
    marks = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {_quoted(alias, table.name)} ({into}) VALUES ({marks})"  # noqa: S608 - names of our own models
    count = 0
    with connections[alias].cursor() as cursor:
        while some := list(islice(rows, AT_ONCE)):
            cursor.executemany(statement, some)
            count += len(some)
    return count


def _copied(table: Table, alias: str, rows: Iterator[list[Any]]) -> int:
    connection = connections[alias]
    into = ", ".join(_quoted(alias, column) for column in table.columns)
    statement = f"COPY {_quoted(alias, table.name)} ({into}) FROM STDIN"
    count = 0
    # Copying speaks to the driver itself: its errors are to be Django's, as everywhere.
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as to:
        for row in rows:
            to.write_row(row)
            count += 1
    return count


def _quoted(alias: str, name: str) -> str:
    return connections[alias].ops.quote_name(name)


def _key(table: Table) -> str:
    key = table.model._meta.pk
    return "" if key is None else key.column or ""
