"""What lists of millions of cases are sorted and filtered by is walked along an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Only indexes change."""

    dependencies = [
        ('desk', '0007_outages_equipment_openings'),
        ('parties', '0048_events_of_files'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_by_supplier',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['supplier', 'confidential', '-id'], name='case_by_supplier'),
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_due',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ('NEW', 'OPEN', 'WAITING'))), fields=['supplier', 'confidential', 'ranked_at', 'id', 'queue', 'owner', 'state', 'priority', 'missed', 'standing', 'person', 'customer'], name='case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ('NEW', 'OPEN', 'WAITING'))), fields=['ranked_at', 'id'], name='case_due_anywhere'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('missed', True)), fields=['supplier', 'confidential', '-id'], name='case_late'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'CLOSED'), _negated=True), fields=['supplier', 'confidential', 'state', '-id'], name='case_not_closed'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['supplier', 'confidential', 'standing', '-id'], name='case_by_standing'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['supplier', 'confidential', '-changed_at', '-id'], name='case_changed'),
        ),
    ]
