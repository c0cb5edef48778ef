"""A rate between departments may credit the supplying one otherwise than it charges the receiving one."""

from django.db import migrations, models

from inward.kit.fields import RateField


class Migration(migrations.Migration):
    """No rate that is there credits otherwise."""

    dependencies = [("catalogue", "0013_families")]

    operations = [
        migrations.AddField(
            "pricerule",
            "credit_method",
            models.CharField(
                max_length=16, blank=True, default="", help_text="by which the supplying department is credited"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "pricerule",
            "credit_value",
            RateField(null=True, help_text="smallest units a piece, or a fraction of one, of what is credited"),
        ),
        migrations.AddField(
            "pricerule",
            "credit_base",
            RateField(null=True, help_text="smallest units a piece: what the credit rests on"),
        ),
    ]
