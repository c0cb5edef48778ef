"""Note whom each version of the parties is about, so that kept worlds are renewed instead of made whole again."""

from django.db import migrations, models

import inward.kit.ids


class Migration(migrations.Migration):
    """Changes of the world by number."""

    dependencies = [("parties", "0003_calendars")]

    operations = [
        migrations.CreateModel(
            name="WorldChange",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                ("person_key", models.BigIntegerField(null=True)),
            ],
        ),
    ]
