"""An offering may run on: a subscription or an insurance cover, by its plan."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing runs on, so far."""

    dependencies = [("catalogue", "0006_price_raises")]

    operations = [
        migrations.AddField(
            "offering",
            "plan",
            models.JSONField(
                help_text="of what runs on: how it is charged and ends, as catalogue files say it", null=True
            ),
        ),
    ]
