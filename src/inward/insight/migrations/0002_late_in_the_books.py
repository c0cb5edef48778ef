"""What a late dealing was to the books, and would be, beside what it was to its price."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that stand already say nothing of the books."""

    dependencies = [("insight", "0001_late_dealings")]

    operations = [
        migrations.AddField(
            "latedealing",
            "books_then",
            models.CharField(
                blank=True,
                default="",
                help_text="by which it was paid and posted; empty: not noted",
                max_length=16,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "latedealing",
            "books_now",
            models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
    ]
