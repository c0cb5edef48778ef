"""Let entries and lines only grow, and on PostgreSQL refuse an entry that is out of balance when it is written."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inward.kit.triggers import AppendOnly

FUNCTION = """
CREATE FUNCTION ledger_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (SELECT 1 FROM added GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0) THEN
        RAISE EXCEPTION 'an entry is out of balance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $body$
"""
TRIGGER = """
CREATE TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entryline
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_balanced()
"""


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(TRIGGER, params=None)


def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER ledger_entry_balanced ON ledger_entryline", params=None)
        schema_editor.execute("DROP FUNCTION ledger_entry_balanced()", params=None)


ENTRY = (
    *("id", "company_id", "kind", "reference", "correction_of", "posted_on", "entered_at", "subject", "number"),
    "export_id",
)
LINE = (
    *("id", "entry_id", "position", "account_id", "role", "amount_minor", "currency", "functional_minor", "rate"),
    *("posted_on", "cost_centre_id", "counterparty", "tax_code", "elimination"),
)


class Migration(migrations.Migration):
    """Guard the books in the database itself."""

    dependencies = [("ledger", "0001_ledger")]

    operations = [
        AppendOnly("ledger_entry", ENTRY, once=("number", "export_id")),
        AppendOnly("ledger_entryline", LINE),
        migrations.RunPython(forwards, backwards),
    ]
