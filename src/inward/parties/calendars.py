"""When a company or unit works: its week, public holidays and days of its own, or what it inherits. Reads only.

A unit without a week of its own has that of the unit above it, at last that of its company; likewise a day of its own goes
before one of what is above. How long something takes on these hours is not reckoned here. The names of public holidays come
from the ``holidays`` library, in the reader's language where it knows that.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q

from inward.core.terms import Period, Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import policy, queries
from inward.parties.models import OwnDay, Party, WorkingWeek
from inward.parties.papers import Evidence, told
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind
from inward.parties.weeks import WEEKDAYS, Hours, Week, hours_of

VERSION = "calendars"
CALENDARS = ListSpec({"name": "name", "code": "code"}, {"kind": "kind"}, default="name")
VERSIONS_MAX = 200
YEARS: Final = range(1950, 2101)
"""The years for which public holidays are told."""
_LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("en_US", "en_GB", "en"),
    "nb": ("nb", "no"),
    "it": ("it_IT", "it"),
    "id": ("id", "id_ID"),
}


class DaySort(Enum):
    """What makes a day as it is."""

    WORKING = "WORKING"
    FREE = "FREE"
    HOLIDAY = "HOLIDAY"
    OWN = "OWN"


@dataclass(frozen=True, slots=True)
class OwnDayView:
    """A day on which the party ``of`` works otherwise; no hours: closed."""

    of: str
    day: date
    name: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a party works from the days of ``period``. ``of`` is whose week it is: its own, or what it inherits from."""

    party: str
    of: str
    week: Week
    time_zone: str
    holidays_of: str
    region: str
    period: Period
    source: str

    @property
    def own(self) -> bool:
        """Whether the week is the party's own."""
        return self.of == self.party


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a month: its hours, what makes it so, and what it is called if it is no ordinary day."""

    day: date
    hours: Hours
    sort: DaySort
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """A company or unit and the calendar of a day; None where nobody has said any."""

    party: Named
    kind: PartyKind
    calendar: Calendar | None


@dataclass(frozen=True, slots=True)
class WeekVersion:
    """One version of a week of a party's own: its days, since and until when it was believed, on whose word."""

    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str
    calendar: Calendar
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CalendarSheet:
    """A party's calendar with every version of its own week, and the days of its own that are still to come or lately were."""

    record: CalendarRecord
    versions: tuple[WeekVersion, ...]
    own_days: tuple[OwnDayView, ...]
    audited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    weeks: Mapping[str, tuple[Calendar, ...]]
    own_days: Mapping[tuple[str, date], OwnDayView]


def _made(_version: int) -> _Known:
    weeks: dict[str, list[Calendar]] = defaultdict(list)
    for row in WorkingWeek.objects.current().select_related("party"):
        weeks[row.party.code].append(_calendar(row, row.party.code))
    days = OwnDay.objects.current().values_list("party__code", "day", "name", "hours")
    own = {(code, day): OwnDayView(code, day, name, hours_of(kept)) for code, day, name, kept in days}
    return _Known({code: tuple(found) for code, found in weeks.items()}, own)


_known: Kept[_Known] = Kept(VERSION, _made)


def calendar_of(party: str, *, on: date) -> Calendar | None:
    """The calendar of a company or unit on a day: its own, else that of the nearest unit above, else its company's.

    None where nobody has said any, and for a person. NotThere for a unit that does not exist on that day.
    """
    weeks = _known.value().weeks
    for code in queries.unit_path(party, on=on):
        found = next((week for week in weeks.get(code, ()) if on in week.period), None)
        if found is not None:
            return _inherited(found, party)
    return None


def day_of(party: str, *, on: date, language: str = "en") -> DayView:
    """How a company or unit works on a day. A day of its own goes first, then a public holiday, then its week."""
    path = queries.unit_path(party, on=on)
    own_days = _known.value().own_days
    own = next((own_days[code, on] for code in path if (code, on) in own_days), None)
    if own is not None:
        return DayView(on, own.hours, DaySort.OWN, own.name)
    calendar = calendar_of(party, on=on)
    if calendar is None:
        return DayView(on, (), DaySort.FREE)
    holiday = holiday_name(calendar.holidays_of, calendar.region, on, language)
    if holiday:
        return DayView(on, (), DaySort.HOLIDAY, holiday)
    hours = calendar.week[WEEKDAYS[on.weekday()]]
    return DayView(on, hours, DaySort.WORKING if hours else DaySort.FREE)


def own_days(path: Sequence[str]) -> Mapping[date, Hours]:
    """The days of their own of these places, the nearest first: of one day the nearest counts. No hours: closed."""
    found: dict[date, Hours] = {}
    for (code, day), own in _known.value().own_days.items():
        nearer = next((place for place in path if (place, day) in _known.value().own_days), None)
        if code == nearer:
            found[day] = own.hours
    return found


def month_of(*, viewer: Actor, at: datetime, party: str, month: date, language: str = "en") -> tuple[DayView, ...]:
    """Every day of a month of a company or unit. NotThere out of bounds; days on which a unit does not exist are left out."""
    _seen(viewer, at, party)
    days = (month.replace(day=number) for number in range(1, monthrange(month.year, month.month)[1] + 1))
    known = queries.world().unit.get(party)
    there = [day for day in days if known is None or any(day in place.period for place in known)]
    return tuple(day_of(party, on=day, language=language) for day in there)


def calendars(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[CalendarRecord]:
    """The companies and units the viewer looks after, each with its calendar of the day. ``own`` asks for "yes" or "no"."""
    asked = dict(params)
    own = asked.pop("own", "")
    rows = Party.objects.filter(_kept(viewer, at), kind__in=[PartyKind.COMPANY.value, PartyKind.UNIT.value])
    for word in asked.get("text", "").replace("\0", "").split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word))
    if own:
        holders = [code for code, weeks in _known.value().weeks.items() if any(on in week.period for week in weeks)]
        rows = rows.filter(code__in=holders) if own == "yes" else rows.exclude(code__in=holders)
    return page(rows, CALENDARS, asked).map(lambda row: _record(row, on))


def calendar(*, viewer: Actor, at: datetime, on: date, party: str) -> CalendarSheet:
    """One company's or unit's calendar. NotThere out of bounds."""
    row = Party.objects.filter(_kept(viewer, at), code=party).exclude(kind=PartyKind.PERSON.value).first()
    if row is None:
        raise NotThere
    weeks = (
        WorkingWeek.objects.filter(party=row).select_related("evidence").order_by("-known_from", "-id")[:VERSIONS_MAX]
    )
    versions = tuple(
        WeekVersion(
            week.period, week.known_from, week.known_until, week.source, _calendar(week, party), told(week.evidence)
        )
        for week in weeks
    )
    own = OwnDay.objects.current().filter(party=row, day__gte=on.replace(day=1)).order_by("day")[:VERSIONS_MAX]
    own_days = tuple(OwnDayView(party, each.day, each.name, hours_of(each.hours)) for each in own)
    return CalendarSheet(_record(row, on), versions, own_days, (f"{party} calendar",))


def countries() -> tuple[str, ...]:
    """The countries whose public holidays are known, by code."""
    import holidays  # a country's days are asked rarely, and the list of all takes long to load

    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))  # noqa: PLR2004


def check_holidays(country: str, region: str) -> None:
    """Refusal for a country or region whose public holidays nobody knows; no country is none, and has no region."""
    if not country and not region:
        return
    import holidays

    regions = holidays.list_supported_countries(include_aliases=True).get(country)
    if regions is None:
        raise Refusal(
            Reason.of("holidays_not_known", country=country or "–", region=region or None), where="holidays_of"
        )
    if region and region not in regions:
        raise Refusal(Reason.of("holidays_not_known", country=country, region=region), where="region")


def holiday_name(country: str, region: str, day: date, language: str = "en") -> str:
    """What the public holiday on that day is called; nothing on other days, and outside YEARS."""
    if not country or day.year not in YEARS:
        return ""
    return _holidays(country, region, day.year, language).get(day, "")


def holidays_of(country: str, region: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of these years; none for no country."""
    if not country:
        return frozenset()
    return frozenset(day for year in years for day in _holidays(country, region, year, "en"))


@lru_cache(maxsize=256)
def _holidays(country: str, region: str, year: int, language: str) -> Mapping[date, str]:
    import holidays

    kind: Any = getattr(holidays, country)
    spoken = next(
        (each for each in _LANGUAGES.get(language, ()) if each in kind.supported_languages), kind.default_language
    )
    found = holidays.country_holidays(country, subdiv=region or None, years=year, language=spoken)
    return dict(found.items())


def _calendar(row: WorkingWeek, party: str) -> Calendar:
    return Calendar(
        party=party,
        of=party,
        week={day: hours_of(row.hours.get(day, ())) for day in WEEKDAYS},
        time_zone=row.time_zone,
        holidays_of=row.holidays_of,
        region=row.region,
        period=row.period,
        source=row.source,
    )


def _inherited(found: Calendar, party: str) -> Calendar:
    if found.of == party:
        return found
    return Calendar(
        party, found.of, found.week, found.time_zone, found.holidays_of, found.region, found.period, found.source
    )


def _record(row: Party, on: date) -> CalendarRecord:
    try:
        found = calendar_of(row.code, on=on)
    except NotThere:  # a unit that is closed, or not open yet
        found = None
    return CalendarRecord(Named(row.code, row.name), PartyKind(row.kind), found)


def _kept(viewer: Actor, at: datetime) -> Q:
    """The companies and units whose calendars the viewer looks after."""
    over = policy.calendars_kept_by(viewer, on=at.date())
    return Q(pk__isnull=False) if over is None else Q(code__in=sorted(over))


def _seen(viewer: Actor, at: datetime, party: str) -> None:
    companies = {place.company for place in queries.world().unit.get(party, ())} or {party}
    if queries.kind_of(party) not in (PartyKind.COMPANY, PartyKind.UNIT) or not any(
        policy.may_see_company(viewer, company=company, on=at.date()) for company in companies
    ):
        raise NotThere
