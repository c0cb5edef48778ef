"""Requests under way of every department at once, of one state or late, are walked by what is due first and not looked for."""

from django.db import migrations, models
from django.db.models import Q

UNDER_WAY = Q(state__in=("NEW", "OPEN", "WAITING"))


class Migration(migrations.Migration):
    """Two indexes more."""

    dependencies = (("desk", "0013_changed_anywhere"),)

    operations = (
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["state", "ranked_at", "id"], name="case_stands_anywhere", condition=UNDER_WAY
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["ranked_at", "id"], name="case_late_anywhere", condition=Q(missed=True) & UNDER_WAY
            ),
        ),
    )
