"""Append-only tables, guarded by the database itself: a migration operation for PostgreSQL and SQLite.

For tables whose rows are evidence. Rows may be inserted; columns named in ``once`` may be filled once, from empty; every
other change and every removal is refused with an IntegrityError, whoever asks.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.operations.base import Operation

_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';
END $body$
"""


class AppendOnly(Operation):
    """Let a table only grow. ``columns`` are all its columns; those in ``once`` may be filled once (null or '' before).

    A later migration that rebuilds the table on SQLite drops its triggers: repeat this operation after it.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, columns: Sequence[str], once: Sequence[str] = ()) -> None:
        self.table = table
        self.columns = tuple(columns)
        self.once = tuple(once)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes this operation down."""
        return type(self).__name__, [], {"table": self.table, "columns": self.columns, "once": self.once}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Put the triggers on the table."""
        make = self._postgresql if schema_editor.connection.vendor == "postgresql" else self._sqlite
        for statement in make():
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Take the triggers away."""
        on_table = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {self._name(act)}{on_table}", params=None)
        if on_table:
            schema_editor.execute(f"DROP FUNCTION {self._name('refuse')}()", params=None)

    def describe(self) -> str:
        """What ``migrate --plan`` says."""
        return f"Let {self.table} only grow"

    @property
    def migration_name_fragment(self) -> str:
        """What an automatically named migration is called after."""
        return f"{self.table}_append_only"

    def _name(self, act: str) -> str:
        return f"{self.table}_append_only_{act}"

    def _allowed(self, same: str) -> str:
        """The condition under which an update only fills what was empty; ``same`` compares so that null equals null."""
        kept = [f"NEW.{name} {same} OLD.{name}" for name in self.columns if name not in self.once]
        filled = [
            f"(NEW.{name} {same} OLD.{name} OR OLD.{name} IS NULL OR CAST(OLD.{name} AS text) = '')"
            for name in self.once
        ]
        return " AND ".join([*kept, *filled]) if self.once else "1 = 0"

    def _postgresql(self) -> list[str]:
        refuse, update, delete = self._name("refuse"), self._name("update"), self._name("delete")
        changed = f"WHEN (NOT ({self._allowed('IS NOT DISTINCT FROM')}))"
        on_row = f"ON {self.table} FOR EACH ROW"
        return [
            _FUNCTION.format(name=refuse, table=self.table),
            f"CREATE TRIGGER {update} BEFORE UPDATE {on_row} {changed} EXECUTE FUNCTION {refuse}()",
            f"CREATE TRIGGER {delete} BEFORE DELETE {on_row} EXECUTE FUNCTION {refuse}()",
        ]

    def _sqlite(self) -> list[str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
        update, delete = self._name("update"), self._name("delete")
        when = self._allowed("IS")
        return [
            f"CREATE TRIGGER {update} BEFORE UPDATE ON {self.table} FOR EACH ROW WHEN NOT ({when}) {refuse}",
            f"CREATE TRIGGER {delete} BEFORE DELETE ON {self.table} FOR EACH ROW {refuse}",
        ]
