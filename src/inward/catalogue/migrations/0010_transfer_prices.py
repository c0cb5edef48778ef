"""Prices between those who belong together are found by more methods, and stand beside comparable sales of strangers."""

from django.db import migrations, models

from inward.core.pricing.methods import MethodName
from inward.kit.fields import CurrencyField, RateField
from inward.kit.records import dated_checks


class Migration(migrations.Migration):
    """No price that is there changes; no comparables so far."""

    dependencies = [("catalogue", "0009_conduct"), ("kit", "0007_withdrawn_files")]

    operations = [
        migrations.AddField(
            "pricerule",
            "base_price",
            RateField(null=True, help_text="smallest units a piece: the resale price or standard cost it rests on"),
        ),
        migrations.AddField(
            "pricerule",
            "price_min",
            RateField(null=True, help_text="smallest units a piece: the least that was agreed on"),
        ),
        migrations.AddField(
            "pricerule",
            "price_max",
            RateField(null=True, help_text="smallest units a piece: the most that was agreed on"),
        ),
        migrations.AlterField(
            "pricerule",
            "method",
            models.CharField(max_length=16, choices=[(name.value, name.value) for name in MethodName]),
        ),
        migrations.CreateModel(
            name="Comparable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valid_from",
                    models.DateField(blank=True, help_text="first day it holds; empty: always so far", null=True),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="first day it no longer holds; empty: for ever", null=True),
                ),
                ("known_from", models.DateTimeField(help_text="since when we know it so")),
                (
                    "known_until",
                    models.DateTimeField(blank=True, help_text="until when we knew it so; empty: still", null=True),
                ),
                ("source", models.CharField(blank=True, help_text="on whose word", max_length=200)),
                ("code", models.CharField(max_length=120)),
                ("price", RateField(help_text="smallest units a piece, without tax")),
                ("currency", CurrencyField()),
                ("seen_in", models.CharField(help_text="where it was seen", max_length=200)),
                ("seen_on", models.DateField()),
                ("evidence", models.ForeignKey("kit.file", models.PROTECT, blank=True, null=True, related_name="+")),
                (
                    "offering",
                    models.ForeignKey("catalogue.offering", models.PROTECT, related_name="comparables"),
                ),
            ],
            options={
                "constraints": [
                    *dated_checks("comparable"),
                    models.UniqueConstraint(
                        fields=["code"], condition=models.Q(known_until=None), name="comparable_code_once"
                    ),
                ],
            },
        ),
    ]
