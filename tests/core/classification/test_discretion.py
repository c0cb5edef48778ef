"""Households in a verdict: what they carry, what would turn it, how it came about, and what others are told of it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from inward.core.classification import (
    STRICT_MAJORITY,
    Company,
    Family,
    Holding,
    Household,
    Kind,
    Person,
    Supposed,
    Tie,
    WorkKind,
    WorkRelationship,
    WorkState,
    World,
    changed_days,
    classify,
    compare,
    concerned,
    discreet,
    discreet_history,
    discreet_turns,
    flips,
    history,
    households_in,
    suppose,
)
from inward.core.terms import ALWAYS, Period, Refusal

ON = date(2026, 6, 30)
WED, LEFT = date(2026, 3, 1), date(2026, 9, 1)
NEAR = replace(STRICT_MAJORITY, id="near", family=Family.SPOUSE_MINOR)
HOME = Household("h", "eva", "ola", Tie.SPOUSE, Period(WED, None))
WORK = WorkRelationship("w", "eva", "a", WorkKind.FULL_TIME, Period(None, LEFT))


def world(*homes, work=(WORK,)):
    return World.of(
        companies=[Company("a", "Alpha"), Company("b", "Beta")],
        people=[Person("eva", "Eva"), Person("ola", "Ola"), Person("per", "Per")],
        work_relationships=work,
        households=homes,
        usual=[(ALWAYS, NEAR)],
    )


def asked(found, supplier="a", customer="ola", on=ON):
    return classify(supplier=supplier, customer=customer, world=found, on=on, definition=NEAR)


def codes(reasons):
    return [reason.code for reason in reasons]


# Beside a world, and in one


def test_a_world_without_households_is_the_very_same_when_it_is_given_none():
    bare = world()
    assert bare.with_households([]) is bare
    assert bare.with_households([HOME]).with_households([]).households == ()


def test_a_world_given_households_judges_as_one_made_with_them_and_shares_what_is_prepared():
    bare, whole = world(), world(HOME)
    asked(bare)
    given = bare.with_households([HOME])
    assert given == whole
    assert asked(given) == asked(whole)
    assert given.prepared is bare.prepared
    assert (given.household["ola"], given.leaning["eva"]) == ((HOME,), (HOME,))
    assert asked(bare).kind is Kind.OUTSIDE


def test_the_books_ask_the_households_of_their_own_and_the_very_same_world_where_they_are_no_others():
    bare = world()
    whole = bare.with_households([HOME])
    assert whole.of_books is whole
    assert bare.with_households([], of_books=[]) is bare
    assert bare.with_households([HOME], of_books=[HOME]) == whole
    for_prices, for_books = bare.with_households([HOME], of_books=[]), bare.with_households([], of_books=[HOME])
    assert [asked(each).kind for each in (for_prices, for_prices.of_books)] == [Kind.STAKEHOLDER, Kind.OUTSIDE]
    assert [asked(each).kind for each in (for_books, for_books.of_books)] == [Kind.OUTSIDE, Kind.STAKEHOLDER]
    with pytest.raises(Refusal):
        bare.with_households([], of_books=[replace(HOME, member="nobody")])


@pytest.mark.parametrize(
    ("home", "where", "code"),
    [
        (replace(HOME, member="nobody"), "households[0].member", "id_unknown"),
        (replace(HOME, person="a"), "households[0].person", "id_unknown"),
        (replace(HOME, member="eva"), "households[0].member", "household_with_oneself"),
    ],
)
def test_what_can_be_no_household_is_refused_at_the_door(home, where, code):
    with pytest.raises(Refusal) as refused:
        world().with_households([home])
    assert (refused.value.where, refused.value.reason.code) == (where, code)


def test_a_household_that_does_not_help_is_not_told_and_ones_own_work_goes_first():
    assert codes(asked(world(HOME), supplier="b").grounds) == ["works_for_nobody"]
    assert asked(world(HOME), supplier="b").customer_company is None
    own = WorkRelationship("own", "ola", "a", WorkKind.PART_TIME)
    assert codes(asked(world(HOME, work=(WORK, own))).grounds) == ["works_for"]
    assert asked(world(HOME, work=(WORK, own))).kind is Kind.STAFF
    volunteer = replace(WORK, kind=WorkKind.VOLUNTEER)
    assert codes(asked(world(HOME, work=(volunteer,))).grounds) == ["works_for_nobody"]


# What would turn it


def test_both_the_work_and_the_household_are_told_where_each_alone_carries_it():
    assert codes(flips(supplier="a", customer="ola", world=world(HOME), on=ON, definition=NEAR)) == [
        "flips_if_work_ends",
        "flips_if_household_ends",
    ]
    second = WorkRelationship("w2", "eva", "a", WorkKind.PART_TIME)
    found = flips(supplier="a", customer="ola", world=world(HOME, work=(WORK, second)), on=ON, definition=NEAR)
    assert codes(found) == ["flips_if_household_ends"]
    other = Household("h2", "per", "ola", Tie.PARTNER)
    both = world(HOME, other, work=(WORK, WorkRelationship("p", "per", "a", WorkKind.FULL_TIME)))
    assert flips(supplier="a", customer="ola", world=both, on=ON, definition=NEAR) == ()


# How it came about


def test_its_past_tells_the_day_it_began_and_the_day_the_work_ended():
    told = history(supplier="a", customer="ola", world=world(HOME), definition=NEAR)
    assert [(each.period.start, each.kind, codes(each.causes)) for each in told.stretches] == [
        (None, Kind.OUTSIDE, []),
        (WED, Kind.STAKEHOLDER, ["household_began"]),
        (LEFT, Kind.OUTSIDE, ["work_ended"]),
    ]
    ended = replace(HOME, period=Period(None, ON))
    told = history(supplier="a", customer="ola", world=world(ended), definition=NEAR)
    assert [codes(each.causes) for each in told.stretches] == [[], ["household_ended"]]
    plain = history(supplier="a", customer="ola", world=world(HOME))
    assert [each.kind for each in plain.stretches] == [Kind.OUTSIDE]


# What others are told


def test_others_read_the_company_and_never_whose_household_it_is():
    standing = asked(world(HOME))
    assert codes(standing.grounds) == ["household_of", "works_for"]
    assert households_in(standing.grounds) == {("eva", "ola")}
    told = discreet(standing)
    (ground,) = told.grounds
    assert ground.code == "household_unnamed"
    assert ground.facts == {"company": "a", "company_name": "Alpha", "member": "ola", "member_name": "Ola"}
    assert (told.verdict, told.kind, told.customer_company) == (standing.verdict, standing.kind, "a")
    assert told.work_relationship is None
    assert "eva" not in repr(told)
    hers = asked(world(HOME), customer="eva")
    assert discreet(hers) is hers


def test_what_ties_the_companies_is_told_to_others_as_to_the_two():
    found = World.of(
        companies=[Company("a", "Alpha"), Company("b", "Beta")],
        people=[Person("eva", "Eva"), Person("ola", "Ola")],
        holdings=[Holding("a-b", "a", "b", Fraction(1))],
        work_relationships=[WORK],
        households=[HOME],
    )
    standing = asked(found, supplier="b")
    assert codes(standing.grounds) == ["household_of", "works_for", "holds"]
    assert codes(discreet(standing).grounds) == ["household_unnamed", "holds"]


def test_two_things_that_end_on_one_day_are_told_to_others_as_one():
    both = replace(HOME, period=Period(WED, LEFT))
    told = history(supplier="a", customer="ola", world=world(both), definition=NEAR)
    assert codes(told.stretches[-1].causes) == ["household_ended", "work_ended"]
    assert codes(discreet_history(told).stretches[-1].causes) == ["household_turned"]


def test_others_read_that_something_changed_and_not_what():
    told = discreet_history(history(supplier="a", customer="ola", world=world(HOME), definition=NEAR))
    assert [codes(each.causes) for each in told.stretches] == [[], ["household_turned"], ["household_turned"]]
    assert "eva" not in repr(told).lower()
    own = WorkRelationship("own", "ola", "a", WorkKind.PART_TIME, Period(LEFT, None))
    mixed = discreet_history(
        history(supplier="a", customer="ola", world=world(HOME, work=(WORK, own)), definition=NEAR)
    )
    assert codes(mixed.stretches[-1].causes) == ["household_turned", "work_began"]
    turns = flips(supplier="a", customer="ola", world=world(HOME), on=ON, definition=NEAR)
    assert codes(discreet_turns(turns, asked(world(HOME)))) == ["flips_if_household_turns"]
    hers = flips(supplier="a", customer="eva", world=world(HOME), on=ON, definition=NEAR)
    assert discreet_turns(hers, asked(world(HOME), customer="eva")) == hers


# Supposed otherwise


def test_a_supposed_household_turns_its_member_and_ending_the_work_turns_her_too():
    before = world()
    after = suppose(before, Supposed(households={"h": HOME}))
    turned = [(each.person, each.period.start, each.before, each.after) for each in compare(before, after).people]
    assert turned == [("ola", WED, Kind.OUTSIDE, Kind.STAKEHOLDER)]
    assert changed_days(before, after) == (WED,)
    gone = suppose(after, Supposed(work_relationships={"w": None}))
    assert {each.person for each in compare(after, gone).people} == {"eva", "ola"}
    assert concerned(["eva"], after, gone) == {"eva", "ola"}
    assert concerned([], before, after) == {"ola"}
    later = suppose(after, Supposed(households={"h": replace(HOME, tie=Tie.CHILD)}) | Supposed())
    assert changed_days(after, later) == (WED,)
    shorter = suppose(after, Supposed(households={"h": replace(HOME, period=Period(WED, ON))}))
    assert changed_days(after, shorter) == (ON,)
    assert suppose(shorter, Supposed(households={"h": None})).households == ()
    with pytest.raises(Refusal):
        suppose(before, Supposed(households={"h": replace(HOME, member="nobody")}))
    assert asked(shorter, on=ON - timedelta(days=1)).kind is Kind.STAKEHOLDER


def test_a_state_that_differs_does_so_from_its_own_first_day_and_not_from_that_of_the_work():
    work = WorkRelationship("w", "eva", "a", WorkKind.FULL_TIME, Period(date(2020, 1, 1), None))
    on_leave = replace(work, states=((WorkState.UNPAID_LEAVE, Period(WED, None)),))
    facts = {"companies": [Company("a")], "people": [Person("eva")]}
    before, after = (World.of(**facts, work_relationships=[each]) for each in (work, on_leave))
    assert changed_days(before, after) == (WED,)
    moved = World.of(**facts, work_relationships=[replace(on_leave, kind=WorkKind.PART_TIME)])
    assert changed_days(before, moved) == (date(2020, 1, 1), WED)
