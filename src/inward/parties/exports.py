"""What leaves the parties room: its tables column by column for analysis, and the whole as a world directory.

Names and addresses of people are not in the columns for analysis: figures need keys alone. Nothing is changed here.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from inward.core.classification import WorkKind
from inward.core.terms import exact_text
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, VALID, Column, Export, Value
from inward.kit.policy import Answer, require
from inward.kit.sheets import csv_rows
from inward.parties import policy
from inward.parties.models import Holding, OwnDay, Party, Registration, UnitPlacement, WorkingWeek, WorkRelationship
from inward.parties.vocabulary import PartyKind
from inward.parties.weeks import hours_of, hours_text
from inward.parties.worldfiles import TABLES

_PERMISSION = "data administrators of everything"


def _may(actor: Actor, on: date) -> Answer:
    return policy.may_administer_everything(actor, on=on)


def _parties() -> Iterator[tuple[Value, ...]]:
    rows = Party.objects.exclude(kind=PartyKind.PERSON.value).values_list("id", "code", "kind", "name")
    yield from rows.iterator(AT_ONCE)
    for key, kind in Party.objects.filter(kind=PartyKind.PERSON.value).values_list("id", "kind").iterator(AT_ONCE):
        yield key, None, kind, None


def _holdings() -> Iterator[tuple[Value, ...]]:
    fields = ("owner_id", "owned_id", "votes", "capital", "valid_from", "valid_until")
    for owner, owned, votes, capital, start, until in Holding.objects.current().values_list(*fields).iterator(AT_ONCE):
        yield owner, owned, str(votes), str(votes if capital is None else capital), start, until


def _units() -> Iterator[tuple[Value, ...]]:
    fields = ("unit_id", "company_id", "parent_id", "valid_from", "valid_until")
    yield from UnitPlacement.objects.current().values_list(*fields).iterator(AT_ONCE)


def _work() -> Iterator[tuple[Value, ...]]:
    fields = (
        "person_id",
        "company_id",
        "unit_id",
        "kind",
        "cost_centre_id",
        "line_of_business",
        "valid_from",
        "valid_until",
    )
    yield from WorkRelationship.objects.current().values_list(*fields).iterator(AT_ONCE)


EXPORTS = (
    Export(
        "parties",
        "Every company, unit and person; people without code and name",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the party"),
            Column("code", "text", "what files and addresses call it; empty for a person"),
            Column("kind", "text", "COMPANY, UNIT or PERSON"),
            Column("name", "text", "what people call it; empty for a person"),
        ),
        _parties,
    ),
    Export(
        "holdings",
        "Who holds which share of a company, as known now",
        _PERMISSION,
        _may,
        (
            Column("owner_id", "integer", "key of who holds"),
            Column("owned_id", "integer", "key of the company held"),
            Column("votes", "text", "share of the votes as an exact fraction such as 3/5", "of one"),
            Column("capital", "text", "share of the capital as an exact fraction", "of one"),
            *VALID,
        ),
        _holdings,
    ),
    Export(
        "units",
        "Where each unit stands, as known now",
        _PERMISSION,
        _may,
        (
            Column("unit_id", "integer", "key of the unit"),
            Column("company_id", "integer", "key of its company"),
            Column("parent_id", "integer", "key of the unit it stands below; empty at the top"),
            *VALID,
        ),
        _units,
    ),
    Export(
        "work_relationships",
        "Who works for which company and how, as known now",
        _PERMISSION,
        _may,
        (
            Column("person_id", "integer", "key of the person"),
            Column("company_id", "integer", "key of the company"),
            Column("unit_id", "integer", "key of the unit; empty when not known"),
            Column("kind", "text", f"how she works: {', '.join(WorkKind.__members__)}"),
            Column("cost_centre_id", "integer", "key of the unit that bears her cost; empty: her unit"),
            Column("line_of_business", "text", "code of the line of business she works in; empty when not known"),
            *VALID,
        ),
        _work,
    ),
)


def export_world(*, viewer: Actor, on: date, folder: Path) -> dict[str, int]:
    """Write what is known now as a world directory that ``import_world`` reads back; returns the rows of each file.

    Raises Refused unless the viewer administers everything. The folder is made; files in it are replaced.
    """
    require(policy.may_administer_everything(viewer, on=on))
    folder.mkdir(parents=True, exist_ok=True)
    return {name: _write(folder / f"{name}.csv", TABLES[name], rows()) for name, rows in _FILES.items()}


def _write(path: Path, head: Sequence[str], rows: Iterator[dict[str, str]]) -> int:
    count = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            count += 1
            yield [row.get(name, "") for name in head]

    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_rows(head, counted()))
    return count


def _company_rows() -> Iterator[dict[str, str]]:
    known = {fact.company_id: fact for fact in Registration.objects.current().filter(valid_until=None)}
    for party in Party.objects.filter(kind=PartyKind.COMPANY.value).order_by("code"):
        fact = known[party.id]
        yield {
            "id": party.code,
            "name": party.name,
            "register_number": fact.register_number,
            "country": fact.country,
            "currency": fact.currency,
            "functional_currency": fact.functional_currency,
            "time_zone": fact.time_zone,
            "source": fact.source,
        }


def _person_rows() -> Iterator[dict[str, str]]:
    rows = Party.objects.filter(kind=PartyKind.PERSON.value).order_by("code").values_list("code", "name", "email")
    for code, name, email in rows.iterator(AT_ONCE):
        yield {"id": code, "name": name or code, "email": email}


def _unit_rows() -> Iterator[dict[str, str]]:
    facts = (
        UnitPlacement.objects.current().select_related("unit", "company", "parent").order_by("unit__code", "valid_from")
    )
    for fact in facts.iterator(AT_ONCE):
        yield {
            "id": fact.unit.code,
            "company": fact.company.code,
            "parent": fact.parent.code if fact.parent else "",
            "name": fact.unit.name,
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _holding_rows() -> Iterator[dict[str, str]]:
    for fact in Holding.objects.current().select_related("owner", "owned").order_by("code").iterator(AT_ONCE):
        yield {
            "id": fact.code,
            "owner": fact.owner.code,
            "owned": fact.owned.code,
            "percent": _percent(fact.votes),
            "capital_percent": "" if fact.capital is None else _percent(fact.capital),
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _work_rows() -> Iterator[dict[str, str]]:
    fields = (
        "code",
        "person__code",
        "company__code",
        "unit__code",
        "kind",
        "job_title",
        "cost_centre__code",
        "line_of_business",
    )
    rows = WorkRelationship.objects.current().order_by("code")
    for *facts, start, until, source in rows.values_list(*fields, "valid_from", "valid_until", "source").iterator(
        AT_ONCE
    ):
        names = ("id", "person", "company", "unit", "kind", "job_title", "cost_centre", "line_of_business")
        texts = {name: fact or "" for name, fact in zip(names, facts, strict=True)}
        yield {**texts, **_days(start, until), "source": source}


def _week_rows() -> Iterator[dict[str, str]]:
    for fact in WorkingWeek.objects.current().select_related("party").order_by("party__code", "valid_from"):
        yield {
            "party": fact.party.code,
            "time_zone": fact.time_zone,
            **{day: hours_text(hours_of(spans)) for day, spans in fact.hours.items()},
            "holidays_of": fact.holidays_of,
            "region": fact.region,
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _own_day_rows() -> Iterator[dict[str, str]]:
    for fact in OwnDay.objects.current().select_related("party").order_by("party__code", "day"):
        yield {
            "party": fact.party.code,
            "day": fact.day.isoformat(),
            "name": fact.name,
            "hours": hours_text(hours_of(fact.hours)),
            "source": fact.source,
        }


_FILES: dict[str, Callable[[], Iterator[dict[str, str]]]] = {
    "companies": _company_rows,
    "people": _person_rows,
    "units": _unit_rows,
    "holdings": _holding_rows,
    "work_relationships": _work_rows,
    "calendars": _week_rows,
    "own_days": _own_day_rows,
}


def _days(start: date | None, until: date | None) -> dict[str, str]:
    return {
        "valid_from": "" if start is None else start.isoformat(),
        "valid_until": "" if until is None else until.isoformat(),
    }


def _percent(share: Fraction) -> str:
    return exact_text(share * 100)
