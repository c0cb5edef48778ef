"""Note whose word an ownership share is: the outside source, and how far it is trusted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What was known so far is the house's own word."""

    dependencies = [("parties", "0011_shares_in_bands")]

    operations = [
        migrations.AddField(
            model_name="holding",
            name="register",
            field=models.CharField(
            blank=True, help_text="code of the outside source; empty: the house itself", max_length=40
        ),
        ),
        migrations.AddField(
            model_name="holding",
            name="rank",
            field=models.CharField(
            choices=[
                ("OWN_REGISTER", "OWN_REGISTER"),
                ("GROUP_CHART", "GROUP_CHART"),
                ("CORROBORATED", "CORROBORATED"),
                ("SUPPLIED", "SUPPLIED"),
                ("SCRAPED", "SCRAPED"),
            ],
            default="OWN_REGISTER",
            help_text="how far its source is trusted",
            max_length=12,
        ),
        ),
    ]
