"""Control by any measure: against the definition read aloud, against every share a band allows, and case by case."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, holdings, plainly_controlled, plainly_together

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Band,
    Basis,
    ControlRight,
    CrossVotes,
    Definition,
    Funds,
    Holding,
    Indirect,
    JointControl,
    Operator,
    Powers,
    RightKind,
)
from inward.core.classification.carrying import Carrying, least

ON = date(2026, 6, 30)
HALF_OR_MORE = Definition(id="half_or_more", operator=Operator.AT_LEAST)
WITH_RIGHTS = Definition(id="with_rights", board_right=True)


def stake(owner: str, owned: str, percent: int | Fraction, capital: int | None = None) -> Holding:
    money = None if capital is None else Fraction(capital, 100)
    return Holding(f"{owner}-{owned}", owner, owned, Fraction(percent) / 100, capital=money)


def banded(owner: str, owned: str, low: int, high: int, *, low_open: bool = False, high_open: bool = False) -> Holding:
    band = Band(Fraction(low, 100), Fraction(high, 100), low_open, high_open)
    return Holding(f"{owner}-{owned}", owner, owned, band.low, votes_band=band)


def power(holder: str, target: str, kind: RightKind = RightKind.BOARD_MAJORITY) -> ControlRight:
    return ControlRight(f"{holder}>{target}", target, kind, holder)


def by(definition: Definition, *facts: Carrying, high: bool = False, silent: Iterable[str] = ()) -> Powers:
    stakes = [fact for fact in facts if isinstance(fact, Holding)]
    rights = [fact for fact in facts if isinstance(fact, ControlRight)]
    return Powers(stakes, rights, definition, frozenset(silent), high=high)


# Against the definition read aloud


@given(stakes=holdings(dated=False))
def test_by_votes_alone_it_equals_the_definition_read_aloud(stakes: list[Holding]) -> None:
    for definition in (STRICT_MAJORITY, HALF_OR_MORE):
        for high in (False, True):
            found = Powers(stakes, (), definition, high=high)
            at_least = definition is HALF_OR_MORE
            below = {x: plainly_controlled(stakes, x, at_least=at_least) for x in [*COMPANIES, "eva"]}
            for x, controlled in below.items():
                assert found.below(x) == controlled
                assert found.over(x) == {x} | {z for z, theirs in below.items() if x in theirs}
    for a, b in product(COMPANIES, COMPANIES):
        assert Powers(stakes, (), STRICT_MAJORITY).together(a, b) == (a == b or plainly_together(stakes, a, b))


@given(
    stakes=holdings(dated=False),
    pairs=st.lists(st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES)), max_size=4),
)
def test_powers_and_votes_together_equal_the_definition_read_aloud(
    stakes: list[Holding], pairs: list[tuple[str, str]]
) -> None:
    rights = [power(x, y) for x, y in dict.fromkeys(pairs) if x != y]
    found = Powers(stakes, rights, WITH_RIGHTS)

    for x in COMPANIES:
        controlled: set[str] = set()
        while True:
            block = controlled | {x}
            more = {r.target for r in rights if r.holder in block}
            for y in COMPANIES:
                own = sum(s.votes for s in stakes if s.owned == y == s.owner)
                if sum(s.votes for s in stakes if s.owned == y != s.owner and s.owner in block) > (1 - own) / Fraction(
                    2
                ):
                    more.add(y)
            if more - {x} <= controlled:
                break
            controlled |= more - {x}
        assert found.below(x) == controlled


SOME = [(25, 50), (0, 30), (40, 60), (50, 75)]


@settings(max_examples=40)
@given(
    bands=st.lists(
        st.tuples(st.sampled_from("abp"), st.sampled_from("abc"), st.sampled_from(SOME), st.booleans(), st.booleans()),
        max_size=4,
    )
)
def test_what_is_certain_holds_of_every_share_the_bands_allow_and_what_is_impossible_of_none(
    bands: list[tuple[str, str, tuple[int, int], bool, bool]],
) -> None:
    stakes = [
        replace(banded(x, y, *ends, low_open=low_open, high_open=high_open), id=f"h{number}")
        for number, (x, y, ends, low_open, high_open) in enumerate(bands)
        if x != y
    ]
    low, high = by(STRICT_MAJORITY, *stakes), by(STRICT_MAJORITY, *stakes, high=True)

    for shares in product(*(_within(each.votes_band) for each in stakes if each.votes_band)):
        exact = [replace(each, votes=share, votes_band=None) for each, share in zip(stakes, shares, strict=True)]
        if all(sum(each.votes for each in exact if each.owned == y) <= 1 for y in "abc"):
            for x in "abp":
                assert low.below(x) <= plainly_controlled(exact, x) <= high.below(x)


def _within(band: Band) -> list[Fraction]:
    """Shares of a band: its ends as far as they belong to it, close beside them, and its middle."""
    near = Fraction(1, 1000)
    low = [band.low + near] if band.low_open else [band.low]
    high = [band.high - near] if band.high_open else [band.high]
    return [*low, (band.low + band.high) / 2, *high]


# Bands


def test_two_bands_open_below_add_up_to_more_than_half_and_two_closed_ones_do_not() -> None:
    chain = [stake("p", "a", 100), stake("p", "b", 100)]
    opened = [banded(x, "c", 25, 50, low_open=True) for x in "ab"]
    closed = [banded(x, "c", 25, 50) for x in "ab"]

    assert by(STRICT_MAJORITY, *chain, *opened).controls("p", "c")
    assert not by(STRICT_MAJORITY, *chain, *closed).controls("p", "c")
    assert by(STRICT_MAJORITY, *chain, *closed, high=True).controls("p", "c")


def test_a_band_that_ends_below_the_threshold_never_meets_it() -> None:
    assert not by(HALF_OR_MORE, banded("p", "c", 25, 50, high_open=True), high=True).controls("p", "c")
    assert by(HALF_OR_MORE, banded("p", "c", 25, 50), high=True).controls("p", "c")
    assert not by(STRICT_MAJORITY, banded("p", "c", 25, 50), high=True).controls("p", "c")


def test_a_block_cannot_have_what_others_certainly_have() -> None:
    facts = [stake("p", "a", 100), banded("p", "c", 0, 40), banded("a", "c", 0, 40), stake("q", "c", 60)]
    found = by(STRICT_MAJORITY, *facts, high=True)

    assert not found.controls("p", "c")
    assert found.share("p", "c") == Fraction(2, 5)


# Which share


@pytest.mark.parametrize(
    ("basis", "controlled"),
    [
        (Basis.VOTES, True),
        (Basis.CAPITAL, False),
        (Basis.VALUE, False),
        (Basis.EITHER, True),
        (Basis.BOTH, False),
    ],
)
def test_votes_and_capital_are_two_shares(basis: Basis, controlled: bool) -> None:
    found = by(replace(STRICT_MAJORITY, basis=basis), stake("p", "a", 60, capital=30))

    assert found.controls("p", "a") is controlled


def test_where_no_capital_is_told_it_is_as_the_votes() -> None:
    assert by(replace(STRICT_MAJORITY, basis=Basis.BOTH), stake("p", "a", 60)).controls("p", "a")
    assert by(replace(STRICT_MAJORITY, basis=Basis.CAPITAL), stake("p", "a", 60)).share("p", "a") == Fraction(3, 5)


def test_a_company_that_holds_all_of_itself_is_controlled_by_power_alone() -> None:
    own = [stake("a", "a", 100), stake("p", "a", 60)]

    assert not by(WITH_RIGHTS, *own).controls("p", "a")
    assert by(WITH_RIGHTS, *own).share("p", "a") == 0
    assert by(WITH_RIGHTS, *own, power("p", "a")).controls("p", "a")


# What is held through others


def test_in_a_chain_each_link_must_meet_the_threshold_by_itself() -> None:
    facts = [stake("x", "a", 50), stake("x", "b", 50), stake("a", "c", 25), stake("b", "c", 25), stake("a", "d", 60)]
    chain = replace(HALF_OR_MORE, indirect=Indirect.CHAIN)
    alone = replace(HALF_OR_MORE, aggregate=False)

    assert by(HALF_OR_MORE, *facts).below("x") == {"a", "b", "c", "d"}
    assert by(chain, *facts).below("x") == by(alone, *facts).below("x") == {"a", "b", "d"}
    assert by(chain, *facts).share("x", "d") == Fraction(3, 5)


def test_products_may_be_added_up_or_taken_way_by_way() -> None:
    facts = [stake("x", "a", 50), stake("a", "c", 40), stake("x", "c", 10)]
    quarter = Definition(threshold=Fraction(1, 4), indirect=Indirect.PRODUCT)

    assert by(quarter, *facts).share("x", "c") == Fraction(3, 10)
    assert by(quarter, *facts).below("x") == {"a", "c"}
    assert by(replace(quarter, aggregate=False), *facts).below("x") == {"a"}
    assert by(quarter, *facts).share("nobody", "c") == 0


def test_by_products_of_votes_and_capital_both_must_be_enough() -> None:
    facts = [stake("x", "a", 60, capital=20)]
    both = Definition(threshold=Fraction(1, 4), indirect=Indirect.PRODUCT, basis=Basis.BOTH)

    assert by(both, *facts).below("x") == frozenset()
    assert by(replace(both, basis=Basis.EITHER), *facts).below("x") == {"a"}


def test_a_power_leads_on_to_what_its_target_has_enough_of() -> None:
    rule = DEFINITIONS["oecd9_25"]
    facts = [power("x", "a"), stake("a", "c", 30), power("a", "x")]

    assert by(rule, *facts).below("x") == {"a", "c"}


# Whose votes


def test_a_subsidiarys_votes_in_its_parent_rest_where_the_definition_says_so() -> None:
    facts = [stake("X", "A", 45), stake("Y", "A", 48), stake("A", "Y", 100)]
    suspended = by(replace(STRICT_MAJORITY, cross_votes=CrossVotes.SUSPENDED), *facts)

    assert not by(STRICT_MAJORITY, *facts).controls("X", "A")
    assert suspended.below("X") == {"A", "Y"}
    assert suspended.share("X", "A") == Fraction(45, 52)


def test_a_nominee_votes_as_its_nominator_says_for_one_company_or_for_all() -> None:
    facts = [stake("n", "a", 60), stake("n", "b", 60)]
    rule = replace(STRICT_MAJORITY, nominees=True)
    over_all = ControlRight("1", "n", RightKind.NOMINATOR, "p")
    over_b = ControlRight("2", "n", RightKind.NOMINATOR, "q", over="b")

    assert by(rule, *facts, over_all, over_b).below("p") == {"a"}
    assert by(rule, *facts, over_all, over_b).below("q") == {"b"}
    assert by(rule, *facts, over_b).below("n") == {"a"}
    assert by(STRICT_MAJORITY, *facts, over_all).below("n") == {"a", "b"}


def test_who_decides_only_together_controls_nothing_alone() -> None:
    facts = [stake("a", "j", 60), stake("b", "j", 40)]
    joint = [power(x, "j", RightKind.JOINT_CONTROL) for x in "ab"]

    assert by(STRICT_MAJORITY, *facts).over("j") == {"j", "a"}
    assert by(STRICT_MAJORITY, *facts, *joint).over("j") == {"j"}
    each = by(replace(STRICT_MAJORITY, joint_control=JointControl.EACH), *facts, *joint)
    assert each.over("j") == {"j", "a", "b"}
    assert each.tops("j") == ("a", "b")


@pytest.mark.parametrize(
    ("funds", "above"),
    [(Funds.OUT, set()), (Funds.UMBRELLA, {"u"}), (Funds.MANAGER, {"u", "m", "f"})],
)
def test_whose_a_fund_is_is_said_by_the_definition(funds: Funds, above: set[str]) -> None:
    rights = [
        power("u", "s", RightKind.UMBRELLA),
        power("m", "s", RightKind.FUND_MANAGER),
        power("f", "s", RightKind.MASTER),
    ]

    assert by(replace(STRICT_MAJORITY, funds=funds), *rights).over("s") == {"s"} | above


def test_who_makes_no_group_is_above_nobody() -> None:
    facts = [stake("eva", "a", 100), stake("eva", "b", 100), power("eva", "c")]

    assert not by(WITH_RIGHTS, *facts, silent=["eva"]).together("a", "b")
    assert by(WITH_RIGHTS, *facts).together("a", "c")
    assert by(WITH_RIGHTS, *facts, silent=["eva"]).over("c") == {"c"}


def test_those_who_control_each_other_stand_at_the_top_by_the_first_of_them() -> None:
    ring = by(HALF_OR_MORE, stake("b", "c", 60), stake("c", "b", 60), stake("c", "d", 50), stake("e", "d", 50))

    assert ring.tops("d") == ("b", "e")
    assert ring.tops("b") == ("b",)
    assert ring.parties == ("b", "c", "d", "e")


# The same few hands


def test_brothers_must_be_held_together_to_four_fifths_as_well() -> None:
    people = ["eva", "ola"]
    facts = [stake("eva", "a", 60), stake("eva", "b", 60), stake("ola", "a", 15), stake("ola", "b", 30)]
    rule = DEFINITIONS["us_414c"]

    assert not by(rule, *facts, silent=people).brothers("a", "b")
    assert by(replace(rule, identical_together=None), *facts, silent=people).together("a", "b")
    assert not by(rule, *facts, silent=people).brothers("a", "a")
    assert not by(STRICT_MAJORITY, *facts, silent=people).brothers("a", "b")


def test_what_is_below_brothers_is_with_them() -> None:
    facts = [stake("eva", "a", 100), stake("eva", "b", 100), stake("b", "c", 90)]
    found = by(DEFINITIONS["us_1563"], *facts, silent=["eva"])

    assert found.together("a", "c")
    assert not by(DEFINITIONS["us_1563"], *facts).brothers("a", "b")


# Least


@given(stakes=holdings(dated=False), pair=st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES)))
def test_of_any_facts_none_can_be_spared_that_is_left(stakes: list[Holding], pair: tuple[str, str]) -> None:
    x, y = pair
    facts: list[Carrying] = [*stakes, power("c1", "c0")]

    def holds(some: Sequence[Carrying]) -> bool:
        return by(WITH_RIGHTS, *some).controls(x, y)

    if holds(facts):
        found = least(facts, holds)
        assert holds(found)
        for spared in found:
            assert not holds([fact for fact in found if fact is not spared])


def test_what_was_needed_beside_a_fact_that_went_may_go_as_well() -> None:
    facts: list[Carrying] = [stake("p", code, 10) for code in "abcd"]
    enough = [{"a", "b", "c", "d"}, {"a", "c", "d"}, {"a", "d"}]

    found = least(facts, lambda some: {fact.owned for fact in some if isinstance(fact, Holding)} in enough)
    assert [fact.id for fact in found] == ["p-a", "p-d"]
