"""The organisation as rows: companies, holdings, units, people and work relationships, in the columns of a world directory.

Deterministic by seed and size; the day is given. Writes nothing and reads nothing.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from inward.core.classification import WorkKind
from inward.demo.cast import COMPANIES, FIRST_NAMES, HOLDINGS, JOBS, LAST_NAMES, PEOPLE, CompanyPart, PersonPart

Row = dict[str, str]

SEED = 20260101


_KINDS = {
    WorkKind.FULL_TIME: 70,
    WorkKind.PART_TIME: 18,
    WorkKind.TEMPORARY: 5,
    WorkKind.CONTRACTOR: 3,
    WorkKind.AGENT: 2,
    WorkKind.DIRECTOR: 1,
    WorkKind.RETIREE: 1,
}
"""How people who are made up work, of a hundred."""


def company_rows() -> list[Row]:
    """companies.csv"""
    return [{"id": part.id, "name": part.name, "country": part.country, "currency": "EUR"} for part in COMPANIES]


def holding_rows(on: date) -> list[Row]:
    """holdings.csv; days are counted from the day shown."""
    return [
        {
            "id": key,
            "owner": owner,
            "owned": owned,
            "percent": percent,
            "valid_from": day(on, since),
            "valid_until": "" if until is None else day(on, until),
        }
        for key, owner, owned, percent, since, until in HOLDINGS
    ]


def unit_rows(on: date) -> list[Row]:
    """units.csv"""
    return [
        {
            "id": f"{part.id}-{suffix}",
            "company": part.id,
            "parent": f"{part.id}-{parent}" if parent else "",
            "name": name,
            "valid_from": day(on, -4000),
            "valid_until": "",
        }
        for part in COMPANIES
        for suffix, name, parent in part.units
    ]


def staff(on: date, people: int) -> Iterator[tuple[Row, Row]]:
    """A row of people.csv and one of work_relationships.csv for so many people: the named cast first, then invented ones.

    One after the other, so that a hundred thousand need no more memory than ten; ask again for the same once more.
    """
    for part in PEOPLE:
        yield _person_row(part), _work_row(part, on)
    yield from _made_up(on, max(0, people - len(PEOPLE)))


def _person_row(part: PersonPart) -> Row:
    return {"id": part.id, "name": part.name, "email": f"{part.id}@example.org"}


def _work_row(part: PersonPart, on: date) -> Row:
    return {
        "id": f"w-{part.id}",
        "person": part.id,
        "company": part.company,
        "unit": part.unit,
        "kind": part.kind.value,
        "job_title": part.job,
        "valid_from": day(on, part.since),
        "valid_until": "" if part.until is None else day(on, part.until),
    }


def _made_up(on: date, count: int) -> Iterator[tuple[Row, Row]]:
    """People without a part in the story: the same for the same seed, whatever the day."""
    chance = Random(SEED)
    employers = [part for part in COMPANIES if part.weight]
    weights = [part.weight for part in employers]
    for number in range(1, count + 1):
        employer = chance.choices(employers, weights)[0]
        yield _made_up_person(number, employer, chance, on)


def _made_up_person(number: int, employer: CompanyPart, chance: Random, on: date) -> tuple[Row, Row]:
    suffix = chance.choice(employer.units)[0]
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    since = -chance.randrange(20, 5000)
    until = _last_day(since, chance)
    person = f"e{number:06d}"
    row = {"id": person, "name": name, "email": f"{person}@example.org"}
    return row, {
        "id": f"w-{person}",
        "person": person,
        "company": employer.id,
        "unit": f"{employer.id}-{suffix}",
        "kind": chance.choices(tuple(_KINDS), tuple(_KINDS.values()))[0].value,
        "job_title": JOBS[suffix],
        "valid_from": day(on, since),
        "valid_until": "" if until is None else day(on, until),
    }


def _last_day(since: int, chance: Random) -> int | None:
    """One in twelve has left or will leave; never before she came."""
    if chance.randrange(12):
        return None
    return chance.randrange(since + 10, 120)


def day(on: date, offset: int) -> str:
    """The day so many days from the one shown, as files write it."""
    return (on + timedelta(days=offset)).isoformat()
