"""Keep who heads a unit or company, who stands in, up to how much, and who is away; and mergers, splits and reorganisations."""

import django.db.models.deletion
import inward.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Four tables of dated facts; three of events with their parties and rows."""

    dependencies = [
        ('kit', '0005_imports'),
        ('parties', '0040_findings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeEvent',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('MERGER', 'MERGER'), ('SPLIT', 'SPLIT'), ('RENAME', 'RENAME'), ('REORGANISATION', 'REORGANISATION')], max_length=14)),
                ('day', models.DateField(help_text='from which on things are otherwise')),
                ('entered_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('before', models.CharField(blank=True, help_text='name before, for a new name', max_length=200)),
                ('after', models.CharField(blank=True, help_text='name from then on', max_length=200)),
                ('units', models.PositiveIntegerField(help_text='how many moved, opened or closed')),
                ('people', models.PositiveIntegerField(help_text='how many work elsewhere by it')),
                ('companies', models.JSONField(help_text='codes of the companies whose records it changed')),
            ],
            options={
                'indexes': [models.Index(fields=['day', 'id'], name='change_event_by_day')],
            },
        ),
        migrations.CreateModel(
            name='ChangePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='parties.changeevent')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'known_until'], name='absence_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='absence_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='absence_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('person', 'valid_from'), name='absence_version_once')],
            },
        ),
        migrations.CreateModel(
            name='ChangeRow',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=80)),
                ('key', models.BigIntegerField()),
                ('act', models.CharField(max_length=7)),
                ('before', models.JSONField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='parties.changeevent')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'table'], name='change_row_by_table')],
            },
        ),
        migrations.CreateModel(
            name='DeputyOfPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('powers', models.JSONField(help_text='values of ``Power``, such as ["SPENDING"]')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputyships', to='parties.party')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'known_until'], name='deputy_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='deputy_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='deputy_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('place', 'person', 'valid_from'), name='deputy_version_once')],
            },
        ),
        migrations.CreateModel(
            name='HeadOfPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headships', to='parties.party')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'known_until'], name='head_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='head_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='head_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('place', 'valid_from'), name='head_version_once')],
            },
        ),
        migrations.CreateModel(
            name='SpendingLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('post', models.CharField(choices=[('HEAD', 'HEAD'), ('DEPUTY', 'DEPUTY'), ('MEMBER', 'MEMBER')], max_length=8)),
                ('limit_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=8)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spending_limits', to='parties.party')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='spending_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='spending_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('place', 'post', 'valid_from'), name='spending_version_once'), models.CheckConstraint(condition=models.Q(('limit_minor__gte', 0)), name='spending_not_negative')],
            },
        ),
    ]
