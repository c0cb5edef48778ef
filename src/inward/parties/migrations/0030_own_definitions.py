"""Definitions of inside of one's own, and which serves which purpose from when; dated with both times."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0005_imports'),
        ('parties', '0014_powers'),
    ]

    operations = [
        migrations.CreateModel(
            name='DefinitionChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('purpose', models.CharField(choices=[('PRICE', 'PRICE'), ('PROMISE', 'PROMISE'), ('BOOKS', 'BOOKS'), ('TAX', 'TAX'), ('DISCLOSURE', 'DISCLOSURE')], max_length=12)),
                ('definition', models.CharField(help_text="one that ships, or one's own", max_length=60)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='choice_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='choice_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('purpose', 'valid_from'), name='choice_version_once')],
            },
        ),
        migrations.CreateModel(
            name='InsideDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('body', models.JSONField(help_text='as ``core.classification.definition_from`` reads it')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='definition_days_in_order'), models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='definition_knowledge_in_order'), models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('code', 'valid_from'), name='definition_version_once')],
            },
        ),
    ]
