"""Requests of every department at once, sorted by their last change, are walked and not sorted."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index more."""

    dependencies = (("desk", "0012_letters"),)

    operations = (
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["-changed_at", "-id"], name="case_changed_anywhere", condition=Q(confidential=False)
            ),
        ),
    )
