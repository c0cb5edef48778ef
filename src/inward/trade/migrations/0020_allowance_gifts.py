"""Unused allowance may be given to somebody else, where the scheme says so."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from inward.kit.ids import new_id


class Migration(migrations.Migration):
    """Nobody has given any."""

    dependencies = [("trade", "0019_instalments"), ("parties", "0001_parties")]

    operations = [
        migrations.CreateModel(
            name="AllowanceGift",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("scheme", models.CharField(max_length=120)),
                ("period", models.CharField(max_length=10)),
                ("currency", models.CharField(max_length=8)),
                ("money_minor", models.BigIntegerField(default=0)),
                ("units", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(money_minor__gte=0, units__gte=0) & (Q(money_minor__gt=0) | Q(units__gt=0)),
                        name="allowance_gift_of_something",
                    ),
                    models.CheckConstraint(
                        condition=~Q(giver=F("receiver")), name="allowance_gift_to_another"
                    ),
                ]
            },
        ),
    ]
