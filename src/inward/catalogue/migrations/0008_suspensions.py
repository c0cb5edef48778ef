"""People may be suspended from a scheme, with every step of their hearing."""

from django.db import migrations, models

from inward.catalogue.vocabulary import HearingStep
from inward.kit.ids import new_id

_STEPS = [(step.value, step.value) for step in HearingStep]


class Migration(migrations.Migration):
    """Nobody is suspended yet."""

    dependencies = [("catalogue", "0007_plans"), ("parties", "0001_parties")]

    operations = [
        migrations.CreateModel(
            name="SchemeSuspension",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=32, unique=True)),
                ("scheme", models.CharField(max_length=120)),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="first day it no longer holds; empty: for ever", null=True)),
                ("answer_by", models.DateField(help_text="last day on which the person may answer")),
                ("state", models.CharField(choices=_STEPS, max_length=9)),
                ("answered", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="parties.party")),
                ("supplier", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="parties.party")),
            ],
            options={
                "indexes": [models.Index(fields=["person", "scheme"], name="suspension_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "ANSWERED"), _negated=True), name="suspension_stands_somewhere"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeHearing",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(choices=_STEPS, max_length=9)),
                ("subject", models.CharField(help_text="subject key of whoever did it", max_length=64)),
                ("words", models.CharField(blank=True, max_length=2000)),
                (
                    "until",
                    models.DateField(help_text="the first day it no longer holds, as of this step", null=True),
                ),
                (
                    "person",
                    models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="parties.party"),
                ),
                (
                    "suspension",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="steps", to="catalogue.schemesuspension"
                    ),
                ),
            ],
        ),
    ]
