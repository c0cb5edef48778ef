"""Budgets of cost centres, what orders take of them, and the version they stand under, which can be held from the first on."""

import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import inward.kit.fields

NAME = "budgets"


def begin(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Only a row that is there can be held."""
    apps.get_model("kit", "Version").objects.using(editor.connection.alias).get_or_create(
        name=NAME, defaults={"number": 0}
    )


def end(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """As if none had ever been set."""
    apps.get_model("kit", "Version").objects.using(editor.connection.alias).filter(name=NAME).delete()


def _centre() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party", db_index=False
    )


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [("kit", "0007_withdrawn_files"), ("trade", "0012_till_codes")]

    operations = [
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField()),
                ("until", models.DateField(help_text="first day it no longer holds")),
                ("amount_minor", inward.kit.fields.MinorField()),
                ("currency", inward.kit.fields.CurrencyField(max_length=8)),
                ("rule", models.CharField(choices=[("WARN", "WARN"), ("STOP", "STOP")], max_length=4)),
                ("centre", _centre()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["centre", "starts"], name="budget_once"),
                    models.CheckConstraint(
                        condition=models.Q(until__gt=models.F("starts")), name="budget_days_in_order"
                    ),
                    models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="budget_not_negative"),
                ]
            },
        ),
        migrations.CreateModel(
            name="BudgetUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField()),
                ("used_minor", models.BigIntegerField(default=0)),
                ("posted_minor", models.BigIntegerField(default=0)),
                ("centre", _centre()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["centre", "starts"], name="budget_use_once")]
            },
        ),
        migrations.RunPython(begin, end),
    ]
