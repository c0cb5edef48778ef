"""Keep who belongs to the household of somebody who works here, for named purposes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0006_told'),
        ('parties', '0041_who_leads'),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('code', models.CharField(max_length=240)),
                ('tie', models.CharField(choices=[('SPOUSE', 'SPOUSE'), ('PARTNER', 'PARTNER'), ('CHILD', 'CHILD'), ('PARENT', 'PARENT'), ('SIBLING', 'SIBLING'), ('OTHER', 'OTHER')], max_length=8)),
                ('purposes', models.JSONField(help_text='values of ``Purpose``, such as ["PRICE"]')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='parties.party')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='household', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'known_until'], name='household_by_person'), models.Index(fields=['member', 'known_until'], name='household_by_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='household_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='household_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('code',), name='household_code_once'), models.CheckConstraint(condition=models.Q(('person', models.F('member')), _negated=True), name='household_not_with_oneself')],
            },
        ),
    ]
