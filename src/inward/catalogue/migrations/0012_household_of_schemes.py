"""A scheme may let people buy for somebody of their household."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Schemes of before let nobody."""

    dependencies = [("catalogue", "0011_given_to")]

    operations = [
        migrations.AddField(
            "scheme",
            "household",
            models.JSONField(default=list, help_text="ties of the household for whom one may buy; empty: none"),
        ),
    ]
