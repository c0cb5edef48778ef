"""The account map has a role for payments made elsewhere."""

from django.db import migrations, models

from inward.core.bookkeeping import Role


class Migration(migrations.Migration):
    """Books that are open map an account to it when they take such payments."""

    dependencies = [("ledger", "0007_covers_sold_for_insurers")]

    operations = [
        migrations.AlterField(
            "accountmapping",
            "role",
            models.CharField(choices=[(role.value, role.value) for role in Role], max_length=24),
        ),
    ]
