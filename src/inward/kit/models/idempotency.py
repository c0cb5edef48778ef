"""The table of receipts given for submissions (see ``kit.idempotency``)."""

from django.db import models

from inward.kit.ids import new_id


class IdempotencyReceipt(models.Model):
    """What an actor was answered under a key; the unique pair makes the second of two at once the loser."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    receipt = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="idempotency_once"),)
        indexes = (models.Index(fields=["at"], name="idempotency_by_age"),)

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
