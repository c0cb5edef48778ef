"""Large and awkward ownership: what takes a second must not take an hour, whatever the shape of the holdings.

No test here is timed. Each holds so many holdings that an answer in quadratic time would not come while anybody waits.
"""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, holdings, plainly_controlled, plainly_together

from inward.core.classification import (
    STRICT_MAJORITY,
    Company,
    Definition,
    Holding,
    Operator,
    Votes,
    World,
    blocks,
    classify,
    controllers_of,
    controls,
    groups,
    least_control,
    ultimate_controllers,
)
from inward.core.classification.least import least_group
from inward.core.classification.nets import Epoch

MANY = 50_000
ON = date(2026, 11, 24)
FOUR_FIFTHS = Definition(id="four_fifths", threshold=Fraction(4, 5), operator=Operator.AT_LEAST)


def held(*stakes):
    return [Holding(f"h{place:06}", owner, owned, Fraction(p) / 100) for place, (owner, owned, p) in enumerate(stakes)]


def chain(length):
    return held(*((f"c{place:05}", f"c{place + 1:05}", 60) for place in range(length)))


def cascade(length):
    """Nobody has a majority alone: each company comes under control only when the one before it has."""
    joint = [(f"c{place - 1:05}", f"c{place:05}", 30) for place in range(1, length)]
    top = [("p", f"c{place:05}", 30) for place in range(1, length)]
    return held(("p", "c00000", 60), *joint, *top)


def test_a_long_chain_is_one_group_with_the_first_at_its_head() -> None:
    votes = Votes.of(chain(MANY))

    assert len(groups(votes)) == 1
    assert blocks(votes)[f"c{MANY:05}"] == "c00000"
    assert ultimate_controllers(votes, f"c{MANY:05}") == ("c00000",)
    assert ultimate_controllers(votes, "c00000") == ()


def test_the_grounds_of_a_long_chain_are_all_of_it_in_the_order_of_telling() -> None:
    stakes = chain(MANY)

    assert list(least_control(stakes, "c00000", f"c{MANY:05}", STRICT_MAJORITY)) == stakes


def test_control_that_comes_step_by_step_is_found_to_the_last_step() -> None:
    stakes = cascade(MANY)
    last = f"c{MANY - 1:05}"

    assert len(groups(Votes.of(stakes))) == 1
    assert controls(Votes.of(stakes), "p", last)
    assert len(least_control(stakes, "p", last, STRICT_MAJORITY)) == len(stakes)


def test_a_star_of_companies_stands_together_on_two_holdings() -> None:
    parties = [f"c{place:05}" for place in range(MANY)]
    stakes = held(*(("top", party, 51) for party in parties))
    world = World.of(companies=[Company(code) for code in ("top", *parties)], holdings=stakes)

    found = classify(supplier="c00007", customer="c49999", world=world, on=ON)

    assert [ground.facts["id"] for ground in found.grounds] == ["h000007", "h049999"]


def test_a_ring_of_many_has_its_earliest_at_the_head_and_all_of_them_above() -> None:
    size = 200
    ring = held(*((f"r{place:03}", f"r{(place + 1) % size:03}", 60) for place in range(size)))
    votes = Votes.of([*ring, *held(("r000", "below", 100))])

    assert set(blocks(votes).values()) == {"r000"}
    assert ultimate_controllers(votes, "below") == tuple(f"r{place:03}" for place in range(size))
    assert ultimate_controllers(votes, "r000") == tuple(f"r{place:03}" for place in range(1, size))


def test_the_lowest_common_controller_carries_two_companies_not_the_top() -> None:
    stakes = held(
        ("top", "mid", 100), ("mid", "left", 70), ("mid", "right", 30), ("left", "right", 25), ("right", "far", 90)
    )
    epoch = Epoch(tuple(stakes), blocks(Votes.of(stakes)))

    assert [stake.id[-1] for stake in least_group(epoch, "left", "far", STRICT_MAJORITY)] == ["1", "2", "3", "4"]
    assert [stake.id[-1] for stake in least_group(epoch, "mid", "left", STRICT_MAJORITY)] == ["1"]
    assert [stake.id[-1] for stake in least_group(epoch, "right", "far", STRICT_MAJORITY)] == ["4"]


@given(stakes=holdings(dated=False))
def test_ultimate_controllers_are_those_the_definition_names(stakes) -> None:
    votes = Votes.of(stakes)

    below = {x: plainly_controlled(stakes, x) for x in (*COMPANIES, "eva")}
    for y in COMPANIES:
        above = {x for x in below if y in below[x]}
        named = {x for x in above if all(z in below[x] for z in above if x in below[z])}
        assert set(ultimate_controllers(votes, y)) == named
        assert set(controllers_of(votes, y)) == above


@given(stakes=holdings(dated=False), drawn=st.data())
def test_least_grounds_suffice_cannot_be_spared_and_do_not_depend_on_the_order_given(stakes, drawn) -> None:
    epoch = Epoch(tuple(stakes), blocks(Votes.of(stakes)))
    shuffled = drawn.draw(st.permutations(stakes))
    other = Epoch(tuple(shuffled), blocks(Votes.of(shuffled)))
    for a in COMPANIES:
        for b in COMPANIES:
            if a < b and a in epoch.head and b in epoch.head and epoch.together(a, b):
                least = least_group(epoch, a, b, STRICT_MAJORITY)
                assert plainly_together(least, a, b)
                for spared in least:
                    assert not plainly_together([stake for stake in least if stake is not spared], a, b)
                assert least_group(other, a, b, STRICT_MAJORITY) == least


def test_a_higher_threshold_has_its_own_heads() -> None:
    votes = Votes.of(held(("a", "b", 80), ("b", "c", 79)))

    assert groups(votes, FOUR_FIFTHS) == (("a", "b"), ("c",))
    assert ultimate_controllers(votes, "b", FOUR_FIFTHS) == ("a",)
    assert ultimate_controllers(votes, "c", FOUR_FIFTHS) == ()
