"""Keep who is confidential, and who opened whom for a while."""

import django.db.models.deletion
import inward.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0007_withdrawn_files'),
        ('parties', '0044_states_of_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfidentialityMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('code', models.CharField(max_length=240)),
                ('kind', models.CharField(choices=[('PROTECTED_ADDRESS', 'PROTECTED_ADDRESS'), ('PROTECTED_PERSON', 'PROTECTED_PERSON'), ('INVESTIGATION', 'INVESTIGATION'), ('OTHER', 'OTHER')], max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'known_until'], name='mark_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='mark_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='mark_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('code',), name='mark_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=32, unique=True)),
                ('subject', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('DANGER', 'DANGER'), ('LAW', 'LAW'), ('DUTY', 'DUTY'), ('FAULT', 'FAULT')], max_length=8)),
                ('reason', models.CharField(blank=True, help_text='empty once the person was erased', max_length=500)),
                ('told', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(help_text='when somebody ended it before its time', null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'ends_at'], name='opening_by_subject'), models.Index(fields=['person', 'opened_at'], name='opening_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='opening_ends_later')],
            },
        ),
    ]
