"""Gifts and other benefits that no order knows of, as payroll told them."""

import django.db.models.deletion
from django.db import migrations, models

from inward.kit.fields import CurrencyField, MinorField


class Migration(migrations.Migration):
    """None so far."""

    dependencies = [("trade", "0033_given_up"), ("parties", "0048_events_of_files")]

    operations = [
        migrations.CreateModel(
            name="BenefitGift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("given_on", models.DateField()),
                ("kind", models.CharField(help_text="as the law names it, such as gift", max_length=60)),
                ("name", models.CharField(blank=True, help_text="what it was", max_length=200)),
                ("value_minor", MinorField(help_text="what it costs customers, with tax")),
                ("cost_minor", MinorField(help_text="what it cost whoever gave it; empty: not known", null=True)),
                ("currency", CurrencyField(max_length=8)),
                ("source", models.CharField(blank=True, help_text="on whose word", max_length=200)),
                ("known_from", models.DateTimeField()),
                ("known_until", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        help_text="the employer whose pay it counts as",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        help_text="the company of the group that gave it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value_minor__gt", 0)), name="benefit_gift_worth")
                ],
                "indexes": [models.Index(fields=["person", "given_on"], name="benefit_gift_by_person")],
            },
        ),
    ]
