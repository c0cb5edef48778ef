"""How suppliers hand over, and what an order chose."""

import django.db.models.deletion
from django.db import migrations, models

from inward.trade.vocabulary import HandoverWay, StepKind


class Migration(migrations.Migration):
    """No supplier says anything until it does, and orders of before have chosen nothing."""

    dependencies = [("trade", "0029_waiting")]

    operations = [
        migrations.CreateModel(
            name="SupplierHandover",
            fields=[
                ("supplier", models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="parties.party",
                    )),
                ("places", models.JSONField(help_text="where it can be picked up, in the order in which it is offered")),
                ("brings", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="OrderHandover",
            fields=[
                ("order", models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="handover",
                        serialize=False,
                        to="trade.order",
                    )),
                ("way", models.CharField(choices=[(way.value, way.value) for way in HandoverWay], max_length=7)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.AlterField(
            "orderstep", "kind", models.CharField(choices=[(kind.value, kind.name) for kind in StepKind], max_length=16)
        ),
    ]
