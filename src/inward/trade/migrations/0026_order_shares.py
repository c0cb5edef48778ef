"""An order may be shared over several cost centres."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import inward.kit.fields
from inward.kit.ids import new_id


class Migration(migrations.Migration):
    """No order is shared yet."""

    dependencies = [("parties", "0001_parties"), ("trade", "0025_standing_orders")]

    operations = [
        migrations.CreateModel(
            name="OrderShare",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("weight", models.BigIntegerField()),
                ("bears_minor", inward.kit.fields.MinorField(help_text="without tax")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="trade.order",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["order", "position"], name="order_share_once"),
                    models.UniqueConstraint(fields=["order", "centre"], name="order_share_of_a_centre_once"),
                    models.CheckConstraint(condition=Q(weight__gte=1), name="order_share_has_weight"),
                ]
            },
        ),
    ]
