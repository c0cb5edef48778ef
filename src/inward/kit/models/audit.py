"""The tables of the audit: what was done, and the seals that prove nothing was changed since (see ``kit.audit``).

Both are append-only in the database itself: a trigger lets a row be sealed once, and refuses every other change.
"""

from django.db import models
from django.db.models import Q

from inward.kit.ids import new_id


class AuditRow(models.Model):
    """One act: who (a subject key, never a name), for whom, through which door, what, on which thing, with which facts.

    ``position`` and ``seal`` are empty until the worker seals the row; from then on they chain it to the row before.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    subject = models.CharField(max_length=100)
    acting_for = models.CharField(max_length=120, blank=True)
    via = models.CharField(max_length=20)
    act = models.CharField(max_length=120)
    thing = models.CharField(max_length=200)
    facts = models.JSONField()
    position = models.BigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=["id"], name="audit_unsealed", condition=Q(position__isnull=True)),
            models.Index(fields=["thing", "id"], name="audit_by_thing"),
            models.Index(fields=["subject", "id"], name="audit_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.thing}"


class AuditSeal(models.Model):
    """The head of the chain after a batch was sealed: so many rows, the last of which carries this seal."""

    position = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position} {self.head}"
