"""Many rows into one table of PostgreSQL as one stream: a third of what the same rows cost as the parameter of a statement.

Inside the transaction that is open. Nothing asks here whether the rows may be written; ``writing`` does.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from inward.kit.plain import as_json


def copy(table: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add the rows, whose values are in the order of ``columns``; ``types`` are PostgreSQL's names.

    Errors of the database (a broken constraint) as Django's.
    """
    into = ", ".join(map(connection.ops.quote_name, columns))
    statement = f"COPY {connection.ops.quote_name(table)} ({into}) FROM STDIN (FORMAT BINARY)"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as stream:
        stream.set_types(types)
        for row in _with_json(rows, [place for place, kind in enumerate(types) if kind == "jsonb"]):
            stream.write_row(row)


def _with_json(rows: Iterable[Sequence[Any]], places: Sequence[int]) -> Iterable[Sequence[Any]]:
    """The rows, with what stands in these places marked as JSON where there is anything."""
    if not places:
        return rows
    from psycopg.types.json import Jsonb

    def marked(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place in places:
            if values[place] is not None:
                values[place] = Jsonb(values[place], as_json)
        return values

    return map(marked, rows)
