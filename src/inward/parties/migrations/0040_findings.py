"""Keep which findings of the data quality board somebody left as they are, and how many there were on each day."""

from django.db import migrations, models

import inward.kit.ids


class Migration(migrations.Migration):
    """Two tables; each has a row once for what it speaks of."""

    dependencies = [("parties", "0031_register_shelf")]

    operations = [
        migrations.CreateModel(
            name="LeftFinding",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("check_name", models.CharField(max_length=40)),
                ("key", models.BigIntegerField(help_text="of the record that was found")),
                ("reason", models.CharField(max_length=200)),
                ("until", models.DateField(help_text="first day it is shown again; empty: never", null=True)),
                ("left_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("check_name", "key"), name="left_finding_once")],
            },
        ),
        migrations.CreateModel(
            name="FindingCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_name", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("findings", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("day", "check_name"), name="finding_count_once")],
            },
        ),
    ]
