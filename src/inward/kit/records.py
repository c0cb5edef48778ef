"""Dated facts: what held from when until when, when we learned it, and on whose word. Nothing is ever overwritten.

Two clocks: valid days are half-open (``valid_until`` is the first day it no longer holds), known instants say when this
version of the fact was believed. ``correct`` closes what was known and adds what is known now.
"""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from inward.core.terms import Period
from inward.kit.transaction import transaction_required


class DatedQuerySet(models.QuerySet[Any]):
    """What held on a day, what was known at an instant, what is known now."""

    def on(self, day: date) -> Self:
        """Facts that hold on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gt=day))

    def known_at(self, instant: datetime) -> Self:
        """Facts as they were known at the instant."""
        return self.filter(Q(known_until=None) | Q(known_until__gt=instant), known_from__lte=instant)

    def current(self) -> Self:
        """Facts as they are known now."""
        return self.filter(known_until=None)


class DatedFact(models.Model):
    """A fact with both times, its source and its evidence."""

    valid_from = models.DateField(null=True, blank=True, help_text="first day it holds; empty: always so far")
    valid_until = models.DateField(null=True, blank=True, help_text="first day it no longer holds; empty: for ever")
    known_from = models.DateTimeField(help_text="since when we know it so")
    known_until = models.DateTimeField(null=True, blank=True, help_text="until when we knew it so; empty: still")
    source = models.CharField(max_length=200, blank=True, help_text="on whose word")
    evidence = models.ForeignKey("kit.File", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_until)


Record = TypeVar("Record", bound=DatedFact)


def dated_checks(name: str) -> tuple[models.CheckConstraint, ...]:
    """The constraints every dated table wants: days and instants the right way round. ``name`` begins their names."""
    return (
        models.CheckConstraint(
            condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            name=f"{name}_days_in_order",
        ),
        models.CheckConstraint(
            condition=Q(known_until=None) | Q(known_until__gte=F("known_from")), name=f"{name}_knowledge_in_order"
        ),
    )


@transaction_required
def retract(fact: DatedFact, *, at: datetime) -> datetime:
    """Believe a fact no more as of ``at``, without saying it otherwise; returns the instant. Raises ``Superseded``."""
    at = max(at, fact.known_from)
    if not type(fact)._default_manager.filter(pk=fact.pk, known_until=None).update(known_until=at):
        raise Superseded(fact.pk)
    return at


@transaction_required
def correct(fact: Record, *, at: datetime, **change: Any) -> Record:
    """Say the same fact otherwise: close the row as of ``at`` and add one with the change. Returns the new row.

    The row given must be the one known now; somebody else's correction in between raises ``Superseded``. A clock that
    stands behind the one which noted the fact corrects it no earlier than it was learned.
    """
    at = retract(fact, at=at)
    values = {
        field.attname: getattr(fact, field.attname) for field in fact._meta.concrete_fields if not field.primary_key
    }
    values.update({"known_from": at, "known_until": None})
    fresh = type(fact)(**values)
    for name, value in change.items():
        setattr(fresh, name, value)
    fresh.save(force_insert=True)
    return fresh


class Superseded(Exception):  # noqa: N818 - it states a fact
    """Somebody corrected this fact meanwhile; read it again."""
