"""What a company or unit is called is dated: the name of a day stays the name of that day. People have one name, here and now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0007_withdrawn_files'),
        ('parties', '0046_versions_of_share_classes'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['party', 'known_until'], name='name_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='name_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='name_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('party', 'valid_from'), name='name_version_once')],
            },
        ),
    ]
