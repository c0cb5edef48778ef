"""What tax law calls an offering may be said, where that is not just goods or services."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Of what is there, law knows no more than that it is goods or services."""

    dependencies = [("catalogue", "0020_dual_rates")]

    operations = [
        migrations.AddField(
            "offering",
            "benefit_kind",
            models.CharField(
                max_length=40,
                blank=True,
                default="",
                help_text="as tax law calls it, where that is not just goods or services",
            ),
            preserve_default=False,
        ),
    ]
