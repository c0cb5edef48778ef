"""The kit's first tables: versions, receipts, the outbox with its heartbeats, and the audit, which only grows."""

from django.db import migrations, models

import inward.kit.ids
from inward.kit.triggers import AppendOnly


class Migration(migrations.Migration):
    """Make the tables and guard the audit."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("rows", models.PositiveIntegerField()),
                ("head", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("worker", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField()),
                ("handled", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(max_length=100)),
                ("acting_for", models.CharField(blank=True, max_length=120)),
                ("via", models.CharField(max_length=20)),
                ("act", models.CharField(max_length=120)),
                ("thing", models.CharField(max_length=200)),
                ("facts", models.JSONField()),
                ("position", models.BigIntegerField(null=True, unique=True)),
                ("seal", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("position__isnull", True)), fields=["id"], name="audit_unsealed"),
                    models.Index(fields=["thing", "id"], name="audit_by_thing"),
                    models.Index(fields=["subject", "id"], name="audit_by_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyReceipt",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("actor", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(max_length=64)),
                ("receipt", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="idempotency_by_age")],
                "constraints": [models.UniqueConstraint(fields=("actor", "key"), name="idempotency_once")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("ANNOUNCEMENT", "Announcement"), ("REACTION", "Reaction"), ("JOB", "Job")],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("version", models.PositiveIntegerField(default=1)),
                ("payload", models.JSONField(default=dict)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Waiting"),
                            ("DONE", "Done"),
                            ("STUCK", "Stuck"),
                            ("DISCARDED", "Discarded"),
                        ],
                        default="WAITING",
                        max_length=9,
                    ),
                ),
                ("last_error", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=240, null=True, unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "WAITING")), fields=["due_at", "id"], name="task_waiting"
                    ),
                    models.Index(condition=models.Q(("state", "STUCK")), fields=["id"], name="task_stuck"),
                    models.Index(fields=["kind", "name", "id"], name="task_by_name"),
                ],
            },
        ),
        AppendOnly(
            table="kit_auditrow",
            columns=("id", "at", "subject", "acting_for", "via", "act", "thing", "facts", "position", "seal"),
            once=("position", "seal"),
        ),
        AppendOnly(table="kit_auditseal", columns=("position", "sealed_at", "rows", "head")),
    ]
