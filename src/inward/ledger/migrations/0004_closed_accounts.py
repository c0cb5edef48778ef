"""An account may be closed: nothing is mapped to it any more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_day_totals'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='closed_on',
            field=models.DateField(help_text='since when nothing may be mapped to it; empty: open', null=True),
        ),
    ]
