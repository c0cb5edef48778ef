"""Grounds are least: together they carry the verdict with nothing else known, and none of them can be spared."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import days, parties, worlds

from inward.core.classification import (
    Company,
    Definition,
    Holding,
    Person,
    Unit,
    WorkKind,
    WorkRelationship,
    World,
    classify,
)
from inward.core.terms import ALWAYS, Period, Reason

ON = date(2026, 6, 30)


def with_only(world: World, grounds: list[Reason]) -> World:
    """The same parties, and of all that was said of them only these grounds; a unit without any stands alone."""
    holdings = {ground.facts["id"] for ground in grounds if ground.code == "holds"}
    work = {ground.facts["id"] for ground in grounds if ground.code == "works_for"}
    units = {ground.facts["unit"] for ground in grounds if ground.code == "unit_of"}
    return World.of(
        companies=[*world.companies, *(Company(f"alone-{unit.id}") for unit in world.units)],
        holdings=[holding for holding in world.holdings if holding.id in holdings],
        units=[unit if unit.id in units else Unit(unit.id, f"alone-{unit.id}", name=unit.name) for unit in world.units],
        people=world.people,
        work_relationships=[one for one in world.work_relationships if one.id in work],
    )


@given(world=worlds(), on=days, drawn=st.data())
def test_the_grounds_of_an_internal_dealing_suffice_and_none_can_be_spared(
    world: World, on: date, drawn: st.DataObject
) -> None:
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))
    standing = classify(supplier=one, customer=other, world=world, on=on)

    if standing.internal:
        bare = classify(supplier=one, customer=other, world=with_only(world, list(standing.grounds)), on=on)
        assert (bare.kind, bare.grounds) == (standing.kind, standing.grounds)
        for spared in standing.grounds:
            left = with_only(world, [ground for ground in standing.grounds if ground != spared])
            lost = not classify(supplier=one, customer=other, world=left, on=on).internal
            assert lost or spared.code in {"same_party", "same_unit"}


def test_a_chain_through_the_top_is_not_told_when_one_controls_the_other() -> None:
    world = World.of(
        companies=[Company(code) for code in ("top", "a", "b")],
        holdings=[Holding("1", "top", "a", Fraction(1)), Holding("2", "a", "b", Fraction(51, 100))],
    )

    grounds = classify(supplier="a", customer="b", world=world, on=ON).grounds
    assert [ground.facts["id"] for ground in grounds] == ["2"]


def test_a_majority_put_together_from_controlled_companies_is_told_from_the_top_down() -> None:
    world = World.of(
        companies=[Company(code) for code in ("alpha", "phoenix", "royal", "initech", "other")],
        holdings=[
            Holding("1", "alpha", "phoenix", Fraction(70, 100)),
            Holding("2", "alpha", "initech", Fraction(40, 100)),
            Holding("3", "phoenix", "initech", Fraction(10, 100)),
            Holding("4", "phoenix", "royal", Fraction(60, 100)),
            Holding("5", "royal", "initech", Fraction(10, 100)),
            Holding("6", "other", "initech", Fraction(40, 100)),
        ],
    )

    grounds = classify(supplier="alpha", customer="initech", world=world, on=ON).grounds
    assert [ground.facts["id"] for ground in grounds] == ["1", "4", "2", "3", "5"]


def test_a_stake_that_itself_rests_on_the_company_carries_nothing() -> None:
    # The largest stake in a is that of b, which a holds: it votes only once a is controlled, by top and by q.
    world = World.of(
        companies=[Company(code) for code in ("top", "q", "a", "b")],
        holdings=[
            Holding("1", "top", "q", Fraction(1)),
            Holding("2", "top", "a", Fraction(30, 100)),
            Holding("3", "q", "a", Fraction(30, 100)),
            Holding("4", "b", "a", Fraction(40, 100)),
            Holding("5", "a", "b", Fraction(1)),
        ],
    )

    grounds = classify(supplier="top", customer="a", world=world, on=ON).grounds
    assert [ground.facts["id"] for ground in grounds] == ["1", "2", "3"]


# What is told when it is external


def person_world(*work: WorkRelationship) -> World:
    return World.of(
        companies=[Company("abc", "ABC"), Company("out", "Outside Ltd")],
        people=[Person("kari", "Kari"), Person("ola", "Ola")],
        work_relationships=work,
    )


def test_work_that_does_not_count_is_named() -> None:
    world = person_world(WorkRelationship("w1", "kari", "abc", WorkKind.CONTRACTOR))
    staff_only = Definition(id="staff_only", stakeholder_kinds=frozenset())

    standing = classify(supplier="abc", customer="kari", world=world, on=ON, definition=staff_only)

    assert not standing.internal
    assert [ground.code for ground in standing.grounds] == ["works_for", "work_kind_outside"]
    assert standing.nearest_miss is not None
    assert standing.nearest_miss.code == "work_relationship_missing"


def test_the_employer_outside_is_named() -> None:
    world = person_world(WorkRelationship("w1", "kari", "out", WorkKind.FULL_TIME))

    standing = classify(supplier="abc", customer="kari", world=world, on=ON)

    assert [ground.code for ground in standing.grounds] == ["works_for", "not_one_group"]
    assert (standing.customer_company, standing.work_relationship) == ("out", "w1")


@pytest.mark.parametrize(
    ("periods", "code", "id_"),
    [
        ([Period(None, date(2025, 1, 1)), Period(date(2025, 6, 1), ON)], "work_relationship_ended", "w1"),
        ([Period(None, ON), Period(date(2027, 1, 1))], "work_relationship_ended", "w0"),
        ([Period(date(2027, 6, 1)), Period(date(2027, 1, 1))], "work_relationship_not_begun", "w1"),
    ],
)
def test_work_of_other_days_is_the_nearest_miss(periods: list[Period], code: str, id_: str) -> None:
    work = [WorkRelationship(f"w{n}", "kari", "abc", WorkKind.FULL_TIME, period) for n, period in enumerate(periods)]

    miss = classify(supplier="abc", customer="kari", world=person_world(*work), on=ON).nearest_miss

    assert miss is not None
    assert (miss.code, miss.facts["id"]) == (code, id_)


def test_work_elsewhere_or_of_a_kind_that_does_not_count_is_no_miss() -> None:
    ended = Period(None, ON)
    world = person_world(
        WorkRelationship("w1", "kari", "out", WorkKind.FULL_TIME, ended),
        WorkRelationship("w2", "kari", "abc", WorkKind.CONTRACTOR, ended),
    )
    staff_only = Definition(id="staff_only", stakeholder_kinds=frozenset())

    miss = classify(supplier="abc", customer="kari", world=world, on=ON, definition=staff_only).nearest_miss

    assert miss is not None
    assert miss.code == "work_relationship_missing"


def test_between_two_people_without_work_nothing_is_near() -> None:
    standing = classify(supplier="ola", customer="kari", world=person_world(), on=ON)

    assert [ground.facts["person"] for ground in standing.grounds] == ["ola", "kari"]
    assert standing.nearest_miss is None


def test_a_persons_employer_may_be_one_holding_away() -> None:
    world = World.of(
        companies=[Company("abc"), Company("half")],
        people=[Person("kari")],
        holdings=[Holding("1", "abc", "half", Fraction(1, 2))],
        work_relationships=[WorkRelationship("w1", "kari", "half", WorkKind.FULL_TIME, ALWAYS)],
    )

    miss = classify(supplier="abc", customer="kari", world=world, on=ON).nearest_miss

    assert miss is not None
    assert (miss.code, miss.facts["id"]) == ("holding_short", "1")
