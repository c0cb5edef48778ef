"""Control by votes: held against published cases, a second program, and what must hold of any holdings."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, holdings, plainly_controlled, plainly_together

from inward.core.classification import (
    STRICT_MAJORITY,
    Definition,
    Holding,
    Operator,
    Votes,
    blocks,
    control_pairs,
    controlled_by,
    controllers_of,
    controls,
    groups,
    least_control,
    ultimate_controllers,
    votes_of,
)

DATA = Path(__file__).parents[2] / "data"
VECTORS = [
    vector
    for name in ("control_vectors.json", "control_vectors_computed.json")
    for vector in json.loads((DATA / name).read_text(encoding="utf-8"))["vectors"]
]
HALF_OR_MORE = Definition(id="half_or_more", operator=Operator.AT_LEAST)


def votes(*stakes: tuple[str, str, int | str]) -> Votes:
    return Votes.of(stakes_of(stakes))


def stakes_of(stakes: Any) -> list[Holding]:
    return [
        Holding(f"h{number}", owner, owned, Fraction(str(percent)) / 100)
        for number, (owner, owned, percent) in enumerate(stakes)
    ]


# Published cases


def vectors(*kinds: str) -> list[Any]:
    return [pytest.param(vector, id=vector["id"]) for vector in VECTORS if vector["kind"] in kinds]


@pytest.mark.parametrize("vector", vectors("control_pairs"))
def test_the_published_pairs_are_found_and_no_others(vector: dict[str, Any]) -> None:
    found = control_pairs(votes(*vector["holdings"]))

    assert [pair[:2] for pair in found] == sorted((x, y) for x, y, *_ in vector["expected"])
    shares = {(x, y): share[0] for x, y, *share in vector["expected"] if share}
    assert shares in ({}, {(x, y): 100 * share for x, y, share in found})


@pytest.mark.parametrize("vector", vectors("control_pairs_include"))
def test_the_published_pairs_are_among_those_found(vector: dict[str, Any]) -> None:
    found = {pair[:2] for pair in control_pairs(votes(*vector["holdings"]))}

    assert {(x, y) for x, y in vector["expected"]} <= found


@pytest.mark.parametrize("vector", vectors("controllers_of", "controllers_of_set"))
def test_the_published_controllers_are_found(vector: dict[str, Any]) -> None:
    assert list(controllers_of(votes(*vector["holdings"]), vector["y"])) == vector["expected"]["controllers"]


@pytest.mark.parametrize("vector", vectors("control_one", "control_and_integrated"))
def test_the_published_control_is_found(vector: dict[str, Any]) -> None:
    definition = HALF_OR_MORE if vector.get("strict") is False else STRICT_MAJORITY
    found, (x, y) = votes(*vector["holdings"]), (vector["x"], vector["y"])

    assert controls(found, x, y, definition) == vector["expected"]["controls"]
    if "votes" in vector["expected"]:
        exact = Fraction(str(vector["expected"]["votes"]))
        assert abs(100 * votes_of(found, x, y, definition) - exact) <= Fraction(str(vector.get("tolerance", 0)))


@pytest.mark.parametrize("vector", vectors("votes_of"))
def test_the_published_votes_are_commanded(vector: dict[str, Any]) -> None:
    found = votes(*vector["holdings"])

    assert {y: 100 * votes_of(found, vector["x"], y) for y in vector["expected"]} == vector["expected"]


def test_every_published_case_is_run() -> None:
    kinds = Counter(vector["kind"] for vector in VECTORS)

    assert kinds == {
        "control_pairs": 4,
        "control_pairs_include": 1,
        "controllers_of": 1,
        "controllers_of_set": 4,
        "control_one": 2,
        "control_and_integrated": 4,
        "votes_of": 1,
    }


# What each rule comes to


def test_exactly_half_controls_only_where_half_is_enough() -> None:
    shared = votes(("A", "J", 50), ("B", "J", 50))

    assert controllers_of(shared, "J") == ()
    assert controllers_of(shared, "J", HALF_OR_MORE) == ("A", "B")
    assert controllers_of(votes(("A", "J", "50.0000001")), "J") == ("A",)


def test_the_votes_of_those_one_does_not_control_do_not_count() -> None:
    found = votes(("P", "A", 49), ("P", "B", 49), ("A", "B", 51))

    assert votes_of(found, "P", "B") == Fraction(49, 100)
    assert not controls(found, "P", "B")
    assert votes_of(found, "P", "nobody") == 0
    assert votes_of(found, "nobody", "B") == 0


def test_a_circle_does_not_lift_itself() -> None:
    ring = votes(("A", "B", 30), ("A", "C", 30), ("B", "C", 60), ("C", "B", 60))

    assert [pair[:2] for pair in control_pairs(ring)] == [("B", "C"), ("C", "B")]
    assert controllers_of(ring, "A") == ()


def test_what_a_company_holds_of_itself_is_counted_out() -> None:
    assert controlled_by(votes(("A", "B", 49), ("B", "B", 5)), "A") == {"B": Fraction(49, 95)}
    assert control_pairs(votes(("A", "B", "47.5"), ("B", "B", 5))) == ()


@pytest.mark.parametrize("own", [100, 120])
def test_a_company_that_holds_all_of_itself_has_no_votes(own: int) -> None:
    found = votes(("B", "B", own), ("A", "B", 60))

    assert control_pairs(found) == ()
    assert found.parties == ("B",)


def test_ultimate_controllers_are_those_with_nobody_above() -> None:
    chain = votes(("T", "M", 60), ("M", "S", 60), ("Q", "S", 40))

    assert ultimate_controllers(chain, "S") == ("T",)
    assert ultimate_controllers(chain, "T") == ()


def test_on_dirty_data_a_company_may_have_two_ultimate_controllers() -> None:
    dirty = votes(("P", "S", 100), ("Q", "S", 100), ("T", "P", 100))

    assert dirty.over_whole
    assert ultimate_controllers(dirty, "S") == ("Q", "T")
    assert groups(dirty) == (("P", "S", "T"), ("Q", "S"))


def test_two_who_control_each_other_are_one_group_with_nobody_above() -> None:
    ring = votes(("B", "C", 60), ("C", "B", 60), ("C", "D", 100))

    assert ultimate_controllers(ring, "D") == ("B", "C")
    assert groups(ring) == (("B", "C", "D"),)


def test_where_half_is_enough_groups_may_overlap() -> None:
    shared = votes(("A", "J", 50), ("B", "J", 50))

    assert groups(shared, HALF_OR_MORE) == (("A", "J"), ("B", "J"))
    assert groups(shared) == (("A",), ("B",), ("J",))


# What holds of any holdings


@st.composite
def loose_holdings(draw: st.DrawFn) -> list[Holding]:
    """Holdings that may pass 100 % and that companies may have of themselves."""
    party, share = st.sampled_from(COMPANIES[:4]), st.sampled_from([20, 30, 50, 51, 60, 100])
    stakes = draw(st.lists(st.tuples(party, party, share), max_size=8))
    return stakes_of(stakes)


@given(stakes=loose_holdings() | holdings(dated=False))
def test_control_equals_the_definition_read_aloud(stakes: list[Holding]) -> None:
    found = Votes.of(stakes)

    for definition in (STRICT_MAJORITY, HALF_OR_MORE):
        for x in COMPANIES:
            plain = plainly_controlled(stakes, x, at_least=definition is HALF_OR_MORE)
            assert set(controlled_by(found, x, definition)) == plain
        pairs = {pair[:2] for pair in control_pairs(found, definition)}
        for y in COMPANIES:
            assert {x for x, owned in pairs if owned == y} == set(controllers_of(found, y, definition))


@given(stakes=holdings(dated=False))
def test_groups_by_blocks_equal_groups_by_the_definition_and_part_the_companies(stakes: list[Holding]) -> None:
    found = Votes.of(stakes)
    head = blocks(found)
    members = [company for group in groups(found) for company in group]

    assert sorted(members) == list(found.parties)
    for group in groups(found):
        assert len({head[company] for company in group}) == 1
    for a in found.parties:
        for b in found.parties:
            assert (head[a] == head[b]) == plainly_together(stakes, a, b)


@given(stakes=holdings(dated=False))
def test_the_head_of_a_group_controls_all_the_others(stakes: list[Holding]) -> None:
    for company, head in blocks(Votes.of(stakes)).items():
        assert company == head or company in plainly_controlled(stakes, head)


@given(stakes=loose_holdings(), drawn=st.data())
def test_the_order_of_the_holdings_does_not_matter(stakes: list[Holding], drawn: st.DataObject) -> None:
    shuffled = Votes.of(drawn.draw(st.permutations(stakes)))

    assert control_pairs(Votes.of(stakes)) == control_pairs(shuffled)
    assert groups(Votes.of(stakes)) == groups(shuffled)


@given(stakes=loose_holdings(), x=st.sampled_from(COMPANIES[:4]), y=st.sampled_from(COMPANIES[:4]))
def test_the_least_holdings_of_control_suffice_and_none_can_be_spared(stakes: list[Holding], x: str, y: str) -> None:
    least = least_control(stakes, x, y, STRICT_MAJORITY)

    assert bool(least) == controls(Votes.of(stakes), x, y)
    assert not least or y in plainly_controlled(least, x)
    for spared in least:
        assert y not in plainly_controlled([stake for stake in least if stake is not spared], x)


def test_of_equal_holdings_the_earlier_ids_carry_it() -> None:
    lots = [Holding(f"lot{number}", "P", "A", Fraction(3, 10)) for number in (3, 1, 2)]

    assert [holding.id for holding in least_control(lots, "P", "A", STRICT_MAJORITY)] == ["lot1", "lot2"]


@pytest.mark.parametrize("threshold", [0, 1, Fraction(-1, 2), Fraction(3, 2)])
def test_a_threshold_outside_the_whole_is_refused(threshold: Fraction) -> None:
    with pytest.raises(ValueError, match="between nothing and the whole"):
        Definition(threshold=Fraction(threshold))


def test_only_some_definitions_give_each_company_one_group() -> None:
    assert STRICT_MAJORITY.partitions
    assert Definition(threshold=Fraction(4, 5), operator=Operator.AT_LEAST).partitions
    assert not HALF_OR_MORE.partitions
    assert not Definition(threshold=Fraction(1, 4)).partitions
