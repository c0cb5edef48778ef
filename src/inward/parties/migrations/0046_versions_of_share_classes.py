"""A class of shares can be another one from a day on: a version of it, with a code of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0045_confidential_people")]

    operations = [
        migrations.AddField(
            "shareclass",
            "version_of",
            models.CharField(
                max_length=240, blank=True, default="", help_text="code of the class, for what it is from a later day on"
            ),
        ),
    ]
