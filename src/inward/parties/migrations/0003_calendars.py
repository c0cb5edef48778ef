"""When companies and units work: their weeks, and days of their own; dated with both times."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0004_used_links'),
        ('parties', '0002_one_place_a_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=200)),
                ('hours', models.JSONField(help_text='[["09:00", "12:00"], …]; empty: closed')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_days', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['party', 'day'], name='own_day_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='own_day_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='own_day_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('party', 'day'), name='own_day_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkingWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('hours', models.JSONField(help_text='{"mon": [["09:00", "12:00"], …], …}; a day that is missing is free')),
                ('time_zone', models.CharField(help_text='IANA name', max_length=60)),
                ('holidays_of', models.CharField(blank=True, help_text='ISO 3166-1 alpha-2; empty: no public holidays', max_length=2)),
                ('region', models.CharField(blank=True, help_text='part of the country that keeps days of its own', max_length=40)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='working_weeks', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['party', 'known_until'], name='week_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='week_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='week_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('party', 'valid_from'), name='week_version_once')],
            },
        ),
    ]
