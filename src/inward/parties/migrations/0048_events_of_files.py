"""An event that came in a file bears the code by which files call it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0007_withdrawn_files'),
        ('parties', '0047_dated_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='changeevent',
            name='code',
            field=models.CharField(blank=True, default='', help_text='what a file it came in calls it', max_length=240),
        ),
        migrations.AddConstraint(
            model_name='changeevent',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='change_event_code_once'),
        ),
    ]
