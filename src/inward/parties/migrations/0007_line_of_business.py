"""Note in which line of business somebody works, for rules that ask it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A line of business for each work relationship; empty where it is not known."""

    dependencies = [("parties", "0006_when_versions_became_known")]

    operations = [
        migrations.AddField(
            model_name="workrelationship",
            name="line_of_business",
            field=models.CharField(blank=True, default="", help_text="a code of the company's own", max_length=60),
            preserve_default=False,
        ),
    ]
