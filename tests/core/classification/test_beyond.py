"""What stands between inside and outside, and what makes somebody inside by policy: with the grounds of each."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, days, holdings

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Associates,
    Band,
    Basis,
    Branches,
    Company,
    CompanyKind,
    ControlRight,
    DateRule,
    Definition,
    Family,
    Holding,
    Household,
    Indirect,
    JointControl,
    Kind,
    Operator,
    Override,
    Person,
    Powers,
    RightKind,
    ShareClass,
    Shareholding,
    Standing,
    Tie,
    Unit,
    Unknown,
    Verdict,
    WorkKind,
    WorkRelationship,
    World,
    classify,
    prepared,
)
from inward.core.terms import ALWAYS, Period

ON = date(2026, 6, 30)
SOON = Period(date(2026, 7, 1))
RELATED = replace(STRICT_MAJORITY, id="related", associates=Associates.RELATED)
BOARD = Definition(id="board", board_right=True)


def stake(owner: str, owned: str, percent: int, period: Period = ALWAYS) -> Holding:
    return Holding(f"{owner}-{owned}", owner, owned, Fraction(percent, 100), period)


def right(holder: str | None, target: str, kind: RightKind, period: Period = ALWAYS) -> ControlRight:
    return ControlRight(f"{holder}>{target}", target, kind, holder, period, agreement="A1")


def world(*facts: Any, companies: str = "a b c d j p q x", **more: Any) -> World:
    return World.of(
        companies=[*(Company(code) for code in companies.split()), *more.pop("others", ())],
        people=[Person(code) for code in ("eva", "ola", "per")],
        holdings=[fact for fact in facts if isinstance(fact, Holding)],
        control_rights=[fact for fact in facts if isinstance(fact, ControlRight)],
        work_relationships=[fact for fact in facts if isinstance(fact, WorkRelationship)],
        households=[fact for fact in facts if isinstance(fact, Household)],
        units=[fact for fact in facts if isinstance(fact, Unit)],
        **more,
    )


def asked(
    found: World, supplier: str, customer: str, definition: Definition = STRICT_MAJORITY, on: date = ON
) -> Standing:
    standing = classify(supplier=supplier, customer=customer, world=found, on=on, definition=definition)
    turned = classify(supplier=customer, customer=supplier, world=found, on=on, definition=definition)
    assert (standing.verdict, standing.kind) == (turned.verdict, turned.kind)
    return standing


def told(standing: Standing) -> tuple[str, list[tuple[str, Any]]]:
    return standing.kind.value, [(ground.code, ground.facts.get("id")) for ground in standing.grounds]


# One in law


def test_a_head_office_and_its_branch_are_one_and_so_are_two_branches() -> None:
    facts = [right("a", "b", RightKind.BRANCH), right("a", "c", RightKind.BRANCH), stake("p", "a", 60)]
    found = world(*facts, WorkRelationship("w", "eva", "b", WorkKind.FULL_TIME), Unit("u", "c"))

    assert told(asked(found, "a", "b")) == ("branch", [("has_power", "a>b")])
    assert told(asked(found, "b", "c")) == ("branch", [("has_power", "a>b"), ("has_power", "a>c")])
    assert told(asked(found, "u", "a")) == ("branch", [("unit_of", None), ("has_power", "a>c")])
    assert told(asked(found, "a", "eva")) == ("staff", [("works_for", "w"), ("has_power", "a>b")])
    assert told(asked(found, "p", "b")) == ("affiliate", [("holds", "p-a"), ("has_power", "a>b")])
    assert told(asked(found, "p", "eva"))[0] == "group_staff"


def test_a_branch_is_apart_where_the_definition_says_so_and_until_it_is_one() -> None:
    apart = replace(STRICT_MAJORITY, id="apart", branches=Branches.APART)

    assert asked(world(right("a", "b", RightKind.BRANCH)), "a", "b", apart).kind is Kind.OUTSIDE
    later = world(right("a", "b", RightKind.BRANCH, SOON))
    assert asked(later, "a", "b").kind is Kind.OUTSIDE
    assert asked(later, "a", "b", on=date(2026, 7, 1)).kind is Kind.BRANCH


def test_a_branch_in_which_others_hold_votes_is_still_its_head_offices() -> None:
    found = world(right("a", "b", RightKind.BRANCH), stake("p", "b", 60))

    assert told(asked(found, "a", "b")) == ("branch", [("has_power", "a>b")])
    assert asked(found, "p", "b").kind is Kind.AFFILIATE


# Related, not inside


def test_a_joint_venture_is_related_and_not_inside() -> None:
    joint = [right(x, "j", RightKind.JOINT_CONTROL) for x in "ab"]
    found = world(stake("a", "j", 50), stake("b", "j", 50), stake("j", "c", 100), stake("p", "a", 100), *joint)
    standing = asked(found, "p", "c")

    assert told(standing) == ("joint_venture", [("has_power", "a>j"), ("not_one_group", None)])
    assert standing.verdict is Verdict.EXTERNAL
    assert told(asked(found, "b", "j"))[1][0] == ("has_power", "b>j")
    assert asked(found, "a", "b").kind is Kind.OUTSIDE
    assert asked(found, "j", "c").kind is Kind.AFFILIATE
    assert asked(found, "q", "j").kind is Kind.OUTSIDE


def test_each_of_those_who_control_jointly_has_it_inside_by_definition() -> None:
    joint = [right(x, "j", RightKind.JOINT_CONTROL) for x in "ab"]
    found = world(stake("a", "j", 50), stake("b", "j", 50), *joint)
    each = replace(STRICT_MAJORITY, id="each", joint_control=JointControl.EACH)
    standing = asked(found, "a", "j", each)

    assert told(standing) == ("affiliate", [("has_power", "a>j"), ("one_of_several_groups", None)])
    assert standing.grounds[1].facts["head"] == "a"
    assert asked(found, "a", "b", each).kind is Kind.OUTSIDE
    assert asked(found, "b", "j", each).kind is Kind.AFFILIATE


def test_a_majority_does_not_control_where_decisions_are_taken_together() -> None:
    joint = [right(x, "j", RightKind.JOINT_CONTROL, SOON) for x in "ab"]
    found = world(stake("a", "j", 60), stake("b", "j", 40), *joint)

    assert asked(found, "a", "j").kind is Kind.AFFILIATE
    assert asked(found, "a", "j", on=date(2026, 7, 1)).kind is Kind.JOINT_VENTURE


def test_what_is_voted_only_together_with_others_is_no_miss() -> None:
    joint = [right(x, "j", RightKind.JOINT_CONTROL) for x in "ab"]
    found = world(stake("a", "j", 60), stake("b", "j", 40), *joint)

    assert asked(found, "a", "j").nearest_miss is None


def test_notable_influence_is_told_where_the_definition_asks() -> None:
    facts = [stake("a", "j", 15), stake("c", "j", 5), stake("a", "c", 100), stake("j", "d", 60), stake("b", "j", 19)]
    found = world(*facts, WorkRelationship("w", "eva", "j", WorkKind.FULL_TIME))
    standing = asked(found, "c", "d", RELATED)

    assert standing.verdict is Verdict.EXTERNAL
    assert told(standing) == ("associate", [("notable_influence", None), ("not_one_group", None)])
    assert {name: str(standing.grounds[0].facts[name]) for name in ("holder", "owned", "percent")} == {
        "holder": "a",
        "owned": "j",
        "percent": "20 %",
    }
    assert standing.nearest_miss is not None
    assert asked(found, "b", "j", RELATED).kind is Kind.OUTSIDE
    assert asked(found, "a", "j").kind is Kind.OUTSIDE
    assert asked(found, "a", "eva", RELATED).kind is Kind.OUTSIDE


def test_an_associate_of_a_company_below_another_head_is_told_as_well() -> None:
    found = world(stake("p", "j", 75), stake("a", "j", 25), stake("p", "a", 10))

    assert asked(found, "a", "j", RELATED).kind is Kind.ASSOCIATE
    assert asked(found, "p", "a", RELATED).kind is Kind.OUTSIDE


# Not known


def banded(low: int, high: int) -> Holding:
    band = Band(Fraction(low, 100), Fraction(high, 100))
    return Holding("band", "a", "b", band.low, votes_band=band)


def test_where_a_band_decides_it_is_not_known_and_the_band_is_named() -> None:
    found = world(banded(40, 60), stake("b", "c", 100), WorkRelationship("w", "eva", "c", WorkKind.FULL_TIME),
                  WorkRelationship("v", "ola", "c", WorkKind.VOLUNTEER))  # fmt: skip
    standing = asked(found, "a", "c")

    assert standing.verdict is Verdict.NOT_KNOWN
    assert not standing.internal
    assert standing.nearest_miss is None
    assert told(standing) == ("not_known", [("band_undecided", "band"), ("not_one_group", None)])
    assert told(asked(found, "b", "c")) == ("affiliate", [("holds", "b-c")])
    assert told(asked(found, "a", "eva"))[0] == "not_known"
    assert asked(found, "a", "ola").kind is Kind.OUTSIDE
    later = world(replace(banded(40, 60), period=SOON), stake("p", "b", 10))
    assert asked(later, "a", "b").kind is Kind.OUTSIDE
    assert asked(later, "a", "b", on=date(2026, 7, 1)).kind is Kind.NOT_KNOWN
    surely = replace(STRICT_MAJORITY, id="surely", unknown=Unknown.EXTERNAL)
    assert asked(found, "a", "c", surely).kind is Kind.OUTSIDE


def test_a_band_that_cannot_reach_the_threshold_is_outside_and_one_above_it_inside() -> None:
    assert told(asked(world(banded(25, 50)), "a", "b")) == ("outside", [("not_one_group", None)])
    assert told(asked(world(banded(51, 75)), "a", "b")) == ("affiliate", [("holds_between", "band")])


def test_of_two_works_what_may_be_inside_goes_before_what_is_not() -> None:
    works = [WorkRelationship(f"w{code}", "eva", code, WorkKind.FULL_TIME) for code in "bq"]

    standing = asked(world(banded(40, 60), *works), "a", "eva")
    assert (standing.kind, standing.work_relationship) == (Kind.NOT_KNOWN, "wb")


def test_a_parent_nobody_names_leaves_it_open_unless_somebody_known_is_above_or_nobody_is() -> None:
    unknown = right(None, "a", RightKind.UNKNOWN_PARENT)
    standing = asked(world(unknown, stake("a", "c", 60)), "c", "b")

    assert told(standing) == ("not_known", [("parent_unknown", "None>a"), ("not_one_group", None)])
    assert asked(world(unknown, stake("a", "c", 60)), "a", "c").kind is Kind.AFFILIATE
    assert asked(world(unknown, stake("p", "a", 60)), "a", "b").kind is Kind.OUTSIDE
    at_top = ControlRight("top", "a", RightKind.TOP)
    assert asked(world(unknown, at_top), "a", "b").kind is Kind.OUTSIDE
    assert asked(world(right(None, "a", RightKind.UNKNOWN_PARENT, SOON)), "a", "b").kind is Kind.OUTSIDE


# By policy


def test_a_household_is_inside_by_policy_with_the_one_who_works() -> None:
    ties = {"ola": Tie.SPOUSE, "per": Tie.PARENT}
    homes = [Household(f"h-{code}", "eva", code, tie) for code, tie in ties.items()]
    found = world(WorkRelationship("w", "eva", "a", WorkKind.FULL_TIME), *homes)
    near = replace(STRICT_MAJORITY, id="near", family=Family.SPOUSE_MINOR)
    first = replace(STRICT_MAJORITY, id="first", family=Family.FIRST_DEGREE)

    assert told(asked(found, "a", "ola", near)) == ("stakeholder", [("household_of", "h-ola"), ("works_for", "w")])
    assert asked(found, "a", "per", near).kind is Kind.OUTSIDE
    assert asked(found, "a", "per", first).kind is Kind.STAKEHOLDER
    assert asked(found, "a", "ola").kind is Kind.OUTSIDE
    assert asked(found, "a", "eva", near).kind is Kind.STAFF
    gone = world(
        WorkRelationship("w", "eva", "a", WorkKind.FULL_TIME, Period(None, ON)),
        Household("h", "eva", "ola", Tie.SPOUSE, SOON),
    )
    assert asked(gone, "a", "ola", near).kind is Kind.OUTSIDE


def test_who_holds_enough_of_a_company_is_inside_by_policy() -> None:
    money = Holding("m", "ola", "a", Fraction(1, 100), capital=Fraction(1, 10))
    found = world(stake("eva", "a", 9), money, stake("a", "b", 100), stake("per", "a", 20, SOON))
    tenth = replace(STRICT_MAJORITY, id="tenth", shareholder_threshold=Fraction(1, 10))

    assert told(asked(found, "b", "ola", tenth)) == ("stakeholder", [("holds", "m"), ("holds", "a-b")])
    assert asked(found, "a", "eva", tenth).kind is Kind.OUTSIDE
    assert asked(found, "a", "per", tenth).kind is Kind.OUTSIDE
    assert asked(found, "a", "ola").kind is Kind.OUTSIDE


# Several groups


def test_a_company_may_stand_in_two_groups_and_the_grounds_say_so() -> None:
    half = Definition(id="half", operator=Operator.AT_LEAST)
    found = world(stake("a", "j", 50), stake("b", "j", 50), stake("j", "c", 100))
    standing = asked(found, "a", "c", half)

    assert told(standing) == ("affiliate", [("holds", "a-j"), ("holds", "j-c"), ("one_of_several_groups", None)])
    assert asked(found, "a", "b", half).kind is Kind.OUTSIDE
    assert prepared(found, half).heads("c", ON) == ("a", "b")
    assert prepared(found, half).head("c", ON) == "a"
    assert told(asked(found, "a", "b", half))[1] == [("not_one_group", None)]


def test_a_board_is_a_ground_like_a_holding_and_no_more_is_told_than_is_needed() -> None:
    board = right("p", "a", RightKind.BOARD_MAJORITY)
    found = world(board, stake("p", "a", 30), stake("a", "b", 60), stake("p", "b", 10))

    assert told(asked(found, "p", "b", BOARD)) == (
        "affiliate",
        [("has_power", "p>a"), ("holds", "a-b"), ("one_of_several_groups", None)],
    )
    assert asked(found, "p", "b").kind is Kind.OUTSIDE


def test_brothers_are_together_by_what_the_same_people_hold() -> None:
    found = world(stake("eva", "a", 100), stake("eva", "b", 90), stake("ola", "b", 10))

    assert told(asked(found, "a", "b", DEFINITIONS["us_414c"])) == (
        "affiliate",
        [("holds", "eva-a"), ("holds", "eva-b")],
    )
    assert asked(found, "a", "b").kind is Kind.OUTSIDE


def test_by_capital_the_capital_is_told() -> None:
    money = Holding("m", "a", "b", Fraction(1, 10), capital=Fraction(3, 5))
    found = world(money, stake("b", "c", 50), stake("a", "d", 100))
    ubo = DEFINITIONS["ubo25"]
    standing = asked(found, "a", "c", ubo)

    assert told(standing)[1] == [("holds", "m"), ("holds", "b-c"), ("one_of_several_groups", None)]
    assert str(standing.grounds[0].facts["percent"]) == "60 %"
    majority = replace(STRICT_MAJORITY, id="capital", basis=Basis.CAPITAL)
    assert asked(found, "a", "b", majority).kind is Kind.AFFILIATE
    assert str(asked(found, "d", "b", majority).grounds[-1].facts["percent"]) == "60 %"


def test_a_circle_of_consolidation_is_told_from_its_first_id() -> None:
    ifrs = DEFINITIONS["ifrs_consolidation"]
    found = world(right("a", "b", RightKind.CONSOLIDATION), right("b", "a", RightKind.CONSOLIDATION))

    assert told(asked(found, "a", "b", ifrs)) == ("affiliate", [("has_power", "a>b"), ("one_of_several_groups", None)])


def test_a_nominees_votes_are_told_with_who_nominates() -> None:
    nominees = replace(STRICT_MAJORITY, id="nominees", nominees=True)
    nomination = ControlRight("n", "q", RightKind.NOMINATOR, "a", over="b")
    found = world(stake("q", "b", 60), nomination)

    assert told(asked(found, "a", "b", nominees))[1][:2] == [("has_power", "n"), ("holds", "q-b")]
    assert asked(found, "q", "b", nominees).kind is Kind.OUTSIDE


def test_a_joint_agreement_is_never_taken_away_to_make_less_carry_more() -> None:
    joint = [right(x, "j", RightKind.JOINT_CONTROL) for x in "ab"]
    board = right("c", "j", RightKind.BOARD_MAJORITY)
    found = world(stake("a", "j", 60), stake("b", "j", 10), stake("a", "c", 100), stake("c", "j", 30), board, *joint)

    assert told(asked(found, "a", "j", BOARD))[1][:2] == [("holds", "a-c"), ("has_power", "c>j")]


# What is decided against the facts


def test_what_somebody_decided_goes_before_the_facts_on_its_days() -> None:
    inside = Override("a", "b", inside=True, why="run as one", signed_by="the board")
    outside = Override(
        "a", "c", inside=False, why="ring-fenced", signed_by="the board", period=Period(None, SOON.start)
    )
    rule = replace(STRICT_MAJORITY, id="decided", exceptions=(inside, outside))
    found = world(stake("a", "c", 100), stake("a", "d", 100), banded(40, 60))

    assert told(asked(found, "a", "b", rule)) == ("affiliate", [("decided_inside", None)])
    assert told(asked(found, "a", "c", rule)) == ("outside", [("decided_outside", None), ("not_one_group", None)])
    assert asked(found, "a", "c", rule, on=date(2026, 7, 1)).kind is Kind.AFFILIATE
    assert told(asked(found, "a", "x", rule)) == ("outside", [("not_one_group", None)])
    assert asked(found, "a", "d", rule).kind is Kind.AFFILIATE


def test_a_company_left_out_is_inside_with_nobody_and_control_passes_through_it() -> None:
    rule = replace(STRICT_MAJORITY, id="left_out", excluded=frozenset({"b"}))
    found = world(stake("a", "b", 100), stake("b", "c", 100))

    assert told(asked(found, "a", "b", rule)) == (
        "outside",
        [("excluded_by_definition", None), ("not_one_group", None)],
    )
    assert told(asked(found, "a", "c", rule))[0] == "affiliate"
    assert asked(found, "b", "b", rule).kind is Kind.SELF


# Who makes no group; which day


@pytest.mark.parametrize("kind", [CompanyKind.STATE, CompanyKind.POOL])
def test_a_state_or_a_pool_on_top_makes_no_group(kind: CompanyKind) -> None:
    found = world(stake("top", "a", 100), stake("top", "b", 100), others=[Company("top", kind=kind)])
    state = replace(STRICT_MAJORITY, id="state", state_as_parent=True)

    assert asked(found, "a", "b").kind is Kind.OUTSIDE
    assert asked(found, "a", "b", state).kind is (Kind.AFFILIATE if kind is CompanyKind.STATE else Kind.OUTSIDE)


def test_the_companies_of_the_years_last_day_decide_and_the_people_of_the_day() -> None:
    rule = replace(STRICT_MAJORITY, id="year_end", date_rule=DateRule.YEAR_END)
    work = WorkRelationship("w", "eva", "b", WorkKind.FULL_TIME, Period(None, SOON.start))
    found = world(stake("a", "b", 100, Period(date(2026, 12, 1))), work)

    assert asked(found, "a", "b", rule).kind is Kind.AFFILIATE
    assert asked(found, "a", "b").kind is Kind.OUTSIDE
    assert asked(found, "a", "eva", rule).kind is Kind.GROUP_STAFF
    assert asked(found, "a", "eva", rule, on=date(2026, 7, 1)).kind is Kind.OUTSIDE


# Shares


def test_shares_and_treasury_shares_make_groups_as_holdings_do() -> None:
    classes = [ShareClass("A", "b", Fraction(100), Fraction(10)), ShareClass("B", "b", Fraction(900))]
    shares = [
        Shareholding("sa", "a", "A", Fraction(92)),
        Shareholding("own", "b", "B", Fraction(100)),
    ]
    found = world(share_classes=classes, shareholdings=shares)

    standing = asked(found, "a", "b")
    assert told(standing) == ("affiliate", [("holds", "own"), ("holds", "sa")])
    assert standing.grounds[1].facts["percent"] != standing.grounds[0].facts["percent"]
    assert asked(world(share_classes=classes, shareholdings=shares[:1]), "a", "b").kind is Kind.OUTSIDE


def test_the_nearest_miss_counts_treasury_shares_out() -> None:
    found = world(stake("a", "b", 47), stake("b", "b", 4))
    miss = asked(found, "a", "b").nearest_miss

    assert miss is not None
    assert (miss.code, str(miss.facts["needed"])) == ("holding_short", "48 %")


def test_the_nearest_miss_is_told_where_a_company_may_stand_in_several_groups() -> None:
    found = world(
        stake("p", "a", 60), stake("a", "b", 30), stake("p", "b", 15), stake("q", "b", 55), stake("x", "c", 5)
    )
    miss = asked(found, "p", "b", BOARD).nearest_miss

    assert miss is not None
    assert (miss.code, miss.facts["id"], str(miss.facts["needed"])) == ("holding_short", "a-b", "35 %")
    assert asked(found, "p", "c", BOARD).nearest_miss is None
    assert asked(found, "q", "a", BOARD).nearest_miss is None  # both over b would not be one inside
    assert asked(found, "a", "b", BOARD).nearest_miss == miss
    board = asked(world(right("p", "a", RightKind.BOARD_MAJORITY), stake("a", "b", 50)), "p", "b", BOARD).nearest_miss
    assert board is not None
    assert (board.facts["owner"], str(board.facts["needed"]), board.facts["operator"]) == ("a", "50 %", ">")
    ended = asked(world(replace(stake("a", "b", 60), period=Period(None, ON))), "a", "b", BOARD).nearest_miss
    assert ended is not None
    assert (ended.code, ended.facts["inside_until"]) == ("holding_ended", ON)


def test_no_miss_is_told_where_one_number_would_not_say_it() -> None:
    found = world(stake("a", "c", 10), stake("b", "c", 10), stake("b", "b", 100))
    decided = replace(BOARD, id="decided", excluded=frozenset({"b"}))

    assert asked(found, "a", "b", DEFINITIONS["ubo25"]).nearest_miss is None
    assert asked(found, "a", "b", DEFINITIONS["us_1563"]).nearest_miss is None
    assert asked(found, "a", "b", decided).nearest_miss is None
    assert asked(found, "a", "b", BOARD).nearest_miss is None
    people = world(stake("eva", "a", 60), stake("eva", "b", 60), right("x", "a", RightKind.CONTRACT))
    assert asked(people, "a", "b", replace(BOARD, id="c", contract_control=True)).nearest_miss is None


@given(
    stakes=holdings(dated=False),
    pair=st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES)),
    less=st.fractions(min_value=Fraction(1, 100), max_value=1),
)
def test_where_groups_may_overlap_the_miss_flips_the_verdict_and_no_smaller_rise_does(
    stakes: list[Holding], pair: tuple[str, str], less: Fraction
) -> None:
    rights = [ControlRight("r", "c0", RightKind.BOARD_MAJORITY, "c1")]
    companies = [Company(code) for code in COMPANIES]
    found = World.of(companies=companies, people=[Person("eva")], holdings=stakes, control_rights=rights)
    miss = asked(found, *pair, BOARD).nearest_miss

    if miss is not None:
        rise = miss.facts["needed"].fraction - miss.facts["percent"].fraction
        for stake in stakes:
            tried = replace(stake, votes=stake.votes + rise * (1 - less))
            others = [each for each in stakes if each != stake]
            assert not Powers([*others, tried], rights, BOARD, frozenset({"eva"})).together(*pair)
        (risen,) = [each for each in stakes if each.id == miss.facts["id"]]
        more = replace(risen, votes=miss.facts["needed"].fraction + Fraction(1, 10**9))
        others = [each for each in stakes if each != risen]
        assert Powers([*others, more], rights, BOARD, frozenset({"eva"})).together(*pair)


# Whatever the definition


@given(
    stakes=holdings(dated=True),
    definition=st.sampled_from([*DEFINITIONS.values(), Definition(id="half", operator=Operator.AT_LEAST)]),
    on=days,
    pair=st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES)),
)
def test_under_every_definition_both_ends_agree_and_the_grounds_are_least(
    stakes: list[Holding], definition: Definition, on: date, pair: tuple[str, str]
) -> None:
    def of(some: list[Holding]) -> World:
        board = [ControlRight("r", "c0", RightKind.BOARD_MAJORITY, "c1")]
        companies, people = [Company(code) for code in COMPANIES], [Person("eva")]
        return World.of(companies=companies, people=people, holdings=some, control_rights=board)

    standing = asked(of(stakes), *pair, definition, on)
    carrying = {ground.facts["id"] for ground in standing.grounds if ground.code == "holds"}
    if standing.kind is Kind.AFFILIATE:
        least = [stake for stake in stakes if stake.id in carrying]
        assert asked(of(least), *pair, definition, on).kind is Kind.AFFILIATE
        for spared in least:
            assert (
                asked(of([each for each in least if each != spared]), *pair, definition, on).kind is not Kind.AFFILIATE
            )


def test_by_products_no_way_that_is_too_long_to_count_is_guessed() -> None:
    simple = Definition(id="simple", threshold=Fraction(1, 5), indirect=Indirect.SIMPLE_PATHS)
    found = world(stake("a", "b", 50), stake("b", "c", 50), stake("c", "a", 50))

    assert asked(found, "a", "c", simple).kind is Kind.AFFILIATE
