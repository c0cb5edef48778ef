"""Calendars in the office: the working week of a company or unit from a day on, and days of their own."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_day_names
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import calendars, operations, policy, queries
from inward.parties.calendars import Calendar, CalendarRecord, CalendarSheet
from inward.parties.operations import Source
from inward.parties.vocabulary import PartyKind
from inward.parties.weeks import WEEKDAYS, hours_text, read_hours
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.acts import ending
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version


def weekday_names(width: Literal["abbreviated", "wide"] = "wide") -> dict[str, str]:
    """The days of the week in the reader's language, by their names in files."""
    names = get_day_names(width, locale=Locale(formats.language()))
    return {code: str(names[number]) for number, code in enumerate(WEEKDAYS)}


def week_words(calendar: Calendar) -> str:
    """The hours of a week in one line, days that are alike together: "Mon–Fri 09:00-17:00"."""
    names = weekday_names("abbreviated")
    runs: list[tuple[list[str], str]] = []
    for day in WEEKDAYS:
        hours = hours_text(calendar.week[day])
        if runs and runs[-1][1] == hours:
            runs[-1][0].append(names[day])
        else:
            runs.append(([names[day]], hours))
    told = (f"{days[0]}–{days[-1]} {hours}" if len(days) > 1 else f"{days[0]} {hours}" for days, hours in runs if hours)
    return "; ".join(told)


def _page(looking: Looking, key: str) -> Detail:
    sheet = calendars.calendar(viewer=looking.viewer, at=looking.at, on=looking.on, party=key)
    record = sheet.record
    month = reverse("office_month", args=[key, f"{looking.on:%Y-%m}"])
    return Detail(
        title=record.party.name,
        record=sheet,
        facts=(*_facts(record), *_own_days(sheet)),
        versions=tuple(
            Version(
                each.period, week_words(each.calendar), each.known_from, each.known_until, each.source, each.evidence
            )
            for each in sheet.versions
        ),
        links=(Link(month, _("Month by month"), "calendar"),),
        audited=sheet.audited,
    )


def _facts(record: CalendarRecord) -> Iterable[Fact]:
    found = record.calendar
    if found is None:
        yield Fact(__("Working week"), _("none; nothing above has one either"))
        return
    yield Fact(__("Whose week"), _("its own") if found.own else queries.name_of(found.of))
    names = weekday_names()
    for day in WEEKDAYS:
        yield Fact(names[day], hours_text(found.week[day]) or _("free"))
    yield Fact(__("Time zone"), found.time_zone)
    yield Fact(__("Public holidays"), ", ".join(part for part in (found.holidays_of, found.region) if part))


def _own_days(sheet: CalendarSheet) -> Iterable[Fact]:
    for own in sheet.own_days:
        hours = hours_text(own.hours) or _("closed")
        yield Fact(formats.short_day(own.day), f"{own.name}: {hours}")


def _set(doing: Doing) -> str:
    values = doing.values
    operations.set_working_week(
        by=doing.by,
        at=doing.at,
        party=doing.key,
        week={day: read_hours(values[day], day) for day in WEEKDAYS},
        time_zone=values["time_zone"],
        holidays_of=values["holidays_of"],
        region=values["region"].strip().upper(),
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _end(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_working_week(
        by=doing.by, at=doing.at, party=doing.key, valid_until=until, source=Source(doing.source, doing.evidence)
    )
    return doing.key


def _own_day(doing: Doing) -> str:
    values = doing.values
    operations.set_own_day(
        by=doing.by,
        at=doing.at,
        party=doing.key,
        day=values["day"],
        name=values["name"],
        hours=read_hours(values["hours"], "hours"),
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _remove_day(doing: Doing) -> str:
    day = date.fromisoformat(doing.values["day"])
    operations.remove_own_day(
        by=doing.by, at=doing.at, party=doing.key, day=day, source=Source(doing.source, doing.evidence)
    )
    return doing.key


def _may(looking: Looking, record: CalendarSheet) -> Answer:
    code = record.record.party.code
    company = code if record.record.kind is PartyKind.COMPANY else queries.world().unit[code][-1].company
    return policy.may_administer(looking.viewer, companies=[company], on=looking.at.date())


def _now(_looking: Looking, record: CalendarSheet) -> Mapping[str, Any]:
    """The week that holds, its own or inherited; for the first one a usual office."""
    found = record.record.calendar
    if found is None:
        return {"time_zone": "UTC"}
    return {
        **{day: hours_text(found.week[day]) for day in WEEKDAYS},
        "time_zone": found.time_zone,
        "holidays_of": found.holidays_of,
        "region": found.region,
    }


def _days_to_remove(_looking: Looking, record: CalendarSheet) -> Iterable[tuple[str, str]]:
    return [(own.day.isoformat(), f"{formats.short_day(own.day)}: {own.name}") for own in record.own_days]


def _zones(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]


def _countries(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    names = Locale(formats.language()).territories
    return sorted(((code, str(names.get(code, code))) for code in calendars.countries()), key=lambda pair: pair[1])


def _kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(PartyKind.COMPANY.value, _("Companies")), (PartyKind.UNIT.value, _("Departments and teams"))]


def _owns(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [("yes", _("Its own")), ("no", _("Inherited or none"))]


def _whose(row: CalendarRecord) -> str:
    if row.calendar is None:
        return _("none")
    return _("its own") if row.calendar.own else queries.name_of(row.calendar.of)


def _has_own(_looking: Looking, record: CalendarSheet) -> bool:
    return any(each.known_until is None for each in record.versions)


_WEEKDAY_LABELS = {
    "mon": __("Monday"),
    "tue": __("Tuesday"),
    "wed": __("Wednesday"),
    "thu": __("Thursday"),
    "fri": __("Friday"),
    "sat": __("Saturday"),
    "sun": __("Sunday"),
}
_HOURS = __("Such as 09:00-12:00, 13:00-17:00. Empty: free.")

THING = Thing(
    name="calendars",
    group=__("The organisation"),
    label=__("Working hours and holidays"),
    lead=__(
        "When each company and department works. A department without a week of its own has that of what is above."
    ),
    icon="clock",
    search=__("Name or code"),
    dated=True,
    filters=(Filter("kind", __("Kind"), _kinds), Filter("own", __("Whose week"), _owns)),
    columns=(
        Column(__("Name"), lambda row: row.party.name, sort="name"),
        Column(__("Code"), lambda row: row.party.code, sort="code"),
        Column(__("Whose week"), _whose),
        Column(__("Working week"), lambda row: "" if row.calendar is None else week_words(row.calendar)),
        Column(__("Time zone"), lambda row: "" if row.calendar is None else row.calendar.time_zone),
        Column(__("Public holidays"), lambda row: "" if row.calendar is None else row.calendar.holidays_of),
    ),
    rows=lambda looking, params: calendars.calendars(
        viewer=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.party.code,
    page=_page,
    acts=(
        Act(
            name="set",
            label=__("Working week from a day on"),
            icon="calendar",
            lead=__("What is below and has no week of its own follows."),
            form=(
                Field(
                    "valid_from",
                    fields.day(__("From"), required=False, help=__("Empty: always so far, for the first week.")),
                ),
                *(Field(day, fields.text(_WEEKDAY_LABELS[day], required=False, help=_HOURS)) for day in WEEKDAYS),
                Field("time_zone", fields.choice(__("Time zone"), _zones)),
                Field(
                    "holidays_of", fields.choice(__("Public holidays of"), _countries, required=False, none=__("None"))
                ),
                Field(
                    "region",
                    fields.text(
                        __("Region"), most=40, required=False, help=__("Its code, where it has days of its own.")
                    ),
                ),
            ),
            initial=_now,
            do=_set,
            may=_may,
            keeps_evidence=True,
            done=__("The working week is kept."),
        ),
        Act(
            name="own-day",
            label=__("A day of its own"),
            icon="plus",
            lead=__("Shorter hours or none on one day; it goes before public holidays."),
            form=(
                Field("day", fields.day(__("Day"))),
                Field("name", fields.text(__("Why the day is another"))),
                Field(
                    "hours", fields.text(__("Hours"), required=False, help=__("Such as 09:00-12:00. Empty: closed."))
                ),
            ),
            do=_own_day,
            may=_may,
            keeps_evidence=True,
            done=__("The day is kept."),
        ),
        Act(
            name="remove-day",
            label=__("Remove a day"),
            icon="trash",
            form=(Field("day", fields.choice(__("Day"), _days_to_remove)),),
            do=_remove_day,
            may=_may,
            fits=lambda _looking, record: bool(record.own_days),
            keeps_evidence=True,
            done=__("The day is as its week says again."),
        ),
        ending(
            label=__("End its own week"),
            lead=__("From the day after, the week of what is above it holds."),
            do=_end,
            may=_may,
            fits=_has_own,
            keeps_evidence=True,
        ),
    ),
    events={
        "parties.set_working_week": __("Working week"),
        "parties.end_working_week": __("Ended its own week"),
        "parties.set_own_day": __("A day of its own"),
        "parties.remove_own_day": __("Day removed"),
    },
)
