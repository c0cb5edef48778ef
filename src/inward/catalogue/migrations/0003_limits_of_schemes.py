"""A scheme may have further limits beside its allowance of the calendar year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """None so far."""

    dependencies = [("catalogue", "0002_scheme_versions")]

    operations = [
        migrations.AddField(
            "scheme",
            "limits",
            models.JSONField(default=list, help_text="further limits, as catalogue files say them"),
        ),
    ]
