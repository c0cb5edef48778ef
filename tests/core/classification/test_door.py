"""What contradicts itself is refused at the door, by name and place; what can be true passes."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from inward.core.classification import (
    Band,
    Company,
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
    World,
    most_votes,
)
from inward.core.terms import Period, Rate, Refusal

A, B = Company("a", "Alpha"), Company("b", "Beta")
EVA = Person("eva", "Eva")
SPRING, SUMMER = Period(date(2026, 3, 1), date(2026, 6, 1)), Period(date(2026, 6, 1), date(2026, 9, 1))
ONE = Fraction(1)
SHARES: dict[str, Any] = {
    "companies": [A, B],
    "share_classes": [ShareClass("k", "a", Fraction(3)), ShareClass("late", "a", ONE, period=SUMMER)],
}


def right(id: str, holder: str | None, target: str, kind: RightKind = RightKind.CONTRACT) -> ControlRight:
    return ControlRight(id, target, kind, holder)


def refused(**facts: Any) -> tuple[str, str, dict[str, Any]]:
    with pytest.raises(Refusal) as refusal:
        World.of(**facts)
    return refusal.value.reason.code, refusal.value.where, dict(refusal.value.reason.facts)


def half(id: str, owner: str, owned: str, percent: int, period: Period = SPRING) -> Holding:
    return Holding(id, owner, owned, Fraction(percent, 100), period)


@pytest.mark.parametrize(
    ("facts", "code", "where"),
    [
        ({"companies": [A, A]}, "id_twice", "companies[1].id"),
        ({"companies": [A], "people": [Person("a")]}, "id_twice", "people[0].id"),
        ({"companies": [A], "units": [Unit("a", "a")]}, "id_twice", "units[0].id"),
        ({"companies": [Company("")]}, "id_missing", "companies[0].id"),
        ({"units": [Unit("u", "a")]}, "id_unknown", "units[0].company"),
        ({"companies": [A], "units": [Unit("u", "a", "v")]}, "id_unknown", "units[0].parent"),
        ({"companies": [A], "units": [Unit("u", "a", "a")]}, "id_of_other_kind", "units[0].parent"),
        ({"companies": [A], "units": [Unit("u", "a"), Unit("u", "a")]}, "unit_twice_at_once", "units[1].valid_from"),
        (
            {"companies": [A, B], "units": [Unit("u", "a"), Unit("v", "b", "u")]},
            "unit_parent_of_other_company",
            "units[1].parent",
        ),
        ({"companies": [A], "units": [Unit("u", "a", "u")]}, "units_in_circle", "units[0].parent"),
        ({"companies": [A], "holdings": [half("1", "x", "a", 50)]}, "id_unknown", "holdings[0].owner"),
        ({"companies": [A], "holdings": [half("1", "a", "x", 50)]}, "id_unknown", "holdings[0].owned"),
        (
            {"companies": [A], "people": [EVA], "holdings": [half("1", "a", "eva", 50)]},
            "id_of_other_kind",
            "holdings[0].owned",
        ),
        (
            {"companies": [A, B], "holdings": [half("1", "a", "a", 50), half("2", "b", "a", 51)]},
            "holdings_over_whole",
            "holdings[1].percent",
        ),
        *(
            (
                {"companies": [A, B], "holdings": [Holding("1", "a", "b", Fraction(1, 4), votes_band=band)]},
                "band_holds_nothing",
                "holdings[0].percent",
            )
            for band in (
                Band(Fraction(1, 2), Fraction(1, 4)),
                Band(Fraction(1, 2), Fraction(1, 2), high_open=True),
                Band(Fraction(1, 2), Fraction(2)),
                Band(Fraction(-1), Fraction(1)),
            )
        ),
        ({"companies": [A], "share_classes": [ShareClass("k", "x", ONE)]}, "id_unknown", "share_classes[0].company"),
        (
            {"companies": [A], "share_classes": [ShareClass("k", "a", -ONE)]},
            "less_than_nothing",
            "share_classes[0].issued",
        ),
        ({**SHARES, "shareholdings": [Shareholding("s", "b", "z", ONE)]}, "id_unknown", "shareholdings[0].share_class"),
        ({**SHARES, "shareholdings": [Shareholding("s", "x", "k", ONE)]}, "id_unknown", "shareholdings[0].owner"),
        (
            {**SHARES, "shareholdings": [Shareholding("s", "b", "k", -ONE)]},
            "shares_not_issued",
            "shareholdings[0].shares",
        ),
        (
            {**SHARES, "shareholdings": [Shareholding("s", "b", "late", ONE)]},
            "shares_not_issued",
            "shareholdings[0].shares",
        ),
        (
            {**SHARES, "shareholdings": [Shareholding("s", "b", "k", 2 * ONE), Shareholding("t", "b", "k", 2 * ONE)]},
            "shares_over_issued",
            "shareholdings",
        ),
        (
            {**SHARES, "holdings": [half("1", "b", "a", 80)], "shareholdings": [Shareholding("s", "b", "k", ONE)]},
            "holdings_over_whole",
            "shareholdings",
        ),
        ({"companies": [A], "control_rights": [right("r", "x", "a")]}, "id_unknown", "control_rights[0].holder"),
        ({"companies": [A], "control_rights": [right("r", "a", "x")]}, "id_unknown", "control_rights[0].target"),
        ({"companies": [A], "control_rights": [right("r", None, "a")]}, "field_missing", "control_rights[0].holder"),
        ({"companies": [A], "control_rights": [right("r", "a", "a")]}, "right_over_itself", "control_rights[0].holder"),
        (
            {"companies": [A, B], "control_rights": [right("r", "b", "a", RightKind.TOP)]},
            "right_over_itself",
            "control_rights[0].holder",
        ),
        (
            {"companies": [A, B], "control_rights": [ControlRight("r", "a", RightKind.NOMINATOR, "b", over="x")]},
            "id_unknown",
            "control_rights[0].over",
        ),
        (
            {"people": [EVA], "households": [Household("h", "eva", "x", Tie.CHILD)]},
            "id_unknown",
            "households[0].member",
        ),
        ({"companies": [A, B], "holdings": [half("1", "a", "b", 101)]}, "holding_not_a_share", "holdings[0].percent"),
        ({"companies": [A, B], "holdings": [half("1", "a", "b", -1)]}, "holding_not_a_share", "holdings[0].percent"),
        (
            {"companies": [A, B], "holdings": [Holding("1", "a", "b", Fraction(1, 2), capital=Fraction(2))]},
            "holding_not_a_share",
            "holdings[0].percent",
        ),
        (
            {"companies": [A, B], "holdings": [half("1", "a", "b", 5), half("1", "a", "b", 5)]},
            "id_twice",
            "holdings[1].id",
        ),
        (
            {"companies": [A, B], "holdings": [half("1", "a", "b", 60), half("2", "a", "b", 41)]},
            "holdings_over_whole",
            "holdings[1].percent",
        ),
        (
            {"companies": [A], "work_relationships": [WorkRelationship("w", "eva", "a", WorkKind.AGENT)]},
            "id_unknown",
            "work_relationships[0].person",
        ),
        (
            {"people": [EVA], "work_relationships": [WorkRelationship("w", "eva", "a", WorkKind.AGENT)]},
            "id_unknown",
            "work_relationships[0].company",
        ),
        (
            {
                "companies": [A],
                "people": [EVA],
                "work_relationships": [WorkRelationship("w", "eva", "a", WorkKind.AGENT, unit="a")],
            },
            "id_of_other_kind",
            "work_relationships[0].unit",
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_place(facts: dict[str, Any], code: str, where: str) -> None:
    assert refused(**facts)[:2] == (code, where)


def test_over_the_whole_is_refused_with_the_day_and_the_sum() -> None:
    stakes = [half("1", "a", "b", 60), half("2", "c", "b", 50, Period(date(2026, 5, 1), date(2026, 7, 1)))]

    _, _, facts = refused(companies=[A, B, Company("c")], holdings=stakes)

    assert facts == {"company": "b", "percent": Rate.percent(110), "on": date(2026, 5, 1)}


def test_a_hundred_percent_that_changes_hands_passes() -> None:
    world = World.of(
        companies=[A, B, Company("c")],
        holdings=[half("1", "a", "b", 100, SPRING), half("2", "c", "b", 100, SUMMER)],
    )

    assert [holding.id for holding in world.holdings] == ["1", "2"]
    assert most_votes(world.holdings) == (1, date(2026, 3, 1))
    assert most_votes(()) == (0, None)


def test_the_most_votes_may_be_those_from_the_beginning() -> None:
    stakes = [half("1", "a", "b", 60, Period(None, date(2026, 6, 1))), half("2", "a", "b", 30, SUMMER)]

    assert most_votes(stakes) == (Fraction(60, 100), None)


def test_a_person_may_hold_votes_and_a_unit_may_not() -> None:
    assert World.of(companies=[A], people=[EVA], holdings=[half("1", "eva", "a", 100)]).holdings

    code, where, facts = refused(companies=[A, B], units=[Unit("u", "a")], holdings=[half("1", "u", "b", 50)])
    assert (code, where) == ("id_of_other_kind", "holdings[0].owner")
    assert facts == {"id": "u", "kind": "unit", "expected": "company / person"}


def test_a_unit_may_move_to_another_company_and_keep_its_id() -> None:
    world = World.of(
        companies=[A, B],
        units=[Unit("u", "b", period=SUMMER), Unit("u", "a", period=SPRING), Unit("v", "a", "u", period=SPRING)],
    )

    assert [unit.company for unit in world.unit["u"]] == ["a", "b"]


def test_a_unit_may_stand_below_another_companys_unit_only_while_that_was_its_own() -> None:
    moving = [Unit("u", "a", period=SPRING), Unit("u", "b", period=SUMMER)]

    assert (
        refused(companies=[A, B], units=[*moving, Unit("v", "a", "u", period=SUMMER)])[0]
        == "unit_parent_of_other_company"
    )


def test_a_circle_of_units_is_found_however_deep_and_only_on_days_when_it_is_one() -> None:
    chain = [Unit(f"u{n}", "a", f"u{n + 1}") for n in range(50)]
    closed = [Unit("u50", "a", "u20", period=SUMMER), Unit("u50", "a", "top", period=SPRING), Unit("top", "a")]

    code, where, facts = refused(companies=[A], units=[*chain, *closed])
    assert (code, where) == ("units_in_circle", "units[20].parent")
    assert facts == {"unit": "u20"}

    open_at_night = [Unit("x", "a", "y", period=SPRING), Unit("y", "a", "x", period=SUMMER)]
    swapped = [*open_at_night, Unit("x", "a", period=SUMMER), Unit("y", "a", period=SPRING)]
    assert World.of(companies=[A], units=swapped).units


def test_two_branches_of_units_that_meet_are_no_circle() -> None:
    units = [Unit("top", "a"), Unit("left", "a", "top"), Unit("right", "a", "top"), Unit("leaf", "a", "left")]
    later = [
        Unit("p", "a", "q", period=SPRING),
        Unit("q", "a", "p", period=SUMMER),
        Unit("r", "a", "p"),
        Unit("s", "a", "q"),
    ]

    assert World.of(companies=[A], units=units + later).units


def test_a_shared_service_centre_serves_people_of_other_companies() -> None:
    world = World.of(
        companies=[A, B],
        units=[Unit("centre", "a")],
        people=[EVA],
        work_relationships=[WorkRelationship("w", "eva", "b", WorkKind.FULL_TIME, unit="centre")],
    )

    assert world.work["eva"][0].unit == "centre"
