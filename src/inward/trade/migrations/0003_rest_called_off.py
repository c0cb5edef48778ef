"""What is left of an order that was partly handed over can be called off: so many pieces of each line."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """One column and the bound that counts it."""

    dependencies = [("trade", "0002_lists_by_index")]

    operations = [
        migrations.AddField(
            "orderline",
            "cancelled",
            models.BigIntegerField(db_default=0, help_text="called off after others had been handed over"),
        ),
        migrations.RemoveConstraint("orderline", "line_delivered_in_bounds"),
        migrations.AddConstraint(
            "orderline",
            models.CheckConstraint(
                condition=Q(delivered__gte=0, cancelled__gte=0, delivered__lte=F("quantity") - F("cancelled")),
                name="line_delivered_in_bounds",
            ),
        ),
    ]
