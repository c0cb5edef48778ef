"""What runs on may be for somebody of the household; its price follows whether she belongs to it."""

from django.db import migrations, models

from inward.core.classification import Tie


class Migration(migrations.Migration):
    """All that runs so far is for whoever ordered it; of whoever is forgotten the orders are of one day."""

    dependencies = [("trade", "0034_benefit_gifts")]

    operations = [
        migrations.AddField(model_name="orderhousehold", name="until", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="runningcharge",
            name="tie",
            field=models.CharField(
                choices=[("", "not of the household"), *((tie.value, tie.value) for tie in Tie)],
                help_text="what the member of the household was on these days to whoever is charged; null: it is for herself",
                max_length=8,
                null=True,
            ),
        ),
    ]
