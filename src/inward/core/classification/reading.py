"""A world out of plain tables, as JSON or a world directory gives them; no file is opened here.

Tables and columns are those of docs/reference/world.md. Ids of holdings, work relationships and the like may be left out; they
are then numbered. A percent is a number of hundredths: 60, "33.33", "100/3". Rows may say when they became known and until when
they were thought right; asked as of a moment, a world is what was known then.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fractions import Fraction

from inward.core.classification.facts import (
    Band,
    Company,
    CompanyKind,
    ControlRight,
    Holding,
    Household,
    Person,
    RightKind,
    ShareClass,
    Shareholding,
    Tie,
    Unit,
    WorkKind,
    WorkRelationship,
    WorkState,
)
from inward.core.classification.graph import World
from inward.core.terms.reading import Fields
from inward.core.terms.reason import Refusal

_PLACE = re.compile(r"(?P<table>\w+)\[(?P<row>\d+)\](?P<rest>.*)\Z")


def world_from(tables: Mapping[str, object], where: str = "", known_at: datetime | None = None) -> World:
    """The world these tables tell of, checked; as it was known at a moment, or is known by now.

    Refusal with the place of what cannot be read or cannot be true.
    """
    found = _Known(Fields(tables, where), known_at)
    read = {
        "companies": [_company(row) for _, row in found.rows("companies")],
        "people": [Person(row.text("id"), row.text_or_none("name") or "") for _, row in found.rows("people")],
        "units": [_unit(row) for _, row in found.rows("units")],
        "holdings": [_holding(row, number) for number, row in found.rows("holdings")],
        "work_relationships": [_work(row, number) for number, row in found.rows("work_relationships")],
        "share_classes": [_share_class(row) for _, row in found.rows("share_classes")],
        "shareholdings": [_shareholding(row, number) for number, row in found.rows("shareholdings")],
        "control_rights": [_right(row, number) for number, row in found.rows("control_rights")],
        "households": [_household(row, number) for number, row in found.rows("households")],
    }
    try:
        return World.of(**read)  # type: ignore[arg-type]  # each list is under the name of its own sort of facts
    except Refusal as refusal:
        raise Refusal(refusal.reason, found.place(refusal.where)) from None


def moment(asked: Fields, name: str) -> datetime:
    """The moment in a field: a day (its first instant, UTC) or a time of ISO 8601. Refusal when it is none."""
    text = asked.text(name)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        asked.refuse(name, "not_a_moment", value=text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def band(row: Fields, prefix: str = "") -> Band | None:
    """The band in the fields low, high, low_open and high_open; None where there is none. A missing end is 0 or 100 %."""
    low, high = f"{prefix}low", f"{prefix}high"
    if not (row.has(low) or row.has(high)):
        return None
    return Band(
        row.number(low) / 100 if row.has(low) else Fraction(0),
        row.number(high) / 100 if row.has(high) else Fraction(1),
        row.flag(f"{low}_open"),
        row.flag(f"{high}_open"),
    )


class _Known:
    """The rows that were known at a moment; without one, those that nothing has replaced."""

    def __init__(self, fields: Fields, known_at: datetime | None) -> None:
        self._fields, self._at = fields, known_at
        self._kept: dict[str, list[int]] = {}

    def rows(self, name: str) -> Iterator[tuple[int, Fields]]:
        """The rows of a table with their numbers, from 1."""
        kept = self._kept.setdefault(name, [])
        for number, row in enumerate(self._fields.rows(name), 1):
            if self._known(row):
                kept.append(number - 1)
                yield number, row

    def place(self, where: str) -> str:
        """Where it stood before rows were left out."""
        found = _PLACE.match(where)
        if found and found["table"] in self._kept:
            where = f"{found['table']}[{self._kept[found['table']][int(found['row'])]}]{found['rest']}"
        return self._fields.place(where)

    def _known(self, row: Fields) -> bool:
        if self._at is None:
            return not row.has("known_until")
        begun = not row.has("known_from") or moment(row, "known_from") <= self._at
        return begun and (not row.has("known_until") or self._at < moment(row, "known_until"))


def _company(row: Fields) -> Company:
    kind = row.choice("kind", CompanyKind) if row.has("kind") else CompanyKind.COMPANY
    return Company(row.text("id"), row.text_or_none("name") or "", kind, row.text_or_none("country") or "")


def _holding(row: Fields, number: int) -> Holding:
    votes_band, capital_band = band(row), band(row, "capital_")
    if votes_band is not None and row.has("percent"):
        row.refuse("percent", "given_twice", name="percent", other="low")
    capital = row.number("capital_percent") / 100 if row.has("capital_percent") else None
    return Holding(
        id=row.text_or_none("id") or f"holding-{number}",
        owner=row.text("owner"),
        owned=row.text("owned"),
        votes=votes_band.low if votes_band else row.number("percent") / 100,
        period=row.period(),
        capital=capital_band.low if capital_band else capital,
        source=row.text_or_none("source") or "",
        votes_band=votes_band,
        capital_band=capital_band,
    )


def _share_class(row: Fields) -> ShareClass:
    return ShareClass(
        id=row.text("id"),
        company=row.text("company"),
        issued=row.number("issued"),
        votes_each=row.number("votes_each") if row.has("votes_each") else Fraction(1),
        dividend_each=row.number("dividend_each") if row.has("dividend_each") else Fraction(1),
        period=row.period(),
        name=row.text_or_none("name") or "",
        version_of=row.text_or_none("version_of") or "",
    )


def _shareholding(row: Fields, number: int) -> Shareholding:
    return Shareholding(
        id=row.text_or_none("id") or f"shareholding-{number}",
        owner=row.text("owner"),
        share_class=row.text("share_class"),
        shares=row.number("shares"),
        period=row.period(),
        source=row.text_or_none("source") or "",
    )


def _right(row: Fields, number: int) -> ControlRight:
    return ControlRight(
        id=row.text_or_none("id") or f"right-{number}",
        target=row.text("target"),
        kind=row.choice("kind", RightKind),
        holder=row.text_or_none("holder"),
        period=row.period(),
        agreement=row.text_or_none("agreement") or "",
        over=row.text_or_none("over"),
        source=row.text_or_none("source") or "",
    )


def _household(row: Fields, number: int) -> Household:
    return Household(
        id=row.text_or_none("id") or f"household-{number}",
        person=row.text("person"),
        member=row.text("member"),
        tie=row.choice("tie", Tie),
        period=row.period(),
    )


def _unit(row: Fields) -> Unit:
    return Unit(
        id=row.text("id"),
        company=row.text("company"),
        parent=row.text_or_none("parent"),
        name=row.text_or_none("name") or "",
        period=row.period(),
    )


def _work(row: Fields, number: int) -> WorkRelationship:
    return WorkRelationship(
        id=row.text_or_none("id") or f"work-{number}",
        person=row.text("person"),
        company=row.text("company"),
        kind=row.choice("kind", WorkKind),
        period=row.period(),
        unit=row.text_or_none("unit"),
        line_of_business=row.text_or_none("line_of_business") or "",
        states=tuple((each.choice("state", WorkState), each.period()) for each in row.rows("states")),
    )
