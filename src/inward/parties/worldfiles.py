"""The world directory as values: the columns of each file, and a row of text read into a fact or into problems.

Pure: it opens no file and asks no database. Reading bytes is ``kit.intake``'s business, checking facts against each other
``worldcheck``'s, writing them ``operations``'. docs/reference/world.md says the same to people, and a test compares them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from inward.core.classification import Band, CompanyKind, RightKind, WorkKind, WorkState
from inward.core.terms import Fact, Period, Rate, Refusal, exact
from inward.kit import clock
from inward.kit.intake import Columns, Row, RowProblem, Tables
from inward.parties.calendars import check_holidays
from inward.parties.changing import CODE, COUNTRY, CURRENCY, REGISTER
from inward.parties.deciding import OWN, Speaker
from inward.parties.models import (
    AGREEMENT_LENGTH_MAX,
    CODE_LENGTH_MAX,
    FACT_CODE_LENGTH_MAX,
    LINE_LENGTH_MAX,
    NAME_LENGTH_MAX,
    REGISTER_LENGTH_MAX,
)
from inward.parties.treepaths import levels_of
from inward.parties.vocabulary import EventKind, Power, SourceRank
from inward.parties.weeks import WEEKDAYS, Hours, Week, read_hours

PARTIES_LENGTH_MAX = 100_000
"""So many characters of codes an event may be about."""
COUNT_MAX = 2_147_483_647
_DAYS = ("valid_from", "valid_until", "last_day")
_SAID = ("source", "register", "rank")
"""On whose word a fact of ownership is: in words, and for an outside source its code and how far it is trusted."""

TABLES: Mapping[str, tuple[str, ...]] = {
    "companies": (
        *("id", "name", "kind", "register_number", "country", "currency", "functional_currency", "time_zone"),
        "source",
    ),
    "people": ("id", "name", "email"),
    "units": ("id", "company", "parent", "name", *_DAYS, "source"),
    "holdings": (
        *("id", "owner", "owned", "percent", "low", "high", "low_open", "high_open"),
        *("capital_percent", "capital_low", "capital_high", "capital_low_open", "capital_high_open"),
        *_DAYS,
        *_SAID,
    ),
    "share_classes": ("id", "company", "name", "issued", "votes_each", "dividend_each", "version_of", *_DAYS, *_SAID),
    "shareholdings": ("id", "owner", "share_class", "shares", *_DAYS, *_SAID),
    "control_rights": ("id", "target", "kind", "holder", "agreement", "over", *_DAYS, *_SAID),
    "work_relationships": (
        *("id", "person", "company", "unit", "kind", "job_title", "cost_centre"),
        *("line_of_business", *_DAYS, "source"),
    ),
    "calendars": ("party", "time_zone", *WEEKDAYS, "holidays_of", "region", *_DAYS, "source"),
    "own_days": ("party", "day", "name", "hours", "source"),
    "heads": ("place", "person", *_DAYS, "source"),
    "deputies": ("place", "person", "powers", *_DAYS, "source"),
    "absences": ("person", *_DAYS),
    "work_states": ("person", "company", "state", *_DAYS, "source"),
    "names": ("party", "name", *_DAYS, "source"),
    "events": ("id", "kind", "day", "parties", "before", "after", "units", "people", "source"),
}
"""The files in the order in which they depend on each other, and the columns each may have."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "companies": ("id", "name", "currency"),
    "people": ("id", "name"),
    "units": ("id", "company", "name"),
    "holdings": ("owner", "owned"),
    "share_classes": ("id", "company", "issued"),
    "shareholdings": ("owner", "share_class", "shares"),
    "control_rights": ("target", "kind"),
    "work_relationships": ("person", "company", "kind"),
    "calendars": ("party", "time_zone"),
    "own_days": ("party", "day", "name"),
    "heads": ("place", "person"),
    "deputies": ("place", "person", "powers"),
    "absences": ("person", "valid_from"),
    "work_states": ("person", "company", "state", "valid_from"),
    "names": ("party", "name"),
    "events": ("id", "kind", "day", "parties"),
}
"""The columns that must be there and filled in every row."""


CHART = "chart"
CHART_COLUMNS = ("person", "manager", "path", "team")
"""The columns of chart.csv: who leads whom, by a manager or by a path. It is drawn into units, work and heads, and not kept."""

LOADED = (*TABLES, CHART)
"""The files that are loaded as one."""

HOUSEHOLD_COLUMNS = ("id", "person", "member", "tie", "purposes", *_DAYS, "source")
"""The columns of households.csv. It is no table of the others: it has a permission and an act of its own."""

HOUSEHOLD_REQUIRED = ("person", "member", "tie", "purposes", "valid_from")


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
    kind: CompanyKind = CompanyKind.COMPANY


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
    """A row of holdings.csv; shares are fractions of one, or bands of it."""

    at: Place
    id: str
    owner: str
    owned: str
    votes: Fraction | Band
    capital: Fraction | Band | None
    period: Period
    source: str
    speaker: Speaker = OWN


@dataclass(frozen=True, slots=True)
class ShareClassRow:
    """A row of share_classes.csv; numbers are exact."""

    at: Place
    id: str
    company: str
    name: str
    issued: Fraction
    votes_each: Fraction
    dividend_each: Fraction
    period: Period
    source: str
    speaker: Speaker = OWN
    version_of: str = ""


@dataclass(frozen=True, slots=True)
class ShareholdingRow:
    """A row of shareholdings.csv: how many shares of a class."""

    at: Place
    id: str
    owner: str
    share_class: str
    shares: Fraction
    period: Period
    source: str
    speaker: Speaker = OWN


@dataclass(frozen=True, slots=True)
class RightRow:
    """A row of control_rights.csv; ``holder`` is None where the kind names none."""

    at: Place
    id: str
    target: str
    kind: RightKind
    holder: str | None
    agreement: str
    over: str | None
    period: Period
    source: str
    speaker: Speaker = OWN


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


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row of heads.csv: who heads a company or unit on these days."""

    at: Place
    place: str
    person: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of chart.csv: who leads a person, by name or by the levels of a path; ``team`` is what hers is called."""

    at: Place
    person: str
    manager: str | None
    path: tuple[str, ...] | None
    team: str


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """A row of deputies.csv: who stands in at a company or unit, for what, on these days."""

    at: Place
    place: str
    person: str
    powers: tuple[Power, ...]
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A row of absences.csv: a person is away on these days; why is nobody's business."""

    at: Place
    person: str
    period: Period


@dataclass(frozen=True, slots=True)
class WorkStateRow:
    """A row of work_states.csv: a person's work for a company is in a state on these days."""

    at: Place
    person: str
    company: str
    state: WorkState
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """A row of names.csv: what a company or unit is called on these days."""

    at: Place
    party: str
    name: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of events.csv: what happened, without what it changed."""

    at: Place
    id: str
    kind: EventKind
    day: date
    parts: tuple[tuple[str, str], ...]
    """Companies and units it was about, each with its other end, empty where there is none."""
    before: str
    after: str
    units: int
    people: int
    source: str

    @property
    def says(self) -> tuple[object, ...]:
        """What it tells, but for on whose word."""
        return (self.kind.value, self.day, self.before, self.after, self.units, self.people, self.parts)


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
    refused: set[str] = field(default_factory=set)
    """The ids of companies, people, departments and classes of shares whose rows were refused."""
    untold: int = 0
    """How many rows are refused without a problem of their own, since their file lacks a column, which its first row tells."""
    weeks: list[WeekRow] = field(default_factory=list)
    own_days: list[OwnDayRow] = field(default_factory=list)
    share_classes: list[ShareClassRow] = field(default_factory=list)
    shareholdings: list[ShareholdingRow] = field(default_factory=list)
    rights: list[RightRow] = field(default_factory=list)
    heads: list[HeadRow] = field(default_factory=list)
    deputies: list[DeputyRow] = field(default_factory=list)
    absences: list[AbsenceRow] = field(default_factory=list)
    work_states: list[WorkStateRow] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    chart: list[ChartRow] = field(default_factory=list)


AnyRow = TypeVar(
    "AnyRow",
    CompanyRow,
    PersonRow,
    UnitRow,
    HoldingRow,
    ShareClassRow,
    ShareholdingRow,
    RightRow,
    WorkRow,
    WeekRow,
    OwnDayRow,
    HeadRow,
    DeputyRow,
    AbsenceRow,
    WorkStateRow,
    NameRow,
    EventRow,
    ChartRow,
)
_Named = TypeVar("_Named", bound=Enum)
_NAMING = frozenset({"companies", "people", "units", "share_classes"})
"""Tables of what rows of other tables name by its id."""


def read_tables(tables: Tables) -> Read:
    """Read the tables that are there. KeyError for a table nobody knows; a problem that came in a row's place goes on."""
    unknown = set(tables) - set(LOADED)
    if unknown:
        raise KeyError(*sorted(unknown))
    read = Read()
    _each(read, "companies", tables, read.companies, _company)
    _each(read, "people", tables, read.people, _person)
    _each(read, "units", tables, read.units, _unit)
    _each(read, "holdings", tables, read.holdings, _holding)
    _each(read, "share_classes", tables, read.share_classes, _share_class)
    _each(read, "shareholdings", tables, read.shareholdings, _shareholding)
    _each(read, "control_rights", tables, read.rights, _right)
    _each(read, "work_relationships", tables, read.work, _work)
    _each(read, "calendars", tables, read.weeks, _week)
    _each(read, "own_days", tables, read.own_days, _own_day)
    _each(read, "heads", tables, read.heads, _head)
    _each(read, "deputies", tables, read.deputies, _deputy)
    _each(read, "absences", tables, read.absences, _absence)
    _each(read, "work_states", tables, read.work_states, _work_state)
    _each(read, "names", tables, read.names, _name)
    _each(read, "events", tables, read.events, _event)
    _each(read, CHART, tables, read.chart, _chart)
    return read


def _each(
    read: Read,
    name: str,
    tables: Tables,
    good: list[AnyRow],
    parse: Callable[["_Fields"], AnyRow],
) -> None:
    columns = Columns(("person",), CHART_COLUMNS) if name == CHART else Columns(REQUIRED[name], TABLES[name])
    for row in tables.get(name, ()):
        read.rows += 1
        if isinstance(row, RowProblem):
            read.problems.append(row)
            continue
        wrong = columns.refuse(row)
        if wrong is not None:
            read.problems.extend(wrong)
            read.untold += not wrong
            _refused(read, name, row)
            continue
        fields = _Fields(row)
        parsed = parse(fields)
        if fields.problems:
            read.problems.extend(fields.problems)
            _refused(read, name, row)
        else:
            good.append(parsed)


def _refused(read: Read, name: str, row: Row) -> None:
    if name in _NAMING:
        read.refused.add(row.values.get("id", ""))


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

    def levels(self, column: str) -> tuple[str, ...]:
        value = self.text(column)
        try:
            return levels_of(value)
        except ValueError:
            self.wrong(column, "path_unreadable", value=value)
            return ()

    def powers(self, column: str) -> tuple[Power, ...]:
        """Values with spaces or commas between, each once, in the order of the vocabulary."""
        said = self.text(column, required=True).upper().replace(",", " ").split()
        for value in said:
            if value not in Power.__members__:
                self.wrong(column, "not_one_of", value=value, allowed=", ".join(Power.__members__))
        return tuple(power for power in Power if power.value in said)

    def pairs(self, column: str) -> tuple[tuple[str, str], ...]:
        """Codes with spaces between, each alone or with its other end after a sign of equality."""
        found = []
        for said in self.text(column, most=PARTIES_LENGTH_MAX, required=True).split():
            party, _, other = said.partition("=")
            for code in (party, other) if other or said.endswith("=") else (party,):
                if not CODE.fullmatch(code) or len(code) > CODE_LENGTH_MAX:
                    self.wrong(column, "code_not_usable", id=code, most=CODE_LENGTH_MAX)
            found.append((party, other))
        return tuple(found)

    def count(self, column: str) -> int:
        """A whole number; empty: none."""
        value = self.text(column) or "0"
        if not value.isascii() or not value.isdigit() or int(value) > COUNT_MAX:
            self.wrong(column, "not_a_number", value=value)
            return 0
        return int(value)

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
        if value not in clock.zones():
            self.wrong(column, "zone_not_known", time_zone=value)
        return value

    def choice(self, column: str, kinds: type[_Named], otherwise: _Named, *, required: bool = False) -> _Named:
        value = self.text(column, required=required).upper().replace("-", "_").replace(" ", "_")
        if value and value not in kinds.__members__:
            self.wrong(column, "not_one_of", value=value, allowed=", ".join(kinds.__members__))
        return kinds.__members__.get(value, otherwise)

    def number(self, column: str, *, otherwise: Fraction | None = None) -> Fraction:
        value = self.text(column, required=otherwise is None)
        if not value:
            return otherwise or Fraction(0)
        try:
            number = exact(value)
        except (ValueError, ZeroDivisionError):
            self.wrong(column, "not_a_number", value=value)
            return Fraction(0)
        if number < 0:
            self.wrong(column, "less_than_nothing", number=str(number))
        return number

    def flag(self, column: str) -> bool:
        value = self.text(column).lower()
        if value not in ("", "no", "yes"):
            self.wrong(column, "not_one_of", value=value, allowed="yes, no")
        return value == "yes"

    def amount(self, exactly: str, prefix: str = "", *, required: bool) -> Fraction | Band | None:
        """An exact share, or a band of which a missing end is nothing or the whole."""
        low, high = f"{prefix}low", f"{prefix}high"
        if not (self.text(low) or self.text(high)):
            return self.share(exactly, required=required)
        if self.text(exactly):
            self.wrong(exactly, "given_twice", name=exactly, other=low)
        band = Band(
            self.share(low, required=False) or Fraction(0),
            _or_whole(self.share(high, required=False)),
            self.flag(f"{low}_open"),
            self.flag(f"{high}_open"),
        )
        if band.low > band.high or (band.low == band.high and (band.low_open or band.high_open)):
            self.wrong(high, "band_holds_nothing", low=Rate(band.low), high=Rate(band.high))
        return band

    def speaker(self) -> Speaker:
        register = self.text("register", most=REGISTER_LENGTH_MAX)
        if register and not REGISTER.fullmatch(register):
            self.wrong("register", "register_not_usable", id=register, most=REGISTER_LENGTH_MAX)
        return Speaker(self.choice("rank", SourceRank, SourceRank.OWN_REGISTER), register)


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
        kind=fields.choice("kind", CompanyKind, CompanyKind.COMPANY),
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
        votes=fields.amount("percent", required=True) or Fraction(0),
        capital=fields.amount("capital_percent", "capital_", required=False),
        period=fields.period(),
        source=fields.text("source"),
        speaker=fields.speaker(),
    )


def _share_class(fields: _Fields) -> ShareClassRow:
    return ShareClassRow(
        at=fields.at,
        id=fields.code("id", most=FACT_CODE_LENGTH_MAX),
        company=fields.code("company"),
        name=fields.text("name"),
        issued=fields.number("issued"),
        votes_each=fields.number("votes_each", otherwise=Fraction(1)),
        dividend_each=fields.number("dividend_each", otherwise=Fraction(1)),
        period=fields.period(),
        source=fields.text("source"),
        speaker=fields.speaker(),
        version_of=fields.code("version_of", required=False, most=FACT_CODE_LENGTH_MAX) or "",
    )


def _shareholding(fields: _Fields) -> ShareholdingRow:
    owner, share_class = fields.code("owner"), fields.code("share_class", most=FACT_CODE_LENGTH_MAX)
    return ShareholdingRow(
        at=fields.at,
        id=fields.code("id", required=False, most=FACT_CODE_LENGTH_MAX) or f"{owner}-{share_class}",
        owner=owner,
        share_class=share_class,
        shares=fields.number("shares"),
        period=fields.period(),
        source=fields.text("source"),
        speaker=fields.speaker(),
    )


def _right(fields: _Fields) -> RightRow:
    target, holder = fields.code("target"), fields.code("holder", required=False)
    kind = fields.choice("kind", RightKind, RightKind.DE_FACTO, required=True)
    return RightRow(
        at=fields.at,
        id=fields.code("id", required=False, most=FACT_CODE_LENGTH_MAX) or right_code(holder, target, kind),
        target=target,
        kind=kind,
        holder=holder or None,
        agreement=fields.text("agreement", most=AGREEMENT_LENGTH_MAX),
        over=fields.code("over", required=False) or None,
        period=fields.period(),
        source=fields.text("source"),
        speaker=fields.speaker(),
    )


def right_code(holder: str, target: str, kind: RightKind) -> str:
    """What a right is called where nobody says otherwise."""
    return "-".join(part for part in (holder, target, kind.value.lower()) if part)


def _or_whole(share: Fraction | None) -> Fraction:
    return Fraction(1) if share is None else share


def _work(fields: _Fields) -> WorkRow:
    person, company = fields.code("person"), fields.code("company")
    return WorkRow(
        at=fields.at,
        id=fields.code("id", required=False, most=FACT_CODE_LENGTH_MAX) or f"{person}-{company}",
        person=person,
        company=company,
        unit=fields.code("unit", required=False) or None,
        kind=fields.choice("kind", WorkKind, WorkKind.FULL_TIME, required=True),
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


def _head(fields: _Fields) -> HeadRow:
    return HeadRow(
        at=fields.at,
        place=fields.code("place"),
        person=fields.code("person"),
        period=fields.period(),
        source=fields.text("source"),
    )


def _deputy(fields: _Fields) -> DeputyRow:
    return DeputyRow(
        at=fields.at,
        place=fields.code("place"),
        person=fields.code("person"),
        powers=fields.powers("powers"),
        period=fields.period(),
        source=fields.text("source"),
    )


def _chart(fields: _Fields) -> ChartRow:
    manager = fields.code("manager", required=False) or None
    path = fields.levels("path") if fields.has("path") else None
    if path is not None and manager is not None:
        fields.wrong("manager", "chart_says_both")
    return ChartRow(fields.at, fields.code("person"), manager, path, fields.text("team"))


def _name(fields: _Fields) -> NameRow:
    return NameRow(
        at=fields.at,
        party=fields.code("party"),
        name=fields.text("name", required=True),
        period=fields.period(),
        source=fields.text("source"),
    )


def _event(fields: _Fields) -> EventRow:
    kind = fields.choice("kind", EventKind, EventKind.REORGANISATION, required=True)
    parts = fields.pairs("parties")
    if kind in (EventKind.MERGER, EventKind.SPLIT) and not fields.problems and not all(other for _, other in parts):
        fields.wrong("parties", "event_without_other_end")
    if kind is EventKind.RENAME and not fields.text("after"):
        fields.wrong("after", "field_missing")
    return EventRow(
        at=fields.at,
        id=fields.code("id", most=FACT_CODE_LENGTH_MAX),
        kind=kind,
        day=fields.day("day", required=True) or date.min,
        parts=parts,
        before=fields.text("before"),
        after=fields.text("after"),
        units=fields.count("units"),
        people=fields.count("people"),
        source=fields.text("source"),
    )


def _absence(fields: _Fields) -> AbsenceRow:
    fields.text("valid_from", required=True)
    return AbsenceRow(at=fields.at, person=fields.code("person"), period=fields.period())


def _work_state(fields: _Fields) -> WorkStateRow:
    fields.text("valid_from", required=True)
    return WorkStateRow(
        at=fields.at,
        person=fields.code("person"),
        company=fields.code("company"),
        state=fields.choice("state", WorkState, WorkState.UNPAID_LEAVE, required=True),
        period=fields.period(),
        source=fields.text("source"),
    )
