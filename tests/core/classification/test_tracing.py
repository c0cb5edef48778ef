"""Who has enough of a company where shares are multiplied, traced upwards; against everything multiplied out."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, holdings

from inward.core.classification import (
    Band,
    Basis,
    ControlRight,
    Definition,
    Holding,
    Indirect,
    Operator,
    Powers,
    RightKind,
)
from inward.core.classification import integrated as money

QUARTER = Definition(
    id="quarter", basis=Basis.CAPITAL, threshold=Fraction(1, 4), operator=Operator.AT_LEAST, indirect=Indirect.PRODUCT
)
OVER_A_QUARTER = replace(QUARTER, id="over_a_quarter", operator=Operator.MORE_THAN)


def stake(owner: str, owned: str, percent: int, **more: object) -> Holding:
    return Holding(f"{owner}-{owned}", owner, owned, Fraction(percent, 100), **more)  # type: ignore[arg-type]


def multiplied_out(stakes: list[Holding], definition: Definition, x: str, y: str) -> bool:
    """Whether ``x`` has enough of ``y``, with everything below ``x`` multiplied out."""
    measures = [money.shares_of((h.owner, h.owned, h.votes) for h in stakes), money.capital_of(stakes)]
    if definition.basis is Basis.CAPITAL:
        del measures[0]
    found = [
        money.integrated(shares, x)
        if definition.indirect is Indirect.PRODUCT and definition.aggregate
        else money.by_simple_paths(shares, x, add_up=definition.aggregate)
        for shares in measures
    ]
    met = [definition.met_by_share(shares.get(y, Fraction(0))) for shares in found]
    return all(met) if definition.basis is Basis.BOTH else any(met)


@given(
    stakes=holdings(dated=False),
    capital=st.lists(st.sampled_from([None, Fraction(0), Fraction(1, 8)]), min_size=12, max_size=12),
    basis=st.sampled_from([Basis.CAPITAL, Basis.EITHER, Basis.BOTH]),
    operator=st.sampled_from(Operator),
    indirect=st.sampled_from([Indirect.PRODUCT, Indirect.SIMPLE_PATHS]),
    threshold=st.sampled_from([Fraction(1, 5), Fraction(1, 4), Fraction(1, 2)]),
    aggregate=st.booleans(),
)
def test_those_have_enough_who_have_it_with_everything_multiplied_out(
    stakes: list[Holding],
    capital: list[Fraction | None],
    basis: Basis,
    operator: Operator,
    indirect: Indirect,
    threshold: Fraction,
    aggregate: bool,
) -> None:
    facts = [replace(h, capital=money) for h, money in zip(stakes, capital, strict=False)]
    definition = Definition(
        id="drawn", basis=basis, operator=operator, indirect=indirect, threshold=threshold, aggregate=aggregate
    )
    powers = Powers(facts, (), definition)

    for x, y in product([*COMPANIES, "eva"], COMPANIES):
        enough = x != y and multiplied_out(facts, definition, x, y)
        assert powers.controls(x, y) is enough
        assert (y in powers.below(x)) is enough
        assert (x in powers.over(y)) is (enough or x == y)


@pytest.mark.parametrize(("definition", "inside"), [(QUARTER, True), (OVER_A_QUARTER, False)])
def test_a_circle_that_comes_to_exactly_a_quarter_is_decided_exactly(definition: Definition, inside: bool) -> None:
    """20 % of y, and a fifth of that again each time round: 25 % after endlessly many rounds, and less after any number."""
    powers = Powers([stake("x", "y", 20), stake("z", "y", 20), stake("y", "z", 100)], (), definition)

    assert powers.share("x", "y") == Fraction(1, 4)
    assert powers.controls("x", "y") is inside


def test_companies_that_own_the_whole_of_each_other_keep_what_they_hold_and_nobody_is_behind_them() -> None:
    facts = [stake("a", "b", 100), stake("b", "a", 100), stake("a", "y", 60), stake("x", "y", 30)]

    assert Powers(facts, (), QUARTER).over("y") == {"a", "b", "x", "y"}


def test_high_ends_that_come_to_more_than_the_whole_are_multiplied_out() -> None:
    facts = [
        stake(owner, "y", 10, votes_band=Band(Fraction(1, 10), Fraction(4, 5)), capital=Fraction(1, 10),
              capital_band=Band(Fraction(1, 10), Fraction(4, 5)))
        for owner in ("a", "b")
    ]  # fmt: skip

    assert Powers(facts, (), QUARTER, high=True).over("y") == {"a", "b", "y"}
    assert Powers(facts, (), QUARTER).over("y") == {"y"}


def test_a_share_of_a_company_with_a_power_is_no_power_but_a_power_over_one_with_a_share_is() -> None:
    board = replace(QUARTER, board_right=True)
    powers = [
        ControlRight("1", "m", RightKind.BOARD_MAJORITY, "top"),
        ControlRight("2", "end", RightKind.BOARD_MAJORITY, "y"),
    ]
    found = Powers([stake("m", "y", 30), stake("x", "y", 90 - 60)], powers, board)

    assert found.over("y") == {"y", "m", "top", "x"}
    assert found.over("end") == {"end", "y"}


def test_in_a_large_net_of_circles_only_what_lies_near_is_looked_at() -> None:
    """3,000 companies, each held by the next two in the ring: no way through all of it, nor all its paths, could be multiplied out."""
    size = 3_000
    ring = [
        stake(f"c{(place + step) % size:04}", f"c{place:04}", percent)
        for place in range(size)
        for step, percent in ((1, 40), (2, 30))
    ]
    for indirect in (Indirect.PRODUCT, Indirect.SIMPLE_PATHS):
        powers = Powers(ring, (), replace(QUARTER, indirect=indirect))
        assert powers.over("c0000") == {"c0000", "c0001", "c0002", "c0003", "c0004"}
        assert powers.together("c0000", "c0004")
        assert not powers.together("c0000", "c1500")
