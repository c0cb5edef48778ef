"""Whom a company has charged as staff in a tax year for what runs is found by an index."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """No row is changed."""

    dependencies = [("trade", "0020_allowance_gifts")]

    operations = [
        migrations.AddIndex(
            "runningcharge",
            models.Index(fields=["customer_company", "since"], name="charge_by_tax_year", condition=Q(reverses=False)),
        )
    ]
