"""How a verdict came about, what would turn it, and the picture around two companies."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, DAYS, worlds

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Company,
    CompanyKind,
    ControlRight,
    DateRule,
    Definition,
    Holding,
    Kind,
    Operator,
    Override,
    Person,
    RightKind,
    ShareClass,
    Shareholding,
    Supposed,
    Unit,
    Verdict,
    WorkKind,
    WorkRelationship,
    World,
    around,
    classify,
    decide,
    flips,
    history,
    suppose,
)
from inward.core.classification.surroundings import COMPANIES_MAX
from inward.core.terms import Period, Rate, Reason, Refusal

SALE = date(2025, 7, 1)
JOINED, LEFT = date(2024, 3, 1), date(2026, 2, 1)
GROUP = World.of(
    companies=[Company(code, code.upper()) for code in ("abc", "jkl", "other", "xyz", "xyz-parts")],
    holdings=[
        Holding("h-abc", "jkl", "abc", Fraction(8, 10)),
        Holding("h-xyz", "jkl", "xyz", Fraction(60, 100), Period(None, SALE)),
        Holding("h-xyz-2", "jkl", "xyz", Fraction(48, 100), Period(SALE, None)),
        Holding("h-parts", "xyz", "xyz-parts", Fraction(1)),
    ],
    units=[
        Unit("shop", "abc", name="Shop", period=Period(None, SALE)),
        Unit("shop", "xyz", name="Shop", period=Period(SALE, LEFT)),
    ],
    people=[Person("maya", "Maya"), Person("ola", "Ola")],
    work_relationships=[WorkRelationship("w-maya", "maya", "xyz", WorkKind.FULL_TIME, Period(JOINED, LEFT))],
)


def test_a_sold_share_parts_two_stretches_and_is_named_as_the_cause():
    told = history(supplier="xyz", customer="abc", world=GROUP)
    inside, outside = told.stretches
    assert (inside.period, inside.kind, inside.causes) == (Period(None, SALE), Kind.AFFILIATE, ())
    assert (outside.period, outside.kind) == (Period(SALE, None), Kind.OUTSIDE)
    assert outside.causes == (
        Reason.of(
            "share_fell",
            owner="jkl",
            owner_name="JKL",
            owned="xyz",
            owned_name="XYZ",
            was=Rate.percent(60),
            percent=Rate.percent(48),
        ),
    )
    assert told.on(SALE) is outside
    assert told.on(SALE - timedelta(days=1)) is inside
    assert not told.cut


def test_a_share_that_comes_out_of_nothing_or_goes_whole_is_told_so():
    world = World.of(
        companies=[Company("jkl"), Company("xyz")],
        holdings=[Holding("h", "jkl", "xyz", Fraction(60, 100), Period(JOINED, LEFT))],
    )
    told = history(supplier="xyz", customer="jkl", world=world).stretches
    assert [[cause.code for cause in each.causes] for each in told] == [[], ["share_came"], ["share_went"]]


def test_work_that_begins_and_ends_is_told_between_the_sale_too():
    told = history(supplier="abc", customer="maya", world=GROUP)
    assert [(each.period.start, each.kind, [cause.code for cause in each.causes]) for each in told.stretches] == [
        (None, Kind.OUTSIDE, []),
        (JOINED, Kind.GROUP_STAFF, ["work_began"]),
        (SALE, Kind.OUTSIDE, ["share_fell"]),
    ]  # that her work ended later makes it no more outside than it was


def test_a_unit_that_moves_and_closes_is_told_and_has_no_verdict_once_it_is_gone():
    told = history(supplier="abc", customer="shop", world=GROUP)
    assert [(each.period, each.kind, [cause.code for cause in each.causes]) for each in told.stretches] == [
        (Period(None, SALE), Kind.DEPARTMENT, []),
        (Period(SALE, LEFT), Kind.OUTSIDE, ["share_fell", "unit_left", "unit_came"][1:]),
        (Period(LEFT, None), None, ["unit_left"]),
    ]
    assert told.stretches[-1].standing is None


def test_a_unit_that_was_not_there_yet_has_no_verdict_before_it_came():
    world = World.of(companies=[Company("abc")], units=[Unit("new", "abc", period=Period(SALE, None))])
    before, after = history(supplier="abc", customer="new", world=world).stretches
    assert (before.period, before.standing, before.causes) == (Period(None, SALE), None, ())
    assert (after.kind, [cause.code for cause in after.causes]) == (Kind.DEPARTMENT, ["unit_came"])


def test_two_who_never_had_to_do_with_each_other_have_one_stretch():
    (only,) = history(supplier="abc", customer="other", world=GROUP).stretches
    assert (only.period, only.kind) == (Period(), Kind.OUTSIDE)
    assert history(supplier="abc", customer="other", world=GROUP).on(SALE) == only


def test_a_party_nobody_knows_has_no_history():
    with pytest.raises(Refusal) as refused:
        history(supplier="abc", customer="nobody", world=GROUP)
    assert refused.value.reason.code == "party_unknown"


def test_a_restless_net_is_looked_at_from_its_latest_days_and_says_so(monkeypatch):
    monkeypatch.setattr("inward.core.classification.past.STEPS_MAX", 0)
    holdings = [
        Holding(
            f"h{n}", "jkl", "xyz", Fraction(60 - n % 2 * 20, 100), Period(SALE + timedelta(n), SALE + timedelta(n + 1))
        )
        for n in range(8)
    ]
    restless = World.of(companies=[Company("jkl"), Company("xyz")], holdings=holdings)
    told = history(supplier="jkl", customer="xyz", world=restless)
    assert told.cut
    assert [each.period.start for each in told.stretches] == [None, SALE + timedelta(7)]  # of nine days the latest two


@settings(max_examples=200, deadline=None)
@given(worlds(), st.data())
def test_every_day_lies_in_one_stretch_whose_kind_is_that_days_verdict(world, data):
    parties = [*COMPANIES, *world.person]
    supplier, customer = data.draw(st.sampled_from(parties)), data.draw(st.sampled_from(parties))
    told = history(supplier=supplier, customer=customer, world=world)
    for day in [DAYS[0] - timedelta(days=9), *DAYS, DAYS[-1] + timedelta(days=9)]:
        (found,) = [each for each in told.stretches if day in each.period]
        assert found.kind is decide(supplier=supplier, customer=customer, world=world, on=day).kind
    for before, after in zip(told.stretches, told.stretches[1:], strict=False):
        assert before.period.until == after.period.start
        assert before.kind is not after.kind
        assert after.causes


@settings(max_examples=150, deadline=None)
@given(worlds(), st.data())
def test_by_every_definition_each_days_verdict_is_that_of_its_stretch(world, data):
    definition = data.draw(st.sampled_from(list(DEFINITIONS.values())))
    supplier, customer = data.draw(st.sampled_from(COMPANIES)), data.draw(st.sampled_from(COMPANIES))
    told = history(supplier=supplier, customer=customer, world=world, definition=definition)
    for day in [DAYS[0] - timedelta(days=400), *DAYS, DAYS[-1] + timedelta(days=400)]:
        (found,) = [each for each in told.stretches if day in each.period]
        asked = {"supplier": supplier, "customer": customer, "world": world, "definition": definition}
        assert found.kind is decide(**asked, on=day).kind


def test_where_the_year_end_decides_a_sale_is_felt_from_the_first_of_january():
    year_end = DEFINITIONS["us_1563"]
    sold = World.of(
        companies=[Company("jkl"), Company("xyz")],
        holdings=[Holding("h", "jkl", "xyz", Fraction(1), Period(None, SALE))],
    )
    told = history(supplier="xyz", customer="jkl", world=sold, definition=year_end)
    assert [(each.period.start, each.kind) for each in told.stretches] == [
        (None, Kind.AFFILIATE),
        (date(SALE.year, 1, 1), Kind.OUTSIDE),
    ]


@pytest.mark.parametrize("month", [3, 12])
def test_where_the_end_of_an_accounting_year_decides_the_first_day_of_the_next_is_looked_at(month):
    own = replace(STRICT_MAJORITY, id="own", date_rule=DateRule.ACCOUNTING_PERIOD, year_ends_in=month)
    sold = World.of(
        companies=[Company("jkl"), Company("xyz")],
        holdings=[Holding("h", "jkl", "xyz", Fraction(1), Period(None, SALE))],
    )
    told = history(supplier="xyz", customer="jkl", world=sold, definition=own)
    assert [each.period.start for each in told.stretches] == [None, date(SALE.year, month % 12 + 1, 1)] or month == 12
    for before, after in zip(told.stretches, told.stretches[1:], strict=False):
        assert before.kind is not after.kind


def test_power_that_is_given_and_taken_is_told_drawn_and_counted():
    power = ControlRight("p", "xyz", RightKind.BOARD_MAJORITY, "jkl", Period(JOINED, LEFT))
    world = World.of(companies=[Company("jkl", "JKL"), Company("xyz", "XYZ")], control_rights=[power])
    konsern = DEFINITIONS["no_konsern"]
    asked = {"supplier": "xyz", "customer": "jkl", "world": world, "definition": konsern}
    assert [[cause.code for cause in each.causes] for each in history(**asked).stretches] == [
        [],
        ["power_began"],
        ["power_ended"],
    ]
    drawn = around("xyz", "jkl", world=world, on=JOINED, definition=konsern)
    assert (drawn.rights, drawn.carrying, drawn.holdings) == ((power,), {"p"}, ())
    assert [each.code for each in flips(**asked, on=JOINED)] == ["flips_if_power_ends"]  # it is not sold, it ends


# --- what would turn it ------------------------------------------------------------------------------------------------


def test_each_carrying_share_says_how_far_it_may_fall():
    told = flips(supplier="xyz", customer="abc", world=GROUP, on=SALE - timedelta(days=1))
    assert [(each.code, each.facts["owned"], each.facts["left"]) for each in told] == [
        ("flips_if_share_falls_to", "abc", Rate.percent(50)),
        ("flips_if_share_falls_to", "xyz", Rate.percent(50)),
    ]


def test_by_at_least_half_a_share_must_fall_below_it():
    half = Definition(id="half", operator=Operator.AT_LEAST, threshold=Fraction(51, 100))
    told = flips(supplier="jkl", customer="abc", world=GROUP, on=SALE, definition=half)
    assert [(each.code, each.facts["left"]) for each in told] == [("flips_if_share_falls_below", Rate.percent(51))]


def test_votes_that_come_only_with_control_do_not_help_to_keep_it():
    world = World.of(
        companies=[Company(code) for code in ("p", "x", "y")],
        holdings=[
            Holding("p-x", "p", "x", Fraction(55, 100)),
            Holding("y-x", "y", "x", Fraction(10, 100)),
            Holding("x-y", "x", "y", Fraction(1)),
        ],
    )
    (only,) = flips(supplier="p", customer="x", world=world, on=SALE)
    assert only.facts["left"] == Rate.percent(50)  # not 40 %: y votes with p only once p controls x


def test_treasury_shares_that_carry_say_how_few_they_may_become():
    world = World.of(
        companies=[Company("p"), Company("x")],
        holdings=[Holding("own", "x", "x", Fraction(10, 100)), Holding("p-x", "p", "x", Fraction(48, 100))],
    )
    told = flips(supplier="p", customer="x", world=world, on=SALE)
    assert [(each.facts["id"], each.facts["left"]) for each in told] == [
        ("own", Rate.percent(4)),  # 48 of 96 are no more than half
        ("p-x", Rate.percent(45)),  # nor are 45 of 90
    ]


def test_a_share_that_others_make_up_for_is_not_named():
    world = World.of(
        companies=[Company(code) for code in ("p", "q", "r", "x")],
        holdings=[
            Holding("p-q", "p", "q", Fraction(1)),
            Holding("p-r", "p", "r", Fraction(1)),
            Holding("p-x", "p", "x", Fraction(45, 100)),
            Holding("q-x", "q", "x", Fraction(30, 100)),
            Holding("r-x", "r", "x", Fraction(25, 100)),
        ],
    )
    assert flips(supplier="p", customer="x", world=world, on=SALE) == ()  # any two of the three are a majority
    told = flips(supplier="p", customer="q", world=world, on=SALE)
    assert [(each.facts["id"], each.facts["left"]) for each in told] == [("p-q", Rate.percent(50))]


def test_work_that_alone_carries_the_verdict_is_named_and_work_beside_another_is_not():
    day = JOINED
    (only, share, *_rest) = flips(supplier="abc", customer="maya", world=GROUP, on=day)
    assert (only.code, only.facts["person"], share.code) == ("flips_if_work_ends", "maya", "flips_if_share_falls_to")
    twice = suppose(
        GROUP, Supposed(work_relationships={"w-2": WorkRelationship("w-2", "maya", "jkl", WorkKind.PART_TIME)})
    )
    assert "flips_if_work_ends" not in {r.code for r in flips(supplier="abc", customer="maya", world=twice, on=day)}


def test_by_a_looser_rule_a_share_that_alone_carries_is_named_as_a_whole():
    close = DEFINITIONS["closelink20"]
    told = flips(supplier="xyz", customer="jkl", world=GROUP, on=SALE, definition=close)
    assert [(each.code, each.facts["id"]) for each in told] == [("flips_if_share_goes", "h-xyz-2")]
    drawn = around("xyz", "jkl", world=GROUP, on=SALE, definition=close)
    assert drawn.carrying == {"h-xyz-2"}


def test_by_a_looser_rule_a_share_that_another_makes_up_for_is_not_named():
    world = World.of(
        companies=[Company(code) for code in ("p", "q", "x")],
        holdings=[
            Holding("p-q", "p", "q", Fraction(1)),
            Holding("p-x", "p", "x", Fraction(25, 100)),
            Holding("q-x", "q", "x", Fraction(25, 100)),
        ],
    )
    assert flips(supplier="p", customer="x", world=world, on=SALE, definition=DEFINITIONS["closelink20"]) == ()


def test_what_somebody_has_decided_against_the_facts_hangs_on_no_share():
    signed = Override("xyz", "abc", inside=True, why="contract", signed_by="Luca")
    own = replace(STRICT_MAJORITY, id="own", exceptions=(signed,))
    assert flips(supplier="xyz", customer="abc", world=GROUP, on=SALE - timedelta(days=1), definition=own) == ()
    assert around("xyz", "abc", world=GROUP, on=SALE, definition=own).carrying == frozenset()


def test_for_one_outside_it_is_the_nearest_miss_or_nothing():
    (miss,) = flips(supplier="xyz", customer="abc", world=GROUP, on=SALE)
    assert miss == classify(supplier="xyz", customer="abc", world=GROUP, on=SALE).nearest_miss
    assert flips(supplier="abc", customer="other", world=GROUP, on=SALE) == ()


def test_one_party_on_both_sides_stays_inside_whatever_happens():
    assert flips(supplier="abc", customer="abc", world=GROUP, on=SALE) == ()


def test_in_a_net_too_large_nothing_is_tried_out(monkeypatch):
    monkeypatch.setattr("inward.core.classification.turning.LARGE", 1)
    assert flips(supplier="xyz", customer="abc", world=GROUP, on=SALE - timedelta(days=1)) == ()


@settings(max_examples=200, deadline=None)
@given(worlds(), st.data())
def test_a_share_that_falls_as_far_as_was_said_turns_the_verdict_and_no_carrying_one_is_forgotten(world, data):
    supplier, customer = data.draw(st.sampled_from(COMPANIES)), data.draw(st.sampled_from(COMPANIES))
    day = data.draw(st.sampled_from(DAYS))
    standing = classify(supplier=supplier, customer=customer, world=world, on=day)
    if not standing.internal:
        return
    told = {str(r.facts["id"]): r for r in flips(supplier=supplier, customer=customer, world=world, on=day)}
    by_id = {h.id: h for h in world.holdings}
    for ground in standing.grounds:
        if ground.code != "holds":
            continue
        held = by_id[str(ground.facts["id"])]

        def verdict(votes, held=held):
            fallen = None if votes <= 0 else Holding(held.id, held.owner, held.owned, votes, held.period)
            return classify(
                supplier=supplier, customer=customer, world=suppose(world, Supposed(holdings={held.id: fallen})), on=day
            ).internal

        assert verdict(Fraction(0)) is (held.id not in told)
        if held.id in told:
            left = told[held.id].facts["left"].fraction
            assert not verdict(left)
            assert left == 0 or verdict(left + Fraction(1, 10**6))


# --- the picture -------------------------------------------------------------------------------------------------------


def test_the_picture_holds_both_and_all_above_them_with_what_carries():
    drawn = around("xyz-parts", "abc", world=GROUP, on=SALE - timedelta(days=1))
    assert set(drawn.companies) == {"abc", "jkl", "xyz", "xyz-parts"}
    assert {h.id for h in drawn.holdings} == {"h-abc", "h-xyz", "h-parts"}
    assert drawn.carrying == {"h-abc", "h-xyz", "h-parts"}
    assert not drawn.cut
    apart = around("xyz", "abc", world=GROUP, on=SALE)
    assert (set(apart.companies), apart.carrying) == ({"abc", "jkl", "xyz"}, frozenset())
    assert {h.id for h in apart.holdings} == {"h-abc", "h-xyz-2"}


def test_the_picture_of_one_company_alone_is_that_company():
    drawn = around("other", "other", world=GROUP, on=SALE)
    assert (drawn.companies, drawn.holdings, drawn.carrying) == (("other",), (), frozenset())


def test_a_picture_that_would_be_too_large_keeps_the_largest_holders_and_says_so():
    many = [Company(f"o{n:02}") for n in range(COMPANIES_MAX + 5)]
    world = World.of(
        companies=[*many, Company("x"), Company("y")],
        holdings=[Holding(f"h{n:02}", c.id, "x", Fraction(n + 1, 1000)) for n, c in enumerate(many)],
    )
    drawn = around("x", "y", world=world, on=SALE, definition=STRICT_MAJORITY)
    assert drawn.cut
    assert len(drawn.companies) == COMPANIES_MAX
    assert many[-1].id in drawn.companies
    assert many[0].id not in drawn.companies


def test_a_share_by_class_that_the_company_changed_is_told_as_the_cause() -> None:
    day = date(2026, 6, 1)
    world = World.of(
        companies=[Company("c", "C"), Company("p", "P")],
        share_classes=[
            ShareClass("A", "c", Fraction(100), period=Period(None, day)),
            ShareClass("A-2", "c", Fraction(200), period=Period(day), version_of="A"),
        ],
        shareholdings=[Shareholding("s", "p", "A", Fraction(60))],
    )
    told = history(supplier="p", customer="c", world=world)
    assert [
        (each.standing and each.standing.verdict, [cause.code for cause in each.causes]) for each in told.stretches
    ] == [
        (Verdict.INTERNAL, []),
        (Verdict.EXTERNAL, ["share_fell"]),
    ]


def power(holder, target, kind, until=None):
    return ControlRight(f"{holder}-{target}", target, kind, holder=holder, period=Period(None, until))


def powers(*rights, companies=("a", "b", "c"), holdings=()):
    return World.of(companies=[Company(code) for code in companies], holdings=holdings, control_rights=rights)


def test_a_branch_is_turned_by_its_head_office_and_by_no_share():
    world = powers(power("a", "b", RightKind.BRANCH), power("a", "c", RightKind.BRANCH))
    told = flips(supplier="a", customer="b", world=world, on=SALE)
    assert [(each.code, each.facts["id"], each.facts["kind"]) for each in told] == [
        ("flips_if_power_ends", "a-b", "BRANCH")
    ]
    between = flips(supplier="c", customer="b", world=world, on=SALE)
    assert {(each.code, each.facts["id"]) for each in between} == {
        ("flips_if_power_ends", "a-b"),
        ("flips_if_power_ends", "a-c"),
    }


def test_a_power_that_alone_carries_the_verdict_is_named_and_one_beside_a_share_is_not():
    konsern = DEFINITIONS["no_konsern"]
    board = power("a", "b", RightKind.BOARD_MAJORITY)
    told = flips(supplier="a", customer="b", world=powers(board), on=SALE, definition=konsern)
    assert [(each.code, each.facts["id"]) for each in told] == [("flips_if_power_ends", "a-b")]
    both = powers(board, holdings=[Holding("h", "a", "b", Fraction(60, 100))])
    assert flips(supplier="a", customer="b", world=both, on=SALE, definition=konsern) == ()


def test_powers_that_a_rule_does_not_count_are_told_apart_and_no_others():
    board, joint = power("a", "b", RightKind.BOARD_MAJORITY), power("a", "b2", RightKind.JOINT_CONTROL)
    ended = power("c", "b", RightKind.CONTRACT, until=SALE)
    world = powers(board, joint, ended, power("a", "c", RightKind.BRANCH), companies=("a", "b", "b2", "c"))
    assert around("a", "b", world=world, on=SALE).uncounted == (board,)
    assert around("a", "b", world=world, on=SALE - timedelta(days=1)).uncounted == (board, ended)
    counted = around("a", "b", world=world, on=SALE, definition=DEFINITIONS["no_konsern"])
    assert (counted.uncounted, counted.rights) == ((), (board,))
    nobody = powers(ControlRight("top", "a", RightKind.TOP), ControlRight("some", "b", RightKind.UNKNOWN_PARENT))
    assert around("a", "b", world=nobody, on=SALE).uncounted == ()


def test_no_more_uncounted_powers_are_told_than_are_read():
    many = [power(f"h{number}", "b", RightKind.CONTRACT) for number in range(12)]
    world = powers(*many, companies=("a", "b", *(f"h{number}" for number in range(12))))
    assert len(around("a", "b", world=world, on=SALE).uncounted) == 10


def test_what_those_hold_who_make_no_group_is_told_where_it_would_be_control():
    people = [Person("eva", "Eva")]
    shares = [Holding("all", "eva", "a", Fraction(1)), Holding("some", "eva", "b", Fraction(40, 100))]
    world = World.of(companies=[Company("a"), Company("b")], people=people, holdings=shares)
    drawn = around("a", "b", world=world, on=SALE)
    assert [fact.id for fact in drawn.uncounted] == ["all"]
    owners = replace(STRICT_MAJORITY, id="owners", natural_persons_as_parents=True)
    assert around("a", "b", world=world, on=SALE, definition=owners).uncounted == ()
    alike = DEFINITIONS["us_414c"]
    assert around("a", "b", world=world, on=SALE, definition=alike).uncounted == ()


def test_the_board_of_a_state_that_makes_no_group_is_told_though_boards_count():
    board = power("state", "b", RightKind.BOARD_MAJORITY)
    world = World.of(companies=[Company("state", kind=CompanyKind.STATE), Company("b")], control_rights=[board])
    konsern = replace(DEFINITIONS["no_konsern"], id="k", state_as_parent=False)
    assert around("state", "b", world=world, on=SALE, definition=konsern).uncounted == (board,)
