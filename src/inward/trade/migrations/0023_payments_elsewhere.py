"""An order may be paid elsewhere, by a reference that whoever orders gives."""

import django.db.models.deletion
from django.db import migrations, models

import inward.kit.ids
from inward.trade.vocabulary import PaymentState, Settlement

_WAYS = [(way.value, way.name) for way in Settlement]


class Migration(migrations.Migration):
    """Nobody takes such payments until it is said."""

    dependencies = [("trade", "0022_orders_for_the_household")]

    operations = [
        migrations.CreateModel(
            name="PaymentElsewhere",
            fields=[
                ("company", models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="parties.party",
                    )),
                ("words", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="OrderPayment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=inward.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=80)),
                ("compared", models.CharField(max_length=80)),
                ("given_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(choices=[(state.value, state.value) for state in PaymentState], max_length=9),
                ),
                ("marked_at", models.DateTimeField(null=True)),
                ("company", models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    )),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="trade.order"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "GIVEN")), fields=["order"], name="payment_to_check")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("company", "compared"), name="payment_reference_once")
                ],
            },
        ),
        *(
            migrations.AlterField(model, "settlement", models.CharField(choices=_WAYS, max_length=14))
            for model in ("order", "running", "runningcharge")
        ),
    ]
