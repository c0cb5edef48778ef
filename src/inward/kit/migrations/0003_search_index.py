"""Let the database itself find entries by words: FTS5 on SQLite, a text-search index on PostgreSQL."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """CREATE VIRTUAL TABLE kit_search_words USING fts5(
        words, content='kit_searchentry', content_rowid='id', tokenize='unicode61', prefix='2 3')""",
    """CREATE TRIGGER kit_search_added AFTER INSERT ON kit_searchentry BEGIN
        INSERT INTO kit_search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER kit_search_removed AFTER DELETE ON kit_searchentry BEGIN
        INSERT INTO kit_search_words(kit_search_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER kit_search_changed AFTER UPDATE ON kit_searchentry BEGIN
        INSERT INTO kit_search_words(kit_search_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO kit_search_words(rowid, words) VALUES (new.id, new.words); END""",
)
SQLITE_BACK = (
    "DROP TRIGGER kit_search_changed",
    "DROP TRIGGER kit_search_removed",
    "DROP TRIGGER kit_search_added",
    "DROP TABLE kit_search_words",
)
POSTGRESQL = ("CREATE INDEX kit_search_words ON kit_searchentry USING gin (to_tsvector('simple', words))",)
POSTGRESQL_BACK = ("DROP INDEX kit_search_words",)


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Add the index and what keeps it true."""

    dependencies = [("kit", "0002_files_subjects_lists_search")]

    operations = [migrations.RunPython(forwards, backwards)]
