"""Each limit of a scheme has counters of its own, beside that of the calendar year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What was drawn so far is of the schemes' own allowances."""

    dependencies = [("trade", "0006_lists_of_large_parties")]

    operations = [
        migrations.AddField("allowanceuse", "counted", models.CharField(max_length=170, blank=True, db_default="")),
        migrations.RemoveConstraint("allowanceuse", "allowance_use_once"),
        migrations.AddConstraint(
            "allowanceuse",
            models.UniqueConstraint(fields=["person", "scheme", "period", "counted"], name="allowance_use_once"),
        ),
        migrations.AlterField(
            "order",
            "allowances",
            models.JSONField(
                help_text="what was drawn: [{scheme, period, money, units}]; of a limit also {limit, item, offerings}"
            ),
        ),
    ]
