"""Supposing facts otherwise, and where two worlds differ: by hand on a small group, and against every pair asked one by one."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.classification.worlds import worlds

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Company,
    Compared,
    ControlRight,
    Definition,
    Holding,
    Kind,
    Operator,
    Person,
    PersonTurned,
    RightKind,
    ShareClass,
    Shareholding,
    Supposed,
    Turned,
    Unit,
    Verdict,
    WorkKind,
    WorkRelationship,
    World,
    changed_days,
    compare,
    comparing,
    decide,
    prepared,
    suppose,
)
from inward.core.terms import Period, Refusal

SALE = date(2027, 1, 1)
DAY = date(2026, 6, 30)
GROUP = World.of(
    companies=[Company(code) for code in ("abc", "fjord", "jkl", "xyz", "xyz-parts")],
    holdings=[
        Holding("h-abc", "jkl", "abc", Fraction(8, 10)),
        Holding("h-xyz", "jkl", "xyz", Fraction(6, 10)),
        Holding("h-parts", "xyz", "xyz-parts", Fraction(1)),
    ],
    people=[Person("maya"), Person("ola")],
    work_relationships=[WorkRelationship("w-maya", "maya", "xyz", WorkKind.FULL_TIME)],
    version=4,
)
SOLD = Supposed(holdings={"h-xyz": Holding("h-xyz", "jkl", "xyz", Fraction(6, 10), Period(None, SALE))})


def test_a_share_that_ends_parts_the_company_and_all_below_it_from_the_group():
    assert compare(GROUP, suppose(GROUP, SOLD)) == Compared(
        companies=(
            Turned(
                Period(SALE, None),
                outside=4,
                inside=0,
                named_outside=(("abc", "xyz"), ("abc", "xyz-parts"), ("jkl", "xyz"), ("jkl", "xyz-parts")),
                named_inside=(),
                companies=frozenset({"abc", "jkl", "xyz", "xyz-parts"}),
            ),
        ),
        people=(),
    )


def test_a_share_bought_joins_the_groups_and_names_the_first_day():
    bought = Supposed(holdings={"h-fjord": Holding("h-fjord", "abc", "fjord", Fraction(51, 100), Period(SALE, None))})
    (turned,) = compare(GROUP, suppose(GROUP, bought)).companies
    assert (turned.period, turned.outside, turned.inside) == (Period(SALE, None), 0, 4)
    assert turned.named_inside == (("abc", "fjord"), ("fjord", "jkl"), ("fjord", "xyz"), ("fjord", "xyz-parts"))


def test_a_share_that_changes_nothing_about_control_turns_nobody():
    less = Supposed(holdings={"h-xyz": Holding("h-xyz", "jkl", "xyz", Fraction(51, 100))})
    assert compare(GROUP, suppose(GROUP, less)) == Compared((), ())


def test_work_that_ends_turns_the_person_out_of_every_company_of_the_group():
    ended = WorkRelationship("w-maya", "maya", "xyz", WorkKind.FULL_TIME, Period(None, SALE))
    found = compare(GROUP, suppose(GROUP, Supposed(work_relationships={"w-maya": ended})))
    assert found.companies == ()
    assert found.people == (
        PersonTurned("maya", Period(SALE, None), Kind.GROUP_STAFF, Kind.OUTSIDE, ("abc", "jkl", "xyz-parts")),
        PersonTurned("maya", Period(SALE, None), Kind.STAFF, Kind.OUTSIDE, ("xyz",)),
    )
    assert found.touched == {"abc", "jkl", "xyz", "xyz-parts"}


def test_work_of_another_kind_is_told_with_both_kinds():
    otherwise = WorkRelationship("w-maya", "maya", "xyz", WorkKind.CONTRACTOR)
    found = compare(GROUP, suppose(GROUP, Supposed(work_relationships={"w-maya": otherwise})))
    assert {(each.before, each.after) for each in found.people} == {
        (Kind.STAFF, Kind.STAKEHOLDER),
        (Kind.GROUP_STAFF, Kind.STAKEHOLDER),
    }


def test_two_stretches_of_the_same_consequence_are_one():
    later = (*GROUP.holdings, Holding("h-more", "jkl", "fjord", Fraction(1, 10), Period(date(2028, 1, 1), None)))
    world = World.of(
        companies=GROUP.companies, holdings=later, people=GROUP.people, work_relationships=GROUP.work_relationships
    )
    (turned,) = compare(world, suppose(world, SOLD)).companies
    assert turned.period == Period(SALE, None)


def test_only_so_many_pairs_are_named_and_all_are_counted():
    many = [Company(f"c{number:02}") for number in range(10)]
    held = [Holding(f"h{number:02}", "c00", f"c{number:02}", Fraction(1)) for number in range(1, 10)]
    world = World.of(companies=many, holdings=held)
    gone = Supposed(holdings=dict.fromkeys(("h01", "h02", "h03"), None))
    (turned,) = compare(world, suppose(world, gone)).companies
    assert (turned.outside, len(turned.named_outside)) == (24, comparing.NAMED_MAX)


def test_more_days_than_can_be_looked_at_are_cut_and_told(monkeypatch):
    monkeypatch.setattr(comparing, "STRETCHES_MAX", 1)
    found = compare(GROUP, suppose(GROUP, SOLD))
    assert found.cut
    assert [each.period for each in found.companies] == [Period(SALE, None)]


def test_more_people_than_can_be_looked_at_are_cut_and_told():
    supposed = Supposed(
        work_relationships={
            "w-maya": None,
            "w-ola": WorkRelationship("w-ola", "ola", "abc", WorkKind.FULL_TIME),
        }
    )
    found = compare(GROUP, suppose(GROUP, supposed), people_max=1)
    assert found.cut
    assert {each.person for each in found.people} == {"maya"}


def test_the_same_world_twice_differs_nowhere():
    assert compare(GROUP, suppose(GROUP, Supposed())) == Compared((), ())


def test_supposing_changes_nothing_in_the_world_it_begins_from():
    before = (GROUP.holdings, GROUP.work_relationships)
    supposed = suppose(GROUP, Supposed({"h-xyz": None}, {"w-maya": None}))
    assert (GROUP.holdings, GROUP.work_relationships) == before
    assert [holding.id for holding in supposed.holdings] == ["h-abc", "h-parts"]
    assert (supposed.work, supposed.company, supposed.version) == ({}, GROUP.company, 4)
    assert suppose(GROUP, SOLD).work is GROUP.work
    assert suppose(GROUP, Supposed({"nobody": None})).holdings == GROUP.holdings


def test_two_suppositions_together_are_both_and_the_second_has_the_last_word():
    both = SOLD | Supposed({"h-xyz": None}, {"w-maya": None})
    assert both == Supposed({"h-xyz": None}, {"w-maya": None})


@pytest.mark.parametrize(
    ("holding", "code"),
    [
        (Holding("h-new", "abc", "xyz", Fraction(41, 100)), "holdings_over_whole"),
        (Holding("h-new", "xyz", "xyz", Fraction(41, 100)), "holdings_over_whole"),
        (Holding("h-new", "nobody", "xyz", Fraction(1, 100)), "id_unknown"),
        (Holding("h-new", "abc", "fjord", Fraction(2)), "holding_not_a_share"),
    ],
)
def test_what_cannot_be_is_refused_as_at_the_door(holding, code):
    with pytest.raises(Refusal) as refused:
        suppose(GROUP, Supposed({"h-new": holding}))
    assert refused.value.reason.code == code


def test_work_for_nobody_known_is_refused_as_at_the_door():
    work = WorkRelationship("w-new", "maya", "nobody", WorkKind.FULL_TIME)
    with pytest.raises(Refusal):
        suppose(GROUP, Supposed(work_relationships={"w-new": work}))


FIRST, SECOND = date(2025, 1, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        (Period(FIRST, None), Period(FIRST, SALE), SALE),
        (Period(FIRST, SALE), Period(FIRST, None), SALE),
        (Period(FIRST, SECOND), Period(FIRST, SALE), SECOND),
        (Period(FIRST, None), Period(SECOND, None), FIRST),
        (Period(None, SALE), Period(FIRST, SALE), None),
    ],
)
def test_a_fact_differs_from_the_first_day_on_which_it_says_otherwise(before, after, day):
    def world(period):
        return World.of(companies=[Company("a"), Company("b")], holdings=[Holding("h", "a", "b", Fraction(1), period)])

    assert changed_days(world(before), world(after)) == (day,)


def test_a_new_fact_and_another_share_differ_from_their_first_day():
    world = World.of(companies=GROUP.companies, people=GROUP.people)
    held = Holding("h", "abc", "xyz", Fraction(1), Period(SECOND, None))
    work = WorkRelationship("w", "maya", "abc", WorkKind.AGENT, Period(FIRST, None))
    with_both = suppose(world, Supposed({"h": held}, {"w": work}))
    assert changed_days(world, with_both) == (FIRST, SECOND)
    less = suppose(with_both, Supposed({"h": Holding("h", "abc", "xyz", Fraction(1, 2), held.period)}))
    assert changed_days(with_both, less) == (SECOND,)
    assert changed_days(world, world) == ()


RULES = (STRICT_MAJORITY, *(DEFINITIONS[name] for name in ("us_1563", "oecd9_25", "ubo25", "no_konsern")))


@settings(max_examples=60, deadline=None)
@given(worlds(), st.sampled_from(RULES), st.data())
def test_what_turns_is_what_every_pair_asked_one_by_one_would_say(world, rule, data):
    if not world.holdings:
        return
    gone = data.draw(st.sampled_from(world.holdings))
    after = suppose(world, Supposed({gone.id: None}))
    found = compare(world, after, definition=rule)
    day = data.draw(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
    counted = {"outside": 0, "inside": 0}
    for one, other in combinations(sorted(world.company), 2):
        was, now = (
            decide(supplier=one, customer=other, world=each, on=day, definition=rule).verdict is Verdict.INTERNAL
            for each in (world, after)
        )
        counted["outside"] += was and not now
        counted["inside"] += now and not was
    told = next((each for each in found.companies if day in each.period), None)
    assert (told.outside, told.inside) == tuple(counted.values()) if told else not any(counted.values())
    assert all(
        each.period.start is None or each.period.start - timedelta(days=1) < date.max for each in found.companies
    )


QUARTER = Definition(id="quarter", threshold=Fraction(1, 4), operator=Operator.AT_LEAST)


def test_each_day_is_judged_by_the_definition_that_serves_it():
    """From 60 % to 30 %: outside by majority, inside by a quarter, which serves from 2028 on."""
    chosen = date(2028, 1, 1)
    world = replace(GROUP, usual=((Period(chosen, None), QUARTER),))
    less = Supposed(holdings={"h-xyz": Holding("h-xyz", "jkl", "xyz", Fraction(3, 10))})
    found = compare(world, suppose(world, less))
    assert [(turned.period, turned.outside, turned.inside) for turned in found.companies] == [
        (Period(None, chosen), 4, 0)
    ]
    assert compare(world, suppose(world, less), definition=QUARTER).companies == ()


def test_under_a_definition_with_several_groups_the_pairs_are_named_and_only_so_many_asked(monkeypatch):
    gone = suppose(GROUP, Supposed(holdings={"h-xyz": None}))
    (turned,) = compare(GROUP, gone, definition=QUARTER).companies
    assert (turned.outside, turned.inside) == (4, 0)
    assert turned.named_outside == (("abc", "xyz"), ("abc", "xyz-parts"), ("jkl", "xyz"), ("jkl", "xyz-parts"))
    monkeypatch.setattr(comparing, "ASKED_MAX", 3)
    found = compare(GROUP, gone, definition=QUARTER)
    assert found.cut
    assert [turned.named_outside for turned in found.companies] == [(("abc", "xyz"), ("jkl", "xyz"))]


def test_work_that_ends_turns_the_person_also_where_groups_overlap():
    ended = WorkRelationship("w-maya", "maya", "xyz", WorkKind.FULL_TIME, Period(None, SALE))
    found = compare(GROUP, suppose(GROUP, Supposed(work_relationships={"w-maya": ended})), definition=QUARTER)
    assert {(each.period, each.after, each.companies) for each in found.people} == {
        (Period(SALE, None), Kind.OUTSIDE, ("abc", "jkl", "xyz-parts")),
        (Period(SALE, None), Kind.OUTSIDE, ("xyz",)),
    }


def test_groups_that_a_supposed_holding_does_not_touch_are_not_worked_out_again() -> None:
    apart = World.of(
        companies=[Company(code) for code in ("a", "b", "c", "d")],
        holdings=[Holding("1", "a", "b", Fraction(1)), Holding("2", "c", "d", Fraction(1))],
    )
    before = prepared(apart, STRICT_MAJORITY)
    epoch = before.net("a", "b").epoch(0)
    supposed = suppose(apart, Supposed({"2": None, "3": Holding("3", "a", "d", Fraction(51, 100))}))
    after = prepared(supposed, STRICT_MAJORITY)

    assert after.together("b", "d", DAY)
    assert not after.together("c", "d", DAY)
    assert before.together("c", "d", DAY)
    gone = prepared(suppose(apart, Supposed({"2": None})), STRICT_MAJORITY)
    assert gone.net("a", "b").epoch(0) is epoch
    assert not gone.together("c", "d", DAY)


def test_a_supposed_holding_of_a_person_makes_all_groups_again() -> None:
    world = World.of(companies=[Company("a"), Company("b")], people=[Person("eva")])
    held = {code: Holding(code, "eva", code, Fraction(1)) for code in ("a", "b")}

    assert not prepared(world, STRICT_MAJORITY).together("a", "b", DAY)
    assert not prepared(suppose(world, Supposed(held)), STRICT_MAJORITY).together("a", "b", DAY)


def test_another_line_of_business_differs_from_the_first_day_of_that_work():
    since = Period(date(2026, 3, 1), SALE)
    retail = WorkRelationship("w-ola", "ola", "xyz", WorkKind.FULL_TIME, since, line_of_business="retail")
    freight = WorkRelationship("w-ola", "ola", "xyz", WorkKind.FULL_TIME, since, line_of_business="freight")
    one, other = (suppose(GROUP, Supposed(work_relationships={"w-ola": each})) for each in (retail, freight))
    assert changed_days(one, other) == (date(2026, 3, 1),)
    assert changed_days(one, one) == ()


def test_a_class_of_shares_its_holder_and_a_power_differ_from_the_day_on_which_they_say_otherwise():
    def known(issued=100, shares=60, holder="jkl", until=None):
        return World.of(
            companies=[Company("abc"), Company("jkl"), Company("xyz")],
            share_classes=[ShareClass("a", "xyz", Fraction(issued), period=Period(DAY, until))],
            shareholdings=[Shareholding("s", "jkl", "a", Fraction(shares), Period(DAY, until))],
            control_rights=[ControlRight("r", "xyz", RightKind.CONTRACT, holder, period=Period(DAY, until))],
        )

    assert changed_days(known(), known()) == ()
    assert changed_days(known(), known(until=SALE)) == (SALE,)
    for other in (known(issued=120), known(shares=51), known(holder="abc")):
        assert changed_days(known(), other) == (DAY,)


# --- units ------------------------------------------------------------------------------------------------------------


def with_units(*units):
    return World.of(companies=[Company("abc"), Company("xyz")], units=units)


def test_a_unit_is_supposed_elsewhere_from_a_day_on_and_that_day_is_the_first_that_differs():
    day = date(2026, 7, 1)
    known = with_units(Unit("it", "abc"), Unit("lab", "abc"))
    moved = (Unit("it", "abc", period=Period(None, day)), Unit("it", "xyz", period=Period(day)))
    then = suppose(known, Supposed(units={"it": moved}))
    assert [unit.company for unit in then.unit["it"]] == ["abc", "xyz"]
    assert then.unit["lab"] == known.unit["lab"]
    assert changed_days(known, then) == (day,)
    assert decide(supplier="it", customer="xyz", world=then, on=day).kind is Kind.DEPARTMENT
    assert decide(supplier="it", customer="xyz", world=known, on=day).kind is Kind.OUTSIDE


def test_a_unit_is_supposed_new_with_its_name_or_gone_and_one_cut_in_two_differs_nowhere():
    day = date(2026, 7, 1)
    known = with_units(Unit("it", "abc", name="IT"))
    opened = suppose(known, Supposed(units={"lab": (Unit("lab", "abc", name="Lab", period=Period(day)),)}))
    assert (opened.names["lab"], changed_days(known, opened)) == ("Lab", (day,))
    gone = suppose(known, Supposed(units={"it": ()}))
    assert ("it" in gone.unit, changed_days(known, gone)) == (False, (None,))
    cut = (Unit("it", "abc", name="IT", period=Period(None, day)), Unit("it", "abc", name="IT", period=Period(day)))
    assert changed_days(known, suppose(known, Supposed(units={"it": cut}))) == ()


def test_a_unit_of_no_company_is_refused():
    with pytest.raises(Refusal):
        suppose(with_units(), Supposed(units={"it": (Unit("it", "nobody"),)}))
