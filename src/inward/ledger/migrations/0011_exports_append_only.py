"""An export of the journal stays as it was made, as the entries in it do; its sum is filled once, when its bytes are known."""

from django.db import migrations

from inward.kit.triggers import AppendOnly

EXPORT = (
    *("id", "company_id", "number", "made_at", "subject", "first_number", "last_number", "entries_count"),
    *("sha256", "layout"),
)


class Migration(migrations.Migration):
    """What it guards is there already, whole."""

    dependencies = [("ledger", "0010_dual_rates")]

    operations = [AppendOnly("ledger_journalexport", EXPORT, once=("sha256",))]
