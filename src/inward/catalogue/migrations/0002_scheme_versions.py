"""A scheme may have several versions: one code, days that never overlap (the core sees to that)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_catalogue'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='scheme',
            name='scheme_code_once',
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.UniqueConstraint(condition=models.Q(('known_until', None)), fields=('code', 'valid_from'), name='scheme_version_once'),
        ),
    ]
