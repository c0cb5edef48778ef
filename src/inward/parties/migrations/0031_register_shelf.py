"""What public registers say, on a shelf: entities and facts as the registers name them; they decide nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0030_own_definitions'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterEntity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20)),
                ('code', models.CharField(help_text='as the source names it', max_length=120)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(max_length=12)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('lei', models.CharField(blank=True, help_text='empty where it is the code', max_length=20)),
                ('register', models.CharField(blank=True, max_length=60)),
                ('register_number', models.CharField(blank=True, max_length=60)),
                ('valid_from', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('successor', models.CharField(blank=True, max_length=120)),
                ('place', models.CharField(help_text='file and record', max_length=200)),
                ('reference', models.CharField(blank=True, max_length=300)),
                ('said_at', models.DateTimeField(help_text='when the source came to know it', null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('register_number', ''), _negated=True), fields=['register_number'], name='register_entity_by_number'), models.Index(condition=models.Q(('lei', ''), _negated=True), fields=['lei'], name='register_entity_by_lei')],
                'constraints': [models.UniqueConstraint(fields=('source', 'code'), name='register_entity_once')],
            },
        ),
        migrations.CreateModel(
            name='RegisterFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=240)),
                ('subject', models.CharField(max_length=120)),
                ('holder', models.CharField(blank=True, max_length=120)),
                ('right', models.CharField(blank=True, help_text='kind of power; empty: a share', max_length=24)),
                ('votes', models.CharField(blank=True, help_text='band as "(1/4, 1/2]"', max_length=120)),
                ('capital', models.CharField(blank=True, max_length=120)),
                ('valid_from', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('place', models.CharField(help_text='file and record', max_length=200)),
                ('reference', models.CharField(blank=True, max_length=300)),
                ('said_at', models.DateTimeField(help_text='when the source came to know it', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject'], name='register_fact_by_subject'), models.Index(condition=models.Q(('holder', ''), _negated=True), fields=['holder'], name='register_fact_by_holder')],
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='register_fact_once')],
            },
        ),
    ]
