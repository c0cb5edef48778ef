"""The journal of a million entries is one walk along an index, by day and by kind; indexes nobody needs go."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from inward.kit.indexes import IndexesGone


def _key(to: str, **more: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=to, **more
    )


class Migration(migrations.Migration):
    """Indexes for the journal. No table is rebuilt: entries and lines keep their guards."""

    dependencies = [("ledger", "0004_closed_accounts")]

    operations = [
        migrations.AddIndex("entry", models.Index(fields=["company", "posted_on", "id"], name="entry_by_day")),
        migrations.AddIndex("entry", models.Index(fields=["company", "kind", "-id"], name="entry_by_kind")),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("entry", "company", _key("parties.party", related_name="+")),
                migrations.AlterField("entryline", "account", _key("ledger.account", related_name="lines")),
                migrations.AlterField("entryline", "cost_centre", _key("parties.party", null=True, related_name="+")),
            ],
            database_operations=[
                IndexesGone("ledger_entry", ("company_id",)),
                IndexesGone("ledger_entryline", ("account_id", "cost_centre_id")),
            ],
        ),
    ]
