"""A unit stands in one place on any day: the database refuses what would overlap, whoever writes it.

PostgreSQL: an exclusion constraint over ranges, which needs no extension when the key is a range too, checked at the end
of the transaction so that a place may be corrected. SQLite: a trigger. The act itself is checked by the core first.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "placement_one_a_day"

POSTGRESQL = f"""
ALTER TABLE parties_unitplacement ADD CONSTRAINT {NAME} EXCLUDE USING gist (
    int8range(unit_id, unit_id, '[]') WITH &&,
    daterange(valid_from, valid_until) WITH &&
) WHERE (known_until IS NULL) DEFERRABLE INITIALLY DEFERRED
"""

SQLITE = f"""
CREATE TRIGGER {NAME}_{{act}} BEFORE {{event}} ON parties_unitplacement FOR EACH ROW
WHEN NEW.known_until IS NULL AND EXISTS (
    SELECT 1 FROM parties_unitplacement other
    WHERE other.unit_id = NEW.unit_id AND other.known_until IS NULL AND other.id IS NOT NEW.id
    AND (other.valid_until IS NULL OR NEW.valid_from IS NULL OR NEW.valid_from < other.valid_until)
    AND (NEW.valid_until IS NULL OR other.valid_from IS NULL OR other.valid_from < NEW.valid_until)
)
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""


def forwards(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Guard the table."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    schema_editor.execute(SQLITE.format(act="insert", event="INSERT"), params=None)
    schema_editor.execute(SQLITE.format(act="update", event="UPDATE"), params=None)


def backwards(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE parties_unitplacement DROP CONSTRAINT {NAME}", params=None)
        return
    for act in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER {NAME}_{act}", params=None)


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_parties")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
