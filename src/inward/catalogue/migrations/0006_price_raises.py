"""A price list that was raised in one act is known by a name of its own, so that it can be taken back in one."""

from django.db import migrations, models

from inward.core.pricing import Level
from inward.kit.fields import RateField
from inward.kit.ids import new_id


class Migration(migrations.Migration):
    """Raises made before are known by their prices alone, and are taken back price by price."""

    dependencies = [("catalogue", "0005_closed_in_states"), ("parties", "0001_parties")]

    operations = [
        migrations.CreateModel(
            name="PriceRaise",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=32, unique=True)),
                (
                    "level",
                    models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level]),
                ),
                ("rate", RateField(help_text="a fraction of one; below zero: lowered")),
                ("since", models.DateField(help_text="from which on the prices are others")),
                ("prices", models.PositiveIntegerField(help_text="how many became others")),
                ("made_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("source", models.CharField(blank=True, help_text="on whose word", max_length=200)),
                (
                    "category",
                    models.ForeignKey("catalogue.category", models.SET_NULL, null=True, related_name="+"),
                ),
                ("supplier", models.ForeignKey("parties.party", models.PROTECT, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["made_at", "id"], name="price_raise_by_time"),
                    models.Index(fields=["since", "id"], name="price_raise_by_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceRaiseRow",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=80)),
                ("key", models.BigIntegerField(db_index=True)),
                ("act", models.CharField(max_length=7)),
                ("before", models.JSONField(null=True)),
                (
                    "of_raise",
                    models.ForeignKey("catalogue.priceraise", models.CASCADE, related_name="rows"),
                ),
            ],
        ),
    ]
