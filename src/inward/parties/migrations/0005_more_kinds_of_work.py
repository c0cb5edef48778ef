"""A person may also be hired out by an agency, be an intern or a volunteer."""

from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0004_world_changes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='workrelationship',
            name='kind',
            field=models.CharField(choices=[('FULL_TIME', 'FULL_TIME'), ('PART_TIME', 'PART_TIME'), ('TEMPORARY', 'TEMPORARY'), ('CONTRACTOR', 'CONTRACTOR'), ('AGENCY', 'AGENCY'), ('AGENT', 'AGENT'), ('DIRECTOR', 'DIRECTOR'), ('INTERN', 'INTERN'), ('VOLUNTEER', 'VOLUNTEER'), ('RETIREE', 'RETIREE')], max_length=12),
        ),
    ]
