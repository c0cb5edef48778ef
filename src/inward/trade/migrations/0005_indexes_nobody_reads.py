"""An order writes six index entries less: what begins with the same column serves, and nobody asks by the person of a step."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from inward.kit.indexes import IndexesGone


def _key(to: str, name: str, **more: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more
    )


class Migration(migrations.Migration):
    """Indexes nobody reads."""

    dependencies = [("trade", "0004_open_orders_by_total")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("orderline", "order", _key("trade.order", "lines")),
                migrations.AlterField("orderstep", "person", _key("parties.party", "+", null=True)),
                migrations.AlterField("allowanceuse", "person", _key("parties.party", "+")),
            ],
            database_operations=[
                IndexesGone("trade_orderline", ("order_id",)),
                IndexesGone("trade_orderstep", ("person_id",)),
                IndexesGone("trade_allowanceuse", ("person_id",)),
            ],
        ),
    ]
