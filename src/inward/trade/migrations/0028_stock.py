"""Items are counted at places, lines of orders say where their pieces are held, and what lies there has a history that only grows."""

import django.db.models.deletion
from django.db import migrations, models

import inward.kit.ids
from inward.kit.triggers import AppendOnly
from inward.trade.vocabulary import StockMoveKind

MOVE = ("id", "offering_id", "place", "at", "kind", "pieces", "subject", "order_id")


class Migration(migrations.Migration):
    """Nothing is counted so far, and no order holds anything."""

    dependencies = [("catalogue", "0011_given_to"), ("trade", "0027_disputes_of_either_side")]

    operations = [
        migrations.CreateModel(
            name="Stock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=60)),
                ("promised", models.BigIntegerField(db_default=0, help_text="held by orders and not handed over")),
                (
                    "short",
                    models.BigIntegerField(
                        db_default=0, help_text="promised beyond what lies there; below zero: so many are left"
                    ),
                ),
                ("counted", models.BooleanField(db_default=True)),
                (
                    "back_order",
                    models.BooleanField(db_default=False, help_text="it may be ordered beyond what lies there"),
                ),
                ("expected", models.DateField(help_text="when more is expected", null=True)),
                (
                    "offering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.offering"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=["offering", "place"], name="stock_once")]},
        ),
        migrations.CreateModel(
            name="StockMove",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(choices=[(kind.value, kind.value) for kind in StockMoveKind], max_length=11),
                ),
                ("pieces", models.BigIntegerField()),
                ("subject", models.CharField(help_text="subject key of whoever said so", max_length=64)),
                (
                    "offering",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.offering",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trade.order",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["offering", "place", "-id"], name="stock_move_by_place")],
            },
        ),
        migrations.AddField(
            "orderline",
            "stock",
            models.ForeignKey(
                db_index=False,
                help_text="where its pieces are held",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trade.stock",
            ),
        ),
        AppendOnly("trade_stockmove", MOVE),
    ]
