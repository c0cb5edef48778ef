"""Another definition changes the verdict of some pairs, and of no others."""

from datetime import date
from fractions import Fraction

import pytest

from inward.core.classification import (
    STRICT_MAJORITY,
    Company,
    ControlRight,
    Definition,
    Holding,
    Redefined,
    RightKind,
    ShareClass,
    Shareholding,
    Verdict,
    World,
    redefined,
    redefining,
)
from inward.core.classification.definition import Operator, Override
from inward.core.terms import Period

ON = date(2026, 11, 24)
COMPANIES = [Company(name) for name in ("a", "b", "c", "d", "free")]
HOLDINGS = [Holding("ab", "a", "b", Fraction(1, 2)), Holding("ac", "a", "c", Fraction(3, 5))]
AT_LEAST_HALF = Definition(id="half", operator=Operator.AT_LEAST)


def test_exactly_half_is_inside_by_another_definition_and_carries_its_sisters() -> None:
    world = World.of(companies=COMPANIES, holdings=HOLDINGS)

    found = redefined(world, before=STRICT_MAJORITY, after=AT_LEAST_HALF, on=ON)

    assert found.changes == (
        Redefined("a", "b", Verdict.EXTERNAL, Verdict.INTERNAL),
        Redefined("b", "c", Verdict.EXTERNAL, Verdict.INTERNAL),
    )
    assert (found.asked, found.cut) == (3, False)


def test_the_same_definition_changes_nothing() -> None:
    world = World.of(companies=COMPANIES, holdings=HOLDINGS)

    assert redefined(world, before=STRICT_MAJORITY, after=STRICT_MAJORITY, on=ON).changes == ()


def test_powers_share_classes_and_exceptions_concern_companies_too() -> None:
    world = World.of(
        companies=COMPANIES,
        control_rights=[ControlRight("cd", "d", RightKind.CONTRACT, "c"), ControlRight("top", "c", RightKind.TOP)],
        share_classes=[ShareClass("b-shares", "b", Fraction(100))],
        shareholdings=[Shareholding("ab", "a", "b-shares", Fraction(50))],
    )
    after = Definition(
        id="contracts",
        contract_control=True,
        exceptions=(Override("a", "free", inside=True, why="decided", signed_by="the board"),),
    )

    found = redefined(world, before=STRICT_MAJORITY, after=after, on=ON)

    assert [(each.one, each.other) for each in found.changes] == [("a", "free"), ("c", "d")]
    assert found.asked == 10


def test_more_companies_than_a_page_can_wait_for_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redefining, "COMPANIES_MAX", 2)
    world = World.of(companies=COMPANIES, holdings=HOLDINGS)

    found = redefined(world, before=STRICT_MAJORITY, after=AT_LEAST_HALF, on=ON)

    assert ([(each.one, each.other) for each in found.changes], found.asked, found.cut) == ([("a", "b")], 1, True)


def test_a_dealing_is_judged_by_the_definition_of_its_day() -> None:
    change = date(2026, 7, 1)
    world = World.of(companies=COMPANIES, holdings=HOLDINGS, usual=[(Period(change, None), AT_LEAST_HALF)])

    assert world.definition_on(date(2026, 6, 30)) is STRICT_MAJORITY
    assert world.definition_on(change) is AT_LEAST_HALF
    assert world.with_people([], [], version=2).definition_on(change) is AT_LEAST_HALF


def test_against_no_rule_everything_that_is_inside_changes():
    on = date(2026, 1, 1)
    world = World.of(companies=COMPANIES, holdings=HOLDINGS)
    begun = redefined(world, before=None, after=AT_LEAST_HALF, on=on)
    ended = redefined(world, before=AT_LEAST_HALF, after=None, on=on)
    assert {each.after for each in begun.changes} == {Verdict.INTERNAL}
    assert (
        [(each.one, each.other) for each in begun.changes] == [(each.one, each.other) for each in ended.changes] != []
    )
    assert redefined(world, before=None, after=None, on=on).changes == ()
