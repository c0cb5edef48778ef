"""Who is related to a company, how and on which days: the cases of IAS 24, paragraphs 9, 12 and 19, each by name."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Band,
    Company,
    CompanyKind,
    ControlRight,
    Definition,
    Holding,
    Kind,
    Override,
    Person,
    Related,
    Relation,
    RightKind,
    WorkKind,
    WorkRelationship,
    World,
    decide,
    related,
)
from inward.core.terms import Period

IAS24 = DEFINITIONS["ias24_related"]
FIRST, NEXT, JULY = date(2026, 1, 1), date(2027, 1, 1), date(2026, 7, 1)
YEAR = Period(FIRST, NEXT)


def made(*stakes, rights=(), people=(), work=(), companies=()):
    """Stakes are (owner, owned, percent) with days if any; whoever is no person is a company."""
    holdings = [
        Holding(f"{owner}-{owned}-{number}", owner, owned, Fraction(percent, 100), *days)
        for number, (owner, owned, percent, *days) in enumerate(stakes)
    ]
    names = {party for holding in holdings for party in (holding.owner, holding.owned)}
    names |= {party for right in rights for party in (right.holder, right.target) if party}
    names |= {each.company for each in work}
    known = {each.id for each in companies}
    return World.of(
        companies=[*companies, *(Company(name) for name in sorted(names - set(people) - known))],
        people=[Person(person) for person in people],
        holdings=holdings,
        control_rights=rights,
        work_relationships=work,
    )


def asked(world, company="us", definition=IAS24, since=FIRST, until=NEXT):
    return related(company=company, world=world, since=since, until=until, definition=definition)


def told(world, **more):
    return {(each.party, each.relation) for each in asked(world, **more).related}


def director(person, company, *days):
    return WorkRelationship(f"{person}-{company}", person, company, WorkKind.DIRECTOR, *days)


def test_parents_subsidiaries_and_fellows_are_told_apart_and_the_highest_parent_is_ultimate():
    world = made(("top", "mid", 80), ("mid", "us", 60), ("us", "below", 70), ("below", "deep", 90), ("top", "side", 51))
    found = {each.party: each for each in asked(world).related}
    assert {party: each.relation for party, each in found.items()} == {
        "top": Relation.PARENT,
        "mid": Relation.PARENT,
        "below": Relation.SUBSIDIARY,
        "deep": Relation.SUBSIDIARY,
        "side": Relation.FELLOW,
    }
    assert [party for party, each in found.items() if each.ultimate] == ["top"]
    assert {each.period for each in found.values()} == {YEAR}
    assert [ground.facts["id"] for ground in found["deep"].grounds if ground.code == "holds"] == [
        "us-below-2",
        "below-deep-3",
    ]


def test_the_rows_come_in_the_order_of_the_standard():
    world = made(("us", "a", 70), ("z", "us", 60), ("z", "b", 60))
    assert [each.party for each in asked(world).related] == ["z", "a", "b"]


def test_a_parent_that_sells_is_related_until_that_day_and_an_associate_afterwards():
    world = made(
        ("us", "sub", 60, Period(None, JULY)), ("us", "sub", 30, Period(JULY)), ("buyer", "sub", 60, Period(JULY))
    )
    (first, then) = asked(world).related
    assert (first.party, first.relation, first.period) == ("sub", Relation.SUBSIDIARY, Period(FIRST, JULY))
    assert (then.party, then.relation, then.period) == ("sub", Relation.ASSOCIATE, Period(JULY, NEXT))


def test_days_outside_the_span_are_not_told():
    gone = made(("us", "sub", 60, Period(None, FIRST)))
    assert asked(gone).related == ()
    coming = made(("us", "sub", 60, Period(NEXT)))
    assert asked(coming).related == ()


def test_what_changes_elsewhere_parts_no_days():
    world = made(("us", "sub", 60), ("us", "far", 10), ("x", "far", 30, Period(JULY)))
    (only,) = [each for each in asked(world).related if each.party == "sub"]
    assert only.period == YEAR


def test_an_associate_with_its_subsidiaries_and_who_has_a_notable_part_of_us():
    """IAS 24.12: an associate includes subsidiaries of the associate."""
    world = made(("us", "assoc", 30), ("assoc", "below", 80), ("holder", "us", 25))
    assert told(world) == {
        ("assoc", Relation.ASSOCIATE),
        ("below", Relation.ASSOCIATE),
        ("holder", Relation.INFLUENCE),
    }


def test_an_associate_of_another_member_of_the_group_is_other():
    world = made(("top", "us", 80), ("top", "side", 80), ("side", "assoc", 30))
    assert told(world) == {
        ("top", Relation.PARENT),
        ("side", Relation.FELLOW),
        ("assoc", Relation.OTHER),
    }


def test_two_associates_of_one_investor_are_not_related():
    assert told(made(("x", "us", 30), ("x", "other", 30))) == {("x", Relation.INFLUENCE)}


def joint(target, *holders):
    return [ControlRight(f"j-{holder}", target, RightKind.JOINT_CONTROL, holder, agreement="j") for holder in holders]


def test_a_joint_venture_is_told_to_its_venturers_and_they_to_it():
    world = made(("us", "jv", 50), ("them", "jv", 50), ("us", "sub", 80), rights=joint("jv", "us", "them"))
    assert told(world) == {("jv", Relation.JOINT_VENTURE), ("sub", Relation.SUBSIDIARY)}
    seen = told(world, company="jv")
    assert {("us", Relation.INFLUENCE), ("them", Relation.INFLUENCE), ("sub", Relation.OTHER)} <= seen


def test_a_joint_venture_of_a_subsidiary_is_ours_and_one_of_a_fellow_is_other():
    below = made(("us", "sub", 80), ("sub", "jv", 50), ("them", "jv", 50), rights=joint("jv", "sub", "them"))
    assert ("jv", Relation.JOINT_VENTURE) in told(below)
    beside = made(("top", "us", 80), ("top", "side", 80), rights=joint("jv", "side", "them"))
    assert ("jv", Relation.OTHER) in told(beside)


def test_directors_of_the_company_and_of_its_parents_are_key_management_and_of_a_subsidiary_not():
    work = [director("ann", "us"), director("bo", "top", Period(JULY)), director("cy", "sub")]
    world = made(("top", "us", 80), ("us", "sub", 80), people=("ann", "bo", "cy"), work=work)
    keys = {each.party: each for each in asked(world).related if each.relation is Relation.KEY_MANAGEMENT}
    assert {party: each.period for party, each in keys.items()} == {"ann": YEAR, "bo": Period(JULY, NEXT)}
    assert keys["ann"].grounds[0].facts["id"] == "ann-us"


def test_employees_are_not_related():
    work = [WorkRelationship("w", "ann", "us", WorkKind.FULL_TIME)]
    assert asked(made(people=("ann",), work=work)).related == ()


def test_what_a_director_controls_is_related_too():
    """IAS 24.9(b)(vi)."""
    world = made(
        ("ann", "inn", 80), ("inn", "kiosk", 60), ("ann", "sub", 60), ("us", "sub", 20),
        people=("ann",), work=[director("ann", "us")],
    )  # fmt: skip
    found = {each.party: each for each in asked(world).related}
    assert {party: each.relation for party, each in found.items()} == {
        "ann": Relation.KEY_MANAGEMENT,
        "inn": Relation.OTHER,
        "kiosk": Relation.OTHER,
        "sub": Relation.ASSOCIATE,
    }
    assert [ground.code for ground in found["kiosk"].grounds] == ["works_for", "holds", "holds"]


def test_a_rule_that_knows_no_people_tells_directors_alone():
    world = made(("ann", "us", 80), ("ann", "inn", 80), people=("ann",), work=[director("ann", "us")])
    assert told(world, definition=STRICT_MAJORITY) == {("ann", Relation.KEY_MANAGEMENT)}


def test_people_on_top_control_it_or_have_a_notable_part_of_it():
    world = made(("eva", "us", 55), ("bo", "us", 25), ("cy", "us", 10), ("eva", "inn", 60), people=("eva", "bo", "cy"))
    found = {each.party: each for each in asked(world).related}
    assert {party: each.relation for party, each in found.items()} == {
        "eva": Relation.PARENT,
        "bo": Relation.INFLUENCE,
        "inn": Relation.FELLOW,
    }
    assert [ground.code for ground in found["eva"].grounds] == ["holds"]
    assert [ground.code for ground in found["bo"].grounds] == ["notable_influence"]
    assert found["eva"].ultimate


def test_a_person_with_a_power_controls_by_it():
    power = ControlRight("p", "us", RightKind.DE_FACTO, "eva")
    (eva,) = asked(made(people=("eva",), rights=[power])).related
    assert (eva.relation, [ground.code for ground in eva.grounds]) == (Relation.PARENT, ["has_power"])


def test_a_branch_is_the_same_company_and_no_related_party():
    world = made(
        ("us", "sub", 60), rights=[ControlRight("b", "branch", RightKind.BRANCH, "us")],
        companies=[Company("branch", kind=CompanyKind.BRANCH)],
    )  # fmt: skip
    assert told(world) == {("sub", Relation.SUBSIDIARY)}


def test_a_branch_of_a_company_that_its_director_owns_is_the_same_company():
    world = made(
        ("ann", "us", 100), ("us", "sub", 60), ("ann", "pool", 60),
        rights=[ControlRight("b", "branch", RightKind.BRANCH, "us")], people=("ann",), work=[director("ann", "us")],
        companies=[Company("branch", kind=CompanyKind.BRANCH), Company("pool", kind=CompanyKind.POOL)],
    )  # fmt: skip
    assert told(world) == {
        ("ann", Relation.PARENT), ("ann", Relation.KEY_MANAGEMENT), ("sub", Relation.SUBSIDIARY),
    }  # fmt: skip
    from_the_branch = {(each.party, each.relation) for each in asked(world, company="branch").related}
    assert "us" not in {party for party, _ in from_the_branch}


def test_holders_of_whom_nothing_is_known_are_nobody():
    pool = [Company("pool", kind=CompanyKind.POOL)]
    assert asked(made(("pool", "us", 60), companies=pool)).related == ()


def test_a_band_that_leaves_control_open_is_told_as_not_known():
    world = World.of(
        companies=[Company("us"), Company("x")],
        holdings=[
            Holding("h", "x", "us", Fraction(1, 4), votes_band=Band(Fraction(1, 4), Fraction(3, 4), low_open=True))
        ],
    )
    (found,) = asked(world).related
    assert (found.party, found.relation) == ("x", Relation.NOT_KNOWN)
    assert found.grounds[0].code == "band_undecided"


def test_a_parent_whom_nobody_names_is_a_gap_and_makes_nobody_related():
    world = made(("us", "sub", 60), ("y", "z", 60), rights=[ControlRight("u", "us", RightKind.UNKNOWN_PARENT, None)])
    found = asked(world)
    assert [each.party for each in found.related] == ["sub"]
    assert [(gap.code, gap.facts["target"]) for gap in found.gaps] == [("parent_unknown", "us")]


def test_a_decision_against_the_facts_counts_on_its_days():
    decided = Override("us", "friend", inside=True, why="run as one", signed_by="board", period=Period(JULY))
    rule = Definition(id="ours", exceptions=(decided,))
    world = made(("us", "sub", 60), companies=[Company("friend")])
    found = {each.party: each for each in asked(world, definition=rule).related}
    assert (found["friend"].relation, found["friend"].period) == (Relation.FELLOW, Period(JULY, NEXT))
    assert [ground.code for ground in found["friend"].grounds] == ["decided_inside"]


def test_a_company_alone_has_no_related_party():
    assert asked(made(companies=[Company("us")])) == asked(made(companies=[Company("us"), Company("them")]))
    assert asked(made(companies=[Company("us")])).related == ()


def test_where_the_year_end_decides_the_whole_year_is_as_on_its_last_day():
    rule = DEFINITIONS["us_1563"]
    world = made(("us", "sub", 90, Period(JULY)))
    (found,) = asked(world, definition=rule, since=date(2025, 10, 1)).related
    assert found.period == YEAR


STAKES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.sampled_from([20, 33, 51, 60])), max_size=6
)


@settings(max_examples=80, deadline=None)
@given(stakes=STAKES)
def test_who_is_of_the_group_on_a_day_is_who_deals_inside_and_nobody_else(stakes):
    """An independent count: every company is asked about one by one, day by day."""
    kept, whole = [], {}
    for owner, owned, percent in stakes:
        if owner != owned and whole.get(owned, 0) + percent <= 100:
            whole[owned] = whole.get(owned, 0) + percent
            kept.append((owner, owned, percent, Period(JULY) if percent == 60 else Period()))
    world = made(*kept, companies=[Company(name) for name in "abcd"])
    found = asked(world, company="a").related
    group = {Relation.PARENT, Relation.SUBSIDIARY, Relation.FELLOW}
    for day in (FIRST, JULY):
        listed = {each.party for each in found if day in each.period and each.relation in group}
        inside = {
            other
            for other in "bcd"
            if decide(supplier="a", customer=other, world=world, on=day, definition=IAS24).kind is Kind.AFFILIATE
        }
        assert listed == inside


def test_the_days_of_one_relation_never_overlap():
    world = made(("us", "sub", 60, Period(None, JULY)), ("us", "sub", 55, Period(JULY)), people=("p",))
    (only,) = asked(world).related
    assert isinstance(only, Related)
    assert only.period == YEAR


@pytest.mark.parametrize("code", sorted(DEFINITIONS))
def test_every_definition_that_ships_can_be_asked(code):
    world = made(("us", "sub", 90), ("p", "us", 90), people=("p",), work=[director("p", "us")])
    assert ("sub", Relation.SUBSIDIARY) in told(world, definition=DEFINITIONS[code])
