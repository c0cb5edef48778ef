"""Entries in another currency than that of their books: rates, the rate an entry was turned at, an account for what rounding leaves."""

from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inward.core.bookkeeping import Role
from inward.kit.fields import CurrencyField
from inward.kit.triggers import AppendOnly

ROLE, USUAL, NAME = "EXCHANGE_ROUNDING", "7950", "Rounding of exchange"
KINDS = (
    *("STAFF_SALE", "STAFF_SETTLEMENT", "CHARGEBACK", "FREE_USE", "INTERCOMPANY_SALE", "INTERCOMPANY_PURCHASE"),
    *("OUTSIDE_SALE", "AGENCY_SALE", "INSURED"),
)
LINE = (
    *("id", "entry_id", "position", "account_id", "role", "amount_minor", "currency", "functional_minor", "rate"),
    *("posted_on", "cost_centre_id", "counterparty", "tax_code", "elimination"),
)
RATE = ("entry_id", "rate", "rate_on", "rate_source", "via")
BALANCED = """
CREATE OR REPLACE FUNCTION ledger_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (SELECT 1 FROM added GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0) {more}THEN
        RAISE EXCEPTION 'an entry is out of balance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $body$
"""
IN_THE_BOOKS_TOO = "OR EXISTS (SELECT 1 FROM added GROUP BY entry_id HAVING sum(functional_minor) <> 0) "


class Unguarded(AppendOnly):
    """Takes the guard of a table away while it is built anew; taken back, it puts it there again."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Build {self.table} anew"


def map_the_role(apps: Any, editor: Any) -> None:
    """In every open books: an account for what rounding leaves, under the usual code or the next that is free."""
    alias = editor.connection.alias
    books, accounts, mappings = (
        apps.get_model("ledger", name).objects.using(alias) for name in ("Books", "Account", "AccountMapping")
    )
    for company in books.values_list("company_id", flat=True):
        taken = set(accounts.filter(company_id=company).values_list("code", flat=True))
        code = next(free for free in (USUAL, *(f"{USUAL}-{n}" for n in range(1, 1000))) if free not in taken)
        account = accounts.create(company_id=company, code=code, name=NAME, kind="EXPENSE").pk
        for kind in KINDS:
            mappings.create(company_id=company, kind=kind, role=ROLE, account_id=account)


def balance_in_both(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BALANCED.format(more=IN_THE_BOOKS_TOO), params=None)


def balance_in_one(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BALANCED.format(more=""), params=None)


class Migration(migrations.Migration):
    """Taking it back leaves the account: it may hold something."""

    dependencies = [("ledger", "0008_payments_made_elsewhere"), ("parties", "0048_events_of_files")]

    operations = [
        migrations.AlterField(
            "accountmapping",
            "role",
            models.CharField(choices=[(role.value, role.value) for role in Role], max_length=24),
        ),
        migrations.CreateModel(
            name="EntryRate",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="exchange",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                (
                    "rate",
                    models.CharField(
                        help_text="price of one unit of the dealing's currency, an exact fraction", max_length=40
                    ),
                ),
                ("rate_on", models.DateField(help_text="of which day the rate is")),
                ("rate_source", models.CharField(help_text="who published it", max_length=200)),
                ("via", models.CharField(blank=True, help_text="over which third currency; empty: over none", max_length=8)),
            ],
        ),
        AppendOnly("ledger_entryrate", RATE),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", CurrencyField(max_length=8)),
                ("against", CurrencyField(max_length=8)),
                ("price", models.CharField(help_text="an exact fraction", max_length=40)),
                ("rate_on", models.DateField()),
                (
                    "last_day",
                    models.DateField(help_text="the last day it is used; empty: as long as rates are used", null=True),
                ),
                ("rate_source", models.CharField(help_text="who published it", max_length=80)),
                ("told_by", models.CharField(help_text="subject key of whoever told it", max_length=64)),
                ("known_from", models.DateTimeField()),
                ("known_until", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("known_until", None)),
                        fields=("currency", "against", "rate_on"),
                        name="exchange_rate_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None), ("last_day__gte", models.F("rate_on")), _connector="OR"
                        ),
                        name="exchange_rate_days_in_order",
                    ),
                ],
                "indexes": [models.Index(fields=["rate_on", "currency"], name="exchange_rate_by_day")],
            },
        ),
        Unguarded("ledger_entryline", LINE),
        migrations.RemoveConstraint("entryline", "entry_line_not_zero"),
        migrations.AddConstraint(
            "entryline",
            models.CheckConstraint(
                condition=models.Q(("amount_minor", 0), ("functional_minor", 0), _negated=True),
                name="entry_line_says_something",
            ),
        ),
        AppendOnly("ledger_entryline", LINE),
        migrations.RunPython(balance_in_both, balance_in_one),
        migrations.AddField(
            "journalexport",
            "layout",
            models.PositiveSmallIntegerField(default=1, help_text="which columns it has; what was made keeps its own"),
        ),
        migrations.RunPython(map_the_role, migrations.RunPython.noop),
    ]
