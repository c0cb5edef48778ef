"""Probation, unpaid leave and notice over HTTP: seen by the person and by the data administrators of the company, nobody else."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.v1.parties import ON, DatedEndIn, SourceIn, acting
from inward.api.v1.schemas import Code, Day, PartyOut, party, period
from inward.core.classification import WorkState
from inward.kit import clock
from inward.parties import operations
from inward.parties import states as known
from inward.parties.states import StateRecord

area = Area("parties", tag="organisation", room="parties")


class WorkStateOut(Schema):
    """Her work for a company is in a state on these days: `PROBATION`, `UNPAID_LEAVE` or `NOTICE`."""

    company: PartyOut
    state: str
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class WorkStateIn(SourceIn):
    """Her work for a company is in a state on these days; it goes on meanwhile."""

    company: Code
    state: WorkState
    valid_from: Day
    valid_until: Day | None = None


class WorkStateEndIn(DatedEndIn):
    """Which state is over, and from which day on."""

    company: Code
    state: WorkState


class WorkStateTakenBackIn(SourceIn):
    """Which state was never so, by its first day."""

    company: Code
    state: WorkState
    valid_from: Day


@area.get(
    "/people/{code}/work-states",
    response=list[WorkStateOut],
    summary="Probation, unpaid leave and notice of a person",
    parameters=[ON],
)
def work_states(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Those of the day and later, at companies whose records the caller keeps; of her own all."""
    on = listing.day(request, "on", default=clock.today())
    return [_state(each) for each in known.states(viewer=actor_of(request), at=clock.now(), on=on, person=code)]


_LEAVE = {"company": "abc", "state": "UNPAID_LEAVE", "valid_from": "2027-03-01", "valid_until": "2027-06-01"}


@area.change(
    "POST",
    "/people/{code}/work-states",
    response={204: None},
    summary="Note probation, unpaid leave or notice",
    example=_LEAVE,
)
def note_work_state(request: HttpRequest, code: str, body: WorkStateIn) -> Status[None]:
    """Staff schemes that are closed in it are closed for her on these days."""
    operations.note_work_state(
        **acting(request, body),
        person=code,
        company=body.company,
        state=body.state,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/people/{code}/work-states/end",
    response={204: None},
    summary="End probation, unpaid leave or notice",
    example={"company": "abc", "state": "UNPAID_LEAVE", "valid_until": "2027-05-01"},
)
def end_work_state(request: HttpRequest, code: str, body: WorkStateEndIn) -> Status[None]:
    """From that day on it is over; what was noted for later is taken back."""
    operations.end_work_state(
        **acting(request, body),
        person=code,
        company=body.company,
        state=body.state,
        valid_until=body.valid_until,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/people/{code}/work-states/take-back",
    response={204: None},
    summary="Take back probation, unpaid leave or notice",
    example={"company": "abc", "state": "UNPAID_LEAVE", "valid_from": "2027-03-01"},
)
def take_back_work_state(request: HttpRequest, code: str, body: WorkStateTakenBackIn) -> Status[None]:
    """It was never so; what was known of it stays with the days on which it was known."""
    operations.take_back_work_state(
        **acting(request, body),
        person=code,
        company=body.company,
        state=body.state,
        valid_from=body.valid_from,
    )
    return Status(204, None)


def _state(found: StateRecord) -> dict[str, Any]:
    return {
        "company": party(found.company),
        "state": found.state.value,
        "source": found.source,
        **period(found.period),
    }
