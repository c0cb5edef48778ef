"""Who leads whom over HTTP: heads, deputies, managers, vacancies, signing limits and absences. A place is a department or company."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, EvidencedEndIn, EvidencedIn, acting_shown
from inward.api.v1.schemas import (
    Asked,
    Code,
    Day,
    EndIn,
    MoneyIn,
    MoneyOut,
    PartyOut,
    money,
    money_in,
    party,
    period,
)
from inward.core.terms import Reason, Refusal
from inward.kit import clock
from inward.parties import leading, operations, queries
from inward.parties.leading import ActingView, DeputyView, LimitRecord
from inward.parties.vocabulary import Post, Power

area = Area("parties", tag="organisation", room="parties")
_POWER = listing.parameter(
    "power", {"type": "string", "enum": [each.value for each in Power]}, "Only deputies who stand in for this act."
)
_PLACE = {
    "in": "query",
    "name": "place",
    "required": True,
    "description": "The department or company for which it is approved.",
    "schema": {"type": "string"},
}


class ActingOut(Schema):
    """Who leads in fact, by which post (`HEAD`, `DEPUTY`) of which place: the one asked about, or the nearest above."""

    person: PartyOut
    place: PartyOut
    post: str


class DeputyOut(Schema):
    """Who stands in, for what (`SPENDING`, `PEOPLE`, `REQUESTS`), on which days."""

    person: PartyOut
    powers: list[str]
    valid_from: str | None = None
    valid_until: str | None = None


class LeadersOut(Schema):
    """Who leads a place on the day. Without a head it is vacant, since a day if that is known."""

    place: PartyOut
    head: PartyOut | None = None
    vacant_since: str | None = None
    acting: ActingOut | None = None
    deputies: list[DeputyOut]


class VacancyOut(Schema):
    """A department without a head, since a day; null where it never had one."""

    place: PartyOut
    since: str | None = None


class ManagedOut(Schema):
    """Who manages somebody at one place where she works, and who acts on the day; never she herself."""

    place: PartyOut
    manager: PartyOut | None = None
    acting: ActingOut | None = None


class SpendingLimitOut(Schema):
    """Up to how much whoever holds a post of a place may approve; places below without one of their own have the same."""

    place: PartyOut
    post: str
    limit: MoneyOut
    valid_from: str | None = None
    valid_until: str | None = None


class MayApproveOut(Schema):
    """Up to how much she may approve there, and by which limit; null: nothing."""

    limit: SpendingLimitOut | None = None


class AbsenceOut(Schema):
    """Days on which somebody is away."""

    valid_from: str | None = None
    valid_until: str | None = None


class HeadIn(EvidencedIn):
    """Who heads it from this day on."""

    person: Code
    valid_from: Day


class DeputyIn(EvidencedIn):
    """Who stands in, for what, on which days."""

    person: Code
    powers: list[Power] = Field(min_length=1, max_length=len(Power))
    valid_from: Day
    valid_until: Day | None = None


class DeputyEndIn(EvidencedEndIn):
    """Who no longer stands in from this day on."""

    person: Code


class SpendingLimitIn(EvidencedIn):
    """Up to how much whoever holds this post may approve from this day on."""

    post: Post
    limit: MoneyIn
    valid_from: Day | None = None


class SpendingLimitEndIn(EvidencedEndIn):
    """The post whose limit ends."""

    post: Post


class AbsenceIn(Asked):
    """The days on which somebody is away; nothing is asked about why."""

    valid_from: Day
    valid_until: Day | None = None


# --- who leads ---------------------------------------------------------------------------------------------------------


@area.one("/places/{code}/leaders", response=LeadersOut, summary="Who leads a department or company", parameters=[ON])
def leaders(request: HttpRequest, code: str) -> dict[str, Any]:
    """Its head, who acts for her, and who stands in now or later. For those who see the company's directory."""
    found = leading.leaders(viewer=actor_of(request), at=clock.now(), on=_on(request), place=code)
    return {
        "place": party(found.place),
        "head": party(found.head),
        "vacant_since": None if found.vacant_since is None else found.vacant_since.isoformat(),
        "acting": _acting(found.acting),
        "deputies": [_deputy(each) for each in found.deputies],
    }


@area.get("/vacancies", response=list[VacancyOut], summary="List departments without a head", parameters=[ON])
def vacancies(request: HttpRequest) -> list[dict[str, Any]]:
    """The departments of a day without a head, in companies whose directory the caller sees, by code."""
    found = leading.vacancies(viewer=actor_of(request), at=clock.now(), on=_on(request))
    names = queries.names(each.place for each in found)
    return [
        {
            "place": {"code": each.place, "name": names[each.place]},
            "since": None if each.since is None else each.since.isoformat(),
        }
        for each in found
    ]


_HEAD = {"person": "tor-bergli", "valid_from": "2027-01-01", "source": "Resolution 12"}


@area.change(
    "POST",
    "/places/{code}/head",
    response={204: None},
    summary="Name the head of a department or company",
    example=_HEAD,
    shown=leaders,
)
def name_head(request: HttpRequest, code: str, body: HeadIn) -> Status[None]:
    """Whoever headed it until then ends the day before; named for the same day, she is corrected."""
    operations.name_head(
        place=code,
        person=body.person,
        valid_from=body.valid_from,
        **acting_shown(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/places/{code}/head/end",
    response={204: None},
    summary="End the head of a department or company",
    example={"valid_until": "2027-06-01"},
    shown=leaders,
)
def end_head(request: HttpRequest, code: str, body: EvidencedEndIn) -> Status[None]:
    """From that day on nobody heads it; whoever was to begin later does not."""
    operations.end_head(place=code, valid_until=body.valid_until, **acting_shown(request, body))
    return Status(204, None)


_DEPUTY = {"person": "maya-lund", "powers": ["SPENDING"], "valid_from": "2027-01-01", "valid_until": "2027-02-01"}


@area.change(
    "POST",
    "/places/{code}/deputies",
    response={204: None},
    summary="Name a deputy",
    example=_DEPUTY,
    shown=leaders,
)
def name_deputy(request: HttpRequest, code: str, body: DeputyIn) -> Status[None]:
    """She acts where the head is away or there is none, for what she stands in. Several may."""
    operations.name_deputy(
        place=code,
        person=body.person,
        powers=body.powers,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        **acting_shown(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/places/{code}/deputies/end",
    response={204: None},
    summary="End a deputy",
    example={"person": "maya-lund", "valid_until": "2027-02-01"},
    shown=leaders,
)
def end_deputy(request: HttpRequest, code: str, body: DeputyEndIn) -> Status[None]:
    """What has not begun by that day will not."""
    operations.end_deputy(
        place=code,
        person=body.person,
        valid_until=body.valid_until,
        **acting_shown(request, body),
    )
    return Status(204, None)


# --- whose manager, up to how much, away --------------------------------------------------------------------------------


@area.get("/people/{code}/managers", response=list[ManagedOut], summary="Who manages a person", parameters=[ON, _POWER])
def managers(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """At each place where she works on the day: whose post it is, and who acts; deputies only with the power asked for."""
    power = _power(request.GET.get("power", ""))
    found = leading.managers(viewer=actor_of(request), at=clock.now(), on=_on(request), person=code, power=power)
    return [
        {"place": party(each.place), "manager": party(each.manager), "acting": _acting(each.acting)} for each in found
    ]


@area.get(
    "/people/{code}/signing-limit",
    response=MayApproveOut,
    summary="Up to how much a person may approve",
    parameters=[_PLACE, ON],
)
def signing_limit(request: HttpRequest, code: str) -> dict[str, Any]:
    """By her strongest post at the place or above. For herself, and those who keep records or books of the company."""
    place = request.GET.get("place", "")
    if not place:
        raise Refusal(Reason.of("value_missing"), where="place")
    found = leading.limit(viewer=actor_of(request), at=clock.now(), on=_on(request), person=code, place=place)
    return {"limit": None if found is None else _limit(found)}


@area.get("/people/{code}/absences", response=list[AbsenceOut], summary="When a person is away", parameters=[ON])
def absences(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Her absences of the day and later. For herself and for those who note them."""
    found = leading.absences(viewer=actor_of(request), at=clock.now(), on=_on(request), person=code)
    return [period(each) for each in found]


@area.change(
    "POST",
    "/people/{code}/absences",
    response={204: None},
    summary="Note that a person is away",
    example={"valid_from": "2026-12-21", "valid_until": "2027-01-04"},
    seen=absences,
)
def note_absence(request: HttpRequest, code: str, body: AbsenceIn) -> Status[None]:
    """Everybody notes her own; data administrators those of people in their companies."""
    operations.note_absence(
        by=actor_of(request),
        at=clock.now(),
        person=code,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/people/{code}/absences/end",
    response={204: None},
    summary="Note that a person is back",
    example={"valid_until": "2026-12-28"},
    seen=absences,
)
def end_absence(request: HttpRequest, code: str, body: EndIn) -> Status[None]:
    """From that day on; absences noted for later are taken back."""
    operations.end_absence(by=actor_of(request), at=clock.now(), person=code, valid_until=body.valid_until)
    return Status(204, None)


# --- limits ------------------------------------------------------------------------------------------------------------


@area.list("/signing-limits", item=SpendingLimitOut, spec=leading.LIMITS, summary="List signing limits", own=[ON])
def spending_limits(request: HttpRequest) -> Found[LimitRecord]:
    """The limits of a day at places where the caller sets them."""
    viewer, at, on = actor_of(request), clock.now(), _on(request)
    return Found(lambda asked: leading.limits(viewer=viewer, at=at, on=on, params=asked), _limit)


_LIMIT = {"post": "HEAD", "limit": {"amount": "5000.00", "currency": "EUR"}, "valid_from": "2027-01-01"}


@area.change(
    "POST",
    "/places/{code}/signing-limits",
    response={204: None},
    summary="Set a signing limit",
    example=_LIMIT,
    seen=leaders,
)
def set_spending_limit(request: HttpRequest, code: str, body: SpendingLimitIn) -> Status[None]:
    """In the currency of the company's books; set by its controllers."""
    operations.set_spending_limit(
        place=code,
        post=body.post,
        limit=money_in(body.limit, "body.limit.amount"),
        valid_from=body.valid_from,
        **acting_shown(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/places/{code}/signing-limits/end",
    response={204: None},
    summary="End a signing limit",
    example={"post": "HEAD", "valid_until": "2028-01-01"},
    seen=leaders,
)
def end_spending_limit(request: HttpRequest, code: str, body: SpendingLimitEndIn) -> Status[None]:
    """The limit of what is above it holds then; without one, nothing may be approved."""
    operations.end_spending_limit(
        place=code,
        post=body.post,
        valid_until=body.valid_until,
        **acting_shown(request, body),
    )
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _on(request: HttpRequest) -> date:
    return listing.day(request, "on", default=clock.today())


def _power(asked: str) -> Power | None:
    if asked and asked not in {each.value for each in Power}:
        raise Refusal(Reason.of("list_filter_value", name="power", value=asked[:40].replace("\0", "")), where="power")
    return Power(asked) if asked else None


def _acting(found: ActingView | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"person": party(found.person), "place": party(found.place), "post": found.post.value}


def _deputy(found: DeputyView) -> dict[str, Any]:
    powers = [each.value for each in found.powers]
    return {"person": party(found.person), "powers": powers, **period(found.period)}


def _limit(found: LimitRecord) -> dict[str, Any]:
    return {
        "place": party(found.place),
        "post": found.post.value,
        "limit": money(found.amount),
        **period(found.period),
    }
