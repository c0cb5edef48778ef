"""An order may be for somebody of the household of whoever placed it."""

import django.db.models.deletion
from django.db import migrations, models

from inward.core.classification import Tie


class Migration(migrations.Migration):
    """Orders of before are for whoever placed them."""

    dependencies = [("trade", "0021_charges_by_tax_year")]

    operations = [
        migrations.CreateModel(
            name="OrderHousehold",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="household",
                        serialize=False,
                        to="trade.order",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
                (
                    "tie",
                    models.CharField(
                        blank=True, choices=[(tie.value, tie.value) for tie in Tie], max_length=8
                    ),
                ),
            ],
        ),
    ]
