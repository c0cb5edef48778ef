"""Who may order for whom, and who ordered for somebody."""

import django.db.models.deletion
from django.db import migrations, models

import inward.kit.ids


class Migration(migrations.Migration):
    """Nobody orders for anybody until somebody lets her."""

    dependencies = [("trade", "0031_after_sale")]

    operations = [
        migrations.CreateModel(
            name="OrderHelper",
            fields=[
                ("id", models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    )),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="first day on which she may not any more")),
                ("helper", models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    )),
                ("person", models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    )),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="helper_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("helper")), _negated=True), name="helper_is_another"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderBehalf",
            fields=[
                ("order", models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="behalf",
                        serialize=False,
                        to="trade.order",
                    )),
                ("helper", models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    )),
            ],
        ),
    ]
