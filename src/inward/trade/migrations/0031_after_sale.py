"""What suppliers promise after a sale, and faults that are reported and answered."""

import django.db.models.deletion
from django.db import migrations, models

import inward.kit.ids
from inward.trade.vocabulary import Fault, FaultAnswer


class Migration(migrations.Migration):
    """No supplier promises anything until it does."""

    dependencies = [("trade", "0030_handover")]

    operations = [
        migrations.CreateModel(
            name="ReturnPromise",
            fields=[
                ("id", models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    )),
                ("since", models.DateTimeField()),
                ("return_days", models.PositiveSmallIntegerField(help_text="empty: none are promised", null=True)),
                ("guarantee_months", models.PositiveSmallIntegerField(help_text="empty: none are promised", null=True)),
                ("supplier", models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    )),
            ],
        ),
        migrations.CreateModel(
            name="OrderFault",
            fields=[
                ("id", models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    )),
                ("pieces", models.BigIntegerField()),
                ("fault", models.CharField(choices=[(each.value, each.value) for each in Fault], max_length=12)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("reported_at", models.DateTimeField()),
                ("answer", models.CharField(
                        blank=True, choices=[(each.value, each.value) for each in FaultAnswer], max_length=12
                    )),
                ("answer_words", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    )),
                ("line", models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="faults",
                        to="trade.orderline",
                    )),
                ("order", models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="faults", to="trade.order"
                    )),
                ("person", models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    )),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "")), fields=("line",), name="fault_waits_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("pieces__gte", 1)), name="fault_has_pieces"),
                ],
                "indexes": [
                    models.Index(condition=models.Q(("answer", "")), fields=["order"], name="fault_waiting")
                ],
            },
        ),
    ]
