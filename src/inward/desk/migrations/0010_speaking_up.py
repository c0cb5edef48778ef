import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Request types that may be written without a name, and the digests of the codes by which one comes back."""

    dependencies = [("desk", "0009_chains")]

    operations = [
        migrations.AddField(
            model_name="requesttype",
            name="protected",
            field=models.BooleanField(default=False, help_text="may be written without one's name"),
        ),
        migrations.AddField(
            model_name="requesttype",
            name="outsiders",
            field=models.BooleanField(default=False, help_text="so also by whoever is not signed in"),
        ),
        migrations.CreateModel(
            name="ReturnCode",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="return_code",
                        serialize=False,
                        to="desk.case",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
            ],
        ),
    ]
