"""A migration operation that drops indexes which others made superfluous, without rebuilding their table.

Django indexes every foreign key and, on PostgreSQL, every searched text twice; a wider index that begins with the same
column serves as well, and each index less makes every order faster. Rebuilding a table, as SQLite would to change a column,
costs minutes at a million rows and drops its triggers.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.operations.base import Operation


class IndexesGone(Operation):
    """Drop every plain index on that one column alone, but none by a name given in a model and none that is unique."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self.table = table
        self.columns = tuple(columns)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes this operation down."""
        return type(self).__name__, [], {"table": self.table, "columns": self.columns}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Said apart, beside this operation, where the models' state changes at all."""

    def database_forwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Drop them."""
        for name in self._superfluous(schema_editor):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}", params=None)

    def database_backwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        """Nothing: the wider indexes serve."""

    def describe(self) -> str:
        """What ``migrate --plan`` says."""
        return f"Drop superfluous indexes of {self.table}"

    def _superfluous(self, schema_editor: Editor) -> list[str]:
        found = schema_editor.connection
        with found.cursor() as cursor:
            constraints = found.introspection.get_constraints(cursor, self.table)
        return sorted(
            name
            for name, what in constraints.items()
            if what["index"]
            and not what["unique"]
            and not what["primary_key"]
            and len(what["columns"]) == 1
            and what["columns"][0] in self.columns
            and name.startswith(self.table)
        )


__all__ = ["IndexesGone"]
