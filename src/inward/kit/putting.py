"""Many rows at once into one table, each new or in the place of the one with the same key: for bulk that decides nothing.

One statement for some ten thousand rows. A row that says what is there already is not written, so that the same rows again
change nothing. No gates, no audit, no history: whoever needs those writes facts through ``kit.records``.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from inward.kit.transaction import transaction_required


@transaction_required
def put(
    table: type[models.Model], columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]], key: tuple[str, ...]
) -> int:
    """Write the rows, given in the order of ``columns``; returns how many were new or said otherwise.

    ``key`` are the columns of a unique constraint; no two rows may have the same. Columns that are not given must have a
    default in the database.
    """
    if not rows:
        return 0
    kinds = {field.column: str(field.db_type(connection)) for field in table._meta.concrete_fields}
    postgresql = connection.vendor == "postgresql"
    types = tuple(kinds[column] for column in columns) if postgresql else ()
    statement = _statement(table._meta.db_table, columns, key, types)
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(statement, [list(values) for values in zip(*rows, strict=True)])
        else:
            cursor.executemany(statement, [tuple(map(_stored, row)) for row in rows])
        return max(int(cursor.rowcount), 0)


@lru_cache(maxsize=64)
def _statement(table: str, columns: tuple[str, ...], key: tuple[str, ...], types: tuple[str, ...]) -> str:
    """The text for a table: on PostgreSQL (with ``types``) one array for each column, elsewhere one row at a time."""
    quoted = connection.ops.quote_name
    others = [column for column in columns if column not in key]
    into = ", ".join(map(quoted, columns))
    arrays = ", ".join(f"%s::{_plain(kind)}[]" for kind in types)
    values = f"SELECT * FROM unnest({arrays})" if types else f"VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 - names of our own models
    fresh = ", ".join(f"{quoted(column)} = excluded.{quoted(column)}" for column in others)
    here = ", ".join(f"t.{quoted(column)}" for column in others)
    there = ", ".join(f"excluded.{quoted(column)}" for column in others)
    differs = "IS DISTINCT FROM" if types else "IS NOT"
    return (
        f"INSERT INTO {quoted(table)} AS t ({into}) {values} "
        f"ON CONFLICT ({', '.join(map(quoted, key))}) DO UPDATE SET {fresh} WHERE ({here}) {differs} ({there})"
    )


def _stored(value: Any) -> Any:
    """Days and instants as Django itself stores them in SQLite."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _plain(kind: str) -> str:
    """The type without its length: the column checks that."""
    return kind.partition("(")[0]
