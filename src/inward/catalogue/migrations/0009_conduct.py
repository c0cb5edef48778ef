"""A scheme may say how long what is bought is kept, what follows otherwise, and when it may be bought again after a return."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Schemes of before ask nothing of it."""

    dependencies = [("catalogue", "0008_suspensions")]

    operations = [
        migrations.AddField(
            "scheme",
            "keep_days",
            models.PositiveIntegerField(default=0, help_text="so long what is bought is kept"),
        ),
        migrations.AddField(
            "scheme",
            "repays_early",
            models.BooleanField(default=False, help_text="who gives it away before repays the saving"),
        ),
        migrations.AddField(
            "scheme",
            "cooling_days",
            models.PositiveIntegerField(default=0, help_text="so long what came back has no staff price"),
        ),
    ]
