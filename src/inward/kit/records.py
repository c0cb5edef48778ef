"""Dated facts: what held from when until when, when we learned it, and on whose word. Nothing is ever overwritten.

Two clocks: valid days are half-open (``valid_until`` is the first day it no longer holds), known instants say when this
version of the fact was believed. ``correct`` closes what was known and adds what is known now.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from inward.core.terms import Period, Reason, Refusal, succession
from inward.kit.policy import NotThere
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


@transaction_required
def take_over(running: Sequence[Record], fresh: Record, *, since: date | None, at: datetime) -> None:
    """Keep a new version from a day on among those known, given in the order of days: the one of that day ends the day
    before; one that begins on that very day is corrected. Refusal for no day where something is known already.
    """
    if since is None and running:
        raise Refusal(Reason.of("day_missing"), where="valid_from")
    place = succession([row.period for row in running], since)
    fresh.valid_from, fresh.valid_until = place.period.start, place.period.until
    if place.before is not None:
        before = running[place.before]
        at = retract(before, at=at) if place.replaces else correct(before, at=at, valid_until=since).known_from
    fresh.known_from = at
    fresh.save(force_insert=True)


@transaction_required
def end(running: Sequence[Record], *, until: date, at: datetime, **said: Any) -> None:
    """The last version that has begun by then ends; Refusal where another begins later, or none has begun."""
    begun = [row for row in running if row.valid_from is None or row.valid_from < until]
    later = [row.valid_from for row in running if row.valid_from is not None and row.valid_from >= until]
    if later:
        code = "later_version_begins" if begun else "period_backwards"
        raise Refusal(Reason.of(code, since=min(later), until=until), where="valid_until")
    correct(begun[-1], at=at, valid_until=until, **said)


@transaction_required
def take_back(running: Sequence[Record], *, since: date, at: datetime) -> None:
    """A version that has not begun will not; the one it would have ended goes on. NotThere for no such version."""
    place = next((place for place, row in enumerate(running) if row.valid_from == since), None)
    if place is None:
        raise NotThere
    if since <= at.date():
        raise Refusal(Reason.of("version_has_begun", since=since), where="valid_from")
    taken = running[place]
    retract(taken, at=at)
    if place and running[place - 1].valid_until == since:
        correct(running[place - 1], at=at, valid_until=taken.valid_until)


def in_order(rows: "models.QuerySet[Record]") -> list[Record]:
    """Versions in the order of their days."""
    return sorted(rows, key=lambda row: row.valid_from or date.min)


class Superseded(Exception):  # noqa: N818 - it states a fact
    """Somebody corrected this fact meanwhile; read it again."""
