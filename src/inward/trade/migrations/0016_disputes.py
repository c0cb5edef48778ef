"""A cost centre says that a charge is wrong; whoever serves for the supplier answers."""

import django.db.models.deletion
from django.db import migrations, models

_REASONS = ("NOT_ORDERED", "NOT_RECEIVED", "QUANTITY", "PRICE", "QUALITY", "CENTRE", "OTHER")
_ANSWERS = ("CORRECTED", "EXPLAINED")


def _party(*, null: bool = False, index: bool = True) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party", db_index=index
    )


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("trade", "0015_approval_procedures")]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True)),
                ("reason", models.CharField(choices=[(each, each) for each in _REASONS], max_length=12)),
                ("words", models.CharField(max_length=500)),
                ("raised_at", models.DateTimeField()),
                ("due", models.DateField()),
                ("answer", models.CharField(blank=True, choices=[(each, each) for each in _ANSWERS], max_length=12)),
                ("answer_words", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", _party(null=True, index=False)),
                ("centre", _party()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="trade.order"
                    ),
                ),
                ("person", _party(null=True, index=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(answer=""), fields=["order", "centre"], name="dispute_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(answer="", answered_at=None)
                        | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                        name="dispute_answered_or_not",
                    ),
                ]
            },
        ),
    ]
