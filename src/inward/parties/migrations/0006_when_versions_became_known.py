"""Note when each version of the parties came to be, so that a world as it was known at an instant has its number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An instant for each change of the world; empty for those noted before."""

    dependencies = [("parties", "0005_more_kinds_of_work")]

    operations = [
        migrations.AddField(
            model_name="worldchange",
            name="at",
            field=models.DateTimeField(
                db_index=True, help_text="empty: from before times were noted", null=True
            ),
        ),
    ]
