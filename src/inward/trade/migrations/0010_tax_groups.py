"""An order keeps by which definition it is untaxed, and on what grounds. Until now none was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("trade", "0009_terms")]

    operations = [
        migrations.AddField(
            "order",
            "tax_definition",
            models.CharField(
                max_length=64, blank=True, db_default="", help_text="the definition by which it is untaxed: one tax group"
            ),
        ),
        migrations.AddField(
            "order", "tax_grounds", models.JSONField(null=True, help_text="on what the tax group rests")
        ),
    ]
