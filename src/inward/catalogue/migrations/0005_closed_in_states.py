"""A scheme may be closed in states of work: probation, unpaid leave, notice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """In none, so far."""

    dependencies = [("catalogue", "0004_lines_and_leaving")]

    operations = [
        migrations.AddField(
            "scheme",
            "closed_in",
            models.JSONField(default=list, help_text="states of work in which nobody buys under it"),
        ),
    ]
