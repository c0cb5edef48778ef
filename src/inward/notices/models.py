"""The tables of the notices room. Only this room imports them."""

from django.db import models
from django.db.models import Q

from inward.kit.ids import new_id
from inward.notices.vocabulary import NoticeState, Pace


class Notice(models.Model):
    """One thing told to one person. ``key`` keeps the same telling from happening twice."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    facts = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(state.value, state.name) for state in NoticeState])
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    key = models.CharField(max_length=200, unique=True)

    class Meta:
        indexes = (
            models.Index(fields=["due_at", "id"], name="notice_waiting", condition=Q(state="WAITING")),
            models.Index(fields=["person", "-id"], name="notice_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class Preference(models.Model):
    """How a person wants to be told."""

    person = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    pace = models.CharField(max_length=8, choices=[(pace.value, pace.name) for pace in Pace])

    def __str__(self) -> str:
        return self.pace
