"""Why what was put aside was not ordered: counts, without persons."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from inward.trade.vocabulary import GivenUpWhy


class Migration(migrations.Migration):
    """Nothing is counted until somebody answers."""

    dependencies = [("trade", "0032_on_behalf")]

    operations = [
        migrations.CreateModel(
            name="GivenUpOnce",
            fields=[("digest", models.CharField(max_length=64, primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="GivenUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("why", models.CharField(choices=[(why.value, why.value) for why in GivenUpWhy], max_length=16)),
                ("count", models.PositiveIntegerField()),
                ("offering", models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.offering",
                    )),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("offering", "year", "why"), name="given_up_counted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="GivenUpWords",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=200)),
                ("offering", models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.offering"
                    )),
            ],
        ),
        migrations.CreateModel(
            name="KeptBasket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.JSONField(help_text="{offering: pieces}, in the order in which they were put in")),
                ("since", models.DateField()),
                ("asked", models.BooleanField(default=False, help_text="she was asked why she did not order it")),
                ("customer", models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    )),
                ("person", models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    )),
            ],
            options={
                "indexes": [models.Index(fields=["since"], name="basket_by_age")],
                "constraints": [models.UniqueConstraint(fields=("person", "customer"), name="basket_once")],
            },
        ),
    ]
