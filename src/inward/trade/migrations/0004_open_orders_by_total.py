"""Orders that wait for delivery are sorted by total without walking past a million that do not wait."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index, of open orders alone."""

    dependencies = [("trade", "0003_rest_called_off")]

    operations = [
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["supplier", "total_minor", "id"],
                name="order_open_by_total",
                condition=Q(state__in=("PARTLY_DELIVERED", "PLACED")),
            ),
        ),
    ]
