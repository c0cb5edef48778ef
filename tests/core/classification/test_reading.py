"""A world is read out of plain tables, or refused with the place of what is wrong."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from inward.core.classification import (
    Company,
    Holding,
    Person,
    Unit,
    WorkKind,
    WorkRelationship,
    World,
    world_from,
)
from inward.core.terms import Period, Refusal

TABLES: dict[str, Any] = {
    "companies": [{"id": "jkl", "name": "JKL Group"}, {"id": "abc", "email": "a field nobody asks for"}],
    "holdings": [
        {"owner": "jkl", "owned": "abc", "percent": "33.33", "valid_from": "2020-01-01", "valid_until": ""},
        {"id": "h2", "owner": "jkl", "owned": "abc", "percent": 40, "capital_percent": 10, "source": "register"},
    ],
    "units": [{"id": "it", "company": "abc", "name": "IT"}, {"id": "ops", "company": "abc", "parent": "it"}],
    "people": [{"id": 17, "name": "Kari"}],
    "work_relationships": [
        {"person": 17, "company": "abc", "unit": "it", "kind": "full-time", "last_day": "2026-12-31"},
        {"id": "w2", "person": "17", "company": "jkl", "kind": "DIRECTOR"},
    ],
    "households": [{"id": "a table nobody asks for"}],
}


def test_tables_become_a_world() -> None:
    assert world_from(TABLES) == World.of(
        companies=[Company("jkl", "JKL Group"), Company("abc")],
        holdings=[
            Holding("holding-1", "jkl", "abc", Fraction(3333, 10000), Period(date(2020, 1, 1))),
            Holding("h2", "jkl", "abc", Fraction(2, 5), capital=Fraction(1, 10), source="register"),
        ],
        units=[Unit("it", "abc", name="IT"), Unit("ops", "abc", "it")],
        people=[Person("17", "Kari")],
        work_relationships=[
            WorkRelationship("work-1", "17", "abc", WorkKind.FULL_TIME, Period(None, date(2027, 1, 1)), "it"),
            WorkRelationship("w2", "17", "jkl", WorkKind.DIRECTOR),
        ],
    )
    assert world_from({}) == World()


@pytest.mark.parametrize(
    ("tables", "code", "where"),
    [
        ({"companies": [{"name": "No id"}]}, "field_missing", "world.companies[0].id"),
        ({"companies": {"id": "jkl"}}, "not_a_list", "world.companies"),
        ({"holdings": [{"owner": "a", "owned": "b", "percent": "half"}]}, "not_a_number", "world.holdings[0].percent"),
        (
            {"people": [{"id": "k"}], "work_relationships": [{"person": "k"}]},
            "field_missing",
            "world.work_relationships[0].company",
        ),
        (
            {"companies": [{"id": "a"}], "holdings": [{"owner": "x", "owned": "a", "percent": 1}]},
            "id_unknown",
            "world.holdings[0].owner",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tables: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        world_from(tables, "world")

    assert (refused.value.reason.code, refused.value.where) == (code, where)
