"""The tables of the insight room. Only this room imports them."""

from django.db import models

from inward.insight.vocabulary import LateState
from inward.kit.ids import new_id


class LateDealing(models.Model):
    """An order whose verdict would be another one by what is known now. The order itself is never changed by it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.OneToOneField("trade.Order", models.PROTECT, related_name="+")
    kind_then = models.CharField(max_length=16)
    kind_now = models.CharField(max_length=16, blank=True, help_text="empty: it could not be ordered")
    books_then = models.CharField(
        max_length=16, blank=True, help_text="by which it was paid and posted; empty: not noted"
    )
    books_now = models.CharField(max_length=16, blank=True)
    currency = models.CharField(max_length=8)
    total_then_minor = models.BigIntegerField()
    total_now_minor = models.BigIntegerField(null=True)
    cause = models.JSONField(help_text="the reason that came late, as kit.reasons writes it")
    found_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(state.value, state.name) for state in LateState], default="OPEN")
    note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["state", "-id"], name="late_by_state"),)

    def __str__(self) -> str:
        return f"order {self.order_id}"
