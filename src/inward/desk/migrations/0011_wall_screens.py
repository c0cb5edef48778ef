import django.db.models.deletion
from django.db import migrations, models

import inward.kit.ids


class Migration(migrations.Migration):
    """Screens on walls that show a queue until a day."""

    dependencies = [("desk", "0010_speaking_up")]

    operations = [
        migrations.CreateModel(
            name="WallScreen",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=32, unique=True)),
                ("subjects", models.BooleanField(default=False, help_text="also what requests are called")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walls", to="desk.queue"
                    ),
                ),
            ],
        ),
    ]
