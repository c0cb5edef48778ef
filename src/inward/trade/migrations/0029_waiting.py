"""Somebody waits for a counted item; how that ends is there once."""

import django.db.models.deletion
from django.db import migrations, models

import inward.kit.ids
from inward.trade.vocabulary import WaitingKind


def _party(help_text: str = "") -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party", help_text=help_text
    )


class Migration(migrations.Migration):
    """Nobody waits so far."""

    dependencies = [("trade", "0028_stock")]

    operations = [
        migrations.AddField(
            "stock",
            "answer_days",
            models.PositiveSmallIntegerField(
                db_default=3, help_text="working days in which who waits takes what became free"
            ),
        ),
        migrations.CreateModel(
            name="WaitingPlace",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("pieces", models.BigIntegerField()),
                ("joined_at", models.DateTimeField()),
                ("until", models.DateField(help_text="last day on which she may order them", null=True)),
                ("customer", _party()),
                (
                    "offering",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.offering",
                    ),
                ),
                ("person", _party("who asked, and is told")),
                (
                    "stock",
                    models.ForeignKey(
                        help_text="where they are held for her",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trade.stock",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["offering", "id"], name="waiting_by_offering")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(pieces__gte=1), name="waiting_for_pieces")
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitingEnd",
            fields=[
                (
                    "waiting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="end",
                        serialize=False,
                        to="trade.waitingplace",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[(kind.value, kind.value) for kind in WaitingKind], max_length=6),
                ),
                ("at", models.DateTimeField()),
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
        ),
    ]
