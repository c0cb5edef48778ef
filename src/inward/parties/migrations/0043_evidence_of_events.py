"""A merger or reorganisation can show the paper it rests on, as dated facts can."""

from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("kit", "0007_withdrawn_files"), ("parties", "0042_households")]

    operations = [
        migrations.AddField(
            "changeevent",
            "evidence",
            models.ForeignKey("kit.File", deletion.PROTECT, null=True, blank=True, related_name="+"),
        ),
    ]
