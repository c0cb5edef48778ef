"""The world directory as values: the columns of each file, and a row of text read into a fact or into problems.

Pure: it opens no file and asks no database. Reading bytes is ``kit.intake``'s business, checking facts against each other
``worldcheck``'s, writing them ``operations``'. docs/reference/world.md says the same to people, and a test compares them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from inward.core.classification import WorkKind
from inward.core.terms import Fact, Period, Rate, Refusal, exact
from inward.kit.intake import Row, RowProblem, Tables
from inward.parties.calendars import check_holidays
from inward.parties.changing import CODE, COUNTRY, CURRENCY, NAME_LENGTH_MAX
from inward.parties.models import CODE_LENGTH_MAX, FACT_CODE_LENGTH_MAX, LINE_LENGTH_MAX
from inward.parties.weeks import WEEKDAYS, Hours, Week, read_hours

_DAYS = ("valid_from", "valid_until", "last_day")

TABLES: Mapping[str, tuple[str, ...]] = {
    "companies": ("id", "name", "register_number", "country", "currency", "functional_currency", "time_zone", "source"),
    "people": ("id", "name", "email"),
    "units": ("id", "company", "parent", "name", *_DAYS, "source"),
    "holdings": ("id", "owner", "owned", "percent", "capital_percent", *_DAYS, "source"),
    "work_relationships": (
        *("id", "person", "company", "unit", "kind", "job_title", "cost_centre"),
        *("line_of_business", *_DAYS, "source"),
    ),
    "calendars": ("party", "time_zone", *WEEKDAYS, "holidays_of", "region", *_DAYS, "source"),
    "own_days": ("party", "day", "name", "hours", "source"),
}
"""The files in the order in which they depend on each other, and the columns each may have."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "companies": ("id", "name", "currency"),
    "people": ("id", "name"),
    "units": ("id", "company", "name"),
    "holdings": ("owner", "owned", "percent"),
    "work_relationships": ("person", "company", "kind"),
    "calendars": ("party", "time_zone"),
    "own_days": ("party", "day", "name"),
}
"""The columns that must be there and filled in every row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row was read."""

    file: str
    line: int

    def problem(self, column: str, code: str, /, **facts: Fact) -> RowProblem:
        """What is wrong in a column of the row."""
        return RowProblem(self.file, self.line, column, code, facts)


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A row of companies.csv."""

    at: Place
    id: str
    name: str
    register_number: str
    country: str
    currency: str
    functional_currency: str
    time_zone: str
    source: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of people.csv; ``email`` is None where the file has no such column, and what is known stays."""

    at: Place
    id: str
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of units.csv: one stretch of days of a unit."""

    at: Place
    id: str
    company: str
    parent: str | None
    name: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """A row of holdings.csv; shares are fractions of one."""

    at: Place
    id: str
    owner: str
    owned: str
    votes: Fraction
    capital: Fraction | None
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row of work_relationships.csv."""

    at: Place
    id: str
    person: str
    company: str
    unit: str | None
    kind: WorkKind
    job_title: str
    cost_centre: str | None
    line_of_business: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A row of calendars.csv: the working week of a company or unit from a day on."""

    at: Place
    party: str
    week: Week
    time_zone: str
    holidays_of: str
    region: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class OwnDayRow:
    """A row of own_days.csv: a day on which a company or unit works other hours, or none."""

    at: Place
    party: str
    day: date
    name: str
    hours: Hours
    source: str


@dataclass(slots=True)
class Read:
    """What was read: rows that make sense each by itself, and what is wrong with the others."""

    rows: int = 0
    companies: list[CompanyRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    holdings: list[HoldingRow] = field(default_factory=list)
    work: list[WorkRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    weeks: list[WeekRow] = field(default_factory=list)
    own_days: list[OwnDayRow] = field(default_factory=list)


AnyRow = TypeVar("AnyRow", CompanyRow, PersonRow, UnitRow, HoldingRow, WorkRow, WeekRow, OwnDayRow)


def read_tables(tables: Tables) -> Read:
    """Read the tables that are there. KeyError for a table nobody knows; a problem that came in a row's place goes on."""
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise KeyError(*sorted(unknown))
    read = Read()
    _each(read, "companies", tables, read.companies, _company)
    _each(read, "people", tables, read.people, _person)
    _each(read, "units", tables, read.units, _unit)
    _each(read, "holdings", tables, read.holdings, _holding)
    _each(read, "work_relationships", tables, read.work, _work)
    _each(read, "calendars", tables, read.weeks, _week)
    _each(read, "own_days", tables, read.own_days, _own_day)
    return read


def _each(
    read: Read,
    name: str,
    tables: Tables,
    good: list[AnyRow],
    parse: Callable[["_Fields"], AnyRow],
) -> None:
    told: set[str] = set()
    for row in tables.get(name, ()):
        read.rows += 1
        if isinstance(row, RowProblem):
            read.problems.append(row)
            continue
        fields = _Fields(row)
        for column in sorted(set(row.values) - set(TABLES[name]) - told):
            told.add(column)  # once is enough, on the first row that has it
            fields.wrong(column, "field_unknown", name=column)
        parsed = parse(fields)
        if fields.problems:
            read.problems.extend(fields.problems)
        else:
            good.append(parsed)


class _Fields:
    """A row's fields as they are asked for, collecting what is wrong; a wrong field reads as something harmless."""

    def __init__(self, row: Row) -> None:
        self.at = Place(row.file, row.line)
        self._values = row.values
        self.problems: list[RowProblem] = []

    def wrong(self, column: str, code: str, /, **facts: Fact) -> None:
        self.problems.append(self.at.problem(column, code, **facts))

    def has(self, column: str) -> bool:
        return column in self._values

    def text(self, column: str, *, most: int = NAME_LENGTH_MAX, required: bool = False) -> str:
        value = (self._values.get(column) or "").strip()
        if required and not value:
            self.wrong(column, "field_missing")
        if len(value) > most:
            self.wrong(column, "text_too_long", most=most)
        return value

    def code(self, column: str, *, required: bool = True, most: int = CODE_LENGTH_MAX) -> str:
        value = self.text(column, most=most, required=required)
        if value and not CODE.fullmatch(value):
            self.wrong(column, "code_not_usable", id=value, most=most)
        return value

    def matching(self, column: str, shape: str, code: str, *, required: bool = False) -> str:
        value = self.text(column, required=required)
        pattern = {"country": COUNTRY, "currency": CURRENCY}[shape]
        if value and not pattern.fullmatch(value):
            self.wrong(column, code, **{shape: value})
        return value

    def share(self, column: str, *, required: bool) -> Fraction | None:
        value = self.text(column, required=required)
        if not value:
            return None
        try:
            share = exact(value.removesuffix("%").strip()) / 100
        except (ValueError, ZeroDivisionError):
            self.wrong(column, "not_a_number", value=value)
            return None
        if not 0 <= share <= 1:
            self.wrong(column, "holding_not_a_share", percent=Rate(share))
        return share

    def hours(self, column: str) -> Hours:
        try:
            return read_hours(self.text(column), column)
        except Refusal as refusal:
            self.wrong(column, refusal.reason.code, **refusal.reason.facts)
            return ()

    def day(self, column: str, *, required: bool = False) -> date | None:
        value = self.text(column, required=required)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.wrong(column, "not_a_day", value=value)
            return None

    def period(self) -> Period:
        start, until, last = self.day("valid_from"), self.day("valid_until"), self.day("last_day")
        if until is not None and last is not None:
            self.wrong("last_day", "period_ends_twice")
            return Period()
        try:
            return Period(start, until) if last is None else Period.through(start, last)
        except ValueError:
            column = "valid_until" if last is None else "last_day"
            self.wrong(column, "period_backwards", since=start, until=until or last)
            return Period()

    def zone(self, column: str, *, required: bool = False) -> str:
        value = self.text(column, required=required) or "UTC"
        if value not in _zones():
            self.wrong(column, "zone_not_known", time_zone=value)
        return value

    def kind(self, column: str) -> WorkKind:
        value = self.text(column, required=True).upper().replace("-", "_").replace(" ", "_")
        if value and value not in WorkKind.__members__:
            self.wrong(column, "not_one_of", value=value, allowed=", ".join(WorkKind.__members__))
        return WorkKind.__members__.get(value, WorkKind.FULL_TIME)


def _company(fields: _Fields) -> CompanyRow:
    currency = fields.matching("currency", "currency", "currency_not_usable", required=True)
    return CompanyRow(
        at=fields.at,
        id=fields.code("id"),
        name=fields.text("name", required=True),
        register_number=fields.text("register_number", most=60),
        country=fields.matching("country", "country", "country_not_usable"),
        currency=currency,
        functional_currency=fields.matching("functional_currency", "currency", "currency_not_usable") or currency,
        time_zone=fields.zone("time_zone"),
        source=fields.text("source"),
    )


def _person(fields: _Fields) -> PersonRow:
    email = fields.text("email", most=254) if fields.has("email") else None
    return PersonRow(fields.at, fields.code("id"), fields.text("name", required=True), email)


def _unit(fields: _Fields) -> UnitRow:
    return UnitRow(
        at=fields.at,
        id=fields.code("id"),
        company=fields.code("company"),
        parent=fields.code("parent", required=False) or None,
        name=fields.text("name", required=True),
        period=fields.period(),
        source=fields.text("source"),
    )


def _holding(fields: _Fields) -> HoldingRow:
    owner, owned = fields.code("owner"), fields.code("owned")
    return HoldingRow(
        at=fields.at,
        id=fields.code("id", required=False, most=FACT_CODE_LENGTH_MAX) or f"{owner}-{owned}",
        owner=owner,
        owned=owned,
        votes=fields.share("percent", required=True) or Fraction(0),
        capital=fields.share("capital_percent", required=False),
        period=fields.period(),
        source=fields.text("source"),
    )


def _work(fields: _Fields) -> WorkRow:
    person, company = fields.code("person"), fields.code("company")
    return WorkRow(
        at=fields.at,
        id=fields.code("id", required=False, most=FACT_CODE_LENGTH_MAX) or f"{person}-{company}",
        person=person,
        company=company,
        unit=fields.code("unit", required=False) or None,
        kind=fields.kind("kind"),
        job_title=fields.text("job_title", most=120),
        cost_centre=fields.code("cost_centre", required=False) or None,
        line_of_business=fields.text("line_of_business", most=LINE_LENGTH_MAX),
        period=fields.period(),
        source=fields.text("source"),
    )


def _week(fields: _Fields) -> WeekRow:
    week = {day: fields.hours(day) for day in WEEKDAYS}
    if not any(week.values()) and not fields.problems:
        fields.wrong(WEEKDAYS[0], "week_without_hours")
    country, region = fields.matching("holidays_of", "country", "country_not_usable"), fields.text("region", most=40)
    try:
        check_holidays(country, region)
    except Refusal as refusal:
        fields.wrong(refusal.where, refusal.reason.code, **refusal.reason.facts)
    return WeekRow(
        at=fields.at,
        party=fields.code("party"),
        week=week,
        time_zone=fields.zone("time_zone", required=True),
        holidays_of=country,
        region=region,
        period=fields.period(),
        source=fields.text("source"),
    )


def _own_day(fields: _Fields) -> OwnDayRow:
    return OwnDayRow(
        at=fields.at,
        party=fields.code("party"),
        day=fields.day("day", required=True) or date.min,
        name=fields.text("name", required=True),
        hours=fields.hours("hours"),
        source=fields.text("source"),
    )


@cache
def _zones() -> frozenset[str]:
    """Read once: the zones lie in hundreds of files."""
    return frozenset(available_timezones())
