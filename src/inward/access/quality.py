"""What this room puts on the data quality board: people who left and can still sign in."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from inward.access import policy
from inward.access.models import User
from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.parties.quality import Check, Mend, offer


def _left(viewer: Actor, on: date) -> "QuerySet[Any]":
    """Users who can sign in, whose work is over: some was known, none goes on or begins later. For those who may lock them."""
    if not policy.may_invite(viewer, on=on):
        return User.objects.none()
    worked = User.objects.filter(
        pk=OuterRef("pk"), person__work_relationships__known_until=None, person__work_relationships__isnull=False
    )
    seen = policy.users_visible_to(viewer, on=on)
    return User.objects.filter(seen, Exists(worked), ~Exists(_works(on)), is_active=True).select_related("person")


def _works(on: date) -> "QuerySet[Any]":
    """Work of the same user that goes on, or begins later."""
    later = Q(person__work_relationships__valid_until=None) | Q(person__work_relationships__valid_until__gt=on)
    return User.objects.filter(
        later,
        pk=OuterRef("pk"),
        person__work_relationships__known_until=None,
        person__work_relationships__isnull=False,
    )


def _says(row: Any, _on: date) -> Reason:
    return Reason.of("finding_left_but_active", person_name=row.person.name or row.username)


offer(Check("left_but_active", _left, _says, lambda row, _on: Mend("users", "lock", str(row.pk))))
