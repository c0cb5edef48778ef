"""Whoever places or serves 100,000 orders filters them and sorts them by total without one look at each order."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from inward.kit.indexes import IndexesGone

_FILTERED = ("standing", "kind", "settlement", "state")
_COST_CENTRE: "models.ForeignKey[Any, Any]" = models.ForeignKey(
    db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
)


def _of_cost_centres(name: str, *fields: str) -> migrations.AddIndex:
    """Orders without a cost centre are not in these."""
    index = models.Index(fields=["cost_centre", *fields], name=name, condition=Q(cost_centre__isnull=False))
    return migrations.AddIndex("order", index)


class Migration(migrations.Migration):
    """Indexes of a party's orders that say what lists filter by, and indexes of them by total."""

    dependencies = [("trade", "0005_indexes_nobody_reads")]

    operations = [
        migrations.RemoveIndex("order", "order_by_person"),
        migrations.RemoveIndex("order", "order_by_customer"),
        migrations.RemoveIndex("order", "order_by_supplier"),
        migrations.AddIndex("order", models.Index(fields=["person", "-id", *_FILTERED], name="order_by_person")),
        migrations.AddIndex(
            "order", models.Index(fields=["customer", "-id", *_FILTERED, "person"], name="order_by_customer")
        ),
        migrations.AddIndex("order", models.Index(fields=["supplier", "-id", *_FILTERED], name="order_by_supplier")),
        migrations.AddIndex("order", models.Index(fields=["person", "total_minor", "id"], name="order_by_person_total")),
        migrations.AddIndex(
            "order", models.Index(fields=["customer", "total_minor", "id"], name="order_by_customer_total")
        ),
        migrations.AddIndex(
            "order", models.Index(fields=["supplier", "total_minor", "id"], name="order_by_supplier_total")
        ),
        _of_cost_centres("order_by_cost_centre", "-id", *_FILTERED),
        _of_cost_centres("order_by_cost_centre_total", "total_minor", "id"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterField("order", "cost_centre", _COST_CENTRE)],
            database_operations=[IndexesGone("trade_order", ("cost_centre_id",))],
        ),
    ]
