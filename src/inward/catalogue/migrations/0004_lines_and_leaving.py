"""A scheme may be for lines of business only, and close before somebody leaves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Every line, and until the last day, so far."""

    dependencies = [("catalogue", "0003_limits_of_schemes")]

    operations = [
        migrations.AddField(
            "scheme",
            "lines_of_business",
            models.JSONField(default=list, help_text="codes of lines; empty: every line of the employers"),
        ),
        migrations.AddField("scheme", "leaving_days", models.PositiveIntegerField(default=0)),
    ]
