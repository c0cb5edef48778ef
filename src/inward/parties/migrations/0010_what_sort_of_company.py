"""Note what sort of body a company is: a company, a branch, a fund, an arrangement, a state or holders nobody names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A kind for each registration; what was known so far is a company."""

    dependencies = [("parties", "0007_line_of_business")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="kind",
            field=models.CharField(
                choices=[
                    ("COMPANY", "COMPANY"),
                    ("BRANCH", "BRANCH"),
                    ("FUND", "FUND"),
                    ("ARRANGEMENT", "ARRANGEMENT"),
                    ("STATE", "STATE"),
                    ("POOL", "POOL"),
                ],
                default="COMPANY",
                help_text="what sort of body it is",
                max_length=12,
            ),
        ),
    ]
