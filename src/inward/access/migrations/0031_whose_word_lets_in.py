"""Links of users to providers of single sign-on: by issuer and subject."""

import django.db.models.deletion
import inward.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0021_directories'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignOnLink',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(help_text='by which it was made; the issuer decides', max_length=40)),
                ('issuer', models.CharField(max_length=255)),
                ('subject', models.CharField(max_length=255)),
                ('made_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_on_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='sign_on_subject_once'), models.UniqueConstraint(fields=('user', 'issuer'), name='sign_on_issuer_once')],
            },
        ),
    ]
