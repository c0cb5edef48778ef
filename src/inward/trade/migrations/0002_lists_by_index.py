"""Lists of a million orders are one walk along an index, however they are sorted and filtered; indexes nobody needs go."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from inward.kit.indexes import IndexesGone


def _party(**more: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party", **more
    )


class Migration(migrations.Migration):
    """Indexes for lists."""

    dependencies = [("trade", "0001_trade")]

    operations = [
        migrations.AddIndex("order", models.Index(fields=["total_minor", "id"], name="order_by_total")),
        migrations.AddIndex("order", models.Index(fields=["settlement", "-id"], name="order_by_settlement")),
        migrations.AddIndex("order", models.Index(fields=["kind", "-id"], name="order_by_kind")),
        migrations.AddIndex("order", models.Index(fields=["standing", "-id"], name="order_by_standing")),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("order", "customer", _party()),
                migrations.AlterField("order", "person", _party(null=True, help_text="who placed it")),
                migrations.AlterField("order", "supplier", _party()),
            ],
            database_operations=[IndexesGone("trade_order", ("customer_id", "person_id", "supplier_id", "reference"))],
        ),
    ]
