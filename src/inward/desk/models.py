"""The tables of the desk room. Only this room imports them."""

from django.db import models
from django.db.models import Q

from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks


class ServiceStandard(DatedFact):
    """One version of what a company or department promises, to whom; the versions of a code follow each other in days."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kinds = models.JSONField(default=list, help_text='["staff", …]; empty: for everybody')
    targets = models.JSONField(
        help_text='{"RESPOND": {"": {"minutes": "240"}, "HIGH": {"dates": 1, "end": "END_OF_DAY"}}}'
    )
    holds = models.JSONField(default=dict, help_text='{"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": "960"}}')
    grace = models.BooleanField(default=True, help_text="an answer between closing and the next opening is in time")

    class Meta:
        indexes = (models.Index(fields=["supplier", "known_until"], name="standard_by_supplier"),)
        constraints = (
            *dated_checks("standard"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(known_until=None), name="standard_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"
