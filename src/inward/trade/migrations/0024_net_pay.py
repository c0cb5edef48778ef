"""What people net a month, for limits of staff schemes that are a share of it."""

import django.db.models.deletion
import inward.kit.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody's is known until payroll tells it."""

    dependencies = [
        ('kit', '0007_withdrawn_files'),
        ('parties', '0048_events_of_files'),
        ("trade", "0023_payments_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name='NetPay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('amount_minor', inward.kit.fields.MinorField()),
                ('currency', inward.kit.fields.CurrencyField(max_length=8)),
                ('company', models.ForeignKey(help_text='the employer', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='net_pay_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='net_pay_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('person', 'company', 'valid_from'), name='net_pay_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='net_pay_not_negative')],
            },
        ),
    ]
