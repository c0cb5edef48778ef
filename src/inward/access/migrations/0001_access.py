"""Users, the roles they hold over parties for a period, and their tokens."""

import django.db.models.deletion
import django.db.models.functions.text
import inward.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kit', '0002_files_subjects_lists_search'),
        ('parties', '0001_parties'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=150, unique=True)),
                ('email', models.EmailField(blank=True, help_text='in lower case, as allauth looks for it', max_length=254)),
                ('subject', models.CharField(max_length=64)),
                ('language', models.CharField(default='en', max_length=8)),
                ('time_zone', models.CharField(default='UTC', max_length=60)),
                ('is_active', models.BooleanField(default=True)),
                ('invited_at', models.DateTimeField()),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('prefix', models.CharField(max_length=16)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', models.JSONField(help_text='TokenScope values')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('last_used_on', models.DateField(help_text='coarse on purpose: one write a day', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, help_text='first day it holds; empty: always so far', null=True)),
                ('valid_until', models.DateField(blank=True, help_text='first day it no longer holds; empty: for ever', null=True)),
                ('known_from', models.DateTimeField(help_text='since when we know it so')),
                ('known_until', models.DateTimeField(blank=True, help_text='until when we knew it so; empty: still', null=True)),
                ('source', models.CharField(blank=True, help_text='on whose word', max_length=200)),
                ('reference', models.CharField(max_length=32)),
                ('role', models.CharField(choices=[('EMPLOYEE', 'EMPLOYEE'), ('BUYER', 'BUYER'), ('BUDGET_HOLDER', 'BUDGET_HOLDER'), ('SELLER', 'SELLER'), ('CONTROLLER', 'CONTROLLER'), ('DATA_ADMINISTRATOR', 'DATA_ADMINISTRATOR'), ('AUDITOR', 'AUDITOR'), ('OPERATOR', 'OPERATOR')], max_length=20)),
                ('handed_on_from', models.CharField(blank=True, max_length=32)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Upper('username'), name='user_name_once'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='user_email_once'),
        ),
        migrations.AddIndex(
            model_name='apitoken',
            index=models.Index(fields=['user', 'made_at'], name='token_by_user'),
        ),
        migrations.AddIndex(
            model_name='rolegrant',
            index=models.Index(fields=['user', 'known_until'], name='grant_by_user'),
        ),
        migrations.AddIndex(
            model_name='rolegrant',
            index=models.Index(fields=['role', 'party', 'known_until'], name='grant_by_party'),
        ),
        migrations.AddIndex(
            model_name='rolegrant',
            index=models.Index(condition=models.Q(('handed_on_from', ''), _negated=True), fields=['handed_on_from'], name='grant_handed_on'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='grant_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('known_until', None), ('known_until__gte', models.F('known_from')), _connector='OR'), name='grant_knowledge_in_order'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('reference',), name='grant_known_once'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('role', 'EMPLOYEE'), _negated=True), name='grant_never_employee'),
        ),
    ]
