"""Covers sold for insurers: two kinds of entry, three roles, and their accounts in books that are open already."""

from typing import Any

from django.db import migrations, models

KINDS = (
    *("STAFF_SALE", "STAFF_SETTLEMENT", "CHARGEBACK", "FREE_USE", "INTERCOMPANY_SALE", "INTERCOMPANY_PURCHASE"),
    *("OUTSIDE_SALE", "AGENCY_SALE", "INSURED"),
)
ROLES = (
    *("EMPLOYEE_RECEIVABLE", "INTERCOMPANY_RECEIVABLE", "INTERCOMPANY_PAYABLE", "CUSTOMER_RECEIVABLE", "STAFF_REVENUE"),
    *("INTERCOMPANY_REVENUE", "REVENUE", "OUTPUT_TAX", "INPUT_TAX", "INTERCOMPANY_PURCHASE", "COST_CENTRE_CHARGE"),
    *("COST_RECOVERY", "FREE_USE", "PREMIUM_PAYABLE", "COMMISSION_EARNED", "COMMISSION_PAID"),
)
NEW = {
    "PREMIUM_PAYABLE": ("2480", "Premiums owed to insurers", "LIABILITY"),
    "COMMISSION_EARNED": ("3090", "Commission earned", "REVENUE"),
    "COMMISSION_PAID": ("4090", "Commission to agents", "EXPENSE"),
}
ROLES_OF = {
    "AGENCY_SALE": (
        *("EMPLOYEE_RECEIVABLE", "COST_CENTRE_CHARGE", "INTERCOMPANY_RECEIVABLE", "CUSTOMER_RECEIVABLE"),
        *("INTERCOMPANY_PAYABLE", "PREMIUM_PAYABLE", "COMMISSION_EARNED"),
    ),
    "INSURED": ("INTERCOMPANY_RECEIVABLE", "CUSTOMER_RECEIVABLE", "COMMISSION_PAID", "REVENUE", "OUTPUT_TAX"),
}
SAME = {
    "COST_CENTRE_CHARGE": ("STAFF_SALE", "CHARGEBACK"),
    "EMPLOYEE_RECEIVABLE": ("STAFF_SALE",),
    "INTERCOMPANY_RECEIVABLE": ("INTERCOMPANY_SALE",),
    "INTERCOMPANY_PAYABLE": ("INTERCOMPANY_PURCHASE",),
    "CUSTOMER_RECEIVABLE": ("OUTSIDE_SALE",),
    "REVENUE": ("OUTSIDE_SALE",),
    "OUTPUT_TAX": ("OUTSIDE_SALE",),
}
"""By which kind of entry a role that was there before already has its account."""


def map_the_new_roles(apps: Any, editor: Any) -> None:
    """In every open books: an account for each new role, under the usual code or the next that is free."""
    alias = editor.connection.alias
    books, accounts, mappings = (
        apps.get_model("ledger", name).objects.using(alias) for name in ("Books", "Account", "AccountMapping")
    )
    for company in books.values_list("company_id", flat=True):
        taken = set(accounts.filter(company_id=company).values_list("code", flat=True))
        made = {}
        for role, (usual, name, kind) in NEW.items():
            code = next(free for free in (usual, *(f"{usual}-{n}" for n in range(1, 1000))) if free not in taken)
            made[role] = accounts.create(company_id=company, code=code, name=name, kind=kind).pk
        for kind, roles in ROLES_OF.items():
            for role in roles:
                found = mappings.filter(company_id=company, role=role, kind__in=SAME.get(role, ())).first()
                account = made.get(role) or (None if found is None else found.account_id)
                if account is not None:
                    mappings.create(company_id=company, kind=kind, role=role, account_id=account)


class Migration(migrations.Migration):
    """Taking it back leaves the accounts: they may hold something."""

    dependencies = [("ledger", "0006_benefit_rules")]

    operations = [
        migrations.AlterField(
            "accountmapping", "kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=21)
        ),
        migrations.AlterField(
            "accountmapping", "role", models.CharField(choices=[(role, role) for role in ROLES], max_length=24)
        ),
        migrations.AlterField("entry", "kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=21)),
        migrations.RunPython(map_the_new_roles, migrations.RunPython.noop),
    ]
