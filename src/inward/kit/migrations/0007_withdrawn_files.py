"""A file can be withdrawn: its row stays as a proof, its content goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0006_told")]

    operations = [
        migrations.AddField(
            "file",
            "withdrawn_at",
            models.DateTimeField(null=True, help_text="since when its content is given to nobody and forgotten"),
        ),
    ]
