"""A scheme may let people give unused allowance to colleagues or to their household."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Schemes of before let nobody."""

    dependencies = [("catalogue", "0010_transfer_prices")]

    operations = [
        migrations.AddField(
            "scheme", "given_to", models.JSONField(default=list, help_text="to whom unused allowance may be given")
        ),
    ]
