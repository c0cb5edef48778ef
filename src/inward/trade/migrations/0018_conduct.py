"""Pieces that were given away or sold are counted, and what of the saving was repaid."""

from django.db import migrations, models
from django.db.models import F, Q

from inward.trade.vocabulary import StepKind


class Migration(migrations.Migration):
    """Nobody has said so of an order of before."""

    dependencies = [("trade", "0017_what_runs_on")]

    operations = [
        migrations.AddField(
            "orderline",
            "disposed",
            models.BigIntegerField(db_default=0, help_text="given away or sold by whoever bought them"),
        ),
        migrations.AddField(
            "orderline", "repaid_minor", models.BigIntegerField(db_default=0, help_text="of the saving, with tax")
        ),
        migrations.AddConstraint(
            "orderline",
            models.CheckConstraint(
                condition=Q(disposed__gte=0, disposed__lte=F("delivered") - F("returned"), repaid_minor__gte=0),
                name="line_disposed_in_bounds",
            ),
        ),
        migrations.AlterField(
            "orderstep",
            "kind",
            models.CharField(max_length=16, choices=[(kind.value, kind.name) for kind in StepKind]),
        ),
    ]
