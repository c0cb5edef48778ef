"""An order may be deducted in parts; companies say in how many, and what becomes of open ones on leaving."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from inward.core.bookkeeping import OnLeaving
from inward.kit.fields import CurrencyField, MinorField
from inward.trade.vocabulary import PayKind

_KINDS = [(kind.value, kind.value) for kind in PayKind]


class Migration(migrations.Migration):
    """Orders of before are deducted at once."""

    dependencies = [("trade", "0018_conduct"), ("parties", "0001_parties")]

    operations = [
        migrations.AddField(
            "order",
            "instalments",
            models.JSONField(
                null=True, help_text="{parts: [[month, smallest units]], leaving}; null: all at once"
            ),
        ),
        migrations.CreateModel(
            name="PayParts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("parts_max", models.PositiveSmallIntegerField()),
                ("part_min_minor", MinorField(null=True)),
                ("currency", CurrencyField(blank=True)),
                (
                    "last_day",
                    models.PositiveSmallIntegerField(help_text="of a month whose orders go into its pay"),
                ),
                (
                    "leaving",
                    models.CharField(max_length=8, choices=[(each.value, each.value) for each in OnLeaving]),
                ),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(parts_max__gte=1, last_day__gte=1, last_day__lte=31), name="pay_parts_in_bounds"
                    )
                ]
            },
        ),
        migrations.AlterField("payline", "kind", models.CharField(max_length=9, choices=_KINDS)),
        migrations.AlterField("paycode", "kind", models.CharField(max_length=9, choices=_KINDS)),
        migrations.RemoveConstraint("payline", "pay_line_of_one_thing"),
        migrations.AddConstraint(
            "payline",
            models.CheckConstraint(
                condition=Q(kind__in=("DEDUCTION", "INVOICE"), order__isnull=False, tax_year="")
                | (Q(kind="BENEFIT", order__isnull=True) & ~Q(tax_year="")),
                name="pay_line_of_one_thing",
            ),
        ),
    ]
