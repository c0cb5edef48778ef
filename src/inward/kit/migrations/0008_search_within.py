"""Let PostgreSQL look for words within a scope along an index of its own, with no entry of another scope looked at."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = (
    "CREATE INDEX kit_search_within ON kit_searchentry USING gin (to_tsvector('simple', words || ' ' || scope)) "
    "WHERE scope <> ''"
)


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)


def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX kit_search_within")


class Migration(migrations.Migration):
    """SQLite's search walks from the latest entry back as it is."""

    dependencies = [("kit", "0007_withdrawn_files")]

    operations = [migrations.RunPython(forwards, backwards)]
