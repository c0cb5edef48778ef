"""A world is read out of plain tables, or refused with the place of what is wrong."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from inward.core.classification import (
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
    "pets": [{"id": "a table nobody asks for"}],
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


def test_what_is_known_of_shares_rights_bands_and_households_is_read() -> None:
    tables = {
        "companies": [{"id": "a", "kind": "fund", "country": "NO"}, {"id": "b"}],
        "people": [{"id": "eva"}, {"id": "ola"}],
        "holdings": [
            {"owner": "a", "owned": "b", "low": 25, "high": 50, "low_open": "yes", "capital_low": 10},
            {"owner": "eva", "owned": "b", "high": "5", "high_open": True},
        ],
        "share_classes": [
            {"id": "k", "company": "a", "issued": 100, "votes_each": 10, "dividend_each": "1/2", "name": "A"},
            {"id": "l", "company": "a", "issued": 1},
        ],
        "shareholdings": [{"owner": "b", "share_class": "k", "shares": 60, "source": "register"}],
        "control_rights": [
            {"holder": "eva", "target": "a", "kind": "board-majority", "agreement": "x", "valid_from": "2026-01-01"},
            {"id": "r", "target": "b", "kind": "UNKNOWN_PARENT", "over": "a"},
        ],
        "households": [{"person": "eva", "member": "ola", "tie": "spouse"}],
        "work_relationships": [
            {
                "person": "eva",
                "company": "a",
                "kind": "agent",
                "line_of_business": "boats",
                "states": [{"state": "notice", "valid_from": "2026-03-02", "last_day": "2026-05-31"}],
            }
        ],
    }

    assert world_from(tables) == World.of(
        companies=[Company("a", kind=CompanyKind.FUND, country="NO"), Company("b")],
        people=[Person("eva"), Person("ola")],
        holdings=[
            Holding(
                "holding-1",
                "a",
                "b",
                Fraction(1, 4),
                capital=Fraction(1, 10),
                votes_band=Band(Fraction(1, 4), Fraction(1, 2), low_open=True),
                capital_band=Band(Fraction(1, 10), Fraction(1)),
            ),
            Holding(
                "holding-2", "eva", "b", Fraction(0), votes_band=Band(Fraction(0), Fraction(1, 20), high_open=True)
            ),
        ],
        share_classes=[
            ShareClass("k", "a", Fraction(100), Fraction(10), Fraction(1, 2), name="A"),
            ShareClass("l", "a", Fraction(1)),
        ],
        shareholdings=[Shareholding("shareholding-1", "b", "k", Fraction(60), source="register")],
        control_rights=[
            ControlRight("right-1", "a", RightKind.BOARD_MAJORITY, "eva", Period(date(2026, 1, 1)), agreement="x"),
            ControlRight("r", "b", RightKind.UNKNOWN_PARENT, over="a"),
        ],
        households=[Household("household-1", "eva", "ola", Tie.SPOUSE)],
        work_relationships=[
            WorkRelationship(
                *("work-1", "eva", "a", WorkKind.AGENT),
                line_of_business="boats",
                states=((WorkState.NOTICE, Period(date(2026, 3, 2), date(2026, 6, 1))),),
            )
        ],
    )


def test_a_share_is_a_number_or_a_band_and_not_both() -> None:
    with pytest.raises(Refusal) as refused:
        world_from({"holdings": [{"owner": "a", "owned": "b", "percent": 5, "low": 25}]})

    assert (refused.value.reason.code, refused.value.where) == ("given_twice", "holdings[0].percent")


LATE: dict[str, Any] = {
    "companies": [{"id": "a"}, {"id": "b"}],
    "holdings": [
        {"id": "said", "owner": "a", "owned": "b", "percent": 60, "known_until": "2026-03-01T12:00:00+01:00"},
        {"id": "meant", "owner": "a", "owned": "b", "percent": 40, "known_from": "2026-03-01T11:00:00Z"},
    ],
}


@pytest.mark.parametrize(
    ("known_at", "held"),
    [
        (None, ["meant"]),
        (datetime(2026, 3, 1, 10, 59, tzinfo=UTC), ["said"]),
        (datetime(2026, 3, 1, 11, tzinfo=UTC), ["meant"]),
    ],
)
def test_a_world_is_what_was_known_of_it_at_the_moment(known_at: datetime | None, held: list[str]) -> None:
    assert [holding.id for holding in world_from(LATE, known_at=known_at).holdings] == held


def test_a_place_is_that_of_the_row_as_given_even_when_others_were_not_known() -> None:
    wrong = {**LATE, "holdings": [*LATE["holdings"], {"owner": "x", "owned": "b", "percent": 1}]}
    with pytest.raises(Refusal) as refused:
        world_from(wrong)
    assert refused.value.where == "holdings[2].owner"

    over = {**LATE, "share_classes": [{"id": "k", "company": "a", "issued": 1}]}
    over["shareholdings"] = [{"owner": "b", "share_class": "k", "shares": 2}]
    with pytest.raises(Refusal) as refused:
        world_from(over)
    assert refused.value.where == "shareholdings"


def test_what_is_no_moment_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        world_from({"companies": [{"id": "a", "known_until": "later"}]}, known_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert (refused.value.reason.code, refused.value.where) == ("not_a_moment", "companies[0].known_until")
