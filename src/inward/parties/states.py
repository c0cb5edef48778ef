"""Which states somebody's work is in, for a viewer: probation, unpaid leave, notice. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from inward.core.classification import WorkState
from inward.core.terms import Period
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.parties import policy, queries, veil
from inward.parties.models import StateOfWork
from inward.parties.queries import Named


@dataclass(frozen=True, slots=True)
class StateRecord:
    """Her work for a company is in a state on these days."""

    company: Named
    state: WorkState
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class StateVersion:
    """What was known of a state, from when until when."""

    record: StateRecord
    known_from: datetime
    known_until: datetime | None


def states(*, viewer: Actor, at: datetime, on: date, person: str) -> tuple[StateRecord, ...]:
    """The states of her work from that day on, at the companies where the viewer may see them; the first day first.

    NotThere for whoever may see them at none of her employers.
    """
    rows = StateOfWork.objects.current().filter(_seen(viewer, at, person))
    coming = rows.filter(Q(valid_until=None) | Q(valid_until__gt=on)).select_related("company")
    return tuple(_record(row) for row in coming.order_by("valid_from", "state", "pk"))


def versions(*, viewer: Actor, at: datetime, person: str) -> tuple[StateVersion, ...]:
    """Everything that was ever known of it, the latest knowledge first. NotThere as for ``states``."""
    rows = StateOfWork.objects.filter(_seen(viewer, at, person)).select_related("company")
    return tuple(
        StateVersion(_record(row), row.known_from, row.known_until)
        for row in rows.order_by("-known_from", "-valid_from", "-pk")
    )


def _seen(viewer: Actor, at: datetime, person: str) -> Q:
    """The states of this person at companies where the viewer may see them."""
    day, keys = at.date(), queries.keys()
    veil.require_open(person)
    seen = [
        keys[company]
        for company in queries.employers(person)
        if policy.may_see_work_states(viewer, person=person, company=company, on=day)
    ]
    if not seen:
        raise NotThere
    return Q(person_id=keys[person], company_id__in=seen)


def _record(row: StateOfWork) -> StateRecord:
    company = Named(row.company.code, row.company.name or row.company.code)
    return StateRecord(company, WorkState(row.state), row.period, row.source)
