"""Standing orders: agreed once, ordered in parts."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from inward.kit.ids import new_id

_STATES = (
    *("AWAITING_APPROVAL", "PLACED", "PARTLY_DELIVERED", "DELIVERED", "RETURNED", "CANCELLED", "DECLINED"),
    *("AGREED", "ENDED"),
)
_STEPS = (
    *("APPROVAL_ASKED", "PLACED", "APPROVED", "REMINDED", "DECLINED", "DELIVERED", "RECEIVED", "CANCELLED", "RETURNED"),
    *("DISPOSED", "PAYMENT_GIVEN", "PAYMENT_FOUND", "PAYMENT_MISSING", "AGREED", "PAUSED", "RESUMED", "ENDED"),
)


class Migration(migrations.Migration):
    """Nothing stands yet."""

    dependencies = [("catalogue", "0011_given_to"), ("trade", "0024_net_pay")]

    operations = [
        migrations.AlterField(
            "order", "state", models.CharField(choices=[(state, state) for state in _STATES], max_length=20)
        ),
        migrations.AlterField(
            "orderstep", "kind", models.CharField(choices=[(step, step) for step in _STEPS], max_length=16)
        ),
        migrations.CreateModel(
            name="Frame",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("quantity", models.BigIntegerField()),
                ("drawn", models.BigIntegerField(default=0)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("BY_HAND", "BY_HAND"), ("DAILY", "DAILY"), ("WEEKLY", "WEEKLY")], max_length=8
                    ),
                ),
                ("each", models.BigIntegerField(help_text="pieces of a part that is due", null=True)),
                ("weekday", models.PositiveSmallIntegerField(help_text="0 is Monday", null=True)),
                ("price", models.CharField(choices=[("TODAY", "TODAY"), ("AGREED", "AGREED")], max_length=6)),
                ("starts_on", models.DateField()),
                ("until", models.DateField(help_text="first day on which nothing is ordered of it")),
                ("goes_from", models.DateField()),
                ("paused", models.BooleanField(default=False)),
                ("held", models.JSONField(null=True)),
                (
                    "offering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.offering"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="frame", to="trade.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(drawn__gte=0, drawn__lte=F("quantity")), name="frame_drawn_in_bounds"
                    ),
                    models.CheckConstraint(condition=Q(until__gt=F("starts_on")), name="frame_days_in_order"),
                    models.CheckConstraint(
                        condition=Q(rhythm="BY_HAND", each=None, weekday=None)
                        | Q(rhythm="DAILY", each__gte=1, weekday=None)
                        | Q(rhythm="WEEKLY", each__gte=1, weekday__lte=6),
                        name="frame_parts_as_its_rhythm",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FrameDraw",
            fields=[
                ("id", models.BigIntegerField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("due", models.DateField(null=True)),
                ("quantity", models.BigIntegerField()),
                (
                    "frame",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="trade.frame",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draw", to="trade.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["frame", "due"], name="frame_draw_once"),
                    models.CheckConstraint(condition=Q(quantity__gte=1), name="frame_draw_has_pieces"),
                ]
            },
        ),
    ]
