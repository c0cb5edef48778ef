"""What came is confirmed by whoever received it: a count on each line, a mark on the order. Nothing waits so far."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns, an index of the few that wait, a bound."""

    dependencies = [("trade", "0013_budgets")]

    operations = [
        migrations.AddField(
            "order",
            "to_receive",
            models.BooleanField(db_default=False, help_text="something was handed over that nobody has confirmed"),
        ),
        migrations.AddField(
            "orderline",
            "received",
            models.BigIntegerField(
                db_default=0, help_text="confirmed by whoever received them, and not returned since"
            ),
        ),
        migrations.AlterField(
            "orderstep",
            "kind",
            models.CharField(
                choices=[
                    ("APPROVAL_ASKED", "APPROVAL_ASKED"),
                    ("PLACED", "PLACED"),
                    ("APPROVED", "APPROVED"),
                    ("DECLINED", "DECLINED"),
                    ("DELIVERED", "DELIVERED"),
                    ("RECEIVED", "RECEIVED"),
                    ("CANCELLED", "CANCELLED"),
                    ("RETURNED", "RETURNED"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            "order",
            models.Index(fields=["customer", "-id"], name="order_to_receive", condition=models.Q(to_receive=True)),
        ),
        migrations.AddConstraint(
            "orderline",
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("delivered") - models.F("returned")),
                name="line_received_in_bounds",
            ),
        ),
    ]
