"""Letters that came in, and what became of them."""

import django.db.models.deletion
import inward.kit.ids
from django.db import migrations, models

from inward.kit.triggers import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0011_wall_screens'),
        ('kit', '0007_withdrawn_files'),
        ('parties', '0048_events_of_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedLetter',
            fields=[
                ('id', models.BigIntegerField(default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=32, unique=True)),
                ('mailbox', models.CharField(max_length=400)),
                ('message', models.CharField(help_text='hash of its Message-ID; of who wrote when, where it has none', max_length=64)),
                ('body', models.CharField(help_text='hash of what stands below its headers', max_length=64)),
                ('whole', models.BooleanField(default=True, help_text='no: it was too large, and only its headers were fetched')),
                ('at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.file')),
            ],
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='act',
            field=models.CharField(choices=[('OPENED', 'OPENED'), ('ASKED', 'ASKED'), ('ANSWERED', 'ANSWERED'), ('TAKEN', 'TAKEN'), ('HANDED_OVER', 'HANDED_OVER'), ('PAUSED', 'PAUSED'), ('RESUMED', 'RESUMED'), ('RESOLVED', 'RESOLVED'), ('REOPENED', 'REOPENED'), ('WITHDRAWN', 'WITHDRAWN'), ('REPRIORITISED', 'REPRIORITISED'), ('PROMISED_ANEW', 'PROMISED_ANEW'), ('MOVED', 'MOVED'), ('MERGED', 'MERGED'), ('JOINED', 'JOINED'), ('CONFIRMED', 'CONFIRMED'), ('CLOSED', 'CLOSED'), ('NOTED', 'NOTED'), ('LINKED', 'LINKED'), ('PARTED', 'PARTED'), ('WATCHED', 'WATCHED'), ('UNWATCHED', 'UNWATCHED'), ('RENAMED', 'RENAMED'), ('TASK_ADDED', 'TASK_ADDED'), ('TASK_DONE', 'TASK_DONE'), ('TASK_DROPPED', 'TASK_DROPPED'), ('TASK_OPENED_AGAIN', 'TASK_OPENED_AGAIN'), ('TASK_WAITS', 'TASK_WAITS'), ('SPENT', 'SPENT'), ('STEP_DONE', 'STEP_DONE'), ('STEP_SKIPPED', 'STEP_SKIPPED'), ('STEP_SIGNED', 'STEP_SIGNED'), ('STEP_TAKEN_BACK', 'STEP_TAKEN_BACK'), ('CONCERNS', 'CONCERNS'), ('TOLD_LATE', 'TOLD_LATE'), ('RULE_ACTED', 'RULE_ACTED'), ('RULES_STOPPED', 'RULES_STOPPED'), ('NOT_DELIVERED', 'NOT_DELIVERED'), ('AUTO_ANSWERED', 'AUTO_ANSWERED')], max_length=17),
        ),
        migrations.CreateModel(
            name='LetterStanding',
            fields=[
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='standing', serialize=False, to='desk.receivedletter')),
                ('kind', models.CharField(choices=[('MESSAGE', 'MESSAGE'), ('AUTO_REPLY', 'AUTO_REPLY'), ('BOUNCE', 'BOUNCE'), ('RECEIPT', 'RECEIPT'), ('CALENDAR', 'CALENDAR'), ('ENCRYPTED', 'ENCRYPTED')], max_length=10)),
                ('state', models.CharField(choices=[('WAITING', 'WAITING'), ('TAKEN', 'TAKEN'), ('PUT', 'PUT'), ('OPENED', 'OPENED'), ('SET_ASIDE', 'SET_ASIDE'), ('NOTED', 'NOTED')], max_length=9)),
                ('why', models.CharField(blank=True, choices=[('NO_CASE', 'NO_CASE'), ('UNTRUE', 'UNTRUE'), ('OLD', 'OLD'), ('STRANGER', 'STRANGER'), ('NO_VOICE', 'NO_VOICE'), ('OVER', 'OVER'), ('MANY', 'MANY'), ('EMPTY', 'EMPTY'), ('LARGE', 'LARGE'), ('CALENDAR', 'CALENDAR'), ('ENCRYPTED', 'ENCRYPTED'), ('MACHINE', 'MACHINE'), ('OWN', 'OWN')], max_length=12)),
                ('sender', models.CharField(blank=True, help_text='address; empty: nobody plainly, or forgotten', max_length=254)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('left_out', models.JSONField(default=list, help_text='names of files that came with it and are not taken')),
                ('answered_at', models.DateTimeField(help_text='when its sender was told the way in', null=True)),
                ('changed_at', models.DateTimeField()),
                ('case', models.ForeignKey(help_text='it is in or claims', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='desk.case')),
                ('message', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='desk.casemessage')),
                ('company', models.ForeignKey(help_text="for which she works; empty: a stranger's letter", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('person', models.ForeignKey(help_text='whose address it is, where that is known', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
        ),
        migrations.AddConstraint(
            model_name='receivedletter',
            constraint=models.UniqueConstraint(fields=('mailbox', 'message', 'body'), name='received_letter_once'),
        ),
        migrations.AddIndex(
            model_name='letterstanding',
            index=models.Index(fields=['state', '-letter'], name='letter_by_state'),
        ),
        migrations.AddIndex(
            model_name='letterstanding',
            index=models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['answered_at'], name='letter_answered'),
        ),
        AppendOnly("desk_receivedletter", ("id", "reference", "mailbox", "message", "body", "whole", "file_id", "at")),
    ]
