"""classify(): the whole answer, from either end, and story S1 at the level of the core."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import days, parties, worlds

from inward.core.classification import (
    Company,
    Definition,
    Holding,
    Kind,
    Person,
    Standing,
    Unit,
    Verdict,
    WorkKind,
    WorkRelationship,
    World,
    classify,
)
from inward.core.terms import Period, Rate, Reason

SALE = date(2026, 7, 1)
JKL = World.of(
    companies=[Company("jkl", "JKL Group"), Company("abc", "ABC Retail"), Company("xyz", "XYZ Widgets")],
    holdings=[
        Holding("h1", "jkl", "abc", Fraction(1)),
        Holding("h2", "jkl", "xyz", Fraction(60, 100), Period(date(2019, 1, 1), SALE)),
    ],
    units=[Unit("it", "abc", name="IT")],
    people=[Person("kari", "Kari Lie"), Person("ola", "Ola Moe")],
    work_relationships=[WorkRelationship("w1", "kari", "abc", WorkKind.PART_TIME, Period(date(2024, 3, 1)))],
    version=7,
)
JKL_HOLDS_ABC = Reason.of(
    "holds",
    id="h1",
    owner="jkl",
    owner_name="JKL Group",
    owned="abc",
    owned_name="ABC Retail",
    percent=Rate.percent(100),
    since=None,
    until=None,
)
JKL_HOLDS_XYZ = Reason.of(
    "holds",
    id="h2",
    owner="jkl",
    owner_name="JKL Group",
    owned="xyz",
    owned_name="XYZ Widgets",
    percent=Rate.percent(60),
    since=date(2019, 1, 1),
    until=SALE,
)
KARI_WORKS = Reason.of(
    "works_for",
    id="w1",
    person="kari",
    person_name="Kari Lie",
    company="abc",
    company_name="ABC Retail",
    kind="PART_TIME",
    since=date(2024, 3, 1),
    until=None,
)


def test_sister_companies_are_inside_and_the_grounds_name_both_holdings() -> None:
    assert classify(supplier="xyz", customer="abc", world=JKL, on=date(2026, 6, 30)) == Standing(
        verdict=Verdict.INTERNAL,
        kind=Kind.AFFILIATE,
        grounds=(JKL_HOLDS_ABC, JKL_HOLDS_XYZ),
        supplier_company="xyz",
        customer_company="abc",
        world_version=7,
    )


def test_after_the_sale_they_are_outside_and_the_ended_holding_is_the_nearest_miss() -> None:
    standing = classify(supplier="xyz", customer="abc", world=JKL, on=SALE)

    assert (standing.verdict, standing.internal) == (Verdict.EXTERNAL, False)
    assert standing.grounds == (
        Reason.of(
            "not_one_group",
            supplier_company="xyz",
            supplier_company_name="XYZ Widgets",
            supplier_head="xyz",
            supplier_head_name="XYZ Widgets",
            customer_company="abc",
            customer_company_name="ABC Retail",
            customer_head="jkl",
            customer_head_name="JKL Group",
        ),
    )
    assert standing.nearest_miss == Reason.of(
        "holding_ended", needed=Rate.percent(50), operator=">", inside_until=SALE, **JKL_HOLDS_XYZ.facts
    )


def test_staff_of_a_sister_company_are_inside_by_work_and_by_holdings() -> None:
    standing = classify(supplier="xyz", customer="kari", world=JKL, on=date(2026, 6, 30))

    assert (standing.kind, standing.internal) == (Kind.GROUP_STAFF, True)
    assert standing.grounds == (KARI_WORKS, JKL_HOLDS_ABC, JKL_HOLDS_XYZ)
    assert (standing.work_relationship, standing.customer_company) == ("w1", "abc")
    assert standing.nearest_miss is None


def test_a_unit_is_tied_to_its_company_before_anything_else() -> None:
    standing = classify(supplier="it", customer="kari", world=JKL, on=date(2026, 6, 30))
    unit_of = Reason.of(
        "unit_of", unit="it", unit_name="IT", company="abc", company_name="ABC Retail", since=None, until=None
    )

    assert standing.grounds == (unit_of, KARI_WORKS)
    assert (standing.supplier_company, standing.kind) == ("abc", Kind.STAFF)


def test_one_and_the_same_on_both_sides_needs_no_other_fact() -> None:
    on = date(2026, 6, 30)

    assert classify(supplier="abc", customer="abc", world=JKL, on=on).grounds == (
        Reason.of("same_party", party="abc", party_name="ABC Retail"),
    )
    assert classify(supplier="it", customer="it", world=JKL, on=on).grounds == (
        Reason.of("same_unit", unit="it", unit_name="IT"),
    )


def test_a_person_without_work_is_outside_and_sells_in_her_own_name() -> None:
    standing = classify(supplier="ola", customer="abc", world=JKL, on=date(2026, 6, 30))

    assert (standing.supplier_company, standing.customer_company) == ("ola", "abc")
    assert standing.grounds == (Reason.of("works_for_nobody", person="ola", person_name="Ola Moe"),)
    assert standing.nearest_miss == Reason.of(
        "work_relationship_missing", person="ola", person_name="Ola Moe", company="abc", company_name="ABC Retail"
    )
    assert classify(supplier="abc", customer="ola", world=JKL, on=date(2026, 6, 30)).customer_company is None


def test_a_standing_names_the_definition_and_the_version_it_rests_on() -> None:
    standing = classify(supplier="abc", customer="kari", world=JKL, on=SALE, definition=Definition(id="own"))

    assert (standing.definition, standing.world_version, standing.work_relationship) == ("own", 7, "w1")


@given(world=worlds(), on=days, drawn=st.data())
def test_both_ends_agree(world: World, on: date, drawn: st.DataObject) -> None:
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))
    there = classify(supplier=one, customer=other, world=world, on=on)
    back = classify(supplier=other, customer=one, world=world, on=on)

    assert (there.verdict, there.kind, there.nearest_miss) == (back.verdict, back.kind, back.nearest_miss)
    facts = [{ground for ground in way.grounds if ground.code != "not_one_group"} for way in (there, back)]
    assert facts[0] == facts[1]
    assert {reason.code for reason in there.grounds} == {reason.code for reason in back.grounds}


@given(world=worlds(), on=days, drawn=st.data())
def test_asked_twice_the_answer_is_the_same(world: World, on: date, drawn: st.DataObject) -> None:
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))
    first = classify(supplier=one, customer=other, world=world, on=on)

    assert classify(supplier=one, customer=other, world=world, on=on) == first
    assert hash(first) == hash(classify(supplier=one, customer=other, world=world, on=on))
    assert (first.nearest_miss is None) or not first.internal


@given(world=worlds(), drawn=st.data())
def test_what_begins_after_the_day_changes_no_verdict_of_that_day(world: World, drawn: st.DataObject) -> None:
    on = drawn.draw(days)
    later = Period(on + timedelta(days=1))
    owner, owned = drawn.draw(st.permutations(sorted(world.company)))[:2]
    free = 1 - sum((h.votes for h in world.holdings if h.owned == owned), Fraction(0))
    more = [Holding("later", owner, owned, free, later)] if free > 0 else []
    work = [WorkRelationship("later", "eva", owned, drawn.draw(st.sampled_from(WorkKind)), later)]
    changed = World.of(
        companies=world.companies,
        holdings=[*world.holdings, *more],
        units=world.units,
        people=world.people,
        work_relationships=[*world.work_relationships, *work],
    )
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))

    before = classify(supplier=one, customer=other, world=world, on=on)
    after = classify(supplier=one, customer=other, world=changed, on=on)

    assert (before.verdict, before.kind, before.grounds) == (after.verdict, after.kind, after.grounds)
    assert before.work_relationship == after.work_relationship


@given(world=worlds(), drawn=st.data())
def test_what_is_ended_or_called_off_after_the_day_changes_no_verdict_of_that_day(
    world: World, drawn: st.DataObject
) -> None:
    """Facts of the day end on any later day, and what was to begin later never comes: the day stays as it was decided."""
    on = drawn.draw(days)
    ends = st.sampled_from([None, *(on + timedelta(days=number) for number in (1, 2, 30))])

    def later(facts):
        began = [
            fact for fact in facts if fact.period.start is None or fact.period.start <= on or drawn.draw(st.booleans())
        ]
        return [
            replace(fact, period=Period(fact.period.start, drawn.draw(ends))) if on in fact.period else fact
            for fact in began
        ]

    changed = World.of(
        companies=world.companies,
        holdings=later(world.holdings),
        units=world.units,
        people=world.people,
        work_relationships=later(world.work_relationships),
    )
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))

    before = classify(supplier=one, customer=other, world=world, on=on)
    after = classify(supplier=one, customer=other, world=changed, on=on)

    assert (before.verdict, before.kind, before.work_relationship) == (
        after.verdict,
        after.kind,
        after.work_relationship,
    )
    named = [[(ground.code, ground.facts.get("id")) for ground in standing.grounds] for standing in (before, after)]
    assert named[0] == named[1]
