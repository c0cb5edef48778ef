"""Signing in: a round that ends every session of a user, an address she has asked for, and counts of attempts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_machines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='email_wanted',
            field=models.EmailField(blank=True, default='', max_length=254),
        ),
        migrations.AddField(
            model_name='user',
            name='session_round',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
