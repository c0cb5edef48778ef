"""Keep shares of which only a band is known, and the shares that a company holds in itself."""

from django.db import migrations, models

import inward.kit.fields


class Migration(migrations.Migration):
    """Low and high ends of votes and capital, open or not; a company may hold itself."""

    dependencies = [("parties", "0010_what_sort_of_company")]

    operations = [
        migrations.RemoveConstraint(model_name="holding", name="holding_not_in_itself"),
        migrations.AddField(
            model_name="holding",
            name="votes_high",
            field=inward.kit.fields.RateField(blank=True, help_text="high end of a band; empty: exactly the votes", max_length=80, null=True),
        ),
        migrations.AddField(
            model_name="holding",
            name="votes_low_open",
            field=models.BooleanField(default=False, help_text="more than the low end"),
        ),
        migrations.AddField(
            model_name="holding",
            name="votes_high_open",
            field=models.BooleanField(default=False, help_text="less than the high end"),
        ),
        migrations.AddField(
            model_name="holding",
            name="capital_high",
            field=inward.kit.fields.RateField(blank=True, help_text="high end of a band; empty: exactly the capital", max_length=80, null=True),
        ),
        migrations.AddField(
            model_name="holding",
            name="capital_low_open",
            field=models.BooleanField(default=False, help_text="more than the low end"),
        ),
        migrations.AddField(
            model_name="holding",
            name="capital_high_open",
            field=models.BooleanField(default=False, help_text="less than the high end"),
        ),
        migrations.AlterField(
            model_name="holding",
            name="votes",
            field=inward.kit.fields.RateField(help_text="fraction of one; the low end of a band", max_length=80),
        ),
    ]
