"""What the rows of an import bring with them, beside what was found wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0005_imports")]

    operations = [
        migrations.AddField(
            "import",
            "told",
            models.JSONField(default=list, help_text="what the rows bring with them, as reasons, in the order to be read"),
        ),
    ]
