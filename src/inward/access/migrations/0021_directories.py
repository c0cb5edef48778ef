"""What directories say over SCIM, record by record, and what their texts mean here."""

import django.db.models.deletion
import inward.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0020_signing_in'),
        ('parties', '0005_more_kinds_of_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='DirectoryMapping',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('attribute', models.CharField(choices=[('organization', 'organization'), ('division', 'division'), ('department', 'department'), ('costCenter', 'costCenter'), ('userType', 'userType')], max_length=20)),
                ('text', models.CharField(max_length=255)),
                ('work_kind', models.CharField(blank=True, max_length=12)),
                ('set_at', models.DateTimeField()),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directory_mappings', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('connection', 'attribute', 'text'), name='directory_mapping_once')],
            },
        ),
        migrations.CreateModel(
            name='DirectoryRecord',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='name of the SCIM resource type', max_length=40)),
                ('reference', models.CharField(help_text='the SCIM id', max_length=32, unique=True)),
                ('external_id', models.CharField(blank=True, max_length=255)),
                ('user_name', models.CharField(blank=True, help_text='in lower case', max_length=255)),
                ('document', models.JSONField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('work', models.CharField(blank=True, help_text='code of the work relationship it speaks of', max_length=240)),
                ('parked', models.JSONField(default=list)),
                ('shut_out', models.BooleanField(default=False, help_text='the directory has locked the account, nobody here')),
                ('removed_at', models.DateTimeField(help_text='when the directory deleted it; the person stays', null=True)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directory_records', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['connection', 'kind', 'external_id'], name='directory_by_external_id')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None), models.Q(('user_name', ''), _negated=True)), fields=('connection', 'kind', 'user_name'), name='directory_user_name_once')],
            },
        ),
    ]
