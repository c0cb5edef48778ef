"""Either side of a dealing raises a dispute, about an amount if one is named; somebody owns it."""

import django.db.models.deletion
from django.db import migrations, models

import inward.kit.fields

_REASONS = (
    *("NOT_ORDERED", "NOT_RECEIVED", "QUANTITY", "PRICE", "QUALITY", "CENTRE"),
    *("PERIOD", "RATE", "TAX", "NOT_POSTED", "OTHER"),
)


class Migration(migrations.Migration):
    """What was disputed so far, customers disputed."""

    dependencies = [("parties", "0001_parties"), ("trade", "0026_order_shares")]

    operations = [
        migrations.AlterField(
            "dispute", "reason", models.CharField(choices=[(each, each) for each in _REASONS], max_length=12)
        ),
        migrations.AddField(
            "dispute",
            "side",
            models.CharField(
                choices=[("CUSTOMER", "CUSTOMER"), ("SUPPLIER", "SUPPLIER")], db_default="CUSTOMER", max_length=8
            ),
        ),
        migrations.AddField(
            "dispute", "amount_minor", inward.kit.fields.MinorField(null=True, help_text="in the order's currency")
        ),
        migrations.AddField(
            "dispute",
            "owner",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
            ),
        ),
    ]
