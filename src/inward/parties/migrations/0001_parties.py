"""The parties: who there is, what registers say, holdings, places of units, work; all that is dated with both times."""

import django.db.models.deletion
import django.db.models.functions.text
import inward.kit.fields
import inward.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kit', '0002_files_subjects_lists_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('COMPANY', 'COMPANY'), ('UNIT', 'UNIT'), ('PERSON', 'PERSON')], max_length=8)),
                ('name', models.CharField(blank=True, help_text='empty for a person who was erased', max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('subject', models.CharField(help_text="a person's key in audit and books", max_length=64, null=True, unique=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'name', 'id'], name='party_by_name'), models.Index(django.db.models.functions.text.Upper('email'), name='party_by_email')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'PERSON'), ('subject__isnull', False)), models.Q(models.Q(('kind', 'PERSON'), _negated=True), ('subject__isnull', True)), _connector='OR'), name='party_person_has_subject'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='party_code_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('code', models.CharField(max_length=240)),
                ('votes', inward.kit.fields.RateField(help_text='fraction of one', max_length=80)),
                ('capital', inward.kit.fields.RateField(blank=True, help_text='fraction of one; empty: as the votes', max_length=80, null=True)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('owned', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_by', to='parties.party')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['owned', 'known_until'], name='holding_by_owned'), models.Index(fields=['owner', 'known_until'], name='holding_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='holding_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='holding_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('code',), name='holding_code_once'), models.CheckConstraint(condition=models.Q(('owner', models.F('owned')), _negated=True), name='holding_not_in_itself')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('register_number', models.CharField(blank=True, max_length=60)),
                ('country', models.CharField(blank=True, help_text='ISO 3166-1 alpha-2', max_length=2)),
                ('currency', inward.kit.fields.CurrencyField(help_text='what it prices in', max_length=8)),
                ('functional_currency', inward.kit.fields.CurrencyField(help_text='what its books are kept in', max_length=8)),
                ('time_zone', models.CharField(help_text='IANA name', max_length=60)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='parties.party')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='registration_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='registration_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None), ('valid_until', None)), fields=('company',), name='registration_one_open')],
            },
        ),
        migrations.CreateModel(
            name='UnitPlacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units_placed', to='parties.party')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements_below', to='parties.party')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['company', 'known_until'], name='placement_by_company')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='placement_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='placement_knowledge_in_order'), models.CheckConstraint(condition=models.Q(('unit', models.F('parent')), _negated=True), name='placement_not_below_itself')],
            },
        ),
        migrations.CreateModel(
            name='WorkRelationship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('code', models.CharField(max_length=240)),
                ('kind', models.CharField(choices=[('FULL_TIME', 'FULL_TIME'), ('PART_TIME', 'PART_TIME'), ('TEMPORARY', 'TEMPORARY'), ('CONTRACTOR', 'CONTRACTOR'), ('AGENT', 'AGENT'), ('DIRECTOR', 'DIRECTOR'), ('RETIREE', 'RETIREE')], max_length=12)),
                ('job_title', models.CharField(blank=True, max_length=120)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workers', to='parties.party')),
                ('cost_centre', models.ForeignKey(blank=True, help_text='a unit; empty: the unit', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_charged', to='parties.party')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_relationships', to='parties.party')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'known_until'], name='work_by_person'), models.Index(fields=['company', 'known_until'], name='work_by_company'), models.Index(fields=['unit', 'known_until'], name='work_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='work_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='work_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('code',), name='work_code_once')],
            },
        ),
    ]
