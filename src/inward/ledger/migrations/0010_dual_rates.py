"""Internal charges have an account for what lies between what is credited and what is charged."""

from typing import Any

from django.db import migrations, models

from inward.core.bookkeeping import Role

ROLE, KIND, USUAL, NAME = "DUAL_DIFFERENCE", "CHARGEBACK", "6920", "Difference of dual rates"


def map_the_role(apps: Any, editor: Any) -> None:
    """In every open books: an account for it, under the usual code or the next that is free."""
    alias = editor.connection.alias
    books, accounts, mappings = (
        apps.get_model("ledger", name).objects.using(alias) for name in ("Books", "Account", "AccountMapping")
    )
    for company in books.values_list("company_id", flat=True):
        taken = set(accounts.filter(company_id=company).values_list("code", flat=True))
        code = next(free for free in (USUAL, *(f"{USUAL}-{n}" for n in range(1, 1000))) if free not in taken)
        account = accounts.create(company_id=company, code=code, name=NAME, kind="EXPENSE").pk
        mappings.create(company_id=company, kind=KIND, role=ROLE, account_id=account)


class Migration(migrations.Migration):
    """Taking it back leaves the account: it may hold something."""

    dependencies = [("ledger", "0009_exchange_rates")]

    operations = [
        migrations.AlterField(
            "accountmapping",
            "role",
            models.CharField(choices=[(role.value, role.value) for role in Role], max_length=24),
        ),
        migrations.RunPython(map_the_role, migrations.RunPython.noop),
    ]
