"""That the day of a dispute went by without an answer is told once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Disputes whose day has gone by already are told at the next hour of work."""

    dependencies = [("trade", "0035_running_for_the_household")]

    operations = [
        migrations.AddField(
            model_name="dispute",
            name="reminded_at",
            field=models.DateTimeField(
                help_text="when it was told that its day went by without an answer", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=Q(("answer", ""), ("reminded_at", None)), fields=["due"], name="dispute_to_remind"
            ),
        ),
    ]
