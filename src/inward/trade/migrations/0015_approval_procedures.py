"""How orders are approved is said by unit: how many must agree, in which stages, when they are reminded."""

import django.db.models.deletion
from django.db import migrations, models

_KINDS = (
    *("APPROVAL_ASKED", "PLACED", "APPROVED", "REMINDED", "DECLINED"),
    *("DELIVERED", "RECEIVED", "CANCELLED", "RETURNED"),
)


class Migration(migrations.Migration):
    """One table, one more kind of step."""

    dependencies = [("trade", "0014_receipts")]

    operations = [
        migrations.CreateModel(
            name="ApprovalProcedure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("needed", models.PositiveSmallIntegerField()),
                ("stages", models.JSONField(help_text="above an amount: [{place, above, currency, needed}]")),
                ("remind_after", models.PositiveSmallIntegerField(help_text="working days; empty: never", null=True)),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(needed__gte=1), name="approval_procedure_needs_one")
                ]
            },
        ),
        migrations.AlterField(
            "orderstep", "kind", models.CharField(choices=[(kind, kind) for kind in _KINDS], max_length=16)
        ),
    ]
