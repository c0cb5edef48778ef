"""Totals of days beside the lines, so that a balance needs no look at every line; filled with what is numbered already."""

import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import inward.kit.fields

FILL_TOTALS = """
    INSERT INTO ledger_daytotal (account_id, posted_on, debit_minor, credit_minor)
    SELECT line.account_id, line.posted_on,
        SUM(CASE WHEN line.functional_minor > 0 THEN line.functional_minor ELSE 0 END),
        SUM(CASE WHEN line.functional_minor < 0 THEN -line.functional_minor ELSE 0 END)
    FROM ledger_entry entry JOIN ledger_entryline line ON line.entry_id = entry.id
    WHERE entry.number IS NOT NULL GROUP BY line.account_id, line.posted_on
"""
FILL_COUNTS = """
    INSERT INTO ledger_daycount (company_id, posted_on, entries)
    SELECT company_id, posted_on, COUNT(*) FROM ledger_entry WHERE number IS NOT NULL GROUP BY company_id, posted_on
"""


def fill(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What has a number is in the totals; from here on numbering adds to them."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FILL_TOTALS)
        cursor.execute(FILL_COUNTS)


class Migration(migrations.Migration):
    """Totals of days."""

    dependencies = [("parties", "0002_one_place_a_day"), ("ledger", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("posted_on", models.DateField()),
                ("entries", models.BigIntegerField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("company", "posted_on"), name="day_count_once")],
            },
        ),
        migrations.CreateModel(
            name="DayTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("posted_on", models.DateField()),
                ("debit_minor", inward.kit.fields.MinorField()),
                ("credit_minor", inward.kit.fields.MinorField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "posted_on"), name="day_total_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
