"""When companies and departments work, over HTTP: the week that holds, its own or inherited, and days of their own.

Hours are written as in the office and in ``calendars.csv``: "09:00-12:00, 13:00-17:00"; empty is free. Public holidays are not
listed here: ``holidays_of`` and ``region`` name whose they are, and ``/calendars/{code}/days`` tells every day of a month.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Path, Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found, parameter
from inward.api.v1.parties import ON, EvidencedEndIn, EvidencedIn, shown_by
from inward.api.v1.schemas import Asked, Code, Day, EvidenceOut, Line, Name, PartyOut, paper, party, period
from inward.kit import clock
from inward.parties import calendars as known
from inward.parties import operations
from inward.parties.calendars import Calendar, CalendarRecord, WeekVersion
from inward.parties.weeks import WEEKDAYS, hours_text, read_hours

area = Area("parties", tag="calendars", room="parties")
_OWN = parameter("own", {"type": "string", "enum": ["yes", "no"]}, "Only those with a week of their own, or without.")
_TEXT = parameter("text", {"type": "string"}, "Words of the name or code.")
_MONTH = parameter("month", {"type": "string", "format": "date"}, "A day of the month; left out: this month.")


class WeekOut(Schema):
    """The hours of each day of the week: "09:00-12:00, 13:00-17:00", empty for a free day."""

    mon: str
    tue: str
    wed: str
    thu: str
    fri: str
    sat: str
    sun: str


class CalendarOut(Schema):
    """A company or department and when it works; `of` is whose week it is. All but `party` and `kind` null: nobody has said."""

    party: PartyOut
    kind: str
    of: str | None = None
    week: WeekOut | None = None
    time_zone: str | None = None
    holidays_of: str | None = None
    region: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None


class OwnDayOut(Schema):
    """A day on which it works otherwise than its week says; no hours: closed."""

    day: str
    name: str
    hours: str


class WeekVersionOut(Schema):
    """A week of its own as it was believed, since and until when (null: still), and on whose word."""

    valid_from: str | None = None
    valid_until: str | None = None
    known_from: str
    known_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None
    week: WeekOut
    time_zone: str
    holidays_of: str
    region: str


class CalendarSheetOut(CalendarOut):
    """The calendar of a day with the days of its own from this month on, and every version of its own week, the latest first."""

    own_days: list[OwnDayOut]
    versions: list[WeekVersionOut]


class DayOut(Schema):
    """A day: its hours, what makes it so (`WORKING`, `FREE`, `HOLIDAY`, `OWN`), and what it is called."""

    day: str
    hours: str
    sort: str
    name: str


class WeekIn(Asked):
    """The hours of each day; a day that is left out is free."""

    mon: Line = ""
    tue: Line = ""
    wed: Line = ""
    thu: Line = ""
    fri: Line = ""
    sat: Line = ""
    sun: Line = ""


class CalendarIn(EvidencedIn):
    """The week from a day on; `valid_from` is left out only for the first week there is."""

    week: WeekIn
    time_zone: Name
    holidays_of: str = Field(default="", max_length=2)
    region: str = Field(default="", max_length=40)
    valid_from: Day | None = None


class OwnDayIn(EvidencedIn):
    """Why a day is another, and its hours (empty: closed)."""

    name: Name
    hours: Line = ""


@area.list("/calendars", item=CalendarOut, spec=known.CALENDARS, summary="List working weeks", own=[ON, _OWN, _TEXT])
def calendars(request: HttpRequest) -> Found[CalendarRecord]:
    """Companies and departments that one looks after, each with the week of the day: its own or what it inherits."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    asked = {name: request.GET[name] for name in ("own", "text") if request.GET.get(name)}
    return Found(lambda params: known.calendars(viewer=viewer, at=at, on=on, params={**params, **asked}), _calendar)


@area.one("/calendars/{code}", response=CalendarSheetOut, summary="One working week", parameters=[ON])
def calendar(request: HttpRequest, code: str) -> dict[str, Any]:
    """For those who look after it."""
    on = listing.day(request, "on", default=clock.today())
    found = known.calendar(viewer=actor_of(request), at=clock.now(), on=on, party=code)
    return {
        **_calendar(found.record),
        "own_days": [
            {"day": own.day.isoformat(), "name": own.name, "hours": hours_text(own.hours)} for own in found.own_days
        ],
        "versions": [_version(each) for each in found.versions],
    }


@area.get("/calendars/{code}/days", response=list[DayOut], summary="Every day of a month", parameters=[_MONTH])
def days(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """How it works on each day, public holidays by name in the caller's language. For those who may see the party."""
    month = listing.day(request, "month", default=clock.today())
    found = known.month_of(
        viewer=actor_of(request), at=clock.now(), party=code, month=month, language=get_language() or "en"
    )
    return [
        {"day": each.day.isoformat(), "hours": hours_text(each.hours), "sort": each.sort.value, "name": each.name}
        for each in found
    ]


_OFFICE = dict.fromkeys(WEEKDAYS[:5], "09:00-12:00, 13:00-17:00")


@area.change(
    "PUT",
    "/calendars/{code}",
    response={204: None},
    summary="Set a working week",
    example={"week": _OFFICE, "time_zone": "Europe/Oslo", "holidays_of": "NO", "valid_from": "2027-01-01"},
    shown=calendar,
)
def set_week(request: HttpRequest, code: Path[Code], body: CalendarIn) -> Status[None]:
    """From a day on; what is below and has no week of its own follows."""
    operations.set_working_week(
        by=actor_of(request),
        at=clock.now(),
        party=code,
        week={day: read_hours(getattr(body.week, day), f"week.{day}") for day in WEEKDAYS},
        time_zone=body.time_zone,
        holidays_of=body.holidays_of,
        region=body.region,
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/calendars/{code}/end",
    response={204: None},
    summary="End a working week",
    example={"valid_until": "2027-07-01"},
    shown=calendar,
)
def end_week(request: HttpRequest, code: Path[Code], body: EvidencedEndIn) -> Status[None]:
    """From that day on it has the week of what is above it again."""
    operations.end_working_week(
        by=actor_of(request), at=clock.now(), party=code, valid_until=body.valid_until, source=shown_by(request, body)
    )
    return Status(204, None)


@area.change(
    "PUT",
    "/calendars/{code}/own-days/{day}",
    response={204: None},
    summary="Keep a day of its own",
    example={"name": "Stocktaking", "hours": "08:00-12:00"},
    shown=calendar,
)
def set_own_day(request: HttpRequest, code: Path[Code], day: Path[date], body: OwnDayIn) -> Status[None]:
    """It goes before public holidays; said anew, it is corrected."""
    operations.set_own_day(
        by=actor_of(request),
        at=clock.now(),
        party=code,
        day=day,
        name=body.name,
        hours=read_hours(body.hours, "hours"),
        source=shown_by(request, body),
    )
    return Status(204, None)


@area.change("DELETE", "/calendars/{code}/own-days/{day}", response={204: None}, summary="Remove a day of its own")
def remove_own_day(request: HttpRequest, code: Path[Code], day: Path[date]) -> Status[None]:
    """On that day it works as its week says after all."""
    operations.remove_own_day(by=actor_of(request), at=clock.now(), party=code, day=day)
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _calendar(record: CalendarRecord) -> dict[str, Any]:
    found = record.calendar
    told: dict[str, Any] = {"party": party(record.party), "kind": record.kind.value}
    if found is None:
        return told
    return {**told, "of": found.of, **_hours(found), **period(found.period)}


def _version(each: WeekVersion) -> dict[str, Any]:
    return {
        **period(each.period),
        "known_from": each.known_from.isoformat(),
        "known_until": None if each.known_until is None else each.known_until.isoformat(),
        "source": each.source,
        "evidence": paper(each.evidence),
        **_hours(each.calendar),
    }


def _hours(found: Calendar) -> dict[str, Any]:
    return {
        "week": {day: hours_text(found.week[day]) for day in WEEKDAYS},
        "time_zone": found.time_zone,
        "holidays_of": found.holidays_of,
        "region": found.region,
    }
