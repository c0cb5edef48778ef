"""A world out of plain tables, as JSON or a world directory gives them; no file is opened here.

Tables and columns are those of docs/reference/world.md. Ids of holdings and work relationships may be left out; they
are then numbered. A percent is a number of hundredths: 60, "33.33", "100/3".
"""

from collections.abc import Iterator, Mapping

from inward.core.classification.facts import Company, Holding, Person, Unit, WorkKind, WorkRelationship
from inward.core.classification.graph import World
from inward.core.terms.reading import Fields
from inward.core.terms.reason import Refusal


def world_from(tables: Mapping[str, object], where: str = "") -> World:
    """The world these tables tell of, checked. Refusal with the place of what cannot be read or cannot be true."""
    found = Fields(tables, where)
    companies = [Company(row.text("id"), row.text_or_none("name") or "") for row in found.rows("companies")]
    people = [Person(row.text("id"), row.text_or_none("name") or "") for row in found.rows("people")]
    units = [_unit(row) for row in found.rows("units")]
    holdings, work = list(_holdings(found)), list(_work(found))
    try:
        return World.of(companies=companies, holdings=holdings, units=units, people=people, work_relationships=work)
    except Refusal as refusal:
        raise Refusal(refusal.reason, found.place(refusal.where)) from None


def _holdings(found: Fields) -> Iterator[Holding]:
    for number, row in enumerate(found.rows("holdings"), 1):
        yield Holding(
            id=row.text_or_none("id") or f"holding-{number}",
            owner=row.text("owner"),
            owned=row.text("owned"),
            votes=row.number("percent") / 100,
            period=row.period(),
            capital=row.number("capital_percent") / 100 if row.has("capital_percent") else None,
            source=row.text_or_none("source") or "",
        )


def _unit(row: Fields) -> Unit:
    return Unit(
        id=row.text("id"),
        company=row.text("company"),
        parent=row.text_or_none("parent"),
        name=row.text_or_none("name") or "",
        period=row.period(),
    )


def _work(found: Fields) -> Iterator[WorkRelationship]:
    for number, row in enumerate(found.rows("work_relationships"), 1):
        yield WorkRelationship(
            id=row.text_or_none("id") or f"work-{number}",
            person=row.text("person"),
            company=row.text("company"),
            kind=row.choice("kind", WorkKind),
            period=row.period(),
            unit=row.text_or_none("unit"),
        )
